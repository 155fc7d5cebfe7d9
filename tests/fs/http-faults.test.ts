/**
 * Servers that do otherwise than they should: a read gives the right bytes or a typed error, and never other bytes.
 */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fetch } from '../../src/fs/http-client'
import { HttpFileSystem, type HttpOptions } from '../../src/fs/http'
import {
  AbortedError,
  DataLossError,
  FailedPreconditionError,
  NotFoundError,
  OpError,
  OutOfRangeError,
  PermissionDeniedError,
  ResourceExhaustedError,
  UnavailableError,
  UnimplementedError,
  UnknownError,
} from '../../src/util/errors'
import { counting, rejection } from '../contract/place'
import { FileServer } from '../helpers/http-server'
import { type Alter, type Answer, gzipped, oddServer, onGet, whole, withHeaders } from '../helpers/odd-server'

const BYTES = counting(100)

/** What reading ten bytes at 20 gives. */
async function readSome(alter: Alter, options?: HttpOptions): Promise<number[]> {
  const file = await oddServer(BYTES, alter, options).fs.open('f')
  return [...(await file.read(20, 10))]
}

const SOME = [...BYTES.subarray(20, 30)]

type OpErrorClass = abstract new (...some: never[]) => OpError

async function expectFault(alter: Alter, Class: OpErrorClass, text: RegExp, options?: HttpOptions): Promise<OpError> {
  const error = await rejection(readSome(alter, options))
  expect(error).toBeInstanceOf(Class)
  expect(error.message).toMatch(text)
  expect(error.path).toBe('f')
  return error
}

describe('A server without ranges', () => {
  test('is an error that says what to do', async () => {
    await expectFault(
      whole(BYTES),
      UnimplementedError,
      /^Cannot read parts of f: GET http:\/\/server\/base\/f answered 200: the server knows no ranges\. .* withoutRanges: 'download'/,
    )
  })

  test('gives the whole file to who reads the whole file', async () => {
    const file = await oddServer(BYTES, whole(BYTES)).fs.open('f')
    expect([...(await file.read(0, 100))]).toEqual([...BYTES])
    const cut = await oddServer(BYTES, whole(BYTES.subarray(0, 99))).fs.open('f')
    expect(await rejection(cut.read(0, 100))).toBeInstanceOf(UnavailableError)
    const longer = await oddServer(BYTES, whole(counting(101))).fs.open('f')
    expect(await rejection(longer.read(0, 100))).toBeInstanceOf(DataLossError)
  })

  test('is asked once, by choice, for all', async () => {
    const { fs, asked } = oddServer(BYTES, whole(BYTES), { withoutRanges: 'download' })
    const file = await fs.open('f')
    const reads = await Promise.all([file.read(20, 10), file.read(0, 5), file.read(50, 50)])
    expect(reads.map((read) => [...read])).toEqual([SOME, [...BYTES.subarray(0, 5)], [...BYTES.subarray(50)]])
    const before = asked.length
    const again = await file.read(20, 10)
    expect([...again]).toEqual(SOME)
    again.fill(0)
    expect([...(await file.read(20, 10))]).toEqual(SOME)
    expect(asked).toHaveLength(before)
    await file.close()
  })

  test('is asked again for all where the line breaks', async () => {
    const alter: Alter = (answer, asked) => ({
      ...(whole(BYTES)(answer, asked) as Answer),
      ...(asked.n < 4 && { body: BYTES.subarray(0, 50), broken: true }),
    })
    const file = await oddServer(BYTES, alter, { withoutRanges: 'download' }).fs.open('f')
    const reads = await Promise.all([file.read(20, 10), file.read(0, 5), file.read(90, 10)])
    expect(reads.map((read) => [...read])).toEqual([SOME, [...BYTES.subarray(0, 5)], [...BYTES.subarray(90)]])
  })

  test('with another file than was opened is an error', async () => {
    for (const body of [BYTES.subarray(1), counting(101)]) {
      const { fs } = oddServer(BYTES, whole(body), { withoutRanges: 'download' })
      expect(await rejection((await fs.open('f')).read(20, 10))).toBeInstanceOf(OpError)
      const said = onGet(() => ({ status: 200, headers: { 'content-length': String(body.length) }, body }))
      await expectFault(said, AbortedError, /it had 100 bytes, now it has (99|101)/, { withoutRanges: 'download' })
    }
    const changed = onGet(() => ({ status: 200, headers: { etag: '"2"' }, body: BYTES }))
    await expectFault(changed, AbortedError, /etag was "1", now it is "2"/, { withoutRanges: 'download' })
  })

  test('that says the whole file after a broken range starts anew', async () => {
    const alter = onGet((answer, { n }) =>
      n === 1 ? { body: answer.body.subarray(0, 50), broken: true } : { status: 200, body: BYTES, headers: {} },
    )
    const file = await oddServer(BYTES, alter).fs.open('f')
    expect([...(await file.read(0, 100))]).toEqual([...BYTES])
  })
})

