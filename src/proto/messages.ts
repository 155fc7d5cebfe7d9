/**
 * TensorFlow's messages for graphs, from bytes and to bytes, by protobufjs's static code.
 *
 * Fields that the schemas do not know are kept. What is written is what TensorFlow's deterministic serialization writes:
 * fields in the order of their numbers, maps in the order of their keys.
 *
 * Whoever imports this has half a megabyte of generated code in the bundle: only graph/, and what stands on it, does.
 */
import { InvalidArgumentError, ValueError } from '../util/errors'
import { MAX_MESSAGE_BYTES, MessageReader } from './message-reader'
import type { LaterChecks, LaterFields } from './later-fields'
import { areCanonicalElements } from './message-canonical'
import { copyMessage } from './message-copy'
import { MessageSizer } from './message-sizer'
import { shapeCheck } from './message-shape'
import { findMessageType, type MessageField, messageType } from './message-type'
import { MessageWriter } from './message-writer'
import { google, tensorflow } from './gen/messages'
import type { MessageCodec } from './message-values'
import { WireError } from './wire-error'

export { google, tensorflow }
export type * from './gen/messages'
export type { Long, LongLike, MessageCodec } from './message-values'
export { MAX_MESSAGE_BYTES }

/** GraphDef's nodes and their attributes are made when somebody looks at them: see later-fields.ts. */
const LATER: LaterFields = new Map([
  ['node', laterChecks('tensorflow.GraphDef', 'node', new Map([['attr', soundAlready('tensorflow.NodeDef', 'attr')]]))],
  ['attr', laterChecks('tensorflow.NodeDef', 'attr')],
])

function laterChecks(fullName: string, name: string, inner?: LaterFields): LaterChecks {
  const field = messageType(fullName).field(name) as MessageField
  return {
    isElement: shapeCheck(field.messageType),
    areCanonical: (bytes) => areCanonicalElements(field, bytes, 0, bytes.length),
    inner,
  }
}

/** Within what was checked before. */
function soundAlready(fullName: string, name: string): LaterChecks {
  return { ...laterChecks(fullName, name), isElement: () => true }
}

/**
 * One message that fills `bytes`. Byte fields are views of `bytes`, and a graph's nodes are made from them when somebody
 * looks: `bytes` must not be changed afterwards.
 *
 * @param name what errors call it: "GraphDef"
 * @throws {InvalidArgumentError} for what is no such message, with the `offset` at which that shows
 */
export function decodeMessage<T>(codec: MessageCodec<T>, bytes: Uint8Array, name: string): T {
  try {
    return codec.decode(new MessageReader(bytes, LATER))
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause
    const { message, offset } = cause
    throw new InvalidArgumentError(`Cannot parse ${bytes.length} bytes as a ${name}: ${message} (at byte ${offset})`, {
      offset,
    })
  }
}

/**
 * The bytes that TensorFlow's deterministic serialization gives, in an array of just their number.
 *
 * @throws {ValueError} "GraphDef cannot be larger than 2GB.", before the bytes are put together
 * @throws {TypeError} for a value that is not of its field's type
 * @throws {InvalidArgumentError} for messages that nest deeper than anybody reads, and for integers that do not fit
 */
export function encodeMessage(codec: MessageCodec<unknown>, message: object, name: string): Uint8Array<ArrayBuffer> {
  const sizer = sizeOf(codec, message, name)
  if (sizer.length > MAX_MESSAGE_BYTES) {
    throw new ValueError(`${name} cannot be larger than 2GB. It has ${sizer.length} bytes`)
  }
  const writer = new MessageWriter(sizer)
  codec.encode(message, writer)
  return writer.result
}

function sizeOf(codec: MessageCodec<unknown>, message: object, name: string): MessageSizer {
  const sizer = new MessageSizer()
  try {
    codec.encode(message, sizer)
  } catch (error) {
    // Which field, a copy tells.
    if (error instanceof TypeError && findMessageType(`tensorflow.${name}`)?.codec() === codec) {
      copyMessage(`tensorflow.${name}`, message)
    }
    throw error
  }
  return sizer
}
