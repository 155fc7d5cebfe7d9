"""Writes ../golden/checkpoint-state.json: what Python's text_format makes of texts and values.

Run: python make_state_golden.py [output]          (tensorflow-cpu 2.21.0, protobuf 7.36)

  state    [text, answer] for tensorflow.CheckpointState, read as checkpoint_management does, with text_format.Merge
  tensor   [text, answer] for tensorflow.TensorProto: the other kinds of field, messages in messages
  any      [text, answer] for MetaGraphDef.MetaInfoDef: expanded Any
  strings  [hex of UTF-8, printed] for a string field
  bytes    [hex, printed] for a bytes field
  doubles  [hex of 8 bytes, printed], floats [hex of 4 bytes, printed]
  reprs    [text, repr(text)]
  utf8     [hex, null or the text of the UnicodeDecodeError]

An answer is {"fields": {name: value}} or {"error": class, "message": text}. Fields that hold their default are left
out, integers are text, doubles are 16 hex digits, bytes are hex, messages are such fields again.
"""
import json
import os
import struct
import sys
import warnings

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
import tensorflow.compat.v1 as tf  # noqa: E402
from google.protobuf import text_format  # noqa: E402
from tensorflow.core.framework import tensor_pb2  # noqa: E402
from tensorflow.core.protobuf import meta_graph_pb2  # noqa: E402
from tensorflow.python.training.checkpoint_state_pb2 import CheckpointState  # noqa: E402

warnings.simplefilter('ignore')

