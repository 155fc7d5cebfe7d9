/** Protobuf messages by the names of their types, for tests that walk over all of them. */
import { type AnyMessage, messageType } from '../../src/proto/message-type'
import { decodeMessage, encodeMessage } from '../../src/proto/messages'

/** "tensorflow.NodeDef" gives "NodeDef". */
function shortName(fullName: string): string {
  return fullName.slice(fullName.lastIndexOf('.') + 1)
}

/** The message of a type that `bytes` hold. */
export function decodeAs(fullName: string, bytes: Uint8Array): AnyMessage {
  return decodeMessage(messageType(fullName).codec(), bytes, shortName(fullName))
}

/** The bytes of a message of a type. */
export function encodeAs(fullName: string, message: object): Uint8Array {
  return encodeMessage(messageType(fullName).codec(), message, shortName(fullName))
}

/** From bytes in hex. */
export function decodeHex(fullName: string, hex: string): AnyMessage {
  return decodeAs(fullName, bytesOfHex(hex))
}

/** As bytes in hex. */
export function encodeHex(fullName: string, message: object): string {
  return Buffer.from(encodeAs(fullName, message)).toString('hex')
}

/** A plain array, none of Node's. */
export function bytesOfHex(hex: string): Uint8Array {
  return new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
}

/** What `body` throws. */
export function caught(body: () => unknown): unknown {
  try {
    body()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
