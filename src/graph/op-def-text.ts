/**
 * One op as a line of ops.gen.ts. Such lines are written by scripts/generate-ops.py only.
 *
 *     Conv2D(input:T,filter:T)->output:T T:type$16 strides:list(int) padding:string{"SAME","VALID"} dilations:list(int)=[1,1,1,1]
 *     SaveV2(prefix:string,tensor_names:string,shape_and_slices:string,tensors:dtypes) dtypes:list(type)>=1 !stateful
 *
 *     <op>      = name "(" <args> ")" [ "->" <args> ] ( " " ( <attr> | "^" control output | "!" <flag> ) )*
 *     <args>    = <arg> ( "," <arg> )*, or nothing
 *     <arg>     = name ":" ( <type> | "Ref(" <type> ")" ) [ "~" <full type> ]
 *     <type>    = [ number_attr "*" ] ( type_attr | type_list_attr | dtype )   an attr's name goes before a dtype's
 *     <attr>    = name ":" kind [ ">=" minimum ] [ <allowed> ] [ "=" <value> ]      kind: "int", "list(int)", ...
 *     <allowed> = "{" <value> ( "," <value> )* "}" | alias of such a list, "$0"
 *     <value>   = "true" | 5 | 0.5 | "-inf" | <string> | dtype | <shape> | <tensor> | "[" <value>,... "]" for list(...)
 *     <shape>   = "?" | "[" size,... "]"
 *     <tensor>  = dtype <shape> "{" int_val,... "}"
 *     <full>    = name of FullTypeId without TFT_ [ <string> ] [ "[" <full>,... "]" ]
 *     <flag>    = "commutative" | "aggregate" | "stateful" | "uninitialized" | "communication"
 *               | "deprecated " version " " <string>
 *     <string>  = '"' printable ASCII, other bytes as %XX '"'
 *
 * TensorFlow: core/framework/op_def.proto.
 */
import { type OpDef, type OpDef_ArgDef, type OpDef_AttrDef, tensorflow } from '../proto/messages'
import type { AttrValue, AttrValue_ListValue, FullTypeDef, TensorProto, TensorShapeProto } from '../proto/messages'
import { toLong } from '../proto/message-values'
import { dataTypeNumber, fullTypeNumber } from './data-types'
import { OpDefCursor } from './op-def-cursor'

/**
 * Reads the op that `text` begins with at `start`.
 *
 * Fields that are not set are left to the prototype, so that the message is written as TensorFlow writes it.
 *
 * @param end where the line ends
 * @param shared the list of allowed values that an alias stands for
 * @throws {InternalError} for a line that does not follow the grammar
 */
export function parseOpDef(text: string, start: number, end: number, shared: (alias: string) => string): OpDef {
  return new OpDefParser(new OpDefCursor(text, start, end), shared).op()
}

/** Kind of an attribute → the field of AttrValue, and of AttrValue.ListValue, that holds it. */
const FIELDS = /* @__PURE__ */ new Map<string, keyof AttrValue_ListValue & keyof AttrValue>([
  ['string', 's'],
  ['int', 'i'],
  ['float', 'f'],
  ['bool', 'b'],
  ['type', 'type'],
  ['shape', 'shape'],
  ['tensor', 'tensor'],
  ['func', 'func'],
])

const FLAGS = /* @__PURE__ */ new Map<string, keyof OpDef>([
  ['commutative', 'isCommutative'],
  ['aggregate', 'isAggregate'],
  ['stateful', 'isStateful'],
  ['uninitialized', 'allowsUninitializedInput'],
  ['communication', 'isDistributedCommunication'],
])

class OpDefParser {
  readonly #cursor: OpDefCursor
  readonly #shared: (alias: string) => string

  constructor(cursor: OpDefCursor, shared: (alias: string) => string) {
    this.#cursor = cursor
    this.#shared = shared
  }

