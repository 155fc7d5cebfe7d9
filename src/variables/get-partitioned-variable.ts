/**
 * What getPartitionedVariable() asks of its arguments and of what is there already, and how a shape is cut.
 *
 * TensorFlow: python/ops/variable_scope.py (_VariableStore._get_partitioned_variable, _call_partitioner, _iter_slices),
 * python/ops/partitioned_variables.py (fixed_size_partitioner).
 */
import type { DType } from '../tensor/dtype'
import { elementCount, type NDArray, type Shape, shapesEqual } from '../tensor/ndarray'
import { LookupError, ValueError } from '../util/errors'
import { checkScopeName } from '../util/unique-name'
import { formatTuple } from './assignment'
import {
  checkInitializer,
  checkInitialShape,
  checkReuse,
  type GetVariableOptions,
  type Initial,
  initialize,
  type VariableHost,
  type VariableKind,
} from './get-variable'
import { createPartitionedVariable, type PartitionedVariable, pieceOf } from './partitioned-variable'
import type { SaveSliceInfo } from './saveable'
import { setSaveSliceInfo, type Variable } from './variable'
import type { Reuse } from './variable-scope'

/** What getPartitionedVariable() takes; see there. */
export interface GetPartitionedVariableOptions<D extends DType = DType> extends VariableKind {
  /** That of the whole: of rank 1 at least, and no size 0. */
  shape: Shape
  /** That of every part. Default float32, or that of an `initializer` that is a value. */
  dtype?: D
  /**
   * The value of the whole, which is cut; or a function that makes that of each part: it is given the part's shape and dtype, and
   * where it lies in the whole. Without one the parts are uninitialized.
   */
  initializer?: NDArray<D> | ((shape: Shape, dtype: D, part: SaveSliceInfo) => NDArray<D>)
  /** How many parts, from 1; as many as `axis` is long where that is less. */
  numShards: number
  /** The dimension that is cut; below 0 it counts from the last one, -1. Default 0. */
  axis?: number
}

/** What says how a shape is cut, and what the parts hold. */
type Cut = Pick<GetPartitionedVariableOptions, 'shape' | 'dtype' | 'numShards' | 'axis'>

/** A part that is there, or all that it takes to make it. */
interface Part<D extends DType> {
  readonly name: string
  readonly info: SaveSliceInfo
  readonly made: Variable<D> | Initial<D>
}

/**
 * The partitioned variable of that name, or a new one. Where it throws, nothing is there that was not there before.
 * @throws as VariableStore.getPartitionedVariable()
 */
export function getPartitioned<D extends DType>(
  host: VariableHost,
  partitioned: Map<string, PartitionedVariable>,
  name: string,
  options: GetPartitionedVariableOptions<D>,
): PartitionedVariable<D> {
  const { shared } = host
  const scope = host.scope()
  const fullName = scope.name === '' ? name : `${scope.name}/${name}`
  if (shared.has(fullName)) {
    throw new ValueError(
      `A partitioner was provided, but an unpartitioned version of the variable was found: ${fullName}.  Perhaps a variable of the same name was already created without partitioning?`,
    )
  }
  const partitions = partitionsOf(options)
  const known = partitioned.get(fullName)
  if (known !== undefined) return checkKnown(known, scope.reuse, options, partitions) as PartitionedVariable<D>
  if (scope.reuse === true) {
    throw new ValueError(
      `PartitionedVariable ${fullName} does not exist, or was not created with tf.get_variable(). Did you mean to set reuse=False or reuse=tf.AUTO_REUSE in VarScope?`,
    )
  }
  checkSizes(options.shape)
  checkValue(options)
  const planned = partsToMake(host, fullName, options, partitions)
  const parts = planned.map((part) => makePart(host, part, options))
  planned.forEach((part, i) => {
    const variable = parts[i] as Variable
    shared.set(part.name, variable)
    setSaveSliceInfo(variable, part.info)
  })
  const { shape, initializer } = options
  const dtype = options.dtype ?? ((typeof initializer === 'object' ? initializer.dtype : 'float32') as D)
  const whole = createPartitionedVariable({ name: fullName, dtype, shape, partitions, parts })
  partitioned.set(fullName, whole as PartitionedVariable as PartitionedVariable<DType>)
  return whole
}

/** How many parts there are along each dimension. */
function partitionsOf({ shape, numShards, axis = 0 }: Cut): number[] {
  // Callers without types.
  if (!Array.isArray(shape)) {
    throw new ValueError('Shape of a new partitioned variable must be fully defined, but instead was <unknown>.')
  }
  elementCount(shape)
  if (shape.length === 0) {
    throw new ValueError(`A partitioned Variable must have rank at least 1, shape: ${formatTuple(shape)}`)
  }
  const at = axis < 0 ? axis + shape.length : axis
  const size = shape[at]
  if (size === undefined) throw new LookupError(`list index out of range: axis ${axis} of ${formatTuple(shape)}`)
  const count = Math.min(numShards, size)
  if (!Number.isInteger(count)) {
    throw new TypeError(`'float' object cannot be interpreted as an integer: numShards is ${numShards}`)
  }
  const partitions = shape.map((_, dimension) => (dimension === at ? count : 1))
  if (count >= 1) return partitions
  throw new ValueError(`Partitioner returned zero partitions for some axes: ${formatList(partitions)}`)
}

