import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { encodePickle, encodeSafetensors, readPickle, writePickle } from '../../src/formats'
import { MemoryFileSystem } from '../../src/fs/memory'
import { array, toNested, zeros } from '../../src/tensor/convert'
import { type NDArray, ndarray } from '../../src/tensor/ndarray'
import { DataLossError, InvalidArgumentError, UnimplementedError } from '../../src/util/errors'
import { FaultFileSystem } from '../helpers/fault-fs'
import { newWatch, virtualFile, virtualFileSystem } from '../hostile/virtual-file'
import { goldenWeights, PICKLE_DIGESTS } from './golden'
import { errorOf, expectSame } from './read'

/** Operations as text, a character a byte, behind the head of protocol 5. */
function pickle(operations: string): Uint8Array {
  return Uint8Array.from(`\x80\x05${operations}`, (character) => character.charCodeAt(0))
}

const text = (value: string): string => `\x8c${String.fromCharCode(value.length)}${value}`
const global = (module: string, name: string): string => `${text(module)}${text(name)}\x93`
const bytes = (value: string): string => `C${String.fromCharCode(value.length)}${value}`
const DTYPE = `${global('numpy', 'dtype')}${text('f4')}\x89\x88\x87R(K\x03${text('<')}NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb`
const FROMBUFFER = global('numpy._core.numeric', '_frombuffer')
/** One float32 of 0. */
const ARRAY = `${FROMBUFFER}(${bytes('\0\0\0\0')}${DTYPE}K\x01\x85${text('C')}tR`

/** A dict of one array, as it is written by hand. */
const DICT = `}${text('w')}${ARRAY}s.`

