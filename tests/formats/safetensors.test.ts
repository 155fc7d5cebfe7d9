import { describe, expect, test } from 'vitest'
import { encodeSafetensors, readSafetensors, readSafetensorsHeader, writeSafetensors } from '../../src/formats'
import { parseJson } from '../../src/formats/json'
import { safetensorsName } from '../../src/formats/safetensors-header'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array, toNested } from '../../src/tensor/convert'
import { DTYPES } from '../../src/tensor/dtype'
import { type NDArray, ndarray } from '../../src/tensor/ndarray'
import { concatBytes } from '../../src/util/bytes'
import { DataLossError, InvalidArgumentError, NotFoundError, UnimplementedError } from '../../src/util/errors'
import { FaultFileSystem } from '../helpers/fault-fs'
import { newWatch, virtualFile, virtualFileSystem } from '../hostile/virtual-file'
import { fromBytes } from '../tensor/values'
import { goldenWeightFile, goldenWeights, SAFETENSORS_HEADERS } from './golden'
import { errorOf } from './read'

/** A file of this header and so many elements. */
function file(header: string, elements = 0, length = BigInt(Buffer.byteLength(header))): Uint8Array {
  const size = new Uint8Array(BigUint64Array.of(length).buffer)
  return concatBytes([size, new TextEncoder().encode(header), new Uint8Array(elements)])
}

/** A tensor of one float32 at `begin`. */
function f32(begin = 0, end = begin + 4, shape = '[1]'): string {
  return `{"dtype":"F32","shape":${shape},"data_offsets":[${begin},${end}]}`
}

describe("What the format's own package makes of a file, readSafetensors() does too", () => {
  /** Where it is laxer: the last of two equal names wins there, and a tensor may be a list. */
  const STRICTER = new Set(['a name twice', 'a name twice in the metadata', 'a list for a tensor', 'booleans beyond 1'])

  test.each(SAFETENSORS_HEADERS)('%s', async (what, base64, names) => {
    const reading = readSafetensors(new Uint8Array(Buffer.from(base64, 'base64')))
    if (names === null || STRICTER.has(what)) await expect(reading).rejects.toThrow(DataLossError)
    else expect([...(await reading).tensors.keys()].sort()).toEqual(names)
  })
})

