import { describe, expect, test } from 'vitest'
import { encodeNpz, readNpz, writeNpz } from '../../src/formats'
import { MemoryFileSystem } from '../../src/fs/memory'
import { ZipWriter } from '../../src/formats/zip-writer'
import { encodeNpy } from '../../src/formats'
import { array, toNested } from '../../src/tensor/convert'
import { type NDArray, ndarray } from '../../src/tensor/ndarray'
import { concatBytes } from '../../src/util/bytes'
import { DataLossError, InvalidArgumentError, ResourceExhaustedError, UnimplementedError } from '../../src/util/errors'
import { FaultFileSystem } from '../helpers/fault-fs'
import { virtualFile, virtualFileSystem } from '../hostile/virtual-file'
import { goldenWeightFile, goldenWeights } from './golden'
import { errorOf, expectSame } from './read'

const PLACE = { format: 'an npz' }

/** An archive of files that need not be npy files. */
async function zip(
  files: readonly (readonly [name: string, contents: Uint8Array])[],
  compress = false,
  start = 0,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  const sink = {
    size: start,
    append: async (bytes: Uint8Array): Promise<void> => {
      pieces.push(bytes)
      sink.size += bytes.length
    },
  }
  const writer = new ZipWriter(sink)
  for (const [name, contents] of files) await writer.add(name, [contents], compress, PLACE)
  await writer.finish()
  return concatBytes(pieces)
}

/** The bytes with others in place of some. */
function patched(bytes: Uint8Array, at: number, ...others: readonly number[]): Uint8Array {
  const copy = bytes.slice()
  copy.set(others, at < 0 ? bytes.length + at : at)
  return copy
}

/** Where the first central header is. */
function centralOf(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 6, true)
}

const ONE = encodeNpy(array([1, 2]))
const one = await zip([['w.npy', ONE]])
const packed = await zip([['w.npy', encodeNpy(array(Array.from({ length: 50_000 }, () => 0)))]], true)

