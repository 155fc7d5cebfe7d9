import { describe, expect, test } from 'vitest'
import { frozenVariables } from '../../src/graph/frozen-variables'
import { parseGraphDef } from '../../src/graph/graph-io'
import { importGraphDef } from '../../src/graph/import-graph-def'
import { toNested } from '../../src/tensor/convert'
import { bytesOf } from '../../src/tensor/ndarray'
import { goldenFile } from '../oracle/golden'

const NET = ['global_step', 'conv1/w', 'conv1/b', 'conv2/w', 'conv2/b', 'fc/w', 'fc/b']

function constant(name: string): string {
  return `node { name: "${name}" op: "Const" attr { key: "dtype" value { type: DT_FLOAT } }
    attr { key: "value" value { tensor { dtype: DT_FLOAT tensor_shape { } float_val: 1 } } } }`
}

function identity(name: string, input: string): string {
  return `node { name: "${name}" op: "Identity" input: "${input}" attr { key: "T" value { type: DT_FLOAT } } }`
}

describe('frozenVariables()', () => {
  test('gives what were variables, in graph order, of a GraphDef and of a Graph', () => {
    const graphDef = parseGraphDef(goldenFile('frozen/net/frozen.pb'))
    const ofDef = frozenVariables(graphDef)
    // The step is read by nobody: it is a Const like others.
    expect([...ofDef.keys()]).toEqual(NET.slice(1))
    expect(ofDef.get('conv2/w')?.shape).toEqual([3, 3, 2, 3])
    expect(frozenVariables(importGraphDef(graphDef, { name: '' }).graph)).toEqual(ofDef)
    const prefixed = frozenVariables(importGraphDef(graphDef, { name: 'net' }).graph)
    expect([...prefixed.keys()]).toEqual(NET.slice(1).map((name) => `net/${name}`))
  })

  test('gives resource variables too', () => {
    const values = frozenVariables(parseGraphDef(goldenFile('frozen/resource/frozen.pb')))
    expect([...values.keys()]).toEqual(['v'])
  })

  test('shares the bytes of the graph where they lie aligned', () => {
    const graphDef = parseGraphDef(goldenFile('frozen/net/frozen.pb'))
    const values = frozenVariables(graphDef)
    const shares = graphDef.node.flatMap(({ name, attr }) => {
      const value = values.get(name)
      const content = attr['value']?.tensor?.tensorContent
      if (value === undefined || content === undefined || content.length === 0) return []
      expect(bytesOf(value).buffer === content.buffer).toBe(content.byteOffset % 4 === 0)
      return [content.byteOffset % 4 === 0]
    })
    expect(new Set(shares).size).toBe(2)
  })

  test('looks at names of reads alone', () => {
    const text = [
      constant('v'),
      identity('v/read', 'v:0'),
      identity('again/read', 'v'),
      constant('v_1'),
      identity('v/read_1', 'v_1'),
      constant('r'),
      identity('dense/MatMul/ReadVariableOp_2', 'r'),
      constant('c'),
      identity('y', 'c'),
      identity('c/already', 'c'),
      identity('thread', 'c'),
      identity('deep/read', 'y'),
    ].join('\n')
    const values = frozenVariables(parseGraphDef(text))
    expect([...values].map(([name, value]) => [name, toNested(value)])).toEqual([
      ['v', 1],
      ['v_1', 1],
      ['r', 1],
    ])
  })
})
