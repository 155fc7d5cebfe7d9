/**
 * `npm run generate`: makes src/proto/gen from the schemas in proto/.
 *
 *     messages.js     protobufjs's static code: it runs under a content security policy without unsafe-eval
 *     messages.d.ts   the messages as interfaces: what decoding gives (NodeDef), what encoding takes (INodeDef)
 *     descriptors.ts  names, numbers and types of the fields, for text and for copies: static code cannot tell them
 *
 *     node scripts/generate-proto.mjs [--check]      --check compares with what is committed, and writes nothing
 *
 * What is changed in protobufjs's code, and why, says proto-code.mjs.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import prettier from 'prettier'
import protobuf from 'protobufjs'
import pbjs from 'protobufjs-cli/pbjs.js'
import { adaptCode } from './proto-code.mjs'

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), '..')
const SCHEMAS = join(PROJECT, 'proto')
const OUT = join(PROJECT, 'src/proto/gen')
const PACKAGE = 'tensorflow.'
const HEAD = '// Written by scripts/generate-proto.mjs from proto/: change those.\n'

// protobufjs has these two built in, and with the schema's names for fields: take proto/'s.
for (const name of ['any', 'wrappers']) delete protobuf.common[`google/protobuf/${name}.proto`]

const NUMBERS = new Set(['double', 'float', 'int32', 'uint32', 'sint32', 'fixed32', 'sfixed32'])
const LONGS = new Set(['int64', 'uint64', 'sint64', 'fixed64', 'sfixed64'])

function schemaFiles() {
  return readdirSync(SCHEMAS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.proto'))
    .map((file) => join(SCHEMAS, file))
    .sort()
}

function loadSchemas(files, options = {}) {
  const root = new protobuf.Root()
  root.resolvePath = (_, path) => (path.startsWith('/') ? path : join(SCHEMAS, path))
  root.loadSync(files, options)
  root.resolveAll()
  return root
}

/** All messages and enums, outer ones first. */
function collect(namespace, messages = [], enums = []) {
  for (const nested of namespace.nestedArray) {
    if (nested instanceof protobuf.Type) messages.push(nested)
    if (nested instanceof protobuf.Enum) enums.push(nested)
    if (nested instanceof protobuf.Namespace) collect(nested, messages, enums)
  }
  return { messages, enums }
}

/** "tensorflow.NodeDef.ExperimentalDebugInfo" */
const fullName = (type) => type.fullName.slice(1)

/** "NodeDef_ExperimentalDebugInfo"; "google_protobuf_Any" */
const typeName = (type) =>
  fullName(type)
    .replace(new RegExp(`^${PACKAGE}`), '')
    .replaceAll('.', '_')

function runPbjs(files) {
  const flags = '-t static-module -w esm -r tfsave --force-long --no-create --no-verify --no-convert --no-delimited'
  const more = '--no-typeurl --no-service --no-comments'
  const args = [...`${flags} ${more}`.split(' '), '-p', SCHEMAS, ...files]
  return new Promise((resolve, reject) => {
    pbjs.main(args, (error, output) => (error ? reject(error) : resolve(output)))
  })
}

/** The names of map fields whose keys are numbers. A name must not be both. */
function numericMapsOf(messages) {
  const maps = messages.flatMap((message) => message.fieldsArray.filter((field) => field.map))
  const numeric = new Set(maps.filter((field) => field.keyType !== 'string').map((field) => field.name))
  const both = maps.find((field) => field.keyType === 'string' && numeric.has(field.name))
  if (both !== undefined) throw new Error(`${both.fullName}: a map of numbers elsewhere has its name`)
  return numeric
}

function scalarType(type, isInput) {
  if (NUMBERS.has(type)) return 'number'
  if (LONGS.has(type)) return isInput ? 'LongLike' : 'Long'
  return { bool: 'boolean', string: 'string', bytes: 'Uint8Array' }[type]
}

function elementType(field, isInput) {
  const { resolvedType } = field
  if (resolvedType instanceof protobuf.Type) return `${isInput ? 'I' : ''}${typeName(resolvedType)}`
  return resolvedType instanceof protobuf.Enum ? 'number' : scalarType(field.type, isInput)
}

/** Whether the message tells "not set" from the default. */
function hasPresence(field) {
  if (field.repeated || field.map) return false
  return field.resolvedType instanceof protobuf.Type || field.partOf !== null || field.hasPresence
}

function member(field, isInput) {
  const element = elementType(field, isInput)
  const type = field.map ? `{ [key: string]: ${element} }` : field.repeated ? `${element}[]` : element
  if (isInput) return `${field.name}?: ${field.repeated ? `readonly ${type}` : type} | null`
  return hasPresence(field) ? `${field.name}?: ${type} | null` : `${field.name}: ${type}`
}

function interfaceLines(message) {
  const name = typeName(message)
  const members = (isInput) => message.fieldsArray.map((field) => `  ${member(field, isInput)}`).join('\n')
  const unknown =
    '  /** Fields that the schema does not know, as they stood in the file. */\n  $unknowns?: Uint8Array[]'
  return [
    `/** ${fullName(message)} */`,
    `export interface ${name} {\n${members(false)}\n${unknown}\n}`,
    `/** What may be written as a ${name}. */`,
    `export interface I${name} {\n${members(true)}\n  $unknowns?: Uint8Array[]\n}`,
  ].join('\n')
}

