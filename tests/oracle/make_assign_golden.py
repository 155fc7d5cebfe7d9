"""Writes ../golden/assign-arithmetic.json: what TensorFlow makes of random values with assign_add and assign_sub.

    python make_assign_golden.py [output]          (tensorflow-cpu 2.21.0)

{dtype: {"value", "delta", "add", "sub"}}, each the little-endian bytes of the elements, as hex. NaN is left out, whose
bits are the processor's, and so are denormals, which TensorFlow's executor flushes to zero where the processor can.
"""
import json
import os
import sys
import warnings

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
warnings.simplefilter('ignore')
import ml_dtypes  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow.compat.v1 as tf  # noqa: E402

tf.disable_v2_behavior()
INTEGERS = ['int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64']
FLOATS = ['float16', 'bfloat16', 'float32', 'float64']
COUNT = 64


def is_plain(values):
    return ~np.isnan(values) & ((values == 0) | (np.abs(values) >= ml_dtypes.finfo(values.dtype).smallest_normal))


def random_floats(random, dtype):
    """Random bits beside ones that are near, so that digits are lost and ties are met."""
    bits = np.frombuffer(random.bytes(8 * 4096), f'u{np.dtype(dtype).itemsize}')[:4096]
    near = bits + random.randint(0, 4096, bits.size).astype(bits.dtype)
    value, delta = bits.view(dtype), np.where(np.arange(bits.size) % 2, near, random.permutation(bits)).view(dtype)
    with np.errstate(all='ignore'):
        good = is_plain(value) & is_plain(delta) & is_plain(value + delta) & is_plain(value - delta)
    return value[good][:COUNT], delta[good][:COUNT]


def random_values(random, dtype):
    if dtype in ('complex64', 'complex128'):
        value, delta = random_floats(random, np.dtype('float32' if dtype == 'complex64' else 'float64'))
        return value.view(dtype), delta.view(dtype)
    if dtype in INTEGERS:
        bits = np.frombuffer(random.bytes(2 * 8 * COUNT), dtype)
        return bits[:COUNT], bits[COUNT:2 * COUNT]
    return random_floats(random, np.dtype(ml_dtypes.bfloat16 if dtype == 'bfloat16' else dtype))


def assigned(assign, value, delta):
    with tf.Graph().as_default(), tf.Session() as session:
        variable = tf.Variable(value)
        session.run(variable.initializer)
        return session.run(assign(variable, delta)).tobytes().hex()


def main(output):
    random = np.random.RandomState(11)
    golden = {}
    for dtype in [*INTEGERS, *FLOATS, 'complex64', 'complex128']:
        value, delta = random_values(random, dtype)
        golden[dtype] = {
            'value': value.tobytes().hex(), 'delta': delta.tobytes().hex(),
            'add': assigned(tf.assign_add, value, delta), 'sub': assigned(tf.assign_sub, value, delta)}
    with open(output, 'w', encoding='utf-8') as file:
        json.dump(golden, file, indent=1)
        file.write('\n')


if __name__ == '__main__':
    here = os.path.dirname(os.path.abspath(__file__))
    main(sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, '..', 'golden', 'assign-arithmetic.json'))