describe('readNpz()', () => {
  test('takes names with and without .npy, as numpy does, and leaves out directories', async () => {
    const bytes = await zip([
      ['d/', new Uint8Array(0)],
      ['d/a', ONE],
      ['b.npy', ONE],
      ['.npy', ONE],
    ])
    expect([...(await readNpz(bytes)).keys()]).toEqual(['d/a', 'b', ''])
  })

  test('reads names without a flag as code page 437, as Python does', async () => {
    const bytes = await zip([['x.npy', ONE]])
    const changed = patched(patched(bytes, 30, 0x84), centralOf(bytes) + 46, 0x84)
    expect([...(await readNpz(changed)).keys()]).toEqual(['ä'])
  })

  test('reads an archive with a comment behind it', async () => {
    const commented = concatBytes([patched(one, -2, 5), new TextEncoder().encode('PK\x05\x06!')])
    expect([...(await readNpz(commented)).keys()]).toEqual(['w'])
  })

  test('reads sizes behind the contents, since they are in the directory too', async () => {
    const central = centralOf(one)
    const descriptor = Uint8Array.of(0x50, 0x4b, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
    const moved = concatBytes([
      patched(one.subarray(0, central), 6, 8),
      descriptor,
      patched(one.subarray(central), 8, 8),
    ])
    const end = new DataView(moved.buffer)
    end.setUint32(moved.length - 6, central + descriptor.length, true)
    expect(toNested((await readNpz(moved)).get('w') as NDArray)).toEqual([1, 2])
  })

  test('reads an entry that lies beyond 4 GB', async () => {
    const start = 5 * 2 ** 30
    const far = await zip([['w.npy', ONE]], false, start)
    const file = virtualFile('m.npz', start + far.length, [[start, far]])
    const found = await readNpz('m.npz', { fs: virtualFileSystem([['m.npz', file]]) })
    expect(toNested(found.get('w') as NDArray)).toEqual([1, 2])
  })

  test('has as many entries as zip64 allows, whose records have to fit', async () => {
    const nothing = new Uint8Array(0)
    const many = await zip(Array.from({ length: 65_536 }, (_, i): [string, Uint8Array] => [`${i}/`, nothing]))
    // All of them directories, which are read over.
    expect((await readNpz(many)).size).toBe(0)
    await expect(readNpz(patched(many, -22 - 20 + 8, 1))).rejects.toThrow('its zip64 record is not at')
    await expect(readNpz(patched(many, -22 - 20 + 16, 2))).rejects.toThrow('in several parts')
    await expect(readNpz(patched(many, -22 - 20 - 56 + 4, 1))).rejects.toThrow('its zip64 record is not at')
  }, 60_000)

  test('gives large arrays that are not packed without a copy, where they lie aligned', async () => {
    const value = array(Array.from({ length: 30_000 }, (_, i) => i))
    const fs = new MemoryFileSystem()
    await writeNpz('m.npz', [['w', value]], { fs })
    expectSame(await readNpz('m.npz', { fs }), new Map([['w', value]]))
  })

  test('leaves checksums unchecked where it is told to', async () => {
    const damaged = patched(one, one.length - 22 - 51 - 1, 0x41)
    await expect(readNpz(damaged)).rejects.toThrow(/"w": checksum does not match: stored \w{8} vs. calculated \w{8}/)
    expect((await readNpz(damaged, { verifyChecksums: false })).size).toBe(1)
  })

  test('is given up by a signal', async () => {
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(readNpz(one, { signal })).rejects.toThrow('enough')
  })

  test('takes no other thing for a file', async () => {
    await expect(readNpz(5 as never)).rejects.toThrow(InvalidArgumentError)
  })

  const central = centralOf(one)
  test.each<[string, Uint8Array | Promise<Uint8Array>, string, unknown?]>([
    ['nothing', new Uint8Array(0), 'no zip archive, or one that is cut off'],
    ['what is no archive', ONE, 'no zip archive'],
    ['bytes before it', concatBytes([Uint8Array.of(0), one]), 'does not end where it should'],
    ['more entries than there are', patched(one, -14, 2, 0, 2, 0), 'entries do not fit a directory'],
    ['fewer entries', patched(one, -14, 0, 0, 0, 0), 'its directory has more than 0 entries'],
    ['several parts', patched(one, -18, 1), 'in several parts', UnimplementedError],
    ['a damaged directory', patched(one, central, 0), 'its directory is damaged'],
    ['a name that is longer than the directory', patched(one, central + 28, 0xff, 0xff), 'its directory is damaged'],
    ['an encrypted entry', patched(one, central + 8, 1), '"w.npy": it is encrypted', UnimplementedError],
    ['another way of packing', patched(one, central + 10, 14), 'it is packed by method 14', UnimplementedError],
    ['an offset beyond', patched(one, central + 42, 0xff, 0xff, 0xff), 'lie beyond'],
    ['a size beyond', patched(one, central + 20, 0, 0, 0, 0x10, 0, 0, 0, 0x10), 'lie beyond'],
    [
      'sizes in an extra field that is not there',
      patched(one, central + 20, 255, 255, 255, 255),
      'its sizes are missing',
    ],
    ['a stored entry of another size', patched(one, central + 24, 1), 'claim to be'],
    ['another name in front of the contents', patched(one, 30, 0x78), 'no entry of that name at byte 0'],
    ['contents that run into the directory', patched(one, 28, 0xff), 'its bytes are those of another entry too'],
    [
      'a name of no UTF-8',
      patched(patched(one, central + 9, 8), central + 46, 0xff),
      'a name in its directory is no UTF-8',
    ],
    [
      'a name twice',
      zip([
        ['w.npy', ONE],
        ['w', ONE],
      ]),
      '"w": there are two of that name',
    ],
    ['what is no npy', zip([['w.txt', Uint8Array.of(1)]]), 'the file w.txt in it is no npy', UnimplementedError],
    ['a damaged npy', zip([['w.npy', ONE.subarray(0, -1)]]), '"w": [2] of <f4 takes 8 bytes'],
    ['packed bytes that are none', patched(packed, 30 + 5 + 20, 0xff), 'it cannot be unpacked'],
  ])('throws for %s', async (_, bytes, words, kind = DataLossError) => {
    const error = await errorOf(readNpz(await bytes))
    expect(error).toBeInstanceOf(kind)
    expect((error as Error).message).toContain(words)
  })

  test('names path and key', async () => {
    const fs = new MemoryFileSystem([['m.npz', patched(one, central - 1, 0x41) as Uint8Array<ArrayBuffer>]])
    await expect(readNpz('m.npz', { fs })).rejects.toMatchObject({ path: 'm.npz', key: 'w', code: 'DATA_LOSS' })
  })
})

describe('Zip bombs', () => {
  const centralOfPacked = centralOf(packed)
  const withSize = (size: number): Uint8Array => {
    const bytes = packed.slice()
    new DataView(bytes.buffer).setUint32(centralOfPacked + 24, size, true)
    return bytes
  }

  test('an entry that unpacks to more than it claims stops there', async () => {
    await expect(readNpz(withSize(1000))).rejects.toThrow('it unpacks to more than the 1000 bytes that it claims')
  })

  test('an entry that unpacks to less than it claims', async () => {
    await expect(readNpz(withSize(200_129))).rejects.toThrow('it unpacks to 200128 bytes, and claims 200129')
  })

  test('an entry that claims more than anything can unpack to is refused before memory is taken', async () => {
    await expect(readNpz(withSize(0xfffffffe))).rejects.toThrow(/bytes claim to be 4294967294/)
  })

  test('more than maxBytes is refused before anything is unpacked', async () => {
    expect((await readNpz(packed, { maxBytes: 200_128 })).size).toBe(1)
    const error = await errorOf(readNpz(packed, { maxBytes: 200_127 }))
    expect(error).toBeInstanceOf(ResourceExhaustedError)
    expect((error as Error).message).toContain('its 1 arrays claim 200128 bytes, and maxBytes is 200127')
  })

  test('strings count for what they take in memory, where they are packed', async () => {
    const text = encodeNpy(array(Array.from({ length: 10_000 }, () => 'abc')))
    const bomb = await zip([['w.npy', text]], true)
    const error = await errorOf(readNpz(bomb, { maxBytes: 1_000_000 }))
    expect(error).toBeInstanceOf(ResourceExhaustedError)
    expect((error as Error).message).toContain(
      'its strings would take 1280000 bytes more than they have, and maxBytes is 1000000',
    )
    expect(error).toMatchObject({ key: 'w' })
    expect((await readNpz(bomb, { maxBytes: 2_000_000 })).size).toBe(1)
    expect((await readNpz(await zip([['w.npy', text]]), { maxBytes: 1_000_000 })).size).toBe(1)
  })

  test('by default 1 GiB or twenty times the archive is the most', async () => {
    // Two megabytes of zeros in the archive claim to unpack to two gigabytes.
    const head = await zip([['w.npy', ONE]], true)
    const [size, packedSize] = [2 ** 31, 2 ** 21]
    const directory = head.slice(centralOf(head))
    const view = new DataView(directory.buffer)
    view.setUint32(20, packedSize, true)
    view.setUint32(24, size, true)
    view.setUint32(directory.length - 6, packedSize + 100, true)
    const file = virtualFile('m.npz', packedSize + 100 + directory.length, [[packedSize + 100, directory]])
    const error = await errorOf(readNpz('m.npz', { fs: virtualFileSystem([['m.npz', file]]) }))
    expect(error).toBeInstanceOf(ResourceExhaustedError)
    expect(error).toMatchObject({ path: 'm.npz' })
  })

  test('entries that share their bytes are refused', async () => {
    const two = await zip([
      ['a.npy', ONE],
      ['b.npy', ONE],
    ])
    const second = centralOf(two) + 46 + 5
    await expect(readNpz(patched(two, second + 42, 0, 0))).rejects.toThrow('its bytes are those of another entry too')
  })
})

describe('writeNpz()', () => {
  test.each<[string, string, NDArray, string]>([
    ['a name with a NUL', 'a\0b', array(1), 'its name has a NUL'],
    ['half a surrogate pair', '\ud800', array(1), 'its name is no UTF-8'],
    ['a long name', 'x'.repeat(70_000), array(1), 'its name has more than 65535 bytes'],
    ['bfloat16', 'w', ndarray('bfloat16', [1], Uint16Array.of(1)), '"w" into an npz: numpy has no bfloat16: choose'],
  ])('throws InvalidArgumentError for %s, and leaves nothing behind', async (_, name, value, words) => {
    const fs = new MemoryFileSystem([['m.npz', one as Uint8Array<ArrayBuffer>]])
    const error = await errorOf(
      writeNpz(
        'm.npz',
        [
          ['first', array(1)],
          [name, value],
        ],
        { fs },
      ),
    )
    expect(error).toBeInstanceOf(InvalidArgumentError)
    expect((error as Error).message).toContain(words)
    expect(error).toMatchObject({ path: 'm.npz', key: name })
    expect([...fs.files]).toEqual([['m.npz', one]])
  })

  test('throws for a name that comes twice, and for one that is no string', async () => {
    await expect(
      encodeNpz([
        ['a', array(1)],
        ['a', array(2)],
      ]),
    ).rejects.toThrow('there are two of that name')
    await expect(encodeNpz([[1 as never, array(1)]])).rejects.toThrow('a name is no string but number')
  })

  test('passes on what the tensors throw, and leaves nothing behind', async () => {
    const fs = new MemoryFileSystem()
    function* failing(): Generator<[string, NDArray]> {
      yield ['a', array(1)]
      throw new Error('no more')
    }
    await expect(writeNpz('m.npz', failing(), { fs })).rejects.toThrow('no more')
    expect(fs.files.size).toBe(0)
  })

  test('appears whole or not at all, wherever the disk fails', async () => {
    const { tensors } = goldenWeights('every.npz')
    for (let failAt = 0; ; failAt++) {
      const memory = new MemoryFileSystem()
      const fs = new FaultFileSystem(memory, { failAt, mode: 'once' })
      const error = await errorOf(writeNpz('m.npz', tensors, { fs }))
      if (error === undefined) break
      const renamed = fs.events.some((event) => event.startsWith('rename'))
      expect([...memory.files.keys()]).toEqual(renamed ? ['m.npz'] : [])
    }
  })

  test('packs, as choice has it', async () => {
    const tensors = new Map([['w', ndarray('float32', [10_000], new Float32Array(10_000))]])
    expect((await encodeNpz(tensors, { compress: true })).length).toBeLessThan(1000)
    expect((await encodeNpz(tensors)).length).toBeGreaterThan(40_000)
    expectSame(await readNpz(goldenWeightFile('packed.npz')), goldenWeights('packed.npz').tensors)
  })

  test('makes bfloat16 what is chosen', async () => {
    const tensors = new Map([['w', ndarray('bfloat16', [1], Uint16Array.of(0x3fc0))]])
    const found = await readNpz(await encodeNpz(tensors, { bfloat16: 'float32' }))
    expect(found.get('w')).toEqual(array([1.5]))
  })
})
