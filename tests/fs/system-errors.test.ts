import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkRange, systemError, systemErrorCodes } from '../../src/fs/system-errors'
import { OutOfRangeError, UnknownError } from '../../src/util/errors'

const golden = JSON.parse(readFileSync(new URL('../golden/errno.json', import.meta.url), 'utf8')) as Record<
  string,
  readonly [code: string, text: string]
>

/** Codes of TensorFlow's that have no class here, and what stands for them. */
const INSTEAD: Readonly<Record<string, string>> = { DEADLINE_EXCEEDED: 'UNAVAILABLE', CANCELLED: 'ABORTED' }

describe('systemError()', () => {
  test('has the class and the text that TensorFlow has', () => {
    const codes = systemErrorCodes()
    expect(codes.length).toBeGreaterThan(30)
    const ours = codes.map((code) => [code, systemError(code, 'p').code, systemError(code, 'p').message])
    const theirs = codes.map((code) => {
      const [name, text] = golden[code] ?? ['', '']
      return [code, INSTEAD[name] ?? name, `p; ${text}`]
    })
    expect(ours).toEqual(theirs)
  })

  test('carries the path and the cause', () => {
    const cause = new Error('ENOENT: no such file')
    const error = systemError('ENOENT', 'a/b', cause)
    expect(error.path).toBe('a/b')
    expect(error.cause).toBe(cause)
  })

  test('is an UnknownError with the text of the cause for a code that has none', () => {
    const error = systemError('EWEIRD', 'p', new Error('EWEIRD: something else'))
    expect(error).toBeInstanceOf(UnknownError)
    expect(error.message).toBe('p; EWEIRD: something else')
    expect(systemError('EWEIRD', 'p').message).toBe('p; EWEIRD')
  })
})

describe('checkRange()', () => {
  test('counts the bytes that are missing', () => {
    const error = (offset: number, length: number): unknown => {
      try {
        return checkRange('p', 100, offset, length)
      } catch (caught) {
        return caught
      }
    }
    expect(error(0, 100)).toBeUndefined()
    expect(error(100, 0)).toBeUndefined()
    expect(error(101, 0)).toBeUndefined()
    expect(error(90, 12)).toEqual(
      new OutOfRangeError('Read less bytes than requested: 2 of the 12 bytes at 90 of p are missing', {
        path: 'p',
        offset: 90,
      }),
    )
    expect(error(500, 12)).toMatchObject({ message: expect.stringContaining('12 of the 12 bytes at 500') })
    expect(error(2 ** 53 - 1, 2 ** 53 - 1)).toBeInstanceOf(OutOfRangeError)
  })
})
