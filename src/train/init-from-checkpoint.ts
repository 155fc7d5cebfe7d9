/**
 * tf.train.init_from_checkpoint: a model's first values, from another model's checkpoint.
 *
 *     'name'   → variable, partitioned variable, list of its parts, or the name of either
 *     'scope/' → 'other_scope/': every variable of getVariable() under other_scope/, from the same name under scope/;
 *                '/' is the root, on either side
 *
 * Names are those of getVariable() and getPartitionedVariable(), scopes in front.
 *
 * TensorFlow puts initializers into the graph, which read when they run; here the values are assigned at once, all of
 * them or none. python/training/checkpoint_utils.py, _init_from_checkpoint.
 */
import { type CheckpointReader } from '../checkpoint/checkpoint-reader'
import { type ReadOptions } from '../fs/file-system'
import { type DType, dtypeInfo } from '../tensor/dtype'
import { formatShape, type NDArray, type Shape, shapesEqual } from '../tensor/ndarray'
import { compareKeys } from '../util/bytes'
import { InvalidArgumentError, ValueError } from '../util/errors'
import { withNearest } from '../util/nearest-names'
import { reprString } from '../util/python-repr'
import { formatTuple } from '../variables/assignment'
import { isPartitionedVariable, type PartitionedVariable } from '../variables/partitioned-variable'
import { Variable } from '../variables/variable'
import { storeInternals, type VariableStore } from '../variables/variable-store'
import { loadCheckpoint } from './checkpoint-utils'
import { restoreValues } from './restore-values'
import type { ShapeAndSlice } from './slice-spec'
import type { SaveItem } from './var-list'

/** What a name of the checkpoint is for: see initFromCheckpoint(). */
export type AssignmentTarget = string | Variable | PartitionedVariable | readonly Variable[]

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

/** A variable, and what of which tensor it gets. */
interface Assignment {
  readonly key: string
  readonly variable: Variable
  /** undefined where it is all of the tensor. */
  readonly part?: ShapeAndSlice | undefined
}

/**
 * tf.train.init_from_checkpoint: assigns what a checkpoint holds to variables of `store`, all or nothing.
 *
 * @param dirOrPrefix a checkpoint's prefix, or a directory, whose latest one is taken
 * @param assignmentMap a variable may be given as object, or by name where getVariable() or getPartitionedVariable() made it. A
 *   part by itself gets a tensor of its own; parts in a list, what they are of the whole; other variables in a list, each the
 *   whole. Of two values for one variable the one whose name in the checkpoint sorts last counts.
 * @throws {ValueError} in TensorFlow's words for a tensor that the checkpoint has not, another shape, and a map that
 *   mixes names and scopes; for a list of what is not of one whole
 * @throws {InvalidArgumentError} for another dtype, and another shape of a whole; {DataLossError} {OutOfRangeError} for a damaged checkpoint
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
    const assignments = new Map<Variable, Assignment>()
    for (const [name, target] of sortedPairs(assignmentMap)) {
      for (const one of assignmentsOf(name, target, sources)) assignments.set(one.variable, one)
    }
    await assignFrom(reader, [...assignments.values()])
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
  const found = typeof target === 'string' ? variableNamed(target, sources) : target
  if (found === undefined) return scopeAssignments(name, target as string, sources)
  // Callers without types.
  if (!(found instanceof Variable || isPartitionedVariable(found) || Array.isArray(found))) {
    throw new TypeError(`Expected a variable, a list of its parts or a name, got ${String(found)}`)
  }
  checkKey(name, sources)
  return toAll(name, found, sources)
}

/** The variable of that name, or the parts of the partitioned one. */
function variableNamed(name: string, { variables }: Sources): Variable | Variable[] | undefined {
  const known = variables.get(name)
  if (known !== undefined) return known
  const parts: Variable[] = []
  for (;;) {
    const part = variables.get(`${name}/part_${parts.length}`)
    if (part === undefined) return parts.length === 0 ? undefined : parts
    parts.push(part)
  }
}

