import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { makeWorkplace } from './helpers/run-program'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const workplace = makeWorkplace()
cpSync(join(ROOT, 'tests', 'golden', 'quickstart'), join(workplace.directory, 'tests', 'golden', 'quickstart'), {
  recursive: true,
})
afterAll(() => workplace.remove())

describe('examples/quickstart.mjs', () => {
  const output = workplace.run(readFileSync(join(ROOT, 'examples', 'quickstart.mjs'), 'utf8'))
  const lines = output.split('\n').map((line) => line.trim())

  test('learns the line: w is 0.1, b is 0.2', () => {
    expect(lines).toContainEqual(expect.stringMatching(/^10 +\S+e-3 /))
    expect(lines).toContainEqual(expect.stringMatching(/^290 +\S+e-1\d +0\.10000 +0\.20000$/))
  })

  test('keeps the last four of thirty checkpoints', () => {
    const files = [260, 270, 280, 290].flatMap((step) => [
      `my-model-${step}.data-00000-of-00001`,
      `my-model-${step}.index`,
    ])
    expect(readdirSync(join(workplace.directory, 'model')).sort()).toEqual(['checkpoint', ...files])
    for (const file of files) expect(lines).toContain(file)
  })

  test('shows the state file', () => {
    expect(output).toContain('  model_checkpoint_path: "my-model-290"\n  all_model_checkpoint_paths: "my-model-260"\n')
  })

  test('restores the latest into a fresh store', () => {
    expect(lines).toContain('Restored from model/my-model-290')
    expect(lines).toContainEqual(expect.stringMatching(/^w:0 = 0\.(0999|1000)/))
    expect(lines).toContainEqual(expect.stringMatching(/^b:0 = 0\.(1999|2000)/))
  })

  test("prints TensorFlow's variables as a table, and no fault among them", () => {
    expect(lines).toContainEqual(expect.stringMatching(/^conv1\/weights +float32 +\[3, 3, 1, 8\] +288$/))
    expect(lines).toContainEqual(expect.stringMatching(/^embedding\/vocabulary +string +\[9\] +33$/))
    expect(lines).toContainEqual(expect.stringMatching(/^11 tensors, .* checksums verified: 0 faults$/))
  })
})
