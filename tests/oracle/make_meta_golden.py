"""Writes ../golden/meta-graphs.json: what TensorFlow makes of names, collections, parts of graphs and bad meta graphs.

    python make_meta_golden.py [output]          (tensorflow-cpu 2.21.0)

  names        [name, scope, prepended, stripped]
  collections  [key, items, the CollectionDef in hex or null, the warning or null]; an item is [kind, value]
  source       a meta graph in base64, from which exports and items are made
  small        one of a variable and a constant
  exports      [options of import, options of export, the meta graph in base64, the collection "unbound_inputs" afterwards]:
               imported into a new graph, and exported with its Saver's SaverDef where "saver" says so
  items        [options of import, {key: items}] after an import; a text is {"hex": …}, an object its repr or its names
  refused      [what is wrong, the meta graph in base64, options of import, class, message]
  versions     [tensorflow_version, whether variables have the field trainable]
"""
import json
import os
import sys
from binascii import b2a_base64

from tf_checkpoint import tf, versions
from google.protobuf import any_pb2
from tensorflow.core.protobuf import meta_graph_pb2
from tensorflow.core.protobuf.control_flow_pb2 import CondContextDef, WhileContextDef
from tensorflow.core.framework import variable_pb2
from tensorflow.python.framework import meta_graph, ops

HERE = os.path.dirname(os.path.abspath(__file__))

NAMES = ['v', 'v:0', '^v', 'loc:@v', 'sc/v', 'sc/v:1', '^sc/v', 'loc:@sc/v', 'sc//v', 'scx/v', 'sc', '', 'a/sc/v', 'text',
         'two\nlines', 'two\n^lines', '$unbound_inputs_c', 'é', 'sc/sc/v']
NAME_SCOPES = ['sc', 'sc/', 'a/b', 'sc_1']

COLLECTIONS = [
    ['strs', [['str', 'a'], ['str', 'é'], ['bytes', 'ff00']]],
    ['ints', [['int', '3'], ['int', '-9223372036854775808'], ['int', '9223372036854775807']]],
    ['large', [['int', '9223372036854775808']]],
    ['floats', [['float', 1.5], ['int', '1'], ['float', 0.1]]],
    ['specials', [['float', 'nan'], ['float', 'inf'], ['float', '-inf']]],
    ['nodes', [['op', 'c'], ['tensor', 'c:0'], ['variable', 'v']]],
    ['anys', [['any', ['type.googleapis.com/x', '0102']], ['any', ['', '']]]],
    ['mixed1', [['str', 'a'], ['int', '2']]],
    ['mixed2', [['int', '2'], ['str', 'a']]],
    ['mixed3', [['float', 1.5], ['str', 'a']]],
    ['mixed4', [['op', 'c'], ['str', 'a']]],
    ['mixed5', [['any', ['x', '']], ['int', '1']]],
    ['truth', [['bool', True]]],
    ['mixed6', [['int', '1'], ['bool', True]]],
    ['mixed7', [['float', 1.5], ['bool', False]]],
    ['none', [['none', None]]],
    ['dict', [['dict', None]]],
    ['list', [['list', None]]],
    ['nodeless', [['op', 'c'], ['none', None]]],
    ['bytesfirst', [['bytes', '61'], ['float', 2.5]]],
    ['local_variables', [['str', 'a']]],
    ['model_variables', [['variable', 'v']]],
    ['metric_variables', [['none', None]]],
    ['savers', [['saver', None]]],
    ['savers', [['int', '3']]],
    ['weights', []],
]


def make_item(kind, value, made):
    if kind in ('str', 'none', 'bool'):
        return value
    if kind == 'bytes':
        return bytes.fromhex(value)
    if kind == 'int':
        return int(value)
    if kind == 'float':
        return float(value)
    if kind == 'any':
        return any_pb2.Any(type_url=value[0], value=bytes.fromhex(value[1]))
    if kind in ('dict', 'list'):
        return {'dict': {}, 'list': [1, 2]}[kind]
    return made[kind]()


class Warnings:
    """What TensorFlow logs."""

    def __enter__(self):
        self.all, self.old = [], meta_graph.logging.warning
        meta_graph.logging.warning = lambda text, *arguments: self.all.append(text % arguments)
        return self

    def __exit__(self, *_):
        meta_graph.logging.warning = self.old


def collections():
    rows = []
    for key, items in COLLECTIONS:
        with tf.Graph().as_default(), Warnings() as warnings:
            c, v = tf.constant(1., name='c'), tf.Variable(1., name='v', collections=[])
            made = {'op': lambda: c.op, 'tensor': lambda: c, 'variable': lambda: v,
                    'saver': lambda: tf.train.Saver([v])}
            for kind, value in items:
                tf.add_to_collection(key, make_item(kind, value, made))
            found = tf.train.export_meta_graph().collection_def
            def_hex = found[key].SerializeToString(deterministic=True).hex() if key in found else None
            rows.append([key, items, def_hex, warnings.all[0] if warnings.all else None])
    return rows


