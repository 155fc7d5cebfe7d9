"""Writes the golden checkpoints of format V1 with TensorFlow, and manifest.json, which says what is in them.

    python make_v1_golden.py <folder>

The manifest has for each golden the path to open, the tensors with their values, and for each file the slices in the order in
which they were saved: [key, "<shape> <slice>"], where "" is the whole. What is `bent` was rewritten here to something that
TensorFlow reads and never writes; it has to read it first.
"""
import json
import os
import sys

import table_file
from make_golden import AWKWARD_NAMES, awkward_values, compact, number, shapes_of, text
from tf_checkpoint import Tensor, describe, fail, feedable, np, restore_v2, same, strings, tf, versions
from tensorflow.core.util import saved_tensor_slice_pb2

UNSAVED = {'bfloat16', 'uint32', 'uint64', 'qint16', 'quint16'}
V1_DTYPES = ['float32', 'float64', 'float16', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'complex64',
             'complex128', 'bool', 'string', 'qint8', 'quint8', 'qint32']


def save_slices(path, rows):
    """The SaveSlices op by itself: rows of (key, shape and slice, dtype, value) in the order given."""
    with tf.Graph().as_default(), tf.Session() as session:
        pairs = [feedable(dtype) for _, _, dtype, _ in rows]
        names = tf.placeholder(tf.string, [len(rows)])
        save = tf.raw_ops.SaveSlices(
            filename=path, tensor_names=names, shapes_and_slices=[spec for _, spec, _, _ in rows],
            data=[out for _, out in pairs])
        feeds = {fed: value for (fed, _), (_, _, _, value) in zip(pairs, rows)}
        session.run(save, {**feeds, names: np.array([row[0] for row in rows], object)})


def rows_of(tensors):
    return [(tensor.key, '', tensor.dtype, tensor.value) for tensor in tensors]


def part(tensor, spec):
    """The row of a part: spec is "0,2:-"."""
    places = tuple(slice(None) if one == '-' else slice(int(one.split(',')[0]), sum(map(int, one.split(','))))
                   for one in spec.split(':'))
    sizes = ' '.join(map(str, tensor.value.shape))
    return tensor.key, f'{sizes} {spec}', tensor.dtype, tensor.value[places]


def ranges(*shape):
    return np.arange(np.prod(shape), dtype=np.float32).reshape(shape)


# ── What they hold ─────────────────────────────────────────────────────────────────────────────────────────────────


def values():
    tensors = [tensor for tensor in awkward_values() if tensor.dtype not in UNSAVED]
    lengths = (0, 1, 127, 128, 16383, 16384)
    random = np.random.RandomState(14)
    return sorted(tensors + [
        Tensor(b'string/empty', 'string', strings((), [b''])),
        Tensor(b'string/none', 'string', strings((2, 0), [])),
        Tensor(b'string/bytes', 'string', strings((2, 1), [bytes(range(256)), b'\0'])),
        Tensor(b'string/text', 'string', text('plain', '\u00fc', '\u65e5\u672c')),
        Tensor(b'string/lengths', 'string', strings((6,), [random.bytes(length) for length in lengths])),
    ])


def utf8(name):
    try:
        return bool(name.decode())
    except UnicodeDecodeError:
        return False


def names():
    """TensorFlow reads no file that has a name which is no UTF-8."""
    keys = sorted([name for name in AWKWARD_NAMES if utf8(name) and len(name) < 1000] + [b'', b'a\0', b'\0', b'\0\xc3\xbf'])
    return [Tensor(key, 'int32', number('int32', place - 5)) for place, key in enumerate(keys)]


def two_blocks():
    """The first block ends behind b, where it comes to 256 KiB."""
    return [Tensor(b'a', 'float32', ranges(3)), Tensor(b'b', 'string', strings((), [b'x' * 262000])),
            Tensor(b'c', 'int64', number('int64', -1, (2,))), Tensor(b'd', 'bool', number('bool', True))]


