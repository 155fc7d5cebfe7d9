/**
 * What is wrong with a text that should be protobuf text.
 *
 * protobuf: python/google/protobuf/text_format.py, ParseError.
 */
import { DataLossError } from '../util/errors'

/** A token of a broken file may have any length. */
const LONGEST_MESSAGE = 1000

function shortened(message: string): string {
  if (message.length <= LONGEST_MESSAGE) return message
  return `${message.slice(0, LONGEST_MESSAGE)}… (and ${message.length - LONGEST_MESSAGE} characters)`
}

/** Text that is no protobuf text, or not of the message: Python's ParseError, "1:1 : Expected identifier.". */
export class ParseError extends DataLossError {
  override readonly name: string = 'ParseError'

  /** `line` and `column` count from 1; undefined where Python tells no place. */
  constructor(
    reason: string,
    readonly line?: number,
    readonly column?: number,
  ) {
    super(shortened(line === undefined ? reason : `${line}:${column} : ${reason}`))
  }
}
