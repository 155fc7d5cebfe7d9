/**
 * The nodes that a Saver is in a graph: those that write a checkpoint, those that read one, and the SaverDef that names
 * the three by which they are run.
 *
 *     save/filename/input → save/filename → save/Const        fed with the prefix
 *     save/SaveV2 ← names, slices, variables                  save/control_dependency: the save tensor
 *     save/RestoreV2 → save/Assign, save/Assign_1, …          save/restore_all: the restore op
 *
 * Names, attributes, devices and order are TensorFlow's: python/training/saver.py (BaseSaverBuilder, BulkSaverBuilder),
 * python/training/saving/saveable_object_util.py.
 */
import type { Graph, Operation, Tensor } from '../graph/graph'
import { type ISaverDef, type SaverDef, tensorflow } from '../proto/messages'
import type { Shape } from '../tensor/ndarray'
import { compareKeys } from '../util/bytes'
import { canonicalDevice } from '../variables/device'
import { cpuBeside } from './devices'
import { type ItemNodes, nodesOfItem, type SaverNodeItem } from './item-nodes'
import { groupBy, outputOf, ScopedNodes, STRING } from './scoped-nodes'
import { inShards } from './shards'
import { formatSliceSpec, shapeOfPart } from './slice-spec'

export type { SaverNodeItem } from './item-nodes'

/** How a Saver is built. */
export interface SaverNodeOptions {
  /** What is in front of every name: "save/", as a name scope gives it; '' is the root. */
  readonly scope: string
  /** What the prefix is where nothing is fed. Default "model". */
  readonly filename?: string | undefined
  /** Reads values into variables of another shape. Default false. */
  readonly reshape?: boolean
  /** One file for each device. Default false. */
  readonly sharded?: boolean
  /** Where `sharded`: the file of each item, from 0 and without gaps. Default: by device. */
  readonly shards?: readonly number[] | undefined
  /** Default 'V2'. */
  readonly writeVersion?: 'V1' | 'V2'
  /** For the SaverDef; null is 0. */
  readonly maxToKeep: number | null
  /** For the SaverDef, which holds it as float32. */
  readonly keepCheckpointEveryNHours: number
}

/** SaverDef.CheckpointFormatVersion in saver.proto. */
export const SAVER_VERSIONS = { V1: 1, V2: 2 } as const

/** What the parts of a Saver share while it is built. */
interface Build {
  readonly nodes: ScopedNodes
  readonly filename: Tensor
  readonly version: 'V1' | 'V2'
  readonly reshape: boolean
}

/**
 * Adds the nodes of a Saver to `graph`.
 *
 * @param items in the order in which they are saved: by key. Not empty.
 * @throws {ValueError} for a device whose name is none
 */
export function addSaverNodes(graph: Graph, items: readonly SaverNodeItem[], options: SaverNodeOptions): SaverDef {
  const { scope, writeVersion: version = 'V2', reshape = false, sharded = false } = options
  const nodes = new ScopedNodes(graph, scope)
  const build: Build = { nodes, filename: addFilename(nodes, options.filename || 'model'), version, reshape }
  const specs = items.map((item) => nodesOfItem(nodes, item))
  const saved = sharded ? addSharded(build, groupsOf(specs, options.shards)) : addPlain(build, specs)
  return saverDefOf({
    filenameTensorName: build.filename.name,
    saveTensorName: saved.save.name,
    restoreOpName: saved.restore.name,
    maxToKeep: options.maxToKeep ?? 0,
    sharded,
    keepCheckpointEveryNHours: Math.fround(options.keepCheckpointEveryNHours),
    version: SAVER_VERSIONS[version],
  })
}

/** A SaverDef of the static code's class. */
export function saverDefOf(fields: ISaverDef): SaverDef {
  return new tensorflow.SaverDef(fields)
}

interface Saved {
  readonly save: Tensor
  readonly restore: Operation
}

