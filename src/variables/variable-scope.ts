/**
 * The two kinds of scope that name variables, and the names that a graph of them has used.
 *
 * A name scope is in front of every node: tf.Variable obeys it. A variable scope is in front of what getVariable()
 * names, and opens a name scope of the same name; that one is made unique, so at the second entry it is `v_1/` while
 * getVariable() stays under `v/`.
 *
 * TensorFlow: python/framework/ops.py, Graph.name_scope; python/ops/variable_scope.py, _pure_variable_scope.
 */
import { ValueError } from '../util/errors'
import { checkNodeName, checkScopeName, UniqueNames } from '../util/unique-name'

/** Whether getVariable() gives variables that are there: false never, true always, 'auto' where one is there. */
export type Reuse = boolean | 'auto'

/** What is in front of the names that getVariable() is given. */
export interface VariableScope {
  /** "v/w", or "" at the root. */
  readonly name: string
  readonly reuse: Reuse
}

/** The scopes that are open now. */
export class ScopeStack {
  readonly #names = new UniqueNames()
  #nameScope = ''
  #variableScope: VariableScope = { name: '', reuse: false }

  get variableScope(): VariableScope {
    return this.#variableScope
  }

  /** A name that no node of this graph has, under the name scope; see UniqueNames.unique(). */
  uniqueName(name: string, options: { markAsUsed?: boolean } = {}): string {
    return this.#names.unique(this.#nameScope === '' ? name : `${this.#nameScope}/${name}`, options)
  }

  /**
   * Runs `body` with `name` in front of every node, and hands it the scope, "a/". A name that ends in `/` is a scope
   * from the root and is entered again as it is; '' is the root.
   *
   * @throws {ValueError} for what is no name of a scope. {TypeError} where `body` returns a promise: the scope is closed
   *   before the promise is done.
   */
  enterNameScope<R>(name: string, body: (scope: string) => R): R {
    const outer = this.#nameScope
    if (name !== '') checkScopeName(name, outer === '')
    const scope = name === '' || name.endsWith('/') ? name : `${this.uniqueName(name)}/`
    this.#nameScope = scope.slice(0, -1)
    try {
      return refusePromise(body(scope))
    } finally {
      this.#nameScope = outer
    }
  }

  /**
   * Runs `body` with `name` behind the open variable scopes, in a name scope of its own; '' opens no name scope.
   *
   * @param reuse false and undefined take what the scope around has: a scope in one that reuses, reuses.
   * @throws as enterNameScope().
   */
  enterVariableScope<R>(name: string, reuse: Reuse | undefined, body: () => R): R {
    const enter = (): R => {
      const outer = this.#variableScope
      const path = outer.name === '' ? name : `${outer.name}/${name}`
      this.#variableScope = { name: path, reuse: reuse || outer.reuse }
      try {
        return refusePromise(body())
      } finally {
        this.#variableScope = outer
      }
    }
    return name === '' ? enter() : this.enterNameScope(name, enter)
  }

  /** Runs `body` outside of all name scopes. */
  atRoot<R>(body: () => R): R {
    return this.enterNameScope('', body)
  }
}

function refusePromise<R>(result: R): R {
  if (typeof (result as { then?: unknown } | null | undefined)?.then === 'function') {
    throw new TypeError(
      'A scope takes a body that returns at once, and this one returned a promise: open it anew after each await',
    )
  }
  return result
}

/** What a variable's nodes depend on. */
export interface VariableNodes {
  readonly useResource: boolean
  /** Whether the initial value is computed in the graph, by an initializer, and not a constant of the caller's. */
  readonly initializer: boolean
}

/**
 * Takes the names that TensorFlow's nodes of a variable have, such as `v`, `v/initial_value`, `v/Assign` and `v/read`,
 * and gives that of the variable itself. Of an initializer's nodes only their scope is known here.
 *
 * TensorFlow: python/ops/ref_variable.py, _init_from_args; python/ops/resource_variable_ops.py, _init_from_args.
 *
 * @param isTaken whether a node has this very name: names that end in `/` are not made unique.
 * @throws {ValueError} as enterNameScope(), and for a name that is taken.
 */
export function takeVariableName(
  scopes: ScopeStack,
  name: string,
  nodes: VariableNodes,
  isTaken: (name: string) => boolean,
): string {
  return scopes.enterNameScope(name, (scope) => {
    if (nodes.useResource || nodes.initializer) {
      takeInner(scopes, 'Initializer', nodes.initializer ? [] : ['initial_value'])
    } else {
      checkNodeName(scopes.uniqueName('initial_value'))
    }
    const opName = scope === '' ? scopes.uniqueName(opTypeOf(nodes)) : scope.slice(0, -1)
    checkNodeName(opName)
    checkNotTaken(opName, isTaken)
    if (nodes.useResource) takeInner(scopes, 'IsInitialized', ['VarIsInitializedOp'])
    scopes.uniqueName('Assign')
    if (nodes.useResource) takeInner(scopes, 'Read', ['ReadVariableOp'])
    else scopes.uniqueName('read')
    return opName
  })
}

function takeInner(scopes: ScopeStack, scope: string, names: readonly string[]): void {
  scopes.enterNameScope(scope, () => {
    for (const name of names) checkNodeName(scopes.uniqueName(name))
  })
}

/**
 * Takes the name of one node and gives it in full. A name that ends in `/` is from the root, and is not made unique.
 *
 * TensorFlow: python/framework/ops.py, Graph._create_op_internal.
 *
 * @throws {ValueError} for what is no name of a node, and for a name in `/` that is taken.
 */
export function takeNodeName(scopes: ScopeStack, name: string, isTaken: (name: string) => boolean): string {
  const full = name.endsWith('/') ? name.slice(0, -1) : scopes.uniqueName(name)
  checkNodeName(full)
  checkNotTaken(full, isTaken)
  return full
}

function checkNotTaken(name: string, isTaken: (name: string) => boolean): void {
  if (isTaken(name)) throw new ValueError(`Duplicate node name in graph: '${name}'`)
}

/** The type of the node that a variable is. */
export function opTypeOf({ useResource }: { readonly useResource: boolean }): string {
  return useResource ? 'VarHandleOp' : 'VariableV2'
}
