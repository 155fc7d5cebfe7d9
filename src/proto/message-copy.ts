/**
 * Deep copies of messages: of what was decoded, and of plain objects that users wrote, checked field by field.
 */
import { isBytes } from '../util/bytes'
import { copyNans } from './nan-bits'
import { tooDeep } from './message-runtime'
import { MAX_DEPTH } from './message-reader'
import { type AnyMessage, type FieldType, type MessageField, messageType, type MessageType } from './message-type'
import { copyScalar } from './message-scalar'

/**
 * A message of the static code's classes with all that `message` has, and nothing of it shared but byte arrays.
 *
 * 64-bit integers may be numbers, bigints and Longs, enums are numbers; undefined and null are not set. Fields that the
 * schema does not know (`$unknowns`) come along. What comes out can be written: decodeMessage(encodeMessage(copy)) equals it.
 *
 * @param fullName "tensorflow.GraphDef"
 * @throws {TypeError} for what is not of its field's type, for a property that is no field and for two members of a oneof;
 *   the text begins with the path: 'GraphDef.node[3].attr["T"].type'
 * @throws {InvalidArgumentError} for messages that nest deeper than is ever read, as cyclic ones do
 */
export function copyMessage<T extends object>(fullName: string, message: object): T {
  const type = messageType(fullName)
  const copier = new MessageCopier(fullName.slice(fullName.lastIndexOf('.') + 1))
  return copier.copy(type, message, 0) as T
}

class MessageCopier {
  /** Where the copier is. */
  readonly #path: string[]

  constructor(root: string) {
    this.#path = [root]
  }

  copy(type: MessageType, message: unknown, depth: number): AnyMessage {
    if (depth > MAX_DEPTH) throw tooDeep()
    if (!isMap(message)) throw this.#misfit(`a ${type.fullName}`, message)
    const copy = type.create()
    for (const property of Object.keys(message)) {
      const value = message[property]
      if (value === undefined || value === null || property === '$unknowns') continue
      const field = type.property(property)
      this.#path.push(`.${property}`)
      if (field === undefined) throw new TypeError(`${this.#path.join('')}: ${type.fullName} has no such field`)
      this.#refuseSecondMember(type, field, copy)
      copy[property] = this.#copyField(field, value, depth)
      this.#path.pop()
    }
    this.#copyHidden(message, copy)
    return copy
  }

  #copyField(field: FieldType, value: unknown, depth: number): unknown {
    if (field.kind === 'message' && field.isMap) return this.#copyMap(field, value, depth)
    if (!field.repeated) return this.#copyValue(field, value, depth + 1)
    if (!Array.isArray(value)) throw this.#misfit('an array', value)
    return value.map((element, at) => this.#within(`[${at}]`, () => this.#copyValue(field, element, depth + 1)))
  }

  /** An entry is a message, too. */
  #copyMap(field: MessageField, value: unknown, depth: number): AnyMessage {
    if (!isMap(value)) throw this.#misfit('an object with an entry for each key', value)
    const [key, member] = field.messageType.fields as readonly [FieldType, FieldType]
    const copy: AnyMessage = {}
    for (const name of Object.keys(value)) {
      this.#within(`[${JSON.stringify(name)}]`, () => {
        if (key.kind !== 'string') this.#copyValue(key, /^\d+$/.test(name) ? BigInt(name) : name, depth)
        setEntry(copy, name, this.#copyValue(member, value[name], depth + 2))
      })
    }
    return copy
  }

  #copyValue(field: FieldType, value: unknown, depth: number): unknown {
    if (field.kind === 'message') return this.copy(field.messageType, value, depth)
    return copyScalar(field, value, (expected) => this.#misfit(expected, value))
  }

  #copyHidden(message: AnyMessage, copy: AnyMessage): void {
    copyNans(message, copy)
    if (!Object.hasOwn(message, '$unknowns') || message['$unknowns'] === undefined) return
    const unknowns = message['$unknowns']
    if (!Array.isArray(unknowns) || !unknowns.every((one) => isBytes(one))) {
      throw this.#misfit('an array of Uint8Arrays in $unknowns', unknowns)
    }
    Object.defineProperty(copy, '$unknowns', { value: [...unknowns], configurable: true, writable: true })
  }

  #refuseSecondMember(type: MessageType, field: FieldType, copy: AnyMessage): void {
    if (field.oneof === undefined) return
    const other = type.fields.find((one) => one.oneof === field.oneof && Object.hasOwn(copy, one.property))
    if (other === undefined) return
    throw new TypeError(`${this.#path.join('')}: .${other.property} is set already, and only one of the two can be`)
  }

  #within<T>(step: string, body: () => T): T {
    this.#path.push(step)
    const result = body()
    this.#path.pop()
    return result
  }

  #misfit(expected: string, value: unknown): TypeError {
    return new TypeError(`${this.#path.join('')}: ${expected} is expected, not ${describe(value)}`)
  }
}

/** An object that holds values by names. */
function isMap(value: unknown): value is AnyMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value) &&
    !(value instanceof Map)
  )
}

function setEntry(map: AnyMessage, key: string, value: unknown): void {
  if (key !== '__proto__') map[key] = value
  else Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true })
}

function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'function') return 'a function'
  if (typeof value !== 'object' || value === null) return String(value)
  return Array.isArray(value)
    ? 'an array'
    : `an object (${(value.constructor as { name?: string } | undefined)?.name ?? 'of no class'})`
}
