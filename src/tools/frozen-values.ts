/**
 * The values that variables of a graph have in a checkpoint, by the keys that the graph's Saver has for them.
 *
 * TensorFlow: python/tools/freeze_graph.py, python/training/moving_averages.py (variables_to_restore).
 */
import { type CheckpointReader, checkpointInternals } from '../checkpoint/checkpoint-reader'
import { checkBytes } from '../graph/convert-variables'
import { extractSubGraph } from '../graph/extract-sub-graph'
import { Graph, graphInternals } from '../graph/graph'
import { inputNode } from '../graph/graph-util'
import { importGraphDef } from '../graph/import-graph-def'
import { attrOf } from '../graph/operation'
import { shapeFromProto } from '../graph/output-shapes'
import { decodeMessage, type MetaGraphDef, type NodeDef, tensorflow, type VariableDef } from '../proto/messages'
import { dtypeInfo, dtypeInfoByNumber } from '../tensor/dtype'
import { elementCount, type NDArray, type Shape } from '../tensor/ndarray'
import { FailedPreconditionError, InvalidArgumentError, NotFoundError, ValueError } from '../util/errors'
import { restoreValues } from '../train/restore-values'
import { readSaverNodes } from '../train/saver-from-nodes'
import { shapeOfPart, type ShapeAndSlice } from '../train/slice-spec'
import type { SaveItem } from '../train/var-list'

/** Where a variable is in a checkpoint. */
interface Place {
  readonly key: string
  /** undefined where it is all of the tensor. */
  readonly part: ShapeAndSlice | undefined
}

/** What is known beside the variables. */
interface Source {
  /** The prefix, for errors. */
  readonly checkpoint: string
  readonly metaGraphDef?: MetaGraphDef | undefined
  /** The name of the moving average whose values are taken. */
  readonly average?: string | undefined
}

/**
 * The values of `variables`, nodes of a graph, by their names.
 *
 * @throws {ValueError} where all of them have 2 GB or more, before any is read
 * @throws {NotFoundError | InvalidArgumentError} as Saver.restore(); {NotFoundError} where an average is asked for and none is there
 */
export async function readFrozenValues(
  reader: CheckpointReader,
  variables: readonly NodeDef[],
  source: Source,
): Promise<Map<string, NDArray>> {
  const places = placesOf(variables, reader, source)
  const values = new Map<string, NDArray>()
  const items = variables.map((node, at) => itemOf(node, places[at] as Place, { reader, values }))
  const bytes = items.map(({ saveable: { dtype, shape } }) => dtypeInfo(dtype).size * elementCount(shape))
  checkBytes(bytes.reduce((sum, one) => sum + one, 0))
  await restoreValues(reader, items, { reshape: false, ignoreMissing: false, ignoreMismatched: false })
  return values
}

/** Keys that the checkpoint has, and those of variables that it lacks. */
function placesOf(variables: readonly NodeDef[], reader: CheckpointReader, source: Source): Place[] {
  const known = source.metaGraphDef === undefined ? new Map<string, Place>() : savedPlaces(source.metaGraphDef)
  // By raw keys: a reader's own methods take readable names too.
  const { tensors } = checkpointInternals(reader).source
  const raw = variables.map(({ name }) => known.get(name) ?? { key: name, part: undefined })
  checkParts(raw, tensors)
  if (source.average === undefined) return raw
  const { average, checkpoint } = source
  const averages = variables.map(({ name }, at) => {
    const shadow = `${name}/${average}`
    const keys = [shadow, `${raw[at]?.key}/${average}`]
    const places = [known.get(shadow), ...keys.map((key) => ({ key, part: raw[at]?.part }))]
    return places.find((place) => place !== undefined && tensors.has(place.key))
  })
  if (variables.length === 0 || averages.some((place) => place !== undefined)) {
    return raw.map((place, at) => averages[at] ?? place)
  }
  const [first] = variables
  throw new NotFoundError(
    `The checkpoint ${checkpoint} has no moving averages: there is no key such as ${first?.name}/${average}`,
    { path: checkpoint, key: `${first?.name}/${average}` },
  )
}