describe('An answer to another question', () => {
  test.each([
    ['bytes 21-30/100', DataLossError, /answered 206 with bytes 21-30, where 20-29 were asked for/],
    ['bytes 20-28/100', DataLossError, /where 20-29 were asked for/],
    ['bytes 0-99/100', DataLossError, /where 20-29 were asked for/],
    ['bytes */100', DataLossError, /where 20-29 were asked for/],
    ['lines 20-29/100', DataLossError, /where 20-29 were asked for/],
    ['nonsense', DataLossError, /where 20-29 were asked for/],
    ['', DataLossError, /where 20-29 were asked for/],
    ['bytes 20-29/101', AbortedError, /^f; Stale file handle: it changed on the server .* 100 bytes, now it has 101/],
  ])('Content-Range: %s', async (range, Class, text) => {
    await expectFault(
      onGet((answer) => withHeaders(answer, { 'content-range': range })),
      Class,
      text,
    )
  })

  test('an answer of several parts', async () => {
    const headers = { 'content-type': 'multipart/byteranges; boundary=x' }
    await expectFault(
      onGet(({ body }) => ({ headers, body })),
      DataLossError,
      /where 20-29 were asked for/,
    )
  })

  test('a size that the server does not know is no fault', async () => {
    expect(await readSome(onGet((answer) => withHeaders(answer, { 'content-range': 'bytes 20-29/*' })))).toEqual(SOME)
  })

  test('more bytes than were asked for are not read to their end', async () => {
    let sent = 0
    const fetch: Fetch = async (_url, { method }) => {
      if (method === 'HEAD') return new Response(null, { headers: { 'content-length': '100' } })
      const endless = new ReadableStream<Uint8Array>({ pull: (to) => void (sent++, to.enqueue(counting(8))) })
      return new Response(endless, { status: 206 })
    }
    const file = await new HttpFileSystem('http://server', { fetch }).open('f')
    const error = await rejection(file.read(20, 10))
    expect(error).toBeInstanceOf(DataLossError)
    expect(error.message).toBe('Cannot read f: GET http://server/f answered 206 with too many bytes')
    expect(sent).toBeLessThan(6)
  })

  test('compressed bytes are none of the file, whole or in part', async () => {
    const alter = onGet((answer) => ({
      ...withHeaders(answer, { 'content-encoding': 'gzip' }),
      body: gzipped(SOMETHING),
    }))
    await expectFault(alter, FailedPreconditionError, /answered 206 with Content-Encoding: gzip/)
    expect(await readSome(onGet((answer) => withHeaders(answer, { 'content-encoding': 'identity' })))).toEqual(SOME)
  })
})

const SOMETHING = BYTES.subarray(20, 30)

