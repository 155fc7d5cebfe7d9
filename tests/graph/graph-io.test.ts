import { describe, expect, test } from 'vitest'
import { MemoryFileSystem } from '../../src/fs/memory'
import { Graph } from '../../src/graph/graph'
import { parseGraphDef, readGraphDef, writeGraph } from '../../src/graph/graph-io'
import { parseGraphOrMetaGraph, parseMessageOf, readMessageFile, writeMessageFile } from '../../src/graph/message-file'
import { encodeMessage, type GraphDef, type IGraphDef, tensorflow } from '../../src/proto/messages'
import { array } from '../../src/tensor/convert'
import {
  DataLossError,
  FailedPreconditionError,
  InvalidArgumentError,
  NotFoundError,
  ValueError,
} from '../../src/util/errors'
import { addConstant, namesOf } from '../helpers/graph'
import { goldenFile } from '../oracle/golden'

const NET = goldenFile('frozen/net/graph.pb')
const META = goldenFile('frozen/net/m.meta')

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

function encode(graphDef: object): Uint8Array<ArrayBuffer> {
  return encodeMessage(tensorflow.GraphDef, graphDef, 'GraphDef')
}

function savedModel(): Uint8Array<ArrayBuffer> {
  const metaGraphs = [parseMessageOf('MetaGraphDef', META)]
  return encodeMessage(tensorflow.SavedModel, { savedModelSchemaVersion: 1, metaGraphs }, 'SavedModel')
}

describe('parseGraphDef()', () => {
  test('tells bytes and text apart by content', async () => {
    const fs = new MemoryFileSystem()
    const graphDef = parseGraphDef(NET)
    await writeGraph(graphDef, '', 'text', { fs })
    const text = fs.files.get('text') as Uint8Array
    for (const one of [text, new TextDecoder().decode(text), NET]) {
      expect(Buffer.compare(encode(parseGraphDef(one)), NET)).toBe(0)
    }
  })

  test('takes text that begins with a newline, a comment or a byte order mark, and has control characters', () => {
    const node = 'node { name: "a" op: "NoOp" }'
    for (const text of [`\n${node}`, `# bell: \u0007\n${node}`, `\ufeff${node}`, ` \t\r\n${node}`]) {
      expect(parseGraphDef(bytesOf(text)).node.map(({ name }) => name)).toEqual(['a'])
    }
  })

  test('gives views of the bytes', () => {
    const graphDef = parseGraphDef(goldenFile('frozen/net/frozen.pb'))
    const bytes = encode(graphDef)
    const tensor = parseGraphDef(bytes).node.find(({ name }) => name === 'conv1/w')?.attr['value']?.tensor
    expect(tensor?.tensorContent.buffer).toBe(bytes.buffer)
  })

  test.each([
    ['a meta graph', META, 'it is a MetaGraphDef: importMetaGraph() takes it'],
    ['a saved model', savedModel(), 'it is a SavedModel'],
    ['nothing', new Uint8Array(0), 'it is empty'],
    ['a Git LFS pointer', bytesOf('version https://git-lfs.github.com/spec/v1\n'), 'it looks like a Git LFS pointer'],
    ['a web page', bytesOf('<!doctype html>\n<html>'), 'it looks like an HTML page'],
    ['HDF5', Uint8Array.of(0x89, 0x48, 0x44, 0x46, 13, 10, 26, 10), 'it looks like an HDF5 file'],
    ['a zip archive', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0), 'it looks like a zip archive'],
    ['a state file', bytesOf('model_checkpoint_path: "m-1"'), 'it looks like a checkpoint state file'],
    ['an index', goldenFile('convnet/model-40.index'), 'it looks like a checkpoint: loadCheckpoint() takes its prefix'],
    ['text in UTF-16', Uint8Array.of(0xff, 0xfe, 0x6e, 0), 'it looks like text in UTF-16'],
    ['text in Latin-1', Uint8Array.of(0x6e, 0xe9, 0x20), 'it is neither protobuf bytes nor text in UTF-8'],
  ])('says that %s is no graph', (_, bytes, text) => {
    expect(() => parseGraphDef(bytes)).toThrow(InvalidArgumentError)
    expect(() => parseGraphDef(bytes)).toThrow(`Cannot parse this as a GraphDef: ${text}`)
  })

  test('says line and column of text that is none, and what the text is', () => {
    expect(() => parseGraphDef('node {\n  nme: "a" }')).toThrow(DataLossError)
    expect(() => parseGraphDef('node {\n  nme: "a" }')).toThrow(/^2:3 : /)
    const meta = 'graph_def { node { name: "a" op: "NoOp" } }'
    expect(() => parseGraphDef(meta)).toThrow(/^1:1 : .*it is a MetaGraphDef: importMetaGraph\(\) takes it$/)
    expect(() => parseGraphDef(bytesOf(`# a\n\n${meta}`))).toThrow(/^3:1 : .*it is a MetaGraphDef/)
  })

  test('says at which byte bytes are none', () => {
    expect(() => parseGraphDef(NET.subarray(0, NET.length - 1))).toThrow(InvalidArgumentError)
    expect(() => parseGraphDef(Uint8Array.of(0x0a, 0xff, 0x12))).toThrow(/as a GraphDef: .*\(at byte \d+\)/)
  })

  test('takes graphs of functions or versions alone', () => {
    const library = { function: [{ signature: { name: 'f' } }] }
    for (const graphDef of [{ library }, { versions: { producer: 27 } }] as IGraphDef[]) {
      const bytes = encode(graphDef)
      expect(encode(parseGraphDef(bytes))).toEqual(bytes)
    }
  })
})

