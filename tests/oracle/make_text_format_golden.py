"""Writes golden/text-format/: what protobuf's text_format makes of messages of all types, and of texts.

    python make_text_format_golden.py <folder>

messages.jsonl: a message a line, with its bytes (deterministic serialization, hex), its text, and what Parse makes of that. All types that proto/ has,
filled at random from values that are hard to print.
texts.jsonl: a text a line, with the bytes and the text of what Parse and Merge make of it, or what they raise.
"""
import json
import os
import random
import struct
import sys

from google.protobuf import text_format
from google.protobuf.descriptor import FieldDescriptor as F
from google.protobuf.message_factory import GetMessageClass
from tensorflow.core.framework import variable_pb2
from tensorflow.core.protobuf import control_flow_pb2, meta_graph_pb2, queue_runner_pb2, saved_model_pb2
from tensorflow.python.training import checkpoint_state_pb2

ROOTS = [meta_graph_pb2, saved_model_pb2, variable_pb2, checkpoint_state_pb2, control_flow_pb2, queue_runner_pb2]
MESSAGES_OF_A_TYPE = 5

STRINGS = ['', '0', 'a', 'T', 'Tidx', 'model/layer_1:0', '^ctrl', 'é', '\U0001f600', '\uffff', 'tab\there', 'quote"\'\\', '10', '9',
           '__proto__', 'constructor', '\x00\x7f\x80', 'line\nfeed', 'a' * 70, 'é' * 40, '\u2028\ufeff']
BYTES = [b'', b'\x00', bytes(range(256)), b'SAME', b'\xff\xfe', 'é'.encode(), b'"quoted\'\\', b'1', b'9\x019', b'x' * 100]
FLOATS = [0.0, -0.0, 1.0, -1.5, 0.1, 1 / 3, 1e-45, 1.1754944e-38, 3.4028235e38, 16777216.0, 123456789.0, 1e16, 1e-5, 1e-4,
          1234565.0, 2097152.5, 0.3333333, 100000.5, 1000000.5, float('inf'), float('-inf'), float('nan'), 6.1035156e-05]
DOUBLES = FLOATS + [1e300, 5e-324, 2.0 ** 53 + 2, 1e22, 1.7976931348623157e308, 123456789.123456789]
INTS32 = [0, 1, -1, 127, 128, 2 ** 31 - 1, -2 ** 31, 300]
INTS64 = INTS32 + [2 ** 63 - 1, -2 ** 63, 2 ** 53 + 1, -2 ** 53 - 1, 2 ** 32]
UINTS32 = [0, 1, 127, 128, 2 ** 32 - 1, 9, 10]
UINTS64 = UINTS32 + [2 ** 64 - 1, 2 ** 63, 2 ** 53 + 1]


def as_float32(values):
    return [struct.unpack('<f', struct.pack('<f', value))[0] for value in values]


VALUES = {
    F.TYPE_STRING: STRINGS, F.TYPE_BYTES: BYTES, F.TYPE_BOOL: [False, True], F.TYPE_FLOAT: as_float32(FLOATS),
    F.TYPE_DOUBLE: DOUBLES, F.TYPE_INT32: INTS32, F.TYPE_SINT32: INTS32, F.TYPE_INT64: INTS64, F.TYPE_SINT64: INTS64,
    F.TYPE_UINT32: UINTS32, F.TYPE_FIXED32: UINTS32, F.TYPE_UINT64: UINTS64, F.TYPE_FIXED64: UINTS64,
}


def collect(file, files):
    for dependency in file.dependencies:
        collect(dependency, files)
    files[file.name] = file


def all_types():
    files = {}
    for root in ROOTS:
        collect(root.DESCRIPTOR, files)
    found = []

    def add(message):
        if not message.GetOptions().map_entry:
            found.append(message)
        for nested in message.nested_types:
            add(nested)

    for file in files.values():
        for message in file.message_types_by_name.values():
            add(message)
    return sorted(found, key=lambda message: message.full_name)


def scalar(field, rng):
    if field.type == F.TYPE_ENUM:
        numbers = [value.number for value in field.enum_type.values]
        return rng.choice(numbers + [-1, 12345, 0])
    return rng.choice(VALUES[field.type])


def is_map(field):
    return field.type == F.TYPE_MESSAGE and field.message_type.GetOptions().map_entry


def fill(message, rng, depth):
    fields = list(message.DESCRIPTOR.fields)
    rng.shuffle(fields)
    for field in fields:
        if rng.random() < (0.45 if depth == 0 else 0.6):
            continue
        if field.type == F.TYPE_MESSAGE and not is_map(field) and depth > 2:
            continue
        if is_map(field):
            key, value = field.message_type.fields_by_name['key'], field.message_type.fields_by_name['value']
            for _ in range(rng.randrange(5)):
                entries, name = getattr(message, field.name), scalar(key, rng)
                if value.type == F.TYPE_MESSAGE:
                    entries[name].SetInParent()
                    if depth <= 2:
                        fill(entries[name], rng, depth + 1)
                else:
                    entries[name] = scalar(value, rng)
        elif field.is_repeated:
            for _ in range(rng.randrange(4)):
                if field.type == F.TYPE_MESSAGE:
                    fill(getattr(message, field.name).add(), rng, depth + 1)
                else:
                    getattr(message, field.name).append(scalar(field, rng))
        elif field.type == F.TYPE_MESSAGE:
            getattr(message, field.name).SetInParent()
            fill(getattr(message, field.name), rng, depth + 1)
        else:
            setattr(message, field.name, scalar(field, rng))


