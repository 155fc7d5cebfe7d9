"""Other people's weight files: numpy, pickle and safetensors' own package read tfsave's, and tfsave reads theirs.

Random dicts of arrays of every dtype. npy, npz, safetensors and pickles of protocols 2 to 5 have to be the same bytes;
packed npz have to hold the same. What Python writes, tfsave has to read bit for bit: in Fortran order, big-endian, with axes
swapped, read-only, and of U.
"""
import io
import json
import os
import pickle
import random
import string
import subprocess

import ml_dtypes
import numpy as np
import safetensors
import safetensors.numpy

from tf_checkpoint import tf

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, '..', '..')
PLAIN = ['bool', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float16', 'float32', 'float64',
         'complex64', 'complex128']
SMALL_INTEGERS = {'int4': 15, 'uint4': 15, 'int2': 3, 'uint2': 3, 'float4_e2m1fn': 15}
EXTENSIONS = ['bfloat16', 'float8_e5m2', 'float8_e4m3fn', 'float8_e4m3fnuz', 'float8_e4m3b11fnuz', 'float8_e5m2fnuz',
              *SMALL_INTEGERS]
SAFETENSORS = [*(name for name in PLAIN if name != 'complex128'), 'bfloat16', 'float8_e5m2', 'float8_e4m3fn',
               'float8_e4m3fnuz', 'float8_e5m2fnuz']
PROTOCOLS = (2, 3, 4, 5)
# Around pickle's frames of 64 KiB.
LARGE = [65535, 65536, 65537, 70000]


def random_shape(source):
    if source.random() < 0.02:
        # Nothing, in a shape whose sizes take more than 32 bits.
        return source.choice([[2**31 - 1, 0], [0, 2**31], [2**32, 0, 300], [70_000, 0, 2**40]])
    shape = [source.choice([0, 1, 2, 3, 5, 17, 300]) if source.random() < 0.3 else source.randrange(1, 5)
             for _ in range(source.choice([0, 1, 1, 2, 2, 3, 4, 5]))]
    while np.prod(shape, dtype=np.int64) > 5000:
        shape.pop()
    return shape


def random_array(source, name):
    shape = random_shape(source)
    if source.random() < 0.03:
        shape = [source.choice(LARGE)]
    # numpy's strings cannot be so many.
    shape = [0] if name == 'string' and 0 in shape else shape
    count = int(np.prod(shape, dtype=np.int64))
    if name == 'string':
        width = source.choice([1, 2, 7, 300])
        values = [source.randbytes(source.randrange(width)) + bytes([source.randrange(1, 256)]) for _ in range(count)]
        values = [b'' if source.random() < 0.2 else value for value in values]
        # numpy makes S0 of no strings, and writes S1.
        return np.array(values, 'S' if any(values) else 'S1').reshape(shape)
    dtype = np.dtype(getattr(ml_dtypes, name) if name in EXTENSIONS else name)
    data = bytearray(source.randbytes(count * dtype.itemsize))
    limit = 1 if name == 'bool' else SMALL_INTEGERS.get(name)
    if limit is not None:
        data = bytearray(byte & limit for byte in data)
    return np.frombuffer(data, np.uint8).view(dtype).reshape(shape)


def random_name(source, number):
    letters = source.choice([string.ascii_letters, 'äöü€', '😀\u2028"\\\x7f', 'abC<|'])
    return ''.join(source.choice(letters) for _ in range(source.randrange(1, 12))) + f'/{number}'


def make_set(number):
    source = random.Random(number)
    dtypes = [[*PLAIN, 'string'], SAFETENSORS, [*PLAIN, *EXTENSIONS, 'string']][number % 3]
    names = [random_name(source, i) for i in range(source.choice([0, 1, 2, 5, 40]))]
    if names and source.random() < 0.5:
        # Python has one str for each of these, which its pickles show.
        names[0] = source.choice('CKb<|a\xe9€')
    if number == 0:
        names = [f'w{i}' for i in range(2000)]
        return {name: np.full([2], i, np.float32) for i, name in enumerate(names)}
    return {name: random_array(source, source.choice(dtypes)) for name in names}


def kind_of(number):
    return ['numpy', 'safetensors', 'pickle'][number % 3]


def dtype_name(array):
    return 'string' if array.dtype.kind == 'S' else array.dtype.name


