/**
 * Protobuf text cut into tokens, with the place of each.
 *
 *     <token> = letter (letter | digit | '+' | '-')*                     letters are ASCII, and '_'
 *             | (digit | '+' | '-' | '.' digit) (letter | digit | '.' | '+' | '-')*
 *             | quote (any but quote, '\' any)* quote?                   on one line; without a quote to the line's end
 *             | any character
 *     <space> = (blank | '#' to the end of the line)*                    blanks are Unicode's
 *
 * Lines end in LF alone. Lines and columns count from 1, columns in code points.
 * protobuf: python/google/protobuf/text_format.py, Tokenizer: its errors are told in its words.
 */
import { DataLossError, ValueError } from '../util/errors'
import { reprString } from '../util/python-repr'
import { concatBytes } from '../util/bytes'
import { decodeUtf8, describeUtf8Fault, findUtf8Fault } from '../util/utf8'
import { unescapeText } from './text-unescape'

/** Text that is no protobuf text, or not of the message: Python's ParseError, "1:1 : Expected identifier.". */
export class ParseError extends DataLossError {
  override readonly name: string = 'ParseError'

  /** `line` and `column` count from 1; undefined where Python tells no place. */
  constructor(
    reason: string,
    readonly line?: number,
    readonly column?: number,
  ) {
    super(line === undefined ? reason : `${line}:${column} : ${reason}`)
  }
}

const WORD = /[a-zA-Z_][0-9a-zA-Z_+-]*|(?:[0-9+-]|\.[0-9])[0-9a-zA-Z_.+-]*/y
const IDENTIFIER = /^[\p{L}\p{Nl}\p{No}_]/u
const IDENTIFIER_OR_NUMBER = /^[\p{L}\p{N}_]/u

/** Walks over a text; `token` is the one to be consumed next, '' at the end. */
export class TextTokenizer {
  token = ''
  readonly #lines: readonly string[]
  #line = 0
  #column = 0
  #previousLine = 0
  #previousColumn = 0
  #ended = false

  constructor(text: string) {
    this.#lines = text.split('\n')
    this.#skipBlanks()
    this.#next()
  }

  get atEnd(): boolean {
    return this.token === ''
  }

  /** Whether the next token was `token`, and is consumed. */
  tryConsume(token: string): boolean {
    if (this.token !== token) return false
    this.#next()
    return true
  }

  /** @throws {ParseError} where the next token is another one. */
  consume(token: string): void {
    if (!this.tryConsume(token)) throw this.error(`Expected "${token}".`)
  }

  /** @throws {ParseError} where none comes next. */
  consumeIdentifier(): string {
    if (!IDENTIFIER.test(this.token)) throw this.error('Expected identifier.')
    return this.#take()
  }

  /** The name of a field. @throws {ParseError} */
  consumeIdentifierOrNumber(): string {
    if (!IDENTIFIER_OR_NUMBER.test(this.token)) {
      throw this.error(`Expected identifier or number, got ${this.token}.`)
    }
    return this.#take()
  }

  /** The next token if it matches; undefined, and not consumed, if not. */
  tryConsumeMatch(pattern: RegExp): string | undefined {
    return pattern.test(this.token) ? this.#take() : undefined
  }

  /** The next token through `parse`, whose ValueError becomes a ParseError of that place. */
  consumeValue<T>(parse: (token: string) => T): T {
    const value = this.#parsed(parse)
    this.#next()
    return value
  }

  /** One or several quoted strings in a row. @throws {ParseError} */
  consumeBytes(): Uint8Array {
    const first = this.#consumeQuoted()
    if (!isQuote(this.token[0])) return first
    const parts = [first]
    while (isQuote(this.token[0])) parts.push(this.#consumeQuoted())
    return concatBytes(parts)
  }

  /** The same, as text. @throws {ParseError} also where the bytes are no UTF-8. */
  consumeString(): string {
    const bytes = this.consumeBytes()
    const text = decodeUtf8(bytes)
    if (text !== undefined) return text
    const fault = findUtf8Fault(bytes)
    throw this.error(`Couldn't parse string: ${fault === undefined ? 'no UTF-8' : describeUtf8Fault(bytes, fault)}`)
  }

  /** The fault lies at the next token. */
  error(reason: string): ParseError {
    const line = this.#ended ? '' : this.#lines[this.#line]
    return new ParseError(`'${line}': ${reason}`, this.#line + 1, this.#columnOf(this.#line, this.#column))
  }

  /** The fault lies at the token that was consumed last. */
  errorAtPrevious(reason: string): ParseError {
    return new ParseError(reason, this.#previousLine + 1, this.#columnOf(this.#previousLine, this.#previousColumn))
  }

  #consumeQuoted(): Uint8Array {
    const token = this.token
    if (!isQuote(token[0])) throw this.error(`Expected string but found: ${reprString(token)}`)
    if (token.length < 2 || token.at(-1) !== token[0]) {
      throw this.error(`String missing ending quote: ${reprString(token)}`)
    }
    return this.consumeValue(() => unescapeText(token.slice(1, -1)))
  }

  #parsed<T>(parse: (token: string) => T): T {
    try {
      return parse(this.token)
    } catch (error) {
      throw error instanceof ValueError ? this.error(error.message) : error
    }
  }

  #take(): string {
    const token = this.token
    this.#next()
    return token
  }

  #next(): void {
    this.#previousLine = this.#line
    this.#previousColumn = this.#column
    this.#column += this.token.length
    this.#skipBlanks()
    this.token = this.#ended ? '' : scan(this.#lines[this.#line] ?? '', this.#column)
  }

  #skipBlanks(): void {
    for (;;) {
      while (this.#column >= (this.#lines[this.#line] ?? '').length) {
        if (this.#line + 1 === this.#lines.length) {
          this.#ended = true
          return
        }
        this.#line++
        this.#column = 0
      }
      const end = endOfBlanks(this.#lines[this.#line] ?? '', this.#column)
      if (end === this.#column) return
      this.#column = end
    }
  }

  #columnOf(line: number, column: number): number {
    return Array.from((this.#lines[line] ?? '').slice(0, column)).length + 1
  }
}

/** Where the blanks or the comment at `start` end; `start` where there are none. */
function endOfBlanks(line: string, start: number): number {
  if (line[start] === '#') return line.length
  let end = start
  while (end < line.length && isBlank(line.charCodeAt(end))) end++
  return end
}

/** Whether Python's str.isspace() is true: U+FEFF is none, U+001C to U+001F are. */
function isBlank(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x1f)
  return /\p{White_Space}/u.test(String.fromCharCode(code))
}

/** The token at `start`, which is inside of the line. */
function scan(line: string, start: number): string {
  const quote = line[start]
  if (isQuote(quote)) return line.slice(start, endOfString(line, start + 1, quote))
  WORD.lastIndex = start
  return WORD.exec(line)?.[0] ?? String.fromCodePoint(line.codePointAt(start) ?? 0)
}

/** Behind the closing quote; the line's end where there is none. */
function endOfString(line: string, start: number, quote: string): number {
  for (let at = start; at < line.length; at++) {
    if (line[at] === '\\') at++
    else if (line[at] === quote) return at + 1
  }
  return line.length
}

function isQuote(character: string | undefined): character is string {
  return character === '"' || character === "'"
}
