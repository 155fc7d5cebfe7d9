/**
 * Fields of decoded messages that are made when somebody looks at them: the nodes of a graph, and the attributes of each.
 *
 * They are nearly all of a graph's objects, and most are never looked at. Until then the property is an accessor of the
 * message's own, so that it is listed, spread and copied like any other, and what it stands for is known to be sound (see
 * message-shape.ts). The bytes that were decoded must not be changed as long.
 */
import type { MessageReader } from './message-reader'

/** What is known of a field's bytes without making it. An element is one of a list, or an entry of a map. */
export interface LaterChecks {
  /** Whether the bytes from `start` up to `end` are an element for sure, `depth` levels in. */
  isElement(bytes: Uint8Array, start: number, end: number, depth: number): boolean
  /** Whether such elements with their tags, one behind the other, are what encoding them would give. */
  areCanonical(bytes: Uint8Array): boolean
  /** While they are made: the fields within them that are made later again. */
  readonly inner: LaterFields | undefined
}

/** By the name of the property. */
export type LaterFields = ReadonlyMap<string, LaterChecks>

/** Adds what the reader holds to a message, here to one that has nothing but the field. */
type DecodeField = (reader: MessageReader, length: undefined, depth: number, target: object) => unknown

/** What the constructor of a message takes where a field comes later. */
export const LATER = Object.freeze({})

/** What extends it adds its private members to an object that is there already. */
const Stamp = function (target: object): object {
  return target
} as unknown as new (target: object) => object

/** Where the elements of a message's field are. */
class Elements extends Stamp {
  readonly #reader: MessageReader
  readonly #start: number
  readonly #end: number
  #areCanonical: boolean | undefined

  constructor(message: object, reader: MessageReader, start: number, end: number) {
    super(message)
    this.#reader = reader
    this.#start = start
    this.#end = end
    this.#areCanonical = undefined
  }

  /** The message, or the one that it was derived from. */
  static ownerOf(message: object): object {
    let owner: object | null = message
    while (owner !== null && !(#reader in owner)) owner = Object.getPrototypeOf(owner) as object | null
    return owner ?? message
  }

  /** Adds the field to `target`, and forgets the bytes. */
  static decode(owner: object, name: string, decode: DecodeField, target: object): void {
    if (!(#reader in owner)) return
    const { later } = owner.#reader
    decode(owner.#reader.part(owner.#start, owner.#end, later?.get(name)?.inner), undefined, 0, target)
    owner.#areCanonical = false
  }

  /** The bytes, if nobody has made the field through this message. */
  static soundBytesOf(message: object): Uint8Array | undefined {
    return #reader in message ? message.#reader.raw(message.#start, message.#end) : undefined
  }

  /** The bytes, if they are canonical, and nobody has made the field. */
  static bytesOf(message: object, name: string): Uint8Array | undefined {
    if (!(#reader in message) || message.#areCanonical === false) return undefined
    const bytes = message.#reader.raw(message.#start, message.#end)
    message.#areCanonical ??= message.#reader.later?.get(name)?.areCanonical(bytes) ?? false
    return message.#areCanonical ? bytes : undefined
  }
}

/**
 * The bytes of the field `name` where nobody looked at it, and they are what would be written.
 * @param depth how many levels in its elements are
 */
export function elementsOf(message: object, name: string, depth: number): ByteSource | undefined {
  const bytes = Elements.bytesOf(message, name) ?? MadeElements.bytesOf(message, depth)
  return bytes !== undefined && isUnseen(message, name) ? bytes : undefined
}

/** The bytes of the field `name` where nobody looked at it: its elements with their tags, each of them sound. */
export function soundElements(message: object, name: string): Uint8Array | undefined {
  const bytes = Elements.soundBytesOf(message)
  return bytes !== undefined && isUnseen(message, name) ? bytes : undefined
}

function isUnseen(message: object, name: string): boolean {
  return Object.getOwnPropertyDescriptor(message, name)?.get !== undefined
}

/** Bytes that may not be there yet: how many, and what puts them into an array. A Uint8Array is its own. */
export type ByteSource = Uint8Array | MadeBytes

/** Bytes that are made where they are to be. */
export interface MadeBytes {
  readonly length: number
  /** Fills `target` from `at` on. */
  writeTo(target: Uint8Array<ArrayBuffer>, at: number): void
}

export function isMadeBytes(source: ByteSource): source is MadeBytes {
  return typeof (source as Partial<MadeBytes> | null | undefined)?.writeTo === 'function'
}

/** A list of messages that is there in another form: as messages when somebody looks, as bytes when it is written. */
export interface ElementMaker {
  make(): unknown[]
  /** The elements with their tags, which are `depth` levels in. */
  bytes(depth: number): MadeBytes
}

/** What makes the elements of a message's field. */
class MadeElements extends Stamp {
  readonly #maker: ElementMaker

  constructor(message: object, maker: ElementMaker) {
    super(message)
    this.#maker = maker
  }

  static bytesOf(message: object, depth: number): MadeBytes | undefined {
    return #maker in message ? message.#maker.bytes(depth) : undefined
  }
}

/** Puts the list `name` of a message off: `maker` makes it. */
export function putOffMade(message: object, name: string, maker: ElementMaker): void {
  Reflect.construct(MadeElements, [message, maker])
  const define = (target: object, value: unknown): boolean =>
    Reflect.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true })
  Object.defineProperty(message, name, {
    enumerable: true,
    configurable: true,
    get() {
      const list = maker.make()
      define(message, list)
      return list
    },
    set(this: object, value: unknown) {
      define(this, value)
    },
  })
}

/** The accessor of a field. */
export interface LaterProperty extends PropertyDescriptor {
  readonly name: string
}

/** Puts a field off whose elements are the bytes of `reader` from `start` up to `end`. */
export function putOff(
  message: object,
  property: LaterProperty,
  reader: MessageReader,
  start: number,
  end: number,
): void {
  Reflect.construct(Elements, [message, reader, start, end])
  Object.defineProperty(message, property.name, property)
}

/** The accessor for the field `name`, a list or a map, of messages that `decode` decodes. */
export function laterField(name: string, makeEmpty: () => object, decode: DecodeField): LaterProperty {
  return {
    name,
    enumerable: true,
    configurable: true,
    get(this: object) {
      const owner = Elements.ownerOf(this)
      const target = { [name]: makeEmpty() }
      Elements.decode(owner, name, decode, target)
      const value = target[name]
      // Of a frozen message it is made each time.
      Reflect.defineProperty(owner, name, { value, enumerable: true, configurable: true, writable: true })
      return value
    },
    set(this: object, value: unknown) {
      Object.defineProperty(this, name, { value, enumerable: true, configurable: true, writable: true })
    },
  }
}
