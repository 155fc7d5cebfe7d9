import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ValueError } from '../../src/util/errors'
import { checkNodeName, checkScopeName, UniqueNames } from '../../src/util/unique-name'
import { oracleTest } from '../oracle/cases'

interface Golden {
  readonly unique: readonly (readonly [name: string, markAsUsed: boolean, answer: string][])[]
}

const golden: Golden = JSON.parse(readFileSync(new URL('../golden/unique-name.json', import.meta.url), 'utf8'))

/** ["ValueError", message], or ["no error", value]: the harness's errm. */
function attempt<T>(run: () => T): [string, T | string] {
  try {
    return ['no error', run()]
  } catch (error) {
    return error instanceof Error ? [error.name, error.message] : ['', '']
  }
}

/** What UniqueNames does, without groups and without care for memory. */
class PlainNames {
  readonly #uses = new Map<string, number>()

  unique(name: string): string {
    const base = name.toLowerCase()
    let suffix = this.#uses.get(base) ?? 0
    this.#uses.set(base, suffix + 1)
    if (suffix === 0) return name
    while (this.#uses.has(`${base}_${suffix}`)) suffix++
    this.#uses.set(`${base}_${suffix}`, 1)
    return `${name}_${suffix}`
  }
}

describe('UniqueNames.useGroup()', () => {
  const GROUPS = [
    ['/read', '/assign'],
    ['/in', '/in/const', '/read', '/read/op'],
  ] as const
  const scope = fc.constantFrom('a', 'A', 's/a', 'a_1', 'a/in')
  const behind = fc.constantFrom('', '', '/read', '/Read', '/in', '/in/const', '/read/op', '/in_1/const', '/x/y/z')
  const name = fc.tuple(scope, behind).map((parts) => parts.join(''))
  const steps = fc.array(fc.tuple(name, fc.constantFrom(undefined, ...GROUPS)), { maxLength: 40 })

  test('uses the names that taking each on its own does', () => {
    fc.assert(
      fc.property(steps, (asked) => {
        const [names, plain] = [new UniqueNames(), new PlainNames()]
        for (const [wanted, group] of asked) {
          const taken = names.unique(wanted)
          expect(taken).toBe(plain.unique(wanted))
          if (group === undefined) continue
          const alone = group.map((each) => plain.unique(taken + each))
          const usual = group.map((each) => taken + each)
          // Where it says no, it may be too careful; where it says yes, nothing was taken.
          if (names.useGroup(taken, group)) expect(alone).toEqual(usual)
          else for (const each of group) names.unique(taken + each)
        }
      }),
      { numRuns: 500 },
    )
  })

  test('takes a group where nothing is below the name, and once', () => {
    const names = new UniqueNames()
    const [group] = GROUPS
    names.unique('s/v')
    expect([names.useGroup('s/V', group), names.useGroup('s/v', group), names.useGroup('s/w', group)]).toEqual([
      true,
      false,
      false,
    ])
    expect(['s/v/read', 's/v/Assign', 's/v/x', 's'].map((each) => names.unique(each))).toEqual([
      's/v/read_1',
      's/v/Assign_1',
      's/v/x',
      's',
    ])
    names.unique('t/u/read')
    names.unique('t/u')
    expect(names.useGroup('t/u', group)).toBe(false)
  })

  test('takes names of at most 127 groups, and says so', () => {
    const names = new UniqueNames()
    const took = Array.from({ length: 130 }, (_, i) => names.useGroup(names.unique(`v${i}`), [`/x${i}`]))
    expect(took.filter(Boolean)).toHaveLength(127)
    expect(names.unique('v126/x126')).toBe('v126/x126_1')
    expect(names.unique('v127/x127')).toBe('v127/x127')
  })

  test('is undone by a snapshot', () => {
    const names = new UniqueNames()
    names.unique('v')
    const back = names.snapshot()
    names.useGroup('v', GROUPS[0])
    names.unique('w')
    back()
    expect([names.unique('v/read'), names.unique('w')]).toEqual(['v/read', 'w'])
  })
})

describe('UniqueNames.unique()', () => {
  oracleTest<string[]>('unique-name', ({ result }) => {
    const names = new UniqueNames()
    const u = (name: string, markAsUsed = true): string => names.unique(name, { markAsUsed })
    const first = [u('a'), u('a'), u('A'), u('a', false), u('a', false), u('a_1'), u('a_1'), u('a')]
    expect([...first, u('x/y'), u('x'), u('x/y'), u('b_1'), u('b'), u('b')]).toEqual(result)
  })

  oracleTest<string[]>('unique-name-scope-parents', ({ result }) => {
    const names = new UniqueNames()
    expect(['x/y/z', 'x/y', 'x', 'X/Y'].map((name) => names.unique(name))).toEqual(result)
  })

  test('gives what TensorFlow gives for random sequences of names', () => {
    for (const sequence of golden.unique) {
      const names = new UniqueNames()
      const answers = sequence.map(([name, markAsUsed]) => names.unique(name, { markAsUsed }))
      expect(answers).toEqual(sequence.map(([, , answer]) => answer))
    }
  })

  test('never gives two names that differ in case only', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'A', '_', '1', '/'), maxLength: 4 })
    fc.assert(
      fc.property(fc.array(name), (asked) => {
        const names = new UniqueNames()
        const given = asked.map((each) => names.unique(each).toLowerCase())
        expect(new Set(given).size).toBe(given.length)
      }),
    )
  })

  test('knows names of objects as any other', () => {
    const names = new UniqueNames()
    expect(names.unique('__proto__')).toBe('__proto__')
    expect(names.unique('constructor')).toBe('constructor')
    expect(names.unique('__proto__')).toBe('__proto___1')
  })
})

describe('UniqueNames.markUsed()', () => {
  test('takes a name, in any case', () => {
    const names = new UniqueNames()
    names.markUsed('Save')
    expect(names.unique('save')).toBe('save_1')
  })

  test('leaves a name that is used with its count', () => {
    const names = new UniqueNames()
    names.unique('a')
    names.unique('a')
    names.markUsed('a')
    expect(names.unique('a')).toBe('a_2')
  })
})

describe('names that are none', () => {
  oracleTest<[string, [string, string]][]>('op-name-invalid', ({ result }) => {
    for (const [name, [kind, message]] of result) {
      if (kind === 'no error') expect(() => checkNodeName(name)).not.toThrow()
      else expect(attempt(() => checkNodeName(name))).toEqual([kind, message])
    }
  })

  oracleTest<[string, [string, string]][]>('name-scope-invalid', ({ result }) => {
    // Numbers are no names to the compiler; what stands behind "/a" again was below the scope "ok".
    const rows = result.filter(([name]) => typeof name === 'string')
    const roots = rows.findIndex(([name], i) => rows.findIndex(([earlier]) => earlier === name) < i)
    rows.forEach(([name, [kind, message]], i) => {
      const answer = attempt(() => checkScopeName(name, i < roots))
      if (kind === 'no error') expect(answer[0]).toBe('no error')
      else expect(answer).toEqual([kind, message])
    })
    expect(roots).toBe(5)
  })

  test('a name does not end before a line feed', () => {
    expect(() => checkNodeName('a\n')).toThrow(ValueError)
    expect(() => checkScopeName('a\n', true)).toThrow(ValueError)
    expect(() => checkScopeName('a\n', false)).toThrow(ValueError)
  })
})
