/**
 * tf.train.ExponentialMovingAverage: a shadow beside each variable, which follows it slowly.
 *
 *     shadow -= (shadow - value) * (1 - decay)          as it is rounded: moving-average-update.ts
 *
 * TensorFlow: python/training/moving_averages.py; python/training/slot_creator.py for the shadows and their names.
 */
import { zeros } from '../tensor/convert'
import { formatShape, type NDArray, shapesEqual } from '../tensor/ndarray'
import { InvalidArgumentError, ValueError } from '../util/errors'
import { isResourceVariable } from '../variables/assignment'
import type { ComputedTensor } from '../variables/computed-tensor'
import {
  createPartitionedVariable,
  isPartitionedVariable,
  type PartitionedVariable,
} from '../variables/partitioned-variable'
import { adoptValue, copyValue, valueTarget, Variable } from '../variables/variable'
import { storeInternals, type VariableStore } from '../variables/variable-store'
import { checkDecay, checkName, checkScalar, numberFrom, scalarOf } from './moving-average-numbers'
import { joinParts, markAsPart, withParts } from './moving-average-parts'
import {
  type AverageDType,
  biasFactor,
  cappedDecay,
  isAverageDType,
  moveAverage,
  rateOf,
  removeBias,
} from './moving-average-update'

/** How an average follows. */
export interface MovingAverageOptions {
  /** How much of the average stays at each update, as a float32: a number, a float32 variable, or what a function gives. */
  decay: number | Variable | (() => number)
  /** Counts the updates: the decay is at most (1 + n) / (10 + n), so that an average follows quickly at first. */
  numUpdates?: number | Variable | (() => number | bigint)
  /** Takes out of the averages of computed tensors, which start at zero, the bias towards it. Default false. */
  zeroDebias?: boolean
  /** The last part of the shadows' names. Default "ExponentialMovingAverage". */
  name?: string
}

/** What can be averaged. */
type Source = Variable | ComputedTensor

/** A shadow that takes the bias out keeps these two beside it. */
interface Debias {
  readonly biased: Variable
  readonly localStep: Variable
}

/** What one call of the update does for one source. */
interface Step {
  readonly source: Source
  readonly shadow: Variable
  readonly debias: Debias | undefined
}

/** Averages of variables, and of tensors computed from them, kept in variables of the same store. */
export class ExponentialMovingAverage {
  /** The last part of the shadows' names. */
  readonly name: string
  readonly #store: VariableStore
  readonly #decay: MovingAverageOptions['decay']
  readonly #numUpdates: MovingAverageOptions['numUpdates']
  readonly #zeroDebias: boolean
  readonly #averages = new Map<Source, Variable>()

  /**
   * @throws {ValueError} for a name that ends in nothing, "" or "a/", and for what is no name of a scope
   * @throws {TypeError | ValueError} for a decay or a count that is no number, and for a variable that is no scalar
   */
  constructor(store: VariableStore, options: MovingAverageOptions) {
    const { decay, numUpdates, zeroDebias = false, name = 'ExponentialMovingAverage' } = options
    checkName(name)
    checkDecay(decay)
    if (numUpdates !== undefined) checkScalar(numUpdates, 'num_updates')
    this.name = name
    this.#store = store
    this.#decay = decay
    this.#numUpdates = numUpdates
    this.#zeroDebias = zeroDebias
  }

  /**
   * Makes shadows for what has none yet, and gives the update: call it after every training step.
   *
   * The shadow of a variable starts from its value; where it has none yet, from the one that it has at the first update.
   * The shadow of a computed tensor starts at zero. Shadows of parts are parts too, of the whole's average.
   *
   * @param varList default: the trainable variables. A partitioned variable stands for its parts
   * @returns the update: all of the averages, or none where one cannot be read
   * @throws {TypeError} "The variables must be half, float, or double: i:0"; shadows of those before it are there then
   * @throws {ValueError} under a variable scope that reuses
   */
  apply(varList: Iterable<Source | PartitionedVariable> = this.#store.trainableVariables()): () => void {
    const sources = withParts(varList)
    const fresh = new Set<Source>()
    for (const source of sources) {
      if (!isAverageDType(source.dtype)) {
        throw new TypeError(`The variables must be half, float, or double: ${source.name}`)
      }
      if (this.#averages.has(source)) continue
      this.#averages.set(source, this.#makeShadow(source))
      if (!(source instanceof Variable)) fresh.add(source)
    }
    return this.#store.nameScope(this.name, () => {
      const steps = sources.map((source) => this.#stepFor(source, fresh))
      return () => this.#update(steps)
    })
  }

