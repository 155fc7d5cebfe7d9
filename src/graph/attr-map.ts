/**
 * Attributes by their names.
 */
import type { AttrValue } from '../proto/messages'

/** Attributes by name: the one kind of object whose keys come from files (see proto/messages). */
export interface AttrMap {
  [name: string]: AttrValue
}

/** An attribute that is there, whatever its name is. */
export function attrOf(attr: AttrMap, name: string): AttrValue | undefined {
  return Object.hasOwn(attr, name) ? attr[name] : undefined
}

/** Sets one, whatever its name is: `__proto__` too. */
export function setAttr(attr: AttrMap, name: string, value: AttrValue): void {
  if (name === '__proto__')
    Object.defineProperty(attr, name, { value, enumerable: true, writable: true, configurable: true })
  else attr[name] = value
}
