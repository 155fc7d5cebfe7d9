/**
 * Python's pickle machine, cut to what makes data: a stack, marks on it, and a memo.
 *
 *     <pickle> = 80 protocol: uint8, operation*, '.'
 *
 * Every operation is one byte and its argument; those that are not in the list are errors. Nothing is ever looked up,
 * imported or called but what pickle-numpy.ts has. There is no recursion, and nothing is copied: memory grows with the file.
 *
 * CPython: Lib/pickletools.py (the operations), Lib/pickle.py.
 */
import { damaged, type Place, unsupported } from './fault'
import { PickleInput } from './pickle-input'
import { callGlobal, globalOf, setState } from './pickle-numpy'
import { describeValue, PickleFault, PyBytes, PyDict, PyList, PyText, PyTuple, type PyValue } from './pickle-values'
import type { OpenWeightFile } from './weight-file'

const STOP = 0x2e

/** Runs a whole pickle: the one object that it makes. @throws as readPickle() */
export async function runPickle(open: OpenWeightFile): Promise<PyValue> {
  const machine = new PickleMachine(open)
  for (;;) {
    const filling = machine.input.fill()
    if (filling !== undefined) await filling
    const at = machine.input.offset
    try {
      if (at === machine.input.size) throw new PickleFault('it is cut off')
      const operation = machine.input.byte()
      if (operation === STOP) return machine.result()
      const waiting = machine.step(operation)
      if (waiting !== undefined) await waiting
    } catch (error) {
      throw error instanceof PickleFault ? located(error, open.place, at) : error
    }
  }
}

function located({ message, isUnsupported }: PickleFault, place: Place, at: number): Error {
  return (isUnsupported ? unsupported : damaged)(place, `${message} (at byte ${at})`, at)
}

type Operation = (machine: PickleMachine) => Promise<void> | undefined | void

class PickleMachine {
  readonly input: PickleInput
  readonly #stack: PyValue[] = []
  /** Where on the stack the marks are. */
  readonly #marks: number[] = []
  readonly #memo = new Map<number, PyValue>()

  constructor(open: OpenWeightFile) {
    this.input = new PickleInput(open)
  }

  step(code: number): Promise<void> | undefined | void {
    const operation = OPERATIONS.get(code)
    if (operation !== undefined) return operation(this)
    const refused = REFUSED.get(code)
    if (refused !== undefined) throw new PickleFault(refused, true)
    throw new PickleFault(`0x${code.toString(16).padStart(2, '0')} is no operation`)
  }

  push(value: PyValue): void {
    this.#stack.push(value)
  }

  /** @throws {PickleFault} where nothing is above the last mark */
  pop(): PyValue {
    const value = this.#stack.length > (this.#marks.at(-1) ?? 0) ? this.#stack.pop() : undefined
    if (value === undefined) throw new PickleFault('nothing on the stack')
    return value
  }

  /** The topmost value, which stays. */
  top(): PyValue {
    const value = this.pop()
    this.push(value)
    return value
  }

  mark(): void {
    this.#marks.push(this.#stack.length)
  }

  /** What is above the last mark, which goes. */
  popMark(): PyValue[] {
    const mark = this.#marks.pop()
    if (mark === undefined) throw new PickleFault('no mark')
    return this.#stack.splice(mark)
  }

  /** The topmost values in the order in which they came. */
  popTuple(count: number): PyTuple {
    return new PyTuple(Array.from({ length: count }, () => this.pop()).reverse())
  }

  remember(index = this.#memo.size): void {
    this.#memo.set(index, this.top())
  }

  recall(index: number): void {
    const value = this.#memo.get(index)
    if (value === undefined) throw new PickleFault(`nothing in the memo at ${index}`)
    this.push(value)
  }

  /** Pushes what `make` makes of the next `length` bytes. */
  pushPayload(length: number, make: (bytes: Uint8Array) => PyValue): Promise<void> | undefined {
    const bytes = this.input.payload(length)
    if (bytes instanceof Promise) return bytes.then((late) => this.push(make(late)))
    this.push(make(bytes))
    return undefined
  }

  result(): PyValue {
    const value = this.pop()
    if (this.#stack.length > 0 || this.#marks.length > 0) throw new PickleFault('more than one thing on the stack')
    const { left } = this.input
    if (left > 0) throw new PickleFault(`${left} bytes behind its end: another pickle, perhaps`)
    return value
  }
}

const asText = (bytes: Uint8Array): PyText => new PyText(bytes)
const asText2 = (bytes: Uint8Array): PyText => new PyText(bytes, true)
const asBytes = (bytes: Uint8Array): PyBytes => new PyBytes(bytes)

function setItems(dict: PyValue, items: readonly PyValue[]): void {
  if (!(dict instanceof PyDict) || dict.pairs !== undefined || items.length % 2 !== 0) {
    throw new PickleFault(`items for ${describeValue(dict)}`)
  }
  for (const item of items) dict.items.push(item)
}

function appendItems(list: PyValue, items: readonly PyValue[]): void {
  if (!(list instanceof PyList)) throw new PickleFault(`items for ${describeValue(list)}`)
  for (const item of items) list.items.push(item)
}

/** A little-endian integer of up to eight bytes, signed; those beyond 2^53 are only good for messages. */
function pushLong(machine: PickleMachine, length: number): void {
  machine.input.checkLeft(length)
  if (length > 8) throw new PickleFault(`an integer of ${length} bytes`, true)
  let value = 0n
  for (const [i, byte] of machine.input.take(length).entries()) value |= BigInt(byte) << BigInt(8 * i)
  machine.push(Number(BigInt.asIntN(8 * length, value)))
}

function checkProtocol(machine: PickleMachine): void {
  const protocol = machine.input.byte()
  if (protocol > 5) throw new PickleFault(`its protocol is ${protocol}`, true)
}

function build(machine: PickleMachine): void {
  const state = machine.pop()
  setState(machine.top(), state)
}

function call(machine: PickleMachine): void {
  const args = machine.pop()
  machine.push(callGlobal(machine.pop(), args))
}

/** Names are str; a long one is no module's. */
function nameFrom(value: PyValue): string {
  if (value instanceof PyText && value.bytes.length <= 512) return value.text
  throw new PickleFault('a name that is none')
}

function stackGlobal(machine: PickleMachine): void {
  const name = nameFrom(machine.pop())
  machine.push(globalOf(nameFrom(machine.pop()), name))
}

function dictOf(items: readonly PyValue[]): PyDict {
  const dict = new PyDict()
  setItems(dict, items)
  return dict
}

function listOf(items: readonly PyValue[]): PyList {
  const list = new PyList()
  appendItems(list, items)
  return list
}

function float64(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0)
}

