/**
 * What a session gives for a tensor that only moves data: constants, variables, and what hands them on.
 *
 * TensorFlow: core/kernels (constant_op.cc, identity_op.cc, resource_variable_ops.cc, …).
 */
import type { NDArray } from '../tensor/ndarray'
import { FailedPreconditionError, InvalidArgumentError, NotFoundError, UnimplementedError } from '../util/errors'
import { withNearest } from '../util/nearest-names'
import type { VariableStore } from '../variables/variable-store'
import { constantValue } from './constant-value'
import type { Graph, Operation, Tensor } from './graph'
import { concatenate, expandDims, pack, reshape, squeeze } from './move-data'
import { dtypeInfoByNumber } from '../tensor/dtype'

/** Where tensors and values come from. */
export interface EvaluationContext {
  /** Where names are looked up. */
  readonly graph: Graph
  /** The variables of the graph. Without them only constants have values. */
  readonly variables?: VariableStore
}

/** The handle of a resource variable: the VarHandleOp. */
interface Handle {
  readonly handle: Operation
}
type Value = NDArray | Handle

/** One run: values by the names of their tensors. */
interface Run {
  readonly variables: VariableStore | undefined
  readonly values: Map<string, Value>
}

/** What gives an op's output: from its inputs, all of which are there. */
type Kernel = (op: Operation, inputs: readonly NDArray[], run: Run) => NDArray

/** Each hands on its first input, or, with several outputs, that of the output's number; handles too. */
const PASS_ON: ReadonlySet<string> = new Set([
  'Identity',
  'IdentityN',
  'Snapshot',
  'StopGradient',
  'PreventGradient',
  'PlaceholderWithDefault',
  'RefIdentity',
  'DeepCopy',
])

const KERNELS: ReadonlyMap<string, Kernel> = new Map<string, Kernel>([
  ['Const', constant],
  ['Variable', (op, _, run) => variableValue(op, run)],
  ['VariableV2', (op, _, run) => variableValue(op, run)],
  ['Placeholder', unfed],
  ['PlaceholderV2', unfed],
  ['Reshape', (_, [value, shape]) => reshape(value as NDArray, shape as NDArray)],
  ['Squeeze', (op, [value]) => squeeze(value as NDArray, integers(op, 'squeeze_dims'))],
  ['ExpandDims', (_, [value, axis]) => expandDims(value as NDArray, axis as NDArray)],
  ['Pack', (op, values) => pack(values, Number(op.getAttr('axis')?.i ?? 0))],
  ['ConcatV2', (_, inputs) => concatenate(inputs.slice(0, -1), inputs.at(-1) as NDArray)],
  ['Concat', (_, inputs) => concatenate(inputs.slice(1), inputs[0] as NDArray)],
])

/**
 * What sess.run gives for a tensor that only moves data: Const, Identity ("x/read"), VariableV2, VarHandleOp with
 * ReadVariableOp, and what reshapes, stacks or joins such values. The result may be a view of the graph's or the variable's
 * own array: it is not to be written into, and valid until the variable's next assignment.
 *
 * @param tensor a tensor of the graph, or its name "conv1/w:0"
 * @throws {KeyError | ValueError} for a name that is no tensor of the graph
 * @throws {FailedPreconditionError} "Attempting to use uninitialized value v"
 * @throws {InvalidArgumentError} "You must feed a value for placeholder tensor 'x' with dtype float"
 * @throws {NotFoundError} where `variables` has no such variable
 * @throws {UnimplementedError} for an op that computes
 */
