/**
 * Type-checks programs of an application, as strictly as TypeScript can.
 */
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const TYPE_ROOTS = fileURLToPath(new URL('../../node_modules/@types', import.meta.url))

/** The types around the program: a page's, Node's, or those of the language alone. */
export type World = 'DOM' | 'Node' | 'neither'

const WORLDS: Readonly<Record<World, ts.CompilerOptions>> = {
  DOM: { lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'], types: [] },
  Node: { lib: ['lib.es2022.d.ts'], types: ['node'], typeRoots: [TYPE_ROOTS] },
  neither: { lib: ['lib.es2022.d.ts'], types: [] },
}

/** What TypeScript complains of, as "file:line text", declaration files included. */
export function complaints(files: readonly string[], world: World): string[] {
  const program = ts.createProgram(files, {
    ...WORLDS[world],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    skipDefaultLibCheck: true,
    noEmit: true,
  })
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, '\n')
    if (file === undefined) return text
    return `${file.fileName}:${file.getLineAndCharacterOfPosition(start).line + 1} ${text}`
  })
}
