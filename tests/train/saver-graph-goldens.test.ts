/**
 * The nodes that a Saver over variables makes, in a graph that TensorFlow made, against those that TensorFlow's Saver makes of
 * the same variables: parts, devices and shards as the Saver found them out by itself.
 */
import { expect, test } from 'vitest'
import { printMessage } from '../../src/proto/message-text'
import type { NodeDef } from '../../src/proto/messages'
import { dtypeInfoByNumber } from '../../src/tensor/dtype'
import { zeros } from '../../src/tensor/convert'
import { Saver } from '../../src/train/saver'
import { type SaveableLike, type VarList } from '../../src/train/var-list'
import { setSaveSliceInfo, type Variable } from '../../src/variables/variable'
import { VariableStore } from '../../src/variables/variable-store'
import {
  graphBefore,
  itemsIn,
  nodeOptionsOf,
  nodesFrom,
  type SaverGolden,
  SAVER_GOLDENS,
} from '../helpers/saver-goldens'

const text = (nodes: readonly NodeDef[]): string[] => nodes.map((node) => printMessage('tensorflow.NodeDef', node))

/** Variables of the golden's names, and what the Saver was given of them: parts under one key as a list. */
function varListOf(golden: SaverGolden, graph: ReturnType<typeof graphBefore>): Map<string, SaveableLike> {
  const store = new VariableStore()
  const list = new Map<string, SaveableLike>()
  itemsIn(graph, golden).forEach(({ key, op, shape, part }, at) => {
    const dtype = dtypeInfoByNumber(op.getAttr('dtype')?.type ?? 0)?.name ?? 'float32'
    const useResource = op.type === 'VarHandleOp'
    const variable = store.variable(zeros(shape, dtype), { name: `${op.name}/`, device: op.device, useResource })
    if (part !== undefined)
      setSaveSliceInfo(variable as Variable, { fullName: golden.items[at]?.[2]?.[0] ?? '', ...part })
    const others = list.get(key)
    if (part === undefined) list.set(key, variable as Variable)
    else list.set(key, [...(Array.isArray(others) ? (others as Variable[]) : []), variable as Variable])
  })
  return list
}

/** What TensorFlow was given: a map, or all variables, in whatever order they are. */
function givenOf(golden: SaverGolden, graph: ReturnType<typeof graphBefore>): VarList {
  const map = varListOf(golden, graph)
  return golden.name === 'parts_of_a_list' ? ([...map.values()].flat() as Variable[]).reverse() : map
}

test.each(SAVER_GOLDENS.map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
  const graph = graphBefore(golden)
  const { scope, ...options } = nodeOptionsOf(golden)
  const { filename, ...more } = options
  const named = filename === undefined ? {} : { filename }
  const saver = new Saver(givenOf(golden, graph), { ...more, ...named, graph, name: scope })
  const saverDef = saver.asSaverDef()
  expect(text(nodesFrom(graph, golden.before.node.length))).toEqual(text(golden.added.node))
  expect(printMessage('tensorflow.SaverDef', saverDef)).toBe(printMessage('tensorflow.SaverDef', golden.saverDef))
})
