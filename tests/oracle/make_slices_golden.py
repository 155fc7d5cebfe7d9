"""Writes checkpoints with tensors in parts, with variants and with shards, and manifest.json, which says what is in them.

    python make_slices_golden.py <folder>        tests/golden/slices

Every run gives the same bytes. What is `bent` was rewritten by Python to something that TensorFlow reads and never writes.

manifest.json: {"goldens": [{name, prefix, by, bent, files, shards, tensors, reads}]}. `shards`: for each writer what it was
given, in order: {key, dtype, shape, content, fullShape and slice for a part}. `tensors`: every tensor as a whole; those with
holes have no content. `reads`: slices, with what is in them. Content is as in ../manifest.json; "[start, length]" pairs are
null for a whole dimension. TensorFlow has read all of it, but for dtypes that it does not patch together.
"""
import json
import os
import sys

import table_file
from sliced import (
    PATCHED_DTYPES, Part, grid, part_of, random_slice, restore_parts, save_parts, slice_text, whole)
from tf_checkpoint import (
    ALL_DTYPES, VARIABLE_DTYPES, Tensor, describe, fail, feedable, from_bytes, np, numpy_dtype, random_value, same,
    strings, tf)
from tensorflow.core.protobuf import tensor_bundle_pb2

DATA = '.data-00000-of-00001'


# ── What the goldens hold ──────────────────────────────────────────────────────────────────────────────────────────


def tensor(key, dtype, shape, seed):
    return Tensor(key, dtype, random_value(np.random.RandomState(seed), dtype, shape))


# A shape of each rank, and its cuts.
GRIDS = [
    ((7,), [(4, 3)]),
    ((3, 5), [(2, 1), (3, 2)]),
    ((2, 3, 2), [None, (1, 2), None]),
    ((2, 1, 3, 2), [(1, 1), (1,), (1, 1, 1), None]),
]


def grids(dtypes, seed):
    """Each dtype in parts, of all ranks in turn, with a tensor in one piece between every two."""
    parts = []
    for place, dtype in enumerate(dtypes):
        shape, cuts = GRIDS[place % len(GRIDS)]
        parts += grid(tensor(f'{dtype}/parts'.encode(), dtype, shape, seed + place), *cuts)
        parts.append(whole(tensor(f'{dtype}/whole'.encode(), dtype, (2,), seed + 100 + place)))
    return parts


AWKWARD_NAMES = [
    b'a\x00b\xffc', b'\xff', b'\xff\xfe', b'\xff\x00', b'\x80', b'\xc3', b'a\x80b', b'nul\x00', b'nul\x00\x01', b'\x00', b'\x00w',
    b' ', b'a/b', b'A', b'part_0', b'__proto__', b'constructor', '\u00e9'.encode(), '变量/权重'.encode(),
    '\U0001f600/weights'.encode(), '\uffff'.encode(), b'x' * 127, b'x' * 128, b'long/' * 60,
]


def awkward_names():
    """Each in two parts, the second first, and beside it a whole tensor of a name that begins alike."""
    parts = []
    for place, name in enumerate(AWKWARD_NAMES):
        first, second = grid(Tensor(name, 'int16', np.array([place, -place, 1], np.int16)), (2, 1))
        parts += [second, first, whole(Tensor(name + b'~', 'uint8', np.array(place, np.uint8)))]
    return parts


# Where signed numbers of ordered code get another byte.
STARTS = [0, 63, 64, 8191, 8192, 2**20 - 1, 2**20, 2**27 - 1, 2**27, 2**34 - 1, 2**34, 2**41 - 1, 2**41]
LENGTHS = [63, 64, 191, 192]


def large_numbers():
    """Parts with holes between them, of shapes as nobody has them."""
    parts = []
    for place, start in enumerate(STARTS):
        value = np.array([place], np.uint8)
        parts.append(Part(b'starts', 'uint8', value, (2**42,), ((start, 1),)))
        if 0 < start < 2**30:
            parts.append(Part(b'plane', 'uint8', value.reshape(1, 1), (2**30, 2**9), ((start, 1), (place, 1))))
    at = 0
    for length in LENGTHS:
        parts.append(Part(b'lengths', 'uint8', tensor(b'', 'uint8', (length,), length).value, (1000,), ((at, length),)))
        at += length
    return parts


