/**
 * What every file system does with directories.
 */
import { expect, test } from 'vitest'
import { AlreadyExistsError, FailedPreconditionError, NotFoundError } from '../../src/util/errors'
import { basename, dirname } from '../../src/util/path'
import { MISSING, ODD_NAMES, type Place, desk, expectRefusal } from './place'

/** A part of fileSystemContract. */
export function directoryTests(make: () => Promise<Place>): void {
  const { fs, at, put } = desk(make)

  test('mkdir() makes one level, and does nothing where the directory is', async () => {
    await fs().mkdir(at('d'))
    expect(await fs().isDirectory(at('d'))).toBe(true)
    await put('d/f')
    await fs().mkdir(at('d'))
    expect(await fs().list(at('d'))).toEqual(['f'])
    await fs().mkdir(at('d/e'))
    await fs().mkdir('')
    await fs().mkdir('.')
    await fs().mkdir('/')
    expect((await fs().list(at('d'))).toSorted()).toEqual(['e', 'f'])
  })

  test('mkdir() of two levels, or where a file is, throws', async () => {
    await put('f')
    await expectRefusal(fs().mkdir(at('no/no')), NotFoundError, at('no/no'), MISSING)
    await expectRefusal(fs().mkdir(at('f')), AlreadyExistsError, at('f'), 'File exists')
    await expectRefusal(fs().mkdir(at('f/d')), FailedPreconditionError, at('f/d'), 'Not a directory')
    expect(await fs().list(at(''))).toEqual(['f'])
  })

  test('removeDir() takes an empty directory away, and its parent stays', async () => {
    await fs().mkdir(at('d'))
    await fs().mkdir(at('d/e'))
    await fs().removeDir(at('d/e'))
    expect(await fs().exists(at('d/e'))).toBe(false)
    expect(await fs().isDirectory(at('d'))).toBe(true)
    await fs().removeDir(at('d'))
    expect(await fs().list(at(''))).toEqual([])
  })

  test('removeDir() of what is full, missing or a file throws', async () => {
    await put('d/f')
    await expectRefusal(fs().removeDir(at('d')), FailedPreconditionError, at('d'), 'Directory not empty')
    await expectRefusal(fs().removeDir(at('no')), NotFoundError, at('no'), MISSING)
    await expectRefusal(fs().removeDir(''), NotFoundError, '', MISSING)
    await expectRefusal(fs().removeDir(at('d/f')), FailedPreconditionError, at('d/f'), 'Not a directory')
    expect(await fs().exists(at('d/f'))).toBe(true)
  })

  test('isDirectory() and exists() know directories from files', async () => {
    await put('d/f')
    expect(await fs().isDirectory(at('d'))).toBe(true)
    expect(await fs().exists(at('d'))).toBe(true)
    expect(await fs().isDirectory(at('d/f'))).toBe(false)
    for (const path of ['no', 'd/no', 'd/f/x', 'd/*', '?']) {
      expect(await fs().isDirectory(at(path)), path).toBe(false)
      expect(await fs().exists(at(path)), path).toBe(false)
    }
  })

  test("the working directory and the root are there; '' means the former where a directory is meant", async () => {
    for (const dir of ['', '.', './', '/', '..']) {
      expect(await fs().isDirectory(dir), dir).toBe(true)
      expect(Array.isArray(await fs().list(dir)), dir).toBe(true)
      await fs().syncDir?.(dir)
    }
    expect(await fs().exists('.')).toBe(true)
    expect(await fs().exists('/')).toBe(true)
    // As TensorFlow's file_exists.
    expect(await fs().exists('')).toBe(false)
  })

  test('list() gives the base names of files and directories', async () => {
    await put('d/f')
    await put('d/g')
    await put('d/e/x/y')
    await fs().mkdir(at('d/empty'))
    expect((await fs().list(at('d'))).toSorted()).toEqual(['e', 'empty', 'f', 'g'])
    expect(await fs().list(at('d/empty'))).toEqual([])
    expect(await fs().list(at(''))).toEqual(['d'])
  })

  test('list() of odd names gives them back', async () => {
    for (const odd of ODD_NAMES) await put(`d/${odd}`)
    expect((await fs().list(at('d'))).toSorted()).toEqual(ODD_NAMES.toSorted())
  })

  test('list() of what is missing or a file throws', async () => {
    await put('f')
    await expectRefusal(fs().list(at('no')), NotFoundError, at('no'), MISSING)
    await expectRefusal(fs().list(at('f')), FailedPreconditionError, at('f'), 'Not a directory')
    await expectRefusal(fs().list(at('f/x')), FailedPreconditionError, at('f/x'), 'Not a directory')
  })

  test('syncDir() takes a directory, and throws where there is none', async () => {
    await put('d/f')
    await fs().syncDir?.(at('d'))
    if (fs().syncDir === undefined || process.platform === 'win32') return
    await expectRefusal(fs().syncDir?.(at('no')) ?? Promise.resolve(), NotFoundError, at('no'), MISSING)
  })

  test('base names and directories are those of the path', async () => {
    await put('d/f')
    const path = at('d/f')
    expect(await fs().list(dirname(path))).toEqual([basename(path)])
  })
}