  /** The shadow, of a partitioned variable the shadows of its parts together; undefined where there is none. */
  average(v: PartitionedVariable): PartitionedVariable | undefined
  average(v: Variable | ComputedTensor): Variable | undefined
  average(v: Source | PartitionedVariable): Variable | PartitionedVariable | undefined {
    return isPartitionedVariable(v) ? this.#averageOfParts(v) : this.#averages.get(v)
  }

  /**
   * The shadow's op name, "w/ExponentialMovingAverage"; where there is none, that name made unique in the name scope that
   * is open here, as TensorFlow does. Of a partitioned variable it is the key of its average in a checkpoint.
   */
  averageName(v: Variable | ComputedTensor | PartitionedVariable): string {
    if (isPartitionedVariable(v)) return this.#averageOfParts(v)?.name ?? `${v.name}/${this.name}`
    const shadow = this.#averages.get(v)
    if (shadow !== undefined) return shadow.op.name
    const name = `${v.name.replace(/:\d+$/, '')}/${this.name}`
    return storeInternals.uniqueName(this.#store, name, { markAsUsed: false })
  }

  /**
   * What a Saver restores into a model that is evaluated: averages into the plain variables, everything else as it is.
   *
   *     new Saver(ema.variablesToRestore()).restore(prefix)
   *
   * As in TensorFlow a trainable variable is under the name of its average even where none was ever made.
   *
   * Parts of partitioned variables have names of their own here, as in TensorFlow; a checkpoint has one tensor for all parts,
   * and to restore that, `joinParts` gives lists of parts under the names of the whole.
   *
   * @param movingAvgVariables default: the trainable variables, and those that were averaged
   * @throws {ValueError} where the name of a whole is a variable's too
   */
  variablesToRestore(
    movingAvgVariables: Iterable<Variable | PartitionedVariable> | undefined,
    options: { joinParts: boolean },
  ): Map<string, Variable | readonly Variable[]>
  variablesToRestore(movingAvgVariables?: Iterable<Variable | PartitionedVariable>): Map<string, Variable>
  variablesToRestore(
    movingAvgVariables?: Iterable<Variable | PartitionedVariable>,
    { joinParts: isJoined = false }: { joinParts?: boolean } = {},
  ): Map<string, Variable | readonly Variable[]> {
    const store = this.#store
    const averaged = new Set(
      movingAvgVariables === undefined
        ? [...store.trainableVariables(), ...(store.movingAverageVariables() as Variable[])]
        : withParts(movingAvgVariables),
    )
    const restored = new Map<string, Variable>()
    for (const v of averaged) restored.set(this.averageName(v), v)
    const names = new Set([...averaged].map(({ name }) => name))
    for (const v of store.globalVariables()) {
      if (!names.has(v.name) && !restored.has(v.op.name)) restored.set(v.op.name, v)
    }
    return isJoined ? joinParts(restored, (v) => this.#nameOfWhole(v, averaged.has(v))) : restored
  }

  #averageOfParts({ dtype, shape, partitions, parts, name }: PartitionedVariable): PartitionedVariable | undefined {
    const shadows = parts.map((part) => this.#averages.get(part))
    if (!shadows.every((shadow) => shadow !== undefined)) return undefined
    const whole = shadows[0]?.saveSliceInfo?.fullName ?? `${name}/${this.name}`
    return createPartitionedVariable({ name: whole, dtype, shape, partitions, parts: shadows })
  }

  /** The key of the whole that `v` is a part of, or of its average; undefined where it is none. */
  #nameOfWhole(v: Variable, isAveraged: boolean): string | undefined {
    const fullName = v.saveSliceInfo?.fullName
    if (fullName === undefined || !isAveraged) return fullName
    return this.#averages.get(v)?.saveSliceInfo?.fullName ?? `${fullName}/${this.name}`
  }

  #makeShadow(source: Source): Variable {
    const store = this.#store
    const isVariable = source instanceof Variable
    const { dtype, shape } = source
    // TensorFlow's graph has these two for the choice between the value and the initial value.
    if (isVariable) {
      storeInternals.uniqueName(store, isResourceVariable(source) ? 'VarIsInitializedOp' : 'IsVariableInitialized')
      storeInternals.uniqueName(store, 'cond')
    }
    const value = isVariable ? (source.initialized ? source.read() : undefined) : zeros(shape, dtype)
    const kind = {
      trainable: false,
      useResource: isVariable && isResourceVariable(source),
      ...(isVariable ? { device: source.device } : {}),
    }
    const initial = value === undefined ? { shape, dtype } : { initializer: value, dtype }
    const shadow = storeInternals.enterDefaultScope(store, `${source.op.name}/${this.name}`, () =>
      store.getVariable('', { ...initial, ...kind }),
    )
    if (isVariable) markAsPart(shadow, source)
    if (isVariable) store.addToCollection('moving_average_variables', source)
    return shadow
  }