def nothing():
    """Dimensions without elements: a Saver cannot have those, since a slice of a length of 0 is refused."""
    none = Tensor(b'rows', 'float32', np.zeros((0, 3), np.float32))
    columns = Tensor(b'columns', 'string', strings((2, 0), []))
    return grid(none, None, (2, 1)) + grid(columns, (1, 1), None)


def as_told():
    """One part each: "-" and the whole extent in numbers are the tensor itself; of two dimensions either may be "-"."""
    one = tensor(b'', 'float32', (2, 3), 40)
    rows = [(b'all', (None, None)), (b'numbers', ((0, 2), (0, 3))), (b'mixed', (None, (0, 3)))]
    parts = [part_of(one._replace(key=key), slice_) for key, slice_ in rows]
    for key, slices in ((b'columns', ((None, (0, 2)), (None, (2, 1)))), (b'rows', (((0, 1), (0, 3)), ((1, 1), None)))):
        parts += [part_of(one._replace(key=key), slice_) for slice_ in slices]
    return parts + [whole(Tensor(b'scalar', 'float32', np.array(2.5, np.float32)))]


# ── Writing them ───────────────────────────────────────────────────────────────────────────────────────────────────


class Goldens:
    def __init__(self):
        self.rows = []

    def write(self, name, parts, **more):
        os.mkdir(name)
        save_parts(f'{name}/m', parts)
        self.add(name, [parts], **more)

    def add(self, name, shards, by='SaveV2', **more):
        prefix = f'{name}/m'
        parts = [part for shard in shards for part in shard]
        check(prefix, [part for part in parts if part.dtype != 'variant'])
        wholes = wholes_of(parts)
        self.rows.append({
            'name': name, 'prefix': prefix, 'by': by, **more,
            'files': sorted(f'{name}/{file}' for file in os.listdir(name)),
            'shards': [[row_of(part) for part in shard] for shard in shards],
            'tensors': [tensor_row(*one) for one in wholes],
            'reads': [row_of(part) for part in reads(prefix, wholes)],
        })

    def manifest(self):
        """JSON with a line for each tensor."""
        rows = [{**row, 'shards': [Lines(shard) for shard in row['shards']], 'tensors': Lines(row['tensors']),
                 'reads': Lines(row['reads'])} for row in self.rows]
        return '{"madeBy":"tests/oracle/make_slices_golden.py","goldens":' + dumps(Lines(rows)) + '}\n'


class Lines(list):
    """A list of one line for each item."""


def dumps(value):
    if isinstance(value, dict):
        return '{%s}' % ','.join(f'{dumps(key)}:{dumps(item)}' for key, item in value.items())
    if isinstance(value, Lines):
        return '[\n%s\n]' % ',\n'.join(map(dumps, value)) if value else '[]'
    if isinstance(value, list):
        return '[%s]' % ','.join(map(dumps, value))
    return json.dumps(value, separators=(',', ':'))


def content_of(part):
    if part.dtype != 'variant':
        return describe(part.tensor)
    row = describe(part.tensor._replace(dtype='string'))
    row['dtype'] = 'variant'
    return row


def row_of(part):
    row = content_of(part)
    if part.slice is not None:
        row['fullShape'] = list(part.full_shape)
        row['slice'] = [None if pair is None else list(pair) for pair in part.slice]
    return row


def tensor_row(value, parts):
    """`value` is None where parts are missing."""
    first = parts[0]
    if value is None:
        row = {**row_of(first), 'shape': list(first.full_shape)}
        for unwanted in ('hex', 'strings', 'sha256', 'fullShape', 'slice'):
            row.pop(unwanted, None)
    else:
        row = content_of(first._replace(value=value))
    row['slices'] = [slice_text(part.slice) for part in parts if not is_whole(part)]
    return row


def is_whole(part):
    return part.slice is None or part.value.shape == tuple(part.full_shape)


def wholes_of(parts):
    """(value or None, parts) of each tensor, in the order of their keys."""
    by_key = {}
    for part in parts:
        by_key.setdefault(part.key, []).append(part)
    return [(assembled(by_key[key]), by_key[key]) for key in sorted(by_key)]


