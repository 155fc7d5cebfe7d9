/**
 * Devices over devices, as TensorFlow puts one scope into another.
 */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cpuBeside, mergeDevices } from '../../src/train/devices'
import { GOLDEN_DIR } from '../oracle/golden'

const manifest = JSON.parse(readFileSync(`${GOLDEN_DIR}/saver-nodes/manifest.json`, 'utf8')) as {
  devices: [outer: string, inner: string, merged: string, cpu: string][]
}

test('mergeDevices() and cpuBeside() give what TensorFlow gives', () => {
  const found = manifest.devices.map(([outer, inner]) => [outer, inner, mergeDevices(outer, inner), cpuBeside(outer)])
  expect(found).toEqual(manifest.devices)
  expect(manifest.devices).toHaveLength(100)
})

test('mergeDevices() refuses what is no device', () => {
  expect(() => mergeDevices('', '/nowhere:0')).toThrow("Unknown attribute 'nowhere'")
})
