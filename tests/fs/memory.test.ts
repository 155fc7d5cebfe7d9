import { describe, expect, test } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { InvalidArgumentError, NotFoundError } from '../../src/util/errors'
import { fileSystemContract } from '../contract/file-system'
import { counting, rejection } from '../contract/place'

async function place(root: string): Promise<{ fs: MemoryFileSystem; root: string; cleanUp(): Promise<void> }> {
  const fs = new MemoryFileSystem()
  for (let at = root.indexOf('/', 1); at > 0; at = root.indexOf('/', at + 1)) await fs.mkdir(root.slice(0, at))
  await fs.mkdir(root)
  return { fs, root, cleanUp: async () => fs.files.clear() }
}

fileSystemContract("MemoryFileSystem at ''", () => place(''))
fileSystemContract('MemoryFileSystem in a directory', () => place('some/where'))
fileSystemContract('MemoryFileSystem below the root', () => place('/some/where'))
fileSystemContract('MemoryFileSystem outside', () => place('../some/where'))

async function write(fs: MemoryFileSystem, path: string, ...parts: Uint8Array[]): Promise<void> {
  const file = await fs.create(path)
  for (const part of parts) await file.append(part)
  await file.close()
}

describe('MemoryFileSystem.files', () => {
  test('takes and finds any spelling of a path', async () => {
    const fs = new MemoryFileSystem([['./a//b', counting(3)]])
    fs.files.set('x/../c', counting(4))
    expect([...fs.files.keys()]).toEqual(['a/b', 'c'])
    expect(fs.files.get('a/./b')).toEqual(counting(3))
    expect(fs.files.has('./c')).toBe(true)
    expect(fs.files.delete('.//c')).toBe(true)
    expect(fs.files.size).toBe(1)
    expect(await fs.exists('c')).toBe(false)
    expect(await fs.list('')).toEqual(['a'])
  })

  test('keeps relative and absolute paths apart, and //a with /a', async () => {
    const fs = new MemoryFileSystem([
      ['a', counting(1)],
      ['/a', counting(2)],
      ['../a', counting(3)],
    ])
    fs.files.set('//a', counting(4))
    expect([...fs.files].map(([path, bytes]) => [path, bytes.length])).toEqual([
      ['a', 1],
      ['/a', 4],
      ['../a', 3],
    ])
    expect(await fs.list('.')).toEqual(['a'])
    expect(await fs.list('/')).toEqual(['a'])
    expect(await fs.list('..')).toEqual(['a'])
  })

  test('makes the directories of what is set, until it goes', async () => {
    const fs = new MemoryFileSystem()
    fs.files.set('a/b/c', counting(1))
    expect(await fs.isDirectory('a/b')).toBe(true)
    expect(await fs.list('a')).toEqual(['b'])
    fs.files.set('a/b/c', counting(2))
    fs.files.delete('a/b/c')
    expect(await fs.exists('a')).toBe(false)
    fs.files.set('a/b/c', counting(1))
    fs.files.clear()
    expect(await fs.exists('a')).toBe(false)
    expect(await fs.list('')).toEqual([])
  })

  test('refuses a file in the place of a directory, or below a file', async () => {
    const fs = new MemoryFileSystem([['a/b', counting(1)]])
    await fs.mkdir('d')
    expect(() => fs.files.set('a', counting(1))).toThrow('a; Is a directory')
    expect(() => fs.files.set('d', counting(1))).toThrow('d; Is a directory')
    expect(() => fs.files.set('a/b/c/d', counting(1))).toThrow('a/b/c/d; Not a directory')
    expect(() => fs.files.set('', counting(1))).toThrow(NotFoundError)
    expect(() => fs.files.set('a\0', counting(1))).toThrow(InvalidArgumentError)
    expect([...fs.files.keys()]).toEqual(['a/b'])
  })

  test('has exactly the bytes written, while the file is open and after', async () => {
    const fs = new MemoryFileSystem()
    const file = await fs.create('f')
    expect(fs.files.get('f')).toEqual(new Uint8Array(0))
    await file.append(counting(10))
    await file.append(counting(3))
    expect(fs.files.get('f')).toEqual(Uint8Array.from([...counting(10), 0, 1, 2]))
    await file.close()
    const bytes = fs.files.get('f')
    expect(bytes).toEqual(Uint8Array.from([...counting(10), 0, 1, 2]))
    expect(bytes?.buffer.byteLength).toBe(13)
  })

  test('wins over a file that is still open for writing', async () => {
    const fs = new MemoryFileSystem()
    const file = await fs.create('f')
    await file.append(counting(10))
    fs.files.set('f', counting(2))
    await file.append(counting(10))
    await file.close()
    expect(fs.files.get('f')).toEqual(counting(2))
  })

  test('can be damaged in place, and the next read shows it', async () => {
    const fs = new MemoryFileSystem()
    await write(fs, 'f', counting(10))
    const bytes = fs.files.get('f')
    bytes?.fill(7, 3, 4)
    const file = await fs.open('f')
    expect([...(await file.read(2, 3))]).toEqual([2, 7, 4])
  })

  test('holds what Buffers hold, and reads are copies of it', async () => {
    const fs = new MemoryFileSystem([['f', Buffer.from([1, 2, 3])]])
    const file = await fs.open('f')
    const read = await file.read(0, 3)
    read.fill(9)
    expect([...(await file.read(0, 3))]).toEqual([1, 2, 3])
  })
})

