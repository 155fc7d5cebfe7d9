/**
 * `npm run floors`: holds every import of src/ against the floors of docs/architecture.md, and every file against the
 * length that one may have.
 *
 *     node scripts/check-floors.mjs [directory]
 *
 * An import goes down: never up, never sideways between folders of one floor, never in a circle. That holds for types
 * too (import type, import('…').T), except that within one folder they may close a circle.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/** From the ground up: the folders, and the files of src/ itself, that stand on each floor. */
const FLOORS = [
  ['util'],
  ['proto', 'fs'],
  ['tensor'],
  ['variables', 'table', 'formats'],
  ['checkpoint', 'graph'],
  ['train'],
  ['tools'],
  ['index.ts', 'reader.ts', 'formats.ts', 'cli'],
  ['node.ts', 'node-formats.ts', 'whole.ts'],
]

/** Within train/: a file imports none of a later step. */
const STEPS_OF_TRAIN = [
  ['train/saver-nodes', 'train/export-meta-graph'],
  ['train/saver'],
  ['train/import-meta-graph', 'train/init-from-checkpoint'],
]

/** The only places that may name Node's own modules. */
const NAMES_NODE = ['fs/node.ts', 'cli/']

const MOST_LINES = 400
const MANY_LINES = 300

/**
 * @typedef {{ to: string, line: number, typeOnly: boolean }} Import `to` as written; '' where it is computed.
 * @typedef {{ file: string, lines: number, imports: Import[] }} SourceFile
 * @typedef {{ from: string, to: string, line: number, typeOnly: boolean }} Edge both ends are files of src/
 */

function listFiles(directory) {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => /\.[cm]?tsx?$/.test(file))
    .sort()
}

/** @returns {SourceFile} */
function readSource(directory, file) {
  const text = readFileSync(join(directory, file), 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  return { file, lines: text.replace(/\n$/, '').split('\n').length, imports: importsOf(source) }
}

function importsOf(source) {
  const imports = source.typeReferenceDirectives.map(({ fileName, pos }) => importAt(source, pos, fileName, true))
  const visit = (node) => {
    const found = importOf(node)
    if (found !== undefined) imports.push(importAt(source, node.getStart(), found.to, found.typeOnly))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return imports
}

function importAt(source, position, to, typeOnly) {
  return { to, typeOnly, line: source.getLineAndCharacterOfPosition(position).line + 1 }
}

/** What one node of the syntax tree imports. */
function importOf(node) {
  if (ts.isImportDeclaration(node)) return named(node.moduleSpecifier, isTypeOnly(node.importClause))
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    return named(node.moduleSpecifier, node.isTypeOnly || allAreTypes(node.exportClause))
  }
  if (ts.isImportTypeNode(node)) return named(node.argument.literal, true)
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    return named(node.moduleReference.expression, node.isTypeOnly)
  }
  if (ts.isCallExpression(node) && isLoader(node.expression)) return named(node.arguments[0], false)
  return undefined
}

function isLoader(callee) {
  return callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === 'require')
}

function named(specifier, typeOnly) {
  return { to: specifier && ts.isStringLiteralLike(specifier) ? specifier.text : '', typeOnly }
}

function isTypeOnly(clause) {
  if (clause === undefined) return false
  return clause.isTypeOnly || (clause.name === undefined && allAreTypes(clause.namedBindings))
}

/** Whether every name in { type A, type B } is one of a type. */
function allAreTypes(bindings) {
  const elements = bindings?.elements
  return elements !== undefined && elements.length > 0 && elements.every((element) => element.isTypeOnly)
}

/** The folder of src/ that a file lies in, or the file itself where it lies in src/. */
function roomOf(file) {
  return file.split('/')[0]
}

function floorOf(file) {
  return FLOORS.findIndex((rooms) => rooms.includes(roomOf(file)))
}

function stepOf(file) {
  return STEPS_OF_TRAIN.findIndex((step) => step.includes(file.replace(/\.ts$/, '')))
}

function isBuiltin(name) {
  return name.startsWith('node:') || name === 'node' || builtinModules.includes(name)
}

function mayNameNode(file) {
  return NAMES_NODE.some((place) => file === place || (place.endsWith('/') && file.startsWith(place)))
}

