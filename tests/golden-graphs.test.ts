/**
 * The golden graphs, through the messages alone: what TensorFlow wrote is decoded and encoded, parsed and printed, byte
 * for byte. tests/golden-graphs-import.test.ts imports them.
 */
import { describe, expect, test } from 'vitest'
import { copyMessage } from '../src/proto/message-copy'
import { parseMessage, printMessage } from '../src/proto/message-text'
import { decodeMessage, encodeMessage, tensorflow, type GraphDef, type MetaGraphDef } from '../src/proto/messages'
import { hex } from './helpers/bundle'
import { goldenFile } from './oracle/golden'
import { goldenGraphs, graphsWith, type GraphPart } from './oracle/golden-graphs'

const META: readonly GraphPart[] = ['meta', 'metaAgain', 'metaScoped', 'metaStripped', 'metaCleared']
const GRAPH: readonly GraphPart[] = ['pb', 'imported', 'prefixed', 'shapes', 'prefixedShapes']

/** Each file once: [file, full name of its message]. */
const BINARY = messages(META, 'tensorflow.MetaGraphDef', GRAPH, 'tensorflow.GraphDef')
const TEXT = messages(['metaText'], 'tensorflow.MetaGraphDef', ['pbtxt'], 'tensorflow.GraphDef')

function messages(metas: readonly GraphPart[], meta: string, graphs: readonly GraphPart[], graph: string): string[][] {
  const of = (parts: readonly GraphPart[], name: string): [string, string][] =>
    parts.flatMap((part) => graphsWith(part).map(([, file]): [string, string] => [file, name]))
  return [...new Map([...of(metas, meta), ...of(graphs, graph)])]
}

function decode(bytes: Uint8Array, name: string): GraphDef | MetaGraphDef {
  if (name === 'tensorflow.GraphDef') return decodeMessage(tensorflow.GraphDef, bytes, 'GraphDef')
  return decodeMessage(tensorflow.MetaGraphDef, bytes, 'MetaGraphDef')
}

function encode(message: object, name: string): Uint8Array {
  if (name === 'tensorflow.GraphDef') return encodeMessage(tensorflow.GraphDef, message, 'GraphDef')
  return encodeMessage(tensorflow.MetaGraphDef, message, 'MetaGraphDef')
}

/** Large files compare as text: a difference then prints in reasonable time. */
function expectSame(bytes: Uint8Array, expected: Uint8Array): void {
  expect(bytes.length).toBe(expected.length)
  expect(hex(bytes) === hex(expected)).toBe(true)
}

describe.each(BINARY)('%s', (file, name) => {
  const bytes = goldenFile(file as string)

  test('is decoded and encoded again byte for byte', () => {
    expectSame(encode(decode(bytes, name as string), name as string), bytes)
  })

  test('is the same bytes after a walk through text', () => {
    const text = printMessage(name as string, decode(bytes, name as string))
    expectSame(encode(parseMessage<object>(name as string, text), name as string), bytes)
  })

  test('is the same bytes from a copy', () => {
    expectSame(encode(copyMessage<object>(name as string, decode(bytes, name as string)), name as string), bytes)
  })
})

describe.each(TEXT)('%s', (file, name) => {
  const text = new TextDecoder().decode(goldenFile(file as string))

  test('is parsed and printed again byte for byte', () => {
    expect(printMessage(name as string, parseMessage<object>(name as string, text)) === text).toBe(true)
  })
})

describe('The golden graphs', () => {
  test.each(goldenGraphs())('say the same of %s as text and in binary', (golden, parts) => {
    const pairs = [
      [parts.meta, parts.metaText, 'tensorflow.MetaGraphDef'],
      [parts.pb, parts.pbtxt, 'tensorflow.GraphDef'],
    ] as const
    for (const [binary, text, name] of pairs) {
      if (typeof binary !== 'string' || typeof text !== 'string') continue
      const expected = new TextDecoder().decode(goldenFile(`graphs/${golden}/${text}`))
      const bytes = goldenFile(`graphs/${golden}/${binary}`)
      expect(printMessage(name, decode(bytes, name)) === expected).toBe(true)
      expectSame(encode(parseMessage<object>(name, expected), name), bytes)
    }
  })

  test('hold what they are made for', () => {
    const ops = (file: string): string[] => {
      const { graphDef } = decode(goldenFile(`graphs/${file}`), 'tensorflow.MetaGraphDef') as MetaGraphDef
      return (graphDef?.node ?? []).map((node) => node.op)
    }
    expect(ops('cond_v1/graph.meta')).toEqual(expect.arrayContaining(['Switch', 'Merge']))
    expect(ops('while_v1/graph.meta')).toEqual(expect.arrayContaining(['Enter', 'Exit', 'NextIteration', 'LoopCond']))
    expect(ops('lstm/graph.meta')).toEqual(expect.arrayContaining(['TensorArrayV3', 'TensorArrayWriteV3', 'Enter']))
    expect(ops('defuns/graph.meta')).toEqual(expect.arrayContaining(['MySquare', 'SymbolicGradient']))
    expect(ops('tf_functions/graph.meta')).toEqual(expect.arrayContaining(['PartitionedCall', 'VarHandleOp']))
    expect(ops('functional_control_flow/graph.meta')).toEqual(expect.arrayContaining(['StatelessIf', 'StatelessWhile']))
    expect(ops('queues/graph.meta')).toEqual(expect.arrayContaining(['FIFOQueueV2', 'QueueDequeueManyV2']))
    expect(ops('strings_and_tables/graph.meta')).toEqual(expect.arrayContaining(['StringJoin', 'HashTableV2']))
    expect(ops('custom_op/graph.meta')).toContain('MyCustomOp')
    expect(ops('convnet/graph.meta')).toEqual(expect.arrayContaining(['Conv2DBackpropFilter', 'ApplyAdam']))
    expect(ops('sharded_saver/graph.meta')).toEqual(expect.arrayContaining(['ShardedFilename', 'MergeV2Checkpoints']))
  })

  test('are small enough to be committed', () => {
    const files = new Set([...BINARY, ...TEXT].map(([file]) => file as string))
    const sizes = [...files].map((file) => goldenFile(file).length)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2_000_000)
  })
})
