"""Writes the golden checkpoints with TensorFlow, and manifest.json, which says what is in them.

    python make_golden.py [folder]        default: ../golden

Every run gives the same bytes: `npm run oracle` compares them with the committed ones. Where a golden is `bent`, Python
rewrote the index to something that TensorFlow reads and never writes; it has to read it here first.
"""
import hashlib
import json
import os
import shutil
import sys

import table_file
from tf_checkpoint import (
    ALL_DTYPES, NARROW_DTYPES, QUANTIZED_DTYPES, SHAPES, VARIABLE_DTYPES, Tensor, describe, element_bytes, fail,
    from_bytes, np, numpy_dtype, random_value, restore_v2, same, save_v2, save_with_saver, strings, tf, variables_of,
    versions)
from tensorflow.core.protobuf import tensor_bundle_pb2

HERE = os.path.dirname(os.path.abspath(__file__))


def number(dtype, value, shape=()):
    return np.full(shape, value, numpy_dtype(dtype))


def text(*elements):
    return strings((len(elements),), [element.encode() for element in elements])


# ── What the goldens hold ──────────────────────────────────────────────────────────────────────────────────────────


def shapes_of(dtypes, seed):
    """Each dtype in each shape, random bits."""
    random = np.random.RandomState(seed)
    tensors = [Tensor(f'{dtype}/{name}'.encode(), dtype, random_value(random, dtype, shape))
               for dtype in dtypes for name, shape in SHAPES.items()]
    return sorted(tensors)


