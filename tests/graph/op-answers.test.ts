/** What is said of ops, attributes and nodes, beside what TensorFlow says: tests/oracle/make_ops_golden.py asked it. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { inputTypes, outputTypes } from '../../src/graph/arg-types'
import { attrValuesEqual } from '../../src/graph/attr-equal'
import { summarizeAttrValue } from '../../src/graph/attr-summary'
import { dataTypesString, makeRefType } from '../../src/graph/data-types'
import { fillDefaults } from '../../src/graph/default-attrs'
import { checkNode } from '../../src/graph/node-check'
import { allOpNames, findOp } from '../../src/graph/op-registry'
import { summarizeOpDef } from '../../src/graph/op-summary'
import { removeUnknownDefaults, stripDefaultAttrs } from '../../src/graph/strip-attrs'
import { strippedOpList } from '../../src/graph/stripped-op-list'
import {
  type AttrValue,
  decodeMessage,
  encodeMessage,
  type GraphDef,
  type NodeDef,
  tensorflow,
} from '../../src/proto/messages'
import { plainAttrs, someOp } from './op-answers'

interface GraphAnswers {
  readonly graph: string
  readonly producer: string
  readonly stripped: readonly string[]
  readonly producer_stripped: readonly string[]
  readonly used: readonly string[]
}

interface Answers {
  readonly ops: Readonly<Record<string, string>>
  readonly values: readonly (readonly [value: string, text: string])[]
  readonly equal: readonly (readonly [a: string, b: string, equal: boolean])[]
  readonly nodes: readonly (readonly [node: string, message: string | null])[]
  readonly graphs: readonly GraphAnswers[]
}

const answers = JSON.parse(readFileSync(new URL('../golden/ops/answers.json', import.meta.url), 'utf8')) as Answers

/** How many inputs a node has that is told what is wrong with it. */
const INPUTS = 50

function read<T>(codec: Parameters<typeof decodeMessage<T>>[0], base64: string): T {
  return decodeMessage(codec, new Uint8Array(Buffer.from(base64, 'base64')), 'message')
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8)
}

/** What is said against a node; null where nothing is. */
function said(node: NodeDef): string | null {
  const op = someOp(node.op)
  fillDefaults(node.attr, op)
  try {
    checkNode(node, node.input.length, op)
  } catch (error) {
    return (error as Error).message
  }
  return null
}

function nodeWithout(op: string): NodeDef {
  return new tensorflow.NodeDef({ name: 'b', op, input: new Array<string>(INPUTS).fill('a') })
}

function words(types: readonly { readonly dtype: number; readonly isRef: boolean }[]): string {
  return dataTypesString(types.map(({ dtype, isRef }) => (isRef ? makeRefType(dtype) : dtype)))
}

function differing(check: (name: string) => readonly [ours: string, theirs: string | undefined]): string[] {
  return allOpNames().filter((name) => {
    const [ours, theirs] = check(name)
    return ours !== theirs
  })
}

test('checkNode() and summarizeOpDef() say what TensorFlow says of every op', () => {
  const wrong = differing((name) => [digest(said(nodeWithout(name)) ?? ''), answers.ops[name]?.slice(0, 8)])
  expect(wrong).toEqual([])
})

test('inputTypes() and outputTypes() are those of TensorFlow for every op', () => {
  const wrong = differing((name) => {
    const op = someOp(name)
    const attrs = plainAttrs(op)
    return [digest(`${words(inputTypes(op, attrs))} -> ${words(outputTypes(op, attrs))}`), answers.ops[name]?.slice(8)]
  })
  expect(wrong).toEqual([])
})

test('summarizeAttrValue() shows values as TensorFlow does', () => {
  const ours = answers.values.map(([value]) => summarizeAttrValue(read(tensorflow.AttrValue, value)))
  expect(ours).toEqual(answers.values.map(([, text]) => text))
})

test('attrValuesEqual() holds equal what TensorFlow holds equal', () => {
  const ours = answers.equal.map(([a, b]) =>
    attrValuesEqual(read(tensorflow.AttrValue, a), read(tensorflow.AttrValue, b)),
  )
  expect(ours).toEqual(answers.equal.map(([, , equal]) => equal))
})

test('checkNode() finds the faults that TensorFlow finds', () => {
  const ours = answers.nodes.map(([bytes]) => {
    const node = read(tensorflow.NodeDef, bytes)
    return said(node)?.replaceAll(summarizeOpDef(someOp(node.op)), 'Op<>') ?? null
  })
  expect(ours).toEqual(answers.nodes.map(([, message]) => message))
})

describe('a graph with functions', () => {
  const graphs = answers.graphs.map((answer) => ({ answer, graphDef: read(tensorflow.GraphDef, answer.graph) }))

  test('stripDefaultAttrs() leaves what TensorFlow leaves', () => {
    const ours = graphs.map(({ graphDef }) => attrNames(stripDefaultAttrs(graphDef, findOp)))
    expect(ours).toEqual(graphs.map(({ answer }) => answer.stripped))
  })

  test('stripDefaultAttrs() does not change what it was given', () => {
    const before = graphs.map(({ answer }) => answer.graph)
    for (const { graphDef } of graphs) stripDefaultAttrs(graphDef, findOp)
    const after = graphs.map(({ graphDef }) => encodeMessage(tensorflow.GraphDef, graphDef, 'GraphDef'))
    expect(after.map((bytes) => Buffer.from(bytes).toString('base64'))).toEqual(before)
  })

  test('removeUnknownDefaults() leaves what TensorFlow leaves', () => {
    const ours = graphs.map(({ answer, graphDef }) =>
      attrNames(removeUnknownDefaults(graphDef, read(tensorflow.OpList, answer.producer), findOp)),
    )
    expect(ours).toEqual(graphs.map(({ answer }) => answer.producer_stripped))
  })

  test('strippedOpList() names the ops that TensorFlow names', () => {
    const ours = graphs.map(({ graphDef }) => strippedOpList(graphDef, findOp).op.map((op) => op.name))
    expect(ours).toEqual(graphs.map(({ answer }) => answer.used))
  })
})

function attrNames(graphDef: GraphDef): string[] {
  const nodes = [...graphDef.node, ...(graphDef.library?.function ?? []).flatMap((body) => body.nodeDef)]
  return nodes.map(({ attr }: { readonly attr: { readonly [name: string]: AttrValue } }) =>
    Object.keys(attr).sort().join(' '),
  )
}
