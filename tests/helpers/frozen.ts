/**
 * The frozen models of tests/golden/frozen, ready for a MemoryFileSystem.
 */
import { readdirSync } from 'node:fs'
import { MemoryFileSystem } from '../../src/fs/memory'
import { GOLDEN_DIR, goldenFile } from '../oracle/golden'

/** One of the goldens' folders, 'net', with its files under that name. */
export function frozenFiles(...folders: readonly ('net' | 'resource' | 'dict')[]): MemoryFileSystem {
  const fs = new MemoryFileSystem()
  for (const folder of folders) {
    for (const name of readdirSync(`${GOLDEN_DIR}/frozen/${folder}`)) {
      fs.files.set(`${folder}/${name}`, goldenFile(`frozen/${folder}/${name}`))
    }
  }
  return fs
}
