/**
 * Our side of the works with graphs, as it is packed: dist/. Driven by graphs.mjs over stdin.
 *
 *     setup { work, path, messages, variables }  what the work needs: `path` is read, `messages` is what graph-messages.mjs
 *                                                bundled
 *     run   { out }                              does it once → { ms }; what is written is deleted after the clock stopped
 *     make  { file, path, scale, variables }     writes the file that the works read
 */
import { readFileSync, rmSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import {
  exportMetaGraph,
  importGraphDef,
  importMetaGraph,
  readGraphDef,
  Saver,
  VariableStore,
  writeGraph,
} from '../dist/index.js'
import { FROZEN_FLOATS, FROZEN_LAYERS, scaled } from './graph-works.mjs'
import { serve, timed } from './serve.mjs'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc')
const QUIET = { info() {}, warn() {} }
let run

const FROZEN = {
  parse: (path) => () => readGraphDef(path),
  async import(path) {
    const graphDef = await readGraphDef(path)
    return () => importGraphDef(graphDef, { name: '' })
  },
  async write(path) {
    const { graph } = importGraphDef(await readGraphDef(path), { name: '' })
    return (out) => write(graph, out)
  },
  whole: (path) => async (out) => write(importGraphDef(await readGraphDef(path), { name: '' }).graph, out),
}

const META = {
  async parse(path, messages) {
    const { decodeMessage, tensorflow } = await import(messages)
    return () => decodeMessage(tensorflow.MetaGraphDef, new Uint8Array(readFileSync(path)), 'MetaGraphDef')
  },
  async import(path, messages) {
    const metaGraph = await (await META.parse(path, messages))()
    return () => importMetaGraph(metaGraph, { logger: QUIET })
  },
  async write(path) {
    const model = await importMetaGraph(path, { logger: QUIET })
    return (out) => exportAgain(model, out)
  },
  whole: (path) => async (out) => exportAgain(await importMetaGraph(path, { logger: QUIET }), out),
}

const TEXT = {
  parse: FROZEN.parse,
  async write(path) {
    const graphDef = await readGraphDef(path)
    return (out) => writeGraph(graphDef, dirname(out), basename(out), { asText: true, durable: false })
  },
}

const MANY = {
  import: META.import,
  save: (_path, _messages, variables) => (out) =>
    new Saver(storeOf(variables), { logger: QUIET }).save(out, { writeState: false, durable: false }),
}

const KINDS = { frozen: FROZEN, meta: META, text: TEXT, many: MANY }

function write(graph, out) {
  return writeGraph(graph, dirname(out), basename(out), { asText: false, durable: false })
}

function exportAgain({ graph, variables, saver }, out) {
  return exportMetaGraph({ graph, variables, saverDef: saver.asSaverDef(), filename: out, durable: false })
}

const MAKERS = {
  /** Layers of a net, each of four nodes. */
  frozen(path, scale) {
    const node = []
    const weights = new Float32Array(FROZEN_FLOATS).map((_, i) => Math.sin(i))
    const bytes = new Uint8Array(weights.buffer)
    const type = (number) => ({ type: number })
    node.push({
      name: 'x',
      op: 'Placeholder',
      attr: { dtype: type(1), shape: { shape: { dim: [{ size: FROZEN_FLOATS }] } } },
    })
    let input = 'x'
    for (let i = 0; i < scaled(FROZEN_LAYERS, scale); i++) {
      const name = `model/block_${i >> 5}/layer_${i & 31}`
      const tensor = { dtype: 1, tensorShape: { dim: [{ size: FROZEN_FLOATS }] }, tensorContent: bytes }
      node.push({ name: `${name}/weights`, op: 'Const', attr: { dtype: type(1), value: { tensor } } })
      const read = { T: type(1), _class: { list: { s: [Buffer.from(`loc:@${name}/weights`)] } } }
      node.push({ name: `${name}/weights/read`, op: 'Identity', input: [`${name}/weights`], attr: read })
      node.push({ name: `${name}/mul`, op: 'Mul', input: [input, `${name}/weights/read`], attr: { T: type(1) } })
      if (i < scaled(FROZEN_LAYERS, scale) - 1)
        node.push({ name: `${name}/Relu`, op: 'Relu', input: [`${name}/mul`], attr: { T: type(1) } })
      input = `${name}/Relu`
    }
    return writeGraph({ node, versions: { producer: 1395 } }, dirname(path), basename(path), { asText: false })
  },
  meta: (path, _scale, variables) =>
    new Saver(storeOf(variables), { logger: QUIET }).exportMetaGraph({ filename: path }),
  async text(path, _scale, variables) {
    const { graphDef } = await exportMetaGraph({ variables: storeOf(variables) })
    await writeGraph(graphDef, dirname(path), basename(path), { asText: true })
  },
}
MAKERS.many = MAKERS.meta

/** Layers of two variables each, under getVariable. */
function storeOf(variables) {
  const store = new VariableStore()
  const initializer = (shape) => ({ dtype: 'float32', shape, data: new Float32Array(shape[0] * shape[1]) })
  for (let i = 0; i < variables; i++) {
    const shape = i % 2 === 0 ? [8, 4] : [1, 4]
    const name = `model/block_${i >> 6}/layer_${(i & 63) >> 1}/${i % 2 === 0 ? 'kernel' : 'bias'}`
    store.getVariable(name, { shape, initializer })
  }
  return store
}

/** What was written under a name, alone or as a checkpoint. */
function removeWritten(out) {
  for (const end of ['', '.index', '.data-00000-of-00001', '.meta']) rmSync(out + end, { force: true })
}

await serve({
  async setup({ work, path, messages, variables }) {
    run = await KINDS[work.file][work.kind](path, messages, variables)
  },
  async run({ out }) {
    collectGarbage()
    let result
    const ms = await timed(async () => (result = await run(out)))
    removeWritten(out)
    return { ms, made: result !== undefined }
  },
  make: ({ file, path, scale, variables }) => MAKERS[file](path, scale, variables),
})
