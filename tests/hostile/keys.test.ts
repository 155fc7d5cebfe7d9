/**
 * Keys as bytes: names that are traps in JavaScript, bytes that are no UTF-8, tables whose keys are out of order.
 */
import { compress } from 'snappyjs'
import { describe, expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { TensorBundleReader } from '../../src/checkpoint/tensor-bundle-reader'
import { TensorBundleWriter } from '../../src/checkpoint/tensor-bundle-writer'
import { MemoryFileSystem } from '../../src/fs/memory'
import { type NDArray } from '../../src/tensor/ndarray'
import { listVariables, loadVariable } from '../../src/train/checkpoint-utils'
import { Saver } from '../../src/train/saver'
import { bytesFromKey, EMPTY_BYTES, keyFromBytes } from '../../src/util/bytes'
import { InvalidArgumentError } from '../../src/util/errors'
import { type Saveable } from '../../src/variables/saveable'
import { bytes, rawBlock, type RawEntry, rawIndex, rawTable } from '../table/table-file'
import { crafted, entryBytes, HEADER, SOME_DATA, written } from './crafted'
import { type Bytes, described, fileSystemOf, INDEX, lookUp, PREFIX, survey } from './survey'

const value = (i: number): NDArray => ({ dtype: 'uint8', shape: [], data: Uint8Array.of(i) })

describe('Keys that are names of every object', () => {
  const KEYS = ['__proto__', 'constructor', 'hasOwnProperty', 'prototype', 'toString', 'valueOf']

  test('are keys like others, and absent where they are absent', async () => {
    const fs = fileSystemOf(await written(KEYS.map((key, i) => [key, value(i)] as const)))
    const right = KEYS.map((key, i) => described(key, value(i)))
    expect((await survey(fs)).values).toEqual(right)
    expect((await lookUp(fs, KEYS)).values).toEqual(right)
    expect((await listVariables(PREFIX, { fs })).map(([key]) => key)).toEqual(KEYS)

    const none = fileSystemOf(await written([['w', value(1)]]))
    const reader = await CheckpointReader.open(PREFIX, { fs: none })
    for (const key of KEYS) {
      expect(reader.hasTensor(key)).toBe(false)
      await expect(reader.getTensor(key)).rejects.toMatchObject({ code: 'NOT_FOUND', key })
      await expect(loadVariable(PREFIX, key, { fs: none })).rejects.toMatchObject({ code: 'NOT_FOUND', key })
    }
    expect(reader.getVariableToShapeMap()).toEqual(new Map([['w', []]]))
    expect(({} as Record<string, unknown>)['w']).toBeUndefined()
  })

  test('are saved and restored by a Saver', async () => {
    const fs = new MemoryFileSystem()
    const restored = new Map<string, NDArray>()
    const saveable = (key: string, i: number): Saveable => ({
      dtype: 'uint8',
      shape: [],
      read: () => value(i),
      assign: (given) => restored.set(key, given),
    })
    const saver = new Saver(new Map(KEYS.map((key, i) => [key, saveable(key, i)])), { fs })
    const report = await saver.restore(await saver.save(PREFIX))
    expect(report).toEqual({ restored: KEYS, missing: [], mismatched: [], unused: [] })
    expect([...restored].map(([key, given]) => described(key, given))).toEqual(
      KEYS.map((key, i) => described(key, value(i))),
    )
  })
})

describe('Keys that are no UTF-8', () => {
  /** In the order of their bytes. */
  const RAW = [
    [0x61, 0x80],
    [0x61, 0xc3],
    [0xc0, 0x80],
    [0xe2, 0x82],
    [0xed, 0xa0, 0x80],
    [0xed, 0xb2, 0x80],
    [0xf0, 0x9f, 0x98, 0x80, 0x80],
    [0xf0, 0x9f, 0x98],
    [0xf4, 0x90, 0x80, 0x80],
    [0xff, 0xfe, 0xff],
  ].map((list) => Uint8Array.from(list))

  test('are read as surrogate escapes and written back as the same bytes', async () => {
    const sorted = [...RAW].sort((a, b) => Buffer.compare(a, b))
    const pair = crafted(sorted.map((key, i) => [key, entryBytes({ offset: 4 * i })] as const))
    const fs = fileSystemOf(pair)
    const reader = await TensorBundleReader.open(PREFIX, { fs })
    const keys: string[] = []
    for await (const key of reader.keys()) keys.push(key)
    expect(keys.map(bytesFromKey)).toEqual(sorted)
    expect(new Set(keys).size).toBe(sorted.length)
    for (const key of keys) expect(key).toMatch(/[\udc80-\udcff]/)
    expect((await survey(fs)).errors).toEqual([])
    expect((await lookUp(fs, keys)).errors).toEqual([])

    const again = new MemoryFileSystem()
    const writer = await TensorBundleWriter.create(PREFIX, { fs: again })
    for (const key of keys) await writer.add(key, await reader.lookup(key))
    await writer.finish()
    const copy = await TensorBundleReader.open(PREFIX, { fs: again })
    const copied: string[] = []
    for await (const key of copy.keys()) copied.push(key)
    expect(copied).toEqual(keys)
  })

  test('are one key where their bytes are, however they are spelt', async () => {
    const spelt = '\udcc3\udca9'
    expect(bytesFromKey(spelt)).toEqual(bytesFromKey('é'))
    const fs = fileSystemOf(await written([[spelt, value(7)]]))
    expect((await survey(fs)).values).toEqual([described('é', value(7))])
    for (const key of [spelt, 'é']) {
      expect(await loadVariable(PREFIX, key, { fs })).toEqual(value(7))
      const reader = await CheckpointReader.open(PREFIX, { fs })
      expect(reader.hasTensor(key)).toBe(true)
      expect(await reader.getTensor(key)).toEqual(value(7))
    }
    await expect(written(['é', spelt].map((key) => [key, value(1)] as const))).rejects.toThrow('Adding duplicate key')
  })

  test.each(['\ud800', 'a\udc7f', '\udd00b', '\udc00', '\ude00\ud83d'])(
    '%j is an InvalidArgumentError for who writes it, and for who asks for it',
    async (key) => {
      await expect(written([[key, value(1)]])).rejects.toThrow(InvalidArgumentError)
      const fs = fileSystemOf(await written([['w', value(1)]]))
      const reader = await TensorBundleReader.open(PREFIX, { fs })
      await expect(reader.lookup(key)).rejects.toThrow(InvalidArgumentError)
      await expect(reader.contains(key)).rejects.toThrow(InvalidArgumentError)
      await expect(loadVariable(PREFIX, key, { fs })).rejects.toThrow(InvalidArgumentError)
      const whole = await CheckpointReader.open(PREFIX, { fs })
      await expect(whole.getTensor(key)).rejects.toThrow(InvalidArgumentError)
      expect(() => whole.hasTensor(key)).toThrow(InvalidArgumentError)
    },
  )
})

test('A key that differs from the one asked for by a zero byte, or by what is cut off, is another key', async () => {
  const keys = ['a', 'a\0', 'a\0\0', 'aa', 'b']
  const fs = fileSystemOf(await written(keys.map((key, i) => [key, value(i)] as const)))
  expect((await lookUp(fs, keys)).values).toEqual(keys.map((key, i) => described(key, value(i))))
  for (const { key, code } of (await lookUp(fs, ['', '\0', 'a\0a', 'A', 'ab', 'b\0', 'c'])).errors) {
    expect([typeof key, code]).toEqual(['string', 'NOT_FOUND'])
  }
})

test('A key of a megabyte is a key', async () => {
  const long = 'k'.repeat(1 << 20)
  const fs = fileSystemOf(
    await written([
      ['a', value(0)],
      [long, value(1)],
      [`${long}~`, value(2)],
    ]),
  )
  expect((await survey(fs)).values.length).toBe(3)
  expect((await lookUp(fs, [long, `${long}~`, 'a'])).errors).toEqual([])
})

describe('A table with right checksums', () => {
  function indexOf(keys: readonly string[]): Bytes {
    const entries: RawEntry[] = [
      [0, EMPTY_BYTES, HEADER],
      ...keys.map((key): RawEntry => [0, bytes(key), entryBytes()]),
    ]
    return rawTable([{ contents: rawBlock(entries) }], ([handle]) =>
      rawIndex(handle === undefined ? [] : [['~', handle]]),
    )
  }

  test.each([
    ['whose keys are out of order', ['b', 'a', 'c']],
    ['that has a key twice', ['a', 'b', 'b', 'c']],
    ['that has the empty key twice', ['', 'a']],
    ['that has the empty key at its end', ['a', '']],
  ])('%s is a DataLossError for who goes through it', async (_, keys) => {
    for (const verifyChecksums of [true, false]) {
      const found = await survey(fileSystemOf({ index: indexOf(keys), data: SOME_DATA }), { verifyChecksums })
      expect(found.values).toEqual([])
      expect(found.errors).toMatchObject([{ code: 'DATA_LOSS', path: INDEX }])
      // Who looks up one key gets it or does not: never another one's.
      const looked = await lookUp(fileSystemOf({ index: indexOf(keys), data: SOME_DATA }), ['a', 'b', 'c'])
      for (const line of looked.values) expect(line).toMatch(/^"[abc]" uint8 \[4\] 4 00010203$/)
      for (const { code } of looked.errors) expect(code).toBe('NOT_FOUND')
    }
  })

  test.each([
    ['claims 4 GB', Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f, 0, 0x61), '7 bytes of snappy claim 4294967295'],
    [
      'claims 64 times itself and a byte',
      Uint8Array.of(0xc1, 0x03, 0, 0x61, 0, 0x61, 0),
      '7 bytes of snappy claim 449',
    ],
    ['claims 64 times itself', Uint8Array.of(0xc0, 0x03, 0, 0x61, 0, 0x61, 0), 'bytes are announced'],
    ['is cut', compress(rawBlock([[0, EMPTY_BYTES, HEADER]])).subarray(0, -1), 'bytes are announced'],
    ['is empty', EMPTY_BYTES, 'a varint is cut off'],
  ])('whose snappy block %s is a DataLossError, before memory is taken for the claim', async (_, claim, text) => {
    const plain = rawBlock([[0, EMPTY_BYTES, HEADER]])
    const block = { contents: claim, type: 1 }
    const ofData = rawTable([block], ([handle]) => rawIndex(handle === undefined ? [] : [['~', handle]]))
    const ofIndex = rawTable([{ contents: plain }], () => block)
    for (const index of [ofData, ofIndex]) {
      for (const verifyChecksums of [true, false]) {
        const found = await survey(fileSystemOf({ index, data: SOME_DATA }), { verifyChecksums })
        expect(found.values).toEqual([])
        expect(found.errors).toMatchObject([{ code: 'DATA_LOSS', path: INDEX }])
        expect(found.errors[0]?.message).toContain(text)
        expect(found.errors[0]?.offset).toBeDefined()
      }
    }
  })

  test('of snappy blocks is read', async () => {
    const contents = rawBlock([
      [0, EMPTY_BYTES, HEADER],
      [0, bytes('w'), entryBytes()],
    ])
    const block = { contents: compress(contents), type: 1 }
    const index = rawTable([block], ([handle]) => rawIndex(handle === undefined ? [] : [['~', handle]]))
    expect((await survey(fileSystemOf({ index, data: SOME_DATA }))).values).toEqual(['"w" uint8 [4] 4 00010203'])
  })
})

test('keyFromBytes() of every two bytes is a key of its own that gives them back', () => {
  const seen = new Set<string>()
  for (let i = 0; i < 65536; i++) {
    const raw = Uint8Array.of(i >> 8, i)
    const key = keyFromBytes(raw)
    const back = bytesFromKey(key)
    if (back[0] !== raw[0] || back[1] !== raw[1] || back.length !== 2) expect(back).toEqual(raw)
    seen.add(key)
  }
  expect(seen.size).toBe(65536)
})
