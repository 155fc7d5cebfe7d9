/**
 * The two kinds of scope that name variables, and the names that a graph of them has used.
 *
 * A name scope is in front of every node: tf.Variable obeys it. A variable scope is in front of what getVariable()
 * names, and opens a name scope of the same name; that one is made unique, so at the second entry it is `v_1/` while
 * getVariable() stays under `v/`.
 *
 * TensorFlow: python/framework/ops.py, Graph.name_scope; python/ops/variable_scope.py, _pure_variable_scope.
 */
import { checkScopeName, type UniqueNames } from '../util/unique-name'

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
  /** Those that the graph has used. */
  readonly names: UniqueNames
  #nameScope = ''
  #variableScope: VariableScope = { name: '', reuse: false }
  readonly #entries = new ScopeEntries()

  constructor(names: UniqueNames) {
    this.names = names
  }

  get variableScope(): VariableScope {
    return this.#variableScope
  }

  /** A name that no node of this graph has, under the name scope; see UniqueNames.unique(). */
  uniqueName(name: string, options: { markAsUsed?: boolean } = {}): string {
    return this.names.unique(this.#nameScope === '' ? name : `${this.#nameScope}/${name}`, options)
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
    const enter = (): R => this.#prolong(name, reuse, body)
    return name === '' ? enter() : this.enterNameScope(name, enter)
  }

  /**
   * tf.variable_scope(None, default_name): as enterVariableScope(), in a variable scope that is not open and was not
   * opened before: `d`, `d_1`, …. A scope's own scopes are forgotten when it closes.
   */
  enterDefaultScope<R>(defaultName: string, body: () => R): R {
    return this.enterNameScope(defaultName, () => {
      const name = this.#entries.unique(this.#path(defaultName))
      return this.#prolong(name.slice(this.#path('').length), undefined, body)
    })
  }

  #path(name: string): string {
    const outer = this.#variableScope.name
    return outer === '' ? name : `${outer}/${name}`
  }

  #prolong<R>(name: string, reuse: Reuse | undefined, body: () => R): R {
    const outer = this.#variableScope
    const path = this.#path(name)
    this.#variableScope = { name: path, reuse: reuse || outer.reuse }
    this.#entries.open(path)
    try {
      return refusePromise(body())
    } finally {
      this.#entries.close(path)
      this.#variableScope = outer
    }
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

/**
 * Which variable scopes were opened, as far as tf.variable_scope(None, default_name) asks: closing a scope forgets those
 * whose names go on behind it.
 *
 * TensorFlow: python/ops/variable_scope.py, _VariableScopeStore and _get_unique_variable_scope.
 */
class ScopeEntries {
  /** When a scope was last opened, and when closed, counted from 1. */
  readonly #opened = new Map<string, number>()
  readonly #closed = new Map<string, number>()
  #now = 0

  open(path: string): void {
    this.#opened.set(path, ++this.#now)
  }

  close(path: string): void {
    this.#closed.set(path, ++this.#now)
  }

  unique(path: string): string {
    if (!this.#isKnown(path)) return path
    let suffix = 1
    while (this.#isKnown(`${path}_${suffix}`)) suffix++
    return `${path}_${suffix}`
  }

  #isKnown(path: string): boolean {
    const opened = this.#opened.get(path)
    if (opened === undefined) return false
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      if ((this.#closed.get(path.slice(0, end)) ?? 0) > opened) return false
    }
    return true
  }
}
