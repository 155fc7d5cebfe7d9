import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { makeWorkplace } from './helpers/run-program'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const workplace = makeWorkplace()
workplace.add('digits/train.mjs', join(ROOT, 'examples', 'digits', 'train.mjs'))
workplace.add('sharded/worker.mjs', join(ROOT, 'examples', 'sharded', 'worker.mjs'))
for (const golden of ['quickstart', 'convnet', 'bottleneck', 'partitioned/embedding']) {
  const path = join('tests', 'golden', golden)
  cpSync(join(ROOT, path), join(workplace.directory, path), { recursive: true })
}
afterAll(() => workplace.remove())

/** What an example prints, and its lines without the indent. */
function run(example: string): { output: string; lines: string[] } {
  const output = workplace.run(readFileSync(join(ROOT, 'examples', example), 'utf8'), join(ROOT, 'examples'))
  return { output, lines: output.split('\n').map((line) => line.trim()) }
}

test('Every example is run by a test', () => {
  const tests = readdirSync(join(ROOT, 'tests')).filter((file) => file.endsWith('.test.ts'))
  const sources = [
    ...tests.map((file) => readFileSync(join(ROOT, 'tests', file), 'utf8')),
    ...examples().map((file) => readFileSync(join(ROOT, 'examples', file), 'utf8')),
  ]
  // Some are only imported by others: './digits.mjs'.
  const named = (file: string): boolean => sources.some((source) => source.includes(`${file}'`))
  expect(examples().filter((file) => !named(file))).toEqual([])
})

function examples(): string[] {
  return readdirSync(join(ROOT, 'examples')).filter((file) => file.endsWith('.mjs'))
}

