/**
 * Protobuf text cut into tokens, with the place of each.
 *
 *     <token> = letter (letter | digit | '+' | '-')*                     letters are ASCII, and '_'
 *             | (digit | '+' | '-' | '.' digit) (letter | digit | '.' | '+' | '-')*
 *             | quote (any but quote, '\' any)* quote?                   on one line; without a quote to the line's end
 *             | any character
 *     <space> = (blank | '#' to the end of the line)*                    blanks are Unicode's
 *
 * Lines end in LF alone. Lines and columns count from 1, columns in code points; they are counted where there is an error,
 * and not before: a graph's text has a million lines.
 * protobuf: python/google/protobuf/text_format.py, Tokenizer: its errors are told in its words.
 */
import { ValueError } from '../util/errors'
import { concatBytes } from '../util/bytes'
import { reprString } from '../util/python-repr'
import { decodeUtf8, describeUtf8Fault, findUtf8Fault } from '../util/utf8'
import { ParseError } from './parse-error'
import { endOfToken, isBlank, isQuote, QUOTES } from './text-characters'
import { TextKeeper } from './text-keeper'
import { unescapeText } from './text-unescape'

const IDENTIFIER = /^[\p{L}\p{Nl}\p{No}_]/u
const IDENTIFIER_OR_NUMBER = /^[\p{L}\p{N}_]/u

const LINE_FEED = 0x0a

/** Walks over a text. The next token is the one from `start` up to `end`, which are equal at the end of the text. */
export class TextTokenizer {
  readonly #text: string
  readonly #keeper: TextKeeper
  #start: number
  #end: number
  #previous: number

  constructor(text: string) {
    this.#text = text
    this.#keeper = new TextKeeper(text)
    this.#start = this.#endOfBlanks(0)
    this.#end = endOfToken(text, this.#start)
    this.#previous = this.#start
  }

  get atEnd(): boolean {
    return this.#start === this.#end
  }

  /** The one to be consumed next, '' at the end. */
  get token(): string {
    return this.#keeper.slice(this.#start, this.#end)
  }

  /** Whether the next token was that one character, and is consumed. */
  tryConsume(character: string): boolean {
    if (this.#end - this.#start !== 1 || this.#text[this.#start] !== character) return false
    this.#next()
    return true
  }

  /** @throws {ParseError} where the next token is another one. */
  consume(character: string): void {
    if (!this.tryConsume(character)) throw this.error(`Expected "${character}".`)
  }

  /** @throws {ParseError} where none comes next. */
  consumeIdentifier(): string {
    if (!IDENTIFIER.test(this.token)) throw this.error('Expected identifier.')
    return this.#take()
  }

  /** The name of a field. @throws {ParseError} */
  consumeIdentifierOrNumber(): string {
    const { token } = this
    if (!IDENTIFIER_OR_NUMBER.test(token)) throw this.error(`Expected identifier or number, got ${token}.`)
    this.#next()
    return token
  }

  /** The next token if it matches; undefined, and not consumed, if not. */
  tryConsumeMatch(pattern: RegExp): string | undefined {
    return pattern.test(this.token) ? this.#take() : undefined
  }

  /** The next token through `parse`, whose ValueError becomes a ParseError of that place. */
  consumeValue<T>(parse: (token: string) => T): T {
    const value = this.#parsed(parse, this.token)
    this.#next()
    return value
  }

  /** One or several quoted strings in a row. @throws {ParseError} */
  consumeBytes(): Uint8Array {
    const first = this.#consumeQuoted()
    if (!this.#atQuote) return first
    const parts = [first]
    while (this.#atQuote) parts.push(this.#consumeQuoted())
    return concatBytes(parts)
  }

  /** The same, as text. @throws {ParseError} also where the bytes are no UTF-8. */
  consumeString(): string {
    const [start, end] = [this.#start + 1, this.#end - 1]
    if (this.#isPlain(start, end)) {
      this.#next()
      if (!this.#atQuote) return this.#keeper.slice(start, end)
      return this.#keeper.slice(start, end) + this.consumeString()
    }
    const bytes = this.consumeBytes()
    const text = decodeUtf8(bytes)
    if (text !== undefined) return text
    const fault = findUtf8Fault(bytes)
    throw this.error(`Couldn't parse string: ${fault === undefined ? 'no UTF-8' : describeUtf8Fault(bytes, fault)}`)
  }

  /** The fault lies at the next token. */
  error(reason: string): ParseError {
    const [line, column] = this.#placeOf(this.#start)
    return new ParseError(`'${this.atEnd ? '' : this.#lineAt(this.#start)}': ${reason}`, line, column)
  }

  /** The fault lies at the token that was consumed last. */
  errorAtPrevious(reason: string): ParseError {
    return new ParseError(reason, ...this.#placeOf(this.#previous))
  }

  get #atQuote(): boolean {
    return isQuote(this.#text.charCodeAt(this.#start))
  }

  #consumeQuoted(): Uint8Array {
    const { token } = this
    if (!QUOTES.includes(token[0] ?? ' ')) throw this.error(`Expected string but found: ${reprString(token)}`)
    if (token.length < 2 || token.at(-1) !== token[0]) {
      throw this.error(`String missing ending quote: ${reprString(token)}`)
    }
    const bytes = this.#parsed(unescapeText, token.slice(1, -1))
    this.#next()
    return bytes
  }

  /** Whether the next token is a string from `start` up to `end` that has its quotes, and no escapes in them. */
  #isPlain(start: number, end: number): boolean {
    const text = this.#text
    const quote = text.charCodeAt(start - 1)
    if (!isQuote(quote) || end < start || text.charCodeAt(end) !== quote) return false
    for (let at = start; at < end; at++) if (text.charCodeAt(at) === 0x5c) return false
    return true
  }

  #parsed<T>(parse: (token: string) => T, token: string): T {
    try {
      return parse(token)
    } catch (error) {
      throw error instanceof ValueError ? this.error(error.message) : error
    }
  }

  #take(): string {
    const { token } = this
    this.#next()
    return token
  }

  #next(): void {
    this.#previous = this.#start
    this.#start = this.#endOfBlanks(this.#end)
    this.#end = endOfToken(this.#text, this.#start)
  }

  /** Where the blanks and comments at `start` end. */
  #endOfBlanks(start: number): number {
    const text = this.#text
    for (let at = start; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === 0x23) {
        at = text.indexOf('\n', at)
        if (at < 0) return text.length
      } else if (!isBlank(code)) return at
    }
    return text.length
  }

  #placeOf(offset: number): [line: number, column: number] {
    let line = 1
    for (let at = 0; at < offset; at++) if (this.#text.charCodeAt(at) === LINE_FEED) line++
    const start = this.#startOfLine(offset)
    return [line, Array.from(this.#text.slice(start, offset)).length + 1]
  }

  #lineAt(offset: number): string {
    const end = this.#text.indexOf('\n', offset)
    return this.#text.slice(this.#startOfLine(offset), end < 0 ? this.#text.length : end)
  }

  #startOfLine(offset: number): number {
    return offset === 0 ? 0 : this.#text.lastIndexOf('\n', offset - 1) + 1
  }
}
