/**
 * The nodes of a Saver against those that TensorFlow makes, byte for byte.
 */
import { describe, expect, test } from 'vitest'
import { encodeMessage, type NodeDef, type SaverDef, tensorflow } from '../../src/proto/messages'
import { printMessage } from '../../src/proto/message-text'
import { addSaverNodes } from '../../src/train/saver-nodes'
import { graphBefore, itemsIn, nodeOptionsOf, nodesFrom, SAVER_GOLDENS } from '../helpers/saver-goldens'

const text = (nodes: readonly NodeDef[]): string[] => nodes.map((node) => printMessage('tensorflow.NodeDef', node))
const hex = (nodes: readonly NodeDef[]): string[] =>
  nodes.map((node) => Buffer.from(encodeMessage(tensorflow.NodeDef, node, 'NodeDef')).toString('hex'))

describe('addSaverNodes() makes the nodes that TensorFlow makes', () => {
  test.each(SAVER_GOLDENS.map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
    const graph = graphBefore(golden)
    const saverDef = addSaverNodes(graph, itemsIn(graph, golden), nodeOptionsOf(golden))
    const nodes = nodesFrom(graph, golden.before.node.length)
    expect(text(nodes)).toEqual(text(golden.added.node))
    expect(hex(nodes)).toEqual(hex(golden.added.node))
    expect(printMessage('tensorflow.SaverDef', saverDef)).toBe(printMessage('tensorflow.SaverDef', golden.saverDef))
    const encode = (def: SaverDef): string =>
      Buffer.from(encodeMessage(tensorflow.SaverDef, def, 'SaverDef')).toString('hex')
    expect(encode(saverDef)).toBe(encode(golden.saverDef))
  })
})
