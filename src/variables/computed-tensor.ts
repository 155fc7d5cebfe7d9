/**
 * Tensors that are computed from variables, such as v1 + v2.
 */
import type { DType } from '../tensor/dtype'
import { formatShape, type NDArray, ndarray, type Shape, shapesEqual } from '../tensor/ndarray'
import { InvalidArgumentError } from '../util/errors'
import { formatTuple } from './assignment'

/** A tensor that is computed from variables: readable, averageable, not saveable. */
export interface ComputedTensor<D extends DType = DType> {
  /** "add:0" */
  readonly name: string
  /** `op.name` is "add", the name without the output's number; `op.type` is what store.computed() was told. */
  readonly op: { readonly name: string; readonly type: string }
  /** As the first value has it: where none was read yet, one is computed. */
  readonly dtype: D
  /** As the first value has it: where none was read yet, one is computed. */
  readonly shape: Shape
  /** Computes the value anew. @throws {InvalidArgumentError} where it has another dtype or shape than the first one. */
  read(): NDArray<D>
}

/** The tensor under a name that was made unique. */
export function computedTensor<D extends DType>(
  compute: () => NDArray<D>,
  op: { readonly name: string; readonly type: string },
): ComputedTensor<D> {
  return new Computed(compute, op)
}

class Computed<D extends DType> implements ComputedTensor<D> {
  readonly name: string
  readonly op: { readonly name: string; readonly type: string }
  readonly #compute: () => NDArray<D>
  #kind: { readonly dtype: D; readonly shape: Shape } | undefined

  constructor(compute: () => NDArray<D>, op: { readonly name: string; readonly type: string }) {
    this.name = `${op.name}:0`
    this.op = Object.freeze({ ...op })
    this.#compute = compute
  }

  get dtype(): D {
    return (this.#kind ?? this.read()).dtype as D
  }

  get shape(): Shape {
    return (this.#kind ?? this.read()).shape
  }

  read(): NDArray<D> {
    const { dtype, shape, data } = this.#compute()
    const value = ndarray<D>(dtype as D, shape, data)
    this.#kind ??= { dtype: dtype as D, shape: [...shape] }
    const { dtype: expectedDType, shape: expectedShape } = this.#kind
    if (dtype !== expectedDType || !shapesEqual(shape, expectedShape)) {
      const found = `${dtype} ${formatShape(shape)}`
      throw new InvalidArgumentError(
        `Cannot compute ${this.name} as ${expectedDType} ${formatShape(expectedShape)}: the value is ${found}`,
        { key: this.op.name },
      )
    }
    return value
  }

  /** As Python prints a tensor. Computes the value where its dtype is not known yet. */
  toString(): string {
    return `Tensor("${this.name}", shape=${formatTuple(this.shape)}, dtype=${this.dtype})`
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }
}
