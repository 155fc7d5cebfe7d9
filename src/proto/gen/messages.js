// Written by scripts/generate-proto.mjs from proto/: change those.
import Long from 'long'
import { MAX_DEPTH } from '../message-reader'
import {
  LATER,
  elementsOf,
  fit,
  isBytes,
  isList,
  isNonZero,
  keepNans,
  keepUnknown,
  laterField,
  lazyList,
  lazyMap,
  putOff,
  notAMessage,
  oneof,
  ownProto,
  sortedKeys,
  sortedNumericKeys,
  toLong,
  toLongs,
  tooDeep,
} from '../message-runtime'

export const google = (() => {
  const google = {}

  google.protobuf = (function () {
    const protobuf = {}

    protobuf.Any = (function () {
      const Any = function (properties) {
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      Any.prototype.typeUrl = ''
      Any.prototype.value = new Uint8Array(0)

      Any.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.typeUrl != null && message.typeUrl !== '') writer.uint32(10).string(message.typeUrl)
        if (message.value != null && isBytes(message.value)) writer.uint32(18).bytes(message.value)
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      Any.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message, value
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $google_protobuf_Any()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              if ((value = reader.stringVerify()).length) message.typeUrl = value
              else delete message.typeUrl
              continue
            }
            case 2: {
              if (wireType !== 2) break
              if ((value = reader.bytes()).length) message.value = value
              else delete message.value
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        return message
      }

      return Any
    })()

    protobuf.DoubleValue = (function () {
      const DoubleValue = function (properties) {
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      DoubleValue.prototype.value = 0

      DoubleValue.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.value != null && !Object.is(message.value, 0))
          writer.uint32(9).double(message.value, message, 'value')
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      DoubleValue.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message, value
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $google_protobuf_DoubleValue()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 1) break
              if (!Object.is((value = reader.double()), 0)) message.value = value
              else delete message.value
              if (reader.nans !== undefined) keepNans(message, 'value', 0, reader)
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        return message
      }

      return DoubleValue
    })()

    protobuf.FloatValue = (function () {
      const FloatValue = function (properties) {
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      FloatValue.prototype.value = 0

      FloatValue.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.value != null && !Object.is(message.value, 0))
          writer.uint32(13).float(message.value, message, 'value')
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      FloatValue.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message, value
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $google_protobuf_FloatValue()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 5) break
              if (!Object.is((value = reader.float()), 0)) message.value = value
              else delete message.value
              if (reader.nans !== undefined) keepNans(message, 'value', 0, reader)
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        return message
      }

      return FloatValue
    })()

    protobuf.Int64Value = (function () {
      const Int64Value = function (properties) {
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      Int64Value.prototype.value = Long.fromBits(0, 0, false)

      Int64Value.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.value != null && isNonZero(message.value)) writer.uint32(8).int64(toLong(message.value))
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      Int64Value.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message, value
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $google_protobuf_Int64Value()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 0) break
              if (typeof (value = reader.int64()) === 'object' ? value.low || value.high : value !== 0)
                message.value = value
              else delete message.value
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        return message
      }

      return Int64Value
    })()

    protobuf.UInt64Value = (function () {
      const UInt64Value = function (properties) {
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      UInt64Value.prototype.value = Long.fromBits(0, 0, true)

      UInt64Value.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.value != null && isNonZero(message.value)) writer.uint32(8).uint64(toLong(message.value))
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      UInt64Value.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message, value
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $google_protobuf_UInt64Value()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 0) break
              if (typeof (value = reader.uint64()) === 'object' ? value.low || value.high : value !== 0)
                message.value = value
              else delete message.value
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        return message
      }

      return UInt64Value
    })()

    protobuf.Int32Value = (function () {
      const Int32Value = function (properties) {
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      Int32Value.prototype.value = 0

      Int32Value.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.value != null && message.value !== 0) writer.uint32(8).int32(message.value)
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      Int32Value.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message, value
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $google_protobuf_Int32Value()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 0) break
              if ((value = reader.int32())) message.value = value
              else delete message.value
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        return message
      }

      return Int32Value
    })()

    protobuf.UInt32Value = (function () {
      const UInt32Value = function (properties) {
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      UInt32Value.prototype.value = 0

      UInt32Value.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.value != null && message.value !== 0) writer.uint32(8).uint32(message.value)
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      UInt32Value.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message, value
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $google_protobuf_UInt32Value()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 0) break
              if ((value = reader.uint32())) message.value = value
              else delete message.value
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        return message
      }

      return UInt32Value
    })()

    protobuf.BoolValue = (function () {
      const BoolValue = function (properties) {
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      BoolValue.prototype.value = false

      BoolValue.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.value != null && message.value !== false) writer.uint32(8).bool(message.value)
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      BoolValue.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message, value
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $google_protobuf_BoolValue()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 0) break
              if ((value = reader.bool())) message.value = value
              else delete message.value
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        return message
      }

      return BoolValue
    })()

    protobuf.StringValue = (function () {
      const StringValue = function (properties) {
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      StringValue.prototype.value = ''

      StringValue.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.value != null && message.value !== '') writer.uint32(10).string(message.value)
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      StringValue.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message, value
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $google_protobuf_StringValue()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              if ((value = reader.stringVerify()).length) message.value = value
              else delete message.value
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        return message
      }

      return StringValue
    })()

    protobuf.BytesValue = (function () {
      const BytesValue = function (properties) {
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      BytesValue.prototype.value = new Uint8Array(0)

      BytesValue.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.value != null && isBytes(message.value)) writer.uint32(10).bytes(message.value)
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      BytesValue.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message, value
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $google_protobuf_BytesValue()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              if ((value = reader.bytes()).length) message.value = value
              else delete message.value
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        return message
      }

      return BytesValue
    })()

    return protobuf
  })()

  return google
})()

