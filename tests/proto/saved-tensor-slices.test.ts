/**
 * The messages of format V1 beyond what TensorFlow writes: numbers one by one, messages in pieces, and what cannot be.
 * Its own bytes are in golden-v1.test.ts and the cases.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decodeSavedMeta,
  decodeSavedValues,
  encodeSavedMeta,
  encodeSavedSlice,
  type SavedValues,
} from '../../src/proto/saved-tensor-slices'
import { DTYPES, type DTypeInfo } from '../../src/tensor/dtype'
import { savedField } from '../../src/tensor/saved-fields'
import { concatBytes } from '../../src/util/bytes'
import { ByteWriter } from '../../src/util/coding'
import { DataLossError } from '../../src/util/errors'

const PLACE = { path: 'm', key: 'x', offset: 100 }
const NUMERIC = DTYPES.filter((info) => savedField(info) > 0 && info.Array !== undefined)

/** A field with a length. */
function field(number: number, ...pieces: readonly Uint8Array[]): Uint8Array {
  const writer = new ByteWriter()
  const bytes = concatBytes(pieces)
  writer.varint64((number << 3) | 2)
  writer.varint64(bytes.length)
  writer.append(bytes)
  return writer.take()
}

/** A record whose TensorProto is these bytes. */
function record(...proto: readonly Uint8Array[]): Uint8Array {
  return field(2, field(3, ...proto))
}

function bytes(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values)
}

function make({ Array }: DTypeInfo, buffer: ArrayBuffer): SavedValues {
  return new (Array as NonNullable<typeof Array>)(buffer)
}

/** Any bits that elements of a dtype can have. */
function bitsOf({ name, Array }: DTypeInfo): fc.Arbitrary<ArrayBuffer> {
  const size = Array?.BYTES_PER_ELEMENT ?? 1
  const few = fc.uint8Array({ maxLength: 40 * size }).map((all) => all.slice(0, all.length - (all.length % size)))
  return few.map((all) => (name === 'bool' ? all.map((byte) => byte & 1) : all).slice().buffer)
}

function decoded(info: DTypeInfo, message: Uint8Array, count: number): Uint8Array {
  const buffer = new ArrayBuffer(count * (info.Array?.BYTES_PER_ELEMENT ?? 0))
  decodeSavedValues(message, PLACE, savedField(info), make(info, buffer), count)
  return new Uint8Array(buffer)
}

describe.each(NUMERIC.map((info) => [info.name, info] as const))('elements of %s', (_, info) => {
  const number = savedField(info)
  // What is written of uint32 would be signed: no writer of V1 has it.
  const written = NUMERIC.filter((one) => one === info && one.name !== 'uint32')

  test.each(written.map((one) => [one.name]))('%s: what is encoded is decoded, bit for bit', () => {
    fc.assert(
      fc.property(bitsOf(info), (buffer) => {
        const data = make(info, buffer)
        const message = concatBytes(encodeSavedSlice('x', [], number, data))
        expect(decoded(info, message, data.length)).toEqual(new Uint8Array(buffer))
      }),
      { numRuns: 50 },
    )
  })

  test('are read one by one, and in pieces, as well', () => {
    fc.assert(
      fc.property(bitsOf(info), fc.nat(), (buffer, where) => {
        const data = make(info, buffer)
        const singles = singlesOf(info, number, buffer)
        const cut = where % (singles.length + 1)
        const unknown = field(99, bytes(1, 2, 3))
        const message = concatBytes([
          record(...singles.slice(0, cut), unknown),
          unknown,
          record(unknown, ...singles.slice(cut)),
        ])
        expect(decoded(info, message, data.length)).toEqual(new Uint8Array(buffer))
      }),
      { numRuns: 50 },
    )
  })

  test('are an error where they are too few or too many', () => {
    const data = make(info, new ArrayBuffer(3 * (info.Array?.BYTES_PER_ELEMENT ?? 0)))
    const message = concatBytes(encodeSavedSlice('x', [], number, data))
    expect(() => decoded(info, message, 4)).toThrow(errorText('3 values, where there should be 4'))
    expect(() => decoded(info, message, 2)).toThrow(/^Corrupted bytes: more than the 2 values that there should be/)
    expect(() => decoded(info, message, 0)).toThrow(DataLossError)
  })
})

function errorText(what: string): string {
  return `Corrupted bytes: ${what} at byte 100 of m`
}

