"""Writes ../golden/ops/answers.json: what TensorFlow says of ops, attributes and nodes.

    python make_ops_golden.py [output]          (tensorflow-cpu 2.21.0)

  ops        for each op by name, the first eight hexadecimal digits of the SHA-256 of two texts:
               what the importer says of a node without attributes and with 50 inputs, "{{node b}}"
               the types of its inputs and outputs with the attributes that `plain_attrs` gives: "float, int32 -> float"
  values     [AttrValue, its text in messages]
  equal      [AttrValue, AttrValue, whether TensorFlow holds them equal]
  nodes      [NodeDef, what the importer says, in which the op's summary is "Op<>"]; null: it says nothing
  graphs     {graph: GraphDef, producer: OpList of its producer,
              stripped, producer_stripped: of each node, those of the functions last, the attributes that are left,
              used: names of the ops in its stripped_op_list}
  fingerprints  Fingerprint64 of the bytes 0, 7, 14, ... (mod 256), of 0 up to 200 of them, as decimals

Messages are in base64; a text with bytes that are no UTF-8 has U+FFFD in their place.
"""
import base64
import hashlib
import json
import os
import random
import re
import sys
import warnings

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
warnings.simplefilter('ignore')
import tensorflow.compat.v1 as tf  # noqa: E402
from tensorflow.core.framework import attr_value_pb2, node_def_pb2, op_def_pb2, tensor_pb2, types_pb2  # noqa: E402
from tensorflow.python.client import pywrap_tf_session  # noqa: E402
from tensorflow.python.framework import importer, meta_graph, op_def_registry  # noqa: E402

tf.disable_v2_behavior()
tf.logging.set_verbosity(tf.logging.ERROR)

INPUTS = 50
DTYPES = [number for number in types_pb2.DataType.values() if 0 < number < 100]
# What TensorFlow prints of a tensor that has no plain elements is not held against anything.
PLAIN = [number for number in DTYPES if number not in (types_pb2.DT_RESOURCE, types_pb2.DT_VARIANT)]
FLOATS = [0.0, -0.0, 1.0, 0.1, 1 / 3, 16777217.0, 1e10, 1e-5, 123456789.0, float('inf'), float('-inf'), float('nan'), 1e6, 100000.5,
          1.2207031e-4, 3.4028235e38, 1e-45]
INTS = [0, 1, -1, 2, 7, 300, -2**63, 2**63 - 1, 5_000_000_000]
STRINGS = [b'', b'a', b'SAME', b'VALID', b'a"b\'c\\', b'tab\t\n', b'\xff\x00', 'é'.encode(), b'x' * 79, b'x' * 80, b'\n' * 40]
KINDS = ['s', 'i', 'f', 'b', 'type', 'shape', 'tensor', 'func']


def all_names():
    listed = op_def_pb2.OpList()
    listed.ParseFromString(pywrap_tf_session.TF_GetBuffer(pywrap_tf_session.TF_GetAllOpList()))
    return sorted(op.name for op in listed.op)


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def text_of(error):
    """The message of what was raised; where it is no UTF-8, pybind raises with the bytes."""
    data = error.object if isinstance(error, UnicodeDecodeError) else str(error).encode()
    return data.decode('utf-8', 'replace')


def said(graph_def):
    """What the importer says against a graph; None where it says nothing."""
    with tf.Graph().as_default():
        try:
            tf.import_graph_def(graph_def, name='')
        except Exception as error:  # whatever it is, its text is what is wanted
            return text_of(error)
    return None


def graph_of(node, library=()):
    graph_def = tf.GraphDef()
    graph_def.versions.producer = 5  # before any op was taken out
    source = graph_def.node.add(name='a', op='Placeholder')
    source.attr['dtype'].type = types_pb2.DT_FLOAT
    graph_def.node.add().CopyFrom(node)
    for signature in library:
        graph_def.library.function.add().signature.CopyFrom(signature)
    return graph_def