def ends_of_integers():
    for dtype in ('int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64'):
        info = np.iinfo(dtype)
        values = sorted({int(info.min), int(info.min) + 1, 0, 1, int(info.max) // 3, int(info.max) - 1, int(info.max)})
        if info.min < 0:
            values.append(-1)
        yield Tensor(dtype.encode(), dtype, np.array(values, dtype))


# NaN with payloads, signalling and negative ones; infinities; -0; denormals; the smallest, the largest, and 1.
FLOAT_BITS = {
    'float16': '7e00 fe00 7e55 fc01 7c01 7c00 fc00 8000 0000 0001 03ff 8001 0400 7bff fbff 3c00',
    'bfloat16': '7fc0 ffc0 7fd5 ff81 7f81 7f80 ff80 8000 0000 0001 007f 8001 0080 7f7f ff7f 3f80',
    'float32': '7fc00000 ffc00000 7fc12345 ff800001 7f800001 7f800000 ff800000 80000000 00000000 00000001 007fffff '
               '80000001 00800000 7f7fffff ff7fffff 3f800000',
    'float64': '7ff8000000000000 fff8000000000000 7ff8000123456789 fff0000000000001 7ff0000000000001 7ff0000000000000 '
               'fff0000000000000 8000000000000000 0000000000000000 0000000000000001 000fffffffffffff 8000000000000001 '
               '0010000000000000 7fefffffffffffff ffefffffffffffff 3ff0000000000000',
}


def awkward_values():
    tensors = list(ends_of_integers())
    for dtype, words in FLOAT_BITS.items():
        data = b''.join(bytes.fromhex(word)[::-1] for word in words.split())
        tensors.append(Tensor(dtype.encode(), dtype, from_bytes(dtype, (16,), data)))
        if dtype in ('float32', 'float64'):
            complex_dtype = 'complex64' if dtype == 'float32' else 'complex128'
            tensors.append(Tensor(complex_dtype.encode(), complex_dtype, from_bytes(complex_dtype, (4, 2), data)))
    tensors.append(Tensor(b'bool', 'bool', np.array([[True, False], [False, True]])))
    return sorted(tensors)


AWKWARD_NAMES = [
    b' ', b' leading', b'trailing ', b'a', b'a ', b'a//b', b'a/b', b'a/', b'/a', b'//', b'a.b', b'a-b', b'a_b', b'a\\b',
    b'A', b'aa', b'aaa', b'aA', b'Aa', b'a:0', b'a,b', b'a;b', b'-', b'.', b'..', b'../a', b'~', b'%', b'%2F', b'*',
    b'?', b'"double"', b"'single'", b'`', b'line\nfeed', b'carriage\r\nreturn', b'tab\there', b'nul\x00inside',
    b'bell\x07', b'\x7f', b'__proto__', b'constructor', b'hasOwnProperty', b'toString', b'length', b'0', b'1', b'-1',
    b'1e3', '\u00e9'.encode(), 'e\u0301'.encode(), '\u00ff'.encode(), '\u0080'.encode(), '\u2028'.encode(),
    '\ufeff'.encode(), '\ufeffbom'.encode(), '\ue000'.encode(), '\uffff'.encode(), '\ufffd'.encode(),
    '\U00010000'.encode(), '\U0001f600'.encode(), '\U0001f600/weights'.encode(), '变量/权重'.encode(),
    b'\xff', b'\xff\xfe', b'\x80', b'a\x80b', b'\xc3', b'\xed\xa0\x80', b'\xc0\xaf', b'\xf4\x90\x80\x80',
    b'x' * 127, b'x' * 128, b'long/' * 60, b'long/' * 60 + b'w', b'y' * 20000,
]


def named(names):
    """A small value for each name, another for each."""
    return [Tensor(name, 'int32', number('int32', place)) for place, name in enumerate(sorted(names))]


def string_values():
    random = np.random.RandomState(4)
    lengths = (0, 1, 127, 128, 16383, 16384)
    return sorted([
        Tensor(b'empty', 'string', strings((), [b''])),
        Tensor(b'empties', 'string', strings((2, 2), [b'', b'', b'', b''])),
        Tensor(b'none', 'string', strings((0,), [])),
        Tensor(b'none/4d', 'string', strings((2, 0, 1, 3), [])),
        Tensor(b'nul', 'string', strings((3,), [b'\0', b'a\0', b'\0\0b'])),
        Tensor(b'bytes', 'string', strings((1,), [bytes(range(256))])),
        Tensor(b'text', 'string', text('plain', 'ü', '日本', '😀', '\n')),
        Tensor(b'lengths', 'string', strings((len(lengths),), [random.bytes(length) for length in lengths])),
        Tensor(b'large', 'string', strings((), [random.bytes(100_000)])),
        Tensor(b'many', 'string', strings((20, 10), [b'word%d' % place for place in range(200)])),
    ])


def many_tensors():
    """3,000 names that share little, so that the index takes three blocks."""
    tensors = []
    for place in range(3000):
        digest = hashlib.sha512(b'%d' % place).hexdigest()
        dtype = ('float32', 'int32', 'uint8', 'bool', 'int64')[place % 5]
        random = np.random.RandomState(place)
        shape = ((), (2,), (1,) * 12, (0,))[place % 4]
        tensors.append(Tensor(f'{digest}/layer_{place}/weights'.encode(), dtype, random_value(random, dtype, shape)))
    return sorted(tensors)


def linear_model(steps):
    """y = w x + b fitted to y = 0.1 x + 0.2 in Python's own arithmetic, which is the same on every machine."""
    points = [(x / 50, 0.1 * x / 50 + 0.2) for x in range(-50, 51)]
    w, b = 0.9, -0.4
    for _ in range(steps):
        wrong = [(x, w * x + b - y) for x, y in points]
        w -= 0.5 * 2 * sum(x * error for x, error in wrong) / len(points)
        b -= 0.5 * 2 * sum(error for _, error in wrong) / len(points)
    return w, b


def quickstart(steps):
    random = np.random.RandomState(7)
    w, b = linear_model(steps)
    words = text('<pad>', '<unk>', 'the', 'cat', 'sat', 'on', 'mat', 'naïve', '猫')

    def weights(dtype, *shape):
        return random.uniform(-0.1, 0.1, shape).astype(np.float32).astype(numpy_dtype(dtype))

    return sorted([
        Tensor(b'w', 'float32', number('float32', w)),
        Tensor(b'b', 'float32', number('float32', b)),
        Tensor(b'conv1/weights', 'float32', weights('float32', 3, 3, 1, 8)),
        Tensor(b'conv1/biases', 'float32', number('float32', 0.1, (8,))),
        Tensor(b'fc2/w', 'float32', weights('float32', 8, 10)),
        Tensor(b'fc2/b', 'float32', number('float32', 0, (10,))),
        Tensor(b'embedding/table', 'bfloat16', weights('bfloat16', 9, 4)),
        Tensor(b'embedding/vocabulary', 'string', words),
        Tensor(b'learning_rate', 'float64', number('float64', 0.5)),
        Tensor(b'ready', 'bool', number('bool', True)),
        Tensor(b'global_step', 'int64', number('int64', steps)),
    ])


# ── Writing them ───────────────────────────────────────────────────────────────────────────────────────────────────


class Goldens:
    """The folder being filled, and what the manifest will say."""

    def __init__(self):
        self.rows = []

    def write(self, name, tensors, save, prefix='m', **more):
        os.mkdir(name)
        save(f'{name}/{prefix}', tensors)
        self.add(name, tensors, prefix=prefix, **more)

    def add(self, name, tensors, prefix='m', by='SaveV2', bent=None):
        prefix = f'{name}/{prefix}'
        check(prefix, tensors)
        files = sorted(f'{name}/{file}' for file in os.listdir(name))
        row = {'name': name, 'prefix': prefix, 'by': by, 'files': files}
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
        head = compact({'madeBy': 'tests/oracle/make_golden.py', 'versions': versions()})
        joined = ',\n'.join(goldens)
        return f'{head[:-1]},"goldens":[\n{joined}\n]}}\n'


def compact(value):
    return json.dumps(value, separators=(',', ':'))


def check(prefix, tensors):
    """TensorFlow reads back what the manifest says."""
    restored = restore_v2(prefix, [tensor.key for tensor in tensors], [tensor.dtype for tensor in tensors])
    for tensor, value in zip(tensors, restored):
        if not same(tensor.dtype, tensor.value, value):
            fail(f'TensorFlow reads another value of {tensor.key} from {prefix}')


def save_quickstart(goldens):
    """Two checkpoints and a state file, with paths relative to the directory that they lie in."""
    home = os.getcwd()
    os.mkdir('quickstart')
    os.chdir('quickstart')
    with tf.Graph().as_default(), tf.Session() as session:
        variables, _ = variables_of(quickstart(290), resource=False)
        saver = tf.train.Saver(variables)
        for steps in (280, 290):
            feeds = {tensor.key.decode(): tensor.value for tensor in quickstart(steps)}
            for name, variable in variables.items():
                session.run(variable.initializer, {variable.initializer.inputs[1]: feeds[name]})
            saver.save(session, 'my-model', global_step=steps, write_meta_graph=False)
    os.chdir(home)
    goldens.add('quickstart', quickstart(290), prefix='my-model-290', by='Saver')


def bend_with_snappy(goldens, tensors):
    """Every other data block compressed, and the index block; small blocks, so that there are many."""
    os.mkdir('snappy')
    save_v2('snappy/m', tensors)
    with open('snappy/m.index', 'rb') as file:
        rows = table_file.read_table(file.read())
    table = table_file.build_table(rows, 30, lambda number: number == 'index' or number % 2 == 0)
    with open('snappy/m.index', 'wb') as file:
        file.write(table)
    goldens.add('snappy', tensors, bent='blocks compressed with snappy')


def bend_to_big_endian(goldens, tensors):
    """As a big-endian machine would write it: the elements turned, their checksums over the turned bytes."""
    os.mkdir('big-endian')
    save_v2('big-endian/m', tensors)
    swapped = {}
    for tensor in tensors:
        size = numpy_dtype(tensor.dtype).itemsize // (2 if tensor.dtype.startswith('complex') else 1)
        data = element_bytes(tensor)
        swapped[tensor.key] = b''.join(data[at:at + size][::-1] for at in range(0, len(data), size))
    with open('big-endian/m.index', 'rb') as file:
        rows = table_file.read_table(file.read())
    header = tensor_bundle_pb2.BundleHeaderProto.FromString(rows[0][1])
    header.endianness = tensor_bundle_pb2.BundleHeaderProto.BIG
    turned = [(b'', header.SerializeToString())]
    for key, value in rows[1:]:
        entry = tensor_bundle_pb2.BundleEntryProto.FromString(value)
        entry.crc32c = table_file.masked(table_file.crc32c(swapped[key]))
        turned.append((key, entry.SerializeToString()))
    with open('big-endian/m.index', 'wb') as file:
        file.write(table_file.build_table(turned, 1000, lambda number: False))
    with open('big-endian/m.data-00000-of-00001', 'wb') as file:
        file.write(b''.join(swapped[tensor.key] for tensor in tensors))
    goldens.add('big-endian', tensors, bent='elements and header of a big-endian machine')


def make(folder):
    os.chdir(folder)
    goldens = Goldens()
    tiny = [Tensor(b'v', 'float32', number('float32', 1.5))]
    goldens.write('tiny', tiny, save_v2)
    goldens.write('tiny-string', [Tensor(b's', 'string', text('ab', ''))], save_v2)
    goldens.write('dtypes', shapes_of(VARIABLE_DTYPES, 1), save_with_saver, by='Saver')
    goldens.write('dtypes-quantized', shapes_of(QUANTIZED_DTYPES, 2), save_v2)
    goldens.write('dtypes-narrow', shapes_of(NARROW_DTYPES, 3), save_v2)
    goldens.write('values', awkward_values(), save_with_saver, by='Saver')
    goldens.write('strings', string_values(), save_with_saver, by='Saver')
    goldens.write('names', named(AWKWARD_NAMES), save_v2)
    cab = [Tensor(key, 'float32', number('float32', size, (size,))) for key, size in ((b'c', 1), (b'a', 2), (b'b', 3))]
    goldens.write('order', cab, save_v2)
    goldens.write('many', many_tensors(), save_v2)
    save_quickstart(goldens)
    bend_with_snappy(goldens, shapes_of(ALL_DTYPES, 5))
    numeric = [dtype for dtype in VARIABLE_DTYPES if dtype != 'string']
    bend_to_big_endian(goldens, shapes_of(numeric, 6))
    with open('manifest.json', 'w', encoding='ascii') as file:
        file.write(goldens.manifest())


def main():
    folder = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, '..', 'golden'))
    os.makedirs(folder, exist_ok=True)
    if len(sys.argv) <= 1 and os.path.exists(os.path.join(folder, 'manifest.json')):
        with open(os.path.join(folder, 'manifest.json'), encoding='ascii') as file:
            for golden in json.load(file)['goldens']:
                shutil.rmtree(os.path.join(folder, golden['name']), ignore_errors=True)
    make(folder)


if __name__ == '__main__':
    main()
