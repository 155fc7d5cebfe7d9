/**
 * Values given to variables by name, all of them or none.
 */
import { formatShape, type NDArray, ndarray, type Shape } from '../tensor/ndarray'
import { NotFoundError, ValueError } from '../util/errors'
import { checkAssignable } from './assignment'
import { withNearest } from '../util/nearest-names'
import { pieceOf } from './partitioned-variable'
import { type RestoreReport } from './restore-report'
import { type SaveSliceInfo } from './saveable'
import { adoptValue, copyValue, valueTarget, type Variable } from './variable'

/** "w" for "w" and for "w:0": the name of the op, which is the key in a checkpoint. */
export function opNameOf(name: string): string {
  return name.endsWith(':0') ? name.slice(0, -2) : name
}

/** What load() takes. */
export interface LoadOptions {
  /** The variables to load, all of which need a value. Default: those of the store; of them the global ones need one. */
  variables?: Iterable<Variable>
  /** Variables to leave as they are. */
  exclude?: (v: Variable) => boolean
  /** Leaves variables without a value as they are, and reports them. Default false. */
  ignoreMissing?: boolean
}

/** A value for a variable, or for the whole that it is a part of. */
interface Load {
  readonly variable: Variable
  readonly value: NDArray
  readonly whole: SaveSliceInfo | undefined
}

/**
 * Assigns to each variable the value of its name, a copy; to a part also its piece of the value of the whole's name. Nothing is
 * assigned before every value is known to fit.
 *
 * @param isRequired whether a variable without a value is an error; the others stay as they are, and unmentioned.
 * @param ignoreMissing reports variables without a value, in place of the error.
 * @throws {ValueError} for two values of one name.
 * @throws {NotFoundError} naming every variable that is required and has no value.
 * @throws as Variable.assign() for the first value of another dtype or shape, with `key`; the message names all of them.
 */
export function loadValues(
  variables: Iterable<Variable>,
  values: Iterable<readonly [name: string, value: NDArray]>,
  { isRequired, ignoreMissing }: { isRequired: (variable: Variable) => boolean; ignoreMissing: boolean },
): RestoreReport {
  const byName = collect(values)
  const loads: Load[] = []
  const missing: string[] = []
  const unused = new Set(byName.keys())
  for (const variable of new Set(variables)) {
    const { name } = variable.op
    const whole = byName.has(name) ? undefined : variable.saveSliceInfo
    const value = byName.get(whole?.fullName ?? name)
    unused.delete(whole?.fullName ?? name)
    if (value !== undefined) loads.push({ variable, value, whole })
    else if (isRequired(variable)) missing.push(name)
  }
  if (missing.length > 0 && !ignoreMissing) throw missingError(missing, byName.keys())
  assignAll(loads)
  return { restored: loads.map(({ variable }) => variable.op.name), missing, mismatched: [], unused: [...unused] }
}

function collect(values: Iterable<readonly [name: string, value: NDArray]>): Map<string, NDArray> {
  const byName = new Map<string, NDArray>()
  for (const [name, value] of values) {
    const key = opNameOf(name)
    if (byName.has(key)) throw new ValueError(`At least two values have the same name: ${key}`)
    byName.set(key, value)
  }
  return byName
}

function missingError(missing: readonly string[], names: Iterable<string>): NotFoundError {
  const [first = ''] = missing
  const count = missing.length === 1 ? '1 variable has' : `${missing.length} variables have`
  return new NotFoundError(
    `Key ${first} not found among the values: ${count} none: ${withNearest(missing, names).join(', ')}`,
    {
      key: first,
    },
  )
}

/** What could fail is done first: the checks, and the copies where there is no array to write into. */
function assignAll(loads: readonly Load[]): void {
  checkAll(loads)
  const written = new Set(loads.map(({ variable }) => bufferOf(valueTarget(variable))))
  const ready = loads.map(({ variable, value, whole }) => {
    if (whole !== undefined) return { variable, inPlace: false, value: pieceOf(value, whole.slice) }
    // A value that is a view of a variable, which is written before it is read: two variables that trade places.
    const inPlace = valueTarget(variable) !== undefined && !written.has(bufferOf(value))
    return { variable, inPlace, value: inPlace ? value : copyValue(value) }
  })
  for (const { variable, inPlace, value } of ready) {
    if (inPlace) variable.assign(value)
    else adoptValue(variable, value)
  }
}

function bufferOf(value: NDArray | undefined): ArrayBufferLike | undefined {
  return value !== undefined && ArrayBuffer.isView(value.data) ? value.data.buffer : undefined
}

function checkAll(loads: readonly Load[]): void {
  const faults: { readonly error: Error; readonly text: string }[] = []
  for (const load of loads) {
    try {
      checkLoad(load)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      faults.push({ error, text: describe(load) })
    }
  }
  const [first] = faults
  if (first === undefined) return
  first.error.message += `: ${faults.map(({ text }) => text).join('; ')}`
  throw first.error
}

function checkLoad({ variable, value, whole }: Load): void {
  checkAssignable(variable, value, whole?.fullShape)
  ndarray(value.dtype, value.shape, value.data)
}

function describe({ variable, value, whole }: Load): string {
  if (whole === undefined) return `"${variable.op.name}" is ${kindOf(variable)}, its value ${kindOf(value)}`
  const { fullName, fullShape } = whole
  const own = kindOf({ dtype: variable.dtype, shape: fullShape })
  return `"${variable.op.name}" is a part of "${fullName}", which is ${own}, its value ${kindOf(value)}`
}

function kindOf({ dtype, shape }: { readonly dtype: string; readonly shape: Shape }): string {
  return `${dtype} ${formatShape(shape)}`
}
