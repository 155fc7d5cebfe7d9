/**
 * The golden graphs, imported and exported again: byte for byte what TensorFlow's own import and export make of them.
 */
import { describe, expect, test } from 'vitest'
import { MemoryFileSystem } from '../src/fs/memory'
import { importGraphDef } from '../src/graph/import-graph-def'
import { printMessage } from '../src/proto/message-text'
import { decodeMessage, encodeMessage, tensorflow, type GraphDef, type MetaGraphDef } from '../src/proto/messages'
import { type ExportMetaGraphOptions, exportMetaGraph } from '../src/train/export-meta-graph'
import { type ImportMetaGraphOptions, importMetaGraph } from '../src/train/import-meta-graph'
import { hex } from './helpers/bundle'
import { goldenGraphs, graphFile, graphsRefused, graphsWith, type GraphPart } from './oracle/golden-graphs'

const UNBOUND = 'unbound_inputs'
const NAMES = goldenGraphs().map(([name]) => name)
/** Those that an import and an export leave as they are. */
const UNCHANGED = goldenGraphs()
  .filter(([, { meta, metaAgain }]) => meta === metaAgain)
  .map(([name]) => name)
/** Where TensorFlow finds shapes that are not in the file: its shape inference looks into functions, once it has them all. */
const INFERRED = new Set(['tf_functions'])

function graphDefOf(name: string, part: GraphPart): GraphDef {
  return decodeMessage(tensorflow.GraphDef, graphFile(name, part), 'GraphDef')
}

function metaGraphOf(name: string, part: GraphPart): MetaGraphDef {
  return decodeMessage(tensorflow.MetaGraphDef, graphFile(name, part), 'MetaGraphDef')
}

/** The graph before its import, with the shapes that TensorFlow found after it. */
function withShapes(name: string): GraphDef {
  const graphDef = graphDefOf(name, 'pb')
  const found = new Map(graphDefOf(name, 'shapes').node.map((node) => [node.name, node.attr['_output_shapes']]))
  for (const node of graphDef.node) {
    const shapes = found.get(node.name)
    if (shapes !== undefined) node.attr['_output_shapes'] = shapes
  }
  return graphDef
}

/** First as text, where a difference can be read, and then to the last byte. */
function expectGraphDef(found: object, name: string, part: GraphPart): void {
  expectText('tensorflow.GraphDef', found, graphDefOf(name, part))
  expectBytes(encodeMessage(tensorflow.GraphDef, found, 'GraphDef'), graphFile(name, part))
}

function expectMetaGraph(found: MetaGraphDef, name: string, part: GraphPart): void {
  const expected = metaGraphOf(name, part)
  if (INFERRED.has(name)) for (const one of [found, expected]) dropShapes(one)
  expectText('tensorflow.MetaGraphDef', found, expected)
  const bytes = INFERRED.has(name)
    ? encodeMessage(tensorflow.MetaGraphDef, expected, 'MetaGraphDef')
    : graphFile(name, part)
  expectBytes(encodeMessage(tensorflow.MetaGraphDef, found, 'MetaGraphDef'), bytes)
}

function dropShapes(metaGraph: MetaGraphDef): void {
  for (const node of metaGraph.graphDef?.node ?? []) delete node.attr['_output_shapes']
}

/** The first line that differs, with what stands around it. */
function expectText(message: string, found: object, expected: object): void {
  const [ours, theirs] = [found, expected].map((one) => printMessage(message, one).split('\n')) as [string[], string[]]
  const at = theirs.findIndex((line, i) => line !== ours[i])
  const near = (lines: string[]): string => (at < 0 ? '' : lines.slice(Math.max(0, at - 30), at + 10).join('\n'))
  expect(near(ours)).toBe(near(theirs))
  expect(ours.length).toBe(theirs.length)
}

function expectBytes(bytes: Uint8Array, expected: Uint8Array): void {
  expect(bytes.length).toBe(expected.length)
  expect(hex(bytes) === hex(expected)).toBe(true)
}

/** As make_graphs_golden.py: the Saver exports where the file had one, else the function. */
async function metaAgain(name: string, options: ImportMetaGraphOptions = {}): Promise<MetaGraphDef> {
  const inputMap = name === UNBOUND ? unboundInputs() : undefined
  const target = inputMap === undefined ? options : { ...options, ...inputMap }
  const { saver, graph, variables } = await importMetaGraph(metaGraphOf(name, 'meta'), target)
  return saver === undefined ? exportMetaGraph({ graph, variables }) : saver.exportMetaGraph()
}

