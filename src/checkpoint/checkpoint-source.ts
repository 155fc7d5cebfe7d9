/**
 * What reading a checkpoint takes, whichever format it has: the seam between CheckpointReader and the two readers below it,
 * bundle-source.ts (V2) and tensor-slice-reader.ts (V1).
 */
import { type DTypeInfo, type NumericArray } from '../tensor/dtype'
import { type Shape, type TensorSlice } from '../tensor/ndarray'
import { type OpError } from '../util/errors'
import { type ArrayOf, type Fill, type FillItem } from './fill-runs'
import { type SlabKeeper } from './slab-memory'

/** A tensor as a checkpoint tells of it. The parts of a sliced one are no tensors of their own. */
export interface StoredTensor {
  readonly key: string
  readonly dtype: DTypeInfo
  /** That of the whole. */
  readonly shape: Shape
  /** Elements of the shape. */
  readonly count: number
  /** The parts in which it is stored; empty where it is stored whole. */
  readonly slices: readonly TensorSlice[]
}

/** The tensors of a checkpoint by key, in the order of the keys' bytes: what a map offers to who only reads it. */
export type StoredTensors = Pick<ReadonlyMap<string, StoredTensor>, 'get' | 'has' | 'keys' | 'values' | 'size'>

/** A tensor that is wanted, or a part of it. */
export interface ReadRequest {
  readonly tensor: StoredTensor
  /** undefined is all of it. */
  readonly slice?: TensorSlice | undefined
}

/** How requests are read. */
export interface ReadHow {
  /**
   * An array of just the elements of the request, asked for right before its bytes are read; never for strings and variants.
   * Where it gives none, one is made for what is `alone`: large, or put together. What is small and stored whole is handed
   * out as `bytes` then.
   */
  target?(request: ReadRequest, alone: boolean): NumericArray | undefined
  /** slabKeeper() of slab-memory.ts: small values stay valid, too, many in one piece of memory: `own` in place of `bytes`. */
  readonly keep?: SlabKeeper
}

/** The value of a request, checked. tensor-value.ts makes an NDArray of it. Of the three, one is there. */
export interface LoadedTensor {
  readonly request: ReadRequest
  /** An array with the elements in it, ready to be used: the one that `target` gave, where it did. */
  readonly own?: NumericArray | undefined
  /** Numbers as they stand in the file: a view that the next batch overwrites. */
  readonly bytes?: Uint8Array | undefined
  /** Whether `bytes` are in the other byte order. */
  readonly swapped?: boolean | undefined
  /** The elements of strings and variants: views, as `bytes`. */
  readonly elements?: readonly Uint8Array[] | undefined
}

/** One checkpoint that is open. */
export interface CheckpointSource {
  readonly version: 'V1' | 'V2'
  /** What errors name: the index (V2), or the file or pattern (V1). */
  readonly path: string
  /** By key, in the order of the keys' bytes. */
  readonly tensors: StoredTensors
  /** "Key w not found in checkpoint": the first sentence, in the words of the format. */
  missing(key: string): string
  /**
   * Batches of values, in the order of the files; a batch is valid until the next one is asked for. It may go through the requests
   * more than once.
   *
   * @throws {InvalidArgumentError} {InternalError} for a slice that the tensor does not have, or that its parts do not fill
   * @throws {DataLossError} {OutOfRangeError} {NotFoundError} for bytes that are damaged or missing
   */
  read(requests: Iterable<ReadRequest>, how: ReadHow): AsyncIterable<readonly LoadedTensor[]>
  /** planFill() of fill-runs.ts, where there is that way: for what is to be restored into arrays that are there. */
  planFill?(items: readonly FillItem[], mayFill: (at: number) => boolean, arrayOf: ArrayOf): Promise<Fill | undefined>
  /** Says that nobody will ask for a tensor any more: the next one that is opened may take the memory of its index. */
  letGo?(): void
  /**
   * Reads every byte that is stored. A fault is handed out with what it is about, and reading goes on.
   *
   * @param listener who hears of all that is sound; without one it may be left out
   * @param places of V2: the positions in the index of what is to be read, in the order of the files; all by default
   */
  verify(listener?: object, places?: Iterable<number>): AsyncIterable<VerifiedTensor>
  /** Bytes and number of all that verify() reads. */
  readonly stored: { readonly tensors: number; readonly bytes: number }
  debugString(): string
  /** @throws {FailedPreconditionError} once it is closed */
  checkOpen(): void
  close(): Promise<void>
}

/** What verify() has read: a tensor, or a part of one. */
export interface VerifiedTensor {
  readonly key: string
  readonly bytes: number
  readonly fault?: OpError | undefined
  /** Others that were read with it: to wait for each would take longer than to read it. */
  readonly neighbours?: readonly VerifiedTensor[]
}