def in_parts():
    """Rows of tensors in parts, in an order that is none, and the tensors."""
    random = np.random.RandomState(15)
    grid = Tensor(b'grid', 'float16', random.uniform(-1, 1, (4, 5)).astype(np.float16))
    words = Tensor(b'words', 'string', strings((4,), [b'a', b'', b'ccc', b'\xff']))
    cube = Tensor(b'cube', 'complex64', (ranges(2, 3, 2) * (1 + 2j)).astype(np.complex64))
    deep = Tensor(b'deep', 'uint16', (ranges(2, 1, 3, 2) * 5000).astype(np.uint16))
    whole = Tensor(b'whole', 'bool', np.array([True, False]))
    empty = Tensor(b'empty', 'float32', np.zeros((0, 2), np.float32))
    rows = [part(words, '3,1'), part(words, '0,3'), part(grid, '0,2:0,3'), part(grid, '2,2:0,5'), part(whole, '0,2'),
            part(grid, '0,2:3,2'), part(cube, '-:0,1:-'), part(cube, '-:1,2:-'), part(deep, '1,1:-:0,3:0,2'),
            part(deep, '0,1:0,1:-:0,2'), part(empty, '-:1,1'), part(empty, '-:0,1')]
    return rows, [words, grid, whole, cube, deep, empty]


def crowd():
    """So many parts that sorting them by name turns them about: std::sort keeps no order among equals above 16."""
    random = np.random.RandomState(16)
    tensors = [Tensor(b'v%d' % i, 'int8', np.arange(i, 12 + i, dtype=np.int8) - 6) for i in range(5)]
    rows = [part(tensor, f'{at},1') for tensor in tensors for at in range(12)]
    return [rows[i] for i in random.permutation(len(rows))], tensors


# ── Writing them ───────────────────────────────────────────────────────────────────────────────────────────────────


class Goldens:
    def __init__(self):
        self.rows = []

    def write(self, name, rows, tensors, **more):
        save_slices(name, rows)
        self.add(name, name, tensors, {name: [[row[0].decode(), row[1]] for row in rows]}, **more)

    def add(self, name, path, tensors, saves, by='SaveSlices', bent=None):
        check(path, tensors)
        row = {'name': name, 'path': path, 'by': by, 'saves': saves}
        if bent:
            row['bent'] = bent
        row['tensors'] = [describe(tensor) for tensor in tensors]
        self.rows.append(row)

    def manifest(self):
        """JSON with a line for each tensor."""
        goldens = []
        for row in self.rows:
            tensors = ',\n'.join(compact(tensor) for tensor in row.pop('tensors'))
            goldens.append(f'{compact(row)[:-1]},"tensors":[\n{tensors}\n]}}')
        head = compact({'madeBy': 'tests/oracle/make_v1_golden.py', 'versions': versions()})
        joined = ',\n'.join(goldens)
        return f'{head[:-1]},"goldens":[\n{joined}\n]}}\n'


def check(path, tensors):
    """TensorFlow reads back what the manifest says."""
    for tensor, value in zip(tensors, restore_v2(path, [t.key for t in tensors], [t.dtype for t in tensors])):
        if not same(tensor.dtype, tensor.value, value):
            fail(f'TensorFlow reads another value of {tensor.key} from {path}')


def split(key, tensor, axis, pieces):
    """The parts of a fixed_size_partitioner: the remainder goes to the first ones."""
    size, start, rows = tensor.value.shape[axis], 0, []
    for i in range(pieces):
        length = size // pieces + (i < size % pieces)
        spec = [f'0,{n}' for n in tensor.value.shape]
        spec[axis] = f'{start},{length}'
        sizes = ' '.join(map(str, tensor.value.shape))
        rows.append([key, f'{sizes} {":".join(spec)}'])
        start += length
    return rows


def save_with_saver(goldens, name, devices):
    """Variables in parts and whole ones; with devices, one after another on each of them, and a file for each."""
    p = Tensor(b'model/p', 'float32', ranges(5, 2))
    q = Tensor(b'model/q', 'float64', ranges(2, 7).astype(np.float64) / 3)
    b = Tensor(b'b', 'int32', np.array([-1, 0, 7], np.int32))
    step = Tensor(b'global_step', 'int64', number('int64', 12))
    word = Tensor(b'word', 'string', text('ab', ''))
    config = tf.ConfigProto(device_count={'CPU': max(1, devices)})
    with tf.Graph().as_default(), tf.Session(config=config) as session:
        turn = [0]

        def device(op):
            if not devices or op.type not in ('VariableV2', 'VarHandleOp'):
                return ''
            turn[0] += 1
            return f'/cpu:{(turn[0] - 1) % devices}'

        with tf.device(device):
            with tf.variable_scope('model'):
                tf.get_variable('p', initializer=tf.constant(p.value), partitioner=tf.fixed_size_partitioner(3))
                tf.get_variable('q', initializer=tf.constant(q.value), partitioner=tf.fixed_size_partitioner(2, axis=1))
            for tensor in (b, step, word):
                tf.get_variable(tensor.key.decode(), initializer=tf.constant(tensor.value))
        session.run(tf.global_variables_initializer())
        saver = tf.train.Saver(sharded=devices > 0, write_version=tf.train.SaverDef.V1)
        path = saver.save(session, name, write_meta_graph=False, write_state=False)
        order = split('model/p', p, 0, 3) + split('model/q', q, 1, 2) + [['b', ''], ['global_step', ''], ['word', '']]
    saves = {}
    for shard in range(max(1, devices)):
        file = f'{name}-{shard:05d}-of-{devices:05d}' if devices else name
        mine = [row for i, row in enumerate(order) if not devices or i % devices == shard]
        saves[file] = sorted(mine, key=lambda row: row[0].encode())
    goldens.add(name, path, [p, q, b, step, word], saves, by='Saver')


