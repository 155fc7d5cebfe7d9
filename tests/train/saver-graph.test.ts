/**
 * The graph of a Saver: which one it is, when it is made, what of it stands in the .meta beside a checkpoint.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { Graph, graphInternals } from '../../src/graph/graph'
import { importGraphDef } from '../../src/graph/import-graph-def'
import { graphOf } from '../../src/graph/store-graph'
import { decodeMessage, encodeMessage, type MetaGraphDef, tensorflow } from '../../src/proto/messages'
import { printMessage } from '../../src/proto/message-text'
import { array } from '../../src/tensor/convert'
import type { NDArray } from '../../src/tensor/ndarray'
import { importMetaGraph } from '../../src/train/import-meta-graph'
import { Saver, type SaverOptions } from '../../src/train/saver'
import { nodeNameOf } from '../../src/train/saver-graph'
import { UnavailableError } from '../../src/util/errors'
import type { Saveable } from '../../src/variables/saveable'
import { VariableStore } from '../../src/variables/variable-store'
import { errorOf, ls } from '../helpers/bundle'
import { FaultFileSystem } from '../helpers/fault-fs'
import { GOLDEN_DIR } from '../oracle/golden'

function storeOf(...names: string[]): VariableStore {
  const store = new VariableStore()
  for (const name of names) store.variable(array([1, 2]), { name })
  return store
}

function metaOf(fs: MemoryFileSystem, path = 'm.meta'): MetaGraphDef {
  return decodeMessage(tensorflow.MetaGraphDef, fs.files.get(path) as Uint8Array, 'MetaGraphDef')
}

function nodeNames(meta: MetaGraphDef): string[] {
  return (meta.graphDef?.node ?? []).map(({ name }) => name)
}

/** The nodes that are variables: [name, op]. */
function variableNodes(meta: MetaGraphDef): [string, string][] {
  const nodes = (meta.graphDef?.node ?? []).filter(({ op }) => op === 'VariableV2' || op === 'VarHandleOp')
  return nodes.map(({ name, op }) => [name, op])
}

/** Saves under "m", and gives what was written. */
async function saved(saver: Saver, fs: MemoryFileSystem): Promise<MetaGraphDef> {
  await saver.save('m', { writeState: false })
  return metaOf(fs)
}

/** An object of the caller's own. */
function own(value: NDArray): Saveable {
  return { dtype: value.dtype, shape: value.shape, read: () => value, assign: () => undefined }
}

