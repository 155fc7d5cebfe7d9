/**
 * Files that are taken for others, by their first or last bytes: what to tell whoever hands one in.
 */

/** The longest signature: as much of a file as `knownFormat` looks at. */
export const SIGNATURE_BYTES = 32

const SIGNATURES: readonly (readonly [start: string, what: string])[] = [
  ['version https://git-lfs', 'a Git LFS pointer: the file itself was never downloaded (git lfs pull)'],
  ['model_checkpoint_path', 'a checkpoint state file: pass its directory to latestCheckpoint()'],
  ['\x89HDF', 'an HDF5 file, such as Keras writes'],
  ['PK\x03\x04', 'a zip archive, such as .npz or .keras files are'],
  ['\x93NUMPY', 'a .npy file'],
  ['\x1f\x8b', 'compressed with gzip: unpack it first'],
  ['\xff\xfe', 'text in UTF-16: save it as UTF-8'],
  ['<!DOCTYPE', 'an HTML page: the download went wrong'],
  ['<html', 'an HTML page: the download went wrong'],
]

/** What a file looks like that begins with `start`, "an HDF5 file, such as Keras writes"; undefined for what is not known. */
export function knownFormat(start: Uint8Array): string | undefined {
  const text = String.fromCharCode(...start.subarray(0, SIGNATURE_BYTES)).toLowerCase()
  return SIGNATURES.find(([signature]) => text.startsWith(signature.toLowerCase()))?.[1]
}

/** The last bytes of a table. Source: core/lib/io/table_format.h, kTableMagicNumber. */
const TABLE_END = '\x57\xfb\x80\x8b\x24\x75\x47\xdb'

/** What a whole file looks like that ends as these bytes do; undefined for what is not known. */
export function knownEnding(bytes: Uint8Array): string | undefined {
  const end = String.fromCharCode(...bytes.subarray(-TABLE_END.length))
  return end === TABLE_END
    ? 'a checkpoint: loadCheckpoint() takes its prefix, the path without ".index"; its graph is in the ".meta" file'
    : undefined
}
