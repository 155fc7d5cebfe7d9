import { describe, expect, test } from 'vitest'
import { CheckpointReader } from '../../src/checkpoint/checkpoint-reader'
import { MemoryFileSystem } from '../../src/fs/memory'
import {
  type ConversionOptions,
  convertVariablesToConstants,
  replaceVariables,
} from '../../src/graph/convert-variables'
import { parseGraphDef } from '../../src/graph/graph-io'
import { printMessage } from '../../src/proto/message-text'
import { encodeMessage, type GraphDef, tensorflow } from '../../src/proto/messages'
import { array } from '../../src/tensor/convert'
import type { NDArray } from '../../src/tensor/ndarray'
import { InvalidArgumentError, RuntimeError, ValueError } from '../../src/util/errors'
import { VariableStore } from '../../src/variables/variable-store'
import { goldenFile } from '../oracle/golden'

function encode(graphDef: GraphDef): Uint8Array {
  return encodeMessage(tensorflow.GraphDef, graphDef, 'GraphDef')
}

function graphOf(file: string): GraphDef {
  return parseGraphDef(goldenFile(`frozen/${file}`))
}

/** A store with the values of a golden's checkpoint, under their keys. */
async function storeOf(prefix: string, useResource: boolean): Promise<VariableStore> {
  const names = ['index', 'data-00000-of-00001'].map((suffix) => `${prefix}.${suffix}`)
  const fs = new MemoryFileSystem()
  for (const name of names) fs.files.set(name, goldenFile(`frozen/${name}`))
  const reader = await CheckpointReader.open(prefix, { fs })
  const store = new VariableStore()
  for (const name of reader.getVariableToShapeMap().keys()) {
    store.variable(await reader.getTensor(name), { name, useResource })
  }
  return store
}

/** TensorFlow puts a number of its process behind the names of changed functions. */
function textWithoutNumbers(graphDef: GraphDef): string {
  return printMessage('tensorflow.GraphDef', graphDef).replace(/_frozen_\d+/g, '_frozen_n')
}

