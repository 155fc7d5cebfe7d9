import { cpSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, inject, test } from 'vitest'
import { complaints, type World } from '../types/compile'
import { namesOfTarget, targetText } from '../types/target'

const app = inject('app')
const TYPES = fileURLToPath(new URL('../types', import.meta.url))

function program(name: string, text: string): string {
  writeFileSync(join(app, name), text)
  return join(app, name)
}

cpSync(join(TYPES, 'stories'), join(app, 'stories'), { recursive: true })
cpSync(join(TYPES, 'proto.d.ts'), join(app, 'proto.d.ts'))

const classes = ['Graph', 'PartitionedVariable', 'Saver', 'Variable', 'VariableStore']
const allBut = (name: string): string[] => classes.filter((other) => other !== name)
program('target.d.ts', targetText(classes))
program('target-graph.d.ts', targetText(allBut('Graph')))
program('target-saver.d.ts', targetText(allBut('Saver')))
program('target-variable.d.ts', targetText(allBut('Variable')))
program('target-partitioned.d.ts', targetText(allBut('PartitionedVariable')))
program('target-store.d.ts', targetText(allBut('VariableStore')))

/** Types of what goes in: tfsave has to take whatever the target takes. */
const TAKEN = [
  'Clock',
  'ExportMetaGraphOptions',
  'FileSystem',
  'Logger',
  'NDArray',
  'Nested<number>',
  'OpErrorDetails',
  'RandomAccessFile',
  'ReadOptions',
  'ReadableFileSystem',
  'SaveOptions',
  'Saveable',
  'SaverOptions',
  'StateOptions',
  'TensorSlice',
  'WritableFile',
  'WriteOptions',
]

/** Of these, those that take more than the target's: messages with fields left out. */
const WIDER: ReadonlySet<string> = new Set(['ExportMetaGraphOptions'])

/** For types whose parameters have no default. */
const ARGUMENTS: Readonly<Record<string, string>> = { Nested: '<number>' }

/** A program that puts what tfsave exports where the target is asked for, and the other way round what it takes. */
function comparison(): string {
  const names = [...namesOfTarget()].filter((name) => !name.includes('.'))
  const exported = exportsOfTarget()
  const lines = [
    `import * as built from 'tfsave'`,
    `import type * as target from './target'`,
    `import type * as targetGraph from './target-graph'`,
    `import type * as targetSaver from './target-saver'`,
    `import type * as targetVariable from './target-variable'`,
    `import type * as targetPartitioned from './target-partitioned'`,
    `import type * as targetStore from './target-store'`,
    `export const variable = (it: built.Variable): targetVariable.Variable => it`,
    `export const partitioned = (it: built.PartitionedVariable): targetPartitioned.PartitionedVariable => it`,
    `export const graph: typeof targetGraph.Graph = built.Graph`,
    `export const saver: typeof targetSaver.Saver = built.Saver`,
    `export const store: typeof targetStore.VariableStore = built.VariableStore`,
  ]
  for (const name of names) {
    if (exported.values.has(name)) lines.push(`export const ${name}_value: typeof target.${name} = built.${name}`)
    const type = `${name}${ARGUMENTS[name] ?? ''}`
    if (exported.types.has(name) && !WIDER.has(name))
      lines.push(`export const ${name}_given = (it: built.${type}): target.${type} => it`)
  }
  for (const [i, type] of TAKEN.entries()) {
    lines.push(`export const taken_${i} = (it: target.${type}): built.${type} => it`)
  }
  return [...lines, ...comparisonOfMembers()].join('\n')
}

/**
 * Member by member. TypeScript lets a method take less than the one it stands for, as long as the two overlap; a function
 * in a field it does not, so methods are turned into those.
 */
function comparisonOfMembers(): string[] {
  const members = [...namesOfTarget()].filter((name) => isClassMember(name))
  const lines = members.map((name, i) => {
    const module = MODULES[name.split('.')[0] ?? ''] ?? 'target'
    const type = name.endsWith('.constructor') ? parametersOf : typeOf
    return name.endsWith('.constructor')
      ? `export const member_${i} = (it: ${type(module, name)}): ${type('built', name)} => it`
      : `export const member_${i} = (it: ${type('built', name)}): Field<${type(module, name)}> => it`
  })
  return [...lines, 'type Field<F> = F extends (...args: infer A) => infer R ? (...args: A) => R : F']
}

/** Where the target of a class stands, if not in target.d.ts. */
const MODULES: Readonly<Record<string, string>> = {
  Graph: 'targetGraph',
  Saver: 'targetSaver',
  Variable: 'targetVariable',
  VariableStore: 'targetStore',
}

function isClassMember(name: string): boolean {
  return /^(Variable|VariableStore|Saver|ExponentialMovingAverage|CheckpointReader|TensorBundleReader|TensorBundleWriter)\.\w+$/.test(
    name,
  )
}

function parametersOf(module: string, name: string): string {
  return `ConstructorParameters<typeof ${module}.${name.split('.')[0]}>`
}

function exportsOfTarget(): { values: Set<string>; types: Set<string> } {
  const file = join(app, 'target.d.ts')
  const host = ts.createProgram([file], {
    lib: ['lib.es2022.d.ts'],
    types: [],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  })
  const source = host.getSourceFile(file)
  const checker = host.getTypeChecker()
  const module = source && checker.getSymbolAtLocation(source)
  if (module === undefined) throw new Error('target.d.ts is no module')
  const symbols = checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
  const having = (flags: ts.SymbolFlags): Set<string> =>
    new Set(symbols.filter((symbol) => symbol.flags & flags).map((symbol) => symbol.name))
  return { values: having(ts.SymbolFlags.Value), types: having(ts.SymbolFlags.Type) }
}

/** The type of a name or of a member, static or not, as `module` has it. */
function typeOf(module: string, name: string): string {
  const [first, member] = name.split('.')
  if (member === undefined) return `${module}.${first}`
  const isClass = !first?.endsWith('Options')
  return isClass ? `(${module}.${first} & typeof ${module}.${first})['${member}']` : `${module}.${first}['${member}']`
}

describe('The built types', () => {
  test('are assignable to the target', () => {
    expect(complaints([program('comparison.ts', comparison())], 'DOM')).toEqual([])
  })

  const stories = readdirSync(join(TYPES, 'stories')).map((name) => join(app, 'stories', name))

  test.each<World>(['DOM', 'Node', 'neither'])('let the stories compile with types of the world: %s', (world) => {
    expect(stories.length).toBeGreaterThan(3)
    expect(complaints(stories, world)).toEqual([])
  })

  test('let the stories compile as CommonJS', () => {
    const programs = stories.map((story) => join(app, 'stories', basename(story, '.ts') + '.cts'))
    for (const [i, copy] of programs.entries()) cpSync(stories[i] ?? '', copy)
    expect(complaints(programs, 'neither')).toEqual([])
  })
})
