/**
 * The graph of objects that tf.train.Checkpoint writes beside its tensors, read by hand, as far as it names tensors.
 *
 *     TrackableObjectGraph { nodes: 1 repeated TrackableObject }
 *     TrackableObject      { children: 1 repeated ObjectReference, attributes: 2 repeated SerializedTensor,
 *                            slot_variables: 3 repeated SlotVariableReference }
 *     SerializedTensor     { name: 1 string, full_name: 2 string, checkpoint_key: 3 string }
 *
 * Which object is part of which, and which variable an optimizer keeps beside which, is read over: both are tensors with names
 * of their own. TensorFlow: core/protobuf/trackable_object_graph.proto.
 */
import { keyFromBytes } from '../util/bytes'
import { ByteReader, type Place } from '../util/coding'
import { lengthTag, readMessage, skipField } from './wire'

/** The tensors of all objects, in the order of the objects; the first one is the root. */
export type ObjectGraph = readonly ObjectTensor[]

/** A tensor of an object. */
export interface ObjectTensor {
  /** The variable's name in the program that saved it: "dense/kernel". '' where it had none. */
  readonly fullName: string
  /** "model/dense/kernel/.ATTRIBUTES/VARIABLE_VALUE" */
  readonly checkpointKey: string
}

/** @throws {DataLossError} with `place` for bytes that are no such message. */
export function decodeObjectGraph(bytes: Uint8Array, place?: Place): ObjectGraph {
  const tensors: ObjectTensor[] = []
  eachMessage(new ByteReader(bytes, place), 1, (node) => {
    eachMessage(node, 2, (tensor) => {
      let fullName = ''
      let checkpointKey = ''
      while (!tensor.done) {
        const tag = tensor.varint32()
        if (tag === lengthTag(2)) fullName = readText(tensor)
        else if (tag === lengthTag(3)) checkpointKey = readText(tensor)
        else skipField(tensor, tag)
      }
      tensors.push({ fullName, checkpointKey })
    })
  })
  return tensors
}

/** The messages of one field; the other fields are read over. */
function eachMessage(reader: ByteReader, field: number, take: (message: ByteReader) => void): void {
  while (!reader.done) {
    const tag = reader.varint32()
    if (tag === lengthTag(field)) take(readMessage(reader))
    else skipField(reader, tag)
  }
}

function readText(reader: ByteReader): string {
  return keyFromBytes(reader.view(reader.varint32()))
}