describe('readSafetensors()', () => {
  test.each([
    ['fields that nobody knows', '{"a":{"x":[{}],"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', 4],
    ['spaces around the header', ` \n{"a":${f32()}}  `, 4],
    ['metadata of null', `{"__metadata__":null,"a":${f32()}}`, 4],
    ['tensors in another order than their bytes', `{"b":${f32(4)},"a":${f32()}}`, 8],
    ['tensors of no elements between others', `{"b":${f32(4)},"z":${f32(4, 4, '[0]')},"a":${f32()}}`, 8],
    ['elements that are not aligned', `{"u":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":${f32(1)}}`, 5],
    ['an escaped pair of surrogates', `{"\\ud83d\\ude00":${f32()}}`, 4],
    ['no tensors', '{}', 0],
  ])('reads %s', async (_, header, elements) => {
    const { tensors } = await readSafetensors(file(header, elements))
    for (const value of tensors.values()) expect(value.shape.length).toBe(1)
    expect(tensors.size).toBe((header.match(/dtype/g) ?? []).length)
  })

  test('gives tensors in the order of their bytes, and the metadata', async () => {
    const { tensors, metadata } = await readSafetensors(
      file(`{"b":${f32(4)},"a":${f32()},"__metadata__":{"format":"pt","__proto__":"x"}}`, 8),
    )
    expect([...tensors.keys()]).toEqual(['a', 'b'])
    expect([...metadata]).toEqual([
      ['format', 'pt'],
      ['__proto__', 'x'],
    ])
  })

  test('reads neighbours together, and nothing twice', async () => {
    const header = `{${Array.from({ length: 50 }, (_, i) => `"t${i}":${f32(4 * i)}`).join()}}`
    const bytes = file(header, 200)
    const watch = newWatch()
    const place = virtualFile('m', bytes.length, [[0, bytes]], watch)
    expect((await readSafetensors('m', { fs: virtualFileSystem([['m', place]]) })).tensors.size).toBe(50)
    expect([watch.reads, watch.bytes]).toEqual([3, bytes.length])
  })

  test('reads a header alone, of a file of any size', async () => {
    const size = 2 ** 40
    const header = `{"a":{"dtype":"U8","shape":[${size}],"data_offsets":[0,${size}]}}`
    const bytes = file(header)
    const place = virtualFile('m', bytes.length + size, [[0, bytes]])
    const found = await readSafetensorsHeader('m', { fs: virtualFileSystem([['m', place]]) })
    expect(found.tensors.get('a')).toEqual({ dtype: 'uint8', shape: [size], offset: bytes.length, size })
  })

  test('is given up by a signal', async () => {
    await expect(readSafetensors(file('{}'), { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    )
  })

  test.each<[string, Uint8Array, string, unknown?]>([
    ['too few bytes', file('').subarray(0, 7), '7 bytes are no header'],
    [
      'a header of 2^60 bytes',
      file('{}', 0, 2n ** 60n),
      'a header of 1152921504606846976 bytes is announced, and there can be 2',
    ],
    ['a header of 2^64-1 bytes', file('{}', 0, 2n ** 64n - 1n), 'is announced'],
    ['no header', file(''), 'its header is no JSON'],
    ['a list', file('[]'), 'its header is no JSON object'],
    ['no UTF-8', concatBytes([file('', 0, 1n), Uint8Array.of(0xff)]), 'its header is no UTF-8'],
    ['a byte order mark', file(`\ufeff{"a":${f32()}}`, 4), 'its header is no JSON'],
    ['a NUL behind it', file(`{"a":${f32()}}\0`, 4), 'more behind the value'],
    ['a name twice', file(`{"a":${f32()},"a":${f32()}}`, 4), 'the name "a" twice'],
    [
      'a field twice',
      file('{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}', 4),
      'the name "dtype" twice',
    ],
    ['metadata twice', file('{"__metadata__":{},"__metadata__":{}}'), 'twice'],
    ['metadata that is no object', file('{"__metadata__":[]}'), 'its __metadata__ is no object'],
    ['metadata that is no text', file('{"__metadata__":{"a":1}}'), 'its __metadata__ has what is no text'],
    ['half a surrogate pair', file(`{"\\ud800":${f32()}}`, 4), 'half of a surrogate pair'],
    ['a control character', file(`{"a\u0001":${f32()}}`, 4), 'a control character'],
    ['a tensor that is no object', file('{"a":["F32",[1],[0,4]]}', 4), '"a": it is no object'],
    ['no dtype', file('{"a":{"shape":[1],"data_offsets":[0,4]}}', 4), 'it has no dtype'],
    ['no shape', file('{"a":{"dtype":"F32","data_offsets":[0,4]}}', 4), 'its shape is no list of sizes'],
    ['a size of 1.5', file(`{"a":${f32(0, 4, '[1.5]')}}`, 4), 'its shape is no list of sizes'],
    ['a negative size', file(`{"a":${f32(0, 4, '[-1]')}}`, 4), 'its shape is no list of sizes'],
    [
      'one offset',
      file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[4]}}', 4),
      'its data_offsets are no two sizes',
    ],
    [
      'sizes beyond 2^53',
      file(`{"a":${f32(0, 4, '[9007199254740991,9007199254740991]')}}`, 4),
      'has 2^53 elements or more',
    ],
    [
      'elements that do not fit',
      file(`{"a":${f32(0, 5)}}`, 5),
      '[1] of F32 takes 4 bytes, and its offsets are 0 and 5',
    ],
    ['offsets the wrong way round', file('{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}', 4), 'takes 4 bytes'],
    ['overlapping tensors', file(`{"a":${f32()},"b":${f32(2)}}`, 6), '"b": its elements at 117 share bytes'],
    ['the same bytes twice', file(`{"a":${f32()},"b":${f32()}}`, 4), 'share bytes with those of another tensor'],
    ['a hole at the start', file(`{"a":${f32(4)}}`, 8), '"a": its elements at 66 leave a hole before them'],
    ['a hole between', file(`{"a":${f32()},"b":${f32(5)}}`, 9), 'leave a hole'],
    ['bytes at the end', file(`{"a":${f32()}}`, 5), 'its tensors end at byte 66, and the file at 67'],
    ['a file that is cut off', file(`{"a":${f32()}}`, 3), 'its tensors end at byte 66, and the file at 65'],
    [
      'a boolean of 2',
      concatBytes([file('{"a":{"dtype":"BOOL","shape":[1],"data_offsets":[0,1]}}'), Uint8Array.of(2)]),
      'a boolean of 2',
    ],
    ['a deep nesting', file('['.repeat(100_000)), 'more than 128 values within one another'],
    [
      'an unknown dtype',
      file('{"a":{"dtype":"F33","shape":[1],"data_offsets":[0,4]}}', 4),
      '"a": its dtype is F33',
      UnimplementedError,
    ],
    ['F4', file('{"a":{"dtype":"F4","shape":[2],"data_offsets":[0,1]}}', 1), 'its dtype is F4', UnimplementedError],
    [
      'F8_E8M0',
      file('{"a":{"dtype":"F8_E8M0","shape":[1],"data_offsets":[0,1]}}', 1),
      'its dtype is F8_E8M0',
      UnimplementedError,
    ],
  ])('throws for %s', async (_, bytes, words, kind = DataLossError) => {
    const error = await errorOf(readSafetensors(bytes))
    expect(error).toBeInstanceOf(kind)
    expect((error as Error).message).toContain(words)
  })

  test('a header of more than 100 MB, whatever the file has', async () => {
    const head = file('{}', 0, 100_000_001n)
    const place = virtualFile('m', 2 ** 31, [[0, head]])
    const error = await errorOf(readSafetensors('m', { fs: virtualFileSystem([['m', place]]) }))
    expect(error).toBeInstanceOf(DataLossError)
    expect(error).toMatchObject({ path: 'm', offset: 0 })
    expect((error as Error).message).toContain('there can be 100000000')
  })
})

