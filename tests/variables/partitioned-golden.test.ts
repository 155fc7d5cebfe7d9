/** Partitioned variables, against what TensorFlow answered to the same programs. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { zeros } from '../../src/tensor/convert'
import type { DType } from '../../src/tensor/dtype'
import type { Shape } from '../../src/tensor/ndarray'
import type { PartitionedVariable } from '../../src/variables/partitioned-variable'
import type { Variable } from '../../src/variables/variable'
import { VariableStore } from '../../src/variables/variable-store'
import { GOLDEN_DIR } from '../oracle/golden'

interface Step {
  readonly name: string
  readonly shape: Shape
  readonly dtype?: DType
  readonly numShards?: number
  readonly axis?: number
  readonly scope?: string
  readonly reuse?: boolean | 'auto'
}

interface Program {
  readonly steps: readonly Step[]
  readonly answers: readonly unknown[]
  readonly variables: readonly string[]
}

const programs: readonly Program[] = JSON.parse(readFileSync(`${GOLDEN_DIR}/partitioned/answers.json`, 'utf8'))

function answer(store: VariableStore, { scope = '', reuse, ...step }: Step): unknown {
  try {
    return store.variableScope(scope, () => make(store, step), reuse === undefined ? {} : { reuse })
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return { error: errorOf(error) }
  }
}

function make(store: VariableStore, { name, shape, dtype = 'float32', numShards, axis }: Step): unknown {
  if (numShards === undefined) {
    return { variable: store.getVariable(name, { shape, dtype, initializer: zeros }).op.name }
  }
  const cut = axis === undefined ? { numShards } : { numShards, axis }
  return described(store.getPartitionedVariable(name, { shape, dtype, initializer: zeros, ...cut }))
}

function described({ name, shape, dtype, partitions, parts }: PartitionedVariable): unknown {
  return { name, shape, dtype, partitions, parts: parts.map(describedPart) }
}

function describedPart({ op, shape, saveSliceInfo }: Variable): unknown[] {
  const { fullName, fullShape, slice } = saveSliceInfo ?? { slice: [] }
  return [op.name, shape, fullName, fullShape, slice.map((range) => range?.[0]), slice.map((range) => range?.[1])]
}

/** As Python has it: what stands behind TensorFlow's sentence is ours. */
function errorOf({ name, message }: Error): [string, string] {
  if (name === 'LookupError') return ['IndexError', message.split(':')[0] ?? '']
  return [name, message.replace(/(\?) getPartitionedVariable\(\) gives it$/, '$1')]
}

describe('VariableStore.getPartitionedVariable()', () => {
  test('gives what TensorFlow gives, errors too', () => {
    for (const { steps, answers, variables } of programs) {
      const store = new VariableStore()
      const found = steps.map((step) => answer(store, step))
      expect({ steps, answers: found }).toEqual({ steps, answers })
      expect(store.globalVariables().map(({ op }) => op.name)).toEqual(variables)
    }
    expect(programs.length).toBeGreaterThan(400)
  })
})
