/** Fingerprint64 beside TensorFlow's: tests/oracle/make_ops_golden.py asked it. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { fingerprint64 } from '../../src/util/fingerprint'

const { fingerprints } = JSON.parse(readFileSync(new URL('../golden/ops/answers.json', import.meta.url), 'utf8')) as {
  readonly fingerprints: readonly string[]
}

test('fingerprint64() of 0 to 200 bytes is that of TensorFlow', () => {
  const ours = fingerprints.map((_, length) => fingerprint64(Uint8Array.from({ length }, (_byte, at) => 7 * at)))
  expect(ours.map(String)).toEqual(fingerprints)
})

test('fingerprint64() reads a view, not the buffer behind it', () => {
  const bytes = Uint8Array.from({ length: 90 }, (_, at) => at)
  expect(fingerprint64(bytes.subarray(3, 80))).toBe(fingerprint64(bytes.slice(3, 80)))
})
