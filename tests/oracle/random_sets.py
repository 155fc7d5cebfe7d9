"""Randomly made sets of variables, the same in every run, and the exchange folder through which tfsave gets them.

sets.json: a list of {"by", "prefix", "tensors": [{"key", "dtype", "shape", "offset", "length"}]}, in save order.
values.bin: the elements of all, as `element_bytes` gives them. `by` is 'Saver': variables in a map by key; 'names': all
variables of a graph, in the order in which "names" asks for them and "keys" has what they were called; or 'SaveV2': the
op by itself, with any bytes as key.
"""
import json
import os

from tf_checkpoint import (
    ALL_DTYPES, SHAPES, VARIABLE_DTYPES, Tensor, element_bytes, feedable, np, random_value, save_v2, save_with_saver,
    strings, tf)

SAVER_DTYPES = VARIABLE_DTYPES + ['qint8', 'quint8', 'qint32']  # what both kinds of variable can be of
WORDS = ['conv', 'Conv', 'layer', 'weights', 'biases', 'kernel', 'beta', 'gamma', 'w', 'b', 'moving_mean', 'Adam', 'x']
LETTERS = [
    'a', 'b', 'B', '/', '//', ' ', '.', '-', '\n', '"', '\'', '\\', '\x01', '\x7f', '\u00e9', 'e\u0301', 'ß', '中',
    '\uffff', '\ue000', '\U00010000', '😀', '\U0010ffff',
]


class Set:
    """Tensors in save order; `names`: for each variable, in the order of making, its name and the one asked for."""

    def __init__(self, number, by, tensors, names=None):
        self.number, self.by, self.tensors, self.names = number, by, tensors, names

    @property
    def prefix(self):
        return f'{self.number:03d}/m'


def word_path(random):
    parts = [WORDS[random.randint(len(WORDS))] + (f'_{random.randint(12)}' if random.rand() < 0.5 else '')
             for _ in range(random.randint(1, 5))]
    return '/'.join(parts)


def odd_text(random):
    return ''.join(LETTERS[random.randint(len(LETTERS))] for _ in range(random.randint(1, 12)))


def random_key(random, text):
    """A name; `text`: one that is UTF-8."""
    kind = random.rand()
    if kind < 0.55:
        return word_path(random).encode()
    if kind < 0.75:
        return odd_text(random).encode()
    if kind < 0.85:
        return word_path(random).encode() * int(random.choice([1, 2, 20, 60]))
    if text:
        return (word_path(random) + odd_text(random)).encode()
    if kind < 0.97:  # a key that begins with byte 0 would be a slice of a partitioned variable
        return bytes([random.randint(1, 256)]) + random.bytes(random.randint(0, 40))
    return b'\xff' * random.randint(1, 5)


def random_keys(random, text, count):
    keys = set()
    while len(keys) < count:
        keys.add(random_key(random, text) + (b'' if len(keys) < 60 else b'/%d' % random.randint(1 << 30)))
    return sorted(keys)


def random_shape(random, largest=7):
    rank = int(random.choice([0, 0, 1, 1, 1, 2, 2, 3, 4, 5, 9]))
    return tuple(int(random.randint(0 if random.rand() < 0.1 else 1, largest if rank < 5 else 3)) for _ in range(rank))


def random_tensors(random, dtypes, text, count):
    tensors = []
    for key in random_keys(random, text, count):
        dtype = dtypes[random.randint(len(dtypes))]
        shape = random_shape(random) if random.rand() < 0.97 else (int(random.randint(500, 5000)),)
        tensors.append(Tensor(key, dtype, random_value(random, dtype, shape)))
    return tensors


def ordinary_set(number, random):
    by = ('SaveV2', 'SaveV2', 'Saver', 'names')[number % 4]
    count = int(random.choice([1, 2, 3, 15, 16, 17, 33, 60, 150]))
    if by == 'names':
        return named_set(number, random, count)
    dtypes = ALL_DTYPES if by == 'SaveV2' else SAVER_DTYPES
    tensors = random_tensors(random, dtypes, number % 4 != 0, count)
    if by == 'SaveV2' and random.rand() < 0.3:
        random.shuffle(tensors)
        tensors = [Tensor(*tensor) for tensor in tensors]
    return Set(number, by, tensors)


def named_set(number, random, count):
    """Variables by the names TensorFlow gives them when many ask for the same."""
    names = [word_path(random) for _ in range(count)]
    with tf.Graph().as_default():
        got = [tf.Variable(0.0, name=name, use_resource=False).op.name for name in names]
    tensors = []
    for key in got:
        dtype = SAVER_DTYPES[random.randint(len(SAVER_DTYPES))]
        tensors.append(Tensor(key.encode(), dtype, random_value(random, dtype, random_shape(random))))
    return Set(number, 'names', sorted(tensors), list(zip(got, names)))