  op(): OpDef {
    const cursor = this.#cursor
    const op = new tensorflow.OpDef({ name: cursor.take(/[\w>]+/y) })
    cursor.expect('(')
    // What an arg's type is, its attrs tell, and those stand behind.
    const inputs = cursor.has(')') ? [] : this.#listOf(() => this.#arg(), ')')
    const outputs = cursor.has('->') ? this.#listOf(() => this.#arg()) : []
    while (!cursor.done) this.#part(op)
    const kinds = new Map(op.attr.map((attr) => [attr.name, attr.type]))
    op.inputArg = inputs.map((arg) => this.#argDef(arg, kinds))
    op.outputArg = outputs.map((arg) => this.#argDef(arg, kinds))
    return op
  }

  /** One of those that stand behind blanks. */
  #part(op: OpDef): void {
    const cursor = this.#cursor
    cursor.expect(' ')
    if (cursor.has('^')) op.controlOutput.push(cursor.take(/\w+/y))
    else if (cursor.has('!')) this.#flag(op)
    else op.attr.push(this.#attr())
  }

  #flag(op: OpDef): void {
    const cursor = this.#cursor
    const word = cursor.take(/\w+/y)
    const property = FLAGS.get(word)
    if (property !== undefined) {
      Object.assign(op, { [property]: true })
      return
    }
    if (word !== 'deprecated') throw cursor.error(`no flag is called ${word}`)
    cursor.expect(' ')
    const version = Number(cursor.take(/\d+/y))
    cursor.expect(' ')
    op.deprecation = new tensorflow.OpDeprecation({ version, explanation: this.#text() })
  }

  #arg(): ArgText {
    const cursor = this.#cursor
    const name = cursor.take(/\w+/y)
    cursor.expect(':')
    const isRef = cursor.has('Ref(')
    const first = cursor.take(/\w+/y)
    const repeated = cursor.has('*')
    const type = repeated ? cursor.take(/\w+/y) : first
    if (isRef) cursor.expect(')')
    const fullType = cursor.has('~') ? this.#fullType() : undefined
    return { name, isRef, numberAttr: repeated ? first : undefined, type, fullType }
  }

  #argDef({ name, isRef, numberAttr, type, fullType }: ArgText, kinds: ReadonlyMap<string, string>): OpDef_ArgDef {
    return new tensorflow.OpDef.ArgDef({
      name,
      ...this.#typeField(type, kinds.get(type)),
      ...(numberAttr !== undefined && { numberAttr }),
      ...(isRef && { isRef }),
      ...(fullType !== undefined && { experimentalFullType: fullType }),
    })
  }

  #typeField(type: string, kind: string | undefined): object {
    if (kind === 'type') return { typeAttr: type }
    if (kind === 'list(type)') return { typeListAttr: type }
    if (kind !== undefined) throw this.#cursor.error(`an argument's type is ${type}, which is of kind ${kind}`)
    return { type: this.#dtypeOf(type) }
  }

  #attr(): OpDef_AttrDef {
    const cursor = this.#cursor
    const name = cursor.take(/\w+/y)
    cursor.expect(':')
    const type = cursor.take(/list\(\w+\)|\w+/y)
    const attr = new tensorflow.OpDef.AttrDef({ name, type })
    if (cursor.has('>=')) this.#minimum(attr)
    if (cursor.at('{') || cursor.at('$')) attr.allowedValues = this.#allowedValues(type)
    if (cursor.has('=')) attr.defaultValue = this.#attrValue(type)
    return attr
  }

