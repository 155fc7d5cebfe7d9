"""Writes ../golden/graphs: graphs as files of TensorFlow's, and what TensorFlow makes of them when it imports them.

Run: python make_graphs_golden.py [folder] [name ...]

Of each graph of graph_models.py, a folder; manifest.json says which file plays which part, since one may play several:

  meta           what Saver.save writes as .meta, or export_meta_graph
  metaText       the same with as_text
  pb, pbtxt      write_graph, binary and as text
  metaAgain      import_meta_graph(meta), and its Saver's export_meta_graph, or where it gives none, the function
  metaScoped     import_meta_graph(meta, import_scope='imp'), and exported like that
  metaStripped   the same graph as meta, with strip_default_attrs
  metaCleared    import_meta_graph(meta, clear_devices=True), and exported
  imported       import_graph_def(pb, name=''), and as_graph_def()
  prefixed       import_graph_def(pb, name='imp'), and as_graph_def()
  shapes         the one of `imported`, as_graph_def(add_shapes=True)
  prefixedShapes import_graph_def(shapes, name='imp'), and as_graph_def(add_shapes=True)

A part that the manifest calls null is one that TensorFlow refuses. Every graph is made in a process of its own, so that
no name counts what came before.
"""
import json
import os
import shutil
import sys
import traceback

import graph_models
from tf_checkpoint import tf, versions
from google.protobuf import text_format
from tensorflow.core.framework import graph_pb2, op_def_pb2
from tensorflow.core.protobuf import meta_graph_pb2
from tensorflow.core.protobuf.control_flow_pb2 import CondContextDef, WhileContextDef

HERE = os.path.dirname(os.path.abspath(__file__))
# As text they are four times as large, and say nothing that others do not.
NO_TEXT = {'convnet', 'while_v1', 'cond_v1', 'lstm', 'tf_functions', 'functional_control_flow', 'partitioned',
           'moving_averages', 'strings_and_tables', 'sharded_saver', 'while_gradient', 'reshaping_saver'}
# Large, and what these parts would say others say.
LEFT_OUT = {
    'convnet': {'metaStripped', 'shapes', 'prefixed', 'prefixedShapes'},
    **dict.fromkeys(['tf_functions', 'moving_averages', 'lstm', 'cond_v1', 'partitioned', 'functional_control_flow',
                     'while_v1'], {'metaStripped', 'prefixedShapes'}),
}
CLEARED = {'plain', 'sharded_saver', 'devices_and_scopes', 'resource_variables', 'defuns'}
TEXT_META = {'dict_saver', 'every_collection', 'unbound_inputs', 'defuns'}


class Golden:
    """A folder, and the part that each of its files plays."""

    def __init__(self, name):
        self.name, self.parts = name, {}
        os.mkdir(name)

    def put(self, part, file, contents):
        """Bytes or a message; a file of the same bytes is not written twice."""
        if part in LEFT_OUT.get(self.name, ()):
            return
        if isinstance(contents, meta_graph_pb2.MetaGraphDef):
            settle(contents)
        if contents is not None and not isinstance(contents, bytes):
            contents = contents.SerializeToString(deterministic=True)
        for other in set(self.parts.values()) - {None}:
            with open(os.path.join(self.name, other), 'rb') as there:
                if there.read() == contents:
                    file = other
        self.parts[part] = file if contents is not None else None
        if contents is not None:
            with open(os.path.join(self.name, file), 'wb') as target:
                target.write(contents)

    def path(self, part):
        return os.path.join(self.name, self.parts[part])


def settle(meta_graph):
    """Messages in collections are not serialized deterministically, so that their maps come in any order."""
    for key, proto in (('cond_context', CondContextDef), ('while_context', WhileContextDef)):
        values = meta_graph.collection_def[key].bytes_list.value if key in meta_graph.collection_def else []
        for place, value in enumerate(values):
            values[place] = proto.FromString(value).SerializeToString(deterministic=True)


def read(path):
    with open(path, 'rb') as file:
        return file.read()


def write_again(saver):
    """What follows an import: the graph exported as its Saver does it."""
    return (saver.export_meta_graph if saver else tf.train.export_meta_graph)()


def import_meta(golden, part, file, inputs=(), **options):
    with tf.Graph().as_default():
        if inputs:
            options['input_map'] = {key: tf.placeholder(tf.float32, [2], name='given') for key in inputs}
        try:
            saver = tf.train.import_meta_graph(golden.path('meta'), **options)
        except ValueError as error:
            print(f'{golden.name}, {part}: {error}')
            golden.put(part, file, None)
            return
        golden.put(part, file, write_again(saver))


def import_def(golden, part, graph_def, **options):
    with tf.Graph().as_default() as graph:
        tf.import_graph_def(graph_def, **options)
        return graph.as_graph_def(), graph.as_graph_def(add_shapes=True)