STATE = [
    '', ' \n\t\r\n', '# only a comment', 'garbage', 'garbage: 1', '\n  garbage {', 'model_checkpoint_path',
    'model_checkpoint_path "x"', 'model_checkpoint_path:', 'model_checkpoint_path: x', 'model_checkpoint_path: 1',
    'model_checkpoint_path: "x', "model_checkpoint_path: 'x", 'model_checkpoint_path: "x\ny"',
    'model_checkpoint_path: "', 'model_checkpoint_path: "x\'', 'model_checkpoint_path: "it\'s', 'model_checkpoint_path: "x\\"',
    'model_checkpoint_path: "x\\', 'model_checkpoint_path: "x" y', 'model_checkpoint_path: "x" "y"\n  \'z\'',
    'model_checkpoint_path: "x"\nmodel_checkpoint_path: "y"', 'model_checkpoint_path: ["x"]', 'model_checkpoint_path { }',
    'model_checkpoint_path: { }', 'all_model_checkpoint_paths: []', 'all_model_checkpoint_paths: ["a"]',
    'all_model_checkpoint_paths: ["a", "b" "c", \'d\']', 'all_model_checkpoint_paths: ["a",]',
    'all_model_checkpoint_paths: ["a" "b"', 'all_model_checkpoint_paths: ["a"; "b"]', 'all_model_checkpoint_paths: [[]]',
    'all_model_checkpoint_paths ["a"]', 'model_checkpoint_path: "a"; all_model_checkpoint_paths: "a",',
    'model_checkpoint_path: "a";;', 'model_checkpoint_path: "a",;', ', model_checkpoint_path: "a"', '; ', '}', '{', '[a.b]: 1',
    '[a', '[a.', '[1]', '[', ']', ':', '1: 2', '1', '+1', '-', '.5: 1', '"model_checkpoint_path": "a"', '$', '\u00e9: 1',
    '\U0001f600: 1', '\u00e9\U0001f600', 'model_checkpoint_path: "\U0001f600" $', '\ufeffmodel_checkpoint_path: "a"',
    'model_checkpoint_path: "a"\x00', 'model_checkpoint_path:\u00a0"a"', 'model_checkpoint_path:\x1c"a"\x85', 'model_checkpoint_path:\u200b"a"',
    'model_checkpoint_path: "a" # b\n# c\r\nlast_preserved_timestamp: 2', 'model_checkpoint_path#x\n:#y\n"a"#z',
    'Model_checkpoint_path: "a"', 'model_checkpoint_path-x: "a"', 'model-checkpoint: 1', 'modelCheckpointPath: "a"',
    'model_checkpoint_path: "h\\303\\251\\xc3\\xA9\\u00e9\\U000000e9"', 'model_checkpoint_path: "\\a\\b\\f\\n\\r\\t\\v\\\\\\\'\\"\\?"',
    'model_checkpoint_path: "\\1\\12\\123\\1234\\08"', 'model_checkpoint_path: "\\x1\\x1g\\x12\\x123"',
    'model_checkpoint_path: "\\\\x1 \\\\\\x1"', 'model_checkpoint_path: "\\x"', 'model_checkpoint_path: "\\xg"', 'model_checkpoint_path: "a\\x "',
    'model_checkpoint_path: "\\u12"', 'model_checkpoint_path: "\\u"', 'model_checkpoint_path: "ab\\u00e"', 'model_checkpoint_path: "\\U0011ffff"', 'model_checkpoint_path: "\\U001"',
    'model_checkpoint_path: "\\U0001F600"', 'model_checkpoint_path: "\\ud83d\\ude00"', 'model_checkpoint_path: "a\\ud800b"',
    'model_checkpoint_path: "\\\\u0041 \\\\\\u0041 \\u005cu0042 \\u005cn"', 'model_checkpoint_path: "\\q\\8\\."',
    'model_checkpoint_path: "\\\u00e9"', 'model_checkpoint_path: "\\\u4e2d"', 'model_checkpoint_path: "\u4e2d\\\\\u4e2d"', 'model_checkpoint_path: "\\\U0001f600"',
    'model_checkpoint_path: "\\777"', 'model_checkpoint_path: "a\\400b"', 'model_checkpoint_path: "\\377"', 'model_checkpoint_path: "\\303"', 'model_checkpoint_path: "\\303" \'\\251\'',
    'model_checkpoint_path: "a\\xe4\\xb8z"', 'model_checkpoint_path: "\\xf8" last', 'model_checkpoint_path: "a\\xed\\xa0\\x80"', 'model_checkpoint_path: "\\xf0\\x9f\\x98" ""\n\n $',
    'model_checkpoint_path: "\\N"', 'model_checkpoint_path: "\\N{"', 'model_checkpoint_path: "tab\there"',
    'model_checkpoint_path: "x\x7f\x01', "model_checkpoint_path: \"it's \u00e9\u0085\u200b\U0001f600\ue000", 'model_checkpoint_path: it\'s"',
    'last_preserved_timestamp: 1', 'last_preserved_timestamp: -1.5e3', 'last_preserved_timestamp: +2', 'last_preserved_timestamp: 1.5f',
    'last_preserved_timestamp: 1fF', 'last_preserved_timestamp: 1e5f', 'last_preserved_timestamp: .5', 'last_preserved_timestamp: 5.', 'last_preserved_timestamp: 5.f', 'last_preserved_timestamp: inf',
    'last_preserved_timestamp: -Infinity', 'last_preserved_timestamp: +inf', 'last_preserved_timestamp: infinityf', 'last_preserved_timestamp: inff',
    'last_preserved_timestamp: nan', 'last_preserved_timestamp: NaNf', 'last_preserved_timestamp: -nan', 'last_preserved_timestamp: -nanf', 'last_preserved_timestamp: nanx', 'last_preserved_timestamp: 1_000.2_5',
    'last_preserved_timestamp: 1__0', 'last_preserved_timestamp: 1_', 'last_preserved_timestamp: _1', 'last_preserved_timestamp: 1e400', 'last_preserved_timestamp: 1e', 'last_preserved_timestamp: 0x10',
    'last_preserved_timestamp: 0x1f', 'last_preserved_timestamp: 017', 'last_preserved_timestamp: -01.5', 'last_preserved_timestamp: +01.5', 'last_preserved_timestamp: 00', 'last_preserved_timestamp: 0.5', 'last_preserved_timestamp: 0', 'last_preserved_timestamp: -0.0',
    'last_preserved_timestamp: - 1', 'last_preserved_timestamp: 1-2', 'last_preserved_timestamp: 1 2', 'last_preserved_timestamp: "1"', 'last_preserved_timestamp: true', 'last_preserved_timestamp: f', 'last_preserved_timestamp: ff', 'last_preserved_timestamp: 1.2.3',
    'last_preserved_timestamp: [1]', 'all_model_checkpoint_timestamps: [1, 2.5, -inf] all_model_checkpoint_timestamps: 3', 'all_model_checkpoint_timestamps: [1 2]', 'last_preserved_timestamp: 123456789.123456789',
    'last_preserved_timestamp: "multi" "part', 'model_checkpoint_path: "ok" "bad\\x"', 'model_checkpoint_path: "a"\n\n\nlast_preserved_timestamp "b"\n', 'model_checkpoint_path: "a"\n  #\n', 'model_checkpoint_path: \n\n\n', 'a.b: 1', '/', 'x' * 40,
]

