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

/** Whether `name`, with all its scopes, is a name for a node. */
export function isNodeName(name: string): boolean {
  return NODE_NAME.test(name)
}

/** @throws {ValueError} where isNodeName() says no. */
export function checkNodeName(name: string): void {
  if (isNodeName(name)) return
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

/**
 * Names that are used together, as what is behind the name they belong to, in lower case: ["/assign", "/read"]. Each has
 * one slash or two; where it has two, the part before the last is there as well.
 */
export type NameGroup = readonly string[]

// What is known of a name, in one number, since there are millions of them: how often it was asked for, whether a name
// below it was, and the number of its group, from 1.
const ONE_USE = 256
const HAS_NAMES_BELOW = 128
const GROUP_MASK = 127

/** The names that one graph has used. */
export class UniqueNames {
  /** By the lower case form. A name that was made up counts as asked for once. */
  readonly #names = new Map<string, number>()
  readonly #groups: NameGroup[] = []
  /** Names that were marked, and that nobody has asked for since: most graphs are only read. */
  #marked: string[] = []

  /**
   * `name` where nobody has used it, else `name_1`, `name_2`, …: the first that is free. Case is kept, but does not tell
   * two names apart; a scope in front of the name is not used by it.
   *
   * @param options.markAsUsed false only looks: the next call gives the same name. Default true.
   */
  unique(name: string, options: { markAsUsed?: boolean } = {}): string {
    this.#enterMarked()
    const mark = options.markAsUsed ?? true
    const base = name.toLowerCase()
    let suffix = this.#uses(base)
    if (mark) this.#setUses(base, suffix + 1)
    if (suffix === 0) return name
    while (this.#uses(`${base}_${suffix}`) > 0) suffix++
    if (mark) this.#setUses(`${base}_${suffix}`, 1)
    return `${name}_${suffix}`
  }

  /** Takes a name that came with a node from elsewhere; one that is used stays so. */
  markUsed(name: string): void {
    this.#marked.push(name)
  }

  #enterMarked(): void {
    if (this.#marked.length === 0) return
    const marked = this.#marked
    this.#marked = []
    for (const name of marked) {
      const base = name.toLowerCase()
      if (this.#uses(base) === 0) this.#setUses(base, 1)
    }
  }

  /**
   * Uses all names of a group behind `name`, once each: in place of an entry for every one of them.
   *
   * @returns false, and nothing is done, where a name below `name` was used before, or may have been
   */
  useGroup(name: string, group: NameGroup): boolean {
    this.#enterMarked()
    const base = name.toLowerCase()
    const known = this.#names.get(base) ?? 0
    const number = this.#groupNumber(group)
    if ((known & (HAS_NAMES_BELOW | GROUP_MASK)) !== 0 || number > GROUP_MASK || known < ONE_USE) return false
    this.#names.set(base, known + number)
    return true
  }

  /** @returns what makes everything as it is now again */
  snapshot(): () => void {
    this.#enterMarked()
    const [names, groups] = [new Map(this.#names), this.#groups.length]
    return () => {
      this.#marked = []
      this.#names.clear()
      for (const [name, known] of names) this.#names.set(name, known)
      this.#groups.length = groups
    }
  }

  #groupNumber(group: NameGroup): number {
    const at = this.#groups.indexOf(group)
    return at < 0 ? this.#groups.push(group) : at + 1
  }

  #uses(base: string): number {
    const known = this.#names.get(base) ?? 0
    if (known >= ONE_USE) return Math.floor(known / ONE_USE)
    return this.#groups.length > 0 && this.#isInGroup(base) ? 1 : 0
  }

  #isInGroup(base: string): boolean {
    const last = base.lastIndexOf('/')
    if (last <= 0) return false
    if (this.#hasInGroup(base, last)) return true
    const before = base.lastIndexOf('/', last - 1)
    return before > 0 && this.#hasInGroup(base, before)
  }

  #hasInGroup(base: string, end: number): boolean {
    const number = (this.#names.get(base.slice(0, end)) ?? 0) & GROUP_MASK
    return number > 0 && (this.#groups[number - 1]?.includes(base.slice(end)) ?? false)
  }

  #setUses(base: string, uses: number): void {
    const known = this.#names.get(base)
    this.#names.set(base, ((known ?? 0) % ONE_USE) + uses * ONE_USE)
    if (known === undefined) this.#markAbove(base)
  }

  /** Says of every scope around a name that there is a name below it. */
  #markAbove(base: string): void {
    for (let end = base.lastIndexOf('/'); end >= 0; end = end > 0 ? base.lastIndexOf('/', end - 1) : -1) {
      const scope = base.slice(0, end)
      const known = this.#names.get(scope) ?? 0
      if ((known & HAS_NAMES_BELOW) !== 0) return
      this.#names.set(scope, known + HAS_NAMES_BELOW)
    }
  }
}
