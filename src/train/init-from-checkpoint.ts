/**
 * tf.train.init_from_checkpoint: a model's first values, from another model's checkpoint.
 *
 *     'name'   → variable, list of parts, or the name of a variable of getVariable()
 *     'scope/' → 'other_scope/': every variable of getVariable() under other_scope/, from the same name under scope/;
 *                '/' is the root, on either side
 *
 * TensorFlow puts initializers into the graph, which read when they run; here the values are assigned at once, all of
 * them or none. python/training/checkpoint_utils.py, _init_from_checkpoint.
 */
import { type CheckpointReader } from '../checkpoint/checkpoint-reader'
import { type ReadOptions } from '../fs/file-system'
import { type DType, dtypeInfo } from '../tensor/dtype'
import { type Shape, shapesEqual } from '../tensor/ndarray'
import { compareKeys } from '../util/bytes'
import { InvalidArgumentError, UnimplementedError, ValueError } from '../util/errors'
import { withNearest } from '../util/nearest-names'
import { reprString } from '../util/python-repr'
import { formatTuple } from '../variables/assignment'
import { Variable } from '../variables/variable'
import { storeInternals, type VariableStore } from '../variables/variable-store'
import { loadCheckpoint } from './checkpoint-utils'
import { restoreValues } from './restore-values'

/** What a name of the checkpoint is for: see initFromCheckpoint(). */
export type AssignmentTarget = string | Variable | readonly Variable[]

/** From names, or scopes, of the checkpoint to variables, or names, or scopes. */
export type AssignmentMap = Iterable<readonly [string, AssignmentTarget]> | Readonly<Record<string, AssignmentTarget>>

/** What a map is resolved against. */
interface Sources {
  /** As the caller gave it, for messages. */
  readonly dirOrPrefix: string
  /** What the checkpoint holds, by key. */
  readonly shapes: ReadonlyMap<string, Shape>
  readonly dtypes: ReadonlyMap<string, DType>
  /** The variables of getVariable(), by name. */
  readonly variables: ReadonlyMap<string, Variable>
}

/** A variable, and the key of the tensor that it gets. */
interface Assignment {
  readonly key: string
  readonly variable: Variable
}

/**
 * tf.train.init_from_checkpoint: assigns what a checkpoint holds to variables of `store`, all or nothing.
 *
 * @param dirOrPrefix a checkpoint's prefix, or a directory, whose latest one is taken
 * @param assignmentMap a variable may be given as object, or by name where getVariable() made it. Of two values for one
 *   variable the one whose name in the checkpoint sorts last counts.
 * @throws {ValueError} in TensorFlow's words for a tensor that the checkpoint has not, another shape, and a map that
 *   mixes names and scopes
 * @throws {InvalidArgumentError} for another dtype; {DataLossError} {OutOfRangeError} for a damaged checkpoint
 */
export async function initFromCheckpoint(
  dirOrPrefix: string,
  assignmentMap: AssignmentMap,
  store: VariableStore,
  options: ReadOptions = {},
): Promise<void> {
  const reader = await loadCheckpoint(dirOrPrefix, options)
  try {
    const sources: Sources = {
      dirOrPrefix,
      shapes: reader.getVariableToShapeMap(),
      dtypes: reader.getVariableToDtypeMap(),
      variables: storeInternals.sharedVariables(store),
    }
    const keys = new Map<Variable, string>()
    for (const [name, target] of sortedPairs(assignmentMap)) {
      for (const { key, variable } of assignmentsOf(name, target, sources)) keys.set(variable, key)
    }
    await assignFrom(reader, keys)
  } finally {
    await reader.close()
  }
}

/** By the name in the checkpoint, as TensorFlow goes through them. */
function sortedPairs(map: AssignmentMap): (readonly [string, AssignmentTarget])[] {
  const pairs = Symbol.iterator in map ? [...map] : Object.entries(map)
  return pairs.sort(([a], [b]) => compareKeys(a, b))
}

function assignmentsOf(name: string, target: AssignmentTarget, sources: Sources): Assignment[] {
  if (typeof target === 'string') {
    const variable = sources.variables.get(target)
    return variable === undefined ? scopeAssignments(name, target, sources) : [oneAssignment(name, variable, sources)]
  }
  if (target instanceof Variable) return [oneAssignment(name, target, sources)]
  // Callers without types.
  if (!Array.isArray(target)) throw new TypeError(`Expected a variable, a list of its parts or a name, got ${target}`)
  checkKey(name, sources)
  return target.map((part) => oneAssignment(name, part, sources))
}

