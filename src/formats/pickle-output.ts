/**
 * Operations of a pickle into bytes: the memo's indices, and the frames of protocol 4. pickle-writer.ts has the grammar.
 */
import { ByteWriter } from '../util/coding'
import { encodeText } from './pickle-values'
import type { ByteSink } from './weight-file'
import type { Contents } from './written-value'

/** _pickle.c, FRAME_SIZE_TARGET and FRAME_SIZE_MIN. */
const FRAME_TARGET = 1 << 16
const FRAME_LEAST = 4

/** The protocols that are written. */
export type PickleProtocol = 2 | 3 | 4 | 5

/** An operation's code where its argument is a byte, four and eight; undefined where the protocol has none. */
type Codes = readonly [short: string | undefined, middle: string | undefined, long: string | undefined]

export class PickleOutput {
  readonly #sink: ByteSink
  /** What goes to the sink next. */
  #ready: (Uint8Array | Contents)[] = []
  /** The frame that is being filled. */
  readonly #frame = new ByteWriter(2 * FRAME_TARGET)
  readonly #memo = new Map<string, number>()
  #memoized = 0

  constructor(
    sink: ByteSink,
    readonly protocol: PickleProtocol,
  ) {
    this.#sink = sink
    this.#ready.push(Uint8Array.of(0x80, protocol))
  }

  /** Codes that take no argument. */
  operation(codes: string): void {
    for (let i = 0; i < codes.length; i++) this.#frame.byte(codes.charCodeAt(i))
  }

  /** Where Python begins to write an object, a full frame ends. */
  boundary(): void {
    if (this.#frame.length >= FRAME_TARGET) this.#endFrame()
  }

  /** An object that is one code. */
  atom(code: string): void {
    this.boundary()
    this.operation(code)
  }

  integer(value: number): void {
    this.boundary()
    if (value >= 0 && value <= 0xff) this.#number('K', value, 1)
    else if (value >= 0 && value <= 0xffff) this.#number('M', value, 2)
    else if (value >= -(2 ** 31) && value < 2 ** 31) this.#number('J', value, 4)
    else {
      // As many bytes as the number and its sign take.
      const length = (value.toString(2).length >> 3) + 1
      this.operation(`\x8a${String.fromCharCode(length)}`)
      this.#digits(value, length)
    }
  }

  /** A str. Python has one object for each of one Latin-1 character, and so one in the memo. */
  text(text: string): void {
    this.boundary()
    const isShared = text.length === 1 && text.charCodeAt(0) < 0x100
    this.#newText(encodeText(text), isShared ? text : undefined)
  }

  /** A str that is an object of its own however often it comes, or always the same one under `identity`. */
  #newText(utf8: Uint8Array | Contents, identity?: string): void {
    const key = identity === undefined ? undefined : `str ${identity}`
    if (this.recall(key)) return
    this.#payload(this.protocol >= 4 ? ['\x8c', 'X', '\x8d'] : [undefined, 'X', undefined], utf8)
    this.memoize(key)
  }

  /** A str that Python has one object for, such as the name of a module. */
  name(text: string): void {
    this.boundary()
    this.#newText(encodeText(text), text)
  }

  /** bytes. Python has one object for none, and one for each single byte. */
  bytes(bytes: Uint8Array): void {
    this.boundary()
    const key = bytes.length <= 1 ? `bytes ${bytes.join()}` : undefined
    if (this.recall(key)) return
    if (this.protocol >= 3) this.#payload(['C', 'B', this.protocol >= 4 ? '\x8e' : undefined], bytes)
    else this.#encodedBytes(bytes)
    this.memoize(key)
  }

