/**
 * The characters of protobuf text: which are blank, and where a token ends. See text-tokenizer.ts for the grammar.
 */

/** What strings stand in. */
export const QUOTES = ['"', "'"]

const LETTER = 1
const DIGIT_OR_SIGN = 2
const POINT = 4

/** Of every ASCII character, what it is. */
const KINDS: Uint8Array = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  if (/[a-zA-Z_]/.test(character)) return LETTER
  if (/[0-9+-]/.test(character)) return DIGIT_OR_SIGN
  return character === '.' ? POINT : 0
})

/** Whether a string begins or ends with that character. */
export function isQuote(code: number): boolean {
  return code === 0x22 || code === 0x27
}

/** Whether Python's str.isspace() is true: U+FEFF is none, U+001C to U+001F are. */
export function isBlank(code: number): boolean {
  if (code < 0x80) return code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code >= 0x1c && code <= 0x1f)
  return /\p{White_Space}/u.test(String.fromCharCode(code))
}

/** Behind the token at `start`; `start` where the text is at its end. */
export function endOfToken(text: string, start: number): number {
  if (start >= text.length) return start
  const code = text.charCodeAt(start)
  if (isQuote(code)) return endOfString(text, start + 1, code)
  const kind = kindAt(text, start)
  if (kind === LETTER) return endOfWord(text, start + 1, LETTER | DIGIT_OR_SIGN)
  const isNumber = kind === DIGIT_OR_SIGN || (kind === POINT && isDigit(text.charCodeAt(start + 1)))
  if (isNumber) return endOfWord(text, start + 1, LETTER | DIGIT_OR_SIGN | POINT)
  return start + ((text.codePointAt(start) ?? 0) > 0xffff ? 2 : 1)
}

function endOfWord(text: string, start: number, kinds: number): number {
  let end = start
  while (end < text.length && (kindAt(text, end) & kinds) !== 0) end++
  return end
}

/** Behind the closing quote; the line's end where there is none. */
function endOfString(text: string, start: number, quote: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) return at + 1
    if (code === 0x0a) return at
    if (code === 0x5c && text.charCodeAt(at + 1) !== 0x0a) at++
  }
  return text.length
}

function kindAt(text: string, at: number): number {
  return KINDS[text.charCodeAt(at)] ?? 0
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}
