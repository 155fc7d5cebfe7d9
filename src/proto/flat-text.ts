/**
 * Protobuf text of a message that holds strings and doubles alone, such as the state file: a small reader for a page.
 *
 *     <message> = (<name> ':' (<value> | '[' (<value> (',' <value>)*)? ']') (',' | ';')?)*      lists for repeated fields alone
 *     <value>   = <string>+ | <number>
 *     <string>  = '"' (any but '"' | '\' any)* '"', or the same with "'"; on one line
 *     <escape>  = '\' (a | b | f | n | r | t | v | '\' | ''' | '"') | '\' octal{1,3} | '\x' hex{1,2} | '\u' hex{4} | '\U' hex{8}
 *     <number>  = sign? ((digits ('.' digits?)? | '.' digits) ('e' sign? digits)? | inf | infinity | nan) f*
 *     between tokens: Unicode's blanks, and '#' to the end of the line
 *
 * What it reads, it reads as Python's text_format does. It refuses what no printer writes and Python takes: underscores in
 * numbers, and escapes that Python reads twice ("\u005cn" is a line feed there). Its errors are ParseErrors with line and
 * column, of Python's words only where people meet them. Everything else of protobuf text: text-format.ts.
 * protobuf: python/google/protobuf/text_format.py; text_encoding.py, CUnescape.
 */
import { concatBytes } from '../util/bytes'
import { decodeUtf8 } from '../util/utf8'
import { ParseError } from './parse-error'

/** What takes the values of a field, in order: singular ones may come twice. */
export type FlatField = { readonly repeated: boolean } & (
  { readonly string: (value: string) => void } | { readonly number: (value: number) => void }
)

/** Beside what JavaScript takes for blank; U+FEFF is none. */
const MORE_BLANKS = '\x1c\x1d\x1e\x1f\x85'
const TOKEN = /[a-zA-Z_][\w+-]*|(?:[\d+-]|\.\d)[\w.+-]*|[^]/y
const NUMBER = /^(?!-?0\d)[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)f*$/i
const PART = /\\(?:([0-7]{1,3})|x([\da-fA-F]{1,2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([^]))|[^\\]+/g
/** What stands behind a backslash for another character, and that. */
const LETTERS = 'abtnvfr"\'\\'
const LETTER_BYTES = '\x07\b\t\n\v\f\r"\'\\'

const utf8 = /* @__PURE__ */ new TextEncoder()

/**
 * Hands what `text` holds to `fields`, in order.
 *
 * @param fullName "tensorflow.CheckpointState"
 * @throws {ParseError} '1:1 : Message type "tensorflow.CheckpointState" has no field named "x".'
 */
export function readFlatText(text: string, fullName: string, fields: ReadonlyMap<string, FlatField>): void {
  new FlatReader(text).readAll(fullName, fields)
}

class FlatReader {
  readonly #text: string
  /** The next token is the one from here… */
  #start = 0
  /** …up to here; at the end of the text the two are equal. */
  #end = 0

  constructor(text: string) {
    this.#text = text
    this.#next()
  }

  readAll(fullName: string, fields: ReadonlyMap<string, FlatField>): void {
    while (this.#start < this.#end) {
      const name = this.#token
      const field = fields.get(name)
      if (field === undefined) this.#fail(`Message type "${fullName}" has no field named "${name}".`)
      this.#next()
      this.#take(':')
      this.#readField(field)
      if (!this.#took(',')) this.#took(';')
    }
  }

  #readField(field: FlatField): void {
    const isList = field.repeated && this.#took('[')
    if (isList && this.#took(']')) return
    do {
      if ('string' in field) field.string(this.#readString())
      else field.number(this.#readNumber())
    } while (isList && !this.#took(']') && this.#take(','))
  }

  get #token(): string {
    return this.#text.slice(this.#start, this.#end)
  }

  get #atQuote(): boolean {
    return /^["']/.test(this.#token)
  }

  /** Goes on to the next token; of a string that is its quote. */
  #next(): void {
    const text = this.#text
    let at = this.#end
    for (; at < text.length; at++) {
      const character = text.charAt(at)
      if (character === '#') at = (text.indexOf('\n', at) + 1 || text.length + 1) - 1
      else if (!MORE_BLANKS.includes(character) && (character === '\ufeff' || !/\s/.test(character))) break
    }
    this.#start = at
    TOKEN.lastIndex = at
    this.#end = TOKEN.test(text) ? TOKEN.lastIndex : at
  }

  #took(character: string): boolean {
    const isNext = this.#token === character
    if (isNext) this.#next()
    return isNext
  }

  #take(character: string): true {
    return this.#took(character) || this.#fail(`Expected "${character}".`)
  }

  #readNumber(): number {
    const token = this.#token
    if (!NUMBER.test(token)) this.#fail(`Couldn't parse float: ${token}`)
    this.#next()
    return Number(token.replace(/inf.*/i, 'Infinity').replace(/f+$/i, ''))
  }

  #readString(): string {
    const parts: Uint8Array[] = []
    if (!this.#atQuote) this.#fail(`Expected string but found: ${this.#token}`)
    while (this.#atQuote) {
      const end = this.#endOfString()
      const inside = this.#text.slice(this.#start + 1, end)
      for (const part of inside.matchAll(PART)) parts.push(this.#bytesOf(part))
      this.#end = end + 1
      this.#next()
    }
    return decodeUtf8(concatBytes(parts)) ?? this.#fail("Couldn't parse string: no UTF-8")
  }

  /** Where the closing quote is. */
  #endOfString(): number {
    const text = this.#text
    const quote = text.charAt(this.#start)
    for (let at = this.#start + 1; ; at++) {
      if (text.charAt(at) === quote) return at
      if (text.charAt(at) === '\\') at++
      if (at >= text.length || text.charAt(at) === '\n') this.#fail('String missing ending quote')
    }
  }

  /** Of what is not escaped, or of one escape. */
  #bytesOf([part, octal, hex, short, long, other = '']: RegExpExecArray): Uint8Array {
    const byte = Number.parseInt(octal ?? hex ?? '', octal === undefined ? 16 : 8)
    if (byte < 0x100) return Uint8Array.of(byte)
    const code = Number.parseInt(short ?? long ?? '', 16)
    const isOdd = (code >= 0xd800 && code < 0xe000) || code > 0x10ffff || code === 0x5c
    if (byte > 0xff || isOdd || /[xuUN]|[^\0-\xff]/.test(other)) this.#fail(`Cannot read the escape ${part}`)
    if (code >= 0) return utf8.encode(String.fromCodePoint(code))
    const letter = other === '' ? -1 : LETTERS.indexOf(other)
    return utf8.encode(letter < 0 ? part : LETTER_BYTES.charAt(letter))
  }

  #fail(reason: string): never {
    const lines = this.#text.slice(0, this.#start).split('\n')
    throw new ParseError(reason, lines.length, Array.from(lines.at(-1) ?? '').length + 1)
  }
}
