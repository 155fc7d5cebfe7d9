/**
 * tests/golden/formats: weight files that numpy, pickle and safetensors wrote, and what is in them.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { DType } from '../../src/tensor/dtype'
import { zeros } from '../../src/tensor/convert'
import { type NDArray, ndarray, type Shape } from '../../src/tensor/ndarray'

/** A tensor as the golden has it. */
interface GoldenTensor {
  readonly name: string
  readonly dtype: DType
  readonly shape: Shape
  readonly hex?: string
  readonly strings?: readonly string[]
}

/** A file, and what it holds or the words that its error has. */
export interface GoldenWeights {
  readonly name: string
  readonly bytes: Uint8Array
  readonly tensors: Map<string, NDArray>
  readonly refusal: string | undefined
}

export const FORMATS_DIR = fileURLToPath(new URL('../golden/formats', import.meta.url))

/** The bytes of one of the goldens' files. */
export function goldenWeightFile(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(`${FORMATS_DIR}/${name}`))
}

const expected = readJson('expected.json') as Record<string, readonly GoldenTensor[]>
const small = readJson('files.json') as [name: string, base64: string, said: readonly GoldenTensor[] | string][]

/** All of them. */
export const GOLDEN_WEIGHTS: readonly GoldenWeights[] = [
  ...small.map(([name, base64, said]) => ({
    name,
    bytes: new Uint8Array(Buffer.from(base64, 'base64')),
    tensors: tensorsOf(typeof said === 'string' ? [] : said),
    refusal: typeof said === 'string' ? said : undefined,
  })),
  ...Object.entries(expected).map(([name, said]) => ({
    name,
    bytes: goldenWeightFile(name),
    tensors: tensorsOf(said),
    refusal: undefined,
  })),
]

/** The one of a name. */
export function goldenWeights(name: string): GoldenWeights {
  const found = GOLDEN_WEIGHTS.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no golden ${name}`)
  return found
}

/** Headers, what they hold, and the names that safetensors' own package reads; null where it refuses the file. */
export const SAFETENSORS_HEADERS = readJson('headers.json') as [what: string, base64: string, names: string[] | null][]

/** SHA-256 of pickles of framed_arrays() in make_formats_golden.py, by protocol. */
export const PICKLE_DIGESTS = readJson('digests.json') as Readonly<Record<string, string>>

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(`${FORMATS_DIR}/${name}`, 'utf8'))
}

function tensorsOf(tensors: readonly GoldenTensor[]): Map<string, NDArray> {
  return new Map(tensors.map((tensor) => [tensor.name, valueOf(tensor)]))
}

function valueOf({ dtype, shape, hex = '', strings }: GoldenTensor): NDArray {
  if (strings !== undefined) {
    return ndarray(
      'string',
      shape,
      strings.map((text) => new Uint8Array(Buffer.from(text, 'hex'))),
    )
  }
  const { Numbers, bytes } = {
    Numbers: zeros([0], dtype).data.constructor,
    bytes: Uint8Array.from(Buffer.from(hex, 'hex')),
  }
  return ndarray(dtype, shape, new (Numbers as Uint8ArrayConstructor)(bytes.buffer) as never)
}