describe('A file that changes', () => {
  const later = (headers: Record<string, string | undefined>): Alter => onGet((answer) => withHeaders(answer, headers))

  test('has another ETag or another date', async () => {
    await expectFault(
      later({ etag: '"2"' }),
      AbortedError,
      /^f; Stale file handle: .* its etag was "1", now it is "2"\. Open it again$/,
    )
    const date = 'Tue, 06 Jan 2026 00:00:00 GMT'
    await expectFault(
      later({ etag: undefined, 'last-modified': date }),
      AbortedError,
      /last-modified was Mon, .* now it is Tue/,
    )
  })

  test('is not told by a tag that is weak on one way, by a hidden tag, or by the date where the tag is the same', async () => {
    for (const headers of [{ etag: 'W/"1"' }, { etag: undefined }, { 'last-modified': 'now' }]) {
      expect(await readSome(later(headers))).toEqual(SOME)
    }
  })

  test('between two reads', async () => {
    const alter = onGet((answer, { n }) => withHeaders(answer, { etag: n < 2 ? '"1"' : '"2"' }))
    const file = await oddServer(BYTES, alter).fs.open('f')
    expect([...(await file.read(20, 10))]).toEqual(SOME)
    expect(await rejection(file.read(20, 10))).toBeInstanceOf(AbortedError)
    // And it stays so: the bytes that were read were those of the first version.
    expect(await rejection(file.read(20, 10))).toBeInstanceOf(AbortedError)
  })

  test('between two answers that tell, where opening told nothing', async () => {
    const alter: Alter = (answer, { n }) =>
      withHeaders(answer, { etag: n === 0 ? undefined : `"${n}"`, 'last-modified': undefined })
    const file = await oddServer(BYTES, alter).fs.open('f')
    await file.read(20, 10)
    expect(await rejection(file.read(20, 10))).toBeInstanceOf(AbortedError)
  })

  test('in the middle of a read that breaks off', async () => {
    const alter = onGet((answer, { n }) =>
      n === 1 ? { body: answer.body.subarray(0, 4), broken: true } : withHeaders(answer, { etag: '"2"' }),
    )
    await expectFault(alter, AbortedError, /etag/)
  })
})

describe('Across origins', () => {
  const hidden = (answer: Answer): Answer => withHeaders(answer, { etag: undefined, 'content-range': undefined })

  test('the length is that of HEAD, and that of the body', async () => {
    expect(await readSome((answer) => hidden(answer))).toEqual(SOME)
    const longer = onGet((answer) => ({ ...hidden(answer), body: counting(11) }))
    await expectFault(longer, DataLossError, /too many bytes/)
    const shorter = onGet((answer) => ({ ...hidden(answer), body: answer.body.subarray(0, -1) }))
    await expectFault(shorter, UnavailableError, /with \d bytes of/)
  })

  test('a server without HEAD does not tell the size', async () => {
    const alter: Alter = (answer, { method }) => (method === 'HEAD' ? { ...answer, status: 405 } : hidden(answer))
    await expectFault(alter, FailedPreconditionError, /does not say how long it is/)
  })
})

describe('Opening without HEAD', () => {
  const noHead = (answer: Partial<Answer>, get: Alter = (plain) => plain): Alter => {
    return (plain, asked) => (asked.method === 'HEAD' ? { ...plain, headers: {}, ...answer } : get(plain, asked))
  }

  test.each([[405], [501], [403], [400], [200]])('status %i: the first byte tells the size', async (status) => {
    const { fs, asked } = oddServer(BYTES, noHead({ status }))
    const file = await fs.open('f')
    expect([file.size, [...(await file.read(20, 10))]]).toEqual([100, SOME])
    expect(asked.map(({ method, start, end }) => `${method} ${start}-${end}`)).toEqual([
      'HEAD 0-100',
      'GET 0-1',
      'GET 20-30',
    ])
    expect(await fs.exists('f')).toBe(true)
  })

  test('a length of 0 is not believed', async () => {
    const none = noHead({ status: 200, headers: { 'content-length': '0' } })
    const { fs } = oddServer(BYTES, none)
    const file = await fs.open('f')
    expect([file.size, [...(await file.read(20, 10))]]).toEqual([100, SOME])
  })

  test("the length of a compressed answer is not the file's", async () => {
    const compressed = { status: 200, headers: { 'content-encoding': 'gzip', 'content-length': '40', etag: '"gz"' } }
    expect(await readSome(noHead(compressed))).toEqual(SOME)
  })

  test('an empty file has no first byte', async () => {
    const { fs } = oddServer(
      new Uint8Array(0),
      noHead({ status: 405 }, (answer) => ({ ...answer, status: 416 })),
    )
    expect((await fs.open('f')).size).toBe(0)
    expect(await fs.exists('f')).toBe(true)
  })

  test('without ranges either: what Content-Length says, else one whole download', async () => {
    const headers = { 'content-length': '100' }
    const said = noHead({ status: 405 }, () => ({ status: 200, headers, body: BYTES }))
    expect((await oddServer(BYTES, said).fs.open('f')).size).toBe(100)
    const unsaid = noHead({ status: 405 }, whole(BYTES))
    await expectFault(unsaid, UnimplementedError, /withoutRanges/)
    const { fs, asked } = oddServer(BYTES, unsaid, { withoutRanges: 'download' })
    const file = await fs.open('f')
    expect([file.size, [...(await file.read(20, 10))], asked.length]).toEqual([100, SOME, 2])
  })

  test('what the first byte is refused with', async () => {
    await expectFault(() => ({ status: 403, headers: {}, body: BYTES }), PermissionDeniedError, /^f; Permission denied/)
    const encoded = noHead({ status: 405 }, (answer) => withHeaders(answer, { 'content-encoding': 'br' }))
    await expectFault(encoded, FailedPreconditionError, /Content-Encoding: br/)
    const endless = noHead({ status: 405 }, (answer) =>
      withHeaders(answer, { 'content-range': `bytes 0-0/${2 ** 60}` }),
    )
    await expectFault(endless, FailedPreconditionError, /does not say how long/)
  })

  test('a size that no memory holds is a typed error', async () => {
    const { fs } = oddServer(BYTES, (answer) => withHeaders(answer, { 'content-length': String(2 ** 52) }))
    const file = await fs.open('f')
    expect(await rejection(file.read(0, 2 ** 52))).toBeInstanceOf(ResourceExhaustedError)
  })
})