describe('the graph of a Saver', () => {
  test('is that of the variables’ store, with all that is in it', async () => {
    const fs = new MemoryFileSystem()
    const store = storeOf('a', 'b')
    store.addToCollection('words', 'one')
    const meta = await saved(
      new Saver(
        [store.get('a')].flatMap((one) => one ?? []),
        { fs },
      ),
      fs,
    )
    expect(variableNodes(meta).map(([name]) => name)).toEqual(['a', 'b'])
    expect(nodeNames(meta).filter((name) => name.startsWith('save/Assign'))).toEqual(['save/Assign'])
    expect(Object.keys(meta.collectionDef).sort()).toEqual(['trainable_variables', 'variables', 'words'])
    expect(meta.saverDef?.restoreOpName).toBe('save/restore_all')
  })

  test('is the one that was handed in, where its nodes are those of the variables', async () => {
    const fs = new MemoryFileSystem()
    const { graph } = importGraphDef(graphOf(storeOf('a', 'b', 'c')).asGraphDef(), { name: '' })
    const store = storeOf('c', 'a')
    const saver = new Saver({ x: store.get('a') as never, y: store.get('c') as never }, { fs, graph, name: 'keep' })
    const meta = await saved(saver, fs)
    expect(variableNodes(meta).map(([name]) => name)).toEqual(['a', 'b', 'c'])
    const assigned = graph.getOperationByName('keep/Assign_1').inputs.map(({ name }) => name)
    expect(assigned).toEqual(['c:0', 'keep/RestoreV2:1'])
    expect(meta.saverDef?.filenameTensorName).toBe('keep/Const:0')
    expect(
      graphOf(store)
        .getOperations()
        .some(({ name }) => name.startsWith('keep')),
    ).toBe(false)
  })

  test('has a variable of the key’s name for an object of the caller’s own', async () => {
    const graph = graphOf(storeOf('a'))
    const saver = new Saver({ a: own(array([5, 6])) }, { graph })
    expect(saver.asSaverDef().saveTensorName).toBe('save/control_dependency:0')
    await expect(errorOf(() => new Saver({ b: own(array([5, 6])) }, { graph }))).resolves.toEqual([
      'ValueError',
      'Cannot save b with this graph: no variable b: it has no node of that name',
    ])
  })

  test.each<[string, (graph: Graph) => Saver, string]>([
    ['another dtype', (graph) => new Saver({ a: own(array([1n, 2n])) }, { graph }), 'its variable a is no int64[2]'],
    ['another shape', (graph) => new Saver({ a: own(array([1])) }, { graph }), 'its variable a is no float32[1]'],
    [
      'no variable',
      (graph) => new Saver({ 'a/read': own(array([1, 2])) }, { graph }),
      'no variable a/read: it has a node of that name of type Identity',
    ],
    ['no node', (graph) => new Saver(storeOf('a', 'z'), { graph }), 'no variable z: it has no node of that name'],
  ])('has to have every variable: %s is a ValueError, at once', async (_, make, message) => {
    const { graph } = importGraphDef(graphOf(storeOf('a')).asGraphDef(), { name: '' })
    const before = graph.getOperations().length
    const [name, text] = await errorOf(() => make(graph))
    expect(name).toBe('ValueError')
    expect(text).toContain(message)
    expect(graph.getOperations()).toHaveLength(before)
  })

  test('that is no Graph is a TypeError', async () => {
    const [name] = await errorOf(() => new Saver(storeOf('a'), { graph: {} } as unknown as SaverOptions))
    expect(name).toBe('TypeError')
  })

  test('is one of its own for variables of several stores, and for objects: each under its key', async () => {
    const fs = new MemoryFileSystem()
    const [one, two] = [storeOf('w'), storeOf('w')]
    const resource = two.variable(array(1n), { name: 'r', useResource: true, trainable: false })
    const items = {
      'one/w': one.get('w') as never,
      'two/w': two.get('w') as never,
      r: resource,
      'a b': own(array(['x'])),
      _x: own(array(1)),
    }
    const saver = new Saver(items, { fs })
    const meta = await saved(saver, fs)
    expect(variableNodes(meta)).toEqual([
      ['v_x', 'VariableV2'],
      ['a_b', 'VariableV2'],
      ['one/w', 'VariableV2'],
      ['r', 'VarHandleOp'],
      ['two/w', 'VariableV2'],
    ])
    const { saver: again, variables } = await importMetaGraph('m.meta', { fs })
    expect((await again?.restore('m'))?.restored).toEqual(['_x', 'a b', 'one/w', 'r', 'two/w'])
    expect(variables.get('one/w')?.read().data).toEqual(Float32Array.of(1, 2))
    expect(variables.get('r')?.read().data).toEqual(BigInt64Array.of(1n))
    // What was there before has no more nodes than it had.
    expect(
      graphOf(one)
        .getOperations()
        .every(({ name }) => name.startsWith('w')),
    ).toBe(true)
  })

  test.each([
    ['conv/w', 'conv/w'],
    ['a b:0', 'a_b_0'],
    ['é', 'v_'],
    ['', 'v'],
    ['_x', 'v_x'],
    ['a/', 'a_'],
    ['.OPTIMIZER_SLOT', '.OPTIMIZER_SLOT'],
  ])('calls the key %j %j', (key, name) => {
    expect(nodeNameOf(key)).toBe(name)
    expect(new VariableStore().variable(array(1), { name: nodeNameOf(key) }).op.name).toBe(name)
  })
})

describe('the scope of a Saver', () => {
  test('is taken when the Saver is made, and its nodes come when somebody looks', () => {
    const store = storeOf('a')
    const [first, second] = [new Saver(store), new Saver(store)]
    const later = store.variable(array(1), { name: 'save' })
    expect(later.op.name).toBe('save_2')
    expect(second.asSaverDef().restoreOpName).toBe('save_1/restore_all')
    expect(first.asSaverDef().restoreOpName).toBe('save/restore_all')
    const names = graphOf(store)
      .getOperations()
      .map(({ name }) => name)
    const at = ['a', 'save/restore_all', 'save_1/restore_all', 'save_2'].map((name) => names.indexOf(name))
    expect(at.every((place) => place >= 0)).toBe(true)
    // In the order in which they were made.
    expect(at).toEqual([...at].sort((a, b) => a - b))
    // A Saver saves what was there when it was made.
    expect(names).not.toContain('save_1/Assign_1')
  })

  test('is named by the option, and a bad name is said at once', async () => {
    const store = storeOf('a')
    expect(new Saver(store, { name: 'x' }).asSaverDef().restoreOpName).toBe('x/restore_all')
    expect(new Saver(store, { name: 'x' }).asSaverDef().restoreOpName).toBe('x_1/restore_all')
    for (const varList of [store, { a: own(array(1)) }]) {
      expect((await errorOf(() => new Saver(varList, { name: '_x' })))[0]).toBe('ValueError')
    }
  })
})

