/**
 * Averages of partitioned variables: each part has one, and together they are one tensor of a checkpoint.
 *
 * TensorFlow: python/training/slot_creator.py, _create_slot_var.
 */
import { ValueError } from '../util/errors'
import { isPartitionedVariable, type PartitionedVariable } from '../variables/partitioned-variable'
import { setSaveSliceInfo, type Variable } from '../variables/variable'

/** Partitioned variables are their parts. */
export function withParts<V>(variables: Iterable<V | PartitionedVariable>): (V | Variable)[] {
  return [...variables].flatMap<V | Variable>((v) => (isPartitionedVariable(v) ? [...v] : [v]))
}

/** A shadow of a part is the same part of an average. The name is cut as slot_creator.py does it, in scopes too. */
export function markAsPart(shadow: Variable, source: Variable): void {
  const info = source.saveSliceInfo
  if (info === undefined) return
  const fullName = `${info.fullName}/${shadow.op.name.slice(source.op.name.length + 1)}`
  setSaveSliceInfo(shadow, { ...info, fullName })
}

/** The parts of one whole as a list under its name. */
export function joinParts(
  variables: ReadonlyMap<string, Variable>,
  nameOfWhole: (v: Variable) => string | undefined,
): Map<string, Variable | readonly Variable[]> {
  const found = new Map<string, Variable | Variable[]>()
  for (const [key, v] of variables) {
    const whole = nameOfWhole(v)
    const known = found.get(whole ?? key)
    if (known === undefined) found.set(whole ?? key, whole === undefined ? v : [v])
    else if (whole !== undefined && Array.isArray(known)) known.push(v)
    else throw new ValueError(`At least two variables have the same name: ${whole ?? key}`)
  }
  return found
}