describe('What a status means', () => {
  test.each([
    [400, UnknownError, 'f; Input/output error'],
    [401, PermissionDeniedError, 'f; Permission denied'],
    [403, PermissionDeniedError, 'f; Permission denied'],
    [404, NotFoundError, 'f; No such file or directory'],
    [407, PermissionDeniedError, 'f; Permission denied'],
    [410, NotFoundError, 'f; No such file or directory'],
    [412, AbortedError, 'f; Stale file handle'],
    [418, UnknownError, 'f; Input/output error'],
    [501, UnknownError, 'f; Input/output error'],
    [204, UnknownError, 'f; Input/output error'],
    [304, UnknownError, 'f; Input/output error'],
  ])('%i', async (status, Class, text) => {
    const reading = await rejection(readSome(onGet(() => ({ status }))))
    expect(reading).toBeInstanceOf(Class)
    expect(reading.message).toBe(`${text}: GET http://server/base/f answered ${status}`)
    const { fs } = oddServer(BYTES, (answer) => ({ ...answer, status }))
    expect(await rejection(fs.open('f'))).toBeInstanceOf(Class)
    if (Class === NotFoundError) expect(await fs.exists('f')).toBe(false)
    else expect(await rejection(fs.exists('f'))).toBeInstanceOf(Class)
  })

  test('416 is the end of the file', async () => {
    await expectFault(
      onGet(() => ({ status: 416 })),
      OutOfRangeError,
      /^Read less bytes than requested/,
    )
  })

  test('no error shows the query: it may be a key', async () => {
    const fetch: Fetch = async () => new Response(null, { status: 404 })
    const fs = new HttpFileSystem('http://server/?key=secret', { fetch })
    const error = await rejection(fs.open('f'))
    expect(error.message).toBe('f; No such file or directory: HEAD http://server/f?… answered 404')
  })
})

