/**
 * A checkpoint of format V2, its whole index in memory.
 *
 * The parts that the entry of a tensor names are no tensors of their own.
 * TensorFlow: c/checkpoint_reader.cc; core/util/tensor_bundle/tensor_bundle.cc, BundleReader.
 */
import { type ReadOptions } from '../fs/file-system'
import { SIZE } from '../proto/bundle-messages'
import { formatShape } from '../tensor/ndarray'
import { OpError, UnknownError } from '../util/errors'
import { type BundleColumns } from './bundle-columns'
import { type CheckpointSource, type VerifiedTensor } from './checkpoint-source'
import { fastPaths } from './fast-paths'
import { OpenBundle } from './open-bundle'
import { checkParts, type RequestedBundle } from './plan-reads'
import { type Reading } from './read-jobs'
import { readRequests } from './read-requests'
import { readTensors } from './read-tensors'

/**
 * undefined where there is no index of that prefix.
 *
 * @throws {DataLossError} {InvalidArgumentError} as TensorBundleReader.open()
 */
export async function openBundleSource(prefix: string, options: ReadOptions): Promise<CheckpointSource | undefined> {
  const bundle = await OpenBundle.open(prefix, options)
  if (bundle === undefined) return undefined
  try {
    const tensors = await bundle.entries()
    const source = sourceOf(bundle, tensors)
    return fastPaths?.faster(source, tensors, bundle.plan) ?? source
  } catch (error) {
    await bundle.close()
    throw error
  }
}

function sourceOf(bundle: OpenBundle, tensors: BundleColumns): CheckpointSource {
  const { path, plan } = bundle
  const requested: RequestedBundle = { path, plan, find: (key) => tensors.get(key, true) }
  return {
    version: 'V2',
    path,
    tensors,
    get stored() {
      const places = tensors.places(false)
      return { tensors: places.length, bytes: places.reduce((all, at) => all + tensors.number(at, SIZE), 0) }
    },
    missing: (key) => `Key ${key} not found in checkpoint`,
    read: (requests, how) => readRequests(requested, requests, how),
    verify: (_, places = tensors.places(true)) => verify(requested, tensors, places),
    debugString: () =>
      Array.from(tensors.places(false), (at) => {
        const { key, dtype, shape } = tensors.entry(at)
        return `${key} (${dtype.enumName}) ${formatShape(shape)}\n`
      }).join(''),
    checkOpen: () => bundle.checkOpen(),
    close: () => bundle.close(),
  }
}

/** Whether the parts that the index lists are there and fill the tensors; then every byte. */
async function* verify(
  bundle: RequestedBundle,
  tensors: BundleColumns,
  places: Iterable<number>,
): AsyncGenerator<VerifiedTensor> {
  for (const tensor of tensors.inParts()) {
    const { key } = tensor
    const fault = await checkParts(tensor, bundle)
    if (fault !== undefined) yield { key, bytes: 0, fault: asOpError(fault, key) }
  }
  const target = () => (): void => undefined
  const plan = { ...bundle.plan, verifyChecksums: true, collectFaults: true, target }
  for await (const batch of readTensors(readingsOf(tensors, places), plan)) {
    const [first, ...neighbours] = batch.map(({ request: { tensor }, fault }) => {
      const { key, size: bytes } = tensor
      return { key, bytes, fault: fault && asOpError(fault, key) }
    })
    if (first !== undefined) yield { ...first, neighbours }
  }
}

/** Under the keys of the tensors, also of parts. */
function* readingsOf(tensors: BundleColumns, places: Iterable<number>): Generator<Reading> {
  for (const at of places) yield { tensor: tensors.entry(at, tensors.key(at)) }
}

function asOpError(fault: unknown, key: string): OpError {
  if (fault instanceof OpError && fault.key !== undefined) return fault
  const why = fault instanceof Error ? fault.message : String(fault)
  return new UnknownError(`Cannot read ${key}: ${why}`, { key, cause: fault })
}
