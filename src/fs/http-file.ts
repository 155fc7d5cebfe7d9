/**
 * An open file of a server, read by ranges.
 *
 *     Range: bytes=<first>-<last>                    what is asked for; the last byte is named, not the one behind it
 *     206, Content-Range: bytes <first>-<last>/<size>   those bytes
 *     200                                            the whole file, from a server that knows no ranges
 *
 * Nothing is taken for the file's bytes but an answer of just the length, the place and the version that were asked for.
 * Where a server of another origin hides the headers that would tell (ETag, Content-Range), the length has to do, and the
 * checksums of the format. The version is compared here and not by the server (If-Match, If-Range): a browser would have
 * to ask the server first whether it may send these.
 * RFC 9110, sections 8.8 and 14.
 */
import { DataLossError, FailedPreconditionError, type OpError, UnimplementedError } from '../util/errors'
import type { RandomAccessFile } from './file-system'
import { type HttpClient, type HttpRequest, type HttpResponse, isEncoded, lengthOf, refusal, told } from './http-client'
import { allocate, checkRange, closedError, shortRead, systemError } from './system-errors'

/** What stays the same from one answer to the next, as far as it was seen: ETag and Last-Modified, by header. */
export type HttpVersion = Map<string, string>

/** A file, how it is asked for, and what is known of it. */
export interface HttpSource {
  readonly client: HttpClient
  readonly path: string
  readonly url: string
  readonly signal: AbortSignal | undefined
  readonly version: HttpVersion
}

/** Part of a read: the file's bytes from `offset` are wanted in `target`. */
interface Piece {
  readonly offset: number
  readonly target: Uint8Array
  readonly landed: () => void
  readonly failed: (error: unknown) => void
}

/** A file of which any range can be read. Reads of one moment that lie side by side are one request. */
export class HttpFile implements RandomAccessFile {
  readonly size: number
  readonly #source: HttpSource
  /** All its bytes, once a server without ranges has sent them. */
  #whole: Promise<Uint8Array> | undefined
  /** What is asked for at this moment. */
  #pieces: Piece[] = []
  readonly #underWay = new Set<Promise<unknown>>()
  #closed = false

  constructor(source: HttpSource, size: number, whole?: Uint8Array) {
    this.#source = source
    this.size = size
    this.#whole = whole === undefined ? undefined : Promise.resolve(whole)
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const { path } = this.#source
    checkRange(path, this.size, offset, length)
    const target = allocate(length, path)
    await this.readInto(offset, target)
    return target
  }

  async readInto(offset: number, target: Uint8Array): Promise<void> {
    const { path, client } = this.#source
    const maxRequestBytes = Math.floor(client.settings.maxRequestBytes)
    if (this.#closed) throw closedError(path)
    checkRange(path, this.size, offset, target.length)
    const pieces: Promise<void>[] = []
    for (let at = 0; at < target.length; at += maxRequestBytes) {
      pieces.push(this.#piece(offset + at, target.subarray(at, at + maxRequestBytes)))
    }
    // All of them: nothing is written into the caller's memory once he has heard of an error.
    const landed = Promise.allSettled(pieces)
    this.#underWay.add(landed)
    const settled = await landed
    this.#underWay.delete(landed)
    for (const piece of settled) if (piece.status === 'rejected') throw piece.reason
  }

  /** Waits for the reads that are under way; an abort of the signal that open() took ends them. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.allSettled(this.#underWay)
    this.#whole = undefined
  }

  #piece(offset: number, target: Uint8Array): Promise<void> {
    return new Promise<void>((landed, failed) => {
      // Asked for at the same moment is what is asked for before anybody waited.
      if (this.#pieces.push({ offset, target, landed, failed }) === 1) void Promise.resolve().then(() => this.#ask())
    })
  }

  /** Makes requests of the pieces that lie side by side. */
  #ask(): void {
    const pieces = this.#pieces.sort((a, b) => a.offset - b.offset)
    this.#pieces = []
    let run: Piece[] = []
    let size = 0
    for (const piece of pieces) {
      const last = run.at(-1)
      const joins = last !== undefined && last.offset + last.target.length === piece.offset
      if (!joins || size + piece.target.length > this.#source.client.settings.maxRequestBytes) {
        void this.#settle(run)
        run = []
        size = 0
      }
      run.push(piece)
      size += piece.target.length
    }
    void this.#settle(run)
  }

  async #settle(pieces: readonly Piece[]): Promise<void> {
    const [first, last] = [pieces[0], pieces.at(-1)]
    if (first === undefined || last === undefined) return
    try {
      await this.#fill(pieces, first.offset, last.offset + last.target.length)
      for (const piece of pieces) piece.landed()
    } catch (error) {
      for (const piece of pieces) piece.failed(error)
    }
  }