const ROWS: readonly (readonly [code: string, operation: Operation])[] = [
  ['\x80', checkProtocol],
  ['\x95', (m) => void m.input.size64()],
  ['(', (m) => m.mark()],
  ['0', (m) => void m.pop()],
  ['1', (m) => void m.popMark()],
  ['2', (m) => m.push(m.top())],
  ['N', (m) => m.push(null)],
  ['\x88', (m) => m.push(true)],
  ['\x89', (m) => m.push(false)],
  ['K', (m) => m.push(m.input.byte())],
  ['M', (m) => m.push(m.input.uint16())],
  ['J', (m) => m.push(m.input.int32())],
  ['\x8a', (m) => pushLong(m, m.input.byte())],
  ['\x8b', (m) => pushLong(m, m.input.uint32())],
  ['G', (m) => m.push(float64(m.input.take(8)))],
  ['X', (m) => m.pushPayload(m.input.uint32(), asText)],
  ['\x8c', (m) => m.pushPayload(m.input.byte(), asText)],
  ['\x8d', (m) => m.pushPayload(m.input.size64(), asText)],
  ['T', (m) => m.pushPayload(m.input.uint32(), asText2)],
  ['U', (m) => m.pushPayload(m.input.byte(), asText2)],
  ['B', (m) => m.pushPayload(m.input.uint32(), asBytes)],
  ['C', (m) => m.pushPayload(m.input.byte(), asBytes)],
  ['\x8e', (m) => m.pushPayload(m.input.size64(), asBytes)],
  ['\x96', (m) => m.pushPayload(m.input.size64(), asBytes)],
  [')', (m) => m.push(new PyTuple([]))],
  ['\x85', (m) => m.push(m.popTuple(1))],
  ['\x86', (m) => m.push(m.popTuple(2))],
  ['\x87', (m) => m.push(m.popTuple(3))],
  ['t', (m) => m.push(new PyTuple(m.popMark()))],
  [']', (m) => m.push(new PyList())],
  ['l', (m) => m.push(listOf(m.popMark()))],
  ['}', (m) => m.push(new PyDict())],
  ['d', (m) => m.push(dictOf(m.popMark()))],
  ['a', (m) => appendItem(m)],
  ['e', (m) => popInto(m, appendItems)],
  ['s', (m) => setItem(m)],
  ['u', (m) => popInto(m, setItems)],
  ['q', (m) => m.remember(m.input.byte())],
  ['r', (m) => m.remember(m.input.uint32())],
  ['\x94', (m) => m.remember()],
  ['h', (m) => m.recall(m.input.byte())],
  ['j', (m) => m.recall(m.input.uint32())],
  ['c', (m) => m.push(globalOf(m.input.line(), m.input.line()))],
  ['\x93', stackGlobal],
  ['R', call],
  ['b', build],
]

const OPERATIONS = new Map(ROWS.map(([code, operation]) => [code.charCodeAt(0), operation]))

function appendItem(machine: PickleMachine): void {
  const item = machine.pop()
  appendItems(machine.top(), [item])
}

function setItem(machine: PickleMachine): void {
  const { items } = machine.popTuple(2)
  setItems(machine.top(), items)
}

function popInto(machine: PickleMachine, into: (target: PyValue, items: readonly PyValue[]) => void): void {
  const items = machine.popMark()
  into(machine.top(), items)
}

const OLD = 'it is of protocol 0 or 1: write it again, with protocol 2 or later'
const OBJECTS = 'it makes objects of classes of its own: they were not executed'
const ELSEWHERE = 'a part of it lies outside of the file'
const SETS = 'it holds sets'

/** What Python has beside. */
const REFUSED = new Map<number, string>([
  ...[...'SVILFpg'].map((code): [number, string] => [code.charCodeAt(0), OLD]),
  ...[...'io\x81\x92'].map((code): [number, string] => [code.charCodeAt(0), OBJECTS]),
  ...[...'PQ\x82\x83\x84\x97\x98'].map((code): [number, string] => [code.charCodeAt(0), ELSEWHERE]),
  ...[...'\x8f\x90\x91'].map((code): [number, string] => [code.charCodeAt(0), SETS]),
])
