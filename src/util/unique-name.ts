/**
 * Names of graph nodes: which ones are names at all, and how a name that is taken is told apart.
 *
 * TensorFlow: python/framework/ops.py, Graph.unique_name and Graph.name_scope; names compare without regard to case.
 */
import { ValueError } from './errors'

const NODE_NAME = /^[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*$/
const INNER_SCOPE_NAME = /^[A-Za-z0-9_.\\/>-]*$/

// As Python prints the two patterns in its messages: one backslash is two in a pattern and four in the repr of one.
const NODE_NAME_REPR = String.raw`re.compile('^[A-Za-z0-9.][A-Za-z0-9_.\\\\/>-]*$')`
const ROOT_SCOPE_PATTERN = String.raw`^[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*$`
const INNER_SCOPE_PATTERN = String.raw`^[A-Za-z0-9_.\\/>-]*$`

/** @throws {ValueError} where `name`, with all its scopes, is no name for a node. */
export function checkNodeName(name: string): void {
  if (NODE_NAME.test(name)) return
  throw new ValueError(`\`${name}\` is not a valid node name. Accepted names conform to Regex /${NODE_NAME_REPR}/`)
}

/** @throws {ValueError} where `name` is no name for a scope: at the root its first character is that of a node. */
export function checkScopeName(name: string, atRoot: boolean): void {
  if (atRoot && !NODE_NAME.test(name)) {
    throw new ValueError(
      `'${name}' is not a valid root scope name. A root scope name has to match the following pattern: ${ROOT_SCOPE_PATTERN}`,
    )
  }
  if (!atRoot && !INNER_SCOPE_NAME.test(name)) {
    throw new ValueError(
      `'${name}' is not a valid scope name. A scope name has to match the following pattern: ${INNER_SCOPE_PATTERN}`,
    )
  }
}

/** The names that one graph has used. */
export class UniqueNames {
  /** How often a name was asked for, by its lower case form; a name that was made up counts once. */
  readonly #uses = new Map<string, number>()

  /**
   * `name` where nobody has used it, else `name_1`, `name_2`, …: the first that is free. Case is kept, but does not tell
   * two names apart; a scope in front of the name is not used by it.
   *
   * @param options.markAsUsed false only looks: the next call gives the same name. Default true.
   */
  unique(name: string, options: { markAsUsed?: boolean } = {}): string {
    const mark = options.markAsUsed ?? true
    const base = name.toLowerCase()
    let suffix = this.#uses.get(base) ?? 0
    if (mark) this.#uses.set(base, suffix + 1)
    if (suffix === 0) return name
    while (this.#uses.has(`${base}_${suffix}`)) suffix++
    if (mark) this.#uses.set(`${base}_${suffix}`, 1)
    return `${name}_${suffix}`
  }

  /** Takes a name that came with a node from elsewhere; one that is used stays so. */
  markUsed(name: string): void {
    const base = name.toLowerCase()
    if (!this.#uses.has(base)) this.#uses.set(base, 1)
  }
}