describe('the .meta of a Saver', () => {
  test('has what came after the Saver: a collection, a variable, another Saver', async () => {
    const fs = new MemoryFileSystem()
    const store = storeOf('a')
    const saver = new Saver(store, { fs })
    expect(Object.keys((await saved(saver, fs)).collectionDef)).toEqual(['trainable_variables', 'variables'])
    store.addToCollection('predict', graphOf(store).getTensorByName('a/read:0'))
    store.variable(array(1), { name: 'b' })
    store.addToCollection('savers', new Saver(store, { name: 'other' }))
    const meta = await saved(saver, fs)
    expect(meta.collectionDef['predict']?.nodeList?.value).toEqual(['a/read:0'])
    expect(variableNodes(meta).map(([name]) => name)).toEqual(['a', 'b'])
    const [def] = meta.collectionDef['savers']?.bytesList?.value ?? []
    expect(decodeMessage(tensorflow.SaverDef, def as Uint8Array, 'SaverDef').restoreOpName).toBe('other/restore_all')
  })

  test('is the same bytes where nothing has changed, and other bytes where anything has', async () => {
    const fs = new MemoryFileSystem()
    const store = storeOf('a')
    const saver = new Saver(store, { fs })
    const bytes = async (stripDefaultAttrs = false): Promise<string> => {
      await saver.save('m', { stripDefaultAttrs })
      return Buffer.from(fs.files.get('m.meta') as Uint8Array).toString('hex')
    }
    const first = await bytes()
    expect(await bytes()).toBe(first)
    // Those of a message that is encoded as a whole.
    const whole = encodeMessage(tensorflow.MetaGraphDef, await saver.exportMetaGraph(), 'MetaGraphDef')
    expect(Buffer.from(whole).toString('hex')).toBe(first)
    const seen = new Set([first])
    const word = Uint8Array.of(1)
    for (const change of [
      () => bytes(true),
      () => bytes(),
      () => void store.addToCollection('words', 'one'),
      () => void store.addToCollection('words', 'two'),
      () => void store.addToCollection('bytes', word),
      () => void (word[0] = 2),
      () => void store.variable(array(1)),
      () => void (saver.asSaverDef().maxToKeep = 7),
      () => void store.addToCollection('__proto__', 'x'),
    ]) {
      const changed = (await change()) ?? (await bytes())
      const isBack = changed === first
      expect([change.toString(), isBack || !seen.has(changed)]).toEqual([change.toString(), true])
      seen.add(changed)
    }
    expect(seen.size).toBe(9)
  })

  test('goes under its own suffix, and is deleted under the suffix of the save that deletes', async () => {
    const fs = new MemoryFileSystem()
    const saver = new Saver(storeOf('a'), { fs, maxToKeep: 1 })
    await saver.save('m', { globalStep: 1 })
    await saver.save('m', { globalStep: 2, metaGraphSuffix: 'graph' })
    await saver.save('m', { globalStep: 3, metaGraphSuffix: 'graph' })
    const metas = ls(fs).filter((name) => /\.(meta|graph)$/.test(name))
    expect(metas).toEqual(['m-1.meta', 'm-3.graph'])
  })

  test('is all that a Saver of nothing writes, and its directory is made', async () => {
    const fs = new MemoryFileSystem()
    const store = new VariableStore()
    store.addToCollection('words', 'one')
    const saver = new Saver(store, { fs, allowEmpty: true })
    expect(await saver.save('x/y/m', { globalStep: 4 })).toBe('')
    expect(ls(fs)).toEqual(['x/y/m-4.meta'])
    const meta = metaOf(fs, 'x/y/m-4.meta')
    expect([meta.saverDef, Object.keys(meta.collectionDef)]).toEqual([null, ['words']])
    expect(await saver.save('z/m', { writeMetaGraph: false })).toBe('')
    expect(ls(fs)).toEqual(['x/y/m-4.meta'])
  })

  test('that cannot be written fails the save: the checkpoint is whole, recorded, and an older .meta stands', async () => {
    const inner = new MemoryFileSystem()
    const store = storeOf('a')
    await new Saver(store, { fs: inner }).save('m')
    const older = inner.files.get('m.meta')
    const fs = new FaultFileSystem(inner, {
      before: (event) => {
        if (event.startsWith('create m.meta')) throw new UnavailableError('no more files')
      },
    })
    const saver = new Saver(store, { fs })
    store.get('a')?.assign(array([3, 4]))
    expect(await errorOf(saver.save('m'))).toEqual(['UnavailableError', 'no more files'])
    expect(saver.lastCheckpoints).toEqual(['m'])
    expect(inner.files.get('m.meta')).toBe(older)
    store.get('a')?.assign(array([0, 0]))
    await new Saver(store, { fs: inner }).restore('m')
    expect(store.get('a')?.read().data).toEqual(Float32Array.of(3, 4))
  })

  test('that cannot be made fails the save in its turn: after the checkpoint', async () => {
    const fs = new MemoryFileSystem()
    const store = storeOf('a')
    store.addToCollection('savers', {
      toProto: () => {
        throw new RangeError('no proto')
      },
    })
    const saver = new Saver(store, { fs })
    expect(await errorOf(saver.save('m'))).toEqual(['RangeError', 'no proto'])
    expect(ls(fs)).toEqual(['checkpoint', 'm.data-00000-of-00001', 'm.index'])
    expect(await saver.save('n', { writeMetaGraph: false })).toBe('n')
  })

  test('costs nothing where none is written: nobody looks at the graph', async () => {
    const fs = new MemoryFileSystem()
    const store = storeOf('a')
    let looks = 0
    graphInternals.defer(graphOf(store), () => {
      looks++
    })
    const saver = new Saver(store, { fs })
    for (const globalStep of [1, 2]) await saver.save('m', { globalStep, writeMetaGraph: false })
    await saver.restore('m-2')
    expect(looks).toBe(0)
    await saver.save('m')
    expect(looks).toBe(1)
  })

  test('is the graph of the call, whatever is added before it is written', async () => {
    const fs = new MemoryFileSystem()
    const store = storeOf('a')
    const saver = new Saver(store, { fs })
    const saving = saver.save('m')
    store.variable(array(1), { name: 'b' })
    await saving
    expect(variableNodes(metaOf(fs)).map(([name]) => name)).toEqual(['a'])
  })
})

