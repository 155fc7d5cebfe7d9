"""Writes tests/golden/tensor-proto.json.

What TensorFlow's make_tensor_proto writes of a value of every dtype, and what the kernel of Const makes of TensorProtos
as others write them. Made with TensorFlow 2.21.0:

    python tests/oracle/make_tensor_proto_golden.py tests/golden/tensor-proto.json

Elements are in hex, as they lie in memory; strings one by one.
"""
import json
import os
import sys

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'

import numpy as np  # noqa: E402
import tensorflow.compat.v1 as tf  # noqa: E402
from google.protobuf import text_format  # noqa: E402
from tensorflow.core.framework import tensor_pb2  # noqa: E402
from tensorflow.python.framework import dtypes, tensor_util  # noqa: E402

tf.disable_v2_behavior()

DTYPES = ('float32 float64 int32 uint8 int16 int8 string complex64 int64 bool qint8 quint8 qint32 bfloat16 qint16 quint16 '
          'uint16 complex128 float16 uint32 uint64 float8_e5m2 float8_e4m3fn float8_e4m3fnuz float8_e4m3b11fnuz '
          'float8_e5m2fnuz int4 uint4 int2 uint2 float4_e2m1fn').split()
SHAPES = [(), (1,), (2,), (1, 1), (0,), (2, 0), (2, 3)]


def value_of(name, shape):
    dtype = getattr(dtypes, name)
    count = int(np.prod(shape))
    if name == 'string':
        value = np.empty(count, dtype=object)
        value[:] = [b'a', b'bc\0', b'', '\u00e9'.encode(), b'\xff', b'f'][:count]
        return value.reshape(shape)
    if name == 'bool':
        return np.array([True, False, True, True, False, False][:count]).reshape(shape)
    if name.startswith(('u', 'qu')):
        numbers = np.array([1, 3, 0, 2, 1, 3][:count])
    else:
        numbers = np.array([1, -1, 0, -2, 1, 0][:count])
    numpy_dtype = np.dtype(dtype.as_numpy_dtype)
    if numpy_dtype.names:
        return numbers.astype(numpy_dtype[0]).view(numpy_dtype).reshape(shape)
    return numbers.astype(numpy_dtype).reshape(shape)


def content(value):
    value = np.asarray(value)
    if value.dtype == object:
        return {'strings': [item.hex() for item in value.ravel()]}
    narrow = {'int4': 15, 'uint4': 15, 'int2': 3, 'uint2': 3}.get(value.dtype.name)
    raw = value.tobytes() if narrow is None else bytes(byte & narrow for byte in value.tobytes())
    return {'hex': raw.hex()}


def forms():
    for name in DTYPES:
        for shape in SHAPES:
            value = value_of(name, shape)
            entry = {'dtype': name, 'shape': list(shape), **content(value)}
            try:
                # As convert_variables_to_constants calls it.
                proto = tensor_util.make_tensor_proto(value, getattr(dtypes, name).as_datatype_enum, value.shape)
                entry['proto'] = proto.SerializeToString(deterministic=True).hex()
            except TypeError as error:
                entry['error'] = str(error)
            yield entry


def run(proto):
    """What a session gives for a Const of that value."""
    graph_def = tf.GraphDef()
    node = graph_def.node.add(name='c', op='Const')
    node.attr['dtype'].type = proto.dtype
    node.attr['value'].tensor.CopyFrom(proto)
    with tf.Graph().as_default():
        tensor, = tf.import_graph_def(graph_def, return_elements=['c:0'], name='')
        with tf.Session() as session:
            return session.run(tensor)


