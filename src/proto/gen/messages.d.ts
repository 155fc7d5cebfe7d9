// Written by scripts/generate-proto.mjs from proto/: change those.
import type { Long, LongLike, MessageCodec } from '../message-values'

/** google.protobuf.Any */
export interface google_protobuf_Any {
  typeUrl: string
  value: Uint8Array
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a google_protobuf_Any. */
export interface Igoogle_protobuf_Any {
  typeUrl?: string | null
  value?: Uint8Array | null
  $unknowns?: Uint8Array[]
}

/** google.protobuf.DoubleValue */
export interface google_protobuf_DoubleValue {
  value: number
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a google_protobuf_DoubleValue. */
export interface Igoogle_protobuf_DoubleValue {
  value?: number | null
  $unknowns?: Uint8Array[]
}

/** google.protobuf.FloatValue */
export interface google_protobuf_FloatValue {
  value: number
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a google_protobuf_FloatValue. */
export interface Igoogle_protobuf_FloatValue {
  value?: number | null
  $unknowns?: Uint8Array[]
}

/** google.protobuf.Int64Value */
export interface google_protobuf_Int64Value {
  value: Long
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a google_protobuf_Int64Value. */
export interface Igoogle_protobuf_Int64Value {
  value?: LongLike | null
  $unknowns?: Uint8Array[]
}

/** google.protobuf.UInt64Value */
export interface google_protobuf_UInt64Value {
  value: Long
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a google_protobuf_UInt64Value. */
export interface Igoogle_protobuf_UInt64Value {
  value?: LongLike | null
  $unknowns?: Uint8Array[]
}

/** google.protobuf.Int32Value */
export interface google_protobuf_Int32Value {
  value: number
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a google_protobuf_Int32Value. */
export interface Igoogle_protobuf_Int32Value {
  value?: number | null
  $unknowns?: Uint8Array[]
}

/** google.protobuf.UInt32Value */
export interface google_protobuf_UInt32Value {
  value: number
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a google_protobuf_UInt32Value. */
export interface Igoogle_protobuf_UInt32Value {
  value?: number | null
  $unknowns?: Uint8Array[]
}

/** google.protobuf.BoolValue */
export interface google_protobuf_BoolValue {
  value: boolean
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a google_protobuf_BoolValue. */
export interface Igoogle_protobuf_BoolValue {
  value?: boolean | null
  $unknowns?: Uint8Array[]
}

/** google.protobuf.StringValue */
export interface google_protobuf_StringValue {
  value: string
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a google_protobuf_StringValue. */
export interface Igoogle_protobuf_StringValue {
  value?: string | null
  $unknowns?: Uint8Array[]
}

/** google.protobuf.BytesValue */
export interface google_protobuf_BytesValue {
  value: Uint8Array
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a google_protobuf_BytesValue. */
export interface Igoogle_protobuf_BytesValue {
  value?: Uint8Array | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.AttrValue */
export interface AttrValue {
  s?: Uint8Array | null
  i?: Long | null
  f?: number | null
  b?: boolean | null
  type?: number | null
  shape?: TensorShapeProto | null
  tensor?: TensorProto | null
  list?: AttrValue_ListValue | null
  func?: NameAttrList | null
  placeholder?: string | null
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a AttrValue. */
export interface IAttrValue {
  s?: Uint8Array | null
  i?: LongLike | null
  f?: number | null
  b?: boolean | null
  type?: number | null
  shape?: ITensorShapeProto | null
  tensor?: ITensorProto | null
  list?: IAttrValue_ListValue | null
  func?: INameAttrList | null
  placeholder?: string | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.AttrValue.ListValue */
export interface AttrValue_ListValue {
  s: Uint8Array[]
  i: Long[]
  f: number[]
  b: boolean[]
  type: number[]
  shape: TensorShapeProto[]
  tensor: TensorProto[]
  func: NameAttrList[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a AttrValue_ListValue. */
export interface IAttrValue_ListValue {
  s?: readonly Uint8Array[] | null
  i?: readonly LongLike[] | null
  f?: readonly number[] | null
  b?: readonly boolean[] | null
  type?: readonly number[] | null
  shape?: readonly ITensorShapeProto[] | null
  tensor?: readonly ITensorProto[] | null
  func?: readonly INameAttrList[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.NameAttrList */
export interface NameAttrList {
  name: string
  attr: { [key: string]: AttrValue }
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a NameAttrList. */
export interface INameAttrList {
  name?: string | null
  attr?: { [key: string]: IAttrValue } | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.TensorProto */
export interface TensorProto {
  dtype: number
  tensorShape?: TensorShapeProto | null
  versionNumber: number
  tensorContent: Uint8Array
  halfVal: number[]
  floatVal: number[]
  doubleVal: number[]
  intVal: number[]
  stringVal: Uint8Array[]
  scomplexVal: number[]
  int64Val: Long[]
  boolVal: boolean[]
  dcomplexVal: number[]
  resourceHandleVal: ResourceHandleProto[]
  variantVal: VariantTensorDataProto[]
  uint32Val: number[]
  uint64Val: Long[]
  float8Val: Uint8Array
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a TensorProto. */
export interface ITensorProto {
  dtype?: number | null
  tensorShape?: ITensorShapeProto | null
  versionNumber?: number | null
  tensorContent?: Uint8Array | null
  halfVal?: readonly number[] | null
  floatVal?: readonly number[] | null
  doubleVal?: readonly number[] | null
  intVal?: readonly number[] | null
  stringVal?: readonly Uint8Array[] | null
  scomplexVal?: readonly number[] | null
  int64Val?: readonly LongLike[] | null
  boolVal?: readonly boolean[] | null
  dcomplexVal?: readonly number[] | null
  resourceHandleVal?: readonly IResourceHandleProto[] | null
  variantVal?: readonly IVariantTensorDataProto[] | null
  uint32Val?: readonly number[] | null
  uint64Val?: readonly LongLike[] | null
  float8Val?: Uint8Array | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.VariantTensorDataProto */
export interface VariantTensorDataProto {
  typeName: string
  metadata: Uint8Array
  tensors: TensorProto[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a VariantTensorDataProto. */
export interface IVariantTensorDataProto {
  typeName?: string | null
  metadata?: Uint8Array | null
  tensors?: readonly ITensorProto[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.ResourceHandleProto */
export interface ResourceHandleProto {
  device: string
  container: string
  name: string
  hashCode: Long
  maybeTypeName: string
  dtypesAndShapes: ResourceHandleProto_DtypeAndShape[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a ResourceHandleProto. */
export interface IResourceHandleProto {
  device?: string | null
  container?: string | null
  name?: string | null
  hashCode?: LongLike | null
  maybeTypeName?: string | null
  dtypesAndShapes?: readonly IResourceHandleProto_DtypeAndShape[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.ResourceHandleProto.DtypeAndShape */
export interface ResourceHandleProto_DtypeAndShape {
  dtype: number
  shape?: TensorShapeProto | null
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a ResourceHandleProto_DtypeAndShape. */
export interface IResourceHandleProto_DtypeAndShape {
  dtype?: number | null
  shape?: ITensorShapeProto | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.TensorShapeProto */
export interface TensorShapeProto {
  dim: TensorShapeProto_Dim[]
  unknownRank: boolean
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a TensorShapeProto. */
export interface ITensorShapeProto {
  dim?: readonly ITensorShapeProto_Dim[] | null
  unknownRank?: boolean | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.TensorShapeProto.Dim */
export interface TensorShapeProto_Dim {
  size: Long
  name: string
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a TensorShapeProto_Dim. */
export interface ITensorShapeProto_Dim {
  size?: LongLike | null
  name?: string | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.SerializedDType */
export interface SerializedDType {
  datatype: number
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a SerializedDType. */
export interface ISerializedDType {
  datatype?: number | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.FullTypeDef */
export interface FullTypeDef {
  typeId: number
  args: FullTypeDef[]
  s?: string | null
  i?: Long | null
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a FullTypeDef. */
export interface IFullTypeDef {
  typeId?: number | null
  args?: readonly IFullTypeDef[] | null
  s?: string | null
  i?: LongLike | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.FunctionDefLibrary */
export interface FunctionDefLibrary {
  function: FunctionDef[]
  gradient: GradientDef[]
  registeredGradients: RegisteredGradient[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a FunctionDefLibrary. */
export interface IFunctionDefLibrary {
  function?: readonly IFunctionDef[] | null
  gradient?: readonly IGradientDef[] | null
  registeredGradients?: readonly IRegisteredGradient[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.FunctionDef */
export interface FunctionDef {
  signature?: OpDef | null
  attr: { [key: string]: AttrValue }
  argAttr: { [key: string]: FunctionDef_ArgAttrs }
  resourceArgUniqueId: { [key: string]: number }
  nodeDef: NodeDef[]
  ret: { [key: string]: string }
  controlRet: { [key: string]: string }
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a FunctionDef. */
export interface IFunctionDef {
  signature?: IOpDef | null
  attr?: { [key: string]: IAttrValue } | null
  argAttr?: { [key: string]: IFunctionDef_ArgAttrs } | null
  resourceArgUniqueId?: { [key: string]: number } | null
  nodeDef?: readonly INodeDef[] | null
  ret?: { [key: string]: string } | null
  controlRet?: { [key: string]: string } | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.FunctionDef.ArgAttrs */
export interface FunctionDef_ArgAttrs {
  attr: { [key: string]: AttrValue }
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a FunctionDef_ArgAttrs. */
export interface IFunctionDef_ArgAttrs {
  attr?: { [key: string]: IAttrValue } | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.GradientDef */
export interface GradientDef {
  functionName: string
  gradientFunc: string
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a GradientDef. */
export interface IGradientDef {
  functionName?: string | null
  gradientFunc?: string | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.RegisteredGradient */
export interface RegisteredGradient {
  gradientFunc: string
  registeredOpType: string
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a RegisteredGradient. */
export interface IRegisteredGradient {
  gradientFunc?: string | null
  registeredOpType?: string | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.NodeDef */
export interface NodeDef {
  name: string
  op: string
  input: string[]
  device: string
  attr: { [key: string]: AttrValue }
  experimentalDebugInfo?: NodeDef_ExperimentalDebugInfo | null
  experimentalType?: FullTypeDef | null
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a NodeDef. */
export interface INodeDef {
  name?: string | null
  op?: string | null
  input?: readonly string[] | null
  device?: string | null
  attr?: { [key: string]: IAttrValue } | null
  experimentalDebugInfo?: INodeDef_ExperimentalDebugInfo | null
  experimentalType?: IFullTypeDef | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.NodeDef.ExperimentalDebugInfo */
export interface NodeDef_ExperimentalDebugInfo {
  originalNodeNames: string[]
  originalFuncNames: string[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a NodeDef_ExperimentalDebugInfo. */
export interface INodeDef_ExperimentalDebugInfo {
  originalNodeNames?: readonly string[] | null
  originalFuncNames?: readonly string[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.OpDef */
export interface OpDef {
  name: string
  inputArg: OpDef_ArgDef[]
  outputArg: OpDef_ArgDef[]
  controlOutput: string[]
  attr: OpDef_AttrDef[]
  deprecation?: OpDeprecation | null
  summary: string
  description: string
  isCommutative: boolean
  isAggregate: boolean
  isStateful: boolean
  allowsUninitializedInput: boolean
  isDistributedCommunication: boolean
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a OpDef. */
export interface IOpDef {
  name?: string | null
  inputArg?: readonly IOpDef_ArgDef[] | null
  outputArg?: readonly IOpDef_ArgDef[] | null
  controlOutput?: readonly string[] | null
  attr?: readonly IOpDef_AttrDef[] | null
  deprecation?: IOpDeprecation | null
  summary?: string | null
  description?: string | null
  isCommutative?: boolean | null
  isAggregate?: boolean | null
  isStateful?: boolean | null
  allowsUninitializedInput?: boolean | null
  isDistributedCommunication?: boolean | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.OpDef.ArgDef */
export interface OpDef_ArgDef {
  name: string
  description: string
  type: number
  typeAttr: string
  numberAttr: string
  typeListAttr: string
  handleData: ResourceHandleProto_DtypeAndShape[]
  isRef: boolean
  experimentalFullType?: FullTypeDef | null
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a OpDef_ArgDef. */
export interface IOpDef_ArgDef {
  name?: string | null
  description?: string | null
  type?: number | null
  typeAttr?: string | null
  numberAttr?: string | null
  typeListAttr?: string | null
  handleData?: readonly IResourceHandleProto_DtypeAndShape[] | null
  isRef?: boolean | null
  experimentalFullType?: IFullTypeDef | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.OpDef.AttrDef */
export interface OpDef_AttrDef {
  name: string
  type: string
  defaultValue?: AttrValue | null
  description: string
  hasMinimum: boolean
  minimum: Long
  allowedValues?: AttrValue | null
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a OpDef_AttrDef. */
export interface IOpDef_AttrDef {
  name?: string | null
  type?: string | null
  defaultValue?: IAttrValue | null
  description?: string | null
  hasMinimum?: boolean | null
  minimum?: LongLike | null
  allowedValues?: IAttrValue | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.OpDeprecation */
export interface OpDeprecation {
  version: number
  explanation: string
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a OpDeprecation. */
export interface IOpDeprecation {
  version?: number | null
  explanation?: string | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.OpList */
export interface OpList {
  op: OpDef[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a OpList. */
export interface IOpList {
  op?: readonly IOpDef[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.GraphDef */
export interface GraphDef {
  node: NodeDef[]
  versions?: VersionDef | null
  version: number
  library?: FunctionDefLibrary | null
  debugInfo?: GraphDebugInfo | null
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a GraphDef. */
export interface IGraphDef {
  node?: readonly INodeDef[] | null
  versions?: IVersionDef | null
  version?: number | null
  library?: IFunctionDefLibrary | null
  debugInfo?: IGraphDebugInfo | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.GraphDebugInfo */
export interface GraphDebugInfo {
  files: string[]
  framesById: { [key: string]: GraphDebugInfo_FileLineCol }
  tracesById: { [key: string]: GraphDebugInfo_StackTrace }
  traces: { [key: string]: GraphDebugInfo_StackTrace }
  nameToTraceId: { [key: string]: Long }
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a GraphDebugInfo. */
export interface IGraphDebugInfo {
  files?: readonly string[] | null
  framesById?: { [key: string]: IGraphDebugInfo_FileLineCol } | null
  tracesById?: { [key: string]: IGraphDebugInfo_StackTrace } | null
  traces?: { [key: string]: IGraphDebugInfo_StackTrace } | null
  nameToTraceId?: { [key: string]: LongLike } | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.GraphDebugInfo.FileLineCol */
export interface GraphDebugInfo_FileLineCol {
  fileIndex?: number | null
  line?: number | null
  col?: number | null
  func?: string | null
  code?: string | null
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a GraphDebugInfo_FileLineCol. */
export interface IGraphDebugInfo_FileLineCol {
  fileIndex?: number | null
  line?: number | null
  col?: number | null
  func?: string | null
  code?: string | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.GraphDebugInfo.StackTrace */
export interface GraphDebugInfo_StackTrace {
  fileLineCols: GraphDebugInfo_FileLineCol[]
  frameId: Long[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a GraphDebugInfo_StackTrace. */
export interface IGraphDebugInfo_StackTrace {
  fileLineCols?: readonly IGraphDebugInfo_FileLineCol[] | null
  frameId?: readonly LongLike[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.VersionDef */
export interface VersionDef {
  producer: number
  minConsumer: number
  badConsumers: number[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a VersionDef. */
export interface IVersionDef {
  producer?: number | null
  minConsumer?: number | null
  badConsumers?: readonly number[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.VariableDef */
export interface VariableDef {
  variableName: string
  initialValueName: string
  initializerName: string
  snapshotName: string
  saveSliceInfoDef?: SaveSliceInfoDef | null
  isResource: boolean
  trainable: boolean
  synchronization: number
  aggregation: number
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a VariableDef. */
export interface IVariableDef {
  variableName?: string | null
  initialValueName?: string | null
  initializerName?: string | null
  snapshotName?: string | null
  saveSliceInfoDef?: ISaveSliceInfoDef | null
  isResource?: boolean | null
  trainable?: boolean | null
  synchronization?: number | null
  aggregation?: number | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.SaveSliceInfoDef */
export interface SaveSliceInfoDef {
  fullName: string
  fullShape: Long[]
  varOffset: Long[]
  varShape: Long[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a SaveSliceInfoDef. */
export interface ISaveSliceInfoDef {
  fullName?: string | null
  fullShape?: readonly LongLike[] | null
  varOffset?: readonly LongLike[] | null
  varShape?: readonly LongLike[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.ValuesDef */
export interface ValuesDef {
  values: string[]
  externalValues: { [key: string]: string }
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a ValuesDef. */
export interface IValuesDef {
  values?: readonly string[] | null
  externalValues?: { [key: string]: string } | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.ControlFlowContextDef */
export interface ControlFlowContextDef {
  condCtxt?: CondContextDef | null
  whileCtxt?: WhileContextDef | null
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a ControlFlowContextDef. */
export interface IControlFlowContextDef {
  condCtxt?: ICondContextDef | null
  whileCtxt?: IWhileContextDef | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.CondContextDef */
export interface CondContextDef {
  contextName: string
  predName: string
  pivotName: string
  branch: number
  valuesDef?: ValuesDef | null
  nestedContexts: ControlFlowContextDef[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a CondContextDef. */
export interface ICondContextDef {
  contextName?: string | null
  predName?: string | null
  pivotName?: string | null
  branch?: number | null
  valuesDef?: IValuesDef | null
  nestedContexts?: readonly IControlFlowContextDef[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.WhileContextDef */
export interface WhileContextDef {
  contextName: string
  parallelIterations: number
  backProp: boolean
  swapMemory: boolean
  pivotName: string
  pivotForPredName: string
  pivotForBodyName: string
  loopExitNames: string[]
  loopEnterNames: string[]
  valuesDef?: ValuesDef | null
  maximumIterationsName: string
  nestedContexts: ControlFlowContextDef[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a WhileContextDef. */
export interface IWhileContextDef {
  contextName?: string | null
  parallelIterations?: number | null
  backProp?: boolean | null
  swapMemory?: boolean | null
  pivotName?: string | null
  pivotForPredName?: string | null
  pivotForBodyName?: string | null
  loopExitNames?: readonly string[] | null
  loopEnterNames?: readonly string[] | null
  valuesDef?: IValuesDef | null
  maximumIterationsName?: string | null
  nestedContexts?: readonly IControlFlowContextDef[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.MetaGraphDef */
export interface MetaGraphDef {
  metaInfoDef?: MetaGraphDef_MetaInfoDef | null
  graphDef?: GraphDef | null
  saverDef?: SaverDef | null
  collectionDef: { [key: string]: CollectionDef }
  signatureDef: { [key: string]: SignatureDef }
  assetFileDef: AssetFileDef[]
  objectGraphDef?: SavedObjectGraph | null
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a MetaGraphDef. */
export interface IMetaGraphDef {
  metaInfoDef?: IMetaGraphDef_MetaInfoDef | null
  graphDef?: IGraphDef | null
  saverDef?: ISaverDef | null
  collectionDef?: { [key: string]: ICollectionDef } | null
  signatureDef?: { [key: string]: ISignatureDef } | null
  assetFileDef?: readonly IAssetFileDef[] | null
  objectGraphDef?: ISavedObjectGraph | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.MetaGraphDef.MetaInfoDef */
export interface MetaGraphDef_MetaInfoDef {
  metaGraphVersion: string
  strippedOpList?: OpList | null
  anyInfo?: google_protobuf_Any | null
  tags: string[]
  tensorflowVersion: string
  tensorflowGitVersion: string
  strippedDefaultAttrs: boolean
  functionAliases: { [key: string]: string }
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a MetaGraphDef_MetaInfoDef. */
export interface IMetaGraphDef_MetaInfoDef {
  metaGraphVersion?: string | null
  strippedOpList?: IOpList | null
  anyInfo?: Igoogle_protobuf_Any | null
  tags?: readonly string[] | null
  tensorflowVersion?: string | null
  tensorflowGitVersion?: string | null
  strippedDefaultAttrs?: boolean | null
  functionAliases?: { [key: string]: string } | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.CollectionDef */
export interface CollectionDef {
  nodeList?: CollectionDef_NodeList | null
  bytesList?: CollectionDef_BytesList | null
  int64List?: CollectionDef_Int64List | null
  floatList?: CollectionDef_FloatList | null
  anyList?: CollectionDef_AnyList | null
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a CollectionDef. */
export interface ICollectionDef {
  nodeList?: ICollectionDef_NodeList | null
  bytesList?: ICollectionDef_BytesList | null
  int64List?: ICollectionDef_Int64List | null
  floatList?: ICollectionDef_FloatList | null
  anyList?: ICollectionDef_AnyList | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.CollectionDef.NodeList */
export interface CollectionDef_NodeList {
  value: string[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a CollectionDef_NodeList. */
export interface ICollectionDef_NodeList {
  value?: readonly string[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.CollectionDef.BytesList */
export interface CollectionDef_BytesList {
  value: Uint8Array[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a CollectionDef_BytesList. */
export interface ICollectionDef_BytesList {
  value?: readonly Uint8Array[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.CollectionDef.Int64List */
export interface CollectionDef_Int64List {
  value: Long[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a CollectionDef_Int64List. */
export interface ICollectionDef_Int64List {
  value?: readonly LongLike[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.CollectionDef.FloatList */
export interface CollectionDef_FloatList {
  value: number[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a CollectionDef_FloatList. */
export interface ICollectionDef_FloatList {
  value?: readonly number[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.CollectionDef.AnyList */
export interface CollectionDef_AnyList {
  value: google_protobuf_Any[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a CollectionDef_AnyList. */
export interface ICollectionDef_AnyList {
  value?: readonly Igoogle_protobuf_Any[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.TensorInfo */
export interface TensorInfo {
  name?: string | null
  cooSparse?: TensorInfo_CooSparse | null
  compositeTensor?: TensorInfo_CompositeTensor | null
  dtype: number
  tensorShape?: TensorShapeProto | null
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a TensorInfo. */
export interface ITensorInfo {
  name?: string | null
  cooSparse?: ITensorInfo_CooSparse | null
  compositeTensor?: ITensorInfo_CompositeTensor | null
  dtype?: number | null
  tensorShape?: ITensorShapeProto | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.TensorInfo.CooSparse */
export interface TensorInfo_CooSparse {
  valuesTensorName: string
  indicesTensorName: string
  denseShapeTensorName: string
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a TensorInfo_CooSparse. */
export interface ITensorInfo_CooSparse {
  valuesTensorName?: string | null
  indicesTensorName?: string | null
  denseShapeTensorName?: string | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.TensorInfo.CompositeTensor */
export interface TensorInfo_CompositeTensor {
  typeSpec?: TypeSpecProto | null
  components: TensorInfo[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a TensorInfo_CompositeTensor. */
export interface ITensorInfo_CompositeTensor {
  typeSpec?: ITypeSpecProto | null
  components?: readonly ITensorInfo[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.SignatureDef */
export interface SignatureDef {
  inputs: { [key: string]: TensorInfo }
  outputs: { [key: string]: TensorInfo }
  methodName: string
  defaults: { [key: string]: TensorProto }
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a SignatureDef. */
export interface ISignatureDef {
  inputs?: { [key: string]: ITensorInfo } | null
  outputs?: { [key: string]: ITensorInfo } | null
  methodName?: string | null
  defaults?: { [key: string]: ITensorProto } | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.AssetFileDef */
export interface AssetFileDef {
  tensorInfo?: TensorInfo | null
  filename: string
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a AssetFileDef. */
export interface IAssetFileDef {
  tensorInfo?: ITensorInfo | null
  filename?: string | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.SavedObjectGraph */
export interface SavedObjectGraph {
  nodes: SavedObject[]
  concreteFunctions: { [key: string]: SavedConcreteFunction }
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a SavedObjectGraph. */
export interface ISavedObjectGraph {
  nodes?: readonly ISavedObject[] | null
  concreteFunctions?: { [key: string]: ISavedConcreteFunction } | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.SavedObject */
export interface SavedObject {
  children: TrackableObjectGraph_TrackableObject_ObjectReference[]
  dependencies: TrackableObjectGraph_TrackableObject_ObjectReference[]
  slotVariables: TrackableObjectGraph_TrackableObject_SlotVariableReference[]
  userObject?: SavedUserObject | null
  asset?: SavedAsset | null
  function?: SavedFunction | null
  variable?: SavedVariable | null
  bareConcreteFunction?: SavedBareConcreteFunction | null
  constant?: SavedConstant | null
  resource?: SavedResource | null
  capturedTensor?: CapturedTensor | null
  saveableObjects: { [key: string]: SaveableObject }
  registeredName: string
  serializedUserProto?: google_protobuf_Any | null
  registeredSaver: string
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a SavedObject. */
export interface ISavedObject {
  children?: readonly ITrackableObjectGraph_TrackableObject_ObjectReference[] | null
  dependencies?: readonly ITrackableObjectGraph_TrackableObject_ObjectReference[] | null
  slotVariables?: readonly ITrackableObjectGraph_TrackableObject_SlotVariableReference[] | null
  userObject?: ISavedUserObject | null
  asset?: ISavedAsset | null
  function?: ISavedFunction | null
  variable?: ISavedVariable | null
  bareConcreteFunction?: ISavedBareConcreteFunction | null
  constant?: ISavedConstant | null
  resource?: ISavedResource | null
  capturedTensor?: ICapturedTensor | null
  saveableObjects?: { [key: string]: ISaveableObject } | null
  registeredName?: string | null
  serializedUserProto?: Igoogle_protobuf_Any | null
  registeredSaver?: string | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.SavedUserObject */
export interface SavedUserObject {
  identifier: string
  version?: VersionDef | null
  metadata: string
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a SavedUserObject. */
export interface ISavedUserObject {
  identifier?: string | null
  version?: IVersionDef | null
  metadata?: string | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.SavedAsset */
export interface SavedAsset {
  assetFileDefIndex: number
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a SavedAsset. */
export interface ISavedAsset {
  assetFileDefIndex?: number | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.SavedFunction */
export interface SavedFunction {
  concreteFunctions: string[]
  functionSpec?: FunctionSpec | null
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a SavedFunction. */
export interface ISavedFunction {
  concreteFunctions?: readonly string[] | null
  functionSpec?: IFunctionSpec | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.CapturedTensor */
export interface CapturedTensor {
  name: string
  concreteFunction: string
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a CapturedTensor. */
export interface ICapturedTensor {
  name?: string | null
  concreteFunction?: string | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.SavedConcreteFunction */
export interface SavedConcreteFunction {
  boundInputs: number[]
  canonicalizedInputSignature?: StructuredValue | null
  outputSignature?: StructuredValue | null
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a SavedConcreteFunction. */
export interface ISavedConcreteFunction {
  boundInputs?: readonly number[] | null
  canonicalizedInputSignature?: IStructuredValue | null
  outputSignature?: IStructuredValue | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.SavedBareConcreteFunction */
export interface SavedBareConcreteFunction {
  concreteFunctionName: string
  argumentKeywords: string[]
  allowedPositionalArguments: Long
  functionSpec?: FunctionSpec | null
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a SavedBareConcreteFunction. */
export interface ISavedBareConcreteFunction {
  concreteFunctionName?: string | null
  argumentKeywords?: readonly string[] | null
  allowedPositionalArguments?: LongLike | null
  functionSpec?: IFunctionSpec | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.SavedConstant */
export interface SavedConstant {
  operation: string
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a SavedConstant. */
export interface ISavedConstant {
  operation?: string | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.SavedVariable */
export interface SavedVariable {
  dtype: number
  shape?: TensorShapeProto | null
  trainable: boolean
  synchronization: number
  aggregation: number
  name: string
  device: string
  experimentalDistributedVariableComponents: SavedVariable[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a SavedVariable. */
export interface ISavedVariable {
  dtype?: number | null
  shape?: ITensorShapeProto | null
  trainable?: boolean | null
  synchronization?: number | null
  aggregation?: number | null
  name?: string | null
  device?: string | null
  experimentalDistributedVariableComponents?: readonly ISavedVariable[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.FunctionSpec */
export interface FunctionSpec {
  fullargspec?: StructuredValue | null
  isMethod: boolean
  inputSignature?: StructuredValue | null
  jitCompile: number
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a FunctionSpec. */
export interface IFunctionSpec {
  fullargspec?: IStructuredValue | null
  isMethod?: boolean | null
  inputSignature?: IStructuredValue | null
  jitCompile?: number | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.SavedResource */
export interface SavedResource {
  device: string
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a SavedResource. */
export interface ISavedResource {
  device?: string | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.SaveableObject */
export interface SaveableObject {
  saveFunction: number
  restoreFunction: number
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a SaveableObject. */
export interface ISaveableObject {
  saveFunction?: number | null
  restoreFunction?: number | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.StructuredValue */
export interface StructuredValue {
  noneValue?: NoneValue | null
  float64Value?: number | null
  int64Value?: Long | null
  stringValue?: string | null
  boolValue?: boolean | null
  tensorShapeValue?: TensorShapeProto | null
  tensorDtypeValue?: number | null
  tensorSpecValue?: TensorSpecProto | null
  typeSpecValue?: TypeSpecProto | null
  boundedTensorSpecValue?: BoundedTensorSpecProto | null
  listValue?: ListValue | null
  tupleValue?: TupleValue | null
  dictValue?: DictValue | null
  namedTupleValue?: NamedTupleValue | null
  tensorValue?: TensorProto | null
  numpyValue?: TensorProto | null
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a StructuredValue. */
export interface IStructuredValue {
  noneValue?: INoneValue | null
  float64Value?: number | null
  int64Value?: LongLike | null
  stringValue?: string | null
  boolValue?: boolean | null
  tensorShapeValue?: ITensorShapeProto | null
  tensorDtypeValue?: number | null
  tensorSpecValue?: ITensorSpecProto | null
  typeSpecValue?: ITypeSpecProto | null
  boundedTensorSpecValue?: IBoundedTensorSpecProto | null
  listValue?: IListValue | null
  tupleValue?: ITupleValue | null
  dictValue?: IDictValue | null
  namedTupleValue?: INamedTupleValue | null
  tensorValue?: ITensorProto | null
  numpyValue?: ITensorProto | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.NoneValue */
export interface NoneValue {
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a NoneValue. */
export interface INoneValue {
  $unknowns?: Uint8Array[]
}

/** tensorflow.ListValue */
export interface ListValue {
  values: StructuredValue[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a ListValue. */
export interface IListValue {
  values?: readonly IStructuredValue[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.TupleValue */
export interface TupleValue {
  values: StructuredValue[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a TupleValue. */
export interface ITupleValue {
  values?: readonly IStructuredValue[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.DictValue */
export interface DictValue {
  fields: { [key: string]: StructuredValue }
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a DictValue. */
export interface IDictValue {
  fields?: { [key: string]: IStructuredValue } | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.PairValue */
export interface PairValue {
  key: string
  value?: StructuredValue | null
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a PairValue. */
export interface IPairValue {
  key?: string | null
  value?: IStructuredValue | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.NamedTupleValue */
export interface NamedTupleValue {
  name: string
  values: PairValue[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a NamedTupleValue. */
export interface INamedTupleValue {
  name?: string | null
  values?: readonly IPairValue[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.TensorSpecProto */
export interface TensorSpecProto {
  name: string
  shape?: TensorShapeProto | null
  dtype: number
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a TensorSpecProto. */
export interface ITensorSpecProto {
  name?: string | null
  shape?: ITensorShapeProto | null
  dtype?: number | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.BoundedTensorSpecProto */
export interface BoundedTensorSpecProto {
  name: string
  shape?: TensorShapeProto | null
  dtype: number
  minimum?: TensorProto | null
  maximum?: TensorProto | null
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a BoundedTensorSpecProto. */
export interface IBoundedTensorSpecProto {
  name?: string | null
  shape?: ITensorShapeProto | null
  dtype?: number | null
  minimum?: ITensorProto | null
  maximum?: ITensorProto | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.TypeSpecProto */
export interface TypeSpecProto {
  typeSpecClass: number
  typeState?: StructuredValue | null
  typeSpecClassName: string
  numFlatComponents: number
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a TypeSpecProto. */
export interface ITypeSpecProto {
  typeSpecClass?: number | null
  typeState?: IStructuredValue | null
  typeSpecClassName?: string | null
  numFlatComponents?: number | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.TrackableObjectGraph */
export interface TrackableObjectGraph {
  nodes: TrackableObjectGraph_TrackableObject[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a TrackableObjectGraph. */
export interface ITrackableObjectGraph {
  nodes?: readonly ITrackableObjectGraph_TrackableObject[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.TrackableObjectGraph.TrackableObject */
export interface TrackableObjectGraph_TrackableObject {
  children: TrackableObjectGraph_TrackableObject_ObjectReference[]
  attributes: TrackableObjectGraph_TrackableObject_SerializedTensor[]
  slotVariables: TrackableObjectGraph_TrackableObject_SlotVariableReference[]
  registeredSaver?: RegisteredSaver | null
  hasCheckpointValues?: google_protobuf_BoolValue | null
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a TrackableObjectGraph_TrackableObject. */
export interface ITrackableObjectGraph_TrackableObject {
  children?: readonly ITrackableObjectGraph_TrackableObject_ObjectReference[] | null
  attributes?: readonly ITrackableObjectGraph_TrackableObject_SerializedTensor[] | null
  slotVariables?: readonly ITrackableObjectGraph_TrackableObject_SlotVariableReference[] | null
  registeredSaver?: IRegisteredSaver | null
  hasCheckpointValues?: Igoogle_protobuf_BoolValue | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.TrackableObjectGraph.TrackableObject.ObjectReference */
export interface TrackableObjectGraph_TrackableObject_ObjectReference {
  nodeId: number
  localName: string
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a TrackableObjectGraph_TrackableObject_ObjectReference. */
export interface ITrackableObjectGraph_TrackableObject_ObjectReference {
  nodeId?: number | null
  localName?: string | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.TrackableObjectGraph.TrackableObject.SerializedTensor */
export interface TrackableObjectGraph_TrackableObject_SerializedTensor {
  name: string
  fullName: string
  checkpointKey: string
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a TrackableObjectGraph_TrackableObject_SerializedTensor. */
export interface ITrackableObjectGraph_TrackableObject_SerializedTensor {
  name?: string | null
  fullName?: string | null
  checkpointKey?: string | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.TrackableObjectGraph.TrackableObject.SlotVariableReference */
export interface TrackableObjectGraph_TrackableObject_SlotVariableReference {
  originalVariableNodeId: number
  slotName: string
  slotVariableNodeId: number
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a TrackableObjectGraph_TrackableObject_SlotVariableReference. */
export interface ITrackableObjectGraph_TrackableObject_SlotVariableReference {
  originalVariableNodeId?: number | null
  slotName?: string | null
  slotVariableNodeId?: number | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.RegisteredSaver */
export interface RegisteredSaver {
  name: string
  objectName: string
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a RegisteredSaver. */
export interface IRegisteredSaver {
  name?: string | null
  objectName?: string | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.SaverDef */
export interface SaverDef {
  filenameTensorName: string
  saveTensorName: string
  restoreOpName: string
  maxToKeep: number
  sharded: boolean
  keepCheckpointEveryNHours: number
  version: number
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a SaverDef. */
export interface ISaverDef {
  filenameTensorName?: string | null
  saveTensorName?: string | null
  restoreOpName?: string | null
  maxToKeep?: number | null
  sharded?: boolean | null
  keepCheckpointEveryNHours?: number | null
  version?: number | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.QueueRunnerDef */
export interface QueueRunnerDef {
  queueName: string
  enqueueOpName: string[]
  closeOpName: string
  cancelOpName: string
  queueClosedExceptionTypes: number[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a QueueRunnerDef. */
export interface IQueueRunnerDef {
  queueName?: string | null
  enqueueOpName?: readonly string[] | null
  closeOpName?: string | null
  cancelOpName?: string | null
  queueClosedExceptionTypes?: readonly number[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.SavedModel */
export interface SavedModel {
  savedModelSchemaVersion: Long
  metaGraphs: MetaGraphDef[]
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a SavedModel. */
export interface ISavedModel {
  savedModelSchemaVersion?: LongLike | null
  metaGraphs?: readonly IMetaGraphDef[] | null
  $unknowns?: Uint8Array[]
}

/** tensorflow.CheckpointState */
export interface CheckpointState {
  modelCheckpointPath: string
  allModelCheckpointPaths: string[]
  allModelCheckpointTimestamps: number[]
  lastPreservedTimestamp: number
  /** Fields that the schema does not know, as they stood in the file. */
  $unknowns?: Uint8Array[]
}
/** What may be written as a CheckpointState. */
export interface ICheckpointState {
  modelCheckpointPath?: string | null
  allModelCheckpointPaths?: readonly string[] | null
  allModelCheckpointTimestamps?: readonly number[] | null
  lastPreservedTimestamp?: number | null
  $unknowns?: Uint8Array[]
}

export const google: {
  readonly protobuf: {
    readonly Any: MessageCodec<google_protobuf_Any>
    readonly DoubleValue: MessageCodec<google_protobuf_DoubleValue>
    readonly FloatValue: MessageCodec<google_protobuf_FloatValue>
    readonly Int64Value: MessageCodec<google_protobuf_Int64Value>
    readonly UInt64Value: MessageCodec<google_protobuf_UInt64Value>
    readonly Int32Value: MessageCodec<google_protobuf_Int32Value>
    readonly UInt32Value: MessageCodec<google_protobuf_UInt32Value>
    readonly BoolValue: MessageCodec<google_protobuf_BoolValue>
    readonly StringValue: MessageCodec<google_protobuf_StringValue>
    readonly BytesValue: MessageCodec<google_protobuf_BytesValue>
  }
}

export const tensorflow: {
  readonly AttrValue: MessageCodec<AttrValue> & { readonly ListValue: MessageCodec<AttrValue_ListValue> }
  readonly NameAttrList: MessageCodec<NameAttrList>
  readonly TensorProto: MessageCodec<TensorProto>
  readonly VariantTensorDataProto: MessageCodec<VariantTensorDataProto>
  readonly ResourceHandleProto: MessageCodec<ResourceHandleProto> & {
    readonly DtypeAndShape: MessageCodec<ResourceHandleProto_DtypeAndShape>
  }
  readonly TensorShapeProto: MessageCodec<TensorShapeProto> & { readonly Dim: MessageCodec<TensorShapeProto_Dim> }
  readonly SerializedDType: MessageCodec<SerializedDType>
  readonly FullTypeDef: MessageCodec<FullTypeDef>
  readonly FunctionDefLibrary: MessageCodec<FunctionDefLibrary>
  readonly FunctionDef: MessageCodec<FunctionDef> & { readonly ArgAttrs: MessageCodec<FunctionDef_ArgAttrs> }
  readonly GradientDef: MessageCodec<GradientDef>
  readonly RegisteredGradient: MessageCodec<RegisteredGradient>
  readonly NodeDef: MessageCodec<NodeDef> & {
    readonly ExperimentalDebugInfo: MessageCodec<NodeDef_ExperimentalDebugInfo>
  }
  readonly OpDef: MessageCodec<OpDef> & {
    readonly ArgDef: MessageCodec<OpDef_ArgDef>
    readonly AttrDef: MessageCodec<OpDef_AttrDef>
  }
  readonly OpDeprecation: MessageCodec<OpDeprecation>
  readonly OpList: MessageCodec<OpList>
  readonly GraphDef: MessageCodec<GraphDef>
  readonly GraphDebugInfo: MessageCodec<GraphDebugInfo> & {
    readonly FileLineCol: MessageCodec<GraphDebugInfo_FileLineCol>
    readonly StackTrace: MessageCodec<GraphDebugInfo_StackTrace>
  }
  readonly VersionDef: MessageCodec<VersionDef>
  readonly VariableDef: MessageCodec<VariableDef>
  readonly SaveSliceInfoDef: MessageCodec<SaveSliceInfoDef>
  readonly ValuesDef: MessageCodec<ValuesDef>
  readonly ControlFlowContextDef: MessageCodec<ControlFlowContextDef>
  readonly CondContextDef: MessageCodec<CondContextDef>
  readonly WhileContextDef: MessageCodec<WhileContextDef>
  readonly error: { readonly dummy: {} }
  readonly MetaGraphDef: MessageCodec<MetaGraphDef> & { readonly MetaInfoDef: MessageCodec<MetaGraphDef_MetaInfoDef> }
  readonly CollectionDef: MessageCodec<CollectionDef> & {
    readonly NodeList: MessageCodec<CollectionDef_NodeList>
    readonly BytesList: MessageCodec<CollectionDef_BytesList>
    readonly Int64List: MessageCodec<CollectionDef_Int64List>
    readonly FloatList: MessageCodec<CollectionDef_FloatList>
    readonly AnyList: MessageCodec<CollectionDef_AnyList>
  }
  readonly TensorInfo: MessageCodec<TensorInfo> & {
    readonly CooSparse: MessageCodec<TensorInfo_CooSparse>
    readonly CompositeTensor: MessageCodec<TensorInfo_CompositeTensor>
  }
  readonly SignatureDef: MessageCodec<SignatureDef>
  readonly AssetFileDef: MessageCodec<AssetFileDef>
  readonly SavedObjectGraph: MessageCodec<SavedObjectGraph>
  readonly SavedObject: MessageCodec<SavedObject>
  readonly SavedUserObject: MessageCodec<SavedUserObject>
  readonly SavedAsset: MessageCodec<SavedAsset>
  readonly SavedFunction: MessageCodec<SavedFunction>
  readonly CapturedTensor: MessageCodec<CapturedTensor>
  readonly SavedConcreteFunction: MessageCodec<SavedConcreteFunction>
  readonly SavedBareConcreteFunction: MessageCodec<SavedBareConcreteFunction>
  readonly SavedConstant: MessageCodec<SavedConstant>
  readonly SavedVariable: MessageCodec<SavedVariable>
  readonly FunctionSpec: MessageCodec<FunctionSpec>
  readonly SavedResource: MessageCodec<SavedResource>
  readonly SaveableObject: MessageCodec<SaveableObject>
  readonly StructuredValue: MessageCodec<StructuredValue>
  readonly NoneValue: MessageCodec<NoneValue>
  readonly ListValue: MessageCodec<ListValue>
  readonly TupleValue: MessageCodec<TupleValue>
  readonly DictValue: MessageCodec<DictValue>
  readonly PairValue: MessageCodec<PairValue>
  readonly NamedTupleValue: MessageCodec<NamedTupleValue>
  readonly TensorSpecProto: MessageCodec<TensorSpecProto>
  readonly BoundedTensorSpecProto: MessageCodec<BoundedTensorSpecProto>
  readonly TypeSpecProto: MessageCodec<TypeSpecProto>
  readonly TrackableObjectGraph: MessageCodec<TrackableObjectGraph> & {
    readonly TrackableObject: MessageCodec<TrackableObjectGraph_TrackableObject> & {
      readonly ObjectReference: MessageCodec<TrackableObjectGraph_TrackableObject_ObjectReference>
      readonly SerializedTensor: MessageCodec<TrackableObjectGraph_TrackableObject_SerializedTensor>
      readonly SlotVariableReference: MessageCodec<TrackableObjectGraph_TrackableObject_SlotVariableReference>
    }
  }
  readonly RegisteredSaver: MessageCodec<RegisteredSaver>
  readonly SaverDef: MessageCodec<SaverDef>
  readonly QueueRunnerDef: MessageCodec<QueueRunnerDef>
  readonly SavedModel: MessageCodec<SavedModel>
  readonly CheckpointState: MessageCodec<CheckpointState>
}
