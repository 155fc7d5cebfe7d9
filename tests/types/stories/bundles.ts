/** The format underneath, for tools that write checkpoints of their own. */
import { array, getCheckpointMtimes, removeCheckpoint, TensorBundleReader, TensorBundleWriter, toStrings } from 'tfsave'
import { generateCheckpointState, updateCheckpointState } from 'tfsave'
import type { CheckpointState, NDArray } from 'tfsave'

export async function convert(prefix: string, values: Iterable<readonly [string, NDArray]>): Promise<void> {
  const writer = await TensorBundleWriter.create(prefix, { durable: true })
  try {
    for (const [key, value] of values) await writer.add(key, value)
    await writer.add('words', array(['cat', 'dog']))
    await writer.finish()
  } catch (error) {
    await writer.abandon()
    throw error
  }
}

export async function words(prefix: string): Promise<string[]> {
  const reader = await TensorBundleReader.open(prefix)
  const keys: string[] = []
  for await (const key of reader.keys()) keys.push(key)
  const value = await reader.lookup('words')
  await reader.close()
  return value.dtype === 'string' ? toStrings(value) : keys
}

export async function name(directory: string, prefixes: readonly string[]): Promise<CheckpointState> {
  const [oldest = '', latest = ''] = prefixes
  const state = generateCheckpointState(directory, latest, { allModelCheckpointPaths: prefixes })
  await updateCheckpointState(directory, latest, { allModelCheckpointPaths: prefixes })
  if ((await getCheckpointMtimes(prefixes)).length === prefixes.length) await removeCheckpoint(oldest)
  return state
}
