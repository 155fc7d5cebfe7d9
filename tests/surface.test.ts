import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import * as tfsave from '../src/index'
import { MORE, namesOfTarget } from './types/target'

const INDEX = fileURLToPath(new URL('../src/index.ts', import.meta.url))

/** What `import * as tfsave from 'tfsave'` holds when it runs. */
const VALUES = [
  'AbortedError',
  'AlreadyExistsError',
  'AssertionError',
  'BlobFileSystem',
  'CheckpointReader',
  'DataLossError',
  'ExponentialMovingAverage',
  'FailedPreconditionError',
  'Graph',
  'HttpFileSystem',
  'InternalError',
  'InvalidArgumentError',
  'KeyError',
  'LookupError',
  'MemoryFileSystem',
  'NodeFileSystem',
  'NotFoundError',
  'OSError',
  'OpError',
  'OutOfRangeError',
  'PermissionDeniedError',
  'ResourceExhaustedError',
  'RuntimeError',
  'Saver',
  'TensorBundleReader',
  'TensorBundleWriter',
  'UnavailableError',
  'UnimplementedError',
  'UnknownError',
  'ValueError',
  'Variable',
  'VariableStore',
  'array',
  'arraysEqual',
  'checkpointExists',
  'checkpointsIterator',
  'convertVariablesToConstants',
  'evaluate',
  'exportMetaGraph',
  'extractSubGraph',
  'formatArray',
  'freezeGraph',
  'frozenVariables',
  'generateCheckpointState',
  'getCheckpointMtimes',
  'getCheckpointState',
  'importGraphDef',
  'importMetaGraph',
  'initFromCheckpoint',
  'isOpError',
  'latestCheckpoint',
  'listVariables',
  'loadCheckpoint',
  'loadModel',
  'loadVariable',
  'mergeBundles',
  'ndarray',
  'parseGraphDef',
  'readGraphDef',
  'removeCheckpoint',
  'removeTrainingNodes',
  'toFloat32',
  'toNested',
  'toStrings',
  'updateCheckpointState',
  'waitForNewCheckpoint',
  'writeGraph',
  'zeros',
]

/** What is there for the types alone. */
const TYPES = [
  'AssignmentMap',
  'AssignmentTarget',
  'AttrValue',
  'BlobLike',
  'CheckpointState',
  'Clock',
  'ComputedTensor',
  'ConversionOptions',
  'DType',
  'DTypeMap',
  'DirectoryHandleLike',
  'DroppedItemLike',
  'ErrorCode',
  'EvaluationContext',
  'ExportMetaGraphOptions',
  'FileLike',
  'FileSystem',
  'FreezeGraphOptions',
  'GetPartitionedVariableOptions',
  'GraphDef',
  'HttpOptions',
  'ImportGraphDefOptions',
  'ImportMetaGraphOptions',
  'IterateOptions',
  'LoadModelOptions',
  'LoadedModel',
  'Logger',
  'MergeOptions',
  'MetaGraphDef',
  'MovingAverageOptions',
  'NDArray',
  'Nested',
  'NodeDef',
  'OpErrorDetails',
  'Operation',
  'PartitionedVariable',
  'Progress',
  'RandomAccessFile',
  'ReadOptions',
  'ReadableFileSystem',
  'RestoreOptions',
  'RestoreReport',
  'SaveOptions',
  'SaveSliceInfo',
  'Saveable',
  'SaveableLike',
  'SaverDef',
  'SaverOptions',
  'Shape',
  'StateOptions',
  'Tensor',
  'TensorProto',
  'TensorSlice',
  'VarList',
  'VerifyReport',
  'WaitOptions',
  'WritableFile',
  'WriteOptions',
]

const program = ts.createProgram([INDEX], {
  lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts', 'lib.dom.d.ts'],
  types: ['node'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ES2022,
  strict: true,
})
const checker = program.getTypeChecker()

function exportedSymbols(): ts.Symbol[] {
  const source = program.getSourceFile(INDEX)
  const module = source && checker.getSymbolAtLocation(source)
  if (module === undefined) throw new Error(`${INDEX} is no module`)
  return checker
    .getExportsOfModule(module)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol))
}

/** Each error class states its `name` and `code`; what they are is told at Error and at OpError. */
function isErrorsOwn(member: ts.Symbol): boolean {
  const isLiteral = member.name === 'name' || member.name === 'code'
  return isLiteral && (member.declarations ?? []).some((one) => one.getSourceFile().fileName.endsWith('util/errors.ts'))
}

/** The fields of TensorFlow's messages are what proto/ says, and generated from it. */
function isOfMessage(member: ts.Symbol): boolean {
  return (member.declarations ?? []).some((one) => one.getSourceFile().fileName.includes('/proto/gen/'))
}

function isDocumented(symbol: ts.Symbol): boolean {
  return symbol.getDocumentationComment(checker).length > 0 || symbol.getJsDocTags(checker).length > 0
}

/** The members of a class or an interface that its users see, as far as src/ declares them. */
function publicMembers(symbol: ts.Symbol): ts.Symbol[] {
  if (!(symbol.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface))) return []
  const statics =
    symbol.flags & ts.SymbolFlags.Class ? checker.getPropertiesOfType(checker.getTypeOfSymbol(symbol)) : []
  const instance = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol))
  return [...instance, ...statics].filter((member) => member.declarations?.some(isPublicHere))
}

function isPublicHere(declaration: ts.Declaration): boolean {
  const name = ts.getNameOfDeclaration(declaration)
  if (name === undefined || !ts.isIdentifier(name)) return false
  const isPrivate = ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Private
  return !isPrivate && declaration.getSourceFile().fileName.includes('/src/')
}

describe('The exported names', () => {
  test('are these, when it runs', () => {
    expect(Object.keys(tfsave).sort()).toEqual([...VALUES].sort())
  })

  test('are these, with the types', () => {
    const names = exportedSymbols().map((symbol) => symbol.name)
    expect(names.sort()).toEqual([...VALUES, ...TYPES].sort())
  })

  test('are those of the target, and a few more', () => {
    const target = [...namesOfTarget()].filter((name) => !name.includes('.'))
    expect([...VALUES, ...TYPES].sort()).toEqual([...target, ...MORE].sort())
  })
})

describe('The documentation', () => {
  test('says something of every exported name', () => {
    expect(
      exportedSymbols()
        .filter((symbol) => !isDocumented(symbol))
        .map((symbol) => symbol.name),
    ).toEqual([])
  })

  test('says something of every public member', () => {
    const silent = exportedSymbols().flatMap((symbol) =>
      publicMembers(symbol)
        .filter(
          (member) =>
            symbol.name !== 'DTypeMap' && !isErrorsOwn(member) && !isOfMessage(member) && !isDocumented(member),
        )
        .map((member) => `${symbol.name}.${member.name}`),
    )
    expect(silent).toEqual([])
  })
})
