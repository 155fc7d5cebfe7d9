/**
 * Messages as protobuf text, and back: what Python's text_format does.
 */
import { copyMessage } from './message-copy'
import { MessageTarget } from './message-parser'
import { MessagePrinter } from './message-printer'
import { type AnyMessage, messageType } from './message-type'
import { parseText } from './text-format'

/**
 * The text that Python's text_format.MessageToString gives, for a message or a plain object with the same fields.
 *
 * Fields that the schema does not know are not in it. Messages within a google.protobuf.Any are written out where proto/ has
 * their type.
 *
 * @param fullName "tensorflow.GraphDef"
 * @throws {TypeError} for a value that is not of its field's type, with its path: "GraphDef.node[3].name"
 * @throws {ValueError} for text that has no UTF-8, and for text that is longer than a string can be
 * @throws {InvalidArgumentError} for messages that nest too deep, as cyclic ones do, and for an Any that holds no message
 */
export function printMessage(fullName: string, message: object): string {
  const printer = new MessagePrinter()
  try {
    printer.print(messageType(fullName), message as AnyMessage, 0)
  } catch (error) {
    // It knows the path of what is wrong.
    if (error instanceof TypeError) copyMessage(fullName, message)
    throw error
  }
  return printer.finish()
}

/**
 * The message that Python's text_format.Parse gives.
 *
 * @param fullName "tensorflow.GraphDef"
 * @param mode 'merge' is text_format.Merge: a field that comes twice is no error, the last one wins. TensorFlow reads its
 *   .pbtxt files so.
 * @throws {ParseError} in Python's words, with line and column
 */
export function parseMessage<T extends object>(fullName: string, text: string, mode: 'parse' | 'merge' = 'parse'): T {
  const type = messageType(fullName)
  const message = type.create()
  parseText(text, message, type, new MessageTarget(mode === 'merge'))
  return message as T
}