def node_of(op, attrs=None, inputs=INPUTS):
    node = node_def_pb2.NodeDef(name='b', op=op, input=['a'] * inputs)
    for name, value in (attrs or {}).items():
        node.attr[name].CopyFrom(value)
    return node


def plain_attr(attr):
    """A value that satisfies `attr`; tests/graph/op-answers.ts knows the same rules."""
    value = attr_value_pb2.AttrValue()
    allowed = attr.allowed_values.list
    kind = attr.type[5:-1] if attr.type.startswith('list(') else attr.type
    if attr.type == 'list(type)':
        types = [*allowed.type] or [types_pb2.DT_FLOAT, types_pb2.DT_INT32]
        value.list.type.extend([types[at % len(types)] for at in range(max(attr.minimum, 3))])
    elif kind != attr.type:
        field = {'string': 's', 'int': 'i', 'float': 'f', 'bool': 'b'}.get(kind, kind)
        items = getattr(value.list, field)
        value.list.SetInParent()
        for _ in range(attr.minimum):
            if kind in ('shape', 'tensor', 'func'):
                items.add()
            else:
                items.append([*allowed.s, b''][0] if kind == 'string' else 0)
    elif kind == 'type':
        value.type = [*allowed.type, types_pb2.DT_INT64][-1 if not allowed.type else 0]
    elif kind == 'string':
        value.s = [*allowed.s, b''][0]
    elif kind == 'int':
        value.i = max(attr.minimum, 2)
    elif kind == 'float':
        value.f = 0
    elif kind == 'bool':
        value.b = False
    else:
        getattr(value, kind).SetInParent()
    return value


def plain_attrs(op):
    return {attr.name: plain_attr(attr) for attr in op.attr}


def expected_inputs(message):
    return re.match(r"NodeDef expected inputs '(.*?)' do not match", message).group(1)


def types_of(op):
    """The types of inputs and outputs. Those of the outputs are asked for as inputs of a function."""
    attrs = plain_attrs(op)
    inputs = expected_inputs(said(graph_of(node_of(op.name, attrs))))
    turned = op_def_pb2.OpDef(name='Turned', input_arg=op.output_arg, attr=op.attr)
    for arg in turned.input_arg:
        arg.ClearField('experimental_full_type')
    outputs = expected_inputs(said(graph_of(node_of('Turned', attrs), [turned])))
    return f'{inputs} -> {outputs}'


def op_answers(name):
    op = op_def_registry.get(name)
    return digest(said(graph_of(node_of(name)))) + digest(types_of(op))


def random_tensor(rng):
    dtype = rng.choice(PLAIN)
    name = types_pb2.DataType.Name(dtype)[3:].lower()
    tensor = tensor_pb2.TensorProto(dtype=dtype)
    for _ in range(rng.randrange(4)):
        tensor.tensor_shape.dim.add(size=rng.choice([0, 1, 1, 2, 2, 3, 5]))
    tensor.tensor_shape.SetInParent()
    count = 1
    for dim in tensor.tensor_shape.dim:
        count *= dim.size
    if name in CONTENT and rng.random() < 0.4:
        tensor.tensor_content = bytes(rng.randrange(128) for _ in range(count * tf.as_dtype(dtype).size))
    elif count > 0:
        elements = [element(rng, name) for _ in range(rng.randrange(min(count, 4)))]
        fill(tensor, name, elements)
    return tensor


CONTENT = ('float', 'double', 'int32', 'int8', 'uint8', 'int16', 'int64', 'uint64', 'half', 'bfloat16', 'qint8')
FIELDS = {'float': 'float_val', 'double': 'double_val', 'half': 'half_val', 'bfloat16': 'half_val', 'string': 'string_val',
          'bool': 'bool_val', 'complex64': 'scomplex_val', 'complex128': 'dcomplex_val', 'int64': 'int64_val',
          'uint32': 'uint32_val', 'uint64': 'uint64_val'}


