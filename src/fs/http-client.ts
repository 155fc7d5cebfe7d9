/**
 * Requests to a server: only so many under way at once, and made again where the server is busy or the line breaks.
 *
 * It counts on no more of `fetch` than stands here, so that any function of that kind will do.
 * RFC 9110, HTTP Semantics; the Fetch standard.
 */
import { OpError, UnavailableError } from '../util/errors'
import type { Clock } from './file-system'
import { systemError } from './system-errors'

/** As much of a Response as is used here. */
export interface HttpResponse {
  /** 206. */
  readonly status: number
  /** By name, in small letters; null for one that is not there, or hidden. */
  readonly headers: { get(name: string): string | null }
  /** null where there is none. */
  readonly body: HttpBody | null
  /** Reads all of it. */
  arrayBuffer(): Promise<ArrayBuffer>
}

/** As much of a ReadableStream as is used here; another kind of stream is read by arrayBuffer(). */
export interface HttpBody {
  /** Hands out the bytes piece by piece. */
  getReader?(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>
    releaseLock(): void
  }
  /** Ends the line: the rest is not wanted. */
  cancel?(): Promise<void>
}

/** What a request is made of. */
export interface HttpInit {
  /** Nothing is changed on a server. */
  method: 'GET' | 'HEAD'
  /** By name, in small letters. */
  headers: Record<string, string>
  /** What may come out of a cache. */
  cache: HttpCache
  /** Whether cookies go along. */
  credentials?: 'omit' | 'same-origin' | 'include'
  /** Gives the request up. */
  signal?: AbortSignal
}

/** What `fetch` may take from a cache. */
export type HttpCache = 'default' | 'no-store' | 'reload' | 'no-cache' | 'force-cache' | 'only-if-cached'

/** The function `fetch`, as far as it is used here. */
export type Fetch = (url: string, init: HttpInit) => Promise<HttpResponse>

/** How a server is asked. */
export interface HttpOptions {
  /** What makes the requests. Default: the world's own `fetch`. */
  fetch?: Fetch
  /** Sent with each request, such as `{ authorization: 'Bearer …' }`. */
  headers?: Readonly<Record<string, string>>
  /** Whether cookies go along. Default: fetch's own, 'same-origin'. */
  credentials?: 'omit' | 'same-origin' | 'include'
  /** What may come out of the browser's cache. Default 'no-store': no byte of an older version. */
  cache?: HttpCache
  /**
   * What to do where a server knows no ranges: 'error' (the default: UnimplementedError), or 'download' the whole file once,
   * when it is first read, and keep it in memory until it is closed.
   */
  withoutRanges?: 'error' | 'download'
  /** How often a request is made again that met a broken line, or the status 408, 425, 429 or 5xx. Default 4. */
  retries?: number
  /** Seconds before it is made again, doubled each time. A Retry-After of the server takes its place. Default 0.5. */
  backoffSecs?: number
  /** Requests under way at once. Default 6, as many as a browser allows one server. */
  maxRequests?: number
  /** Bytes in one request at most. Default 8 MiB. */
  maxRequestBytes?: number
  /** The time between attempts; a test hands in its own. */
  clock?: Clock
}

/** The same, with all that has a default. */
export type HttpSettings = Required<Omit<HttpOptions, 'credentials'>> & Pick<HttpOptions, 'credentials'>

/** One thing to ask for. */
export interface HttpRequest {
  /** What errors name. */
  readonly path: string
  readonly url: string
  readonly method: 'GET' | 'HEAD'
  /** The first byte and the one behind the last, each time the request is made. */
  readonly range?: () => readonly [start: number, end: number]
  readonly signal: AbortSignal | undefined
}

/** A server that wants a longer rest than this many seconds is asked again all the same. */
const LONGEST_REST = 60

/** What an attempt came to: an answer, or an error after which another one is worth while. */
type Outcome<T> = { readonly value: T } | { readonly error: OpError; readonly after?: number | undefined }

/** Who asks one server. */
export class HttpClient {
  #free: number
  /** Who waits for a request of others to end, in order. */
  readonly #waiting = new Set<() => void>()

  constructor(readonly settings: HttpSettings) {
    this.#free = settings.maxRequests
  }

  /**
   * Hands the answer to `accept`, again and again while that throws UnavailableError or anything that is no OpError, such as
   * what a broken line throws.
   *
   * @throws {UnavailableError} when that was so each time; the signal's reason on an abort; what else `accept` throws
   */
  async request<T>(request: HttpRequest, accept: (response: HttpResponse) => Promise<T>): Promise<T> {
    const { retries, backoffSecs, clock } = this.settings
    for (let attempt = 0; ; attempt++) {
      const outcome = await this.#attempt(request, accept)
      if ('value' in outcome) return outcome.value
      if (attempt >= retries) throw outcome.error
      await clock.sleep(outcome.after ?? backoffSecs * 2 ** attempt, request.signal)
    }
  }

