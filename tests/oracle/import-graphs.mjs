/**
 * The Node half of check_import.py: with the built package, imports the graphs of a folder as imports.json says
 * (random_graphs.py tells its grammar), writes each graph that comes of it, and imported.json: what was answered.
 *
 *     node import-graphs.mjs <folder>
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Graph, importGraphDef, writeGraph } from '../../dist/index.js'

const folder = process.argv[2]
const imported = []

for (const [number, steps] of JSON.parse(readFileSync(join(folder, 'imports.json'), 'utf8')).entries()) {
  const graph = new Graph()
  const answers = steps.map((step) => answer(graph, step))
  await writeGraph(graph, folder, `${String(number).padStart(3, '0')}.pb`, { asText: false })
  imported.push({ answers, ops: graph.getOperations().map(describe) })
}
writeFileSync(join(folder, 'imported.json'), JSON.stringify(imported))

function answer(graph, { file, name, input_map, return: returnElements }) {
  const before = graph.getOperations().length
  const inputMap = new Map(Object.entries(input_map).map(([key, tensor]) => [key, graph.getTensorByName(tensor)]))
  try {
    const { elements } = importGraphDef(readFileSync(join(folder, file)), {
      graph,
      inputMap,
      ...(name === null ? {} : { name }),
      ...(returnElements === null ? {} : { returnElements }),
    })
    return { elements: elements.map((element) => element.name) }
  } catch (error) {
    if (graph.getOperations().length !== before)
      throw new Error(`${file}: an error left nodes behind`, { cause: error })
    return { error: [error.name, error.message] }
  }
}

function names(ops) {
  return ops.map((op) => op.name)
}

function byCodeUnit(a, b) {
  return a < b ? -1 : Number(a > b)
}

function describe(op) {
  return {
    outputs: op.outputs.map((tensor) => [tensor.name, `${tensor.dtype}${tensor.isRef ? '_ref' : ''}`]),
    inputs: op.inputs.map((tensor) => tensor.name),
    controls: names(op.controlInputs),
    consumers: op.outputs.map((tensor) => names(tensor.consumers()).sort(byCodeUnit)),
  }
}
