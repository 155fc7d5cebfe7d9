/**
 * TensorFlow's ops: what each takes and gives, its attributes and their defaults.
 *
 * All ops that are registered in TensorFlow 2.21 once it has been imported. An op is decoded from its line when it is
 * first asked for; importing this costs nothing.
 * TensorFlow: core/framework/op.cc (OpRegistry), python/framework/op_def_registry.py.
 */
import type { OpDef } from '../proto/messages'
import { InternalError } from '../util/errors'
import { parseOpDef } from './op-def-text'
import { OPS, SHARED_VALUES } from './ops.gen'

/** Gives the definition of an op by its name; undefined where there is none. */
export type FindOp = (name: string) => OpDef | undefined

/**
 * The definition of an op, without summaries and descriptions. It is shared: nobody may write into it.
 *
 * @returns undefined for an op that is not TensorFlow's own, a custom op or a function
 */
export function findOp(name: string): OpDef | undefined {
  const known = decoded.get(name)
  if (known !== undefined) return known
  lines ??= indexLines(OPS, '(')
  const line = lines.get(name)
  if (line === undefined) return undefined
  const op = parseOpDef(OPS, line.start, line.end, sharedValues)
  decoded.set(name, op)
  return op
}

/** The names of all ops that `findOp` knows, in the order of their bytes. */
export function allOpNames(): string[] {
  lines ??= indexLines(OPS, '(')
  return [...lines.keys()]
}

/** From where to where a line goes in the text. */
interface Line {
  readonly start: number
  readonly end: number
}

const decoded = /* @__PURE__ */ new Map<string, OpDef>()
let lines: ReadonlyMap<string, Line> | undefined
let aliases: ReadonlyMap<string, Line> | undefined

/** What stands before `stop` in each line, and the line. */
function indexLines(text: string, stop: string): ReadonlyMap<string, Line> {
  const found = new Map<string, Line>()
  // The text begins with the end of an empty line.
  for (let start = 1; start < text.length;) {
    const end = text.indexOf('\n', start)
    found.set(text.slice(start, text.indexOf(stop, start)), { start, end })
    start = end + 1
  }
  return found
}

function sharedValues(alias: string): string {
  aliases ??= indexLines(SHARED_VALUES, '=')
  const line = aliases.get(alias)
  if (line === undefined) throw new InternalError(`The op registry is damaged: it has no list ${alias}`)
  return SHARED_VALUES.slice(line.start + alias.length + 1, line.end)
}