/** Placeholders "given" and "given_1" of a graph, as make_graphs_golden.py hands them in. */
function unboundInputs(): ImportMetaGraphOptions {
  const attr = { dtype: { type: 1 }, shape: { shape: { dim: [{ size: 2 }] } } }
  const node = ['given', 'given_1'].map((name) => ({ name, op: 'Placeholder', attr }))
  const { graph } = importGraphDef(
    new tensorflow.GraphDef({ node, versions: metaGraphOf(UNBOUND, 'meta').graphDef?.versions }),
    { name: '' },
  )
  const inputMap = {
    $unbound_inputs_outside: graph.getTensorByName('given:0'),
    '$unbound_inputs_feed/x': graph.getTensorByName('given_1:0'),
  }
  return { graph, inputMap }
}

describe('importGraphDef() and asGraphDef()', () => {
  test.each(graphsWith('imported'))("give TensorFlow's own of %s", (name) => {
    const { graph } = importGraphDef(graphDefOf(name, 'pb'), { name: '' })
    expectGraphDef(graph.asGraphDef(), name, 'imported')
  })

  test.each(graphsWith('prefixed'))("give TensorFlow's own of %s below a name", (name) => {
    const { graph } = importGraphDef(graphDefOf(name, 'pb'), { name: 'imp' })
    expectGraphDef(graph.asGraphDef(), name, 'prefixed')
  })

  test.each(graphsWith('shapes'))('keep the shapes of %s, and leave them out where they are not asked for', (name) => {
    const { graph } = importGraphDef(withShapes(name), { name: '' })
    expectGraphDef(graph.asGraphDef({ addShapes: true }), name, 'shapes')
    expectGraphDef(graph.asGraphDef(), name, 'imported')
  })

  test.each(graphsWith('prefixedShapes'))('keep the shapes of %s below a name', (name) => {
    const { graph } = importGraphDef(graphDefOf(name, 'shapes'), { name: 'imp' })
    expectGraphDef(graph.asGraphDef({ addShapes: true }), name, 'prefixedShapes')
  })
})

describe('importMetaGraph() and exportMetaGraph()', () => {
  test.each(graphsWith('metaAgain'))("give TensorFlow's own of %s", async (name) => {
    expectMetaGraph(await metaAgain(name), name, 'metaAgain')
  })

  test.each(graphsWith('metaScoped'))("give TensorFlow's own of %s below a scope", async (name) => {
    expectMetaGraph(await metaAgain(name, { importScope: 'imp' }), name, 'metaScoped')
  })

  test.each(graphsWith('metaCleared'))("give TensorFlow's own of %s without devices", async (name) => {
    expectMetaGraph(await metaAgain(name, { clearDevices: true }), name, 'metaCleared')
  })

  test.each(UNCHANGED)("write TensorFlow's own files of %s, binary and as text", async (name) => {
    const fs = new MemoryFileSystem()
    fs.files.set('graph.meta', graphFile(name, 'meta'))
    const { saver, graph, variables } = await importMetaGraph('graph.meta', { fs })
    const write = (options: ExportMetaGraphOptions): Promise<MetaGraphDef> =>
      saver === undefined ? exportMetaGraph({ graph, variables, fs, ...options }) : saver.exportMetaGraph(options)
    await write({ filename: 'again.meta' })
    await write({ filename: 'stripped.meta', stripDefaultAttrs: true })
    await write({ filename: 'text.meta', asText: true })
    expectBytes(fs.files.get('again.meta') as Uint8Array, graphFile(name, 'meta'))
    const parts = new Map(goldenGraphs()).get(name)
    if (parts?.metaStripped !== undefined) {
      expectBytes(fs.files.get('stripped.meta') as Uint8Array, graphFile(name, 'metaStripped'))
    }
    if (parts?.metaText !== undefined) {
      expectBytes(fs.files.get('text.meta') as Uint8Array, graphFile(name, 'metaText'))
    }
    const { metaGraphDef } = await importMetaGraph('text.meta', { fs })
    expectMetaGraph(metaGraphDef, name, 'meta')
  })

  test.each(graphsRefused('metaAgain'))('refuse %s, as TensorFlow does', async (name) => {
    await expect(metaAgain(name)).rejects.toThrow('Graph contains unbound inputs: $unbound_inputs_outside')
  })

  test.each(NAMES)('know the savers of %s, its variables and its graph', async (name) => {
    if (graphsRefused('metaAgain').includes(name)) return
    const meta = metaGraphOf(name, 'meta')
    const target = name === UNBOUND ? unboundInputs() : {}
    const { saver, variables, graph } = await importMetaGraph(meta, target)
    const has = (...keys: string[]): boolean => keys.some((key) => Object.hasOwn(meta.collectionDef, key))
    expect(saver !== undefined).toBe((meta.saverDef ?? undefined) !== undefined || has('variables'))
    expect([...variables].length > 0).toBe(has('variables', 'local_variables'))
    expect(graph.getOperations().length).toBeGreaterThanOrEqual(meta.graphDef?.node.length ?? 0)
  })
})
