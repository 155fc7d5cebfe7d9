/**
 * Pieces of a text, one string for equal short ones.
 *
 * A slice of a string of V8 keeps all of that string in memory, and a graph's text has a million tokens, of which a few
 * hundred differ: names of fields, ops, types.
 */

/** Longest piece that is kept, in characters, and how many are. */
const MAX_KEPT = 64
const KEPT_PIECES = 4096

/** Cuts pieces out of one text. */
export class TextKeeper {
  readonly #text: string
  readonly #kept: (string | undefined)[] = []

  constructor(text: string) {
    this.#text = text
  }

  /** The characters from `start` up to `end`, in a string of their own. */
  slice(start: number, end: number): string {
    if (end - start > MAX_KEPT) return detach(this.#text.slice(start, end))
    const slot = this.#slotOf(start, end)
    const known = this.#kept[slot]
    if (known !== undefined && this.#stands(known, start, end)) return known
    const piece = detach(this.#text.slice(start, end))
    this.#kept[slot] = piece
    return piece
  }

  /** From its length and its last characters: names that follow each other differ there. */
  #slotOf(start: number, end: number): number {
    let hash = end - start
    for (let at = Math.max(start, end - 12); at < end; at++) {
      hash = Math.imul(hash ^ this.#text.charCodeAt(at), 0x01000193)
    }
    return (hash ^ (hash >>> 15)) & (KEPT_PIECES - 1)
  }

  #stands(piece: string, start: number, end: number): boolean {
    if (piece.length !== end - start) return false
    for (let i = 0; i < piece.length; i++) if (piece.charCodeAt(i) !== this.#text.charCodeAt(start + i)) return false
    return true
  }
}

/** The same characters, without the text that they were cut out of. */
function detach(piece: string): string {
  return ` ${piece}`.slice(1)
}
