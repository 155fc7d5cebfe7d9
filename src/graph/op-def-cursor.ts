/** A place in a line of ops.gen.ts. */
import { InternalError } from '../util/errors'

export class OpDefCursor {
  readonly #text: string
  readonly #start: number
  readonly #end: number
  #position: number

  /** Over the line from `start` up to `end`. */
  constructor(text: string, start: number, end: number) {
    this.#text = text
    this.#start = start
    this.#end = end
    this.#position = start
  }

  /** Whether the line is read to its end. */
  get done(): boolean {
    return this.#position >= this.#end
  }

  /** Whether `literal` comes next. */
  at(literal: string): boolean {
    return this.#text.startsWith(literal, this.#position)
  }

  /** Takes `literal` if it comes next. */
  has(literal: string): boolean {
    if (!this.at(literal)) return false
    this.#position += literal.length
    return true
  }

  /** @throws {InternalError} where something else comes */
  expect(literal: string): void {
    if (!this.has(literal)) throw this.error(`${JSON.stringify(literal)} was expected`)
  }

  /**
   * What matches a sticky pattern.
   * @throws {InternalError} where nothing does, and where it goes beyond the line
   */
  take(pattern: RegExp): string {
    pattern.lastIndex = this.#position
    const [match] = pattern.exec(this.#text) ?? []
    if (match === undefined || this.#position + match.length > this.#end) throw this.error(`${pattern} was expected`)
    this.#position += match.length
    return match
  }

  /** Says what is wrong, and where. */
  error(what: string): InternalError {
    const line = this.#text.slice(this.#start, this.#end)
    const column = this.#position - this.#start + 1
    return new InternalError(`The op registry is damaged: ${what} at column ${column} of ${line.slice(0, 200)}`)
  }
}
