// Written by scripts/generate-proto.mjs from proto/: change those.

/**
 * Of each message: "number name type" of each field. * is repeated, <key,value> a map, ? tells "not set", with the
 * name of the oneof behind it where the field is a member of one; of a map it says so of keys and values. string2 is a
 * string of any bytes.
 */
export const MESSAGES: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['google.protobuf.Any', '1 type_url string|2 value bytes'],
  ['google.protobuf.DoubleValue', '1 value double'],
  ['google.protobuf.FloatValue', '1 value float'],
  ['google.protobuf.Int64Value', '1 value int64'],
  ['google.protobuf.UInt64Value', '1 value uint64'],
  ['google.protobuf.Int32Value', '1 value int32'],
  ['google.protobuf.UInt32Value', '1 value uint32'],
  ['google.protobuf.BoolValue', '1 value bool'],
  ['google.protobuf.StringValue', '1 value string'],
  ['google.protobuf.BytesValue', '1 value bytes'],
  [
    'tensorflow.AttrValue',
    '1 list tensorflow.AttrValue.ListValue?value|2 s bytes?value|3 i int64?value|4 f float?value|5 b bool?value|6 type tensorflow.DataType?value|7 shape tensorflow.TensorShapeProto?value|8 tensor tensorflow.TensorProto?value|9 placeholder string?value|10 func tensorflow.NameAttrList?value',
  ],
  [
    'tensorflow.AttrValue.ListValue',
    '2 s bytes*|3 i int64*|4 f float*|5 b bool*|6 type tensorflow.DataType*|7 shape tensorflow.TensorShapeProto*|8 tensor tensorflow.TensorProto*|9 func tensorflow.NameAttrList*',
  ],
  ['tensorflow.NameAttrList', '1 name string|2 attr <string,tensorflow.AttrValue>'],
  [
    'tensorflow.TensorProto',
    '1 dtype tensorflow.DataType|2 tensor_shape tensorflow.TensorShapeProto?|3 version_number int32|4 tensor_content bytes|5 float_val float*|6 double_val double*|7 int_val int32*|8 string_val bytes*|9 scomplex_val float*|10 int64_val int64*|11 bool_val bool*|12 dcomplex_val double*|13 half_val int32*|14 resource_handle_val tensorflow.ResourceHandleProto*|15 variant_val tensorflow.VariantTensorDataProto*|16 uint32_val uint32*|17 uint64_val uint64*|18 float8_val bytes',
  ],
  ['tensorflow.VariantTensorDataProto', '1 type_name string|2 metadata bytes|3 tensors tensorflow.TensorProto*'],
  [
    'tensorflow.ResourceHandleProto',
    '1 device string|2 container string|3 name string|4 hash_code uint64|5 maybe_type_name string|6 dtypes_and_shapes tensorflow.ResourceHandleProto.DtypeAndShape*',
  ],
  ['tensorflow.ResourceHandleProto.DtypeAndShape', '1 dtype tensorflow.DataType|2 shape tensorflow.TensorShapeProto?'],
  ['tensorflow.TensorShapeProto', '2 dim tensorflow.TensorShapeProto.Dim*|3 unknown_rank bool'],
  ['tensorflow.TensorShapeProto.Dim', '1 size int64|2 name string'],
  ['tensorflow.SerializedDType', '1 datatype tensorflow.DataType'],
  [
    'tensorflow.FullTypeDef',
    '1 type_id tensorflow.FullTypeId|2 args tensorflow.FullTypeDef*|3 s string?attr|4 i int64?attr',
  ],
  [
    'tensorflow.FunctionDefLibrary',
    '1 function tensorflow.FunctionDef*|2 gradient tensorflow.GradientDef*|3 registered_gradients tensorflow.RegisteredGradient*',
  ],
  [
    'tensorflow.FunctionDef',
    '1 signature tensorflow.OpDef?|3 node_def tensorflow.NodeDef*|4 ret <string,string>|5 attr <string,tensorflow.AttrValue>|6 control_ret <string,string>|7 arg_attr <uint32,tensorflow.FunctionDef.ArgAttrs>|8 resource_arg_unique_id <uint32,uint32>',
  ],
  ['tensorflow.FunctionDef.ArgAttrs', '1 attr <string,tensorflow.AttrValue>'],
  ['tensorflow.GradientDef', '1 function_name string|2 gradient_func string'],
  ['tensorflow.RegisteredGradient', '1 gradient_func string|2 registered_op_type string'],
  [
    'tensorflow.NodeDef',
    '1 name string|2 op string|3 input string*|4 device string|5 attr <string,tensorflow.AttrValue>|6 experimental_debug_info tensorflow.NodeDef.ExperimentalDebugInfo?|7 experimental_type tensorflow.FullTypeDef?',
  ],
  ['tensorflow.NodeDef.ExperimentalDebugInfo', '1 original_node_names string*|2 original_func_names string*'],
  [
    'tensorflow.OpDef',
    '1 name string|2 input_arg tensorflow.OpDef.ArgDef*|3 output_arg tensorflow.OpDef.ArgDef*|4 attr tensorflow.OpDef.AttrDef*|5 summary string|6 description string|8 deprecation tensorflow.OpDeprecation?|16 is_aggregate bool|17 is_stateful bool|18 is_commutative bool|19 allows_uninitialized_input bool|20 control_output string*|21 is_distributed_communication bool',
  ],
  [
    'tensorflow.OpDef.ArgDef',
    '1 name string|2 description string|3 type tensorflow.DataType|4 type_attr string|5 number_attr string|6 type_list_attr string|7 handle_data tensorflow.ResourceHandleProto.DtypeAndShape*|16 is_ref bool|17 experimental_full_type tensorflow.FullTypeDef?',
  ],
  [
    'tensorflow.OpDef.AttrDef',
    '1 name string|2 type string|3 default_value tensorflow.AttrValue?|4 description string|5 has_minimum bool|6 minimum int64|7 allowed_values tensorflow.AttrValue?',
  ],
  ['tensorflow.OpDeprecation', '1 version int32|2 explanation string'],
  ['tensorflow.OpList', '1 op tensorflow.OpDef*'],
  [
    'tensorflow.GraphDef',
    '1 node tensorflow.NodeDef*|2 library tensorflow.FunctionDefLibrary?|3 version int32|4 versions tensorflow.VersionDef?|5 debug_info tensorflow.GraphDebugInfo?',
  ],
  [
    'tensorflow.GraphDebugInfo',
    '1 files string2*|2 traces <string2,tensorflow.GraphDebugInfo.StackTrace>?|4 frames_by_id <fixed64,tensorflow.GraphDebugInfo.FileLineCol>?|5 name_to_trace_id <string2,fixed64>?|6 traces_by_id <fixed64,tensorflow.GraphDebugInfo.StackTrace>?',
  ],
  [
    'tensorflow.GraphDebugInfo.FileLineCol',
    '1 file_index int32?|2 line int32?|3 col int32?|4 func string2?|5 code string2?',
  ],
  [
    'tensorflow.GraphDebugInfo.StackTrace',
    '1 file_line_cols tensorflow.GraphDebugInfo.FileLineCol*|2 frame_id fixed64*',
  ],
  ['tensorflow.VersionDef', '1 producer int32|2 min_consumer int32|3 bad_consumers int32*'],
  [
    'tensorflow.VariableDef',
    '1 variable_name string|2 initializer_name string|3 snapshot_name string|4 save_slice_info_def tensorflow.SaveSliceInfoDef?|5 is_resource bool|6 initial_value_name string|7 trainable bool|8 synchronization tensorflow.VariableSynchronization|9 aggregation tensorflow.VariableAggregation',
  ],
  ['tensorflow.SaveSliceInfoDef', '1 full_name string|2 full_shape int64*|3 var_offset int64*|4 var_shape int64*'],
  ['tensorflow.ValuesDef', '1 values string*|2 external_values <string,string>'],
  [
    'tensorflow.ControlFlowContextDef',
    '1 cond_ctxt tensorflow.CondContextDef?ctxt|2 while_ctxt tensorflow.WhileContextDef?ctxt',
  ],
  [
    'tensorflow.CondContextDef',
    '1 context_name string|2 pred_name string|3 pivot_name string|4 branch int32|5 values_def tensorflow.ValuesDef?|6 nested_contexts tensorflow.ControlFlowContextDef*',
  ],
  [
    'tensorflow.WhileContextDef',
    '1 context_name string|2 parallel_iterations int32|3 back_prop bool|4 swap_memory bool|5 pivot_name string|6 pivot_for_pred_name string|7 pivot_for_body_name string|8 loop_exit_names string*|9 values_def tensorflow.ValuesDef?|10 loop_enter_names string*|11 maximum_iterations_name string|12 nested_contexts tensorflow.ControlFlowContextDef*',
  ],
  [
    'tensorflow.MetaGraphDef',
    '1 meta_info_def tensorflow.MetaGraphDef.MetaInfoDef?|2 graph_def tensorflow.GraphDef?|3 saver_def tensorflow.SaverDef?|4 collection_def <string,tensorflow.CollectionDef>|5 signature_def <string,tensorflow.SignatureDef>|6 asset_file_def tensorflow.AssetFileDef*|7 object_graph_def tensorflow.SavedObjectGraph?',
  ],
  [
    'tensorflow.MetaGraphDef.MetaInfoDef',
    '1 meta_graph_version string|2 stripped_op_list tensorflow.OpList?|3 any_info google.protobuf.Any?|4 tags string*|5 tensorflow_version string|6 tensorflow_git_version string|7 stripped_default_attrs bool|8 function_aliases <string,string>',
  ],
  [
    'tensorflow.CollectionDef',
    '1 node_list tensorflow.CollectionDef.NodeList?kind|2 bytes_list tensorflow.CollectionDef.BytesList?kind|3 int64_list tensorflow.CollectionDef.Int64List?kind|4 float_list tensorflow.CollectionDef.FloatList?kind|5 any_list tensorflow.CollectionDef.AnyList?kind',
  ],
  ['tensorflow.CollectionDef.NodeList', '1 value string*'],
  ['tensorflow.CollectionDef.BytesList', '1 value bytes*'],
  ['tensorflow.CollectionDef.Int64List', '1 value int64*'],
  ['tensorflow.CollectionDef.FloatList', '1 value float*'],
  ['tensorflow.CollectionDef.AnyList', '1 value google.protobuf.Any*'],
  [
    'tensorflow.TensorInfo',
    '1 name string?encoding|2 dtype tensorflow.DataType|3 tensor_shape tensorflow.TensorShapeProto?|4 coo_sparse tensorflow.TensorInfo.CooSparse?encoding|5 composite_tensor tensorflow.TensorInfo.CompositeTensor?encoding',
  ],
  [
    'tensorflow.TensorInfo.CooSparse',
    '1 values_tensor_name string|2 indices_tensor_name string|3 dense_shape_tensor_name string',
  ],
  [
    'tensorflow.TensorInfo.CompositeTensor',
    '1 type_spec tensorflow.TypeSpecProto?|2 components tensorflow.TensorInfo*',
  ],
  [
    'tensorflow.SignatureDef',
    '1 inputs <string,tensorflow.TensorInfo>|2 outputs <string,tensorflow.TensorInfo>|3 method_name string|4 defaults <string,tensorflow.TensorProto>',
  ],
  ['tensorflow.AssetFileDef', '1 tensor_info tensorflow.TensorInfo?|2 filename string'],
  [
    'tensorflow.SavedObjectGraph',
    '1 nodes tensorflow.SavedObject*|2 concrete_functions <string,tensorflow.SavedConcreteFunction>',
  ],
  [
    'tensorflow.SavedObject',
    '1 children tensorflow.TrackableObjectGraph.TrackableObject.ObjectReference*|3 slot_variables tensorflow.TrackableObjectGraph.TrackableObject.SlotVariableReference*|4 user_object tensorflow.SavedUserObject?kind|5 asset tensorflow.SavedAsset?kind|6 function tensorflow.SavedFunction?kind|7 variable tensorflow.SavedVariable?kind|8 bare_concrete_function tensorflow.SavedBareConcreteFunction?kind|9 constant tensorflow.SavedConstant?kind|10 resource tensorflow.SavedResource?kind|11 saveable_objects <string,tensorflow.SaveableObject>|12 captured_tensor tensorflow.CapturedTensor?kind|13 registered_name string|14 serialized_user_proto google.protobuf.Any?|15 dependencies tensorflow.TrackableObjectGraph.TrackableObject.ObjectReference*|16 registered_saver string',
  ],
  ['tensorflow.SavedUserObject', '1 identifier string|2 version tensorflow.VersionDef?|3 metadata string'],
  ['tensorflow.SavedAsset', '1 asset_file_def_index int32'],
  ['tensorflow.SavedFunction', '1 concrete_functions string*|2 function_spec tensorflow.FunctionSpec?'],
  ['tensorflow.CapturedTensor', '1 name string|2 concrete_function string'],
  [
    'tensorflow.SavedConcreteFunction',
    '2 bound_inputs int32*|3 canonicalized_input_signature tensorflow.StructuredValue?|4 output_signature tensorflow.StructuredValue?',
  ],
  [
    'tensorflow.SavedBareConcreteFunction',
    '1 concrete_function_name string|2 argument_keywords string*|3 allowed_positional_arguments int64|4 function_spec tensorflow.FunctionSpec?',
  ],
  ['tensorflow.SavedConstant', '1 operation string'],
  [
    'tensorflow.SavedVariable',
    '1 dtype tensorflow.DataType|2 shape tensorflow.TensorShapeProto?|3 trainable bool|4 synchronization tensorflow.VariableSynchronization|5 aggregation tensorflow.VariableAggregation|6 name string|7 device string|8 experimental_distributed_variable_components tensorflow.SavedVariable*',
  ],
  [
    'tensorflow.FunctionSpec',
    '1 fullargspec tensorflow.StructuredValue?|2 is_method bool|5 input_signature tensorflow.StructuredValue?|6 jit_compile tensorflow.FunctionSpec.JitCompile',
  ],
  ['tensorflow.SavedResource', '1 device string'],
  ['tensorflow.SaveableObject', '2 save_function int32|3 restore_function int32'],
  [
    'tensorflow.StructuredValue',
    '1 none_value tensorflow.NoneValue?kind|11 float64_value double?kind|12 int64_value sint64?kind|13 string_value string?kind|14 bool_value bool?kind|31 tensor_shape_value tensorflow.TensorShapeProto?kind|32 tensor_dtype_value tensorflow.DataType?kind|33 tensor_spec_value tensorflow.TensorSpecProto?kind|34 type_spec_value tensorflow.TypeSpecProto?kind|35 bounded_tensor_spec_value tensorflow.BoundedTensorSpecProto?kind|51 list_value tensorflow.ListValue?kind|52 tuple_value tensorflow.TupleValue?kind|53 dict_value tensorflow.DictValue?kind|54 named_tuple_value tensorflow.NamedTupleValue?kind|55 tensor_value tensorflow.TensorProto?kind|56 numpy_value tensorflow.TensorProto?kind',
  ],
  ['tensorflow.NoneValue', ''],
  ['tensorflow.ListValue', '1 values tensorflow.StructuredValue*'],
  ['tensorflow.TupleValue', '1 values tensorflow.StructuredValue*'],
  ['tensorflow.DictValue', '1 fields <string,tensorflow.StructuredValue>'],
  ['tensorflow.PairValue', '1 key string|2 value tensorflow.StructuredValue?'],
  ['tensorflow.NamedTupleValue', '1 name string|2 values tensorflow.PairValue*'],
  ['tensorflow.TensorSpecProto', '1 name string|2 shape tensorflow.TensorShapeProto?|3 dtype tensorflow.DataType'],
  [
    'tensorflow.BoundedTensorSpecProto',
    '1 name string|2 shape tensorflow.TensorShapeProto?|3 dtype tensorflow.DataType|4 minimum tensorflow.TensorProto?|5 maximum tensorflow.TensorProto?',
  ],
  [
    'tensorflow.TypeSpecProto',
    '1 type_spec_class tensorflow.TypeSpecProto.TypeSpecClass|2 type_state tensorflow.StructuredValue?|3 type_spec_class_name string|4 num_flat_components int32',
  ],
  ['tensorflow.TrackableObjectGraph', '1 nodes tensorflow.TrackableObjectGraph.TrackableObject*'],
  [
    'tensorflow.TrackableObjectGraph.TrackableObject',
    '1 children tensorflow.TrackableObjectGraph.TrackableObject.ObjectReference*|2 attributes tensorflow.TrackableObjectGraph.TrackableObject.SerializedTensor*|3 slot_variables tensorflow.TrackableObjectGraph.TrackableObject.SlotVariableReference*|4 registered_saver tensorflow.RegisteredSaver?|5 has_checkpoint_values google.protobuf.BoolValue?',
  ],
  ['tensorflow.TrackableObjectGraph.TrackableObject.ObjectReference', '1 node_id int32|2 local_name string'],
  [
    'tensorflow.TrackableObjectGraph.TrackableObject.SerializedTensor',
    '1 name string|2 full_name string|3 checkpoint_key string',
  ],
  [
    'tensorflow.TrackableObjectGraph.TrackableObject.SlotVariableReference',
    '1 original_variable_node_id int32|2 slot_name string|3 slot_variable_node_id int32',
  ],
  ['tensorflow.RegisteredSaver', '1 name string|2 object_name string'],
  [
    'tensorflow.SaverDef',
    '1 filename_tensor_name string|2 save_tensor_name string|3 restore_op_name string|4 max_to_keep int32|5 sharded bool|6 keep_checkpoint_every_n_hours float|7 version tensorflow.SaverDef.CheckpointFormatVersion',
  ],
  [
    'tensorflow.QueueRunnerDef',
    '1 queue_name string|2 enqueue_op_name string*|3 close_op_name string|4 cancel_op_name string|5 queue_closed_exception_types tensorflow.error.Code*',
  ],
  ['tensorflow.SavedModel', '1 saved_model_schema_version int64|2 meta_graphs tensorflow.MetaGraphDef*'],
  [
    'tensorflow.CheckpointState',
    '1 model_checkpoint_path string|2 all_model_checkpoint_paths string*|3 all_model_checkpoint_timestamps double*|4 last_preserved_timestamp double',
  ],
])

