import { describe, expect, test } from 'vitest'
import {
  fixed32Tag,
  lengthTag,
  readMessage,
  skipField,
  varintTag,
  writeBytes,
  writeFixed32,
  writeVarint,
} from '../../src/proto/wire'
import { ByteReader, ByteWriter } from '../../src/util/coding'
import { DataLossError } from '../../src/util/errors'

/** Tags of groups of field 15. */
const [START, END] = [(15 << 3) | 3, (15 << 3) | 4]

/** Reads over the field that `bytes` begin with: what is left. */
function skipped(...bytes: readonly number[]): number[] {
  const reader = new ByteReader(Uint8Array.from(bytes))
  skipField(reader, reader.varint32())
  return [...reader.view(reader.end - reader.position)]
}

function times(count: number, value: number): number[] {
  return Array.from({ length: count }, () => value)
}

function nested(depth: number, start = START, end = END): number[] {
  return [...times(depth, start), ...times(depth, end)]
}

test('tags hold the number of the field and the wire type', () => {
  expect([varintTag(1), lengthTag(3), fixed32Tag(6), varintTag(16)]).toEqual([0x08, 0x1a, 0x35, 0x80])
})

describe('skipField() reads over', () => {
  test.each([
    ['a varint', [varintTag(15), 0xac, 2]],
    ['a varint of 64 bits (a hash, say)', [varintTag(15), ...times(9, 0x80), 1]],
    ['8 bytes', [(15 << 3) | 1, 1, 2, 3, 4, 5, 6, 7, 8]],
    ['bytes', [lengthTag(15), 2, 0xff, 0xff]],
    ['no bytes', [lengthTag(15), 0]],
    ['4 bytes', [fixed32Tag(15), 1, 2, 3, 4]],
    ['an empty group', [START, END]],
    ['a group with fields', [START, varintTag(1), 1, lengthTag(2), 1, END, fixed32Tag(3), 1, 2, 3, 4, END]],
    ['a group in a group of the same number', [START, START, END, varintTag(1), 1, END]],
    ['a hundred groups in one another, as protobuf does', nested(100)],
    ['a field of the largest number', [0xf8, 0xff, 0xff, 0xff, 0x0f, 1]],
  ])('%s', (_, bytes) => {
    expect(skipped(...bytes, 42)).toEqual([42])
  })
})

describe('skipField() throws DataLossError for', () => {
  test.each([
    ['the tag 0', [0, 1], 'a field has the tag 0'],
    ['a field of number 0', [2, 0], 'a field has the tag 2'],
    ['wire type 6', [(15 << 3) | 6], 'a field has the wire type 6'],
    ['wire type 7', [(15 << 3) | 7], 'a field has the wire type 7'],
    ['a varint that never ends', [varintTag(15), ...times(20, 0xff)], 'more than 64 bits'],
    ['a varint that is cut off', [varintTag(15), 0x80], 'a varint is cut off'],
    ['8 bytes that are cut off', [(15 << 3) | 1, 1, 2, 3], '8 bytes are announced and 3 are left'],
    ['4 bytes that are cut off', [fixed32Tag(15), 1], '4 bytes are announced and 1 are left'],
    ['bytes that are cut off', [lengthTag(15), 5, 1], '5 bytes are announced and 1 are left'],
    ['a length of 4 GB', [lengthTag(15), 0xff, 0xff, 0xff, 0xff, 0x0f, 1], '4294967295 bytes are announced'],
    ['a negative length', [lengthTag(15), ...times(9, 0xff), 1], 'a varint32 holds -1'],
    ['a group that never ends', [START, varintTag(1), 1], 'a varint is cut off'],
    ['a group that never began', [END], 'a group of field 15 ends that is not open'],
    ['a group that ends as another', nested(1, START, (14 << 3) | 4), 'a group of field 14 ends that is not open'],
    ['a hundred and one groups in one another', nested(101), 'groups nest deeper than 100'],
    ['ten thousand groups in one another', times(1e4, START), 'groups nest deeper than 100'],
  ])('%s', (_, bytes, message) => {
    expect(() => skipped(...bytes)).toThrow(DataLossError)
    expect(() => skipped(...bytes)).toThrow(message)
  })
})

describe('readMessage()', () => {
  test('gives a reader of the message alone, and goes on behind it', () => {
    const outer = new ByteReader(Uint8Array.of(2, 7, 8, 9), { path: 'm', offset: 100 })
    const inner = readMessage(outer)
    expect([inner.varint64(), inner.fileOffset, inner.varint64(), inner.done]).toEqual([7, 102, 8, true])
    expect(() => inner.varint64()).toThrow(DataLossError)
    expect(outer.varint64()).toBe(9)
  })

  test('throws DataLossError for a message that is longer than what it stands in', () => {
    const outer = new ByteReader(Uint8Array.of(3, 2, 0, 0, 0))
    const inner = readMessage(outer)
    expect(readMessage(inner).end).toBe(4)
    expect(() => readMessage(new ByteReader(Uint8Array.of(1, 2, 3), {}, 1))).toThrow(DataLossError)
    expect(() => readMessage(new ByteReader(Uint8Array.of(3, 3, 0, 0, 0), {}, 1, 4))).toThrow(DataLossError)
  })
})

test('writeVarint() and writeFixed32() leave zeros out, writeBytes() writes also nothing', () => {
  const writer = new ByteWriter()
  writeVarint(writer, 1, 0)
  writeFixed32(writer, 2, 0)
  writeBytes(writer, 3, new Uint8Array(0))
  writeVarint(writer, 1, 300)
  writeFixed32(writer, 6, 0xc382d6ef)
  writeBytes(writer, 16, Uint8Array.of(5))
  expect(Buffer.from(writer.view()).toString('hex')).toBe('1a0008ac0235efd682c382010105')
})