/** A GraphDef does not say which part of which tensor a variable is; a meta graph does. */
function checkParts(places: readonly Place[], tensors: { has(key: string): boolean }): void {
  const part = places.find(
    ({ key, part: known }) => known === undefined && /\/part_\d+$/.test(key) && !tensors.has(key),
  )
  if (part === undefined) return
  throw new ValueError(
    'Models containing partition variables cannot be converted from checkpoint files. Please pass in a SavedModel using ' +
      `the flag --input_saved_model_dir. ${part.key} is a part: pass the .meta file, which says of which tensor`,
  )
}

/** By the name of the variable: what the Saver of the meta graph says, else what Saver() would do. */
function savedPlaces(metaGraphDef: MetaGraphDef): Map<string, Place> {
  const places = new Map<string, Place>()
  for (const def of variableDefs(metaGraphDef)) {
    const info = def.saveSliceInfoDef
    if (!info) continue
    const [fullShape, offset, shape] = [info.fullShape, info.varOffset, info.varShape].map((sizes) => sizes.map(Number))
    const slice = (shape ?? []).map((length, at) => [offset?.[at] ?? 0, length] as const)
    places.set(inputNode(def.variableName), { key: info.fullName, part: { fullShape: fullShape ?? [], slice } })
  }
  for (const { key, op, part } of saverVariables(metaGraphDef)) places.set(op.name, { key, part })
  return places
}

function variableDefs({ collectionDef }: MetaGraphDef): VariableDef[] {
  const bytes = Object.hasOwn(collectionDef, 'variables') ? collectionDef['variables']?.bytesList?.value : undefined
  return (bytes ?? []).map((one) => decodeMessage<VariableDef>(tensorflow.VariableDef, one, 'VariableDef'))
}

/** Only the Saver's nodes, and what they need, are imported. */
function saverVariables({
  graphDef,
  saverDef,
  metaInfoDef,
}: MetaGraphDef): ReturnType<typeof readSaverNodes>['variables'] {
  if (!saverDef || !graphDef) return []
  const named = new Set([inputNode(saverDef.saveTensorName), inputNode(saverDef.restoreOpName)])
  const present = graphDef.node.filter(({ name }) => named.has(name)).map(({ name }) => name)
  const graph = new Graph()
  graphInternals.addOpDefs(graph, metaInfoDef?.strippedOpList?.op ?? [])
  importGraphDef(extractSubGraph(graphDef, present), { graph, name: '' })
  return readSaverNodes(graph, saverDef).variables
}

/** What takes the value of a variable of the graph. */
function itemOf(
  { name, attr }: NodeDef,
  { key, part }: Place,
  { reader, values }: { readonly reader: CheckpointReader; readonly values: Map<string, NDArray> },
): SaveItem {
  const dtype = dtypeInfoByNumber(attrOf(attr, 'dtype')?.type ?? 0)?.name
  if (dtype === undefined)
    throw new InvalidArgumentError(`The variable ${name} has no dtype that holds values`, { key: name })
  const saveable = {
    dtype,
    shape:
      part === undefined ? (declaredShape(attr) ?? reader.getVariableToShapeMap().get(key) ?? []) : shapeOfPart(part),
    read: (): NDArray => {
      throw new FailedPreconditionError(`Attempting to use uninitialized value ${name}`, { key: name })
    },
    assign: (value: NDArray): unknown => values.set(name, value),
  }
  return part === undefined ? { key, saveable } : { key, saveable, part }
}

/** undefined where the graph leaves a size open. */
function declaredShape(attr: NodeDef['attr']): Shape | undefined {
  const shape = attrOf(attr, 'shape')?.shape
  const sizes = shape ? shapeFromProto(shape) : undefined
  return sizes === undefined || sizes.includes(null) ? undefined : (sizes as Shape)
}
