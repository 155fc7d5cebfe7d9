import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { basename, dirname, isAbsolute, join, normpath, relpath } from '../../src/util/path'

interface PathGolden {
  readonly paths: readonly (readonly [string, boolean, string, string, string])[]
  readonly join: readonly (readonly [string, string, string])[]
  readonly relpath: readonly (readonly [string, string, string | null])[]
}

const golden = JSON.parse(readFileSync(new URL('../golden/path.json', import.meta.url), 'utf8')) as PathGolden

describe("paths are Python's posixpath", () => {
  test('isAbsolute(), dirname(), basename() and normpath()', () => {
    const ours = golden.paths.map(([path]) => [path, isAbsolute(path), dirname(path), basename(path), normpath(path)])
    expect(ours).toEqual(golden.paths)
  })

  test('join()', () => {
    expect(golden.join.map(([a, b]) => [a, b, join(a, b)])).toEqual(golden.join)
  })

  test('relpath(), where the working directory does not matter', () => {
    const clear = golden.relpath.filter(([, , expected]) => expected !== null)
    expect(clear.length).toBeGreaterThan(300)
    expect(clear.map(([path, start]) => [path, start, relpath(path, start)])).toEqual(clear)
  })

  test('relpath() gives what does not lead back where only the working directory would tell', () => {
    const unclear = golden.relpath.filter(([, , expected]) => expected === null)
    expect(unclear.length).toBeGreaterThan(100)
    for (const [path, start] of unclear) {
      expect(normpath(join(start, relpath(path, start))), `${path} from ${start}`).not.toBe(normpath(path))
    }
  })
})