def described(name, array):
    entry = {'name': name, 'dtype': dtype_name(array), 'shape': list(array.shape)}
    if array.dtype.kind == 'S':
        return {**entry, 'strings': [value.hex() for value in array.reshape(-1).tolist()]}
    return {**entry, 'hex': array.tobytes().hex()}


def swapped(array):
    return array.astype(array.dtype.newbyteorder('>')) if array.dtype.itemsize > 1 and array.dtype.kind in 'iufc' else array


def other_layout(source, array):
    """The same elements, laid out otherwise."""
    if array.dtype.kind == 'S' and source.random() < 0.5:
        if all(max(value, default=0) < 0x80 for value in array.reshape(-1).tolist()):
            array = array.astype(f'U{array.dtype.itemsize}')
    if array.dtype.name not in EXTENSIONS and source.random() < 0.5:
        array = swapped(array)
    # numpy makes arrays of one dimension of those without, when it lays them out.
    way = source.randrange(5) if array.ndim else 4
    if way == 0:
        return np.asfortranarray(array)
    if way == 1:
        order = list(range(array.ndim))
        source.shuffle(order)
        # In memory in another order, and seen in the old one.
        return np.ascontiguousarray(array.transpose(order)).transpose(np.argsort(order))
    if way == 2:
        return np.repeat(array, 2, 0)[::2]
    if way == 3:
        array = array.copy()
        array.flags.writeable = False
    return array


def write(path, data):
    with open(path, 'wb') as file:
        file.write(data)


def safetensors_bytes(arrays):
    specs, kept = {}, []
    for name, array in arrays.items():
        kept.append(np.frombuffer(array.tobytes() or b'\0', np.uint8).copy())
        specs[name] = safetensors.TensorSpec(dtype=array.dtype.name, shape=list(array.shape), data_len=array.nbytes,
                                             data_ptr=kept[-1].ctypes.data)
    return safetensors.serialize(specs, metadata={'format': 'np'} if len(arrays) % 2 else None)


def saved(arrays, save):
    file = io.BytesIO()
    save(file, **arrays)
    return file.getvalue()


