/**
 * What a checkpoint gives to somebody who asks for everything, in every way: values, or typed errors. Anything else that
 * is thrown (RangeError, TypeError, …) goes through and fails the test.
 */
import { createHash } from 'node:crypto'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { TensorBundleReader } from '../../src/checkpoint/tensor-bundle-reader'
import type { FileSystem } from '../../src/fs/file-system'
import { MemoryFileSystem } from '../../src/fs/memory'
import { checkElements, type NDArray } from '../../src/tensor/ndarray'
import { OpError } from '../../src/util/errors'
import { contentOf } from '../oracle/golden'

export type Bytes = Uint8Array<ArrayBuffer>

/** The two files of a checkpoint. */
export interface Pair {
  readonly index: Bytes
  readonly data: Bytes
}

export const PREFIX = 'm'
export const INDEX = 'm.index'
export const DATA = 'm.data-00000-of-00001'

export function fileSystemOf({ index, data }: Pair): MemoryFileSystem {
  return new MemoryFileSystem([
    [INDEX, index],
    [DATA, data],
  ])
}

/** What a checkpoint gave: `values` as lines to compare, and the errors met on the way. */
export interface Survey {
  readonly values: readonly string[]
  readonly errors: readonly OpError[]
}

/** "w float32 [2,3] 1f0c…", with all the bytes or their digest. */
export function described(key: string, value: NDArray): string {
  checkElements(value.dtype, value.shape, value.data)
  const content = Buffer.from(contentOf(value))
  const bytes = content.length <= 64 ? content.toString('hex') : createHash('sha256').update(content).digest('hex')
  return `${JSON.stringify(key)} ${value.dtype} [${value.shape}] ${value.data.length} ${bytes}`
}

/** The error where it is a typed one. */
export function typed(error: unknown): OpError {
  if (error instanceof OpError) return error
  throw error
}

/**
 * Opens, gets each tensor by itself, and verifies. With checksums, what verify() finds must be what getTensor() throws,
 * key by key.
 */
export async function survey(fs: FileSystem, options: { verifyChecksums?: boolean } = {}): Promise<Survey> {
  const values: string[] = []
  const errors: OpError[] = []
  let reader: CheckpointReader
  try {
    reader = await CheckpointReader.open(PREFIX, { fs, ...options })
  } catch (error) {
    return { values, errors: [typed(error)] }
  }
  for (const [key, shape] of reader.getVariableToShapeMap()) {
    try {
      const value = await reader.getTensor(key)
      if (String(value.shape) !== String(shape)) throw new TypeError(`${key}: [${value.shape}] for [${shape}]`)
      values.push(described(key, value))
    } catch (error) {
      errors.push(typed(error))
    }
  }
  const { faults } = await reader.verify()
  await reader.close()
  if (options.verifyChecksums === false) return { values, errors }
  const [thrown, found] = [errors, faults].map((list) => list.map(({ key, code }) => `${key} ${code}`).sort())
  if (String(thrown) !== String(found)) throw new TypeError(`getTensor(): ${thrown}; verify(): ${found}`)
  return { values, errors }
}

/** The same by look-ups of these keys, each of which reads its block of the index by itself. */
export async function lookUp(fs: FileSystem, keys: readonly string[], verifyChecksums = true): Promise<Survey> {
  const values: string[] = []
  const errors: OpError[] = []
  let reader: TensorBundleReader
  try {
    reader = await TensorBundleReader.open(PREFIX, { fs, verifyChecksums })
  } catch (error) {
    return { values, errors: [typed(error)] }
  }
  for (const key of keys) {
    try {
      values.push(described(key, await reader.lookup(key)))
    } catch (error) {
      errors.push(typed(error))
    }
  }
  await reader.close()
  return { values, errors }
}
