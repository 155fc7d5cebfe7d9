/**
 * The bytes of a variant tensor, whose elements are not looked into.
 *
 *     <tensor>  = element *
 *     <element> = length: varint64, VariantTensorDataProto, checksum: fixed32
 *
 * An element's checksum is masked, and goes on from the one before: it is taken over the length as a fixed64, the bytes of
 * the message, and, for the next element, over the four bytes of the checksum. The last is the entry's.
 * TensorFlow: core/util/tensor_bundle/tensor_bundle.cc, ReadVariantTensor and WriteVariantTensor.
 */
import { ByteReader, ByteWriter } from '../util/coding'
import { crc32c, maskCrc, unmaskCrc } from '../util/crc32c'
import { DataLossError, UnimplementedError } from '../util/errors'
import { type StringTensor } from './string-tensor'

/** What is written around an element's bytes, and how the checksum goes on from it. */
export interface VariantFrame {
  readonly bytes: Uint8Array
  /** Unmasked. */
  readonly crc: number
}

/** Before an element. @param crc unmasked: 0, or what the tail of the element before gave */
export function encodeVariantHead(length: number, crc: number): VariantFrame {
  const writer = new ByteWriter(10)
  writer.varint64(length)
  return { bytes: writer.view(), crc: crc32c(lengthWord(length), crc) }
}

/** Behind an element. @param crc unmasked: what the head gave, with the element's bytes */
export function encodeVariantTail(crc: number): VariantFrame {
  const writer = new ByteWriter(4)
  writer.fixed32(maskCrc(crc))
  return { bytes: writer.view(), crc: crc32c(writer.view(), crc) }
}

/**
 * The elements, as views of `bytes`, and the unmasked checksum that the entry should have.
 *
 * @param place names tensor, file and offset in errors
 * @throws {DataLossError} where lengths run over the end, or a checksum does not match
 * @throws {UnimplementedError} for those of a big-endian file, as TensorFlow does: what is to be swapped only they know
 */
export function decodeVariantTensor(
  bytes: Uint8Array,
  count: number,
  place: { readonly path: string; readonly key: string; readonly offset: number },
  { verifyChecksums, bigEndian }: { verifyChecksums: boolean; bigEndian: boolean },
): StringTensor {
  if (bigEndian)
    throw new UnimplementedError(`Byte-swapping of variant tensors is not implemented: ${place.key}`, place)
  const reader = new ByteReader(bytes, place)
  const elements: Uint8Array[] = []
  let crc = 0
  for (let i = 0; i < count; i++) {
    const length = reader.varint64()
    const element = reader.view(length)
    const at = reader.position
    const stored = reader.fixed32()
    elements.push(element)
    if (!verifyChecksums) continue
    crc = crc32c(element, crc32c(lengthWord(length), crc))
    if (unmaskCrc(stored) !== crc) throw mismatch(i, unmaskCrc(stored), crc, { ...place, offset: place.offset + at })
    crc = crc32c(bytes.subarray(at, at + 4), crc)
  }
  if (!reader.done) throw reader.error(`the variants leave ${reader.end - reader.position} bytes of the tensor over`)
  return { elements, crc }
}

function lengthWord(length: number): Uint8Array {
  const word = new Uint8Array(8)
  new DataView(word.buffer).setBigUint64(0, BigInt(length), true)
  return word
}

function mismatch(
  at: number,
  stored: number,
  actual: number,
  place: { readonly path: string; readonly key: string; readonly offset: number },
): DataLossError {
  const [expected, is] = [stored, actual].map((crc) => String(crc).padStart(8, '0'))
  return new DataLossError(
    `The checksum after Variant ${at} does not match. Expected: ${expected} Actual: ${is}: ` +
      `tensor ${place.key} at byte ${place.offset} of ${place.path}`,
    place,
  )
}
