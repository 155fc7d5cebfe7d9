/**
 * Whether a node is what its op allows: attributes of the right kind and within their limits, as many inputs as they say.
 *
 * TensorFlow: core/framework/node_def_util.cc (ValidateNodeDef), core/framework/op_def_util.cc (ValidateAttrValue),
 * core/common_runtime/graph_constructor.cc (MakeEdge).
 */
import type { INodeDef_ExperimentalDebugInfo, OpDef } from '../proto/messages'
import { ValueError } from '../util/errors'
import { argTypes } from './arg-types'
import { checkAttr } from './attr-check'
import { dataTypeString, dataTypesString, isRefType, makeRefType } from './data-types'
import { nodeForError, summarizeOpDef } from './op-summary'
import { unorderedNames } from './unordered-names'
import { attrOf, type AttrMap } from './attr-map'

/** As much of a node as is checked. */
export interface CheckedNode {
  readonly name: string
  readonly attr: AttrMap
  readonly experimentalDebugInfo?: INodeDef_ExperimentalDebugInfo | null | undefined
}

/** A DataType for each. */
export interface NodeTypes {
  readonly inputTypes: number[]
  readonly outputTypes: number[]
}

/**
 * What the node takes and gives.
 *
 * Attributes that the op does not know are let through, as TensorFlow 2 does; those in `_` are nobody's business.
 *
 * @param inputCount without control inputs
 * @throws {ValueError} TensorFlow's text, for an attribute that is missing or wrong, and for another number of inputs
 */
export function checkNode(node: CheckedNode, inputCount: number, opDef: OpDef): NodeTypes {
  checkAttrs(node, opDef)
  const inputTypes = argTypes(opDef.inputArg, node.attr)
  const outputTypes = argTypes(opDef.outputArg, node.attr)
  if (inputTypes.length !== inputCount) {
    throw new ValueError(
      `NodeDef expected inputs '${dataTypesString(inputTypes)}' do not match ${inputCount} inputs specified; ` +
        `${summarizeOpDef(opDef)}; NodeDef: ${nodeForError(node)}`,
    )
  }
  return { inputTypes, outputTypes }
}

function checkAttrs(node: CheckedNode, opDef: OpDef): void {
  let missing: string[] | undefined
  for (const attrDef of opDef.attr) {
    const value = attrOf(node.attr, attrDef.name)
    if (value === undefined) (missing ??= []).push(attrDef.name)
    // A placeholder is filled in where the function is called.
    else if ((value.placeholder ?? '') === '') {
      const fault = checkAttr(value, attrDef)
      if (fault !== undefined) {
        throw new ValueError(`${fault}\n\t; NodeDef: ${nodeForError(node)}; ${summarizeOpDef(opDef)}`)
      }
    }
  }
  if (missing !== undefined) throw missingAttrs(missing, node, opDef)
}

function missingAttrs(missing: readonly string[], node: CheckedNode, opDef: OpDef): ValueError {
  // TensorFlow goes through a map of all that the op has.
  const names = unorderedNames(opDef.attr.map(({ name }) => name)).filter((name) => missing.includes(name))
  return new ValueError(
    `NodeDef missing attr${names.length === 1 ? '' : 's'} '${names.join("', '")}' from ${summarizeOpDef(opDef)}; ` +
      `NodeDef: ${nodeForError(node)}`,
  )
}

/** Which edge it is, for a message. */
export interface EdgeEnds {
  readonly node: string
  readonly input: number
  readonly source: string
  readonly output: number
}

/**
 * A value of a type may be given where a reference to it is not asked for.
 *
 * @param given undefined where the source is of an unknown op: it is taken.
 * @param ends asked for where there is something to say
 * @throws {ValueError} "Input 0 of node s was passed int32 from i:0 incompatible with expected float."
 */
export function checkEdge(given: number | undefined, expected: number, ends: () => EdgeEnds): void {
  if (given === undefined || given === expected) return
  if (!isRefType(expected) && given === makeRefType(expected)) return
  const { node, input, source, output } = ends()
  throw new ValueError(
    `Input ${input} of node ${node} was passed ${dataTypeString(given)} from ${source}:${output} ` +
      `incompatible with expected ${dataTypeString(expected)}.`,
  )
}
