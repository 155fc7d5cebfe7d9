/**
 * The prefix under which a save goes: the path, and the step behind it.
 *
 * TensorFlow: python/training/saver.py, Saver.save; python/training/training_util.py, global_step.
 */
import { dtypeInfo } from '../tensor/dtype'
import { elementCount } from '../tensor/ndarray'
import { toNested } from '../tensor/convert'
import { ValueError } from '../util/errors'
import { basename, dirname } from '../util/path'
import { Variable } from '../variables/variable'

/** Digits of a padded step. */
const PADDED = 8

/**
 * @param isSharded whether the Saver was told so: no file has the checkpoint's own name then
 * @throws {ValueError} where the state file's name has a directory in it, or is the checkpoint's own
 */
export function checkStateName(
  savePath: string,
  options: { latestFilename?: string; globalStep?: number | bigint | Variable },
  isSharded: boolean,
): void {
  const { latestFilename = 'checkpoint', globalStep } = options
  if (typeof savePath !== 'string') throw new TypeError(`Expected binary or unicode string, got ${String(savePath)}`)
  if (typeof latestFilename !== 'string') throw new TypeError(`latestFilename is no string: ${String(latestFilename)}`)
  if (dirname(latestFilename) !== '') throw new ValueError("'latest_filename' must not contain path components")
  if (globalStep === undefined && basename(savePath) === latestFilename && !isSharded) {
    throw new ValueError(`'latest_filename' collides with 'save_path': '${latestFilename}' and '${savePath}'`)
  }
}

/** "m", "m-3", or "m-00000003". */
export function checkpointName(
  savePath: string,
  globalStep: number | bigint | Variable | undefined,
  pad: boolean,
): string {
  if (globalStep === undefined) return savePath
  const step = stepOf(globalStep)
  return `${savePath}-${pad ? padded(step) : step}`
}

/** A float variable is cut off, as Python's int() does; a float that is no variable is refused, as its session does. */
function stepOf(step: number | bigint | Variable): bigint {
  if (typeof step === 'bigint') return step
  if (typeof step === 'number') {
    if (Number.isSafeInteger(step)) return BigInt(step)
    throw new TypeError(
      `Argument \`fetch\` = ${step} has invalid type "float" must be a string or Tensor. (Can not convert a float into a Tensor or Operation.)`,
    )
  }
  if (!(step instanceof Variable)) {
    throw new TypeError(`Cannot take ${String(step)} as global step: it takes a whole number or a variable`)
  }
  const value = step.read()
  if (elementCount(value.shape) !== 1 || value.shape.length > 0) {
    throw new TypeError('only 0-dimensional arrays can be converted to Python scalars')
  }
  const number = toNested(value)
  if (typeof number === 'bigint') return number
  if (typeof number === 'number' && dtypeInfo(value.dtype).kind !== 'complex' && Number.isFinite(number)) {
    return BigInt(Math.trunc(number))
  }
  throw new TypeError(`Cannot take ${step.toString()} as global step: it holds no whole number`)
}

/** Python's "{:08d}": the sign counts. */
function padded(step: bigint): string {
  const sign = step < 0n ? '-' : ''
  const digits = (step < 0n ? -step : step).toString()
  return sign + digits.padStart(PADDED - sign.length, '0')
}
