"""Writes tests/golden/format-array.json and tests/golden/float-conversions.json.

What numpy prints, and what numpy and ml_dtypes make of every code and of values between codes. Made with
numpy 2.4.6 and ml_dtypes 0.6.0:

    python tests/oracle/make_tensor_golden.py tests/golden [random arrays, 70]

The arrays are seeded: the same versions write the same files.
"""
import hashlib
import json
import pathlib
import sys

import ml_dtypes
import numpy as np

np.seterr(all='ignore')
rng = np.random.default_rng(20)

FLOATS = ['float16', 'float32', 'float64']
INTEGERS = ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64']
COMPLEX = ['complex64', 'complex128']
SMALL_FLOATS = ['bfloat16', 'float8_e5m2', 'float8_e4m3fn', 'float8_e4m3fnuz', 'float8_e4m3b11fnuz',
                'float8_e5m2fnuz', 'float4_e2m1fn']
SMALL_INTEGERS = ['int4', 'uint4', 'int2', 'uint2']
QUANTIZED = {'qint8': np.int8, 'quint8': np.uint8, 'qint16': np.int16, 'quint16': np.uint16, 'qint32': np.int32}


def dtype_of(name):
    if name in QUANTIZED:  # as tf.qint8.as_numpy_dtype
        return np.dtype([(name, QUANTIZED[name])])
    return np.dtype(getattr(ml_dtypes, name) if name in SMALL_FLOATS + SMALL_INTEGERS else name)


def printed(name, values, shape=None, cycled=False):
    """A case: `values` in `shape`; where `cycled`, over and over until the shape is full."""
    dtype = dtype_of(name)
    if name in QUANTIZED:
        flat = np.array(values, QUANTIZED[name]).reshape(-1).view(dtype)
    else:
        flat = np.array(values).astype(dtype) if not isinstance(values, np.ndarray) else values.astype(dtype)
    shape = flat.shape if shape is None else shape
    hexed = flat.tobytes().hex()
    array = np.resize(flat, shape) if cycled else flat.reshape(shape)
    return {'dtype': name, 'shape': list(shape), 'hex': hexed, 'text': str(array)}


def printed_strings(values, shape=None, dtype='string'):
    array = np.empty(len(values), dtype=object)
    array[:] = values
    array = array.reshape((len(values),) if shape is None else shape)
    return {'dtype': dtype, 'shape': list(array.shape), 'strings': [v.hex() for v in values], 'text': str(array)}


def chosen_cases():
    inf, nan = np.inf, np.nan
    for name in FLOATS + SMALL_FLOATS:
        yield printed(name, [1, 1, 1])
        yield printed(name, 3, ())
        yield printed(name, [[1, -2.5, 0.125], [100, 0.001, -0.0]])
    for name in FLOATS:
        for scalar in [0, -0.0, 0.1, 1000, 1e6, 123456789, 1e16, 1e-4, 9.9e-5, 6e4, -inf, nan]:
            yield printed(name, scalar, ())
        yield printed(name, [nan, inf, -inf])
        yield printed(name, [nan, 1.5, -inf, 1e-5])
        yield printed(name, [1e-4, 0.1])
        yield printed(name, [999.5, 1])
        yield printed(name, [1000.5, 1])
        yield printed(name, [1e5, 1e6 - 1, 1e6])
        yield printed(name, [99999999, 1e8])
        yield printed(name, [0, -0.0])
    yield printed('float64', [1e16, 1e-300, 1.7976931348623157e308, 5e-324])
    yield printed('float32', [1e-45, 3.4028235e38])
    # Halfway between neighbours, whose shorter digits only the even one may take.
    yield printed('float16', [4112])
    yield printed('float16', [4168])
    # The quotient rounds to 1000 in float16.
    yield printed('float16', [0.377197265625, 0.0003771781921386719])
    yield printed('float32', [1e-4, 0.05])
    yield printed('float16', [1e-4, 0.05])
    for size in range(34, 38):
        yield printed('int32', [1], (1, 2, 1, size), True)
        yield printed('uint8', [1], (size,), True)
    yield printed('float64', [0.001953125, 0.005859375, 1 / 3])
    yield printed('float32', [0.1, 1.2345678e10])
    yield printed('float64', [1e100, 1])
    yield printed('float32', np.linspace(-1, 1, 30))
    yield printed('float32', np.arange(24) * 0.5, (2, 3, 4))
    yield printed('float32', [0.25, -1.5, 2, 1e-3], (1001,), True)
    yield printed('float32', [0.25, -1.5, 2], (40, 50), True)
    yield printed('float64', [1, 2, 3, 4, 5], (10, 11, 12), True)
    yield printed('int32', [1, 22, -333], (2, 2, 600), True)
    yield printed('int64', [7], (1000,), True)
    yield printed('int8', [7, 100], (7, 200, 1), True)
    yield printed('float32', [], (0,))
    yield printed('float32', [], (0, 3))
    yield printed('int64', [], (3, 0))
    yield printed('float32', [1], (1, 1, 1, 1))
    for name in INTEGERS:
        info = np.iinfo(name)
        yield printed(name, np.array([info.min, 0, 1, info.max], name))
        yield printed(name, np.array(info.max, name), ())
    for name in SMALL_INTEGERS:
        yield printed(name, [1, 0, 1, 1])
        yield printed(name, -1 if name.startswith('int') else 1, ())
    yield printed('int4', list(range(-8, 8)) * 4)
    for name in QUANTIZED:
        yield printed(name, [1, 20, 100], (3,))
        yield printed(name, 5, ())
    yield printed('bool', [True, False])
    yield printed('bool', True, ())
    yield printed('bool', [[True], [False]], (2, 1))
    for name in COMPLEX:
        for scalar in [0, 1, 2j, -0.0, complex(-0.0, -0.0), complex(nan, inf), 1e7, complex(0, -inf), 0.1 + 1e20j]:
            yield printed(name, np.array(scalar, name), ())
        yield printed(name, [1 + 2j, -1.5 - 0.25j])
        yield printed(name, [complex(nan, -inf), complex(inf, nan), 1e10])
        yield printed(name, [1e-9j, 1, 3 - 1e5j, -0.0])
    yield printed_strings([b'abc', b'', b"it's", b'"', b"'\"", b'\x00\x7f\xff\t\n\r\\'])
    yield printed_strings([b'abc'], ())
    yield printed_strings([b'x' * 80, b'y', b'z' * 70])
    yield printed_strings([b'a', b'bb', b'ccc', b'd'], (2, 2))
    yield printed_strings([b'%d' % (i * i) for i in range(60)])
    yield printed_strings([b'\x08\x01'], (1,), 'variant')


