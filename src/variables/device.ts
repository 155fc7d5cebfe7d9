/**
 * Names of devices.
 *
 *     <device> = ( "/job:" name )? ( "/replica:" number )? ( "/task:" number )? ( "/device:" type ":" ( number | "*" ) )?
 *
 * TensorFlow: python/framework/device_spec.py, DeviceSpecV2._string_to_components.
 */
import { ValueError } from '../util/errors'
import { reprString } from '../util/python-repr'

const DEVICE_TYPES = new Set(['CPU', 'GPU', 'TPU', 'CUSTOM', 'EPU'])

/** What Python's int() takes: blanks around it, a sign, single underscores between digits. */
const PYTHON_INT = /^\s*[+-]?\d+(?:_\d+)*\s*$/

/** The parts of a device's name. What is undefined is anything. */
interface DeviceParts {
  job?: string
  replica?: string
  task?: string
  type?: string
  index?: string
}

/**
 * A device as a graph's nodes have it: "/device:CPU:0" for "/cpu:0" or "cpu:0"; "" is anywhere.
 *
 * @throws {ValueError} for what is no device
 */
export function canonicalDevice(device: string): string {
  if (device === '') return ''
  const parts: DeviceParts = {}
  for (const part of device.split('/')) readPart(parts, part.split(':'), device)
  const { job, replica, task, type, index = '*' } = parts
  const named = [['job', job] as const, ['replica', replica] as const, ['task', task] as const]
  const place = named.map(([name, value]) => (value === undefined ? '' : `/${name}:${value}`)).join('')
  return type === undefined ? place : `${place}/device:${type}:${index}`
}

function readPart(parts: DeviceParts, words: readonly string[], device: string): void {
  const [first = '', second = '', third = ''] = words
  const upper = first.toUpperCase()
  if (words.length === 2 && first === 'job') parts.job = second
  else if (words.length === 2 && (first === 'replica' || first === 'task')) parts[first] = readInt(second)
  else if (words.length <= 2 && DEVICE_TYPES.has(upper)) setType(parts, upper, words[1] ?? '*', device)
  else if (words.length === 3 && first === 'device') setType(parts, second, third, device)
  else if (first !== '') {
    throw new ValueError(`Unknown attribute '${first}' is encountered while parsing the device spec: '${device}'.`)
  }
}

function setType(parts: DeviceParts, type: string, index: string, device: string): void {
  if (parts.type !== undefined) {
    throw new ValueError(`Multiple device types are not allowed while parsing the device spec: ${device}.`)
  }
  parts.type = type === 'cpu' || type === 'gpu' ? type.toUpperCase() : type
  parts.index = index === '*' ? '*' : readInt(index)
}

function readInt(text: string): string {
  if (!PYTHON_INT.test(text)) {
    throw new ValueError(`invalid literal for int() with base 10: ${reprString(text)}`)
  }
  return String(BigInt(text.replaceAll('_', '').trim().replace(/^\+/, '')))
}