function namespaceType(namespace) {
  const entries = namespace.nestedArray.flatMap((nested) => {
    if (nested instanceof protobuf.Type) {
      const inner = namespaceType(nested)
      const codec = `MessageCodec<${typeName(nested)}>`
      return [`readonly ${nested.name}: ${inner === '{}' ? codec : `${codec} & ${inner}`}`]
    }
    if (nested instanceof protobuf.Enum) return []
    return [`readonly ${nested.name}: ${namespaceType(nested)}`]
  })
  return entries.length === 0 ? '{}' : `{ ${entries.join('; ')} }`
}

function declarations(root, messages) {
  const roots = root.nestedArray.map(({ name }) => `export const ${name}: ${namespaceType(root.get(name))}`)
  return [
    `${HEAD}import type { Long, LongLike, MessageCodec } from '../message-values'`,
    ...messages.map(interfaceLines),
    ...roots,
  ].join('\n\n')
}

/** Strings of proto2 may be any bytes. */
function isProto2(object) {
  return object.filename ? /^syntax = "proto2"/m.test(readFileSync(object.filename, 'utf8')) : isProto2(object.parent)
}

/** "5 attr <string,tensorflow.AttrValue>"; "3 input string*"; "4 line int32?"; "2 s bytes?value" in the oneof `value`. */
function descriptorOf(field, names) {
  const scalar = (type) => (type === 'string' && isProto2(field) ? 'string2' : type)
  const type = field.resolvedType ? fullName(field.resolvedType) : scalar(field.type)
  const written = field.map ? `<${scalar(field.keyType)},${type}>` : `${type}${field.repeated ? '*' : ''}`
  const oneof = field.partOf === null || field.partOf.isProto3Optional ? '' : names.get(field.partOf.fullName)
  const presence = hasPresence(field) || (field.map && isProto2(field)) ? '?' : ''
  return `${field.id} ${names.get(field.fullName)} ${written}${presence}${oneof}`
}

function descriptors(messages, enums, names) {
  const rows = messages.map((message) => {
    const fields = [...message.fieldsArray].sort((a, b) => a.id - b.id)
    const written = fields.map((field) => descriptorOf(field, names))
    return `  ['${fullName(message)}', '${written.join('|')}'],`
  })
  const values = enums.map((type) => {
    const pairs = Object.entries(type.values).map(([name, number]) => `${name}=${number}`)
    return `  ['${fullName(type)}', '${pairs.join('|')}'],`
  })
  return [
    `${HEAD}`,
    '/**',
    ' * Of each message: "number name type" of each field. * is repeated, <key,value> a map, ? tells "not set", with the',
    ' * name of the oneof behind it where the field is a member of one; of a map it says so of keys and values. string2 is a',
    ' * string of any bytes.',
    ' */',
    `export const MESSAGES: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([\n${rows.join('\n')}\n])`,
    '',
    '/** Of each enum: "name=number" of each value, aliases behind the name that is printed. */',
    `export const ENUMS: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([\n${values.join('\n')}\n])`,
  ].join('\n')
}

/** The schema's names of the fields and oneofs, by protobufjs's full name. */
function schemaNames(messages, files) {
  const original = loadSchemas(files, { keepCase: true })
  const names = new Map()
  for (const message of messages) {
    for (const field of message.fieldsArray) {
      const { name, partOf } = original.lookupType(fullName(message)).fieldsById[field.id]
      if (propertyOf(name) !== field.name) throw new Error(`${field.fullName}: message-type.ts will not find it`)
      names.set(field.fullName, name)
      if (partOf) names.set(field.partOf.fullName, partOf.name)
    }
  }
  return names
}

/** The property that holds the field of a name in the schema: as src/proto/message-type.ts makes it. */
const propertyOf = (name) => name.replace(/(?<=.)_([a-z])/g, (_, letter) => letter.toUpperCase())

async function format(text, file) {
  const options = await prettier.resolveConfig(join(OUT, file))
  return prettier.format(text, { ...options, filepath: file })
}

async function main() {
  const files = schemaFiles()
  const root = loadSchemas(files)
  const { messages, enums } = collect(root)
  const names = schemaNames(messages, files)
  const made = {
    'messages.js': await format(`${HEAD}${adaptCode(await runPbjs(files), numericMapsOf(messages))}`, 'messages.js'),
    'messages.d.ts': await format(declarations(root, messages), 'messages.d.ts'),
    'descriptors.ts': await format(descriptors(messages, enums, names), 'descriptors.ts'),
  }
  const isCheck = process.argv.includes('--check')
  mkdirSync(OUT, { recursive: true })
  for (const [file, text] of Object.entries(made)) {
    const path = join(OUT, file)
    if (!isCheck) writeFileSync(path, text)
    else if (readFileSync(path, 'utf8') !== text)
      throw new Error(`${relative(PROJECT, path)} is not what proto/ gives: npm run generate`)
  }
  console.log(`${messages.length} messages, ${enums.length} enums: ${isCheck ? 'as committed' : 'written'}`)
}

await main()
