import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { HttpFileSystem } from '../../src/fs/http'
import type { ReadableFileSystem } from '../../src/fs/file-system'
import { MemoryFileSystem } from '../../src/fs/memory'
import { NodeFileSystem } from '../../src/fs/node'
import { array, toNested } from '../../src/tensor/convert'
import { listVariables, loadCheckpoint, loadVariable } from '../../src/train/checkpoint-utils'
import { Saver } from '../../src/train/saver'
import { ValueError } from '../../src/util/errors'
import { VariableStore } from '../../src/variables/variable-store'
import { FileServer } from '../helpers/http-server'
import { put, silent } from '../helpers/state-files'

const GOLDEN = fileURLToPath(new URL('../golden/saved-model', import.meta.url))
const VALUES = JSON.parse(readFileSync(`${GOLDEN}/values.json`, 'utf8')) as Record<string, unknown>
const FILES = ['saved_model.pb', 'variables/variables.index', 'variables/variables.data-00000-of-00001']

function bytesOf(file: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(`${GOLDEN}/${file}`))
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  if (Array.isArray(value)) return value.map(plain)
  return typeof value === 'bigint' ? Number(value) : value
}

async function expectGolden(dir: string, fs: ReadableFileSystem): Promise<void> {
  const reader = await loadCheckpoint(dir, { fs })
  const names = [...reader.getVariableToShapeMap().keys()]
  expect(names).toEqual(Object.keys(VALUES).sort())
  for (const name of names) {
    expect(plain(toNested(await reader.getTensor(name)))).toEqual(VALUES[name])
    expect(plain(toNested(await loadVariable(dir, name, { fs })))).toEqual(VALUES[name])
  }
  await reader.close()
  const opened = await CheckpointReader.open(dir, { fs })
  expect([...opened.getVariableToShapeMap().keys()]).toEqual(names)
  await opened.close()
  expect((await listVariables(dir, { fs })).map(([name]) => name)).toEqual(names)
}

describe('The folder of a SavedModel', () => {
  test.each([GOLDEN, `${GOLDEN}/`, `${GOLDEN}/variables`])('stands for its variables on the disk', async (dir) => {
    await expectGolden(dir, new NodeFileSystem())
  })

  test('in memory, and over HTTP', async () => {
    const files = FILES.map((file) => [`models/one/${file}`, bytesOf(file)] as const)
    const server = await FileServer.start(files)
    for (const dir of ['models/one', 'models/one/variables']) {
      await expectGolden(dir, new MemoryFileSystem(files))
      await expectGolden(dir, new HttpFileSystem(server.origin))
    }
    await server.stop()
  })

  test('is asked for by nobody who names a prefix that is there', async () => {
    const server = await FileServer.start(FILES.map((file) => [file, bytesOf(file)] as const))
    const fs = new HttpFileSystem(server.origin)
    for (const load of [
      () => loadVariable('variables/variables', 'names', { fs }),
      () => listVariables('variables/variables', { fs }),
    ]) {
      server.takeSeen()
      await load()
      const heads = server.takeSeen().flatMap(({ method, url }) => (method === 'HEAD' ? [url] : []))
      expect(new Set(heads)).toEqual(
        new Set(['/variables/variables.index', ...heads.filter((url) => url.includes('.data-'))]),
      )
    }
    await server.stop()
  })

  test('with a state file is a directory of checkpoints', async () => {
    const fs = new MemoryFileSystem(FILES.map((file) => [`run/${file}`, bytesOf(file)] as const))
    await new Saver([new VariableStore().variable(array(7), { name: 'v' })], { fs }).save('run/m')
    expect(await listVariables('run', { fs })).toEqual([['v', []]])
    await fs.remove('run/m.index')
    const error = await loadCheckpoint('run', { fs, logger: silent }).catch((thrown: unknown) => thrown)
    expect(error).toEqual(new ValueError("Couldn't find 'checkpoint' file or checkpoints in given directory run"))
  })

  test('without variables is none', async () => {
    const fs = new MemoryFileSystem([['frozen/saved_model.pb', bytesOf('saved_model.pb')]])
    const error = await loadCheckpoint('frozen', { fs, logger: silent }).catch((thrown: unknown) => thrown)
    expect(error).toEqual(new ValueError("Couldn't find 'checkpoint' file or checkpoints in given directory frozen"))
    await put(fs, 'variables.index')
    await expect(CheckpointReader.open('', { fs })).rejects.toThrow('Failed to find any matching files for ')
  })
})
