/**
 * The golden checkpoints with tensors in parts, with variants and with shards; make_slices_golden.py tells the grammar of
 * their manifest.
 */
import { readFileSync } from 'node:fs'
import type { Shape, TensorSlice } from '../../src/tensor/ndarray'
import { GOLDEN_DIR, goldenFile, type GoldenTensor } from './golden'

/** What one input of SaveV2 was, or one output of RestoreV2. */
export type GoldenPart = GoldenTensor & {
  readonly fullShape?: Shape
  /** Of `fullShape`; null is all of a dimension. A tensor that is no part has none. */
  readonly slice?: readonly (readonly [start: number, length: number] | null)[]
}

/** A tensor as a whole: without content where parts are missing. */
export type GoldenWhole = GoldenTensor & { readonly slices: readonly string[] }

export interface SlicedGolden {
  readonly name: string
  /** Relative to GOLDEN_DIR, as `files` are. */
  readonly prefix: string
  readonly by: 'Saver' | 'SaveV2'
  readonly bent?: string
  readonly alignment?: number
  readonly files: readonly string[]
  /** For each writer what it was given, in order. */
  readonly shards: readonly (readonly GoldenPart[])[]
  readonly tensors: readonly GoldenWhole[]
  readonly reads: readonly GoldenPart[]
}

const FOLDER = 'slices'

/** Every golden checkpoint with parts. */
export function slicedGoldens(): readonly SlicedGolden[] {
  const text = readFileSync(`${GOLDEN_DIR}/${FOLDER}/manifest.json`, 'utf8')
  const { goldens } = JSON.parse(text) as { readonly goldens: readonly SlicedGolden[] }
  return goldens.map((one) => ({
    ...one,
    prefix: `${FOLDER}/${one.prefix}`,
    files: one.files.map((file) => `${FOLDER}/${file}`),
  }))
}

/** The files by their path relative to GOLDEN_DIR, ready for MemoryFileSystem.files. */
export function slicedFiles(one: SlicedGolden): Map<string, Uint8Array<ArrayBuffer>> {
  return new Map(one.files.map((file) => [file, goldenFile(file)]))
}

/** The slice as the API takes it: undefined is all of a dimension. */
export function sliceOf(part: GoldenPart): TensorSlice {
  return (part.slice ?? part.shape.map(() => null)).map((range) => range ?? undefined)
}

/** Whether the manifest has the tensor's elements: it has none where parts are missing. */
export function hasContent(tensor: GoldenTensor): boolean {
  return 'hex' in tensor || 'strings' in tensor || 'sha256' in tensor
}
