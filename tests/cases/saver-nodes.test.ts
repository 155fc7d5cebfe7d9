/**
 * The cases of area saver-names that ask for nodes, those of saver-proto, and that of saver-save which looks into a .meta.
 */
import { describe, expect, test } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { type Graph, type Operation } from '../../src/graph/graph'
import { graphOf } from '../../src/graph/store-graph'
import { decodeMessage, type MetaGraphDef, type SaverDef, tensorflow } from '../../src/proto/messages'
import { array } from '../../src/tensor/convert'
import { tensorFromProto } from '../../src/tensor/tensor-proto'
import { Saver, type SaverOptions } from '../../src/train/saver'
import { saverDefOf } from '../../src/train/saver-nodes'
import { VariableStore } from '../../src/variables/variable-store'
import { errorOf, hex } from '../helpers/bundle'
import { oracleTest } from '../oracle/cases'

function storeOf(...names: string[]): VariableStore {
  const store = new VariableStore()
  for (const name of names) store.variable(array(1), { name })
  return store
}

/** The operations that `add` adds to the graph of a store. */
function added(store: VariableStore, add: (graph: Graph) => void): Operation[] {
  const graph = graphOf(store)
  const before = graph.getOperations().length
  add(graph)
  return graph.getOperations().slice(before)
}

function addedTypes(store: VariableStore, options: SaverOptions = {}): [string, string][] {
  return added(store, () => new Saver(store, options)).map(({ name, type }) => [name, type])
}

function textsOf(graph: Graph, name: string): { hex: string }[] {
  const tensor = graph.getOperationByName(name).getAttr('value')?.tensor ?? {}
  return (tensorFromProto(tensor).data as readonly Uint8Array[]).map((bytes) => ({ hex: hex(bytes) }))
}

describe('the nodes of a Saver', () => {
  oracleTest('names-ops-ref', ({ result }) => {
    expect(addedTypes(storeOf('b', 'a'))).toEqual(result)
  })

  oracleTest('names-ops-resource', ({ result }) => {
    const store = new VariableStore()
    store.variable(array(1), { name: 'a', useResource: true })
    expect(addedTypes(store)).toEqual(result)
  })

  oracleTest('names-ops-reshape', ({ result }) => {
    const store = new VariableStore()
    store.variable(array([1, 2]), { name: 'a' })
    expect(addedTypes(store, { reshape: true })).toEqual(result)
  })

  oracleTest('names-ops-sequential', ({ result }) => {
    const store = storeOf('a', 'b')
    const ops = added(store, () => new Saver(store, { restoreSequentially: true }))
    expect(ops.map(({ name, type, controlInputs }) => [name, type, controlInputs.map((op) => op.name)])).toEqual(result)
  })

  for (const [id, sharded] of [
    ['names-ops-v1', false],
    ['names-ops-v1-sharded', true],
  ] as const) {
    oracleTest(id, ({ result }) => {
      expect(addedTypes(storeOf('a'), { writeVersion: 'V1', sharded })).toEqual(result)
    })
  }

  oracleTest('names-assign-order', ({ result }) => {
    const store = new VariableStore()
    const variables = [
      ['z', 'a'],
      ['m', 'c'],
      ['b', 'b'],
    ].map(([key, name]) => [key, store.variable(array(1), { name: name as string })] as const)
    const graph = graphOf(store)
    const saver = new Saver(Object.fromEntries(variables))
    expect(saver.asSaverDef().restoreOpName).toBe('save/restore_all')
    const assigns = graph.getOperations().filter(({ name }) => name.startsWith('save/Assign'))
    const rows = assigns.map(({ name, inputs }) => [name, inputs[0]?.op.name, inputs[1]?.name])
    expect([...rows, textsOf(graph, 'save/RestoreV2/tensor_names')]).toEqual(result)
  })

  oracleTest('names-inside-name-scope', ({ result }) => {
    const store = storeOf('a')
    const def = store.nameScope('outer', () => new Saver(store)).asSaverDef()
    expect([def.filenameTensorName, def.saveTensorName, def.restoreOpName]).toEqual(result)
  })
})

describe('the message of a Saver', () => {
  oracleTest('proto-as-saver-def-is-live', ({ result }) => {
    const saver = new Saver(storeOf('a'))
    expect([saver.asSaverDef() === saver.asSaverDef(), saver.toProto() === saver.asSaverDef()]).toEqual(result)
  })

  oracleTest('names-saver-def-invalid', async ({ result }) => {
    const messages = ['x', saverDefOf({}), saverDefOf({ saveTensorName: 'a' }), saverDefOf({ restoreOpName: 'a' })]
    const answers = messages.map((def) => errorOf(() => Saver.fromProto(def as SaverDef, storeOf('v'))))
    expect(await Promise.all(answers)).toEqual(result)
  })

  test('it is live: its counts are those that the Saver goes by', async () => {
    const fs = new MemoryFileSystem()
    const saver = new Saver(storeOf('a'), { fs })
    saver.asSaverDef().maxToKeep = 1
    for (const globalStep of [1, 2]) await saver.save('m', { globalStep })
    expect(saver.lastCheckpoints).toEqual(['m-2'])
  })
})

describe('the meta graph beside a checkpoint', () => {
  async function metaOf(fs: MemoryFileSystem, path: string): Promise<MetaGraphDef> {
    return decodeMessage(tensorflow.MetaGraphDef, fs.files.get(path) as Uint8Array, 'MetaGraphDef')
  }

  oracleTest('save-strip-default-attrs', async ({ result }) => {
    const store = new VariableStore()
    store.variable(array([1]), { name: 'v' })
    const fs = new MemoryFileSystem()
    const saver = new Saver(store, { fs })
    await saver.save('a')
    await saver.save('b', { stripDefaultAttrs: true })
    const rows: unknown[] = []
    for (const path of ['a.meta', 'b.meta']) {
      const { metaInfoDef, graphDef } = await metaOf(fs, path)
      const node = graphDef?.node.find(({ name }) => name === 'v')
      rows.push([metaInfoDef?.strippedDefaultAttrs, Object.keys(node?.attr ?? {}).sort()])
    }
    expect(rows).toEqual(result)
  })
})