export const tensorflow = (() => {
  const tensorflow = {}

  tensorflow.AttrValue = (function () {
    const AttrValue = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    AttrValue.prototype.s = null
    AttrValue.prototype.i = null
    AttrValue.prototype.f = null
    AttrValue.prototype.b = null
    AttrValue.prototype.type = null
    AttrValue.prototype.shape = null
    AttrValue.prototype.tensor = null
    AttrValue.prototype.list = null
    AttrValue.prototype.func = null
    AttrValue.prototype.placeholder = null

    oneof(AttrValue.prototype, 'value', ['s', 'i', 'f', 'b', 'type', 'shape', 'tensor', 'list', 'func', 'placeholder'])

    AttrValue.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.list != null && Object.hasOwn(message, 'list'))
        $tensorflow_AttrValue_ListValue.encode(message.list, writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.s != null && Object.hasOwn(message, 's')) writer.uint32(18).bytes(message.s)
      if (message.i != null && Object.hasOwn(message, 'i')) writer.uint32(24).int64(toLong(message.i))
      if (message.f != null && Object.hasOwn(message, 'f')) writer.uint32(37).float(message.f, message, 'f')
      if (message.b != null && Object.hasOwn(message, 'b')) writer.uint32(40).bool(message.b)
      if (message.type != null && Object.hasOwn(message, 'type')) writer.uint32(48).int32(message.type)
      if (message.shape != null && Object.hasOwn(message, 'shape'))
        $tensorflow_TensorShapeProto.encode(message.shape, writer.uint32(58).fork(), _depth + 1).ldelim()
      if (message.tensor != null && Object.hasOwn(message, 'tensor'))
        $tensorflow_TensorProto.encode(message.tensor, writer.uint32(66).fork(), _depth + 1).ldelim()
      if (message.placeholder != null && Object.hasOwn(message, 'placeholder'))
        writer.uint32(74).string(message.placeholder)
      if (message.func != null && Object.hasOwn(message, 'func'))
        $tensorflow_NameAttrList.encode(message.func, writer.uint32(82).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    AttrValue.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_AttrValue()
      let $value = _target ? message.value : undefined
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 2: {
            if (wireType !== 2) break
            message.s = reader.bytes()
            if ($value !== 's') {
              if ($value !== undefined) delete message[$value]
              $value = 's'
            }
            continue
          }
          case 3: {
            if (wireType !== 0) break
            message.i = reader.int64()
            if ($value !== 'i') {
              if ($value !== undefined) delete message[$value]
              $value = 'i'
            }
            continue
          }
          case 4: {
            if (wireType !== 5) break
            message.f = reader.float()
            if (reader.nans !== undefined) keepNans(message, 'f', 0, reader)
            if ($value !== 'f') {
              if ($value !== undefined) delete message[$value]
              $value = 'f'
            }
            continue
          }
          case 5: {
            if (wireType !== 0) break
            message.b = reader.bool()
            if ($value !== 'b') {
              if ($value !== undefined) delete message[$value]
              $value = 'b'
            }
            continue
          }
          case 6: {
            if (wireType !== 0) break
            message.type = reader.int32()
            if ($value !== 'type') {
              if ($value !== undefined) delete message[$value]
              $value = 'type'
            }
            continue
          }
          case 7: {
            if (wireType !== 2) break
            message.shape = $tensorflow_TensorShapeProto.decode(reader, reader.size(), _depth + 1, message.shape)
            if ($value !== 'shape') {
              if ($value !== undefined) delete message[$value]
              $value = 'shape'
            }
            continue
          }
          case 8: {
            if (wireType !== 2) break
            message.tensor = $tensorflow_TensorProto.decode(reader, reader.size(), _depth + 1, message.tensor)
            if ($value !== 'tensor') {
              if ($value !== undefined) delete message[$value]
              $value = 'tensor'
            }
            continue
          }
          case 1: {
            if (wireType !== 2) break
            message.list = $tensorflow_AttrValue_ListValue.decode(reader, reader.size(), _depth + 1, message.list)
            if ($value !== 'list') {
              if ($value !== undefined) delete message[$value]
              $value = 'list'
            }
            continue
          }
          case 10: {
            if (wireType !== 2) break
            message.func = $tensorflow_NameAttrList.decode(reader, reader.size(), _depth + 1, message.func)
            if ($value !== 'func') {
              if ($value !== undefined) delete message[$value]
              $value = 'func'
            }
            continue
          }
          case 9: {
            if (wireType !== 2) break
            message.placeholder = reader.stringVerify()
            if ($value !== 'placeholder') {
              if ($value !== undefined) delete message[$value]
              $value = 'placeholder'
            }
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    AttrValue.ListValue = (function () {
      const ListValue = function (properties) {
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      lazyList(ListValue.prototype, 's')
      lazyList(ListValue.prototype, 'i')
      lazyList(ListValue.prototype, 'f')
      lazyList(ListValue.prototype, 'b')
      lazyList(ListValue.prototype, 'type')
      lazyList(ListValue.prototype, 'shape')
      lazyList(ListValue.prototype, 'tensor')
      lazyList(ListValue.prototype, 'func')

      ListValue.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (Object.hasOwn(message, 's') && message.s != null && isList(message.s))
          for (let i = 0; i < message.s.length; ++i) writer.uint32(18).bytes(message.s[i])
        if (Object.hasOwn(message, 'i') && message.i != null && isList(message.i))
          writer.uint32(26).int64s(toLongs(message.i))
        if (Object.hasOwn(message, 'f') && message.f != null && isList(message.f))
          writer.uint32(34).floats(message.f, message, 'f')
        if (Object.hasOwn(message, 'b') && message.b != null && isList(message.b)) writer.uint32(42).bools(message.b)
        if (Object.hasOwn(message, 'type') && message.type != null && isList(message.type))
          writer.uint32(50).int32s(message.type)
        if (Object.hasOwn(message, 'shape') && message.shape != null && isList(message.shape))
          for (let i = 0; i < message.shape.length; ++i)
            $tensorflow_TensorShapeProto.encode(message.shape[i], writer.uint32(58).fork(), _depth + 1).ldelim()
        if (Object.hasOwn(message, 'tensor') && message.tensor != null && isList(message.tensor))
          for (let i = 0; i < message.tensor.length; ++i)
            $tensorflow_TensorProto.encode(message.tensor[i], writer.uint32(66).fork(), _depth + 1).ldelim()
        if (Object.hasOwn(message, 'func') && message.func != null && isList(message.func))
          for (let i = 0; i < message.func.length; ++i)
            $tensorflow_NameAttrList.encode(message.func[i], writer.uint32(74).fork(), _depth + 1).ldelim()
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      ListValue.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message, value
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $tensorflow_AttrValue_ListValue()
        let $s
        let $i
        let $f
        let $b
        let $type
        let $shape
        let $tensor
        let $func
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 2: {
              if (wireType !== 2) break
              $s ??= message.s
              $s.push(reader.bytes())
              continue
            }
            case 3: {
              if (wireType === 2) {
                $i ??= message.i
                reader.int64s($i)
                continue
              }
              if (wireType !== 0) break
              $i ??= message.i
              $i.push(reader.int64())
              continue
            }
            case 4: {
              if (wireType === 2) {
                $f ??= message.f
                reader.floats($f)
                if (reader.nans !== undefined) keepNans(message, 'f', 0, reader)
                continue
              }
              if (wireType !== 5) break
              $f ??= message.f
              $f.push(reader.float())
              if (reader.nans !== undefined) keepNans(message, 'f', $f.length - 1, reader)
              continue
            }
            case 5: {
              if (wireType === 2) {
                $b ??= message.b
                reader.bools($b)
                continue
              }
              if (wireType !== 0) break
              $b ??= message.b
              $b.push(reader.bool())
              continue
            }
            case 6: {
              if (wireType === 2) {
                $type ??= message.type
                reader.int32s($type)
                continue
              }
              if (wireType !== 0) break
              $type ??= message.type
              $type.push(reader.int32())
              continue
            }
            case 7: {
              if (wireType !== 2) break
              $shape ??= message.shape
              $shape.push($tensorflow_TensorShapeProto.decode(reader, reader.size(), _depth + 1))
              continue
            }
            case 8: {
              if (wireType !== 2) break
              $tensor ??= message.tensor
              $tensor.push($tensorflow_TensorProto.decode(reader, reader.size(), _depth + 1))
              continue
            }
            case 9: {
              if (wireType !== 2) break
              $func ??= message.func
              $func.push($tensorflow_NameAttrList.decode(reader, reader.size(), _depth + 1))
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        if ($s !== undefined) message.s = fit($s)
        if ($i !== undefined) message.i = fit($i)
        if ($f !== undefined) message.f = fit($f)
        if ($b !== undefined) message.b = fit($b)
        if ($type !== undefined) message.type = fit($type)
        if ($shape !== undefined) message.shape = fit($shape)
        if ($tensor !== undefined) message.tensor = fit($tensor)
        if ($func !== undefined) message.func = fit($func)
        return message
      }

      return ListValue
    })()

    return AttrValue
  })()

  tensorflow.NameAttrList = (function () {
    const NameAttrList = function (properties) {
      this.attr = {}
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    NameAttrList.prototype.name = ''

    NameAttrList.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.name != null && message.name !== '') writer.uint32(10).string(message.name)
      if (message.attr != null && Object.hasOwn(message, 'attr'))
        for (let keys = sortedKeys(message.attr), i = 0; i < keys.length; ++i) {
          writer.uint32(18).fork().uint32(10).string(keys[i])
          $tensorflow_AttrValue
            .encode(message.attr[keys[i]], writer.uint32(18).fork(), _depth + 2)
            .ldelim()
            .ldelim()
        }
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    NameAttrList.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, key, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_NameAttrList()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.name = value
            else delete message.name
            continue
          }
          case 2: {
            if (wireType !== 2) break
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
            reader.len = end2
            let strange = false
            key = ''
            value = null
            while (reader.pos < end2) {
              let tag2 = reader.tag()
              wireType = tag2 & 7
              switch ((tag2 >>>= 3)) {
                case 1:
                  if (wireType !== 2) break
                  key = reader.stringVerify()
                  continue
                case 2:
                  if (wireType !== 2) break
                  value = $tensorflow_AttrValue.decode(reader, reader.size(), _depth + 2, value)
                  continue
              }
              reader.skip(wireType, tag2)
              strange = true
            }
            if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
            reader.len = end
            if (strange) {
              keepUnknown(message, reader.raw(start, end2))
              continue
            }
            if (key === '__proto__') ownProto(message.attr)
            message.attr[key] = value || new $tensorflow_AttrValue()
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return NameAttrList
  })()

  tensorflow.TensorProto = (function () {
    const TensorProto = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    TensorProto.prototype.dtype = 0
    TensorProto.prototype.tensorShape = null
    TensorProto.prototype.versionNumber = 0
    TensorProto.prototype.tensorContent = new Uint8Array(0)
    TensorProto.prototype.float8Val = new Uint8Array(0)

    lazyList(TensorProto.prototype, 'halfVal')
    lazyList(TensorProto.prototype, 'floatVal')
    lazyList(TensorProto.prototype, 'doubleVal')
    lazyList(TensorProto.prototype, 'intVal')
    lazyList(TensorProto.prototype, 'stringVal')
    lazyList(TensorProto.prototype, 'scomplexVal')
    lazyList(TensorProto.prototype, 'int64Val')
    lazyList(TensorProto.prototype, 'boolVal')
    lazyList(TensorProto.prototype, 'dcomplexVal')
    lazyList(TensorProto.prototype, 'resourceHandleVal')
    lazyList(TensorProto.prototype, 'variantVal')
    lazyList(TensorProto.prototype, 'uint32Val')
    lazyList(TensorProto.prototype, 'uint64Val')

    TensorProto.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.dtype != null && message.dtype !== 0) writer.uint32(8).int32(message.dtype)
      if (message.tensorShape != null && Object.hasOwn(message, 'tensorShape'))
        $tensorflow_TensorShapeProto.encode(message.tensorShape, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.versionNumber != null && message.versionNumber !== 0) writer.uint32(24).int32(message.versionNumber)
      if (message.tensorContent != null && isBytes(message.tensorContent))
        writer.uint32(34).bytes(message.tensorContent)
      if (Object.hasOwn(message, 'floatVal') && message.floatVal != null && isList(message.floatVal))
        writer.uint32(42).floats(message.floatVal, message, 'floatVal')
      if (Object.hasOwn(message, 'doubleVal') && message.doubleVal != null && isList(message.doubleVal))
        writer.uint32(50).doubles(message.doubleVal, message, 'doubleVal')
      if (Object.hasOwn(message, 'intVal') && message.intVal != null && isList(message.intVal))
        writer.uint32(58).int32s(message.intVal)
      if (Object.hasOwn(message, 'stringVal') && message.stringVal != null && isList(message.stringVal))
        for (let i = 0; i < message.stringVal.length; ++i) writer.uint32(66).bytes(message.stringVal[i])
      if (Object.hasOwn(message, 'scomplexVal') && message.scomplexVal != null && isList(message.scomplexVal))
        writer.uint32(74).floats(message.scomplexVal, message, 'scomplexVal')
      if (Object.hasOwn(message, 'int64Val') && message.int64Val != null && isList(message.int64Val))
        writer.uint32(82).int64s(toLongs(message.int64Val))
      if (Object.hasOwn(message, 'boolVal') && message.boolVal != null && isList(message.boolVal))
        writer.uint32(90).bools(message.boolVal)
      if (Object.hasOwn(message, 'dcomplexVal') && message.dcomplexVal != null && isList(message.dcomplexVal))
        writer.uint32(98).doubles(message.dcomplexVal, message, 'dcomplexVal')
      if (Object.hasOwn(message, 'halfVal') && message.halfVal != null && isList(message.halfVal))
        writer.uint32(106).int32s(message.halfVal)
      if (
        Object.hasOwn(message, 'resourceHandleVal') &&
        message.resourceHandleVal != null &&
        isList(message.resourceHandleVal)
      )
        for (let i = 0; i < message.resourceHandleVal.length; ++i)
          $tensorflow_ResourceHandleProto
            .encode(message.resourceHandleVal[i], writer.uint32(114).fork(), _depth + 1)
            .ldelim()
      if (Object.hasOwn(message, 'variantVal') && message.variantVal != null && isList(message.variantVal))
        for (let i = 0; i < message.variantVal.length; ++i)
          $tensorflow_VariantTensorDataProto
            .encode(message.variantVal[i], writer.uint32(122).fork(), _depth + 1)
            .ldelim()
      if (Object.hasOwn(message, 'uint32Val') && message.uint32Val != null && isList(message.uint32Val))
        writer.uint32(130).uint32s(message.uint32Val)
      if (Object.hasOwn(message, 'uint64Val') && message.uint64Val != null && isList(message.uint64Val))
        writer.uint32(138).uint64s(toLongs(message.uint64Val))
      if (message.float8Val != null && isBytes(message.float8Val)) writer.uint32(146).bytes(message.float8Val)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    TensorProto.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_TensorProto()
      let $halfVal
      let $floatVal
      let $doubleVal
      let $intVal
      let $stringVal
      let $scomplexVal
      let $int64Val
      let $boolVal
      let $dcomplexVal
      let $resourceHandleVal
      let $variantVal
      let $uint32Val
      let $uint64Val
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.dtype = value
            else delete message.dtype
            continue
          }
          case 2: {
            if (wireType !== 2) break
            message.tensorShape = $tensorflow_TensorShapeProto.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.tensorShape,
            )
            continue
          }
          case 3: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.versionNumber = value
            else delete message.versionNumber
            continue
          }
          case 4: {
            if (wireType !== 2) break
            if ((value = reader.bytes()).length) message.tensorContent = value
            else delete message.tensorContent
            continue
          }
          case 13: {
            if (wireType === 2) {
              $halfVal ??= message.halfVal
              reader.int32s($halfVal)
              continue
            }
            if (wireType !== 0) break
            $halfVal ??= message.halfVal
            $halfVal.push(reader.int32())
            continue
          }
          case 5: {
            if (wireType === 2) {
              $floatVal ??= message.floatVal
              reader.floats($floatVal)
              if (reader.nans !== undefined) keepNans(message, 'floatVal', 0, reader)
              continue
            }
            if (wireType !== 5) break
            $floatVal ??= message.floatVal
            $floatVal.push(reader.float())
            if (reader.nans !== undefined) keepNans(message, 'floatVal', $floatVal.length - 1, reader)
            continue
          }
          case 6: {
            if (wireType === 2) {
              $doubleVal ??= message.doubleVal
              reader.doubles($doubleVal)
              if (reader.nans !== undefined) keepNans(message, 'doubleVal', 0, reader)
              continue
            }
            if (wireType !== 1) break
            $doubleVal ??= message.doubleVal
            $doubleVal.push(reader.double())
            if (reader.nans !== undefined) keepNans(message, 'doubleVal', $doubleVal.length - 1, reader)
            continue
          }
          case 7: {
            if (wireType === 2) {
              $intVal ??= message.intVal
              reader.int32s($intVal)
              continue
            }
            if (wireType !== 0) break
            $intVal ??= message.intVal
            $intVal.push(reader.int32())
            continue
          }
          case 8: {
            if (wireType !== 2) break
            $stringVal ??= message.stringVal
            $stringVal.push(reader.bytes())
            continue
          }
          case 9: {
            if (wireType === 2) {
              $scomplexVal ??= message.scomplexVal
              reader.floats($scomplexVal)
              if (reader.nans !== undefined) keepNans(message, 'scomplexVal', 0, reader)
              continue
            }
            if (wireType !== 5) break
            $scomplexVal ??= message.scomplexVal
            $scomplexVal.push(reader.float())
            if (reader.nans !== undefined) keepNans(message, 'scomplexVal', $scomplexVal.length - 1, reader)
            continue
          }
          case 10: {
            if (wireType === 2) {
              $int64Val ??= message.int64Val
              reader.int64s($int64Val)
              continue
            }
            if (wireType !== 0) break
            $int64Val ??= message.int64Val
            $int64Val.push(reader.int64())
            continue
          }
          case 11: {
            if (wireType === 2) {
              $boolVal ??= message.boolVal
              reader.bools($boolVal)
              continue
            }
            if (wireType !== 0) break
            $boolVal ??= message.boolVal
            $boolVal.push(reader.bool())
            continue
          }
          case 12: {
            if (wireType === 2) {
              $dcomplexVal ??= message.dcomplexVal
              reader.doubles($dcomplexVal)
              if (reader.nans !== undefined) keepNans(message, 'dcomplexVal', 0, reader)
              continue
            }
            if (wireType !== 1) break
            $dcomplexVal ??= message.dcomplexVal
            $dcomplexVal.push(reader.double())
            if (reader.nans !== undefined) keepNans(message, 'dcomplexVal', $dcomplexVal.length - 1, reader)
            continue
          }
          case 14: {
            if (wireType !== 2) break
            $resourceHandleVal ??= message.resourceHandleVal
            $resourceHandleVal.push($tensorflow_ResourceHandleProto.decode(reader, reader.size(), _depth + 1))
            continue
          }
          case 15: {
            if (wireType !== 2) break
            $variantVal ??= message.variantVal
            $variantVal.push($tensorflow_VariantTensorDataProto.decode(reader, reader.size(), _depth + 1))
            continue
          }
          case 16: {
            if (wireType === 2) {
              $uint32Val ??= message.uint32Val
              reader.uint32s($uint32Val)
              continue
            }
            if (wireType !== 0) break
            $uint32Val ??= message.uint32Val
            $uint32Val.push(reader.uint32())
            continue
          }
          case 17: {
            if (wireType === 2) {
              $uint64Val ??= message.uint64Val
              reader.uint64s($uint64Val)
              continue
            }
            if (wireType !== 0) break
            $uint64Val ??= message.uint64Val
            $uint64Val.push(reader.uint64())
            continue
          }
          case 18: {
            if (wireType !== 2) break
            if ((value = reader.bytes()).length) message.float8Val = value
            else delete message.float8Val
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($halfVal !== undefined) message.halfVal = fit($halfVal)
      if ($floatVal !== undefined) message.floatVal = fit($floatVal)
      if ($doubleVal !== undefined) message.doubleVal = fit($doubleVal)
      if ($intVal !== undefined) message.intVal = fit($intVal)
      if ($stringVal !== undefined) message.stringVal = fit($stringVal)
      if ($scomplexVal !== undefined) message.scomplexVal = fit($scomplexVal)
      if ($int64Val !== undefined) message.int64Val = fit($int64Val)
      if ($boolVal !== undefined) message.boolVal = fit($boolVal)
      if ($dcomplexVal !== undefined) message.dcomplexVal = fit($dcomplexVal)
      if ($resourceHandleVal !== undefined) message.resourceHandleVal = fit($resourceHandleVal)
      if ($variantVal !== undefined) message.variantVal = fit($variantVal)
      if ($uint32Val !== undefined) message.uint32Val = fit($uint32Val)
      if ($uint64Val !== undefined) message.uint64Val = fit($uint64Val)
      return message
    }

    return TensorProto
  })()

  tensorflow.VariantTensorDataProto = (function () {
    const VariantTensorDataProto = function (properties) {
      this.tensors = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    VariantTensorDataProto.prototype.typeName = ''
    VariantTensorDataProto.prototype.metadata = new Uint8Array(0)

    VariantTensorDataProto.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.typeName != null && message.typeName !== '') writer.uint32(10).string(message.typeName)
      if (message.metadata != null && isBytes(message.metadata)) writer.uint32(18).bytes(message.metadata)
      if (message.tensors != null && isList(message.tensors))
        for (let i = 0; i < message.tensors.length; ++i)
          $tensorflow_TensorProto.encode(message.tensors[i], writer.uint32(26).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    VariantTensorDataProto.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_VariantTensorDataProto()
      let $tensors
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.typeName = value
            else delete message.typeName
            continue
          }
          case 2: {
            if (wireType !== 2) break
            if ((value = reader.bytes()).length) message.metadata = value
            else delete message.metadata
            continue
          }
          case 3: {
            if (wireType !== 2) break
            $tensors ??= message.tensors
            $tensors.push($tensorflow_TensorProto.decode(reader, reader.size(), _depth + 1))
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($tensors !== undefined) message.tensors = fit($tensors)
      return message
    }

    return VariantTensorDataProto
  })()

  tensorflow.ResourceHandleProto = (function () {
    const ResourceHandleProto = function (properties) {
      this.dtypesAndShapes = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    ResourceHandleProto.prototype.device = ''
    ResourceHandleProto.prototype.container = ''
    ResourceHandleProto.prototype.name = ''
    ResourceHandleProto.prototype.hashCode = Long.fromBits(0, 0, true)
    ResourceHandleProto.prototype.maybeTypeName = ''

    ResourceHandleProto.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.device != null && message.device !== '') writer.uint32(10).string(message.device)
      if (message.container != null && message.container !== '') writer.uint32(18).string(message.container)
      if (message.name != null && message.name !== '') writer.uint32(26).string(message.name)
      if (message.hashCode != null && isNonZero(message.hashCode)) writer.uint32(32).uint64(toLong(message.hashCode))
      if (message.maybeTypeName != null && message.maybeTypeName !== '') writer.uint32(42).string(message.maybeTypeName)
      if (message.dtypesAndShapes != null && isList(message.dtypesAndShapes))
        for (let i = 0; i < message.dtypesAndShapes.length; ++i)
          $tensorflow_ResourceHandleProto_DtypeAndShape
            .encode(message.dtypesAndShapes[i], writer.uint32(50).fork(), _depth + 1)
            .ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    ResourceHandleProto.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_ResourceHandleProto()
      let $dtypesAndShapes
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.device = value
            else delete message.device
            continue
          }
          case 2: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.container = value
            else delete message.container
            continue
          }
          case 3: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.name = value
            else delete message.name
            continue
          }
          case 4: {
            if (wireType !== 0) break
            if (typeof (value = reader.uint64()) === 'object' ? value.low || value.high : value !== 0)
              message.hashCode = value
            else delete message.hashCode
            continue
          }
          case 5: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.maybeTypeName = value
            else delete message.maybeTypeName
            continue
          }
          case 6: {
            if (wireType !== 2) break
            $dtypesAndShapes ??= message.dtypesAndShapes
            $dtypesAndShapes.push(
              $tensorflow_ResourceHandleProto_DtypeAndShape.decode(reader, reader.size(), _depth + 1),
            )
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($dtypesAndShapes !== undefined) message.dtypesAndShapes = fit($dtypesAndShapes)
      return message
    }

    ResourceHandleProto.DtypeAndShape = (function () {
      const DtypeAndShape = function (properties) {
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      DtypeAndShape.prototype.dtype = 0
      DtypeAndShape.prototype.shape = null

      DtypeAndShape.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.dtype != null && message.dtype !== 0) writer.uint32(8).int32(message.dtype)
        if (message.shape != null && Object.hasOwn(message, 'shape'))
          $tensorflow_TensorShapeProto.encode(message.shape, writer.uint32(18).fork(), _depth + 1).ldelim()
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      DtypeAndShape.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message, value
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $tensorflow_ResourceHandleProto_DtypeAndShape()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 0) break
              if ((value = reader.int32())) message.dtype = value
              else delete message.dtype
              continue
            }
            case 2: {
              if (wireType !== 2) break
              message.shape = $tensorflow_TensorShapeProto.decode(reader, reader.size(), _depth + 1, message.shape)
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        return message
      }

      return DtypeAndShape
    })()

    return ResourceHandleProto
  })()

  tensorflow.TensorShapeProto = (function () {
    const TensorShapeProto = function (properties) {
      this.dim = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    TensorShapeProto.prototype.unknownRank = false

    TensorShapeProto.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.dim != null && isList(message.dim))
        for (let i = 0; i < message.dim.length; ++i)
          $tensorflow_TensorShapeProto_Dim.encode(message.dim[i], writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.unknownRank != null && message.unknownRank !== false) writer.uint32(24).bool(message.unknownRank)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    TensorShapeProto.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_TensorShapeProto()
      let $dim
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 2: {
            if (wireType !== 2) break
            $dim ??= message.dim
            $dim.push($tensorflow_TensorShapeProto_Dim.decode(reader, reader.size(), _depth + 1))
            continue
          }
          case 3: {
            if (wireType !== 0) break
            if ((value = reader.bool())) message.unknownRank = value
            else delete message.unknownRank
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($dim !== undefined) message.dim = fit($dim)
      return message
    }

    TensorShapeProto.Dim = (function () {
      const Dim = function (properties) {
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      Dim.prototype.size = Long.fromBits(0, 0, false)
      Dim.prototype.name = ''

      Dim.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.size != null && isNonZero(message.size)) writer.uint32(8).int64(toLong(message.size))
        if (message.name != null && message.name !== '') writer.uint32(18).string(message.name)
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      Dim.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message, value
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $tensorflow_TensorShapeProto_Dim()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 0) break
              if (typeof (value = reader.int64()) === 'object' ? value.low || value.high : value !== 0)
                message.size = value
              else delete message.size
              continue
            }
            case 2: {
              if (wireType !== 2) break
              if ((value = reader.stringVerify()).length) message.name = value
              else delete message.name
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        return message
      }

      return Dim
    })()

    return TensorShapeProto
  })()

  tensorflow.DataType = (function () {
    const valuesById = Object.create(null),
      values = Object.create(valuesById)
    values[(valuesById[0] = 'DT_INVALID')] = 0
    values[(valuesById[1] = 'DT_FLOAT')] = 1
    values[(valuesById[2] = 'DT_DOUBLE')] = 2
    values[(valuesById[3] = 'DT_INT32')] = 3
    values[(valuesById[4] = 'DT_UINT8')] = 4
    values[(valuesById[5] = 'DT_INT16')] = 5
    values[(valuesById[6] = 'DT_INT8')] = 6
    values[(valuesById[7] = 'DT_STRING')] = 7
    values[(valuesById[8] = 'DT_COMPLEX64')] = 8
    values[(valuesById[9] = 'DT_INT64')] = 9
    values[(valuesById[10] = 'DT_BOOL')] = 10
    values[(valuesById[11] = 'DT_QINT8')] = 11
    values[(valuesById[12] = 'DT_QUINT8')] = 12
    values[(valuesById[13] = 'DT_QINT32')] = 13
    values[(valuesById[14] = 'DT_BFLOAT16')] = 14
    values[(valuesById[15] = 'DT_QINT16')] = 15
    values[(valuesById[16] = 'DT_QUINT16')] = 16
    values[(valuesById[17] = 'DT_UINT16')] = 17
    values[(valuesById[18] = 'DT_COMPLEX128')] = 18
    values[(valuesById[19] = 'DT_HALF')] = 19
    values[(valuesById[20] = 'DT_RESOURCE')] = 20
    values[(valuesById[21] = 'DT_VARIANT')] = 21
    values[(valuesById[22] = 'DT_UINT32')] = 22
    values[(valuesById[23] = 'DT_UINT64')] = 23
    values[(valuesById[24] = 'DT_FLOAT8_E5M2')] = 24
    values[(valuesById[25] = 'DT_FLOAT8_E4M3FN')] = 25
    values[(valuesById[26] = 'DT_FLOAT8_E4M3FNUZ')] = 26
    values[(valuesById[27] = 'DT_FLOAT8_E4M3B11FNUZ')] = 27
    values[(valuesById[28] = 'DT_FLOAT8_E5M2FNUZ')] = 28
    values[(valuesById[29] = 'DT_INT4')] = 29
    values[(valuesById[30] = 'DT_UINT4')] = 30
    values[(valuesById[31] = 'DT_INT2')] = 31
    values[(valuesById[32] = 'DT_UINT2')] = 32
    values[(valuesById[33] = 'DT_FLOAT4_E2M1FN')] = 33
    values[(valuesById[101] = 'DT_FLOAT_REF')] = 101
    values[(valuesById[102] = 'DT_DOUBLE_REF')] = 102
    values[(valuesById[103] = 'DT_INT32_REF')] = 103
    values[(valuesById[104] = 'DT_UINT8_REF')] = 104
    values[(valuesById[105] = 'DT_INT16_REF')] = 105
    values[(valuesById[106] = 'DT_INT8_REF')] = 106
    values[(valuesById[107] = 'DT_STRING_REF')] = 107
    values[(valuesById[108] = 'DT_COMPLEX64_REF')] = 108
    values[(valuesById[109] = 'DT_INT64_REF')] = 109
    values[(valuesById[110] = 'DT_BOOL_REF')] = 110
    values[(valuesById[111] = 'DT_QINT8_REF')] = 111
    values[(valuesById[112] = 'DT_QUINT8_REF')] = 112
    values[(valuesById[113] = 'DT_QINT32_REF')] = 113
    values[(valuesById[114] = 'DT_BFLOAT16_REF')] = 114
    values[(valuesById[115] = 'DT_QINT16_REF')] = 115
    values[(valuesById[116] = 'DT_QUINT16_REF')] = 116
    values[(valuesById[117] = 'DT_UINT16_REF')] = 117
    values[(valuesById[118] = 'DT_COMPLEX128_REF')] = 118
    values[(valuesById[119] = 'DT_HALF_REF')] = 119
    values[(valuesById[120] = 'DT_RESOURCE_REF')] = 120
    values[(valuesById[121] = 'DT_VARIANT_REF')] = 121
    values[(valuesById[122] = 'DT_UINT32_REF')] = 122
    values[(valuesById[123] = 'DT_UINT64_REF')] = 123
    values[(valuesById[124] = 'DT_FLOAT8_E5M2_REF')] = 124
    values[(valuesById[125] = 'DT_FLOAT8_E4M3FN_REF')] = 125
    values[(valuesById[126] = 'DT_FLOAT8_E4M3FNUZ_REF')] = 126
    values[(valuesById[127] = 'DT_FLOAT8_E4M3B11FNUZ_REF')] = 127
    values[(valuesById[128] = 'DT_FLOAT8_E5M2FNUZ_REF')] = 128
    values[(valuesById[129] = 'DT_INT4_REF')] = 129
    values[(valuesById[130] = 'DT_UINT4_REF')] = 130
    values[(valuesById[131] = 'DT_INT2_REF')] = 131
    values[(valuesById[132] = 'DT_UINT2_REF')] = 132
    values[(valuesById[133] = 'DT_FLOAT4_E2M1FN_REF')] = 133
    return values
  })()

  tensorflow.SerializedDType = (function () {
    const SerializedDType = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SerializedDType.prototype.datatype = 0

    SerializedDType.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.datatype != null && message.datatype !== 0) writer.uint32(8).int32(message.datatype)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SerializedDType.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_SerializedDType()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.datatype = value
            else delete message.datatype
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return SerializedDType
  })()

  tensorflow.FullTypeId = (function () {
    const valuesById = Object.create(null),
      values = Object.create(valuesById)
    values[(valuesById[0] = 'TFT_UNSET')] = 0
    values[(valuesById[1] = 'TFT_VAR')] = 1
    values[(valuesById[2] = 'TFT_ANY')] = 2
    values[(valuesById[3] = 'TFT_PRODUCT')] = 3
    values[(valuesById[4] = 'TFT_NAMED')] = 4
    values[(valuesById[20] = 'TFT_FOR_EACH')] = 20
    values[(valuesById[100] = 'TFT_CALLABLE')] = 100
    values[(valuesById[1000] = 'TFT_TENSOR')] = 1000
    values[(valuesById[1001] = 'TFT_ARRAY')] = 1001
    values[(valuesById[1002] = 'TFT_OPTIONAL')] = 1002
    values[(valuesById[1003] = 'TFT_LITERAL')] = 1003
    values[(valuesById[1004] = 'TFT_ENCODED')] = 1004
    values[(valuesById[1005] = 'TFT_SHAPE_TENSOR')] = 1005
    values[(valuesById[200] = 'TFT_BOOL')] = 200
    values[(valuesById[201] = 'TFT_UINT8')] = 201
    values[(valuesById[202] = 'TFT_UINT16')] = 202
    values[(valuesById[203] = 'TFT_UINT32')] = 203
    values[(valuesById[204] = 'TFT_UINT64')] = 204
    values[(valuesById[205] = 'TFT_INT8')] = 205
    values[(valuesById[206] = 'TFT_INT16')] = 206
    values[(valuesById[207] = 'TFT_INT32')] = 207
    values[(valuesById[208] = 'TFT_INT64')] = 208
    values[(valuesById[209] = 'TFT_HALF')] = 209
    values[(valuesById[210] = 'TFT_FLOAT')] = 210
    values[(valuesById[211] = 'TFT_DOUBLE')] = 211
    values[(valuesById[215] = 'TFT_BFLOAT16')] = 215
    values[(valuesById[212] = 'TFT_COMPLEX64')] = 212
    values[(valuesById[213] = 'TFT_COMPLEX128')] = 213
    values[(valuesById[214] = 'TFT_STRING')] = 214
    values[(valuesById[10102] = 'TFT_DATASET')] = 10102
    values[(valuesById[10103] = 'TFT_RAGGED')] = 10103
    values[(valuesById[10104] = 'TFT_ITERATOR')] = 10104
    values[(valuesById[10202] = 'TFT_MUTEX_LOCK')] = 10202
    values[(valuesById[10203] = 'TFT_LEGACY_VARIANT')] = 10203
    return values
  })()

  tensorflow.FullTypeDef = (function () {
    const FullTypeDef = function (properties) {
      this.args = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    FullTypeDef.prototype.typeId = 0
    FullTypeDef.prototype.s = null
    FullTypeDef.prototype.i = null

    oneof(FullTypeDef.prototype, 'attr', ['s', 'i'])

    FullTypeDef.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.typeId != null && message.typeId !== 0) writer.uint32(8).int32(message.typeId)
      if (message.args != null && isList(message.args))
        for (let i = 0; i < message.args.length; ++i)
          $tensorflow_FullTypeDef.encode(message.args[i], writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.s != null && Object.hasOwn(message, 's')) writer.uint32(26).string(message.s)
      if (message.i != null && Object.hasOwn(message, 'i')) writer.uint32(32).int64(toLong(message.i))
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    FullTypeDef.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_FullTypeDef()
      let $attr = _target ? message.attr : undefined
      let $args
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.typeId = value
            else delete message.typeId
            continue
          }
          case 2: {
            if (wireType !== 2) break
            $args ??= message.args
            $args.push($tensorflow_FullTypeDef.decode(reader, reader.size(), _depth + 1))
            continue
          }
          case 3: {
            if (wireType !== 2) break
            message.s = reader.stringVerify()
            if ($attr !== 's') {
              if ($attr !== undefined) delete message[$attr]
              $attr = 's'
            }
            continue
          }
          case 4: {
            if (wireType !== 0) break
            message.i = reader.int64()
            if ($attr !== 'i') {
              if ($attr !== undefined) delete message[$attr]
              $attr = 'i'
            }
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($args !== undefined) message.args = fit($args)
      return message
    }

    return FullTypeDef
  })()

  tensorflow.FunctionDefLibrary = (function () {
    const FunctionDefLibrary = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    lazyList(FunctionDefLibrary.prototype, 'function')
    lazyList(FunctionDefLibrary.prototype, 'gradient')
    lazyList(FunctionDefLibrary.prototype, 'registeredGradients')

    FunctionDefLibrary.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (Object.hasOwn(message, 'function') && message.function != null && isList(message.function))
        for (let i = 0; i < message.function.length; ++i)
          $tensorflow_FunctionDef.encode(message.function[i], writer.uint32(10).fork(), _depth + 1).ldelim()
      if (Object.hasOwn(message, 'gradient') && message.gradient != null && isList(message.gradient))
        for (let i = 0; i < message.gradient.length; ++i)
          $tensorflow_GradientDef.encode(message.gradient[i], writer.uint32(18).fork(), _depth + 1).ldelim()
      if (
        Object.hasOwn(message, 'registeredGradients') &&
        message.registeredGradients != null &&
        isList(message.registeredGradients)
      )
        for (let i = 0; i < message.registeredGradients.length; ++i)
          $tensorflow_RegisteredGradient
            .encode(message.registeredGradients[i], writer.uint32(26).fork(), _depth + 1)
            .ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    FunctionDefLibrary.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_FunctionDefLibrary()
      let $function
      let $gradient
      let $registeredGradients
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            $function ??= message.function
            $function.push($tensorflow_FunctionDef.decode(reader, reader.size(), _depth + 1))
            continue
          }
          case 2: {
            if (wireType !== 2) break
            $gradient ??= message.gradient
            $gradient.push($tensorflow_GradientDef.decode(reader, reader.size(), _depth + 1))
            continue
          }
          case 3: {
            if (wireType !== 2) break
            $registeredGradients ??= message.registeredGradients
            $registeredGradients.push($tensorflow_RegisteredGradient.decode(reader, reader.size(), _depth + 1))
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($function !== undefined) message.function = fit($function)
      if ($gradient !== undefined) message.gradient = fit($gradient)
      if ($registeredGradients !== undefined) message.registeredGradients = fit($registeredGradients)
      return message
    }

    return FunctionDefLibrary
  })()

  tensorflow.FunctionDef = (function () {
    const FunctionDef = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    FunctionDef.prototype.signature = null

    lazyMap(FunctionDef.prototype, 'attr')
    lazyMap(FunctionDef.prototype, 'argAttr')
    lazyMap(FunctionDef.prototype, 'resourceArgUniqueId')
    lazyList(FunctionDef.prototype, 'nodeDef')
    lazyMap(FunctionDef.prototype, 'ret')
    lazyMap(FunctionDef.prototype, 'controlRet')

    FunctionDef.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.signature != null && Object.hasOwn(message, 'signature'))
        $tensorflow_OpDef.encode(message.signature, writer.uint32(10).fork(), _depth + 1).ldelim()
      if (Object.hasOwn(message, 'nodeDef') && message.nodeDef != null && isList(message.nodeDef))
        for (let i = 0; i < message.nodeDef.length; ++i)
          $tensorflow_NodeDef.encode(message.nodeDef[i], writer.uint32(26).fork(), _depth + 1).ldelim()
      if (Object.hasOwn(message, 'ret') && message.ret != null && Object.hasOwn(message, 'ret'))
        for (let keys = sortedKeys(message.ret), i = 0; i < keys.length; ++i)
          writer.uint32(34).fork().uint32(10).string(keys[i]).uint32(18).string(message.ret[keys[i]]).ldelim()
      if (Object.hasOwn(message, 'attr') && message.attr != null && Object.hasOwn(message, 'attr'))
        for (let keys = sortedKeys(message.attr), i = 0; i < keys.length; ++i) {
          writer.uint32(42).fork().uint32(10).string(keys[i])
          $tensorflow_AttrValue
            .encode(message.attr[keys[i]], writer.uint32(18).fork(), _depth + 2)
            .ldelim()
            .ldelim()
        }
      if (Object.hasOwn(message, 'controlRet') && message.controlRet != null && Object.hasOwn(message, 'controlRet'))
        for (let keys = sortedKeys(message.controlRet), i = 0; i < keys.length; ++i)
          writer.uint32(50).fork().uint32(10).string(keys[i]).uint32(18).string(message.controlRet[keys[i]]).ldelim()
      if (Object.hasOwn(message, 'argAttr') && message.argAttr != null && Object.hasOwn(message, 'argAttr'))
        for (let keys = sortedNumericKeys(message.argAttr), i = 0; i < keys.length; ++i) {
          writer.uint32(58).fork().uint32(8).uint32(Number(keys[i]))
          $tensorflow_FunctionDef_ArgAttrs
            .encode(message.argAttr[keys[i]], writer.uint32(18).fork(), _depth + 2)
            .ldelim()
            .ldelim()
        }
      if (
        Object.hasOwn(message, 'resourceArgUniqueId') &&
        message.resourceArgUniqueId != null &&
        Object.hasOwn(message, 'resourceArgUniqueId')
      )
        for (let keys = sortedNumericKeys(message.resourceArgUniqueId), i = 0; i < keys.length; ++i)
          writer
            .uint32(66)
            .fork()
            .uint32(8)
            .uint32(Number(keys[i]))
            .uint32(16)
            .uint32(message.resourceArgUniqueId[keys[i]])
            .ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    FunctionDef.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, key, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_FunctionDef()
      let $nodeDef
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            message.signature = $tensorflow_OpDef.decode(reader, reader.size(), _depth + 1, message.signature)
            continue
          }
          case 5: {
            if (wireType !== 2) break
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
            reader.len = end2
            let strange = false
            key = ''
            value = null
            while (reader.pos < end2) {
              let tag2 = reader.tag()
              wireType = tag2 & 7
              switch ((tag2 >>>= 3)) {
                case 1:
                  if (wireType !== 2) break
                  key = reader.stringVerify()
                  continue
                case 2:
                  if (wireType !== 2) break
                  value = $tensorflow_AttrValue.decode(reader, reader.size(), _depth + 2, value)
                  continue
              }
              reader.skip(wireType, tag2)
              strange = true
            }
            if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
            reader.len = end
            if (strange) {
              keepUnknown(message, reader.raw(start, end2))
              continue
            }
            if (key === '__proto__') ownProto(message.attr)
            message.attr[key] = value || new $tensorflow_AttrValue()
            continue
          }
          case 7: {
            if (wireType !== 2) break
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
            reader.len = end2
            let strange = false
            key = 0
            value = null
            while (reader.pos < end2) {
              let tag2 = reader.tag()
              wireType = tag2 & 7
              switch ((tag2 >>>= 3)) {
                case 1:
                  if (wireType !== 0) break
                  key = reader.uint32()
                  continue
                case 2:
                  if (wireType !== 2) break
                  value = $tensorflow_FunctionDef_ArgAttrs.decode(reader, reader.size(), _depth + 2, value)
                  continue
              }
              reader.skip(wireType, tag2)
              strange = true
            }
            if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
            reader.len = end
            if (strange) {
              keepUnknown(message, reader.raw(start, end2))
              continue
            }
            message.argAttr[key] = value || new $tensorflow_FunctionDef_ArgAttrs()
            continue
          }
          case 8: {
            if (wireType !== 2) break
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
            reader.len = end2
            let strange = false
            key = 0
            value = 0
            while (reader.pos < end2) {
              let tag2 = reader.tag()
              wireType = tag2 & 7
              switch ((tag2 >>>= 3)) {
                case 1:
                  if (wireType !== 0) break
                  key = reader.uint32()
                  continue
                case 2:
                  if (wireType !== 0) break
                  value = reader.uint32()
                  continue
              }
              reader.skip(wireType, tag2)
              strange = true
            }
            if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
            reader.len = end
            if (strange) {
              keepUnknown(message, reader.raw(start, end2))
              continue
            }
            message.resourceArgUniqueId[key] = value
            continue
          }
          case 3: {
            if (wireType !== 2) break
            $nodeDef ??= message.nodeDef
            $nodeDef.push($tensorflow_NodeDef.decode(reader, reader.size(), _depth + 1))
            continue
          }
          case 4: {
            if (wireType !== 2) break
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
            reader.len = end2
            let strange = false
            key = ''
            value = ''
            while (reader.pos < end2) {
              let tag2 = reader.tag()
              wireType = tag2 & 7
              switch ((tag2 >>>= 3)) {
                case 1:
                  if (wireType !== 2) break
                  key = reader.stringVerify()
                  continue
                case 2:
                  if (wireType !== 2) break
                  value = reader.stringVerify()
                  continue
              }
              reader.skip(wireType, tag2)
              strange = true
            }
            if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
            reader.len = end
            if (strange) {
              keepUnknown(message, reader.raw(start, end2))
              continue
            }
            if (key === '__proto__') ownProto(message.ret)
            message.ret[key] = value
            continue
          }
          case 6: {
            if (wireType !== 2) break
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
            reader.len = end2
            let strange = false
            key = ''
            value = ''
            while (reader.pos < end2) {
              let tag2 = reader.tag()
              wireType = tag2 & 7
              switch ((tag2 >>>= 3)) {
                case 1:
                  if (wireType !== 2) break
                  key = reader.stringVerify()
                  continue
                case 2:
                  if (wireType !== 2) break
                  value = reader.stringVerify()
                  continue
              }
              reader.skip(wireType, tag2)
              strange = true
            }
            if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
            reader.len = end
            if (strange) {
              keepUnknown(message, reader.raw(start, end2))
              continue
            }
            if (key === '__proto__') ownProto(message.controlRet)
            message.controlRet[key] = value
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($nodeDef !== undefined) message.nodeDef = fit($nodeDef)
      return message
    }

    FunctionDef.ArgAttrs = (function () {
      const ArgAttrs = function (properties) {
        this.attr = {}
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      ArgAttrs.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.attr != null && Object.hasOwn(message, 'attr'))
          for (let keys = sortedKeys(message.attr), i = 0; i < keys.length; ++i) {
            writer.uint32(10).fork().uint32(10).string(keys[i])
            $tensorflow_AttrValue
              .encode(message.attr[keys[i]], writer.uint32(18).fork(), _depth + 2)
              .ldelim()
              .ldelim()
          }
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      ArgAttrs.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message, key, value
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $tensorflow_FunctionDef_ArgAttrs()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              let end2 = reader.size() + reader.pos
              if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
              reader.len = end2
              let strange = false
              key = ''
              value = null
              while (reader.pos < end2) {
                let tag2 = reader.tag()
                wireType = tag2 & 7
                switch ((tag2 >>>= 3)) {
                  case 1:
                    if (wireType !== 2) break
                    key = reader.stringVerify()
                    continue
                  case 2:
                    if (wireType !== 2) break
                    value = $tensorflow_AttrValue.decode(reader, reader.size(), _depth + 2, value)
                    continue
                }
                reader.skip(wireType, tag2)
                strange = true
              }
              if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
              reader.len = end
              if (strange) {
                keepUnknown(message, reader.raw(start, end2))
                continue
              }
              if (key === '__proto__') ownProto(message.attr)
              message.attr[key] = value || new $tensorflow_AttrValue()
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        return message
      }

      return ArgAttrs
    })()

    return FunctionDef
  })()

  tensorflow.GradientDef = (function () {
    const GradientDef = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    GradientDef.prototype.functionName = ''
    GradientDef.prototype.gradientFunc = ''

    GradientDef.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.functionName != null && message.functionName !== '') writer.uint32(10).string(message.functionName)
      if (message.gradientFunc != null && message.gradientFunc !== '') writer.uint32(18).string(message.gradientFunc)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    GradientDef.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_GradientDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.functionName = value
            else delete message.functionName
            continue
          }
          case 2: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.gradientFunc = value
            else delete message.gradientFunc
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return GradientDef
  })()

  tensorflow.RegisteredGradient = (function () {
    const RegisteredGradient = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    RegisteredGradient.prototype.gradientFunc = ''
    RegisteredGradient.prototype.registeredOpType = ''

    RegisteredGradient.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.gradientFunc != null && message.gradientFunc !== '') writer.uint32(10).string(message.gradientFunc)
      if (message.registeredOpType != null && message.registeredOpType !== '')
        writer.uint32(18).string(message.registeredOpType)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    RegisteredGradient.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_RegisteredGradient()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.gradientFunc = value
            else delete message.gradientFunc
            continue
          }
          case 2: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.registeredOpType = value
            else delete message.registeredOpType
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return RegisteredGradient
  })()

  tensorflow.NodeDef = (function () {
    const NodeDef = function (properties) {
      this.input = []
      if (properties !== LATER) this.attr = {}
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    NodeDef.prototype.name = ''
    NodeDef.prototype.op = ''
    NodeDef.prototype.device = ''
    NodeDef.prototype.experimentalDebugInfo = null
    NodeDef.prototype.experimentalType = null

    NodeDef.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.name != null && message.name !== '') writer.uint32(10).string(message.name)
      if (message.op != null && message.op !== '') writer.uint32(18).string(message.op)
      if (message.input != null && isList(message.input))
        for (let i = 0; i < message.input.length; ++i) writer.uint32(26).string(message.input[i])
      if (message.device != null && message.device !== '') writer.uint32(34).string(message.device)
      const elements = elementsOf(message, 'attr', _depth + 2)
      if (elements !== undefined) writer.raw(elements)
      else if (message.attr != null && Object.hasOwn(message, 'attr'))
        for (let keys = sortedKeys(message.attr), i = 0; i < keys.length; ++i) {
          writer.uint32(42).fork().uint32(10).string(keys[i])
          $tensorflow_AttrValue
            .encode(message.attr[keys[i]], writer.uint32(18).fork(), _depth + 2)
            .ldelim()
            .ldelim()
        }
      if (message.experimentalDebugInfo != null && Object.hasOwn(message, 'experimentalDebugInfo'))
        $tensorflow_NodeDef_ExperimentalDebugInfo
          .encode(message.experimentalDebugInfo, writer.uint32(50).fork(), _depth + 1)
          .ldelim()
      if (message.experimentalType != null && Object.hasOwn(message, 'experimentalType'))
        $tensorflow_FullTypeDef.encode(message.experimentalType, writer.uint32(58).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    const laterNodeDef = laterField(
      'attr',
      () => ({}),
      (...args) => NodeDef.decode(...args),
    )
    NodeDef.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, key, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_NodeDef(LATER)
      let later = !_target,
        from = 0,
        to = 0
      let $input
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.name = value
            else delete message.name
            continue
          }
          case 2: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.op = value
            else delete message.op
            continue
          }
          case 3: {
            if (wireType !== 2) break
            $input ??= message.input
            $input.push(reader.stringVerify())
            continue
          }
          case 4: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.device = value
            else delete message.device
            continue
          }
          case 5: {
            if (wireType !== 2) break
            if (later) {
              if ((to === 0 || to === start) && reader.passLater('attr', _depth + 1)) {
                if (to === 0) from = start
                to = reader.pos
                continue
              }
              message.attr = {}
              if (to !== 0) NodeDef.decode(reader.part(from, to), undefined, _depth, message)
              later = false
            }
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
            reader.len = end2
            let strange = false
            key = ''
            value = null
            while (reader.pos < end2) {
              let tag2 = reader.tag()
              wireType = tag2 & 7
              switch ((tag2 >>>= 3)) {
                case 1:
                  if (wireType !== 2) break
                  key = reader.stringVerify()
                  continue
                case 2:
                  if (wireType !== 2) break
                  value = $tensorflow_AttrValue.decode(reader, reader.size(), _depth + 2, value)
                  continue
              }
              reader.skip(wireType, tag2)
              strange = true
            }
            if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
            reader.len = end
            if (strange) {
              keepUnknown(message, reader.raw(start, end2))
              continue
            }
            if (key === '__proto__') ownProto(message.attr)
            message.attr[key] = value || new $tensorflow_AttrValue()
            continue
          }
          case 6: {
            if (wireType !== 2) break
            message.experimentalDebugInfo = $tensorflow_NodeDef_ExperimentalDebugInfo.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.experimentalDebugInfo,
            )
            continue
          }
          case 7: {
            if (wireType !== 2) break
            message.experimentalType = $tensorflow_FullTypeDef.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.experimentalType,
            )
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($input !== undefined) message.input = fit($input)
      if (later && to !== 0) putOff(message, laterNodeDef, reader, from, to)
      else if (later) message.attr = {}
      return message
    }

    NodeDef.ExperimentalDebugInfo = (function () {
      const ExperimentalDebugInfo = function (properties) {
        this.originalNodeNames = []
        this.originalFuncNames = []
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      ExperimentalDebugInfo.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.originalNodeNames != null && isList(message.originalNodeNames))
          for (let i = 0; i < message.originalNodeNames.length; ++i)
            writer.uint32(10).string(message.originalNodeNames[i])
        if (message.originalFuncNames != null && isList(message.originalFuncNames))
          for (let i = 0; i < message.originalFuncNames.length; ++i)
            writer.uint32(18).string(message.originalFuncNames[i])
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      ExperimentalDebugInfo.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $tensorflow_NodeDef_ExperimentalDebugInfo()
        let $originalNodeNames
        let $originalFuncNames
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              $originalNodeNames ??= message.originalNodeNames
              $originalNodeNames.push(reader.stringVerify())
              continue
            }
            case 2: {
              if (wireType !== 2) break
              $originalFuncNames ??= message.originalFuncNames
              $originalFuncNames.push(reader.stringVerify())
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        if ($originalNodeNames !== undefined) message.originalNodeNames = fit($originalNodeNames)
        if ($originalFuncNames !== undefined) message.originalFuncNames = fit($originalFuncNames)
        return message
      }

      return ExperimentalDebugInfo
    })()

    return NodeDef
  })()

  tensorflow.OpDef = (function () {
    const OpDef = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    OpDef.prototype.name = ''
    OpDef.prototype.deprecation = null
    OpDef.prototype.summary = ''
    OpDef.prototype.description = ''
    OpDef.prototype.isCommutative = false
    OpDef.prototype.isAggregate = false
    OpDef.prototype.isStateful = false
    OpDef.prototype.allowsUninitializedInput = false
    OpDef.prototype.isDistributedCommunication = false

    lazyList(OpDef.prototype, 'inputArg')
    lazyList(OpDef.prototype, 'outputArg')
    lazyList(OpDef.prototype, 'controlOutput')
    lazyList(OpDef.prototype, 'attr')

    OpDef.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.name != null && message.name !== '') writer.uint32(10).string(message.name)
      if (Object.hasOwn(message, 'inputArg') && message.inputArg != null && isList(message.inputArg))
        for (let i = 0; i < message.inputArg.length; ++i)
          $tensorflow_OpDef_ArgDef.encode(message.inputArg[i], writer.uint32(18).fork(), _depth + 1).ldelim()
      if (Object.hasOwn(message, 'outputArg') && message.outputArg != null && isList(message.outputArg))
        for (let i = 0; i < message.outputArg.length; ++i)
          $tensorflow_OpDef_ArgDef.encode(message.outputArg[i], writer.uint32(26).fork(), _depth + 1).ldelim()
      if (Object.hasOwn(message, 'attr') && message.attr != null && isList(message.attr))
        for (let i = 0; i < message.attr.length; ++i)
          $tensorflow_OpDef_AttrDef.encode(message.attr[i], writer.uint32(34).fork(), _depth + 1).ldelim()
      if (message.summary != null && message.summary !== '') writer.uint32(42).string(message.summary)
      if (message.description != null && message.description !== '') writer.uint32(50).string(message.description)
      if (message.deprecation != null && Object.hasOwn(message, 'deprecation'))
        $tensorflow_OpDeprecation.encode(message.deprecation, writer.uint32(66).fork(), _depth + 1).ldelim()
      if (message.isAggregate != null && message.isAggregate !== false) writer.uint32(128).bool(message.isAggregate)
      if (message.isStateful != null && message.isStateful !== false) writer.uint32(136).bool(message.isStateful)
      if (message.isCommutative != null && message.isCommutative !== false)
        writer.uint32(144).bool(message.isCommutative)
      if (message.allowsUninitializedInput != null && message.allowsUninitializedInput !== false)
        writer.uint32(152).bool(message.allowsUninitializedInput)
      if (Object.hasOwn(message, 'controlOutput') && message.controlOutput != null && isList(message.controlOutput))
        for (let i = 0; i < message.controlOutput.length; ++i) writer.uint32(162).string(message.controlOutput[i])
      if (message.isDistributedCommunication != null && message.isDistributedCommunication !== false)
        writer.uint32(168).bool(message.isDistributedCommunication)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    OpDef.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_OpDef()
      let $inputArg
      let $outputArg
      let $controlOutput
      let $attr
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.name = value
            else delete message.name
            continue
          }
          case 2: {
            if (wireType !== 2) break
            $inputArg ??= message.inputArg
            $inputArg.push($tensorflow_OpDef_ArgDef.decode(reader, reader.size(), _depth + 1))
            continue
          }
          case 3: {
            if (wireType !== 2) break
            $outputArg ??= message.outputArg
            $outputArg.push($tensorflow_OpDef_ArgDef.decode(reader, reader.size(), _depth + 1))
            continue
          }
          case 20: {
            if (wireType !== 2) break
            $controlOutput ??= message.controlOutput
            $controlOutput.push(reader.stringVerify())
            continue
          }
          case 4: {
            if (wireType !== 2) break
            $attr ??= message.attr
            $attr.push($tensorflow_OpDef_AttrDef.decode(reader, reader.size(), _depth + 1))
            continue
          }
          case 8: {
            if (wireType !== 2) break
            message.deprecation = $tensorflow_OpDeprecation.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.deprecation,
            )
            continue
          }
          case 5: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.summary = value
            else delete message.summary
            continue
          }
          case 6: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.description = value
            else delete message.description
            continue
          }
          case 18: {
            if (wireType !== 0) break
            if ((value = reader.bool())) message.isCommutative = value
            else delete message.isCommutative
            continue
          }
          case 16: {
            if (wireType !== 0) break
            if ((value = reader.bool())) message.isAggregate = value
            else delete message.isAggregate
            continue
          }
          case 17: {
            if (wireType !== 0) break
            if ((value = reader.bool())) message.isStateful = value
            else delete message.isStateful
            continue
          }
          case 19: {
            if (wireType !== 0) break
            if ((value = reader.bool())) message.allowsUninitializedInput = value
            else delete message.allowsUninitializedInput
            continue
          }
          case 21: {
            if (wireType !== 0) break
            if ((value = reader.bool())) message.isDistributedCommunication = value
            else delete message.isDistributedCommunication
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($inputArg !== undefined) message.inputArg = fit($inputArg)
      if ($outputArg !== undefined) message.outputArg = fit($outputArg)
      if ($controlOutput !== undefined) message.controlOutput = fit($controlOutput)
      if ($attr !== undefined) message.attr = fit($attr)
      return message
    }

    OpDef.ArgDef = (function () {
      const ArgDef = function (properties) {
        this.handleData = []
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      ArgDef.prototype.name = ''
      ArgDef.prototype.description = ''
      ArgDef.prototype.type = 0
      ArgDef.prototype.typeAttr = ''
      ArgDef.prototype.numberAttr = ''
      ArgDef.prototype.typeListAttr = ''
      ArgDef.prototype.isRef = false
      ArgDef.prototype.experimentalFullType = null

      ArgDef.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.name != null && message.name !== '') writer.uint32(10).string(message.name)
        if (message.description != null && message.description !== '') writer.uint32(18).string(message.description)
        if (message.type != null && message.type !== 0) writer.uint32(24).int32(message.type)
        if (message.typeAttr != null && message.typeAttr !== '') writer.uint32(34).string(message.typeAttr)
        if (message.numberAttr != null && message.numberAttr !== '') writer.uint32(42).string(message.numberAttr)
        if (message.typeListAttr != null && message.typeListAttr !== '') writer.uint32(50).string(message.typeListAttr)
        if (message.handleData != null && isList(message.handleData))
          for (let i = 0; i < message.handleData.length; ++i)
            $tensorflow_ResourceHandleProto_DtypeAndShape
              .encode(message.handleData[i], writer.uint32(58).fork(), _depth + 1)
              .ldelim()
        if (message.isRef != null && message.isRef !== false) writer.uint32(128).bool(message.isRef)
        if (message.experimentalFullType != null && Object.hasOwn(message, 'experimentalFullType'))
          $tensorflow_FullTypeDef.encode(message.experimentalFullType, writer.uint32(138).fork(), _depth + 1).ldelim()
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      ArgDef.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message, value
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $tensorflow_OpDef_ArgDef()
        let $handleData
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              if ((value = reader.stringVerify()).length) message.name = value
              else delete message.name
              continue
            }
            case 2: {
              if (wireType !== 2) break
              if ((value = reader.stringVerify()).length) message.description = value
              else delete message.description
              continue
            }
            case 3: {
              if (wireType !== 0) break
              if ((value = reader.int32())) message.type = value
              else delete message.type
              continue
            }
            case 4: {
              if (wireType !== 2) break
              if ((value = reader.stringVerify()).length) message.typeAttr = value
              else delete message.typeAttr
              continue
            }
            case 5: {
              if (wireType !== 2) break
              if ((value = reader.stringVerify()).length) message.numberAttr = value
              else delete message.numberAttr
              continue
            }
            case 6: {
              if (wireType !== 2) break
              if ((value = reader.stringVerify()).length) message.typeListAttr = value
              else delete message.typeListAttr
              continue
            }
            case 7: {
              if (wireType !== 2) break
              $handleData ??= message.handleData
              $handleData.push($tensorflow_ResourceHandleProto_DtypeAndShape.decode(reader, reader.size(), _depth + 1))
              continue
            }
            case 16: {
              if (wireType !== 0) break
              if ((value = reader.bool())) message.isRef = value
              else delete message.isRef
              continue
            }
            case 17: {
              if (wireType !== 2) break
              message.experimentalFullType = $tensorflow_FullTypeDef.decode(
                reader,
                reader.size(),
                _depth + 1,
                message.experimentalFullType,
              )
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        if ($handleData !== undefined) message.handleData = fit($handleData)
        return message
      }

      return ArgDef
    })()

    OpDef.AttrDef = (function () {
      const AttrDef = function (properties) {
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      AttrDef.prototype.name = ''
      AttrDef.prototype.type = ''
      AttrDef.prototype.defaultValue = null
      AttrDef.prototype.description = ''
      AttrDef.prototype.hasMinimum = false
      AttrDef.prototype.minimum = Long.fromBits(0, 0, false)
      AttrDef.prototype.allowedValues = null

      AttrDef.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.name != null && message.name !== '') writer.uint32(10).string(message.name)
        if (message.type != null && message.type !== '') writer.uint32(18).string(message.type)
        if (message.defaultValue != null && Object.hasOwn(message, 'defaultValue'))
          $tensorflow_AttrValue.encode(message.defaultValue, writer.uint32(26).fork(), _depth + 1).ldelim()
        if (message.description != null && message.description !== '') writer.uint32(34).string(message.description)
        if (message.hasMinimum != null && message.hasMinimum !== false) writer.uint32(40).bool(message.hasMinimum)
        if (message.minimum != null && isNonZero(message.minimum)) writer.uint32(48).int64(toLong(message.minimum))
        if (message.allowedValues != null && Object.hasOwn(message, 'allowedValues'))
          $tensorflow_AttrValue.encode(message.allowedValues, writer.uint32(58).fork(), _depth + 1).ldelim()
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      AttrDef.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message, value
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $tensorflow_OpDef_AttrDef()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              if ((value = reader.stringVerify()).length) message.name = value
              else delete message.name
              continue
            }
            case 2: {
              if (wireType !== 2) break
              if ((value = reader.stringVerify()).length) message.type = value
              else delete message.type
              continue
            }
            case 3: {
              if (wireType !== 2) break
              message.defaultValue = $tensorflow_AttrValue.decode(
                reader,
                reader.size(),
                _depth + 1,
                message.defaultValue,
              )
              continue
            }
            case 4: {
              if (wireType !== 2) break
              if ((value = reader.stringVerify()).length) message.description = value
              else delete message.description
              continue
            }
            case 5: {
              if (wireType !== 0) break
              if ((value = reader.bool())) message.hasMinimum = value
              else delete message.hasMinimum
              continue
            }
            case 6: {
              if (wireType !== 0) break
              if (typeof (value = reader.int64()) === 'object' ? value.low || value.high : value !== 0)
                message.minimum = value
              else delete message.minimum
              continue
            }
            case 7: {
              if (wireType !== 2) break
              message.allowedValues = $tensorflow_AttrValue.decode(
                reader,
                reader.size(),
                _depth + 1,
                message.allowedValues,
              )
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        return message
      }

      return AttrDef
    })()

    return OpDef
  })()

  tensorflow.OpDeprecation = (function () {
    const OpDeprecation = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    OpDeprecation.prototype.version = 0
    OpDeprecation.prototype.explanation = ''

    OpDeprecation.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.version != null && message.version !== 0) writer.uint32(8).int32(message.version)
      if (message.explanation != null && message.explanation !== '') writer.uint32(18).string(message.explanation)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    OpDeprecation.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_OpDeprecation()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.version = value
            else delete message.version
            continue
          }
          case 2: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.explanation = value
            else delete message.explanation
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return OpDeprecation
  })()

  tensorflow.OpList = (function () {
    const OpList = function (properties) {
      this.op = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    OpList.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.op != null && isList(message.op))
        for (let i = 0; i < message.op.length; ++i)
          $tensorflow_OpDef.encode(message.op[i], writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    OpList.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_OpList()
      let $op
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            $op ??= message.op
            $op.push($tensorflow_OpDef.decode(reader, reader.size(), _depth + 1))
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($op !== undefined) message.op = fit($op)
      return message
    }

    return OpList
  })()

  tensorflow.GraphDef = (function () {
    const GraphDef = function (properties) {
      if (properties !== LATER) this.node = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    GraphDef.prototype.versions = null
    GraphDef.prototype.version = 0
    GraphDef.prototype.library = null
    GraphDef.prototype.debugInfo = null

    GraphDef.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      const elements = elementsOf(message, 'node', _depth + 1)
      if (elements !== undefined) writer.raw(elements)
      else if (message.node != null && isList(message.node))
        for (let i = 0; i < message.node.length; ++i)
          $tensorflow_NodeDef.encode(message.node[i], writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.library != null && Object.hasOwn(message, 'library'))
        $tensorflow_FunctionDefLibrary.encode(message.library, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.version != null && message.version !== 0) writer.uint32(24).int32(message.version)
      if (message.versions != null && Object.hasOwn(message, 'versions'))
        $tensorflow_VersionDef.encode(message.versions, writer.uint32(34).fork(), _depth + 1).ldelim()
      if (message.debugInfo != null && Object.hasOwn(message, 'debugInfo'))
        $tensorflow_GraphDebugInfo.encode(message.debugInfo, writer.uint32(42).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    const laterGraphDef = laterField(
      'node',
      () => [],
      (...args) => GraphDef.decode(...args),
    )
    GraphDef.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_GraphDef(LATER)
      let later = !_target,
        from = 0,
        to = 0
      let $node
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if (later) {
              if ((to === 0 || to === start) && reader.passLater('node', _depth + 1)) {
                if (to === 0) from = start
                to = reader.pos
                continue
              }
              message.node = []
              if (to !== 0) GraphDef.decode(reader.part(from, to), undefined, _depth, message)
              later = false
            }
            $node ??= message.node
            $node.push($tensorflow_NodeDef.decode(reader, reader.size(), _depth + 1))
            continue
          }
          case 4: {
            if (wireType !== 2) break
            message.versions = $tensorflow_VersionDef.decode(reader, reader.size(), _depth + 1, message.versions)
            continue
          }
          case 3: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.version = value
            else delete message.version
            continue
          }
          case 2: {
            if (wireType !== 2) break
            message.library = $tensorflow_FunctionDefLibrary.decode(reader, reader.size(), _depth + 1, message.library)
            continue
          }
          case 5: {
            if (wireType !== 2) break
            message.debugInfo = $tensorflow_GraphDebugInfo.decode(reader, reader.size(), _depth + 1, message.debugInfo)
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($node !== undefined) message.node = fit($node)
      if (later && to !== 0) putOff(message, laterGraphDef, reader, from, to)
      else if (later) message.node = []
      return message
    }

    return GraphDef
  })()

  tensorflow.GraphDebugInfo = (function () {
    const GraphDebugInfo = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    lazyList(GraphDebugInfo.prototype, 'files')
    lazyMap(GraphDebugInfo.prototype, 'framesById')
    lazyMap(GraphDebugInfo.prototype, 'tracesById')
    lazyMap(GraphDebugInfo.prototype, 'traces')
    lazyMap(GraphDebugInfo.prototype, 'nameToTraceId')

    GraphDebugInfo.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (Object.hasOwn(message, 'files') && message.files != null && isList(message.files))
        for (let i = 0; i < message.files.length; ++i) writer.uint32(10).looseString(message.files[i])
      if (Object.hasOwn(message, 'traces') && message.traces != null && Object.hasOwn(message, 'traces'))
        for (let keys = sortedKeys(message.traces), i = 0; i < keys.length; ++i) {
          writer.uint32(18).fork().uint32(10).looseString(keys[i])
          $tensorflow_GraphDebugInfo_StackTrace
            .encode(message.traces[keys[i]], writer.uint32(18).fork(), _depth + 2)
            .ldelim()
            .ldelim()
        }
      if (Object.hasOwn(message, 'framesById') && message.framesById != null && Object.hasOwn(message, 'framesById'))
        for (let keys = sortedNumericKeys(message.framesById), i = 0; i < keys.length; ++i) {
          writer.uint32(34).fork().uint32(9).fixed64(toLong(keys[i]))
          $tensorflow_GraphDebugInfo_FileLineCol
            .encode(message.framesById[keys[i]], writer.uint32(18).fork(), _depth + 2)
            .ldelim()
            .ldelim()
        }
      if (
        Object.hasOwn(message, 'nameToTraceId') &&
        message.nameToTraceId != null &&
        Object.hasOwn(message, 'nameToTraceId')
      )
        for (let keys = sortedKeys(message.nameToTraceId), i = 0; i < keys.length; ++i)
          writer
            .uint32(42)
            .fork()
            .uint32(10)
            .looseString(keys[i])
            .uint32(17)
            .fixed64(toLong(message.nameToTraceId[keys[i]]))
            .ldelim()
      if (Object.hasOwn(message, 'tracesById') && message.tracesById != null && Object.hasOwn(message, 'tracesById'))
        for (let keys = sortedNumericKeys(message.tracesById), i = 0; i < keys.length; ++i) {
          writer.uint32(50).fork().uint32(9).fixed64(toLong(keys[i]))
          $tensorflow_GraphDebugInfo_StackTrace
            .encode(message.tracesById[keys[i]], writer.uint32(18).fork(), _depth + 2)
            .ldelim()
            .ldelim()
        }
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    GraphDebugInfo.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, key, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_GraphDebugInfo()
      let $files
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            $files ??= message.files
            $files.push(reader.string())
            continue
          }
          case 4: {
            if (wireType !== 2) break
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
            reader.len = end2
            let strange = false
            key = 0
            value = null
            while (reader.pos < end2) {
              let tag2 = reader.tag()
              wireType = tag2 & 7
              switch ((tag2 >>>= 3)) {
                case 1:
                  if (wireType !== 1) break
                  key = reader.fixed64()
                  continue
                case 2:
                  if (wireType !== 2) break
                  value = $tensorflow_GraphDebugInfo_FileLineCol.decode(reader, reader.size(), _depth + 2, value)
                  continue
              }
              reader.skip(wireType, tag2)
              strange = true
            }
            if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
            reader.len = end
            if (strange) {
              keepUnknown(message, reader.raw(start, end2))
              continue
            }
            message.framesById[String(key)] = value || new $tensorflow_GraphDebugInfo_FileLineCol()
            continue
          }
          case 6: {
            if (wireType !== 2) break
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
            reader.len = end2
            let strange = false
            key = 0
            value = null
            while (reader.pos < end2) {
              let tag2 = reader.tag()
              wireType = tag2 & 7
              switch ((tag2 >>>= 3)) {
                case 1:
                  if (wireType !== 1) break
                  key = reader.fixed64()
                  continue
                case 2:
                  if (wireType !== 2) break
                  value = $tensorflow_GraphDebugInfo_StackTrace.decode(reader, reader.size(), _depth + 2, value)
                  continue
              }
              reader.skip(wireType, tag2)
              strange = true
            }
            if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
            reader.len = end
            if (strange) {
              keepUnknown(message, reader.raw(start, end2))
              continue
            }
            message.tracesById[String(key)] = value || new $tensorflow_GraphDebugInfo_StackTrace()
            continue
          }
          case 2: {
            if (wireType !== 2) break
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
            reader.len = end2
            let strange = false
            key = ''
            value = null
            while (reader.pos < end2) {
              let tag2 = reader.tag()
              wireType = tag2 & 7
              switch ((tag2 >>>= 3)) {
                case 1:
                  if (wireType !== 2) break
                  key = reader.string()
                  continue
                case 2:
                  if (wireType !== 2) break
                  value = $tensorflow_GraphDebugInfo_StackTrace.decode(reader, reader.size(), _depth + 2, value)
                  continue
              }
              reader.skip(wireType, tag2)
              strange = true
            }
            if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
            reader.len = end
            if (strange) {
              keepUnknown(message, reader.raw(start, end2))
              continue
            }
            if (key === '__proto__') ownProto(message.traces)
            message.traces[key] = value || new $tensorflow_GraphDebugInfo_StackTrace()
            continue
          }
          case 5: {
            if (wireType !== 2) break
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
            reader.len = end2
            let strange = false
            key = ''
            value = Long.fromNumber(0, true)
            while (reader.pos < end2) {
              let tag2 = reader.tag()
              wireType = tag2 & 7
              switch ((tag2 >>>= 3)) {
                case 1:
                  if (wireType !== 2) break
                  key = reader.string()
                  continue
                case 2:
                  if (wireType !== 1) break
                  value = reader.fixed64()
                  continue
              }
              reader.skip(wireType, tag2)
              strange = true
            }
            if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
            reader.len = end
            if (strange) {
              keepUnknown(message, reader.raw(start, end2))
              continue
            }
            if (key === '__proto__') ownProto(message.nameToTraceId)
            message.nameToTraceId[key] = value
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($files !== undefined) message.files = fit($files)
      return message
    }

    GraphDebugInfo.FileLineCol = (function () {
      const FileLineCol = function (properties) {
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      FileLineCol.prototype.fileIndex = 0
      FileLineCol.prototype.line = 0
      FileLineCol.prototype.col = 0
      FileLineCol.prototype.func = ''
      FileLineCol.prototype.code = ''

      FileLineCol.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.fileIndex != null && Object.hasOwn(message, 'fileIndex')) writer.uint32(8).int32(message.fileIndex)
        if (message.line != null && Object.hasOwn(message, 'line')) writer.uint32(16).int32(message.line)
        if (message.col != null && Object.hasOwn(message, 'col')) writer.uint32(24).int32(message.col)
        if (message.func != null && Object.hasOwn(message, 'func')) writer.uint32(34).looseString(message.func)
        if (message.code != null && Object.hasOwn(message, 'code')) writer.uint32(42).looseString(message.code)
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      FileLineCol.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $tensorflow_GraphDebugInfo_FileLineCol()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 0) break
              message.fileIndex = reader.int32()
              continue
            }
            case 2: {
              if (wireType !== 0) break
              message.line = reader.int32()
              continue
            }
            case 3: {
              if (wireType !== 0) break
              message.col = reader.int32()
              continue
            }
            case 4: {
              if (wireType !== 2) break
              message.func = reader.string()
              continue
            }
            case 5: {
              if (wireType !== 2) break
              message.code = reader.string()
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        return message
      }

      return FileLineCol
    })()

    GraphDebugInfo.StackTrace = (function () {
      const StackTrace = function (properties) {
        this.fileLineCols = []
        this.frameId = []
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      StackTrace.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.fileLineCols != null && isList(message.fileLineCols))
          for (let i = 0; i < message.fileLineCols.length; ++i)
            $tensorflow_GraphDebugInfo_FileLineCol
              .encode(message.fileLineCols[i], writer.uint32(10).fork(), _depth + 1)
              .ldelim()
        if (message.frameId != null && isList(message.frameId)) writer.uint32(18).fixed64s(toLongs(message.frameId))
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      StackTrace.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $tensorflow_GraphDebugInfo_StackTrace()
        let $fileLineCols
        let $frameId
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              $fileLineCols ??= message.fileLineCols
              $fileLineCols.push($tensorflow_GraphDebugInfo_FileLineCol.decode(reader, reader.size(), _depth + 1))
              continue
            }
            case 2: {
              if (wireType === 2) {
                $frameId ??= message.frameId
                reader.fixed64s($frameId)
                continue
              }
              if (wireType !== 1) break
              $frameId ??= message.frameId
              $frameId.push(reader.fixed64())
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        if ($fileLineCols !== undefined) message.fileLineCols = fit($fileLineCols)
        if ($frameId !== undefined) message.frameId = fit($frameId)
        return message
      }

      return StackTrace
    })()

    return GraphDebugInfo
  })()

  tensorflow.VersionDef = (function () {
    const VersionDef = function (properties) {
      this.badConsumers = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    VersionDef.prototype.producer = 0
    VersionDef.prototype.minConsumer = 0

    VersionDef.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.producer != null && message.producer !== 0) writer.uint32(8).int32(message.producer)
      if (message.minConsumer != null && message.minConsumer !== 0) writer.uint32(16).int32(message.minConsumer)
      if (message.badConsumers != null && isList(message.badConsumers)) writer.uint32(26).int32s(message.badConsumers)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    VersionDef.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_VersionDef()
      let $badConsumers
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.producer = value
            else delete message.producer
            continue
          }
          case 2: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.minConsumer = value
            else delete message.minConsumer
            continue
          }
          case 3: {
            if (wireType === 2) {
              $badConsumers ??= message.badConsumers
              reader.int32s($badConsumers)
              continue
            }
            if (wireType !== 0) break
            $badConsumers ??= message.badConsumers
            $badConsumers.push(reader.int32())
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($badConsumers !== undefined) message.badConsumers = fit($badConsumers)
      return message
    }

    return VersionDef
  })()

  tensorflow.VariableSynchronization = (function () {
    const valuesById = Object.create(null),
      values = Object.create(valuesById)
    values[(valuesById[0] = 'VARIABLE_SYNCHRONIZATION_AUTO')] = 0
    values[(valuesById[1] = 'VARIABLE_SYNCHRONIZATION_NONE')] = 1
    values[(valuesById[2] = 'VARIABLE_SYNCHRONIZATION_ON_WRITE')] = 2
    values[(valuesById[3] = 'VARIABLE_SYNCHRONIZATION_ON_READ')] = 3
    return values
  })()

  tensorflow.VariableAggregation = (function () {
    const valuesById = Object.create(null),
      values = Object.create(valuesById)
    values[(valuesById[0] = 'VARIABLE_AGGREGATION_NONE')] = 0
    values[(valuesById[1] = 'VARIABLE_AGGREGATION_SUM')] = 1
    values[(valuesById[2] = 'VARIABLE_AGGREGATION_MEAN')] = 2
    values[(valuesById[3] = 'VARIABLE_AGGREGATION_ONLY_FIRST_REPLICA')] = 3
    return values
  })()

  tensorflow.VariableDef = (function () {
    const VariableDef = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    VariableDef.prototype.variableName = ''
    VariableDef.prototype.initialValueName = ''
    VariableDef.prototype.initializerName = ''
    VariableDef.prototype.snapshotName = ''
    VariableDef.prototype.saveSliceInfoDef = null
    VariableDef.prototype.isResource = false
    VariableDef.prototype.trainable = false
    VariableDef.prototype.synchronization = 0
    VariableDef.prototype.aggregation = 0

    VariableDef.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.variableName != null && message.variableName !== '') writer.uint32(10).string(message.variableName)
      if (message.initializerName != null && message.initializerName !== '')
        writer.uint32(18).string(message.initializerName)
      if (message.snapshotName != null && message.snapshotName !== '') writer.uint32(26).string(message.snapshotName)
      if (message.saveSliceInfoDef != null && Object.hasOwn(message, 'saveSliceInfoDef'))
        $tensorflow_SaveSliceInfoDef.encode(message.saveSliceInfoDef, writer.uint32(34).fork(), _depth + 1).ldelim()
      if (message.isResource != null && message.isResource !== false) writer.uint32(40).bool(message.isResource)
      if (message.initialValueName != null && message.initialValueName !== '')
        writer.uint32(50).string(message.initialValueName)
      if (message.trainable != null && message.trainable !== false) writer.uint32(56).bool(message.trainable)
      if (message.synchronization != null && message.synchronization !== 0)
        writer.uint32(64).int32(message.synchronization)
      if (message.aggregation != null && message.aggregation !== 0) writer.uint32(72).int32(message.aggregation)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    VariableDef.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_VariableDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.variableName = value
            else delete message.variableName
            continue
          }
          case 6: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.initialValueName = value
            else delete message.initialValueName
            continue
          }
          case 2: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.initializerName = value
            else delete message.initializerName
            continue
          }
          case 3: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.snapshotName = value
            else delete message.snapshotName
            continue
          }
          case 4: {
            if (wireType !== 2) break
            message.saveSliceInfoDef = $tensorflow_SaveSliceInfoDef.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.saveSliceInfoDef,
            )
            continue
          }
          case 5: {
            if (wireType !== 0) break
            if ((value = reader.bool())) message.isResource = value
            else delete message.isResource
            continue
          }
          case 7: {
            if (wireType !== 0) break
            if ((value = reader.bool())) message.trainable = value
            else delete message.trainable
            continue
          }
          case 8: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.synchronization = value
            else delete message.synchronization
            continue
          }
          case 9: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.aggregation = value
            else delete message.aggregation
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return VariableDef
  })()

  tensorflow.SaveSliceInfoDef = (function () {
    const SaveSliceInfoDef = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SaveSliceInfoDef.prototype.fullName = ''

    lazyList(SaveSliceInfoDef.prototype, 'fullShape')
    lazyList(SaveSliceInfoDef.prototype, 'varOffset')
    lazyList(SaveSliceInfoDef.prototype, 'varShape')

    SaveSliceInfoDef.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.fullName != null && message.fullName !== '') writer.uint32(10).string(message.fullName)
      if (Object.hasOwn(message, 'fullShape') && message.fullShape != null && isList(message.fullShape))
        writer.uint32(18).int64s(toLongs(message.fullShape))
      if (Object.hasOwn(message, 'varOffset') && message.varOffset != null && isList(message.varOffset))
        writer.uint32(26).int64s(toLongs(message.varOffset))
      if (Object.hasOwn(message, 'varShape') && message.varShape != null && isList(message.varShape))
        writer.uint32(34).int64s(toLongs(message.varShape))
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SaveSliceInfoDef.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_SaveSliceInfoDef()
      let $fullShape
      let $varOffset
      let $varShape
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.fullName = value
            else delete message.fullName
            continue
          }
          case 2: {
            if (wireType === 2) {
              $fullShape ??= message.fullShape
              reader.int64s($fullShape)
              continue
            }
            if (wireType !== 0) break
            $fullShape ??= message.fullShape
            $fullShape.push(reader.int64())
            continue
          }
          case 3: {
            if (wireType === 2) {
              $varOffset ??= message.varOffset
              reader.int64s($varOffset)
              continue
            }
            if (wireType !== 0) break
            $varOffset ??= message.varOffset
            $varOffset.push(reader.int64())
            continue
          }
          case 4: {
            if (wireType === 2) {
              $varShape ??= message.varShape
              reader.int64s($varShape)
              continue
            }
            if (wireType !== 0) break
            $varShape ??= message.varShape
            $varShape.push(reader.int64())
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($fullShape !== undefined) message.fullShape = fit($fullShape)
      if ($varOffset !== undefined) message.varOffset = fit($varOffset)
      if ($varShape !== undefined) message.varShape = fit($varShape)
      return message
    }

    return SaveSliceInfoDef
  })()

  tensorflow.ValuesDef = (function () {
    const ValuesDef = function (properties) {
      this.values = []
      this.externalValues = {}
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    ValuesDef.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.values != null && isList(message.values))
        for (let i = 0; i < message.values.length; ++i) writer.uint32(10).string(message.values[i])
      if (message.externalValues != null && Object.hasOwn(message, 'externalValues'))
        for (let keys = sortedKeys(message.externalValues), i = 0; i < keys.length; ++i)
          writer
            .uint32(18)
            .fork()
            .uint32(10)
            .string(keys[i])
            .uint32(18)
            .string(message.externalValues[keys[i]])
            .ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    ValuesDef.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, key, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_ValuesDef()
      let $values
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            $values ??= message.values
            $values.push(reader.stringVerify())
            continue
          }
          case 2: {
            if (wireType !== 2) break
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
            reader.len = end2
            let strange = false
            key = ''
            value = ''
            while (reader.pos < end2) {
              let tag2 = reader.tag()
              wireType = tag2 & 7
              switch ((tag2 >>>= 3)) {
                case 1:
                  if (wireType !== 2) break
                  key = reader.stringVerify()
                  continue
                case 2:
                  if (wireType !== 2) break
                  value = reader.stringVerify()
                  continue
              }
              reader.skip(wireType, tag2)
              strange = true
            }
            if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
            reader.len = end
            if (strange) {
              keepUnknown(message, reader.raw(start, end2))
              continue
            }
            if (key === '__proto__') ownProto(message.externalValues)
            message.externalValues[key] = value
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($values !== undefined) message.values = fit($values)
      return message
    }

    return ValuesDef
  })()

  tensorflow.ControlFlowContextDef = (function () {
    const ControlFlowContextDef = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    ControlFlowContextDef.prototype.condCtxt = null
    ControlFlowContextDef.prototype.whileCtxt = null

    oneof(ControlFlowContextDef.prototype, 'ctxt', ['condCtxt', 'whileCtxt'])

    ControlFlowContextDef.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.condCtxt != null && Object.hasOwn(message, 'condCtxt'))
        $tensorflow_CondContextDef.encode(message.condCtxt, writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.whileCtxt != null && Object.hasOwn(message, 'whileCtxt'))
        $tensorflow_WhileContextDef.encode(message.whileCtxt, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    ControlFlowContextDef.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_ControlFlowContextDef()
      let $ctxt = _target ? message.ctxt : undefined
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            message.condCtxt = $tensorflow_CondContextDef.decode(reader, reader.size(), _depth + 1, message.condCtxt)
            if ($ctxt !== 'condCtxt') {
              if ($ctxt !== undefined) delete message[$ctxt]
              $ctxt = 'condCtxt'
            }
            continue
          }
          case 2: {
            if (wireType !== 2) break
            message.whileCtxt = $tensorflow_WhileContextDef.decode(reader, reader.size(), _depth + 1, message.whileCtxt)
            if ($ctxt !== 'whileCtxt') {
              if ($ctxt !== undefined) delete message[$ctxt]
              $ctxt = 'whileCtxt'
            }
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return ControlFlowContextDef
  })()

  tensorflow.CondContextDef = (function () {
    const CondContextDef = function (properties) {
      this.nestedContexts = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    CondContextDef.prototype.contextName = ''
    CondContextDef.prototype.predName = ''
    CondContextDef.prototype.pivotName = ''
    CondContextDef.prototype.branch = 0
    CondContextDef.prototype.valuesDef = null

    CondContextDef.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.contextName != null && message.contextName !== '') writer.uint32(10).string(message.contextName)
      if (message.predName != null && message.predName !== '') writer.uint32(18).string(message.predName)
      if (message.pivotName != null && message.pivotName !== '') writer.uint32(26).string(message.pivotName)
      if (message.branch != null && message.branch !== 0) writer.uint32(32).int32(message.branch)
      if (message.valuesDef != null && Object.hasOwn(message, 'valuesDef'))
        $tensorflow_ValuesDef.encode(message.valuesDef, writer.uint32(42).fork(), _depth + 1).ldelim()
      if (message.nestedContexts != null && isList(message.nestedContexts))
        for (let i = 0; i < message.nestedContexts.length; ++i)
          $tensorflow_ControlFlowContextDef
            .encode(message.nestedContexts[i], writer.uint32(50).fork(), _depth + 1)
            .ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    CondContextDef.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_CondContextDef()
      let $nestedContexts
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.contextName = value
            else delete message.contextName
            continue
          }
          case 2: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.predName = value
            else delete message.predName
            continue
          }
          case 3: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.pivotName = value
            else delete message.pivotName
            continue
          }
          case 4: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.branch = value
            else delete message.branch
            continue
          }
          case 5: {
            if (wireType !== 2) break
            message.valuesDef = $tensorflow_ValuesDef.decode(reader, reader.size(), _depth + 1, message.valuesDef)
            continue
          }
          case 6: {
            if (wireType !== 2) break
            $nestedContexts ??= message.nestedContexts
            $nestedContexts.push($tensorflow_ControlFlowContextDef.decode(reader, reader.size(), _depth + 1))
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($nestedContexts !== undefined) message.nestedContexts = fit($nestedContexts)
      return message
    }

    return CondContextDef
  })()

  tensorflow.WhileContextDef = (function () {
    const WhileContextDef = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    WhileContextDef.prototype.contextName = ''
    WhileContextDef.prototype.parallelIterations = 0
    WhileContextDef.prototype.backProp = false
    WhileContextDef.prototype.swapMemory = false
    WhileContextDef.prototype.pivotName = ''
    WhileContextDef.prototype.pivotForPredName = ''
    WhileContextDef.prototype.pivotForBodyName = ''
    WhileContextDef.prototype.valuesDef = null
    WhileContextDef.prototype.maximumIterationsName = ''

    lazyList(WhileContextDef.prototype, 'loopExitNames')
    lazyList(WhileContextDef.prototype, 'loopEnterNames')
    lazyList(WhileContextDef.prototype, 'nestedContexts')

    WhileContextDef.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.contextName != null && message.contextName !== '') writer.uint32(10).string(message.contextName)
      if (message.parallelIterations != null && message.parallelIterations !== 0)
        writer.uint32(16).int32(message.parallelIterations)
      if (message.backProp != null && message.backProp !== false) writer.uint32(24).bool(message.backProp)
      if (message.swapMemory != null && message.swapMemory !== false) writer.uint32(32).bool(message.swapMemory)
      if (message.pivotName != null && message.pivotName !== '') writer.uint32(42).string(message.pivotName)
      if (message.pivotForPredName != null && message.pivotForPredName !== '')
        writer.uint32(50).string(message.pivotForPredName)
      if (message.pivotForBodyName != null && message.pivotForBodyName !== '')
        writer.uint32(58).string(message.pivotForBodyName)
      if (Object.hasOwn(message, 'loopExitNames') && message.loopExitNames != null && isList(message.loopExitNames))
        for (let i = 0; i < message.loopExitNames.length; ++i) writer.uint32(66).string(message.loopExitNames[i])
      if (message.valuesDef != null && Object.hasOwn(message, 'valuesDef'))
        $tensorflow_ValuesDef.encode(message.valuesDef, writer.uint32(74).fork(), _depth + 1).ldelim()
      if (Object.hasOwn(message, 'loopEnterNames') && message.loopEnterNames != null && isList(message.loopEnterNames))
        for (let i = 0; i < message.loopEnterNames.length; ++i) writer.uint32(82).string(message.loopEnterNames[i])
      if (message.maximumIterationsName != null && message.maximumIterationsName !== '')
        writer.uint32(90).string(message.maximumIterationsName)
      if (Object.hasOwn(message, 'nestedContexts') && message.nestedContexts != null && isList(message.nestedContexts))
        for (let i = 0; i < message.nestedContexts.length; ++i)
          $tensorflow_ControlFlowContextDef
            .encode(message.nestedContexts[i], writer.uint32(98).fork(), _depth + 1)
            .ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    WhileContextDef.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_WhileContextDef()
      let $loopExitNames
      let $loopEnterNames
      let $nestedContexts
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.contextName = value
            else delete message.contextName
            continue
          }
          case 2: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.parallelIterations = value
            else delete message.parallelIterations
            continue
          }
          case 3: {
            if (wireType !== 0) break
            if ((value = reader.bool())) message.backProp = value
            else delete message.backProp
            continue
          }
          case 4: {
            if (wireType !== 0) break
            if ((value = reader.bool())) message.swapMemory = value
            else delete message.swapMemory
            continue
          }
          case 5: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.pivotName = value
            else delete message.pivotName
            continue
          }
          case 6: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.pivotForPredName = value
            else delete message.pivotForPredName
            continue
          }
          case 7: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.pivotForBodyName = value
            else delete message.pivotForBodyName
            continue
          }
          case 8: {
            if (wireType !== 2) break
            $loopExitNames ??= message.loopExitNames
            $loopExitNames.push(reader.stringVerify())
            continue
          }
          case 10: {
            if (wireType !== 2) break
            $loopEnterNames ??= message.loopEnterNames
            $loopEnterNames.push(reader.stringVerify())
            continue
          }
          case 9: {
            if (wireType !== 2) break
            message.valuesDef = $tensorflow_ValuesDef.decode(reader, reader.size(), _depth + 1, message.valuesDef)
            continue
          }
          case 11: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.maximumIterationsName = value
            else delete message.maximumIterationsName
            continue
          }
          case 12: {
            if (wireType !== 2) break
            $nestedContexts ??= message.nestedContexts
            $nestedContexts.push($tensorflow_ControlFlowContextDef.decode(reader, reader.size(), _depth + 1))
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($loopExitNames !== undefined) message.loopExitNames = fit($loopExitNames)
      if ($loopEnterNames !== undefined) message.loopEnterNames = fit($loopEnterNames)
      if ($nestedContexts !== undefined) message.nestedContexts = fit($nestedContexts)
      return message
    }

    return WhileContextDef
  })()

  tensorflow.error = (function () {
    const error = {}

    error.dummy = (function () {
      const dummy = {}

      return dummy
    })()

    error.Code = (function () {
      const valuesById = Object.create(null),
        values = Object.create(valuesById)
      values[(valuesById[0] = 'OK')] = 0
      values[(valuesById[1] = 'CANCELLED')] = 1
      values[(valuesById[2] = 'UNKNOWN')] = 2
      values[(valuesById[3] = 'INVALID_ARGUMENT')] = 3
      values[(valuesById[4] = 'DEADLINE_EXCEEDED')] = 4
      values[(valuesById[5] = 'NOT_FOUND')] = 5
      values[(valuesById[6] = 'ALREADY_EXISTS')] = 6
      values[(valuesById[7] = 'PERMISSION_DENIED')] = 7
      values[(valuesById[16] = 'UNAUTHENTICATED')] = 16
      values[(valuesById[8] = 'RESOURCE_EXHAUSTED')] = 8
      values[(valuesById[9] = 'FAILED_PRECONDITION')] = 9
      values[(valuesById[10] = 'ABORTED')] = 10
      values[(valuesById[11] = 'OUT_OF_RANGE')] = 11
      values[(valuesById[12] = 'UNIMPLEMENTED')] = 12
      values[(valuesById[13] = 'INTERNAL')] = 13
      values[(valuesById[14] = 'UNAVAILABLE')] = 14
      values[(valuesById[15] = 'DATA_LOSS')] = 15
      values[(valuesById[20] = 'DO_NOT_USE_RESERVED_FOR_FUTURE_EXPANSION_USE_DEFAULT_IN_SWITCH_INSTEAD_')] = 20
      return values
    })()

    return error
  })()

  tensorflow.MetaGraphDef = (function () {
    const MetaGraphDef = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    MetaGraphDef.prototype.metaInfoDef = null
    MetaGraphDef.prototype.graphDef = null
    MetaGraphDef.prototype.saverDef = null
    MetaGraphDef.prototype.objectGraphDef = null

    lazyMap(MetaGraphDef.prototype, 'collectionDef')
    lazyMap(MetaGraphDef.prototype, 'signatureDef')
    lazyList(MetaGraphDef.prototype, 'assetFileDef')

    MetaGraphDef.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.metaInfoDef != null && Object.hasOwn(message, 'metaInfoDef'))
        $tensorflow_MetaGraphDef_MetaInfoDef.encode(message.metaInfoDef, writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.graphDef != null && Object.hasOwn(message, 'graphDef'))
        $tensorflow_GraphDef.encode(message.graphDef, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.saverDef != null && Object.hasOwn(message, 'saverDef'))
        $tensorflow_SaverDef.encode(message.saverDef, writer.uint32(26).fork(), _depth + 1).ldelim()
      if (
        Object.hasOwn(message, 'collectionDef') &&
        message.collectionDef != null &&
        Object.hasOwn(message, 'collectionDef')
      )
        for (let keys = sortedKeys(message.collectionDef), i = 0; i < keys.length; ++i) {
          writer.uint32(34).fork().uint32(10).string(keys[i])
          $tensorflow_CollectionDef
            .encode(message.collectionDef[keys[i]], writer.uint32(18).fork(), _depth + 2)
            .ldelim()
            .ldelim()
        }
      if (
        Object.hasOwn(message, 'signatureDef') &&
        message.signatureDef != null &&
        Object.hasOwn(message, 'signatureDef')
      )
        for (let keys = sortedKeys(message.signatureDef), i = 0; i < keys.length; ++i) {
          writer.uint32(42).fork().uint32(10).string(keys[i])
          $tensorflow_SignatureDef
            .encode(message.signatureDef[keys[i]], writer.uint32(18).fork(), _depth + 2)
            .ldelim()
            .ldelim()
        }
      if (Object.hasOwn(message, 'assetFileDef') && message.assetFileDef != null && isList(message.assetFileDef))
        for (let i = 0; i < message.assetFileDef.length; ++i)
          $tensorflow_AssetFileDef.encode(message.assetFileDef[i], writer.uint32(50).fork(), _depth + 1).ldelim()
      if (message.objectGraphDef != null && Object.hasOwn(message, 'objectGraphDef'))
        $tensorflow_SavedObjectGraph.encode(message.objectGraphDef, writer.uint32(58).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    MetaGraphDef.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, key, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_MetaGraphDef()
      let $assetFileDef
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            message.metaInfoDef = $tensorflow_MetaGraphDef_MetaInfoDef.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.metaInfoDef,
            )
            continue
          }
          case 2: {
            if (wireType !== 2) break
            message.graphDef = $tensorflow_GraphDef.decode(reader, reader.size(), _depth + 1, message.graphDef)
            continue
          }
          case 3: {
            if (wireType !== 2) break
            message.saverDef = $tensorflow_SaverDef.decode(reader, reader.size(), _depth + 1, message.saverDef)
            continue
          }
          case 4: {
            if (wireType !== 2) break
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
            reader.len = end2
            let strange = false
            key = ''
            value = null
            while (reader.pos < end2) {
              let tag2 = reader.tag()
              wireType = tag2 & 7
              switch ((tag2 >>>= 3)) {
                case 1:
                  if (wireType !== 2) break
                  key = reader.stringVerify()
                  continue
                case 2:
                  if (wireType !== 2) break
                  value = $tensorflow_CollectionDef.decode(reader, reader.size(), _depth + 2, value)
                  continue
              }
              reader.skip(wireType, tag2)
              strange = true
            }
            if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
            reader.len = end
            if (strange) {
              keepUnknown(message, reader.raw(start, end2))
              continue
            }
            if (key === '__proto__') ownProto(message.collectionDef)
            message.collectionDef[key] = value || new $tensorflow_CollectionDef()
            continue
          }
          case 5: {
            if (wireType !== 2) break
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
            reader.len = end2
            let strange = false
            key = ''
            value = null
            while (reader.pos < end2) {
              let tag2 = reader.tag()
              wireType = tag2 & 7
              switch ((tag2 >>>= 3)) {
                case 1:
                  if (wireType !== 2) break
                  key = reader.stringVerify()
                  continue
                case 2:
                  if (wireType !== 2) break
                  value = $tensorflow_SignatureDef.decode(reader, reader.size(), _depth + 2, value)
                  continue
              }
              reader.skip(wireType, tag2)
              strange = true
            }
            if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
            reader.len = end
            if (strange) {
              keepUnknown(message, reader.raw(start, end2))
              continue
            }
            if (key === '__proto__') ownProto(message.signatureDef)
            message.signatureDef[key] = value || new $tensorflow_SignatureDef()
            continue
          }
          case 6: {
            if (wireType !== 2) break
            $assetFileDef ??= message.assetFileDef
            $assetFileDef.push($tensorflow_AssetFileDef.decode(reader, reader.size(), _depth + 1))
            continue
          }
          case 7: {
            if (wireType !== 2) break
            message.objectGraphDef = $tensorflow_SavedObjectGraph.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.objectGraphDef,
            )
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($assetFileDef !== undefined) message.assetFileDef = fit($assetFileDef)
      return message
    }

    MetaGraphDef.MetaInfoDef = (function () {
      const MetaInfoDef = function (properties) {
        this.tags = []
        this.functionAliases = {}
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      MetaInfoDef.prototype.metaGraphVersion = ''
      MetaInfoDef.prototype.strippedOpList = null
      MetaInfoDef.prototype.anyInfo = null
      MetaInfoDef.prototype.tensorflowVersion = ''
      MetaInfoDef.prototype.tensorflowGitVersion = ''
      MetaInfoDef.prototype.strippedDefaultAttrs = false

      MetaInfoDef.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.metaGraphVersion != null && message.metaGraphVersion !== '')
          writer.uint32(10).string(message.metaGraphVersion)
        if (message.strippedOpList != null && Object.hasOwn(message, 'strippedOpList'))
          $tensorflow_OpList.encode(message.strippedOpList, writer.uint32(18).fork(), _depth + 1).ldelim()
        if (message.anyInfo != null && Object.hasOwn(message, 'anyInfo'))
          $google_protobuf_Any.encode(message.anyInfo, writer.uint32(26).fork(), _depth + 1).ldelim()
        if (message.tags != null && isList(message.tags))
          for (let i = 0; i < message.tags.length; ++i) writer.uint32(34).string(message.tags[i])
        if (message.tensorflowVersion != null && message.tensorflowVersion !== '')
          writer.uint32(42).string(message.tensorflowVersion)
        if (message.tensorflowGitVersion != null && message.tensorflowGitVersion !== '')
          writer.uint32(50).string(message.tensorflowGitVersion)
        if (message.strippedDefaultAttrs != null && message.strippedDefaultAttrs !== false)
          writer.uint32(56).bool(message.strippedDefaultAttrs)
        if (message.functionAliases != null && Object.hasOwn(message, 'functionAliases'))
          for (let keys = sortedKeys(message.functionAliases), i = 0; i < keys.length; ++i)
            writer
              .uint32(66)
              .fork()
              .uint32(10)
              .string(keys[i])
              .uint32(18)
              .string(message.functionAliases[keys[i]])
              .ldelim()
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      MetaInfoDef.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message, key, value
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $tensorflow_MetaGraphDef_MetaInfoDef()
        let $tags
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              if ((value = reader.stringVerify()).length) message.metaGraphVersion = value
              else delete message.metaGraphVersion
              continue
            }
            case 2: {
              if (wireType !== 2) break
              message.strippedOpList = $tensorflow_OpList.decode(
                reader,
                reader.size(),
                _depth + 1,
                message.strippedOpList,
              )
              continue
            }
            case 3: {
              if (wireType !== 2) break
              message.anyInfo = $google_protobuf_Any.decode(reader, reader.size(), _depth + 1, message.anyInfo)
              continue
            }
            case 4: {
              if (wireType !== 2) break
              $tags ??= message.tags
              $tags.push(reader.stringVerify())
              continue
            }
            case 5: {
              if (wireType !== 2) break
              if ((value = reader.stringVerify()).length) message.tensorflowVersion = value
              else delete message.tensorflowVersion
              continue
            }
            case 6: {
              if (wireType !== 2) break
              if ((value = reader.stringVerify()).length) message.tensorflowGitVersion = value
              else delete message.tensorflowGitVersion
              continue
            }
            case 7: {
              if (wireType !== 0) break
              if ((value = reader.bool())) message.strippedDefaultAttrs = value
              else delete message.strippedDefaultAttrs
              continue
            }
            case 8: {
              if (wireType !== 2) break
              let end2 = reader.size() + reader.pos
              if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
              reader.len = end2
              let strange = false
              key = ''
              value = ''
              while (reader.pos < end2) {
                let tag2 = reader.tag()
                wireType = tag2 & 7
                switch ((tag2 >>>= 3)) {
                  case 1:
                    if (wireType !== 2) break
                    key = reader.stringVerify()
                    continue
                  case 2:
                    if (wireType !== 2) break
                    value = reader.stringVerify()
                    continue
                }
                reader.skip(wireType, tag2)
                strange = true
              }
              if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
              reader.len = end
              if (strange) {
                keepUnknown(message, reader.raw(start, end2))
                continue
              }
              if (key === '__proto__') ownProto(message.functionAliases)
              message.functionAliases[key] = value
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        if ($tags !== undefined) message.tags = fit($tags)
        return message
      }

      return MetaInfoDef
    })()

    return MetaGraphDef
  })()

  tensorflow.CollectionDef = (function () {
    const CollectionDef = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    CollectionDef.prototype.nodeList = null
    CollectionDef.prototype.bytesList = null
    CollectionDef.prototype.int64List = null
    CollectionDef.prototype.floatList = null
    CollectionDef.prototype.anyList = null

    oneof(CollectionDef.prototype, 'kind', ['nodeList', 'bytesList', 'int64List', 'floatList', 'anyList'])

    CollectionDef.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.nodeList != null && Object.hasOwn(message, 'nodeList'))
        $tensorflow_CollectionDef_NodeList.encode(message.nodeList, writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.bytesList != null && Object.hasOwn(message, 'bytesList'))
        $tensorflow_CollectionDef_BytesList.encode(message.bytesList, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.int64List != null && Object.hasOwn(message, 'int64List'))
        $tensorflow_CollectionDef_Int64List.encode(message.int64List, writer.uint32(26).fork(), _depth + 1).ldelim()
      if (message.floatList != null && Object.hasOwn(message, 'floatList'))
        $tensorflow_CollectionDef_FloatList.encode(message.floatList, writer.uint32(34).fork(), _depth + 1).ldelim()
      if (message.anyList != null && Object.hasOwn(message, 'anyList'))
        $tensorflow_CollectionDef_AnyList.encode(message.anyList, writer.uint32(42).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    CollectionDef.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_CollectionDef()
      let $kind = _target ? message.kind : undefined
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            message.nodeList = $tensorflow_CollectionDef_NodeList.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.nodeList,
            )
            if ($kind !== 'nodeList') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'nodeList'
            }
            continue
          }
          case 2: {
            if (wireType !== 2) break
            message.bytesList = $tensorflow_CollectionDef_BytesList.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.bytesList,
            )
            if ($kind !== 'bytesList') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'bytesList'
            }
            continue
          }
          case 3: {
            if (wireType !== 2) break
            message.int64List = $tensorflow_CollectionDef_Int64List.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.int64List,
            )
            if ($kind !== 'int64List') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'int64List'
            }
            continue
          }
          case 4: {
            if (wireType !== 2) break
            message.floatList = $tensorflow_CollectionDef_FloatList.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.floatList,
            )
            if ($kind !== 'floatList') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'floatList'
            }
            continue
          }
          case 5: {
            if (wireType !== 2) break
            message.anyList = $tensorflow_CollectionDef_AnyList.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.anyList,
            )
            if ($kind !== 'anyList') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'anyList'
            }
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    CollectionDef.NodeList = (function () {
      const NodeList = function (properties) {
        this.value = []
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      NodeList.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.value != null && isList(message.value))
          for (let i = 0; i < message.value.length; ++i) writer.uint32(10).string(message.value[i])
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      NodeList.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $tensorflow_CollectionDef_NodeList()
        let $value
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              $value ??= message.value
              $value.push(reader.stringVerify())
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        if ($value !== undefined) message.value = fit($value)
        return message
      }

      return NodeList
    })()

    CollectionDef.BytesList = (function () {
      const BytesList = function (properties) {
        this.value = []
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      BytesList.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.value != null && isList(message.value))
          for (let i = 0; i < message.value.length; ++i) writer.uint32(10).bytes(message.value[i])
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      BytesList.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $tensorflow_CollectionDef_BytesList()
        let $value
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              $value ??= message.value
              $value.push(reader.bytes())
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        if ($value !== undefined) message.value = fit($value)
        return message
      }

      return BytesList
    })()

    CollectionDef.Int64List = (function () {
      const Int64List = function (properties) {
        this.value = []
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      Int64List.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.value != null && isList(message.value)) writer.uint32(10).int64s(toLongs(message.value))
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      Int64List.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $tensorflow_CollectionDef_Int64List()
        let $value
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType === 2) {
                $value ??= message.value
                reader.int64s($value)
                continue
              }
              if (wireType !== 0) break
              $value ??= message.value
              $value.push(reader.int64())
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        if ($value !== undefined) message.value = fit($value)
        return message
      }

      return Int64List
    })()

    CollectionDef.FloatList = (function () {
      const FloatList = function (properties) {
        this.value = []
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      FloatList.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.value != null && isList(message.value)) writer.uint32(10).floats(message.value, message, 'value')
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      FloatList.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $tensorflow_CollectionDef_FloatList()
        let $value
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType === 2) {
                $value ??= message.value
                reader.floats($value)
                if (reader.nans !== undefined) keepNans(message, 'value', 0, reader)
                continue
              }
              if (wireType !== 5) break
              $value ??= message.value
              $value.push(reader.float())
              if (reader.nans !== undefined) keepNans(message, 'value', $value.length - 1, reader)
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        if ($value !== undefined) message.value = fit($value)
        return message
      }

      return FloatList
    })()

    CollectionDef.AnyList = (function () {
      const AnyList = function (properties) {
        this.value = []
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      AnyList.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.value != null && isList(message.value))
          for (let i = 0; i < message.value.length; ++i)
            $google_protobuf_Any.encode(message.value[i], writer.uint32(10).fork(), _depth + 1).ldelim()
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      AnyList.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $tensorflow_CollectionDef_AnyList()
        let $value
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              $value ??= message.value
              $value.push($google_protobuf_Any.decode(reader, reader.size(), _depth + 1))
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        if ($value !== undefined) message.value = fit($value)
        return message
      }

      return AnyList
    })()

    return CollectionDef
  })()

  tensorflow.TensorInfo = (function () {
    const TensorInfo = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    TensorInfo.prototype.name = null
    TensorInfo.prototype.cooSparse = null
    TensorInfo.prototype.compositeTensor = null
    TensorInfo.prototype.dtype = 0
    TensorInfo.prototype.tensorShape = null

    oneof(TensorInfo.prototype, 'encoding', ['name', 'cooSparse', 'compositeTensor'])

    TensorInfo.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.name != null && Object.hasOwn(message, 'name')) writer.uint32(10).string(message.name)
      if (message.dtype != null && message.dtype !== 0) writer.uint32(16).int32(message.dtype)
      if (message.tensorShape != null && Object.hasOwn(message, 'tensorShape'))
        $tensorflow_TensorShapeProto.encode(message.tensorShape, writer.uint32(26).fork(), _depth + 1).ldelim()
      if (message.cooSparse != null && Object.hasOwn(message, 'cooSparse'))
        $tensorflow_TensorInfo_CooSparse.encode(message.cooSparse, writer.uint32(34).fork(), _depth + 1).ldelim()
      if (message.compositeTensor != null && Object.hasOwn(message, 'compositeTensor'))
        $tensorflow_TensorInfo_CompositeTensor
          .encode(message.compositeTensor, writer.uint32(42).fork(), _depth + 1)
          .ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    TensorInfo.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_TensorInfo()
      let $encoding = _target ? message.encoding : undefined
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            message.name = reader.stringVerify()
            if ($encoding !== 'name') {
              if ($encoding !== undefined) delete message[$encoding]
              $encoding = 'name'
            }
            continue
          }
          case 4: {
            if (wireType !== 2) break
            message.cooSparse = $tensorflow_TensorInfo_CooSparse.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.cooSparse,
            )
            if ($encoding !== 'cooSparse') {
              if ($encoding !== undefined) delete message[$encoding]
              $encoding = 'cooSparse'
            }
            continue
          }
          case 5: {
            if (wireType !== 2) break
            message.compositeTensor = $tensorflow_TensorInfo_CompositeTensor.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.compositeTensor,
            )
            if ($encoding !== 'compositeTensor') {
              if ($encoding !== undefined) delete message[$encoding]
              $encoding = 'compositeTensor'
            }
            continue
          }
          case 2: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.dtype = value
            else delete message.dtype
            continue
          }
          case 3: {
            if (wireType !== 2) break
            message.tensorShape = $tensorflow_TensorShapeProto.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.tensorShape,
            )
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    TensorInfo.CooSparse = (function () {
      const CooSparse = function (properties) {
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      CooSparse.prototype.valuesTensorName = ''
      CooSparse.prototype.indicesTensorName = ''
      CooSparse.prototype.denseShapeTensorName = ''

      CooSparse.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.valuesTensorName != null && message.valuesTensorName !== '')
          writer.uint32(10).string(message.valuesTensorName)
        if (message.indicesTensorName != null && message.indicesTensorName !== '')
          writer.uint32(18).string(message.indicesTensorName)
        if (message.denseShapeTensorName != null && message.denseShapeTensorName !== '')
          writer.uint32(26).string(message.denseShapeTensorName)
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      CooSparse.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message, value
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $tensorflow_TensorInfo_CooSparse()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              if ((value = reader.stringVerify()).length) message.valuesTensorName = value
              else delete message.valuesTensorName
              continue
            }
            case 2: {
              if (wireType !== 2) break
              if ((value = reader.stringVerify()).length) message.indicesTensorName = value
              else delete message.indicesTensorName
              continue
            }
            case 3: {
              if (wireType !== 2) break
              if ((value = reader.stringVerify()).length) message.denseShapeTensorName = value
              else delete message.denseShapeTensorName
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        return message
      }

      return CooSparse
    })()

    TensorInfo.CompositeTensor = (function () {
      const CompositeTensor = function (properties) {
        this.components = []
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      CompositeTensor.prototype.typeSpec = null

      CompositeTensor.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (message.typeSpec != null && Object.hasOwn(message, 'typeSpec'))
          $tensorflow_TypeSpecProto.encode(message.typeSpec, writer.uint32(10).fork(), _depth + 1).ldelim()
        if (message.components != null && isList(message.components))
          for (let i = 0; i < message.components.length; ++i)
            $tensorflow_TensorInfo.encode(message.components[i], writer.uint32(18).fork(), _depth + 1).ldelim()
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      CompositeTensor.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message, value
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $tensorflow_TensorInfo_CompositeTensor()
        let $components
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              message.typeSpec = $tensorflow_TypeSpecProto.decode(reader, reader.size(), _depth + 1, message.typeSpec)
              continue
            }
            case 2: {
              if (wireType !== 2) break
              $components ??= message.components
              $components.push($tensorflow_TensorInfo.decode(reader, reader.size(), _depth + 1))
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        if ($components !== undefined) message.components = fit($components)
        return message
      }

      return CompositeTensor
    })()

    return TensorInfo
  })()

  tensorflow.SignatureDef = (function () {
    const SignatureDef = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SignatureDef.prototype.methodName = ''

    lazyMap(SignatureDef.prototype, 'inputs')
    lazyMap(SignatureDef.prototype, 'outputs')
    lazyMap(SignatureDef.prototype, 'defaults')

    SignatureDef.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (Object.hasOwn(message, 'inputs') && message.inputs != null && Object.hasOwn(message, 'inputs'))
        for (let keys = sortedKeys(message.inputs), i = 0; i < keys.length; ++i) {
          writer.uint32(10).fork().uint32(10).string(keys[i])
          $tensorflow_TensorInfo
            .encode(message.inputs[keys[i]], writer.uint32(18).fork(), _depth + 2)
            .ldelim()
            .ldelim()
        }
      if (Object.hasOwn(message, 'outputs') && message.outputs != null && Object.hasOwn(message, 'outputs'))
        for (let keys = sortedKeys(message.outputs), i = 0; i < keys.length; ++i) {
          writer.uint32(18).fork().uint32(10).string(keys[i])
          $tensorflow_TensorInfo
            .encode(message.outputs[keys[i]], writer.uint32(18).fork(), _depth + 2)
            .ldelim()
            .ldelim()
        }
      if (message.methodName != null && message.methodName !== '') writer.uint32(26).string(message.methodName)
      if (Object.hasOwn(message, 'defaults') && message.defaults != null && Object.hasOwn(message, 'defaults'))
        for (let keys = sortedKeys(message.defaults), i = 0; i < keys.length; ++i) {
          writer.uint32(34).fork().uint32(10).string(keys[i])
          $tensorflow_TensorProto
            .encode(message.defaults[keys[i]], writer.uint32(18).fork(), _depth + 2)
            .ldelim()
            .ldelim()
        }
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SignatureDef.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, key, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_SignatureDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
            reader.len = end2
            let strange = false
            key = ''
            value = null
            while (reader.pos < end2) {
              let tag2 = reader.tag()
              wireType = tag2 & 7
              switch ((tag2 >>>= 3)) {
                case 1:
                  if (wireType !== 2) break
                  key = reader.stringVerify()
                  continue
                case 2:
                  if (wireType !== 2) break
                  value = $tensorflow_TensorInfo.decode(reader, reader.size(), _depth + 2, value)
                  continue
              }
              reader.skip(wireType, tag2)
              strange = true
            }
            if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
            reader.len = end
            if (strange) {
              keepUnknown(message, reader.raw(start, end2))
              continue
            }
            if (key === '__proto__') ownProto(message.inputs)
            message.inputs[key] = value || new $tensorflow_TensorInfo()
            continue
          }
          case 2: {
            if (wireType !== 2) break
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
            reader.len = end2
            let strange = false
            key = ''
            value = null
            while (reader.pos < end2) {
              let tag2 = reader.tag()
              wireType = tag2 & 7
              switch ((tag2 >>>= 3)) {
                case 1:
                  if (wireType !== 2) break
                  key = reader.stringVerify()
                  continue
                case 2:
                  if (wireType !== 2) break
                  value = $tensorflow_TensorInfo.decode(reader, reader.size(), _depth + 2, value)
                  continue
              }
              reader.skip(wireType, tag2)
              strange = true
            }
            if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
            reader.len = end
            if (strange) {
              keepUnknown(message, reader.raw(start, end2))
              continue
            }
            if (key === '__proto__') ownProto(message.outputs)
            message.outputs[key] = value || new $tensorflow_TensorInfo()
            continue
          }
          case 3: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.methodName = value
            else delete message.methodName
            continue
          }
          case 4: {
            if (wireType !== 2) break
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
            reader.len = end2
            let strange = false
            key = ''
            value = null
            while (reader.pos < end2) {
              let tag2 = reader.tag()
              wireType = tag2 & 7
              switch ((tag2 >>>= 3)) {
                case 1:
                  if (wireType !== 2) break
                  key = reader.stringVerify()
                  continue
                case 2:
                  if (wireType !== 2) break
                  value = $tensorflow_TensorProto.decode(reader, reader.size(), _depth + 2, value)
                  continue
              }
              reader.skip(wireType, tag2)
              strange = true
            }
            if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
            reader.len = end
            if (strange) {
              keepUnknown(message, reader.raw(start, end2))
              continue
            }
            if (key === '__proto__') ownProto(message.defaults)
            message.defaults[key] = value || new $tensorflow_TensorProto()
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return SignatureDef
  })()

  tensorflow.AssetFileDef = (function () {
    const AssetFileDef = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    AssetFileDef.prototype.tensorInfo = null
    AssetFileDef.prototype.filename = ''

    AssetFileDef.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.tensorInfo != null && Object.hasOwn(message, 'tensorInfo'))
        $tensorflow_TensorInfo.encode(message.tensorInfo, writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.filename != null && message.filename !== '') writer.uint32(18).string(message.filename)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    AssetFileDef.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_AssetFileDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            message.tensorInfo = $tensorflow_TensorInfo.decode(reader, reader.size(), _depth + 1, message.tensorInfo)
            continue
          }
          case 2: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.filename = value
            else delete message.filename
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return AssetFileDef
  })()

  tensorflow.SavedObjectGraph = (function () {
    const SavedObjectGraph = function (properties) {
      this.nodes = []
      this.concreteFunctions = {}
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedObjectGraph.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.nodes != null && isList(message.nodes))
        for (let i = 0; i < message.nodes.length; ++i)
          $tensorflow_SavedObject.encode(message.nodes[i], writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.concreteFunctions != null && Object.hasOwn(message, 'concreteFunctions'))
        for (let keys = sortedKeys(message.concreteFunctions), i = 0; i < keys.length; ++i) {
          writer.uint32(18).fork().uint32(10).string(keys[i])
          $tensorflow_SavedConcreteFunction
            .encode(message.concreteFunctions[keys[i]], writer.uint32(18).fork(), _depth + 2)
            .ldelim()
            .ldelim()
        }
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedObjectGraph.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, key, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_SavedObjectGraph()
      let $nodes
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            $nodes ??= message.nodes
            $nodes.push($tensorflow_SavedObject.decode(reader, reader.size(), _depth + 1))
            continue
          }
          case 2: {
            if (wireType !== 2) break
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
            reader.len = end2
            let strange = false
            key = ''
            value = null
            while (reader.pos < end2) {
              let tag2 = reader.tag()
              wireType = tag2 & 7
              switch ((tag2 >>>= 3)) {
                case 1:
                  if (wireType !== 2) break
                  key = reader.stringVerify()
                  continue
                case 2:
                  if (wireType !== 2) break
                  value = $tensorflow_SavedConcreteFunction.decode(reader, reader.size(), _depth + 2, value)
                  continue
              }
              reader.skip(wireType, tag2)
              strange = true
            }
            if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
            reader.len = end
            if (strange) {
              keepUnknown(message, reader.raw(start, end2))
              continue
            }
            if (key === '__proto__') ownProto(message.concreteFunctions)
            message.concreteFunctions[key] = value || new $tensorflow_SavedConcreteFunction()
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($nodes !== undefined) message.nodes = fit($nodes)
      return message
    }

    return SavedObjectGraph
  })()

  tensorflow.SavedObject = (function () {
    const SavedObject = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedObject.prototype.userObject = null
    SavedObject.prototype.asset = null
    SavedObject.prototype.function = null
    SavedObject.prototype.variable = null
    SavedObject.prototype.bareConcreteFunction = null
    SavedObject.prototype.constant = null
    SavedObject.prototype.resource = null
    SavedObject.prototype.capturedTensor = null
    SavedObject.prototype.registeredName = ''
    SavedObject.prototype.serializedUserProto = null
    SavedObject.prototype.registeredSaver = ''

    oneof(SavedObject.prototype, 'kind', [
      'userObject',
      'asset',
      'function',
      'variable',
      'bareConcreteFunction',
      'constant',
      'resource',
      'capturedTensor',
    ])

    lazyList(SavedObject.prototype, 'children')
    lazyList(SavedObject.prototype, 'dependencies')
    lazyList(SavedObject.prototype, 'slotVariables')
    lazyMap(SavedObject.prototype, 'saveableObjects')

    SavedObject.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (Object.hasOwn(message, 'children') && message.children != null && isList(message.children))
        for (let i = 0; i < message.children.length; ++i)
          $tensorflow_TrackableObjectGraph_TrackableObject_ObjectReference
            .encode(message.children[i], writer.uint32(10).fork(), _depth + 1)
            .ldelim()
      if (Object.hasOwn(message, 'slotVariables') && message.slotVariables != null && isList(message.slotVariables))
        for (let i = 0; i < message.slotVariables.length; ++i)
          $tensorflow_TrackableObjectGraph_TrackableObject_SlotVariableReference
            .encode(message.slotVariables[i], writer.uint32(26).fork(), _depth + 1)
            .ldelim()
      if (message.userObject != null && Object.hasOwn(message, 'userObject'))
        $tensorflow_SavedUserObject.encode(message.userObject, writer.uint32(34).fork(), _depth + 1).ldelim()
      if (message.asset != null && Object.hasOwn(message, 'asset'))
        $tensorflow_SavedAsset.encode(message.asset, writer.uint32(42).fork(), _depth + 1).ldelim()
      if (message.function != null && Object.hasOwn(message, 'function'))
        $tensorflow_SavedFunction.encode(message.function, writer.uint32(50).fork(), _depth + 1).ldelim()
      if (message.variable != null && Object.hasOwn(message, 'variable'))
        $tensorflow_SavedVariable.encode(message.variable, writer.uint32(58).fork(), _depth + 1).ldelim()
      if (message.bareConcreteFunction != null && Object.hasOwn(message, 'bareConcreteFunction'))
        $tensorflow_SavedBareConcreteFunction
          .encode(message.bareConcreteFunction, writer.uint32(66).fork(), _depth + 1)
          .ldelim()
      if (message.constant != null && Object.hasOwn(message, 'constant'))
        $tensorflow_SavedConstant.encode(message.constant, writer.uint32(74).fork(), _depth + 1).ldelim()
      if (message.resource != null && Object.hasOwn(message, 'resource'))
        $tensorflow_SavedResource.encode(message.resource, writer.uint32(82).fork(), _depth + 1).ldelim()
      if (
        Object.hasOwn(message, 'saveableObjects') &&
        message.saveableObjects != null &&
        Object.hasOwn(message, 'saveableObjects')
      )
        for (let keys = sortedKeys(message.saveableObjects), i = 0; i < keys.length; ++i) {
          writer.uint32(90).fork().uint32(10).string(keys[i])
          $tensorflow_SaveableObject
            .encode(message.saveableObjects[keys[i]], writer.uint32(18).fork(), _depth + 2)
            .ldelim()
            .ldelim()
        }
      if (message.capturedTensor != null && Object.hasOwn(message, 'capturedTensor'))
        $tensorflow_CapturedTensor.encode(message.capturedTensor, writer.uint32(98).fork(), _depth + 1).ldelim()
      if (message.registeredName != null && message.registeredName !== '')
        writer.uint32(106).string(message.registeredName)
      if (message.serializedUserProto != null && Object.hasOwn(message, 'serializedUserProto'))
        $google_protobuf_Any.encode(message.serializedUserProto, writer.uint32(114).fork(), _depth + 1).ldelim()
      if (Object.hasOwn(message, 'dependencies') && message.dependencies != null && isList(message.dependencies))
        for (let i = 0; i < message.dependencies.length; ++i)
          $tensorflow_TrackableObjectGraph_TrackableObject_ObjectReference
            .encode(message.dependencies[i], writer.uint32(122).fork(), _depth + 1)
            .ldelim()
      if (message.registeredSaver != null && message.registeredSaver !== '')
        writer.uint32(130).string(message.registeredSaver)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedObject.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, key, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_SavedObject()
      let $kind = _target ? message.kind : undefined
      let $children
      let $dependencies
      let $slotVariables
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            $children ??= message.children
            $children.push(
              $tensorflow_TrackableObjectGraph_TrackableObject_ObjectReference.decode(
                reader,
                reader.size(),
                _depth + 1,
              ),
            )
            continue
          }
          case 15: {
            if (wireType !== 2) break
            $dependencies ??= message.dependencies
            $dependencies.push(
              $tensorflow_TrackableObjectGraph_TrackableObject_ObjectReference.decode(
                reader,
                reader.size(),
                _depth + 1,
              ),
            )
            continue
          }
          case 3: {
            if (wireType !== 2) break
            $slotVariables ??= message.slotVariables
            $slotVariables.push(
              $tensorflow_TrackableObjectGraph_TrackableObject_SlotVariableReference.decode(
                reader,
                reader.size(),
                _depth + 1,
              ),
            )
            continue
          }
          case 4: {
            if (wireType !== 2) break
            message.userObject = $tensorflow_SavedUserObject.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.userObject,
            )
            if ($kind !== 'userObject') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'userObject'
            }
            continue
          }
          case 5: {
            if (wireType !== 2) break
            message.asset = $tensorflow_SavedAsset.decode(reader, reader.size(), _depth + 1, message.asset)
            if ($kind !== 'asset') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'asset'
            }
            continue
          }
          case 6: {
            if (wireType !== 2) break
            message.function = $tensorflow_SavedFunction.decode(reader, reader.size(), _depth + 1, message.function)
            if ($kind !== 'function') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'function'
            }
            continue
          }
          case 7: {
            if (wireType !== 2) break
            message.variable = $tensorflow_SavedVariable.decode(reader, reader.size(), _depth + 1, message.variable)
            if ($kind !== 'variable') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'variable'
            }
            continue
          }
          case 8: {
            if (wireType !== 2) break
            message.bareConcreteFunction = $tensorflow_SavedBareConcreteFunction.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.bareConcreteFunction,
            )
            if ($kind !== 'bareConcreteFunction') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'bareConcreteFunction'
            }
            continue
          }
          case 9: {
            if (wireType !== 2) break
            message.constant = $tensorflow_SavedConstant.decode(reader, reader.size(), _depth + 1, message.constant)
            if ($kind !== 'constant') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'constant'
            }
            continue
          }
          case 10: {
            if (wireType !== 2) break
            message.resource = $tensorflow_SavedResource.decode(reader, reader.size(), _depth + 1, message.resource)
            if ($kind !== 'resource') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'resource'
            }
            continue
          }
          case 12: {
            if (wireType !== 2) break
            message.capturedTensor = $tensorflow_CapturedTensor.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.capturedTensor,
            )
            if ($kind !== 'capturedTensor') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'capturedTensor'
            }
            continue
          }
          case 11: {
            if (wireType !== 2) break
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
            reader.len = end2
            let strange = false
            key = ''
            value = null
            while (reader.pos < end2) {
              let tag2 = reader.tag()
              wireType = tag2 & 7
              switch ((tag2 >>>= 3)) {
                case 1:
                  if (wireType !== 2) break
                  key = reader.stringVerify()
                  continue
                case 2:
                  if (wireType !== 2) break
                  value = $tensorflow_SaveableObject.decode(reader, reader.size(), _depth + 2, value)
                  continue
              }
              reader.skip(wireType, tag2)
              strange = true
            }
            if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
            reader.len = end
            if (strange) {
              keepUnknown(message, reader.raw(start, end2))
              continue
            }
            if (key === '__proto__') ownProto(message.saveableObjects)
            message.saveableObjects[key] = value || new $tensorflow_SaveableObject()
            continue
          }
          case 13: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.registeredName = value
            else delete message.registeredName
            continue
          }
          case 14: {
            if (wireType !== 2) break
            message.serializedUserProto = $google_protobuf_Any.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.serializedUserProto,
            )
            continue
          }
          case 16: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.registeredSaver = value
            else delete message.registeredSaver
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($children !== undefined) message.children = fit($children)
      if ($dependencies !== undefined) message.dependencies = fit($dependencies)
      if ($slotVariables !== undefined) message.slotVariables = fit($slotVariables)
      return message
    }

    return SavedObject
  })()

  tensorflow.SavedUserObject = (function () {
    const SavedUserObject = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedUserObject.prototype.identifier = ''
    SavedUserObject.prototype.version = null
    SavedUserObject.prototype.metadata = ''

    SavedUserObject.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.identifier != null && message.identifier !== '') writer.uint32(10).string(message.identifier)
      if (message.version != null && Object.hasOwn(message, 'version'))
        $tensorflow_VersionDef.encode(message.version, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.metadata != null && message.metadata !== '') writer.uint32(26).string(message.metadata)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedUserObject.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_SavedUserObject()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.identifier = value
            else delete message.identifier
            continue
          }
          case 2: {
            if (wireType !== 2) break
            message.version = $tensorflow_VersionDef.decode(reader, reader.size(), _depth + 1, message.version)
            continue
          }
          case 3: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.metadata = value
            else delete message.metadata
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return SavedUserObject
  })()

  tensorflow.SavedAsset = (function () {
    const SavedAsset = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedAsset.prototype.assetFileDefIndex = 0

    SavedAsset.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.assetFileDefIndex != null && message.assetFileDefIndex !== 0)
        writer.uint32(8).int32(message.assetFileDefIndex)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedAsset.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_SavedAsset()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.assetFileDefIndex = value
            else delete message.assetFileDefIndex
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return SavedAsset
  })()

  tensorflow.SavedFunction = (function () {
    const SavedFunction = function (properties) {
      this.concreteFunctions = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedFunction.prototype.functionSpec = null

    SavedFunction.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.concreteFunctions != null && isList(message.concreteFunctions))
        for (let i = 0; i < message.concreteFunctions.length; ++i)
          writer.uint32(10).string(message.concreteFunctions[i])
      if (message.functionSpec != null && Object.hasOwn(message, 'functionSpec'))
        $tensorflow_FunctionSpec.encode(message.functionSpec, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedFunction.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_SavedFunction()
      let $concreteFunctions
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            $concreteFunctions ??= message.concreteFunctions
            $concreteFunctions.push(reader.stringVerify())
            continue
          }
          case 2: {
            if (wireType !== 2) break
            message.functionSpec = $tensorflow_FunctionSpec.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.functionSpec,
            )
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($concreteFunctions !== undefined) message.concreteFunctions = fit($concreteFunctions)
      return message
    }

    return SavedFunction
  })()

  tensorflow.CapturedTensor = (function () {
    const CapturedTensor = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    CapturedTensor.prototype.name = ''
    CapturedTensor.prototype.concreteFunction = ''

    CapturedTensor.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.name != null && message.name !== '') writer.uint32(10).string(message.name)
      if (message.concreteFunction != null && message.concreteFunction !== '')
        writer.uint32(18).string(message.concreteFunction)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    CapturedTensor.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_CapturedTensor()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.name = value
            else delete message.name
            continue
          }
          case 2: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.concreteFunction = value
            else delete message.concreteFunction
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return CapturedTensor
  })()

  tensorflow.SavedConcreteFunction = (function () {
    const SavedConcreteFunction = function (properties) {
      this.boundInputs = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedConcreteFunction.prototype.canonicalizedInputSignature = null
    SavedConcreteFunction.prototype.outputSignature = null

    SavedConcreteFunction.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.boundInputs != null && isList(message.boundInputs)) writer.uint32(18).int32s(message.boundInputs)
      if (message.canonicalizedInputSignature != null && Object.hasOwn(message, 'canonicalizedInputSignature'))
        $tensorflow_StructuredValue
          .encode(message.canonicalizedInputSignature, writer.uint32(26).fork(), _depth + 1)
          .ldelim()
      if (message.outputSignature != null && Object.hasOwn(message, 'outputSignature'))
        $tensorflow_StructuredValue.encode(message.outputSignature, writer.uint32(34).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedConcreteFunction.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_SavedConcreteFunction()
      let $boundInputs
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 2: {
            if (wireType === 2) {
              $boundInputs ??= message.boundInputs
              reader.int32s($boundInputs)
              continue
            }
            if (wireType !== 0) break
            $boundInputs ??= message.boundInputs
            $boundInputs.push(reader.int32())
            continue
          }
          case 3: {
            if (wireType !== 2) break
            message.canonicalizedInputSignature = $tensorflow_StructuredValue.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.canonicalizedInputSignature,
            )
            continue
          }
          case 4: {
            if (wireType !== 2) break
            message.outputSignature = $tensorflow_StructuredValue.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.outputSignature,
            )
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($boundInputs !== undefined) message.boundInputs = fit($boundInputs)
      return message
    }

    return SavedConcreteFunction
  })()

  tensorflow.SavedBareConcreteFunction = (function () {
    const SavedBareConcreteFunction = function (properties) {
      this.argumentKeywords = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedBareConcreteFunction.prototype.concreteFunctionName = ''
    SavedBareConcreteFunction.prototype.allowedPositionalArguments = Long.fromBits(0, 0, false)
    SavedBareConcreteFunction.prototype.functionSpec = null

    SavedBareConcreteFunction.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.concreteFunctionName != null && message.concreteFunctionName !== '')
        writer.uint32(10).string(message.concreteFunctionName)
      if (message.argumentKeywords != null && isList(message.argumentKeywords))
        for (let i = 0; i < message.argumentKeywords.length; ++i) writer.uint32(18).string(message.argumentKeywords[i])
      if (message.allowedPositionalArguments != null && isNonZero(message.allowedPositionalArguments))
        writer.uint32(24).int64(toLong(message.allowedPositionalArguments))
      if (message.functionSpec != null && Object.hasOwn(message, 'functionSpec'))
        $tensorflow_FunctionSpec.encode(message.functionSpec, writer.uint32(34).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedBareConcreteFunction.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_SavedBareConcreteFunction()
      let $argumentKeywords
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.concreteFunctionName = value
            else delete message.concreteFunctionName
            continue
          }
          case 2: {
            if (wireType !== 2) break
            $argumentKeywords ??= message.argumentKeywords
            $argumentKeywords.push(reader.stringVerify())
            continue
          }
          case 3: {
            if (wireType !== 0) break
            if (typeof (value = reader.int64()) === 'object' ? value.low || value.high : value !== 0)
              message.allowedPositionalArguments = value
            else delete message.allowedPositionalArguments
            continue
          }
          case 4: {
            if (wireType !== 2) break
            message.functionSpec = $tensorflow_FunctionSpec.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.functionSpec,
            )
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($argumentKeywords !== undefined) message.argumentKeywords = fit($argumentKeywords)
      return message
    }

    return SavedBareConcreteFunction
  })()

  tensorflow.SavedConstant = (function () {
    const SavedConstant = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedConstant.prototype.operation = ''

    SavedConstant.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.operation != null && message.operation !== '') writer.uint32(10).string(message.operation)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedConstant.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_SavedConstant()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.operation = value
            else delete message.operation
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return SavedConstant
  })()

  tensorflow.SavedVariable = (function () {
    const SavedVariable = function (properties) {
      this.experimentalDistributedVariableComponents = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedVariable.prototype.dtype = 0
    SavedVariable.prototype.shape = null
    SavedVariable.prototype.trainable = false
    SavedVariable.prototype.synchronization = 0
    SavedVariable.prototype.aggregation = 0
    SavedVariable.prototype.name = ''
    SavedVariable.prototype.device = ''

    SavedVariable.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.dtype != null && message.dtype !== 0) writer.uint32(8).int32(message.dtype)
      if (message.shape != null && Object.hasOwn(message, 'shape'))
        $tensorflow_TensorShapeProto.encode(message.shape, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.trainable != null && message.trainable !== false) writer.uint32(24).bool(message.trainable)
      if (message.synchronization != null && message.synchronization !== 0)
        writer.uint32(32).int32(message.synchronization)
      if (message.aggregation != null && message.aggregation !== 0) writer.uint32(40).int32(message.aggregation)
      if (message.name != null && message.name !== '') writer.uint32(50).string(message.name)
      if (message.device != null && message.device !== '') writer.uint32(58).string(message.device)
      if (
        message.experimentalDistributedVariableComponents != null &&
        isList(message.experimentalDistributedVariableComponents)
      )
        for (let i = 0; i < message.experimentalDistributedVariableComponents.length; ++i)
          $tensorflow_SavedVariable
            .encode(message.experimentalDistributedVariableComponents[i], writer.uint32(66).fork(), _depth + 1)
            .ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedVariable.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_SavedVariable()
      let $experimentalDistributedVariableComponents
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.dtype = value
            else delete message.dtype
            continue
          }
          case 2: {
            if (wireType !== 2) break
            message.shape = $tensorflow_TensorShapeProto.decode(reader, reader.size(), _depth + 1, message.shape)
            continue
          }
          case 3: {
            if (wireType !== 0) break
            if ((value = reader.bool())) message.trainable = value
            else delete message.trainable
            continue
          }
          case 4: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.synchronization = value
            else delete message.synchronization
            continue
          }
          case 5: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.aggregation = value
            else delete message.aggregation
            continue
          }
          case 6: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.name = value
            else delete message.name
            continue
          }
          case 7: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.device = value
            else delete message.device
            continue
          }
          case 8: {
            if (wireType !== 2) break
            $experimentalDistributedVariableComponents ??= message.experimentalDistributedVariableComponents
            $experimentalDistributedVariableComponents.push(
              $tensorflow_SavedVariable.decode(reader, reader.size(), _depth + 1),
            )
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($experimentalDistributedVariableComponents !== undefined)
        message.experimentalDistributedVariableComponents = fit($experimentalDistributedVariableComponents)
      return message
    }

    return SavedVariable
  })()

  tensorflow.FunctionSpec = (function () {
    const FunctionSpec = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    FunctionSpec.prototype.fullargspec = null
    FunctionSpec.prototype.isMethod = false
    FunctionSpec.prototype.inputSignature = null
    FunctionSpec.prototype.jitCompile = 0

    FunctionSpec.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.fullargspec != null && Object.hasOwn(message, 'fullargspec'))
        $tensorflow_StructuredValue.encode(message.fullargspec, writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.isMethod != null && message.isMethod !== false) writer.uint32(16).bool(message.isMethod)
      if (message.inputSignature != null && Object.hasOwn(message, 'inputSignature'))
        $tensorflow_StructuredValue.encode(message.inputSignature, writer.uint32(42).fork(), _depth + 1).ldelim()
      if (message.jitCompile != null && message.jitCompile !== 0) writer.uint32(48).int32(message.jitCompile)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    FunctionSpec.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_FunctionSpec()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            message.fullargspec = $tensorflow_StructuredValue.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.fullargspec,
            )
            continue
          }
          case 2: {
            if (wireType !== 0) break
            if ((value = reader.bool())) message.isMethod = value
            else delete message.isMethod
            continue
          }
          case 5: {
            if (wireType !== 2) break
            message.inputSignature = $tensorflow_StructuredValue.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.inputSignature,
            )
            continue
          }
          case 6: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.jitCompile = value
            else delete message.jitCompile
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    FunctionSpec.JitCompile = (function () {
      const valuesById = Object.create(null),
        values = Object.create(valuesById)
      values[(valuesById[0] = 'DEFAULT')] = 0
      values[(valuesById[1] = 'ON')] = 1
      values[(valuesById[2] = 'OFF')] = 2
      return values
    })()

    return FunctionSpec
  })()

  tensorflow.SavedResource = (function () {
    const SavedResource = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedResource.prototype.device = ''

    SavedResource.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.device != null && message.device !== '') writer.uint32(10).string(message.device)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedResource.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_SavedResource()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.device = value
            else delete message.device
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return SavedResource
  })()

  tensorflow.SaveableObject = (function () {
    const SaveableObject = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SaveableObject.prototype.saveFunction = 0
    SaveableObject.prototype.restoreFunction = 0

    SaveableObject.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.saveFunction != null && message.saveFunction !== 0) writer.uint32(16).int32(message.saveFunction)
      if (message.restoreFunction != null && message.restoreFunction !== 0)
        writer.uint32(24).int32(message.restoreFunction)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SaveableObject.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_SaveableObject()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 2: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.saveFunction = value
            else delete message.saveFunction
            continue
          }
          case 3: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.restoreFunction = value
            else delete message.restoreFunction
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return SaveableObject
  })()

  tensorflow.StructuredValue = (function () {
    const StructuredValue = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    StructuredValue.prototype.noneValue = null
    StructuredValue.prototype.float64Value = null
    StructuredValue.prototype.int64Value = null
    StructuredValue.prototype.stringValue = null
    StructuredValue.prototype.boolValue = null
    StructuredValue.prototype.tensorShapeValue = null
    StructuredValue.prototype.tensorDtypeValue = null
    StructuredValue.prototype.tensorSpecValue = null
    StructuredValue.prototype.typeSpecValue = null
    StructuredValue.prototype.boundedTensorSpecValue = null
    StructuredValue.prototype.listValue = null
    StructuredValue.prototype.tupleValue = null
    StructuredValue.prototype.dictValue = null
    StructuredValue.prototype.namedTupleValue = null
    StructuredValue.prototype.tensorValue = null
    StructuredValue.prototype.numpyValue = null

    oneof(StructuredValue.prototype, 'kind', [
      'noneValue',
      'float64Value',
      'int64Value',
      'stringValue',
      'boolValue',
      'tensorShapeValue',
      'tensorDtypeValue',
      'tensorSpecValue',
      'typeSpecValue',
      'boundedTensorSpecValue',
      'listValue',
      'tupleValue',
      'dictValue',
      'namedTupleValue',
      'tensorValue',
      'numpyValue',
    ])

    StructuredValue.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.noneValue != null && Object.hasOwn(message, 'noneValue'))
        $tensorflow_NoneValue.encode(message.noneValue, writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.float64Value != null && Object.hasOwn(message, 'float64Value'))
        writer.uint32(89).double(message.float64Value, message, 'float64Value')
      if (message.int64Value != null && Object.hasOwn(message, 'int64Value'))
        writer.uint32(96).sint64(toLong(message.int64Value))
      if (message.stringValue != null && Object.hasOwn(message, 'stringValue'))
        writer.uint32(106).string(message.stringValue)
      if (message.boolValue != null && Object.hasOwn(message, 'boolValue')) writer.uint32(112).bool(message.boolValue)
      if (message.tensorShapeValue != null && Object.hasOwn(message, 'tensorShapeValue'))
        $tensorflow_TensorShapeProto.encode(message.tensorShapeValue, writer.uint32(250).fork(), _depth + 1).ldelim()
      if (message.tensorDtypeValue != null && Object.hasOwn(message, 'tensorDtypeValue'))
        writer.uint32(256).int32(message.tensorDtypeValue)
      if (message.tensorSpecValue != null && Object.hasOwn(message, 'tensorSpecValue'))
        $tensorflow_TensorSpecProto.encode(message.tensorSpecValue, writer.uint32(266).fork(), _depth + 1).ldelim()
      if (message.typeSpecValue != null && Object.hasOwn(message, 'typeSpecValue'))
        $tensorflow_TypeSpecProto.encode(message.typeSpecValue, writer.uint32(274).fork(), _depth + 1).ldelim()
      if (message.boundedTensorSpecValue != null && Object.hasOwn(message, 'boundedTensorSpecValue'))
        $tensorflow_BoundedTensorSpecProto
          .encode(message.boundedTensorSpecValue, writer.uint32(282).fork(), _depth + 1)
          .ldelim()
      if (message.listValue != null && Object.hasOwn(message, 'listValue'))
        $tensorflow_ListValue.encode(message.listValue, writer.uint32(410).fork(), _depth + 1).ldelim()
      if (message.tupleValue != null && Object.hasOwn(message, 'tupleValue'))
        $tensorflow_TupleValue.encode(message.tupleValue, writer.uint32(418).fork(), _depth + 1).ldelim()
      if (message.dictValue != null && Object.hasOwn(message, 'dictValue'))
        $tensorflow_DictValue.encode(message.dictValue, writer.uint32(426).fork(), _depth + 1).ldelim()
      if (message.namedTupleValue != null && Object.hasOwn(message, 'namedTupleValue'))
        $tensorflow_NamedTupleValue.encode(message.namedTupleValue, writer.uint32(434).fork(), _depth + 1).ldelim()
      if (message.tensorValue != null && Object.hasOwn(message, 'tensorValue'))
        $tensorflow_TensorProto.encode(message.tensorValue, writer.uint32(442).fork(), _depth + 1).ldelim()
      if (message.numpyValue != null && Object.hasOwn(message, 'numpyValue'))
        $tensorflow_TensorProto.encode(message.numpyValue, writer.uint32(450).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    StructuredValue.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_StructuredValue()
      let $kind = _target ? message.kind : undefined
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            message.noneValue = $tensorflow_NoneValue.decode(reader, reader.size(), _depth + 1, message.noneValue)
            if ($kind !== 'noneValue') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'noneValue'
            }
            continue
          }
          case 11: {
            if (wireType !== 1) break
            message.float64Value = reader.double()
            if (reader.nans !== undefined) keepNans(message, 'float64Value', 0, reader)
            if ($kind !== 'float64Value') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'float64Value'
            }
            continue
          }
          case 12: {
            if (wireType !== 0) break
            message.int64Value = reader.sint64()
            if ($kind !== 'int64Value') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'int64Value'
            }
            continue
          }
          case 13: {
            if (wireType !== 2) break
            message.stringValue = reader.stringVerify()
            if ($kind !== 'stringValue') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'stringValue'
            }
            continue
          }
          case 14: {
            if (wireType !== 0) break
            message.boolValue = reader.bool()
            if ($kind !== 'boolValue') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'boolValue'
            }
            continue
          }
          case 31: {
            if (wireType !== 2) break
            message.tensorShapeValue = $tensorflow_TensorShapeProto.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.tensorShapeValue,
            )
            if ($kind !== 'tensorShapeValue') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'tensorShapeValue'
            }
            continue
          }
          case 32: {
            if (wireType !== 0) break
            message.tensorDtypeValue = reader.int32()
            if ($kind !== 'tensorDtypeValue') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'tensorDtypeValue'
            }
            continue
          }
          case 33: {
            if (wireType !== 2) break
            message.tensorSpecValue = $tensorflow_TensorSpecProto.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.tensorSpecValue,
            )
            if ($kind !== 'tensorSpecValue') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'tensorSpecValue'
            }
            continue
          }
          case 34: {
            if (wireType !== 2) break
            message.typeSpecValue = $tensorflow_TypeSpecProto.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.typeSpecValue,
            )
            if ($kind !== 'typeSpecValue') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'typeSpecValue'
            }
            continue
          }
          case 35: {
            if (wireType !== 2) break
            message.boundedTensorSpecValue = $tensorflow_BoundedTensorSpecProto.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.boundedTensorSpecValue,
            )
            if ($kind !== 'boundedTensorSpecValue') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'boundedTensorSpecValue'
            }
            continue
          }
          case 51: {
            if (wireType !== 2) break
            message.listValue = $tensorflow_ListValue.decode(reader, reader.size(), _depth + 1, message.listValue)
            if ($kind !== 'listValue') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'listValue'
            }
            continue
          }
          case 52: {
            if (wireType !== 2) break
            message.tupleValue = $tensorflow_TupleValue.decode(reader, reader.size(), _depth + 1, message.tupleValue)
            if ($kind !== 'tupleValue') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'tupleValue'
            }
            continue
          }
          case 53: {
            if (wireType !== 2) break
            message.dictValue = $tensorflow_DictValue.decode(reader, reader.size(), _depth + 1, message.dictValue)
            if ($kind !== 'dictValue') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'dictValue'
            }
            continue
          }
          case 54: {
            if (wireType !== 2) break
            message.namedTupleValue = $tensorflow_NamedTupleValue.decode(
              reader,
              reader.size(),
              _depth + 1,
              message.namedTupleValue,
            )
            if ($kind !== 'namedTupleValue') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'namedTupleValue'
            }
            continue
          }
          case 55: {
            if (wireType !== 2) break
            message.tensorValue = $tensorflow_TensorProto.decode(reader, reader.size(), _depth + 1, message.tensorValue)
            if ($kind !== 'tensorValue') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'tensorValue'
            }
            continue
          }
          case 56: {
            if (wireType !== 2) break
            message.numpyValue = $tensorflow_TensorProto.decode(reader, reader.size(), _depth + 1, message.numpyValue)
            if ($kind !== 'numpyValue') {
              if ($kind !== undefined) delete message[$kind]
              $kind = 'numpyValue'
            }
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return StructuredValue
  })()

  tensorflow.NoneValue = (function () {
    const NoneValue = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    NoneValue.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    NoneValue.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_NoneValue()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        reader.skip(tag & 7, tag >>> 3)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return NoneValue
  })()

  tensorflow.ListValue = (function () {
    const ListValue = function (properties) {
      this.values = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    ListValue.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.values != null && isList(message.values))
        for (let i = 0; i < message.values.length; ++i)
          $tensorflow_StructuredValue.encode(message.values[i], writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    ListValue.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_ListValue()
      let $values
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            $values ??= message.values
            $values.push($tensorflow_StructuredValue.decode(reader, reader.size(), _depth + 1))
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($values !== undefined) message.values = fit($values)
      return message
    }

    return ListValue
  })()

  tensorflow.TupleValue = (function () {
    const TupleValue = function (properties) {
      this.values = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    TupleValue.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.values != null && isList(message.values))
        for (let i = 0; i < message.values.length; ++i)
          $tensorflow_StructuredValue.encode(message.values[i], writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    TupleValue.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_TupleValue()
      let $values
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            $values ??= message.values
            $values.push($tensorflow_StructuredValue.decode(reader, reader.size(), _depth + 1))
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($values !== undefined) message.values = fit($values)
      return message
    }

    return TupleValue
  })()

  tensorflow.DictValue = (function () {
    const DictValue = function (properties) {
      this.fields = {}
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    DictValue.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.fields != null && Object.hasOwn(message, 'fields'))
        for (let keys = sortedKeys(message.fields), i = 0; i < keys.length; ++i) {
          writer.uint32(10).fork().uint32(10).string(keys[i])
          $tensorflow_StructuredValue
            .encode(message.fields[keys[i]], writer.uint32(18).fork(), _depth + 2)
            .ldelim()
            .ldelim()
        }
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    DictValue.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, key, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_DictValue()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw reader.fault('a field runs over the end of its message')
            reader.len = end2
            let strange = false
            key = ''
            value = null
            while (reader.pos < end2) {
              let tag2 = reader.tag()
              wireType = tag2 & 7
              switch ((tag2 >>>= 3)) {
                case 1:
                  if (wireType !== 2) break
                  key = reader.stringVerify()
                  continue
                case 2:
                  if (wireType !== 2) break
                  value = $tensorflow_StructuredValue.decode(reader, reader.size(), _depth + 2, value)
                  continue
              }
              reader.skip(wireType, tag2)
              strange = true
            }
            if (reader.pos !== end2) throw reader.fault('a field runs over the end of its message')
            reader.len = end
            if (strange) {
              keepUnknown(message, reader.raw(start, end2))
              continue
            }
            if (key === '__proto__') ownProto(message.fields)
            message.fields[key] = value || new $tensorflow_StructuredValue()
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return DictValue
  })()

  tensorflow.PairValue = (function () {
    const PairValue = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    PairValue.prototype.key = ''
    PairValue.prototype.value = null

    PairValue.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.key != null && message.key !== '') writer.uint32(10).string(message.key)
      if (message.value != null && Object.hasOwn(message, 'value'))
        $tensorflow_StructuredValue.encode(message.value, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    PairValue.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_PairValue()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.key = value
            else delete message.key
            continue
          }
          case 2: {
            if (wireType !== 2) break
            message.value = $tensorflow_StructuredValue.decode(reader, reader.size(), _depth + 1, message.value)
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return PairValue
  })()

  tensorflow.NamedTupleValue = (function () {
    const NamedTupleValue = function (properties) {
      this.values = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    NamedTupleValue.prototype.name = ''

    NamedTupleValue.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.name != null && message.name !== '') writer.uint32(10).string(message.name)
      if (message.values != null && isList(message.values))
        for (let i = 0; i < message.values.length; ++i)
          $tensorflow_PairValue.encode(message.values[i], writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    NamedTupleValue.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_NamedTupleValue()
      let $values
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.name = value
            else delete message.name
            continue
          }
          case 2: {
            if (wireType !== 2) break
            $values ??= message.values
            $values.push($tensorflow_PairValue.decode(reader, reader.size(), _depth + 1))
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($values !== undefined) message.values = fit($values)
      return message
    }

    return NamedTupleValue
  })()

  tensorflow.TensorSpecProto = (function () {
    const TensorSpecProto = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    TensorSpecProto.prototype.name = ''
    TensorSpecProto.prototype.shape = null
    TensorSpecProto.prototype.dtype = 0

    TensorSpecProto.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.name != null && message.name !== '') writer.uint32(10).string(message.name)
      if (message.shape != null && Object.hasOwn(message, 'shape'))
        $tensorflow_TensorShapeProto.encode(message.shape, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.dtype != null && message.dtype !== 0) writer.uint32(24).int32(message.dtype)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    TensorSpecProto.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_TensorSpecProto()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.name = value
            else delete message.name
            continue
          }
          case 2: {
            if (wireType !== 2) break
            message.shape = $tensorflow_TensorShapeProto.decode(reader, reader.size(), _depth + 1, message.shape)
            continue
          }
          case 3: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.dtype = value
            else delete message.dtype
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return TensorSpecProto
  })()

  tensorflow.BoundedTensorSpecProto = (function () {
    const BoundedTensorSpecProto = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    BoundedTensorSpecProto.prototype.name = ''
    BoundedTensorSpecProto.prototype.shape = null
    BoundedTensorSpecProto.prototype.dtype = 0
    BoundedTensorSpecProto.prototype.minimum = null
    BoundedTensorSpecProto.prototype.maximum = null

    BoundedTensorSpecProto.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.name != null && message.name !== '') writer.uint32(10).string(message.name)
      if (message.shape != null && Object.hasOwn(message, 'shape'))
        $tensorflow_TensorShapeProto.encode(message.shape, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.dtype != null && message.dtype !== 0) writer.uint32(24).int32(message.dtype)
      if (message.minimum != null && Object.hasOwn(message, 'minimum'))
        $tensorflow_TensorProto.encode(message.minimum, writer.uint32(34).fork(), _depth + 1).ldelim()
      if (message.maximum != null && Object.hasOwn(message, 'maximum'))
        $tensorflow_TensorProto.encode(message.maximum, writer.uint32(42).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    BoundedTensorSpecProto.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_BoundedTensorSpecProto()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.name = value
            else delete message.name
            continue
          }
          case 2: {
            if (wireType !== 2) break
            message.shape = $tensorflow_TensorShapeProto.decode(reader, reader.size(), _depth + 1, message.shape)
            continue
          }
          case 3: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.dtype = value
            else delete message.dtype
            continue
          }
          case 4: {
            if (wireType !== 2) break
            message.minimum = $tensorflow_TensorProto.decode(reader, reader.size(), _depth + 1, message.minimum)
            continue
          }
          case 5: {
            if (wireType !== 2) break
            message.maximum = $tensorflow_TensorProto.decode(reader, reader.size(), _depth + 1, message.maximum)
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return BoundedTensorSpecProto
  })()

  tensorflow.TypeSpecProto = (function () {
    const TypeSpecProto = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    TypeSpecProto.prototype.typeSpecClass = 0
    TypeSpecProto.prototype.typeState = null
    TypeSpecProto.prototype.typeSpecClassName = ''
    TypeSpecProto.prototype.numFlatComponents = 0

    TypeSpecProto.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.typeSpecClass != null && message.typeSpecClass !== 0) writer.uint32(8).int32(message.typeSpecClass)
      if (message.typeState != null && Object.hasOwn(message, 'typeState'))
        $tensorflow_StructuredValue.encode(message.typeState, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.typeSpecClassName != null && message.typeSpecClassName !== '')
        writer.uint32(26).string(message.typeSpecClassName)
      if (message.numFlatComponents != null && message.numFlatComponents !== 0)
        writer.uint32(32).int32(message.numFlatComponents)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    TypeSpecProto.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_TypeSpecProto()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.typeSpecClass = value
            else delete message.typeSpecClass
            continue
          }
          case 2: {
            if (wireType !== 2) break
            message.typeState = $tensorflow_StructuredValue.decode(reader, reader.size(), _depth + 1, message.typeState)
            continue
          }
          case 3: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.typeSpecClassName = value
            else delete message.typeSpecClassName
            continue
          }
          case 4: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.numFlatComponents = value
            else delete message.numFlatComponents
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    TypeSpecProto.TypeSpecClass = (function () {
      const valuesById = Object.create(null),
        values = Object.create(valuesById)
      values[(valuesById[0] = 'UNKNOWN')] = 0
      values[(valuesById[1] = 'SPARSE_TENSOR_SPEC')] = 1
      values[(valuesById[2] = 'INDEXED_SLICES_SPEC')] = 2
      values[(valuesById[3] = 'RAGGED_TENSOR_SPEC')] = 3
      values[(valuesById[4] = 'TENSOR_ARRAY_SPEC')] = 4
      values[(valuesById[5] = 'DATA_DATASET_SPEC')] = 5
      values[(valuesById[6] = 'DATA_ITERATOR_SPEC')] = 6
      values[(valuesById[7] = 'OPTIONAL_SPEC')] = 7
      values[(valuesById[8] = 'PER_REPLICA_SPEC')] = 8
      values[(valuesById[9] = 'VARIABLE_SPEC')] = 9
      values[(valuesById[10] = 'ROW_PARTITION_SPEC')] = 10
      values[(valuesById[12] = 'REGISTERED_TYPE_SPEC')] = 12
      values[(valuesById[13] = 'EXTENSION_TYPE_SPEC')] = 13
      return values
    })()

    return TypeSpecProto
  })()

  tensorflow.TrackableObjectGraph = (function () {
    const TrackableObjectGraph = function (properties) {
      this.nodes = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    TrackableObjectGraph.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.nodes != null && isList(message.nodes))
        for (let i = 0; i < message.nodes.length; ++i)
          $tensorflow_TrackableObjectGraph_TrackableObject
            .encode(message.nodes[i], writer.uint32(10).fork(), _depth + 1)
            .ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    TrackableObjectGraph.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_TrackableObjectGraph()
      let $nodes
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            $nodes ??= message.nodes
            $nodes.push($tensorflow_TrackableObjectGraph_TrackableObject.decode(reader, reader.size(), _depth + 1))
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($nodes !== undefined) message.nodes = fit($nodes)
      return message
    }

    TrackableObjectGraph.TrackableObject = (function () {
      const TrackableObject = function (properties) {
        if (properties)
          for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      TrackableObject.prototype.registeredSaver = null
      TrackableObject.prototype.hasCheckpointValues = null

      lazyList(TrackableObject.prototype, 'children')
      lazyList(TrackableObject.prototype, 'attributes')
      lazyList(TrackableObject.prototype, 'slotVariables')

      TrackableObject.encode = function (message, writer, _depth = 0) {
        if (typeof message !== 'object' || message === null) throw notAMessage(message)
        if (_depth > MAX_DEPTH) throw tooDeep()
        if (Object.hasOwn(message, 'children') && message.children != null && isList(message.children))
          for (let i = 0; i < message.children.length; ++i)
            $tensorflow_TrackableObjectGraph_TrackableObject_ObjectReference
              .encode(message.children[i], writer.uint32(10).fork(), _depth + 1)
              .ldelim()
        if (Object.hasOwn(message, 'attributes') && message.attributes != null && isList(message.attributes))
          for (let i = 0; i < message.attributes.length; ++i)
            $tensorflow_TrackableObjectGraph_TrackableObject_SerializedTensor
              .encode(message.attributes[i], writer.uint32(18).fork(), _depth + 1)
              .ldelim()
        if (Object.hasOwn(message, 'slotVariables') && message.slotVariables != null && isList(message.slotVariables))
          for (let i = 0; i < message.slotVariables.length; ++i)
            $tensorflow_TrackableObjectGraph_TrackableObject_SlotVariableReference
              .encode(message.slotVariables[i], writer.uint32(26).fork(), _depth + 1)
              .ldelim()
        if (message.registeredSaver != null && Object.hasOwn(message, 'registeredSaver'))
          $tensorflow_RegisteredSaver.encode(message.registeredSaver, writer.uint32(34).fork(), _depth + 1).ldelim()
        if (message.hasCheckpointValues != null && Object.hasOwn(message, 'hasCheckpointValues'))
          $google_protobuf_BoolValue.encode(message.hasCheckpointValues, writer.uint32(42).fork(), _depth + 1).ldelim()
        if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      TrackableObject.decode = function (reader, length, _depth = 0, _target) {
        if (_depth > MAX_DEPTH) throw reader.tooDeep()
        let end, message, value
        if (length === undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw reader.fault('a field runs over the end of its message')
          length = reader.len
          reader.len = end
        }
        message = _target || new $tensorflow_TrackableObjectGraph_TrackableObject()
        let $children
        let $attributes
        let $slotVariables
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              $children ??= message.children
              $children.push(
                $tensorflow_TrackableObjectGraph_TrackableObject_ObjectReference.decode(
                  reader,
                  reader.size(),
                  _depth + 1,
                ),
              )
              continue
            }
            case 2: {
              if (wireType !== 2) break
              $attributes ??= message.attributes
              $attributes.push(
                $tensorflow_TrackableObjectGraph_TrackableObject_SerializedTensor.decode(
                  reader,
                  reader.size(),
                  _depth + 1,
                ),
              )
              continue
            }
            case 3: {
              if (wireType !== 2) break
              $slotVariables ??= message.slotVariables
              $slotVariables.push(
                $tensorflow_TrackableObjectGraph_TrackableObject_SlotVariableReference.decode(
                  reader,
                  reader.size(),
                  _depth + 1,
                ),
              )
              continue
            }
            case 4: {
              if (wireType !== 2) break
              message.registeredSaver = $tensorflow_RegisteredSaver.decode(
                reader,
                reader.size(),
                _depth + 1,
                message.registeredSaver,
              )
              continue
            }
            case 5: {
              if (wireType !== 2) break
              message.hasCheckpointValues = $google_protobuf_BoolValue.decode(
                reader,
                reader.size(),
                _depth + 1,
                message.hasCheckpointValues,
              )
              continue
            }
          }
          reader.skip(wireType, tag)
          keepUnknown(message, reader.raw(start, reader.pos))
        }
        if (length !== undefined) {
          if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
          reader.len = length
        }
        if ($children !== undefined) message.children = fit($children)
        if ($attributes !== undefined) message.attributes = fit($attributes)
        if ($slotVariables !== undefined) message.slotVariables = fit($slotVariables)
        return message
      }

      TrackableObject.ObjectReference = (function () {
        const ObjectReference = function (properties) {
          if (properties)
            for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
              if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
        }

        ObjectReference.prototype.nodeId = 0
        ObjectReference.prototype.localName = ''

        ObjectReference.encode = function (message, writer, _depth = 0) {
          if (typeof message !== 'object' || message === null) throw notAMessage(message)
          if (_depth > MAX_DEPTH) throw tooDeep()
          if (message.nodeId != null && message.nodeId !== 0) writer.uint32(8).int32(message.nodeId)
          if (message.localName != null && message.localName !== '') writer.uint32(18).string(message.localName)
          if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
            for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
          return writer
        }

        ObjectReference.decode = function (reader, length, _depth = 0, _target) {
          if (_depth > MAX_DEPTH) throw reader.tooDeep()
          let end, message, value
          if (length === undefined) end = reader.len
          else {
            end = reader.pos + length
            if (end > reader.len) throw reader.fault('a field runs over the end of its message')
            length = reader.len
            reader.len = end
          }
          message = _target || new $tensorflow_TrackableObjectGraph_TrackableObject_ObjectReference()
          while (reader.pos < end) {
            let start = reader.pos
            let tag = reader.tag()
            let wireType = tag & 7
            switch ((tag >>>= 3)) {
              case 1: {
                if (wireType !== 0) break
                if ((value = reader.int32())) message.nodeId = value
                else delete message.nodeId
                continue
              }
              case 2: {
                if (wireType !== 2) break
                if ((value = reader.stringVerify()).length) message.localName = value
                else delete message.localName
                continue
              }
            }
            reader.skip(wireType, tag)
            keepUnknown(message, reader.raw(start, reader.pos))
          }
          if (length !== undefined) {
            if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
            reader.len = length
          }
          return message
        }

        return ObjectReference
      })()

      TrackableObject.SerializedTensor = (function () {
        const SerializedTensor = function (properties) {
          if (properties)
            for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
              if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
        }

        SerializedTensor.prototype.name = ''
        SerializedTensor.prototype.fullName = ''
        SerializedTensor.prototype.checkpointKey = ''

        SerializedTensor.encode = function (message, writer, _depth = 0) {
          if (typeof message !== 'object' || message === null) throw notAMessage(message)
          if (_depth > MAX_DEPTH) throw tooDeep()
          if (message.name != null && message.name !== '') writer.uint32(10).string(message.name)
          if (message.fullName != null && message.fullName !== '') writer.uint32(18).string(message.fullName)
          if (message.checkpointKey != null && message.checkpointKey !== '')
            writer.uint32(26).string(message.checkpointKey)
          if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
            for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
          return writer
        }

        SerializedTensor.decode = function (reader, length, _depth = 0, _target) {
          if (_depth > MAX_DEPTH) throw reader.tooDeep()
          let end, message, value
          if (length === undefined) end = reader.len
          else {
            end = reader.pos + length
            if (end > reader.len) throw reader.fault('a field runs over the end of its message')
            length = reader.len
            reader.len = end
          }
          message = _target || new $tensorflow_TrackableObjectGraph_TrackableObject_SerializedTensor()
          while (reader.pos < end) {
            let start = reader.pos
            let tag = reader.tag()
            let wireType = tag & 7
            switch ((tag >>>= 3)) {
              case 1: {
                if (wireType !== 2) break
                if ((value = reader.stringVerify()).length) message.name = value
                else delete message.name
                continue
              }
              case 2: {
                if (wireType !== 2) break
                if ((value = reader.stringVerify()).length) message.fullName = value
                else delete message.fullName
                continue
              }
              case 3: {
                if (wireType !== 2) break
                if ((value = reader.stringVerify()).length) message.checkpointKey = value
                else delete message.checkpointKey
                continue
              }
            }
            reader.skip(wireType, tag)
            keepUnknown(message, reader.raw(start, reader.pos))
          }
          if (length !== undefined) {
            if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
            reader.len = length
          }
          return message
        }

        return SerializedTensor
      })()

      TrackableObject.SlotVariableReference = (function () {
        const SlotVariableReference = function (properties) {
          if (properties)
            for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
              if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
        }

        SlotVariableReference.prototype.originalVariableNodeId = 0
        SlotVariableReference.prototype.slotName = ''
        SlotVariableReference.prototype.slotVariableNodeId = 0

        SlotVariableReference.encode = function (message, writer, _depth = 0) {
          if (typeof message !== 'object' || message === null) throw notAMessage(message)
          if (_depth > MAX_DEPTH) throw tooDeep()
          if (message.originalVariableNodeId != null && message.originalVariableNodeId !== 0)
            writer.uint32(8).int32(message.originalVariableNodeId)
          if (message.slotName != null && message.slotName !== '') writer.uint32(18).string(message.slotName)
          if (message.slotVariableNodeId != null && message.slotVariableNodeId !== 0)
            writer.uint32(24).int32(message.slotVariableNodeId)
          if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
            for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
          return writer
        }

        SlotVariableReference.decode = function (reader, length, _depth = 0, _target) {
          if (_depth > MAX_DEPTH) throw reader.tooDeep()
          let end, message, value
          if (length === undefined) end = reader.len
          else {
            end = reader.pos + length
            if (end > reader.len) throw reader.fault('a field runs over the end of its message')
            length = reader.len
            reader.len = end
          }
          message = _target || new $tensorflow_TrackableObjectGraph_TrackableObject_SlotVariableReference()
          while (reader.pos < end) {
            let start = reader.pos
            let tag = reader.tag()
            let wireType = tag & 7
            switch ((tag >>>= 3)) {
              case 1: {
                if (wireType !== 0) break
                if ((value = reader.int32())) message.originalVariableNodeId = value
                else delete message.originalVariableNodeId
                continue
              }
              case 2: {
                if (wireType !== 2) break
                if ((value = reader.stringVerify()).length) message.slotName = value
                else delete message.slotName
                continue
              }
              case 3: {
                if (wireType !== 0) break
                if ((value = reader.int32())) message.slotVariableNodeId = value
                else delete message.slotVariableNodeId
                continue
              }
            }
            reader.skip(wireType, tag)
            keepUnknown(message, reader.raw(start, reader.pos))
          }
          if (length !== undefined) {
            if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
            reader.len = length
          }
          return message
        }

        return SlotVariableReference
      })()

      return TrackableObject
    })()

    return TrackableObjectGraph
  })()

  tensorflow.RegisteredSaver = (function () {
    const RegisteredSaver = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    RegisteredSaver.prototype.name = ''
    RegisteredSaver.prototype.objectName = ''

    RegisteredSaver.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.name != null && message.name !== '') writer.uint32(10).string(message.name)
      if (message.objectName != null && message.objectName !== '') writer.uint32(18).string(message.objectName)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    RegisteredSaver.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_RegisteredSaver()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.name = value
            else delete message.name
            continue
          }
          case 2: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.objectName = value
            else delete message.objectName
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    return RegisteredSaver
  })()

  tensorflow.SaverDef = (function () {
    const SaverDef = function (properties) {
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SaverDef.prototype.filenameTensorName = ''
    SaverDef.prototype.saveTensorName = ''
    SaverDef.prototype.restoreOpName = ''
    SaverDef.prototype.maxToKeep = 0
    SaverDef.prototype.sharded = false
    SaverDef.prototype.keepCheckpointEveryNHours = 0
    SaverDef.prototype.version = 0

    SaverDef.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.filenameTensorName != null && message.filenameTensorName !== '')
        writer.uint32(10).string(message.filenameTensorName)
      if (message.saveTensorName != null && message.saveTensorName !== '')
        writer.uint32(18).string(message.saveTensorName)
      if (message.restoreOpName != null && message.restoreOpName !== '') writer.uint32(26).string(message.restoreOpName)
      if (message.maxToKeep != null && message.maxToKeep !== 0) writer.uint32(32).int32(message.maxToKeep)
      if (message.sharded != null && message.sharded !== false) writer.uint32(40).bool(message.sharded)
      if (message.keepCheckpointEveryNHours != null && !Object.is(message.keepCheckpointEveryNHours, 0))
        writer.uint32(53).float(message.keepCheckpointEveryNHours, message, 'keepCheckpointEveryNHours')
      if (message.version != null && message.version !== 0) writer.uint32(56).int32(message.version)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SaverDef.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_SaverDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.filenameTensorName = value
            else delete message.filenameTensorName
            continue
          }
          case 2: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.saveTensorName = value
            else delete message.saveTensorName
            continue
          }
          case 3: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.restoreOpName = value
            else delete message.restoreOpName
            continue
          }
          case 4: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.maxToKeep = value
            else delete message.maxToKeep
            continue
          }
          case 5: {
            if (wireType !== 0) break
            if ((value = reader.bool())) message.sharded = value
            else delete message.sharded
            continue
          }
          case 6: {
            if (wireType !== 5) break
            if (!Object.is((value = reader.float()), 0)) message.keepCheckpointEveryNHours = value
            else delete message.keepCheckpointEveryNHours
            if (reader.nans !== undefined) keepNans(message, 'keepCheckpointEveryNHours', 0, reader)
            continue
          }
          case 7: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.version = value
            else delete message.version
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      return message
    }

    SaverDef.CheckpointFormatVersion = (function () {
      const valuesById = Object.create(null),
        values = Object.create(valuesById)
      values[(valuesById[0] = 'LEGACY')] = 0
      values[(valuesById[1] = 'V1')] = 1
      values[(valuesById[2] = 'V2')] = 2
      return values
    })()

    return SaverDef
  })()

  tensorflow.QueueRunnerDef = (function () {
    const QueueRunnerDef = function (properties) {
      this.enqueueOpName = []
      this.queueClosedExceptionTypes = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    QueueRunnerDef.prototype.queueName = ''
    QueueRunnerDef.prototype.closeOpName = ''
    QueueRunnerDef.prototype.cancelOpName = ''

    QueueRunnerDef.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.queueName != null && message.queueName !== '') writer.uint32(10).string(message.queueName)
      if (message.enqueueOpName != null && isList(message.enqueueOpName))
        for (let i = 0; i < message.enqueueOpName.length; ++i) writer.uint32(18).string(message.enqueueOpName[i])
      if (message.closeOpName != null && message.closeOpName !== '') writer.uint32(26).string(message.closeOpName)
      if (message.cancelOpName != null && message.cancelOpName !== '') writer.uint32(34).string(message.cancelOpName)
      if (message.queueClosedExceptionTypes != null && isList(message.queueClosedExceptionTypes))
        writer.uint32(42).int32s(message.queueClosedExceptionTypes)
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    QueueRunnerDef.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_QueueRunnerDef()
      let $enqueueOpName
      let $queueClosedExceptionTypes
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.queueName = value
            else delete message.queueName
            continue
          }
          case 2: {
            if (wireType !== 2) break
            $enqueueOpName ??= message.enqueueOpName
            $enqueueOpName.push(reader.stringVerify())
            continue
          }
          case 3: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.closeOpName = value
            else delete message.closeOpName
            continue
          }
          case 4: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.cancelOpName = value
            else delete message.cancelOpName
            continue
          }
          case 5: {
            if (wireType === 2) {
              $queueClosedExceptionTypes ??= message.queueClosedExceptionTypes
              reader.int32s($queueClosedExceptionTypes)
              continue
            }
            if (wireType !== 0) break
            $queueClosedExceptionTypes ??= message.queueClosedExceptionTypes
            $queueClosedExceptionTypes.push(reader.int32())
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($enqueueOpName !== undefined) message.enqueueOpName = fit($enqueueOpName)
      if ($queueClosedExceptionTypes !== undefined) message.queueClosedExceptionTypes = fit($queueClosedExceptionTypes)
      return message
    }

    return QueueRunnerDef
  })()

  tensorflow.SavedModel = (function () {
    const SavedModel = function (properties) {
      this.metaGraphs = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedModel.prototype.savedModelSchemaVersion = Long.fromBits(0, 0, false)

    SavedModel.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.savedModelSchemaVersion != null && isNonZero(message.savedModelSchemaVersion))
        writer.uint32(8).int64(toLong(message.savedModelSchemaVersion))
      if (message.metaGraphs != null && isList(message.metaGraphs))
        for (let i = 0; i < message.metaGraphs.length; ++i)
          $tensorflow_MetaGraphDef.encode(message.metaGraphs[i], writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedModel.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_SavedModel()
      let $metaGraphs
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 0) break
            if (typeof (value = reader.int64()) === 'object' ? value.low || value.high : value !== 0)
              message.savedModelSchemaVersion = value
            else delete message.savedModelSchemaVersion
            continue
          }
          case 2: {
            if (wireType !== 2) break
            $metaGraphs ??= message.metaGraphs
            $metaGraphs.push($tensorflow_MetaGraphDef.decode(reader, reader.size(), _depth + 1))
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($metaGraphs !== undefined) message.metaGraphs = fit($metaGraphs)
      return message
    }

    return SavedModel
  })()

  tensorflow.CheckpointState = (function () {
    const CheckpointState = function (properties) {
      this.allModelCheckpointPaths = []
      this.allModelCheckpointTimestamps = []
      if (properties)
        for (let keys = Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    CheckpointState.prototype.modelCheckpointPath = ''
    CheckpointState.prototype.lastPreservedTimestamp = 0

    CheckpointState.encode = function (message, writer, _depth = 0) {
      if (typeof message !== 'object' || message === null) throw notAMessage(message)
      if (_depth > MAX_DEPTH) throw tooDeep()
      if (message.modelCheckpointPath != null && message.modelCheckpointPath !== '')
        writer.uint32(10).string(message.modelCheckpointPath)
      if (message.allModelCheckpointPaths != null && isList(message.allModelCheckpointPaths))
        for (let i = 0; i < message.allModelCheckpointPaths.length; ++i)
          writer.uint32(18).string(message.allModelCheckpointPaths[i])
      if (message.allModelCheckpointTimestamps != null && isList(message.allModelCheckpointTimestamps))
        writer.uint32(26).doubles(message.allModelCheckpointTimestamps, message, 'allModelCheckpointTimestamps')
      if (message.lastPreservedTimestamp != null && !Object.is(message.lastPreservedTimestamp, 0))
        writer.uint32(33).double(message.lastPreservedTimestamp, message, 'lastPreservedTimestamp')
      if (message.$unknowns != null && Object.hasOwn(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    CheckpointState.decode = function (reader, length, _depth = 0, _target) {
      if (_depth > MAX_DEPTH) throw reader.tooDeep()
      let end, message, value
      if (length === undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw reader.fault('a field runs over the end of its message')
        length = reader.len
        reader.len = end
      }
      message = _target || new $tensorflow_CheckpointState()
      let $allModelCheckpointPaths
      let $allModelCheckpointTimestamps
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.modelCheckpointPath = value
            else delete message.modelCheckpointPath
            continue
          }
          case 2: {
            if (wireType !== 2) break
            $allModelCheckpointPaths ??= message.allModelCheckpointPaths
            $allModelCheckpointPaths.push(reader.stringVerify())
            continue
          }
          case 3: {
            if (wireType === 2) {
              $allModelCheckpointTimestamps ??= message.allModelCheckpointTimestamps
              reader.doubles($allModelCheckpointTimestamps)
              if (reader.nans !== undefined) keepNans(message, 'allModelCheckpointTimestamps', 0, reader)
              continue
            }
            if (wireType !== 1) break
            $allModelCheckpointTimestamps ??= message.allModelCheckpointTimestamps
            $allModelCheckpointTimestamps.push(reader.double())
            if (reader.nans !== undefined)
              keepNans(message, 'allModelCheckpointTimestamps', $allModelCheckpointTimestamps.length - 1, reader)
            continue
          }
          case 4: {
            if (wireType !== 1) break
            if (!Object.is((value = reader.double()), 0)) message.lastPreservedTimestamp = value
            else delete message.lastPreservedTimestamp
            if (reader.nans !== undefined) keepNans(message, 'lastPreservedTimestamp', 0, reader)
            continue
          }
        }
        reader.skip(wireType, tag)
        keepUnknown(message, reader.raw(start, reader.pos))
      }
      if (length !== undefined) {
        if (reader.pos !== end) throw reader.fault('a field runs over the end of its message')
        reader.len = length
      }
      if ($allModelCheckpointPaths !== undefined) message.allModelCheckpointPaths = fit($allModelCheckpointPaths)
      if ($allModelCheckpointTimestamps !== undefined)
        message.allModelCheckpointTimestamps = fit($allModelCheckpointTimestamps)
      return message
    }

    return CheckpointState
  })()

  return tensorflow
})()

