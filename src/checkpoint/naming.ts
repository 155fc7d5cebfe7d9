/**
 * The names of a checkpoint's files, format V2.
 *
 *     <prefix>.index                        the table
 *     <prefix>.data-<shard>-of-<shards>     the tensors' bytes; both numbers with at least five digits
 *     <name>.tempstate<uint64>              either one while it is written
 *
 * And those of shards: files of format V1, and prefixes of the parts of which a checkpoint of format V2 is merged.
 *
 *     <prefix>-<shard>-of-<shards>          one of them
 *     <prefix>-?????-of-<shards>            all of them: the path of a V1 checkpoint in shards
 *
 * TensorFlow: core/util/tensor_bundle/naming.cc, tensor_bundle.cc; core/kernels/save_restore_tensor.cc, string ops
 * ShardedFilename and ShardedFilespec.
 */
import { randomUint64 } from '../util/random'

/** "m.index". */
export function metaFilename(prefix: string): string {
  return `${prefix}.index`
}

/** "m.data-00000-of-00001". */
export function dataFilename(prefix: string, shard: number, numShards: number): string {
  return `${prefix}.data-${fiveDigits(shard)}-of-${fiveDigits(numShards)}`
}

/** "m.index.tempstate12345678901234567890": where a file stands until it is whole. */
export function temporaryFilename(name: string, random: () => bigint = randomUint64): string {
  return `${name}.tempstate${random()}`
}

/** Whether `name` is a data file of `prefix`, any shard of any number; both numbers must have five digits exactly. */
export function isDataFilename(name: string, prefix: string): boolean {
  return name.startsWith(`${prefix}.data-`) && /^\d{5}-of-\d{5}$/.test(name.slice(prefix.length + '.data-'.length))
}

/** "m-00000-of-00002". */
export function shardedFilename(prefix: string, shard: number, numShards: number): string {
  return `${prefix}-${fiveDigits(shard)}-of-${fiveDigits(numShards)}`
}

/** "m-?????-of-00002". */
export function shardedFilespec(prefix: string, numShards: number): string {
  return `${prefix}-?????-of-${fiveDigits(numShards)}`
}

function fiveDigits(value: number): string {
  return String(value).padStart(5, '0')
}
