/**
 * A file that is either as it was or whole: written under a temporary name, renamed over.
 *
 *     <path>.tmp<32 hexadecimal digits>
 *
 * TensorFlow: python/lib/io/file_io.py, atomic_write_string_to_file.
 */
import { dirname } from '../util/path'
import { randomHex32 } from '../util/random'
import type { FileSystem, WritableFile } from './file-system'

/** Whether what is written has to be on the medium. */
interface DurableOptions {
  durable?: boolean | undefined
}

/**
 * Puts `bytes` under `path`, in place of what had the name. `durable` (default true): the bytes are on the medium before
 * they get the name, and the name before this returns. On failure the temporary file is removed, if that can be done.
 * @throws {NotFoundError} "<path>.tmp<32 hex>; No such file or directory" where the directory is missing;
 *   {FailedPreconditionError} "<path>.tmp<32 hex>; Is a directory" where the name is a directory's.
 */
export async function atomicWriteFile(
  fs: FileSystem,
  path: string,
  bytes: Uint8Array,
  options: DurableOptions = {},
): Promise<void> {
  await atomicWrite(fs, path, (file) => file.append(bytes), options)
}

/** The same for what `write` writes, piece by piece. @throws as atomicWriteFile(), and what `write` throws */
export async function atomicWrite(
  fs: FileSystem,
  path: string,
  write: (file: WritableFile) => Promise<void>,
  options: DurableOptions = {},
): Promise<void> {
  const durable = options.durable ?? true
  const temporary = `${path}.tmp${randomHex32()}`
  try {
    await writeFile(fs, temporary, write, durable)
    await fs.rename(temporary, path)
  } catch (error) {
    // Whatever fails here hides what failed first.
    await fs.remove(temporary).catch(() => undefined)
    throw error
  }
  if (durable) await fs.syncDir?.(dirname(path) || '.')
}

async function writeFile(
  fs: FileSystem,
  path: string,
  write: (file: WritableFile) => Promise<void>,
  durable: boolean,
): Promise<void> {
  const file = await fs.create(path)
  try {
    await write(file)
    if (durable) await file.sync()
  } catch (error) {
    await file.close().catch(() => undefined)
    throw error
  }
  await file.close()
}