def assembled(parts):
    first = parts[0]
    if first.slice is None:
        return first.value
    count = int(np.prod(first.full_shape, dtype=object))
    if sum(part.value.size for part in parts) < count:
        return None
    value = np.zeros(first.full_shape, object if first.dtype == 'variant' else numpy_dtype(first.dtype))
    for part in parts:
        value[tuple(slice(None) if pair is None else slice(pair[0], sum(pair)) for pair in part.slice)] = part.value
    return value


def check(prefix, parts):
    """TensorFlow reads what was given to it."""
    for part, value in zip(parts, restore_parts(prefix, parts)):
        if not same(part.dtype, part.value, value):
            fail(f'TensorFlow reads another {part.key} {part.spec} from {prefix}')


def reads(prefix, wholes):
    """Slices across parts and of wholes."""
    random = np.random.RandomState(len(wholes))
    found = []
    for value, parts in wholes:
        if value is None or value.ndim == 0 or parts[0].dtype == 'variant':
            continue
        first = parts[0]
        one = Tensor(first.key, first.dtype, value)
        chosen = [part_of(one, random_slice(random, value.shape)) for _ in range(2)]
        found += chosen
        if first.dtype in PATCHED_DTYPES:
            check(prefix, chosen + [part_of(one, (None,) * value.ndim)])
    return found


def save_partitioned(goldens):
    """tf.train.Saver, over variables that partitioners cut."""
    cut = tf.fixed_size_partitioner
    rows = [(f'axis0/{dtype}', dtype, (10,) if place % 2 else (5, 2), cut(3)) for place, dtype in enumerate(VARIABLE_DTYPES)]
    rows += [
        ('axis1', 'float32', (2, 5), cut(2, axis=1)), ('axis2/last', 'int64', (2, 1, 5), cut(5, axis=2)),
        ('rank4', 'float16', (2, 2, 3, 1), cut(2, axis=2)), ('sized', 'float64', (4, 4), tf.variable_axis_size_partitioner(64)),
        ('minimum', 'int32', (6, 2), tf.min_max_variable_partitioner(max_partitions=4, min_slice_size=12)),
        ('one', 'float32', (4,), cut(1)), ('plain', 'uint8', (3,), None), ('scalar', 'float32', (), None),
    ]
    parts = []
    with tf.Graph().as_default(), tf.Session() as session:
        feeds = {}
        for place, (name, dtype, shape, partitioner) in enumerate(rows):
            fed, out = feedable(dtype)
            fed.set_shape(shape)
            feeds[fed] = tensor(b'', dtype, shape, 60 + place).value
            variable = tf.get_variable(name, initializer=fed, partitioner=partitioner)
            parts += parts_of_variable(name, dtype, feeds[fed], variable)
        session.run(tf.global_variables_initializer(), feeds)
        os.mkdir('partitioned')
        tf.train.Saver().save(session, 'partitioned/m', write_meta_graph=False, write_state=False)
    goldens.add('partitioned', [sorted(parts, key=lambda part: part.key)], by='Saver')


def parts_of_variable(name, dtype, value, variable):
    one = Tensor(name.encode(), dtype, value)
    if not hasattr(variable, '_get_partitions'):
        return [whole(one)]
    infos = [part._get_save_slice_info() for part in variable]
    return [part_of(one, tuple(zip(map(int, info.var_offset), map(int, info.var_shape)))) for info in infos]


def save_sharded(goldens):
    """A Saver that writes two shards and merges them: parts of one variable in both, and tensors of one only."""
    shards = {'/cpu:0': [], '/cpu:1': []}
    config = tf.ConfigProto(device_count={'CPU': 2})
    with tf.Graph().as_default(), tf.Session(config=config) as session:
        feeds = {}
        variables = []
        for place, dtype in enumerate(('float32', 'int32', 'bool', 'string', 'float16')):
            one = tensor(b'w/' + dtype.encode(), dtype, (5, 2), 80 + place)
            for number, part in enumerate(grid(one, (2, 2, 1), (2,))):
                device = ('/cpu:0', '/cpu:1')[(number + place) % 2]
                variables.append(sharded_variable(part, device, feeds))
                shards[device].append(part)
            device = ('/cpu:0', '/cpu:1')[place % 2]
            alone = whole(tensor(b'alone/' + dtype.encode(), dtype, (3,), 90 + place))
            variables.append(sharded_variable(alone, device, feeds))
            shards[device].append(alone)
        session.run(tf.global_variables_initializer(), feeds)
        os.mkdir('sharded')
        saver = tf.train.Saver(variables, sharded=True)
        saver.save(session, 'sharded/m', write_meta_graph=False, write_state=False)
    goldens.add('sharded', [sorted(shards[device], key=lambda part: part.key) for device in sorted(shards)], by='Saver')