export function evaluate(tensor: Tensor | string, context: EvaluationContext): NDArray {
  const { graph, variables } = context
  const target = graph.asGraphElement(tensor, { allowOperation: false }) as Tensor
  const run: Run = { variables, values: new Map() }
  const waiting = [target]
  const begun = new Set<string>()
  for (let next = waiting.at(-1); next !== undefined; next = waiting.at(-1)) {
    const missing = inputsOf(next).filter(({ name }) => !run.values.has(name))
    if (missing.length > 0) {
      if (begun.has(next.name)) throw new InvalidArgumentError(`${next.name} is computed from itself`)
      begun.add(next.name)
      waiting.push(...missing)
      continue
    }
    waiting.pop()
    if (!run.values.has(next.name)) run.values.set(next.name, valueOf(next, run))
  }
  return dense(run.values.get(target.name) as Value, target)
}

/** What a tensor is made of. @throws {UnimplementedError} for an op that computes */
function inputsOf({ op, valueIndex }: Tensor): readonly Tensor[] {
  if (PASS_ON.has(op.type)) return op.inputs.slice(valueIndex, valueIndex + 1)
  if (op.type === 'ReadVariableOp') return op.inputs
  if (op.type === 'VarHandleOp') return []
  if (KERNELS.has(op.type)) return op.inputs
  throw new UnimplementedError(
    `Cannot evaluate ${op.name}:${valueIndex}: its op is ${op.type}, which computes. Only constants, variables and what hands them on have values here`,
  )
}

function valueOf({ op, valueIndex }: Tensor, run: Run): Value {
  const inputs = inputsOf({ op, valueIndex } as Tensor).map(({ name }) => run.values.get(name) as Value)
  const [first] = inputs
  if (PASS_ON.has(op.type) && first !== undefined) return first
  if (op.type === 'VarHandleOp') return { handle: op }
  if (op.type === 'ReadVariableOp' && first !== undefined) return variableValue(handleOf(first, op), run)
  const kernel = KERNELS.get(op.type)
  if (kernel === undefined) throw new InvalidArgumentError(`${op.name} (${op.type}) has no input`)
  return kernel(
    op,
    inputs.map((input, at) => dense(input, op.inputs[at] as Tensor)),
    run,
  )
}

function handleOf(value: Value, reader: Operation): Operation {
  if ('handle' in value) return value.handle
  throw new InvalidArgumentError(`${reader.name} reads ${reader.inputs[0]?.name ?? 'nothing'}, which is no handle`)
}

function dense(value: Value, { name }: Tensor): NDArray {
  if (!('handle' in value)) return value
  const reader = value.handle.outputs[0]?.consumers().find(({ type }) => type === 'ReadVariableOp')
  const hint = reader === undefined ? '' : `: its value is ${reader.name}:0`
  throw new UnimplementedError(`${name} is the handle of the resource variable ${value.handle.name}${hint}`)
}

function constant(op: Operation): NDArray {
  return constantValue(op.name, { dtype: op.getAttr('dtype'), value: op.getAttr('value') })
}

function variableValue(op: Operation, { variables }: Run): NDArray {
  const variable = variables?.get(op.name)
  if (variable !== undefined) return variable.read()
  if (variables === undefined) {
    throw new FailedPreconditionError(`Attempting to use uninitialized value ${op.name}: no variables were given`, {
      key: op.name,
    })
  }
  const [described = op.name] = withNearest(
    [op.name],
    [...variables].map((one) => one.op.name),
  )
  throw new NotFoundError(`The graph's variable ${described} is not among the variables that were given`, {
    key: op.name,
  })
}

function unfed(op: Operation): NDArray {
  const dtype = dtypeInfoByNumber(op.getAttr('dtype')?.type ?? 0)?.word ?? 'unknown'
  const shape = op.getAttr('shape')?.shape
  const sizes = shape && !shape.unknownRank ? shape.dim.map(({ size }) => (Number(size) < 0 ? '?' : String(size))) : []
  const described = sizes.length === 0 ? '' : ` and shape [${sizes.join(',')}]`
  throw new InvalidArgumentError(
    `You must feed a value for placeholder tensor '${op.name}' with dtype ${dtype}${described}`,
  )
}

function integers(op: Operation, name: string): number[] {
  return (op.getAttr(name)?.list?.i ?? []).map(Number)
}