describe('writeSafetensors()', () => {
  test.each(DTYPES.filter(({ name }) => safetensorsName(name) === undefined).map(({ name }) => [name] as const))(
    'throws InvalidArgumentError for %s',
    async (dtype) => {
      const value =
        dtype === 'string'
          ? array('a')
          : dtype === 'variant'
            ? ndarray(dtype, [], [new Uint8Array(0)])
            : fromBytes(dtype, [1], Uint8Array.of(1))
      const error = await errorOf(encodeSafetensors([['w', value]]))
      expect(error).toBeInstanceOf(InvalidArgumentError)
      expect((error as Error).message).toContain(`there is no ${dtype}`)
      expect(error).toMatchObject({ key: 'w' })
    },
  )

  test.each<[string, string, string]>([
    ['the name of the metadata', '__metadata__', 'that is the name of the metadata'],
    ['half a surrogate pair', 'a\udc80', 'its name is no UTF-8'],
  ])('throws InvalidArgumentError for %s', async (_, name, words) => {
    await expect(encodeSafetensors([[name, array(1)]])).rejects.toThrow(words)
  })

  test('throws InvalidArgumentError for metadata that is no text', async () => {
    await expect(encodeSafetensors([], { metadata: { a: 1 as never } })).rejects.toThrow('what is no text: a')
    await expect(encodeSafetensors([], { metadata: [['a', '\ud800']] })).rejects.toThrow('what is no text: a')
  })

  test('sorts by the bytes of the names, and pads to eight bytes', async () => {
    const names = ['\uffff', '😀', 'b', 'B', 'ä', '']
    const bytes = await encodeSafetensors(names.map((name) => [name, array(1)] as const))
    const { tensors } = await readSafetensors(bytes)
    expect([...tensors.keys()]).toEqual(['', 'B', 'b', 'ä', '\uffff', '😀'])
    expect((bytes.length - 24) % 8).toBe(0)
  })

  test('writes a stream and a Map alike, and leaves no temporary file', async () => {
    const { tensors } = goldenWeights('every.safetensors')
    const fs = new MemoryFileSystem()
    await writeSafetensors('map', tensors, { fs })
    await writeSafetensors('stream', tensors.entries(), { fs })
    expect(fs.files.get('map')).toEqual(goldenWeightFile('every.safetensors'))
    expect(fs.files.get('stream')).toEqual(goldenWeightFile('every.safetensors'))
    expect(fs.files.size).toBe(2)
  })

  test('appears whole or not at all, wherever the disk fails', async () => {
    const tensors = [...goldenWeights('every.safetensors').tensors]
    for (let failAt = 0; ; failAt++) {
      const memory = new MemoryFileSystem()
      const fs = new FaultFileSystem(memory, { failAt, mode: 'once' })
      const error = await errorOf(writeSafetensors('m', tensors.values(), { fs }))
      const whole = fs.events.some((event) => event.startsWith('rename'))
      const left = [...memory.files.keys()].filter((name) => name !== 'm')
      // Where deleting it is what fails, the temporary file stays.
      if (!fs.events.some((event) => event.startsWith('remove'))) expect(left.length).toBeLessThanOrEqual(1)
      expect(memory.files.has('m')).toBe(whole)
      if (whole) expect(memory.files.get('m')).toEqual(goldenWeightFile('every.safetensors'))
      if (error === undefined && failAt > 20) break
      if (failAt > 60) break
    }
  })

  test('says where there is no directory', async () => {
    const fs = new MemoryFileSystem()
    await expect(writeSafetensors('d/m', new Map(), { fs })).rejects.toThrow(NotFoundError)
  })

  test('keeps what an iterator uses again', async () => {
    const value = ndarray('float32', [1], new Float32Array(1))
    function* twice(): Generator<[string, NDArray]> {
      for (const name of ['a', 'b']) {
        value.data[0] = name === 'a' ? 1 : 2
        yield [name, value]
      }
    }
    const { tensors } = await readSafetensors(await encodeSafetensors(twice()))
    expect([...tensors.values()].map(toNested)).toEqual([[1], [2]])
  })
})