def sharded_variable(part, device, feeds):
    fed, _ = feedable(part.dtype)
    fed.set_shape(part.value.shape)
    feeds[fed] = part.value
    name = part.key.decode()
    with tf.device(device):
        if part.slice is None:
            return tf.Variable(fed, name=name, use_resource=False)
        variable = tf.Variable(fed, name=f'{name}/part_{part.slice[0][0]}', use_resource=False)
    offsets, shape = zip(*part.slice)
    variable._set_save_slice_info(tf.Variable.SaveSliceInfo(name, list(part.full_shape), list(offsets), list(shape)))
    return variable


def variant_lists():
    def of(values, shape):
        return tf.raw_ops.TensorListFromTensor(tensor=tf.constant(values), element_shape=tf.constant(shape, tf.int32))

    empty = tf.raw_ops.EmptyTensorList(
        element_shape=tf.constant([], tf.int32), max_num_elements=5, element_dtype=tf.int64)
    floats = of(np.arange(4, dtype=np.float32).reshape(2, 2), [2])
    text = of([b'a', b'bc', b'x' * 200], [])
    nested = tf.raw_ops.TensorListFromTensor(tensor=tf.stack([floats, text]), element_shape=tf.constant([], tf.int32))
    return [floats, empty, text, nested]


def save_variants(goldens):
    """Lists of tensors, which are variants; parts of them too."""
    with tf.Graph().as_default(), tf.Session() as session:
        lists = variant_lists()
        box = tf.reshape(tf.stack(lists + lists[:2]), [3, 2])
        none = tf.reshape(tf.gather(box, tf.zeros([0], tf.int32)), [0, 2])
        rows = [(b'scalar', '', lists[0]), (b'number', '', tf.constant(7)), (b'vector', '', tf.stack(lists)),
                (b'none', '', none), (b'box', '3 2 0,2:-', box[:2]), (b'box', '3 2 2,1:0,2', box[2:])]
        os.mkdir('variants')
        keys, specs, tensors = zip(*rows)
        session.run(tf.raw_ops.SaveV2(
            prefix='variants/m', tensor_names=tf.constant(keys), shape_and_slices=specs, tensors=tensors))
        again = tf.raw_ops.RestoreV2(
            prefix='variants/m', tensor_names=tf.constant(keys), shape_and_slices=specs,
            dtypes=[one.dtype for one in tensors])
        session.run(tf.raw_ops.SaveV2(
            prefix='again', tensor_names=tf.constant(keys), shape_and_slices=specs, tensors=again))
    for file in ('.index', DATA):
        if read_bytes('again' + file) != read_bytes('variants/m' + file):
            fail('TensorFlow reads other variants than it wrote')
        os.remove('again' + file)
    goldens.add('variants', [variant_parts()])


def variant_parts():
    """What was saved, by the bytes of the file."""
    index = entries_of('variants/m')
    order = sorted((entry.offset, key) for key, entry in index.items() if key and not entry.slices)
    data, parts = read_bytes('variants/m' + DATA), []
    for offset, key in order:
        shape = tuple(dim.size for dim in index[key].shape.dim)
        if key == b'number':
            parts.append(whole(Tensor(key, 'int32', np.array(7, np.int32))))
            continue
        elements = variant_elements(data, offset, int(np.prod(shape)))
        value = strings(shape, elements)
        slices = {0: ((0, 2), None), 2: ((2, 1), (0, 2))}
        if key.startswith(b'\x00'):
            start = 0 if shape[0] == 2 else 2
            parts.append(Part(b'box', 'variant', value, (3, 2), slices[start]))
        else:
            parts.append(whole(Tensor(key, 'variant', value)))
    keys = [b'scalar', b'number', b'vector', b'none', b'box']
    return sorted(parts, key=lambda part: keys.index(part.key))