TENSOR = [
    'dtype: DT_FLOAT', 'dtype: 1', 'dtype: 0x2', 'dtype: 010', 'dtype: 12345', 'dtype: -1', 'dtype: DT_NONE', 'dtype: "DT_FLOAT"', 'dtype DT_FLOAT', 'dtype: 3000000000',
    'tensor_shape { }', 'tensor_shape: { }', 'tensor_shape < >', 'tensor_shape: < dim < size: 2 > >', 'tensor_shape { dim { size: 2 name: "x" } dim { size: -1 }; }, dtype: DT_INT32',
    'tensor_shape { dim: [{ size: 1 }, < size: 2 >] }', 'tensor_shape { dim [{ size: 1 }] }', 'tensor_shape { dim: [] }', 'tensor_shape { dim: [{ size: 1 }', 'tensor_shape { dim: 1 }', 'tensor_shape: 1', 'tensor_shape "x"', 'tensor_shape', 'tensor_shape [ ]',
    'tensor_shape { dim { size: 1 } } tensor_shape { unknown_rank: true dim { size: 2 } }', 'tensor_shape {', 'tensor_shape { dim {', 'tensor_shape { dim { size: 2 }', 'tensor_shape {\n  dim {\n    size: 2\n  >\n}', 'tensor_shape < }', 'tensor_shape { dim { sizes: 2 } }',
    'tensor_shape { unknown_rank: t }', 'tensor_shape { unknown_rank: True }', 'tensor_shape { unknown_rank: 1 }', 'tensor_shape { unknown_rank: 2 }', 'tensor_shape { unknown_rank: TRUE }', 'tensor_shape { unknown_rank: f }', 'bool_val: [true, false, 0, t]',
    'version_number: 017', 'version_number: 0x7fffffff', 'version_number: 2147483647', 'version_number: 2147483648', 'version_number: -2147483648', 'version_number: -2147483649', 'version_number: -0x10', 'version_number: 1_0', 'version_number: 1__0', 'version_number: 0x_f',
    'version_number: 0b101', 'version_number: 0o17', 'version_number: 08', 'version_number: -017', 'version_number: +7', 'version_number: +07', 'version_number: 00', 'version_number: 0_0', 'version_number: 1.5', 'version_number: 1e3', 'version_number: abc', 'version_number: "1"', 'version_number: 1f', 'version_number: -', 'version_number: 0x',
    'int64_val: [9223372036854775807, -9223372036854775808, 9007199254740993]', 'int64_val: 9223372036854775808', 'uint64_val: 18446744073709551615', 'uint64_val: 18446744073709551616', 'uint64_val: -1', 'uint32_val: 4294967295', 'uint32_val: 4294967296', 'int64_val: 99999999999999999999999',
    'float_val: 0.1', 'float_val: 1e40', 'float_val: -1e39', 'float_val: 3.4028235677973366e38', 'float_val: 3.40282356e38', 'float_val: 1e-50', 'float_val: inf', 'float_val: nan', 'double_val: 1e308', 'scomplex_val: [1, 2]',
    'string_val: "\\377\\000a"', 'string_val: ["a", "\\xff" "b"]', 'string_val: "\u00e9"', 'tensor_content: "\\001\\002\\303"', 'tensor_content: "\\x0"', 'tensor_content: "a\\x"', 'tensor_content: \'a"b\'',
    'variant_val { type_name: "t" metadata: "\\001" tensors { dtype: DT_BOOL } }', 'resource_handle_val { hash_code: 18446744073709551615 dtypes_and_shapes { dtype: 1 } }',
    'DTYPE: 1', 'tensor_shape { [a.b]: 1 }', 'tensor_shape { [a.b/c.d] { } }', '4: "x"', 'dtype: 1 4', 'dtype:1dtype:2',
    'float_val: 1 float_val: [2, 3] float_val: []', 'dtype: DT_FLOAT_REF-x', 'dtype: inf',
    'variant_val { ' * 101 + '} ' * 101,
]

ANY = [
    'any_info { type_url: "a/b" value: "\\001" }', 'any_info { [type.googleapis.com/tensorflow.TensorShapeProto] { dim { size: 3 } } }', 'any_info { [type.googleapis.com/tensorflow.TensorShapeProto]: < unknown_rank: true > }',
    'any_info { [ type . googleapis.com / x / tensorflow.TensorShapeProto ] { } }', 'any_info { [type.googleapis.com/tensorflow.Nope] { } }', 'any_info { [tensorflow.TensorShapeProto] { } }', 'any_info { [/tensorflow.TensorShapeProto] { } }', 'any_info { [//tensorflow.TensorShapeProto] { } }',
    'any_info { [a%2Fb/tensorflow.TensorShapeProto] { } }', 'any_info { [a%2/tensorflow.TensorShapeProto] { } }', 'any_info { [a/tensor flow.1] { } }', 'any_info { [a/] { } }', 'any_info { [a/tensorflow.TensorShapeProto { } }', 'any_info { ["a"/b] { } }', 'any_info { [a/tensorflow.TensorShapeProto] 1 }', 'any_info { [a/tensorflow.TensorShapeProto] { nope: 1 } }', 'any_info {', 'any_info { [',
    'any_info { [a/tensorflow.TensorShapeProto] { } type_url: "x" }', 'tags: "a" tags: ["b"] any_info { }', 'any_info { [a@b/c] {} }',
]

