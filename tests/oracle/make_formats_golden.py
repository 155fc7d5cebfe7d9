"""Writes tests/golden/formats/: weight files as numpy, pickle and safetensors' own package write them, and what is in them.

Made with numpy 2.4.6, ml_dtypes 0.6.0 and safetensors 0.8.0:

    python tests/oracle/make_formats_golden.py tests/golden/formats

files.json    the small files, [name, base64, tensors or the words that an error has to have]
headers.json  safetensors headers, [what, base64, the names that the package reads, or null where it refuses them]
digests.json  SHA-256 of pickles of framed_arrays(), by protocol
expected.json the larger ones beside it, {name: tensors}
*.npz, *.safetensors, *.pickle

A tensor is {name, dtype, shape, hex or strings}. Python 2 is not asked: what it wrote is made by python2_pickle(), with the
operations that it had, and read by Python 3 first. Arrays are seeded: the same versions write the same files.
"""
import base64
import collections
import hashlib
import io
import json
import os
import pickle
import random
import sys

import ml_dtypes
import numpy as np
import safetensors

import check_formats
from check_formats import EXTENSIONS, PLAIN, PROTOCOLS, SAFETENSORS, SMALL_INTEGERS

SOURCE = random.Random(5)
FILES = []


def sample(name, shape):
    count = int(np.prod(shape))
    dtype = np.dtype(getattr(ml_dtypes, name) if name in EXTENSIONS else name)
    limit = 1 if name == 'bool' else SMALL_INTEGERS.get(name, 255)
    data = bytearray(byte & limit for byte in SOURCE.randbytes(count * dtype.itemsize))
    return np.frombuffer(data, np.uint8).view(dtype).reshape(shape)


def strings(*values):
    return np.array(values, 'S')


def described(arrays):
    """As tfsave has them: U is UTF-8, native byte order, C order."""
    tensors = []
    for name, array in arrays.items():
        array = np.asarray(array)
        if array.dtype.kind == 'U':
            array = np.char.encode(array, 'utf-8') if array.size else array.astype('S1')
        plain = np.ascontiguousarray(array).reshape(array.shape).astype(array.dtype.newbyteorder('='))
        tensors.append(check_formats.described(name, plain))
    return tensors


def small(name, data, said):
    FILES.append([name, base64.b64encode(data).decode(), said if isinstance(said, str) else described(said)])


def npy(array, version=None):
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version=version)
    return file.getvalue()


def npy_files():
    for name in PLAIN:
        array = sample(name, [2, 3])
        small(f'{name}.npy', npy(array), {'': array})
        small(f'{name} in Fortran order.npy', npy(np.asfortranarray(array)), {'': array})
        big = check_formats.swapped(array)
        small(f'{name} big-endian.npy', npy(big), {'': array})
        small(f'{name} big-endian in Fortran order.npy', npy(np.asfortranarray(big)), {'': array})
    for shape in ([], [0], [3, 0, 2], [1, 1, 5], [2, 3, 2, 2]):
        array = sample('float32', shape)
        small(f'of shape {shape}.npy', npy(array), {'': array})
        small(f'of shape {shape} in Fortran order.npy', npy(np.asfortranarray(array).reshape(shape, order='F')), {'': array})
    for version in ((1, 0), (2, 0), (3, 0)):
        array = sample('float64', [4])
        small(f'version {version[0]}.npy', npy(array, version), {'': array})
    words = strings(b'a', b'', b'bcd', b'\0x', b'\xff\x80', b'e')
    small('S.npy', npy(words), {'': words})
    small('S in Fortran order.npy', npy(np.asfortranarray(words.reshape(2, 3))), {'': words.reshape(2, 3)})
    small('S of nothing.npy', npy(strings(b'', b'')), {'': strings(b'', b'')})
    text = np.array([['a', ''], ['häß', '日本😀']])
    small('U.npy', npy(text), {'': text})
    small('U big-endian in Fortran order.npy', npy(np.asfortranarray(text.astype('>U4'))), {'': text})
    for name in ('bfloat16', 'float8_e5m2'):
        array = sample(name, [3])
        small(f'{name}.npy', npy(array), {'': array})


