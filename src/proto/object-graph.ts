/**
 * The graph of objects that tf.train.Checkpoint writes beside its tensors, read by hand.
 *
 *     TrackableObjectGraph { nodes: 1 repeated TrackableObject }
 *     TrackableObject      { children: 1 repeated ObjectReference, attributes: 2 repeated SerializedTensor,
 *                            slot_variables: 3 repeated SlotVariableReference }
 *     ObjectReference      { node_id: 1 int32, local_name: 2 string }
 *     SerializedTensor     { name: 1 string, full_name: 2 string, checkpoint_key: 3 string }
 *     SlotVariableReference { original_variable_node_id: 1 int32, slot_name: 2 string, slot_variable_node_id: 3 int32 }
 *
 * TensorFlow: core/protobuf/trackable_object_graph.proto.
 */
import { keyFromBytes } from '../util/bytes'
import { ByteReader, type Place } from '../util/coding'
import { lengthTag, readMessage, skipField, varintTag } from './wire'

/** The objects of a checkpoint; the first one is the root. */
export interface ObjectGraph {
  readonly nodes: readonly ObjectNode[]
}

/** One object. */
export interface ObjectNode {
  /** Its parts: the indices of their nodes, and the names that they have in it. */
  readonly children: readonly { readonly nodeId: number; readonly localName: string }[]
  readonly attributes: readonly ObjectAttribute[]
  /** Of an optimizer: what it keeps beside a variable. */
  readonly slotVariables: readonly SlotVariable[]
}

/** A tensor of an object. */
export interface ObjectAttribute {
  /** "VARIABLE_VALUE" */
  readonly name: string
  /** The variable's name in the program that saved it: "dense/kernel". '' where it had none. */
  readonly fullName: string
  /** "model/dense/kernel/.ATTRIBUTES/VARIABLE_VALUE" */
  readonly checkpointKey: string
}

/** A variable that an optimizer keeps beside another one, "m" beside a weight. */
export interface SlotVariable {
  readonly originalNodeId: number
  readonly slotName: string
  readonly slotNodeId: number
}

/** @throws {DataLossError} with `place` for bytes that are no such message. */
export function decodeObjectGraph(bytes: Uint8Array, place?: Place): ObjectGraph {
  const reader = new ByteReader(bytes, place)
  const nodes: ObjectNode[] = []
  while (!reader.done) {
    const tag = reader.varint32()
    if (tag === lengthTag(1)) nodes.push(decodeNode(readMessage(reader)))
    else skipField(reader, tag)
  }
  return { nodes }
}

function decodeNode(reader: ByteReader): ObjectNode {
  const node = { children: [] as ObjectNode['children'][number][], attributes: [] as ObjectAttribute[] }
  const slotVariables: SlotVariable[] = []
  while (!reader.done) {
    const tag = reader.varint32()
    if (tag === lengthTag(1)) {
      const { numbers, texts } = decodeFields(readMessage(reader))
      node.children.push({ nodeId: numbers[1] ?? 0, localName: texts[2] ?? '' })
    } else if (tag === lengthTag(2)) {
      const { texts } = decodeFields(readMessage(reader))
      node.attributes.push({ name: texts[1] ?? '', fullName: texts[2] ?? '', checkpointKey: texts[3] ?? '' })
    } else if (tag === lengthTag(3)) {
      const { numbers, texts } = decodeFields(readMessage(reader))
      slotVariables.push({ originalNodeId: numbers[1] ?? 0, slotName: texts[2] ?? '', slotNodeId: numbers[3] ?? 0 })
    } else skipField(reader, tag)
  }
  return { ...node, slotVariables }
}

/** The fields 1 to 3 of a message that has nothing but numbers and texts, by their numbers. */
function decodeFields(reader: ByteReader): { numbers: (number | undefined)[]; texts: (string | undefined)[] } {
  const numbers: (number | undefined)[] = []
  const texts: (string | undefined)[] = []
  while (!reader.done) {
    const tag = reader.varint32()
    const field = tag >>> 3
    if (field <= 3 && tag === varintTag(field)) numbers[field] = reader.varint64()
    else if (field <= 3 && tag === lengthTag(field)) texts[field] = readText(reader)
    else skipField(reader, tag)
  }
  return { numbers, texts }
}

function readText(reader: ByteReader): string {
  return keyFromBytes(reader.view(reader.varint32()))
}