describe('What passes', () => {
  const once = (times: number, change: (answer: Answer) => Partial<Answer> | string): Alter => {
    let left = times
    return onGet((answer) => (left-- > 0 ? change(answer) : {}))
  }

  test.each([[408], [425], [429], [500], [502], [503], [504], [520]])('status %i, asked again', async (status) => {
    const { fs, waited } = oddServer(
      BYTES,
      once(3, () => ({ status })),
    )
    expect([...(await (await fs.open('f')).read(20, 10))]).toEqual(SOME)
    expect(waited).toEqual([0.5, 1, 2])
  })

  test('a server that does not recover is UnavailableError, after five attempts', async () => {
    const { fs, waited, asked } = oddServer(
      BYTES,
      onGet(() => ({ status: 503 })),
    )
    const error = await rejection((await fs.open('f')).read(20, 10))
    expect(error).toBeInstanceOf(UnavailableError)
    expect(error.message).toBe('f; Resource temporarily unavailable: GET http://server/base/f answered 503')
    expect([waited, asked.length]).toEqual([[0.5, 1, 2, 4], 6])
    const few = oddServer(BYTES, () => 'no route', { retries: 1, backoffSecs: 3 })
    expect((await rejection(few.fs.open('f'))).message).toMatch(
      /^f; .* unavailable: HEAD .* failed: TypeError: no route$/,
    )
    expect(few.waited).toEqual([3])
    const none = oddServer(BYTES, () => 'no route', { retries: 0 })
    expect(await rejection(none.fs.exists('f'))).toMatchObject({
      code: 'UNAVAILABLE',
      cause: new TypeError('no route'),
    })
    expect(none.waited).toEqual([])
  })

  test.each([
    ['7', 7],
    ['0', 0],
    ['99999', 60],
    ['Thu, 01 Jan 2026 00:00:20 GMT', 20],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['soon', 0.5],
  ])('Retry-After: %s', async (text, seconds) => {
    const { fs, waited } = oddServer(
      BYTES,
      once(1, () => ({ status: 503, headers: { 'retry-after': text } })),
    )
    expect([...(await (await fs.open('f')).read(20, 10))]).toEqual(SOME)
    expect(waited).toEqual([seconds])
  })

  test('a broken line: only what is missing is asked for again', async () => {
    const cut = (answer: Answer) => ({ body: answer.body.subarray(0, 6), broken: true })
    const { fs, asked } = oddServer(BYTES, once(2, cut))
    const file = await fs.open('f')
    const around = new Uint8Array(32).fill(255)
    await Promise.all([file.readInto?.(20, around.subarray(1, 11)), file.readInto?.(30, around.subarray(11, 31))])
    expect([...around]).toEqual([255, ...BYTES.subarray(20, 50), 255])
    expect(asked.slice(1).map(({ start, end }) => [start, end])).toEqual([
      [20, 50],
      [26, 50],
      [32, 50],
    ])
  })

  test('a line that breaks behind the last byte: nothing is missing', async () => {
    const { fs, asked } = oddServer(
      BYTES,
      onGet(() => ({ broken: true })),
    )
    expect([...(await (await fs.open('f')).read(20, 10))]).toEqual(SOME)
    expect(asked).toHaveLength(2)
  })

  test('a body that ends too early', async () => {
    expect(await readSome(once(2, (answer) => ({ body: answer.body.subarray(0, -1) })))).toEqual(SOME)
    const never = onGet(() => ({ body: new Uint8Array(0) }))
    await expectFault(never, UnavailableError, /answered 206 with 0 bytes of 10$/)
  })

  test('nothing is written once a read has failed', async () => {
    const alter = onGet((answer, { start }) => (start === 0 ? { status: 403 } : answer))
    const file = await oddServer(BYTES, alter, { maxRequestBytes: 10 }).fs.open('f')
    const target = new Uint8Array(100)
    await rejection(file.readInto?.(0, target) ?? Promise.resolve())
    const seen = target.slice()
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(target).toEqual(seen)
  })
})

describe('An abort', () => {
  const reason = new Error('no longer wanted')

  /** A server that never answers the n-th request, but hears of the abort. */
  function silentFrom(n: number): Fetch {
    let count = 0
    return async (_url, { signal, method }) => {
      if (count++ >= n) {
        await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
      }
      const length = method === 'HEAD' ? { 'content-length': '100' } : {}
      return new Response(null, { headers: length })
    }
  }

  test.each([0, 1])('ends open() and the reads of the file: request %i', async (n) => {
    const controller = new AbortController()
    const fs = new HttpFileSystem('http://server', { fetch: silentFrom(n), maxRequests: 1 })
    const work = (async () => {
      const file = await fs.open('f', controller)
      // The second one waits for the first.
      return Promise.all([file.read(20, 10), file.read(50, 10)])
    })()
    setTimeout(() => controller.abort(reason))
    expect(await rejection(work)).toBe(reason)
  })

  test('ends the waiting for the turn of others, who keep theirs', async () => {
    const answers: (() => void)[] = []
    const fetch: Fetch = async () => {
      await new Promise<void>((resolve) => answers.push(resolve))
      return new Response(null, { headers: { 'content-length': '1' } })
    }
    const fs = new HttpFileSystem('http://server', { fetch, maxRequests: 1 })
    const controller = new AbortController()
    const first = fs.open('f')
    const second = fs.open('f', controller)
    const third = fs.open('f')
    controller.abort(reason)
    expect(await rejection(second)).toBe(reason)
    expect(answers).toHaveLength(1)
    answers.shift()?.()
    expect((await first).size).toBe(1)
    await new Promise((resolve) => setTimeout(resolve))
    answers.shift()?.()
    expect((await third).size).toBe(1)
  })

  test('ends the waiting before another attempt, and no attempt follows', async () => {
    const controller = new AbortController()
    const { fs, asked } = oddServer(BYTES, () => {
      controller.abort(reason)
      return { status: 503, headers: {}, body: BYTES }
    })
    expect(await rejection(fs.open('f', controller))).toBe(reason)
    expect(asked).toHaveLength(1)
  })

  test('is heard by a server that hears nothing of it, at the next bytes', async () => {
    const controller = new AbortController()
    const fetch: Fetch = async (_url, { method }) => {
      if (method === 'HEAD') return new Response(null, { headers: { 'content-length': '100' } })
      controller.abort(reason)
      return new Response(BYTES.slice(20, 30), { status: 206 })
    }
    const file = await new HttpFileSystem('http://server', { fetch }).open('f', controller)
    expect(await rejection(file.read(20, 10))).toBe(reason)
  })
})