def many_blocks(number, random):
    """An index of several blocks."""
    keys = sorted(random.bytes(40).hex().encode() + b'/' + key for key in random_keys(random, number % 100 == 99, 5000))
    return Set(number, 'SaveV2', [Tensor(key, 'uint8', random_value(random, 'uint8', ())) for key in keys])


def large_tensors(number, random):
    """Tensors beyond the 8 MiB that TensorFlow writes at a time."""
    return Set(number, 'Saver', [
        Tensor(b'a', 'float32', random_value(random, 'float32', (2100, 1000))),
        Tensor(b'b', 'string', strings((3,), [random.bytes(9_000_000), b'', random.bytes(70_000)])),
        Tensor(b'c', 'uint8', random_value(random, 'uint8', ((8 << 20) + 1,))),
        Tensor(b'd', 'int64', random_value(random, 'int64', ())),
    ])


def large_keys(number, random):
    """Entries larger than a block, and larger than two, between small ones."""
    tensors = []
    for place, size in enumerate((3, 300_000, 5, 262_130, 600_000, 10, 700_000, 700_000, 1)):
        key = b'%d' % place + random.bytes(size // 2).hex().encode()
        tensors.append(Tensor(key, 'int32', random_value(random, 'int32', (2,))))
    return Set(number, 'SaveV2', tensors)


def block_edges(number, random):
    """Keys of such lengths that blocks end at every byte around their limit, and entries around twice the limit."""
    tensors = []
    for size in [*range(262_070, 262_125), *range(524_262, 524_276)]:
        key = b'%06d' % len(tensors) + random.bytes(size // 2 + 1).hex().encode()
        tensors.append(Tensor(key[:size], 'int32', random_value(random, 'int32', (2,))))
        tensors.append(Tensor(key[:6] + b'~', 'uint8', random_value(random, 'uint8', ())))
    return Set(number, 'SaveV2', tensors)


def every_dtype(number, random):
    tensors = [Tensor(f'{dtype}/{name}'.encode(), dtype, random_value(random, dtype, shape))
               for dtype in SAVER_DTYPES for name, shape in SHAPES.items()]
    return Set(number, 'Saver', sorted(tensors))


def every_narrow_dtype(number, random):
    tensors = [Tensor(f'{dtype}/{name}'.encode(), dtype, random_value(random, dtype, shape))
               for dtype in ALL_DTYPES for name, shape in SHAPES.items()]
    return Set(number, 'SaveV2', sorted(tensors))


SPECIAL = [every_dtype, every_narrow_dtype, large_tensors, large_keys, block_edges, many_blocks]


def make_sets(count):
    """The sets, in the order of their numbers; the special ones first, and many blocks once again in 50."""
    for number in range(count):
        random = np.random.RandomState(20_000 + number)
        if number < len(SPECIAL):
            yield SPECIAL[number](number, random)
        elif number % 50 == 49:
            yield many_blocks(number, random)
        else:
            yield ordinary_set(number, random)


def write_with_tensorflow(folder, one):
    os.makedirs(os.path.dirname(os.path.join(folder, one.prefix)))
    prefix = os.path.join(folder, one.prefix)
    if one.by == 'SaveV2':
        save_v2(prefix, one.tensors)
    elif one.by == 'Saver':
        save_with_saver(prefix, one.tensors, resource=one.number % 8 < 4)
    else:
        save_by_name(prefix, one)


def save_by_name(prefix, one):
    values = {tensor.key.decode(): tensor for tensor in one.tensors}
    with tf.Graph().as_default(), tf.Session() as session:
        feeds = {}
        for got, name in one.names:
            fed, initial = feedable(values[got].dtype)
            initial.set_shape(values[got].value.shape)
            variable = tf.Variable(initial, name=name, use_resource=False)
            assert variable.op.name == got, (variable.op.name, got)
            feeds[fed] = values[got].value
        session.run(tf.global_variables_initializer(), feeds)
        tf.train.Saver().save(session, prefix, write_meta_graph=False, write_state=False)


class Exchange:
    """sets.json and values.bin being written."""

    def __init__(self, folder):
        self.folder, self.rows, self.at = folder, [], 0
        self.file = open(os.path.join(folder, 'values.bin'), 'wb')

    def add(self, one):
        row = {'by': one.by, 'prefix': one.prefix, 'tensors': [self.put(tensor) for tensor in one.tensors]}
        if one.names:
            row['keys'] = [got for got, _ in one.names]
            row['names'] = [name for _, name in one.names]
        self.rows.append(row)

    def put(self, tensor):
        data = element_bytes(tensor)
        self.file.write(data)
        self.at += len(data)
        return {
            'key': tensor.key.decode('utf-8', 'surrogateescape'), 'dtype': tensor.dtype,
            'shape': list(tensor.value.shape), 'offset': self.at - len(data), 'length': len(data),
        }

    def close(self):
        self.file.close()
        with open(os.path.join(self.folder, 'sets.json'), 'w', encoding='ascii') as file:
            json.dump(self.rows, file)
