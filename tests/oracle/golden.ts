/**
 * The golden checkpoints: files that TensorFlow wrote, and what make_golden.py says is in them.
 * The manifest keeps small values in full and large ones as their sha256; see `contentOf`.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { DType } from '../../src/tensor/dtype'
import { type NDArray, bytesOf } from '../../src/tensor/ndarray'

/** The folder that holds them, as a path of this machine. */
export const GOLDEN_DIR = fileURLToPath(new URL('../golden', import.meta.url))

/** What an element's bytes have to be: in full, as strings in hex, or a digest of `contentOf`. */
type GoldenContent = { readonly hex: string } | { readonly strings: readonly string[] } | { readonly sha256: string }

/** A tensor of a golden checkpoint. `keyHex` is there where the key's bytes are no UTF-8. */
export type GoldenTensor = {
  readonly key: string
  readonly keyHex?: string
  readonly dtype: DType
  readonly shape: readonly number[]
} & GoldenContent

/** A checkpoint that TensorFlow wrote, or reads; `bent` says what was done to it that TensorFlow never writes. */
export interface Golden {
  readonly name: string
  /** Relative to GOLDEN_DIR, as `files` are: "tiny/m". */
  readonly prefix: string
  readonly by: 'Saver' | 'SaveV2'
  readonly bent?: string
  readonly files: readonly string[]
  /** In the order in which they were saved. */
  readonly tensors: readonly GoldenTensor[]
}

interface Manifest {
  readonly versions: { readonly python: string; readonly numpy: string; readonly tensorflow: string }
  readonly goldens: readonly Golden[]
}

const manifest = JSON.parse(readFileSync(`${GOLDEN_DIR}/manifest.json`, 'utf8')) as Manifest

/** What wrote them. */
export const GOLDEN_VERSIONS = manifest.versions

/** Every golden checkpoint. */
export function goldens(): readonly Golden[] {
  return manifest.goldens
}

/** Those whose bytes a writer has to arrive at: what TensorFlow wrote and nobody bent. */
export function rewritableGoldens(): readonly Golden[] {
  return manifest.goldens.filter((one) => one.bent === undefined)
}

/** The golden of a name. @throws {Error} where there is none. */
export function golden(name: string): Golden {
  const found = manifest.goldens.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no golden ${name} in manifest.json`)
  return found
}

/** The path on this machine from which a golden is read. */
export function goldenPrefix(one: Golden): string {
  return `${GOLDEN_DIR}/${one.prefix}`
}

/** The bytes of one of the goldens' files: "tiny/m.index". */
export function goldenFile(file: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(`${GOLDEN_DIR}/${file}`))
}

/** The files of a golden by their path relative to GOLDEN_DIR, ready for MemoryFileSystem.files. */
export function goldenFiles(one: Golden): Map<string, Uint8Array<ArrayBuffer>> {
  return new Map(one.files.map((file) => [file, goldenFile(file)]))
}

/** The index and the data of a golden's own checkpoint. */
export function goldenBytes(one: Golden): { index: Uint8Array<ArrayBuffer>; data: Uint8Array<ArrayBuffer> } {
  return { index: goldenFile(`${one.prefix}.index`), data: goldenFile(`${one.prefix}.data-00000-of-00001`) }
}

/** The bytes of a tensor's key. */
export function keyBytes(tensor: GoldenTensor): Uint8Array {
  return tensor.keyHex === undefined ? new TextEncoder().encode(tensor.key) : Buffer.from(tensor.keyHex, 'hex')
}

/** The elements of a value as bytes to compare: numbers in order; strings with their length, uint32, before each. */
export function contentOf(value: NDArray): Uint8Array {
  return value.dtype === 'string' || value.dtype === 'variant' ? joinStrings(value.data) : bytesOf(value)
}

function joinStrings(strings: readonly Uint8Array[]): Uint8Array {
  const parts: Uint8Array[] = []
  for (const bytes of strings) parts.push(new Uint8Array(Uint32Array.of(bytes.length).buffer), bytes)
  return Buffer.concat(parts)
}

/** What `contentOf` has to be, in hex, where the manifest has it in full; undefined where it only has the digest. */
export function expectedBytes(tensor: GoldenTensor): Uint8Array | undefined {
  if ('hex' in tensor) return Buffer.from(tensor.hex, 'hex')
  if ('strings' in tensor) return joinStrings(tensor.strings.map((hex) => Buffer.from(hex, 'hex')))
  return undefined
}

/** A line for each thing in which a value read differs from the manifest's tensor; none where it is the same. */
export function differences(tensor: GoldenTensor, value: NDArray): string[] {
  const found: string[] = []
  if (value.dtype !== tensor.dtype) found.push(`${tensor.key}: dtype ${value.dtype}, expected ${tensor.dtype}`)
  if (String(value.shape) !== String(tensor.shape) || value.shape.length !== tensor.shape.length) {
    found.push(`${tensor.key}: shape [${value.shape}], expected [${tensor.shape}]`)
  }
  const sha256 = digest(contentOf(value))
  const expected = expectedBytes(tensor)
  const wanted = expected === undefined ? ('sha256' in tensor ? tensor.sha256 : '') : digest(expected)
  if (sha256 !== wanted) found.push(`${tensor.key}: other elements`)
  return found
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
