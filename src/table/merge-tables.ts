/**
 * Goes through many tables at once, in the order of all their keys, with one block of each in memory.
 *
 * LevelDB: table/merger.cc.
 */
import { compareBytes, EMPTY_BYTES } from '../util/bytes'
import { type BlockCursor } from './block'
import { OrderCheck, type Table } from './table'

/** A table, and the file that errors name. */
export interface NamedTable {
  readonly table: Table
  readonly path: string
}

/**
 * Calls `visit` for every entry of every table: keys ascend, and of one key the tables come in their order. The cursor
 * stands on the entry until `visit` returns, or its promise settles.
 *
 * @throws {DataLossError} for a table that is damaged, or whose keys do not ascend
 */
export async function mergeTables(
  tables: readonly NamedTable[],
  visit: (table: number, entry: BlockCursor) => Promise<void> | undefined,
): Promise<void> {
  const runs: Run[] = []
  for (const [number, named] of tables.entries()) {
    const run = new Run(number, named)
    if (await run.nextBlock()) runs.push(run)
  }
  for (let at = runs.length >> 1; at-- > 0;) sink(runs, at)
  for (let run = runs[0]; run !== undefined; run = runs[0]) {
    const visiting = visit(run.number, run.entry)
    if (visiting !== undefined) await visiting
    if (!run.next() && !(await run.nextBlock())) removeFirst(runs)
    sink(runs, 0)
  }
}

/** One table's way through its entries. */
class Run {
  readonly number: number
  readonly #blocks: AsyncGenerator<BlockCursor>
  readonly #order: OrderCheck
  #entry: BlockCursor | undefined
  /** The key on which it stands: millions are compared. */
  key: Uint8Array = EMPTY_BYTES

  constructor(number: number, { table, path }: NamedTable) {
    this.number = number
    this.#blocks = table.blocks()
    this.#order = new OrderCheck(path)
  }

  /** Where it stands; only while it stands somewhere. */
  get entry(): BlockCursor {
    return this.#entry as BlockCursor
  }

  /** Goes to the next entry of the block; whether there is one. */
  next(): boolean {
    this.entry.next()
    return this.#stands()
  }

  /** Goes to the first entry of the next block that has any; whether there is one. */
  async nextBlock(): Promise<boolean> {
    for (;;) {
      const { value, done } = await this.#blocks.next()
      if (done === true) return false
      this.#entry = value
      if (this.#stands()) return true
    }
  }

  #stands(): boolean {
    const { entry } = this
    if (!entry.valid) return false
    this.key = entry.key
    this.#order.next(this.key)
    return true
  }
}

function isBefore(a: Run, b: Run): boolean {
  const order = compareBytes(a.key, b.key)
  return order < 0 || (order === 0 && a.number < b.number)
}

/**
 * Lets the run at `at` sink in the heap until both below it are behind it. It goes to the ground and rises from there: a
 * run that has moved on mostly belongs far down, and on the way down it need not be compared.
 */
function sink(heap: Run[], at: number): void {
  const run = heap[at] as Run
  let place = at
  for (let child = 2 * place + 1; child < heap.length; child = 2 * place + 1) {
    if (child + 1 < heap.length && isBefore(heap[child + 1] as Run, heap[child] as Run)) child++
    heap[place] = heap[child] as Run
    place = child
  }
  for (; place > at; place = (place - 1) >> 1) {
    const parent = heap[(place - 1) >> 1] as Run
    if (!isBefore(run, parent)) break
    heap[place] = parent
  }
  if (heap.length > 0) heap[place] = run
}

/** The last run takes the first one's place, from which it has yet to sink. */
function removeFirst(heap: Run[]): void {
  const last = heap.pop()
  if (last !== undefined && heap.length > 0) heap[0] = last
}
