/**
 * Ops and nodes as TensorFlow's messages show them.
 *
 *     Op<name=AddN; signature=inputs:N*T -> sum:T; attr=N:int,min=1; attr=T:type,allowed=[DT_FLOAT]; is_commutative=true>
 *     {{node b}} = AddN[N=2, T=DT_FLOAT, _device="/cpu:0"](a, a, ^c)
 *
 * TensorFlow: core/framework/op_def_util.cc (SummarizeOpDef), core/framework/node_def_util.cc (SummarizeNodeDef),
 * core/platform/errors.h (FormatNodeNameForError).
 */
import type { INodeDef, OpDef, OpDef_ArgDef, OpDef_AttrDef } from '../proto/messages'
import { compareKeys } from '../util/bytes'
import { summarizeAttrValue } from './attr-summary'
import { dataTypeString, DT_INVALID } from './data-types'

/** As SummarizeOpDef() has it. */
export function summarizeOpDef(op: OpDef): string {
  const parts = [
    `name=${op.name}`,
    `signature=${op.inputArg.map(summarizeArg).join(', ')} -> ${op.outputArg.map(summarizeArg).join(', ')}`,
    ...op.attr.map(summarizeAttr),
  ]
  if (op.isCommutative) parts.push('is_commutative=true')
  if (op.isAggregate) parts.push('is_aggregate=true')
  if (op.isStateful) parts.push('is_stateful=true')
  if (op.allowsUninitializedInput) parts.push('allows_uninitialized_input=true')
  if (op.isDistributedCommunication) parts.push('is_distributed_communication=true')
  return `Op<${parts.join('; ')}>`
}

/** A list of types shows none: TensorFlow has forgotten it. */
function summarizeArg(arg: OpDef_ArgDef): string {
  const type = arg.type === DT_INVALID ? arg.typeAttr : dataTypeString(arg.type)
  const repeated = arg.numberAttr === '' ? type : `${arg.numberAttr}*${type}`
  return `${arg.name}:${arg.isRef ? `Ref(${repeated})` : repeated}`
}

function summarizeAttr({ name, type, defaultValue, hasMinimum, minimum, allowedValues }: OpDef_AttrDef): string {
  let text = `attr=${name}:${type}`
  if (defaultValue) text += `,default=${summarizeAttrValue(defaultValue)}`
  if (hasMinimum) text += `,min=${minimum}`
  if (allowedValues) text += `,allowed=${summarizeAttrValue(allowedValues)}`
  return text
}

/** As SummarizeNodeDef() has it, with all inputs. */
export function summarizeNodeDef(node: INodeDef): string {
  const name = formatNodeNames([node.name ?? ''])
  return `${name} = ${node.op ?? ''}[${summarizeAttrs(node)}](${(node.input ?? []).join(', ')})`
}

/** "N=2, T=DT_FLOAT", the device being the last one. */
function summarizeAttrs({ attr, device }: INodeDef): string {
  const entries = Object.entries(attr ?? {}).sort(([a], [b]) => compareKeys(a, b))
  const texts = entries.map(([name, value]) => `${name}=${summarizeAttrValue(value)}`)
  if (device) texts.push(`_device="${device}"`)
  return texts.join(', ')
}

/** As much of a NodeDef as names it. */
export interface NamedNode {
  readonly name?: string | null | undefined
  readonly experimentalDebugInfo?: INodeDef['experimentalDebugInfo'] | undefined
}

/**
 * How a message names a node: "{{node b}}"; one that an optimizer made, by those that it stands for,
 * "{{function_node f}}{{node a}}, {{node b}}".
 */
export function nodeForError({ name, experimentalDebugInfo: origin }: NamedNode): string {
  const names = origin?.originalNodeNames ?? []
  return names.length === 0 ? formatNodeNames([name ?? '']) : formatNodeNames(names, origin?.originalFuncNames ?? [])
}

function formatNodeNames(names: readonly string[], functions: readonly string[] = []): string {
  return names
    .map((name, at) => {
      const functionName = functions[at]
      return `${functionName === undefined ? '' : `{{function_node ${functionName}}}`}{{node ${name}}}`
    })
    .join(', ')
}
