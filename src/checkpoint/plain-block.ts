/**
 * A block of an index whose entries are as every writer lays them, gone through at one go in WebAssembly: keys, their order, numbers,
 * and whether those make sense. It takes a third of what reading entry by entry does. Of any other block nothing is taken, and who reads
 * it with care says what is wrong, where there is. The twin of plainEntryWriter() in plain-entry.ts.
 *
 *     <memory> = widths of dtypes, starts of tensors' numbers, ends of keys, the block, keys, numbers: plain-block.wat
 */
import { type BundleEntry, CRC32C, DTYPE, HEAD, newBundleEntry, OFFSET, SHARD, SIZE } from '../proto/bundle-messages'
import { type BlockCursor } from '../table/block'
import { dtypeInfoByNumber } from '../tensor/dtype'
import { compareBytes } from '../util/bytes'
import { roomFor } from '../util/memory'
import { wasmModule } from '../util/wasm-module'
import { PLAIN_BLOCK_MODULE } from './plain-block.gen'

/** Keys and ends as OpenBundle.scan() hands them out. */
type Keys = [keys: Uint8Array, ends: Uint32Array]

/** Bytes of a block: TensorFlow makes them of 256 KiB and the last entry. */
const MOST = 1 << 20
const DTYPES = 256
const STARTS = 1024
const ENDS = 589824
const BLOCK = 1179648
const KEYS = 2293760
const NUMBERS = 4456448

/** The module, and views of its memory. */
interface PlainBlocks {
  /** Entries of a block of so many bytes, the header among them; -1 where it is another one. */
  read(limit: number, numShards: number): number
  readonly bytes: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly numbers: Float64Array
}

let known: PlainBlocks | undefined | null = null

/** undefined where there is no WebAssembly, or it may not be used. */
function plainBlocks(): PlainBlocks | undefined {
  if (known === null) known = instantiate()
  return known
}

function instantiate(): PlainBlocks | undefined {
  try {
    const { memory, read } = new WebAssembly.Instance(wasmModule(PLAIN_BLOCK_MODULE)).exports
    const { buffer } = memory as WebAssembly.Memory
    const widths = new Int32Array(buffer, 0, DTYPES)
    for (let number = 0; number < DTYPES; number++) widths[number] = dtypeInfoByNumber(number)?.size ?? -1
    return {
      read: read as PlainBlocks['read'],
      bytes: new Uint8Array(buffer),
      starts: new Int32Array(buffer, STARTS),
      ends: new Int32Array(buffer, ENDS),
      numbers: new Float64Array(buffer, NUMBERS),
    }
  } catch {
    return undefined
  }
}

/** Goes through the blocks of one index. */
export class PlainBlockReader {
  readonly #numShards: number
  readonly #take: (entry: BundleEntry) => void
  readonly #entry = newBundleEntry()
  /** The module's memory is everybody's: what is looked at later is copied. */
  #keys = new Uint8Array(1)
  #ends = new Uint32Array(1)

  /** @param take called with every entry of a block that is taken; always the same object */
  constructor(numShards: number, take: (entry: BundleEntry) => void) {
    this.#numShards = numShards
    this.#take = take
  }

  /**
   * Takes the entries of a block on whose first one the cursor stands; undefined where it took none.
   *
   * @param last the key in front of the block
   */
  read(block: BlockCursor, last: Uint8Array | undefined): Keys | undefined {
    const { limit } = block
    const blocks = plainBlocks()
    if (blocks === undefined || limit > MOST || (last !== undefined && compareBytes(last, block.key) >= 0))
      return undefined
    const { bytes, ends, starts, numbers } = blocks
    bytes.set(block.valueReader.bytes.subarray(0, limit), BLOCK)
    const count = blocks.read(limit, this.#numShards)
    if (count < 0) return undefined
    // The header is no tensor, and has no key.
    const tensors = count > 0 && ends[1] === 0 ? count - 1 : count
    for (let i = 0; i < tensors; i++) this.#handOut(numbers, starts[i] as number, starts[i + 1] as number)
    const end = ends[count] as number
    this.#keys = roomFor(this.#keys, end)
    this.#keys.set(bytes.subarray(KEYS, KEYS + end))
    this.#ends = roomFor(this.#ends, count + 1)
    this.#ends.set(ends.subarray(0, count + 1))
    return [this.#keys, this.#ends.subarray(0, count + 1)]
  }

  /** Hands out the entry whose numbers begin and end there. */
  #handOut(numbers: Float64Array, at: number, end: number): void {
    const entry = this.#entry
    const rank = end - at - HEAD
    const { shape } = entry
    if (shape.length > rank) shape.length = rank
    for (let i = 0; i < rank; i++) shape[i] = numbers[at + HEAD + i] as number
    entry.dtype = numbers[at + DTYPE] as number
    entry.shardId = numbers[at + SHARD] as number
    entry.offset = numbers[at + OFFSET] as number
    entry.size = numbers[at + SIZE] as number
    entry.crc32c = numbers[at + CRC32C] as number
    this.#take(entry)
  }
}