  async #attempt<T>(request: HttpRequest, accept: (response: HttpResponse) => Promise<T>): Promise<Outcome<T>> {
    const { signal } = request
    // A browser's is none of another object's methods.
    const { fetch } = this.settings
    await this.#begin(signal)
    let response: HttpResponse | undefined
    try {
      signal?.throwIfAborted()
      response = await fetch(request.url, this.#init(request))
      if (isBusy(response.status)) return { error: unavailable(request, response), after: this.#rest(response) }
      return { value: await accept(response) }
    } catch (error) {
      signal?.throwIfAborted()
      if (error instanceof OpError && !(error instanceof UnavailableError)) throw error
      return { error: error instanceof OpError ? error : unavailable(request, undefined, error) }
    } finally {
      // What nobody reads keeps the connection.
      response?.body?.cancel?.().catch(() => undefined)
      this.#end()
    }
  }

  #init({ method, range, signal }: HttpRequest): HttpInit {
    const { headers, cache, credentials } = this.settings
    const [start, end] = range?.() ?? []
    return {
      method,
      headers: {
        // A page may not ask for this; with a range the browser does.
        'accept-encoding': 'identity',
        ...headers,
        ...(start === undefined || end === undefined ? {} : { range: `bytes=${start}-${end - 1}` }),
      },
      cache,
      ...(credentials === undefined ? {} : { credentials }),
      ...(signal === undefined ? {} : { signal }),
    }
  }

  /** Seconds that the server asks for, in either form of Retry-After. */
  #rest(response: HttpResponse): number | undefined {
    const text = response.headers.get('retry-after') ?? ''
    const seconds = /^\d+$/.test(text) ? Number(text) : Date.parse(text) / 1000 - this.settings.clock.now()
    return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 0), LONGEST_REST)
  }

  async #begin(signal: AbortSignal | undefined): Promise<void> {
    signal?.throwIfAborted()
    if (this.#free > 0) this.#free--
    else await new Promise<void>((resolve, reject) => this.#wait(resolve, reject, signal))
  }

  #wait(resolve: () => void, reject: (reason: unknown) => void, signal: AbortSignal | undefined): void {
    const turn = (): void => {
      signal?.removeEventListener('abort', give)
      resolve()
    }
    const give = (): void => {
      this.#waiting.delete(turn)
      reject(signal?.reason)
    }
    this.#waiting.add(turn)
    signal?.addEventListener('abort', give, { once: true })
  }

  #end(): void {
    const [next] = this.#waiting
    if (next === undefined) this.#free++
    else {
      this.#waiting.delete(next)
      next()
    }
  }
}

/** Whether the same request may succeed later: 408, 425, 429 and what 5xx says of a passing fault. */
function isBusy(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501 && status !== 505)
}

function unavailable(request: HttpRequest, response: HttpResponse | undefined, cause?: unknown): OpError {
  return response === undefined
    ? systemError('EAGAIN', request.path, cause, `${request.method} ${shown(request.url)} failed: ${String(cause)}`)
    : systemError('EAGAIN', request.path, undefined, told(request, response))
}

/** A url without its query: that may hold a secret. */
function shown(url: string): string {
  return url.replace(/\?.*/s, '?…')
}

/** "GET https://host/m.index answered 404" */
export function told({ method, url }: HttpRequest, { status }: HttpResponse): string {
  return `${method} ${shown(url)} answered ${status}`
}

const CODES: ReadonlyMap<number, string> = new Map([
  [401, 'EACCES'],
  [403, 'EACCES'],
  [404, 'ENOENT'],
  [407, 'EACCES'],
  [410, 'ENOENT'],
  [412, 'ESTALE'],
])

/** The error for an answer that is none of those that were expected: UnknownError, where its status says nothing of the file. */
export function refusal(request: HttpRequest, response: HttpResponse): OpError {
  return systemError(CODES.get(response.status) ?? 'EIO', request.path, undefined, told(request, response))
}

/** Whether the server says that there is nothing of that name. */
export function isGone(response: HttpResponse): boolean {
  return CODES.get(response.status) === 'ENOENT'
}

/** Whether the server did what it was asked for. */
export function isOk(response: HttpResponse): boolean {
  return response.status === 200 || response.status === 206
}

/** Whether the bytes on the line are not the file's. */
export function isEncoded(response: HttpResponse): boolean {
  return !['', 'identity'].includes(response.headers.get('content-encoding') ?? '')
}

/** Bytes of the file, where the answer to HEAD, or a whole one, tells. */
export function lengthOf(response: HttpResponse): number | undefined {
  const text = response.headers.get('content-length') ?? ''
  const length = Number(text)
  return /^\d+$/.test(text) && Number.isSafeInteger(length) && !isEncoded(response) ? length : undefined
}
