import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { array } from '../../src/tensor/convert'
import { ValueError } from '../../src/util/errors'
import { canonicalDevice } from '../../src/variables/device'
import { VariableStore } from '../../src/variables/variable-store'

type Answer = string | { readonly error: string; readonly message: string }

const golden: readonly (readonly [name: string, answer: Answer])[] = JSON.parse(
  readFileSync(new URL('../golden/devices.json', import.meta.url), 'utf8'),
)

describe('canonicalDevice()', () => {
  test.each(golden)('reads %j as TensorFlow does', (name, answer) => {
    if (typeof answer === 'string') expect(canonicalDevice(name)).toBe(answer)
    else expect(() => canonicalDevice(name)).toThrow(new ValueError(answer.message))
  })

  test('is asked before a variable is made', () => {
    const store = new VariableStore()
    expect(() => store.variable(array(1), { name: 'v', device: '/foo:1' })).toThrow("Unknown attribute 'foo'")
    expect(store.variable(array(1), { name: 'v', device: '/cpu:0' }).op.name).toBe('v')
  })
})