describe('The function fetch', () => {
  test('is missing', async () => {
    const { fetch } = globalThis
    try {
      Reflect.deleteProperty(globalThis, 'fetch')
      expect(await rejection(new HttpFileSystem('http://server').open('f'))).toBeInstanceOf(UnimplementedError)
    } finally {
      globalThis.fetch = fetch
    }
  })

  test("is called as a function: a browser's is a method of nothing else", async () => {
    const seen: unknown[] = []
    const fetch = async function (this: unknown): Promise<Response> {
      seen.push(this)
      return new Response(null, { headers: { 'content-length': '1' } })
    }
    await new HttpFileSystem('http://server', { fetch }).open('f')
    expect(seen).toEqual([undefined])
  })

  test('is told names of headers in small letters, and the range is ours', async () => {
    const seen: object[] = []
    const fetch: Fetch = async (_url, { headers, method }) => {
      seen.push(headers)
      if (method === 'HEAD') return new Response(null, { headers: { 'content-length': '100' } })
      return new Response(BYTES.slice(20, 30), { status: 206 })
    }
    const headers = { Range: 'bytes=0-0', 'X-Token': 'A', 'Accept-Encoding': 'br' }
    const file = await new HttpFileSystem('http://server', { fetch, headers }).open('f')
    expect([...(await file.read(20, 10))]).toEqual(SOME)
    expect(seen[1]).toEqual({ range: 'bytes=20-29', 'x-token': 'A', 'accept-encoding': 'br' })
  })

  test('gives bodies of another kind', async () => {
    for (const body of [null, {}]) {
      const fetch: Fetch = async (_url, { method }) => ({
        status: method === 'HEAD' ? 200 : 206,
        headers: { get: (name) => (name === 'content-length' && method === 'HEAD' ? '100' : null) },
        body,
        arrayBuffer: async () => BYTES.slice(20, 30).buffer,
      })
      const file = await new HttpFileSystem('http://server', { fetch }).open('f')
      expect([...(await file.read(20, 10))]).toEqual(SOME)
    }
  })

  test('is told what was chosen', async () => {
    const seen: object[] = []
    const fetch: Fetch = async (_url, { headers: _headers, ...init }) => {
      seen.push(init)
      return new Response(null, { headers: { 'content-length': '1' } })
    }
    await new HttpFileSystem('http://server', { fetch }).open('f')
    await new HttpFileSystem('http://server', { fetch, credentials: 'include', cache: 'default' }).open('f')
    expect(seen).toEqual([
      { method: 'HEAD', cache: 'no-store' },
      { method: 'HEAD', cache: 'default', credentials: 'include' },
    ])
  })
})