function addFilename(nodes: ScopedNodes, filename: string): Tensor {
  const attr = { dtype: { type: STRING }, shape: { shape: {} } }
  const name = nodes.take('filename')
  const inputs = [nodes.string(`${name}/input`, filename, '')]
  const given = outputOf(nodes.add(name, 'PlaceholderWithDefault', { inputs, attr, shapes: [[]] }))
  // Its name is that of the constant that it was once.
  return outputOf(
    nodes.add(nodes.take('Const'), 'PlaceholderWithDefault', { inputs: [given], attr: { ...attr }, shapes: [[]] }),
  )
}

function addPlain(build: Build, specs: readonly ItemNodes[]): Saved {
  const save = build.nodes.after(addSave(build, specs, build.filename, ''), build.filename)
  return { save, restore: addRestore(build, specs, { device: '', name: 'restore_all' }) }
}

/** SaveV2, or SaveSlices for V1. */
function addSave(build: Build, specs: readonly ItemNodes[], prefix: Tensor, device: string): Operation {
  const { nodes, version } = build
  const tensors = specs.map((spec) => spec.read(device))
  const types = { list: { type: specs.map(({ dtype }) => dtype) } }
  const name = nodes.take(version === 'V1' ? 'save' : 'SaveV2')
  const slices = version === 'V1' ? 'shapes_and_slices' : 'shape_and_slices'
  const inputs = [prefix, ...namesAndSlices(nodes, specs, { name, slices, device }), ...tensors]
  return version === 'V1'
    ? nodes.addAwaited(name, 'SaveSlices', { inputs, device, attr: { T: types } })
    : nodes.addAwaited(name, 'SaveV2', { inputs, device, attr: { dtypes: types } })
}

function namesAndSlices(
  nodes: ScopedNodes,
  specs: readonly ItemNodes[],
  { name, slices, device }: { name: string; slices: string; device: string },
): Tensor[] {
  const keys = specs.map(({ item }) => item.key)
  const texts = specs.map(({ item }) => (item.part === undefined ? '' : formatSliceSpec(item.part)))
  return [nodes.strings(`${name}/tensor_names`, keys, device), nodes.strings(`${name}/${slices}`, texts, device)]
}

/** One RestoreV2 for all, whichever version is written, and what puts its outputs into the variables. */
function addRestore(
  build: Build,
  specs: readonly ItemNodes[],
  { device, name: group }: { device: string; name: 'restore_all' | 'restore_shard' },
): Operation {
  const { nodes, filename, reshape } = build
  const cpu = cpuBeside(device)
  const name = nodes.take('RestoreV2')
  const inputs = [filename, ...namesAndSlices(nodes, specs, { name, slices: 'shape_and_slices', device: cpu })]
  const attr = { dtypes: { list: { type: specs.map(({ dtype }) => dtype) } } }
  const shapes = specs.map(({ item }) => (item.part === undefined ? undefined : shapeOfPart(item.part)))
  const restored = nodes.add(name, 'RestoreV2', { inputs, device: cpu, attr, shapes })
  const { outputs } = restored
  const assigned = specs.map((spec, at) => {
    const shape: Shape | undefined = shapes[at]
    return spec.assign({ tensor: outputs[at] as Tensor, shape }, { reshape, device })
  })
  return nodes.group(group, assigned, { awaited: group === 'restore_shard' })
}

function addSharded(build: Build, groups: Groups): Saved {
  const save = build.version === 'V1' ? addShardedSaveV1(build, groups) : addShardedSaveV2(build, groups)
  const restored = groups.map(([device, group]) => addRestore(build, group, { device, name: 'restore_shard' }))
  return { save, restore: build.nodes.group('restore_all', restored) }
}

type Groups = readonly (readonly [device: string, specs: readonly ItemNodes[]])[]

/** One file for each device, in the order of the devices' names; or as it was told, beside a device that all of a file are on. */
function groupsOf(specs: readonly ItemNodes[], shards: readonly number[] | undefined): Groups {
  const deviceOf = ({ item }: ItemNodes): string => canonicalDevice(item.op.device)
  if (shards === undefined) return [...groupBy(specs, deviceOf)].sort(([a], [b]) => compareKeys(a, b))
  return inShards(specs, shards).map((group) => {
    const devices = new Set(group.map(deviceOf))
    const [device = ''] = devices
    return [devices.size === 1 ? device : '', group]
  })
}

