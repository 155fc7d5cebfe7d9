/**
 * One device over another, as scopes of devices do it.
 *
 * TensorFlow: python/framework/device.py, merge_device; device_spec.py, DeviceSpecV2._get_combined_properties.
 */
import { canonicalDevice } from '../variables/device'

/** The parts of a canonical name, each of which may be missing. */
const PARTS = /^(\/job:[^/]*)?(\/replica:[^/]*)?(\/task:[^/]*)?(?:\/device:([^:]*):(.*))?$/

/** `outer` with all that `inner` says in its place. @throws {ValueError} for what is no device */
export function mergeDevices(outer: string, inner: string): string {
  const [a, b] = [partsOf(outer), partsOf(inner)]
  const [job = '', replica = '', task = '', type, index] = a.map((part, at) => b[at] ?? part)
  return `${job}${replica}${task}${type === undefined ? '' : `/device:${type}:${index ?? '*'}`}`
}

/** The first CPU of the same task. TensorFlow: saveable_object_util.py, set_cpu0. */
export function cpuBeside(device: string): string {
  return mergeDevices(device, '/device:CPU:0')
}

/** Job, replica, task, type, index; an index of "*" says nothing. */
function partsOf(device: string): (string | undefined)[] {
  const [, ...parts] = PARTS.exec(canonicalDevice(device)) ?? []
  return parts.map((part, at) => (at === 4 && part === '*' ? undefined : part))
}
