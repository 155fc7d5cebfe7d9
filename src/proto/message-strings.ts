/**
 * The strings of messages: UTF-8, and one string for equal short ones.
 *
 * Names of attributes and ops, devices, names of nodes that are inputs of others soon after: most strings of a graph come
 * again, and to compare a few bytes takes less than to make a string.
 */
import { describeUtf8Fault, findUtf8Fault } from '../util/utf8'
import { WireError } from './wire-error'

/** Longest string in bytes, and how many of them, that are kept for the next time that they are read. */
const MAX_KEPT = 64
const KEPT_STRINGS = 8192

const kept: (string | undefined)[] = []

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text from `start` up to `end`. @throws {WireError} for what is no UTF-8, with the byte at which that shows */
export function decodeText(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > MAX_KEPT) return decodeUtf8(bytes, start, end)
  const slot = slotOf(bytes, start, end)
  const known = kept[slot]
  if (known !== undefined && stands(known, bytes, start, end)) return known
  const text = decodeUtf8(bytes, start, end)
  // Of ASCII alone: then it is compared by its characters.
  if (text.length === end - start) kept[slot] = text
  return text
}

/** From its length and last bytes: names that follow each other differ there. */
function slotOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start
  for (let at = Math.max(start, end - 12); at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193)
  return (hash ^ (hash >>> 15)) & (KEPT_STRINGS - 1)
}

function stands(text: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (text.length !== end - start) return false
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false
  return true
}

function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  const part = bytes.subarray(start, end)
  try {
    return strictUtf8.decode(part)
  } catch (cause) {
    const fault = findUtf8Fault(part)
    if (fault === undefined) throw cause
    throw new WireError(`a string that is no UTF-8: ${describeUtf8Fault(part, fault)}`, start + fault.start)
  }
}
