/**
 * The cases of area write-graph: what tf.train.write_graph puts into files.
 */
import { expect } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { Graph } from '../../src/graph/graph'
import { readGraphDef, writeGraph } from '../../src/graph/graph-io'
import { importGraphDef } from '../../src/graph/import-graph-def'
import { encodeMessage, tensorflow } from '../../src/proto/messages'
import { array } from '../../src/tensor/convert'
import type { DType } from '../../src/tensor/dtype'
import { type NDArray, ndarray } from '../../src/tensor/ndarray'
import { addConstant, addOp } from '../helpers/graph'
import { oracleTest } from '../oracle/cases'

function graphOf(value: NDArray): Graph {
  const graph = new Graph()
  addConstant(graph, 'c', value)
  return graph
}

function textOf(fs: MemoryFileSystem, path: string): string {
  return new TextDecoder().decode(fs.files.get(path))
}

function filesOf(fs: MemoryFileSystem): string[] {
  return [...fs.files.keys()].sort()
}

oracleTest<[string, string]>('write-graph-text', async ({ result, files }) => {
  const fs = new MemoryFileSystem()
  const path = await writeGraph(graphOf(array(1, 'int32')), 'x/y', 'g.pbtxt', { fs })
  expect([path, textOf(fs, path).replace(/producer: \d+/, 'producer: <n>')]).toEqual(result)
  expect(filesOf(fs)).toEqual(files)
})

/** What a case calls 'float32 1e+20', 'complex64 (1+2j)'. */
function valueNamed(name: string): NDArray {
  const [dtype = '', text = ''] = name.split(' ')
  if (dtype === 'complex64') return ndarray('complex64', [], Float32Array.of(1, 2))
  if (dtype === 'bool') return array(text === 'True', 'bool')
  if (dtype === 'int64') return array(BigInt(text), 'int64')
  return array(Number(text.replace('inf', 'Infinity').replace('nan', 'NaN')), dtype as DType)
}

oracleTest<Record<string, string[]>>('write-graph-text-numbers', async ({ result }) => {
  const fs = new MemoryFileSystem()
  const linesOf = async (graph: Graph, wanted: RegExp): Promise<string[]> => {
    await writeGraph(graph, '.', 'g', { fs })
    const lines = textOf(fs, 'g').split('\n')
    return lines.map((line) => line.trim()).filter((line) => wanted.test(line))
  }
  const { attr, ...values } = result
  for (const [name, lines] of Object.entries(values)) {
    expect([name, await linesOf(graphOf(valueNamed(name)), /_val|content/)]).toEqual([name, lines])
  }
  const graph = new Graph()
  const x = addOp(graph, 'Placeholder', 'x', [], { dtype: { type: 1 } })
  addOp(graph, 'LeakyRelu', 'l', x.outputs, { T: { type: 1 }, alpha: { f: 0.1 } })
  expect(await linesOf(graph, /^f:/)).toEqual(attr)
})

oracleTest<[string, string]>('write-graph-binary', async ({ result }) => {
  const fs = new MemoryFileSystem()
  const graph = new Graph()
  addOp(graph, 'Placeholder', 'p', [], { dtype: { type: 1 }, shape: { shape: { dim: [{ size: 2 }] } } })
  const path = await writeGraph(graph, '.', 'g.pb', { fs, asText: false })
  const written = await readGraphDef('g.pb', { fs })
  written.versions = new tensorflow.VersionDef()
  const bytes = encodeMessage(tensorflow.GraphDef, written, 'GraphDef')
  expect([path, Buffer.from(bytes).toString('hex')]).toEqual(result)
})

oracleTest<[string, [string, string]]>('write-graph-def', async ({ result, files }) => {
  const fs = new MemoryFileSystem()
  const graphDef = graphOf(array(1, 'int32')).asGraphDef()
  const path = await writeGraph(graphDef, '/D/q', 'g', { fs, asText: false })
  expect(path.replace('/D', '$D')).toBe(result[0])
  expect(await writeGraph(graphDef, '', 'h', { fs, asText: false })).toBe(result[1][1])
  expect(filesOf(fs).map((file) => file.replace('/D/', ''))).toEqual(expect.arrayContaining(files as string[]))
})

oracleTest('write-graph-overwrites', async ({ result, files }) => {
  const fs = new MemoryFileSystem()
  fs.files.set('g', new Uint8Array(100_000))
  await writeGraph(graphOf(array(1, 'int32')), '.', 'g', { fs, asText: false })
  expect((fs.files.get('g')?.length ?? 0) < 1000).toBe(result)
  expect(filesOf(fs)).toEqual(files)
})

oracleTest<[boolean, string]>('write-then-import', async ({ result }) => {
  const fs = new MemoryFileSystem()
  const graph = graphOf(array([1, 2]))
  await writeGraph(graph, '.', 't', { fs })
  await writeGraph(graph, '.', 'b', { fs, asText: false })
  const [text, binary] = [await readGraphDef('t', { fs }), await readGraphDef('b', { fs })]
  const bytesOf = (graphDef: object): Uint8Array => encodeMessage(tensorflow.GraphDef, graphDef, 'GraphDef')
  expect(Buffer.compare(bytesOf(text), bytesOf(binary)) === 0).toBe(result[0])
  const { elements } = importGraphDef(text, { name: 'i', returnElements: ['c:0'] })
  expect(elements[0]?.name).toBe(result[1])
})
