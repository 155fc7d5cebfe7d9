/**
 * A graph whose nodes nobody has looked into is imported from its bytes, and its nodes share what is alike: it must come out
 * as from messages, errors too.
 */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Graph } from '../../src/graph/graph'
import { parseGraphDef } from '../../src/graph/graph-io'
import { importGraphDef, type ImportGraphDefOptions } from '../../src/graph/import-graph-def'
import { printMessage } from '../../src/proto/message-text'
import { decodeMessage, encodeMessage, type GraphDef, tensorflow } from '../../src/proto/messages'
import { graphFile, graphsWith } from '../oracle/golden-graphs'

interface Step {
  readonly graph: string
  readonly name: string | null
  readonly input_map: Readonly<Record<string, string>>
  readonly return: readonly string[] | null
}

const STEPS: readonly { readonly id: string; readonly steps: readonly Step[] }[] = JSON.parse(
  readFileSync(new URL('../golden/import-graph-def.json', import.meta.url), 'utf8'),
)

const encode = (graphDef: object): Uint8Array => encodeMessage(tensorflow.GraphDef, graphDef, 'GraphDef')
const decode = (bytes: Uint8Array): GraphDef => decodeMessage(tensorflow.GraphDef, bytes, 'GraphDef')
const printed = (graphDef: object): string => printMessage('tensorflow.GraphDef', graphDef)

/** A message whose nodes are messages. */
function seen(bytes: Uint8Array): GraphDef {
  const graphDef = decode(bytes)
  for (const { attr } of graphDef.node) expect(attr).toBeDefined()
  return graphDef
}

describe('importGraphDef() of what nobody has looked into', () => {
  test.each(STEPS.map(({ id, steps }) => [id, steps] as const))('is that of messages: %s', (_, steps) => {
    const [ofBytes, ofMessages] = [new Graph(), new Graph()]
    for (const step of steps) {
      const bytes = encode(step.graph === '' ? {} : parseGraphDef(step.graph))
      expect(run(ofBytes, decode(bytes), step)).toEqual(run(ofMessages, seen(bytes), step))
    }
    for (const addShapes of [false, true]) {
      expect(printed(ofBytes.asGraphDef({ addShapes }))).toBe(printed(ofMessages.asGraphDef({ addShapes })))
    }
  })

  test.each(graphsWith('pb').map(([name]) => [name]))('is that of messages: the golden graph %s', (name) => {
    const bytes = graphFile(name, 'pb')
    for (const scope of ['', 'a/b']) {
      const [ofBytes, ofMessages] = [decode(bytes), seen(bytes)].map(
        (graphDef) => importGraphDef(graphDef, { name: scope }).graph,
      ) as [Graph, Graph]
      for (const addShapes of [false, true]) {
        const expected = printed(ofMessages.asGraphDef({ addShapes }))
        expect(printed(ofBytes.asGraphDef({ addShapes })) === expected).toBe(true)
      }
    }
  })

  test('leaves the message as it was', () => {
    const bytes = graphFile('convnet', 'pb')
    const graphDef = decode(bytes)
    const { graph } = importGraphDef(graphDef, { name: '' })
    for (const op of graph.getOperations()) {
      for (const name of ['T', 'dtype', '_class']) {
        const attr = op.getAttr(name)
        if (attr) Object.assign(attr, { type: 99, list: null })
      }
    }
    expect(Buffer.from(encode(graphDef)).equals(bytes)).toBe(true)
    expect(printed(graphDef)).toBe(printed(decode(bytes)))
  })

  test('gives each node attributes of its own', () => {
    const { graph } = importGraphDef(encode(alikeGraph(3)), { name: '' })
    const [first, second] = [graph.getOperationByName('n0'), graph.getOperationByName('n1')]
    expect(first.getAttr('T')).toBe(first.getAttr('T'))
    Object.assign(first.getAttr('T') ?? {}, { type: 3 })
    expect(second.getAttr('T')?.type).toBe(1)
    expect(graph.asGraphDef().node[2]?.attr['T']?.type).toBe(1)
  })

  test('tells nodes apart that differ in one byte', () => {
    const element = fc.record({
      type: fc.constantFrom(1, 2, 3),
      shape: fc.constantFrom(undefined, [1], [2], [1, 2]),
      beside: fc.constantFrom(undefined, 0, 1),
      extra: fc.constantFrom(undefined, 'a', 'b', 'x'.repeat(600)),
      device: fc.constantFrom('', '/device:CPU:0'),
    })
    fc.assert(
      fc.property(fc.array(element, { minLength: 1, maxLength: 12 }), (elements) => {
        const graphDef = new tensorflow.GraphDef({
          node: elements.map(({ type, shape, beside, extra, device }, at) =>
            nodeOf(at, { type, shape, beside, extra, device }),
          ),
        })
        const bytes = encode(graphDef)
        const [ofBytes, ofMessages] = [decode(bytes), seen(bytes)].map(
          (one) => importGraphDef(one, { name: 's' }).graph,
        ) as [Graph, Graph]
        for (const addShapes of [false, true]) {
          expect(printed(ofBytes.asGraphDef({ addShapes }))).toBe(printed(ofMessages.asGraphDef({ addShapes })))
        }
      }),
      { numRuns: 60 },
    )
  })
})

/** A placeholder: its name is "n" and its number. */
function nodeOf(
  at: number,
  parts: {
    readonly type: number
    readonly shape: readonly number[] | undefined
    readonly beside: number | undefined
    readonly extra: string | undefined
    readonly device: string
  },
): GraphDef['node'][number] {
  const { type, shape, beside, extra, device } = parts
  const text = (value: string): Uint8Array => new TextEncoder().encode(value)
  const dims = (shape ?? []).map((size) => ({ size }))
  return new tensorflow.NodeDef({
    name: `n${at}`,
    op: 'Placeholder',
    device,
    attr: {
      dtype: { type },
      ...(shape === undefined ? {} : { _output_shapes: { list: { shape: [{ dim: dims }] } } }),
      ...(beside === undefined ? {} : { _class: { list: { s: [text(`loc:@n${Math.min(beside, at)}`)] } } }),
      ...(extra === undefined ? {} : { _extra: { s: text(extra) } }),
    },
  }) as GraphDef['node'][number]
}

function alikeGraph(count: number): object {
  const node = Array.from({ length: count }, (_, at) => ({
    name: `n${at}`,
    op: at === 0 ? 'NoOp' : 'Identity',
    input: at === 0 ? [] : ['c'],
    attr: { T: { type: 1 } },
  }))
  const value = { tensor: { dtype: 1, tensorShape: {}, floatVal: [1] } }
  return { node: [{ name: 'c', op: 'Const', attr: { dtype: { type: 1 }, value } }, ...node] }
}

function run(graph: Graph, graphDef: GraphDef, { name, input_map, return: returnElements }: Step): unknown {
  const inputMap = new Map(Object.entries(input_map).map(([key, tensor]) => [key, graph.getTensorByName(tensor)]))
  const options: ImportGraphDefOptions = {
    graph,
    inputMap,
    ...(name === null ? {} : { name }),
    ...(returnElements === null ? {} : { returnElements }),
  }
  try {
    return importGraphDef(graphDef, options).elements.map((element) => element.name)
  } catch (error) {
    return [(error as Error).name, (error as Error).message]
  }
}
