/**
 * The part of a graph that is exported: the nodes under a scope, their names without it, and what they take from outside.
 *
 *     scope "in":  in/y = AddV2(in/v/read, c)   →   y = AddV2(v/read, $unbound_inputs_c)
 *
 * A node is in the scope where its name begins with it, "a" takes "ab/x" too; only "a/" is cut.
 *
 * TensorFlow: python/framework/meta_graph.py, _node_def, _should_include_node and _find_extraneous_saver_nodes.
 */
import {
  type AttrValue,
  type AttrValue_ListValue,
  type GraphDef,
  type ISaverDef,
  type NodeDef,
  tensorflow,
} from '../proto/messages'
import { bytesFromKey, keyFromBytes } from '../util/bytes'
import { changedMessage } from './changed-message'
import { nodeNameOf, stripNameScope, withoutMark } from './scope-names'

/** What stands before the name of an input that is not exported. */
export const UNBOUND_INPUT_PREFIX = '$unbound_inputs_'
/** The collection that names these inputs. */
export const UNBOUND_INPUTS = 'unbound_inputs'

/** What is exported, and how. */
export interface ExportPart {
  /** '' is the whole graph. */
  readonly exportScope: string
  readonly clearDevices: boolean
  /** Names of nodes that are left out. */
  readonly excluded: ReadonlySet<string>
}

/** The part of a graph, and the inputs that it lacks, as they are written; one that is taken twice is there twice. */
export interface ExportedPart {
  readonly graphDef: GraphDef
  readonly unboundInputs: readonly string[]
}

/** The part of a graph, in a message of its own; nodes share messages of attributes with the graph's. */
export function exportPart(whole: GraphDef, part: ExportPart): ExportedPart {
  const unboundInputs: string[] = []
  const node = whole.node
    .filter(({ name }) => isExported(name, part))
    .map((one) => exportNode(one, part, unboundInputs))
  return { graphDef: changedMessage(tensorflow.GraphDef, whole, { node }), unboundInputs }
}

function isExported(name: string, { exportScope, excluded }: ExportPart): boolean {
  return !excluded.has(name) && (name.startsWith(UNBOUND_INPUT_PREFIX) || name.startsWith(exportScope))
}

function exportNode(node: NodeDef, part: ExportPart, unboundInputs: string[]): NodeDef {
  const { exportScope, clearDevices } = part
  const device = clearDevices ? '' : node.device
  if (exportScope === '') return changedMessage(tensorflow.NodeDef, node, { device })
  const input = node.input.map((one) => {
    if (withoutMark(one).startsWith(exportScope)) return stripNameScope(one, exportScope)
    const unbound = unboundName(one)
    unboundInputs.push(unbound)
    return unbound
  })
  const name = stripNameScope(node.name, exportScope)
  return changedMessage(tensorflow.NodeDef, node, { name, input, device, attr: exportAttrs(node, exportScope) })
}

function unboundName(input: string): string {
  return input.startsWith('^') ? `^${UNBOUND_INPUT_PREFIX}${input.slice(1)}` : `${UNBOUND_INPUT_PREFIX}${input}`
}

/** The attributes that name nodes, or scopes, without the scope. */
function exportAttrs(node: NodeDef, exportScope: string): NodeDef['attr'] {
  const attr = { ...node.attr }
  const locations = attr['_class']?.list
  if (locations) attr['_class'] = listAttr(exportLocations(locations, exportScope))
  const frame = isEnter(node.op) ? attr['frame_name']?.s : undefined
  if (frame) {
    // TensorFlow fails for a frame of another scope.
    const name = keyFromBytes(frame)
    attr['frame_name'] = new tensorflow.AttrValue({ s: bytesFromKey(stripNameScope(name, exportScope)) })
  }
  return attr
}

/** Whether an op enters the frame of a loop. TensorFlow: control_flow_util.py, IsLoopEnter. */
export function isEnter(type: string): boolean {
  return type === 'Enter' || type === 'RefEnter'
}

/** Locations within the scope, without it; those outside are left out. */
function exportLocations({ s }: AttrValue_ListValue, exportScope: string): Uint8Array[] {
  const inside = s.map(keyFromBytes).filter((location) => withoutMark(location).startsWith(exportScope))
  return inside.map((location) => bytesFromKey(stripNameScope(location, exportScope)))
}

function listAttr(s: Uint8Array[]): AttrValue {
  return new tensorflow.AttrValue({ list: new tensorflow.AttrValue.ListValue({ s }) })
}

/** The ops by which a scope is known as a Saver's. TensorFlow: meta_graph.py, SAVE_AND_RESTORE_OPS. */
const SAVE_AND_RESTORE_OPS: ReadonlySet<string> = new Set([
  'SaveV2',
  'Save',
  'SaveSlice',
  'LegacySave',
  'LegacySaveSlice',
  'RestoreV2',
  'Restore',
  'RestoreSlice',
  'LegacyRestore',
  'LegacyRestoreSlice',
])

/** The nodes in the scopes of Savers, but for those of this one. */
export function extraneousSaverNodes(graphDef: GraphDef, saverDef: ISaverDef | undefined): Set<string> {
  const saverNodes = graphDef.node.filter(({ op }) => SAVE_AND_RESTORE_OPS.has(op)).map(({ name }) => name)
  const scopes = new Set(saverNodes.map(scopeOf))
  for (const name of saverNodes) scopes.delete(name)
  for (const name of [saverDef?.saveTensorName, saverDef?.restoreOpName]) scopes.delete(scopeOf(nodeNameOf(name ?? '')))
  return new Set(graphDef.node.map(({ name }) => name).filter((name) => hasPrefixIn(name, scopes)))
}

/** What stands before the last slash. */
function scopeOf(name: string): string {
  return name.slice(0, Math.max(name.lastIndexOf('/'), 0))
}

/** Whether one of the scopes, with its slash, begins the name. A Saver at the root has none of its own. */
function hasPrefixIn(name: string, scopes: ReadonlySet<string>): boolean {
  for (let slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
    if (scopes.has(name.slice(0, slash))) return true
  }
  return false
}
