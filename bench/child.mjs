/**
 * A process of its own that is asked over stdin and answers over stdout, a line of JSON each: so that the sides of a
 * comparison stay warm, and take turns.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))

export class Child {
  #process
  #lines
  #name

  constructor(command, args) {
    this.#name = args.at(-1)
    this.#process = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    this.#process.stdin.on('error', () => undefined) // It has ended: `ask` says so.
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]()
  }

  /** Asks for one thing; its answer. One question after another. */
  async ask(what, details = {}) {
    this.#process.stdin.write(`${JSON.stringify({ do: what, ...details })}\n`)
    const { value, done } = await this.#lines.next()
    if (done) throw new Error(`${this.#name} ended when it was asked to ${what}`)
    return JSON.parse(value)
  }

  /** Ends it; the most memory that it had, in bytes. */
  async end() {
    const { peak } = await this.ask('peak')
    this.kill()
    return peak
  }

  kill() {
    this.#process.stdin.end()
  }
}

/** One of ours: `name` is the script's. It leaves a profile in the directory that TFSAVE_PROFILE names. */
export function startNode(name) {
  const directory = process.env.TFSAVE_PROFILE
  const profile = directory ? ['--cpu-prof', `--cpu-prof-dir=${directory}`] : []
  return new Child(process.execPath, [...profile, join(here, `${name}.mjs`)])
}

/** One of TensorFlow's: `name` is the script's. */
export function startPython(python, name) {
  return new Child(python, [join(here, `${name}.py`)])
}

/** What a Node takes that does nothing, in bytes: as peak.mjs finds it, which would need modules for it. */
export function peakOfNothing() {
  const script = `
    const status = process.platform === 'linux' ? require('fs').readFileSync('/proc/self/status', 'utf8') : ''
    const kilobytes = /VmHWM:\\s*(\\d+)/.exec(status)?.[1] ?? process.resourceUsage().maxRSS
    console.log(kilobytes * 1024)`
  return Number(spawnSync(process.execPath, ['-e', script]).stdout)
}

/**
 * A Python that has TensorFlow: the one that TFSAVE_PYTHON names, else that of the virtual environment which
 * `npm run oracle` makes. None is installed for this.
 *
 * @returns {{ python?: string, reason?: string }}
 */
export function findTensorFlow() {
  const given = process.env.TFSAVE_PYTHON
  if (given !== undefined && given !== '') {
    const { status } = spawnSync(given, ['-c', 'import tensorflow'], { stdio: 'ignore' })
    return status === 0 ? { python: given } : { reason: `TFSAVE_PYTHON is ${given}, and that cannot import tensorflow` }
  }
  const requirements = readFileSync(join(here, '..', 'tests', 'oracle', 'requirements.txt'), 'utf8')
  const version = /^tensorflow-cpu==(\S+)$/m.exec(requirements)?.[1]
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  const directory = join(cache, 'tfsave', `oracle-tf-${version}`)
  const python = join(directory, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']))
  if (existsSync(join(directory, 'requirements.txt'))) return { python }
  return { reason: 'TFSAVE_PYTHON names no Python, and `npm run oracle` has not made one' }
}
