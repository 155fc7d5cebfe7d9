/**
 * Files on a web server, read by Range requests: of a checkpoint only what is looked at moves.
 *
 *     <base URL without its query> / <path, each part percent-encoded> ? <the query of the base URL>
 *
 * Opening a file takes one HEAD, and the GET of one byte where that does not tell how long the file is; each read takes one
 * GET, and neighbours that are read at the same moment share one. There is no list of a directory over HTTP, and a directory
 * is no file.
 */
import { FailedPreconditionError, InvalidArgumentError, isOpError, UnimplementedError } from '../util/errors'
import { normpath } from '../util/path'
import type { RandomAccessFile, ReadableFileSystem } from './file-system'
import {
  type Fetch,
  type HttpOptions,
  HttpClient,
  type HttpRequest,
  type HttpResponse,
  type HttpSettings,
  isEncoded,
  isGone,
  isOk,
  lengthOf,
  refusal,
} from './http-client'
import { checkVersion, encoded, HttpFile, type HttpSource, rangeOf, withoutRanges } from './http-file'
import { SYSTEM_CLOCK } from './system-clock'
import { checkPath, systemError } from './system-errors'

export type { HttpOptions } from './http-client'

/**
 * Files below one URL, read by Range requests. What is read is exactly what was asked for, of one version of the file, or
 * an error:
 *
 * - NotFoundError for 404 and 410, PermissionDeniedError for 401, 403 and 407, OutOfRangeError for 416;
 * - AbortedError for a file whose ETag, Last-Modified or length changes between two requests;
 * - DataLossError for an answer of another range or of too many bytes, FailedPreconditionError for a compressed one, or
 *   where the server does not say how long a file is;
 * - UnimplementedError for a server that knows no ranges: see `withoutRanges`;
 * - UnavailableError where the line breaks, or the server is busy, again and again; UnknownError for any other status.
 *
 * From another origin a page needs the server's leave (CORS): for GET and HEAD, the header Range, and those in `headers`.
 * ETag and Content-Range are hidden then unless the server exposes them, so that only the file's length and the checksums
 * of the checkpoint tell a changed file.
 */
export class HttpFileSystem implements ReadableFileSystem {
  readonly #base: URL
  readonly #client: HttpClient

  /**
   * @param baseUrl the folder; a relative one is seen from the page. Its query, such as a token, goes with each request
   * @throws {InvalidArgumentError} for a URL that is not http or https, or that holds a password; for a limit that is none
   */
  constructor(baseUrl: string | { readonly href: string }, options: HttpOptions = {}) {
    this.#base = parseBase(typeof baseUrl === 'string' ? baseUrl : baseUrl.href)
    this.#client = new HttpClient(settingsOf(options))
  }

