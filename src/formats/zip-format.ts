/**
 * The records of a zip archive, as far as npz files have them.
 *
 *     <file>      = (local, name, extra, contents, descriptor?)*  central*  end64?  end
 *     <local>     = 50 4b 03 04, version: uint16, flags, method, time, date, crc: uint32, packed, size, name length: uint16,
 *                   extra length
 *     <central>   = 50 4b 01 02, made by: uint16, version, flags, method, time, date, crc: uint32, packed, size,
 *                   name length: uint16, extra length, comment length, disk, internal, external: uint32, offset of <local>
 *     <end64>     = 50 4b 06 06, size of the rest: uint64, made by: uint16, version, disk: uint32, disk, entries: uint64,
 *                   entries, size of <central>*: uint64, its offset;
 *                   50 4b 06 07, disk: uint32, offset of <end64>: uint64, disks: uint32
 *     <end>       = 50 4b 05 06, disk: uint16, disk, entries, entries, size of <central>*: uint32, its offset,
 *                   comment length: uint16
 *     <extra>     = (id: uint16, length: uint16, …)*; id 1 holds as uint64 those of size, packed and offset that are
 *                   ff ff ff ff in the record
 *
 * All little-endian. PKWARE: APPNOTE.TXT, 4.3. What is written is what Python's zipfile writes for numpy.savez, which
 * asks for zip64 in every <local>: CPython, Lib/zipfile.py; numpy, lib/_npyio_impl.py.
 */
export const LOCAL_SIGNATURE = 0x04034b50
export const CENTRAL_SIGNATURE = 0x02014b50
export const END_SIGNATURE = 0x06054b50
export const END64_SIGNATURE = 0x06064b50
export const LOCATOR_SIGNATURE = 0x07064b50

export const LOCAL_SIZE = 30
export const CENTRAL_SIZE = 46
export const END_SIZE = 22
export const END64_SIZE = 56
export const LOCATOR_SIZE = 20

/** Flags: the contents are encrypted; the name is UTF-8. */
export const ENCRYPTED = 1
export const UTF8_NAME = 0x800

export const STORED = 0
export const DEFLATED = 8

/** In place of a number that stands in the extra field. */
export const IN_EXTRA = 0xffffffff
/** From here on zipfile puts numbers there. Lib/zipfile.py, ZIP64_LIMIT, ZIP_FILECOUNT_LIMIT. */
export const ZIP64_LIMIT = 2 ** 31 - 1
export const ENTRY_LIMIT = 0xffff

/** The widths of the records' numbers in bytes, signature included. */
export const LOCAL_FIELDS = [4, 2, 2, 2, 2, 2, 4, 4, 4, 2, 2]
export const CENTRAL_FIELDS = [4, 2, 2, 2, 2, 2, 2, 4, 4, 4, 2, 2, 2, 2, 2, 4, 4]
export const END_FIELDS = [4, 2, 2, 2, 2, 4, 4, 2]
export const END64_FIELDS = [4, 8, 2, 2, 4, 4, 8, 8, 8, 8]
export const LOCATOR_FIELDS = [4, 4, 8, 4]

/** The bytes of numbers of these widths. */
export function packNumbers(widths: readonly number[], values: readonly number[]): Uint8Array {
  // An archive may have a million files: nothing is made for a number.
  let length = 0
  for (let i = 0; i < widths.length; i++) length += widths[i] as number
  const bytes = new Uint8Array(length)
  let at = 0
  for (let i = 0; i < widths.length; i++) {
    const value = values[i] ?? 0
    const high = Math.floor(value / 2 ** 32)
    const width = widths[i] as number
    for (let k = 0; k < width; k++) bytes[at++] = k < 4 ? value >>> (8 * k) : high >>> (8 * (k - 4))
  }
  return bytes
}

/** The numbers of these widths at the start of `bytes`, which has them all. One beyond 2^53 is rounded. */
export function unpackNumbers(widths: readonly number[], bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let at = 0
  return widths.map((width) => {
    const start = at
    at += width
    if (width === 2) return view.getUint16(start, true)
    return view.getUint32(start, true) + (width === 8 ? view.getUint32(start + 4, true) * 2 ** 32 : 0)
  })
}