def element(rng, name):
    if name.startswith('complex'):
        return [1.5, 2.]
    if name in ('float', 'double'):
        return [rng.choice(FLOATS)]
    if name in ('half', 'bfloat16'):
        return [rng.choice([0, 0x3c00, 0x3f80, 0x8000, 0x7bff, 0x3555])]
    return [rng.choice(STRINGS)] if name == 'string' else [rng.choice([0, 1, 1])]


def fill(tensor, name, elements):
    if name.startswith('float') and name not in FIELDS:
        tensor.float8_val = bytes(item for items in elements for item in items)
        return
    for items in elements:
        getattr(tensor, FIELDS.get(name, 'int_val')).extend(items)


def random_value(rng, depth=0):
    value = attr_value_pb2.AttrValue()
    kind = rng.choice(KINDS)
    if rng.random() < 0.35:
        value.list.SetInParent()
        for _ in range(rng.choice([0, 1, 2, 3, 3, 3, 5, 5, 29, 30] if depth == 0 else [0, 1, 2])):
            add_random(rng, getattr(value.list, kind), kind, depth)
    elif kind == 'shape':
        random_shape(rng, value.shape)
    elif kind == 'tensor':
        value.tensor.CopyFrom(random_tensor(rng))
    elif kind == 'func':
        random_function(rng, value.func, depth)
    else:
        setattr(value, kind, scalar(rng, kind))
    return value


def scalar(rng, kind):
    choices = {'s': STRINGS, 'i': INTS, 'f': FLOATS, 'b': [True, False], 'type': DTYPES + [101, 0]}
    return rng.choice(choices[kind])


def add_random(rng, items, kind, depth):
    if kind == 'shape':
        random_shape(rng, items.add())
    elif kind == 'tensor':
        items.add().CopyFrom(random_tensor(rng))
    elif kind == 'func':
        random_function(rng, items.add(), depth)
    else:
        items.append(scalar(rng, kind))


def random_shape(rng, shape):
    if rng.random() < 0.2:
        shape.unknown_rank = True
        return
    for _ in range(rng.randrange(4)):
        shape.dim.add(size=rng.choice([-1, 0, 1, 5, 2**40, -5]), name=rng.choice(['', 'x']))


def random_function(rng, function, depth):
    function.name = rng.choice(['f', 'g', ''])
    for name in rng.sample(['T', 'Tshape', 'a', 'b'], rng.randrange(3) if depth < 2 else 0):
        function.attr[name].CopyFrom(random_value(rng, depth + 1))


def summary_of(value):
    """TensorFlow says how one value differs from another."""
    other = attr_value_pb2.AttrValue(placeholder='other')
    try:
        message = pywrap_tf_session.EqualAttrValueWrapper(value.SerializeToString(), other.SerializeToString())
    except UnicodeDecodeError as error:
        message = text_of(error)
    return re.fullmatch(r'Actual AttrValue (.*) does not match Expected AttrValue \$other\.', message, re.S).group(1)


def changed(rng, value):
    """The same in another form, or another one of the kind."""
    other = attr_value_pb2.AttrValue()
    other.CopyFrom(value)
    if value.HasField('tensor') and rng.random() < 0.7:
        spread(value.tensor, other.tensor)
    elif rng.random() < 0.5:
        other = random_value(rng)
    return other


def spread(tensor, other):
    """Every element written out, where the last one stands for those that follow."""
    count = 1
    for dim in tensor.tensor_shape.dim:
        count *= dim.size
    for field, items in tensor.ListFields():
        if field.name in FIELDS.values() or field.name == 'int_val':
            lanes = 2 if 'complex' in field.name else 1
            while len(items) // lanes < count:
                getattr(other, field.name).extend(items[-lanes:])
                items = getattr(other, field.name)


def is_equal(a, b):
    try:
        return not pywrap_tf_session.EqualAttrValueWrapper(a.SerializeToString(), b.SerializeToString())
    except UnicodeDecodeError:
        return False