describe('parseMessageOf()', () => {
  test('says that a graph is no meta graph', () => {
    expect(() => parseMessageOf('MetaGraphDef', NET)).toThrow(
      'it is a GraphDef: readGraphDef() and importGraphDef() take it',
    )
    const text = 'node { name: "a" op: "NoOp" }'
    expect(() => parseMessageOf('MetaGraphDef', text, 'g.meta')).toThrow(/1:1 : .*it is a GraphDef: .*\(g\.meta\)$/)
  })

  test('takes nothing for an empty meta graph, as TensorFlow does', () => {
    expect(parseMessageOf('MetaGraphDef', new Uint8Array(0)).graphDef ?? undefined).toBeUndefined()
  })
})

describe('parseGraphOrMetaGraph()', () => {
  test('takes either, as bytes and as text', () => {
    expect(parseGraphOrMetaGraph(NET)).toHaveProperty('graphDef.node.length')
    expect(parseGraphOrMetaGraph(META)).toHaveProperty('metaGraphDef.graphDef')
    expect(parseGraphOrMetaGraph('node { name: "a" op: "NoOp" }')).toHaveProperty('graphDef')
    expect(parseGraphOrMetaGraph(bytesOf('graph_def { }'))).toHaveProperty('metaGraphDef')
    expect(() => parseGraphOrMetaGraph(savedModel(), 'd/saved_model.pb')).toThrow('it is a SavedModel')
  })
})