/** Of each enum: "name=number" of each value, aliases behind the name that is printed. */
export const ENUMS: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  [
    'tensorflow.DataType',
    'DT_INVALID=0|DT_FLOAT=1|DT_DOUBLE=2|DT_INT32=3|DT_UINT8=4|DT_INT16=5|DT_INT8=6|DT_STRING=7|DT_COMPLEX64=8|DT_INT64=9|DT_BOOL=10|DT_QINT8=11|DT_QUINT8=12|DT_QINT32=13|DT_BFLOAT16=14|DT_QINT16=15|DT_QUINT16=16|DT_UINT16=17|DT_COMPLEX128=18|DT_HALF=19|DT_RESOURCE=20|DT_VARIANT=21|DT_UINT32=22|DT_UINT64=23|DT_FLOAT8_E5M2=24|DT_FLOAT8_E4M3FN=25|DT_FLOAT8_E4M3FNUZ=26|DT_FLOAT8_E4M3B11FNUZ=27|DT_FLOAT8_E5M2FNUZ=28|DT_INT4=29|DT_UINT4=30|DT_INT2=31|DT_UINT2=32|DT_FLOAT4_E2M1FN=33|DT_FLOAT_REF=101|DT_DOUBLE_REF=102|DT_INT32_REF=103|DT_UINT8_REF=104|DT_INT16_REF=105|DT_INT8_REF=106|DT_STRING_REF=107|DT_COMPLEX64_REF=108|DT_INT64_REF=109|DT_BOOL_REF=110|DT_QINT8_REF=111|DT_QUINT8_REF=112|DT_QINT32_REF=113|DT_BFLOAT16_REF=114|DT_QINT16_REF=115|DT_QUINT16_REF=116|DT_UINT16_REF=117|DT_COMPLEX128_REF=118|DT_HALF_REF=119|DT_RESOURCE_REF=120|DT_VARIANT_REF=121|DT_UINT32_REF=122|DT_UINT64_REF=123|DT_FLOAT8_E5M2_REF=124|DT_FLOAT8_E4M3FN_REF=125|DT_FLOAT8_E4M3FNUZ_REF=126|DT_FLOAT8_E4M3B11FNUZ_REF=127|DT_FLOAT8_E5M2FNUZ_REF=128|DT_INT4_REF=129|DT_UINT4_REF=130|DT_INT2_REF=131|DT_UINT2_REF=132|DT_FLOAT4_E2M1FN_REF=133',
  ],
  [
    'tensorflow.FullTypeId',
    'TFT_UNSET=0|TFT_VAR=1|TFT_ANY=2|TFT_PRODUCT=3|TFT_NAMED=4|TFT_FOR_EACH=20|TFT_CALLABLE=100|TFT_TENSOR=1000|TFT_ARRAY=1001|TFT_OPTIONAL=1002|TFT_LITERAL=1003|TFT_ENCODED=1004|TFT_SHAPE_TENSOR=1005|TFT_BOOL=200|TFT_UINT8=201|TFT_UINT16=202|TFT_UINT32=203|TFT_UINT64=204|TFT_INT8=205|TFT_INT16=206|TFT_INT32=207|TFT_INT64=208|TFT_HALF=209|TFT_FLOAT=210|TFT_DOUBLE=211|TFT_BFLOAT16=215|TFT_COMPLEX64=212|TFT_COMPLEX128=213|TFT_STRING=214|TFT_DATASET=10102|TFT_RAGGED=10103|TFT_ITERATOR=10104|TFT_MUTEX_LOCK=10202|TFT_LEGACY_VARIANT=10203',
  ],
  [
    'tensorflow.VariableSynchronization',
    'VARIABLE_SYNCHRONIZATION_AUTO=0|VARIABLE_SYNCHRONIZATION_NONE=1|VARIABLE_SYNCHRONIZATION_ON_WRITE=2|VARIABLE_SYNCHRONIZATION_ON_READ=3',
  ],
  [
    'tensorflow.VariableAggregation',
    'VARIABLE_AGGREGATION_NONE=0|VARIABLE_AGGREGATION_SUM=1|VARIABLE_AGGREGATION_MEAN=2|VARIABLE_AGGREGATION_ONLY_FIRST_REPLICA=3',
  ],
  [
    'tensorflow.error.Code',
    'OK=0|CANCELLED=1|UNKNOWN=2|INVALID_ARGUMENT=3|DEADLINE_EXCEEDED=4|NOT_FOUND=5|ALREADY_EXISTS=6|PERMISSION_DENIED=7|UNAUTHENTICATED=16|RESOURCE_EXHAUSTED=8|FAILED_PRECONDITION=9|ABORTED=10|OUT_OF_RANGE=11|UNIMPLEMENTED=12|INTERNAL=13|UNAVAILABLE=14|DATA_LOSS=15|DO_NOT_USE_RESERVED_FOR_FUTURE_EXPANSION_USE_DEFAULT_IN_SWITCH_INSTEAD_=20',
  ],
  ['tensorflow.FunctionSpec.JitCompile', 'DEFAULT=0|ON=1|OFF=2'],
  [
    'tensorflow.TypeSpecProto.TypeSpecClass',
    'UNKNOWN=0|SPARSE_TENSOR_SPEC=1|INDEXED_SLICES_SPEC=2|RAGGED_TENSOR_SPEC=3|TENSOR_ARRAY_SPEC=4|DATA_DATASET_SPEC=5|DATA_ITERATOR_SPEC=6|OPTIONAL_SPEC=7|PER_REPLICA_SPEC=8|VARIABLE_SPEC=9|ROW_PARTITION_SPEC=10|REGISTERED_TYPE_SPEC=12|EXTENSION_TYPE_SPEC=13',
  ],
  ['tensorflow.SaverDef.CheckpointFormatVersion', 'LEGACY=0|V1=1|V2=2'],
])