def random_node(rng, names):
    """A node with most of what its op asks for, and something wrong."""
    op = op_def_registry.get(rng.choice(names))
    attrs = plain_attrs(op)
    for name in rng.sample(sorted(attrs), min(len(attrs), rng.choice([0, 1, 1, 2]))):
        attr = next(attr for attr in op.attr if attr.name == name)
        if not attr.HasField('default_value') and rng.random() < 0.3:
            del attrs[name]
        else:
            attrs[name] = random_value(rng, 2) if rng.random() < 0.4 else wrong_value(rng, attr)
    # Of several faults, TensorFlow tells the one that its map has first.
    faults = [name for name, value in attrs.items() if said(graph_of(node_of('One', {name: value}), [
        op_def_pb2.OpDef(name='One', attr=[attr for attr in op.attr if attr.name == name])])) not in (None, one_input())]
    if len(faults) > 1:
        return random_node(rng, names)
    node = node_of(op.name, attrs, rng.choice([0, 1, INPUTS]))
    if rng.random() < 0.2:
        node.experimental_debug_info.original_node_names.extend(rng.choice([['x'], ['x', 'y']]))
        node.experimental_debug_info.original_func_names.extend(rng.choice([[], ['f'], ['', 'g']]))
    return node


def wrong_value(rng, attr):
    """Of the right kind, and often not allowed."""
    value = attr_value_pb2.AttrValue()
    if attr.type == 'list(type)':
        value.list.type.extend(rng.choice(DTYPES + [101, 0, 99]) for _ in range(rng.randrange(3)))
    elif attr.type == 'list(string)':
        value.list.s.extend(rng.choice(STRINGS) for _ in range(rng.randrange(3)))
    elif attr.type.startswith('list('):
        value.list.SetInParent()
    elif attr.type == 'type':
        value.type = rng.choice(DTYPES + [101, 0, 99])
    elif attr.type == 'int':
        value.i = rng.choice(INTS)
    elif attr.type == 'string':
        value.s = rng.choice(STRINGS)
    elif rng.random() < 0.5:
        value.placeholder = rng.choice(['', 'p'])
    return value


def one_input():
    return said(graph_of(node_of('One'), [op_def_pb2.OpDef(name='One')]))


def without_summary(message):
    return message and re.sub(r'Op<name=.*>', 'Op<>', message, flags=re.S)


# What a node is told once its attributes and inputs are right is not the op registry's business.
OURS = re.compile(r'NodeDef|AttrValue|Value for|Length for|Number of outputs')


def node_answers(rng, names, count):
    answers = []
    while len(answers) < count:
        node = random_node(rng, names)
        message = without_summary(said(graph_of(node)))
        if message is not None and '__inference' not in message:
            answers.append([written(node), message if OURS.match(message) else None])
    return answers


def written(message):
    return base64.b64encode(message.SerializeToString(deterministic=True)).decode()


def random_graph(rng, names):
    """Nodes with defaults, some of them changed; a function with more; a call of it, direct and through an attribute."""
    graph_def = tf.GraphDef()
    function = graph_def.library.function.add()
    # A function may hide an op of its name.
    hidden = rng.choice(WITH_DEFAULTS)
    function.signature.name = hidden if rng.random() < 0.5 else 'Body'
    lonely = graph_def.library.function.add()
    lonely.signature.name = 'Lonely'
    for nodes, size in ((graph_def.node, 8), (function.node_def, 4), (lonely.node_def, 2)):
        for at in range(size):
            nodes.add().CopyFrom(filled_node(rng, f'n{at}', rng.choice(names)))
    for nodes in (graph_def.node, lonely.node_def):
        nodes.add().CopyFrom(filled_node(rng, 'hidden', hidden))
    graph_def.node.add(name='call', op=rng.choice(['Body', 'PartitionedCall', 'StatefulPartitionedCall', 'NoOp']))
    graph_def.node[-1].attr['f'].func.name = rng.choice(['Body', 'Lonely', 'Elsewhere'])
    graph_def.node.add(name='custom', op='NotRegistered')
    return graph_def