def make_parts(golden, build):
    with tf.Graph().as_default() as graph:
        more = build()
        export = more['saver'].export_meta_graph if 'saver' in more else tf.train.export_meta_graph
        arguments = more.get('export', {})
        golden.put('meta', 'graph.meta', export(**arguments))
        if golden.name in TEXT_META:
            export(golden.name + '/graph.meta.pbtxt', as_text=True, **arguments)
            golden.put('metaText', 'graph.meta.pbtxt', read(golden.name + '/graph.meta.pbtxt'))
        golden.put('metaStripped', 'stripped.meta', export(strip_default_attrs=True, **arguments))
        tf.train.write_graph(graph, golden.name, 'graph.pb', as_text=False)
        golden.put('pb', 'graph.pb', read(golden.name + '/graph.pb'))
        if golden.name not in NO_TEXT:
            tf.train.write_graph(graph, golden.name, 'graph.pbtxt')
            golden.put('pbtxt', 'graph.pbtxt', read(golden.name + '/graph.pbtxt'))
    inputs = more.get('inputs', ())
    import_meta(golden, 'metaAgain', 'again.meta', inputs)
    import_meta(golden, 'metaScoped', 'scoped.meta', inputs, import_scope='imp')
    if golden.name in CLEARED:
        import_meta(golden, 'metaCleared', 'cleared.meta', inputs, clear_devices=True)
    graph_def = graph_pb2.GraphDef.FromString(read(golden.path('pb')))
    imported, shapes = import_def(golden, 'imported', graph_def, name='')
    golden.put('imported', 'imported.pb', imported)
    golden.put('shapes', 'shapes.pb', shapes)
    golden.put('prefixed', 'prefixed.pb', import_def(golden, 'prefixed', graph_def, name='imp')[0])
    golden.put('prefixedShapes', 'prefixed-shapes.pb', import_def(golden, 'prefixedShapes', shapes, name='imp')[1])


CUSTOM_OP = """
  name: "MyCustomOp"
  input_arg { name: "x" type_attr: "T" } input_arg { name: "more" type_attr: "T" number_attr: "N" }
  output_arg { name: "y" type_attr: "T" } output_arg { name: "counts" type: DT_INT64 number_attr: "N" }
  attr { name: "T" type: "type" allowed_values { list { type: DT_FLOAT type: DT_HALF } } }
  attr { name: "N" type: "int" has_minimum: true minimum: 1 }
  attr { name: "mode" type: "string" default_value { s: "fast" } }
"""


def make_custom_op(golden, listed):
    """A graph with an op that is not TensorFlow's own, which TensorFlow without its library cannot import."""
    with tf.Graph().as_default():
        x = tf.placeholder(tf.float32, [2], name='x')
        w = tf.Variable([1.0, 2.0], name='w')
        tf.identity(x, name='y')
        tf.identity(tf.constant([1, 2], tf.int64), name='z')
        meta = tf.train.Saver([w]).export_meta_graph()
    custom = meta.graph_def.node.add(name='custom', op='MyCustomOp', input=['x', 'w/read', 'x'], device='/cpu:0')
    custom.attr['T'].type, custom.attr['N'].i, custom.attr['mode'].s = 1, 2, b'slow'
    nodes = {node.name: node for node in meta.graph_def.node}
    nodes['y'].input[:], nodes['z'].input[:] = ['custom'], ['custom:2', '^custom']
    if listed:
        ops = meta.meta_info_def.stripped_op_list.op
        ops.append(text_format.Parse(CUSTOM_OP, op_def_pb2.OpDef()))
        ops.sort(key=lambda op: op.name)
    golden.put('meta', 'graph.meta', meta)
    golden.put('metaText', 'graph.meta.pbtxt', text_format.MessageToString(meta).encode())
    golden.put('pb', 'graph.pb', meta.graph_def)


def in_process_of_its_own(name, build, *arguments):
    """What `build` gives, as JSON; names that count what came before start anew."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            golden = Golden(name)
            build(golden, *arguments)
            with os.fdopen(writer, 'w') as pipe:
                pipe.write(json.dumps(golden.parts))
            code = 0
        except Exception:
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        parts = pipe.read()
    if os.waitpid(child, 0)[1] != 0:
        sys.exit(f'{name} could not be made')
    return json.loads(parts)


def make(folder, names):
    os.chdir(folder)
    goldens = {}
    for build in graph_models.ALL:
        name = build.__name__
        if not names or name in names:
            shutil.rmtree(name, ignore_errors=True)
            goldens[name] = in_process_of_its_own(name, make_parts, build)
    for name, listed in (('custom_op', True), ('custom_op_unlisted', False)):
        if not names or name in names:
            shutil.rmtree(name, ignore_errors=True)
            goldens[name] = in_process_of_its_own(name, make_custom_op, listed)
    return goldens


def main():
    folder = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, '..', 'golden', 'graphs'))
    os.makedirs(folder, exist_ok=True)
    goldens = make(folder, sys.argv[2:])
    with open('manifest.json', 'w', encoding='ascii') as file:
        json.dump({'madeBy': 'tests/oracle/make_graphs_golden.py', 'versions': versions(), 'goldens': goldens}, file, indent=1)
        file.write('\n')


if __name__ == '__main__':
    main()
