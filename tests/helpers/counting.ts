/**
 * Counts the work that something takes, in place of its time: file operations, bytes read and written, buffers made by newBuffer(),
 * calls into WebAssembly.
 */
import { vi } from 'vitest'
import { useSimdChecksums } from '../../src/checkpoint/simd-checksums'
import { type RandomAccessFile } from '../../src/fs/file-system'
import { MemoryFileSystem } from '../../src/fs/memory'
import { Saver } from '../../src/train/saver'
import { allocations } from '../../src/util/memory'
import { VariableStore } from '../../src/variables/variable-store'
import { FaultFileSystem } from './fault-fs'

// As in Node.
useSimdChecksums()

/** What was counted. */
export interface Work {
  readonly opens: number
  /** Questions whether a file is there, lists of a directory, times of files. */
  readonly questions: number
  readonly reads: number
  readonly bytesRead: number
  /** Bytes of each append, by file. */
  readonly appends: ReadonlyMap<string, readonly number[]>
  /** 'create a', 'rename a b' and so on, but for appends. What is random in a name is left out. */
  readonly operations: readonly string[]
  /** Buffers that newBuffer() made, and their bytes. */
  readonly buffers: number
  readonly bytes: number
  /** Calls of what WebAssembly modules export. */
  readonly wasm: number
}

/** What is saved and read: so many tensors, float32, of so many bytes. */
export interface TensorSet {
  readonly count: number
  readonly bytes: number
}

export const LARGE: TensorSet = { count: 1, bytes: 32 << 20 }
export const MEDIUM: TensorSet = { count: 40, bytes: 1 << 20 }
/** The largest that are read with their neighbours. */
export const NEIGHBOURS: TensorSet = { count: 96, bytes: 1 << 18 }
export const SMALL: TensorSet = { count: 5000, bytes: 400 }

export const quiet = { info: () => undefined }

let wasmCalls = 0

/**
 * From here on calls into WebAssembly are counted, of modules that become instances later. Those of tfsave do at their first use,
 * so that this belongs at the head of a file of tests.
 */
export function countWasm(): void {
  const { Instance } = WebAssembly
  function CountedInstance(module: WebAssembly.Module): { exports: WebAssembly.Exports } {
    const counted = Object.entries(new Instance(module).exports).map(([name, value]) => [name, countedExport(value)])
    return { exports: Object.fromEntries(counted) as WebAssembly.Exports }
  }
  vi.stubGlobal('WebAssembly', Object.create(WebAssembly, { Instance: { value: CountedInstance } }) as object)
}

function countedExport(value: WebAssembly.ExportValue): WebAssembly.ExportValue {
  if (typeof value !== 'function') return value
  const called = value as (...given: unknown[]) => unknown
  return (...given: unknown[]): unknown => {
    wasmCalls++
    return called(...given)
  }
}

/** Its reads end in a later turn, as those of a disk do: as many are under way as the reader wants. */
class CountingFileSystem extends FaultFileSystem {
  override async open(path: string, options?: { signal?: AbortSignal }): Promise<RandomAccessFile> {
    const file = await super.open(path, options)
    const later = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
    return {
      size: file.size,
      read: (offset, length) => later().then(() => file.read(offset, length)),
      readInto: (offset, target) => later().then(() => file.readInto?.(offset, target)),
      close: () => file.close(),
    }
  }
}

/** What `work` takes, with the files of `files`. Everything that it opens is closed at its end. */
export async function workOf(files: MemoryFileSystem, work: (fs: FaultFileSystem) => Promise<unknown>): Promise<Work> {
  const fs = new CountingFileSystem(files)
  const { buffers, bytes } = allocations
  const wasm = wasmCalls
  await work(fs)
  const { opens, reads, bytesRead, exists, lists, mtimes, openFiles } = fs.counts
  if (openFiles !== 0) throw new Error(`${openFiles} files are open still`)
  return {
    opens,
    questions: exists + lists + mtimes,
    reads,
    bytesRead,
    ...changesOf(fs.events),
    buffers: allocations.buffers - buffers,
    bytes: allocations.bytes - bytes,
    wasm: wasmCalls - wasm,
  }
}

function changesOf(events: readonly string[]): Pick<Work, 'appends' | 'operations'> {
  const appends = new Map<string, number[]>()
  const operations: string[] = []
  for (const event of events.map((one) =>
    one.replace(/\.tempstate\d+/g, '.tempstate').replace(/\.tmp[0-9a-f]+/g, '.tmp'),
  )) {
    const [, path = '', length] = /^append (\S+) (\d+)$/.exec(event) ?? []
    if (length === undefined) operations.push(event)
    else appends.set(path, [...(appends.get(path) ?? []), Number(length)])
  }
  return { appends, operations }
}

/** The variables v/0 and so on. */
export function storeOf({ count, bytes }: TensorSet, first = 1): VariableStore {
  const store = new VariableStore()
  for (let i = 0; i < count; i++) {
    store.getVariable(`v/${i}`, { shape: [bytes / 4] }).assign(new Float32Array(bytes / 4).fill(first + i))
  }
  return store
}

/** The set as the checkpoint `m`. */
export async function checkpointOf(set: TensorSet): Promise<MemoryFileSystem> {
  const fs = new MemoryFileSystem()
  await new Saver(storeOf(set), { fs, logger: quiet }).save('m', { writeMetaGraph: false })
  return fs
}

/** Bytes of the file. */
export function sizeOf(fs: MemoryFileSystem, path: string): number {
  return fs.files.get(path)?.length ?? 0
}

/** A checksum takes WebAssembly's memory in pieces of this. */
const PIECE = 1 << 17

/**
 * The most calls into WebAssembly that the checksums of so many bytes may take, in so many pieces: one for each PIECE, two more for each
 * piece. The least is about that without the two: else something was not checked, or not counted.
 */
export function wasmCallsFor(bytes: number, pieces: number): { readonly least: number; readonly most: number } {
  const whole = Math.ceil(bytes / PIECE)
  return { least: Math.max(whole - 2 * pieces, 0), most: whole + 2 * pieces }
}
