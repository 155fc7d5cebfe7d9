/**
 * Values given to variables by name, all of them or none.
 */
import { formatShape, type NDArray, ndarray, type Shape } from '../tensor/ndarray'
import { NotFoundError, ValueError } from '../util/errors'
import { checkAssignable } from './assignment'
import { withNearest } from '../util/nearest-names'
import { type RestoreReport } from './restore-report'
import { adoptValue, copyValue, valueTarget, type Variable } from './variable'

/** "w" for "w" and for "w:0": the name of the op, which is the key in a checkpoint. */
export function opNameOf(name: string): string {
  return name.endsWith(':0') ? name.slice(0, -2) : name
}

/**
 * Assigns to each variable the value of its name, a copy. Nothing is assigned before every value is known to fit.
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
  const loads: [Variable, NDArray][] = []
  const missing: string[] = []
  const unused = new Set(byName.keys())
  for (const variable of new Set(variables)) {
    const { name } = variable.op
    const value = byName.get(name)
    unused.delete(name)
    if (value !== undefined) loads.push([variable, value])
    else if (isRequired(variable)) missing.push(name)
  }
  if (missing.length > 0 && !ignoreMissing) throw missingError(missing, byName.keys())
  assignAll(loads)
  return { restored: loads.map(([variable]) => variable.op.name), missing, mismatched: [], unused: [...unused] }
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
function assignAll(loads: readonly (readonly [Variable, NDArray])[]): void {
  checkAll(loads)
  const written = new Set(loads.map(([variable]) => bufferOf(valueTarget(variable))))
  const ready = loads.map(([variable, value]) => {
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

function checkAll(loads: readonly (readonly [Variable, NDArray])[]): void {
  const faults: { readonly error: Error; readonly text: string }[] = []
  for (const [variable, value] of loads) {
    try {
      checkAssignable(variable, value)
      ndarray(value.dtype, value.shape, value.data)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      faults.push({ error, text: `"${variable.op.name}" is ${kindOf(variable)}, its value ${kindOf(value)}` })
    }
  }
  const [first] = faults
  if (first === undefined) return
  first.error.message += `: ${faults.map(({ text }) => text).join('; ')}`
  throw first.error
}

function kindOf({ dtype, shape }: { readonly dtype: string; readonly shape: Shape }): string {
  return `${dtype} ${formatShape(shape)}`
}
