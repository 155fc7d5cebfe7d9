/**
 * Where imported nodes run: their devices, and those of the nodes that they are to be with.
 *
 * A node that is to be with others gets the device of the first of them that has one, whatever it said itself.
 *
 * TensorFlow: python/framework/importer.py (_ProcessNewOps), core/common_runtime/graph_constructor.cc
 * (ValidateColocationConstraints).
 */
import { NodeBytes } from '../proto/node-bytes'
import { type AttrValue, tensorflow } from '../proto/messages'
import { ValueError } from '../util/errors'
import { canonicalDevice } from '../variables/device'
import { attrOf } from './attr-map'
import type { FileNode } from './file-nodes'
import { CLASS } from './node-kind'

const LOCATION = 'loc:@'

const encoder = /* @__PURE__ */ new TextEncoder()
const decoder = new TextDecoder()

/** Where each node runs. */
export interface Places {
  readonly devices: readonly string[]
  /** Of each node, the texts of its `_class`, one or several; undefined where it has none. */
  readonly classes: readonly (string | readonly string[] | undefined)[]
}

/** No node, and several. */
const [NONE, SEVERAL] = [-1, -2]

/**
 * @param order the nodes in the order of the graph
 * @throws {ValueError} for a node that is to be with one that the file does not have, and for what is no device
 */
export function findPlaces(nodes: readonly FileNode[], index: ReadonlyMap<string, number>, order: Int32Array): Places {
  const classes = nodes.map(classOf)
  // Nearly all have one, or none.
  const partner = new Int32Array(nodes.length).fill(NONE)
  const several = new Map<number, readonly number[]>()
  classes.forEach((texts, at) => {
    if (texts === undefined) return
    const found = partnersOf(texts, index, nodes[at]?.name ?? '').filter((one) => one !== at)
    if (found.length > 0) partner[at] = found.length === 1 ? (found[0] as number) : SEVERAL
    if (found.length > 1) several.set(at, found)
  })
  const known = new Map<string, string>()
  const devices = nodes.map(({ device }, at) => (partner[at] === NONE ? canonical(device, known) : ''))
  for (const at of order) {
    const one = partner[at] as number
    if (one === NONE) continue
    const place = one === SEVERAL ? several.get(at)?.find((other) => devices[other] !== '') : one
    devices[at] = devices[place ?? NONE] ?? ''
  }
  return { devices, classes }
}

function classOf(node: FileNode): string | readonly string[] | undefined {
  if (node instanceof NodeBytes && node.hash >= 0) return node.classText
  return attrOf(node.attr, CLASS)?.list?.s.map((bytes) => decoder.decode(bytes))
}

function partnersOf(
  texts: string | readonly string[],
  index: ReadonlyMap<string, number>,
  self: string,
): readonly number[] {
  if (typeof texts === 'string') return partnerOf(texts, index, self)
  return texts.flatMap((text) => partnerOf(text, index, self))
}

function partnerOf(text: string, index: ReadonlyMap<string, number>, self: string): number[] {
  if (!text.startsWith(LOCATION)) return []
  const name = text.slice(LOCATION.length)
  const found = index.get(name)
  if (found !== undefined) return [found]
  throw new ValueError(`Node '${self}' expects to be colocated with unknown node '${name}'`)
}

/** A graph has few devices: each is read once. */
function canonical(device: string, known: Map<string, string>): string {
  if (device === '') return ''
  const found = known.get(device) ?? canonicalDevice(device)
  known.set(device, found)
  return found
}

/** A text of `_class` with the name that the node has in the graph. */
export function renamedText(text: string, newName: (name: string) => string): string {
  return text.startsWith(LOCATION) ? LOCATION + newName(text.slice(LOCATION.length)) : text
}

/** `_class` with the names that the nodes have in the graph. */
export function renamedClass(texts: string | readonly string[], newName: (name: string) => string): AttrValue {
  const renamed = (typeof texts === 'string' ? [texts] : texts).map((text) => renamedText(text, newName))
  return new tensorflow.AttrValue({
    list: new tensorflow.AttrValue.ListValue({ s: renamed.map((text) => encoder.encode(text)) }),
  })
}
