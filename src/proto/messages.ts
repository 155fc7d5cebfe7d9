/**
 * TensorFlow's messages for graphs, from bytes and to bytes, by protobufjs's static code.
 *
 * Fields that the schemas do not know are kept. What is written is what TensorFlow's deterministic serialization writes:
 * fields in the order of their numbers, maps in the order of their keys.
 *
 * Whoever imports this has half a megabyte of generated code in the bundle: only graph/, and what stands on it, does.
 */
import protobuf from 'protobufjs/minimal.js'
import { InvalidArgumentError, ValueError } from '../util/errors'
import { tensorflow } from './gen/messages'
import type { MessageCodec } from './message-values'

export { tensorflow }
export type * from './gen/messages'
export type { Long, LongLike, MessageCodec } from './message-values'

/** The longest message that protocol buffers allow: 2 GB less a byte. */
export const MAX_MESSAGE_BYTES = 2 ** 31 - 1

/**
 * One message that fills `bytes`. Byte fields are views of `bytes`.
 *
 * @param name what errors call it: "GraphDef"
 * @throws {InvalidArgumentError} for what is no such message
 */
export function decodeMessage<T>(codec: MessageCodec<T>, bytes: Uint8Array, name: string): T {
  const reader = protobuf.Reader.create(bytes)
  reader.discardUnknown = false
  try {
    return codec.decode(reader)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new InvalidArgumentError(`Cannot parse ${bytes.length} bytes as a ${name}: ${why} (at byte ${reader.pos})`, {
      offset: reader.pos,
      cause,
    })
  }
}

/** @throws {ValueError} "GraphDef cannot be larger than 2GB.", before the bytes are put together */
export function encodeMessage(codec: MessageCodec<unknown>, message: object, name: string): Uint8Array<ArrayBuffer> {
  const writer = codec.encode(message, protobuf.Writer.create())
  if (writer.len > MAX_MESSAGE_BYTES)
    throw new ValueError(`${name} cannot be larger than 2GB. It has ${writer.len} bytes`)
  return writer.finish() as Uint8Array<ArrayBuffer>
}
