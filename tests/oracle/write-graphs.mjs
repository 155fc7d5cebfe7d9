/**
 * The Node half of check_graphs.py: with the built package, writes graphs for TensorFlow to read.
 *
 *     node write-graphs.mjs <folder>
 *
 * graphs.json says what there is: `frozen`, nets frozen from the golden convnet, and `texts`, each with the golden file
 * that is the same message.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  exportMetaGraph,
  freezeGraph,
  importMetaGraph,
  loadModel,
  readGraphDef,
  removeTrainingNodes,
  writeGraph,
} from '../../dist/index.js'

const folder = process.argv[2]
const golden = fileURLToPath(new URL('../golden', import.meta.url))
const { goldens } = JSON.parse(readFileSync(join(golden, 'graphs', 'manifest.json'), 'utf8'))
const OUTPUTS = ['logits', 'class', 'probabilities']
const QUIET = { info() {}, warn() {} }
const written = { frozen: [], texts: [] }

await writeFrozen()
await writeTexts()
writeFileSync(join(folder, 'graphs.json'), JSON.stringify(written))

/** The net from its files, in the ways that there are: by .meta and checkpoint, trimmed, as text, and read again. */
async function writeFrozen() {
  const model = join(golden, 'convnet', 'model-40')
  const frozen = await freezeGraph(`${model}.meta`, model, OUTPUTS, { logger: QUIET })
  await write('frozen.pb', frozen, false)
  await write('frozen.pbtxt', frozen, true)
  await write('trimmed.pb', removeTrainingNodes(frozen, OUTPUTS), false)
  const { graph } = await loadModel(join(folder, 'frozen.pb'), { logger: QUIET })
  await write('again.pb', graph, false)
}

async function write(name, graph, asText) {
  await writeGraph(graph, folder, name, { asText })
  written.frozen.push(name)
}

/** Every golden GraphDef as text, and those meta graphs that come back from an import as they were. */
async function writeTexts() {
  for (const [name, { pb, meta, metaAgain }] of Object.entries(goldens)) {
    const file = `${name}.pbtxt`
    const same = join('graphs', name, pb)
    await writeGraph(await readGraphDef(join(golden, same)), folder, file)
    written.texts.push({ file, message: 'GraphDef', same })
    if (metaAgain !== undefined && metaAgain === meta) await writeMetaText(name, meta)
  }
}

async function writeMetaText(name, meta) {
  const same = join('graphs', name, meta)
  const { saver, graph, variables } = await importMetaGraph(join(golden, same), { logger: QUIET })
  const file = join('meta', `${name}.meta`)
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  const options = { filename: join(folder, file), asText: true, logger: QUIET }
  await (saver === undefined ? exportMetaGraph({ ...options, graph, variables }) : saver.exportMetaGraph(options))
  written.texts.push({ file, message: 'MetaGraphDef', same })
}
