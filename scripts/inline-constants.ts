/**
 * A plugin of esbuild's for the build: a module's own constants that are numbers stand where they are used. esbuild leaves them as
 * variables where it bundles, which makes what a page loads larger; names, lines and everything else stay as they are.
 *
 *     const PIECE = 4 << 20        at the beginning of a line, in capitals, of numbers and operators alone
 */
import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

const CONSTANT = /^const ([A-Z][A-Z0-9_]*) = (-?\d[\dxa-f_.]*(?: (?:<<|\*\*|[-+*]) \d[\dxa-f_]*)*)$/gm

/** The text of a module with the numbers in place of their names. The constants stay: who has no use for them drops them. */
export function withConstantsInlined(text: string): string {
  let inlined = text
  for (const [, name = '', value = ''] of text.matchAll(CONSTANT)) {
    const number = /^\d[\dxa-f_.]*$/.test(value) ? value : `(${value})`
    // Behind a dot or a quote, and with a colon behind it, it is something else; and there is where it is made.
    const use = new RegExp(`(?<![.'"\\w$]|const )${name}\\b(?!\\s*:)`, 'g')
    inlined = inlined.replace(use, number)
  }
  return inlined
}

export const inlineConstants: Plugin = {
  name: 'inline-constants',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: withConstantsInlined(await readFile(path, 'utf8')),
      loader: 'ts',
    }))
  },
}