def refused_npy_files():
    refused = {
        'object': (np.array([None, {}], object), 'its dtype is |O: Python objects'),
        'datetime': (np.array(['2020-01-01'], 'M8[s]'), 'its dtype is <M8[s]: dates'),
        'timedelta': (np.array([1], 'm8[ms]'), 'its dtype is <m8[ms]: dates'),
        'longdouble': (np.zeros(2, np.longdouble), 'its dtype is <f16: long doubles'),
        'clongdouble': (np.zeros(2, np.clongdouble), 'its dtype is <c32: long doubles'),
        'records': (np.zeros(2, [('a', 'i4'), ('b', 'f4')]), "its dtype is one of records: {'descr': [('a', '<i4'), ('b', '<f4')]"),
        'raw': (np.zeros(2, 'V2'), 'its dtype is |V2: raw bytes'),
        'int4': (np.zeros(2, ml_dtypes.int4), "its dtype is <V1: one of ml_dtypes'"),
        'qint8': (np.zeros(2, [('qint8', 'i1')]), 'its dtype is one of records'),
        'arrays in arrays': (np.zeros(2, [('a', 'f4', (2,))]), 'its dtype is one of records'),
    }
    for name, (array, words) in refused.items():
        file = io.BytesIO()
        np.lib.format.write_array(file, array, allow_pickle=True)
        small(f'refused {name}.npy', file.getvalue(), words)


def every(dtypes):
    arrays = {f'{name}/matrix': sample(name, [2, 3]) for name in dtypes}
    return arrays | {f'{name}/scalar': sample(name, []) for name in dtypes} | {f'{name}/none': sample(name, [0, 2]) for name in dtypes}


def with_strings(arrays):
    words = {'S': strings(b'a', b'', b'bcd').reshape(3, 1), 'S/none': np.zeros([0], 'S1'), 'S/scalar': np.array(b'xyz')}
    return {**arrays, **words, '__proto__': sample('float32', [1]), 'ä😀': sample('float32', [2])}


def laid_out(arrays):
    """In every order, byte order and with axes swapped."""
    found = {}
    for name, array in arrays.items():
        if not name.endswith('matrix'):
            continue
        cube = np.resize(array.reshape(-1), [2, 3, 2]) if array.dtype.name in EXTENSIONS else np.resize(array, [2, 3, 2])
        found[f'{name} F'] = np.asfortranarray(array)
        found[f'{name} K'] = np.ascontiguousarray(cube.transpose(1, 0, 2)).transpose(1, 0, 2)
        if array.dtype.name not in EXTENSIONS:
            found[f'{name} >'] = check_formats.swapped(array)
            found[f'{name} > F'] = np.asfortranarray(check_formats.swapped(array))
        found[f'{name} read-only'] = array.copy()
        found[f'{name} read-only'].flags.writeable = False
    found['U'] = np.array([['a', ''], ['häß', '日本😀']])
    found['U > F'] = np.asfortranarray(found['U'].astype('>U4'))
    found['S F'] = np.asfortranarray(strings(b'a', b'', b'bcd', b'\0x', b'\xff\x80', b'e').reshape(2, 3))
    return found


class Python2Pickler(pickle._Pickler):
    """Python 2's operations: bytes and ASCII text both are its str."""
    dispatch = dict(pickle._Pickler.dispatch)

    def save_str2(self, value):
        data = value if isinstance(value, bytes) else value.encode('latin-1')
        head = pickle.SHORT_BINSTRING + bytes([len(data)]) if len(data) < 256 else pickle.BINSTRING + len(data).to_bytes(4, 'little')
        self.write(head + data)
        self.memoize(value)

    dispatch[str] = save_str2
    dispatch[bytes] = save_str2

    def save_ordered(self, value):
        self.save_reduce(collections.OrderedDict, ([[key, item] for key, item in value.items()],), obj=value)

    dispatch[collections.OrderedDict] = save_ordered


