/**
 * What a Saver knew, read back from its nodes: TensorFlow's own, and those that early releases made.
 */
import { describe, expect, test } from 'vitest'
import { type Graph } from '../../src/graph/graph'
import { importGraphDef } from '../../src/graph/import-graph-def'
import { parseGraphDef } from '../../src/graph/graph-io'
import { readSaverNodes } from '../../src/train/saver-from-nodes'
import { addSaverNodes, saverDefOf } from '../../src/train/saver-nodes'
import { graphBefore, itemsIn, nodeOptionsOf, SAVER_GOLDENS } from '../helpers/saver-goldens'

const byShard = (golden: (typeof SAVER_GOLDENS)[number]): unknown[] => {
  const order = new Map(golden.items.map((item, at) => [item, at]))
  return [...order.keys()]
}

describe('readSaverNodes() reads what TensorFlow was given', () => {
  test.each(SAVER_GOLDENS.map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
    const graph = graphBefore(golden)
    addSaverNodes(graph, itemsIn(graph, golden), nodeOptionsOf(golden))
    const nodes = readSaverNodes(graph, golden.saverDef)
    const found = nodes.variables.map(({ key, op, part }) => [key, op.name, part && [part.fullShape, part.slice]])
    const expected = golden.items.map(([key, name, part]) => [key, name, part === null ? undefined : part.slice(1)])
    if (golden.options.sharded === true) expect(found).toEqual(expect.arrayContaining(expected))
    else expect(found).toEqual(expected)
    expect(found).toHaveLength(byShard(golden).length)
    expect(nodes.variables.every((one) => one.reshape)).toBe(golden.options.reshape ?? false)
    const { others, saveOnly, restoreOnly, saveFault, restoreFault } = nodes
    expect({ others, saveOnly, restoreOnly, saveFault, restoreFault }).toEqual({
      others: [],
      saveOnly: [],
      restoreOnly: [],
      saveFault: undefined,
      restoreFault: undefined,
    })
  })

  test('the shards of a sharded Saver are the devices, by name', () => {
    const golden = SAVER_GOLDENS.find(({ name }) => name === 'sharded')
    if (golden === undefined) throw new Error('no golden sharded')
    const graph = graphBefore(golden)
    addSaverNodes(graph, itemsIn(graph, golden), nodeOptionsOf(golden))
    const shards = readSaverNodes(graph, golden.saverDef).variables.map(({ key, shard }) => [shard, key])
    expect(shards).toEqual([
      [0, 'r3'],
      [0, 'v3'],
      [1, 'r0'],
      [1, 'v0'],
      [2, 'r1'],
      [2, 'v1'],
      [3, 'r2'],
      [3, 'v2'],
    ])
  })
})

/** Nodes in short: name, op, inputs, and attributes as text. */
function graphOf(...nodes: readonly (readonly [name: string, op: string, inputs: string, attr?: string])[]): Graph {
  const text = nodes.map(([name, op, inputs, attr = '']) => {
    const names = inputs.split(' ').filter((input) => input !== '')
    return `node { name: "${name}" op: "${op}" ${names.map((input) => `input: "${input}"`).join(' ')} ${attr} }`
  })
  return importGraphDef(parseGraphDef(text.join('\n')), { name: '' }).graph
}

const FLOAT = 'value { type: DT_FLOAT }'
const floats = (name: string, count: number): string =>
  `attr { key: "${name}" value { list { ${'type: DT_FLOAT '.repeat(count)} } } }`
const strings = (...texts: readonly string[]): string =>
  'attr { key: "dtype" value { type: DT_STRING } } attr { key: "value" value { tensor { dtype: DT_STRING ' +
  `tensor_shape { dim { size: ${texts.length} } } ${texts.map((text) => `string_val: "${text}"`).join(' ')} } } }`
const scalar = (text: string): string => strings(text).replace('dim { size: 1 }', '')
const variable = `attr { key: "dtype" ${FLOAT} } attr { key: "shape" value { shape { dim { size: 2 } } } }`
const T = `attr { key: "T" ${FLOAT} }`
const def = (save = 'save/control_dependency:0') =>
  saverDefOf({ filenameTensorName: 'save/Const:0', saveTensorName: save, restoreOpName: 'save/restore_all' })