const $google_protobuf_Any = google.protobuf.Any
const $google_protobuf_DoubleValue = google.protobuf.DoubleValue
const $google_protobuf_FloatValue = google.protobuf.FloatValue
const $google_protobuf_Int64Value = google.protobuf.Int64Value
const $google_protobuf_UInt64Value = google.protobuf.UInt64Value
const $google_protobuf_Int32Value = google.protobuf.Int32Value
const $google_protobuf_UInt32Value = google.protobuf.UInt32Value
const $google_protobuf_BoolValue = google.protobuf.BoolValue
const $google_protobuf_StringValue = google.protobuf.StringValue
const $google_protobuf_BytesValue = google.protobuf.BytesValue
const $tensorflow_AttrValue_ListValue = tensorflow.AttrValue.ListValue
const $tensorflow_TensorShapeProto = tensorflow.TensorShapeProto
const $tensorflow_TensorProto = tensorflow.TensorProto
const $tensorflow_NameAttrList = tensorflow.NameAttrList
const $tensorflow_AttrValue = tensorflow.AttrValue
const $tensorflow_ResourceHandleProto = tensorflow.ResourceHandleProto
const $tensorflow_VariantTensorDataProto = tensorflow.VariantTensorDataProto
const $tensorflow_ResourceHandleProto_DtypeAndShape = tensorflow.ResourceHandleProto.DtypeAndShape
const $tensorflow_TensorShapeProto_Dim = tensorflow.TensorShapeProto.Dim
const $tensorflow_SerializedDType = tensorflow.SerializedDType
const $tensorflow_FullTypeDef = tensorflow.FullTypeDef
const $tensorflow_FunctionDef = tensorflow.FunctionDef
const $tensorflow_GradientDef = tensorflow.GradientDef
const $tensorflow_RegisteredGradient = tensorflow.RegisteredGradient
const $tensorflow_FunctionDefLibrary = tensorflow.FunctionDefLibrary
const $tensorflow_OpDef = tensorflow.OpDef
const $tensorflow_NodeDef = tensorflow.NodeDef
const $tensorflow_FunctionDef_ArgAttrs = tensorflow.FunctionDef.ArgAttrs
const $tensorflow_NodeDef_ExperimentalDebugInfo = tensorflow.NodeDef.ExperimentalDebugInfo
const $tensorflow_OpDef_ArgDef = tensorflow.OpDef.ArgDef
const $tensorflow_OpDef_AttrDef = tensorflow.OpDef.AttrDef
const $tensorflow_OpDeprecation = tensorflow.OpDeprecation
const $tensorflow_OpList = tensorflow.OpList
const $tensorflow_VersionDef = tensorflow.VersionDef
const $tensorflow_GraphDebugInfo = tensorflow.GraphDebugInfo
const $tensorflow_GraphDef = tensorflow.GraphDef
const $tensorflow_GraphDebugInfo_StackTrace = tensorflow.GraphDebugInfo.StackTrace
const $tensorflow_GraphDebugInfo_FileLineCol = tensorflow.GraphDebugInfo.FileLineCol
const $tensorflow_SaveSliceInfoDef = tensorflow.SaveSliceInfoDef
const $tensorflow_VariableDef = tensorflow.VariableDef
const $tensorflow_ValuesDef = tensorflow.ValuesDef
const $tensorflow_CondContextDef = tensorflow.CondContextDef
const $tensorflow_WhileContextDef = tensorflow.WhileContextDef
const $tensorflow_ControlFlowContextDef = tensorflow.ControlFlowContextDef
const $tensorflow_MetaGraphDef_MetaInfoDef = tensorflow.MetaGraphDef.MetaInfoDef
const $tensorflow_SaverDef = tensorflow.SaverDef
const $tensorflow_CollectionDef = tensorflow.CollectionDef
const $tensorflow_SignatureDef = tensorflow.SignatureDef
const $tensorflow_AssetFileDef = tensorflow.AssetFileDef
const $tensorflow_SavedObjectGraph = tensorflow.SavedObjectGraph
const $tensorflow_MetaGraphDef = tensorflow.MetaGraphDef
const $tensorflow_CollectionDef_NodeList = tensorflow.CollectionDef.NodeList
const $tensorflow_CollectionDef_BytesList = tensorflow.CollectionDef.BytesList
const $tensorflow_CollectionDef_Int64List = tensorflow.CollectionDef.Int64List
const $tensorflow_CollectionDef_FloatList = tensorflow.CollectionDef.FloatList
const $tensorflow_CollectionDef_AnyList = tensorflow.CollectionDef.AnyList
const $tensorflow_TensorInfo_CooSparse = tensorflow.TensorInfo.CooSparse
const $tensorflow_TensorInfo_CompositeTensor = tensorflow.TensorInfo.CompositeTensor
const $tensorflow_TensorInfo = tensorflow.TensorInfo
const $tensorflow_TypeSpecProto = tensorflow.TypeSpecProto
const $tensorflow_SavedObject = tensorflow.SavedObject
const $tensorflow_SavedConcreteFunction = tensorflow.SavedConcreteFunction
const $tensorflow_TrackableObjectGraph_TrackableObject_ObjectReference =
  tensorflow.TrackableObjectGraph.TrackableObject.ObjectReference
