"""Checkpoints written and read by TensorFlow itself: what make_golden.py and run_oracle.py share.

A tensor here is (key: bytes, dtype: TensorFlow's name, value: numpy array); strings are object arrays of bytes.
"""
import hashlib
import os
import struct
import sys
import warnings

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
os.environ['TF_ENABLE_ONEDNN_OPTS'] = '0'
os.environ['CUDA_VISIBLE_DEVICES'] = ''
warnings.simplefilter('ignore')

# TensorFlow greets on file descriptor 2, which nothing above can stop.
_stderr = os.dup(2)
_null = os.open(os.devnull, os.O_WRONLY)
os.dup2(_null, 2)
import numpy as np
import tensorflow.compat.v1 as tf

tf.disable_v2_behavior()
os.dup2(_stderr, 2)
os.close(_null)
tf.logging.set_verbosity(tf.logging.ERROR)

from typing import NamedTuple

VARIABLE_DTYPES = [
    'float32', 'float64', 'float16', 'bfloat16', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32',
    'uint64', 'complex64', 'complex128', 'bool', 'string',
]
QUANTIZED_DTYPES = {
    'qint8': np.int8, 'quint8': np.uint8, 'qint16': np.int16, 'quint16': np.uint16, 'qint32': np.int32,
}
NARROW_DTYPES = {  # the bits of a byte that TensorFlow's element of this dtype uses
    'float8_e5m2': 0xFF, 'float8_e4m3fn': 0xFF, 'float8_e4m3fnuz': 0xFF, 'float8_e4m3b11fnuz': 0xFF,
    'float8_e5m2fnuz': 0xFF, 'float4_e2m1fn': 0x0F, 'int4': 0x0F, 'uint4': 0x0F, 'int2': 0x03, 'uint2': 0x03,
}
ALL_DTYPES = VARIABLE_DTYPES + list(QUANTIZED_DTYPES) + list(NARROW_DTYPES)
SHAPES = {'scalar': (), 'none': (0,), 'zero': (3, 0, 2), 'vector': (5,), 'box': (2, 1, 3, 2)}


class Tensor(NamedTuple):
    key: bytes
    dtype: str
    value: np.ndarray


def versions():
    import platform
    return {'python': platform.python_version(), 'numpy': np.__version__, 'tensorflow': tf.__version__}


def numpy_dtype(dtype):
    """The numpy dtype that holds elements of `dtype` on this side: quantized ones as their integers."""
    if dtype == 'string':
        return np.dtype(object)
    return np.dtype(QUANTIZED_DTYPES.get(dtype) or tf.as_dtype(dtype).as_numpy_dtype)


def from_bytes(dtype, shape, data):
    """The array of these little-endian bytes."""
    return np.frombuffer(data, numpy_dtype(dtype)).reshape(shape)


def strings(shape, elements):
    array = np.empty(len(elements), object)
    array[:] = elements
    return array.reshape(shape)


def random_value(random, dtype, shape):
    """Any bits that the dtype can hold. `random`: np.random.RandomState, whose stream numpy keeps for ever."""
    count = int(np.prod(shape, dtype=np.int64))
    if dtype == 'string':
        return strings(shape, [random.bytes(int(random.choice([0, 1, 3, 20, 127, 128, 300]))) for _ in range(count)])
    data = np.frombuffer(random.bytes(count * numpy_dtype(dtype).itemsize), np.uint8)
    mask = 1 if dtype == 'bool' else NARROW_DTYPES.get(dtype, 0xFF)
    return from_bytes(dtype, shape, (data & mask).astype(np.uint8).tobytes())


def elements(tensor):
    """The strings of a string tensor, in order."""
    return [bytes(element) for element in tensor.value.reshape(-1)]


def element_bytes(tensor):
    """The bytes that are compared: the elements in order; strings as u32le length and bytes each."""
    if tensor.dtype == 'string':
        return b''.join(struct.pack('<I', len(element)) + element for element in elements(tensor))
    return np.ascontiguousarray(tensor.value).tobytes()