  /** Protocol 2 has only str: encode(str, 'latin1'), and bytes() for none. */
  #encodedBytes(bytes: Uint8Array): void {
    if (bytes.length === 0) {
      this.global('__builtin__', 'bytes')
      this.atom(')')
    } else {
      this.global('_codecs', 'encode')
      this.boundary()
      this.boundary()
      const character = bytes.length === 1 ? String.fromCharCode(bytes[0] ?? 0) : undefined
      this.#newText(bytes.length < FRAME_TARGET ? latin1ToUtf8(bytes) : utf8OfLatin1(bytes), character)
      this.name('latin1')
      this.operation('\x86')
      this.memoize()
    }
    this.operation('R')
  }

  /** A bytearray, as protocol 5 has it. */
  bytearray(bytes: Uint8Array): void {
    this.boundary()
    this.#payload([undefined, undefined, '\x96'], bytes)
    this.memoize()
  }

  /** A function or class by its name; `ownModule`: Python has a str of its own for its module. */
  global(module: string, name: string, ownModule = false): void {
    this.boundary()
    const key = `global ${module}.${name}`
    if (this.recall(key)) return
    if (this.protocol >= 4) {
      if (ownModule) this.text(module)
      else this.name(module)
      this.name(name)
      this.operation('\x93')
    } else this.operation(`c${module}\n${name}\n`)
    this.memoize(key)
  }

  /** Gives what was written last a place in the memo, to be recalled under `key`. */
  memoize(key?: string): void {
    const index = this.#memoized++
    if (key !== undefined) this.#memo.set(key, index)
    if (this.protocol >= 4) this.operation('\x94')
    else if (index < 0x100) this.#number('q', index, 1)
    else this.#number('r', index, 4)
  }

  /** Takes what has the key out of the memo; false where nothing has. */
  recall(key: string | undefined): boolean {
    const index = key === undefined ? undefined : this.#memo.get(key)
    if (index === undefined) return false
    if (index < 0x100) this.#number('h', index, 1)
    else this.#number('j', index, 4)
    return true
  }

  /** Hands over what is ready: what was passed in may change afterwards. */
  async flush(): Promise<void> {
    const ready = this.#ready
    this.#ready = []
    for (const bytes of ready) {
      if (bytes instanceof Uint8Array) await this.#sink.append(bytes)
      else for (const piece of bytes) await this.#sink.append(piece)
    }
  }

  async finish(): Promise<void> {
    this.operation('.')
    this.#endFrame()
    await this.flush()
  }

  /** An operation with bytes for its argument, the shortest that there is. Large ones stand in no frame, and are not copied. */
  #payload([short, middle, long]: Codes, bytes: Uint8Array | Contents): void {
    const length = bytes instanceof Uint8Array ? bytes.length : bytes.size
    const large = length >= FRAME_TARGET
    if (large) this.#endFrame()
    if (short !== undefined && length <= 0xff) this.#number(short, length, 1)
    else if (middle !== undefined && length < 2 ** 32) this.#number(middle, length, 4)
    else if (long !== undefined) this.#number(long, length, 8)
    else throw new RangeError(`protocol ${this.protocol} has no 4 GiB in one piece: take protocol 4 or 5`)
    // Contents that are made piece by piece are large.
    if (!large && bytes instanceof Uint8Array) {
      this.#frame.append(bytes)
      return
    }
    this.#ready.push(this.#frame.take(), bytes)
    this.#frame.clear()
  }

  #number(code: string, value: number, width: number): void {
    this.operation(code)
    this.#digits(value, width)
  }

  #digits(value: number, width: number): void {
    let rest = value
    for (let i = 0; i < width; i++) {
      this.#frame.byte(rest & 0xff)
      rest = Math.floor(rest / 0x100)
    }
  }

  #endFrame(): void {
    const { length } = this.#frame
    if (length === 0) return
    if (this.protocol >= 4 && length >= FRAME_LEAST) {
      const head = new DataView(new ArrayBuffer(9))
      head.setUint8(0, 0x95)
      head.setBigUint64(1, BigInt(length), true)
      this.#ready.push(new Uint8Array(head.buffer))
    }
    this.#ready.push(this.#frame.take())
    this.#frame.clear()
  }
}

/** Bytes that become one piece. */
const PIECE = 1 << 20

/** latin1ToUtf8() of many bytes, in memory for one piece. */
function utf8OfLatin1(bytes: Uint8Array): Contents {
  return {
    size: utf8Length(bytes),
    *[Symbol.iterator]() {
      for (let at = 0; at < bytes.length; at += PIECE) yield latin1ToUtf8(bytes.subarray(at, at + PIECE))
    },
  }
}

/** Those of 0x80 and more take two. */
function utf8Length(bytes: Uint8Array): number {
  let length = bytes.length
  for (let i = 0; i < bytes.length; i++) length += (bytes[i] as number) >> 7
  return length
}

/** Bytes as the characters up to U+00FF that they are in Latin-1, in UTF-8. */
function latin1ToUtf8(bytes: Uint8Array): Uint8Array {
  const utf8 = new Uint8Array(utf8Length(bytes))
  let at = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number
    if (byte >= 0x80) utf8[at++] = 0xc0 | (byte >> 6)
    utf8[at++] = byte < 0x80 ? byte : 0x80 | (byte & 0x3f)
  }
  return utf8
}