/** Parts of one whole get their parts of the tensor; other variables, each all of it. */
function toAll(key: string, target: Variable | Iterable<Variable>, sources: Sources): Assignment[] {
  const variables = target instanceof Variable ? [target] : [...target]
  const infos = target instanceof Variable ? [] : variables.map(({ saveSliceInfo }) => saveSliceInfo)
  const whole = infos.find((info) => info !== undefined)?.fullName
  return variables.map((variable, at) => {
    const part = infos[at]
    if (part?.fullName === whole) return checked({ key, variable, part }, sources)
    if (part === undefined) throw new ValueError(`Slices must all be slices: ${String(variable)}`)
    throw new ValueError(`Slices must all be from the same tensor: ${whole} != ${part.fullName}`)
  })
}

function checkKey(key: string, { dirOrPrefix, shapes }: Sources): void {
  if (shapes.has(key)) return
  const text = `Tensor ${key} is not found in ${dirOrPrefix} checkpoint ${formatShapes(shapes)}`
  const [line = key] = withNearest([key], shapes.keys())
  throw new ValueError(`${text}${line.slice(key.length)}`)
}

/**
 * @throws {ValueError} for another shape: TensorFlow leaves that to the initializer where a scope was given.
 * @throws {InvalidArgumentError} for another dtype, and another shape of the whole, in the words of its initializer.
 */
function checked(assignment: Assignment, { shapes, dtypes }: Sources): Assignment {
  const { key, variable, part } = assignment
  const [shape, dtype] = [shapes.get(key) ?? [], dtypes.get(key) ?? variable.dtype]
  if (part !== undefined && !shapesEqual(shape, part.fullShape)) {
    const [own, found] = [formatShape(part.fullShape), formatShape(shape)]
    throw new InvalidArgumentError(
      `tensor_name = ${key}; shape in shape_and_slice spec ${own} does not match the shape stored in checkpoint: ${found}: ${variable.name}`,
      { key },
    )
  }
  if (part === undefined && !shapesEqual(shape, variable.shape)) {
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
  const names = [...new Set(within.map(([own, variable]) => nameOfWhole(own, variable)))].sort(compareKeys)
  return names.flatMap((own) => {
    const tail = own.slice(scope.length)
    const key = `${name === '/' ? '' : name}${target === '/' ? tail : tail.slice(1)}`.replace(/\/$/, '')
    // The name is that of a variable, or of one whose part was found.
    if (sources.shapes.has(key)) return toAll(key, variableNamed(own, sources) ?? [], sources)
    const inScope = own.slice(scope.length + 1)
    throw new ValueError(`Tensor ${key} (${inScope} in ${name}) is not found in ${sources.dirOrPrefix} checkpoint`)
  })
}

/** Averages of parts are left out with it. TensorFlow cuts every name at its first "/part_", "a/part_time/w" too. */
function nameOfWhole(name: string, { saveSliceInfo }: Variable): string {
  return saveSliceInfo === undefined ? name : name.slice(0, name.lastIndexOf('/part_'))
}

/** Reads each tensor, or part of one, once, and assigns nothing before the last one is there. */
async function assignFrom(reader: CheckpointReader, assignments: readonly Assignment[]): Promise<void> {
  const groups = new Map<string, Assignment[]>()
  for (const one of assignments) {
    const place = JSON.stringify([one.key, one.part?.slice])
    const known = groups.get(place)
    if (known === undefined) groups.set(place, [one])
    else known.push(one)
  }
  const items = [...groups.values()].flatMap(([first]) => (first === undefined ? [] : [itemOf(first)]))
  await restoreValues(reader, items, { reshape: false, ignoreMissing: false, ignoreMismatched: false })
  for (const [first, ...others] of groups.values()) {
    for (const { variable } of others) variable.assign(first?.variable.read() as NDArray)
  }
}

function itemOf({ key, variable, part }: Assignment): SaveItem {
  return part === undefined ? { key, saveable: variable } : { key, saveable: variable, part }
}

/** A shape as Python prints a list. */
function formatList(shape: Shape): string {
  return `[${shape.join(', ')}]`
}

/** As Python prints a dict of lists. */
function formatShapes(shapes: ReadonlyMap<string, Shape>): string {
  return `{${[...shapes].map(([key, shape]) => `${reprString(key)}: ${formatList(shape)}`).join(', ')}}`
}
