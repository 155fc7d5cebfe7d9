/**
 * Where the suites for file systems work, and what they do there most. Every path is below the root of the place.
 */
import { afterEach, beforeEach, expect } from 'vitest'
import type { FileSystem, ReadableFileSystem } from '../../src/fs/file-system'
import type { OpError } from '../../src/util/errors'
import { dirname, join } from '../../src/util/path'

/** A file system with nothing below `root`, an empty directory ('' is one, too). */
export interface Place<F extends ReadableFileSystem = FileSystem> {
  readonly fs: F
  readonly root: string
  cleanUp(): Promise<void>
}

/** Files by their path below the root. */
export type Files = ReadonlyMap<string, Uint8Array<ArrayBuffer>>

/** 0, 1, 2, … 250, 0, …: no two places less than 251 bytes apart hold the same. */
export function counting(length: number, from = 0): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length }, (_, i) => (from + i) % 251)
}

/** The error that a promise is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<OpError> {
  return promise.then(
    (value) => Promise.reject(new Error(`expected a rejection, got ${String(value)}`)),
    (error: unknown) => error as OpError,
  )
}

type OpErrorClass = new (message: string) => OpError

/** Expects "<path>; <text>", with the path as it was given, and `path` set to it. What helps may follow the text. */
export async function expectRefusal(
  promise: Promise<unknown>,
  Class: OpErrorClass,
  path: string,
  text: string,
): Promise<void> {
  const error = await rejection(promise)
  expect(error).toBeInstanceOf(Class)
  expect(error.message.slice(0, `${path}; ${text}`.length)).toBe(`${path}; ${text}`)
  expect(error.path).toBe(path)
}

/** What systems say of a file that is not there. */
export const MISSING = 'No such file or directory'
/** Names that are easily taken for something else. */
export const ODD_NAMES = ['a b', 'é中😀', 'a[1]', 'a*', '?', 'a#b', 'a%20b', '.hidden', '...', "it's", 'a.index', 'm-1']

/** Writes a file below the root, and the directories around it. */
export async function putIn(place: Place, path: string, bytes: Uint8Array): Promise<void> {
  const parts = dirname(path).split('/')
  for (let i = 1; i <= parts.length && parts[0] !== ''; i++) {
    await place.fs.mkdir(join(place.root, parts.slice(0, i).join('/')))
  }
  const file = await place.fs.create(join(place.root, path))
  await file.append(bytes)
  await file.close()
}

/** What tests do most, in the place of the test that runs. */
export interface Desk {
  fs(): FileSystem
  at(path: string): string
  put(path: string, bytes?: Uint8Array): Promise<void>
  get(path: string): Promise<number[]>
}

/** A place before each test, and what tests do there most. */
export function desk(make: () => Promise<Place>): Desk {
  let current: Place | undefined
  beforeEach(async () => {
    current = await make()
  })
  afterEach(async () => {
    await current?.cleanUp()
  })
  const place = (): Place => current ?? expect.unreachable('no place')
  return {
    fs: () => place().fs,
    at: (path) => join(place().root, path),
    put: (path, bytes = counting(5)) => putIn(place(), path, bytes),
    get: async (path) => {
      const file = await place().fs.open(join(place().root, path))
      const bytes = [...(await file.read(0, file.size))]
      await file.close()
      return bytes
    },
  }
}
