/**
 * What the tests of the state file share: files in memory, and what `text()`, `put()`, `errm()` and `logs()` are in the cases.
 */
import type { Logger } from '../../src/fs/file-system'
import { MemoryFileSystem } from '../../src/fs/memory'

/** What is `$D` in the cases: the working directory by its full name. */
export const D = '/work-dir'

export function here<T>(expected: T): T {
  return JSON.parse(JSON.stringify(expected).replaceAll('$D', D)) as T
}

export async function fileSystem(...dirs: string[]): Promise<MemoryFileSystem> {
  const fs = new MemoryFileSystem()
  for (const dir of [D, ...dirs]) await fs.mkdir(dir)
  return fs
}

export async function put(fs: MemoryFileSystem, path: string, content: string | Uint8Array = ''): Promise<void> {
  const file = await fs.create(path)
  await file.append(typeof content === 'string' ? new TextEncoder().encode(content) : content)
  await file.close()
}

export async function read(fs: MemoryFileSystem, path: string): Promise<string> {
  const file = await fs.open(path)
  const bytes = await file.read(0, file.size)
  await file.close()
  return new TextDecoder().decode(bytes)
}

/** A logger, and what it was told, as `logs()` in the cases. */
export function recorder(): { logger: Logger; logs: [string, string][] } {
  const logs: [string, string][] = []
  const at = (level: string) => (message: string) => void logs.push([level, message])
  return { logger: { info: at('INFO'), warn: at('WARNING'), error: at('ERROR') }, logs }
}

/** ["no error", result] or [class, message], as `errm()` in the cases. */
export async function outcome(body: () => unknown): Promise<[string, unknown]> {
  try {
    return ['no error', (await body()) ?? null]
  } catch (error) {
    return [(error as Error).name, (error as Error).message]
  }
}

export const silent = recorder().logger
