/**
 * JSON read strictly: a name that comes twice is an error, objects are Maps, and nesting and memory are bounded.
 *
 * JSON.parse() lets the last of two equal names win, silently. RFC 8259.
 */
import { hasLoneSurrogate } from '../util/bytes'

/** An object is a Map: a name may be anything, "__proto__" too. An integer that is written as one is a bigint: 1 and not 1.0. */
export type Json = string | number | bigint | boolean | null | readonly Json[] | ReadonlyMap<string, Json>

/** Values within one another: serde_json's limit. */
const MAX_DEPTH = 128

/**
 * An object or array takes a hundred bytes of memory and more, and two characters. The shortest tensor in a header of
 * safetensors has three of them in 51 characters: what has more than one in 16, and some, is none.
 */
const LEAST_CHARACTERS = 16
const SOME = 64

const SPACE = /[ \t\r\n]*/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
/** Up to what 64 bits hold, and a little more. */
const INTEGER = /^(?:0|-?[1-9]\d{0,19})$/
const WORD = /[a-z]+/y
const WORDS = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
])

/**
 * The value of a text.
 * @throws {SyntaxError} for what is no JSON, a name twice, half a surrogate pair, deep nesting, a mass of objects and arrays
 */
export function parseJson(text: string): Json {
  const reader = new JsonReader(text)
  const value = reader.value(0)
  reader.end()
  return value
}

class JsonReader {
  #at = 0
  /** How many objects and arrays there may still be. */
  #left: number

  constructor(readonly text: string) {
    this.#left = text.length / LEAST_CHARACTERS + SOME
  }

  value(depth: number): Json {
    if (depth > MAX_DEPTH) throw this.#fault(`more than ${MAX_DEPTH} values within one another`)
    this.#match(SPACE)
    const next = this.text[this.#at]
    if ((next === '{' || next === '[') && this.#left-- < 1) throw this.#fault('too many objects and arrays')
    if (next === '{') return this.#object(depth)
    if (next === '[') return this.#array(depth)
    if (next === '"') return this.#string()
    const number = this.#match(NUMBER)
    if (number !== undefined) return INTEGER.test(number) ? BigInt(number) : Number(number)
    const word = WORDS.get(this.#match(WORD) ?? '')
    if (word === undefined) throw this.#fault('no value')
    return word
  }

  end(): void {
    this.#match(SPACE)
    if (this.#at < this.text.length) throw this.#fault('more behind the value')
  }

  #object(depth: number): ReadonlyMap<string, Json> {
    const items = new Map<string, Json>()
    this.#at++
    if (this.#take('}')) return items
    do {
      const name = this.#string()
      if (items.has(name)) throw this.#fault(`the name ${JSON.stringify(name)} twice`)
      if (!this.#take(':')) throw this.#fault('no colon')
      items.set(name, this.value(depth + 1))
    } while (this.#take(','))
    if (!this.#take('}')) throw this.#fault('an object that does not end')
    return items
  }

  #array(depth: number): readonly Json[] {
    const items: Json[] = []
    this.#at++
    if (this.#take(']')) return items
    do items.push(this.value(depth + 1))
    while (this.#take(','))
    if (!this.#take(']')) throw this.#fault('an array that does not end')
    return items
  }

  #string(): string {
    const start = this.#at
    if (this.text[start] !== '"') throw this.#fault('no string')
    let end = start
    do {
      end = this.text.indexOf('"', end + 1)
      if (end < 0) throw this.#fault('a string that does not end')
    } while (this.#isEscaped(end))
    const text = this.#unescape(this.text.slice(start, end + 1))
    this.#at = end + 1
    if (hasLoneSurrogate(text)) throw this.#fault('half of a surrogate pair')
    return text
  }

  /** Whether an odd number of backslashes stands before `at`. */
  #isEscaped(at: number): boolean {
    let before = at - 1
    while (this.text[before] === '\\') before--
    return (at - before) % 2 === 0
  }

  #unescape(quoted: string): string {
    try {
      return JSON.parse(quoted) as string
    } catch {
      throw this.#fault('a string with a wrong escape or a control character')
    }
  }

  /** Whether a character comes next; then it is behind us, and the space around it too. */
  #take(character: string): boolean {
    this.#match(SPACE)
    if (this.text[this.#at] !== character) return false
    this.#at++
    this.#match(SPACE)
    return true
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.text)?.[0]
    this.#at += match?.length ?? 0
    return match
  }

  #fault(what: string): SyntaxError {
    return new SyntaxError(`${what} at character ${this.#at}`)
  }
}
