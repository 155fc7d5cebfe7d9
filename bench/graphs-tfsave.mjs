/**
 * Our side of the works with graphs, as it is packed: dist/. Driven by graphs.mjs over stdin.
 *
 *     setup { work, path, messages }  what the work needs: `path` is read, `messages` is what graph-messages.mjs bundled
 *     run   { out }                   does it once → { ms }; what is written is deleted after the clock stopped
 *     make  { file, path, scale }     writes the file that the works read
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
import { FROZEN_FLOATS, FROZEN_LAYERS, META_VARIABLES, scaled } from './graph-works.mjs'
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

const KINDS = { frozen: FROZEN, meta: META }

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
  async meta(path, scale) {
    const store = new VariableStore()
    const initializer = (shape) => ({ dtype: 'float32', shape, data: new Float32Array(shape[0] * shape[1]) })
    for (let i = 0; i < scaled(META_VARIABLES, scale); i++) {
      const shape = i % 2 === 0 ? [8, 4] : [1, 4]
      const name = `model/block_${i >> 6}/layer_${(i & 63) >> 1}/${i % 2 === 0 ? 'kernel' : 'bias'}`
      store.getVariable(name, { shape, initializer })
    }
    await new Saver(store, { logger: QUIET }).exportMetaGraph({ filename: path })
  },
}

await serve({
  async setup({ work, path, messages }) {
    run = await KINDS[work.file][work.kind](path, messages)
  },
  async run({ out }) {
    collectGarbage()
    let result
    const ms = await timed(async () => (result = await run(out)))
    rmSync(out, { force: true })
    return { ms, made: result !== undefined }
  },
  make: ({ file, path, scale }) => MAKERS[file](path, scale),
})