describe('parseJson()', () => {
  test('throws SyntaxError for more objects and arrays than a header has, of any length', () => {
    expect(() => parseJson(`[${'{},'.repeat(100)}[]]`)).toThrow('too many objects and arrays at character 247')
    expect(() => parseJson(`[${'{},'.repeat(50)}[]]`)).not.toThrow()
    const tensors = Array.from({ length: 20_000 }, (_, i) => `"${i}":{"dtype":"U8","shape":[],"data_offsets":[0,0]}`)
    expect(() => parseJson(`{${tensors.join()}}`)).not.toThrow()
  })

  test('gives Maps', () => {
    expect(parseJson(' {"a" : [1, -2.5e1, true, null, "\\u00e4\\"\\\\"], "__proto__": {}} ')).toEqual(
      new Map<string, unknown>([
        ['a', [1n, -25, true, null, 'ä"\\']],
        ['__proto__', new Map()],
      ]),
    )
    expect(parseJson('[]')).toEqual([])
  })

  test.each([
    '',
    '{',
    '[1',
    '[1,]',
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    '{a:1}',
    '01',
    '1.',
    '+1',
    'nan',
    '"a',
    '"\\x"',
    '1 2',
    "'a'",
    '"\\',
  ])('throws SyntaxError for %s', (text) => expect(() => parseJson(text)).toThrow(SyntaxError))
})
