import { describe, expect, test } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { NodeFileSystem } from '../../src/fs/node'
import { evaluate } from '../../src/graph/evaluate'
import { frozenVariables } from '../../src/graph/frozen-variables'
import { Graph, type Tensor } from '../../src/graph/graph'
import { readGraphDef } from '../../src/graph/graph-io'
import { array, toNested } from '../../src/tensor/convert'
import { loadModel, type LoadedModel } from '../../src/tools/load-model'
import { Saver, type SaverOptions } from '../../src/train/saver'
import { InvalidArgumentError, NotFoundError, ValueError } from '../../src/util/errors'
import { VariableStore } from '../../src/variables/variable-store'
import { addOp } from '../helpers/graph'
import { frozenFiles } from '../helpers/frozen'

const CONV1 = 'conv1/w'

function put(fs: MemoryFileSystem, path: string, text: string): void {
  fs.files.set(path, new TextEncoder().encode(text))
}

/** One checkpoint of the golden net under other names, with or without its .meta. */
function saveAs(fs: MemoryFileSystem, prefix: string, meta = true): void {
  const net = frozenFiles('net')
  for (const suffix of ['index', 'data-00000-of-00001', ...(meta ? ['meta'] : [])]) {
    fs.files.set(`${prefix}.${suffix}`, net.files.get(`net/m.${suffix}`) as Uint8Array<ArrayBuffer>)
  }
}

async function load(fs: MemoryFileSystem, path: string, options = {}): Promise<LoadedModel & { lines: string[] }> {
  const lines: string[] = []
  const logger = { info: (line: string) => lines.push(line) }
  return { ...(await loadModel(path, { fs, logger, ...options })), lines }
}

async function expectedWeights(): Promise<unknown> {
  const frozen = frozenVariables(await readGraphDef('net/frozen.pb', { fs: frozenFiles('net') }))
  const value = frozen.get(CONV1)
  return value && toNested(value)
}

describe('loadModel() of a file', () => {
  test('imports a frozen graph, and says which file it took', async () => {
    const fs = frozenFiles('net')
    const { graph, variables, saver, files, lines } = await load(fs, 'net/frozen.pb')
    expect(files).toEqual({ graph: 'net/frozen.pb' })
    expect(lines).toEqual(['Model filename: net/frozen.pb'])
    expect([[...variables], saver]).toEqual([[], undefined])
    expect(toNested(evaluate('conv1/w/read:0', { graph, variables }))).toEqual(await expectedWeights())
  })

  test('puts it into a graph, under a name, with other inputs', async () => {
    const fs = frozenFiles('net')
    const graph = new Graph()
    const x = addOp(graph, 'Placeholder', 'x', [], { dtype: { type: 1 } }).outputs[0] as Tensor
    const loaded = await load(fs, 'net/frozen.pb', { graph, name: 'net', inputMap: { 'x:0': x } })
    expect(loaded.graph).toBe(graph)
    expect(graph.getOperationByName('net/conv1/Conv2D').inputs[0]).toBe(x)
  })

  test('says what a file is that is none, and that there is none', async () => {
    const fs = frozenFiles('net')
    await expect(load(fs, 'net/m.meta')).rejects.toThrow(InvalidArgumentError)
    await expect(load(fs, 'net/m.meta')).rejects.toThrow('it is a MetaGraphDef: importMetaGraph() takes it')
    await expect(load(fs, 'net/no.pb')).rejects.toThrow(NotFoundError)
    await expect(load(fs, 'net/no.pb')).rejects.toThrow('net/no.pb; No such file or directory')
    const prefix = [...fs.files.keys()].find((path) => path.endsWith('.meta'))?.slice(0, -'.meta'.length) ?? 'none'
    await expect(load(fs, prefix)).rejects.toThrow(
      `${prefix}; No such file or directory. It is the prefix of a checkpoint`,
    )
  })
})