describe('A real server', () => {
  test('that breaks the line again and again is asked for the rest, and at last is no longer there', async () => {
    const bytes = counting(200_000)
    const server = await FileServer.start([['f', bytes]])
    let left = 3
    server.fault = ({ method, headers }, response) => {
      if (method !== 'GET' || left-- <= 0) return false
      const [, first, last] = /(\d+)-(\d+)/.exec(headers.range ?? '') ?? []
      const [start, end] = [Number(first), Number(last) + 1]
      const range = `bytes ${start}-${end - 1}/200000`
      response.writeHead(206, { 'content-length': end - start, 'content-range': range })
      response.write(bytes.subarray(start, (start + end) >> 1), () => response.destroy())
      return true
    }
    const fs = new HttpFileSystem(server.origin, { backoffSecs: 0 })
    const file = await fs.open('f')
    expect(Buffer.compare(await file.read(50_000, 100_000), bytes.subarray(50_000, 150_000))).toBe(0)
    await server.stop()
    const error = await rejection(file.read(0, 1))
    expect(error).toBeInstanceOf(UnavailableError)
    expect(error.message).toMatch(/^f; Resource temporarily unavailable: GET http.* failed: /)
  })

  test('that compresses what it sends whole', async () => {
    const server = await FileServer.start([['f', counting(5000)]])
    server.fault = (request, response) => {
      const headers = { 'content-encoding': 'gzip', 'content-length': gzipped(counting(5000)).length }
      response.writeHead(200, headers).end(request.method === 'HEAD' ? '' : gzipped(counting(5000)))
      return true
    }
    const fs = new HttpFileSystem(server.origin, { withoutRanges: 'download' })
    const file = await fs.open('f')
    expect([file.size, [...(await file.read(4000, 1000))]]).toEqual([5000, [...counting(5000).subarray(4000)]])
    expect(await rejection(new HttpFileSystem(server.origin).open('f'))).toBeInstanceOf(UnimplementedError)
    await server.stop()
  })
})

/** What a server may do wrong with one answer. */
const FAULTS: readonly ((answer: Answer, bytes: Uint8Array) => Answer | string)[] = [
  (answer) => answer,
  (answer) => answer,
  () => 'connection reset',
  (answer) => ({ ...answer, status: 503 }),
  (answer) => ({ ...answer, status: 404 }),
  (answer) => ({ ...answer, status: 416 }),
  (answer) => ({ ...answer, body: answer.body.subarray(0, -1) }),
  (answer) => ({ ...answer, body: answer.body.subarray(0, answer.body.length >> 1), broken: true }),
  (answer) => ({ ...answer, body: Uint8Array.of(...answer.body, 1) }),
  (answer, bytes) => ({ ...answer, status: 200, body: bytes }),
  (answer, bytes) => ({ ...answer, status: 200, body: bytes.subarray(0, -1) }),
  (answer, bytes) => ({ ...withHeaders(answer, { 'content-length': String(bytes.length) }), status: 200, body: bytes }),
  (answer) => ({ ...withHeaders(answer, { 'content-encoding': 'gzip' }), body: gzipped(answer.body) }),
  (answer) => withHeaders(answer, { 'content-range': 'bytes 0-9/10' }),
  (answer) => withHeaders(answer, { 'content-range': undefined, etag: undefined }),
  (answer) => withHeaders(answer, { etag: '"2"' }),
  (answer) => withHeaders(answer, { 'content-length': '7' }),
  (answer) => ({ ...answer, status: 405 }),
]

describe('Any server', () => {
  test('gives the right bytes or a typed error', async () => {
    const ranges = fc.array(fc.tuple(fc.nat(100), fc.nat(40)), { minLength: 1, maxLength: 5 })
    const faults = fc.infiniteStream(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat(FAULTS.length - 1)))
    const options = fc.record({
      withoutRanges: fc.constantFrom('error' as const, 'download' as const),
      maxRequestBytes: fc.integer({ min: 1, max: 60 }),
      maxRequests: fc.integer({ min: 1, max: 4 }),
    })
    await fc.assert(
      fc.asyncProperty(ranges, faults, options, async (wanted, stream, chosen) => {
        const alter: Alter = (answer) => FAULTS[stream.next().value ?? 0]?.(answer, BYTES) ?? answer
        const { fs } = oddServer(BYTES, alter, chosen)
        const file = await fs.open('f').catch(orTyped)
        if (file === undefined) return
        await Promise.all(
          wanted.map(async ([offset, length]) => {
            const read = await file.read(offset, length).catch(orTyped)
            if (read !== undefined) expect([...read]).toEqual([...BYTES.subarray(offset, offset + length)])
          }),
        )
        await file.close()
      }),
      { numRuns: 300 },
    )
  })
})

function orTyped(error: unknown): undefined {
  if (!(error instanceof OpError)) throw error
  expect(error.path).toBe('f')
}
