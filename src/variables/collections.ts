/**
 * Lists of things by name, which a graph keeps and a Saver writes into `.meta`.
 *
 * A graph and the store of its variables share one.
 *
 * TensorFlow: python/framework/ops.py, Graph.add_to_collection and those behind it.
 */
import { ValueError } from '../util/errors'

/** What tf.GraphKeys calls the collections of variables, python/framework/ops.py. */
export const COLLECTION_KEYS = {
  global: 'variables',
  local: 'local_variables',
  trainable: 'trainable_variables',
  movingAverage: 'moving_average_variables',
} as const

/** The collections of one graph. */
export class Collections {
  readonly #items = new Map<string, unknown[]>()

  /**
   * A copy of a collection; an empty one where there is none.
   *
   * @param scope a regular expression: only items that have a `name` whose start it matches; '' leaves out those that have none.
   * @throws {ValueError} for what is no regular expression.
   */
  get(key: string, scope?: string): unknown[] {
    const items = this.#items.get(key) ?? []
    if (scope === undefined) return [...items]
    const pattern = compileScope(scope)
    return items.filter((item) => {
      const name = nameOf(item)
      pattern.lastIndex = 0
      return name !== undefined && pattern.test(name)
    })
  }

  /** The list itself, made where there is none: what is done to it is done to the collection. */
  ref(key: string): unknown[] {
    const known = this.#items.get(key)
    if (known !== undefined) return known
    const made: unknown[] = []
    this.#items.set(key, made)
    return made
  }

  /** Puts a value behind the others; one that is there already is there twice then. */
  add(key: string, value: unknown): void {
    this.ref(key).push(value)
  }

  /** Empties a collection, and forgets it. */
  delete(key: string): void {
    this.#items.delete(key)
  }

  /** A function that makes everything as it is now: the same lists with the same items. */
  snapshot(): () => void {
    const before = [...this.#items].map(([key, items]) => ({ key, items, copy: [...items] }))
    return () => {
      this.#items.clear()
      for (const { key, items, copy } of before) {
        items.length = 0
        for (const item of copy) items.push(item)
        this.#items.set(key, items)
      }
    }
  }

  /** The names of all collections, in the order in which they were made; one that is empty is among them. */
  keys(): string[] {
    return [...this.#items.keys()]
  }
}

function nameOf(item: unknown): string | undefined {
  const name = typeof item === 'object' && item !== null && 'name' in item ? item.name : undefined
  return typeof name === 'string' ? name : undefined
}

/** Sticky: it matches where `lastIndex` is, as Python's re.match does at the start. */
function compileScope(scope: string): RegExp {
  try {
    return new RegExp(scope, 'y')
  } catch (cause) {
    throw new ValueError(`Cannot filter by the scope ${scope}: it is no regular expression`, { cause })
  }
}

/**
 * The keys of the collections that a variable goes into, each once.
 * @throws {ValueError} for a text, which callers without types take for a list
 */
export function collectionsOf(collections: readonly string[] | undefined, trainable: boolean): Set<string> {
  // Callers without types: the characters of a text are collections too.
  if (typeof (collections as unknown) === 'string') {
    throw new ValueError(
      `collections argument to Variable constructor must be a list, tuple, or set. Got ${String(collections)} of type <class 'str'>`,
    )
  }
  const keys = new Set(collections ?? [COLLECTION_KEYS.global])
  if (trainable) keys.add(COLLECTION_KEYS.trainable)
  return keys
}
