/**
 * Attributes that a node leaves out because the op has a default for them.
 *
 * TensorFlow: core/framework/node_def_util.cc (AddDefaultsToNodeDef), python/framework/importer.py (_SetDefaultAttrValues).
 */
import type { AttrValue, IAttrValue, OpDef } from '../proto/messages'
import { type AttrMap, setAttr } from './attr-map'

/** By op: its attributes that have defaults. Built once for each op. */
const defaultsByOp = new WeakMap<OpDef, readonly (readonly [name: string, value: AttrValue])[]>()

/** Adds what is missing to `attr`: left out, or there without a value. The defaults are shared messages. */
export function fillDefaults(attr: AttrMap, opDef: OpDef): void {
  for (const [name, value] of defaultsOf(opDef)) {
    const own = Object.hasOwn(attr, name) ? attr[name] : undefined
    if (own === undefined || !hasValue(own)) setAttr(attr, name, value)
  }
}

function defaultsOf(opDef: OpDef): readonly (readonly [string, AttrValue])[] {
  const known = defaultsByOp.get(opDef)
  if (known !== undefined) return known
  const defaults = opDef.attr.flatMap(({ name, defaultValue }) => (defaultValue ? [[name, defaultValue] as const] : []))
  defaultsByOp.set(opDef, defaults)
  return defaults
}

/** Whether one of the members of `value` is set. */
export function hasValue({ s, i, f, b, type, shape, tensor, list, func, placeholder }: IAttrValue): boolean {
  return (s ?? i ?? f ?? b ?? type ?? shape ?? tensor ?? list ?? func ?? placeholder ?? undefined) !== undefined
}
