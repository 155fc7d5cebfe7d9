/**
 * `npm run test:browser`: the built package in a real browser, headless Chromium, under a strict content security policy.
 * The judge is TensorFlow: its values in tests/golden/manifest.json, and its files.
 *
 *     node scripts/browser.mjs [--if-available]
 *
 * The browser is the one that TFSAVE_CHROMIUM names, else chromium, chromium-browser or google-chrome on the PATH. Where
 * there is none, Debian's package is installed where that can be done (as root, with apt-get). Else it fails; with
 * --if-available it says that the browser was left out and ends well.
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { delimiter, dirname, extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const golden = join(root, 'tests', 'golden')
const { values: options } = parseArgs({ options: { 'if-available': { type: 'boolean', default: false } } })

if (!existsSync(join(root, 'dist', 'index.js'))) {
  console.error('dist/index.js is not there: run `npm run build` first')
  process.exit(1)
}

// ── The browser ─────────────────────────────────────────────────────────────────────────────────────────────────────

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

function onPath() {
  const places = (process.env.PATH ?? '').split(delimiter)
  return NAMES.flatMap((name) => places.map((place) => join(place, name))).find((file) => existsSync(file))
}

function installed() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined
  const apt = (...args) =>
    spawnSync('apt-get', args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
  console.log("No browser was found: installing Debian's chromium")
  const install = () => apt('install', '-y', '--no-install-recommends', 'chromium').status === 0
  if (!install()) {
    apt('update')
    install()
  }
  return onPath()
}

function findBrowser() {
  const given = process.env.TFSAVE_CHROMIUM
  if (given !== undefined && given !== '') return given
  const found = onPath() ?? installed()
  if (found !== undefined) return found
  console.log(`left out: no Chromium was found (${NAMES.join(', ')}), and it could not be installed`)
  process.exit(options['if-available'] ? 0 : 1)
}

// ── Servers ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const TYPES = { '.html': 'text/html', '.mjs': 'text/javascript', '.js': 'text/javascript' }

/** Serves `/dist`, `/golden` and the page itself. `headers` go with each answer. */
function serve({ headers = {}, ranges = true, requests = [] }) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname))
    const file = fileOf(path)
    requests.push({ method: request.method, path, range: request.headers.range })
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    if (request.method === 'OPTIONS') return void response.writeHead(204).end()
    if (file === undefined || !existsSync(file)) return void response.writeHead(404).end()
    answer(request, response, readFileSync(file), { type: TYPES[extname(file)] ?? 'application/octet-stream', ranges })
  })
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

function fileOf(path) {
  if (path.startsWith('/dist/')) return join(root, path)
  if (path.startsWith('/golden/')) return join(golden, path.slice('/golden/'.length))
  return ['/page.html', '/page.mjs'].includes(path) ? join(root, 'tests', 'browser', path) : undefined
}

function answer(request, response, bytes, { type, ranges }) {
  response.setHeader('content-type', type)
  const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')
  if (range === null || !ranges) {
    response.setHeader('content-length', bytes.length)
    return void response.end(request.method === 'HEAD' ? undefined : bytes)
  }
  const [from, to] = [Number(range[1]), Math.min(Number(range[2]), bytes.length - 1)]
  const headers = { 'content-range': `bytes ${from}-${to}/${bytes.length}`, 'content-length': to - from + 1 }
  response.writeHead(206, headers).end(bytes.subarray(from, to + 1))
}

function addressOf(server) {
  return `http://127.0.0.1:${server.address().port}`
}

/** Nothing but what comes from the page's own server, and what the tests name. No eval, no WebAssembly, no inline script. */
function policy(...connect) {
  return `default-src 'none'; script-src 'self'; connect-src 'self' ${connect.join(' ')}`
}

// ── What is held against what ───────────────────────────────────────────────────────────────────────────────────────

function goldensOf(manifest) {
  return JSON.parse(readFileSync(join(golden, manifest), 'utf8')).goldens
}

const goldens = goldensOf('manifest.json')
const old = goldensOf('v1/manifest.json')
const [grids] = goldensOf('slices/manifest.json')

/** What TensorFlow wrote, as the page tells it. */
function checkTensors(name, tensors, expected = goldens.find((one) => one.name === name).tensors) {
  assert.equal(tensors.length, expected.length, name)
  const found = new Map(tensors.map((tensor) => [tensor.key, tensor]))
  // A key that is no UTF-8 stands in `key` as it does in tfsave.
  for (const { key, keyHex: _bytes, ...value } of expected) {
    const told = found.get(key)
    assert.ok(told, `${name}: ${key} is missing`)
    for (const [part, content] of Object.entries(value))
      assert.deepEqual(told[part], content, `${name}: ${key}, ${part}`)
  }
}

/** Read over HTTP in the browser, of format V2… */
const OVER_HTTP = ['dtypes', 'strings', 'names', 'big-endian', 'snappy']

/** …and of V1. */
const OLD_OVER_HTTP = ['dtypes', 'snappy', 'sharded-2']

