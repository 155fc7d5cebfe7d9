"""Writes the op registry, src/graph/ops.gen.ts, and what its tests hold it against, tests/golden/ops/op-list.pb.gz.

    python scripts/generate-ops.py             (tensorflow-cpu 2.21.0)
    python scripts/generate-ops.py --check     compares with what is committed, writes nothing, and fails on a difference
    python scripts/generate-ops.py --to DIR    writes ops.gen.ts and op-list.pb.gz into DIR

The registry holds every op that is registered when TensorFlow has been imported, internal ones and those of its own
tests too, as the registry gives it to Python: without summaries and descriptions. src/graph/op-def-text.ts describes the
lines. What the grammar has no place for, and what a line cannot hold, stops this script.
"""
import argparse
import collections
import gzip
import os
import sys
import warnings

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
warnings.simplefilter('ignore')
import numpy as np  # noqa: E402
import tensorflow.compat.v1 as tf  # noqa: E402
from tensorflow.core.framework import full_type_pb2, op_def_pb2, types_pb2  # noqa: E402
from tensorflow.python.client import pywrap_tf_session  # noqa: E402
from tensorflow.python.framework import op_def_registry  # noqa: E402

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..')
REGISTRY = os.path.join('src', 'graph', 'ops.gen.ts')
GOLDEN = os.path.join('tests', 'golden', 'ops', 'op-list.pb.gz')
FLAGS = {
    'is_commutative': 'commutative',
    'is_aggregate': 'aggregate',
    'is_stateful': 'stateful',
    'allows_uninitialized_input': 'uninitialized',
    'is_distributed_communication': 'communication',
}
PLAIN = {chr(byte) for byte in range(0x20, 0x7f)} - set('"%\\`$')
# A list of allowed values gets an alias where that makes the file shorter by this many bytes.
WORTH = 40


def all_ops():
    """OpList: every op by its name, as op_def_registry gives it, which is what stripped_op_list holds."""
    listed = op_def_pb2.OpList()
    listed.ParseFromString(pywrap_tf_session.TF_GetBuffer(pywrap_tf_session.TF_GetAllOpList()))
    return op_def_pb2.OpList(op=[op_def_registry.get(name) for name in sorted(op.name for op in listed.op)])


def fields(message, *known):
    """The fields that are set; none but `known`."""
    found = {field.name for field, _ in message.ListFields()}
    if found - set(known):
        raise SystemExit(f'The grammar has no place for {sorted(found - set(known))} of {message}')
    return found


def dtype(value):
    """TensorFlow's own word, "half": Python's dtypes say float16."""
    return types_pb2.DataType.Name(value)[len('DT_'):].lower()


def string(data):
    """In quotes; a byte that would end the text or the line is %XX."""
    data = data.encode() if isinstance(data, str) else data
    return '"' + ''.join(chr(byte) if chr(byte) in PLAIN else f'%{byte:02X}' for byte in data) + '"'


def number(value):
    """The shortest decimal form that gives the same 32-bit float; "inf", "-inf"."""
    if value != value:
        raise SystemExit('A line cannot hold nan')
    text = repr(float(str(np.float32(value))))
    return text[:-2] if text.endswith('.0') else text


def shape(value):
    fields(value, 'dim', 'unknown_rank')
    for dim in value.dim:
        fields(dim, 'size')
    return '?' if value.unknown_rank else '[' + ','.join(str(dim.size) for dim in value.dim) + ']'


def tensor(value):
    fields(value, 'dtype', 'tensor_shape', 'int_val')
    return dtype(value.dtype) + shape(value.tensor_shape) + '{' + ','.join(map(str, value.int_val)) + '}'


KINDS = {
    'string': ('s', string),
    'int': ('i', str),
    'float': ('f', number),
    'bool': ('b', lambda value: 'true' if value else 'false'),
    'type': ('type', dtype),
    'shape': ('shape', shape),
    'tensor': ('tensor', tensor),
}


def values_of(items, kind):
    fields(items, KINDS[kind][0])
    return ','.join(KINDS[kind][1](item) for item in getattr(items, KINDS[kind][0]))


def attr_value(value, kind):
    if kind.startswith('list('):
        assert value.WhichOneof('value') == 'list', value
        # An empty list may be of any kind, of func too.
        return '[' + (values_of(value.list, kind[5:-1]) if value.list.ListFields() else '') + ']'
    field, write = KINDS[kind]
    assert value.WhichOneof('value') == field, value
    return write(getattr(value, field))


def allowed_values(attr):
    kind = attr.type[5:-1] if attr.type.startswith('list(') else attr.type
    return '{' + values_of(attr.allowed_values.list, kind) + '}'


def attr(message, aliases):
    found = fields(message, 'name', 'type', 'default_value', 'has_minimum', 'minimum', 'allowed_values')
    text = f'{message.name}:{message.type}'
    assert 'minimum' not in found or message.has_minimum, message
    if message.has_minimum:
        text += f'>={message.minimum}'
    if 'allowed_values' in found:
        allowed = allowed_values(message)
        text += aliases.get(allowed, allowed)
    return text + (f'={attr_value(message.default_value, message.type)}' if 'default_value' in found else '')