function oneAssignment(key: string, variable: Variable, sources: Sources): Assignment {
  checkKey(key, sources)
  return checked({ key, variable }, sources)
}

function checkKey(key: string, { dirOrPrefix, shapes }: Sources): void {
  if (shapes.has(key)) return
  const text = `Tensor ${key} is not found in ${dirOrPrefix} checkpoint ${formatShapes(shapes)}`
  const [line = key] = withNearest([key], shapes.keys())
  throw new ValueError(`${text}${line.slice(key.length)}`)
}

/**
 * @throws {ValueError} for another shape: TensorFlow leaves that to the initializer where a scope was given.
 * @throws {InvalidArgumentError} for another dtype, in the words of its initializer; for a part of a variable.
 */
function checked(assignment: Assignment, { shapes, dtypes }: Sources): Assignment {
  const { key, variable } = assignment
  const [shape, dtype] = [shapes.get(key) ?? [], dtypes.get(key) ?? variable.dtype]
  if (variable.saveSliceInfo !== undefined) {
    throw new UnimplementedError(
      `${variable.name} is a part of a partitioned variable: parts cannot be initialized yet`,
    )
  }
  if (!shapesEqual(shape, variable.shape)) {
    const [own, found] = [formatTuple(variable.shape), formatList(shape)]
    throw new ValueError(
      `Shape of variable ${variable.name} (${own}) doesn't match with shape of tensor ${key} (${found}) from checkpoint reader.`,
    )
  }
  if (dtype !== variable.dtype) {
    const [own, found] = [dtypeInfo(variable.dtype).word, dtypeInfo(dtype).word]
    const text = `tensor_name = ${key}; expected dtype ${own} does not equal original dtype ${found}`
    throw new InvalidArgumentError(`${text}: ${variable.name}`, { key })
  }
  return assignment
}

/** Every variable under the scope `target`, from the tensor of the same name under the scope `name`. */
function scopeAssignments(name: string, target: string, sources: Sources): Assignment[] {
  const scope = target.includes('/') ? target.slice(0, target.lastIndexOf('/')) : ''
  if (!name.endsWith('/')) {
    throw new ValueError(
      `Assignment map with scope only name ${scope} should map to scope only ${name}. Should be 'scope/': 'other_scope/'.`,
    )
  }
  const within = [...sources.variables].filter(([own]) => scope === '' || own.startsWith(`${scope}/`))
  within.sort(([a], [b]) => compareKeys(a, b))
  return within.map(([own, variable]) => {
    const tail = own.slice(scope.length)
    const key = `${name === '/' ? '' : name}${target === '/' ? tail : tail.slice(1)}`.replace(/\/$/, '')
    if (sources.shapes.has(key)) return checked({ key, variable }, sources)
    const inScope = own.slice(scope.length + 1)
    throw new ValueError(`Tensor ${key} (${inScope} in ${name}) is not found in ${sources.dirOrPrefix} checkpoint`)
  })
}

/** Reads each tensor once, and assigns nothing before the last one is there. */
async function assignFrom(reader: CheckpointReader, keys: ReadonlyMap<Variable, string>): Promise<void> {
  const first = new Map<string, Variable>()
  for (const [variable, key] of keys) if (!first.has(key)) first.set(key, variable)
  const items = [...first].map(([key, saveable]) => ({ key, saveable }))
  await restoreValues(reader, items, { reshape: false, ignoreMissing: false, ignoreMismatched: false })
  for (const [variable, key] of keys) {
    const source = first.get(key)
    if (source !== undefined && source !== variable) variable.assign(source.read())
  }
}

/** A shape as Python prints a list. */
function formatList(shape: Shape): string {
  return `[${shape.join(', ')}]`
}

/** As Python prints a dict of lists. */
function formatShapes(shapes: ReadonlyMap<string, Shape>): string {
  return `{${[...shapes].map(([key, shape]) => `${reprString(key)}: ${formatList(shape)}`).join(', ')}}`
}