def random_values(name, count):
    dtype = dtype_of(name)
    way = rng.integers(4)
    if way == 0 and name not in SMALL_INTEGERS:
        return np.frombuffer(rng.bytes(count * dtype.itemsize), dtype)
    if name in INTEGERS + SMALL_INTEGERS + list(QUANTIZED):
        spread = 10 ** int(rng.integers(1, 10))
        base = QUANTIZED.get(name, dtype)
        ints = rng.integers(-spread, spread, count)
        small = ints % 2 if name in SMALL_INTEGERS else ints
        return small.astype(base).view(dtype) if name in QUANTIZED else small.astype(base)
    scale = 10.0 ** rng.integers(-6, 9)
    def part():
        if way == 1:
            return rng.normal(size=count) * scale
        if way == 2:
            return rng.integers(-64, 64, count) / 2.0 ** rng.integers(0, 12)
        values = rng.normal(size=count)
        values[rng.integers(0, 5, count) == 0] = rng.choice([np.nan, np.inf, -np.inf, 0, -0.0])
        return values
    return (part() + 1j * part() if name in COMPLEX else part()).astype(dtype)


def random_case():
    name = str(rng.choice(FLOATS * 6 + COMPLEX * 5 + SMALL_FLOATS + INTEGERS + SMALL_INTEGERS + list(QUANTIZED)))
    shape = tuple(int(n) for n in rng.integers(1, 5, rng.integers(0, 4)))
    values = random_values(name, int(np.prod(shape, dtype=int)))
    return {'dtype': name, 'shape': list(shape), 'hex': values.tobytes().hex(), 'text': str(values.reshape(shape))}


def sha(array):
    return hashlib.sha256(array.tobytes()).hexdigest()


def encode_grid(finite):
    """Values on, halfway between and close beside codes, and beyond the largest; both signs. The test makes the same."""
    numbers = sorted({abs(float(v)) for v in finite})
    largest, before = numbers[-1], numbers[-2]
    grid = []
    for low, high in zip(numbers, numbers[1:] + [largest + (largest - before)]):
        middle = (low + high) / 2
        grid += [low, middle]
        for near in [2.0 ** -20, 2.0 ** -40]:
            grid += [middle * (1 - near), middle * (1 + near)]
    grid += [largest * 2, 1e300, float('inf')]
    return [signed for value in grid for signed in (value, -value)]


def conversions():
    result = {'versions': {'numpy': np.__version__, 'ml_dtypes': ml_dtypes.__version__}, 'formats': {}}
    for name in ['float16'] + SMALL_FLOATS:
        dtype = dtype_of(name)
        bits = np.uint16 if dtype.itemsize == 2 else np.uint8
        codes = np.arange(2 ** (8 * dtype.itemsize), dtype=bits).view(dtype)
        decoded = codes.astype(np.float32)
        grid = encode_grid(decoded[np.isfinite(decoded)])
        encoded = np.array(grid, dtype=dtype).view(bits)
        entry = {'decoded': sha(decoded), 'values': len(grid), 'encoded': sha(encoded)}
        entry['nan'] = int(np.array([float('nan')], dtype=dtype).view(bits)[0])
        result['formats'][name] = entry
    edges = [0, 1, 2**24 + 1, 2**53 - 1, 2**53 + 1, 2**53 + 2**29 + 1, 2**60 + 2**36, 2**60 + 2**36 + 1, 2**60 + 2**36 - 1,
             2**60 + 3 * 2**36, 2**62 + 2**38 + 1, 2**63 - 1]
    edges += [int(v) for v in rng.integers(0, 2**63 - 1, 20)]
    signed = edges + [-v for v in edges] + [-2**63]
    unsigned = edges + [2**63 + 2**39 + 1, 2**63 + 2**39, 2**64 - 1]
    for name, values in [('int64', signed), ('uint64', unsigned)]:
        as_float = np.array(values, dtype=name).astype(np.float32)
        result[name] = {'values': [str(v) for v in values], 'float32': as_float.tobytes().hex()}
    result['narrow'] = {name: np.arange(256, dtype=np.uint8).view(dtype_of(name)).astype(np.int8).tobytes().hex()
                        for name in SMALL_INTEGERS}
    return result


def write(path, value):
    path.write_text(json.dumps(value, separators=(',', ':')).replace('},{', '},\n{') + '\n')


def main():
    out = pathlib.Path(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 70
    write(out / 'format-array.json', list(chosen_cases()) + [random_case() for _ in range(count)])
    write(out / 'float-conversions.json', conversions())


main()