describe('examples/quickstart.mjs', () => {
  const { output, lines } = run('quickstart.mjs')

  test('learns the line: w is 0.1, b is 0.2', () => {
    expect(lines).toContainEqual(expect.stringMatching(/^10 +\S+e-3 /))
    expect(lines).toContainEqual(expect.stringMatching(/^290 +\S+e-1\d +0\.10000 +0\.20000$/))
  })

  test('keeps the last four of thirty checkpoints', () => {
    const files = [260, 270, 280, 290].flatMap((step) => [
      `my-model-${step}.data-00000-of-00001`,
      `my-model-${step}.index`,
      `my-model-${step}.meta`,
    ])
    const there = readdirSync(join(workplace.directory, 'model')).filter((file) => /^(checkpoint|my-model)/.test(file))
    expect(there.sort()).toEqual(['checkpoint', ...files])
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

  test('restores it once more, with the graph out of .meta in place of the code', () => {
    const imported = lines.slice(lines.indexOf('Imported model/my-model-290.meta') + 1)
    const restored = lines.slice(lines.indexOf('Restored from model/my-model-290') + 1)
    expect(imported.slice(0, 2)).toEqual(restored.slice(0, 2))
    expect(imported[0]).toMatch(/^w:0 = 0\.(0999|1000)/)
  })

  test("prints TensorFlow's variables as a table, and no fault among them", () => {
    expect(lines).toContainEqual(expect.stringMatching(/^conv1\/weights +float32 +\[3, 3, 1, 8\] +288$/))
    expect(lines).toContainEqual(expect.stringMatching(/^embedding\/vocabulary +string +\[9\] +33$/))
    expect(lines).toContainEqual(expect.stringMatching(/^11 tensors, .* checksums verified: 0 faults$/))
  })
})

// The values are those that TensorFlow prints after restoring tests/golden/convnet/model-40.

describe('examples/frozen-graph.mjs', () => {
  const { output, lines } = run('frozen-graph.mjs')

  test('says which file it took', () => {
    expect(output.startsWith('Model filename: tests/golden/convnet/frozen.pb\n')).toBe(true)
  })

  test('lists operations and weights', () => {
    expect(lines).toContain('47 operations, the first five:')
    expect(lines).toContain("<tf.Operation 'x' type=Placeholder>")
    expect(lines).toContain('8 weights')
    expect(lines).toContain('conv2/w float32 [3, 3, 4, 8]')
    expect(lines).toContainEqual(expect.stringMatching(/^fc2\/b = \[ ?\S+ +\S+ +\S+ ?\]$/))
  })

  test('loads all but the last layer, and lists what is left over', () => {
    expect(lines).toContain('Loaded 6 of 8 variables into the new model')
    expect(lines).toContain('not used: fc2/b, fc2/w')
    expect(lines).toContain('the last layer has no value yet: true')
  })

  test('gets an error for a name that is not there', () => {
    expect(lines).toContainEqual(expect.stringMatching(/^NotFoundError: Key fc3\/w not found among the values/))
  })

  test('does the same with a directory of .meta and checkpoint', () => {
    const program = readFileSync(join(ROOT, 'examples', 'frozen-graph.mjs'), 'utf8')
    const other = workplace.run(program.replace('convnet/frozen.pb', 'convnet')).split('\n')
    expect(other.slice(0, 3)).toEqual([
      'Model directory: tests/golden/convnet',
      'Metagraph file: model-40.meta',
      'Checkpoint file: model-40',
    ])
    const weights = lines.filter((line) => / float32 \[/.test(line))
    expect(other.map((line) => line.trim())).toEqual(expect.arrayContaining([...weights, 'fc2/w/Adam float32 [16, 3]']))
    expect(other.filter((line) => line.startsWith('fc2/b = '))).toEqual(
      lines.filter((line) => line.startsWith('fc2/b = ')),
    )
  })
})

describe('examples/meta-graph.mjs', () => {
  const { output, lines } = run('meta-graph.mjs')

  test('has the variables of the model, and those of its training', () => {
    expect(lines).toContain('375 operations, 27 variables')
    expect(lines).toContain("<tf.Variable 'conv2/w:0' shape=(3, 3, 4, 8) dtype=float32_ref>")
    expect(output).toContain(
      'besides: global_step, beta1_power, beta2_power, conv1/w/Adam, conv1/w/Adam_1, conv1/b/Adam',
    )
  })

  test('restores the latest checkpoint', () => {
    expect(lines).toContain('Restored from tests/golden/convnet/model-40, step 40')
    const at = lines.indexOf('fc2/w:0')
    expect(lines.slice(at + 1, at + 3)).toEqual([
      '[[-0.58683646  0.31989643  0.35725918]',
      '[ 0.12932879  0.09287142  0.3834389 ]',
    ])
    expect(lines).toContain('[ 1.4059700e-02  7.2005147e-05 -1.4131703e-02]')
    expect(lines[lines.indexOf('beta1_power:0') + 1]).toBe('0.01330278')
  })

  test('knows what goes in and what comes out', () => {
    expect(lines).toContain('input   Tensor("x:0", shape=(?, 8, 8, 1), dtype=float32)')
    expect(lines).toContain('predict Tensor("probabilities:0", shape=(?, 3), dtype=float32)')
    expect(lines).toContain('predict Tensor("class:0", shape=(?,), dtype=int64)')
  })
})

describe('examples/write-graph-once.mjs', () => {
  const { lines } = run('write-graph-once.mjs')

  test('has one graph and three checkpoints', () => {
    const files = [3, 4, 5].flatMap((step) => [`weights-${step}.data-00000-of-00001`, `weights-${step}.index`])
    expect(lines.slice(1, lines.indexOf(''))).toEqual(['checkpoint', 'graph.meta', ...files])
  })

  test('restores from them', () => {
    expect(lines).toContain('step 5')
    expect(lines).toContain("<tf.Variable 'layer/weights:0' shape=(2, 3) dtype=float32_ref>")
    expect(lines).toContain('[[ 2.5  5.   7.5]')
  })

  test('writes the graph as text, too', () => {
    expect(lines).toContainEqual(expect.stringMatching(/^model\/once\/graph\.pbtxt: \d+ nodes$/))
    expect(readFileSync(join(workplace.directory, 'model', 'once', 'graph.pbtxt'), 'utf8')).toMatch(/^node \{\n/)
  })
})

describe('examples/moving-averages.mjs', () => {
  const { lines } = run('moving-averages.mjs')
  const golden = readFileSync(join(ROOT, 'tests', 'golden', 'averages-story.jsonl'), 'utf8')
  const story = golden
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as [string, unknown])

  /** What is between the brackets of a printed dict, in any order. */
  const entriesOf = (text: string): string[] =>
    text
      .slice(1, -1)
      .split(/, (?=')/)
      .sort()

  test.each(story)('prints %s as Python does', (what, value) => {
    const printed = lines.find((line) => line.startsWith(`${what}: `))?.slice(what.length + 2) ?? ''
    if (Array.isArray(value)) {
      const items = value.map((item) => (Array.isArray(item) ? `('${item.join("', '")}')` : item))
      expect(printed).toBe(`[${items.join(', ')}]`)
    } else if (typeof value === 'string') expect(printed).toBe(value)
    else {
      const entries = Object.entries(value as object).map(([key, item]) => `'${key}': ${item}`)
      expect(entriesOf(printed)).toEqual(entries.sort())
    }
  })

  test('tells the whole story', () => {
    expect(story.length).toBeGreaterThan(10)
    expect(lines.filter((line) => line.includes(': '))).toHaveLength(story.length + 1)
  })

  test('restores the average into a model that is evaluated', () => {
    expect(lines).toContain('v1 restored from model/averages-10000: 9.95')
  })
})

describe('examples/evaluate-digits.mjs', () => {
  const { lines } = run('evaluate-digits.mjs')
  const evaluations = lines.flatMap((line) => {
    const match = /^After (\d+) training steps, validation accuracy = (0\.\d{1,6}|1)$/.exec(line)
    return match === null ? [] : [{ step: Number(match[1]), accuracy: Number(match[2]) }]
  })

  test('finds no checkpoint before the training has saved one', () => {
    expect(lines).toContain('No checkpoint file found')
  })

  test('follows the training to its end', () => {
    const steps = evaluations.map(({ step }) => step)
    expect(steps.at(-1)).toBe(1000)
    expect(steps).toEqual([...steps].sort((a, b) => a - b))
    expect(steps.length).toBeGreaterThan(1)
  })

  test('knows the digits at the end', () => {
    expect(evaluations.at(-1)?.accuracy).toBeGreaterThan(0.98)
  })
})

describe('examples/fine-tune.mjs', () => {
  const { lines } = run('fine-tune.mjs')

  test('restores the first layers, and says what does not fit', () => {
    expect(lines).toContain('Restored conv1/weights, conv1/biases, fc/weights')
    expect(lines).toContain('Restored 3 of 5 variables')
    expect(lines).toContain('logits/biases is float32[3] here, and float32[5] in the checkpoint')
    expect(lines).toContain('Loaded 3 of 5 values; not used: logits/biases, logits/weights')
  })

  test('has the old first layer and a new last one', () => {
    expect(lines[lines.indexOf('conv1/weights') + 1]).toBe('[[ 0.          0.84147096  0.9092974 ]')
    expect(lines[lines.indexOf('logits/biases') + 1]).toBe('[ 0.5  0.  -0.5]')
  })
})

describe('examples/sharded-training.mjs', () => {
  const { output, lines } = run('sharded-training.mjs')

  test('leaves one checkpoint of three shards each time, and nothing of the parts', () => {
    const files = [100, 200].flatMap((step) => [
      ...[0, 1, 2].map((shard) => `model.ckpt-${step}.data-0000${shard}-of-00003`),
      `model.ckpt-${step}.index`,
    ])
    expect(lines.slice(0, lines.indexOf(''))).toEqual(['checkpoint', ...files])
  })

  test('restores the parts of three workers as one variable', () => {
    expect(lines).toContain('Restored from model/sharded/model.ckpt-200')
    expect(output).toContain('[[0.2 0.3 0.4 0.5]\n [1.2 1.3 1.4 1.5]\n')
    expect(output).toContain(' [9.2 9.3 9.4 9.5]]\n')
  })

  test('gives two workers their rows', () => {
    expect(lines).toContain('Worker 0 of 2 takes 5 rows, the last one [4.2 4.3 4.4 4.5]')
    expect(lines).toContain('Worker 1 of 2 takes 5 rows, the last one [9.2 9.3 9.4 9.5]')
  })
})

describe('examples/frozen-to-pickle.mjs', () => {
  const { lines } = run('frozen-to-pickle.mjs')

  test('takes the weights out of the frozen graph', () => {
    expect(lines).toContain('12 weights in tests/golden/bottleneck/frozen.pb')
    expect(lines).toContain('Bottleneck2/weights float32 [16, 6]')
  })

  test('finds all of them in the pickle', () => {
    expect(lines).toContain('Read: 12 arrays')
  })

  test('loads all but the layer Bottleneck2 into another model, and says which', () => {
    expect(lines).toContain('Loaded 10 of 12 variables')
    expect(lines).toContain('not used: Bottleneck2/weights, Bottleneck2/biases')
    expect(lines).toContain('without a value yet: Bottleneck2/weights, Bottleneck2/biases')
  })
})

describe('examples/partitioned-embedding.mjs', () => {
  const { output, lines } = run('partitioned-embedding.mjs')

  test('reads two rows, out of two parts', () => {
    expect(lines[0]).toBe('words/embedding has the shape [12,4]')
    expect(output).toContain(
      'Rows 3 and 4, out of two parts:\n[[1.5   1.625 1.75  1.875]\n [2.    2.125 2.25  2.375]]\n',
    )
  })

  test('restores three parts into two', () => {
    expect(lines).toContain('Restored words/embedding into 2 parts:')
    for (const part of [0, 1]) {
      expect(lines).toContain(`<tf.Variable 'words/embedding/part_${part}:0' shape=(6, 4) dtype=float32_ref>`)
    }
  })

  test('restores the average of two parts into one variable', () => {
    expect(lines).toContain('words/embedding/ExponentialMovingAverage in one piece:')
    expect(output).toContain('[[1.    1.125 1.25  1.375]\n')
    expect(lines.at(-2)).toBe('[6.5   6.625 6.75  6.875]]')
  })
})
