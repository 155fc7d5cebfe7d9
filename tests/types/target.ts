/**
 * The public API as it was designed (tfsave.target.d.ts, word for word).
 */
import { readFileSync } from 'node:fs'
import ts from 'typescript'

export const TARGET = new URL('tfsave.target.d.ts', import.meta.url)

/** What is exported beyond the target: names for the types of arguments and results. */
export const MORE: readonly string[] = [
  'AssignmentMap',
  'BlobLike',
  'ConversionOptions',
  'DirectoryHandleLike',
  'DroppedItemLike',
  'EvaluationContext',
  'FileLike',
  'FreezeGraphOptions',
  'GetPartitionedVariableOptions',
  'HttpOptions',
  'ImportGraphDefOptions',
  'ImportMetaGraphOptions',
  'IterateOptions',
  'LoadModelOptions',
  'LoadedModel',
  'MergeOptions',
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

/**
 * The target, with `ours` taken from tfsave: a class with private fields takes no other for its like, so that nothing of
 * tfsave's would take a Variable of the target's.
 */
export function targetText(ours: readonly string[]): string {
  const source = parseTarget()
  const cuts = source.statements.filter((statement) => {
    const names = namesOf(statement)
    return names.length > 0 && names.every((name) => ours.includes(name))
  })
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