describe('readGraphDef()', () => {
  test('names the file in errors', async () => {
    const fs = new MemoryFileSystem()
    fs.files.set('d/m.meta', META)
    fs.files.set('d/cut.pb', NET.slice(0, 1000))
    await expect(readGraphDef('d/m.meta', { fs })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', path: 'd/m.meta' })
    await expect(readGraphDef('d/m.meta', { fs })).rejects.toThrow(
      'Cannot parse d/m.meta as a GraphDef: it is a MetaGraphDef',
    )
    await expect(readGraphDef('d/cut.pb', { fs })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', path: 'd/cut.pb' })
    await expect(readGraphDef('d/none.pb', { fs })).rejects.toThrow(NotFoundError)
    await expect(readGraphDef('d', { fs })).rejects.toThrow(FailedPreconditionError)
  })

  test('does not read a file that is longer than any message', async () => {
    const file = {
      size: 2 ** 31,
      read: (): Promise<Uint8Array> => Promise.reject(new Error('it was read')),
      close: (): Promise<void> => Promise.resolve(),
    }
    const fs = { open: () => Promise.resolve(file), exists: () => Promise.resolve(true) }
    await expect(readGraphDef('g.pb', { fs })).rejects.toThrow('Cannot read g.pb: it has 2147483648 bytes')
  })

  test('is given up by its signal', async () => {
    const fs = new MemoryFileSystem()
    fs.files.set('g.pb', NET)
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(readGraphDef('g.pb', { fs, signal })).rejects.toThrow('enough')
  })
})

describe('writeGraph()', () => {
  const graphDef = parseGraphDef('node { name: "a" op: "NoOp" }')

  test('writes the bytes of a graph and of its GraphDef', async () => {
    const fs = new MemoryFileSystem()
    const graph = new Graph()
    addConstant(graph, 'c', array([1, 2]))
    expect(await writeGraph(graph, 'a//b/', 'g', { fs, asText: false })).toBe('a//b/g')
    const bytes = fs.files.get('a/b/g') as Uint8Array
    expect(bytes).toEqual(encode(graph.asGraphDef()))
    expect(namesOf(graph)).toEqual(parseGraphDef(bytes).node.map(({ name }) => name))
    expect(await writeGraph(graphDef, '.', '/top/g', { fs }).catch((error: Error) => error.name)).toBe('NotFoundError')
  })

  test('fails in the words of TensorFlow where a file or a directory is in the way', async () => {
    const fs = new MemoryFileSystem()
    fs.files.set('f', new Uint8Array(1))
    await fs.mkdir('dd')
    for (const dir of ['f', 'f/x']) {
      await expect(writeGraph(graphDef, dir, 'g', { fs })).rejects.toThrow(FailedPreconditionError)
      await expect(writeGraph(graphDef, dir, 'g', { fs })).rejects.toThrow('f is not a directory')
    }
    await expect(writeGraph(graphDef, '.', 'dd', { fs })).rejects.toThrow(/^\.\/dd\.tmp[0-9a-f]{32}; Is a directory/)
    await expect(writeGraph(graphDef, '.', 'no/g', { fs })).rejects.toThrow(/^\.\/no\/g\.tmp[0-9a-f]{32}; No such file/)
    expect([...fs.files.keys()]).toEqual(['f'])
  })

  test('refuses what has 2 GB, before anything is made', async () => {
    const fs = new MemoryFileSystem()
    const half = { tensor: { dtype: 4, tensorContent: new Uint8Array(2 ** 30) } }
    const large = { node: ['a', 'b'].map((name) => ({ name, op: 'Const', attr: { value: half } })) }
    const attempt = writeGraph(large as unknown as GraphDef, 'd', 'g', { fs, asText: false })
    await expect(attempt).rejects.toThrow(ValueError)
    await expect(attempt).rejects.toThrow('GraphDef cannot be larger than 2GB.')
    expect(await fs.exists('d')).toBe(false)
  })
})

test('writeMessageFile() and readMessageFile() take meta graphs', async () => {
  const fs = new MemoryFileSystem()
  const meta = parseMessageOf('MetaGraphDef', META)
  await writeMessageFile('MetaGraphDef', meta, 'bytes', { fs })
  expect(Buffer.compare(fs.files.get('bytes') as Uint8Array, META)).toBe(0)
  await writeMessageFile('MetaGraphDef', meta, 'text', { fs, asText: true })
  const read = await readMessageFile('MetaGraphDef', 'text', { fs })
  const bytes = encodeMessage(tensorflow.MetaGraphDef, read, 'MetaGraphDef')
  expect(Buffer.compare(bytes, META)).toBe(0)
})