describe('readSaverNodes() reads the nodes of early releases', () => {
  test('one RestoreV2 for each variable, one after another', () => {
    const graph = graphOf(
      ['a', 'VariableV2', '', variable],
      ['b', 'VariableV2', '', variable],
      ['save/Const', 'Const', '', scalar('model')],
      ['save/SaveV2/tensor_names', 'Const', '', strings('ka', 'kb')],
      ['save/SaveV2/shape_and_slices', 'Const', '', strings('', '')],
      [
        'save/SaveV2',
        'SaveV2',
        'save/Const save/SaveV2/tensor_names save/SaveV2/shape_and_slices a b',
        floats('dtypes', 2),
      ],
      ['save/control_dependency', 'Identity', 'save/Const ^save/SaveV2', 'attr { key: "T" value { type: DT_STRING } }'],
      ...['a', 'b'].flatMap((name, at) => {
        const suffix = at === 0 ? '' : `_${at}`
        const restore = `save/RestoreV2${suffix}`
        return [
          [`${restore}/tensor_names`, 'Const', '', strings(`k${name}`)] as const,
          [`${restore}/shape_and_slices`, 'Const', '', strings('')] as const,
          [
            restore,
            'RestoreV2',
            `save/Const ${restore}/tensor_names ${restore}/shape_and_slices${at === 0 ? '' : ' ^save/Assign'}`,
            floats('dtypes', 1),
          ] as const,
          [`save/Assign${suffix}`, 'Assign', `${name} ${restore}`, T] as const,
        ]
      }),
      ['save/restore_all', 'NoOp', '^save/Assign ^save/Assign_1'],
    )
    const { variables, others, saveOnly, restoreOnly } = readSaverNodes(graph, def())
    expect(variables.map(({ key, op }) => [key, op.name])).toEqual([
      ['ka', 'a'],
      ['kb', 'b'],
    ])
    expect([others, saveOnly, restoreOnly]).toEqual([[], [], []])
  })

  test('SaveSlices with RestoreSlice, Save with Restore: a name is a scalar', () => {
    const graph = graphOf(
      ['a', 'Variable', '', variable],
      ['b', 'Variable', '', variable],
      ['b/read', 'Identity', 'b', T],
      ['save/Const', 'Const', '', scalar('model')],
      ['save/save/tensor_names', 'Const', '', strings('a', 'p')],
      ['save/save/shapes_and_slices', 'Const', '', strings('', '4 2,2')],
      [
        'save/save',
        'SaveSlices',
        'save/Const save/save/tensor_names save/save/shapes_and_slices a b/read',
        floats('T', 2),
      ],
      ['save/control_dependency', 'Identity', 'save/Const ^save/save', 'attr { key: "T" value { type: DT_STRING } }'],
      ['save/restore/tensor_name', 'Const', '', scalar('a')],
      ['save/restore', 'Restore', 'save/Const save/restore/tensor_name', `attr { key: "dt" ${FLOAT} }`],
      ['save/Assign', 'Assign', 'a save/restore', T],
      ['save/restore_slice/tensor_name', 'Const', '', scalar('p')],
      ['save/restore_slice/shape_and_slice', 'Const', '', scalar('4 2,2')],
      [
        'save/restore_slice',
        'RestoreSlice',
        'save/Const save/restore_slice/tensor_name save/restore_slice/shape_and_slice',
        `attr { key: "dt" ${FLOAT} }`,
      ],
      ['save/Assign_1', 'Assign', 'b save/restore_slice', T],
      ['save/restore_all', 'NoOp', '^save/Assign ^save/Assign_1'],
    )
    const { variables, saveOnly, restoreOnly } = readSaverNodes(graph, def())
    expect(variables.map(({ key, op, part }) => [key, op.name, part])).toEqual([
      ['a', 'a', undefined],
      ['p', 'b', { fullShape: [4], slice: [[2, 2]] }],
    ])
    expect([saveOnly, restoreOnly]).toEqual([[], []])
  })

  test('Save, which knows no slices', () => {
    const graph = graphOf(
      ['a', 'Variable', '', variable],
      ['save/Const', 'Const', '', scalar('model')],
      ['save/save/tensor_names', 'Const', '', strings('key')],
      ['save/save', 'Save', 'save/Const save/save/tensor_names a', floats('T', 1)],
      ['save/control_dependency', 'Identity', 'save/Const ^save/save', 'attr { key: "T" value { type: DT_STRING } }'],
      ['save/restore_all', 'NoOp', ''],
    )
    const nodes = readSaverNodes(graph, def())
    expect(nodes.variables.map(({ key, op }) => [key, op.name])).toEqual([['key', 'a']])
    expect(nodes.saveOnly).toEqual(['key'])
  })
})

