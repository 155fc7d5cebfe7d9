/**
 * `npm run oracle`: holds the built package against TensorFlow, both ways and byte for byte (tests/oracle/run_oracle.py
 * says what is compared).
 *
 *     node scripts/oracle.mjs [--count 200] [--if-available]
 *
 * TensorFlow runs in the Python that TFSAVE_PYTHON names, else in a virtual environment that is made once in the cache
 * directory of the user, never in the source tree. Where there is no Python, or no package index to install from, it
 * fails; with --if-available it says what was left out and ends well.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const oracle = join(root, 'tests', 'oracle')
const requirements = join(oracle, 'requirements.txt')
const { values: options } = parseArgs({
  options: { count: { type: 'string', default: '200' }, 'if-available': { type: 'boolean', default: false } },
})

/** Ends the run: TensorFlow cannot be had. */
function leaveOut(reason) {
  console.log(`left out: ${reason}`)
  process.exit(options['if-available'] ? 0 : 1)
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

function runs(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}

/** The TensorFlow that requirements.txt pins: "2.21.0". */
function pinnedVersion() {
  const line = /^tensorflow-cpu==(\S+)$/m.exec(readFileSync(requirements, 'utf8'))
  return line?.[1] ?? fail(`No version of tensorflow-cpu in ${requirements}`)
}

/** A Python that has TensorFlow. */
function python() {
  const given = process.env.TFSAVE_PYTHON
  if (given === undefined || given === '') return pythonOfCache()
  if (!runs(given, ['-c', 'import tensorflow'])) fail(`TFSAVE_PYTHON is ${given}, and that cannot import tensorflow`)
  console.log(`TensorFlow from TFSAVE_PYTHON: ${given}`)
  return given
}

/** The Python of the virtual environment in the cache; it is made where there is none. */
function pythonOfCache() {
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
  const directory = join(cache, 'tfsave', `oracle-tf-${pinnedVersion()}`)
  const windows = process.platform === 'win32'
  const binary = windows ? join(directory, 'Scripts', 'python.exe') : join(directory, 'bin', 'python')
  const stamp = join(directory, 'requirements.txt')
  if (existsSync(stamp) && readFileSync(stamp).equals(readFileSync(requirements))) {
    console.log(`TensorFlow from ${directory}`)
    return binary
  }
  makeEnvironment(directory, binary)
  copyFileSync(requirements, stamp)
  return binary
}

function makeEnvironment(directory, binary) {
  const base = ['python3', 'python'].find((name) =>
    runs(name, ['-c', 'import sys; assert sys.version_info >= (3, 11)']),
  )
  if (base === undefined) leaveOut('no Python 3.11 or later was found as python3 or python')
  console.log(`Making a virtual environment with TensorFlow (about 1 GB) in ${directory}`)
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(dirname(directory), { recursive: true })
  if (!runs(base, ['-m', 'venv', directory])) leaveOut(`${base} -m venv ${directory} failed`)
  const install = ['-m', 'pip', 'install', '--disable-pip-version-check', '--quiet', '-r', requirements]
  if (spawnSync(binary, install, { stdio: 'inherit' }).status !== 0) {
    rmSync(directory, { recursive: true, force: true })
    leaveOut(`pip could not install ${requirements}`)
  }
}

if (!/^[1-9]\d*$/.test(options.count)) fail(`--count takes a positive number, not ${options.count}`)
if (!existsSync(join(root, 'dist', 'index.js'))) fail('dist/index.js is not there: run `npm run build` first')
const judge = [join(oracle, 'run_oracle.py'), process.execPath, '--count', options.count]
const cases = join(root, '..', 'shared', 'oracle')
if (existsSync(cases)) judge.push('--cases', cases)
const { status } = spawnSync(python(), judge, {
  stdio: 'inherit',
  env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' },
})
process.exit(status ?? 1)
