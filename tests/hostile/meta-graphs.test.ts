/**
 * Meta graphs that are none, that are damaged, and that lie: a typed error or a graph, and nothing else.
 */
import { describe, expect, test } from 'vitest'
import type { Logger } from '../../src/fs/file-system'
import { MemoryFileSystem } from '../../src/fs/memory'
import { Graph } from '../../src/graph/graph'
import {
  encodeMessage,
  type ICollectionDef,
  type IGraphDef,
  type IMetaGraphDef,
  type INodeDef,
  type IVariableDef,
  tensorflow,
} from '../../src/proto/messages'
import { exportMetaGraph } from '../../src/train/export-meta-graph'
import { importMetaGraph } from '../../src/train/import-meta-graph'
import { KeyError, OpError, OSError, ValueError } from '../../src/util/errors'
import { errorOf } from '../helpers/bundle'
import { graphFile } from '../oracle/golden-graphs'
import { META_GOLDEN, metaBytes } from '../oracle/golden-meta'

const logger: Logger = {}
/** One variable and a constant, as TensorFlow wrote them. */
const SMALL = metaBytes(META_GOLDEN.small)

function meta(def: IMetaGraphDef): Uint8Array {
  return encodeMessage(tensorflow.MetaGraphDef, def, 'MetaGraphDef')
}

async function refused(bytes: Uint8Array | string, path = 'f'): Promise<[string, string]> {
  const fs = new MemoryFileSystem()
  fs.files.set(path, new Uint8Array(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes))
  return errorOf(() => importMetaGraph(path, { fs, logger }))
}

