/**
 * The bytes of one tensor in a data file: as they are for numbers, else as string-tensor.ts and variant-tensor.ts tell.
 *
 * TensorFlow: core/util/tensor_bundle/tensor_bundle.cc, WriteTensor, WriteStringTensor and WriteVariantTensor.
 */
import { dtypeInfo, type NumericArray } from '../tensor/dtype'
import { type NDArray } from '../tensor/ndarray'
import { type DataFileWriter } from './data-file-writer'
import { encodeStringHeader } from './string-tensor'
import { encodeVariantHead, encodeVariantTail } from './variant-tensor'

/** An array is written in sections of this: in Node 20 a Uint8Array ends at 4 GiB, where a Float32Array has 16. */
const SECTION = 1 << 30

/** Writes numbers that fit the staging buffer, without a promise; else undefined, and nothing is written. The checksum is unmasked. */
export function writeSmallTensor(file: DataFileWriter, { dtype, data }: NDArray): number | undefined {
  const { Array: Kind } = dtypeInfo(dtype)
  return Kind === undefined ? undefined : file.appendArray(data as NumericArray, Kind)
}

/** Writes a tensor's bytes; their unmasked checksum. */
export async function writeTensor(file: DataFileWriter, { dtype, data }: NDArray): Promise<number> {
  const { kind } = dtypeInfo(dtype)
  if (kind === 'string') return writeStrings(file, data as readonly Uint8Array[])
  if (kind === 'variant') return writeVariants(file, data as readonly Uint8Array[])
  const { buffer, byteOffset, byteLength } = data as NumericArray
  let crc = 0
  for (let at = 0; at < byteLength; at += SECTION) {
    crc = await append(file, new Uint8Array(buffer, byteOffset + at, Math.min(SECTION, byteLength - at)), crc)
  }
  return crc
}

async function writeStrings(file: DataFileWriter, elements: readonly Uint8Array[]): Promise<number> {
  const header = encodeStringHeader(elements)
  await file.append(header.bytes)
  let crc = header.crc
  for (const element of elements) crc = file.appendSmall(element, crc) ?? (await file.append(element, crc))
  return crc
}

async function writeVariants(file: DataFileWriter, elements: readonly Uint8Array[]): Promise<number> {
  let crc = 0
  for (const element of elements) {
    const head = encodeVariantHead(element.length, crc)
    await append(file, head.bytes)
    const tail = encodeVariantTail(await append(file, element, head.crc))
    await append(file, tail.bytes)
    crc = tail.crc
  }
  return crc
}

async function append(file: DataFileWriter, bytes: Uint8Array, crc = 0): Promise<number> {
  return file.appendSmall(bytes, crc) ?? file.append(bytes, crc)
}
