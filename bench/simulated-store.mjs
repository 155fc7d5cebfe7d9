/**
 * Object storage that is not there: files of any size behind a network with a latency and a bandwidth (simulated-network.mjs).
 *
 * Data files have no bytes: they are PATTERN again and again, as often as their size says. HttpFileSystem reads them by a `fetch` of
 * its own, so that requests are counted as a server would see them: HEAD, GET of a range, so many at once. What is written goes there
 * when the file is closed, in one PUT; to rename takes one request, as where there are directories (elsewhere the store copies), to
 * list one for 1,000 names.
 */
import { HttpFileSystem } from '../dist/index.js'
import { PATTERN } from './pattern.mjs'
import { SimulatedNetwork } from './simulated-network.mjs'

/** A piece of a body is a view of this. */
const CHUNK = 1 << 22
const repeated = new Uint8Array(CHUNK + PATTERN.byteLength)
for (let at = 0; at < repeated.length; at += PATTERN.byteLength) repeated.set(new Uint8Array(PATTERN.buffer), at)

/** A store behind a network, as a FileSystem. */
export class SimulatedStore {
  network
  /** Path → its bytes, or the size of one that has PATTERN again and again. */
  files = new Map()
  counts = { requests: 0, bytes: 0, inFlight: 0, most: 0 }
  #http
  #limit
  #waiting = []

  /** @param {{ latency: number, bandwidth: number, line: number, requests: number }} limits see SimulatedNetwork; requests at once */
  constructor(limits) {
    this.#limit = limits.requests
    this.network = new SimulatedNetwork(limits)
    this.#http = new HttpFileSystem('http://store/', {
      fetch: (url, init) => this.#answer(decodeURIComponent(new URL(url).pathname.slice(1)), init),
      maxRequests: limits.requests,
    })
  }

  /** Runs `work`: what it took. Seconds are simulated. */
  async measure(work) {
    const from = this.network.now
    this.counts = { requests: 0, bytes: 0, inFlight: 0, most: 0 }
    await this.network.run(work)
    const { requests, bytes, most } = this.counts
    return { requests, bytes, most, seconds: this.network.now - from }
  }

  open(path, options) {
    return this.#http.open(path, options)
  }

  exists(path) {
    return this.#http.exists(path)
  }

  async create(path) {
    const pieces = []
    return {
      append: async (bytes) => void pieces.push(bytes.slice()),
      sync: async () => undefined,
      close: async () => {
        const bytes = Buffer.concat(pieces)
        await this.#request(bytes.length)
        this.files.set(path, bytes)
      },
    }
  }

  async rename(from, to) {
    await this.#request(0)
    this.files.set(to, this.files.get(from))
    this.files.delete(from)
  }

  async remove(path) {
    await this.#request(0)
    this.files.delete(path)
  }

  async list(dir) {
    const start = dir === '.' ? '' : `${dir}/`
    const names = [...this.files.keys()].filter((path) => path.startsWith(start))
    for (let page = 0; page === 0 || page < names.length / 1000; page++) await this.#request(0)
    return [...new Set(names.map((path) => path.slice(start.length).split('/')[0]))]
  }

  async mtime() {
    await this.#request(0)
    return 0
  }

  /** Directories are what paths say. */
  async mkdir() {}
  async removeDir() {}
  async isDirectory(path) {
    await this.#request(0)
    return [...this.files.keys()].some((file) => file.startsWith(`${path}/`))
  }

  async #request(bytes) {
    const { counts } = this
    counts.requests++
    counts.bytes += bytes
    // HttpFileSystem keeps to the limit by itself.
    while (counts.inFlight >= this.#limit) await new Promise((resolve) => this.#waiting.push(resolve))
    counts.most = Math.max(counts.most, ++counts.inFlight)
    await this.network.request(bytes)
    counts.inFlight--
    this.#waiting.shift()?.()
  }

  async #answer(path, { method, headers }) {
    const file = this.files.get(path)
    const size = typeof file === 'number' ? file : file?.length
    if (size === undefined) {
      await this.#request(0)
      return response(404, {}, [])
    }
    if (method === 'HEAD') {
      await this.#request(0)
      return response(200, { 'content-length': String(size) }, [])
    }
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(headers.range).map(Number)
    await this.#request(last + 1 - first)
    const body = typeof file === 'number' ? virtual(first, last + 1) : [file.subarray(first, last + 1)]
    return response(206, { 'content-range': `bytes ${first}-${last}/${size}` }, body)
  }
}

function* virtual(start, end) {
  for (let at = start; at < end; at += CHUNK) {
    const from = at % PATTERN.byteLength
    yield repeated.subarray(from, from + Math.min(CHUNK, end - at))
  }
}

/** As much of a Response as HttpFileSystem asks for. */
function response(status, headers, chunks) {
  const iterator = chunks[Symbol.iterator]()
  const reader = { read: async () => iterator.next(), releaseLock: () => undefined }
  return {
    status,
    headers: { get: (name) => headers[name] ?? null },
    body: { getReader: () => reader, cancel: async () => undefined },
    arrayBuffer: async () => Uint8Array.from(Buffer.concat([...chunks])).buffer,
  }
}