def python2_pickle(value):
    file = io.BytesIO()
    Python2Pickler(file, 2, fix_imports=True).dump(value)
    return file.getvalue().replace(b'cnumpy._core.', b'cnumpy.core.')


def same(arrays, found):
    assert not [*check_formats.same_arrays(arrays, found)]


def framed_arrays():
    """Small arrays under names of many lengths, and arrays around the size from which on bytes stand in no frame."""
    arrays = {f'layer{"x" * (i % 50)}/{i}': np.array(i, np.float32) for i in range(3000)}
    return arrays | {f'large/{size}': np.zeros(size, np.uint8) for size in check_formats.LARGE}


def pickle_digests():
    return {str(protocol): hashlib.sha256(pickle.dumps(framed_arrays(), protocol)).hexdigest() for protocol in PROTOCOLS}


def pickle_files(folder):
    arrays = with_strings(every([*PLAIN, *EXTENSIONS]))
    expected = {}
    for protocol in PROTOCOLS:
        expected[f'every.{protocol}.pickle'] = write(folder, f'every.{protocol}.pickle', pickle.dumps(arrays, protocol), arrays)
        others = laid_out(arrays)
        expected[f'laid-out.{protocol}.pickle'] = write(folder, f'laid-out.{protocol}.pickle', pickle.dumps(others, protocol), others)
    numbers = {'w': sample('float32', [2, 3]), 'b': sample('int64', [300])}
    for protocol in PROTOCOLS:
        small(f'one.{protocol}.pickle', pickle.dumps({'w': numbers['w']}, protocol), {'w': numbers['w']})
        small(f'none.{protocol}.pickle', pickle.dumps({}, protocol), {})
        ordered = collections.OrderedDict(numbers)
        small(f'OrderedDict.{protocol}.pickle', pickle.dumps(ordered, protocol), numbers)
        scalars = {'f': np.float32(1.5), 'i': np.int64(-3), 'b': np.bool_(True), 's': np.bytes_(b'abc')}
        small(f'scalars.{protocol}.pickle', pickle.dumps(scalars, protocol), scalars)
        small(f'bytes keys.{protocol}.pickle', pickle.dumps({b'w': numbers['w']}, protocol), {'w': numbers['w']})
        # One array under two names is one array in the file.
        small(f'twice.{protocol}.pickle', pickle.dumps({'a': numbers['w'], 'b': numbers['w']}, protocol),
              {'a': numbers['w'], 'b': numbers['w']})
    for name, value in {'dict': numbers, 'OrderedDict': collections.OrderedDict(numbers), 'Latin-1': {'\xe9': numbers['w']}}.items():
        data = python2_pickle(value)
        same(value, pickle.loads(data, encoding='latin1'))
        small(f'Python 2 {name}.pickle', data, value)
    lone = {'m\udcff': numbers['w']}
    small('lone surrogate.pickle', pickle.dumps(lone, 5), lone)
    return expected


class Secret:
    pass


class System:
    def __reduce__(self):
        return os.system, ('touch executed',)