  #stepFor(source: Source, fresh: ReadonlySet<Source>): Step {
    // apply() has made one for each.
    const shadow = this.#averages.get(source) as Variable
    const debias = this.#zeroDebias && fresh.has(source) ? this.#makeDebias(shadow) : undefined
    return { source, shadow, debias }
  }

  #makeDebias(shadow: Variable): Debias {
    const { dtype, shape } = shadow
    const store = this.#store
    return store.variableScope(shadow.op.name, () => {
      const scope = storeInternals.variableScopeName(store)
      const taken = new Set(store.globalVariables().map(({ op }) => op.name))
      const unique = (name: string): string => {
        let free = name
        for (let i = 1; taken.has(`${scope}/${free}`); i++) free = `${name}_${i}`
        return free
      }
      const options = { trainable: false, device: shadow.device, useResource: isResourceVariable(shadow), dtype }
      const make = (name: string, of: readonly number[]): Variable =>
        store.getVariable(unique(name), { ...options, shape: of, initializer: () => zeros(of, dtype) })
      return { biased: make('biased', shape), localStep: make('local_step', []) }
    })
  }

  /** Everything is read and checked before the first average changes. */
  #update(steps: readonly Step[]): void {
    const decay = this.#currentDecay()
    const values = steps.map(readStep)
    steps.forEach(({ shadow }, i) => {
      // Its initializer, which waited for the variable's.
      if (!shadow.initialized) shadow.assign(values[i] as NDArray)
    })
    steps.forEach((step, i) => {
      const rate = rateOf(decay, step.shadow.dtype as AverageDType)
      const value = values[i] as NDArray
      if (step.debias === undefined) move(step.shadow, value, rate)
      else moveWithoutBias(step.shadow, step.debias, value, rate)
    })
  }

  #currentDecay(): number {
    const decay = numberFrom(this.#decay, 'decay')
    if (this.#numUpdates === undefined) return Math.fround(decay)
    const count = numberFrom(this.#numUpdates, 'num_updates')
    const capped = cappedDecay(decay, count)
    if (Number.isNaN(capped)) throw new ValueError(`num_updates is ${count}: every average would be NaN`)
    return capped
  }
}

/** @throws {FailedPreconditionError} for a variable without a value; {InvalidArgumentError} for a tensor of another shape */
function readStep({ source, shadow }: Step): NDArray {
  const value = source.read()
  if (value.dtype === shadow.dtype && shapesEqual(value.shape, shadow.shape)) return value
  const [own, found] = [`${shadow.dtype}${formatShape(shadow.shape)}`, `${value.dtype}${formatShape(value.shape)}`]
  throw new InvalidArgumentError(`Cannot average ${source.name}: it is ${found}, its average ${own}`, {
    key: shadow.op.name,
  })
}

/** The variable's array to write into, which holds its value; a copy of it while a save holds the value. */
function writable(variable: Variable): NDArray {
  return valueTarget(variable) ?? copyValue(variable.read())
}

/** Puts back what writable() gave, and what was written into it. */
function put(variable: Variable, value: NDArray): void {
  if (valueTarget(variable)?.data !== value.data) adoptValue(variable, value)
}

function move(shadow: Variable, value: NDArray, rate: number): void {
  const target = writable(shadow)
  moveAverage(target, target, value, rate)
  put(shadow, target)
}

function moveWithoutBias(shadow: Variable, { biased, localStep }: Debias, value: NDArray, rate: number): void {
  move(biased, value, rate)
  localStep.assignAdd(1)
  const dtype = shadow.dtype as AverageDType
  const target = writable(shadow)
  removeBias(target, biased.read(), biasFactor(dtype, rate, Number(scalarOf(localStep))))
  put(shadow, target)
}