describe('readPickle()', () => {
  test('reads what is written by hand', async () => {
    expectSame(await readPickle(pickle(DICT)), new Map([['w', array([0])]]))
  })

  test('gives two names of one array one value', async () => {
    const found = await readPickle(goldenWeights('twice.5.pickle').bytes)
    expect(found.get('a')).toBe(found.get('b'))
  })

  test('gives views of bytes that lie aligned', async () => {
    const source = await encodePickle([['w', array([1, 2, 3])]])
    const at = source.findIndex((_, i) => source[i] === 0x96 && source[i + 1] === 12)
    const shifted = new Uint8Array(source.length + 16)
    const start = (4 - ((at + 9) % 4)) % 4
    shifted.set(source, start)
    const found = await readPickle(shifted.subarray(start, start + source.length))
    const { data } = found.get('w') as NDArray<'float32'>
    expect(data.buffer).toBe(shifted.buffer)
  })

  test('reads large arrays straight from the file, and small things through a window', async () => {
    const large = array(Array.from({ length: 600_000 }, (_, i) => i))
    const values = new Map([
      ...Array.from({ length: 2000 }, (_, i): [string, NDArray] => [`w${i}`, array([i])]),
      ['large', large],
    ])
    const source = await encodePickle(values)
    const watch = newWatch()
    const file = virtualFile('m', source.length, [[0, source]], watch)
    expectSame(await readPickle('m', { fs: virtualFileSystem([['m', file]]) }), values)
    expect(watch.bytes).toBeLessThan(source.length + 2 ** 21)
    expect(watch.reads).toBeLessThan(10)
  })

  test('reads tuples, lists and dicts in every way that there is', async () => {
    const dict = `(${text('w')}${ARRAY}d`
    const listOfOne = `]${text('w')}${ARRAY}\x86a`
    expect((await readPickle(pickle(`(K\x01K\x02t0(K\x01G${'\0'.repeat(8)}1(K\x01l0${dict}.`))).size).toBe(1)
    const twice = `}2${text('v')}${ARRAY}s0${text('w')}${ARRAY}s.`
    expect((await readPickle(pickle(twice))).size).toBe(2)
    expect((await readPickle(pickle(`${global('collections', 'OrderedDict')}${listOfOne}\x85R.`))).size).toBe(1)
  })

  test('is given up by a signal', async () => {
    await expect(readPickle(pickle(DICT), { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
  })

  test.each<[string, string, string, unknown?]>([
    ['nothing', '', 'it is cut off'],
    ['an unknown operation', '\xff.', '0xff is no operation (at byte 2)'],
    ['protocol 6', '\x80\x06.', 'its protocol is 6', UnimplementedError],
    ['nothing on the stack', '.', 'nothing on the stack'],
    ['no mark', 't.', 'no mark'],
    ['a value below a mark', '}(0.', 'nothing on the stack'],
    ['two things at the end', '}}.', 'more than one thing on the stack'],
    ['a mark at the end', '(}.', 'more than one thing on the stack'],
    ['more behind the end', '}..', '1 bytes behind its end'],
    ['an empty place in the memo', 'h\x07.', 'nothing in the memo at 7'],
    ['a huge payload', '\x8e\xff\xff\xff\xff\xff\xff\xff\x7f.', 'bytes are announced and 1 are left'],
    ['a huge text', 'X\xff\xff\xff\xff.', '4294967295 bytes are announced'],
    ['a huge frame', '\x95\xff\xff\xff\xff\xff\xff\xff\x7f.', 'bytes are announced'],
    ['a huge integer', '\x8b\xff\xff\xff\x7f.', '2147483647 bytes are announced and 1 are left'],
    ['an integer beyond 64 bits', `\x8a\x09${'\x7f'.repeat(9)}.`, 'an integer of 9 bytes', UnimplementedError],
    ['a cut integer', 'J\0', 'it is cut off'],
    ['a name that does not end', 'cnumpy', 'a line that does not end'],
    ['a name that is no text', `K\x01${text('x')}\x93.`, 'a name that is none'],
    ['a text of no UTF-8 for a name', `}X\x01\0\0\0\xffNs.`, 'a name in it is text that is no UTF-8'],
    ['a call of a value', '}K\x01\x85R.', 'a dict is called'],
    ['a call of a class', `${global('numpy', 'ndarray')}K\x01\x85R.`, 'the function or class numpy.ndarray is called'],
    ['arguments that are no tuple', `${global('numpy', 'dtype')}NR.`, 'arguments that are no tuple'],
    ['wrong arguments', `${global('numpy', 'dtype')}N\x85R.`, 'wrong arguments for dtype'],
    ['a state for a dict', '}N\x85b.', 'a dict is given a state'],
    ['items for a list', ']K\x01K\x02s.', 'items for a list'],
    ['items for a dict', '}K\x01a.', 'items for a dict'],
    ['a key without a value', `}(${text('w')}u.`, 'items for a dict'],
    [
      'a list of no pairs',
      `${global('collections', 'OrderedDict')}](K\x01e\x85R.`,
      'an OrderedDict of what are no pairs',
    ],
    ['a name twice', `}${text('w')}${ARRAY}s${text('w')}${ARRAY}s.`, '"w": there are two of that name'],
    [
      'an array without contents',
      `}${text('w')}${global('numpy.core.multiarray', '_reconstruct')}(${global('numpy', 'ndarray')}K\0\x85${bytes('b')}tRs.`,
      '"w": an array without contents',
    ],
    [
      'an array of another version',
      `}${text('w')}${global('numpy.core.multiarray', '_reconstruct')}(${global('numpy', 'ndarray')}K\0\x85${bytes('b')}tR(K\x02K\x01\x85${DTYPE}\x89${bytes('\0\0\0\0')}tbs.`,
      'wrong arguments for ndarray.__setstate__',
    ],
    ['a dtype for an array', `}${text('w')}${DTYPE}s.`, '"w": it is a dtype, and no array', UnimplementedError],
    ['a tuple for an array', `}${text('w')})s.`, '"w": it is a tuple, and no array', UnimplementedError],
    [
      'too few elements',
      `}${text('w')}${FROMBUFFER}(${bytes('\0\0\0\0')}${DTYPE}K\x02\x85${text('C')}tRs.`,
      '[2] of <f4 takes 8 bytes, and there are 4',
    ],
    [
      'a negative size',
      `}${text('w')}${FROMBUFFER}(${bytes('\0\0\0\0')}${DTYPE}J\xff\xff\xff\xff\x85${text('C')}tRs.`,
      'wrong arguments for an array',
    ],
    [
      'another order',
      `}${text('w')}${FROMBUFFER}(${bytes('\0\0\0\0')}${DTYPE}K\x01\x85${text('A')}tRs.`,
      'wrong arguments for _frombuffer',
    ],
    [
      'axes twice',
      `}${text('w')}${FROMBUFFER}(${bytes('\0\0\0\0')}${DTYPE}K\x01K\x01\x86${text('K')}K\0K\0\x86tRs.`,
      'wrong arguments for _frombuffer',
    ],
    [
      'contents that are no bytes',
      `}${text('w')}${FROMBUFFER}(K\x01${DTYPE}K\x01\x85${text('C')}tRs.`,
      'contents that are no bytes',
    ],
    [
      'contents beyond Latin-1',
      `${global('_codecs', 'encode')}X\x03\0\0\0\xe2\x82\xac${text('latin1')}\x86R.`,
      'contents that are no bytes',
    ],
    [
      'another encoding',
      `${global('_codecs', 'encode')}${text('a')}${text('zlib')}\x86R.`,
      'wrong arguments for encode',
    ],
    [
      'a dtype of another size',
      `${global('numpy', 'dtype')}${text('S3')}\x89\x88\x87R(K\x03${text('|')}NNNK\x04K\x01K\0tb.`,
      'a dtype |S3 of 4 bytes',
    ],
    [
      'os.system',
      `${global('os', 'system')}${text('touch executed')}\x85R.`,
      'it asks for os.system',
      UnimplementedError,
    ],
    ['posix.system', `cposix\nsystem\n.`, 'it asks for posix.system', UnimplementedError],
    ['builtins.eval', `${global('builtins', 'eval')}.`, 'it asks for builtins.eval', UnimplementedError],
    ["a module's function", `${global('numpy', 'load')}.`, 'it asks for numpy.load', UnimplementedError],
    ['a dotted name', `${global('numpy', 'dtype.__init__')}.`, 'it asks for numpy.dtype.__init__', UnimplementedError],
    ['__proto__', `${global('__proto__', 'constructor')}.`, 'it asks for __proto__.constructor', UnimplementedError],
    ['INST', '(ios\nsystem\n.', 'objects of classes of its own', UnimplementedError],
    ['NEWOBJ', `${global('numpy', 'ndarray')})\x81.`, 'objects of classes of its own', UnimplementedError],
    ['an extension', '\x82\x01.', 'lies outside of the file', UnimplementedError],
    ['a persistent id', 'Px\n.', 'lies outside of the file', UnimplementedError],
  ])('throws for %s', async (_, operations, words, kind = DataLossError) => {
    const error = await errorOf(readPickle(pickle(operations)))
    expect(error).toBeInstanceOf(kind)
    expect((error as Error).message).toContain(words)
  })

  test('names path, key and offset', async () => {
    const fs = new MemoryFileSystem([['m.pickle', pickle(`}${text('w')}Ns.`) as Uint8Array<ArrayBuffer>]])
    await expect(readPickle('m.pickle', { fs })).rejects.toMatchObject({
      path: 'm.pickle',
      key: 'w',
      code: 'UNIMPLEMENTED',
    })
    const cut = new MemoryFileSystem([['m.pickle', pickle('}J') as Uint8Array<ArrayBuffer>]])
    await expect(readPickle('m.pickle', { fs: cut })).rejects.toMatchObject({ path: 'm.pickle', offset: 4 })
  })
})

describe('Pickles that make a lot of little', () => {
  test('arrays of the same bytes over and over', async () => {
    const payload = `B\0\0\x01\0${'\0'.repeat(65_536)}q\x000`
    const dtype = `${DTYPE.replace('f4', 'u1')}q\x010`
    const arrays = Array.from({ length: 20 }, (_, i) => `${text(`w${i}`)}h\x02(h\0h\x01J\0\0\x01\0\x85${text('C')}tRs`)
    const source = `${payload}${dtype}${FROMBUFFER}q\x020}${arrays.join('')}.`
    await expect(readPickle(pickle(source))).rejects.toThrow('its arrays take more bytes than it has')
  })

  test('strings of no bytes, any number of them', async () => {
    const dtype = DTYPE.replace('f4', 'S0').replace('<', '|').replace('J\xff\xff\xff\xffJ', 'K\0J')
    const source = `}${text('w')}${FROMBUFFER}(${bytes('')}${dtype}\x8a\x06\0\0\0\0\0\x01\x85${text('C')}tRs.`
    await expect(readPickle(pickle(source))).rejects.toThrow('which take no bytes')
  })

  test('tuples within tuples, and in each the one before twice', async () => {
    expect(await errorOf(readPickle(pickle(`)${'\x85'.repeat(300_000)}.`)))).toBeInstanceOf(UnimplementedError)
    expect(await errorOf(readPickle(pickle(`)${'q\0h\0\x86'.repeat(10_000)}.`)))).toBeInstanceOf(UnimplementedError)
  })

  test('one list as any number of dicts', async () => {
    const pairs = `](${`${text('k')}N\x86`.repeat(3000)}e`
    const source = `${pairs}q\x010${global('collections', 'OrderedDict')}q\x020${'h\x02h\x01\x85R0'.repeat(20_000)}N.`
    expect(await errorOf(readPickle(pickle(source)))).toBeInstanceOf(UnimplementedError)
  })

  test('one text as bytes any number of times', async () => {
    const long = `X\0\0\x10\0${'a'.repeat(2 ** 20)}`
    const source = `${long}q\x000${global('_codecs', 'encode')}q\x010${text('latin1')}q\x020${'h\x01h\0h\x02\x86R0'.repeat(20_000)}N.`
    expect(await errorOf(readPickle(pickle(source)))).toBeInstanceOf(UnimplementedError)
  })

  test('a list that holds itself', async () => {
    expect(await errorOf(readPickle(pickle(']q\0h\0a.')))).toBeInstanceOf(UnimplementedError)
    expect(await errorOf(readPickle(pickle(`}q\0${text('w')}h\0s.`)))).toBeInstanceOf(UnimplementedError)
  })
})

describe('writePickle()', () => {
  test.each<[string, string, NDArray, string]>([
    [
      'quantized values',
      'w',
      ndarray('qint8', [1], Int8Array.of(1)),
      "numpy has no qint8: write its elements as they are held, ndarray('int8'",
    ],
    ['variants', 'w', ndarray('variant', [], [Uint8Array.of(1)]), 'numpy has no variant'],
    ['strings that end in NUL', 'w', array(['a\0']), "element 0 ends in a NUL, which numpy's strings lose"],
    ['a name that comes again', 'first', array(1), 'there are two of that name'],
  ])('throws InvalidArgumentError for %s, and leaves nothing behind', async (_, name, value, words) => {
    const fs = new MemoryFileSystem([['m', Uint8Array.of(1)]])
    const error = await errorOf(
      writePickle(
        'm',
        [
          ['first', array(1)],
          ['second', array(1)],
          [name, value],
        ],
        { fs },
      ),
    )
    expect(error).toBeInstanceOf(InvalidArgumentError)
    expect((error as Error).message).toContain(words)
    expect(error).toMatchObject({ path: 'm', key: name })
    expect([...fs.files]).toEqual([['m', Uint8Array.of(1)]])
  })

  test('throws InvalidArgumentError for another protocol', async () => {
    await expect(encodePickle([], { protocol: 1 as never })).rejects.toThrow('the protocol is 2, 3, 4 or 5, and not 1')
    await expect(encodePickle([], { protocol: '5' as never })).rejects.toThrow(InvalidArgumentError)
  })

  test('keeps the first value of an iterator that uses its array again', async () => {
    const value = ndarray('float32', [1], new Float32Array(1))
    function* twice(): Generator<[string, NDArray]> {
      for (const name of ['a', 'b']) {
        value.data[0] = name === 'a' ? 1 : 2
        yield [name, value]
      }
    }
    expect([...(await readPickle(await encodePickle(twice()))).values()].map(toNested)).toEqual([[1], [2]])
  })

  test.each([0, 1, 2])('tells who makes the tensors that it has failed: at tensor %i', async (bad) => {
    let ended = 0
    async function* tensors(): AsyncGenerator<[string, NDArray]> {
      try {
        for (let i = 0; i < 4; i++) yield [`w${i}`, i === bad ? ndarray('qint8', [], Int8Array.of(1)) : array(i)]
      } finally {
        ended++
        // What fails here does not hide why.
        if (bad === 1) await Promise.reject(new Error('closing failed'))
      }
    }
    await expect(encodePickle(tensors())).rejects.toThrow('numpy has no qint8')
    expect(ended).toBe(1)
  })

  test('throws InvalidArgumentError for what is no value', async () => {
    const none = (): Iterable<[string, NDArray]> => [['w', undefined as never] as [string, NDArray]].values()
    await expect(encodePickle(none())).rejects.toThrow(InvalidArgumentError)
    await expect(encodeSafetensors(none())).rejects.toThrow(InvalidArgumentError)
  })

  test('writes sizes beyond 2^31 as Python does', async () => {
    const source = await encodePickle([['w', ndarray('float32', [0, 2 ** 31, 300, 70_000], new Float32Array(0))]])
    const shape = Uint8Array.from('(K\0\x8a\x05\0\0\0\x80\0M\x2c\x01J\x70\x11\x01\0t', (character) =>
      character.charCodeAt(0),
    )
    expect(Buffer.from(source).includes(Buffer.from(shape))).toBe(true)
    expect((await readPickle(source)).get('w')?.shape).toEqual([0, 2 ** 31, 300, 70_000])
  })

  test('appears whole or not at all, wherever the disk fails', async () => {
    const { tensors } = goldenWeights('every.5.pickle')
    for (let failAt = 0; ; failAt++) {
      const memory = new MemoryFileSystem()
      const fs = new FaultFileSystem(memory, { failAt, mode: 'once' })
      if ((await errorOf(writePickle('m', tensors, { fs }))) === undefined) break
      const renamed = fs.events.some((event) => event.startsWith('rename'))
      expect([...memory.files.keys()]).toEqual(renamed ? ['m'] : [])
    }
  })

  test.each([2, 3, 4, 5] as const)('ends frames and batches where Python does, in protocol %d', async (protocol) => {
    const values = new Map<string, NDArray>()
    for (let i = 0; i < 3000; i++) values.set(`layer${'x'.repeat(i % 50)}/${i}`, array(i))
    for (const size of [65_535, 65_536, 65_537, 70_000]) values.set(`large/${size}`, zeros([size], 'uint8'))
    const source = await encodePickle(values, { protocol })
    expect(createHash('sha256').update(source).digest('hex')).toBe(PICKLE_DIGESTS[protocol])
    expectSame(await readPickle(source), values)
  })
})