def npy_bytes(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def write_theirs(folder, number, arrays):
    base = os.path.join(folder, str(number))
    source = random.Random(-number)
    others = {name: other_layout(source, array) for name, array in arrays.items()}
    for protocol in PROTOCOLS:
        write(f'{base}.pickle{protocol}', pickle.dumps(arrays, protocol))
        write(f'{base}.other.pickle{protocol}', pickle.dumps(others, protocol))
    if kind_of(number) == 'numpy':
        write(f'{base}.npz', saved(arrays, np.savez))
        write(f'{base}.packed.npz', saved(arrays, np.savez_compressed))
        write(f'{base}.other.npz', saved(others, np.savez))
        for i, array in enumerate(arrays.values()):
            write(f'{base}.{i}.npy', npy_bytes(array))
    elif kind_of(number) == 'safetensors':
        write(f'{base}.safetensors', safetensors_bytes(arrays))


def same_arrays(expected, found):
    if list(expected) != list(found):
        yield f'other names: {list(found)[:5]}'
        return
    for name, array in expected.items():
        other = found[name]
        if other.dtype != array.dtype or other.shape != array.shape or other.tobytes() != array.tobytes():
            yield f'another {name}: {other.dtype}{list(other.shape)} for {array.dtype}{list(array.shape)}'


def load_pickle(path):
    with open(path, 'rb') as file:
        return pickle.load(file)


def load_npz(path):
    with np.load(path) as file:
        return {name: file[name] for name in file.files}


def load_safetensors(path):
    """Of the dtypes that numpy has, by the package's own numpy part; of the others their bytes."""
    with open(path, 'rb') as file:
        data = file.read()
    return {name: (entry['shape'], bytes(entry['data'])) for name, entry in safetensors.deserialize(data)}


def check_ours(ours, number, arrays):
    """What tfsave wrote that bytes do not tell: what Python makes of it."""
    base = os.path.join(ours, str(number))
    for protocol in PROTOCOLS:
        yield from same_arrays(arrays, load_pickle(f'{base}.pickle{protocol}'))
    if kind_of(number) == 'numpy':
        yield from same_arrays(arrays, load_npz(f'{base}.npz'))
        yield from same_arrays(arrays, load_npz(f'{base}.packed.npz'))
    elif kind_of(number) == 'safetensors':
        found = load_safetensors(f'{base}.safetensors')
        expected = {name: (list(array.shape), array.tobytes()) for name, array in arrays.items()}
        if found != expected:
            yield 'safetensors reads other tensors'
        if all(array.dtype.name in PLAIN for array in arrays.values()):
            loaded = safetensors.numpy.load_file(f'{base}.safetensors')
            yield from same_arrays(dict(sorted(arrays.items())), dict(sorted(loaded.items())))


def differing(theirs, ours, names):
    for name in names:
        with open(os.path.join(theirs, name), 'rb') as one, open(os.path.join(ours, name), 'rb') as other:
            if one.read() != other.read():
                yield f'{name}: other bytes'


def attempt(number, faults):
    try:
        return [f'set {number}: {fault}' for fault in faults()]
    except Exception as error:
        return [f'set {number}: {type(error).__name__}: {str(error)[:300]}']


def many_entries(node, folder):
    """More entries than zip counts without zip64, from Node and from numpy."""
    arrays = {f'{i:05}': np.array([i], np.int32) for i in range(66_000)}
    data = saved(arrays, np.savez)
    write(os.path.join(folder, 'theirs', 'many.npz'), data)
    with open(os.path.join(folder, 'ours', 'many.npz'), 'rb') as file:
        return [] if file.read() == data else ['66,000 arrays: other bytes']


def check_example(node, folder):
    """A frozen graph's weights, by the example's road: Python loads its pickle, and TensorFlow has the same in the graph."""
    frozen = os.path.join(ROOT, 'tests', 'golden', 'bottleneck', 'frozen.pb')
    written = os.path.join(folder, 'weights.pickle')
    command = [node, os.path.join(ROOT, 'examples', 'frozen-to-pickle.mjs'), frozen, written]
    said = subprocess.run(command, capture_output=True, text=True)
    if said.returncode != 0 or 'Loaded 10 of 12 variables' not in said.stdout:
        return [f'the example says {said.stdout[-200:]}{said.stderr[-200:]}']
    graph_def = tf.GraphDef()
    with open(frozen, 'rb') as file:
        graph_def.ParseFromString(file.read())
    expected = {node.name: tf.make_ndarray(node.attr['value'].tensor) for node in graph_def.node
                if node.op == 'Const' and f'{node.name}/read' in {other.name for other in graph_def.node}}
    return [*same_arrays(expected, load_pickle(written))]


def check(table, node, folder, count=90):
    folder = os.path.join(folder, 'formats')
    theirs, ours = os.path.join(folder, 'theirs'), os.path.join(folder, 'ours')
    for part in (theirs, ours):
        os.makedirs(part)
    sets = [make_set(number) for number in range(count)]
    listed = []
    for number, arrays in enumerate(sets):
        write_theirs(theirs, number, arrays)
        listed.append({'kind': kind_of(number), 'tensors': [described(*item) for item in arrays.items()]})
    with open(os.path.join(folder, 'sets.json'), 'w', encoding='utf-8') as file:
        json.dump(listed, file)
    code = subprocess.run([node, os.path.join(HERE, 'formats-from-tfsave.mjs'), folder]).returncode
    if code != 0:
        table.add('weight files', '', [f'node ended with {code}'])
        return
    with open(os.path.join(folder, 'said.json'), encoding='utf-8') as file:
        said = json.load(file)
    table.add('tfsave reads npy, npz, safetensors and pickles, bit for bit', f'{said["read"]} files', said['faults'])
    same = [name for name in sorted(os.listdir(ours)) if '.packed.' not in name and name != 'many.npz']
    faults = [*differing(theirs, ours, same), *many_entries(node, folder)]
    table.add('those that tfsave writes: every byte', f'{len(same) + 1} files', faults)
    faults = [fault for number, arrays in enumerate(sets)
              for fault in attempt(number, lambda: check_ours(ours, number, arrays))]
    table.add('numpy, pickle and safetensors read them, bit for bit', f'{count} sets', faults)
    table.add('a frozen graph to a pickle (examples/frozen-to-pickle.mjs)', '12 arrays', check_example(node, folder))


if __name__ == '__main__':
    import sys
    import tempfile

    class Printed:
        def add(self, what, amount, faults):
            print(what, amount, 'FAIL' if faults else 'PASS', *faults[:8], sep='\n  ')

    with tempfile.TemporaryDirectory() as made:
        check(Printed(), sys.argv[1], made, int(sys.argv[2]) if len(sys.argv) > 2 else 90)
