/**
 * A checkpoint of format V2, its whole index in memory.
 *
 * The parts that the entry of a tensor names are no tensors of their own.
 * TensorFlow: c/checkpoint_reader.cc; core/util/tensor_bundle/tensor_bundle.cc, BundleReader.
 */
import { type ReadOptions } from '../fs/file-system'
import { formatShape } from '../tensor/ndarray'
import { keyFromBytes } from '../util/bytes'
import { OpError, UnknownError } from '../util/errors'
import { type CheckpointSource, type VerifiedTensor } from './checkpoint-source'
import { OpenBundle } from './open-bundle'
import { checkParts, type RequestedBundle } from './plan-reads'
import { readRequests } from './read-requests'
import { readTensors } from './read-tensors'
import { encodeSliceKey } from './slice-key'
import { type TensorEntry } from './tensor-entry'

/**
 * undefined where there is no index of that prefix.
 *
 * @throws {DataLossError} {InvalidArgumentError} as TensorBundleReader.open()
 */
export async function openBundleSource(prefix: string, options: ReadOptions): Promise<CheckpointSource | undefined> {
  const bundle = await OpenBundle.open(prefix, options)
  if (bundle === undefined) return undefined
  try {
    return sourceOf(bundle, await bundle.entries())
  } catch (error) {
    await bundle.close()
    throw error
  }
}

function sourceOf(bundle: OpenBundle, entries: readonly TensorEntry[]): CheckpointSource {
  const tensors = new Map<string, TensorEntry>()
  const parts = new Map<string, TensorEntry>()
  const nameOf = new Map<string, string>()
  for (const { key, slices } of entries) {
    for (const slice of slices) nameOf.set(keyFromBytes(encodeSliceKey(key, slice)), key)
  }
  for (const entry of entries) (nameOf.has(entry.key) ? parts : tensors).set(entry.key, entry)
  const plain = entries.filter(({ slices }) => slices.length === 0)
  const named = (entry: TensorEntry): TensorEntry => ({ ...entry, key: nameOf.get(entry.key) ?? entry.key })
  const { path, plan } = bundle
  const requested: RequestedBundle = { path, plan, find: (key) => parts.get(key) }
  return {
    version: 'V2',
    path,
    tensors,
    stored: { tensors: plain.length, bytes: plain.reduce((sum, { size }) => sum + size, 0) },
    missing: (key) => `Key ${key} not found in checkpoint`,
    read: (requests, how) => readRequests(requested, requests, how),
    verify: () => verify(requested, [...tensors.values()], nameOf.size === 0 ? plain : plain.map(named)),
    debugString: () =>
      plain.map(({ key, dtype, shape }) => `${key} (${dtype.enumName}) ${formatShape(shape)}\n`).join(''),
    checkOpen: () => bundle.checkOpen(),
    close: () => bundle.close(),
  }
}

/** Whether the parts that the index lists are there and fill the tensors; then every byte of `pieces`. */
async function* verify(
  bundle: RequestedBundle,
  tensors: readonly TensorEntry[],
  pieces: readonly TensorEntry[],
): AsyncGenerator<VerifiedTensor> {
  for (const tensor of tensors) {
    const { key } = tensor
    const fault = tensor.slices.length === 0 ? undefined : await checkParts(tensor, bundle)
    if (fault !== undefined) yield { key, bytes: 0, fault: asOpError(fault, key) }
  }
  const target = () => (): void => undefined
  const plan = { ...bundle.plan, verifyChecksums: true, collectFaults: true, target }
  for await (const batch of readTensors(pieces, plan)) {
    for (const { entry, fault } of batch) {
      const { key, size: bytes } = entry
      yield fault === undefined ? { key, bytes } : { key, bytes, fault: asOpError(fault, key) }
    }
  }
}

function asOpError(fault: unknown, key: string): OpError {
  if (fault instanceof OpError && fault.key !== undefined) return fault
  const why = fault instanceof Error ? fault.message : String(fault)
  return new UnknownError(`Cannot read ${key}: ${why}`, { key, cause: fault })
}