describe('MemoryFileSystem', () => {
  test('open() keeps the bytes that the file had, also when create() truncates it', async () => {
    const fs = new MemoryFileSystem()
    await write(fs, 'f', counting(10))
    const file = await fs.open('f')
    await write(fs, 'f', counting(4, 9))
    expect([...(await file.read(0, 10))]).toEqual([...counting(10)])
  })

  test('open() of a file that grows keeps the size it had', async () => {
    const fs = new MemoryFileSystem()
    const written = await fs.create('f')
    await written.append(counting(10))
    const file = await fs.open('f')
    for (let i = 0; i < 10; i++) await written.append(counting(10, 50))
    expect(file.size).toBe(10)
    expect([...(await file.read(0, 10))]).toEqual([...counting(10)])
    await rejection(file.read(0, 11))
  })

  test('append() of a byte at a time keeps them all', async () => {
    const fs = new MemoryFileSystem()
    await write(fs, 'f', ...Array.from({ length: 5000 }, (_, i) => counting(1, i)))
    expect(fs.files.get('f')).toEqual(counting(5000))
  })

  test('directories that only files stood for stay when remove() and rename() take these away', async () => {
    const fs = new MemoryFileSystem([
      ['d/e/f', counting(1)],
      ['g/h/i', counting(1)],
    ])
    await fs.remove('d/e/f')
    await fs.rename('g/h/i', 'd/i')
    for (const dir of ['d', 'd/e', 'g', 'g/h']) expect(await fs.isDirectory(dir), dir).toBe(true)
    await fs.removeDir('g/h')
    expect(await fs.list('g')).toEqual([])
  })

  test('rename() of a file over a directory around it is refused as on Linux', async () => {
    const fs = new MemoryFileSystem([['d/e/f', counting(1)]])
    for (const dir of ['d', 'd/e']) {
      expect((await rejection(fs.rename('d/e/f', dir))).message).toBe('d/e/f; Directory not empty')
    }
  })

  test('a file whose directory is renamed is written on', async () => {
    const fs = new MemoryFileSystem()
    await fs.mkdir('d')
    const file = await fs.create('d/f')
    await file.append(counting(2))
    await fs.rename('d', 'e')
    await file.append(counting(2))
    await file.close()
    expect([...fs.files]).toEqual([['e/f', Uint8Array.of(0, 1, 0, 1)]])
  })

  test('mtime() moves along with a file, and with those of a directory', async () => {
    const fs = new MemoryFileSystem([['d/f', counting(1)]])
    const time = await fs.mtime('d/f')
    // Until a new time would show.
    while (Date.now() / 1000 <= time + 0.001);
    await fs.rename('d/f', 'd/g')
    await fs.rename('d', 'e')
    expect(await fs.mtime('e/g')).toBe(time)
  })

  test('mtime() is later after a change, and that of the system where nothing changed', async () => {
    const fs = new MemoryFileSystem()
    const born = await fs.mtime('.')
    fs.files.set('f', counting(1))
    expect(await fs.mtime('f')).toBeGreaterThanOrEqual(born)
    expect(await fs.mtime('/')).toBe(born)
  })
})
