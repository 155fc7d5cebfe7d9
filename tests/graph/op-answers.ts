/** Attributes that satisfy an op, by the rules of tests/oracle/make_ops_golden.py. */
import { findOp } from '../../src/graph/op-registry'
import { type AttrValue, type OpDef, type OpDef_AttrDef, tensorflow } from '../../src/proto/messages'

const DT_FLOAT = 1
const DT_INT32 = 3
const DT_INT64 = 9

export function someOp(name: string): OpDef {
  const op = findOp(name)
  if (op === undefined) throw new Error(`no op ${name}`)
  return op
}

export function plainAttrs(op: OpDef): { [name: string]: AttrValue } {
  return Object.fromEntries(op.attr.map((attr) => [attr.name, new tensorflow.AttrValue(plainAttr(attr))]))
}

function plainAttr({ type, minimum, allowedValues }: OpDef_AttrDef): object {
  const least = Number(minimum)
  const types = allowedValues?.list?.type ?? []
  const [text = new Uint8Array()] = allowedValues?.list?.s ?? []
  if (type === 'list(type)') {
    const choices = types.length > 0 ? types : [DT_FLOAT, DT_INT32]
    return {
      list: new tensorflow.AttrValue.ListValue({
        type: repeat(Math.max(least, 3), (at) => choices[at % choices.length]),
      }),
    }
  }
  if (type === 'list(string)') return { list: new tensorflow.AttrValue.ListValue({ s: repeat(least, () => text) }) }
  if (type === 'list(int)') return { list: new tensorflow.AttrValue.ListValue({ i: repeat(least, () => 0) }) }
  if (type.startsWith('list(')) return { list: new tensorflow.AttrValue.ListValue() }
  if (type === 'type') return { type: types[0] ?? DT_INT64 }
  return type === 'int' ? { i: Math.max(least, 2) } : { s: text }
}

function repeat<T>(count: number, item: (at: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => item(at))
}