describe('readSaverNodes() says what it cannot read', () => {
  const table = [
    ['a', 'VariableV2', '', variable],
    ['t', 'HashTableV2', '', `attr { key: "key_dtype" ${FLOAT} } attr { key: "value_dtype" ${FLOAT} }`],
    ['save/Const', 'Const', '', scalar('model')],
    ['save/RestoreV2/tensor_names', 'Const', '', strings('a', 't-keys', 't-values', 'sum')],
    ['save/RestoreV2/shape_and_slices', 'Const', '', strings('', '', '', '')],
    [
      'save/RestoreV2',
      'RestoreV2',
      'save/Const save/RestoreV2/tensor_names save/RestoreV2/shape_and_slices',
      floats('dtypes', 4),
    ],
    ['save/Assign', 'Assign', 'a save/RestoreV2', T],
    [
      'save/import',
      'LookupTableImportV2',
      't save/RestoreV2:1 save/RestoreV2:2',
      `attr { key: "Tin" ${FLOAT} } attr { key: "Tout" ${FLOAT} }`,
    ],
    ['save/Neg', 'Neg', 'save/RestoreV2:3', T],
    ['save/Assign_1', 'Assign', 'a save/Neg', T],
    ['save/restore_all', 'NoOp', '^save/Assign ^save/Assign_1 ^save/import'],
  ] as const

  test('keys of what is no variable, or is computed on its way, are others', () => {
    const { variables, others, saveFault } = readSaverNodes(graphOf(...table), def())
    expect(variables.map(({ key }) => key)).toEqual(['a'])
    expect([...others].sort()).toEqual(['sum', 't-keys', 't-values'])
    expect(saveFault?.name).toBe('ValueError')
    expect(saveFault?.message).toBe(
      `Fetch argument 'save/control_dependency:0' cannot be interpreted as a Tensor. ("The name 'save/control_dependency:0' ` +
        `refers to a Tensor which does not exist. The operation, 'save/control_dependency', does not exist in the graph.")`,
    )
  })

  test('a restore op that is not there is a fault too', () => {
    const { restoreFault, saveFault, variables } = readSaverNodes(graphOf(['a', 'VariableV2', '', variable]), def())
    expect(variables).toEqual([])
    expect(restoreFault?.message).toBe(
      `Fetch argument 'save/restore_all' cannot be interpreted as a Tensor. ("The name 'save/restore_all' refers to an Operation not in the graph.")`,
    )
    expect(saveFault?.name).toBe('ValueError')
  })

  test('more names than tensors, and names that are no constant, are errors', () => {
    const broken = table.map((node) =>
      node[0] === 'save/RestoreV2/tensor_names' ? ([node[0], 'Const', '', strings('a')] as const) : node,
    )
    expect(() => readSaverNodes(graphOf(...broken), def())).toThrow('save/RestoreV2 has 4 tensors and 1 names')
    const computed = table.map((node) =>
      node[0] === 'save/RestoreV2/tensor_names'
        ? ([node[0], 'Placeholder', '', 'attr { key: "dtype" value { type: DT_STRING } }'] as const)
        : node,
    )
    expect(() => readSaverNodes(graphOf(...computed), def())).toThrow('its input 1 is no constant')
  })
})