FOUR = 'tensor_shape { dim { size: 4 } } '
READINGS = [
    'dtype: DT_FLOAT ' + FOUR,
    'dtype: DT_FLOAT ' + FOUR + 'float_val: 2',
    'dtype: DT_FLOAT ' + FOUR + 'float_val: [2, 3]',
    'dtype: DT_FLOAT ' + FOUR + 'float_val: [1, 2, 3, 4, 5]',
    'dtype: DT_FLOAT ' + FOUR + 'tensor_content: "abcd"',
    'dtype: DT_FLOAT ' + FOUR + 'tensor_content: "abcdabcdabcdabcdabcd"',
    'dtype: DT_FLOAT ' + FOUR + 'tensor_content: "abc"',
    'dtype: DT_FLOAT ' + FOUR + 'float_val: 9 tensor_content: "abcdabcdabcdabcd"',
    'dtype: DT_FLOAT ' + FOUR + 'double_val: 3',
    'dtype: DT_FLOAT tensor_shape { dim { size: -1 } } float_val: 1',
    'dtype: DT_FLOAT tensor_shape { dim { size: 4 } dim { size: -3 } } float_val: 1',
    'dtype: DT_FLOAT tensor_shape { unknown_rank: true } float_val: 1',
    'dtype: DT_FLOAT float_val: 1',
    'dtype: DT_FLOAT',
    'dtype: DT_FLOAT tensor_shape { dim { size: 1048576 } dim { size: 1048576 } } float_val: 1',
    'dtype: DT_FLOAT tensor_shape { dim { size: 4611686018427387904 } dim { size: 4 } } float_val: 1',
    'dtype: DT_FLOAT tensor_shape { dim { size: 0 } } float_val: 1',
    'dtype: DT_FLOAT tensor_shape { ' + 'dim { size: 1 } ' * 64 + '} float_val: 1',
    'dtype: DT_FLOAT tensor_shape { ' + 'dim { size: 1 } ' * 255 + '} float_val: 1',
    'dtype: DT_DOUBLE ' + FOUR + 'double_val: [1, -0.5]',
    'dtype: DT_STRING ' + FOUR,
    'dtype: DT_STRING ' + FOUR + 'string_val: ["a", "b"]',
    'dtype: DT_STRING ' + FOUR + 'string_val: ["a", "b", "c", "d", "e"]',
    r'dtype: DT_STRING ' + FOUR + r'tensor_content: "\001\001\000\002abcd"',
    r'dtype: DT_STRING ' + FOUR + r'tensor_content: "\001\001\000\002abcdX"',
    r'dtype: DT_STRING ' + FOUR + r'tensor_content: "\001\001\000\002abc"',
    r'dtype: DT_STRING ' + FOUR + r'tensor_content: "\001\001"',
    'dtype: DT_BOOL ' + FOUR + 'bool_val: [true, false]',
    r'dtype: DT_BOOL tensor_shape { dim { size: 2 } } tensor_content: "\000\001"',
    r'dtype: DT_BOOL tensor_shape { dim { size: 2 } } tensor_content: "\002\001"',
    'dtype: DT_HALF ' + FOUR + 'half_val: [15360, 16384]',
    'dtype: DT_HALF ' + FOUR + 'half_val: [80000]',
    'dtype: DT_BFLOAT16 ' + FOUR + 'half_val: [16256, 16384]',
    'dtype: DT_COMPLEX64 ' + FOUR + 'scomplex_val: [1, 2, 3, 4]',
    'dtype: DT_COMPLEX64 ' + FOUR + 'scomplex_val: [1, 2, 3]',
    'dtype: DT_COMPLEX64 tensor_shape { } tensor_content: "abcdefgh"',
    'dtype: DT_COMPLEX128 ' + FOUR + 'dcomplex_val: [1, 2, 3, 4]',
    'dtype: DT_UINT8 ' + FOUR + 'int_val: [255, 7]',
    'dtype: DT_UINT8 ' + FOUR + 'int_val: [300]',
    'dtype: DT_INT8 ' + FOUR + 'int_val: [-128, 127]',
    'dtype: DT_INT8 ' + FOUR + 'int_val: [300]',
    'dtype: DT_INT16 ' + FOUR + 'int_val: [-32768]',
    'dtype: DT_UINT16 ' + FOUR + 'int_val: [65535]',
    'dtype: DT_UINT16 ' + FOUR + 'int_val: [70000]',
    'dtype: DT_UINT16 tensor_shape { dim { size: 2 } } tensor_content: "abcd"',
    'dtype: DT_INT32 ' + FOUR + 'int_val: [-2147483648, 2147483647]',
    'dtype: DT_INT64 ' + FOUR + 'int64_val: [-5, -9223372036854775808]',
    'dtype: DT_UINT64 ' + FOUR + 'uint64_val: [1, 18446744073709551615]',
    'dtype: DT_UINT32 ' + FOUR + 'uint32_val: [4294967295]',
    'dtype: DT_QINT8 ' + FOUR + 'int_val: [-3]',
    'dtype: DT_QUINT16 ' + FOUR + 'int_val: [65535]',
    'dtype: DT_QINT32 ' + FOUR + 'int_val: [-3]',
    'dtype: DT_QUINT8 ' + FOUR + 'tensor_content: "abcd"',
    'dtype: DT_INT4 ' + FOUR + 'int_val: [-3, 7, -8]',
    'dtype: DT_UINT4 ' + FOUR + 'int_val: [3, 15]',
    'dtype: DT_INT2 ' + FOUR + 'int_val: [-2, 1]',
    'dtype: DT_UINT2 ' + FOUR + 'int_val: [3]',
    r'dtype: DT_INT4 ' + FOUR + r'tensor_content: "\001\017\007\010"',
    r'dtype: DT_FLOAT8_E5M2 ' + FOUR + r'float8_val: "\074\100"',
    r'dtype: DT_FLOAT8_E4M3FN ' + FOUR + r'float8_val: "\074\100"',
    r'dtype: DT_FLOAT8_E4M3FNUZ ' + FOUR + r'float8_val: "\074\100"',
    r'dtype: DT_FLOAT8_E4M3B11FNUZ ' + FOUR + r'float8_val: "\074\100"',
    r'dtype: DT_FLOAT8_E5M2FNUZ ' + FOUR + r'float8_val: "\074\100"',
    r'dtype: DT_FLOAT4_E2M1FN ' + FOUR + r'float8_val: "\001\002"',
]


def readings():
    for text in READINGS:
        proto = text_format.Parse(text, tensor_pb2.TensorProto())
        entry = {'text': text, 'proto': proto.SerializeToString(deterministic=True).hex()}
        try:
            value = run(proto)
            entry.update(dtype=dtypes.as_dtype(proto.dtype).name, shape=list(np.shape(value)), **content(value))
        except (tf.errors.OpError, ValueError) as error:
            entry['error'] = type(error).__name__
        yield entry


def main():
    rows = {'tensorflow': tf.__version__, 'forms': list(forms()), 'readings': list(readings())}
    with open(sys.argv[1], 'w', encoding='ascii') as file:
        file.write(json.dumps(rows, separators=(',', ':')).replace('},{', '},\n{') + '\n')


main()
