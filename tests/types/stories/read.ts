/** Reading: what is in a checkpoint, one variable of it, all of it. */
import { formatArray, latestCheckpoint, listVariables, loadCheckpoint, loadVariable, toFloat32, toNested } from 'tfsave'
import type { DType, NDArray, Shape } from 'tfsave'

export async function list(directory: string, print: (line: string) => void): Promise<void> {
  for (const [name, shape] of await listVariables(directory)) print(`${name} [${shape.join(', ')}]`)
}

export async function readOne(directory: string): Promise<Float32Array> {
  const prefix: string | undefined = await latestCheckpoint(directory)
  if (prefix === undefined) throw new Error('nothing saved yet')
  const value: NDArray = await loadVariable(prefix, 'conv1/weights')
  if (value.dtype === 'float32') return value.data
  return toFloat32(value).data
}

export async function readAll(prefix: string, print: (line: string) => void): Promise<number> {
  await using reader = await loadCheckpoint(prefix, { verifyChecksums: true })
  const shapes: Map<string, Shape> = reader.getVariableToShapeMap()
  const dtypes: Map<string, DType> = reader.getVariableToDtypeMap()
  for await (const [name, value] of reader.tensors({ filter: (key) => key.startsWith('conv1/') })) {
    print(`${name} ${dtypes.get(name) ?? ''} ${formatArray(value)}`)
  }
  const step: NDArray<'int64'> = await reader.getTensor('global_step', 'int64')
  const first: bigint | undefined = step.data[0]
  print(`${String(first)} ${String(toNested(step))}`)
  return shapes.size
}

export async function check(prefix: string, signal: AbortSignal): Promise<readonly string[]> {
  const reader = await loadCheckpoint(prefix, { signal })
  const { faults, tensors, bytes } = await reader.verify({ onProgress: ({ key, bytesDone }) => [key, bytesDone] })
  await reader.close()
  return faults.map((fault) => `${fault.code} ${fault.key ?? ''} at ${fault.offset ?? 0} of ${bytes}, ${tensors}`)
}
