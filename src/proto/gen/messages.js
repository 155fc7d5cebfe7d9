// Written by scripts/generate-proto.mjs from proto/: change those.
/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from 'protobufjs/minimal.js'
import { isNonZero, sortedKeys, sortedNumericKeys, toLong, toLongs } from '../message-values'

const $Reader = $protobuf.Reader,
  $Writer = $protobuf.Writer,
  $util = $protobuf.util
const $Object = $util.global.Object,
  $undefined = $util.global.undefined,
  $Error = $util.global.Error,
  $RangeError = $util.global.RangeError

const $root = $protobuf.roots['tfsave'] || ($protobuf.roots['tfsave'] = {})

export const google = ($root.google = (() => {
  const google = {}

  google.protobuf = (function () {
    const protobuf = {}

    protobuf.Any = (function () {
      const Any = function (properties) {
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      Any.prototype.typeUrl = ''
      Any.prototype.value = $util.newBuffer([])

      Any.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.typeUrl != null && $Object.hasOwnProperty.call(message, 'typeUrl') && message.typeUrl !== '')
          writer.uint32(10).string(message.typeUrl)
        if (message.value != null && $Object.hasOwnProperty.call(message, 'value') && message.value.length)
          writer.uint32(18).bytes(message.value)
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      Any.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message, value
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.google.protobuf.Any()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
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
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return Any
    })()

    protobuf.DoubleValue = (function () {
      const DoubleValue = function (properties) {
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      DoubleValue.prototype.value = 0

      DoubleValue.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.value != null && $Object.hasOwnProperty.call(message, 'value') && !$Object.is(message.value, 0))
          writer.uint32(9).double(message.value)
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      DoubleValue.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message, value
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.google.protobuf.DoubleValue()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 1) break
              if (!$Object.is((value = reader.double()), 0)) message.value = value
              else delete message.value
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return DoubleValue
    })()

    protobuf.FloatValue = (function () {
      const FloatValue = function (properties) {
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      FloatValue.prototype.value = 0

      FloatValue.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.value != null && $Object.hasOwnProperty.call(message, 'value') && !$Object.is(message.value, 0))
          writer.uint32(13).float(message.value)
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      FloatValue.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message, value
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.google.protobuf.FloatValue()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 5) break
              if (!$Object.is((value = reader.float()), 0)) message.value = value
              else delete message.value
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return FloatValue
    })()

    protobuf.Int64Value = (function () {
      const Int64Value = function (properties) {
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      Int64Value.prototype.value = $util.Long ? $util.Long.fromBits(0, 0, false) : 0

      Int64Value.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.value != null && $Object.hasOwnProperty.call(message, 'value') && isNonZero(message.value))
          writer.uint32(8).int64(toLong(message.value))
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      Int64Value.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message, value
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.google.protobuf.Int64Value()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
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
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return Int64Value
    })()

    protobuf.UInt64Value = (function () {
      const UInt64Value = function (properties) {
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      UInt64Value.prototype.value = $util.Long ? $util.Long.fromBits(0, 0, true) : 0

      UInt64Value.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.value != null && $Object.hasOwnProperty.call(message, 'value') && isNonZero(message.value))
          writer.uint32(8).uint64(toLong(message.value))
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      UInt64Value.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message, value
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.google.protobuf.UInt64Value()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
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
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return UInt64Value
    })()

    protobuf.Int32Value = (function () {
      const Int32Value = function (properties) {
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      Int32Value.prototype.value = 0

      Int32Value.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.value != null && $Object.hasOwnProperty.call(message, 'value') && message.value !== 0)
          writer.uint32(8).int32(message.value)
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      Int32Value.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message, value
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.google.protobuf.Int32Value()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 0) break
              if ((value = reader.int32())) message.value = value
              else delete message.value
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return Int32Value
    })()

    protobuf.UInt32Value = (function () {
      const UInt32Value = function (properties) {
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      UInt32Value.prototype.value = 0

      UInt32Value.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.value != null && $Object.hasOwnProperty.call(message, 'value') && message.value !== 0)
          writer.uint32(8).uint32(message.value)
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      UInt32Value.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message, value
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.google.protobuf.UInt32Value()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 0) break
              if ((value = reader.uint32())) message.value = value
              else delete message.value
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return UInt32Value
    })()

    protobuf.BoolValue = (function () {
      const BoolValue = function (properties) {
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      BoolValue.prototype.value = false

      BoolValue.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.value != null && $Object.hasOwnProperty.call(message, 'value') && message.value !== false)
          writer.uint32(8).bool(message.value)
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      BoolValue.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message, value
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.google.protobuf.BoolValue()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 0) break
              if ((value = reader.bool())) message.value = value
              else delete message.value
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return BoolValue
    })()

    protobuf.StringValue = (function () {
      const StringValue = function (properties) {
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      StringValue.prototype.value = ''

      StringValue.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.value != null && $Object.hasOwnProperty.call(message, 'value') && message.value !== '')
          writer.uint32(10).string(message.value)
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      StringValue.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message, value
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.google.protobuf.StringValue()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              if ((value = reader.stringVerify()).length) message.value = value
              else delete message.value
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return StringValue
    })()

    protobuf.BytesValue = (function () {
      const BytesValue = function (properties) {
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      BytesValue.prototype.value = $util.newBuffer([])

      BytesValue.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.value != null && $Object.hasOwnProperty.call(message, 'value') && message.value.length)
          writer.uint32(10).bytes(message.value)
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      BytesValue.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message, value
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.google.protobuf.BytesValue()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              if ((value = reader.bytes()).length) message.value = value
              else delete message.value
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return BytesValue
    })()

    return protobuf
  })()

  return google
})())

