/**
 * What every file system does with names: rename() and remove().
 */
import { expect, test } from 'vitest'
import { FailedPreconditionError, InvalidArgumentError, NotFoundError } from '../../src/util/errors'
import { MISSING, type Place, counting, desk, expectRefusal } from './place'

/** A part of fileSystemContract. */
export function renamingTests(make: () => Promise<Place>): void {
  const { fs, at, put, get } = desk(make)

  test('rename() gives a file another name, also in another directory', async () => {
    await put('f', counting(7))
    await fs().mkdir(at('d'))
    await fs().rename(at('f'), at('d/g'))
    expect(await get('d/g')).toEqual([...counting(7)])
    expect(await fs().exists(at('f'))).toBe(false)
  })

  test('rename() replaces a file that has the name', async () => {
    await put('f', counting(7))
    await put('g', counting(100, 3))
    await fs().rename(at('f'), at('g'))
    expect(await get('g')).toEqual([...counting(7)])
    expect(await fs().list(at(''))).toEqual(['g'])
  })

  test('rename() to the same name changes nothing', async () => {
    await put('f', counting(7))
    await fs().rename(at('f'), at('./f'))
    expect(await get('f')).toEqual([...counting(7)])
  })

  test('rename() of what is missing, or to where nothing can be, throws and changes nothing', async () => {
    await put('f', counting(7))
    await put('d/g')
    await expectRefusal(fs().rename(at('no'), at('f')), NotFoundError, at('no'), MISSING)
    await expectRefusal(fs().rename(at('no/x'), at('f')), NotFoundError, at('no/x'), MISSING)
    await expectRefusal(fs().rename(at('f'), at('no/x')), NotFoundError, at('f'), MISSING)
    await expectRefusal(fs().rename(at('f'), ''), NotFoundError, at('f'), MISSING)
    await expectRefusal(fs().rename(at('d/g'), at('f/x')), FailedPreconditionError, at('d/g'), 'Not a directory')
    await expectRefusal(fs().rename(at('f/x'), at('h')), FailedPreconditionError, at('f/x'), 'Not a directory')
    await expectRefusal(fs().rename(at('f'), at('d')), FailedPreconditionError, at('f'), 'Is a directory')
    expect(await get('f')).toEqual([...counting(7)])
    expect((await fs().list(at(''))).toSorted()).toEqual(['d', 'f'])
  })

  test('rename() moves a directory with all that is in it', async () => {
    await put('d/f', counting(7))
    await put('d/e/g', counting(8))
    await put('df')
    await fs().mkdir(at('d/empty'))
    await fs().rename(at('d'), at('d2'))
    expect(await get('d2/f')).toEqual([...counting(7)])
    expect(await get('d2/e/g')).toEqual([...counting(8)])
    expect(await fs().isDirectory(at('d2/empty'))).toBe(true)
    expect((await fs().list(at(''))).toSorted()).toEqual(['d2', 'df'])
  })

  test('rename() of a directory replaces an empty one and nothing else', async () => {
    await put('d/f', counting(7))
    await put('full/x')
    await fs().mkdir(at('empty'))
    await expectRefusal(fs().rename(at('d'), at('full')), FailedPreconditionError, at('d'), 'Directory not empty')
    await expectRefusal(fs().rename(at('d'), at('full/x')), FailedPreconditionError, at('d'), 'Not a directory')
    await expectRefusal(fs().rename(at('d'), at('d/e')), InvalidArgumentError, at('d'), 'Invalid argument')
    await fs().rename(at('d'), at('empty'))
    expect(await get('empty/f')).toEqual([...counting(7)])
  })

  test('remove() takes the file away, and leaves its directory', async () => {
    await put('d/f')
    await fs().remove(at('d/f'))
    expect(await fs().exists(at('d/f'))).toBe(false)
    expect(await fs().list(at('d'))).toEqual([])
    expect(await fs().isDirectory(at('d'))).toBe(true)
  })

  test('remove() of what is missing or a directory throws', async () => {
    await put('d/f')
    await expectRefusal(fs().remove(at('no')), NotFoundError, at('no'), MISSING)
    await expectRefusal(fs().remove(at('no/no')), NotFoundError, at('no/no'), MISSING)
    await expectRefusal(fs().remove(''), NotFoundError, '', MISSING)
    await expectRefusal(fs().remove(at('d/f/x')), FailedPreconditionError, at('d/f/x'), 'Not a directory')
    await expectRefusal(fs().remove(at('d')), FailedPreconditionError, at('d'), 'Is a directory')
    expect(await get('d/f')).toEqual([...counting(5)])
  })
}