def full_type(message):
    fields(message, 'type_id', 'args', 's')
    text = full_type_pb2.FullTypeId.Name(message.type_id)[len('TFT_'):]
    if message.HasField('s'):
        text += string(message.s)
    return text + ('[' + ','.join(full_type(item) for item in message.args) + ']' if message.args else '')


def arg(message, op):
    fields(message, 'name', 'type', 'type_attr', 'number_attr', 'type_list_attr', 'is_ref', 'experimental_full_type')
    kinds = {item.name: item.type for item in op.attr}
    # That is how a reader tells the three apart.
    assert kinds.get(message.type_attr, 'type') == 'type' and kinds.get(message.type_list_attr, 'list(type)') == 'list(type)'
    assert (message.type != 0) + bool(message.type_attr) + bool(message.type_list_attr) == 1, message
    text = message.type_attr or message.type_list_attr or dtype(message.type)
    assert message.type == 0 or text not in kinds, message
    if message.number_attr:
        text = f'{message.number_attr}*{text}'
    if message.is_ref:
        text = f'Ref({text})'
    full = f'~{full_type(message.experimental_full_type)}' if message.HasField('experimental_full_type') else ''
    return f'{message.name}:{text}{full}'


def line(op, aliases):
    fields(op, 'name', 'input_arg', 'output_arg', 'control_output', 'attr', 'deprecation', *FLAGS)
    inputs, outputs = (','.join(arg(item, op) for item in args) for args in (op.input_arg, op.output_arg))
    parts = [f'{op.name}({inputs})' + (f'->{outputs}' if outputs else '')]
    parts += [f'^{name}' for name in op.control_output]
    parts += [attr(item, aliases) for item in op.attr]
    parts += [f'!{word}' for field, word in FLAGS.items() if getattr(op, field)]
    if op.HasField('deprecation'):
        parts.append(f'!deprecated {op.deprecation.version} {string(op.deprecation.explanation)}')
    return ' '.join(parts)


def aliases_of(ops):
    """{list of allowed values: alias}: $0 is the most frequent one."""
    counts = collections.Counter(allowed_values(item) for op in ops.op for item in op.attr if item.HasField('allowed_values'))
    worthy = [text for text, count in counts.items() if (len(text) - 3) * (count - 1) > WORTH]
    return {text: f'${at}' for at, text in enumerate(sorted(worthy, key=lambda text: (-counts[text], text)))}


def registry(ops):
    aliases = aliases_of(ops)
    shared = '\n'.join(f'{alias}={text}' for text, alias in aliases.items())
    lines = '\n'.join(line(op, aliases) for op in ops.op)
    assert '`' not in lines and '\\' not in lines and '${' not in lines
    versions = tf.Graph().as_graph_def().versions
    constants = '\n'.join(f'/** {what} */\nexport const {name} = {value}\n' for name, value, what in [
        ('TENSORFLOW_VERSION', f"'{tf.version.VERSION}'", 'The release, as it stands in meta_info_def.'),
        ('TENSORFLOW_GIT_VERSION', f"'{tf.version.GIT_VERSION}'", 'The commit, as it stands in meta_info_def.'),
        ('GRAPH_DEF_VERSION', versions.producer, 'versions.producer of a graph that this release makes.'),
        ('GRAPH_DEF_VERSION_MIN_CONSUMER', tf.version.GRAPH_DEF_VERSION_MIN_CONSUMER, 'versions.min_consumer of such a graph.'),
        ('GRAPH_DEF_VERSION_MIN_PRODUCER', tf.version.GRAPH_DEF_VERSION_MIN_PRODUCER, 'The oldest producer that this release reads.'),
    ])
    return f'''// Written by scripts/generate-ops.py from TensorFlow's registry: change that. op-def-text.ts describes the lines.

{constants}
/** Lists of allowed values that many attributes share, by the alias that stands for them. */
export const SHARED_VALUES = `
{shared}
`

/** {len(ops.op)} ops in the order of their names, a line each. */
export const OPS = `
{lines}
`
'''


def op_list(ops):
    return gzip.compress(ops.SerializeToString(deterministic=True), 9, mtime=0)


def read(path):
    if not os.path.exists(path):
        return b''
    with open(path, 'rb') as file:
        data = file.read()
    # What zlib makes of the same bytes depends on its version.
    return gzip.decompress(data) if path.endswith('.gz') else data


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as file:
        file.write(data)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--check', action='store_true')
    parser.add_argument('--to', metavar='DIR')
    options = parser.parse_args()
    ops = all_ops()
    made = {REGISTRY: registry(ops).encode(), GOLDEN: op_list(ops)}
    if options.check:
        stale = [path for path, data in made.items()
                 if read(os.path.join(ROOT, path)) != (gzip.decompress(data) if path.endswith('.gz') else data)]
        sys.exit('\n'.join(f'{path} is not what TensorFlow {tf.version.VERSION} gives' for path in stale) or None)
    for path, data in made.items():
        write(os.path.join(options.to, os.path.basename(path)) if options.to else os.path.join(ROOT, path), data)


if __name__ == '__main__':
    main()
