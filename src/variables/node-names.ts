/**
 * The names of the nodes that a variable has in TensorFlow's graph.
 *
 *     tf.Variable(value)                          v/initial_value, v, v/Assign, v/read
 *     tf.get_variable(…, initializer=function)    v/Initializer/Const, v, v/Assign, v/read
 *     a resource variable                         v/Initializer/initial_value, v, v/IsInitialized/VarIsInitializedOp,
 *                                                 v/Assign, v/Read/ReadVariableOp
 *
 * Each is made unique on its own. What an initializer's nodes are called differs from one to the next: here it is what
 * tf.constant_initializer has.
 *
 * TensorFlow: python/ops/ref_variable.py and resource_variable_ops.py, _init_from_args.
 */
import { ValueError } from '../util/errors'
import { checkNodeName, isNodeName, type NameGroup, type UniqueNames } from '../util/unique-name'
import type { ScopeStack } from './variable-scope'

/** Full names of a variable's nodes beside its own, which is `variable.op.name`. */
export interface VariableNodeNames {
  /** What the variable starts with, as a node's input is written: "v/initial_value", "split:1". Files may say nothing. */
  readonly initialValue: string | undefined
  /** The op that gives the variable its initial value: "v/Assign". */
  readonly initializer: string
  /** What reads it, as a node's input is written: "v/read", "r/Read/ReadVariableOp". */
  readonly snapshot: string
  /** "r/IsInitialized/VarIsInitializedOp", for resource variables alone; that of a file's variable is not known. */
  readonly isInitialized: string | undefined
}

/** What a variable's nodes depend on. */
export interface VariableNodeKind {
  readonly useResource: boolean
  /** Whether the initial value is computed in the graph, by an initializer, and not a constant of the caller's. */
  readonly initializer: boolean
}

/** The names that were taken for a variable. */
export interface TakenNames {
  readonly opName: string
  /** undefined where they are usualNodeNames(). */
  readonly nodes: VariableNodeNames | undefined
  /** Whether `opName` was taken as it is, and is in no list of used names. */
  readonly verbatim: boolean
}

/** The names where nobody had taken them before. */
export function usualNodeNames(opName: string, { useResource, initializer }: VariableNodeKind): VariableNodeNames {
  const inner = initializer ? '/Initializer/Const' : useResource ? '/Initializer/initial_value' : '/initial_value'
  return {
    initialValue: `${opName}${inner}`,
    initializer: `${opName}/Assign`,
    snapshot: `${opName}${useResource ? '/Read/ReadVariableOp' : '/read'}`,
    isInitialized: useResource ? `${opName}/IsInitialized/VarIsInitializedOp` : undefined,
  }
}

/** Refuses names that are taken. */
export interface NameGuard {
  /** @param verbatim whether the name was not made unique. @throws {ValueError} "Duplicate node name in graph: 'abs'" */
  check(name: string, verbatim: boolean): void
  /** Whether names that were made unique can be taken all the same. */
  readonly hasVerbatim: boolean
}

/** What is behind a variable's name, by VariableNodeKind: first for a constant value, then for an initializer. */
const GROUPS: Readonly<Record<'reference' | 'resource', readonly [NameGroup, NameGroup]>> = {
  reference: [
    ['/initial_value', '/assign', '/read'],
    ['/initializer', '/initializer/const', '/assign', '/read'],
  ],
  resource: [resourceGroup('initial_value'), resourceGroup('const')],
}

function resourceGroup(initialValue: string): NameGroup {
  const initialized = ['/isinitialized', '/isinitialized/varisinitializedop']
  return ['/initializer', `/initializer/${initialValue}`, ...initialized, '/assign', '/read', '/read/readvariableop']
}

/**
 * Takes the names of a variable's nodes under the open name scope, in TensorFlow's order.
 *
 * @throws {ValueError} as ScopeStack.enterNameScope(), and what `guard` throws.
 */
export function takeVariableName(
  scopes: ScopeStack,
  name: string,
  kind: VariableNodeKind,
  guard: NameGuard,
): TakenNames {
  return scopes.enterNameScope(name, (scope) => {
    const usual = guard.hasVerbatim ? undefined : takeUsual(scopes.names, name, scope, kind)
    if (usual !== undefined) return usual
    const taker = new NameTaker(scopes.names, scope, guard)
    return kind.useResource ? taker.resource(name, kind) : taker.reference(name, kind)
  })
}

/** All names at once, where nobody has used any of them. */
function takeUsual(
  names: UniqueNames,
  name: string,
  scope: string,
  { useResource, initializer }: VariableNodeKind,
): TakenNames | undefined {
  const opName = scope.slice(0, -1)
  const group = GROUPS[useResource ? 'resource' : 'reference'][initializer ? 1 : 0]
  const isUsual = !name.endsWith('/') && isNodeName(opName) && names.useGroup(opName, group)
  return isUsual ? { opName, nodes: undefined, verbatim: false } : undefined
}

