/**
 * Ops that call functions of the graph's library with what they take.
 *
 * TensorFlow: python/framework/convert_to_constants.py (_FunctionCaller and its kinds, converted_function_names).
 */
import type { NameAttrList, NodeDef } from '../proto/messages'
import { attrOf } from './operation'

/** How an op calls. */
export interface CallerKind {
  /** Its input that is the functions' first argument. */
  readonly first: number
  /** The attribute with the arguments' types. */
  readonly types: string
  /** The attributes that name functions. */
  readonly functions: readonly string[]
  /** Whether what a function gives is what it takes next. */
  readonly isLoop: boolean
}

const IF: CallerKind = { first: 1, types: 'Tin', functions: ['then_branch', 'else_branch'], isLoop: false }
const WHILE: CallerKind = { first: 0, types: 'T', functions: ['body', 'cond'], isLoop: true }
const CASE: CallerKind = { first: 1, types: 'Tin', functions: ['branches'], isLoop: false }
const CALL: CallerKind = { first: 0, types: 'Tin', functions: ['f'], isLoop: false }

/** TensorFlow's own list leaves StatelessCase out. */
const KINDS: ReadonlyMap<string, CallerKind> = new Map([
  ['If', IF],
  ['StatelessIf', IF],
  ['While', WHILE],
  ['StatelessWhile', WHILE],
  ['Case', CASE],
  ['StatelessCase', CASE],
  ['PartitionedCall', CALL],
  ['StatefulPartitionedCall', CALL],
])

/** How an op of that type calls functions; undefined where it calls none that is known. */
export function callerKind(op: string): CallerKind | undefined {
  return KINDS.get(op)
}

/** The functions that a node names in its attributes, whatever its op is. */
export function calledFunctions(node: NodeDef): NameAttrList[] {
  const names = callerKind(node.op)?.functions ?? Object.keys(node.attr)
  return names.flatMap((name) => {
    const attr = attrOf(node.attr, name)
    return attr?.func ? [attr.func] : (attr?.list?.func ?? [])
  })
}

/** New names for functions that are changed. */
export class FunctionNames {
  readonly #names = new Map<string, string>()

  /**
   * TensorFlow sorts names by the number at their end, and puts a number of the process in its place; here they are
   * counted from 0.
   */
  constructor(names: readonly string[]) {
    const taken = new Set(names)
    let next = 0
    for (const { name, base } of names.map(parse).sort(compare)) {
      while (taken.has(`${base}_frozen_${next}`)) next++
      this.#names.set(name, `${base}_frozen_${next++}`)
    }
  }

  /** The name that a function gets when it is changed. */
  frozen(name: string): string {
    return this.#names.get(name) ?? name
  }
}

interface ParsedName {
  readonly id: number
  readonly base: string
  readonly name: string
}

/** "f_12" is number 12 of f. */
function parse(name: string): ParsedName {
  const [, base, id] = /^(.*)_(\d+)$/s.exec(name) ?? []
  return base === undefined ? { id: -1, base: name, name } : { id: Number(id), base, name }
}

function compare(a: ParsedName, b: ParsedName): number {
  const [left, right] = a.base === b.base ? [a.name, b.name] : [a.base, b.base]
  return a.id - b.id || (left < right ? -1 : 1)
}