  /**
   * @param options.signal ends this and every read of the file
   * @throws {InvalidArgumentError} for a path that leads out of the base URL with '..'
   */
  async open(path: string, options: { signal?: AbortSignal } = {}): Promise<RandomAccessFile> {
    const { signal } = options
    signal?.throwIfAborted()
    const url = this.#urlOf(path)
    if (url === undefined) throw systemError(path === '' ? 'ENOENT' : 'EISDIR', path)
    const source: HttpSource = { client: this.#client, path, url, signal, version: new Map() }
    const size = await this.#head({ path, url, method: 'HEAD', signal }, (response) => {
      // Some servers, which make their answers as they go, say 0 of any file.
      const length = lengthOf(response) || undefined
      if (length !== undefined) checkVersion(source.version, response, path)
      return length
    })
    return size === undefined ? this.#probe(source) : new HttpFile(source, size)
  }

  /** Whether the server has a file of that name: by HEAD, else by its first byte. No path out of the base URL is there. */
  async exists(path: string): Promise<boolean> {
    if (leadsOut(path)) return false
    const url = this.#urlOf(path)
    if (url === undefined) return path !== ''
    const request = { path, url, signal: undefined }
    try {
      if ((await this.#head({ ...request, method: 'HEAD' }, () => true)) === true) return true
      const get: HttpRequest = { ...request, method: 'GET', range: () => [0, 1] }
      return await this.#client.request(get, async (response) => {
        if (isOk(response) || response.status === 416) return true
        throw refusal(get, response)
      })
    } catch (error) {
      if (isOpError(error, 'NOT_FOUND')) return false
      throw error
    }
  }

  /** What a HEAD tells; undefined where the server answers none, whatever it has: 403 for a GET's signed URL, 405, 501. */
  #head<T>(request: HttpRequest, tell: (response: HttpResponse) => T): Promise<T | undefined> {
    return this.#client.request(request, async (response) => {
      if (isGone(response)) throw refusal(request, response)
      return isOk(response) ? tell(response) : undefined
    })
  }

  /** Opens by the first byte: the answer tells how many there are. */
  #probe(source: HttpSource): Promise<HttpFile> {
    const { client, path, url, signal, version } = source
    const request: HttpRequest = { path, url, method: 'GET', signal, range: () => [0, 1] }
    return this.#client.request(request, async (response) => {
      if (response.status === 416) return new HttpFile(source, 0)
      if (!isOk(response)) throw refusal(request, response)
      checkVersion(version, response, path)
      if (response.status === 206) {
        if (isEncoded(response)) throw encoded(response, request)
        const size = rangeOf(response)?.size
        return new HttpFile(source, Number.isSafeInteger(size) ? (size as number) : unknownSize(request))
      }
      const length = lengthOf(response)
      if (length !== undefined) return new HttpFile(source, length)
      if (client.settings.withoutRanges !== 'download') throw withoutRanges(response, request)
      const whole = new Uint8Array(await response.arrayBuffer())
      return new HttpFile(source, whole.length, whole)
    })
  }

  /** undefined for the base itself. */
  #urlOf(path: string): string | undefined {
    checkPath(path)
    if (leadsOut(path)) {
      throw new InvalidArgumentError(`Cannot use ${path} as a path: it leads out of the base URL`, { path })
    }
    const parts = partsOf(path).map(encodeURIComponent)
    if (parts.length === 0) return undefined
    const { origin, pathname, search } = this.#base
    return `${origin}${pathname.replace(/\/*$/, '')}/${parts.join('/')}${search}`
  }
}

function settingsOf(options: HttpOptions): HttpSettings {
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  const settings: HttpSettings = {
    fetch: worldsFetch,
    headers: {},
    cache: 'no-store',
    withoutRanges: 'error',
    retries: 4,
    backoffSecs: 0.5,
    maxRequests: 6,
    maxRequestBytes: 8 << 20,
    clock: SYSTEM_CLOCK,
    ...(Object.fromEntries(given) as HttpOptions),
  }
  // In small letters, so that a range is ours alone.
  settings.headers = Object.fromEntries(
    Object.entries(settings.headers).map(([name, text]) => [name.toLowerCase(), text]),
  )
  const { retries, backoffSecs, maxRequests, maxRequestBytes } = settings
  if (retries >= 0 && backoffSecs >= 0 && maxRequests >= 1 && maxRequestBytes >= 1) return settings
  const limits = [retries, backoffSecs, maxRequests, maxRequestBytes].join(', ')
  throw new InvalidArgumentError(
    `Cannot ask a server with retries, backoffSecs, maxRequests, maxRequestBytes: ${limits}`,
  )
}

/** Without '.' and '..'; the root of an absolute path is the base URL. */
function partsOf(path: string): string[] {
  return normpath(path)
    .split('/')
    .filter((part) => part !== '' && part !== '.')
}

function leadsOut(path: string): boolean {
  return partsOf(path)[0] === '..'
}

function unknownSize({ path }: HttpRequest): never {
  throw new FailedPreconditionError(`Cannot read ${path}: the server does not say how long it is`, { path })
}

/** No error shows the URL: it may hold a key. */
function parseBase(text: string): URL {
  try {
    const url = new URL(text, (globalThis as { location?: { href: string } }).location?.href)
    // fetch() takes no password in a URL.
    if (/^https?:$/.test(url.protocol) && url.username + url.password === '') return url
  } catch {
    // It is none.
  }
  throw new InvalidArgumentError('Cannot take this as a base URL: it is not http, or has a password (pass { headers })')
}

/** Looked up when it is called. */
const worldsFetch: Fetch = (url, init) => {
  const { fetch } = globalThis as { fetch?: Fetch }
  if (fetch === undefined) throw new UnimplementedError('There is no fetch here: pass { fetch }')
  return fetch(url, init)
}
