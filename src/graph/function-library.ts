/**
 * The functions that a graph's nodes may call: each is an op of its own.
 *
 * TensorFlow: core/framework/function.cc (FunctionLibraryDefinition), python/framework/function.py (from_library).
 */
import {
  encodeMessage,
  type FunctionDef,
  type FunctionDefLibrary,
  type GradientDef,
  type IFunctionDef,
  type IFunctionDefLibrary,
  type IGradientDef,
  type OpDef,
  tensorflow,
} from '../proto/messages'
import { printMessage } from '../proto/message-text'
import { compareBytes, compareKeys } from '../util/bytes'
import { ValueError } from '../util/errors'
import { FlatMapOrder } from './flat-map-order'
import { findOp } from './op-registry'

/** Functions by name, with their gradients. */
export class FunctionLibrary {
  #functions = new Map<string, FunctionDef>()
  readonly #order = new FlatMapOrder()
  /** The name of the gradient's function by that of the function. */
  #gradients = new Map<string, string>()
  readonly #gradientOrder = new FlatMapOrder()

  /** Whether there is none. */
  get isEmpty(): boolean {
    return this.#functions.size === 0
  }

  /** The op that calling a function is. */
  signature(name: string): OpDef | undefined {
    return this.#functions.get(name)?.signature ?? undefined
  }

  /**
   * The functions of `library` that are not here yet, by name.
   *
   * @throws {ValueError} for another function under a name that is taken, by an op too; for a gradient of another function, or of
   *   none that `library` has
   */
  checkAdditions(library: IFunctionDefLibrary): Map<string, FunctionDef> {
    const added = new Map<string, FunctionDef>()
    for (const definition of library.function ?? []) {
      const name = definition.signature?.name ?? ''
      const known = this.#functions.get(name) ?? added.get(name)
      if (known !== undefined && isSameFunction(known, definition)) continue
      if (known !== undefined) throw cannotAdd(name, 'a different function')
      if (findOp(name) !== undefined) throw cannotAdd(name, 'an op')
      added.set(name, definition as FunctionDef)
    }
    this.#checkGradients(library)
    return added
  }

  /** Takes in what checkAdditions() has allowed. */
  add(library: IFunctionDefLibrary): void {
    for (const [name, definition] of this.checkAdditions(library)) {
      this.#functions.set(name, definition)
      this.#order.add(name)
    }
    for (const { functionName, gradientFunc } of library.gradient ?? []) {
      const name = functionName ?? ''
      if (!this.#gradients.has(name)) this.#gradientOrder.add(name)
      this.#gradients.set(name, gradientFunc ?? '')
    }
  }

  /** The library as a message, in TensorFlow's order; undefined where there is no function, as Python leaves it out then. */
  toProto(): FunctionDefLibrary | undefined {
    if (this.isEmpty) return undefined
    const library = new tensorflow.FunctionDefLibrary({})
    library.function = this.#order.names().map((name) => this.#functions.get(name) as FunctionDef)
    library.gradient = this.#gradientOrder.names().map((functionName): GradientDef => {
      return new tensorflow.GradientDef({ functionName, gradientFunc: this.#gradients.get(functionName) ?? '' })
    })
    return library
  }

  /** @returns what makes everything as it is now again */
  snapshot(): () => void {
    const [functions, gradients] = [new Map(this.#functions), new Map(this.#gradients)]
    const orders = [this.#order.snapshot(), this.#gradientOrder.snapshot()]
    return () => {
      this.#functions = functions
      this.#gradients = gradients
      for (const restore of orders) restore()
    }
  }

  #checkGradients(library: IFunctionDefLibrary): void {
    const own = new Map<string, string>()
    for (const { functionName, gradientFunc } of library.gradient ?? []) {
      const [name, gradient] = [functionName ?? '', gradientFunc ?? '']
      const known = this.#gradients.get(name) ?? own.get(name)
      if (known !== undefined && known !== gradient) {
        throw new ValueError(
          `Cannot assign gradient function '${gradient}' to '${name}' because it already has gradient function '${known}'`,
        )
      }
      own.set(name, gradient)
    }
    if ((library.function ?? []).length > 0) checkGradientFunctions(library, library.gradient ?? [])
  }
}

function cannotAdd(name: string, what: string): ValueError {
  return new ValueError(`Cannot add function '${name}' because ${what} with the same name already exists.`)
}

/** Python's part: every gradient's function must be in the library that names it. */
function checkGradientFunctions(library: IFunctionDefLibrary, gradients: readonly IGradientDef[]): void {
  const names = new Set(library.function?.map(({ signature }) => signature?.name ?? ''))
  for (const { gradientFunc, functionName } of gradients) {
    for (const name of [gradientFunc ?? '', functionName ?? '']) {
      if (names.has(name)) continue
      const text = printMessage('tensorflow.FunctionDefLibrary', library)
      throw new ValueError(`FunctionDefLibrary missing '${name}' FunctionDef\n${text}`)
    }
  }
}

/** Nodes may stand in any order. */
function isSameFunction(a: FunctionDef, b: IFunctionDef): boolean {
  return a === b || compareBytes(normalBytes(a), normalBytes(b)) === 0
}

function normalBytes(definition: IFunctionDef): Uint8Array {
  const nodeDef = [...(definition.nodeDef ?? [])].sort((a, b) => compareKeys(a.name ?? '', b.name ?? ''))
  return encodeMessage(tensorflow.FunctionDef, { ...definition, nodeDef }, 'FunctionDef')
}
