/**
 * Where imported nodes run: their devices, and those of the nodes that they are to be with.
 *
 * A node that is to be with others gets the device of the first of them that has one, whatever it said itself.
 *
 * TensorFlow: python/framework/importer.py (_ProcessNewOps), core/common_runtime/graph_constructor.cc
 * (ValidateColocationConstraints).
 */
import { type AttrValue, type NodeDef, tensorflow } from '../proto/messages'
import { ValueError } from '../util/errors'
import { canonicalDevice } from '../variables/device'
import { attrOf } from './operation'

/** The attribute that says which nodes a node is to be with. */
export const CLASS = '_class'
const LOCATION = 'loc:@'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** Where each node runs. */
export interface Places {
  readonly devices: readonly string[]
  /** Of each node, the texts of its `_class`; undefined where it has none. */
  readonly classes: readonly (readonly string[] | undefined)[]
}

/**
 * @param order the nodes in the order of the graph
 * @throws {ValueError} for a node that is to be with one that the file does not have, and for what is no device
 */
export function findPlaces(nodes: readonly NodeDef[], index: ReadonlyMap<string, number>, order: Int32Array): Places {
  const classes = nodes.map((node) => classOf(node, index))
  const known = new Map<string, string>()
  const partners = classes.map((texts, at) => texts && partnersOf(texts, index, at))
  const devices = nodes.map(({ device }, at) => ((partners[at]?.length ?? 0) > 0 ? '' : canonical(device, known)))
  for (const at of order) {
    const place = partners[at]?.find((partner) => devices[partner] !== '')
    if (place !== undefined) devices[at] = devices[place] ?? ''
  }
  return { devices, classes }
}

function classOf({ name, attr }: NodeDef, index: ReadonlyMap<string, number>): readonly string[] | undefined {
  const texts = attrOf(attr, CLASS)?.list?.s.map((bytes) => decoder.decode(bytes))
  for (const text of texts ?? []) {
    if (!text.startsWith(LOCATION) || index.has(text.slice(LOCATION.length))) continue
    throw new ValueError(`Node '${name}' expects to be colocated with unknown node '${text.slice(LOCATION.length)}'`)
  }
  return texts
}

function partnersOf(texts: readonly string[], index: ReadonlyMap<string, number>, self: number): number[] {
  const found = texts.map((text) => (text.startsWith(LOCATION) ? index.get(text.slice(LOCATION.length)) : undefined))
  return found.filter((partner) => partner !== undefined && partner !== self) as number[]
}

/** A graph has few devices: each is read once. */
function canonical(device: string, known: Map<string, string>): string {
  if (device === '') return ''
  const found = known.get(device) ?? canonicalDevice(device)
  known.set(device, found)
  return found
}

/** `_class` with the names that the nodes have in the graph. */
export function renamedClass(texts: readonly string[], newName: (name: string) => string): AttrValue {
  const renamed = texts.map((text) => {
    return text.startsWith(LOCATION) ? LOCATION + newName(text.slice(LOCATION.length)) : text
  })
  return new tensorflow.AttrValue({
    list: new tensorflow.AttrValue.ListValue({ s: renamed.map((text) => encoder.encode(text)) }),
  })
}
