/**
 * A plugin of esbuild's for the build: constants that are numbers stand where they are used, a module's own and those that it imports
 * from another. esbuild leaves them as variables where it bundles, which makes what a page loads larger; names, lines and everything
 * else stay as they are.
 *
 *     const PIECE = 4 << 20        at the beginning of a line, in capitals, of numbers and operators alone; exported, too
 */
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { runInNewContext } from 'node:vm'
import type { Plugin } from 'esbuild'

const NUMBER = String.raw`(-?\d[\dxa-f_.]*(?: (?:<<|\*\*|[-+*]) \d[\dxa-f_]*)*)$`
const CONSTANT = new RegExp(String.raw`^const ([A-Z][A-Z0-9_]*) = ${NUMBER}`, 'gm')
const EXPORTED = new RegExp(String.raw`^export const ([A-Z][A-Z0-9_]*) = ${NUMBER}`, 'gm')
const IMPORT = /^import \{[^}]*\} from '(\.[^']*)'$/gm

/**
 * The text of a module with the numbers in place of their names. The constants stay, as numbers: esbuild drops those that nobody uses,
 * but not "1 << 20".
 *
 * @param others constants of other modules, by the names under which they are imported
 */
export function withConstantsInlined(text: string, others: ReadonlyMap<string, string> = new Map()): string {
  // What an import or an export names is no use of it.
  const end = Math.max(0, ...[...text.matchAll(IMPORT)].map(({ index, 0: { length } }) => index + length))
  const [head, body] = [text.slice(0, end), text.slice(end)]
  let inlined = body
  for (const [name, value] of [...constantsOf(body, CONSTANT), ...others]) {
    const number = numberOf(value)
    // Behind a dot or a quote, and with a colon behind it but no question mark in front, it is something else; and there is where it is made.
    const use = new RegExp(`(?<![.'"\\w$]|const |^export \\{[^}]*)(?:(?<=\\? )${name}\\b|${name}\\b(?!\\s*:))`, 'gm')
    inlined = inlined
      .replace(use, number < 0 ? `(${number})` : String(number))
      .replace(new RegExp(`^((?:export )?const ${name} = ).*$`, 'm'), `$1${number}`)
  }
  return head + inlined
}

/** Of literals and operators, as NUMBER has them. */
function numberOf(value: string): number {
  return Number(runInNewContext(value))
}

/** The constants that a module exports. */
export function exportedConstants(text: string): Map<string, string> {
  return constantsOf(text, EXPORTED)
}

function constantsOf(text: string, which: RegExp): Map<string, string> {
  return new Map([...text.matchAll(which)].map(([, name = '', value = '']) => [name, value]))
}

/** The constants that are exported there, or that the imports name. */
export async function othersOf(text: string, path: string): Promise<Map<string, string>> {
  const others = exportedConstants(text)
  for (const [clause, from = ''] of text.matchAll(IMPORT)) {
    if (!/\b[A-Z][A-Z0-9_]+\b/.test(clause)) continue
    const there = exportedConstants(await readFile(join(dirname(path), `${from}.ts`), 'utf8'))
    for (const [name, value] of there) if (new RegExp(`[{ ]${name}[, ]`).test(clause)) others.set(name, value)
  }
  return others
}

export const inlineConstants: Plugin = {
  name: 'inline-constants',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      return { contents: withConstantsInlined(text, await othersOf(text, path)), loader: 'ts' }
    })
  },
}