/** Each number as a field of its own, as an unpacked list has them. */
function singlesOf(info: DTypeInfo, number: number, buffer: ArrayBuffer): Uint8Array[] {
  const { name, Array } = info
  const size = Array?.BYTES_PER_ELEMENT ?? 1
  const isFloat = Array === Float32Array || Array === Float64Array
  if (isFloat) {
    const tag = (number << 3) | (size === 4 ? 5 : 1)
    return splits(new Uint8Array(buffer), size).map((one) => concatBytes([varint(BigInt(tag)), one]))
  }
  const items = [...(make(info, buffer) as unknown as ArrayLike<number | bigint> & Iterable<number | bigint>)]
  const tag = varint(BigInt(number << 3))
  return items.map((item) => {
    // A bool may be any number but 0.
    const value = name === 'bool' && item === 1 ? 1n << 40n : BigInt(item)
    return concatBytes([tag, varint(BigInt.asUintN(64, value))])
  })
}

function splits(all: Uint8Array, size: number): Uint8Array[] {
  return Array.from({ length: all.length / size }, (_, i) => all.subarray(i * size, (i + 1) * size))
}

function varint(value: bigint): Uint8Array {
  const out: number[] = []
  let rest = value
  for (; rest > 127n; rest >>= 7n) out.push(Number(rest & 127n) | 128)
  return bytes(...out, Number(rest))
}

test('strings are views of the record, and count as well', () => {
  const strings = [bytes(1, 2), bytes(), new Uint8Array(300)]
  const message = concatBytes(encodeSavedSlice('x', [undefined], 8, strings))
  const target: Uint8Array[] = []
  decodeSavedValues(message, PLACE, 8, target, 3)
  expect(target).toEqual(strings)
  expect(target[0]?.buffer).toBe(message.buffer)
  for (const count of [2, 4]) expect(() => decodeSavedValues(message, PLACE, 8, [], count)).toThrow(DataLossError)
})

test.each([
  ['a varint that is cut off', record(field(7, bytes(0x80)))],
  ['a varint of eleven bytes', record(field(7, bytes(...new Array<number>(10).fill(0xff), 1)))],
  ['a list that is longer than the message', field(2, field(3, bytes(0x3a, 5, 1)))],
  ['a value beyond the dtype', record(field(7, bytes(0x80, 0x02)))],
  ['a negative value', record(field(7, varint(BigInt.asUintN(64, -1n))))],
  ['values of another field', record(field(10, bytes(1)))],
  ['values of another wire type', record(bytes((7 << 3) | 5, 1, 0, 0, 0))],
  ['a group that never ends', record(bytes(0x3b))],
  ['no data', new Uint8Array(0)],
  ['a meta', field(1, field(3, field(7, bytes(1))))],
])('decodeSavedValues() throws DataLossError for %s', (_, message) => {
  const target = new Uint8Array(1)
  expect(() => decodeSavedValues(message, PLACE, 7, target, 1)).toThrow(DataLossError)
})

test('bytes of floats must come to whole ones', () => {
  const target = new Float32Array(2)
  const message = record(field(5, new Uint8Array(7)))
  expect(() => decodeSavedValues(message, PLACE, 5, target, 2)).toThrow(
    /^Corrupted bytes: 7 bytes of values of 4 bytes/,
  )
})

test('an integer keeps its lower 32 bits, as a protocol buffer does', () => {
  const target = new Int32Array(2)
  decodeSavedValues(record(field(7, varint((5n << 32n) | 7n), varint(0xffffffffn))), PLACE, 7, target, 2)
  expect([...target]).toEqual([7, -1])
})

describe('the list of tensors', () => {
  const version = { producer: 1, minConsumer: 0, badConsumers: [] as number[] }
  const tensor = { name: 'a', shape: [2, 3], unknownRank: false, dtype: 1, slices: [[undefined, [1, 2] as const]] }

  test('what is encoded is decoded', () => {
    const tensors = [tensor, { ...tensor, name: '', shape: [], slices: [[], []] }, { ...tensor, unknownRank: true }]
    expect(decodeSavedMeta(encodeSavedMeta({ tensors, version }))).toEqual({ tensors, version })
  })

  test('comes in pieces, among fields that nobody knows', () => {
    const one = encodeSavedMeta({ tensors: [tensor], version: { ...version, producer: 0 } })
    const unknown = field(7, bytes(1))
    const other = encodeSavedMeta({ tensors: [{ ...tensor, name: 'b' }], version })
    const meta = decodeSavedMeta(concatBytes([unknown, one, field(2, unknown), other]))
    expect(meta?.tensors.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(meta?.version).toEqual(version)
  })

  test('is none in a record, nor in the header of a bundle', () => {
    expect(decodeSavedMeta(record())).toBeUndefined()
    expect(decodeSavedMeta(bytes(0x08, 1, 0x1a, 2, 8, 1))).toBeUndefined()
    expect(decodeSavedMeta(field(1, field(2)))).toEqual({ tensors: [], version: { ...version, producer: 0 } })
  })
})
