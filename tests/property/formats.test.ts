/**
 * Random sets of tensors through every weight file and back: names, dtypes, shapes and bits.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  encodeNpy,
  encodeNpz,
  encodePickle,
  encodeSafetensors,
  parseNpy,
  readNpz,
  readPickle,
  readSafetensors,
} from '../../src/formats'
import { safetensorsName } from '../../src/formats/safetensors-header'
import { type DType, DTYPES } from '../../src/tensor/dtype'
import { type NDArray, ndarray } from '../../src/tensor/ndarray'
import { expectSame } from '../formats/read'
import { anyValue } from '../tensor/values'

/** The same cases in every run: what fails, fails again. */
const SETTINGS = { seed: 20_260_722, numRuns: 40 }

const NUMPY = namesOf(({ numpy, kind }) => numpy === 'builtin' && kind !== 'variant')
const PICKLED = namesOf(({ numpy, kind }) => numpy !== 'record' && kind !== 'variant')
const SAFE = namesOf(({ name }) => safetensorsName(name) !== undefined)

function namesOf(keep: (row: (typeof DTYPES)[number]) => boolean): DType[] {
  return DTYPES.filter(keep).map(({ name }) => name)
}

/** A value whose booleans are 0 and 1, and whose strings end in no NUL. */
function soundValue(dtypes: readonly DType[]): fc.Arbitrary<NDArray> {
  return fc
    .constantFrom(...dtypes)
    .chain((dtype) => anyValue(dtype, 4))
    .map((value) => {
      if (value.dtype === 'bool')
        return ndarray(
          'bool',
          value.shape,
          value.data.map((byte) => byte & 1),
        )
      if (value.dtype !== 'string') return value
      return ndarray(
        'string',
        value.shape,
        value.data.map((bytes) => (bytes.at(-1) === 0 ? Uint8Array.of(7) : bytes)),
      )
    })
}

const name = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom('__proto__', 'constructor', 'a.npy', '../x', 'ä/😀', 'C', 'b', 'numpy'),
)

function tensors(dtypes: readonly DType[]): fc.Arbitrary<Map<string, NDArray>> {
  const sound = name.filter((text) => !text.includes('\0') && !text.endsWith('/') && text !== '__metadata__')
  return fc
    .uniqueArray(fc.tuple(sound, soundValue(dtypes)), { selector: ([key]) => key, maxLength: 6 })
    .map((rows) => new Map(rows))
}

test('An npy file holds what was put into it', () => {
  fc.assert(
    fc.property(soundValue(NUMPY), (value) => {
      expectSame(new Map([['', parseNpy(encodeNpy(value))]]), new Map([['', value]]))
    }),
    { ...SETTINGS, numRuns: 150 },
  )
})

test('An npz holds what was put into it, packed or not', async () => {
  await fc.assert(
    fc.asyncProperty(tensors(NUMPY), fc.boolean(), async (values, compress) => {
      expectSame(await readNpz(await encodeNpz(values, { compress })), values)
    }),
    SETTINGS,
  )
})

test('A pickle of any protocol holds what was put into it', async () => {
  await fc.assert(
    fc.asyncProperty(tensors(PICKLED), fc.constantFrom(2, 3, 4, 5), async (values, protocol) => {
      expectSame(await readPickle(await encodePickle(values, { protocol })), values)
    }),
    SETTINGS,
  )
})

test('A safetensors file holds what was put into it, metadata too', async () => {
  const texts = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), { maxKeys: 3 })
  await fc.assert(
    fc.asyncProperty(tensors(SAFE), texts, async (values, metadata) => {
      const found = await readSafetensors(await encodeSafetensors(values, { metadata }))
      expectSame(new Map([...found.tensors].sort()), new Map([...values].sort()))
      expect([...found.metadata]).toEqual(Object.entries(metadata))
    }),
    SETTINGS,
  )
})