  /** One request for the bytes from `start` to `end`; made again, it asks for those that are still missing. */
  async #fill(pieces: readonly Piece[], start: number, end: number): Promise<void> {
    const { client, path, url, signal } = this.#source
    let at = start
    const put = (chunk: Uint8Array): void => {
      scatter(chunk, at, pieces)
      at += chunk.length
    }
    const whole = await this.#whole?.catch(() => undefined)
    if (whole !== undefined) return put(whole.subarray(start, end))
    const request: HttpRequest = { path, url, method: 'GET', signal, range: () => [at, end] }
    await client.request(request, async (response) => {
      if (response.status === 206) {
        this.#checkPart(response, request, at, end)
        await this.#readBody(response, request, end - at, put)
      } else if (response.status === 200) {
        const all = await this.#takeWhole(response, request, start, end)
        at = start
        put(all.subarray(start, end))
      } else throw response.status === 416 ? shortRead(path, at, end - at, end - at) : refusal(request, response)
    })
  }

  /** @throws {AbortedError} {DataLossError} {FailedPreconditionError} where the answer is not the one that was asked for. */
  #checkPart(response: HttpResponse, request: HttpRequest, start: number, end: number): void {
    const { path, version } = this.#source
    if (isEncoded(response)) throw encoded(response, request)
    checkVersion(version, response, path)
    const range = rangeOf(response)
    if (range === undefined) return
    if (range.size !== undefined && range.size !== this.size) {
      throw changed(path, `it had ${this.size} bytes, now it has ${range.size}`)
    }
    if (range.start === start && range.end === end) return
    const what = `${told(request, response)} with bytes ${range.start}-${range.end - 1}`
    throw new DataLossError(`Cannot read ${path}: ${what}, where ${start}-${end - 1} were asked for`, {
      path,
      offset: start,
    })
  }

  /** The whole file, which a server without ranges sends; it is kept, unless it is what was asked for. */
  #takeWhole(response: HttpResponse, request: HttpRequest, start: number, end: number): Promise<Uint8Array> {
    const { path, version, client } = this.#source
    checkVersion(version, response, path)
    const length = lengthOf(response) ?? this.size
    if (length !== this.size) throw changed(path, `it had ${this.size} bytes, now it has ${length}`)
    if (end - start === this.size) return this.#readWhole(response, request)
    if (client.settings.withoutRanges !== 'download') throw withoutRanges(response, request)
    if (this.#whole === undefined) {
      const whole = this.#readWhole(response, request)
      this.#whole = whole
      // Whoever waits asks again.
      whole.catch(() => (this.#whole = undefined))
    }
    return this.#whole
  }

  async #readWhole(response: HttpResponse, request: HttpRequest): Promise<Uint8Array> {
    const whole = allocate(this.size, this.#source.path)
    let at = 0
    await this.#readBody(response, request, this.size, (chunk) => {
      whole.set(chunk, at)
      at += chunk.length
    })
    return whole
  }

  /** @throws {UnavailableError} where fewer than `length` bytes came; {DataLossError} where more did. */
  async #readBody(
    response: HttpResponse,
    request: HttpRequest,
    length: number,
    put: (chunk: Uint8Array) => void,
  ): Promise<void> {
    const { path, signal } = this.#source
    let rest = length
    try {
      for await (const chunk of chunksOf(response)) {
        signal?.throwIfAborted()
        rest -= chunk.length
        if (rest < 0)
          throw new DataLossError(`Cannot read ${path}: ${told(request, response)} with too many bytes`, { path })
        put(chunk)
      }
    } catch (error) {
      // A line that breaks behind the last byte has brought all; there would be nothing to ask for again.
      if (rest !== 0) throw error
    }
    signal?.throwIfAborted()
    if (rest === 0) return
    const what = `${told(request, response)} with ${length - rest} bytes of ${length}`
    throw systemError('EAGAIN', path, undefined, what)
  }
}

