/**
 * The cases that were run on TensorFlow, with the results, and the way to hang a test on one.
 * cases.json is a copy of what ran; ledger.ts says of each id who answers for it.
 */
import { readFileSync } from 'node:fs'
import { test } from 'vitest'

/** What TensorFlow answered. Bytes are `{hex}`, integers beyond 2^53 `{int}`, non-finite numbers strings. */
export interface Expectation {
  readonly result?: unknown
  readonly files?: readonly string[]
  readonly checkpoint_text?: string
  readonly error_class?: string
  readonly error_message?: string
}

export interface OracleCase {
  readonly id: string
  readonly area: string
  readonly setup: string
  readonly python: string
  readonly expect: Expectation
}

export const ORACLE_CASES: readonly OracleCase[] = JSON.parse(
  readFileSync(new URL('./cases.json', import.meta.url), 'utf8'),
)

const byId = new Map(ORACLE_CASES.map((oracle) => [oracle.id, oracle]))

export function oracleCase(id: string): OracleCase {
  const found = byId.get(id)
  if (found === undefined) throw new Error(`no case ${id} in cases.json`)
  return found
}

/** A test that carries a case id; `body` holds our answer against TensorFlow's. */
export function oracleTest<R = unknown>(
  id: string,
  body: (expected: Omit<Expectation, 'result'> & { readonly result: R }) => void | Promise<void>,
): void {
  const oracle = oracleCase(id)
  test(`${id}: ${oracle.setup}`, () => body(oracle.expect as Omit<Expectation, 'result'> & { result: R }))
}

/** A message of TensorFlow's without the graph node that it ends with: "\n\t [[{{node save/RestoreV2}}]]". */
export function withoutNode(message: string): string {
  return message.replace(/\n\t \[\[\{\{node [^}]*\}\}\]\]$/, '')
}
