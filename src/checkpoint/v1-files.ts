/**
 * The files of a checkpoint of format V1.
 *
 *     <checkpoint> = P | P-00000-of-<n>, P-00001-of-<n>, …, one for each shard
 *     <path>       = P | P-?????-of-<n>           what a Saver gives back; <n> has five digits
 *
 * TensorFlow takes any pattern, and the `*`, `?` and `[` of a name for one; here a path names what it says, and there is no
 * pattern but that of shards.
 * TensorFlow: core/kernels/save_op.cc (ShardedFilename, ShardedFilespec); core/util/tensor_slice_reader.cc.
 */
import { type ReadableFileSystem } from '../fs/file-system'
import { basename, dirname } from '../util/path'
import { shardedFilename } from './naming'

/** Names that are looked for at once where a directory cannot be listed. */
const AT_ONCE = 16

/** The prefix and the number of shards of a path that stands for some; undefined for that of one file. */
export function shardsOf(path: string): { readonly prefix: string; readonly shards: number } | undefined {
  const [, prefix, digits] = /^(.*)-\?{5}-of-(\d{5})$/s.exec(path) ?? []
  return prefix === undefined ? undefined : { prefix, shards: Number(digits) }
}

/** The files that a path stands for, in the order of their names; none where nothing is there, or a directory. */
export async function matchingFiles(
  fs: ReadableFileSystem & { isDirectory?(path: string): Promise<boolean> },
  pathOrPattern: string,
): Promise<string[]> {
  if (pathOrPattern === '') return []
  // As far as a file system can tell that only reads.
  if (await fs.exists(pathOrPattern)) return (await fs.isDirectory?.(pathOrPattern)) === true ? [] : [pathOrPattern]
  const { prefix, shards } = shardsOf(pathOrPattern) ?? {}
  if (prefix === undefined || shards === undefined) return []
  const name = basename(prefix)
  const tail = new RegExp(`^-\\d{5}${pathOrPattern.slice(-'-of-00000'.length)}$`)
  const names = await fs.list?.(dirname(prefix) || '.').catch(() => [])
  if (names === undefined) return probe(fs, prefix, shards)
  const found = names.filter((other) => other.startsWith(name) && tail.test(other.slice(name.length)))
  return found.sort().map((other) => prefix + other.slice(name.length))
}

/** The shards' names that are there, asked for one by one. */
async function probe(fs: ReadableFileSystem, prefix: string, shards: number): Promise<string[]> {
  const names = Array.from({ length: shards }, (_, i) => shardedFilename(prefix, i, shards))
  const found: string[] = []
  for (let at = 0; at < shards; at += AT_ONCE) {
    const some = names.slice(at, at + AT_ONCE)
    const there = await Promise.all(some.map((name) => fs.exists(name)))
    found.push(...some.filter((_, i) => there[i]))
  }
  return found
}