/** Puts each byte of a chunk that begins at `at` where it is wanted. */
function scatter(chunk: Uint8Array, at: number, pieces: readonly Piece[]): void {
  for (const { offset, target } of pieces) {
    const start = Math.max(at, offset)
    const end = Math.min(at + chunk.length, offset + target.length)
    if (start < end) target.set(chunk.subarray(start - at, end - at), start - offset)
  }
}

async function* chunksOf(response: HttpResponse): AsyncGenerator<Uint8Array> {
  if (response.body?.getReader === undefined) {
    yield new Uint8Array(await response.arrayBuffer())
    return
  }
  const reader = response.body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      if (value !== undefined) yield value
    }
  } finally {
    reader.releaseLock()
  }
}

/** What Content-Range says; undefined where it is not there, or hidden. In an answer of many parts there are no bytes. */
export function rangeOf(response: HttpResponse): { start: number; end: number; size: number | undefined } | undefined {
  const text = response.headers.get('content-range')
  const hasParts = response.headers.get('content-type')?.startsWith('multipart/') === true
  if (text === null && !hasParts) return undefined
  const [, first, last, size = '*'] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(text ?? '') ?? []
  // What cannot be understood is another range than any.
  return { start: Number(first), end: Number(last) + 1, size: /\d/.test(size) ? Number(size) : undefined }
}

/** Notes what tells the file's version. @throws {AbortedError} where that is another one than before. */
export function checkVersion(version: HttpVersion, response: HttpResponse, path: string): void {
  for (const name of ['etag', 'last-modified']) {
    const before = version.get(name)
    // Whether a tag is weak is a matter of how it was sent.
    const now = response.headers.get(name)?.replace(/^W\//, '')
    if (now === undefined) continue
    // The first that was seen stays: whoever reads on after an error gets no bytes of another version.
    if (before === undefined) version.set(name, now)
    else if (before !== now) throw changed(path, `its ${name} was ${before}, now it is ${now}`)
    // The date of the same tag does not matter.
    else break
  }
}

function changed(path: string, how: string): OpError {
  return systemError('ESTALE', path, undefined, `it changed on the server while it was read: ${how}. Open it again`)
}

/** The error for bytes that are compressed on their way: a range of those is none of the file's. */
export function encoded(response: HttpResponse, request: HttpRequest): FailedPreconditionError {
  const how = response.headers.get('content-encoding')
  const what = `${told(request, response)} with Content-Encoding: ${how}`
  return new FailedPreconditionError(`Cannot read ${request.path}: ${what}`, { path: request.path })
}

/** The error for a server that sends all of a file, and nothing else. */
export function withoutRanges(response: HttpResponse, request: HttpRequest): UnimplementedError {
  const what = `${told(request, response)}: the server knows no ranges`
  const way = "Pass { withoutRanges: 'download' } for one whole download"
  return new UnimplementedError(`Cannot read parts of ${request.path}: ${what}. ${way}`, { path: request.path })
}
