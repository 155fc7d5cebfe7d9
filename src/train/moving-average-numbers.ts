/**
 * What a moving average is told: its name, its decay and its count of updates.
 *
 * TensorFlow: python/training/moving_averages.py, ExponentialMovingAverage.__init__ and apply.
 */
import { toNested } from '../tensor/convert'
import { formatShape } from '../tensor/ndarray'
import { ValueError } from '../util/errors'
import { checkScopeName } from '../util/unique-name'
import { formatVariableDType } from '../variables/assignment'
import { Variable } from '../variables/variable'

/** @throws {ValueError} in TensorFlow's words for what is no name of a scope; it has none for a name that ends in nothing */
export function checkName(name: string): void {
  checkScopeName(name, true)
  if (!name.endsWith('/')) return
  throw new ValueError(`'${name}' is not a valid scope name: the name of an average would end in nothing`)
}

/** @throws {TypeError | ValueError} for what is no number, and for a variable that is no float32 or no scalar */
export function checkDecay(decay: unknown): void {
  if (decay instanceof Variable && decay.dtype !== 'float32') {
    const found = formatVariableDType(decay)
    throw new ValueError(`Incompatible type conversion requested to type 'float32' for variable of type '${found}'`)
  }
  checkScalar(decay, 'decay')
}

/** @throws {ValueError} for another shape: TensorFlow takes it, and gives the parts of an average rates of their own. */
export function checkScalar(given: unknown, name: string): void {
  if (!(given instanceof Variable)) {
    if (typeof given !== 'function') checkNumber(given, name)
  } else if (given.shape.length > 0) {
    throw new ValueError(`${name} must be a scalar: ${given.name} has the shape ${formatShape(given.shape)}`)
  }
}

/** @throws {TypeError | ValueError} in TensorFlow's words. It takes NaN, and every average becomes NaN: that is refused. */
function checkNumber(value: unknown, name: string): void {
  if (value === undefined || value === null) throw new ValueError('None values not supported.')
  if (typeof value === 'number' && Number.isNaN(value)) throw new ValueError(`${name} is NaN: every average would be`)
  if (typeof value === 'number' || typeof value === 'bigint') return
  throw new TypeError(
    `Expected float32, but got ${String(value)} of type '${typeof value === 'string' ? 'str' : typeof value}'.`,
  )
}

/** The number that it is now. @throws {TypeError | ValueError} for what is none */
export function numberFrom(value: number | Variable | (() => number | bigint), name: string): number {
  const found = value instanceof Variable ? scalarOf(value) : typeof value === 'function' ? value() : value
  checkNumber(found, name)
  return Number(found)
}

/** As TensorFlow casts: of a complex number the real part, and true is 1. */
export function scalarOf(variable: Variable): unknown {
  const [element] = [toNested(variable.read())].flat()
  return typeof element === 'boolean' ? Number(element) : element
}