describe('another file', () => {
  test.each([
    ['a frozen graph', graphFile('plain', 'pb'), /it is a GraphDef: readGraphDef\(\) and importGraphDef\(\) take it/],
    ['its text', graphFile('plain', 'pbtxt'), /it is a GraphDef: readGraphDef\(\) and importGraphDef\(\) take it/],
    ['a saved model', encodeMessage(tensorflow.SavedModel, savedModel(), 'SavedModel'), /it is a SavedModel/],
    ['a Git LFS pointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n', /Git LFS pointer/],
    ['a page', '<!DOCTYPE html>', /HTML page/],
    ['an archive', 'PK\x03\x04', /zip archive/],
    ['bytes of anything', Uint8Array.of(0xff, 0xfe, 1, 2, 3, 4), /Cannot parse/],
  ])('%s: the error says what it is', async (_, bytes, expected) => {
    const [name, message] = await refused(bytes, 'frozen.pb')
    expect([name, message]).toEqual(['OSError', expect.stringMatching(expected)])
    expect(message).toMatch(/^Cannot parse file frozen\.pb: /)
  })

  function savedModel(): object {
    return { savedModelSchemaVersion: 1, metaGraphs: [{ graphDef: { node: [{ name: 'a', op: 'NoOp' }] } }] }
  }

  test('text has a line and a column', async () => {
    const [name, message] = await refused('meta_info_def {\n  tags: "a"\n  oops: 1\n}')
    expect([name, message]).toEqual([
      'OSError',
      'Cannot parse file f: 3:3 : Message type "tensorflow.MetaGraphDef.MetaInfoDef" has no field named "oops"..',
    ])
  })

  test('a GraphDef as a message is told as such', async () => {
    const graphDef: IGraphDef = new tensorflow.GraphDef({ node: [] })
    const [name, message] = await errorOf(() => importMetaGraph(graphDef as never, { logger }))
    expect([name, message]).toEqual([
      'TypeError',
      expect.stringContaining('this is a GraphDef: importGraphDef() takes it'),
    ])
  })

  test('a prefix, a directory: the error says which file to pass', async () => {
    const fs = new MemoryFileSystem()
    await fs.mkdir('d')
    fs.files.set('d/m-1.meta', SMALL)
    expect(await errorOf(() => importMetaGraph('d/m-1', { fs }))).toEqual([
      'OSError',
      'File does not exist. Received: d/m-1. d/m-1 is the prefix of a checkpoint: pass "d/m-1.meta"',
    ])
    expect(await errorOf(() => importMetaGraph('d/m-2.meta', { fs }))).toEqual([
      'OSError',
      'File does not exist. Received: d/m-2.meta. There is "d/m-1.meta"',
    ])
    expect(await errorOf(() => importMetaGraph('d', { fs }))).toEqual([
      'FailedPreconditionError',
      'd; Is a directory: pass a file, such as "d/m-1.meta"',
    ])
  })

  test('an abort gives the reason', async () => {
    const fs = new MemoryFileSystem()
    fs.files.set('m.meta', SMALL)
    const reason = new Error('enough')
    await expect(importMetaGraph('m.meta', { fs, signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
  })
})

/** Whether it is one of the errors that are promised. */
function isTyped(error: unknown): boolean {
  return (
    error instanceof OpError || error instanceof ValueError || error instanceof KeyError || error instanceof OSError
  )
}

/** "ok", or the error's class; what is no typed error goes through. */
async function outcome(bytes: Uint8Array): Promise<string> {
  try {
    const { graph } = await importMetaGraph(bytes, { logger })
    await exportMetaGraph({ graph, logger })
    return 'ok'
  } catch (error) {
    if (isTyped(error)) return (error as Error).name
    throw error
  }
}

/** Milliseconds for a thousand imports on a machine that has other things to do. */
const MANY = 60_000

describe('damage', () => {
  test(
    'every length cut off is a typed error or a graph',
    async () => {
      for (let length = 0; length < SMALL.length; length++) await outcome(SMALL.slice(0, length))
      expect(await outcome(SMALL.slice(0, 700))).not.toBe('ok')
      expect(await outcome(SMALL)).toBe('ok')
    },
    MANY,
  )

  test(
    'a bit flipped in any byte is a typed error or a graph',
    async () => {
      const outcomes = new Set<string>()
      for (let at = 0; at < SMALL.length; at++) {
        const copy = SMALL.slice()
        copy[at] = (copy[at] as number) ^ (1 << ((at * 5) % 8))
        outcomes.add(await outcome(copy))
      }
      expect(outcomes).toContain('OSError')
    },
    MANY,
  )
})

/** A constant by that name. */
function constant(name: string, input: string[] = []): INodeDef {
  const tensor = { dtype: 1, tensorShape: {}, floatVal: [1] }
  return { name, op: 'Const', input, attr: { dtype: { type: 1 }, value: { tensor } } }
}

function variables(def: IVariableDef): Record<string, ICollectionDef> {
  return { variables: { bytesList: { value: [encodeMessage(tensorflow.VariableDef, def, 'VariableDef')] } } }
}

describe('lies', () => {
  test('a variable that is a constant', async () => {
    const node = ['v', 'v/Assign', 'v/read'].map((name) => constant(name))
    const def = { variableName: 'v:0', initializerName: 'v/Assign', snapshotName: 'v/read:0' }
    const [name, message] = await errorOf(() =>
      importMetaGraph(meta({ graphDef: { node }, collectionDef: variables(def) })),
    )
    expect([name, message]).toEqual(['ValueError', expect.stringContaining('Const')])
  })

  test.each([
    [
      'a cycle',
      [
        { name: 'a', op: 'NoOp', input: ['^b'] },
        { name: 'b', op: 'NoOp', input: ['^a'] },
      ],
    ],
    ['an input of nothing', [{ name: 'a', op: 'NoOp', input: ['^nope'] }]],
    ['two nodes of one name', [constant('a'), constant('a')]],
    ['a name that is none', [constant('a b')]],
  ])('%s', async (_, node) => {
    const graph = new Graph()
    expect((await errorOf(() => importMetaGraph(meta({ graphDef: { node } }), { graph })))[0]).toBe('ValueError')
    expect(graph.getOperations()).toEqual([])
  })

  test('bytes in a collection that are no message', async () => {
    const collectionDef = { variables: { bytesList: { value: [Uint8Array.of(0x0a, 0xff)] } } }
    expect((await errorOf(() => importMetaGraph(meta({ collectionDef }))))[0]).toBe('InvalidArgumentError')
  })

  test('contexts that nest 10,000 deep', async () => {
    let bytes = encodeMessage(tensorflow.CondContextDef, { contextName: 'a' }, 'CondContextDef')
    for (let depth = 0; depth < 10_000; depth++) bytes = wrapped(wrapped(bytes, 1), 6)
    const collectionDef = { cond_context: { bytesList: { value: [bytes] } } }
    expect((await errorOf(() => importMetaGraph(meta({ collectionDef }), { importScope: 'sc' })))[0]).toBe(
      'InvalidArgumentError',
    )
  })

  /** As the only field of a message. */
  function wrapped(bytes: Uint8Array, field: number): Uint8Array<ArrayBuffer> {
    const length: number[] = []
    let rest = bytes.length
    for (; rest > 0x7f; rest >>>= 7) length.push((rest & 0x7f) | 0x80)
    const made = new Uint8Array(bytes.length + length.length + 2)
    made.set([(field << 3) | 2, ...length, rest])
    made.set(bytes, length.length + 2)
    return made
  }

  test('a field that says it has 2^31 bytes', async () => {
    const [name] = await errorOf(() => importMetaGraph(Uint8Array.of(0x12, 0x80, 0x80, 0x80, 0x80, 0x08, 1, 2)))
    expect(name).toBe('OSError')
  })
})
