import { describe, expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { TensorBundleWriter } from '../../src/checkpoint/tensor-bundle-writer'
import type { MemoryFileSystem } from '../../src/fs/memory'
import { evaluate } from '../../src/graph/evaluate'
import { frozenVariables } from '../../src/graph/frozen-variables'
import { Graph, type Tensor } from '../../src/graph/graph'
import { parseGraphDef, readGraphDef, writeGraph } from '../../src/graph/graph-io'
import { importGraphDef } from '../../src/graph/import-graph-def'
import { parseMessageOf } from '../../src/graph/message-file'
import { encodeMessage, type GraphDef, type MetaGraphDef, tensorflow } from '../../src/proto/messages'
import { array, arraysEqual, toNested } from '../../src/tensor/convert'
import type { NDArray } from '../../src/tensor/ndarray'
import { freezeGraph } from '../../src/tools/freeze-graph'
import { AssertionError, InvalidArgumentError, NotFoundError, OSError, ValueError } from '../../src/util/errors'
import { addOp } from '../helpers/graph'
import { frozenFiles } from '../helpers/frozen'

const OUTPUTS = ['fc/logits', 'global_step']

function encode(graphDef: GraphDef): Buffer {
  return Buffer.from(encodeMessage(tensorflow.GraphDef, graphDef, 'GraphDef'))
}

function isGolden(fs: MemoryFileSystem, graphDef: GraphDef, file: string): boolean {
  return encode(graphDef).equals(fs.files.get(file) as Uint8Array)
}

/** The checkpoint without the keys that do not pass. */
async function rewrite(fs: MemoryFileSystem, from: string, to: string, keeps: (key: string) => boolean): Promise<void> {
  const reader = await CheckpointReader.open(from, { fs })
  const writer = await TensorBundleWriter.create(to, { fs })
  for await (const [key, value] of reader.tensors({ filter: keeps })) await writer.add(key, value)
  await writer.finish()
}

describe('freezeGraph() gives the bytes of TensorFlow', () => {
  test('over a meta graph, by its path and as a message', async () => {
    const fs = frozenFiles('net')
    const meta = fs.files.get('net/m.meta') as Uint8Array
    for (const input of ['net/m.meta', parseMessageOf('MetaGraphDef', meta)]) {
      expect(isGolden(fs, await freezeGraph(input, 'net/m', OUTPUTS, { fs }), 'net/from-meta.pb')).toBe(true)
    }
  })

  test('over messages of plain objects, which leave out what is not set', async () => {
    const fs = frozenFiles('net')
    const { graphDef, saverDef, collectionDef } = parseMessageOf(
      'MetaGraphDef',
      fs.files.get('net/m.meta') as Uint8Array,
    )
    const whole = { graphDef, saverDef, collectionDef } as MetaGraphDef
    expect(isGolden(fs, await freezeGraph(whole, 'net/m', OUTPUTS, { fs }), 'net/from-meta.pb')).toBe(true)
    const node = [...(graphDef as GraphDef).node].map(({ name, op, input, attr }) => ({ name, op, input, attr }))
    const [bare, meta] = [{ node } as GraphDef, { graphDef: { node } } as unknown as MetaGraphDef]
    const [ofBare, ofMeta] = [
      await freezeGraph(bare, 'net/m', OUTPUTS, { fs }),
      await freezeGraph(meta, 'net/m', OUTPUTS, { fs }),
    ]
    expect(ofBare.node.map(({ op }) => op)).not.toContain('VariableV2')
    expect(encode(ofMeta).equals(encode(ofBare))).toBe(true)
  })

  test('over a GraphDef, by its path, bytes or text, and as a message', async () => {
    const fs = frozenFiles('net')
    const graphDef = await readGraphDef('net/graph.pb', { fs })
    await writeGraph(graphDef, 'net', 'graph.pbtxt', { fs })
    for (const input of ['net/graph.pb', 'net/graph.pbtxt', graphDef]) {
      expect(isGolden(fs, await freezeGraph(input, 'net/m', OUTPUTS, { fs }), 'net/from-graph.pb')).toBe(true)
    }
    expect(encode(graphDef).equals(fs.files.get('net/graph.pb') as Uint8Array)).toBe(true)
    const kept = await freezeGraph(graphDef, 'net/m', OUTPUTS, { fs, clearDevices: false })
    expect(isGolden(fs, kept, 'net/frozen.pb')).toBe(true)
  })

  test('with the moving averages', async () => {
    const fs = frozenFiles('net')
    for (const movingAverages of [true, 'ExponentialMovingAverage']) {
      const options = { fs, movingAverages, clearDevices: false }
      expect(isGolden(fs, await freezeGraph('net/graph.pb', 'net/m', OUTPUTS, options), 'net/averaged.pb')).toBe(true)
    }
    const raw = frozenVariables(parseGraphDef(fs.files.get('net/from-meta.pb') as Uint8Array))
    const averaged = frozenVariables(await freezeGraph('net/m.meta', 'net/m', OUTPUTS, { fs, movingAverages: true }))
    expect([...averaged.keys()]).toEqual([...raw.keys()])
    expect([...averaged].filter(([name, value]) => arraysEqual(value, raw.get(name) as NDArray))).toEqual([])
  })

  test('by the keys of a Saver over a dictionary', async () => {
    const fs = frozenFiles('dict')
    const frozen = await freezeGraph('dict/d.meta', 'dict/d', ['y'], { fs })
    const valuesOf = (graphDef: GraphDef): unknown => {
      const { graph } = importGraphDef(graphDef, { name: '' })
      return ['a:0', 'b:0'].map((name) => toNested(evaluate(name, { graph })))
    }
    expect(valuesOf(frozen)).toEqual(valuesOf(await readGraphDef('dict/frozen.pb', { fs })))
  })
})

describe('freezeGraph()', () => {
  test('reads only what the outputs need', async () => {
    const fs = frozenFiles('net')
    await rewrite(fs, 'net/m', 'net/few', (key) => /^(conv|fc|global_step)[^/]*(\/[wb])?$/.test(key))
    expect(isGolden(fs, await freezeGraph('net/m.meta', 'net/few', OUTPUTS, { fs }), 'net/from-meta.pb')).toBe(true)
  })

  test('takes the raw value where there is no average, and says so where there is none at all', async () => {
    const fs = frozenFiles('net')
    await rewrite(fs, 'net/m', 'net/some', (key) => !/^conv1\/.*Average$/.test(key))
    const some = frozenVariables(await freezeGraph('net/m.meta', 'net/some', OUTPUTS, { fs, movingAverages: true }))
    const raw = frozenVariables(await readGraphDef('net/frozen.pb', { fs }))
    const averaged = frozenVariables(await readGraphDef('net/averaged.pb', { fs }))
    expect(some.get('conv1/w')).toEqual(raw.get('conv1/w'))
    expect(some.get('conv2/w')).toEqual(averaged.get('conv2/w'))
    const attempt = freezeGraph('net/m.meta', 'net/m', OUTPUTS, { fs, movingAverages: 'Other' })
    await expect(attempt).rejects.toThrow(NotFoundError)
    await expect(attempt).rejects.toThrow('The checkpoint net/m has no moving averages: there is no key such as ')
  })

  test('converts the variables that the lists name', async () => {
    const fs = frozenFiles('net')
    const typesOf = async (options: object): Promise<string[]> => {
      const { node } = await freezeGraph('net/m.meta', 'net/m', OUTPUTS, { fs, ...options })
      return node.filter(({ op }) => op === 'VariableV2').map(({ name }) => name)
    }
    expect(await typesOf({ variableNamesBlacklist: ['fc/w', 'fc/b'] })).toEqual(['fc/w', 'fc/b'])
    expect(await typesOf({ variableNamesWhitelist: ['fc/w', 'fc/b', 'conv1/w', 'conv1/b', 'conv2/w'] })).toEqual([
      'global_step',
      'conv2/b',
    ])
  })

  test('adds the attributes that a stripped graph leaves out, as importing does', async () => {
    const fs = frozenFiles('net')
    const graphDef = await readGraphDef('net/graph.pb', { fs })
    for (const { op, attr } of graphDef.node) {
      if (op === 'Conv2D') for (const name of ['data_format', 'dilations', 'use_cudnn_on_gpu']) delete attr[name]
    }
    expect(isGolden(fs, await freezeGraph(graphDef, 'net/m', OUTPUTS, { fs }), 'net/from-graph.pb')).toBe(true)
    expect(graphDef.node.find(({ op }) => op === 'Conv2D')?.attr).not.toHaveProperty('dilations')
  })

  test('fails in the words of freeze_graph', async () => {
    const fs = frozenFiles('net')
    const freeze = (input: string, checkpoint: string, outputs: string[]): Promise<GraphDef> =>
      freezeGraph(input, checkpoint, outputs, { fs })
    await expect(freeze('no.pb', 'net/m', OUTPUTS)).rejects.toThrow(
      new OSError("Input graph file 'no.pb' does not exist!"),
    )
    await expect(freeze('no.meta', 'net/m', OUTPUTS)).rejects.toThrow("Input meta graph file 'no.meta' does not exist!")
    await expect(freeze('net/graph.pb', 'net/no', OUTPUTS)).rejects.toThrow(
      new ValueError("Input checkpoint 'net/no' doesn't exist!"),
    )
    await expect(freeze('net/graph.pb', 'net/m', [])).rejects.toThrow(
      new ValueError('You need to supply the name of a node to --output_node_names.'),
    )
    await expect(freeze('net/graph.pb', 'net/m', ['nope'])).rejects.toThrow(AssertionError)
    await expect(freeze('net/frozen.pb', 'net/m', OUTPUTS)).rejects.toThrow('You cannot freeze a graph twice.')
    await expect(freeze('net/m.index', 'net/m', OUTPUTS)).rejects.toThrow(InvalidArgumentError)
  })

  test('says which keys are missing, and which have another shape', async () => {
    const fs = frozenFiles('net')
    await rewrite(fs, 'net/m', 'net/few', (key) => key !== 'conv1/w')
    await expect(freezeGraph('net/m.meta', 'net/few', OUTPUTS, { fs })).rejects.toThrow(
      /Key conv1\/w not found in checkpoint/,
    )
    const writer = await TensorBundleWriter.create('v', { fs })
    await writer.add('v', array([1, 2, 3]))
    await writer.add('part', array([1, 2]))
    await writer.finish()
    const graph = new Graph()
    const attr = { dtype: { type: 1 }, shape: { shape: { dim: [{ size: 2 }] } } }
    const v = addOp(graph, 'VariableV2', 'v', [], attr)
    addOp(graph, 'Identity', 'y', v.outputs as Tensor[], { T: { type: 1 } })
    addOp(graph, 'VariableV2', 'p/part_0', [], attr)
    const graphDef = graph.asGraphDef()
    await expect(freezeGraph(graphDef, 'v', ['y'], { fs })).rejects.toThrow(/lhs shape= \[2\] rhs shape= \[3\]/)
    await expect(freezeGraph(graphDef, 'v', ['p/part_0'], { fs })).rejects.toThrow(
      /^Models containing partition variables cannot be converted from checkpoint files\./,
    )
  })

  test('takes the shape of the checkpoint where the graph leaves it open', async () => {
    const fs = frozenFiles('net')
    const writer = await TensorBundleWriter.create('v', { fs })
    await writer.add('v', array([1, 2, 3]))
    await writer.finish()
    const graph = new Graph()
    addOp(graph, 'VariableV2', 'v', [], { dtype: { type: 1 }, shape: { shape: { unknownRank: true } } })
    const frozen = await freezeGraph(graph.asGraphDef(), 'v', ['v'], { fs })
    expect(toNested(evaluate('v:0', importGraphDef(frozen, { name: '' })))).toEqual([1, 2, 3])
  })

  test('refuses 2 GB of constants before any is read', async () => {
    const fs = frozenFiles('net')
    const graph = new Graph()
    const attr = { dtype: { type: 1 }, shape: { shape: { dim: [{ size: 2 ** 29 }] } } }
    addOp(graph, 'VariableV2', 'global_step', [], attr)
    const attempt = freezeGraph(graph.asGraphDef(), 'net/m', ['global_step'], { fs })
    await expect(attempt).rejects.toThrow(ValueError)
    await expect(attempt).rejects.toThrow('GraphDef cannot be larger than 2GB.')
  })

  test('takes a meta graph without a Saver: its variables have their own names', async () => {
    const fs = frozenFiles('net')
    const meta = parseMessageOf('MetaGraphDef', fs.files.get('net/m.meta') as Uint8Array)
    meta.saverDef = null
    expect(isGolden(fs, await freezeGraph(meta, 'net/m', OUTPUTS, { fs }), 'net/from-meta.pb')).toBe(true)
    const empty = new tensorflow.MetaGraphDef({}) as MetaGraphDef
    await expect(freezeGraph(empty, 'net/m', OUTPUTS, { fs })).rejects.toThrow('it has no graph')
  })
})