const $tensorflow_TrackableObjectGraph_TrackableObject_SlotVariableReference =
  tensorflow.TrackableObjectGraph.TrackableObject.SlotVariableReference
const $tensorflow_SavedUserObject = tensorflow.SavedUserObject
const $tensorflow_SavedAsset = tensorflow.SavedAsset
const $tensorflow_SavedFunction = tensorflow.SavedFunction
const $tensorflow_SavedVariable = tensorflow.SavedVariable
const $tensorflow_SavedBareConcreteFunction = tensorflow.SavedBareConcreteFunction
const $tensorflow_SavedConstant = tensorflow.SavedConstant
const $tensorflow_SavedResource = tensorflow.SavedResource
const $tensorflow_SaveableObject = tensorflow.SaveableObject
const $tensorflow_CapturedTensor = tensorflow.CapturedTensor
const $tensorflow_FunctionSpec = tensorflow.FunctionSpec
const $tensorflow_StructuredValue = tensorflow.StructuredValue
const $tensorflow_NoneValue = tensorflow.NoneValue
const $tensorflow_TensorSpecProto = tensorflow.TensorSpecProto
const $tensorflow_BoundedTensorSpecProto = tensorflow.BoundedTensorSpecProto
const $tensorflow_ListValue = tensorflow.ListValue
const $tensorflow_TupleValue = tensorflow.TupleValue
const $tensorflow_DictValue = tensorflow.DictValue
const $tensorflow_NamedTupleValue = tensorflow.NamedTupleValue
const $tensorflow_PairValue = tensorflow.PairValue
const $tensorflow_TrackableObjectGraph_TrackableObject = tensorflow.TrackableObjectGraph.TrackableObject
const $tensorflow_TrackableObjectGraph = tensorflow.TrackableObjectGraph
const $tensorflow_TrackableObjectGraph_TrackableObject_SerializedTensor =
  tensorflow.TrackableObjectGraph.TrackableObject.SerializedTensor
const $tensorflow_RegisteredSaver = tensorflow.RegisteredSaver
const $tensorflow_QueueRunnerDef = tensorflow.QueueRunnerDef
const $tensorflow_SavedModel = tensorflow.SavedModel
const $tensorflow_CheckpointState = tensorflow.CheckpointState
