/**
 * What protobufjs's static code calls where scripts/proto-code.mjs changes it.
 */
import { isBytes as isByteArray } from '../util/bytes'
import { InvalidArgumentError } from '../util/errors'
import { MAX_DEPTH } from './message-reader'

export { elementsOf, LATER, laterField, putOff } from './later-fields'
export { keepNans } from './nan-bits'
export {
  isNonZero,
  toLong,
  toLongs,
  wireKeys as sortedKeys,
  wireNumericKeys as sortedNumericKeys,
} from './message-values'

type Fields = { [property: string]: unknown }

/** Whether there is something to write. @throws {TypeError} for what is no list */
export function isList(value: ArrayLike<unknown>): boolean {
  if (!Array.isArray(value)) throw new TypeError(`a field that takes an array holds ${String(value)}`)
  return value.length > 0
}

/** Whether there is something to write. @throws {TypeError} for what is no Uint8Array */
export function isBytes(value: Uint8Array): boolean {
  if (!isByteArray(value)) throw new TypeError(`a field that takes a Uint8Array holds ${String(value)}`)
  return value.length > 0
}

/** The error for `value` where a message should be. */
export function notAMessage(value: unknown): TypeError {
  return new TypeError(`a field that takes a message holds ${String(value)}`)
}

/** The error for a message that nobody could read. Cyclic ones are. */
export function tooDeep(): InvalidArgumentError {
  return new InvalidArgumentError(`messages nest deeper than ${MAX_DEPTH}: protocol buffers do not read that`)
}

/** The list, without the room that V8 gave it while it grew. */
export function fit<T>(list: T[]): T[] {
  return list.length < 17 ? list.slice() : list
}

/** Keeps a field that the schema does not know, with its tag, to be written behind the others. */
export function keepUnknown(message: { $unknowns?: Uint8Array[] }, field: Uint8Array): void {
  if (Object.hasOwn(message, '$unknowns')) message.$unknowns?.push(field)
  else define(message, '$unknowns', [field], false)
}

/** Makes room for a map's key "__proto__", which an assignment would not make. */
export function ownProto(map: object): void {
  if (!Object.hasOwn(map, '__proto__')) define(map, '__proto__', undefined, true)
}

/** `prototype[name]` tells which of `members` is set; setting it to one of them clears the others. */
export function oneof(prototype: object, name: string, members: readonly string[]): void {
  Object.defineProperty(prototype, name, {
    get(this: Fields) {
      return members.findLast(
        (member) => Object.hasOwn(this, member) && this[member] !== undefined && this[member] !== null,
      )
    },
    set(this: Fields, kept: string) {
      for (const member of members) if (member !== kept) delete this[member]
    },
  })
}

/** An array for each message that somebody looks at. */
export function lazyList(prototype: object, name: string): void {
  lazily(prototype, name, () => [])
}

/** A map for each message that somebody looks at. */
export function lazyMap(prototype: object, name: string): void {
  lazily(prototype, name, () => ({}))
}

function lazily(prototype: object, name: string, make: () => unknown): void {
  Object.defineProperty(prototype, name, {
    get(this: object) {
      const made = make()
      define(this, name, made, true)
      return made
    },
    set(this: object, value: unknown) {
      define(this, name, value, true)
    },
  })
}

function define(target: object, name: string, value: unknown, enumerable: boolean): void {
  Object.defineProperty(target, name, { value, enumerable, configurable: true, writable: true })
}
