/** The lines of ops.gen.ts, as scripts/generate-ops.py writes them, without aliases: the twin of op-def-text.ts. */
import { dataTypeString } from '../../src/graph/data-types'
import { ENUMS } from '../../src/proto/gen/descriptors'
import type {
  AttrValue,
  AttrValue_ListValue,
  FullTypeDef,
  OpDef,
  OpDef_ArgDef,
  OpDef_AttrDef,
  TensorProto,
  TensorShapeProto,
} from '../../src/proto/messages'

const FULL_TYPES = new Map(
  (ENUMS.get('tensorflow.FullTypeId') ?? '').split('|').map((pair) => {
    const [name = '', number] = pair.split('=')
    return [Number(number), name.slice('TFT_'.length)]
  }),
)

export function writeOpDef(op: OpDef): string {
  const outputs = op.outputArg.map(writeArg).join(',')
  const parts = [
    `${op.name}(${op.inputArg.map(writeArg).join(',')})${outputs === '' ? '' : `->${outputs}`}`,
    ...op.controlOutput.map((name) => `^${name}`),
    ...op.attr.map(writeAttr),
  ]
  if (op.isCommutative) parts.push('!commutative')
  if (op.isAggregate) parts.push('!aggregate')
  if (op.isStateful) parts.push('!stateful')
  if (op.allowsUninitializedInput) parts.push('!uninitialized')
  if (op.isDistributedCommunication) parts.push('!communication')
  if (op.deprecation) parts.push(`!deprecated ${op.deprecation.version} ${writeText(op.deprecation.explanation)}`)
  return parts.join(' ')
}

function writeArg(arg: OpDef_ArgDef): string {
  const type = arg.typeAttr || arg.typeListAttr || dataTypeString(arg.type)
  const repeated = arg.numberAttr === '' ? type : `${arg.numberAttr}*${type}`
  const full = arg.experimentalFullType ? `~${writeFullType(arg.experimentalFullType)}` : ''
  return `${arg.name}:${arg.isRef ? `Ref(${repeated})` : repeated}${full}`
}

function writeFullType({ typeId, s, args }: FullTypeDef): string {
  const list = args.length === 0 ? '' : `[${args.map(writeFullType).join(',')}]`
  return (FULL_TYPES.get(typeId) ?? '') + (typeof s === 'string' ? writeText(s) : '') + list
}

function writeAttr({ name, type, hasMinimum, minimum, allowedValues, defaultValue }: OpDef_AttrDef): string {
  const kind = type.replace(/^list\((.*)\)$/, '$1')
  const allowed = allowedValues?.list ? `{${writeList(allowedValues.list, kind)}}` : ''
  const value = defaultValue ? `=${writeValue(defaultValue, type)}` : ''
  return `${name}:${type}${hasMinimum ? `>=${minimum}` : ''}${allowed}${value}`
}

function writeValue(value: AttrValue, type: string): string {
  if (value.list) return `[${writeList(value.list, type.slice('list('.length, -1))}]`
  return WRITERS[type]?.(value) ?? ''
}

const WRITERS: { readonly [type: string]: (value: AttrValue) => string } = {
  string: ({ s }) => writeBytes(s ?? new Uint8Array()),
  int: ({ i }) => String(i),
  float: ({ f }) => writeFloat(f ?? 0),
  bool: ({ b }) => String(b),
  type: ({ type }) => dataTypeString(type ?? 0),
  shape: ({ shape }) => writeShape(shape as TensorShapeProto),
  tensor: ({ tensor }) => writeTensor(tensor as TensorProto),
}

function writeList(list: AttrValue_ListValue, kind: string): string {
  const lists: { readonly [kind: string]: string[] } = {
    string: list.s.map(writeBytes),
    int: list.i.map(String),
    float: list.f.map(writeFloat),
    bool: list.b.map(String),
    type: list.type.map(dataTypeString),
    shape: list.shape.map(writeShape),
    tensor: list.tensor.map(writeTensor),
  }
  return (lists[kind] ?? []).join(',')
}

function writeFloat(value: number): string {
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  // The fewest digits that give the same float32.
  let digits = 1
  while (Math.fround(Number(value.toPrecision(digits))) !== value) digits++
  const text = String(Number(value.toPrecision(digits))).replace(/e([+-])(\d)$/, 'e$10$2')
  return Object.is(value, -0) ? '-0' : text
}

function writeShape({ dim, unknownRank }: TensorShapeProto): string {
  return unknownRank ? '?' : `[${dim.map(({ size }) => String(size)).join(',')}]`
}

function writeTensor({ dtype, tensorShape, intVal }: TensorProto): string {
  return `${dataTypeString(dtype)}${writeShape(tensorShape as TensorShapeProto)}{${intVal.join(',')}}`
}

function writeText(text: string): string {
  return writeBytes(new TextEncoder().encode(text))
}

function writeBytes(bytes: Uint8Array): string {
  const characters = Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte)
    if (/[ -~]/.test(character) && !/["%\\`$]/.test(character)) return character
    return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  })
  return `"${characters.join('')}"`
}