def row(message):
    name = message.DESCRIPTOR.full_name
    text = text_format.MessageToString(message)
    back = answer(text_format.Parse, name, text)
    return {'type': name, 'hex': message.SerializeToString(deterministic=True).hex(), 'text': text, 'parse': back}


def from_hex(name, text):
    return GetMessageClass(TYPES[name]).FromString(bytes.fromhex(text))


def messages():
    for index, descriptor in enumerate(TYPES.values()):
        for seed in range(MESSAGES_OF_A_TYPE):
            message = GetMessageClass(descriptor)()
            if seed > 0:
                fill(message, random.Random(1000 * index + seed), 0)
            yield row(message)
    # Unknown fields of every kind, between the known ones and within messages, maps and oneofs.
    yield row(from_hex('tensorflow.NodeDef', 'a2060275310a046e616d65900305f1070100000000000000120a' + '6f70' * 5))
    # attr["k"] = { placeholder: "ph", 100: "u", 77: 4 bytes, 11 { 1: 1 } }
    yield row(from_hex('tensorflow.NodeDef', '2a170a016b12124a027068a2060175ed04010203045b08015c'))
    yield row(from_hex('tensorflow.AttrValue', '0a06120178980101'))
    yield row(from_hex('tensorflow.NodeDef', '2a0f0a016b12044a027068ea0403756e6b'))
    # Keys of which one begins with another; integers.
    node = GetMessageClass(TYPES['tensorflow.NodeDef'])()
    for name in ['T', 'Tidx', 'Tid', 'S', 'a', 'ab', 'abc', 'b', '', 'é', 'éa', '10', '9', '__proto__', 'constructor']:
        node.attr[name].i = len(name)
    yield row(node)
    function = GetMessageClass(TYPES['tensorflow.FunctionDef'])()
    for number in [0, 4294967295, 10, 9, 100]:
        function.resource_arg_unique_id[number] = number
        function.arg_attr[number].SetInParent()
    yield row(function)
    # NaNs with a sign, a payload, a signal.
    yield row(from_hex('tensorflow.TensorProto', '2a14' + '0000c0ff' + '0000c07f' + '0100c07f' + '0100807f' + 'ffffffff'))
    yield row(from_hex('tensorflow.TensorProto', '3218' + '000000000000f8ff' + '010000000000f07f' + '000000000000f87f'))
    yield row(from_hex('tensorflow.AttrValue', '250000c0ff'))
    # An Any of a known type, of a type that nobody knows, of no type.
    for url, value in [('type.googleapis.com/tensorflow.NodeDef', '0a0178'), ('a.b/tensorflow.AttrValue', '18002001'),
                       ('a/b.C', '0a0178'), ('tensorflow.NodeDef', '0a0178'), ('a/', ''), ('/tensorflow.NodeDef', '0a0178')]:
        info = GetMessageClass(TYPES['tensorflow.MetaGraphDef.MetaInfoDef'])()
        info.any_info.type_url = url
        info.any_info.value = bytes.fromhex(value)
        yield row(info)