/** Takes names in a scope, and sees whether one of them is not what was asked for. */
class NameTaker {
  readonly #names: UniqueNames
  readonly #scope: string
  readonly #guard: NameGuard
  #usual: boolean

  constructor(names: UniqueNames, scope: string, guard: NameGuard) {
    this.#names = names
    this.#scope = scope
    this.#guard = guard
    // Without a name at all, nothing is where it usually is.
    this.#usual = scope !== ''
  }

  reference(name: string, { initializer }: VariableNodeKind): TakenNames {
    const initialValue = this.#first(initializer ? this.#inner('Initializer', 'Const') : this.#node('initial_value'))
    const opName = this.#own(name, 'VariableV2')
    const assign = this.#node('Assign')
    const snapshot = this.#node('read')
    return this.#taken(name, opName, { initialValue, initializer: assign, snapshot, isInitialized: undefined })
  }

  resource(name: string, { initializer }: VariableNodeKind): TakenNames {
    const initialValue = this.#first(this.#inner('Initializer', initializer ? 'Const' : 'initial_value'))
    const opName = this.#own(name, 'VarHandleOp')
    const isInitialized = this.#inner('IsInitialized', 'VarIsInitializedOp')
    const assign = this.#node('Assign')
    const snapshot = this.#inner('Read', 'ReadVariableOp')
    return this.#taken(name, opName, { initialValue, initializer: assign, snapshot, isInitialized })
  }

  #taken(name: string, opName: string, nodes: VariableNodeNames): TakenNames {
    return { opName, nodes: this.#usual ? undefined : nodes, verbatim: this.#isVerbatim(name, opName) }
  }

  /**
   * A scope that is entered again has used the name already, as tf.variable_scope does for get_variable(''): nobody will be
   * given it, and later variables are spared the search for clashes.
   */
  #isVerbatim(name: string, opName: string): boolean {
    return name.endsWith('/') && this.#names.unique(opName, { markAsUsed: false }) === opName
  }

  /** The scope was checked, and what is in it begins alike: one name stands for all. */
  #first(name: string): string {
    checkNodeName(name)
    return name
  }

  /** The variable's own node: the scope without its slash. */
  #own(name: string, type: string): string {
    if (this.#scope === '') return this.#node(type)
    const opName = this.#scope.slice(0, -1)
    checkNodeName(opName)
    this.#guard.check(opName, name.endsWith('/'))
    return opName
  }

  #node(name: string): string {
    const full = this.#take(`${this.#scope}${name}`)
    this.#guard.check(full, false)
    return full
  }

  #inner(scope: string, name: string): string {
    const full = this.#take(`${this.#take(`${this.#scope}${scope}`)}/${name}`)
    this.#guard.check(full, false)
    return full
  }

  #take(wanted: string): string {
    const name = this.#names.unique(wanted)
    if (name !== wanted) this.#usual = false
    return name
  }
}

/**
 * Takes the name of one node and gives it in full. A name that ends in `/` is from the root, and is not made unique.
 *
 * TensorFlow: python/framework/ops.py, Graph._create_op_internal.
 *
 * @throws {ValueError} for what is no name of a node, and what `guard` throws.
 */
export function takeNodeName(scopes: ScopeStack, name: string, guard: NameGuard): string {
  const verbatim = name.endsWith('/')
  const full = verbatim ? name.slice(0, -1) : scopes.uniqueName(name)
  checkNodeName(full)
  guard.check(full, verbatim)
  return full
}

/** The type of the node that a variable is. */
export function opTypeOf({ useResource }: { readonly useResource: boolean }): string {
  return useResource ? 'VarHandleOp' : 'VariableV2'
}

/** All the nodes of a variable but its own. */
export function* nodesOf({ initialValue, initializer, snapshot, isInitialized }: VariableNodeNames): Iterable<string> {
  if (initialValue !== undefined) yield initialValue
  yield initializer
  yield snapshot
  if (isInitialized !== undefined) yield isInitialized
}

/** The variables whose node this may be, where their nodes have the usual names: one or two parts are cut off. */
export function possibleOwners(node: string): string[] {
  const last = node.lastIndexOf('/')
  const before = node.lastIndexOf('/', last - 1)
  return [last, before].filter((end) => end > 0).map((end) => node.slice(0, end))
}

/** @throws {ValueError} as TensorFlow does where a graph has a node of that name. */
export function duplicateName(name: string): ValueError {
  return new ValueError(`Duplicate node name in graph: '${name}'`)
}
