/**
 * A `fetch` that answers from one file in memory, as well as a server would, or altered.
 */
import { gzipSync } from 'node:zlib'
import type { Fetch, HttpResponse } from '../../src/fs/http-client'
import { type HttpOptions, HttpFileSystem } from '../../src/fs/http'

/** An answer in parts. */
export interface Answer {
  status: number
  headers: Record<string, string>
  body: Uint8Array
  /** Breaks the line once the body was sent. */
  broken?: boolean
}

/** What was asked for. */
export interface Asked {
  readonly method: string
  /** The request's number, from 0. */
  readonly n: number
  readonly start: number
  readonly end: number
}

/** Makes another answer of the plain one; a string breaks the line before there is any. */
export type Alter = (answer: Answer, asked: Asked) => Answer | string

/** A file system of one file, "f", what it was asked for, and how long it has waited. */
export interface OddServer {
  readonly fs: HttpFileSystem
  readonly asked: Asked[]
  readonly waited: number[]
}

export function oddServer(bytes: Uint8Array, alter: Alter, options: HttpOptions = {}): OddServer {
  const [asked, waited]: [Asked[], number[]] = [[], []]
  const fetch: Fetch = async (_url, { method, headers, signal }) => {
    signal?.throwIfAborted()
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(headers['range'] ?? '') ?? []
    const [start, end] = [Number(first ?? 0), Number(last ?? bytes.length - 1) + 1]
    const request = { method, n: asked.length, start, end }
    asked.push(request)
    const answer = alter(plain(bytes, request), request)
    if (typeof answer === 'string') throw new TypeError(answer)
    return responseOf(answer, method)
  }
  const clock = {
    now: () => Date.parse('2026-01-01T00:00:00Z') / 1000,
    sleep: async (seconds: number, signal?: AbortSignal) => {
      waited.push(seconds)
      signal?.throwIfAborted()
    },
  }
  return { fs: new HttpFileSystem('http://server/base', { fetch, clock, ...options }), asked, waited }
}

function plain(bytes: Uint8Array, { method, start, end }: Asked): Answer {
  const headers = { etag: '"1"', 'last-modified': 'Mon, 05 Jan 2026 00:00:00 GMT' }
  if (method === 'HEAD') {
    return { status: 200, headers: { ...headers, 'content-length': String(bytes.length) }, body: new Uint8Array(0) }
  }
  const range = `bytes ${start}-${end - 1}/${bytes.length}`
  return { status: 206, headers: { ...headers, 'content-range': range }, body: bytes.slice(start, end) }
}

/** In chunks of three bytes. */
function responseOf({ status, headers, body, broken }: Answer, method: string): HttpResponse {
  let at = 0
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at < body.length) controller.enqueue(body.slice(at, (at += 3)))
      else if (broken === true) controller.error(new TypeError('terminated'))
      else controller.close()
    },
  })
  const hasBody = method !== 'HEAD' && ![204, 304].includes(status)
  return new Response(hasBody ? stream : null, { status, headers })
}

/** The answer of a server that knows no ranges. */
export function whole(bytes: Uint8Array): Alter {
  return (answer, { method }) => (method === 'HEAD' ? answer : { status: 200, headers: { etag: '"1"' }, body: bytes })
}

/** Changes what GET answers. */
export function onGet(change: (answer: Answer, asked: Asked) => Partial<Answer> | string): Alter {
  return (answer, asked) => {
    const changed = asked.method === 'GET' ? change(answer, asked) : {}
    return typeof changed === 'string' ? changed : { ...answer, ...changed }
  }
}

/** An answer with these headers; those that are undefined are hidden. */
export function withHeaders(answer: Answer, headers: Record<string, string | undefined>): Answer {
  const all = Object.entries({ ...answer.headers, ...headers })
  return {
    ...answer,
    headers: Object.fromEntries(all.filter((pair): pair is [string, string] => pair[1] !== undefined)),
  }
}

export function gzipped(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(gzipSync(bytes))
}
