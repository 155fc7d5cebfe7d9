/**
 * Names of nodes with a scope put in front of them, or cut from them, wherever a meta graph names one: "v", "v:0", "^v",
 * "loc:@v".
 *
 * TensorFlow: python/framework/ops.py, strip_name_scope and prepend_name_scope.
 */

/** What may stand before a name: the mark of a control input, and that of a colocation. */
const MARK = /^(?:\^|loc:@)/

/** As TensorFlow's pattern has it: a text of several lines may have several names. */
const NAMES = /(\^|loc:@|^)([^\n]*)/g

/** What is done to a name: the scope is put in front, or cut. */
export type Rename = (name: string) => string

/**
 * Puts a scope in front: "sc" makes "^sc/v" of "^v". One slash at the end of the scope counts as none; '' changes nothing.
 */
export function prependNameScope(name: string, importScope: string): string {
  const scope = withoutSlash(importScope)
  return scope === '' ? name : name.replace(NAMES, (_, mark: string, rest: string) => `${mark}${scope}/${rest}`)
}

/**
 * Cuts a scope with the slashes behind it: "sc" makes "^v" of "^sc/v". A name that is not in the scope stays as it is.
 * The scope is taken literally: TensorFlow takes it for a regular expression.
 */
export function stripNameScope(name: string, exportScope: string): string {
  const scope = withoutSlash(exportScope)
  const mark = MARK.exec(name)?.[0] ?? ''
  const start = mark.length + scope.length
  if (scope === '' || !name.startsWith(`${scope}/`, mark.length)) return name
  let at = start
  while (name[at] === '/') at++
  return mark + name.slice(at)
}

function withoutSlash(scope: string): string {
  return scope.endsWith('/') ? scope.slice(0, -1) : scope
}

/** The name without what stands before it: "v" for "^v", "v:0" for "v:0". */
export function withoutMark(name: string): string {
  return name.replace(MARK, '')
}

/** The node of a tensor's or an input's name: "v" for "v:1" and "^v". */
export function nodeNameOf(name: string): string {
  const start = name.startsWith('^') ? 1 : 0
  const colon = name.lastIndexOf(':')
  return colon > start && /^\d+$/.test(name.slice(colon + 1)) ? name.slice(start, colon) : name.slice(start)
}
