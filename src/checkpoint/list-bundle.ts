/**
 * The names and shapes of a bundle's tensors, of which nothing else is kept: a million take less than 200 MB so.
 *
 * TensorFlow: python/training/checkpoint_utils.py, list_variables.
 */
import { type ReadOptions } from '../fs/file-system'
import { type BundleEntry, type EntrySlice } from '../proto/bundle-messages'
import { type Shape } from '../tensor/ndarray'
import { keysFromBytes } from '../util/bytes'
import { partKeys } from './bundle-columns'
import { OpenBundle } from './open-bundle'

type Row = [name: string, shape: Shape]

/**
 * In the order of the keys' bytes, without the parts of tensors; undefined where there is no index of that prefix.
 *
 * @throws {DataLossError} {InvalidArgumentError} as TensorBundleReader.open()
 */
export async function listBundle(prefix: string, options: ReadOptions): Promise<Row[] | undefined> {
  const bundle = await OpenBundle.open(prefix, options)
  if (bundle === undefined) return undefined
  try {
    return await rowsOf(bundle)
  } finally {
    await bundle.close()
  }
}

function isSame(a: Shape, b: Shape): boolean {
  let i = a.length === b.length ? a.length : -1
  while (i > 0 && a[i - 1] === b[i - 1]) i--
  return i === 0
}

async function rowsOf(bundle: OpenBundle): Promise<Row[]> {
  const rows: Row[] = []
  const sliced = new Map<number, readonly EntrySlice[]>()
  // Neighbours of one shape share it, frozen: of a million scalars the shapes would take more than the names.
  let last: Shape = Object.freeze([])
  const take = ({ shape, slices }: BundleEntry): void => {
    if (slices.length > 0) sliced.set(rows.length, slices)
    if (!isSame(shape, last)) last = Object.freeze(shape.slice())
    rows.push(['', last])
  }
  let named = 0
  for await (const keys of bundle.scan(take))
    for (const name of keysFromBytes(...keys)) (rows[named++] as Row)[0] = name
  const parts = new Set(Array.from(sliced, ([at, slices]) => partKeys((rows[at] as Row)[0], slices)).flat())
  return parts.size === 0 ? rows : rows.filter(([name]) => !parts.has(name))
}