def refused_pickle_files():
    array = np.zeros(2, np.float32)
    values = {
        'os.system': ({'w': System()}, 'posix.system'),
        'class': ({'w': Secret()}, '__main__.Secret'),
        'object': ({'w': np.array([None, {}], object)}, '"w": its dtype is |O8: Python objects'),
        'datetime': ({'w': np.zeros(1, 'M8[s]')}, '"w": its dtype is <M8: dates'),
        'longdouble': ({'w': np.zeros(1, np.longdouble)}, '"w": its dtype is <f16: long doubles'),
        'records': ({'w': np.zeros(1, [('a', 'i4')])}, '"w": its dtype is |V4 with fields: records'),
        'raw': ({'w': np.zeros(1, 'V3')}, '"w": its dtype is |V3: raw bytes'),
        'matrix': ({'w': np.matrix([1])}, 'numpy.matrix'),
        'nested': ({'w': {'v': array}}, '"w": it is a dict, and no array'),
        'float': ({'w': 1.5}, '"w": it is a number of Python, and no array'),
        'text': ({'w': 'text'}, '"w": it is a str, and no array'),
        'None': ({'w': None}, '"w": it is None, and no array'),
        'int keys': ({1: array}, 'a name in it is a number of Python'),
        'list': ([array], 'it holds a list, and no dict of arrays'),
        'array': (array, 'it holds an array, and no dict of arrays'),
        'set': ({'w': {1}}, 'SET'),
        'function': ({'w': np.load}, 'numpy.load'),
        'eval': ({'w': eval}, 'builtins.eval'),
    }
    for name, (value, words) in values.items():
        for protocol in (2, 5):
            said = words
            if name == 'set':
                said = '__builtin__.set' if protocol == 2 else 'it holds sets'
            if name == 'eval' and protocol == 2:
                said = '__builtin__.eval'
            small(f'refused {name}.{protocol}.pickle', pickle.dumps(value, protocol), said)
    small('refused os.system by name.pickle', b'cos\nsystem\n(U\x0etouch executedtR.', 'os.system')
    small('refused os.system on the stack.pickle', b'\x80\x04\x8c\x02os\x8c\x06system\x93\x8c\x0etouch executed\x85R.', 'os.system')
    for protocol in (0, 1):
        small(f'refused protocol {protocol}.pickle', pickle.dumps({'w': array}, protocol), 'it is of protocol 0 or 1')
    buffers = []
    small('refused out of band.pickle', pickle.dumps({'w': array}, 5, buffer_callback=buffers.append), 'outside of the file')


F32 = '{"dtype":"F32","shape":[1],"data_offsets":[0,4]}'
AT_4 = F32.replace('[0,4]', '[4,8]')
HEADERS = {
    'a tensor': (f'{{"a":{F32}}}', 4),
    'a name twice': (f'{{"a":{F32},"a":{F32}}}', 4),
    'a field twice': ('{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}', 4),
    'a field that nobody knows': ('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}', 4),
    'spaces before it': (f' {{"a":{F32}}}', 4),
    'spaces behind it': (f'{{"a":{F32}}}  \n', 4),
    'a byte order mark': (f'\ufeff{{"a":{F32}}}', 4),
    'a NUL behind it': (f'{{"a":{F32}}}\0', 4),
    'a hole at the start': (f'{{"a":{AT_4}}}', 8),
    'a byte too many': (f'{{"a":{F32}}}', 5),
    'a byte too few': (f'{{"a":{F32}}}', 3),
    'metadata of null': (f'{{"__metadata__":null,"a":{F32}}}', 4),
    'metadata of a number': (f'{{"__metadata__":{{"a":1}},"a":{F32}}}', 4),
    'a name twice in the metadata': (f'{{"__metadata__":{{"a":"1","a":"2"}},"a":{F32}}}', 4),
    'metadata twice': (f'{{"__metadata__":{{"a":"1"}},"__metadata__":{{"a":"2"}},"a":{F32}}}', 4),
    'a size of 1.0': (f'{{"a":{F32}}}'.replace('[1]', '[1.0]'), 4),
    'a size of 1e0': (f'{{"a":{F32}}}'.replace('[1]', '[1e0]'), 4),
    'a begin of -0': (f'{{"a":{F32}}}'.replace('[0,4]', '[-0,4]'), 4),
    'half a surrogate pair': (f'{{"\\ud800":{F32}}}', 4),
    'a surrogate pair': (f'{{"\\ud83d\\ude00":{F32}}}', 4),
    'sizes that overflow': ('{"a":{"dtype":"F32","shape":[4611686018427387904,4,0],"data_offsets":[0,0]}}', 0),
    'no elements before others': (f'{{"z":{{"dtype":"F32","shape":[0],"data_offsets":[0,0]}},"a":{F32}}}', 4),
    'no elements within others': (f'{{"z":{{"dtype":"F32","shape":[0],"data_offsets":[2,2]}},"a":{F32}}}', 4),
    'overlapping': (f'{{"a":{F32},"b":{F32}}}', 4),
    'not in the order of the bytes': (f'{{"b":{AT_4},"a":{F32}}}', 8),
    'offsets the wrong way round': (f'{{"a":{F32}}}'.replace('[0,4]', '[4,0]'), 4),
    'nothing': ('', 0),
    'a list': ('[]', 0),
    'an empty object': ('{}', 0),
    'an empty object and a byte': ('{}', 1),
    'a list for a tensor': ('{"a":["F32",[1],[0,4]]}', 4),
    'a control character': (f'{{"a\x01":{F32}}}', 4),
    'booleans beyond 1': ('{"a":{"dtype":"BOOL","shape":[4],"data_offsets":[0,4]}}', 4),
    'elements that are not aligned': ('{"b":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"F32","shape":[1],"data_offsets":[1,5]}}', 5),
}