STRINGS = ['', 'plain', 'it\'s "q" \\', '\n\r\t', ''.join(map(chr, range(32))), '\x7f\x80\x85\x9f\xa0', 'h\u00e9\u4e2d\U0001f600', '\u2028\ufeff']
BYTES = [bytes(range(256)), b'', b'it\'s "q" \\', '\u00e9\u4e2d'.encode(), b'\xff\xfe', b'\x011', b'\x00\x00']
DOUBLES = [0.0, -0.0, 1.0, -2.5, 1e15, 1e16, 9999999999999998.0, 1.5e16, 1e17, 1e21, 1e22, 1.2345e100, 123456789.123456789, 0.1, 1e-4, 1.5e-4, 1e-5, 1.25e-7, 5e-324, 1.7976931348623157e308,
           float('inf'), float('-inf'), float('nan'), 1 / 3, 2.0 ** 53, 2.0 ** 60, 100.0, 1e300, -1e-10]
FLOATS = [0.0, -0.0, 1.0, 0.1, 1 / 3, 2097152.25, 2097152.75, 4194304.5, 16777216.0, 16777217.0, 33554432.0, 1e10, 123456789.0, 1e-5, 1.17549435e-38, 1e-45, 3.4028234663852886e38, float('inf'), float('-inf'), float('nan'),
          262144.03125, 262144.15625, 0.00012345678, 1e16, 1.0000001, 0.99999994, 2.7182817, 1048576.125, 1048576.375, -1048576.625, 8388607.5]
REPRS = ['', 'a', "it's", '"', '\'"', 'a\\b\n\r\t\0\x1b\x7f', '\u00e9\x85\xa0\xad\u200b\u2028\ue000\ufeff\U0001f600\U000e0001', '\u0378', ' ']
UTF8 = [b'', b'ok', 'h\u00e9\u4e2d\U0001f600'.encode(), b'\xff', b'a\x80', b'ab\xc3', b'\xc3(', b'\xc1\x80', b'\xe0\x80\x80', b'\xe4\xb8', b'\xe4', b'\xe4\xb8x', b'\xed\xa0\x80', b'\xf0\x9f\x98', b'\xf0\x8f\x80\x80',
        b'\xf4\x90\x80\x80', b'\xf5\x80\x80\x80', b'\xf0\x9f\x98\xc0', b'\xf0\x9f', b'\xf0\x9fx', b'\xef\xbb\xbfa', b'x\xe4\xb8\xad\xfe', b'\xe0\xa0', b'\xe0\x9f', b'\xed\xa0']


def plain(field, value):
    kind = field.type
    if kind == field.TYPE_MESSAGE:
        return fields(value)
    if kind == field.TYPE_BYTES:
        return value.hex()
    if kind == field.TYPE_STRING or kind == field.TYPE_BOOL:
        return value
    if kind in (field.TYPE_DOUBLE, field.TYPE_FLOAT):
        return struct.pack('>d', value).hex() if value == value else 'nan'
    return str(value)


def fields(message):
    return {f.name: [plain(f, x) for x in v] if f.is_repeated else plain(f, v) for f, v in message.ListFields()}


def answer(text, message):
    try:
        text_format.Merge(text, message)
    except Exception as e:
        return {'error': type(e).__name__, 'message': str(e)}
    return {'fields': fields(message)}


def printed(message):
    return text_format.MessageToString(message)


def unicode_error(data):
    try:
        data.decode('utf-8')
    except UnicodeDecodeError as e:
        return str(e)
    return None


T = tensor_pb2.TensorProto
golden = dict(
    made_by='tests/oracle/make_state_golden.py', tensorflow=tf.__version__,
    state=[[t, answer(t, CheckpointState())] for t in STATE],
    tensor=[[t, answer(t, T())] for t in TENSOR],
    any=[[t, answer(t, meta_graph_pb2.MetaGraphDef.MetaInfoDef())] for t in ANY],
    strings=[[s.encode().hex(), printed(CheckpointState(model_checkpoint_path=s))[len('model_checkpoint_path: '):-1]] for s in STRINGS],
    bytes=[[b.hex(), printed(T(string_val=[b]))[len('string_val: '):-1]] for b in BYTES],
    doubles=[[struct.pack('>d', x).hex(), printed(T(double_val=[x]))[len('double_val: '):-1]] for x in DOUBLES],
    floats=[[struct.pack('>f', x).hex(), printed(T(float_val=[x]))[len('float_val: '):-1]] for x in FLOATS],
    reprs=[[s, repr(s)] for s in REPRS],
    utf8=[[b.hex(), unicode_error(b)] for b in UTF8],
)
path = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), '../golden/checkpoint-state.json')
with open(path, 'w', encoding='utf-8') as f:
    json.dump(golden, f, indent=1, ensure_ascii=True)
    f.write('\n')
