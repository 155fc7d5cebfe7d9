import { readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { ORACLE_CASES } from './cases'
import { LEDGER, doneIds } from './ledger'

/** The call with its first argument, over several lines and with a type argument too: an id, or the name of one. */
const CALL = /oracleTest(?:<[\s\S]*?>)?\(\s*(?:['"]([a-z0-9-]+)['"]|[a-zA-Z]+,)/g

/** The ids that a test file carries: those in its calls, and where a call takes them from a table, all that it quotes. */
function idsIn(source: string, ids: ReadonlySet<string>): string[] {
  const calls = [...source.matchAll(CALL)].map((match) => match[1])
  const quoted = [...source.matchAll(/['"]([a-z0-9-]+)['"]/g)].map((match) => match[1] ?? '')
  const named = calls.filter((id) => id !== undefined)
  return named.length === calls.length ? named : quoted.filter((id) => ids.has(id))
}

function carriedIds(): string[] {
  const tests = fileURLToPath(new URL('..', import.meta.url))
  const ids = new Set(ORACLE_CASES.map((oracle) => oracle.id))
  return readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) => idsIn(readFileSync(`${tests}/${file}`, 'utf8'), ids))
}

function missingFrom(has: Iterable<string>, wanted: Iterable<string>): string[] {
  const there = new Set(has)
  return [...new Set(wanted)].filter((id) => !there.has(id)).sort()
}

describe('the ledger', () => {
  const ids = ORACLE_CASES.map((oracle) => oracle.id)

  test('has an answer for every case', () => {
    expect(missingFrom(LEDGER.keys(), ids)).toEqual([])
  })

  test('has no answer for a case that is none', () => {
    expect(missingFrom(ids, LEDGER.keys())).toEqual([])
    expect(LEDGER.size).toBe(ids.length)
  })

  test('gives a reason where no test ever can be', () => {
    for (const [id, answer] of LEDGER) {
      if (typeof answer === 'object') expect(answer.never.length, id).toBeGreaterThan(20)
    }
  })

  test('calls done only what a test carries', () => {
    const missing = missingFrom(carriedIds(), doneIds())
    expect(missing, `done, and no test carries them:\n${missing.join('\n')}\n`).toEqual([])
  })

  test('calls done everything that a test carries', () => {
    const extra = missingFrom(doneIds(), carriedIds())
    expect(extra, `carried by a test, and not done:\n${extra.join('\n')}\n`).toEqual([])
  })
})