def source():
    """Scopes, devices, two Savers, loops and conditionals within one another, a queue, an input that is taken twice."""
    with tf.Graph().as_default() as graph:
        c = tf.constant(5., name='c')
        with tf.name_scope('in'), tf.device('/cpu:0'):
            v = tf.Variable(2., name='v')
            r = tf.Variable([1., 2.], name='r', use_resource=True)
            with tf.name_scope('deep'):
                y = tf.add(v, c, name='y')
                z = tf.multiply(c, y, name='z')
            with graph.colocate_with(v.op):
                tf.constant(1., name='beside')
            loop = tf.while_loop(lambda i: i < 3., lambda i: i + tf.cond(i > 1., lambda: c, lambda: i), [v], name='loop')
            with tf.control_dependencies([c]):
                tf.identity(loop, name='after')
            tf.cond(loop > 2., lambda: tf.while_loop(lambda i: i < c, lambda i: i + 1., [v]), lambda: c, name='choice')
            tf.train.Saver({'other/key': v, 'r': r})
        with tf.name_scope('inner'):
            tf.constant(1., name='k')
        local = tf.Variable(1., name='local', collections=[tf.GraphKeys.LOCAL_VARIABLES], trainable=False)
        n = tf.Variable(1, name='n', trainable=False, collections=[tf.GraphKeys.GLOBAL_VARIABLES, tf.GraphKeys.GLOBAL_STEP])
        queue = tf.FIFOQueue(3, [tf.float32], shapes=[[]], name='queue')
        tf.train.add_queue_runner(tf.train.QueueRunner(queue, [queue.enqueue([c])]))
        for key, item in [('strs', 'in/text'), ('strs', 'other'), ('ints', 4), ('ints', 2 ** 60), ('floats', 1.0),
                          ('floats', 2.0), ('nodes', y), ('nodes', z.op), ('nodes', c), ('vars', v), ('empty_name', ''),
                          ('anys', any_pb2.Any(type_url='type.googleapis.com/x', value=b'in/y'))]:
            tf.add_to_collection(key, item)
        saver = tf.train.Saver(max_to_keep=3, keep_checkpoint_every_n_hours=1.5)
        tf.add_to_collection(tf.GraphKeys.SAVERS, saver)
        del local, n
        return settled(saver.export_meta_graph())


def base64(message):
    return b2a_base64(message.SerializeToString(deterministic=True), newline=False).decode()


def copy_of(meta):
    """An import puts its scope in front of the names in the SaverDef that it is given."""
    copy = meta_graph_pb2.MetaGraphDef()
    copy.CopyFrom(meta)
    return copy


def settled(meta):
    """Messages in collections are not serialized deterministically, so that their maps come in any order."""
    for key, proto in (('cond_context', CondContextDef), ('while_context', WhileContextDef)):
        values = meta.collection_def[key].bytes_list.value if key in meta.collection_def else []
        for place, value in enumerate(values):
            values[place] = proto.FromString(value).SerializeToString(deterministic=True)
    return meta


EXPORTS = [
    [{}, {'saver': True}],
    [{}, {}],
    [{'import_scope': 'sc'}, {'saver': True}],
    [{'import_scope': 'sc/deeper'}, {'saver': True, 'clear_devices': True}],
    [{'clear_devices': True}, {'saver': True}],
    [{}, {'clear_devices': True}],
    [{}, {'strip_default_attrs': True}],
    [{}, {'collection_list': ['ints', 'zz', 'variables']}],
    [{}, {'export_scope': 'in'}],
    [{}, {'export_scope': 'in/deep', 'saver': True}],
    [{}, {'export_scope': 'in/deep/'}],
    [{}, {'export_scope': 'inner', 'strip_default_attrs': True}],
    [{}, {'export_scope': 'nowhere'}],
    [{}, {'clear_extraneous_savers': True, 'saver': True}],
    [{}, {'export_scope': 'in', 'clear_extraneous_savers': True, 'saver': True, 'clear_devices': True}],
    [{'import_scope': 'sc'}, {'export_scope': 'sc', 'saver': True}],
    [{'import_scope': 'sc'}, {'export_scope': 'sc/in'}],
]


def export(from_options, options):
    options = dict(options)
    with tf.Graph().as_default():
        saver = tf.train.import_meta_graph(copy_of(META), **from_options)
        if options.pop('saver', False):
            options['saver_def'] = saver.saver_def
        meta = settled(tf.train.export_meta_graph(**options))
        unbound = tf.get_collection('unbound_inputs')
    return base64(meta), [one if isinstance(one, str) else one.decode() for one in unbound]


