/*! tfsave, Apache-2.0: see NOTICE */
/**
 * tfsave/formats: other people's weight files, read and written: npy and npz, safetensors, and pickles of numpy arrays.
 *
 * "file" is a path, read through `fs` (the disk in Node by default), or the bytes. Tensors are [name, value] pairs out of
 * any Iterable or AsyncIterable: a Map, frozenVariables(graph), or what CheckpointReader.tensors() streams.
 */

export { encodeNpy, parseNpy } from './formats/npy'
export { encodeNpz, readNpz, writeNpz } from './formats/npz'
export type { NpzEncodeOptions, NpzReadOptions, NpzWriteOptions } from './formats/npz'
export { encodeSafetensors, readSafetensors, readSafetensorsHeader, writeSafetensors } from './formats/safetensors'
export type { SafetensorsEncodeOptions, SafetensorsWriteOptions } from './formats/safetensors'
export type { SafetensorsEntry, SafetensorsHeader } from './formats/safetensors-header'
export { encodePickle, readPickle, writePickle } from './formats/pickle'
export type { PickleEncodeOptions, PickleWriteOptions } from './formats/pickle'
export type { PickleProtocol } from './formats/pickle-output'
export type { NamedTensors, WeightFile } from './formats/weight-file'
export type { Bfloat16Options } from './formats/written-value'
export type { ReadOptions, WriteOptions } from './fs/file-system'
export type { DType, DTypeMap } from './tensor/dtype'
export type { NDArray, Shape } from './tensor/ndarray'
