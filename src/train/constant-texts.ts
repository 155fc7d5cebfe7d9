/**
 * Texts that nodes take from Const nodes: the keys and slices of a Saver's.
 */
import type { Operation, Tensor } from '../graph/graph'
import { tensorFromProto } from '../tensor/tensor-proto'
import { keyFromBytes } from '../util/bytes'
import { InvalidArgumentError } from '../util/errors'

/** Values of Const nodes, read once each. */
export class ConstantTexts {
  readonly #texts = new Map<Operation, readonly string[]>()

  /** The texts that an input of `op` holds. @throws {InvalidArgumentError} where they are not `count`, or not constant */
  at(op: Operation, input: number, count: number): readonly string[] {
    const tensor = op.inputs[input]
    const constant = tensor === undefined ? undefined : this.#constant(tensor)
    const known = constant && this.#texts.get(constant)
    const texts = known ?? (constant === undefined ? undefined : textsOf(constant))
    if (constant === undefined || texts === undefined) {
      throw new InvalidArgumentError(`Cannot tell what ${op.name} saves or restores: its input ${input} is no constant`)
    }
    this.#texts.set(constant, texts)
    if (texts.length === count) return texts
    throw new InvalidArgumentError(`${op.name} has ${count} tensors and ${texts.length} names in ${constant.name}`)
  }

  number(tensor: Tensor): number | undefined {
    const proto = this.#constant(tensor)?.getAttr('value')?.tensor
    return proto === undefined || proto === null ? undefined : Number(tensorFromProto(proto).data[0])
  }

  #constant(tensor: Tensor): Operation | undefined {
    const seen = new Set<Operation>()
    let { op } = tensor
    while (op.type === 'Identity' && !seen.has(op) && op.inputs[0] !== undefined) {
      seen.add(op)
      op = op.inputs[0].op
    }
    return op.type === 'Const' ? op : undefined
  }
}

function textsOf(constant: Operation): string[] | undefined {
  const proto = constant.getAttr('value')?.tensor
  if (proto === undefined || proto === null) return undefined
  const { dtype, data } = tensorFromProto(proto, constant.name)
  return dtype === 'string' ? data.map(keyFromBytes) : undefined
}
