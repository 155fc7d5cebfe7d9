/**
 * The public API as it was designed (tfsave.target.d.ts, word for word), and how much of it is there.
 */
import { readFileSync } from 'node:fs'
import ts from 'typescript'

export const TARGET = new URL('tfsave.target.d.ts', import.meta.url)

/** What is not there yet, "name" or "Name.member", under the number of the issue that brings it. */
export const LATER: Readonly<Record<number, readonly string[]>> = {
  // V1, slices, shards, other places for files.
  5: [
    'VariableStore.getPartitionedVariable',
    'SaverOptions.sharded',
    'SaverOptions.numShards',
    'SaverOptions.shardOf',
    'CheckpointReader.getSlice',
    'CheckpointReader.variableNames',
    'TensorBundleReader.lookupSlice',
    'TensorBundleReader.lookupTensorSlices',
    'TensorBundleWriter.addSlice',
    'mergeBundles',
    'HttpFileSystem',
    'BlobFileSystem',
  ],
}

/** What is there but takes less than the target says: V2 alone, no partitioned variables. */
export const NARROWER: Readonly<Record<number, readonly string[]>> = {
  5: ['SaverOptions.writeVersion', 'SaveableLike', 'VarList', 'AssignmentTarget'],
}

/** What is exported beyond the target: names for the types of arguments and results. */
export const MORE: readonly string[] = [
  'AssignmentMap',
  'ConversionOptions',
  'EvaluationContext',
  'FreezeGraphOptions',
  'ImportGraphDefOptions',
  'ImportMetaGraphOptions',
  'IterateOptions',
  'LoadedModel',
  'LoadModelOptions',
  'MovingAverageOptions',
  'Progress',
  'RestoreOptions',
  'VerifyReport',
  'WaitOptions',
]

/** Every exported name of the target, and every "Name.member" of its classes and interfaces. */
export function namesOfTarget(): Set<string> {
  const names = new Set<string>()
  for (const statement of parseTarget().statements) {
    for (const name of namesOf(statement)) names.add(name)
    for (const member of membersOf(statement)) names.add(`${namesOf(statement)[0]}.${memberName(member)}`)
  }
  return names
}

/** Whether a name, or a member, is there today and takes all that the target says. */
export function isToday(name: string): boolean {
  return ![...Object.values(LATER), ...Object.values(NARROWER)].flat().includes(name)
}

/**
 * The target, `today` without what is not there yet or takes less until then. `ours` are taken from tfsave: a class with
 * private fields takes no other for its like, so that nothing of tfsave's would take a Variable of the target's.
 */
export function targetText(today: 'today' | 'some day', ours: readonly string[]): string {
  const isGone = (name: string): boolean => today === 'today' && !isToday(name)
  const source = parseTarget()
  const cuts: ts.Node[] = []
  for (const statement of source.statements) {
    const names = namesOf(statement)
    if (names.length > 0 && names.every((name) => isGone(name) || ours.includes(name))) cuts.push(statement)
    else cuts.push(...membersOf(statement).filter((member) => isGone(`${names[0]}.${memberName(member)}`)))
  }
  const rest = cuts.reduceRight((text, node) => text.slice(0, node.pos) + text.slice(node.end), source.text)
  return `${rest}\nimport type { ${ours.join(', ')} } from 'tfsave'\nexport type { ${ours.join(', ')} }\n`
}

function parseTarget(): ts.SourceFile {
  return ts.createSourceFile('tfsave.target.d.ts', readFileSync(TARGET, 'utf8'), ts.ScriptTarget.Latest, true)
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)) {
    return statement.exportClause.elements.map((element) => element.name.text)
  }
  const { name } = statement as { name?: ts.Node }
  return name !== undefined && ts.isIdentifier(name) ? [name.text] : []
}

function membersOf(statement: ts.Statement): readonly (ts.ClassElement | ts.TypeElement)[] {
  return ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement) ? [...statement.members] : []
}

function memberName(member: ts.ClassElement | ts.TypeElement): string {
  return member.name?.getText() ?? 'constructor'
}