/** The file of src/ that './x' means. */
function resolve(from, to, files) {
  const path = posix.join(posix.dirname(from), to)
  return [path, `${path}.ts`, `${path}.d.ts`, `${path}/index.ts`].find((file) => files.has(file))
}

/** What is wrong with an import that names no file of src/; undefined where nothing is. */
function complaintAboutOutside(file, { to }) {
  if (to.startsWith('.')) return `imports ${to}: there is no such file in src/`
  if (mayNameNode(file)) return undefined
  if (to === '') return `computes the name of what it imports: only ${NAMES_NODE.join(' and ')} may`
  if (isBuiltin(to)) return `imports ${to}: only ${NAMES_NODE.join(' and ')} may name Node's modules`
  return undefined
}

/** What is wrong with an import from one file of src/ to another. */
function complaintAboutEdge({ from, to }) {
  const [high, low] = [floorOf(from), floorOf(to)]
  if (high < low) return `imports ${to}: up, from floor ${high} to floor ${low}`
  if (high === low && roomOf(from) !== roomOf(to)) return `imports ${to}: sideways, on floor ${high}`
  const [later, earlier] = [stepOf(from), stepOf(to)]
  if (later !== -1 && later < earlier) return `imports ${to}: up, within train/`
  return undefined
}

/** Whether an edge counts in a circle: types within one folder do not. */
function countsInCircle({ from, to, typeOnly }) {
  return !(typeOnly && posix.dirname(from) === posix.dirname(to))
}

/** Every circle that a walk along `edges` closes, as "a.ts → b.ts → a.ts". */
function circlesOf(edges) {
  const next = groupByFrom(edges)
  const done = new Set()
  const circles = []
  const visit = (file, path) => {
    const start = path.indexOf(file)
    if (start !== -1) circles.push([...path.slice(start), file].join(' → '))
    if (start !== -1 || done.has(file)) return
    for (const { to } of next.get(file) ?? []) visit(to, [...path, file])
    done.add(file)
  }
  for (const file of next.keys()) visit(file, [])
  return circles
}

function groupByFrom(edges) {
  const groups = new Map()
  for (const edge of edges) groups.set(edge.from, [...(groups.get(edge.from) ?? []), edge])
  return groups
}

/** Generated code is as long as it gets. */
function isGenerated(file) {
  return file.includes('/gen/') || file.endsWith('.gen.ts')
}

/** Holds all of `directory` against the rules: what breaks one, and what is close to it. */
export function checkFloors(directory) {
  const sources = listFiles(directory).map((file) => readSource(directory, file))
  const files = new Set(sources.map(({ file }) => file))
  const errors = files.size === 0 ? [`no TypeScript in ${directory}`] : []
  const warnings = []
  const edges = []
  for (const source of sources) {
    const { file, lines } = source
    if (floorOf(file) === -1) errors.push(`${file}: ${roomOf(file)} stands on no floor`)
    if (lines > MOST_LINES && !isGenerated(file)) errors.push(`${file}: ${lines} lines, ${MOST_LINES} at most`)
    else if (lines > MANY_LINES && !isGenerated(file)) warnings.push(`${file}: ${lines} lines, more than ${MANY_LINES}`)
    for (const found of source.imports) {
      const to = found.to.startsWith('.') ? resolve(file, found.to, files) : undefined
      const edge = to && { from: file, to, line: found.line, typeOnly: found.typeOnly }
      const complaint = edge ? complaintAboutEdge(edge) : complaintAboutOutside(file, found)
      if (complaint !== undefined) errors.push(`${file}:${found.line} ${complaint}`)
      if (edge) edges.push(edge)
    }
  }
  for (const circle of circlesOf(edges.filter(countsInCircle))) errors.push(`a circle: ${circle}`)
  return { files: sources.length, imports: edges.length, errors, warnings }
}

function main() {
  const directory = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..', 'src')
  const { files, imports, errors, warnings } = checkFloors(directory)
  for (const warning of warnings) console.warn(`warning: ${warning}`)
  for (const error of errors) console.error(`error: ${error}`)
  const sums = `${errors.length} errors, ${warnings.length} warnings`
  console.log(`floors: ${files} files, ${imports} imports among them, ${sums}`)
  process.exitCode = errors.length > 0 ? 1 : 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