def safetensors_headers():
    for what, (header, elements) in HEADERS.items():
        data = len(header.encode()).to_bytes(8, 'little') + header.encode() + bytes(range(2, 2 + elements))
        try:
            names = sorted(name for name, _ in safetensors.deserialize(data))
        except safetensors.SafetensorError:
            names = None
        yield [what, base64.b64encode(data).decode(), names]


def write(folder, name, data, arrays):
    with open(os.path.join(folder, name), 'wb') as file:
        file.write(data)
    return described(arrays)


def packed_npz(arrays):
    """What zlib makes of the same bytes differs from version to version: the committed file stays where it is right."""
    committed = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'golden', 'formats', 'packed.npz')
    if os.path.exists(committed) and not [*check_formats.same_arrays(arrays, check_formats.load_npz(committed))]:
        with open(committed, 'rb') as file:
            return file.read()
    return check_formats.saved(arrays, np.savez_compressed)


def main(folder):
    os.makedirs(folder, exist_ok=True)
    npy_files()
    refused_npy_files()
    expected = pickle_files(folder)
    refused_pickle_files()
    arrays = with_strings(every(PLAIN))
    expected['every.npz'] = write(folder, 'every.npz', check_formats.saved(arrays, np.savez), arrays)
    expected['packed.npz'] = write(folder, 'packed.npz', packed_npz(arrays), arrays)
    tensors = every(SAFETENSORS) | {'__proto__': sample('float32', [1]), 'ä😀\u2028"\\\x7f\x1f': sample('float32', [2])}
    expected['every.safetensors'] = write(folder, 'every.safetensors', check_formats.safetensors_bytes(tensors), tensors)
    one = {'w': sample('float32', [2])}
    expected['metadata.safetensors'] = write(folder, 'metadata.safetensors', check_formats.safetensors_bytes(one), one)
    with open(os.path.join(folder, 'digests.json'), 'w', encoding='ascii') as file:
        file.write(json.dumps(pickle_digests(), indent=1) + '\n')
    with open(os.path.join(folder, 'headers.json'), 'w', encoding='ascii') as file:
        file.write('[\n' + ',\n'.join(json.dumps(row) for row in safetensors_headers()) + '\n]\n')
    with open(os.path.join(folder, 'files.json'), 'w', encoding='ascii') as file:
        file.write('[\n' + ',\n'.join(json.dumps(row) for row in FILES) + '\n]\n')
    with open(os.path.join(folder, 'expected.json'), 'w', encoding='ascii') as file:
        file.write(json.dumps(expected, separators=(',', ':')).replace('},{', '},\n{') + '\n')


if __name__ == '__main__':
    main(sys.argv[1])