/** Files of their own, P-00000-of-00002 and so on; what is given back is a pattern that finds them all. */
function addShardedSaveV1(build: Build, groups: Groups): Tensor {
  const { nodes, filename } = build
  const count = nodes.number(nodes.fullName('num_shards'), groups.length, '')
  const done = groups.map(([device, specs], shard) => {
    const name = addShardedFilename(nodes, [filename, count], { shard, device })
    return nodes.after(addSave(build, specs, name, device), name, { awaited: true }).op
  })
  const options = { inputs: [filename, count], controls: done, shapes: [[]] }
  return outputOf(nodes.add(nodes.take('ShardedFilespec'), 'ShardedFilespec', options))
}

/** Checkpoints below P_temp, which are merged into one. */
function addShardedSaveV2(build: Build, groups: Groups): Tensor {
  const { nodes, filename } = build
  const temporary = addTemporaryPrefix(nodes, filename)
  const count = nodes.number(nodes.fullName('num_shards'), groups.length, '')
  const names: Tensor[] = []
  const done = groups.map(([device, specs], shard) => {
    const cpu = cpuBeside(device)
    const name = addShardedFilename(nodes, [temporary, count], { shard, device: cpu })
    names.push(name)
    return nodes.after(addSave(build, specs, name, cpu), name, { awaited: true }).op
  })
  // Beside the last group.
  const [device] = groups.at(-1) ?? ['']
  const merged = addMerge(build, names, { done, device: cpuBeside(device) })
  const options = { inputs: [filename], controls: [merged, ...done], device: cpuBeside(device), shapes: [[]] }
  return outputOf(nodes.add(nodes.take('Identity'), 'Identity', { ...options, attr: { T: { type: STRING } } }))
}

/** "P_temp/part", or "P.part" where there is no renaming. */
function addTemporaryPrefix(nodes: ScopedNodes, filename: Tensor): Tensor {
  const device = '/device:CPU:*'
  const isS3 = nodes.add(nodes.take('StaticRegexFullMatch'), 'StaticRegexFullMatch', {
    inputs: [filename],
    device,
    attr: { pattern: { s: new TextEncoder().encode('^s3://.*') } },
    shapes: [[]],
  })
  const suffixes = ['.part', '_temp/part'].map((text) => nodes.string(nodes.fullName('Const'), text, device))
  const chosen = nodes.add(nodes.take('Select'), 'Select', {
    inputs: [outputOf(isS3), ...suffixes],
    device,
    attr: { T: { type: STRING } },
    shapes: [[]],
  })
  const attr = { N: { i: 2 }, separator: { s: new Uint8Array(0) } }
  const inputs = [filename, outputOf(chosen)]
  return outputOf(nodes.add(nodes.take('StringJoin'), 'StringJoin', { inputs, device, attr, shapes: [[]] }))
}

function addShardedFilename(
  nodes: ScopedNodes,
  [prefix, count]: readonly [Tensor, Tensor],
  { shard, device }: { shard: number; device: string },
): Tensor {
  const name = nodes.take('ShardedFilename')
  const inputs = [prefix, nodes.number(`${name}/shard`, shard, device), count]
  return outputOf(nodes.add(name, 'ShardedFilename', { inputs, device, shapes: [[]] }))
}

function addMerge(
  { nodes, filename }: Build,
  names: readonly Tensor[],
  { done, device }: { done: readonly Operation[]; device: string },
): Operation {
  const name = nodes.take('MergeV2Checkpoints')
  const prefixes = nodes.add(nodes.takeFull(`${name}/checkpoint_prefixes`), 'Pack', {
    inputs: names,
    controls: done,
    device,
    attr: { N: { i: names.length }, T: { type: STRING }, axis: { i: 0 } },
    shapes: [[names.length]],
  })
  const attr = { allow_missing_files: { b: false }, delete_old_dirs: { b: true } }
  return nodes.addAwaited(name, 'MergeV2Checkpoints', { inputs: [outputOf(prefixes), filename], device, attr })
}