def exports():
    return [[imported, options, *export(imported, options)] for imported, options in EXPORTS]


def plain(item):
    if isinstance(item, (str, bytes)):
        return {'hex': item.hex() if isinstance(item, bytes) else item.encode().hex()}
    if isinstance(item, int):
        return {'int': str(item)}
    if isinstance(item, any_pb2.Any):
        return [item.type_url, item.value.hex()]
    if isinstance(item, float):
        return item
    if isinstance(item, tf.train.Saver):
        return [item.saver_def.filename_tensor_name, item.saver_def.save_tensor_name, item.saver_def.restore_op_name]
    return item.name


def items():
    rows = []
    for options in ({}, {'import_scope': 'sc'}):
        with tf.Graph().as_default() as graph:
            tf.train.import_meta_graph(copy_of(META), **options)
            rows.append([options, {key: [plain(item) for item in tf.get_collection(key)]
                                   for key in sorted(graph.get_all_collection_keys())}])
    return rows


def bad_metas():
    """[what is wrong, how the good one becomes it, options]"""
    def variable(**fields):
        def change(meta):
            def_ = variable_pb2.VariableDef.FromString(meta.collection_def['variables'].bytes_list.value[0])
            for name, value in fields.items():
                setattr(def_, name, value)
            meta.collection_def['variables'].bytes_list.value[0] = def_.SerializeToString()
        return change

    def node(name, index=0):
        def change(meta):
            meta.collection_def['nodes'].node_list.value[index] = name
        return change

    def unbound(*names):
        def change(meta):
            meta.collection_def['unbound_inputs'].bytes_list.value.extend(names)
        return change

    def without(name):
        def change(meta):
            [one] = [one for one in meta.graph_def.node if one.name == name]
            meta.graph_def.node.remove(one)
        return change

    return [
        ['node list names nothing', node('nope'), {}],
        ['node list names a tensor of nothing', node('nope:0'), {'import_scope': 'sc'}],
        ['node list names an output too many', node('c:7'), {}],
        ['node list has a bad name', node('c:x'), {}],
        ['variable names nothing', variable(variable_name='nope:0'), {}],
        ['initializer names nothing', variable(initializer_name='nope'), {}],
        ['snapshot names nothing', variable(snapshot_name='nope:0'), {}],
        ['initial value names nothing', variable(initial_value_name='nope:0'), {}],
        ['unbound inputs', unbound(b'$unbound_inputs_c', b'^$unbound_inputs_d'), {}],
        ['node is missing', without('v/read'), {}],
    ]


def small():
    with tf.Graph().as_default():
        tf.Variable(2., name='v')
        tf.add_to_collection('nodes', tf.constant(5., name='c'))
        return tf.train.export_meta_graph()


def refused():
    rows = []
    for what, change, options in bad_metas():
        meta = small()
        change(meta)
        with tf.Graph().as_default():
            try:
                tf.train.import_meta_graph(meta, **options)
                raise AssertionError(f'{what}: TensorFlow takes it')
            except (ValueError, KeyError) as error:
                message = error.args[0] if isinstance(error, KeyError) else str(error)
                rows.append([what, base64(meta), options, type(error).__name__, message])
    return rows


VERSIONS = ['', '0.12.1', '1.8.0', '1.9.0-rc0', '1.9.0rc2', '1.9.0', '1.9', '1.9.1-rc1', '1.10.0', '1.15.5', '2.0.0-alpha0',
            '2.21.0', '1.9.0-dev20180601', '1.9.0-beta1']


def has_trainable(version):
    meta = small()
    meta.meta_info_def.tensorflow_version = version
    # Where releases count as old, a variable that this collection alone has is not trainable.
    del meta.collection_def['trainable_variables']
    with tf.Graph().as_default():
        tf.train.import_meta_graph(meta)
        return tf.global_variables()[0].trainable


def main():
    global META
    output = sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, '..', 'golden', 'meta-graphs.json')
    META = source()
    made = {
        'madeWith': versions(),
        'names': [[name, scope, ops.prepend_name_scope(name, scope), ops.strip_name_scope(name, scope)]
                  for name in NAMES for scope in NAME_SCOPES],
        'collections': collections(),
        'source': base64(META),
        'small': base64(small()),
        'exports': exports(),
        'items': items(),
        'refused': refused(),
        'versions': [[version, has_trainable(version)] for version in VERSIONS],
    }
    with open(output, 'w', encoding='ascii') as file:
        json.dump(made, file, indent=1)
        file.write('\n')


if __name__ == '__main__':
    main()
