/**
 * What every file system does, which is read and written: each passes this suite.
 */
import { describe, expect, test } from 'vitest'
import { FailedPreconditionError, InvalidArgumentError, NotFoundError } from '../../src/util/errors'
import { directoryTests } from './directories'
import { MISSING, type Place, counting, desk, expectRefusal, putIn, rejection } from './place'
import { readableFileSystemContract } from './readable-file-system'
import { renamingTests } from './renaming'

/** The suite of systems that are written, which is read by the one above as well. */
export function fileSystemContract(name: string, make: () => Promise<Place>): void {
  readableFileSystemContract(name, async (files) => {
    const place = await make()
    for (const [path, bytes] of files) await putIn(place, path, bytes)
    return place
  })
  describe(`${name}, directories`, () => {
    directoryTests(make)
  })
  describe(`${name}, written`, () => {
    writingTests(make)
  })
  describe(`${name}, renamed and removed`, () => {
    renamingTests(make)
  })
}

function writingTests(make: () => Promise<Place>): void {
  const { fs, at, put, get } = desk(make)

  test('append() writes behind what was written', async () => {
    const file = await fs().create(at('f'))
    for (let i = 0; i < 20; i++) await file.append(counting(i * 7, i))
    await file.append(new Uint8Array(0))
    await file.sync()
    await file.append(counting(3))
    await file.close()
    const expected = Array.from({ length: 20 }, (_, i) => [...counting(i * 7, i)]).flat()
    expect(await get('f')).toEqual([...expected, 0, 1, 2])
  })

  test('append() takes a view of a larger buffer', async () => {
    await put('f', counting(100).subarray(40, 60))
    expect(await get('f')).toEqual([...counting(20, 40)])
  })

  test('append() keeps the order of calls that are not awaited, and close() waits for them', async () => {
    const file = await fs().create(at('f'))
    const calls = [file.append(counting(70_000)), file.append(counting(3, 7)), file.append(counting(70_000, 9))]
    await file.close()
    await Promise.all(calls)
    const expected = Buffer.concat([counting(70_000), counting(3, 7), counting(70_000, 9)])
    expect(Buffer.compare(Uint8Array.from(await get('f')), expected)).toBe(0)
  })

  test('append() copies: what the caller does to the bytes later does not reach the file', async () => {
    const bytes = counting(10)
    const file = await fs().create(at('f'))
    await file.append(bytes)
    bytes.fill(99)
    await file.append(bytes)
    await file.close()
    expect(await get('f')).toEqual([...counting(10), ...Array(10).fill(99)])
  })

  test('create() makes an empty file at once, and truncates at once', async () => {
    await put('g', counting(500))
    for (const name of ['f', 'g']) {
      const file = await fs().create(at(name))
      expect(await get(name)).toEqual([])
      await file.close()
      expect(await get(name)).toEqual([])
    }
  })

  test('what was appended can be read before close()', async () => {
    const file = await fs().create(at('f'))
    await file.append(counting(10))
    expect(await get('f')).toEqual([...counting(10)])
    await file.append(counting(1000))
    expect((await get('f')).length).toBe(1010)
    await file.close()
  })

  test('a closed file is not written, and closes again', async () => {
    const file = await fs().create(at('f'))
    await file.append(counting(3))
    await file.close()
    await file.close()
    expect(await rejection(file.append(counting(1)))).toBeInstanceOf(FailedPreconditionError)
    expect(await rejection(file.sync())).toBeInstanceOf(FailedPreconditionError)
    expect(await get('f')).toEqual([0, 1, 2])
  })

  test('create() needs the directory, and a name that is no directory', async () => {
    await put('f')
    await fs().mkdir(at('d'))
    await expectRefusal(fs().create(at('no/f')), NotFoundError, at('no/f'), MISSING)
    await expectRefusal(fs().create(at('f/x')), FailedPreconditionError, at('f/x'), 'Not a directory')
    await expectRefusal(fs().create(at('d')), FailedPreconditionError, at('d'), 'Is a directory')
    await expectRefusal(fs().create(''), NotFoundError, '', MISSING)
  })

  test('open() of a directory or below a file throws FailedPreconditionError', async () => {
    await put('f')
    await fs().mkdir(at('d'))
    await expectRefusal(fs().open(at('d')), FailedPreconditionError, at('d'), 'Is a directory')
    await expectRefusal(fs().open(at('f/x')), FailedPreconditionError, at('f/x'), 'Not a directory')
    await expectRefusal(fs().open(''), NotFoundError, '', MISSING)
  })

  test('an open file survives the file that takes its name', async () => {
    await put('f', counting(50))
    await put('g', counting(70, 9))
    const file = await fs().open(at('f'))
    await fs().rename(at('g'), at('f'))
    expect([...(await file.read(0, 50))]).toEqual([...counting(50)])
    expect(await get('f')).toEqual([...counting(70, 9)])
    await fs().remove(at('f'))
    expect([...(await file.read(10, 40))]).toEqual([...counting(40, 10)])
    await file.close()
  })

  test('a file that is written follows its new name', async () => {
    const file = await fs().create(at('f'))
    await file.append(counting(3))
    await fs().rename(at('f'), at('g'))
    await file.append(counting(3))
    await file.close()
    expect(await get('g')).toEqual([0, 1, 2, 0, 1, 2])
    expect(await fs().exists(at('f'))).toBe(false)
  })

  test('a file that is written and removed does not come back', async () => {
    const file = await fs().create(at('f'))
    await file.append(counting(3))
    await fs().remove(at('f'))
    await file.append(counting(3))
    await file.close()
    expect(await fs().exists(at('f'))).toBe(false)
  })

  test('paths are compared normalized', async () => {
    await put('d/f', counting(4))
    await fs().mkdir(at('d/e'))
    for (const path of ['d//f', './d/f', 'd/./f', 'd/e/../f', 'd/no/../f', 'd/f/', 'd/f/.']) {
      expect(await get(path), path).toEqual([...counting(4)])
      expect(await fs().exists(at(path)), path).toBe(true)
      expect(await fs().mtime(at(path)), path).toBe(await fs().mtime(at('d/f')))
    }
    await fs().rename(at('./d//f'), at('d/e/../g/'))
    expect((await fs().list(at('d/./'))).toSorted()).toEqual(['e', 'g'])
    await fs().remove(at('d/.//g'))
    await fs().removeDir(at('d//e/'))
    expect(await fs().list(at('d'))).toEqual([])
  })

  test('a path with a zero byte or half of a surrogate pair is refused everywhere', async () => {
    await put('a')
    for (const path of [at('a\0b'), at('a\ud800')]) {
      const calls = [
        fs().open(path),
        fs().exists(path),
        fs().create(path),
        fs().rename(path, at('c')),
        fs().rename(at('a'), path),
        fs().remove(path),
        fs().list(path),
        fs().mtime(path),
        fs().mkdir(path),
        fs().removeDir(path),
        fs().isDirectory(path),
      ]
      for (const call of calls) {
        const error = await rejection(call)
        expect(error).toBeInstanceOf(InvalidArgumentError)
        expect(error.path).toBe(path)
      }
    }
    expect(await get('a')).toEqual([...counting(5)])
  })

  test('mtime() is in seconds since 1970, and is kept by rename()', async () => {
    const before = Date.now() / 1000
    await put('f')
    const time = await fs().mtime(at('f'))
    // A file system may know whole seconds only, or two of them.
    expect(time).toBeGreaterThan(before - 3)
    expect(time).toBeLessThan(before + 60)
    await fs().rename(at('f'), at('g'))
    expect(await fs().mtime(at('g'))).toBe(time)
    await fs().mkdir(at('d'))
    expect(await fs().mtime(at('d'))).toBeGreaterThan(before - 3)
    await expectRefusal(fs().mtime(at('no')), NotFoundError, at('no'), MISSING)
    await expectRefusal(fs().mtime(at('g/x')), FailedPreconditionError, at('g/x'), 'Not a directory')
  })
}