describe('loadModel() of a directory', () => {
  test('imports and restores what the state file names', async () => {
    const fs = new MemoryFileSystem()
    saveAs(fs, 'd/m-10')
    saveAs(fs, 'd/m-20')
    put(fs, 'd/checkpoint', 'model_checkpoint_path: "m-10"')
    const { graph, variables, saver, files, lines } = await load(fs, 'd')
    expect(files).toEqual({ graph: 'd/m-10.meta', checkpoint: 'd/m-10' })
    expect(lines.slice(0, 3)).toEqual(['Model directory: d', 'Metagraph file: m-10.meta', 'Checkpoint file: m-10'])
    expect(toNested(evaluate('conv1/w/read:0', { graph, variables }))).toEqual(await expectedWeights())
    expect(variables.get(CONV1)?.initialized).toBe(true)
    expect(saver).toBeDefined()
  })

  test('finds the checkpoint after the directory was moved', async () => {
    const fs = new MemoryFileSystem()
    saveAs(fs, 'd/m-10')
    saveAs(fs, 'd/m-20')
    put(fs, 'd/checkpoint', 'model_checkpoint_path: "/home/somebody/models/m-10"')
    expect((await load(fs, 'd')).files.checkpoint).toBe('d/m-10')
  })

  test('takes the highest step without a state file, and the only meta graph', async () => {
    const fs = new MemoryFileSystem()
    saveAs(fs, 'd/m-9', false)
    saveAs(fs, 'd/m-10', false)
    saveAs(fs, 'd/graph')
    for (const suffix of ['index', 'data-00000-of-00001']) fs.files.delete(`d/graph.${suffix}`)
    expect((await load(fs, 'd')).files).toEqual({ graph: 'd/graph.meta', checkpoint: 'd/m-10' })
  })

  test.each<[string, SaverOptions, string]>([
    ['V1', {}, 'd/m-10'],
    ['V1 in shards', { numShards: 2 }, 'd/m-10-?????-of-00002'],
  ])('finds a checkpoint of format %s without a state file', async (_, options, checkpoint) => {
    const fs = new MemoryFileSystem()
    await fs.mkdir('d')
    const store = new VariableStore()
    for (const name of ['a', 'b']) store.variable(array([1, 2]), { name })
    const saver = new Saver(store, { fs, writeVersion: 'V1', logger: {}, ...options })
    for (const globalStep of [9, 10]) await saver.save('d/m', { globalStep, writeState: false })
    const { files, variables } = await load(fs, 'd')
    expect(files).toEqual({ graph: 'd/m-10.meta', checkpoint })
    expect(variables.get('b')?.initialized).toBe(true)
  })

  test('takes the meta graph that is named after the checkpoint', async () => {
    const fs = new MemoryFileSystem()
    saveAs(fs, 'd/m-9')
    saveAs(fs, 'd/m-10')
    expect((await load(fs, 'd')).files).toEqual({ graph: 'd/m-10.meta', checkpoint: 'd/m-10' })
  })

  test('imports under a name', async () => {
    const fs = new MemoryFileSystem()
    saveAs(fs, 'd/m-10')
    const { variables } = await load(fs, 'd', { name: 'net' })
    expect(variables.get(`net/${CONV1}`)?.initialized).toBe(true)
  })

  test('says what is missing, or what there is too much of', async () => {
    const fs = new MemoryFileSystem()
    await fs.mkdir('d')
    await expect(load(fs, 'd')).rejects.toThrow(NotFoundError)
    await expect(load(fs, 'd')).rejects.toThrow("Couldn't find 'checkpoint' file or checkpoints in given directory d")
    saveAs(fs, 'd/a', false)
    await expect(load(fs, 'd')).rejects.toThrow(new ValueError('No meta file found in the model directory (d)'))
    for (const name of ['x', 'y']) put(fs, `d/${name}.meta`, '')
    await expect(load(fs, 'd')).rejects.toThrow(
      'There should not be more than one meta file in the model directory (d): x.meta, y.meta. None of them is a.meta',
    )
    saveAs(fs, 'd/b')
    await expect(load(fs, 'd')).rejects.toThrow(/none has a higher step than all others: a, b$/)
  })
})

describe('loadModel() of "~"', () => {
  test('is in the home directory that the file system knows', async () => {
    const fs = Object.assign(frozenFiles('net'), { homeDirectory: () => Promise.resolve('net') })
    expect((await load(fs, '~/frozen.pb')).files.graph).toBe('net/frozen.pb')
    await expect(load(fs, '~other/frozen.pb')).rejects.toThrow(/^~other\/frozen\.pb; /)
    saveAs(fs, 'net/m-1')
    put(fs, 'net/checkpoint', 'model_checkpoint_path: "m-1"')
    expect((await load(fs, '~')).files.checkpoint).toBe('net/m-1')
  })

  test('is itself where the file system knows none', async () => {
    const fs = new MemoryFileSystem()
    fs.files.set('~/frozen.pb', frozenFiles('net').files.get('net/frozen.pb') as Uint8Array<ArrayBuffer>)
    expect((await load(fs, '~/frozen.pb')).files.graph).toBe('~/frozen.pb')
  })

  test('is known on the disk', async () => {
    const home = process.env['HOME'] ?? process.env['USERPROFILE']
    expect(await new NodeFileSystem().homeDirectory()).toBe(home)
  })
})
