/** Graphs: read, changed and handed back, as messages and as plain objects. */
import { array, evaluate, exportMetaGraph, extractSubGraph, freezeGraph, frozenVariables, Graph } from 'tfsave'
import {
  importGraphDef,
  importMetaGraph,
  loadModel,
  removeTrainingNodes,
  Saver,
  VariableStore,
  writeGraph,
} from 'tfsave'
import type { GraphDef, MetaGraphDef, NDArray, Operation, Tensor } from 'tfsave'

export async function plainObjects(): Promise<GraphDef> {
  const attr = { dtype: { type: 1 }, shape: { shape: { dim: [{ size: 2n }] } } }
  const plain = { node: [{ name: 'v', op: 'VariableV2', attr }] }
  importGraphDef(plain, { name: '' })
  Graph.fromGraphDef(extractSubGraph(plain, ['v']))
  await writeGraph(removeTrainingNodes(plain), 'dir', 'graph.pbtxt')
  const { saver } = await importMetaGraph({ graphDef: plain })
  const store = new VariableStore()
  store.variable(array([1, 2]), { name: 'v' })
  Saver.fromProto(saver?.asSaverDef() ?? { saveTensorName: 'save/control_dependency:0' }, store)
  return freezeGraph({ graphDef: plain }, 'model', ['v'])
}

export async function weights(path: string): Promise<Map<string, NDArray>> {
  const { graph, variables, files } = await loadModel(path, { inputMap: {} })
  const operation: Operation = graph.getOperationByName('x')
  const [output]: readonly (Tensor | undefined)[] = operation.outputs
  const sizes: readonly (number | null)[] | undefined = output?.shape
  const value: NDArray | undefined = output && evaluate(output, { graph, variables })
  const whole: bigint = BigInt(String(operation.getAttr('N')?.i ?? 0))
  const from: string = files.checkpoint ?? `${files.graph} ${sizes?.length} ${value?.dtype} ${whole}`
  return from === '' ? new Map() : frozenVariables(graph)
}

export async function withoutAssertions(message: GraphDef): Promise<MetaGraphDef> {
  const graph = Graph.fromGraphDef({ ...message, node: message.node.filter(({ op }) => op !== 'Assert') })
  return exportMetaGraph({ graph, clearDevices: true })
}
