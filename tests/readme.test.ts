import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { makeWorkplace } from './helpers/run-program'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const README = readFileSync(join(ROOT, 'README.md'), 'utf8')

/** A program, and behind it what it prints. */
const PAIR = /```js\n([\s\S]*?)```\n\n```text\n([\s\S]*?)```/g

/** What stands in for the web: https://models.example/ has the files of the working directory, and knows ranges. */
const WEB = `
import { readFileSync as readWebFile } from 'node:fs'
globalThis.fetch = async (address, { method = 'GET', headers = {} } = {}) => {
  const bytes = readWebFile(new URL(address).pathname.slice(1))
  const range = /^bytes=(\\d+)-(\\d+)$/.exec(new Headers(headers).get('range') ?? '')
  const [start, end] = range === null ? [0, bytes.length] : [Number(range[1]), Number(range[2]) + 1]
  const body = method === 'HEAD' ? null : bytes.subarray(start, end)
  const about = { 'content-length': String(end - start), 'content-range': \`bytes \${start}-\${end - 1}/\${bytes.length}\` }
  return new Response(body, { status: range === null ? 200 : 206, headers: about })
}
`

const workplace = makeWorkplace()
cpSync(join(ROOT, 'tests', 'golden', 'quickstart'), join(workplace.directory, 'tf-model'), { recursive: true })
cpSync(join(ROOT, 'tests', 'golden', 'convnet'), join(workplace.directory, 'convnet'), { recursive: true })
afterAll(() => workplace.remove())

describe('The README', () => {
  const pairs = [...README.matchAll(PAIR)].map(([, program = '', output = ''], i) => ({ i: i + 1, program, output }))

  test('says what each of its programs prints', () => {
    expect(pairs.length).toBeGreaterThan(4)
    expect(README.match(/```js\n/g)).toHaveLength(pairs.length)
  })

  test.each(pairs)('has a program $i that runs, and prints what it says', ({ program, output }) => {
    const web = program.includes('https://models.example/') ? WEB : ''
    expect(workplace.run(web + program)).toBe(output)
  })

  test('has its two commands and code in the first screen', () => {
    const screen = README.split('\n').slice(0, 30).join('\n')
    expect(screen).toContain('npm ci && npm run quickstart')
    expect(screen).toContain('npm ci && npm test')
    expect(screen).toContain("import { array, formatArray, listVariables, Saver, VariableStore } from 'tfsave'")
  })

  test('names commands that package.json has', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object }
    const named = [...README.matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name)
    expect(named.filter((name) => !(name in scripts))).toEqual([])
  })
})