async function run(browser) {
  const closing = []
  const start = async (settings) => {
    const server = await serve(settings)
    closing.push(server)
    return addressOf(server)
  }
  // Another origin, which lets pages read, and shows none of the headers that are not safelisted.
  const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'range, if-match, if-range' }
  const elsewhere = await start({ headers: cors })
  const withoutRanges = await start({ headers: cors, ranges: false })
  const requests = []
  const home = await start({ headers: { 'content-security-policy': policy(elsewhere, withoutRanges) }, requests })
  const page = await (await browser.newContext({ acceptDownloads: true })).newPage()
  const faults = []
  page.on('pageerror', (error) => faults.push(String(error)))
  await page.goto(`${home}/page.html`)
  await page
    .waitForFunction(() => globalThis.page !== undefined, undefined, { timeout: 20_000 })
    .catch((error) => {
      throw new Error(`the page did not start: ${faults.join('; ') || error.message}`)
    })
  const call = (name, ...args) => page.evaluate(([what, given]) => globalThis.page[what](...given), [name, args])
  const done = (what) => console.log(`  ${what}`)

  for (const name of OVER_HTTP) {
    const { prefix } = goldens.find((one) => one.name === name)
    const { tensors, faults: faulty } = await call('readOverHttp', `${home}/golden/`, prefix)
    checkTensors(name, tensors)
    assert.equal(faulty, 0)
    done(`${name}: ${tensors.length} tensors over HTTP ranges, as TensorFlow wrote them`)
  }
  for (const name of OLD_OVER_HTTP) {
    const { path, tensors: expected } = old.find((one) => one.name === name)
    const { version, tensors } = await call('readOverHttp', `${home}/golden/`, `v1/${path}`)
    assert.equal(version, 'V1')
    checkTensors(name, tensors, expected)
    done(`${name}: ${tensors.length} tensors of format V1 over HTTP ranges`)
  }
  const parts = grids.shards.flat().filter(({ slice }) => slice !== undefined)
  const slices = parts.map(({ key, slice }) => [key, slice])
  const told = await call('readSlices', `${home}/golden/`, `slices/${grids.prefix}`, slices)
  for (const [i, { key, slice, fullShape: _, ...value }] of parts.entries()) {
    for (const [part, content] of Object.entries(value)) {
      assert.deepEqual(told[i][part], content, `${key} ${JSON.stringify(slice)}, ${part}`)
    }
  }
  done(`${parts.length} parts of partitioned tensors, each read as a slice`)
  const asked = requests.filter(({ path, method }) => path.startsWith('/golden/') && method === 'GET')
  assert.ok(asked.length > 0 && asked.every(({ range }) => range !== undefined), 'a whole file was asked for')

  const [first] = goldens.find(({ name }) => name === 'dtypes').tensors
  const one = await call('readOne', `${elsewhere}/golden/`, 'dtypes/m', first.key)
  assert.equal(one.hex, first.hex)
  done('one tensor from another origin, which hides ETag and Content-Range')
  assert.match(await call('failure', `${withoutRanges}/golden/`, 'dtypes/m', first.key), /^\w+Error: .*[Rr]ange/)
  done('a server without ranges: an error that says so')
  assert.match(await call('failure', `${home}/golden/`, 'nowhere/m', 'w'), /^NotFoundError: /)

  const data = ['dtypes/m.index', 'dtypes/m.data-00000-of-00001']
  assert.equal(
    await call(
      'dropFiles',
      data.map((file) => `/golden/${file}`),
    ),
    2,
  )
  checkTensors('dtypes', await call('readFiles', 'm'))
  done('files that were dropped into the page')
  await page.setInputFiles(
    '#folder',
    data.map((file) => join(golden, file)),
  )
  checkTensors('dtypes', await call('readFiles', 'm'))
  done('files that were chosen')

  assert.deepEqual(await call('offerCopy', `${home}/golden/`, 'dtypes/m'), ['model.data-00000-of-00001', 'model.index'])
  for (const [link, file] of [
    ['#download', data[1]],
    ['#download-index', data[0]],
  ]) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click(link)])
    assert.ok(readFileSync(await download.path()).equals(readFileSync(join(golden, file))), `${file} differs`)
  }
  done("a checkpoint written in memory and downloaded: the bytes are TensorFlow's")

  const trained = await call('train')
  const checkpoint = ['.data-00000-of-00001', '.index', '.meta'].map((end) => `model/m-3${end}`)
  assert.deepEqual(trained, {
    prefix: 'model/m-3',
    w: [3, 4, 5, 6, 7],
    average: [2, 3, 4, 5, 6],
    files: ['model/checkpoint', ...checkpoint],
  })
  done('a Saver and moving averages, where the policy forbids WebAssembly')
  const matrix = { dtype: 'float32', shape: [2, 2], data: [1.5, -2, 0, 4] }
  assert.deepEqual(await call('otherFormats'), [matrix, matrix, matrix, matrix])
  done('npy, npz, safetensors and pickle, there and back')

  // WebAssembly was tried, and refused; nothing else was.
  const refused = (await call('violations')).filter((what) => what !== 'wasm-eval')
  assert.deepEqual(refused, [])
  assert.deepEqual(faults, [])
  for (const server of closing) server.close()
}

const executablePath = findBrowser()
// No connection but to this machine.
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
const browser = await chromium.launch({ executablePath, args, headless: true })
try {
  console.log(`Chromium ${browser.version()}`)
  await run(browser)
  console.log('In a browser: as it should be')
} finally {
  await browser.close()
}