/** TensorFlow has no place for a part without elements. */
function checkSizes(shape: Shape): void {
  if (!shape.includes(0)) return
  throw new ValueError(
    `Expected 0 <= offset < shape but found offset=0, shape=0 for var_offset=${formatList(shape.map(() => 0))}, full_shape=${formatList(shape)}`,
  )
}

/** @throws {ValueError} for a value of the whole that is of another dtype or shape */
function checkValue<D extends DType>({ shape, dtype, initializer }: GetPartitionedVariableOptions<D>): void {
  if (typeof initializer !== 'object') return
  checkInitializer({ initializer, ...(dtype === undefined ? {} : { dtype }) })
  checkInitialShape(initializer, shape)
}

function checkKnown(
  known: PartitionedVariable,
  reuse: Reuse,
  { shape, dtype = 'float32' }: Cut,
  partitions: readonly number[],
): PartitionedVariable {
  const { name } = known
  if (reuse === false) {
    throw new ValueError(
      `Partitioned variable with name ${name} already exists. Did you mean to set reuse=True or reuse=tf.AUTO_REUSE in VarScope?`,
    )
  }
  const differs = (what: string, asked: string, found: string): ValueError =>
    new ValueError(
      `Trying to reuse partitioned variable ${name}, but specified ${what} ${asked} and found ${what} ${found}.`,
    )
  if (!shapesEqual(shape, known.shape)) throw differs('shape', formatTuple(shape), formatTuple(known.shape))
  if (dtype !== known.dtype) throw differs('dtype', dtype, known.dtype)
  if (shapesEqual(partitions, known.partitions)) return known
  throw differs('partitions', formatList(partitions), formatList(known.partitions))
}

/** Everything that may fail, the initializers too, before the first name is taken. */
function partsToMake<D extends DType>(
  host: VariableHost,
  fullName: string,
  options: GetPartitionedVariableOptions<D>,
  partitions: readonly number[],
): Part<D>[] {
  const slices = slicesOf(options.shape, partitions)
  checkShards(host.shared, fullName, slices.length)
  return slices.map((slice, i) => {
    const name = `${fullName}/part_${i}`
    checkScopeName(scopeOf(name), true)
    const info = { fullName, fullShape: [...options.shape], slice }
    const own = optionsOfPart(info, options)
    const known = host.shared.get(name)
    if (known !== undefined) return { name, info, made: checkReuse<D>(known, name, host.scope().reuse, own) }
    host.checkFree(name)
    return { name, info, made: initialize<D>(name, own) }
  })
}

/** What getVariable() would be given. */
function optionsOfPart<D extends DType>(
  info: SaveSliceInfo,
  { dtype, initializer, shape: whole }: GetPartitionedVariableOptions<D>,
): GetVariableOptions<D> {
  const shape = info.slice.map((range, at) => range?.[1] ?? whole[at] ?? 0)
  if (initializer === undefined) return { shape, ...(dtype === undefined ? {} : { dtype }) }
  if (typeof initializer === 'function') {
    const ofPart = (partShape: Shape, partDType: D): NDArray<D> => initializer(partShape, partDType, info)
    return { shape, ...(dtype === undefined ? {} : { dtype }), initializer: ofPart }
  }
  return { shape, dtype: initializer.dtype as D, initializer: () => pieceOf(initializer, info.slice) }
}

/** Along the one dimension that has several parts, the first ones of which are longer by one where they do not divide it. */
function slicesOf(shape: Shape, partitions: readonly number[]): (readonly [start: number, length: number])[][] {
  const axis = Math.max(
    partitions.findIndex((count) => count > 1),
    0,
  )
  const [size = 0, count = 1] = [shape[axis], partitions[axis]]
  const [least, longer] = [Math.floor(size / count), size % count]
  return Array.from({ length: count }, (_, i) => {
    const range = [i * least + Math.min(i, longer), least + (i < longer ? 1 : 0)] as const
    return shape.map((length, at) => (at === axis ? range : ([0, length] as const)))
  })
}

/** Variables of getVariable() may have the names of parts. */
function checkShards(shared: ReadonlyMap<string, Variable>, name: string, count: number): void {
  if (!shared.has(`${name}/part_0`)) return
  const found = `Partitioner returned a different partitioning than what was already found.  Partitioner returned ${count} shards, and shard ${name}/part_0 was found, but`
  if (!shared.has(`${name}/part_${count - 1}`)) throw new ValueError(`${found} ${name}/part_${count - 1} was not.`)
  if (shared.has(`${name}/part_${count}`)) {
    throw new ValueError(`${found} so was the extra shard ${name}/part_${count}.`)
  }
}

function makePart<D extends DType>(host: VariableHost, { name, made }: Part<D>, kind: VariableKind): Variable<D> {
  host.takeScope(scopeOf(name))
  return 'value' in made ? host.create(name, made, kind, true) : made
}

/** Where TensorFlow cuts an initial value that is given whole. */
function scopeOf(part: string): string {
  return `${part}/PartitionedInitializer`
}

/** As Python prints a list. */
function formatList(items: readonly number[]): string {
  return `[${items.join(', ')}]`
}
