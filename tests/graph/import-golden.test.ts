/**
 * Small graphs, broken ones for the most part, beside what TensorFlow made of them (tests/oracle/make_import_golden.py).
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { Graph } from '../../src/graph/graph'
import { parseGraphDef } from '../../src/graph/graph-io'
import { importGraphDef, type ImportGraphDefOptions } from '../../src/graph/import-graph-def'
import { type GraphDef, tensorflow } from '../../src/proto/messages'
import { printMessage } from '../../src/proto/message-text'

interface Step {
  readonly graph: string
  readonly name: string | null
  readonly input_map: Readonly<Record<string, string>>
  readonly return: readonly string[] | null
}

type Answer = { readonly elements: readonly string[] } | { readonly error: readonly [name: string, message: string] }

interface Golden {
  readonly id: string
  readonly steps: readonly Step[]
  readonly answers: readonly Answer[]
  readonly graph: string | null
}

const GOLDEN: readonly Golden[] = JSON.parse(
  readFileSync(new URL('../golden/import-graph-def.json', import.meta.url), 'utf8'),
)

describe.each(GOLDEN)('importGraphDef() answers as TensorFlow: $id', ({ steps, answers, graph: expected }) => {
  test('nodes, names and errors', () => {
    const graph = new Graph()
    answers.forEach((answer, at) => expect(run(graph, steps[at] as Step)).toEqual(answer))
    if (expected !== null) expect(printMessage('tensorflow.GraphDef', graph.asGraphDef())).toBe(expected)
  })
})

function run(graph: Graph, step: Step): Answer {
  const before = graph.getOperations().length
  try {
    const { elements } = importGraphDef(graphDefOf(step), optionsOf(graph, step))
    return { elements: elements.map(({ name }) => name) }
  } catch (error) {
    expect(graph.getOperations()).toHaveLength(before)
    const { name, message } = error as Error
    return { error: [name, message] }
  }
}

function graphDefOf({ graph }: Step): GraphDef {
  return graph === '' ? new tensorflow.GraphDef({}) : parseGraphDef(graph)
}

function optionsOf(graph: Graph, { name, input_map, return: returnElements }: Step): ImportGraphDefOptions {
  const inputMap = new Map(Object.entries(input_map).map(([key, tensor]) => [key, graph.getTensorByName(tensor)]))
  return {
    graph,
    inputMap,
    ...(name === null ? {} : { name }),
    ...(returnElements === null ? {} : { returnElements }),
  }
}
