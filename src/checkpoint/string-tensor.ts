/**
 * The bytes of a string tensor.
 *
 *     <tensor> = length: varint64 *, length checksum: fixed32, bytes *
 *
 * The length checksum is masked and taken over each length as a fixed32 (a fixed64 above 2^32-1), not over the varints.
 * The entry's checksum goes on from it: length words, the four bytes of the length checksum, the bytes of all elements.
 * In a big-endian file the words that are checksummed, and the checksum itself, are big-endian.
 * TensorFlow: core/util/tensor_bundle/tensor_bundle.cc, ReadStringTensor and WriteStringTensor.
 */
import { ByteReader, ByteWriter } from '../util/coding'
import { crc32c, maskCrc, unmaskCrc } from '../util/crc32c'
import { DataLossError } from '../util/errors'

/** What is written before the elements' own bytes, and how the checksum goes on from it. */
export interface StringHeader {
  readonly bytes: Uint8Array
  /** Unmasked, over the length words and the length checksum. */
  readonly crc: number
}

export function encodeStringHeader(elements: readonly Uint8Array[]): StringHeader {
  const writer = new ByteWriter(elements.length + 16)
  for (const element of elements) writer.varint64(element.length)
  const lengthCrc = maskCrc(crc32c(lengthWords(elements.map((element) => element.length))))
  const at = writer.length
  writer.fixed32(lengthCrc)
  return { bytes: writer.view(), crc: crc32c(writer.view().subarray(at), unmaskCrc(lengthCrc)) }
}

/** The elements, as views of `bytes`, and the unmasked checksum that the entry should have. */
export interface StringTensor {
  readonly elements: readonly Uint8Array[]
  readonly crc: number
}

/**
 * @param place names tensor, file and offset in errors
 * @throws {DataLossError} where lengths run over the end or their checksum does not match
 */
export function decodeStringTensor(
  bytes: Uint8Array,
  count: number,
  place: { readonly path: string; readonly key: string; readonly offset: number },
  options: { verifyChecksums: boolean; bigEndian: boolean },
): StringTensor {
  if (bytes.length === 0 && count === 0) return { elements: [], crc: 0 }
  const reader = new ByteReader(bytes, place)
  const lengths: number[] = []
  for (let i = 0; i < count; i++) lengths.push(reader.varint64())
  const lengthCrc = crc32c(lengthWords(lengths, options.bigEndian))
  const stored = reader.view(4)
  const storedCrc = unmaskCrc(
    options.bigEndian ? new DataView(stored.buffer, stored.byteOffset).getUint32(0) : word(stored),
  )
  if (options.verifyChecksums && storedCrc !== lengthCrc) throw lengthMismatch(storedCrc, lengthCrc, place)
  const crc = crc32c(bytes.subarray(reader.position), crc32c(stored, lengthCrc))
  const elements = lengths.map((length) => reader.view(length))
  if (!reader.done) throw reader.error(`the strings leave ${reader.end - reader.position} bytes of the tensor over`)
  return { elements, crc }
}

function lengthMismatch(
  stored: number,
  actual: number,
  place: { readonly path: string; readonly key: string; readonly offset: number },
): DataLossError {
  const decimal = (crc: number): string => crc.toString().padStart(8, '0')
  return new DataLossError(
    `The length checksum does not match: expected ${decimal(stored)} but actual is ${decimal(actual)}: ` +
      `the lengths of the string tensor ${place.key} at byte ${place.offset} of ${place.path}`,
    place,
  )
}

function word(bytes: Uint8Array): number {
  return new ByteReader(bytes).fixed32()
}

/** Each length as a word of 4 bytes, or of 8 where it needs them. */
function lengthWords(lengths: readonly number[], bigEndian = false): Uint8Array {
  const long = lengths.filter((length) => length > 0xffffffff).length
  const bytes = new Uint8Array(4 * (lengths.length + long))
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const length of lengths) {
    if (length <= 0xffffffff) view.setUint32(at, length, !bigEndian)
    else view.setBigUint64(at, BigInt(length), !bigEndian)
    at += length <= 0xffffffff ? 4 : 8
  }
  return bytes
}
