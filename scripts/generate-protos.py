"""Writes proto/: the schemas of TensorFlow's graphs, from the descriptors that TensorFlow itself carries.

    python scripts/generate-protos.py

Needs tensorflow-cpu 2.21.0. Messages, fields, numbers, defaults and reserved ranges are what the descriptors say; comments
are not in them. Run it when TensorFlow changes; `npm run generate` makes the code from what it wrote.
"""

import pathlib

from google.protobuf import descriptor_pb2
from tensorflow.core.protobuf import control_flow_pb2, meta_graph_pb2, queue_runner_pb2, saved_model_pb2
from tensorflow.core.framework import variable_pb2
from tensorflow.python.training import checkpoint_state_pb2

ROOTS = [meta_graph_pb2, saved_model_pb2, variable_pb2, checkpoint_state_pb2, control_flow_pb2, queue_runner_pb2]
PROTO = pathlib.Path(__file__).resolve().parent.parent / "proto"

F = descriptor_pb2.FieldDescriptorProto
SCALARS = {
    F.TYPE_DOUBLE: "double",
    F.TYPE_FLOAT: "float",
    F.TYPE_INT64: "int64",
    F.TYPE_UINT64: "uint64",
    F.TYPE_INT32: "int32",
    F.TYPE_FIXED64: "fixed64",
    F.TYPE_FIXED32: "fixed32",
    F.TYPE_BOOL: "bool",
    F.TYPE_STRING: "string",
    F.TYPE_BYTES: "bytes",
    F.TYPE_UINT32: "uint32",
    F.TYPE_SFIXED32: "sfixed32",
    F.TYPE_SFIXED64: "sfixed64",
    F.TYPE_SINT32: "sint32",
    F.TYPE_SINT64: "sint64",
}


LABELS = {F.LABEL_OPTIONAL: "optional ", F.LABEL_REQUIRED: "required ", F.LABEL_REPEATED: "repeated "}


def collect(file, found):
    """All files that `file` needs, each behind those that it needs itself."""
    for dependency in file.dependencies:
        collect(dependency, found)
    if file.name not in found:
        proto = descriptor_pb2.FileDescriptorProto()
        file.CopyToProto(proto)
        found[file.name] = proto


def type_name(field):
    return SCALARS.get(field.type) or field.type_name.lstrip(".")


def field_line(field, message, proto2, indent):
    entry = next((n for n in message.nested_type if n.options.map_entry and field.type_name.endswith("." + n.name)), None)
    options = []
    if field.options.HasField("packed"):
        options.append(f"packed = {'true' if field.options.packed else 'false'}")
    if field.options.deprecated:
        options.append("deprecated = true")
    tail = f" [{', '.join(options)}]" if options else ""
    if entry is not None:
        key, value = entry.field
        head = f"map<{type_name(key)}, {type_name(value)}>"
    else:
        in_oneof = field.HasField("oneof_index") and not field.proto3_optional
        labelled = field.label == F.LABEL_REPEATED or field.proto3_optional or (proto2 and not in_oneof)
        head = (LABELS[field.label] if labelled else "") + type_name(field)
    return f"{indent}{head} {field.name} = {field.number}{tail};"


def reserved_lines(message, indent):
    ranges = [str(r.start) if r.end == r.start + 1 else f"{r.start} to {r.end - 1}" for r in message.reserved_range]
    if ranges:
        yield f"{indent}reserved {', '.join(ranges)};"
    if message.reserved_name:
        yield f"{indent}reserved " + ", ".join(f'"{name}"' for name in message.reserved_name) + ";"


def enum_lines(enum, indent):
    yield f"{indent}enum {enum.name} {{"
    if enum.options.allow_alias:
        yield f"{indent}  option allow_alias = true;"
    for value in enum.value:
        yield f"{indent}  {value.name} = {value.number};"
    for r in enum.reserved_range:
        yield f"{indent}  reserved {r.start}" + (f" to {r.end};" if r.end != r.start else ";")
    yield f"{indent}}}"


def message_lines(message, proto2, indent=""):
    inner = indent + "  "
    yield f"{indent}message {message.name} {{"
    yield from reserved_lines(message, inner)
    for enum in message.enum_type:
        yield from enum_lines(enum, inner)
    for nested in message.nested_type:
        if not nested.options.map_entry:
            yield from message_lines(nested, proto2, inner)
    done = set()
    for field in message.field:
        if field.HasField("oneof_index") and not field.proto3_optional:
            if field.oneof_index in done:
                continue
            done.add(field.oneof_index)
            yield f"{inner}oneof {message.oneof_decl[field.oneof_index].name} {{"
            for member in message.field:
                if member.HasField("oneof_index") and member.oneof_index == field.oneof_index:
                    yield field_line(member, message, proto2, inner + "  ")
            yield f"{inner}}}"
        else:
            yield field_line(field, message, proto2, inner)
    yield f"{indent}}}"


def file_lines(file):
    yield "// Written by scripts/generate-protos.py from TensorFlow's own descriptors."
    proto2 = file.syntax != "proto3"
    yield f'syntax = "{"proto2" if proto2 else "proto3"}";'
    yield ""
    yield f"package {file.package};"
    if file.dependency:
        yield ""
        for name in file.dependency:
            yield f'import "{name}";'
    for enum in file.enum_type:
        yield ""
        yield from enum_lines(enum, "")
    for message in file.message_type:
        yield ""
        yield from message_lines(message, proto2)


def main():
    found = {}
    for root in ROOTS:
        collect(root.DESCRIPTOR, found)
    for name, file in found.items():
        assert file.syntax in ("", "proto2", "proto3"), name
        path = PROTO / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(file_lines(file)) + "\n")
    print(f"{len(found)} schemas in {PROTO.name}/")


if __name__ == "__main__":
    main()
