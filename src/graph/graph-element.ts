/**
 * Look-ups by name, and what Python says where they fail.
 *
 * TensorFlow: python/framework/ops.py, Graph._as_graph_element_locked, get_operation_by_name, get_tensor_by_name.
 */
import { KeyError, ValueError } from '../util/errors'
import { reprString } from '../util/python-repr'
import { printMessage } from '../proto/message-text'
import { isResourceVariable } from '../variables/assignment'
import type { Collections } from '../variables/collections'
import { Variable } from '../variables/variable'
import { storeInternals } from '../variables/variable-store'
import { nodeDefOf } from './export-graph-def'
import type { Graph } from './graph'
import { GraphOperation, type Operation } from './operation'
import { GraphTensor, type Tensor } from './tensor'

/** Gives the operation of that very name. */
export type FindOperation = (name: string) => Operation | undefined

/** What asGraphElement() may answer with. */
export interface Allowed {
  /** Default true. */
  allowTensor?: boolean
  /** Default true. */
  allowOperation?: boolean
}

const TENSOR_FORM = 'Tensor names must be of the form "<op_name>:<output_index>".'

/** @throws as Graph.getOperationByName() */
export function namedOperation(name: string, find: FindOperation): Operation {
  if (typeof (name as unknown) === 'string') return findByName(name, find, { allowTensor: false }) as Operation
  throw new TypeError(`Operation names are strings (or similar), not ${pythonTypeName(name)}.`)
}

/** @throws as Graph.getTensorByName() */
export function namedTensor(name: string, find: FindOperation): Tensor {
  if (typeof (name as unknown) === 'string') return findByName(name, find, { allowOperation: false }) as Tensor
  throw new TypeError(`Tensor names are strings (or similar), not ${pythonTypeName(name)}.`)
}

/** Where asGraphElement() looks. */
export interface ElementSource {
  readonly graph: Graph
  /** Those of the graph, which it shares with the store of its variables. */
  readonly collections: Collections
  readonly find: FindOperation
}

/** @throws as Graph.asGraphElement() */
export function elementOf(element: unknown, source: ElementSource, allowed: Allowed): Operation | Tensor {
  const { allowTensor = true, allowOperation = true } = allowed
  if (!allowTensor && !allowOperation) throw new ValueError("allow_tensor and allow_operation can't both be False.")
  if (typeof element === 'string') return findByName(element, source.find, allowed)
  if (element instanceof Variable && allowTensor) return tensorOfVariable(element, source)
  if (element instanceof GraphTensor && allowTensor) return ofGraph(source.graph, element, () => `Tensor ${element}`)
  if (element instanceof GraphOperation && allowOperation) {
    return ofGraph(source.graph, element, () => `Operation ${printMessage('tensorflow.NodeDef', nodeDefOf(element))}`)
  }
  const kinds = [allowTensor ? 'Tensor' : '', allowOperation ? 'Operation' : ''].filter((kind) => kind !== '')
  throw new TypeError(`Can not convert a ${pythonTypeName(element)} into a ${kinds.join(' or ')}.`)
}

/** The variable itself, or of a resource variable the tensor that reads it. */
function tensorOfVariable(variable: Variable, { collections, find }: ElementSource): Tensor {
  if (storeInternals.collections(storeInternals.storeOf(variable)) !== collections) {
    throw new ValueError(`Tensor ${variable} is not an element of this graph.`)
  }
  const name = isResourceVariable(variable) ? `${storeInternals.nodeNames(variable).snapshot}:0` : variable.name
  return findByName(name, find, { allowOperation: false }) as Tensor
}

function ofGraph<E extends Operation | Tensor>(graph: Graph, element: E, name: () => string): E {
  if (element.graph === graph) return element
  throw new ValueError(`${name()} is not an element of this graph.`)
}

/** The op or tensor that a name stands for. @throws as Graph.asGraphElement() */
export function findByName(name: string, find: FindOperation, allowed: Allowed): Operation | Tensor {
  const { allowTensor = true, allowOperation = true } = allowed
  if (name.includes(':')) {
    if (allowTensor) return findTensor(name, find)
    throw new ValueError(`Name ${reprString(name)} appears to refer to a Tensor, not a Operation.`)
  }
  const operation = find(name)
  if (!allowOperation) throw new ValueError(notATensor(name, operation !== undefined))
  if (operation === undefined)
    throw new KeyError(`The name ${reprString(name)} refers to an Operation not in the graph.`)
  return operation
}

function notATensor(name: string, isOperation: boolean): string {
  const what = isOperation ? 'refers to an Operation' : 'looks like an (invalid) Operation name'
  return `The name ${reprString(name)} ${what}, not a Tensor. ${TENSOR_FORM}`
}

function findTensor(name: string, find: FindOperation): Tensor {
  const [opName = '', index = '', ...more] = name.split(':')
  if (more.length > 0 || !PYTHON_INT.test(index)) {
    throw new ValueError(
      `The name ${reprString(name)} looks a like a Tensor name, but is not a valid one. ${TENSOR_FORM}`,
    )
  }
  const operation = find(opName)
  if (operation === undefined) throw noTensor(name, `The operation, ${reprString(opName)}, does not exist in the graph`)
  // Python counts from the end where the index is below zero.
  const output = operation.outputs.at(Number(index.replaceAll('_', '')))
  if (output !== undefined) return output
  throw noTensor(name, `The operation, ${reprString(opName)}, exists but only has ${operation.outputs.length} outputs`)
}

function noTensor(name: string, why: string): KeyError {
  return new KeyError(`The name ${reprString(name)} refers to a Tensor which does not exist. ${why}.`)
}

/** What Python's int() takes: blanks around it, a sign, single underscores between digits. */
export const PYTHON_INT = /^\s*[+-]?\d+(_\d+)*\s*$/

/** A value's type as Python's type(x).__name__ calls it, for messages. */
export function pythonTypeName(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  if (value instanceof GraphTensor || value instanceof Variable) return 'SymbolicTensor'
  if (value instanceof GraphOperation) return 'Operation'
  if (Array.isArray(value)) return 'list'
  return PYTHON_TYPES.get(typeof value) ?? (value as object).constructor?.name ?? 'object'
}

const PYTHON_TYPES: ReadonlyMap<string, string> = new Map([
  ['bigint', 'int'],
  ['boolean', 'bool'],
  ['string', 'str'],
  ['function', 'function'],
])