NODE, ATTR, TENSOR = 'tensorflow.NodeDef', 'tensorflow.AttrValue', 'tensorflow.TensorProto'
TEXTS = {
    NODE: [
        'name: "a" # comment\nop: \'b\';input: ["x", "y"], input: "z"', 'name: "a" "b"\n\'c\'', 'name "a"', 'attr { key: "k" }',
        'attr { value { i: 1 } }', 'attr {}', 'attr: < key: "k" value: < i: 1 > >', 'attr [{key: "a"}, {key: "b"}]', 'attr []',
        'attr {key: "a" key: "b"}', 'attr {key: "" key: "b"}', 'attr {key: "a" value {i: 1} value {i: 2}}',
        'attr {key: "a" value {i: 1}} attr {key: "a" value {b: true}}', 'attr {key: "__proto__" value {i: 1}}',
        'name: "a" name: "b"', 'name: "" name: "b"', 'name: "a" name: ""', 'name: ["a"]', 'experimental_type {} experimental_type {}',
        'experimental_type {type_id: TFT_ANY} experimental_type {s: "x"}', 'experimental_type [{}]', 'experimental_type {i: 1 s: "a"}',
        'nme: "a"', 'name: 5', 'name: "a', 'name: "a\nb"', 'attr { key: "a"', 'attr < key: "a" }', '}', '"a"', 'input: ["a",]',
        'input: ["a" "b", "c"]', 'Name: "a"', '[ext.name]: 1', '1: "a"', 'name: "\\351"', 'name: "\\303\\251\\u00e9\\U0001F600"',
        'name: "\\x41\\x4\\1012\\n\\q"', 'name: "\\400"', 'name: "\\u12"', 'name: "é"', '\ufeffname: "a"', 'name: "a"\u00a0op: "b"',
        'experimental_type { args { args { args { type_id: 1 } } } }',
    ],
    ATTR: [
        'i: 1 b: true', 'i: 1 i: 2', 'i: 0 i: 0', 'list {i: 1} list {i: 2}', 'list {} s: "a"', 's: "a" list {}', 'type: DT_FLOAT', 'type: 1',
        'type: 12345', 'type: -1', 'type: 0x65', 'type: FOO', 'type: "DT_FLOAT"', 'b: 1', 'b: True', 'b: t', 'b: yes', 'f: inf', 'f: -inf',
        'f: nan', 'f: infinity', 'f: 1e50', 'f: -1e-50', 'f: 1.5f', 'f: .5', 'f: 5.', 'f: +5', 'f: 0x10', 'f: 010', 'f: 1_0',
        'i: 010', 'i: 0x1F', 'i: -0X1f', 'i: 0b11', 'i: 0o17', 'i: 1_0', 'i: -9223372036854775808', 'i: 9223372036854775808', 'i: 1.0',
        'i: "a"', 'i: - 1', 'i: 9007199254740993', 'i: -0', 'i: 999999999999999', 'i: 1000000000000000', 's: "\\000\\377"', 'placeholder: "\\377"',
        'list {i: [1, 2] f: [1, inf] b: [true, 0] type: [DT_FLOAT, 3] s: ["a", "b" "c"]}', 'list {i: []}', 'list {i: [1,]}', 'list {i: [[1]]}',
        'func {name: "f" attr {key: "k" value {list {s: "x"}}}}', 'shape {dim {size: -1} dim: {size: 2}, dim < size: 3 >; unknown_rank: true}',
    ],
    TENSOR: [
        'dtype: DT_FLOAT dtype: DT_INT32', 'dtype: DT_INVALID dtype: DT_INT32', 'version_number: 0 version_number: 1', 'version_number: -0',
        'double_val: [-0.0, -0, 1e400, 0.1]', 'float_val: 16777217', 'uint32_val: -1', 'uint32_val: 4294967296', 'uint64_val: 18446744073709551615',
        'bool_val: [true, false] bool_val: t', 'half_val: [1, 2]', 'tensor_content: "\\001\\002"', 'tensor_shape {} tensor_shape {}',
        'tensor_shape {dim {size: 1}} tensor_shape {dim {size: 2} unknown_rank: true}', 'dtype: DT_FLOAT tensor_shape { dim { size: 1 } ',
    ],
    'tensorflow.MetaGraphDef.MetaInfoDef': [
        'any_info {[type.googleapis.com/tensorflow.NodeDef] {name: "x"}}', 'any_info {[a.b/tensorflow.NodeDef]: <name: "x">}',
        'any_info {[a/tensorflow.NodeDef] {name: "x"} type_url: "a"}', 'any_info {[a/tensorflow.NodeDef] {name: "x"} [a/tensorflow.OpDef] {name: "y"}}',
        'any_info {[tensorflow.NodeDef] {}}', 'any_info {[a/no.Such] {}}', 'any_info {[a/tensorflow.NodeDef] {nme: "x"}}', 'any_info {[a/tensorflow.NodeDef]}',
        'any_info {type_url: "a/b" value: "\\001"}', 'function_aliases {key: "a"} function_aliases {value: "b"}', 'any_info {[/tensorflow.NodeDef] {}}',
    ],
    'tensorflow.GraphDebugInfo': ['frames_by_id {key: 18446744073709551615 value {line: 0}} files: "\\303\\251"', 'files: "\\377"', 'name_to_trace_id {key: "a" value: 5}'],
}


def answer(read, name, text):
    message = GetMessageClass(TYPES[name])()
    try:
        read(text, message)
    except (text_format.ParseError, ValueError) as error:
        return {'error': type(error).__name__, 'message': str(error)}
    return {'hex': message.SerializeToString(deterministic=True).hex()}


def texts():
    for name, cases in TEXTS.items():
        for text in cases:
            yield {'type': name, 'text': text, 'parse': answer(text_format.Parse, name, text), 'merge': answer(text_format.Merge, name, text)}


TYPES = {descriptor.full_name: descriptor for descriptor in all_types()}


def write(path, rows):
    with open(path, 'w', encoding='ascii', newline='\n') as file:
        for one in rows:
            file.write(json.dumps(one) + '\n')


if __name__ == '__main__':
    os.makedirs(sys.argv[1], exist_ok=True)
    write(os.path.join(sys.argv[1], 'messages.jsonl'), messages())
    write(os.path.join(sys.argv[1], 'texts.jsonl'), texts())