export const tensorflow = ($root.tensorflow = (() => {
  const tensorflow = {}

  tensorflow.AttrValue = (function () {
    const AttrValue = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
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

    let $oneOfFields

    $Object.defineProperty(AttrValue.prototype, 'value', {
      get: $util.oneOfGetter(
        ($oneOfFields = ['s', 'i', 'f', 'b', 'type', 'shape', 'tensor', 'list', 'func', 'placeholder']),
      ),
      set: $util.oneOfSetter($oneOfFields),
    })

    AttrValue.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.list != null && $Object.hasOwnProperty.call(message, 'list'))
        $root.tensorflow.AttrValue.ListValue.encode(message.list, writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.s != null && $Object.hasOwnProperty.call(message, 's')) writer.uint32(18).bytes(message.s)
      if (message.i != null && $Object.hasOwnProperty.call(message, 'i')) writer.uint32(24).int64(toLong(message.i))
      if (message.f != null && $Object.hasOwnProperty.call(message, 'f')) writer.uint32(37).float(message.f)
      if (message.b != null && $Object.hasOwnProperty.call(message, 'b')) writer.uint32(40).bool(message.b)
      if (message.type != null && $Object.hasOwnProperty.call(message, 'type')) writer.uint32(48).int32(message.type)
      if (message.shape != null && $Object.hasOwnProperty.call(message, 'shape'))
        $root.tensorflow.TensorShapeProto.encode(message.shape, writer.uint32(58).fork(), _depth + 1).ldelim()
      if (message.tensor != null && $Object.hasOwnProperty.call(message, 'tensor'))
        $root.tensorflow.TensorProto.encode(message.tensor, writer.uint32(66).fork(), _depth + 1).ldelim()
      if (message.placeholder != null && $Object.hasOwnProperty.call(message, 'placeholder'))
        writer.uint32(74).string(message.placeholder)
      if (message.func != null && $Object.hasOwnProperty.call(message, 'func'))
        $root.tensorflow.NameAttrList.encode(message.func, writer.uint32(82).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    AttrValue.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.AttrValue()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 2: {
            if (wireType !== 2) break
            message.s = reader.bytes()
            message.value = 's'
            continue
          }
          case 3: {
            if (wireType !== 0) break
            message.i = reader.int64()
            message.value = 'i'
            continue
          }
          case 4: {
            if (wireType !== 5) break
            message.f = reader.float()
            message.value = 'f'
            continue
          }
          case 5: {
            if (wireType !== 0) break
            message.b = reader.bool()
            message.value = 'b'
            continue
          }
          case 6: {
            if (wireType !== 0) break
            message.type = reader.int32()
            message.value = 'type'
            continue
          }
          case 7: {
            if (wireType !== 2) break
            message.shape = $root.tensorflow.TensorShapeProto.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.shape,
            )
            message.value = 'shape'
            continue
          }
          case 8: {
            if (wireType !== 2) break
            message.tensor = $root.tensorflow.TensorProto.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.tensor,
            )
            message.value = 'tensor'
            continue
          }
          case 1: {
            if (wireType !== 2) break
            message.list = $root.tensorflow.AttrValue.ListValue.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.list,
            )
            message.value = 'list'
            continue
          }
          case 10: {
            if (wireType !== 2) break
            message.func = $root.tensorflow.NameAttrList.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.func,
            )
            message.value = 'func'
            continue
          }
          case 9: {
            if (wireType !== 2) break
            message.placeholder = reader.stringVerify()
            message.value = 'placeholder'
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    AttrValue.ListValue = (function () {
      const ListValue = function (properties) {
        this.s = []
        this.i = []
        this.f = []
        this.b = []
        this.type = []
        this.shape = []
        this.tensor = []
        this.func = []
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      ListValue.prototype.s = $util.emptyArray
      ListValue.prototype.i = $util.emptyArray
      ListValue.prototype.f = $util.emptyArray
      ListValue.prototype.b = $util.emptyArray
      ListValue.prototype.type = $util.emptyArray
      ListValue.prototype.shape = $util.emptyArray
      ListValue.prototype.tensor = $util.emptyArray
      ListValue.prototype.func = $util.emptyArray

      ListValue.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.s != null && message.s.length)
          for (let i = 0; i < message.s.length; ++i) writer.uint32(18).bytes(message.s[i])
        if (message.i != null && message.i.length) writer.uint32(26).int64s(toLongs(message.i))
        if (message.f != null && message.f.length) writer.uint32(34).floats(message.f)
        if (message.b != null && message.b.length) writer.uint32(42).bools(message.b)
        if (message.type != null && message.type.length) writer.uint32(50).int32s(message.type)
        if (message.shape != null && message.shape.length)
          for (let i = 0; i < message.shape.length; ++i)
            $root.tensorflow.TensorShapeProto.encode(message.shape[i], writer.uint32(58).fork(), _depth + 1).ldelim()
        if (message.tensor != null && message.tensor.length)
          for (let i = 0; i < message.tensor.length; ++i)
            $root.tensorflow.TensorProto.encode(message.tensor[i], writer.uint32(66).fork(), _depth + 1).ldelim()
        if (message.func != null && message.func.length)
          for (let i = 0; i < message.func.length; ++i)
            $root.tensorflow.NameAttrList.encode(message.func[i], writer.uint32(74).fork(), _depth + 1).ldelim()
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      ListValue.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message, value
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.tensorflow.AttrValue.ListValue()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 2: {
              if (wireType !== 2) break
              if (!(message.s && message.s.length)) message.s = []
              message.s.push(reader.bytes())
              continue
            }
            case 3: {
              if (wireType === 2) {
                if (!(message.i && message.i.length)) message.i = []
                reader.int64s(toLongs(message.i))
                continue
              }
              if (wireType !== 0) break
              if (!(message.i && message.i.length)) message.i = []
              message.i.push(reader.int64())
              continue
            }
            case 4: {
              if (wireType === 2) {
                if (!(message.f && message.f.length)) message.f = []
                reader.floats(message.f)
                continue
              }
              if (wireType !== 5) break
              if (!(message.f && message.f.length)) message.f = []
              message.f.push(reader.float())
              continue
            }
            case 5: {
              if (wireType === 2) {
                if (!(message.b && message.b.length)) message.b = []
                reader.bools(message.b)
                continue
              }
              if (wireType !== 0) break
              if (!(message.b && message.b.length)) message.b = []
              message.b.push(reader.bool())
              continue
            }
            case 6: {
              if (wireType === 2) {
                if (!(message.type && message.type.length)) message.type = []
                reader.int32s(message.type)
                continue
              }
              if (wireType !== 0) break
              if (!(message.type && message.type.length)) message.type = []
              message.type.push(reader.int32())
              continue
            }
            case 7: {
              if (wireType !== 2) break
              if (!(message.shape && message.shape.length)) message.shape = []
              message.shape.push(
                $root.tensorflow.TensorShapeProto.decode(reader, reader.size(), $undefined, _depth + 1),
              )
              continue
            }
            case 8: {
              if (wireType !== 2) break
              if (!(message.tensor && message.tensor.length)) message.tensor = []
              message.tensor.push($root.tensorflow.TensorProto.decode(reader, reader.size(), $undefined, _depth + 1))
              continue
            }
            case 9: {
              if (wireType !== 2) break
              if (!(message.func && message.func.length)) message.func = []
              message.func.push($root.tensorflow.NameAttrList.decode(reader, reader.size(), $undefined, _depth + 1))
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
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
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    NameAttrList.prototype.name = ''
    NameAttrList.prototype.attr = $util.emptyObject

    NameAttrList.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.name != null && $Object.hasOwnProperty.call(message, 'name') && message.name !== '')
        writer.uint32(10).string(message.name)
      if (message.attr != null && $Object.hasOwnProperty.call(message, 'attr'))
        for (let keys = sortedKeys(message.attr), i = 0; i < keys.length; ++i) {
          writer.uint32(18).fork().uint32(10).string(keys[i])
          $root.tensorflow.AttrValue.encode(message.attr[keys[i]], writer.uint32(18).fork(), _depth + 1)
            .ldelim()
            .ldelim()
        }
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    NameAttrList.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, key, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.NameAttrList()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            if (message.attr === $util.emptyObject) message.attr = {}
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw $RangeError('index out of range')
            reader.len = end2
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
                  value = $root.tensorflow.AttrValue.decode(reader, reader.size(), $undefined, _depth + 1, value)
                  continue
              }
              reader.skipType(wireType, _depth, tag2)
            }
            if (reader.pos !== end2) throw $RangeError('index out of range')
            reader.len = end
            if (key === '__proto__') $util.makeProp(message.attr, key)
            message.attr[key] = value || new $root.tensorflow.AttrValue()
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return NameAttrList
  })()

  tensorflow.TensorProto = (function () {
    const TensorProto = function (properties) {
      this.halfVal = []
      this.floatVal = []
      this.doubleVal = []
      this.intVal = []
      this.stringVal = []
      this.scomplexVal = []
      this.int64Val = []
      this.boolVal = []
      this.dcomplexVal = []
      this.resourceHandleVal = []
      this.variantVal = []
      this.uint32Val = []
      this.uint64Val = []
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    TensorProto.prototype.dtype = 0
    TensorProto.prototype.tensorShape = null
    TensorProto.prototype.versionNumber = 0
    TensorProto.prototype.tensorContent = $util.newBuffer([])
    TensorProto.prototype.halfVal = $util.emptyArray
    TensorProto.prototype.floatVal = $util.emptyArray
    TensorProto.prototype.doubleVal = $util.emptyArray
    TensorProto.prototype.intVal = $util.emptyArray
    TensorProto.prototype.stringVal = $util.emptyArray
    TensorProto.prototype.scomplexVal = $util.emptyArray
    TensorProto.prototype.int64Val = $util.emptyArray
    TensorProto.prototype.boolVal = $util.emptyArray
    TensorProto.prototype.dcomplexVal = $util.emptyArray
    TensorProto.prototype.resourceHandleVal = $util.emptyArray
    TensorProto.prototype.variantVal = $util.emptyArray
    TensorProto.prototype.uint32Val = $util.emptyArray
    TensorProto.prototype.uint64Val = $util.emptyArray
    TensorProto.prototype.float8Val = $util.newBuffer([])

    TensorProto.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.dtype != null && $Object.hasOwnProperty.call(message, 'dtype') && message.dtype !== 0)
        writer.uint32(8).int32(message.dtype)
      if (message.tensorShape != null && $Object.hasOwnProperty.call(message, 'tensorShape'))
        $root.tensorflow.TensorShapeProto.encode(message.tensorShape, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (
        message.versionNumber != null &&
        $Object.hasOwnProperty.call(message, 'versionNumber') &&
        message.versionNumber !== 0
      )
        writer.uint32(24).int32(message.versionNumber)
      if (
        message.tensorContent != null &&
        $Object.hasOwnProperty.call(message, 'tensorContent') &&
        message.tensorContent.length
      )
        writer.uint32(34).bytes(message.tensorContent)
      if (message.floatVal != null && message.floatVal.length) writer.uint32(42).floats(message.floatVal)
      if (message.doubleVal != null && message.doubleVal.length) writer.uint32(50).doubles(message.doubleVal)
      if (message.intVal != null && message.intVal.length) writer.uint32(58).int32s(message.intVal)
      if (message.stringVal != null && message.stringVal.length)
        for (let i = 0; i < message.stringVal.length; ++i) writer.uint32(66).bytes(message.stringVal[i])
      if (message.scomplexVal != null && message.scomplexVal.length) writer.uint32(74).floats(message.scomplexVal)
      if (message.int64Val != null && message.int64Val.length) writer.uint32(82).int64s(toLongs(message.int64Val))
      if (message.boolVal != null && message.boolVal.length) writer.uint32(90).bools(message.boolVal)
      if (message.dcomplexVal != null && message.dcomplexVal.length) writer.uint32(98).doubles(message.dcomplexVal)
      if (message.halfVal != null && message.halfVal.length) writer.uint32(106).int32s(message.halfVal)
      if (message.resourceHandleVal != null && message.resourceHandleVal.length)
        for (let i = 0; i < message.resourceHandleVal.length; ++i)
          $root.tensorflow.ResourceHandleProto.encode(
            message.resourceHandleVal[i],
            writer.uint32(114).fork(),
            _depth + 1,
          ).ldelim()
      if (message.variantVal != null && message.variantVal.length)
        for (let i = 0; i < message.variantVal.length; ++i)
          $root.tensorflow.VariantTensorDataProto.encode(
            message.variantVal[i],
            writer.uint32(122).fork(),
            _depth + 1,
          ).ldelim()
      if (message.uint32Val != null && message.uint32Val.length) writer.uint32(130).uint32s(message.uint32Val)
      if (message.uint64Val != null && message.uint64Val.length) writer.uint32(138).uint64s(toLongs(message.uint64Val))
      if (message.float8Val != null && $Object.hasOwnProperty.call(message, 'float8Val') && message.float8Val.length)
        writer.uint32(146).bytes(message.float8Val)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    TensorProto.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.TensorProto()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            message.tensorShape = $root.tensorflow.TensorShapeProto.decode(
              reader,
              reader.size(),
              $undefined,
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
              if (!(message.halfVal && message.halfVal.length)) message.halfVal = []
              reader.int32s(message.halfVal)
              continue
            }
            if (wireType !== 0) break
            if (!(message.halfVal && message.halfVal.length)) message.halfVal = []
            message.halfVal.push(reader.int32())
            continue
          }
          case 5: {
            if (wireType === 2) {
              if (!(message.floatVal && message.floatVal.length)) message.floatVal = []
              reader.floats(message.floatVal)
              continue
            }
            if (wireType !== 5) break
            if (!(message.floatVal && message.floatVal.length)) message.floatVal = []
            message.floatVal.push(reader.float())
            continue
          }
          case 6: {
            if (wireType === 2) {
              if (!(message.doubleVal && message.doubleVal.length)) message.doubleVal = []
              reader.doubles(message.doubleVal)
              continue
            }
            if (wireType !== 1) break
            if (!(message.doubleVal && message.doubleVal.length)) message.doubleVal = []
            message.doubleVal.push(reader.double())
            continue
          }
          case 7: {
            if (wireType === 2) {
              if (!(message.intVal && message.intVal.length)) message.intVal = []
              reader.int32s(message.intVal)
              continue
            }
            if (wireType !== 0) break
            if (!(message.intVal && message.intVal.length)) message.intVal = []
            message.intVal.push(reader.int32())
            continue
          }
          case 8: {
            if (wireType !== 2) break
            if (!(message.stringVal && message.stringVal.length)) message.stringVal = []
            message.stringVal.push(reader.bytes())
            continue
          }
          case 9: {
            if (wireType === 2) {
              if (!(message.scomplexVal && message.scomplexVal.length)) message.scomplexVal = []
              reader.floats(message.scomplexVal)
              continue
            }
            if (wireType !== 5) break
            if (!(message.scomplexVal && message.scomplexVal.length)) message.scomplexVal = []
            message.scomplexVal.push(reader.float())
            continue
          }
          case 10: {
            if (wireType === 2) {
              if (!(message.int64Val && message.int64Val.length)) message.int64Val = []
              reader.int64s(toLongs(message.int64Val))
              continue
            }
            if (wireType !== 0) break
            if (!(message.int64Val && message.int64Val.length)) message.int64Val = []
            message.int64Val.push(reader.int64())
            continue
          }
          case 11: {
            if (wireType === 2) {
              if (!(message.boolVal && message.boolVal.length)) message.boolVal = []
              reader.bools(message.boolVal)
              continue
            }
            if (wireType !== 0) break
            if (!(message.boolVal && message.boolVal.length)) message.boolVal = []
            message.boolVal.push(reader.bool())
            continue
          }
          case 12: {
            if (wireType === 2) {
              if (!(message.dcomplexVal && message.dcomplexVal.length)) message.dcomplexVal = []
              reader.doubles(message.dcomplexVal)
              continue
            }
            if (wireType !== 1) break
            if (!(message.dcomplexVal && message.dcomplexVal.length)) message.dcomplexVal = []
            message.dcomplexVal.push(reader.double())
            continue
          }
          case 14: {
            if (wireType !== 2) break
            if (!(message.resourceHandleVal && message.resourceHandleVal.length)) message.resourceHandleVal = []
            message.resourceHandleVal.push(
              $root.tensorflow.ResourceHandleProto.decode(reader, reader.size(), $undefined, _depth + 1),
            )
            continue
          }
          case 15: {
            if (wireType !== 2) break
            if (!(message.variantVal && message.variantVal.length)) message.variantVal = []
            message.variantVal.push(
              $root.tensorflow.VariantTensorDataProto.decode(reader, reader.size(), $undefined, _depth + 1),
            )
            continue
          }
          case 16: {
            if (wireType === 2) {
              if (!(message.uint32Val && message.uint32Val.length)) message.uint32Val = []
              reader.uint32s(message.uint32Val)
              continue
            }
            if (wireType !== 0) break
            if (!(message.uint32Val && message.uint32Val.length)) message.uint32Val = []
            message.uint32Val.push(reader.uint32())
            continue
          }
          case 17: {
            if (wireType === 2) {
              if (!(message.uint64Val && message.uint64Val.length)) message.uint64Val = []
              reader.uint64s(toLongs(message.uint64Val))
              continue
            }
            if (wireType !== 0) break
            if (!(message.uint64Val && message.uint64Val.length)) message.uint64Val = []
            message.uint64Val.push(reader.uint64())
            continue
          }
          case 18: {
            if (wireType !== 2) break
            if ((value = reader.bytes()).length) message.float8Val = value
            else delete message.float8Val
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return TensorProto
  })()

  tensorflow.VariantTensorDataProto = (function () {
    const VariantTensorDataProto = function (properties) {
      this.tensors = []
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    VariantTensorDataProto.prototype.typeName = ''
    VariantTensorDataProto.prototype.metadata = $util.newBuffer([])
    VariantTensorDataProto.prototype.tensors = $util.emptyArray

    VariantTensorDataProto.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.typeName != null && $Object.hasOwnProperty.call(message, 'typeName') && message.typeName !== '')
        writer.uint32(10).string(message.typeName)
      if (message.metadata != null && $Object.hasOwnProperty.call(message, 'metadata') && message.metadata.length)
        writer.uint32(18).bytes(message.metadata)
      if (message.tensors != null && message.tensors.length)
        for (let i = 0; i < message.tensors.length; ++i)
          $root.tensorflow.TensorProto.encode(message.tensors[i], writer.uint32(26).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    VariantTensorDataProto.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.VariantTensorDataProto()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            if (!(message.tensors && message.tensors.length)) message.tensors = []
            message.tensors.push($root.tensorflow.TensorProto.decode(reader, reader.size(), $undefined, _depth + 1))
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return VariantTensorDataProto
  })()

  tensorflow.ResourceHandleProto = (function () {
    const ResourceHandleProto = function (properties) {
      this.dtypesAndShapes = []
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    ResourceHandleProto.prototype.device = ''
    ResourceHandleProto.prototype.container = ''
    ResourceHandleProto.prototype.name = ''
    ResourceHandleProto.prototype.hashCode = $util.Long ? $util.Long.fromBits(0, 0, true) : 0
    ResourceHandleProto.prototype.maybeTypeName = ''
    ResourceHandleProto.prototype.dtypesAndShapes = $util.emptyArray

    ResourceHandleProto.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.device != null && $Object.hasOwnProperty.call(message, 'device') && message.device !== '')
        writer.uint32(10).string(message.device)
      if (message.container != null && $Object.hasOwnProperty.call(message, 'container') && message.container !== '')
        writer.uint32(18).string(message.container)
      if (message.name != null && $Object.hasOwnProperty.call(message, 'name') && message.name !== '')
        writer.uint32(26).string(message.name)
      if (message.hashCode != null && $Object.hasOwnProperty.call(message, 'hashCode') && isNonZero(message.hashCode))
        writer.uint32(32).uint64(toLong(message.hashCode))
      if (
        message.maybeTypeName != null &&
        $Object.hasOwnProperty.call(message, 'maybeTypeName') &&
        message.maybeTypeName !== ''
      )
        writer.uint32(42).string(message.maybeTypeName)
      if (message.dtypesAndShapes != null && message.dtypesAndShapes.length)
        for (let i = 0; i < message.dtypesAndShapes.length; ++i)
          $root.tensorflow.ResourceHandleProto.DtypeAndShape.encode(
            message.dtypesAndShapes[i],
            writer.uint32(50).fork(),
            _depth + 1,
          ).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    ResourceHandleProto.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.ResourceHandleProto()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            if (!(message.dtypesAndShapes && message.dtypesAndShapes.length)) message.dtypesAndShapes = []
            message.dtypesAndShapes.push(
              $root.tensorflow.ResourceHandleProto.DtypeAndShape.decode(reader, reader.size(), $undefined, _depth + 1),
            )
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    ResourceHandleProto.DtypeAndShape = (function () {
      const DtypeAndShape = function (properties) {
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      DtypeAndShape.prototype.dtype = 0
      DtypeAndShape.prototype.shape = null

      DtypeAndShape.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.dtype != null && $Object.hasOwnProperty.call(message, 'dtype') && message.dtype !== 0)
          writer.uint32(8).int32(message.dtype)
        if (message.shape != null && $Object.hasOwnProperty.call(message, 'shape'))
          $root.tensorflow.TensorShapeProto.encode(message.shape, writer.uint32(18).fork(), _depth + 1).ldelim()
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      DtypeAndShape.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message, value
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.tensorflow.ResourceHandleProto.DtypeAndShape()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
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
              message.shape = $root.tensorflow.TensorShapeProto.decode(
                reader,
                reader.size(),
                $undefined,
                _depth + 1,
                message.shape,
              )
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
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
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    TensorShapeProto.prototype.dim = $util.emptyArray
    TensorShapeProto.prototype.unknownRank = false

    TensorShapeProto.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.dim != null && message.dim.length)
        for (let i = 0; i < message.dim.length; ++i)
          $root.tensorflow.TensorShapeProto.Dim.encode(message.dim[i], writer.uint32(18).fork(), _depth + 1).ldelim()
      if (
        message.unknownRank != null &&
        $Object.hasOwnProperty.call(message, 'unknownRank') &&
        message.unknownRank !== false
      )
        writer.uint32(24).bool(message.unknownRank)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    TensorShapeProto.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.TensorShapeProto()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 2: {
            if (wireType !== 2) break
            if (!(message.dim && message.dim.length)) message.dim = []
            message.dim.push(
              $root.tensorflow.TensorShapeProto.Dim.decode(reader, reader.size(), $undefined, _depth + 1),
            )
            continue
          }
          case 3: {
            if (wireType !== 0) break
            if ((value = reader.bool())) message.unknownRank = value
            else delete message.unknownRank
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    TensorShapeProto.Dim = (function () {
      const Dim = function (properties) {
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      Dim.prototype.size = $util.Long ? $util.Long.fromBits(0, 0, false) : 0
      Dim.prototype.name = ''

      Dim.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.size != null && $Object.hasOwnProperty.call(message, 'size') && isNonZero(message.size))
          writer.uint32(8).int64(toLong(message.size))
        if (message.name != null && $Object.hasOwnProperty.call(message, 'name') && message.name !== '')
          writer.uint32(18).string(message.name)
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      Dim.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message, value
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.tensorflow.TensorShapeProto.Dim()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
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
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return Dim
    })()

    return TensorShapeProto
  })()

  tensorflow.DataType = (function () {
    const valuesById = $Object.create(null),
      values = $Object.create(valuesById)
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
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SerializedDType.prototype.datatype = 0

    SerializedDType.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.datatype != null && $Object.hasOwnProperty.call(message, 'datatype') && message.datatype !== 0)
        writer.uint32(8).int32(message.datatype)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SerializedDType.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.SerializedDType()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.datatype = value
            else delete message.datatype
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return SerializedDType
  })()

  tensorflow.FullTypeId = (function () {
    const valuesById = $Object.create(null),
      values = $Object.create(valuesById)
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
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    FullTypeDef.prototype.typeId = 0
    FullTypeDef.prototype.args = $util.emptyArray
    FullTypeDef.prototype.s = null
    FullTypeDef.prototype.i = null

    let $oneOfFields

    $Object.defineProperty(FullTypeDef.prototype, 'attr', {
      get: $util.oneOfGetter(($oneOfFields = ['s', 'i'])),
      set: $util.oneOfSetter($oneOfFields),
    })

    FullTypeDef.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.typeId != null && $Object.hasOwnProperty.call(message, 'typeId') && message.typeId !== 0)
        writer.uint32(8).int32(message.typeId)
      if (message.args != null && message.args.length)
        for (let i = 0; i < message.args.length; ++i)
          $root.tensorflow.FullTypeDef.encode(message.args[i], writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.s != null && $Object.hasOwnProperty.call(message, 's')) writer.uint32(26).string(message.s)
      if (message.i != null && $Object.hasOwnProperty.call(message, 'i')) writer.uint32(32).int64(toLong(message.i))
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    FullTypeDef.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.FullTypeDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            if (!(message.args && message.args.length)) message.args = []
            message.args.push($root.tensorflow.FullTypeDef.decode(reader, reader.size(), $undefined, _depth + 1))
            continue
          }
          case 3: {
            if (wireType !== 2) break
            message.s = reader.stringVerify()
            message.attr = 's'
            continue
          }
          case 4: {
            if (wireType !== 0) break
            message.i = reader.int64()
            message.attr = 'i'
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return FullTypeDef
  })()

  tensorflow.FunctionDefLibrary = (function () {
    const FunctionDefLibrary = function (properties) {
      this['function'] = []
      this.gradient = []
      this.registeredGradients = []
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    FunctionDefLibrary.prototype['function'] = $util.emptyArray
    FunctionDefLibrary.prototype.gradient = $util.emptyArray
    FunctionDefLibrary.prototype.registeredGradients = $util.emptyArray

    FunctionDefLibrary.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message['function'] != null && message['function'].length)
        for (let i = 0; i < message['function'].length; ++i)
          $root.tensorflow.FunctionDef.encode(message['function'][i], writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.gradient != null && message.gradient.length)
        for (let i = 0; i < message.gradient.length; ++i)
          $root.tensorflow.GradientDef.encode(message.gradient[i], writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.registeredGradients != null && message.registeredGradients.length)
        for (let i = 0; i < message.registeredGradients.length; ++i)
          $root.tensorflow.RegisteredGradient.encode(
            message.registeredGradients[i],
            writer.uint32(26).fork(),
            _depth + 1,
          ).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    FunctionDefLibrary.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.FunctionDefLibrary()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if (!(message['function'] && message['function'].length)) message['function'] = []
            message['function'].push($root.tensorflow.FunctionDef.decode(reader, reader.size(), $undefined, _depth + 1))
            continue
          }
          case 2: {
            if (wireType !== 2) break
            if (!(message.gradient && message.gradient.length)) message.gradient = []
            message.gradient.push($root.tensorflow.GradientDef.decode(reader, reader.size(), $undefined, _depth + 1))
            continue
          }
          case 3: {
            if (wireType !== 2) break
            if (!(message.registeredGradients && message.registeredGradients.length)) message.registeredGradients = []
            message.registeredGradients.push(
              $root.tensorflow.RegisteredGradient.decode(reader, reader.size(), $undefined, _depth + 1),
            )
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return FunctionDefLibrary
  })()

  tensorflow.FunctionDef = (function () {
    const FunctionDef = function (properties) {
      this.attr = {}
      this.argAttr = {}
      this.resourceArgUniqueId = {}
      this.nodeDef = []
      this.ret = {}
      this.controlRet = {}
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    FunctionDef.prototype.signature = null
    FunctionDef.prototype.attr = $util.emptyObject
    FunctionDef.prototype.argAttr = $util.emptyObject
    FunctionDef.prototype.resourceArgUniqueId = $util.emptyObject
    FunctionDef.prototype.nodeDef = $util.emptyArray
    FunctionDef.prototype.ret = $util.emptyObject
    FunctionDef.prototype.controlRet = $util.emptyObject

    FunctionDef.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.signature != null && $Object.hasOwnProperty.call(message, 'signature'))
        $root.tensorflow.OpDef.encode(message.signature, writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.nodeDef != null && message.nodeDef.length)
        for (let i = 0; i < message.nodeDef.length; ++i)
          $root.tensorflow.NodeDef.encode(message.nodeDef[i], writer.uint32(26).fork(), _depth + 1).ldelim()
      if (message.ret != null && $Object.hasOwnProperty.call(message, 'ret'))
        for (let keys = sortedKeys(message.ret), i = 0; i < keys.length; ++i)
          writer.uint32(34).fork().uint32(10).string(keys[i]).uint32(18).string(message.ret[keys[i]]).ldelim()
      if (message.attr != null && $Object.hasOwnProperty.call(message, 'attr'))
        for (let keys = sortedKeys(message.attr), i = 0; i < keys.length; ++i) {
          writer.uint32(42).fork().uint32(10).string(keys[i])
          $root.tensorflow.AttrValue.encode(message.attr[keys[i]], writer.uint32(18).fork(), _depth + 1)
            .ldelim()
            .ldelim()
        }
      if (message.controlRet != null && $Object.hasOwnProperty.call(message, 'controlRet'))
        for (let keys = sortedKeys(message.controlRet), i = 0; i < keys.length; ++i)
          writer.uint32(50).fork().uint32(10).string(keys[i]).uint32(18).string(message.controlRet[keys[i]]).ldelim()
      if (message.argAttr != null && $Object.hasOwnProperty.call(message, 'argAttr'))
        for (let keys = sortedNumericKeys(message.argAttr), i = 0; i < keys.length; ++i) {
          writer.uint32(58).fork().uint32(8).uint32(keys[i])
          $root.tensorflow.FunctionDef.ArgAttrs.encode(message.argAttr[keys[i]], writer.uint32(18).fork(), _depth + 1)
            .ldelim()
            .ldelim()
        }
      if (message.resourceArgUniqueId != null && $Object.hasOwnProperty.call(message, 'resourceArgUniqueId'))
        for (let keys = sortedNumericKeys(message.resourceArgUniqueId), i = 0; i < keys.length; ++i)
          writer
            .uint32(66)
            .fork()
            .uint32(8)
            .uint32(keys[i])
            .uint32(16)
            .uint32(message.resourceArgUniqueId[keys[i]])
            .ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    FunctionDef.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, key, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.FunctionDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            message.signature = $root.tensorflow.OpDef.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.signature,
            )
            continue
          }
          case 5: {
            if (wireType !== 2) break
            if (message.attr === $util.emptyObject) message.attr = {}
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw $RangeError('index out of range')
            reader.len = end2
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
                  value = $root.tensorflow.AttrValue.decode(reader, reader.size(), $undefined, _depth + 1, value)
                  continue
              }
              reader.skipType(wireType, _depth, tag2)
            }
            if (reader.pos !== end2) throw $RangeError('index out of range')
            reader.len = end
            if (key === '__proto__') $util.makeProp(message.attr, key)
            message.attr[key] = value || new $root.tensorflow.AttrValue()
            continue
          }
          case 7: {
            if (wireType !== 2) break
            if (message.argAttr === $util.emptyObject) message.argAttr = {}
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw $RangeError('index out of range')
            reader.len = end2
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
                  value = $root.tensorflow.FunctionDef.ArgAttrs.decode(
                    reader,
                    reader.size(),
                    $undefined,
                    _depth + 1,
                    value,
                  )
                  continue
              }
              reader.skipType(wireType, _depth, tag2)
            }
            if (reader.pos !== end2) throw $RangeError('index out of range')
            reader.len = end
            message.argAttr[key] = value || new $root.tensorflow.FunctionDef.ArgAttrs()
            continue
          }
          case 8: {
            if (wireType !== 2) break
            if (message.resourceArgUniqueId === $util.emptyObject) message.resourceArgUniqueId = {}
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw $RangeError('index out of range')
            reader.len = end2
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
              reader.skipType(wireType, _depth, tag2)
            }
            if (reader.pos !== end2) throw $RangeError('index out of range')
            reader.len = end
            message.resourceArgUniqueId[key] = value
            continue
          }
          case 3: {
            if (wireType !== 2) break
            if (!(message.nodeDef && message.nodeDef.length)) message.nodeDef = []
            message.nodeDef.push($root.tensorflow.NodeDef.decode(reader, reader.size(), $undefined, _depth + 1))
            continue
          }
          case 4: {
            if (wireType !== 2) break
            if (message.ret === $util.emptyObject) message.ret = {}
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw $RangeError('index out of range')
            reader.len = end2
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
              reader.skipType(wireType, _depth, tag2)
            }
            if (reader.pos !== end2) throw $RangeError('index out of range')
            reader.len = end
            if (key === '__proto__') $util.makeProp(message.ret, key)
            message.ret[key] = value
            continue
          }
          case 6: {
            if (wireType !== 2) break
            if (message.controlRet === $util.emptyObject) message.controlRet = {}
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw $RangeError('index out of range')
            reader.len = end2
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
              reader.skipType(wireType, _depth, tag2)
            }
            if (reader.pos !== end2) throw $RangeError('index out of range')
            reader.len = end
            if (key === '__proto__') $util.makeProp(message.controlRet, key)
            message.controlRet[key] = value
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    FunctionDef.ArgAttrs = (function () {
      const ArgAttrs = function (properties) {
        this.attr = {}
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      ArgAttrs.prototype.attr = $util.emptyObject

      ArgAttrs.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.attr != null && $Object.hasOwnProperty.call(message, 'attr'))
          for (let keys = sortedKeys(message.attr), i = 0; i < keys.length; ++i) {
            writer.uint32(10).fork().uint32(10).string(keys[i])
            $root.tensorflow.AttrValue.encode(message.attr[keys[i]], writer.uint32(18).fork(), _depth + 1)
              .ldelim()
              .ldelim()
          }
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      ArgAttrs.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message, key, value
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.tensorflow.FunctionDef.ArgAttrs()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              if (message.attr === $util.emptyObject) message.attr = {}
              let end2 = reader.size() + reader.pos
              if (end2 > reader.len) throw $RangeError('index out of range')
              reader.len = end2
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
                    value = $root.tensorflow.AttrValue.decode(reader, reader.size(), $undefined, _depth + 1, value)
                    continue
                }
                reader.skipType(wireType, _depth, tag2)
              }
              if (reader.pos !== end2) throw $RangeError('index out of range')
              reader.len = end
              if (key === '__proto__') $util.makeProp(message.attr, key)
              message.attr[key] = value || new $root.tensorflow.AttrValue()
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return ArgAttrs
    })()

    return FunctionDef
  })()

  tensorflow.GradientDef = (function () {
    const GradientDef = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    GradientDef.prototype.functionName = ''
    GradientDef.prototype.gradientFunc = ''

    GradientDef.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (
        message.functionName != null &&
        $Object.hasOwnProperty.call(message, 'functionName') &&
        message.functionName !== ''
      )
        writer.uint32(10).string(message.functionName)
      if (
        message.gradientFunc != null &&
        $Object.hasOwnProperty.call(message, 'gradientFunc') &&
        message.gradientFunc !== ''
      )
        writer.uint32(18).string(message.gradientFunc)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    GradientDef.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.GradientDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return GradientDef
  })()

  tensorflow.RegisteredGradient = (function () {
    const RegisteredGradient = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    RegisteredGradient.prototype.gradientFunc = ''
    RegisteredGradient.prototype.registeredOpType = ''

    RegisteredGradient.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (
        message.gradientFunc != null &&
        $Object.hasOwnProperty.call(message, 'gradientFunc') &&
        message.gradientFunc !== ''
      )
        writer.uint32(10).string(message.gradientFunc)
      if (
        message.registeredOpType != null &&
        $Object.hasOwnProperty.call(message, 'registeredOpType') &&
        message.registeredOpType !== ''
      )
        writer.uint32(18).string(message.registeredOpType)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    RegisteredGradient.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.RegisteredGradient()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return RegisteredGradient
  })()

  tensorflow.NodeDef = (function () {
    const NodeDef = function (properties) {
      this.input = []
      this.attr = {}
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    NodeDef.prototype.name = ''
    NodeDef.prototype.op = ''
    NodeDef.prototype.input = $util.emptyArray
    NodeDef.prototype.device = ''
    NodeDef.prototype.attr = $util.emptyObject
    NodeDef.prototype.experimentalDebugInfo = null
    NodeDef.prototype.experimentalType = null

    NodeDef.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.name != null && $Object.hasOwnProperty.call(message, 'name') && message.name !== '')
        writer.uint32(10).string(message.name)
      if (message.op != null && $Object.hasOwnProperty.call(message, 'op') && message.op !== '')
        writer.uint32(18).string(message.op)
      if (message.input != null && message.input.length)
        for (let i = 0; i < message.input.length; ++i) writer.uint32(26).string(message.input[i])
      if (message.device != null && $Object.hasOwnProperty.call(message, 'device') && message.device !== '')
        writer.uint32(34).string(message.device)
      if (message.attr != null && $Object.hasOwnProperty.call(message, 'attr'))
        for (let keys = sortedKeys(message.attr), i = 0; i < keys.length; ++i) {
          writer.uint32(42).fork().uint32(10).string(keys[i])
          $root.tensorflow.AttrValue.encode(message.attr[keys[i]], writer.uint32(18).fork(), _depth + 1)
            .ldelim()
            .ldelim()
        }
      if (message.experimentalDebugInfo != null && $Object.hasOwnProperty.call(message, 'experimentalDebugInfo'))
        $root.tensorflow.NodeDef.ExperimentalDebugInfo.encode(
          message.experimentalDebugInfo,
          writer.uint32(50).fork(),
          _depth + 1,
        ).ldelim()
      if (message.experimentalType != null && $Object.hasOwnProperty.call(message, 'experimentalType'))
        $root.tensorflow.FullTypeDef.encode(message.experimentalType, writer.uint32(58).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    NodeDef.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, key, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.NodeDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            if (!(message.input && message.input.length)) message.input = []
            message.input.push(reader.stringVerify())
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
            if (message.attr === $util.emptyObject) message.attr = {}
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw $RangeError('index out of range')
            reader.len = end2
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
                  value = $root.tensorflow.AttrValue.decode(reader, reader.size(), $undefined, _depth + 1, value)
                  continue
              }
              reader.skipType(wireType, _depth, tag2)
            }
            if (reader.pos !== end2) throw $RangeError('index out of range')
            reader.len = end
            if (key === '__proto__') $util.makeProp(message.attr, key)
            message.attr[key] = value || new $root.tensorflow.AttrValue()
            continue
          }
          case 6: {
            if (wireType !== 2) break
            message.experimentalDebugInfo = $root.tensorflow.NodeDef.ExperimentalDebugInfo.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.experimentalDebugInfo,
            )
            continue
          }
          case 7: {
            if (wireType !== 2) break
            message.experimentalType = $root.tensorflow.FullTypeDef.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.experimentalType,
            )
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    NodeDef.ExperimentalDebugInfo = (function () {
      const ExperimentalDebugInfo = function (properties) {
        this.originalNodeNames = []
        this.originalFuncNames = []
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      ExperimentalDebugInfo.prototype.originalNodeNames = $util.emptyArray
      ExperimentalDebugInfo.prototype.originalFuncNames = $util.emptyArray

      ExperimentalDebugInfo.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.originalNodeNames != null && message.originalNodeNames.length)
          for (let i = 0; i < message.originalNodeNames.length; ++i)
            writer.uint32(10).string(message.originalNodeNames[i])
        if (message.originalFuncNames != null && message.originalFuncNames.length)
          for (let i = 0; i < message.originalFuncNames.length; ++i)
            writer.uint32(18).string(message.originalFuncNames[i])
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      ExperimentalDebugInfo.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.tensorflow.NodeDef.ExperimentalDebugInfo()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              if (!(message.originalNodeNames && message.originalNodeNames.length)) message.originalNodeNames = []
              message.originalNodeNames.push(reader.stringVerify())
              continue
            }
            case 2: {
              if (wireType !== 2) break
              if (!(message.originalFuncNames && message.originalFuncNames.length)) message.originalFuncNames = []
              message.originalFuncNames.push(reader.stringVerify())
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return ExperimentalDebugInfo
    })()

    return NodeDef
  })()

  tensorflow.OpDef = (function () {
    const OpDef = function (properties) {
      this.inputArg = []
      this.outputArg = []
      this.controlOutput = []
      this.attr = []
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    OpDef.prototype.name = ''
    OpDef.prototype.inputArg = $util.emptyArray
    OpDef.prototype.outputArg = $util.emptyArray
    OpDef.prototype.controlOutput = $util.emptyArray
    OpDef.prototype.attr = $util.emptyArray
    OpDef.prototype.deprecation = null
    OpDef.prototype.summary = ''
    OpDef.prototype.description = ''
    OpDef.prototype.isCommutative = false
    OpDef.prototype.isAggregate = false
    OpDef.prototype.isStateful = false
    OpDef.prototype.allowsUninitializedInput = false
    OpDef.prototype.isDistributedCommunication = false

    OpDef.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.name != null && $Object.hasOwnProperty.call(message, 'name') && message.name !== '')
        writer.uint32(10).string(message.name)
      if (message.inputArg != null && message.inputArg.length)
        for (let i = 0; i < message.inputArg.length; ++i)
          $root.tensorflow.OpDef.ArgDef.encode(message.inputArg[i], writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.outputArg != null && message.outputArg.length)
        for (let i = 0; i < message.outputArg.length; ++i)
          $root.tensorflow.OpDef.ArgDef.encode(message.outputArg[i], writer.uint32(26).fork(), _depth + 1).ldelim()
      if (message.attr != null && message.attr.length)
        for (let i = 0; i < message.attr.length; ++i)
          $root.tensorflow.OpDef.AttrDef.encode(message.attr[i], writer.uint32(34).fork(), _depth + 1).ldelim()
      if (message.summary != null && $Object.hasOwnProperty.call(message, 'summary') && message.summary !== '')
        writer.uint32(42).string(message.summary)
      if (
        message.description != null &&
        $Object.hasOwnProperty.call(message, 'description') &&
        message.description !== ''
      )
        writer.uint32(50).string(message.description)
      if (message.deprecation != null && $Object.hasOwnProperty.call(message, 'deprecation'))
        $root.tensorflow.OpDeprecation.encode(message.deprecation, writer.uint32(66).fork(), _depth + 1).ldelim()
      if (
        message.isAggregate != null &&
        $Object.hasOwnProperty.call(message, 'isAggregate') &&
        message.isAggregate !== false
      )
        writer.uint32(128).bool(message.isAggregate)
      if (
        message.isStateful != null &&
        $Object.hasOwnProperty.call(message, 'isStateful') &&
        message.isStateful !== false
      )
        writer.uint32(136).bool(message.isStateful)
      if (
        message.isCommutative != null &&
        $Object.hasOwnProperty.call(message, 'isCommutative') &&
        message.isCommutative !== false
      )
        writer.uint32(144).bool(message.isCommutative)
      if (
        message.allowsUninitializedInput != null &&
        $Object.hasOwnProperty.call(message, 'allowsUninitializedInput') &&
        message.allowsUninitializedInput !== false
      )
        writer.uint32(152).bool(message.allowsUninitializedInput)
      if (message.controlOutput != null && message.controlOutput.length)
        for (let i = 0; i < message.controlOutput.length; ++i) writer.uint32(162).string(message.controlOutput[i])
      if (
        message.isDistributedCommunication != null &&
        $Object.hasOwnProperty.call(message, 'isDistributedCommunication') &&
        message.isDistributedCommunication !== false
      )
        writer.uint32(168).bool(message.isDistributedCommunication)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    OpDef.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.OpDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            if (!(message.inputArg && message.inputArg.length)) message.inputArg = []
            message.inputArg.push($root.tensorflow.OpDef.ArgDef.decode(reader, reader.size(), $undefined, _depth + 1))
            continue
          }
          case 3: {
            if (wireType !== 2) break
            if (!(message.outputArg && message.outputArg.length)) message.outputArg = []
            message.outputArg.push($root.tensorflow.OpDef.ArgDef.decode(reader, reader.size(), $undefined, _depth + 1))
            continue
          }
          case 20: {
            if (wireType !== 2) break
            if (!(message.controlOutput && message.controlOutput.length)) message.controlOutput = []
            message.controlOutput.push(reader.stringVerify())
            continue
          }
          case 4: {
            if (wireType !== 2) break
            if (!(message.attr && message.attr.length)) message.attr = []
            message.attr.push($root.tensorflow.OpDef.AttrDef.decode(reader, reader.size(), $undefined, _depth + 1))
            continue
          }
          case 8: {
            if (wireType !== 2) break
            message.deprecation = $root.tensorflow.OpDeprecation.decode(
              reader,
              reader.size(),
              $undefined,
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
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    OpDef.ArgDef = (function () {
      const ArgDef = function (properties) {
        this.handleData = []
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      ArgDef.prototype.name = ''
      ArgDef.prototype.description = ''
      ArgDef.prototype.type = 0
      ArgDef.prototype.typeAttr = ''
      ArgDef.prototype.numberAttr = ''
      ArgDef.prototype.typeListAttr = ''
      ArgDef.prototype.handleData = $util.emptyArray
      ArgDef.prototype.isRef = false
      ArgDef.prototype.experimentalFullType = null

      ArgDef.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.name != null && $Object.hasOwnProperty.call(message, 'name') && message.name !== '')
          writer.uint32(10).string(message.name)
        if (
          message.description != null &&
          $Object.hasOwnProperty.call(message, 'description') &&
          message.description !== ''
        )
          writer.uint32(18).string(message.description)
        if (message.type != null && $Object.hasOwnProperty.call(message, 'type') && message.type !== 0)
          writer.uint32(24).int32(message.type)
        if (message.typeAttr != null && $Object.hasOwnProperty.call(message, 'typeAttr') && message.typeAttr !== '')
          writer.uint32(34).string(message.typeAttr)
        if (
          message.numberAttr != null &&
          $Object.hasOwnProperty.call(message, 'numberAttr') &&
          message.numberAttr !== ''
        )
          writer.uint32(42).string(message.numberAttr)
        if (
          message.typeListAttr != null &&
          $Object.hasOwnProperty.call(message, 'typeListAttr') &&
          message.typeListAttr !== ''
        )
          writer.uint32(50).string(message.typeListAttr)
        if (message.handleData != null && message.handleData.length)
          for (let i = 0; i < message.handleData.length; ++i)
            $root.tensorflow.ResourceHandleProto.DtypeAndShape.encode(
              message.handleData[i],
              writer.uint32(58).fork(),
              _depth + 1,
            ).ldelim()
        if (message.isRef != null && $Object.hasOwnProperty.call(message, 'isRef') && message.isRef !== false)
          writer.uint32(128).bool(message.isRef)
        if (message.experimentalFullType != null && $Object.hasOwnProperty.call(message, 'experimentalFullType'))
          $root.tensorflow.FullTypeDef.encode(
            message.experimentalFullType,
            writer.uint32(138).fork(),
            _depth + 1,
          ).ldelim()
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      ArgDef.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message, value
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.tensorflow.OpDef.ArgDef()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
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
              if (!(message.handleData && message.handleData.length)) message.handleData = []
              message.handleData.push(
                $root.tensorflow.ResourceHandleProto.DtypeAndShape.decode(
                  reader,
                  reader.size(),
                  $undefined,
                  _depth + 1,
                ),
              )
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
              message.experimentalFullType = $root.tensorflow.FullTypeDef.decode(
                reader,
                reader.size(),
                $undefined,
                _depth + 1,
                message.experimentalFullType,
              )
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return ArgDef
    })()

    OpDef.AttrDef = (function () {
      const AttrDef = function (properties) {
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      AttrDef.prototype.name = ''
      AttrDef.prototype.type = ''
      AttrDef.prototype.defaultValue = null
      AttrDef.prototype.description = ''
      AttrDef.prototype.hasMinimum = false
      AttrDef.prototype.minimum = $util.Long ? $util.Long.fromBits(0, 0, false) : 0
      AttrDef.prototype.allowedValues = null

      AttrDef.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.name != null && $Object.hasOwnProperty.call(message, 'name') && message.name !== '')
          writer.uint32(10).string(message.name)
        if (message.type != null && $Object.hasOwnProperty.call(message, 'type') && message.type !== '')
          writer.uint32(18).string(message.type)
        if (message.defaultValue != null && $Object.hasOwnProperty.call(message, 'defaultValue'))
          $root.tensorflow.AttrValue.encode(message.defaultValue, writer.uint32(26).fork(), _depth + 1).ldelim()
        if (
          message.description != null &&
          $Object.hasOwnProperty.call(message, 'description') &&
          message.description !== ''
        )
          writer.uint32(34).string(message.description)
        if (
          message.hasMinimum != null &&
          $Object.hasOwnProperty.call(message, 'hasMinimum') &&
          message.hasMinimum !== false
        )
          writer.uint32(40).bool(message.hasMinimum)
        if (message.minimum != null && $Object.hasOwnProperty.call(message, 'minimum') && isNonZero(message.minimum))
          writer.uint32(48).int64(toLong(message.minimum))
        if (message.allowedValues != null && $Object.hasOwnProperty.call(message, 'allowedValues'))
          $root.tensorflow.AttrValue.encode(message.allowedValues, writer.uint32(58).fork(), _depth + 1).ldelim()
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      AttrDef.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message, value
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.tensorflow.OpDef.AttrDef()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
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
              message.defaultValue = $root.tensorflow.AttrValue.decode(
                reader,
                reader.size(),
                $undefined,
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
              message.allowedValues = $root.tensorflow.AttrValue.decode(
                reader,
                reader.size(),
                $undefined,
                _depth + 1,
                message.allowedValues,
              )
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return AttrDef
    })()

    return OpDef
  })()

  tensorflow.OpDeprecation = (function () {
    const OpDeprecation = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    OpDeprecation.prototype.version = 0
    OpDeprecation.prototype.explanation = ''

    OpDeprecation.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.version != null && $Object.hasOwnProperty.call(message, 'version') && message.version !== 0)
        writer.uint32(8).int32(message.version)
      if (
        message.explanation != null &&
        $Object.hasOwnProperty.call(message, 'explanation') &&
        message.explanation !== ''
      )
        writer.uint32(18).string(message.explanation)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    OpDeprecation.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.OpDeprecation()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return OpDeprecation
  })()

  tensorflow.OpList = (function () {
    const OpList = function (properties) {
      this.op = []
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    OpList.prototype.op = $util.emptyArray

    OpList.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.op != null && message.op.length)
        for (let i = 0; i < message.op.length; ++i)
          $root.tensorflow.OpDef.encode(message.op[i], writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    OpList.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.OpList()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if (!(message.op && message.op.length)) message.op = []
            message.op.push($root.tensorflow.OpDef.decode(reader, reader.size(), $undefined, _depth + 1))
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return OpList
  })()

  tensorflow.GraphDef = (function () {
    const GraphDef = function (properties) {
      this.node = []
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    GraphDef.prototype.node = $util.emptyArray
    GraphDef.prototype.versions = null
    GraphDef.prototype.version = 0
    GraphDef.prototype.library = null
    GraphDef.prototype.debugInfo = null

    GraphDef.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.node != null && message.node.length)
        for (let i = 0; i < message.node.length; ++i)
          $root.tensorflow.NodeDef.encode(message.node[i], writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.library != null && $Object.hasOwnProperty.call(message, 'library'))
        $root.tensorflow.FunctionDefLibrary.encode(message.library, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.version != null && $Object.hasOwnProperty.call(message, 'version') && message.version !== 0)
        writer.uint32(24).int32(message.version)
      if (message.versions != null && $Object.hasOwnProperty.call(message, 'versions'))
        $root.tensorflow.VersionDef.encode(message.versions, writer.uint32(34).fork(), _depth + 1).ldelim()
      if (message.debugInfo != null && $Object.hasOwnProperty.call(message, 'debugInfo'))
        $root.tensorflow.GraphDebugInfo.encode(message.debugInfo, writer.uint32(42).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    GraphDef.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.GraphDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if (!(message.node && message.node.length)) message.node = []
            message.node.push($root.tensorflow.NodeDef.decode(reader, reader.size(), $undefined, _depth + 1))
            continue
          }
          case 4: {
            if (wireType !== 2) break
            message.versions = $root.tensorflow.VersionDef.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.versions,
            )
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
            message.library = $root.tensorflow.FunctionDefLibrary.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.library,
            )
            continue
          }
          case 5: {
            if (wireType !== 2) break
            message.debugInfo = $root.tensorflow.GraphDebugInfo.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.debugInfo,
            )
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return GraphDef
  })()

  tensorflow.GraphDebugInfo = (function () {
    const GraphDebugInfo = function (properties) {
      this.files = []
      this.framesById = {}
      this.tracesById = {}
      this.traces = {}
      this.nameToTraceId = {}
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    GraphDebugInfo.prototype.files = $util.emptyArray
    GraphDebugInfo.prototype.framesById = $util.emptyObject
    GraphDebugInfo.prototype.tracesById = $util.emptyObject
    GraphDebugInfo.prototype.traces = $util.emptyObject
    GraphDebugInfo.prototype.nameToTraceId = $util.emptyObject

    GraphDebugInfo.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.files != null && message.files.length)
        for (let i = 0; i < message.files.length; ++i) writer.uint32(10).string(message.files[i])
      if (message.traces != null && $Object.hasOwnProperty.call(message, 'traces'))
        for (let keys = sortedKeys(message.traces), i = 0; i < keys.length; ++i) {
          writer.uint32(18).fork().uint32(10).string(keys[i])
          $root.tensorflow.GraphDebugInfo.StackTrace.encode(
            message.traces[keys[i]],
            writer.uint32(18).fork(),
            _depth + 1,
          )
            .ldelim()
            .ldelim()
        }
      if (message.framesById != null && $Object.hasOwnProperty.call(message, 'framesById'))
        for (let keys = sortedNumericKeys(message.framesById), i = 0; i < keys.length; ++i) {
          writer.uint32(34).fork().uint32(9).fixed64(toLong(keys[i]))
          $root.tensorflow.GraphDebugInfo.FileLineCol.encode(
            message.framesById[keys[i]],
            writer.uint32(18).fork(),
            _depth + 1,
          )
            .ldelim()
            .ldelim()
        }
      if (message.nameToTraceId != null && $Object.hasOwnProperty.call(message, 'nameToTraceId'))
        for (let keys = sortedKeys(message.nameToTraceId), i = 0; i < keys.length; ++i)
          writer
            .uint32(42)
            .fork()
            .uint32(10)
            .string(keys[i])
            .uint32(17)
            .fixed64(toLong(message.nameToTraceId[keys[i]]))
            .ldelim()
      if (message.tracesById != null && $Object.hasOwnProperty.call(message, 'tracesById'))
        for (let keys = sortedNumericKeys(message.tracesById), i = 0; i < keys.length; ++i) {
          writer.uint32(50).fork().uint32(9).fixed64(toLong(keys[i]))
          $root.tensorflow.GraphDebugInfo.StackTrace.encode(
            message.tracesById[keys[i]],
            writer.uint32(18).fork(),
            _depth + 1,
          )
            .ldelim()
            .ldelim()
        }
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    GraphDebugInfo.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, key, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.GraphDebugInfo()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if (!(message.files && message.files.length)) message.files = []
            message.files.push(reader.string())
            continue
          }
          case 4: {
            if (wireType !== 2) break
            if (message.framesById === $util.emptyObject) message.framesById = {}
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw $RangeError('index out of range')
            reader.len = end2
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
                  value = $root.tensorflow.GraphDebugInfo.FileLineCol.decode(
                    reader,
                    reader.size(),
                    $undefined,
                    _depth + 1,
                    value,
                  )
                  continue
              }
              reader.skipType(wireType, _depth, tag2)
            }
            if (reader.pos !== end2) throw $RangeError('index out of range')
            reader.len = end
            message.framesById[String(key)] = value || new $root.tensorflow.GraphDebugInfo.FileLineCol()
            continue
          }
          case 6: {
            if (wireType !== 2) break
            if (message.tracesById === $util.emptyObject) message.tracesById = {}
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw $RangeError('index out of range')
            reader.len = end2
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
                  value = $root.tensorflow.GraphDebugInfo.StackTrace.decode(
                    reader,
                    reader.size(),
                    $undefined,
                    _depth + 1,
                    value,
                  )
                  continue
              }
              reader.skipType(wireType, _depth, tag2)
            }
            if (reader.pos !== end2) throw $RangeError('index out of range')
            reader.len = end
            message.tracesById[String(key)] = value || new $root.tensorflow.GraphDebugInfo.StackTrace()
            continue
          }
          case 2: {
            if (wireType !== 2) break
            if (message.traces === $util.emptyObject) message.traces = {}
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw $RangeError('index out of range')
            reader.len = end2
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
                  value = $root.tensorflow.GraphDebugInfo.StackTrace.decode(
                    reader,
                    reader.size(),
                    $undefined,
                    _depth + 1,
                    value,
                  )
                  continue
              }
              reader.skipType(wireType, _depth, tag2)
            }
            if (reader.pos !== end2) throw $RangeError('index out of range')
            reader.len = end
            if (key === '__proto__') $util.makeProp(message.traces, key)
            message.traces[key] = value || new $root.tensorflow.GraphDebugInfo.StackTrace()
            continue
          }
          case 5: {
            if (wireType !== 2) break
            if (message.nameToTraceId === $util.emptyObject) message.nameToTraceId = {}
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw $RangeError('index out of range')
            reader.len = end2
            key = ''
            value = $util.Long ? $util.Long.fromNumber(0, true) : 0
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
              reader.skipType(wireType, _depth, tag2)
            }
            if (reader.pos !== end2) throw $RangeError('index out of range')
            reader.len = end
            if (key === '__proto__') $util.makeProp(message.nameToTraceId, key)
            message.nameToTraceId[key] = value
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    GraphDebugInfo.FileLineCol = (function () {
      const FileLineCol = function (properties) {
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      FileLineCol.prototype.fileIndex = 0
      FileLineCol.prototype.line = 0
      FileLineCol.prototype.col = 0
      FileLineCol.prototype.func = ''
      FileLineCol.prototype.code = ''

      FileLineCol.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.fileIndex != null && $Object.hasOwnProperty.call(message, 'fileIndex'))
          writer.uint32(8).int32(message.fileIndex)
        if (message.line != null && $Object.hasOwnProperty.call(message, 'line')) writer.uint32(16).int32(message.line)
        if (message.col != null && $Object.hasOwnProperty.call(message, 'col')) writer.uint32(24).int32(message.col)
        if (message.func != null && $Object.hasOwnProperty.call(message, 'func')) writer.uint32(34).string(message.func)
        if (message.code != null && $Object.hasOwnProperty.call(message, 'code')) writer.uint32(42).string(message.code)
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      FileLineCol.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.tensorflow.GraphDebugInfo.FileLineCol()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
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
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return FileLineCol
    })()

    GraphDebugInfo.StackTrace = (function () {
      const StackTrace = function (properties) {
        this.fileLineCols = []
        this.frameId = []
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      StackTrace.prototype.fileLineCols = $util.emptyArray
      StackTrace.prototype.frameId = $util.emptyArray

      StackTrace.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.fileLineCols != null && message.fileLineCols.length)
          for (let i = 0; i < message.fileLineCols.length; ++i)
            $root.tensorflow.GraphDebugInfo.FileLineCol.encode(
              message.fileLineCols[i],
              writer.uint32(10).fork(),
              _depth + 1,
            ).ldelim()
        if (message.frameId != null && message.frameId.length) writer.uint32(18).fixed64s(toLongs(message.frameId))
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      StackTrace.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.tensorflow.GraphDebugInfo.StackTrace()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              if (!(message.fileLineCols && message.fileLineCols.length)) message.fileLineCols = []
              message.fileLineCols.push(
                $root.tensorflow.GraphDebugInfo.FileLineCol.decode(reader, reader.size(), $undefined, _depth + 1),
              )
              continue
            }
            case 2: {
              if (wireType === 2) {
                if (!(message.frameId && message.frameId.length)) message.frameId = []
                reader.fixed64s(toLongs(message.frameId))
                continue
              }
              if (wireType !== 1) break
              if (!(message.frameId && message.frameId.length)) message.frameId = []
              message.frameId.push(reader.fixed64())
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
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
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    VersionDef.prototype.producer = 0
    VersionDef.prototype.minConsumer = 0
    VersionDef.prototype.badConsumers = $util.emptyArray

    VersionDef.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.producer != null && $Object.hasOwnProperty.call(message, 'producer') && message.producer !== 0)
        writer.uint32(8).int32(message.producer)
      if (
        message.minConsumer != null &&
        $Object.hasOwnProperty.call(message, 'minConsumer') &&
        message.minConsumer !== 0
      )
        writer.uint32(16).int32(message.minConsumer)
      if (message.badConsumers != null && message.badConsumers.length) writer.uint32(26).int32s(message.badConsumers)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    VersionDef.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.VersionDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
              if (!(message.badConsumers && message.badConsumers.length)) message.badConsumers = []
              reader.int32s(message.badConsumers)
              continue
            }
            if (wireType !== 0) break
            if (!(message.badConsumers && message.badConsumers.length)) message.badConsumers = []
            message.badConsumers.push(reader.int32())
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return VersionDef
  })()

  tensorflow.VariableSynchronization = (function () {
    const valuesById = $Object.create(null),
      values = $Object.create(valuesById)
    values[(valuesById[0] = 'VARIABLE_SYNCHRONIZATION_AUTO')] = 0
    values[(valuesById[1] = 'VARIABLE_SYNCHRONIZATION_NONE')] = 1
    values[(valuesById[2] = 'VARIABLE_SYNCHRONIZATION_ON_WRITE')] = 2
    values[(valuesById[3] = 'VARIABLE_SYNCHRONIZATION_ON_READ')] = 3
    return values
  })()

  tensorflow.VariableAggregation = (function () {
    const valuesById = $Object.create(null),
      values = $Object.create(valuesById)
    values[(valuesById[0] = 'VARIABLE_AGGREGATION_NONE')] = 0
    values[(valuesById[1] = 'VARIABLE_AGGREGATION_SUM')] = 1
    values[(valuesById[2] = 'VARIABLE_AGGREGATION_MEAN')] = 2
    values[(valuesById[3] = 'VARIABLE_AGGREGATION_ONLY_FIRST_REPLICA')] = 3
    return values
  })()

  tensorflow.VariableDef = (function () {
    const VariableDef = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
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

    VariableDef.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (
        message.variableName != null &&
        $Object.hasOwnProperty.call(message, 'variableName') &&
        message.variableName !== ''
      )
        writer.uint32(10).string(message.variableName)
      if (
        message.initializerName != null &&
        $Object.hasOwnProperty.call(message, 'initializerName') &&
        message.initializerName !== ''
      )
        writer.uint32(18).string(message.initializerName)
      if (
        message.snapshotName != null &&
        $Object.hasOwnProperty.call(message, 'snapshotName') &&
        message.snapshotName !== ''
      )
        writer.uint32(26).string(message.snapshotName)
      if (message.saveSliceInfoDef != null && $Object.hasOwnProperty.call(message, 'saveSliceInfoDef'))
        $root.tensorflow.SaveSliceInfoDef.encode(
          message.saveSliceInfoDef,
          writer.uint32(34).fork(),
          _depth + 1,
        ).ldelim()
      if (
        message.isResource != null &&
        $Object.hasOwnProperty.call(message, 'isResource') &&
        message.isResource !== false
      )
        writer.uint32(40).bool(message.isResource)
      if (
        message.initialValueName != null &&
        $Object.hasOwnProperty.call(message, 'initialValueName') &&
        message.initialValueName !== ''
      )
        writer.uint32(50).string(message.initialValueName)
      if (message.trainable != null && $Object.hasOwnProperty.call(message, 'trainable') && message.trainable !== false)
        writer.uint32(56).bool(message.trainable)
      if (
        message.synchronization != null &&
        $Object.hasOwnProperty.call(message, 'synchronization') &&
        message.synchronization !== 0
      )
        writer.uint32(64).int32(message.synchronization)
      if (
        message.aggregation != null &&
        $Object.hasOwnProperty.call(message, 'aggregation') &&
        message.aggregation !== 0
      )
        writer.uint32(72).int32(message.aggregation)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    VariableDef.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.VariableDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            message.saveSliceInfoDef = $root.tensorflow.SaveSliceInfoDef.decode(
              reader,
              reader.size(),
              $undefined,
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
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return VariableDef
  })()

  tensorflow.SaveSliceInfoDef = (function () {
    const SaveSliceInfoDef = function (properties) {
      this.fullShape = []
      this.varOffset = []
      this.varShape = []
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SaveSliceInfoDef.prototype.fullName = ''
    SaveSliceInfoDef.prototype.fullShape = $util.emptyArray
    SaveSliceInfoDef.prototype.varOffset = $util.emptyArray
    SaveSliceInfoDef.prototype.varShape = $util.emptyArray

    SaveSliceInfoDef.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.fullName != null && $Object.hasOwnProperty.call(message, 'fullName') && message.fullName !== '')
        writer.uint32(10).string(message.fullName)
      if (message.fullShape != null && message.fullShape.length) writer.uint32(18).int64s(toLongs(message.fullShape))
      if (message.varOffset != null && message.varOffset.length) writer.uint32(26).int64s(toLongs(message.varOffset))
      if (message.varShape != null && message.varShape.length) writer.uint32(34).int64s(toLongs(message.varShape))
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SaveSliceInfoDef.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.SaveSliceInfoDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
              if (!(message.fullShape && message.fullShape.length)) message.fullShape = []
              reader.int64s(toLongs(message.fullShape))
              continue
            }
            if (wireType !== 0) break
            if (!(message.fullShape && message.fullShape.length)) message.fullShape = []
            message.fullShape.push(reader.int64())
            continue
          }
          case 3: {
            if (wireType === 2) {
              if (!(message.varOffset && message.varOffset.length)) message.varOffset = []
              reader.int64s(toLongs(message.varOffset))
              continue
            }
            if (wireType !== 0) break
            if (!(message.varOffset && message.varOffset.length)) message.varOffset = []
            message.varOffset.push(reader.int64())
            continue
          }
          case 4: {
            if (wireType === 2) {
              if (!(message.varShape && message.varShape.length)) message.varShape = []
              reader.int64s(toLongs(message.varShape))
              continue
            }
            if (wireType !== 0) break
            if (!(message.varShape && message.varShape.length)) message.varShape = []
            message.varShape.push(reader.int64())
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return SaveSliceInfoDef
  })()

  tensorflow.ValuesDef = (function () {
    const ValuesDef = function (properties) {
      this.values = []
      this.externalValues = {}
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    ValuesDef.prototype.values = $util.emptyArray
    ValuesDef.prototype.externalValues = $util.emptyObject

    ValuesDef.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.values != null && message.values.length)
        for (let i = 0; i < message.values.length; ++i) writer.uint32(10).string(message.values[i])
      if (message.externalValues != null && $Object.hasOwnProperty.call(message, 'externalValues'))
        for (let keys = sortedKeys(message.externalValues), i = 0; i < keys.length; ++i)
          writer
            .uint32(18)
            .fork()
            .uint32(10)
            .string(keys[i])
            .uint32(18)
            .string(message.externalValues[keys[i]])
            .ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    ValuesDef.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, key, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.ValuesDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if (!(message.values && message.values.length)) message.values = []
            message.values.push(reader.stringVerify())
            continue
          }
          case 2: {
            if (wireType !== 2) break
            if (message.externalValues === $util.emptyObject) message.externalValues = {}
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw $RangeError('index out of range')
            reader.len = end2
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
              reader.skipType(wireType, _depth, tag2)
            }
            if (reader.pos !== end2) throw $RangeError('index out of range')
            reader.len = end
            if (key === '__proto__') $util.makeProp(message.externalValues, key)
            message.externalValues[key] = value
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return ValuesDef
  })()

  tensorflow.ControlFlowContextDef = (function () {
    const ControlFlowContextDef = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    ControlFlowContextDef.prototype.condCtxt = null
    ControlFlowContextDef.prototype.whileCtxt = null

    let $oneOfFields

    $Object.defineProperty(ControlFlowContextDef.prototype, 'ctxt', {
      get: $util.oneOfGetter(($oneOfFields = ['condCtxt', 'whileCtxt'])),
      set: $util.oneOfSetter($oneOfFields),
    })

    ControlFlowContextDef.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.condCtxt != null && $Object.hasOwnProperty.call(message, 'condCtxt'))
        $root.tensorflow.CondContextDef.encode(message.condCtxt, writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.whileCtxt != null && $Object.hasOwnProperty.call(message, 'whileCtxt'))
        $root.tensorflow.WhileContextDef.encode(message.whileCtxt, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    ControlFlowContextDef.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.ControlFlowContextDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            message.condCtxt = $root.tensorflow.CondContextDef.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.condCtxt,
            )
            message.ctxt = 'condCtxt'
            continue
          }
          case 2: {
            if (wireType !== 2) break
            message.whileCtxt = $root.tensorflow.WhileContextDef.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.whileCtxt,
            )
            message.ctxt = 'whileCtxt'
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return ControlFlowContextDef
  })()

  tensorflow.CondContextDef = (function () {
    const CondContextDef = function (properties) {
      this.nestedContexts = []
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    CondContextDef.prototype.contextName = ''
    CondContextDef.prototype.predName = ''
    CondContextDef.prototype.pivotName = ''
    CondContextDef.prototype.branch = 0
    CondContextDef.prototype.valuesDef = null
    CondContextDef.prototype.nestedContexts = $util.emptyArray

    CondContextDef.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (
        message.contextName != null &&
        $Object.hasOwnProperty.call(message, 'contextName') &&
        message.contextName !== ''
      )
        writer.uint32(10).string(message.contextName)
      if (message.predName != null && $Object.hasOwnProperty.call(message, 'predName') && message.predName !== '')
        writer.uint32(18).string(message.predName)
      if (message.pivotName != null && $Object.hasOwnProperty.call(message, 'pivotName') && message.pivotName !== '')
        writer.uint32(26).string(message.pivotName)
      if (message.branch != null && $Object.hasOwnProperty.call(message, 'branch') && message.branch !== 0)
        writer.uint32(32).int32(message.branch)
      if (message.valuesDef != null && $Object.hasOwnProperty.call(message, 'valuesDef'))
        $root.tensorflow.ValuesDef.encode(message.valuesDef, writer.uint32(42).fork(), _depth + 1).ldelim()
      if (message.nestedContexts != null && message.nestedContexts.length)
        for (let i = 0; i < message.nestedContexts.length; ++i)
          $root.tensorflow.ControlFlowContextDef.encode(
            message.nestedContexts[i],
            writer.uint32(50).fork(),
            _depth + 1,
          ).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    CondContextDef.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.CondContextDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            message.valuesDef = $root.tensorflow.ValuesDef.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.valuesDef,
            )
            continue
          }
          case 6: {
            if (wireType !== 2) break
            if (!(message.nestedContexts && message.nestedContexts.length)) message.nestedContexts = []
            message.nestedContexts.push(
              $root.tensorflow.ControlFlowContextDef.decode(reader, reader.size(), $undefined, _depth + 1),
            )
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return CondContextDef
  })()

  tensorflow.WhileContextDef = (function () {
    const WhileContextDef = function (properties) {
      this.loopExitNames = []
      this.loopEnterNames = []
      this.nestedContexts = []
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    WhileContextDef.prototype.contextName = ''
    WhileContextDef.prototype.parallelIterations = 0
    WhileContextDef.prototype.backProp = false
    WhileContextDef.prototype.swapMemory = false
    WhileContextDef.prototype.pivotName = ''
    WhileContextDef.prototype.pivotForPredName = ''
    WhileContextDef.prototype.pivotForBodyName = ''
    WhileContextDef.prototype.loopExitNames = $util.emptyArray
    WhileContextDef.prototype.loopEnterNames = $util.emptyArray
    WhileContextDef.prototype.valuesDef = null
    WhileContextDef.prototype.maximumIterationsName = ''
    WhileContextDef.prototype.nestedContexts = $util.emptyArray

    WhileContextDef.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (
        message.contextName != null &&
        $Object.hasOwnProperty.call(message, 'contextName') &&
        message.contextName !== ''
      )
        writer.uint32(10).string(message.contextName)
      if (
        message.parallelIterations != null &&
        $Object.hasOwnProperty.call(message, 'parallelIterations') &&
        message.parallelIterations !== 0
      )
        writer.uint32(16).int32(message.parallelIterations)
      if (message.backProp != null && $Object.hasOwnProperty.call(message, 'backProp') && message.backProp !== false)
        writer.uint32(24).bool(message.backProp)
      if (
        message.swapMemory != null &&
        $Object.hasOwnProperty.call(message, 'swapMemory') &&
        message.swapMemory !== false
      )
        writer.uint32(32).bool(message.swapMemory)
      if (message.pivotName != null && $Object.hasOwnProperty.call(message, 'pivotName') && message.pivotName !== '')
        writer.uint32(42).string(message.pivotName)
      if (
        message.pivotForPredName != null &&
        $Object.hasOwnProperty.call(message, 'pivotForPredName') &&
        message.pivotForPredName !== ''
      )
        writer.uint32(50).string(message.pivotForPredName)
      if (
        message.pivotForBodyName != null &&
        $Object.hasOwnProperty.call(message, 'pivotForBodyName') &&
        message.pivotForBodyName !== ''
      )
        writer.uint32(58).string(message.pivotForBodyName)
      if (message.loopExitNames != null && message.loopExitNames.length)
        for (let i = 0; i < message.loopExitNames.length; ++i) writer.uint32(66).string(message.loopExitNames[i])
      if (message.valuesDef != null && $Object.hasOwnProperty.call(message, 'valuesDef'))
        $root.tensorflow.ValuesDef.encode(message.valuesDef, writer.uint32(74).fork(), _depth + 1).ldelim()
      if (message.loopEnterNames != null && message.loopEnterNames.length)
        for (let i = 0; i < message.loopEnterNames.length; ++i) writer.uint32(82).string(message.loopEnterNames[i])
      if (
        message.maximumIterationsName != null &&
        $Object.hasOwnProperty.call(message, 'maximumIterationsName') &&
        message.maximumIterationsName !== ''
      )
        writer.uint32(90).string(message.maximumIterationsName)
      if (message.nestedContexts != null && message.nestedContexts.length)
        for (let i = 0; i < message.nestedContexts.length; ++i)
          $root.tensorflow.ControlFlowContextDef.encode(
            message.nestedContexts[i],
            writer.uint32(98).fork(),
            _depth + 1,
          ).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    WhileContextDef.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.WhileContextDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            if (!(message.loopExitNames && message.loopExitNames.length)) message.loopExitNames = []
            message.loopExitNames.push(reader.stringVerify())
            continue
          }
          case 10: {
            if (wireType !== 2) break
            if (!(message.loopEnterNames && message.loopEnterNames.length)) message.loopEnterNames = []
            message.loopEnterNames.push(reader.stringVerify())
            continue
          }
          case 9: {
            if (wireType !== 2) break
            message.valuesDef = $root.tensorflow.ValuesDef.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.valuesDef,
            )
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
            if (!(message.nestedContexts && message.nestedContexts.length)) message.nestedContexts = []
            message.nestedContexts.push(
              $root.tensorflow.ControlFlowContextDef.decode(reader, reader.size(), $undefined, _depth + 1),
            )
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
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
      const valuesById = $Object.create(null),
        values = $Object.create(valuesById)
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
      this.collectionDef = {}
      this.signatureDef = {}
      this.assetFileDef = []
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    MetaGraphDef.prototype.metaInfoDef = null
    MetaGraphDef.prototype.graphDef = null
    MetaGraphDef.prototype.saverDef = null
    MetaGraphDef.prototype.collectionDef = $util.emptyObject
    MetaGraphDef.prototype.signatureDef = $util.emptyObject
    MetaGraphDef.prototype.assetFileDef = $util.emptyArray
    MetaGraphDef.prototype.objectGraphDef = null

    MetaGraphDef.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.metaInfoDef != null && $Object.hasOwnProperty.call(message, 'metaInfoDef'))
        $root.tensorflow.MetaGraphDef.MetaInfoDef.encode(
          message.metaInfoDef,
          writer.uint32(10).fork(),
          _depth + 1,
        ).ldelim()
      if (message.graphDef != null && $Object.hasOwnProperty.call(message, 'graphDef'))
        $root.tensorflow.GraphDef.encode(message.graphDef, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.saverDef != null && $Object.hasOwnProperty.call(message, 'saverDef'))
        $root.tensorflow.SaverDef.encode(message.saverDef, writer.uint32(26).fork(), _depth + 1).ldelim()
      if (message.collectionDef != null && $Object.hasOwnProperty.call(message, 'collectionDef'))
        for (let keys = sortedKeys(message.collectionDef), i = 0; i < keys.length; ++i) {
          writer.uint32(34).fork().uint32(10).string(keys[i])
          $root.tensorflow.CollectionDef.encode(message.collectionDef[keys[i]], writer.uint32(18).fork(), _depth + 1)
            .ldelim()
            .ldelim()
        }
      if (message.signatureDef != null && $Object.hasOwnProperty.call(message, 'signatureDef'))
        for (let keys = sortedKeys(message.signatureDef), i = 0; i < keys.length; ++i) {
          writer.uint32(42).fork().uint32(10).string(keys[i])
          $root.tensorflow.SignatureDef.encode(message.signatureDef[keys[i]], writer.uint32(18).fork(), _depth + 1)
            .ldelim()
            .ldelim()
        }
      if (message.assetFileDef != null && message.assetFileDef.length)
        for (let i = 0; i < message.assetFileDef.length; ++i)
          $root.tensorflow.AssetFileDef.encode(message.assetFileDef[i], writer.uint32(50).fork(), _depth + 1).ldelim()
      if (message.objectGraphDef != null && $Object.hasOwnProperty.call(message, 'objectGraphDef'))
        $root.tensorflow.SavedObjectGraph.encode(message.objectGraphDef, writer.uint32(58).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    MetaGraphDef.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, key, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.MetaGraphDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            message.metaInfoDef = $root.tensorflow.MetaGraphDef.MetaInfoDef.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.metaInfoDef,
            )
            continue
          }
          case 2: {
            if (wireType !== 2) break
            message.graphDef = $root.tensorflow.GraphDef.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.graphDef,
            )
            continue
          }
          case 3: {
            if (wireType !== 2) break
            message.saverDef = $root.tensorflow.SaverDef.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.saverDef,
            )
            continue
          }
          case 4: {
            if (wireType !== 2) break
            if (message.collectionDef === $util.emptyObject) message.collectionDef = {}
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw $RangeError('index out of range')
            reader.len = end2
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
                  value = $root.tensorflow.CollectionDef.decode(reader, reader.size(), $undefined, _depth + 1, value)
                  continue
              }
              reader.skipType(wireType, _depth, tag2)
            }
            if (reader.pos !== end2) throw $RangeError('index out of range')
            reader.len = end
            if (key === '__proto__') $util.makeProp(message.collectionDef, key)
            message.collectionDef[key] = value || new $root.tensorflow.CollectionDef()
            continue
          }
          case 5: {
            if (wireType !== 2) break
            if (message.signatureDef === $util.emptyObject) message.signatureDef = {}
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw $RangeError('index out of range')
            reader.len = end2
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
                  value = $root.tensorflow.SignatureDef.decode(reader, reader.size(), $undefined, _depth + 1, value)
                  continue
              }
              reader.skipType(wireType, _depth, tag2)
            }
            if (reader.pos !== end2) throw $RangeError('index out of range')
            reader.len = end
            if (key === '__proto__') $util.makeProp(message.signatureDef, key)
            message.signatureDef[key] = value || new $root.tensorflow.SignatureDef()
            continue
          }
          case 6: {
            if (wireType !== 2) break
            if (!(message.assetFileDef && message.assetFileDef.length)) message.assetFileDef = []
            message.assetFileDef.push(
              $root.tensorflow.AssetFileDef.decode(reader, reader.size(), $undefined, _depth + 1),
            )
            continue
          }
          case 7: {
            if (wireType !== 2) break
            message.objectGraphDef = $root.tensorflow.SavedObjectGraph.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.objectGraphDef,
            )
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    MetaGraphDef.MetaInfoDef = (function () {
      const MetaInfoDef = function (properties) {
        this.tags = []
        this.functionAliases = {}
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      MetaInfoDef.prototype.metaGraphVersion = ''
      MetaInfoDef.prototype.strippedOpList = null
      MetaInfoDef.prototype.anyInfo = null
      MetaInfoDef.prototype.tags = $util.emptyArray
      MetaInfoDef.prototype.tensorflowVersion = ''
      MetaInfoDef.prototype.tensorflowGitVersion = ''
      MetaInfoDef.prototype.strippedDefaultAttrs = false
      MetaInfoDef.prototype.functionAliases = $util.emptyObject

      MetaInfoDef.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (
          message.metaGraphVersion != null &&
          $Object.hasOwnProperty.call(message, 'metaGraphVersion') &&
          message.metaGraphVersion !== ''
        )
          writer.uint32(10).string(message.metaGraphVersion)
        if (message.strippedOpList != null && $Object.hasOwnProperty.call(message, 'strippedOpList'))
          $root.tensorflow.OpList.encode(message.strippedOpList, writer.uint32(18).fork(), _depth + 1).ldelim()
        if (message.anyInfo != null && $Object.hasOwnProperty.call(message, 'anyInfo'))
          $root.google.protobuf.Any.encode(message.anyInfo, writer.uint32(26).fork(), _depth + 1).ldelim()
        if (message.tags != null && message.tags.length)
          for (let i = 0; i < message.tags.length; ++i) writer.uint32(34).string(message.tags[i])
        if (
          message.tensorflowVersion != null &&
          $Object.hasOwnProperty.call(message, 'tensorflowVersion') &&
          message.tensorflowVersion !== ''
        )
          writer.uint32(42).string(message.tensorflowVersion)
        if (
          message.tensorflowGitVersion != null &&
          $Object.hasOwnProperty.call(message, 'tensorflowGitVersion') &&
          message.tensorflowGitVersion !== ''
        )
          writer.uint32(50).string(message.tensorflowGitVersion)
        if (
          message.strippedDefaultAttrs != null &&
          $Object.hasOwnProperty.call(message, 'strippedDefaultAttrs') &&
          message.strippedDefaultAttrs !== false
        )
          writer.uint32(56).bool(message.strippedDefaultAttrs)
        if (message.functionAliases != null && $Object.hasOwnProperty.call(message, 'functionAliases'))
          for (let keys = sortedKeys(message.functionAliases), i = 0; i < keys.length; ++i)
            writer
              .uint32(66)
              .fork()
              .uint32(10)
              .string(keys[i])
              .uint32(18)
              .string(message.functionAliases[keys[i]])
              .ldelim()
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      MetaInfoDef.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message, key, value
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.tensorflow.MetaGraphDef.MetaInfoDef()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
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
              message.strippedOpList = $root.tensorflow.OpList.decode(
                reader,
                reader.size(),
                $undefined,
                _depth + 1,
                message.strippedOpList,
              )
              continue
            }
            case 3: {
              if (wireType !== 2) break
              message.anyInfo = $root.google.protobuf.Any.decode(
                reader,
                reader.size(),
                $undefined,
                _depth + 1,
                message.anyInfo,
              )
              continue
            }
            case 4: {
              if (wireType !== 2) break
              if (!(message.tags && message.tags.length)) message.tags = []
              message.tags.push(reader.stringVerify())
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
              if (message.functionAliases === $util.emptyObject) message.functionAliases = {}
              let end2 = reader.size() + reader.pos
              if (end2 > reader.len) throw $RangeError('index out of range')
              reader.len = end2
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
                reader.skipType(wireType, _depth, tag2)
              }
              if (reader.pos !== end2) throw $RangeError('index out of range')
              reader.len = end
              if (key === '__proto__') $util.makeProp(message.functionAliases, key)
              message.functionAliases[key] = value
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return MetaInfoDef
    })()

    return MetaGraphDef
  })()

  tensorflow.CollectionDef = (function () {
    const CollectionDef = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    CollectionDef.prototype.nodeList = null
    CollectionDef.prototype.bytesList = null
    CollectionDef.prototype.int64List = null
    CollectionDef.prototype.floatList = null
    CollectionDef.prototype.anyList = null

    let $oneOfFields

    $Object.defineProperty(CollectionDef.prototype, 'kind', {
      get: $util.oneOfGetter(($oneOfFields = ['nodeList', 'bytesList', 'int64List', 'floatList', 'anyList'])),
      set: $util.oneOfSetter($oneOfFields),
    })

    CollectionDef.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.nodeList != null && $Object.hasOwnProperty.call(message, 'nodeList'))
        $root.tensorflow.CollectionDef.NodeList.encode(message.nodeList, writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.bytesList != null && $Object.hasOwnProperty.call(message, 'bytesList'))
        $root.tensorflow.CollectionDef.BytesList.encode(
          message.bytesList,
          writer.uint32(18).fork(),
          _depth + 1,
        ).ldelim()
      if (message.int64List != null && $Object.hasOwnProperty.call(message, 'int64List'))
        $root.tensorflow.CollectionDef.Int64List.encode(
          message.int64List,
          writer.uint32(26).fork(),
          _depth + 1,
        ).ldelim()
      if (message.floatList != null && $Object.hasOwnProperty.call(message, 'floatList'))
        $root.tensorflow.CollectionDef.FloatList.encode(
          message.floatList,
          writer.uint32(34).fork(),
          _depth + 1,
        ).ldelim()
      if (message.anyList != null && $Object.hasOwnProperty.call(message, 'anyList'))
        $root.tensorflow.CollectionDef.AnyList.encode(message.anyList, writer.uint32(42).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    CollectionDef.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.CollectionDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            message.nodeList = $root.tensorflow.CollectionDef.NodeList.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.nodeList,
            )
            message.kind = 'nodeList'
            continue
          }
          case 2: {
            if (wireType !== 2) break
            message.bytesList = $root.tensorflow.CollectionDef.BytesList.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.bytesList,
            )
            message.kind = 'bytesList'
            continue
          }
          case 3: {
            if (wireType !== 2) break
            message.int64List = $root.tensorflow.CollectionDef.Int64List.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.int64List,
            )
            message.kind = 'int64List'
            continue
          }
          case 4: {
            if (wireType !== 2) break
            message.floatList = $root.tensorflow.CollectionDef.FloatList.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.floatList,
            )
            message.kind = 'floatList'
            continue
          }
          case 5: {
            if (wireType !== 2) break
            message.anyList = $root.tensorflow.CollectionDef.AnyList.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.anyList,
            )
            message.kind = 'anyList'
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    CollectionDef.NodeList = (function () {
      const NodeList = function (properties) {
        this.value = []
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      NodeList.prototype.value = $util.emptyArray

      NodeList.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.value != null && message.value.length)
          for (let i = 0; i < message.value.length; ++i) writer.uint32(10).string(message.value[i])
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      NodeList.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.tensorflow.CollectionDef.NodeList()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              if (!(message.value && message.value.length)) message.value = []
              message.value.push(reader.stringVerify())
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return NodeList
    })()

    CollectionDef.BytesList = (function () {
      const BytesList = function (properties) {
        this.value = []
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      BytesList.prototype.value = $util.emptyArray

      BytesList.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.value != null && message.value.length)
          for (let i = 0; i < message.value.length; ++i) writer.uint32(10).bytes(message.value[i])
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      BytesList.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.tensorflow.CollectionDef.BytesList()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              if (!(message.value && message.value.length)) message.value = []
              message.value.push(reader.bytes())
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return BytesList
    })()

    CollectionDef.Int64List = (function () {
      const Int64List = function (properties) {
        this.value = []
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      Int64List.prototype.value = $util.emptyArray

      Int64List.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.value != null && message.value.length) writer.uint32(10).int64s(toLongs(message.value))
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      Int64List.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.tensorflow.CollectionDef.Int64List()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType === 2) {
                if (!(message.value && message.value.length)) message.value = []
                reader.int64s(toLongs(message.value))
                continue
              }
              if (wireType !== 0) break
              if (!(message.value && message.value.length)) message.value = []
              message.value.push(reader.int64())
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return Int64List
    })()

    CollectionDef.FloatList = (function () {
      const FloatList = function (properties) {
        this.value = []
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      FloatList.prototype.value = $util.emptyArray

      FloatList.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.value != null && message.value.length) writer.uint32(10).floats(message.value)
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      FloatList.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.tensorflow.CollectionDef.FloatList()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType === 2) {
                if (!(message.value && message.value.length)) message.value = []
                reader.floats(message.value)
                continue
              }
              if (wireType !== 5) break
              if (!(message.value && message.value.length)) message.value = []
              message.value.push(reader.float())
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return FloatList
    })()

    CollectionDef.AnyList = (function () {
      const AnyList = function (properties) {
        this.value = []
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      AnyList.prototype.value = $util.emptyArray

      AnyList.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.value != null && message.value.length)
          for (let i = 0; i < message.value.length; ++i)
            $root.google.protobuf.Any.encode(message.value[i], writer.uint32(10).fork(), _depth + 1).ldelim()
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      AnyList.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.tensorflow.CollectionDef.AnyList()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              if (!(message.value && message.value.length)) message.value = []
              message.value.push($root.google.protobuf.Any.decode(reader, reader.size(), $undefined, _depth + 1))
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return AnyList
    })()

    return CollectionDef
  })()

  tensorflow.TensorInfo = (function () {
    const TensorInfo = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    TensorInfo.prototype.name = null
    TensorInfo.prototype.cooSparse = null
    TensorInfo.prototype.compositeTensor = null
    TensorInfo.prototype.dtype = 0
    TensorInfo.prototype.tensorShape = null

    let $oneOfFields

    $Object.defineProperty(TensorInfo.prototype, 'encoding', {
      get: $util.oneOfGetter(($oneOfFields = ['name', 'cooSparse', 'compositeTensor'])),
      set: $util.oneOfSetter($oneOfFields),
    })

    TensorInfo.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.name != null && $Object.hasOwnProperty.call(message, 'name')) writer.uint32(10).string(message.name)
      if (message.dtype != null && $Object.hasOwnProperty.call(message, 'dtype') && message.dtype !== 0)
        writer.uint32(16).int32(message.dtype)
      if (message.tensorShape != null && $Object.hasOwnProperty.call(message, 'tensorShape'))
        $root.tensorflow.TensorShapeProto.encode(message.tensorShape, writer.uint32(26).fork(), _depth + 1).ldelim()
      if (message.cooSparse != null && $Object.hasOwnProperty.call(message, 'cooSparse'))
        $root.tensorflow.TensorInfo.CooSparse.encode(message.cooSparse, writer.uint32(34).fork(), _depth + 1).ldelim()
      if (message.compositeTensor != null && $Object.hasOwnProperty.call(message, 'compositeTensor'))
        $root.tensorflow.TensorInfo.CompositeTensor.encode(
          message.compositeTensor,
          writer.uint32(42).fork(),
          _depth + 1,
        ).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    TensorInfo.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.TensorInfo()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            message.name = reader.stringVerify()
            message.encoding = 'name'
            continue
          }
          case 4: {
            if (wireType !== 2) break
            message.cooSparse = $root.tensorflow.TensorInfo.CooSparse.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.cooSparse,
            )
            message.encoding = 'cooSparse'
            continue
          }
          case 5: {
            if (wireType !== 2) break
            message.compositeTensor = $root.tensorflow.TensorInfo.CompositeTensor.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.compositeTensor,
            )
            message.encoding = 'compositeTensor'
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
            message.tensorShape = $root.tensorflow.TensorShapeProto.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.tensorShape,
            )
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    TensorInfo.CooSparse = (function () {
      const CooSparse = function (properties) {
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      CooSparse.prototype.valuesTensorName = ''
      CooSparse.prototype.indicesTensorName = ''
      CooSparse.prototype.denseShapeTensorName = ''

      CooSparse.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (
          message.valuesTensorName != null &&
          $Object.hasOwnProperty.call(message, 'valuesTensorName') &&
          message.valuesTensorName !== ''
        )
          writer.uint32(10).string(message.valuesTensorName)
        if (
          message.indicesTensorName != null &&
          $Object.hasOwnProperty.call(message, 'indicesTensorName') &&
          message.indicesTensorName !== ''
        )
          writer.uint32(18).string(message.indicesTensorName)
        if (
          message.denseShapeTensorName != null &&
          $Object.hasOwnProperty.call(message, 'denseShapeTensorName') &&
          message.denseShapeTensorName !== ''
        )
          writer.uint32(26).string(message.denseShapeTensorName)
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      CooSparse.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message, value
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.tensorflow.TensorInfo.CooSparse()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
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
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return CooSparse
    })()

    TensorInfo.CompositeTensor = (function () {
      const CompositeTensor = function (properties) {
        this.components = []
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      CompositeTensor.prototype.typeSpec = null
      CompositeTensor.prototype.components = $util.emptyArray

      CompositeTensor.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.typeSpec != null && $Object.hasOwnProperty.call(message, 'typeSpec'))
          $root.tensorflow.TypeSpecProto.encode(message.typeSpec, writer.uint32(10).fork(), _depth + 1).ldelim()
        if (message.components != null && message.components.length)
          for (let i = 0; i < message.components.length; ++i)
            $root.tensorflow.TensorInfo.encode(message.components[i], writer.uint32(18).fork(), _depth + 1).ldelim()
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      CompositeTensor.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message, value
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.tensorflow.TensorInfo.CompositeTensor()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              message.typeSpec = $root.tensorflow.TypeSpecProto.decode(
                reader,
                reader.size(),
                $undefined,
                _depth + 1,
                message.typeSpec,
              )
              continue
            }
            case 2: {
              if (wireType !== 2) break
              if (!(message.components && message.components.length)) message.components = []
              message.components.push($root.tensorflow.TensorInfo.decode(reader, reader.size(), $undefined, _depth + 1))
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      return CompositeTensor
    })()

    return TensorInfo
  })()

  tensorflow.SignatureDef = (function () {
    const SignatureDef = function (properties) {
      this.inputs = {}
      this.outputs = {}
      this.defaults = {}
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SignatureDef.prototype.inputs = $util.emptyObject
    SignatureDef.prototype.outputs = $util.emptyObject
    SignatureDef.prototype.methodName = ''
    SignatureDef.prototype.defaults = $util.emptyObject

    SignatureDef.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.inputs != null && $Object.hasOwnProperty.call(message, 'inputs'))
        for (let keys = sortedKeys(message.inputs), i = 0; i < keys.length; ++i) {
          writer.uint32(10).fork().uint32(10).string(keys[i])
          $root.tensorflow.TensorInfo.encode(message.inputs[keys[i]], writer.uint32(18).fork(), _depth + 1)
            .ldelim()
            .ldelim()
        }
      if (message.outputs != null && $Object.hasOwnProperty.call(message, 'outputs'))
        for (let keys = sortedKeys(message.outputs), i = 0; i < keys.length; ++i) {
          writer.uint32(18).fork().uint32(10).string(keys[i])
          $root.tensorflow.TensorInfo.encode(message.outputs[keys[i]], writer.uint32(18).fork(), _depth + 1)
            .ldelim()
            .ldelim()
        }
      if (message.methodName != null && $Object.hasOwnProperty.call(message, 'methodName') && message.methodName !== '')
        writer.uint32(26).string(message.methodName)
      if (message.defaults != null && $Object.hasOwnProperty.call(message, 'defaults'))
        for (let keys = sortedKeys(message.defaults), i = 0; i < keys.length; ++i) {
          writer.uint32(34).fork().uint32(10).string(keys[i])
          $root.tensorflow.TensorProto.encode(message.defaults[keys[i]], writer.uint32(18).fork(), _depth + 1)
            .ldelim()
            .ldelim()
        }
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SignatureDef.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, key, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.SignatureDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if (message.inputs === $util.emptyObject) message.inputs = {}
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw $RangeError('index out of range')
            reader.len = end2
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
                  value = $root.tensorflow.TensorInfo.decode(reader, reader.size(), $undefined, _depth + 1, value)
                  continue
              }
              reader.skipType(wireType, _depth, tag2)
            }
            if (reader.pos !== end2) throw $RangeError('index out of range')
            reader.len = end
            if (key === '__proto__') $util.makeProp(message.inputs, key)
            message.inputs[key] = value || new $root.tensorflow.TensorInfo()
            continue
          }
          case 2: {
            if (wireType !== 2) break
            if (message.outputs === $util.emptyObject) message.outputs = {}
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw $RangeError('index out of range')
            reader.len = end2
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
                  value = $root.tensorflow.TensorInfo.decode(reader, reader.size(), $undefined, _depth + 1, value)
                  continue
              }
              reader.skipType(wireType, _depth, tag2)
            }
            if (reader.pos !== end2) throw $RangeError('index out of range')
            reader.len = end
            if (key === '__proto__') $util.makeProp(message.outputs, key)
            message.outputs[key] = value || new $root.tensorflow.TensorInfo()
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
            if (message.defaults === $util.emptyObject) message.defaults = {}
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw $RangeError('index out of range')
            reader.len = end2
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
                  value = $root.tensorflow.TensorProto.decode(reader, reader.size(), $undefined, _depth + 1, value)
                  continue
              }
              reader.skipType(wireType, _depth, tag2)
            }
            if (reader.pos !== end2) throw $RangeError('index out of range')
            reader.len = end
            if (key === '__proto__') $util.makeProp(message.defaults, key)
            message.defaults[key] = value || new $root.tensorflow.TensorProto()
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return SignatureDef
  })()

  tensorflow.AssetFileDef = (function () {
    const AssetFileDef = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    AssetFileDef.prototype.tensorInfo = null
    AssetFileDef.prototype.filename = ''

    AssetFileDef.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.tensorInfo != null && $Object.hasOwnProperty.call(message, 'tensorInfo'))
        $root.tensorflow.TensorInfo.encode(message.tensorInfo, writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.filename != null && $Object.hasOwnProperty.call(message, 'filename') && message.filename !== '')
        writer.uint32(18).string(message.filename)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    AssetFileDef.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.AssetFileDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            message.tensorInfo = $root.tensorflow.TensorInfo.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.tensorInfo,
            )
            continue
          }
          case 2: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.filename = value
            else delete message.filename
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return AssetFileDef
  })()

  tensorflow.SavedObjectGraph = (function () {
    const SavedObjectGraph = function (properties) {
      this.nodes = []
      this.concreteFunctions = {}
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedObjectGraph.prototype.nodes = $util.emptyArray
    SavedObjectGraph.prototype.concreteFunctions = $util.emptyObject

    SavedObjectGraph.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.nodes != null && message.nodes.length)
        for (let i = 0; i < message.nodes.length; ++i)
          $root.tensorflow.SavedObject.encode(message.nodes[i], writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.concreteFunctions != null && $Object.hasOwnProperty.call(message, 'concreteFunctions'))
        for (let keys = sortedKeys(message.concreteFunctions), i = 0; i < keys.length; ++i) {
          writer.uint32(18).fork().uint32(10).string(keys[i])
          $root.tensorflow.SavedConcreteFunction.encode(
            message.concreteFunctions[keys[i]],
            writer.uint32(18).fork(),
            _depth + 1,
          )
            .ldelim()
            .ldelim()
        }
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedObjectGraph.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, key, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.SavedObjectGraph()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if (!(message.nodes && message.nodes.length)) message.nodes = []
            message.nodes.push($root.tensorflow.SavedObject.decode(reader, reader.size(), $undefined, _depth + 1))
            continue
          }
          case 2: {
            if (wireType !== 2) break
            if (message.concreteFunctions === $util.emptyObject) message.concreteFunctions = {}
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw $RangeError('index out of range')
            reader.len = end2
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
                  value = $root.tensorflow.SavedConcreteFunction.decode(
                    reader,
                    reader.size(),
                    $undefined,
                    _depth + 1,
                    value,
                  )
                  continue
              }
              reader.skipType(wireType, _depth, tag2)
            }
            if (reader.pos !== end2) throw $RangeError('index out of range')
            reader.len = end
            if (key === '__proto__') $util.makeProp(message.concreteFunctions, key)
            message.concreteFunctions[key] = value || new $root.tensorflow.SavedConcreteFunction()
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return SavedObjectGraph
  })()

  tensorflow.SavedObject = (function () {
    const SavedObject = function (properties) {
      this.children = []
      this.dependencies = []
      this.slotVariables = []
      this.saveableObjects = {}
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedObject.prototype.children = $util.emptyArray
    SavedObject.prototype.dependencies = $util.emptyArray
    SavedObject.prototype.slotVariables = $util.emptyArray
    SavedObject.prototype.userObject = null
    SavedObject.prototype.asset = null
    SavedObject.prototype['function'] = null
    SavedObject.prototype.variable = null
    SavedObject.prototype.bareConcreteFunction = null
    SavedObject.prototype.constant = null
    SavedObject.prototype.resource = null
    SavedObject.prototype.capturedTensor = null
    SavedObject.prototype.saveableObjects = $util.emptyObject
    SavedObject.prototype.registeredName = ''
    SavedObject.prototype.serializedUserProto = null
    SavedObject.prototype.registeredSaver = ''

    let $oneOfFields

    $Object.defineProperty(SavedObject.prototype, 'kind', {
      get: $util.oneOfGetter(
        ($oneOfFields = [
          'userObject',
          'asset',
          'function',
          'variable',
          'bareConcreteFunction',
          'constant',
          'resource',
          'capturedTensor',
        ]),
      ),
      set: $util.oneOfSetter($oneOfFields),
    })

    SavedObject.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.children != null && message.children.length)
        for (let i = 0; i < message.children.length; ++i)
          $root.tensorflow.TrackableObjectGraph.TrackableObject.ObjectReference.encode(
            message.children[i],
            writer.uint32(10).fork(),
            _depth + 1,
          ).ldelim()
      if (message.slotVariables != null && message.slotVariables.length)
        for (let i = 0; i < message.slotVariables.length; ++i)
          $root.tensorflow.TrackableObjectGraph.TrackableObject.SlotVariableReference.encode(
            message.slotVariables[i],
            writer.uint32(26).fork(),
            _depth + 1,
          ).ldelim()
      if (message.userObject != null && $Object.hasOwnProperty.call(message, 'userObject'))
        $root.tensorflow.SavedUserObject.encode(message.userObject, writer.uint32(34).fork(), _depth + 1).ldelim()
      if (message.asset != null && $Object.hasOwnProperty.call(message, 'asset'))
        $root.tensorflow.SavedAsset.encode(message.asset, writer.uint32(42).fork(), _depth + 1).ldelim()
      if (message['function'] != null && $Object.hasOwnProperty.call(message, 'function'))
        $root.tensorflow.SavedFunction.encode(message['function'], writer.uint32(50).fork(), _depth + 1).ldelim()
      if (message.variable != null && $Object.hasOwnProperty.call(message, 'variable'))
        $root.tensorflow.SavedVariable.encode(message.variable, writer.uint32(58).fork(), _depth + 1).ldelim()
      if (message.bareConcreteFunction != null && $Object.hasOwnProperty.call(message, 'bareConcreteFunction'))
        $root.tensorflow.SavedBareConcreteFunction.encode(
          message.bareConcreteFunction,
          writer.uint32(66).fork(),
          _depth + 1,
        ).ldelim()
      if (message.constant != null && $Object.hasOwnProperty.call(message, 'constant'))
        $root.tensorflow.SavedConstant.encode(message.constant, writer.uint32(74).fork(), _depth + 1).ldelim()
      if (message.resource != null && $Object.hasOwnProperty.call(message, 'resource'))
        $root.tensorflow.SavedResource.encode(message.resource, writer.uint32(82).fork(), _depth + 1).ldelim()
      if (message.saveableObjects != null && $Object.hasOwnProperty.call(message, 'saveableObjects'))
        for (let keys = sortedKeys(message.saveableObjects), i = 0; i < keys.length; ++i) {
          writer.uint32(90).fork().uint32(10).string(keys[i])
          $root.tensorflow.SaveableObject.encode(message.saveableObjects[keys[i]], writer.uint32(18).fork(), _depth + 1)
            .ldelim()
            .ldelim()
        }
      if (message.capturedTensor != null && $Object.hasOwnProperty.call(message, 'capturedTensor'))
        $root.tensorflow.CapturedTensor.encode(message.capturedTensor, writer.uint32(98).fork(), _depth + 1).ldelim()
      if (
        message.registeredName != null &&
        $Object.hasOwnProperty.call(message, 'registeredName') &&
        message.registeredName !== ''
      )
        writer.uint32(106).string(message.registeredName)
      if (message.serializedUserProto != null && $Object.hasOwnProperty.call(message, 'serializedUserProto'))
        $root.google.protobuf.Any.encode(message.serializedUserProto, writer.uint32(114).fork(), _depth + 1).ldelim()
      if (message.dependencies != null && message.dependencies.length)
        for (let i = 0; i < message.dependencies.length; ++i)
          $root.tensorflow.TrackableObjectGraph.TrackableObject.ObjectReference.encode(
            message.dependencies[i],
            writer.uint32(122).fork(),
            _depth + 1,
          ).ldelim()
      if (
        message.registeredSaver != null &&
        $Object.hasOwnProperty.call(message, 'registeredSaver') &&
        message.registeredSaver !== ''
      )
        writer.uint32(130).string(message.registeredSaver)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedObject.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, key, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.SavedObject()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if (!(message.children && message.children.length)) message.children = []
            message.children.push(
              $root.tensorflow.TrackableObjectGraph.TrackableObject.ObjectReference.decode(
                reader,
                reader.size(),
                $undefined,
                _depth + 1,
              ),
            )
            continue
          }
          case 15: {
            if (wireType !== 2) break
            if (!(message.dependencies && message.dependencies.length)) message.dependencies = []
            message.dependencies.push(
              $root.tensorflow.TrackableObjectGraph.TrackableObject.ObjectReference.decode(
                reader,
                reader.size(),
                $undefined,
                _depth + 1,
              ),
            )
            continue
          }
          case 3: {
            if (wireType !== 2) break
            if (!(message.slotVariables && message.slotVariables.length)) message.slotVariables = []
            message.slotVariables.push(
              $root.tensorflow.TrackableObjectGraph.TrackableObject.SlotVariableReference.decode(
                reader,
                reader.size(),
                $undefined,
                _depth + 1,
              ),
            )
            continue
          }
          case 4: {
            if (wireType !== 2) break
            message.userObject = $root.tensorflow.SavedUserObject.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.userObject,
            )
            message.kind = 'userObject'
            continue
          }
          case 5: {
            if (wireType !== 2) break
            message.asset = $root.tensorflow.SavedAsset.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.asset,
            )
            message.kind = 'asset'
            continue
          }
          case 6: {
            if (wireType !== 2) break
            message['function'] = $root.tensorflow.SavedFunction.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message['function'],
            )
            message.kind = 'function'
            continue
          }
          case 7: {
            if (wireType !== 2) break
            message.variable = $root.tensorflow.SavedVariable.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.variable,
            )
            message.kind = 'variable'
            continue
          }
          case 8: {
            if (wireType !== 2) break
            message.bareConcreteFunction = $root.tensorflow.SavedBareConcreteFunction.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.bareConcreteFunction,
            )
            message.kind = 'bareConcreteFunction'
            continue
          }
          case 9: {
            if (wireType !== 2) break
            message.constant = $root.tensorflow.SavedConstant.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.constant,
            )
            message.kind = 'constant'
            continue
          }
          case 10: {
            if (wireType !== 2) break
            message.resource = $root.tensorflow.SavedResource.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.resource,
            )
            message.kind = 'resource'
            continue
          }
          case 12: {
            if (wireType !== 2) break
            message.capturedTensor = $root.tensorflow.CapturedTensor.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.capturedTensor,
            )
            message.kind = 'capturedTensor'
            continue
          }
          case 11: {
            if (wireType !== 2) break
            if (message.saveableObjects === $util.emptyObject) message.saveableObjects = {}
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw $RangeError('index out of range')
            reader.len = end2
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
                  value = $root.tensorflow.SaveableObject.decode(reader, reader.size(), $undefined, _depth + 1, value)
                  continue
              }
              reader.skipType(wireType, _depth, tag2)
            }
            if (reader.pos !== end2) throw $RangeError('index out of range')
            reader.len = end
            if (key === '__proto__') $util.makeProp(message.saveableObjects, key)
            message.saveableObjects[key] = value || new $root.tensorflow.SaveableObject()
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
            message.serializedUserProto = $root.google.protobuf.Any.decode(
              reader,
              reader.size(),
              $undefined,
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
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return SavedObject
  })()

  tensorflow.SavedUserObject = (function () {
    const SavedUserObject = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedUserObject.prototype.identifier = ''
    SavedUserObject.prototype.version = null
    SavedUserObject.prototype.metadata = ''

    SavedUserObject.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.identifier != null && $Object.hasOwnProperty.call(message, 'identifier') && message.identifier !== '')
        writer.uint32(10).string(message.identifier)
      if (message.version != null && $Object.hasOwnProperty.call(message, 'version'))
        $root.tensorflow.VersionDef.encode(message.version, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.metadata != null && $Object.hasOwnProperty.call(message, 'metadata') && message.metadata !== '')
        writer.uint32(26).string(message.metadata)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedUserObject.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.SavedUserObject()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            message.version = $root.tensorflow.VersionDef.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.version,
            )
            continue
          }
          case 3: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.metadata = value
            else delete message.metadata
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return SavedUserObject
  })()

  tensorflow.SavedAsset = (function () {
    const SavedAsset = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedAsset.prototype.assetFileDefIndex = 0

    SavedAsset.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (
        message.assetFileDefIndex != null &&
        $Object.hasOwnProperty.call(message, 'assetFileDefIndex') &&
        message.assetFileDefIndex !== 0
      )
        writer.uint32(8).int32(message.assetFileDefIndex)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedAsset.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.SavedAsset()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.assetFileDefIndex = value
            else delete message.assetFileDefIndex
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return SavedAsset
  })()

  tensorflow.SavedFunction = (function () {
    const SavedFunction = function (properties) {
      this.concreteFunctions = []
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedFunction.prototype.concreteFunctions = $util.emptyArray
    SavedFunction.prototype.functionSpec = null

    SavedFunction.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.concreteFunctions != null && message.concreteFunctions.length)
        for (let i = 0; i < message.concreteFunctions.length; ++i)
          writer.uint32(10).string(message.concreteFunctions[i])
      if (message.functionSpec != null && $Object.hasOwnProperty.call(message, 'functionSpec'))
        $root.tensorflow.FunctionSpec.encode(message.functionSpec, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedFunction.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.SavedFunction()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if (!(message.concreteFunctions && message.concreteFunctions.length)) message.concreteFunctions = []
            message.concreteFunctions.push(reader.stringVerify())
            continue
          }
          case 2: {
            if (wireType !== 2) break
            message.functionSpec = $root.tensorflow.FunctionSpec.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.functionSpec,
            )
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return SavedFunction
  })()

  tensorflow.CapturedTensor = (function () {
    const CapturedTensor = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    CapturedTensor.prototype.name = ''
    CapturedTensor.prototype.concreteFunction = ''

    CapturedTensor.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.name != null && $Object.hasOwnProperty.call(message, 'name') && message.name !== '')
        writer.uint32(10).string(message.name)
      if (
        message.concreteFunction != null &&
        $Object.hasOwnProperty.call(message, 'concreteFunction') &&
        message.concreteFunction !== ''
      )
        writer.uint32(18).string(message.concreteFunction)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    CapturedTensor.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.CapturedTensor()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return CapturedTensor
  })()

  tensorflow.SavedConcreteFunction = (function () {
    const SavedConcreteFunction = function (properties) {
      this.boundInputs = []
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedConcreteFunction.prototype.boundInputs = $util.emptyArray
    SavedConcreteFunction.prototype.canonicalizedInputSignature = null
    SavedConcreteFunction.prototype.outputSignature = null

    SavedConcreteFunction.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.boundInputs != null && message.boundInputs.length) writer.uint32(18).int32s(message.boundInputs)
      if (
        message.canonicalizedInputSignature != null &&
        $Object.hasOwnProperty.call(message, 'canonicalizedInputSignature')
      )
        $root.tensorflow.StructuredValue.encode(
          message.canonicalizedInputSignature,
          writer.uint32(26).fork(),
          _depth + 1,
        ).ldelim()
      if (message.outputSignature != null && $Object.hasOwnProperty.call(message, 'outputSignature'))
        $root.tensorflow.StructuredValue.encode(message.outputSignature, writer.uint32(34).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedConcreteFunction.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.SavedConcreteFunction()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 2: {
            if (wireType === 2) {
              if (!(message.boundInputs && message.boundInputs.length)) message.boundInputs = []
              reader.int32s(message.boundInputs)
              continue
            }
            if (wireType !== 0) break
            if (!(message.boundInputs && message.boundInputs.length)) message.boundInputs = []
            message.boundInputs.push(reader.int32())
            continue
          }
          case 3: {
            if (wireType !== 2) break
            message.canonicalizedInputSignature = $root.tensorflow.StructuredValue.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.canonicalizedInputSignature,
            )
            continue
          }
          case 4: {
            if (wireType !== 2) break
            message.outputSignature = $root.tensorflow.StructuredValue.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.outputSignature,
            )
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return SavedConcreteFunction
  })()

  tensorflow.SavedBareConcreteFunction = (function () {
    const SavedBareConcreteFunction = function (properties) {
      this.argumentKeywords = []
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedBareConcreteFunction.prototype.concreteFunctionName = ''
    SavedBareConcreteFunction.prototype.argumentKeywords = $util.emptyArray
    SavedBareConcreteFunction.prototype.allowedPositionalArguments = $util.Long ? $util.Long.fromBits(0, 0, false) : 0
    SavedBareConcreteFunction.prototype.functionSpec = null

    SavedBareConcreteFunction.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (
        message.concreteFunctionName != null &&
        $Object.hasOwnProperty.call(message, 'concreteFunctionName') &&
        message.concreteFunctionName !== ''
      )
        writer.uint32(10).string(message.concreteFunctionName)
      if (message.argumentKeywords != null && message.argumentKeywords.length)
        for (let i = 0; i < message.argumentKeywords.length; ++i) writer.uint32(18).string(message.argumentKeywords[i])
      if (
        message.allowedPositionalArguments != null &&
        $Object.hasOwnProperty.call(message, 'allowedPositionalArguments') &&
        isNonZero(message.allowedPositionalArguments)
      )
        writer.uint32(24).int64(toLong(message.allowedPositionalArguments))
      if (message.functionSpec != null && $Object.hasOwnProperty.call(message, 'functionSpec'))
        $root.tensorflow.FunctionSpec.encode(message.functionSpec, writer.uint32(34).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedBareConcreteFunction.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.SavedBareConcreteFunction()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            if (!(message.argumentKeywords && message.argumentKeywords.length)) message.argumentKeywords = []
            message.argumentKeywords.push(reader.stringVerify())
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
            message.functionSpec = $root.tensorflow.FunctionSpec.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.functionSpec,
            )
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return SavedBareConcreteFunction
  })()

  tensorflow.SavedConstant = (function () {
    const SavedConstant = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedConstant.prototype.operation = ''

    SavedConstant.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.operation != null && $Object.hasOwnProperty.call(message, 'operation') && message.operation !== '')
        writer.uint32(10).string(message.operation)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedConstant.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.SavedConstant()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.operation = value
            else delete message.operation
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return SavedConstant
  })()

  tensorflow.SavedVariable = (function () {
    const SavedVariable = function (properties) {
      this.experimentalDistributedVariableComponents = []
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedVariable.prototype.dtype = 0
    SavedVariable.prototype.shape = null
    SavedVariable.prototype.trainable = false
    SavedVariable.prototype.synchronization = 0
    SavedVariable.prototype.aggregation = 0
    SavedVariable.prototype.name = ''
    SavedVariable.prototype.device = ''
    SavedVariable.prototype.experimentalDistributedVariableComponents = $util.emptyArray

    SavedVariable.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.dtype != null && $Object.hasOwnProperty.call(message, 'dtype') && message.dtype !== 0)
        writer.uint32(8).int32(message.dtype)
      if (message.shape != null && $Object.hasOwnProperty.call(message, 'shape'))
        $root.tensorflow.TensorShapeProto.encode(message.shape, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.trainable != null && $Object.hasOwnProperty.call(message, 'trainable') && message.trainable !== false)
        writer.uint32(24).bool(message.trainable)
      if (
        message.synchronization != null &&
        $Object.hasOwnProperty.call(message, 'synchronization') &&
        message.synchronization !== 0
      )
        writer.uint32(32).int32(message.synchronization)
      if (
        message.aggregation != null &&
        $Object.hasOwnProperty.call(message, 'aggregation') &&
        message.aggregation !== 0
      )
        writer.uint32(40).int32(message.aggregation)
      if (message.name != null && $Object.hasOwnProperty.call(message, 'name') && message.name !== '')
        writer.uint32(50).string(message.name)
      if (message.device != null && $Object.hasOwnProperty.call(message, 'device') && message.device !== '')
        writer.uint32(58).string(message.device)
      if (
        message.experimentalDistributedVariableComponents != null &&
        message.experimentalDistributedVariableComponents.length
      )
        for (let i = 0; i < message.experimentalDistributedVariableComponents.length; ++i)
          $root.tensorflow.SavedVariable.encode(
            message.experimentalDistributedVariableComponents[i],
            writer.uint32(66).fork(),
            _depth + 1,
          ).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedVariable.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.SavedVariable()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            message.shape = $root.tensorflow.TensorShapeProto.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.shape,
            )
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
            if (!(
              message.experimentalDistributedVariableComponents &&
              message.experimentalDistributedVariableComponents.length
            ))
              message.experimentalDistributedVariableComponents = []
            message.experimentalDistributedVariableComponents.push(
              $root.tensorflow.SavedVariable.decode(reader, reader.size(), $undefined, _depth + 1),
            )
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return SavedVariable
  })()

  tensorflow.FunctionSpec = (function () {
    const FunctionSpec = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    FunctionSpec.prototype.fullargspec = null
    FunctionSpec.prototype.isMethod = false
    FunctionSpec.prototype.inputSignature = null
    FunctionSpec.prototype.jitCompile = 0

    FunctionSpec.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.fullargspec != null && $Object.hasOwnProperty.call(message, 'fullargspec'))
        $root.tensorflow.StructuredValue.encode(message.fullargspec, writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.isMethod != null && $Object.hasOwnProperty.call(message, 'isMethod') && message.isMethod !== false)
        writer.uint32(16).bool(message.isMethod)
      if (message.inputSignature != null && $Object.hasOwnProperty.call(message, 'inputSignature'))
        $root.tensorflow.StructuredValue.encode(message.inputSignature, writer.uint32(42).fork(), _depth + 1).ldelim()
      if (message.jitCompile != null && $Object.hasOwnProperty.call(message, 'jitCompile') && message.jitCompile !== 0)
        writer.uint32(48).int32(message.jitCompile)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    FunctionSpec.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.FunctionSpec()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            message.fullargspec = $root.tensorflow.StructuredValue.decode(
              reader,
              reader.size(),
              $undefined,
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
            message.inputSignature = $root.tensorflow.StructuredValue.decode(
              reader,
              reader.size(),
              $undefined,
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
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    FunctionSpec.JitCompile = (function () {
      const valuesById = $Object.create(null),
        values = $Object.create(valuesById)
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
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedResource.prototype.device = ''

    SavedResource.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.device != null && $Object.hasOwnProperty.call(message, 'device') && message.device !== '')
        writer.uint32(10).string(message.device)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedResource.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.SavedResource()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if ((value = reader.stringVerify()).length) message.device = value
            else delete message.device
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return SavedResource
  })()

  tensorflow.SaveableObject = (function () {
    const SaveableObject = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SaveableObject.prototype.saveFunction = 0
    SaveableObject.prototype.restoreFunction = 0

    SaveableObject.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (
        message.saveFunction != null &&
        $Object.hasOwnProperty.call(message, 'saveFunction') &&
        message.saveFunction !== 0
      )
        writer.uint32(16).int32(message.saveFunction)
      if (
        message.restoreFunction != null &&
        $Object.hasOwnProperty.call(message, 'restoreFunction') &&
        message.restoreFunction !== 0
      )
        writer.uint32(24).int32(message.restoreFunction)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SaveableObject.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.SaveableObject()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return SaveableObject
  })()

  tensorflow.StructuredValue = (function () {
    const StructuredValue = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
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

    let $oneOfFields

    $Object.defineProperty(StructuredValue.prototype, 'kind', {
      get: $util.oneOfGetter(
        ($oneOfFields = [
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
        ]),
      ),
      set: $util.oneOfSetter($oneOfFields),
    })

    StructuredValue.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.noneValue != null && $Object.hasOwnProperty.call(message, 'noneValue'))
        $root.tensorflow.NoneValue.encode(message.noneValue, writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.float64Value != null && $Object.hasOwnProperty.call(message, 'float64Value'))
        writer.uint32(89).double(message.float64Value)
      if (message.int64Value != null && $Object.hasOwnProperty.call(message, 'int64Value'))
        writer.uint32(96).sint64(toLong(message.int64Value))
      if (message.stringValue != null && $Object.hasOwnProperty.call(message, 'stringValue'))
        writer.uint32(106).string(message.stringValue)
      if (message.boolValue != null && $Object.hasOwnProperty.call(message, 'boolValue'))
        writer.uint32(112).bool(message.boolValue)
      if (message.tensorShapeValue != null && $Object.hasOwnProperty.call(message, 'tensorShapeValue'))
        $root.tensorflow.TensorShapeProto.encode(
          message.tensorShapeValue,
          writer.uint32(250).fork(),
          _depth + 1,
        ).ldelim()
      if (message.tensorDtypeValue != null && $Object.hasOwnProperty.call(message, 'tensorDtypeValue'))
        writer.uint32(256).int32(message.tensorDtypeValue)
      if (message.tensorSpecValue != null && $Object.hasOwnProperty.call(message, 'tensorSpecValue'))
        $root.tensorflow.TensorSpecProto.encode(message.tensorSpecValue, writer.uint32(266).fork(), _depth + 1).ldelim()
      if (message.typeSpecValue != null && $Object.hasOwnProperty.call(message, 'typeSpecValue'))
        $root.tensorflow.TypeSpecProto.encode(message.typeSpecValue, writer.uint32(274).fork(), _depth + 1).ldelim()
      if (message.boundedTensorSpecValue != null && $Object.hasOwnProperty.call(message, 'boundedTensorSpecValue'))
        $root.tensorflow.BoundedTensorSpecProto.encode(
          message.boundedTensorSpecValue,
          writer.uint32(282).fork(),
          _depth + 1,
        ).ldelim()
      if (message.listValue != null && $Object.hasOwnProperty.call(message, 'listValue'))
        $root.tensorflow.ListValue.encode(message.listValue, writer.uint32(410).fork(), _depth + 1).ldelim()
      if (message.tupleValue != null && $Object.hasOwnProperty.call(message, 'tupleValue'))
        $root.tensorflow.TupleValue.encode(message.tupleValue, writer.uint32(418).fork(), _depth + 1).ldelim()
      if (message.dictValue != null && $Object.hasOwnProperty.call(message, 'dictValue'))
        $root.tensorflow.DictValue.encode(message.dictValue, writer.uint32(426).fork(), _depth + 1).ldelim()
      if (message.namedTupleValue != null && $Object.hasOwnProperty.call(message, 'namedTupleValue'))
        $root.tensorflow.NamedTupleValue.encode(message.namedTupleValue, writer.uint32(434).fork(), _depth + 1).ldelim()
      if (message.tensorValue != null && $Object.hasOwnProperty.call(message, 'tensorValue'))
        $root.tensorflow.TensorProto.encode(message.tensorValue, writer.uint32(442).fork(), _depth + 1).ldelim()
      if (message.numpyValue != null && $Object.hasOwnProperty.call(message, 'numpyValue'))
        $root.tensorflow.TensorProto.encode(message.numpyValue, writer.uint32(450).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    StructuredValue.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.StructuredValue()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            message.noneValue = $root.tensorflow.NoneValue.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.noneValue,
            )
            message.kind = 'noneValue'
            continue
          }
          case 11: {
            if (wireType !== 1) break
            message.float64Value = reader.double()
            message.kind = 'float64Value'
            continue
          }
          case 12: {
            if (wireType !== 0) break
            message.int64Value = reader.sint64()
            message.kind = 'int64Value'
            continue
          }
          case 13: {
            if (wireType !== 2) break
            message.stringValue = reader.stringVerify()
            message.kind = 'stringValue'
            continue
          }
          case 14: {
            if (wireType !== 0) break
            message.boolValue = reader.bool()
            message.kind = 'boolValue'
            continue
          }
          case 31: {
            if (wireType !== 2) break
            message.tensorShapeValue = $root.tensorflow.TensorShapeProto.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.tensorShapeValue,
            )
            message.kind = 'tensorShapeValue'
            continue
          }
          case 32: {
            if (wireType !== 0) break
            message.tensorDtypeValue = reader.int32()
            message.kind = 'tensorDtypeValue'
            continue
          }
          case 33: {
            if (wireType !== 2) break
            message.tensorSpecValue = $root.tensorflow.TensorSpecProto.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.tensorSpecValue,
            )
            message.kind = 'tensorSpecValue'
            continue
          }
          case 34: {
            if (wireType !== 2) break
            message.typeSpecValue = $root.tensorflow.TypeSpecProto.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.typeSpecValue,
            )
            message.kind = 'typeSpecValue'
            continue
          }
          case 35: {
            if (wireType !== 2) break
            message.boundedTensorSpecValue = $root.tensorflow.BoundedTensorSpecProto.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.boundedTensorSpecValue,
            )
            message.kind = 'boundedTensorSpecValue'
            continue
          }
          case 51: {
            if (wireType !== 2) break
            message.listValue = $root.tensorflow.ListValue.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.listValue,
            )
            message.kind = 'listValue'
            continue
          }
          case 52: {
            if (wireType !== 2) break
            message.tupleValue = $root.tensorflow.TupleValue.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.tupleValue,
            )
            message.kind = 'tupleValue'
            continue
          }
          case 53: {
            if (wireType !== 2) break
            message.dictValue = $root.tensorflow.DictValue.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.dictValue,
            )
            message.kind = 'dictValue'
            continue
          }
          case 54: {
            if (wireType !== 2) break
            message.namedTupleValue = $root.tensorflow.NamedTupleValue.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.namedTupleValue,
            )
            message.kind = 'namedTupleValue'
            continue
          }
          case 55: {
            if (wireType !== 2) break
            message.tensorValue = $root.tensorflow.TensorProto.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.tensorValue,
            )
            message.kind = 'tensorValue'
            continue
          }
          case 56: {
            if (wireType !== 2) break
            message.numpyValue = $root.tensorflow.TensorProto.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.numpyValue,
            )
            message.kind = 'numpyValue'
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return StructuredValue
  })()

  tensorflow.NoneValue = (function () {
    const NoneValue = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    NoneValue.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    NoneValue.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.NoneValue()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        reader.skipType(tag & 7, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return NoneValue
  })()

  tensorflow.ListValue = (function () {
    const ListValue = function (properties) {
      this.values = []
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    ListValue.prototype.values = $util.emptyArray

    ListValue.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.values != null && message.values.length)
        for (let i = 0; i < message.values.length; ++i)
          $root.tensorflow.StructuredValue.encode(message.values[i], writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    ListValue.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.ListValue()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if (!(message.values && message.values.length)) message.values = []
            message.values.push($root.tensorflow.StructuredValue.decode(reader, reader.size(), $undefined, _depth + 1))
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return ListValue
  })()

  tensorflow.TupleValue = (function () {
    const TupleValue = function (properties) {
      this.values = []
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    TupleValue.prototype.values = $util.emptyArray

    TupleValue.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.values != null && message.values.length)
        for (let i = 0; i < message.values.length; ++i)
          $root.tensorflow.StructuredValue.encode(message.values[i], writer.uint32(10).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    TupleValue.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.TupleValue()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if (!(message.values && message.values.length)) message.values = []
            message.values.push($root.tensorflow.StructuredValue.decode(reader, reader.size(), $undefined, _depth + 1))
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return TupleValue
  })()

  tensorflow.DictValue = (function () {
    const DictValue = function (properties) {
      this.fields = {}
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    DictValue.prototype.fields = $util.emptyObject

    DictValue.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.fields != null && $Object.hasOwnProperty.call(message, 'fields'))
        for (let keys = sortedKeys(message.fields), i = 0; i < keys.length; ++i) {
          writer.uint32(10).fork().uint32(10).string(keys[i])
          $root.tensorflow.StructuredValue.encode(message.fields[keys[i]], writer.uint32(18).fork(), _depth + 1)
            .ldelim()
            .ldelim()
        }
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    DictValue.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, key, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.DictValue()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if (message.fields === $util.emptyObject) message.fields = {}
            let end2 = reader.size() + reader.pos
            if (end2 > reader.len) throw $RangeError('index out of range')
            reader.len = end2
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
                  value = $root.tensorflow.StructuredValue.decode(reader, reader.size(), $undefined, _depth + 1, value)
                  continue
              }
              reader.skipType(wireType, _depth, tag2)
            }
            if (reader.pos !== end2) throw $RangeError('index out of range')
            reader.len = end
            if (key === '__proto__') $util.makeProp(message.fields, key)
            message.fields[key] = value || new $root.tensorflow.StructuredValue()
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return DictValue
  })()

  tensorflow.PairValue = (function () {
    const PairValue = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    PairValue.prototype.key = ''
    PairValue.prototype.value = null

    PairValue.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.key != null && $Object.hasOwnProperty.call(message, 'key') && message.key !== '')
        writer.uint32(10).string(message.key)
      if (message.value != null && $Object.hasOwnProperty.call(message, 'value'))
        $root.tensorflow.StructuredValue.encode(message.value, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    PairValue.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.PairValue()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            message.value = $root.tensorflow.StructuredValue.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.value,
            )
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return PairValue
  })()

  tensorflow.NamedTupleValue = (function () {
    const NamedTupleValue = function (properties) {
      this.values = []
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    NamedTupleValue.prototype.name = ''
    NamedTupleValue.prototype.values = $util.emptyArray

    NamedTupleValue.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.name != null && $Object.hasOwnProperty.call(message, 'name') && message.name !== '')
        writer.uint32(10).string(message.name)
      if (message.values != null && message.values.length)
        for (let i = 0; i < message.values.length; ++i)
          $root.tensorflow.PairValue.encode(message.values[i], writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    NamedTupleValue.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.NamedTupleValue()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            if (!(message.values && message.values.length)) message.values = []
            message.values.push($root.tensorflow.PairValue.decode(reader, reader.size(), $undefined, _depth + 1))
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return NamedTupleValue
  })()

  tensorflow.TensorSpecProto = (function () {
    const TensorSpecProto = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    TensorSpecProto.prototype.name = ''
    TensorSpecProto.prototype.shape = null
    TensorSpecProto.prototype.dtype = 0

    TensorSpecProto.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.name != null && $Object.hasOwnProperty.call(message, 'name') && message.name !== '')
        writer.uint32(10).string(message.name)
      if (message.shape != null && $Object.hasOwnProperty.call(message, 'shape'))
        $root.tensorflow.TensorShapeProto.encode(message.shape, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.dtype != null && $Object.hasOwnProperty.call(message, 'dtype') && message.dtype !== 0)
        writer.uint32(24).int32(message.dtype)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    TensorSpecProto.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.TensorSpecProto()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            message.shape = $root.tensorflow.TensorShapeProto.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.shape,
            )
            continue
          }
          case 3: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.dtype = value
            else delete message.dtype
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return TensorSpecProto
  })()

  tensorflow.BoundedTensorSpecProto = (function () {
    const BoundedTensorSpecProto = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    BoundedTensorSpecProto.prototype.name = ''
    BoundedTensorSpecProto.prototype.shape = null
    BoundedTensorSpecProto.prototype.dtype = 0
    BoundedTensorSpecProto.prototype.minimum = null
    BoundedTensorSpecProto.prototype.maximum = null

    BoundedTensorSpecProto.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.name != null && $Object.hasOwnProperty.call(message, 'name') && message.name !== '')
        writer.uint32(10).string(message.name)
      if (message.shape != null && $Object.hasOwnProperty.call(message, 'shape'))
        $root.tensorflow.TensorShapeProto.encode(message.shape, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.dtype != null && $Object.hasOwnProperty.call(message, 'dtype') && message.dtype !== 0)
        writer.uint32(24).int32(message.dtype)
      if (message.minimum != null && $Object.hasOwnProperty.call(message, 'minimum'))
        $root.tensorflow.TensorProto.encode(message.minimum, writer.uint32(34).fork(), _depth + 1).ldelim()
      if (message.maximum != null && $Object.hasOwnProperty.call(message, 'maximum'))
        $root.tensorflow.TensorProto.encode(message.maximum, writer.uint32(42).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    BoundedTensorSpecProto.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.BoundedTensorSpecProto()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            message.shape = $root.tensorflow.TensorShapeProto.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.shape,
            )
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
            message.minimum = $root.tensorflow.TensorProto.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.minimum,
            )
            continue
          }
          case 5: {
            if (wireType !== 2) break
            message.maximum = $root.tensorflow.TensorProto.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.maximum,
            )
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return BoundedTensorSpecProto
  })()

  tensorflow.TypeSpecProto = (function () {
    const TypeSpecProto = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    TypeSpecProto.prototype.typeSpecClass = 0
    TypeSpecProto.prototype.typeState = null
    TypeSpecProto.prototype.typeSpecClassName = ''
    TypeSpecProto.prototype.numFlatComponents = 0

    TypeSpecProto.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (
        message.typeSpecClass != null &&
        $Object.hasOwnProperty.call(message, 'typeSpecClass') &&
        message.typeSpecClass !== 0
      )
        writer.uint32(8).int32(message.typeSpecClass)
      if (message.typeState != null && $Object.hasOwnProperty.call(message, 'typeState'))
        $root.tensorflow.StructuredValue.encode(message.typeState, writer.uint32(18).fork(), _depth + 1).ldelim()
      if (
        message.typeSpecClassName != null &&
        $Object.hasOwnProperty.call(message, 'typeSpecClassName') &&
        message.typeSpecClassName !== ''
      )
        writer.uint32(26).string(message.typeSpecClassName)
      if (
        message.numFlatComponents != null &&
        $Object.hasOwnProperty.call(message, 'numFlatComponents') &&
        message.numFlatComponents !== 0
      )
        writer.uint32(32).int32(message.numFlatComponents)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    TypeSpecProto.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.TypeSpecProto()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            message.typeState = $root.tensorflow.StructuredValue.decode(
              reader,
              reader.size(),
              $undefined,
              _depth + 1,
              message.typeState,
            )
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
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    TypeSpecProto.TypeSpecClass = (function () {
      const valuesById = $Object.create(null),
        values = $Object.create(valuesById)
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
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    TrackableObjectGraph.prototype.nodes = $util.emptyArray

    TrackableObjectGraph.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.nodes != null && message.nodes.length)
        for (let i = 0; i < message.nodes.length; ++i)
          $root.tensorflow.TrackableObjectGraph.TrackableObject.encode(
            message.nodes[i],
            writer.uint32(10).fork(),
            _depth + 1,
          ).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    TrackableObjectGraph.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.TrackableObjectGraph()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
        let wireType = tag & 7
        switch ((tag >>>= 3)) {
          case 1: {
            if (wireType !== 2) break
            if (!(message.nodes && message.nodes.length)) message.nodes = []
            message.nodes.push(
              $root.tensorflow.TrackableObjectGraph.TrackableObject.decode(
                reader,
                reader.size(),
                $undefined,
                _depth + 1,
              ),
            )
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    TrackableObjectGraph.TrackableObject = (function () {
      const TrackableObject = function (properties) {
        this.children = []
        this.attributes = []
        this.slotVariables = []
        if (properties)
          for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
            if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
      }

      TrackableObject.prototype.children = $util.emptyArray
      TrackableObject.prototype.attributes = $util.emptyArray
      TrackableObject.prototype.slotVariables = $util.emptyArray
      TrackableObject.prototype.registeredSaver = null
      TrackableObject.prototype.hasCheckpointValues = null

      TrackableObject.encode = function (message, writer, _depth) {
        if (!writer) writer = $Writer.create()
        if (_depth === $undefined) _depth = 0
        if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
        if (message.children != null && message.children.length)
          for (let i = 0; i < message.children.length; ++i)
            $root.tensorflow.TrackableObjectGraph.TrackableObject.ObjectReference.encode(
              message.children[i],
              writer.uint32(10).fork(),
              _depth + 1,
            ).ldelim()
        if (message.attributes != null && message.attributes.length)
          for (let i = 0; i < message.attributes.length; ++i)
            $root.tensorflow.TrackableObjectGraph.TrackableObject.SerializedTensor.encode(
              message.attributes[i],
              writer.uint32(18).fork(),
              _depth + 1,
            ).ldelim()
        if (message.slotVariables != null && message.slotVariables.length)
          for (let i = 0; i < message.slotVariables.length; ++i)
            $root.tensorflow.TrackableObjectGraph.TrackableObject.SlotVariableReference.encode(
              message.slotVariables[i],
              writer.uint32(26).fork(),
              _depth + 1,
            ).ldelim()
        if (message.registeredSaver != null && $Object.hasOwnProperty.call(message, 'registeredSaver'))
          $root.tensorflow.RegisteredSaver.encode(
            message.registeredSaver,
            writer.uint32(34).fork(),
            _depth + 1,
          ).ldelim()
        if (message.hasCheckpointValues != null && $Object.hasOwnProperty.call(message, 'hasCheckpointValues'))
          $root.google.protobuf.BoolValue.encode(
            message.hasCheckpointValues,
            writer.uint32(42).fork(),
            _depth + 1,
          ).ldelim()
        if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
          for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
        return writer
      }

      TrackableObject.decode = function (reader, length, _end, _depth, _target) {
        if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
        if (_depth === $undefined) _depth = 0
        if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
        let end, message, value
        if (length === $undefined) end = reader.len
        else {
          end = reader.pos + length
          if (end > reader.len) throw $RangeError('index out of range')
          length = reader.len
          reader.len = end
        }
        message = _target || new $root.tensorflow.TrackableObjectGraph.TrackableObject()
        while (reader.pos < end) {
          let start = reader.pos
          let tag = reader.tag()
          if (tag === _end) {
            _end = $undefined
            break
          }
          let wireType = tag & 7
          switch ((tag >>>= 3)) {
            case 1: {
              if (wireType !== 2) break
              if (!(message.children && message.children.length)) message.children = []
              message.children.push(
                $root.tensorflow.TrackableObjectGraph.TrackableObject.ObjectReference.decode(
                  reader,
                  reader.size(),
                  $undefined,
                  _depth + 1,
                ),
              )
              continue
            }
            case 2: {
              if (wireType !== 2) break
              if (!(message.attributes && message.attributes.length)) message.attributes = []
              message.attributes.push(
                $root.tensorflow.TrackableObjectGraph.TrackableObject.SerializedTensor.decode(
                  reader,
                  reader.size(),
                  $undefined,
                  _depth + 1,
                ),
              )
              continue
            }
            case 3: {
              if (wireType !== 2) break
              if (!(message.slotVariables && message.slotVariables.length)) message.slotVariables = []
              message.slotVariables.push(
                $root.tensorflow.TrackableObjectGraph.TrackableObject.SlotVariableReference.decode(
                  reader,
                  reader.size(),
                  $undefined,
                  _depth + 1,
                ),
              )
              continue
            }
            case 4: {
              if (wireType !== 2) break
              message.registeredSaver = $root.tensorflow.RegisteredSaver.decode(
                reader,
                reader.size(),
                $undefined,
                _depth + 1,
                message.registeredSaver,
              )
              continue
            }
            case 5: {
              if (wireType !== 2) break
              message.hasCheckpointValues = $root.google.protobuf.BoolValue.decode(
                reader,
                reader.size(),
                $undefined,
                _depth + 1,
                message.hasCheckpointValues,
              )
              continue
            }
          }
          reader.skipType(wireType, _depth, tag)
          if (!reader.discardUnknown) {
            $util.makeProp(message, '$unknowns', false)
            ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
          }
        }
        if (length !== $undefined) {
          if (reader.pos !== end) throw $RangeError('index out of range')
          reader.len = length
        }
        if (_end !== $undefined) throw $Error('missing end group')
        return message
      }

      TrackableObject.ObjectReference = (function () {
        const ObjectReference = function (properties) {
          if (properties)
            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
              if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
        }

        ObjectReference.prototype.nodeId = 0
        ObjectReference.prototype.localName = ''

        ObjectReference.encode = function (message, writer, _depth) {
          if (!writer) writer = $Writer.create()
          if (_depth === $undefined) _depth = 0
          if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
          if (message.nodeId != null && $Object.hasOwnProperty.call(message, 'nodeId') && message.nodeId !== 0)
            writer.uint32(8).int32(message.nodeId)
          if (
            message.localName != null &&
            $Object.hasOwnProperty.call(message, 'localName') &&
            message.localName !== ''
          )
            writer.uint32(18).string(message.localName)
          if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
            for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
          return writer
        }

        ObjectReference.decode = function (reader, length, _end, _depth, _target) {
          if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
          if (_depth === $undefined) _depth = 0
          if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
          let end, message, value
          if (length === $undefined) end = reader.len
          else {
            end = reader.pos + length
            if (end > reader.len) throw $RangeError('index out of range')
            length = reader.len
            reader.len = end
          }
          message = _target || new $root.tensorflow.TrackableObjectGraph.TrackableObject.ObjectReference()
          while (reader.pos < end) {
            let start = reader.pos
            let tag = reader.tag()
            if (tag === _end) {
              _end = $undefined
              break
            }
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
            reader.skipType(wireType, _depth, tag)
            if (!reader.discardUnknown) {
              $util.makeProp(message, '$unknowns', false)
              ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
            }
          }
          if (length !== $undefined) {
            if (reader.pos !== end) throw $RangeError('index out of range')
            reader.len = length
          }
          if (_end !== $undefined) throw $Error('missing end group')
          return message
        }

        return ObjectReference
      })()

      TrackableObject.SerializedTensor = (function () {
        const SerializedTensor = function (properties) {
          if (properties)
            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
              if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
        }

        SerializedTensor.prototype.name = ''
        SerializedTensor.prototype.fullName = ''
        SerializedTensor.prototype.checkpointKey = ''

        SerializedTensor.encode = function (message, writer, _depth) {
          if (!writer) writer = $Writer.create()
          if (_depth === $undefined) _depth = 0
          if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
          if (message.name != null && $Object.hasOwnProperty.call(message, 'name') && message.name !== '')
            writer.uint32(10).string(message.name)
          if (message.fullName != null && $Object.hasOwnProperty.call(message, 'fullName') && message.fullName !== '')
            writer.uint32(18).string(message.fullName)
          if (
            message.checkpointKey != null &&
            $Object.hasOwnProperty.call(message, 'checkpointKey') &&
            message.checkpointKey !== ''
          )
            writer.uint32(26).string(message.checkpointKey)
          if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
            for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
          return writer
        }

        SerializedTensor.decode = function (reader, length, _end, _depth, _target) {
          if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
          if (_depth === $undefined) _depth = 0
          if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
          let end, message, value
          if (length === $undefined) end = reader.len
          else {
            end = reader.pos + length
            if (end > reader.len) throw $RangeError('index out of range')
            length = reader.len
            reader.len = end
          }
          message = _target || new $root.tensorflow.TrackableObjectGraph.TrackableObject.SerializedTensor()
          while (reader.pos < end) {
            let start = reader.pos
            let tag = reader.tag()
            if (tag === _end) {
              _end = $undefined
              break
            }
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
            reader.skipType(wireType, _depth, tag)
            if (!reader.discardUnknown) {
              $util.makeProp(message, '$unknowns', false)
              ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
            }
          }
          if (length !== $undefined) {
            if (reader.pos !== end) throw $RangeError('index out of range')
            reader.len = length
          }
          if (_end !== $undefined) throw $Error('missing end group')
          return message
        }

        return SerializedTensor
      })()

      TrackableObject.SlotVariableReference = (function () {
        const SlotVariableReference = function (properties) {
          if (properties)
            for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
              if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
        }

        SlotVariableReference.prototype.originalVariableNodeId = 0
        SlotVariableReference.prototype.slotName = ''
        SlotVariableReference.prototype.slotVariableNodeId = 0

        SlotVariableReference.encode = function (message, writer, _depth) {
          if (!writer) writer = $Writer.create()
          if (_depth === $undefined) _depth = 0
          if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
          if (
            message.originalVariableNodeId != null &&
            $Object.hasOwnProperty.call(message, 'originalVariableNodeId') &&
            message.originalVariableNodeId !== 0
          )
            writer.uint32(8).int32(message.originalVariableNodeId)
          if (message.slotName != null && $Object.hasOwnProperty.call(message, 'slotName') && message.slotName !== '')
            writer.uint32(18).string(message.slotName)
          if (
            message.slotVariableNodeId != null &&
            $Object.hasOwnProperty.call(message, 'slotVariableNodeId') &&
            message.slotVariableNodeId !== 0
          )
            writer.uint32(24).int32(message.slotVariableNodeId)
          if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
            for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
          return writer
        }

        SlotVariableReference.decode = function (reader, length, _end, _depth, _target) {
          if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
          if (_depth === $undefined) _depth = 0
          if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
          let end, message, value
          if (length === $undefined) end = reader.len
          else {
            end = reader.pos + length
            if (end > reader.len) throw $RangeError('index out of range')
            length = reader.len
            reader.len = end
          }
          message = _target || new $root.tensorflow.TrackableObjectGraph.TrackableObject.SlotVariableReference()
          while (reader.pos < end) {
            let start = reader.pos
            let tag = reader.tag()
            if (tag === _end) {
              _end = $undefined
              break
            }
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
            reader.skipType(wireType, _depth, tag)
            if (!reader.discardUnknown) {
              $util.makeProp(message, '$unknowns', false)
              ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
            }
          }
          if (length !== $undefined) {
            if (reader.pos !== end) throw $RangeError('index out of range')
            reader.len = length
          }
          if (_end !== $undefined) throw $Error('missing end group')
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
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    RegisteredSaver.prototype.name = ''
    RegisteredSaver.prototype.objectName = ''

    RegisteredSaver.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.name != null && $Object.hasOwnProperty.call(message, 'name') && message.name !== '')
        writer.uint32(10).string(message.name)
      if (message.objectName != null && $Object.hasOwnProperty.call(message, 'objectName') && message.objectName !== '')
        writer.uint32(18).string(message.objectName)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    RegisteredSaver.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.RegisteredSaver()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return RegisteredSaver
  })()

  tensorflow.SaverDef = (function () {
    const SaverDef = function (properties) {
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SaverDef.prototype.filenameTensorName = ''
    SaverDef.prototype.saveTensorName = ''
    SaverDef.prototype.restoreOpName = ''
    SaverDef.prototype.maxToKeep = 0
    SaverDef.prototype.sharded = false
    SaverDef.prototype.keepCheckpointEveryNHours = 0
    SaverDef.prototype.version = 0

    SaverDef.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (
        message.filenameTensorName != null &&
        $Object.hasOwnProperty.call(message, 'filenameTensorName') &&
        message.filenameTensorName !== ''
      )
        writer.uint32(10).string(message.filenameTensorName)
      if (
        message.saveTensorName != null &&
        $Object.hasOwnProperty.call(message, 'saveTensorName') &&
        message.saveTensorName !== ''
      )
        writer.uint32(18).string(message.saveTensorName)
      if (
        message.restoreOpName != null &&
        $Object.hasOwnProperty.call(message, 'restoreOpName') &&
        message.restoreOpName !== ''
      )
        writer.uint32(26).string(message.restoreOpName)
      if (message.maxToKeep != null && $Object.hasOwnProperty.call(message, 'maxToKeep') && message.maxToKeep !== 0)
        writer.uint32(32).int32(message.maxToKeep)
      if (message.sharded != null && $Object.hasOwnProperty.call(message, 'sharded') && message.sharded !== false)
        writer.uint32(40).bool(message.sharded)
      if (
        message.keepCheckpointEveryNHours != null &&
        $Object.hasOwnProperty.call(message, 'keepCheckpointEveryNHours') &&
        !$Object.is(message.keepCheckpointEveryNHours, 0)
      )
        writer.uint32(53).float(message.keepCheckpointEveryNHours)
      if (message.version != null && $Object.hasOwnProperty.call(message, 'version') && message.version !== 0)
        writer.uint32(56).int32(message.version)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SaverDef.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.SaverDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            if (!$Object.is((value = reader.float()), 0)) message.keepCheckpointEveryNHours = value
            else delete message.keepCheckpointEveryNHours
            continue
          }
          case 7: {
            if (wireType !== 0) break
            if ((value = reader.int32())) message.version = value
            else delete message.version
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    SaverDef.CheckpointFormatVersion = (function () {
      const valuesById = $Object.create(null),
        values = $Object.create(valuesById)
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
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    QueueRunnerDef.prototype.queueName = ''
    QueueRunnerDef.prototype.enqueueOpName = $util.emptyArray
    QueueRunnerDef.prototype.closeOpName = ''
    QueueRunnerDef.prototype.cancelOpName = ''
    QueueRunnerDef.prototype.queueClosedExceptionTypes = $util.emptyArray

    QueueRunnerDef.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (message.queueName != null && $Object.hasOwnProperty.call(message, 'queueName') && message.queueName !== '')
        writer.uint32(10).string(message.queueName)
      if (message.enqueueOpName != null && message.enqueueOpName.length)
        for (let i = 0; i < message.enqueueOpName.length; ++i) writer.uint32(18).string(message.enqueueOpName[i])
      if (
        message.closeOpName != null &&
        $Object.hasOwnProperty.call(message, 'closeOpName') &&
        message.closeOpName !== ''
      )
        writer.uint32(26).string(message.closeOpName)
      if (
        message.cancelOpName != null &&
        $Object.hasOwnProperty.call(message, 'cancelOpName') &&
        message.cancelOpName !== ''
      )
        writer.uint32(34).string(message.cancelOpName)
      if (message.queueClosedExceptionTypes != null && message.queueClosedExceptionTypes.length)
        writer.uint32(42).int32s(message.queueClosedExceptionTypes)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    QueueRunnerDef.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.QueueRunnerDef()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            if (!(message.enqueueOpName && message.enqueueOpName.length)) message.enqueueOpName = []
            message.enqueueOpName.push(reader.stringVerify())
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
              if (!(message.queueClosedExceptionTypes && message.queueClosedExceptionTypes.length))
                message.queueClosedExceptionTypes = []
              reader.int32s(message.queueClosedExceptionTypes)
              continue
            }
            if (wireType !== 0) break
            if (!(message.queueClosedExceptionTypes && message.queueClosedExceptionTypes.length))
              message.queueClosedExceptionTypes = []
            message.queueClosedExceptionTypes.push(reader.int32())
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return QueueRunnerDef
  })()

  tensorflow.SavedModel = (function () {
    const SavedModel = function (properties) {
      this.metaGraphs = []
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    SavedModel.prototype.savedModelSchemaVersion = $util.Long ? $util.Long.fromBits(0, 0, false) : 0
    SavedModel.prototype.metaGraphs = $util.emptyArray

    SavedModel.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (
        message.savedModelSchemaVersion != null &&
        $Object.hasOwnProperty.call(message, 'savedModelSchemaVersion') &&
        isNonZero(message.savedModelSchemaVersion)
      )
        writer.uint32(8).int64(toLong(message.savedModelSchemaVersion))
      if (message.metaGraphs != null && message.metaGraphs.length)
        for (let i = 0; i < message.metaGraphs.length; ++i)
          $root.tensorflow.MetaGraphDef.encode(message.metaGraphs[i], writer.uint32(18).fork(), _depth + 1).ldelim()
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    SavedModel.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.SavedModel()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            if (!(message.metaGraphs && message.metaGraphs.length)) message.metaGraphs = []
            message.metaGraphs.push($root.tensorflow.MetaGraphDef.decode(reader, reader.size(), $undefined, _depth + 1))
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return SavedModel
  })()

  tensorflow.CheckpointState = (function () {
    const CheckpointState = function (properties) {
      this.allModelCheckpointPaths = []
      this.allModelCheckpointTimestamps = []
      if (properties)
        for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
          if (properties[keys[i]] != null && keys[i] !== '__proto__') this[keys[i]] = properties[keys[i]]
    }

    CheckpointState.prototype.modelCheckpointPath = ''
    CheckpointState.prototype.allModelCheckpointPaths = $util.emptyArray
    CheckpointState.prototype.allModelCheckpointTimestamps = $util.emptyArray
    CheckpointState.prototype.lastPreservedTimestamp = 0

    CheckpointState.encode = function (message, writer, _depth) {
      if (!writer) writer = $Writer.create()
      if (_depth === $undefined) _depth = 0
      if (_depth > $util.recursionLimit) throw $Error('max depth exceeded')
      if (
        message.modelCheckpointPath != null &&
        $Object.hasOwnProperty.call(message, 'modelCheckpointPath') &&
        message.modelCheckpointPath !== ''
      )
        writer.uint32(10).string(message.modelCheckpointPath)
      if (message.allModelCheckpointPaths != null && message.allModelCheckpointPaths.length)
        for (let i = 0; i < message.allModelCheckpointPaths.length; ++i)
          writer.uint32(18).string(message.allModelCheckpointPaths[i])
      if (message.allModelCheckpointTimestamps != null && message.allModelCheckpointTimestamps.length)
        writer.uint32(26).doubles(message.allModelCheckpointTimestamps)
      if (
        message.lastPreservedTimestamp != null &&
        $Object.hasOwnProperty.call(message, 'lastPreservedTimestamp') &&
        !$Object.is(message.lastPreservedTimestamp, 0)
      )
        writer.uint32(33).double(message.lastPreservedTimestamp)
      if (message.$unknowns != null && $Object.hasOwnProperty.call(message, '$unknowns'))
        for (let i = 0; i < message.$unknowns.length; ++i) writer.raw(message.$unknowns[i])
      return writer
    }

    CheckpointState.decode = function (reader, length, _end, _depth, _target) {
      if (!(reader instanceof $Reader)) reader = $Reader.create(reader)
      if (_depth === $undefined) _depth = 0
      if (_depth > $Reader.recursionLimit) throw $Error('max depth exceeded')
      let end, message, value
      if (length === $undefined) end = reader.len
      else {
        end = reader.pos + length
        if (end > reader.len) throw $RangeError('index out of range')
        length = reader.len
        reader.len = end
      }
      message = _target || new $root.tensorflow.CheckpointState()
      while (reader.pos < end) {
        let start = reader.pos
        let tag = reader.tag()
        if (tag === _end) {
          _end = $undefined
          break
        }
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
            if (!(message.allModelCheckpointPaths && message.allModelCheckpointPaths.length))
              message.allModelCheckpointPaths = []
            message.allModelCheckpointPaths.push(reader.stringVerify())
            continue
          }
          case 3: {
            if (wireType === 2) {
              if (!(message.allModelCheckpointTimestamps && message.allModelCheckpointTimestamps.length))
                message.allModelCheckpointTimestamps = []
              reader.doubles(message.allModelCheckpointTimestamps)
              continue
            }
            if (wireType !== 1) break
            if (!(message.allModelCheckpointTimestamps && message.allModelCheckpointTimestamps.length))
              message.allModelCheckpointTimestamps = []
            message.allModelCheckpointTimestamps.push(reader.double())
            continue
          }
          case 4: {
            if (wireType !== 1) break
            if (!$Object.is((value = reader.double()), 0)) message.lastPreservedTimestamp = value
            else delete message.lastPreservedTimestamp
            continue
          }
        }
        reader.skipType(wireType, _depth, tag)
        if (!reader.discardUnknown) {
          $util.makeProp(message, '$unknowns', false)
          ;(message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos))
        }
      }
      if (length !== $undefined) {
        if (reader.pos !== end) throw $RangeError('index out of range')
        reader.len = length
      }
      if (_end !== $undefined) throw $Error('missing end group')
      return message
    }

    return CheckpointState
  })()

  return tensorflow
})())

export { $root as default }