describe('convertVariablesToConstants()', () => {
  const outputs = ['fc/logits', 'global_step']

  test('gives the bytes of TensorFlow for a net of reference variables', async () => {
    const frozen = convertVariablesToConstants(graphOf('net/graph.pb'), await storeOf('net/m', false), outputs)
    expect(encode(frozen)).toEqual(goldenFile('frozen/net/frozen.pb'))
  })

  test('gives the graph of TensorFlow for resource variables, gathers, loops and called functions', async () => {
    const expected = graphOf('resource/frozen.pb')
    const graph = graphOf('resource/graph.pb')
    const found = convertVariablesToConstants(
      graph,
      await storeOf('resource/m', true),
      expected.node.map(({ name }) => name).filter((name) => name !== 'rows/axis'),
    )
    expect(textWithoutNumbers(found)).toBe(textWithoutNumbers(expected))
    expect(graph).toEqual(graphOf('resource/graph.pb'))
  })

  const V = 'node { name: "v" op: "VariableV2" attr { key: "dtype" value { type: DT_FLOAT } } SHAPE }'
  const SHAPED = V.replace('SHAPE', 'attr { key: "shape" value { shape { dim { size: 2 } } } }')
  const R = SHAPED.replaceAll('"v"', '"r"').replace('VariableV2', 'VarHandleOp')
  const READ = 'node { name: "y" op: "Identity" input: "v" attr { key: "T" value { type: DT_FLOAT } } }'

  function storeWith(values: Readonly<Record<string, NDArray>>): VariableStore {
    const store = new VariableStore()
    for (const [name, value] of Object.entries(values)) store.variable(value, { name })
    return store
  }

  function convert(text: string, outputs = ['y'], options: ConversionOptions = {}): GraphDef {
    const store = storeWith({ v: array([1, 2]), r: array([3, 4]) })
    return convertVariablesToConstants(parseGraphDef(text), store, outputs, options)
  }

  test('holds the values of the moment, in a copy', () => {
    const store = storeWith({ v: array([1, 2]) })
    const frozen = convertVariablesToConstants(parseGraphDef(SHAPED + READ), store, ['y'])
    const bytes = encode(frozen)
    store.get('v')?.assign(array([8, 9]))
    expect(encode(frozen)).toEqual(bytes)
  })

  test('converts the op that variables had before version 1.0, which TensorFlow 2.21 leaves as it is', () => {
    const [variable] = convert(SHAPED.replace('VariableV2', 'Variable') + READ).node
    expect(variable?.op).toBe('Const')
  })

  test('refuses values of another dtype or shape than the graph says', () => {
    const graph = parseGraphDef(SHAPED + READ)
    for (const value of [array([1, 2, 3]), array(1), array([[1, 2]]), array([1, 2], 'int32')]) {
      const attempt = (): GraphDef => convertVariablesToConstants(graph, storeWith({ v: value }), ['y'])
      expect(attempt).toThrow(InvalidArgumentError)
      expect(attempt).toThrow(/^The value of v (is int32|has the shape)/)
    }
    const open = 'attr { key: "shape" value { shape { dim { size: -1 } } } }'
    for (const shape of ['', open, 'attr { key: "shape" value { shape { unknown_rank: true } } }']) {
      expect(convert(V.replace('SHAPE', shape) + READ).node[0]?.op).toBe('Const')
    }
  })

  test('leaves control inputs of reads out, and keeps where they are placed, as TensorFlow does', () => {
    const attrs =
      'attr { key: "dtype" value { type: DT_FLOAT } } attr { key: "_class" value { list { s: "loc:@r" } } } device: "/cpu:0"'
    const read = `node { name: "y" op: "ReadVariableOp" input: "r" input: "^c" ${attrs} } node { name: "c" op: "NoOp" }`
    const y = convert(R + read).node.find(({ name }) => name === 'y')
    expect([y?.op, y?.input, y?.device, Object.keys(y?.attr ?? {}).sort()]).toEqual([
      'Identity',
      ['r'],
      '',
      ['T', '_class'],
    ])
  })

  test('fails in the words of TensorFlow for what cannot take a constant', () => {
    const gather = (batch: number): string =>
      `node { name: "y" op: "ResourceGather" input: "r" input: "i" attr { key: "batch_dims" value { i: ${batch} } }
       attr { key: "dtype" value { type: DT_FLOAT } } attr { key: "Tindices" value { type: DT_INT64 } } }
       node { name: "i" op: "Placeholder" }`
    expect(() => convert(R + gather(1))).toThrow(
      new ValueError("batch_dims must be 0 for freeze_graph, but got node(y).attr('batch_dims') = 1."),
    )
    expect(
      convert(R + gather(0))
        .node.at(-1)
        ?.attr['value']?.tensor?.int64Val.map(Number),
    ).toEqual([0])
    const axes =
      R +
      gather(0) +
      gather(0)
        .replace('"y"', '"z"')
        .replace(/node \{ name: "i".*\}$/s, '')
    expect(convert(axes, ['y', 'z']).node.map(({ name }) => name)).toEqual(['r', 'y', 'i', 'z', 'y/axis', 'z/axis'])
    const branch = READ.replace('Identity', 'Switch').replace('input: "v"', 'input: "a" input: "v"')
    expect(() => convert(`${SHAPED} ${branch} node { name: "a" op: "Placeholder" }`)).toThrow(
      new ValueError('`index` 1 is out of range for node(y).attr(T), which has 1 elements.'),
    )
  })

  test('goes over long chains', () => {
    const count = 20_000
    const chain = Array.from({ length: count }, (_, i) =>
      READ.replace('"y"', `"y${i}"`).replace('"v"', `"${i ? `y${i - 1}` : 'v'}"`),
    )
    expect(convert(SHAPED + chain.join('\n'), [`y${count - 1}`]).node.length).toBe(count + 1)
  })

  /** A function of one handle, and calls of it. */
  function calling(calls: readonly (readonly [name: string, op: string, variable: string])[]): string {
    const read =
      'node_def { name: "read" op: "ReadVariableOp" input: "h" attr { key: "dtype" value { type: DT_FLOAT } } }'
    const signature =
      'signature { name: "f_7" input_arg { name: "h" type: DT_RESOURCE } output_arg { name: "o" type: DT_FLOAT } }'
    const nodes = calls.map(
      ([name, op, variable]) =>
        `node { name: "${name}" op: "${op}" input: "${variable}" attr { key: "f" value { func { name: "f_7" } } }
         attr { key: "Tin" value { list { type: DT_RESOURCE } } } attr { key: "Tout" value { list { type: DT_FLOAT } } } }`,
    )
    const both = R + R.replaceAll('"r"', '"v"')
    return `${both} ${nodes.join('\n')} library { function { ${signature} ${read} ret { key: "o" value: "read:value:0" }
      attr { key: "_input_shapes" value { list { shape { dim { size: 2 } } } } }
      arg_attr { key: 0 value { attr { key: "_output_shapes" value { list { shape { dim { size: 2 } } } } } } } } }`
  }

  test('gives a function that is changed a name of its own, and its results those of its nodes', () => {
    const frozen = convert(calling([['y', 'PartitionedCall', 'r']]))
    const [changed] = frozen.library?.function ?? []
    expect(changed?.signature?.name).toBe('f_frozen_0')
    expect(changed?.signature?.inputArg[0]?.type).toBe(1)
    expect(changed?.ret).toEqual({ o: 'read:output:0' })
    const shapes = [changed?.attr['_input_shapes'], changed?.argAttr[0]?.attr['_output_shapes']]
    for (const shape of shapes) expect(shape?.list?.shape[0]).toMatchObject({ unknownRank: true, dim: [] })
    const call = frozen.node.find(({ name }) => name === 'y')
    expect([call?.attr['f']?.func?.name, call?.attr['Tin']?.list?.type]).toEqual(['f_frozen_0', [1]])
  })

  test('refuses a function that is called with a variable that stays, or by what cannot be changed', () => {
    const two = calling([
      ['y', 'PartitionedCall', 'r'],
      ['z', 'PartitionedCall', 'v'],
    ])
    expect(convert(two, ['y', 'z']).library?.function.map(({ signature }) => signature?.name)).toEqual(['f_frozen_0'])
    const attempt = (): GraphDef => convert(two, ['y', 'z'], { variableNamesBlacklist: ['v'] })
    expect(attempt).toThrow(RuntimeError)
    expect(attempt).toThrow(/^Function f_7 is called by z with a variable that stays/)
    const other = calling([
      ['y', 'PartitionedCall', 'r'],
      ['z', 'MapDefun', 'v'],
    ])
    expect(() => convert(other, ['y', 'z'])).toThrow(RuntimeError)
  })

  test('does not go over calls that double at each level twice', () => {
    const levels = 40
    const fn = (level: number): string => {
      const call = (name: string): string =>
        `node_def { name: "${name}" op: "PartitionedCall" input: "h" attr { key: "f" value { func { name: "g_${level - 1}" } } }
         attr { key: "Tin" value { list { type: DT_RESOURCE } } } }`
      const nodes = level === 0 ? '' : call('a') + call('b')
      return `function { signature { name: "g_${level}" input_arg { name: "h" type: DT_RESOURCE } } ${nodes} }`
    }
    const library = Array.from({ length: levels }, (_, level) => fn(level)).join(' ')
    const call = `node { name: "y" op: "PartitionedCall" input: "r" attr { key: "f" value { func { name: "g_${levels - 1}" } } }
      attr { key: "Tin" value { list { type: DT_RESOURCE } } } }`
    const frozen = convert(`${R} ${call} library { ${library} }`)
    expect(frozen.library?.function.every(({ signature }) => /^g_frozen_\d+$/.test(signature?.name ?? ''))).toBe(true)
  })

  test('refuses 2 GB of constants before any is copied', () => {
    const half = { dtype: 'uint8', shape: [2 ** 30], data: new Uint8Array(2 ** 30) } as const
    const names = ['a', 'b']
    const text = names.map((name) => V.replace('"v"', `"${name}"`).replace('DT_FLOAT', 'DT_UINT8').replace('SHAPE', ''))
    const nodes = new Map(names.map((name) => [name, half]))
    const graph = parseGraphDef(text.join(' '))
    expect(() => replaceVariables(graph, graph.node, nodes)).toThrow(ValueError)
    expect(() => replaceVariables(graph, graph.node, nodes)).toThrow('GraphDef cannot be larger than 2GB.')
  })
})
