/**
 * The goldens of saver-nodes: what tests/oracle/make_saver_golden.py says of each.
 */
import { readFileSync } from 'node:fs'
import { type Graph, type Operation } from '../../src/graph/graph'
import { importGraphDef } from '../../src/graph/import-graph-def'
import { decodeMessage, type GraphDef, type SaverDef, tensorflow } from '../../src/proto/messages'
import { shapeFromProto } from '../../src/graph/output-shapes'
import { type SaverNodeItem } from '../../src/train/saver-nodes'
import { GOLDEN_DIR } from '../oracle/golden'

type Part = readonly [fullName: string, fullShape: readonly number[], slice: readonly (readonly [number, number])[]]

/** A Saver that TensorFlow made. */
export interface SaverGolden {
  readonly name: string
  readonly options: {
    readonly reshape?: boolean
    readonly sharded?: boolean
    readonly writeVersion?: 1
    readonly maxToKeep?: number
    readonly keepCheckpointEveryNHours?: number
    readonly filename?: string
  }
  /** The scope of the nodes: "save/". */
  readonly scope: string
  readonly items: readonly (readonly [key: string, op: string, part: Part | null])[]
  readonly saverDef: SaverDef
  /** The graph before the Saver was made. */
  readonly before: GraphDef
  /** The nodes that it added. */
  readonly added: GraphDef
}

type Manifest = Record<string, Omit<SaverGolden, 'name' | 'saverDef' | 'before' | 'added'> & { saverDef: string }>

const folder = `${GOLDEN_DIR}/saver-nodes`
const manifest = (JSON.parse(readFileSync(`${folder}/manifest.json`, 'utf8')) as { cases: Manifest }).cases

/** Every golden. */
export const SAVER_GOLDENS: readonly SaverGolden[] = Object.entries(manifest).map(([name, golden]) => ({
  ...golden,
  name,
  saverDef: decodeMessage(tensorflow.SaverDef, Buffer.from(golden.saverDef, 'hex'), 'SaverDef'),
  before: graphDefOf(`${name}.before.pb`),
  added: graphDefOf(`${name}.added.pb`),
}))

function graphDefOf(file: string): GraphDef {
  return decodeMessage(tensorflow.GraphDef, readFileSync(`${folder}/${file}`), 'GraphDef')
}

/** The graph of the variables. */
export function graphBefore(golden: SaverGolden): Graph {
  return importGraphDef(golden.before, { name: '' }).graph
}

/** The golden's items over the nodes of a graph. */
export function itemsIn(graph: Graph, golden: SaverGolden): SaverNodeItem[] {
  return golden.items.map(([key, name, part]) => {
    const op = graph.getOperationByName(name)
    const more = part === null ? {} : { part: { fullShape: part[1], slice: part[2] } }
    return { key, op, shape: shapeOf(op), ...more }
  })
}

/** What addSaverNodes() takes. */
export function nodeOptionsOf({ options, scope }: SaverGolden) {
  const { maxToKeep = 5, keepCheckpointEveryNHours = 10000, writeVersion, filename, ...rest } = options
  const version = writeVersion === undefined ? 'V2' : 'V1'
  return { ...rest, scope, filename, maxToKeep, keepCheckpointEveryNHours, writeVersion: version } as const
}

function shapeOf(op: Operation): number[] {
  return (shapeFromProto(op.getAttr('shape')?.shape ?? {}) ?? []).map((size) => size ?? 0)
}

/** The nodes that a graph has behind the first `from`, as they are exported with shapes. */
export function nodesFrom(graph: Graph, from: number): GraphDef['node'] {
  return graph.asGraphDef({ addShapes: true }).node.slice(from)
}