def same(dtype, a, b):
    """Whether two arrays are of one shape and the same bits."""
    if a.shape != b.shape:
        return False
    return element_bytes(Tensor(b'', dtype, a)) == element_bytes(Tensor(b'', dtype, np.asarray(b)))


def describe(tensor):
    """A tensor as manifest.json has it: small values in full, large ones as sha256 of `element_bytes`."""
    row = {'key': tensor.key.decode('utf-8', 'surrogateescape')}
    if any('\ud800' <= character <= '\udfff' for character in row['key']):
        row['keyHex'] = tensor.key.hex()
    row.update(dtype=tensor.dtype, shape=list(tensor.value.shape))
    data = element_bytes(tensor)
    if len(data) > 64:
        row['sha256'] = hashlib.sha256(data).hexdigest()
    elif tensor.dtype == 'string':
        row['strings'] = [element.hex() for element in elements(tensor)]
    else:
        row['hex'] = data.hex()
    return row


def feedable(dtype):
    """A placeholder of `dtype` as (what is fed, what comes out): quantized dtypes cannot be fed."""
    if dtype in QUANTIZED_DTYPES:
        fed = tf.placeholder(QUANTIZED_DTYPES[dtype])
        return fed, tf.bitcast(fed, tf.as_dtype(dtype))
    fed = tf.placeholder(tf.as_dtype(dtype))
    return fed, fed


def save_v2(prefix, tensors, specs=None):
    """The SaveV2 op by itself: data in the order given, keys of any bytes. `specs`: shape_and_slices, where it is parts."""
    with tf.Graph().as_default(), tf.Session() as session:
        pairs = [feedable(tensor.dtype) for tensor in tensors]
        save = tf.raw_ops.SaveV2(
            prefix=prefix,
            tensor_names=tf.constant([tensor.key for tensor in tensors]),
            shape_and_slices=specs or [''] * len(tensors),
            tensors=[out for _, out in pairs])
        session.run(save, {fed: tensor.value for (fed, _), tensor in zip(pairs, tensors)})


def variables_of(tensors, resource):
    """A variable for each tensor, and the feeds that its initializer takes: values pass through no constant."""
    variables, feeds = {}, {}
    for tensor in tensors:
        fed, out = feedable(tensor.dtype)
        fed.set_shape(tensor.value.shape)
        out.set_shape(tensor.value.shape)
        variables[tensor.key.decode()] = tf.Variable(out, dtype=tensor.dtype, use_resource=resource)
        feeds[fed] = tensor.value
    return variables, feeds


def save_with_saver(prefix, tensors, resource=False):
    """tf.train.Saver over variables that hold the tensors."""
    with tf.Graph().as_default(), tf.Session() as session:
        variables, feeds = variables_of(tensors, resource)
        session.run(tf.global_variables_initializer(), feeds)
        saver = tf.train.Saver(variables)
        saver.save(session, prefix, write_meta_graph=False, write_state=False)


def restore_v2(prefix, keys, dtypes, specs=None):
    """The RestoreV2 op by itself; quantized values come back as their integers. `specs`: as in save_v2."""
    with tf.Graph().as_default(), tf.Session() as session:
        restored = tf.raw_ops.RestoreV2(
            prefix=prefix, tensor_names=tf.constant(keys), shape_and_slices=specs or [''] * len(keys),
            dtypes=[tf.as_dtype(dtype) for dtype in dtypes])
        values = session.run([
            tf.bitcast(value, QUANTIZED_DTYPES[dtype]) if dtype in QUANTIZED_DTYPES else value
            for value, dtype in zip(restored, dtypes)])
    return [np.asarray(value) if dtype != 'string' else np.asarray(value, object)
            for value, dtype in zip(values, dtypes)]


def fail(message):
    print(message, file=sys.stderr)
    sys.exit(1)
