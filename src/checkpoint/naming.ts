/**
 * The names of a checkpoint's files, format V2.
 *
 *     <prefix>.index                        the table
 *     <prefix>.data-<shard>-of-<shards>     the tensors' bytes; both numbers with at least five digits
 *     <name>.tempstate<uint64>              either one while it is written
 *
 * TensorFlow: core/util/tensor_bundle/naming.cc, tensor_bundle.cc.
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

function fiveDigits(value: number): string {
  return String(value).padStart(5, '0')
}