describe('Saver.save() writes the .meta that TensorFlow writes', () => {
  /** As save_all() in tests/oracle/make_saver_golden.py. */
  function saverOfAll(fs: MemoryFileSystem): Saver {
    const store = new VariableStore()
    store.variable(array([1, 2]), { name: 'b' })
    store.variable(array(['x', 'yy']), { name: 's' })
    store.variable(array(1), { name: 'r', useResource: true, trainable: false })
    store.variable(array(1), { name: 'd', device: '/gpu:1' })
    const rows = array([
      [1, 2, 3],
      [4, 5, 6],
    ])
    store.nameScope('sc', () => store.variable(rows, { name: 'w' }))
    store.variable(array(7, 'int32'), { name: 'local', collections: ['local_variables'], trainable: false })
    store.addToCollection('words', 'one')
    const saver = new Saver(store, { fs, maxToKeep: 3, keepCheckpointEveryNHours: 0.5 })
    store.addToCollection('after', graphOf(store).getTensorByName('b/read:0'))
    return saver
  }

  test.each([
    ['saved', false],
    ['stripped', true],
  ])('%s.meta', async (name, stripDefaultAttrs) => {
    const fs = new MemoryFileSystem()
    await saverOfAll(fs).save('m', { stripDefaultAttrs })
    const theirs = readFileSync(`${GOLDEN_DIR}/saver-nodes/${name}.meta`)
    const text = (bytes: Uint8Array): string =>
      printMessage('tensorflow.MetaGraphDef', decodeMessage(tensorflow.MetaGraphDef, bytes, 'MetaGraphDef'))
    const ours = fs.files.get('m.meta') as Uint8Array
    expect(text(ours)).toBe(text(theirs))
    expect(Buffer.from(ours).equals(theirs)).toBe(true)
  })
})

describe('Saver.exportMetaGraph()', () => {
  test('gives the Saver’s graph with its SaverDef, and writes it where the Saver writes', async () => {
    const fs = new MemoryFileSystem()
    const saver = new Saver(storeOf('a'), { fs, maxToKeep: 2 })
    const meta = await saver.exportMetaGraph({ filename: 'd/x.meta', clearDevices: true })
    expect(meta.saverDef?.maxToKeep).toBe(2)
    expect(nodeNames(metaOf(fs, 'd/x.meta'))).toEqual(nodeNames(meta))
    expect(ls(fs)).toEqual(['d/x.meta'])
  })

  test('takes its own graph for an answer, and refuses another', async () => {
    const store = storeOf('a')
    const saver = new Saver(store)
    const own = { graph: graphOf(store), variables: store, saverDef: saver.asSaverDef() }
    expect((await saver.exportMetaGraph(own)).saverDef?.restoreOpName).toBe('save/restore_all')
    for (const other of [{ graph: new Graph() }, { variables: storeOf('a') }, { saverDef: { ...own.saverDef } }]) {
      expect((await errorOf(saver.exportMetaGraph(other)))[0]).toBe('ValueError')
    }
  })
})