WITH_DEFAULTS = ['MatMul', 'Conv2D', 'Cast', 'VarHandleOp']


def filled_node(rng, name, op_name):
    op = op_def_registry.get(op_name)
    node = node_def_pb2.NodeDef(name=name, op=op_name)
    for attr in op.attr:
        if attr.HasField('default_value') and rng.random() < 0.7:
            node.attr[attr.name].CopyFrom(attr.default_value)
        elif rng.random() < 0.5:
            node.attr[attr.name].CopyFrom(plain_attr(attr))
    if rng.random() < 0.5:
        node.attr['_class'].list.s.append(b'loc:@x')
        node.attr['unknown'].CopyFrom(random_value(rng, 2))
    return node


def stripped(graph_def):
    meta = tf.MetaGraphDef(graph_def=graph_def)
    meta_graph.strip_graph_default_valued_attrs(meta)
    return meta.graph_def


def producer_of(rng, graph_def):
    """An OpList in which `unknown` has a default, often the node's own value."""
    ops = op_def_pb2.OpList()
    for node in graph_def.node:
        if rng.random() < 0.8 and all(op.name != node.op for op in ops.op):
            op = ops.op.add(name=node.op)
            attr = op.attr.add(name='unknown', type='int')
            if rng.random() < 0.7:
                attr.default_value.CopyFrom(node.attr['unknown'] if rng.random() < 0.7 and 'unknown' in node.attr else random_value(rng, 2))
    return ops


def without_unknown(graph_def, producer):
    copy = tf.GraphDef()
    copy.CopyFrom(graph_def)
    importer._RemoveDefaultAttrs(producer, copy)
    return copy


def attr_names(graph_def):
    nodes = [*graph_def.node, *(node for function in graph_def.library.function for node in function.node_def)]
    return [' '.join(sorted(node.attr)) for node in nodes]


def graph_answers(rng, graph_def):
    producer = producer_of(rng, graph_def)
    return {
        'graph': written(graph_def),
        'producer': written(producer),
        'stripped': attr_names(stripped(graph_def)),
        'producer_stripped': attr_names(without_unknown(graph_def, producer)),
        'used': [op.name for op in meta_graph.stripped_op_list_for_graph(graph_def).op],
    }


def fingerprints():
    texts = [bytes(7 * at % 256 for at in range(length)) for length in range(201)]
    with tf.Session(graph=tf.Graph()) as session:
        with session.graph.as_default():
            rows_of_bytes = session.run(tf.fingerprint(tf.constant(texts), method='farmhash64'))
    return [str(int.from_bytes(bytes(row), 'little')) for row in rows_of_bytes]


def main():
    rng = random.Random(3)
    names = all_names()
    values = [random_value(rng) for _ in range(150)]
    pairs = [(value, changed(rng, value)) for value in values]
    answers = {
        'ops': {name: op_answers(name) for name in names},
        'values': [[written(value), summary_of(value)] for value in values],
        'equal': [[written(a), written(b), is_equal(a, b)] for a, b in pairs],
        'nodes': node_answers(rng, names, 150),
        'graphs': [graph_answers(rng, random_graph(rng, names)) for _ in range(8)],
    }
    answers['fingerprints'] = fingerprints()
    here = os.path.dirname(os.path.abspath(__file__))
    output = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, '..', 'golden', 'ops', 'answers.json')
    os.makedirs(os.path.dirname(os.path.abspath(output)), exist_ok=True)
    with open(output, 'w') as file:
        file.write('{\n' + ',\n'.join(f'{json.dumps(key)}: {rows(value)}' for key, value in answers.items()) + '\n}\n')


def rows(value):
    if isinstance(value, dict):
        return '{\n' + ',\n'.join(f'{json.dumps(key)}: {json.dumps(item)}' for key, item in value.items()) + '\n}'
    return '[\n' + ',\n'.join(json.dumps(item) for item in value) + '\n]'


if __name__ == '__main__':
    main()