  #minimum(attr: OpDef_AttrDef): void {
    const minimum = this.#cursor.take(/-?\d+/y)
    attr.hasMinimum = true
    if (minimum !== '0') attr.minimum = toLong(minimum)
  }

  #allowedValues(type: string): AttrValue {
    if (this.#cursor.at('$')) {
      const text = this.#shared(this.#cursor.take(/\$\d+/y))
      return new OpDefParser(new OpDefCursor(text, 0, text.length), this.#shared).#allowedValues(type)
    }
    this.#cursor.expect('{')
    return new tensorflow.AttrValue({ list: this.#listValue(elementKind(type) ?? type, '}') })
  }

  #attrValue(type: string): AttrValue {
    const element = elementKind(type)
    if (element === undefined) return new tensorflow.AttrValue({ [this.#fieldOf(type)]: this.#value(type) })
    this.#cursor.expect('[')
    return new tensorflow.AttrValue({ list: this.#listValue(element, ']') })
  }

  #listValue(kind: string, close: string): AttrValue_ListValue {
    const values = this.#cursor.has(close) ? [] : this.#listOf(() => this.#value(kind), close)
    return new tensorflow.AttrValue.ListValue({ [this.#fieldOf(kind)]: values })
  }

  #fieldOf(kind: string): string {
    const field = FIELDS.get(kind)
    if (field === undefined) throw this.#cursor.error(`no attribute is of kind ${kind}`)
    return field
  }

  #value(kind: string): unknown {
    const cursor = this.#cursor
    if (kind === 'string') return this.#bytes()
    if (kind === 'int') return toLong(cursor.take(/-?\d+/y))
    if (kind === 'float') return this.#float()
    if (kind === 'bool') return cursor.take(/true|false/y) === 'true'
    if (kind === 'type') return this.#dtypeOf(cursor.take(/\w+/y))
    if (kind === 'shape') return this.#shape()
    if (kind === 'tensor') return this.#tensor()
    throw cursor.error(`no value of kind ${kind} can stand here`)
  }

  #float(): number {
    const text = this.#cursor.take(/-?(?:inf|\d+(?:\.\d+)?(?:e[+-]\d+)?)/y)
    return Math.fround(Number(text.replace('inf', 'Infinity')))
  }

  #shape(): TensorShapeProto {
    const cursor = this.#cursor
    if (cursor.has('?')) return new tensorflow.TensorShapeProto({ unknownRank: true })
    cursor.expect('[')
    const sizes = cursor.has(']') ? [] : this.#listOf(() => toLong(cursor.take(/-?\d+/y)), ']')
    return new tensorflow.TensorShapeProto({ dim: sizes.map((size) => new tensorflow.TensorShapeProto.Dim({ size })) })
  }

  #tensor(): TensorProto {
    const cursor = this.#cursor
    const dtype = this.#dtypeOf(cursor.take(/\w+/y))
    const tensorShape = this.#shape()
    cursor.expect('{')
    const intVal = cursor.has('}') ? [] : this.#listOf(() => Number(cursor.take(/-?\d+/y)), '}')
    return new tensorflow.TensorProto({ dtype, tensorShape, intVal })
  }

  #fullType(): FullTypeDef {
    const cursor = this.#cursor
    const name = cursor.take(/\w+/y)
    const typeId = fullTypeNumber(name)
    if (typeId === undefined) throw cursor.error(`no full type is called ${name}`)
    const s = cursor.at('"') ? this.#text() : undefined
    const args = cursor.has('[') ? this.#listOf(() => this.#fullType(), ']') : []
    return new tensorflow.FullTypeDef({ typeId, args, ...(s !== undefined && { s }) })
  }

  #dtypeOf(word: string): number {
    const number = dataTypeNumber(word)
    if (number === undefined) throw this.#cursor.error(`no dtype is called ${word}`)
    return number
  }

  #text(): string {
    return new TextDecoder().decode(this.#bytes())
  }

  #bytes(): Uint8Array {
    const body = this.#cursor.take(/"(?:[^"%]|%[\dA-F]{2})*"/y).slice(1, -1)
    const characters = body.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    return Uint8Array.from(characters, (character) => character.charCodeAt(0))
  }

  /** Items with commas between them, at least one, and what closes the list. */
  #listOf<T>(item: () => T, close?: string): T[] {
    const items = [item()]
    while (this.#cursor.has(',')) items.push(item())
    if (close !== undefined) this.#cursor.expect(close)
    return items
  }
}

/** An argument as it stands in the line. */
interface ArgText {
  readonly name: string
  readonly isRef: boolean
  readonly numberAttr: string | undefined
  readonly type: string
  readonly fullType: FullTypeDef | undefined
}

/** "int" of "list(int)"; undefined for what is no list. */
function elementKind(type: string): string | undefined {
  return type.startsWith('list(') ? type.slice('list('.length, -1) : undefined
}
