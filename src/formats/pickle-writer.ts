/**
 * Writes a dict of numpy arrays as Python pickles it, operation by operation: pickle-numpy.ts has the grammar.
 *
 *     <protocol 4 and 5> = 80 protocol, (frame | large)*
 *     <frame>            = 95, length: uint64, operations of 64 KiB or little more; without its head where below 4 bytes
 *     <large>            = an operation with 64 KiB of argument or more, in no frame
 *
 * What was written once is recalled from the memo, as far as Python would meet the same object again: names of modules and
 * what is in them, dtypes but for strings', texts and bytes of one character, no bytes. A dict's items come in batches of 1000.
 *
 * CPython 3.11: Modules/_pickle.c (save, save_dict, batch_dict, _Pickler_write_bytes). numpy 2.4: methods.c, array_reduce_ex.
 */
import { dtypeInfo } from '../tensor/dtype'
import { type NDArray } from '../tensor/ndarray'
import { atKey, type Place, unwritable } from './fault'
import { PickleOutput, type PickleProtocol } from './pickle-output'
import { areHeld, type ByteSink, eachTensor, type NamedTensors } from './weight-file'
import { copyOf, type WrittenValue, writtenValue } from './written-value'

const PROTOCOLS: ReadonlySet<number> = new Set([2, 3, 4, 5])
/** _pickle.c, BATCHSIZE. */
const BATCH = 1000

/** @throws {InvalidArgumentError} for any other than 2, 3, 4 and 5 */
export function checkProtocol(protocol: number, place: Place): PickleProtocol {
  if (PROTOCOLS.has(protocol)) return protocol as PickleProtocol
  throw unwritable(place, `the protocol is 2, 3, 4 or 5, and not ${String(protocol)}`)
}

/** Writes the whole pickle, with one tensor at a time in memory; at the start two, where they come out of an iterator. */
export async function writeDict(
  sink: ByteSink,
  tensors: NamedTensors,
  protocol: PickleProtocol,
  place: Place,
): Promise<void> {
  const out = new PickleOutput(sink, protocol)
  out.operation('}')
  out.memoize()
  const each = eachTensor(tensors, place)
  try {
    await writeItems(out, each, areHeld(tensors), place)
  } catch (error) {
    // Whoever makes the tensors hears that no more are wanted. What he throws then hides what failed first.
    await each.return(undefined).catch(() => undefined)
    throw error
  }
  await out.finish()
}

/** @param held whether the tensors stay as they are while the next ones are made */
async function writeItems(
  out: PickleOutput,
  each: AsyncGenerator<[string, NDArray]>,
  held: boolean,
  place: Place,
): Promise<void> {
  const first = await each.next()
  if (first.done === true) return
  // Whether it is the only one has to be known before it is written, and asking for the next may change it.
  const [name, value] = first.value
  const kept: [string, NDArray] = [name, held ? value : copyOf(value, atKey(place, name))]
  const second = await each.next()
  if (second.done === true) await writeOnly(out, kept, place)
  else await writeBatches(out, kept, second.value, each, place)
}

async function writeOnly(out: PickleOutput, [name, value]: [string, NDArray], place: Place): Promise<void> {
  await writeItem(out, name, value, place)
  out.operation('s')
}

async function writeBatches(
  out: PickleOutput,
  first: [string, NDArray],
  second: [string, NDArray],
  rest: AsyncIterable<[string, NDArray]>,
  place: Place,
): Promise<void> {
  out.operation('(')
  await writeItem(out, ...first, place)
  await writeItem(out, ...second, place)
  let count = 2
  for await (const [name, value] of rest) {
    await writeItem(out, name, value, place)
    // A full batch is followed by another one, be it empty.
    if (++count % BATCH === 0) out.operation('u(')
  }
  out.operation('u')
}

async function writeItem(out: PickleOutput, name: string, value: NDArray, place: Place): Promise<void> {
  const here = atKey(place, name)
  const written = writtenValue(value, here, true)
  out.text(name)
  const extension = dtypeInfo(value.dtype).numpy === 'extension'
  try {
    if (out.protocol < 5 || extension) writeReconstructed(out, value, written)
    else writeFromBuffer(out, value, written)
  } catch (error) {
    throw error instanceof RangeError ? unwritable(here, error.message) : error
  }
  await out.flush()
}

/** _frombuffer(bytearray, dtype, shape, 'C') */
function writeFromBuffer(out: PickleOutput, { shape, dtype }: NDArray, written: WrittenValue): void {
  out.global('numpy._core.numeric', '_frombuffer')
  out.boundary()
  out.operation('(')
  out.bytearray(written.bytes)
  writeDType(out, dtype, written)
  writeShape(out, shape)
  out.text('C')
  out.operation('t')
  out.memoize()
  out.operation('R')
  out.memoize()
}

/** _reconstruct(ndarray, (0,), b'b') and then the state (1, shape, dtype, False, bytes) */
function writeReconstructed(out: PickleOutput, { shape, dtype }: NDArray, written: WrittenValue): void {
  out.global('numpy._core.multiarray', '_reconstruct')
  out.boundary()
  out.global('numpy', 'ndarray')
  writeShape(out, [0])
  out.bytes(Uint8Array.of(0x62))
  out.operation('\x87')
  out.memoize()
  out.operation('R')
  out.memoize()
  out.boundary()
  out.operation('(')
  out.integer(1)
  writeShape(out, shape)
  writeDType(out, dtype, written)
  out.atom('\x89')
  out.bytes(written.bytes)
  out.operation('t')
  out.memoize()
  out.operation('b')
}

/** dtype('f4', False, True) and then the state (3, '<', None, None, None, -1, -1, 0) */
function writeDType(out: PickleOutput, dtype: NDArray['dtype'], { code, order, size }: WrittenValue): void {
  const { numpy, kind } = dtypeInfo(dtype)
  out.boundary()
  // Every array of strings has a dtype of its own.
  if (kind !== 'string' && out.recall(`dtype ${dtype}`)) return
  out.global('numpy', 'dtype')
  out.boundary()
  if (numpy === 'extension') out.global('ml_dtypes', code, true)
  else out.text(code)
  out.atom('\x89')
  out.atom('\x88')
  out.operation('\x87')
  out.memoize()
  out.operation('R')
  out.memoize(kind === 'string' ? undefined : `dtype ${dtype}`)
  out.boundary()
  out.operation('(')
  out.integer(3)
  out.text(order)
  for (let i = 0; i < 3; i++) out.atom('N')
  for (const number of detailsOf(numpy, kind, size)) out.integer(number)
  out.operation('t')
  out.memoize()
  out.operation('b')
}

/** Size, alignment and flags as numpy has them in a dtype's state: none for its own of one size. */
function detailsOf(numpy: string, kind: string, size: number): readonly number[] {
  if (kind === 'string') return [size, 1, 0]
  return numpy === 'extension' ? [size, size, 64] : [-1, -1, 0]
}

function writeShape(out: PickleOutput, shape: readonly number[]): void {
  out.boundary()
  if (shape.length === 0) {
    out.operation(')')
    return
  }
  if (shape.length > 3) out.operation('(')
  for (const size of shape) out.integer(size)
  out.operation(['', '\x85', '\x86', '\x87'][shape.length] ?? 't')
  out.memoize()
}