def variant_elements(data, at, count):
    elements = []
    for _ in range(count):
        length, at = table_file.read_varint(data, at)
        elements.append(data[at:at + length])
        at += length + 4
    return elements


# ── Bent ones ──────────────────────────────────────────────────────────────────────────────────────────────────────


def read_bytes(path):
    with open(path, 'rb') as file:
        return file.read()


def write_bytes(path, data):
    with open(path, 'wb') as file:
        file.write(data)


def entries_of(prefix):
    """The entries by key, and the header under the empty one."""
    index = {}
    for key, value in table_file.read_table(read_bytes(prefix + '.index')):
        message = tensor_bundle_pb2.BundleEntryProto if key else tensor_bundle_pb2.BundleHeaderProto
        index[key] = message.FromString(value)
    return index


def write_index(prefix, index, per_block=1000, compressed=lambda number: False):
    rows = [(key, index[key].SerializeToString()) for key in sorted(index)]
    write_bytes(prefix + '.index', table_file.build_table(rows, per_block, compressed))


def bend_with_snappy(goldens, parts):
    os.mkdir('snappy')
    save_parts('snappy/m', parts)
    write_index('snappy/m', entries_of('snappy/m'), 7, lambda number: number == 'index' or number % 2 == 0)
    goldens.add('snappy', [parts], bent='blocks compressed with snappy')


def bend_to_big_endian(goldens, parts):
    """Elements turned, checksums over the turned bytes."""
    os.mkdir('big-endian')
    save_parts('big-endian/m', parts)
    index, data, turned = entries_of('big-endian/m'), read_bytes('big-endian/m' + DATA), b''
    index[b''].endianness = tensor_bundle_pb2.BundleHeaderProto.BIG
    for entry in in_file_order(index):
        dtype = tf.as_dtype(entry.dtype)
        size = dtype.size // (2 if dtype.is_complex else 1)
        elements = data[entry.offset:entry.offset + entry.size]
        elements = b''.join(elements[at:at + size][::-1] for at in range(0, len(elements), size))
        entry.crc32c = table_file.masked(table_file.crc32c(elements))
        turned += elements
    write_bytes('big-endian/m' + DATA, turned)
    write_index('big-endian/m', index)
    goldens.add('big-endian', [parts], bent='elements and header of a big-endian machine')


def in_file_order(index):
    return sorted((entry for key, entry in index.items() if key and not entry.slices), key=lambda entry: entry.offset)


def bend_to_padded(goldens, parts, alignment=64):
    """As BundleWriter writes it with the option data_alignment, which nothing in Python can set."""
    os.mkdir('padded')
    save_parts('padded/m', parts)
    index, data, padded = entries_of('padded/m'), read_bytes('padded/m' + DATA), b''
    for entry in in_file_order(index):
        elements = data[entry.offset:entry.offset + entry.size]
        entry.offset = len(padded)
        padded += elements + b'\0' * (-len(elements) % alignment)
    write_bytes('padded/m' + DATA, padded)
    write_index('padded/m', index)
    goldens.add('padded', [parts], bent='every tensor at a multiple of 64', alignment=alignment)


def make(folder):
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    goldens = Goldens()
    goldens.write('grids', grids(ALL_DTYPES, 1))
    goldens.write('names', awkward_names())
    goldens.write('numbers', large_numbers())
    goldens.write('nothing', nothing())
    goldens.write('as-told', as_told())
    save_partitioned(goldens)
    save_sharded(goldens)
    save_variants(goldens)
    bend_with_snappy(goldens, grids(VARIABLE_DTYPES, 200))
    bend_to_big_endian(goldens, grids([dtype for dtype in VARIABLE_DTYPES if dtype != 'string'], 300))
    bend_to_padded(goldens, grids(VARIABLE_DTYPES[:6] + ['string'], 400))
    with open('manifest.json', 'w', encoding='ascii') as file:
        file.write(goldens.manifest())


if __name__ == '__main__':
    make(os.path.abspath(sys.argv[1]))
