/**
 * Python literals: what the header of an npy file is written in. Read by hand, and never evaluated.
 *
 *     <value>   = <string> | <integer> | 'True' | 'False' | 'None' | <tuple> | <list> | <dict>
 *     <string>  = "'" … "'" | '"' … '"'              with a backslash before quotes and backslashes
 *     <integer> = '-'? digits 'L'?                   no zeros before others; the L is Python 2's
 *     <tuple>   = '(' ')' | '(' value ',' ')' | '(' value (',' value)+ ','? ')'
 *     <list>    = '[' (value (',' value)* ','?)? ']'
 *     <dict>    = '{' (string ':' value (',' string ':' value)* ','?)? '}'
 *
 * numpy: lib/_format_impl.py reads it with ast.literal_eval.
 */

/** A dict is a Map; a tuple and a list both are arrays. */
export type Literal = string | number | boolean | null | readonly Literal[] | ReadonlyMap<string, Literal>

/** Values within one another. */
const MAX_DEPTH = 32

const SPACE = /[ \t\r\n]*/y
const INTEGER = /-?(?:0+|[1-9]\d*)(?!\d)/y
const WORD = /[A-Za-z]+/y
const STRING = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"/y
const WORDS = new Map<string, boolean | null>([
  ['True', true],
  ['False', false],
  ['None', null],
])

/** The value of a text. @throws {SyntaxError} for what is none, or one within more than 32 others */
export function parseLiteral(text: string): Literal {
  const reader = new LiteralReader(text)
  const value = reader.value(0)
  reader.end()
  return value
}

class LiteralReader {
  #at = 0

  constructor(readonly text: string) {}

  value(depth: number): Literal {
    if (depth > MAX_DEPTH) throw this.#fault('more than 32 values within one another')
    this.#match(SPACE)
    const next = this.text[this.#at]
    if (next === '(' || next === '[') return this.#sequence(next === '(' ? ')' : ']', depth)
    if (next === '{') return this.#dict(depth)
    if (next === "'" || next === '"') return this.#string()
    const digits = this.#match(INTEGER)
    if (digits !== undefined) return this.#integer(digits[0])
    const word = WORDS.get(this.#match(WORD)?.[0] ?? '')
    if (word === undefined) throw this.#fault('no value')
    return word
  }

  end(): void {
    this.#match(SPACE)
    if (this.#at < this.text.length) throw this.#fault('more behind the value')
  }

  #integer(digits: string): number {
    // There is no -0.
    const value = Number(digits) + 0
    if (!Number.isSafeInteger(value)) throw this.#fault('an integer beyond 2^53')
    this.#take('L')
    return value
  }

  #string(): string {
    const match = this.#match(STRING)
    if (match === undefined) throw this.#fault('a string that does not end')
    return (match[1] ?? match[2] ?? '').replace(/\\(.)/gs, (_, escaped: string) => {
      if (escaped !== '\\' && escaped !== "'" && escaped !== '"') throw this.#fault(`the escape \\${escaped}`)
      return escaped
    })
  }

  #sequence(close: string, depth: number): readonly Literal[] {
    this.#at++
    const items: Literal[] = []
    let comma = true
    while (!this.#take(close)) {
      if (!comma) throw this.#fault('no comma')
      items.push(this.value(depth + 1))
      comma = this.#take(',')
    }
    if (close === ')' && items.length === 1 && !comma) throw this.#fault('parentheses around a single value')
    return items
  }

  #dict(depth: number): ReadonlyMap<string, Literal> {
    this.#at++
    const items = new Map<string, Literal>()
    let comma = true
    while (!this.#take('}')) {
      if (!comma) throw this.#fault('no comma')
      const key = this.#string()
      if (items.has(key)) throw this.#fault(`the key '${key}' twice`)
      if (!this.#take(':')) throw this.#fault('no colon')
      items.set(key, this.value(depth + 1))
      comma = this.#take(',')
    }
    return items
  }

  /** Whether `text` comes next; then it is behind us. */
  #take(text: string): boolean {
    this.#match(SPACE)
    if (!this.text.startsWith(text, this.#at)) return false
    this.#at += text.length
    this.#match(SPACE)
    return true
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.text)
    if (match === null) return undefined
    this.#at += match[0].length
    return match
  }

  #fault(what: string): SyntaxError {
    return new SyntaxError(`${what} at character ${this.#at}`)
  }
}
