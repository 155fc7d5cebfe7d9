/**
 * A web server in this process that sends files by ranges, and counts what it sends.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as it came in, and the bytes of the body that went out. */
export interface Seen {
  readonly method: string
  /** Percent-encoded, with its query. */
  readonly url: string
  readonly range: string | undefined
  readonly headers: IncomingMessage['headers']
  sent: number
}

/** Answers in place of the server; false leaves the request to it. */
export type Fault = (request: IncomingMessage, response: ServerResponse, seen: Seen) => boolean

/** Files by their path below the server's root. */
export class FileServer {
  readonly files = new Map<string, Uint8Array>()
  readonly seen: Seen[] = []
  fault: Fault | undefined
  readonly #server: Server

  private constructor(server: Server) {
    this.#server = server
    server.on('request', (request: IncomingMessage, response: ServerResponse) => this.#answer(request, response))
  }

  static async start(files: Iterable<readonly [string, Uint8Array]> = []): Promise<FileServer> {
    const server = new FileServer(createServer())
    for (const [path, bytes] of files) server.files.set(path, bytes)
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve))
    return server
  }

  /** "http://127.0.0.1:40123" */
  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Bytes of all bodies since the last call, and forgets what was seen. */
  takeSeen(): Seen[] {
    return this.seen.splice(0)
  }

  async stop(): Promise<void> {
    const stopped = new Promise((resolve) => this.#server.close(resolve))
    this.#server.closeAllConnections()
    await stopped
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { method = '', url = '', headers } = request
    const seen: Seen = { method, url, range: headers.range, headers, sent: 0 }
    this.seen.push(seen)
    if (this.fault?.(request, response, seen) === true) return
    const path = new URL(url, this.origin).pathname.slice(1).split('/').map(decodeURIComponent).join('/')
    const bytes = this.files.get(path)
    if (bytes === undefined) response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not there</h1>')
    else this.#send(bytes, seen, response)
  }

  #send(bytes: Uint8Array, seen: Seen, response: ServerResponse): void {
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(seen.range ?? '') ?? []
    const isRange = first !== undefined && seen.method === 'GET'
    const [start, end] = isRange ? [Number(first), Math.min(Number(last) + 1, bytes.length)] : [0, bytes.length]
    const common = { etag: `"${bytes.length}"`, 'accept-ranges': 'bytes' }
    if (start >= bytes.length && isRange) {
      response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end()
      return
    }
    const range = isRange ? { 'content-range': `bytes ${start}-${end - 1}/${bytes.length}` } : {}
    response.writeHead(isRange ? 206 : 200, { ...common, ...range, 'content-length': end - start })
    if (seen.method === 'HEAD') response.end()
    else {
      seen.sent = end - start
      response.end(bytes.subarray(start, end))
    }
  }
}