def bend(goldens, name, tensors, bent, records=lambda rows: rows, rows_per_block=1000, compressed=lambda number: False):
    save_slices(name, rows_of(tensors))
    with open(name, 'rb') as file:
        rows = records(table_file.read_table(file.read()))
    with open(name, 'wb') as file:
        file.write(table_file.build_table(rows, rows_per_block, compressed))
    goldens.add(name, name, tensors, {name: []}, bent=bent)


def field(number, wire, payload):
    tag = table_file.varint(number << 3 | wire)
    return tag + (table_file.varint(len(payload)) + payload if wire == 2 else payload)


UNKNOWN = field(100, 2, b'unknown') + field(101, 0, b'\x05') + field(102, 3, field(1, 0, b'\x01') + b'') + field(102, 4, b'')
FIXED = {'float_val': 4, 'scomplex_val': 4, 'double_val': 8, 'dcomplex_val': 8}


def unpacked(rows):
    """Numbers one by one, the message of a record in two pieces, fields that nobody knows."""
    out = []
    for key, value in rows:
        record = saved_tensor_slice_pb2.SavedTensorSlices.FromString(value)
        if not key:
            parts = [field(1, 2, field(1, 2, tensor.SerializeToString() + UNKNOWN)) for tensor in record.meta.tensor]
            out.append((key, UNKNOWN + b''.join(parts) + field(1, 2, field(2, 2, b'\x08\x01'))))
            continue
        pieces = [field(number.number, *one) for number, values in record.data.data.ListFields()
                  for one in singles(number.name, values)]
        half = len(pieces) // 2
        name = field(1, 2, record.data.name.encode()) + field(2, 2, record.data.slice.SerializeToString())
        first, second = b''.join(pieces[:half]), b''.join(pieces[half:]) + UNKNOWN
        out.append((key, field(2, 2, field(3, 2, first)) + UNKNOWN + field(2, 2, UNKNOWN + field(3, 2, second) + name)))
    return out


def singles(name, values):
    for value in values:
        if name == 'string_val':
            yield 2, value
        elif name in FIXED:
            yield (5, np.float32(value).tobytes()) if FIXED[name] == 4 else (1, np.float64(value).tobytes())
        else:
            yield 0, table_file.varint(int(value) & (2 ** 64 - 1))


def make(folder):
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    goldens = Goldens()
    tiny = [Tensor(b'v', 'float32', np.array([1.5, -2], np.float32))]
    goldens.write('tiny', rows_of(tiny), tiny)
    for name, tensors in (('dtypes', shapes_of(V1_DTYPES, 11)), ('values', values()), ('names', names()),
                          ('two-blocks', two_blocks())):
        goldens.write(name, rows_of(tensors), tensors)
    cab = [Tensor(key, 'int32', number('int32', -size, (size,))) for key, size in ((b'c', 1), (b'a', 2), (b'b', 3))]
    goldens.write('order', rows_of(cab), cab)
    for name, (rows, tensors) in (('parts', in_parts()), ('crowd', crowd())):
        goldens.write(name, rows, tensors)
    for name, devices in (('saver', 0), ('sharded-1', 1), ('sharded-2', 2), ('sharded-3', 3)):
        save_with_saver(goldens, name, devices)
    bend(goldens, 'snappy', shapes_of(V1_DTYPES, 12), 'blocks compressed with snappy', rows_per_block=7,
         compressed=lambda number: number == 'index' or number % 2 == 0)
    bend(goldens, 'unpacked', shapes_of(V1_DTYPES, 13), 'numbers one by one, messages in pieces, unknown fields', unpacked)
    with open('manifest.json', 'w', encoding='ascii') as file:
        file.write(goldens.manifest())


if __name__ == '__main__':
    make(sys.argv[1])
