/**
 * The bits of NaNs in messages: JavaScript has one NaN, files have others, and what is read has to be written again.
 *
 * The NaN that 0 / 0 gives on x86 has its sign set, and numpy and constant folding leave it in graphs. V8 keeps such bits
 * in some tiers and drops them in others. So a message that was read with a NaN which is not the plain one has its bits
 * beside it, in a property `$nans` that is not enumerable. They are written where there is a NaN still.
 */

/** By field (the property's name) and place in its list (0 where it is none): the bytes as they stood in the file. */
export type NanBits = Map<string, Map<number, Uint8Array>>

/** A message with bits to remember. */
export interface NanHolder {
  $nans?: NanBits
}

/** NaNs that were read just now, by their place in the list. */
export interface NanReader {
  nans: [place: number, bits: Uint8Array][] | undefined
}

/** Puts what the reader met beside the message. `base` is the place of the value that was read, 0 for a whole list. */
export function keepNans(message: NanHolder, property: string, base: number, reader: NanReader): void {
  const bits = nansOf(message, property)
  for (const [place, bytes] of reader.nans ?? []) bits.set(base + place, bytes)
  reader.nans = undefined
}

/** The bytes of the NaN at a place of a field, little-endian, 4 or 8; undefined for the plain NaN. */
export function nanBits(message: NanHolder, property: string, place: number): Uint8Array | undefined {
  return message.$nans?.get(property)?.get(place)
}

/** What `message` remembers of its NaNs, `copy` does, too. */
export function copyNans(message: NanHolder, copy: NanHolder): void {
  if (!Object.hasOwn(message, '$nans')) return
  for (const [property, places] of message.$nans ?? []) {
    const bits = nansOf(copy, property)
    for (const [place, bytes] of places) bits.set(place, bytes)
  }
}

function nansOf(message: NanHolder, property: string): Map<number, Uint8Array> {
  if (!Object.hasOwn(message, '$nans')) {
    Object.defineProperty(message, '$nans', { value: new Map(), configurable: true, writable: true })
  }
  const fields = message.$nans as NanBits // Made above.
  const bits = fields.get(property) ?? new Map<number, Uint8Array>()
  fields.set(property, bits)
  return bits
}
