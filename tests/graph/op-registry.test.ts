/** The registry against TensorFlow's own: every op, byte for byte. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { allOpNames, findOp } from '../../src/graph/op-registry'
import {
  GRAPH_DEF_VERSION,
  GRAPH_DEF_VERSION_MIN_CONSUMER,
  GRAPH_DEF_VERSION_MIN_PRODUCER,
  TENSORFLOW_GIT_VERSION,
  TENSORFLOW_VERSION,
} from '../../src/graph/ops.gen'
import { decodeMessage, encodeMessage, type OpDef, tensorflow } from '../../src/proto/messages'

const golden = gunzipSync(readFileSync(new URL('../golden/ops/op-list.pb.gz', import.meta.url)))
const theirs = decodeMessage(tensorflow.OpList, golden, 'OpList').op

function ours(name: string): OpDef {
  const op = findOp(name)
  if (op === undefined) throw new Error(`no op ${name}`)
  return op
}

describe('findOp()', () => {
  test('knows the ops that TensorFlow knows, in its order', () => {
    expect(allOpNames()).toEqual(theirs.map((op) => op.name))
  })

  test('gives every op as TensorFlow writes it, byte for byte', () => {
    const op = allOpNames().map(ours)
    const bytes = encodeMessage(tensorflow.OpList, new tensorflow.OpList({ op }), 'OpList')
    const differing = theirs.filter((their, i) => {
      const [a, b] = [their, op[i] ?? {}].map((one) => encodeMessage(tensorflow.OpDef, one, 'OpDef'))
      return Buffer.compare(a ?? bytes, b ?? bytes) !== 0
    })
    expect(differing.map((their) => their.name)).toEqual([])
    expect(Buffer.compare(bytes, golden)).toBe(0)
  })

  test('decodes an op once', () => {
    expect(findOp('MatMul')).toBe(findOp('MatMul'))
  })

  test.each(['', 'NoSuchOp', 'matmul', 'MatMu', 'Add(', '\n', '__proto__', 'constructor', 'x:T'])(
    'does not know %j',
    (name) => {
      expect(findOp(name)).toBeUndefined()
    },
  )
})

test('the versions are those of the release that the registry was made of', () => {
  expect([TENSORFLOW_VERSION, TENSORFLOW_GIT_VERSION]).toEqual(['2.21.0', 'v2.21.0-rc1-5-ga481b10260d'])
  expect([GRAPH_DEF_VERSION, GRAPH_DEF_VERSION_MIN_CONSUMER, GRAPH_DEF_VERSION_MIN_PRODUCER]).toEqual([2474, 0, 0])
})
