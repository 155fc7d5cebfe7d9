"""What import_graph_def makes of small graphs, broken ones for the most part: tests/golden/import-graph-def.json.

    python make_import_golden.py <file>

A list of {"id", "steps", "answers", "graph"}. The steps are imports into one graph, in the form of random_graphs.py with
"graph" (text) in the place of "file"; an answer has "elements", names, or "error", class and text. "graph" is the text of
what came of it; null after an error, since TensorFlow leaves nodes behind then.
"""
import json
import os
import sys

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
from google.protobuf import text_format  # noqa: E402
import tensorflow.compat.v1 as tf  # noqa: E402

tf.disable_v2_behavior()

A = 'node { name: "a" op: "Placeholder" attr { key: "dtype" value { type: DT_FLOAT } } } '
I32 = 'node { name: "i" op: "Placeholder" attr { key: "dtype" value { type: DT_INT32 } } } '
FN = ('library { function { signature { name: "%s" input_arg { name: "x" type: DT_FLOAT } '
      'output_arg { name: "y" type: DT_FLOAT } } node_def { name: "n" op: "%s" input: "x" '
      'attr { key: "T" value { type: DT_FLOAT } } } ret { key: "y" value: "n:%s:0" } } %s} ')


def identity(name, *inputs, dtype='DT_FLOAT', more=''):
    lines = ' '.join(f'input: "{one}"' for one in inputs)
    return f'node {{ name: "{name}" op: "Identity" {lines} attr {{ key: "T" value {{ type: {dtype} }} }} {more} }} '


def noop(name, *controls, device='', group=None):
    inputs = ' '.join(f'input: "^{one}"' for one in controls)
    group = '' if group is None else f'attr {{ key: "_class" value {{ list {{ {group} }} }} }}'
    return f'node {{ name: "{name}" op: "NoOp" {inputs} device: "{device}" {group} }} '


def locations(*names):
    return ' '.join(f's: "loc:@{name}"' for name in names)


def node(name, op, inputs='', **attrs):
    texts = ' '.join(f'attr {{ key: "{key}" value {{ {value} }} }}' for key, value in attrs.items())
    return f'node {{ name: "{name}" op: "{op}" {" ".join(f"input: {json.dumps(one)}" for one in inputs.split())} {texts} }} '


def merge(*inputs):
    return node('m', 'Merge', ' '.join(inputs), T='type: DT_FLOAT', N=f'i: {sum(not one.startswith("^") for one in inputs)}')


def again(source, dtype='DT_FLOAT'):
    return node('n', 'NextIteration', source, T=f'type: {dtype}')


def versions(producer=0, min_consumer=0, bad=()):
    bad = ' '.join(f'bad_consumers: {one}' for one in bad)
    return f'versions {{ producer: {producer} min_consumer: {min_consumer} {bad} }} '


def step(graph, name='', input_map=None, back=None):
    # Merge() takes several libraries together; what is kept says each once.
    graph = text_format.MessageToString(text_format.Merge(graph, tf.GraphDef()), as_one_line=True)
    return {'graph': graph, 'name': name, 'input_map': input_map or {}, 'return': back}


CASES = {}


def case(name, *steps):
    assert name not in CASES, name
    CASES[name] = [step(one) if isinstance(one, str) else one for one in steps]


def make_cases():
    inputs()
    orders()
    names()
    attributes()
    sizes()
    shapes()
    places()
    functions()
    header()
    options()
    full_types()


def inputs():
    for one in ['a:0', 'a:1', 'a:00', 'a:01', 'a:99999', '^', '', ':0', 'a:', 'a:x', '^a:0', '^a:1', 'a:-1', '^^a', '^a', '^zz', 'zz:3', '0']:
        case(f'input {one!r}', A + identity('b', one))
    case('the same control input twice', A + identity('b', 'a', '^a', '^a'))
    case('control inputs are sorted', noop('z') + noop('b') + noop('m') + noop('B') + noop('q', 'z', 'm', 'b', 'z', 'B'))
    case('a control input before an input', A + identity('b', '^a', 'a'))
    case('too many inputs', A + identity('b', 'a', 'a'))
    case('another type', A + identity('b', 'a', dtype='DT_INT32'))
    case('an input of several outputs', A + I32 + node('s', 'Split', 'i a', T='type: DT_FLOAT', num_split='i: 3')
         + identity('u', 's:2') + identity('v', 's'))
    case('references', node('v', 'VariableV2', dtype='type: DT_FLOAT', shape='shape { }') + identity('r', 'v')
         + node('w', 'Assign', 'v r', T='type: DT_FLOAT'))
    case('a value for a reference', node('v', 'VariableV2', dtype='type: DT_FLOAT', shape='shape { }') + identity('r', 'v')
         + node('w', 'Assign', 'r v', T='type: DT_FLOAT'))


def orders():
    case('the last first', identity('c', 'b') + identity('b', 'a') + A)
    case('a cycle of one', identity('b', 'b'))
    case('a cycle of two', A + identity('b', 'c') + identity('c', 'b'))
    case('a cycle of control inputs', noop('q', 'r') + noop('r', 'q'))
    case('a loop', A + merge('a', 'n') + again('m'))
    case('a loop, closed first', A + merge('n:0', 'a') + again('m:0'))
    case('a loop, the other way round in the file', again('m') + merge('a', 'n') + A)
    case('a loop that takes an output that is not there', A + merge('a', 'n:3') + again('m:0'))
    case('a loop of another type', A + merge('a', 'n') + again('m:1', 'DT_INT32'))
    case('a loop without a way in', A + merge('n', 'n') + again('m:0'))
    case('a loop with a control input', A + noop('c') + merge('a', 'n', '^c') + again('m'))
    case('a loop that waits for itself', A + merge('a', 'n', '^n') + again('m'))
    case('a loop that waits for what is not there', A + merge('a', 'n', '^q') + again('m'))


def names():
    for one in ['', '_a', 'a b', 'a>b', 'a>_b', 'a>', 'é', '/a', '-a', 'a\\\\b', '__proto__', 'constructor', 'a//b', 'a/', '.', 'a:0', '^a']:
        case(f'name {one!r}', noop(one))
    case('a name twice', noop('a') + noop('b') + noop('a'))
    case('no op', node('a', ''))
    case('names that are taken', noop('a'), noop('a') + noop('a_1') + noop('a_2/b'), noop('a/b') + noop('A') + noop('a_3', 'A'))
    case('a scope that is taken', noop('c') + noop('c/d'), noop('c', group=locations('c', 'e')) + noop('c_1', 'c') + noop('e', 'c_1'))
    scopes = ['p', 'P', 'p/', 'p/', 'q/r', 'q/r', '', None, 'import', '5', 'x', 'p_1', 'z//', 'a>b', None]
    case('scopes', *(step(noop('x') + noop('y', 'x'), one) for one in scopes))
    for one in ['a b', '_a', '-a', '/', 'zz>_y', 'a\\b', 'é']:
        case(f'scope {one!r}', step(noop('x'), one))


def attributes():
    for one in ['i: 3', 'list { type: DT_FLOAT }', '', 'placeholder: "q"', 'type: DT_INVALID', 'type: DT_FLOAT_REF', 'type: 999']:
        case(f'T is {{ {one} }}', A + node('b', 'Identity', 'a', T=one))
    for one in ['i: 0', 'i: -1', 'i: 1099511627776', 'i: 3', 'f: 1']:
        case(f'N is {{ {one} }}', A + node('b', 'AddN', 'a', T='type: DT_FLOAT', N=one))
    case('N is missing', A + node('b', 'AddN', 'a', T='type: DT_FLOAT'))
    case('one is missing', node('b', 'Placeholder'))
    case('several are missing', node('b', 'StridedSlice'))
    case('a type that is not allowed', A + node('b', 'Sum', 'a a', T='type: DT_STRING'))
    case('a text that is not allowed', A + node('b', 'AvgPool', 'a', T='type: DT_FLOAT', ksize='list { i: 1 i: 2 i: 2 i: 1 }',
                                                strides='list { i: 1 i: 2 i: 2 i: 1 }', padding='s: "FOO"'))
    case('a list that is too short', A + node('b', 'AvgPool', 'a', T='type: DT_FLOAT', ksize='list { i: 1 }',
                                              strides='list { i: 1 i: 1 i: 1 i: 1 }', padding='s: "SAME"'))
    case('defaults', A + I32 + node('n', 'Sum', 'a i', T='type: DT_FLOAT', keep_dims='', zzz='i: 3', _x='s: "q"'))
    case('a default that is there', A + I32 + node('n', 'Sum', 'a i', T='type: DT_FLOAT', keep_dims='b: true'))
    case('debug info', A + node('n', 'Identity', 'a', T='type: DT_FLOAT').replace(
        'op:', 'experimental_debug_info { original_node_names: "p" original_func_names: "f" } op:'))
    case('debug info in an error', A + node('n', 'Identity', 'a').replace(
        'op:', 'experimental_debug_info { original_node_names: "p" original_node_names: "q" original_func_names: "f" } op:'))
    case('an op that was taken back', A + node('b', 'Placeholder', dtype='type: DT_INT64')
         + node('q', 'RandomCrop', 'a b', T='type: DT_FLOAT') + versions(2000))


def sizes():
    case('more outputs than int32', A + I32 + node('b', 'Split', 'i a', T='type: DT_FLOAT', num_split='i: 1099511627776'))


def const(shape, more=''):
    value = f'tensor {{ dtype: DT_FLOAT tensor_shape {{ {shape} }} float_val: 1 }}'
    return f'node {{ name: "c" op: "Const" attr {{ key: "dtype" value {{ type: DT_FLOAT }} }} attr {{ key: "value" value {{ {value} }} }} {more} }} '


def said(text):
    return f'attr {{ key: "_output_shapes" value {{ {text} }} }}'


def shapes():
    two = 'shape { dim { size: 2 } }'
    for one in ['list { }', 'list { shape { } }', 'list { shape { unknown_rank: true } }', f'list {{ {two} }}', 'list { shape { dim { size: -1 } } }',
                'list { shape { dim { size: 3 } } }', f'list {{ {two} shape {{ }} }}', 'list { shape { dim { size: -5 } } }', 'list { i: 3 }',
                's: "q"', 'list { shape { dim { size: 2 name: "n" } } }', '']:
        case(f'_output_shapes is {{ {one} }}', const('dim { size: 2 }', said(one)))
    case('_output_shapes under a scope', step(const('dim { size: 2 }', said('list { shape { } }')), 'p'))
    case('_output_shapes of a placeholder', node('c', 'Placeholder', dtype='type: DT_FLOAT', shape='shape { dim { size: -1 name: "b" } }',
                                                 _output_shapes=f'list {{ {two} }}'))
    case('_output_shapes of several', A + I32 + node('s', 'Split', 'i a', T='type: DT_FLOAT', num_split='i: 2', _output_shapes=f'list {{ {two} }}'))
    case('a placeholder of no shape', node('c', 'Placeholder', dtype='type: DT_FLOAT', shape='shape { dim { size: -3 } }'))
    case('a variable of no shape', node('c', 'VariableV2', dtype='type: DT_FLOAT', shape='shape { unknown_rank: true dim { size: 2 } }'))


def places():
    devices = ['/cpu:0', '/gpu:1', '/job:w/task:3/cpu:0', 'CPU:0', '/gpu:*', '/job:w/replica:0/task:1/device:GPU:2', '/job:ps/cpu', '/task:007',
               'cpu:0/job:a', '//', '/device:XPU:0', '/job:w/job:x']
    case('devices', ''.join(noop(f'n{at}', device=one) for at, one in enumerate(devices)))
    for one in ['foo', '/foo:1', '/cpu:0/gpu:1', '/task:x', '/device:CPU', '/Job:w']:
        case(f'device {one!r}', noop('a', device=one))
    group = (noop('b', device='/gpu:1', group=locations('a')) + noop('c', device='/cpu:3', group=locations('c')) + noop('d', group=locations('b'))
             + noop('e', group='s: "xx" ' + locations('f', 'c')) + noop('f', device='/cpu:1', group=locations('a')))
    case('together', noop('a') + group)
    case('together on a device', noop('a', device='/cpu:0') + group)
    case('together under a scope', step(noop('a', device='/cpu:0') + group, 'p'))
    case('together in another order', group + noop('a', device='/cpu:0'))
    case('together with nobody', noop('a', group=''))
    case('together with what is not there', noop('a', group=locations('zz')))


def functions():
    one = FN % ('f_one', 'Identity', 'output', '')
    call = A + node('n', 'f_one', 'a')
    case('a function', call + one)
    case('a function twice', call + one, call + one)
    case('another function of that name', call + one, call + FN % ('f_one', 'Relu', 'activations', ''))
    case('another function of that name in one library', one + FN % ('f_one', 'Relu', 'activations', ''))
    case('a function of an op\'s name', FN % ('NoOp', 'Identity', 'output', ''))
    case('a call without its input', node('n', 'f_one') + one)
    case('a gradient', one + FN % ('f_two', 'Relu', 'activations', 'gradient { function_name: "f_two" gradient_func: "f_one" } '))
    case('a gradient that is not there', FN % ('f_two', 'Relu', 'activations', 'gradient { function_name: "f_two" gradient_func: "f_one" } '))
    case('another gradient', one + FN % ('f_two', 'Relu', 'activations', 'gradient { function_name: "f_two" gradient_func: "f_two" } '),
         FN % ('f_two', 'Relu', 'activations', 'gradient { function_name: "f_two" gradient_func: "f_one" } ') + one)
    case('a library without functions', 'library { }')
    for count in (5, 6, 12, 13, 60):
        case(f'the order of {count} functions', ''.join(f'library {{ function {{ signature {{ name: "f_{at * 7919}" }} }} }} ' for at in range(count)))
    case('the order of functions that were added', *(
        ''.join(f'library {{ function {{ signature {{ name: "{name}{at}" }} }} }} ' for at in range(9)) for name in ('b_', 'a_', 'scope/f_')))


def header():
    for one in [(0,), (21,), (27, 12, [3]), (27, 12, [2474]), (99999, 0, [1, 1]), (-1,), (5, -4), (21, 99999)]:
        case(f'versions {one}', noop('n') + versions(*one))
    case('no versions', noop('n'))
    case('versions of two graphs', noop('n') + versions(30, 2, [9, 3]), noop('n') + versions(1000, 5, [4]), noop('n') + versions(20))
    case('a broken graph from the future', identity('n', 'zz') + versions(99999))
    case('nothing', '')


def options():
    graph = A + I32 + node('s', 'Split', 'i a', T='type: DT_FLOAT', num_split='i: 2') + identity('out', 's:1', '^c1', '^c2') + noop('c1') + noop('c2')
    into = A + I32 + node('x', 'Split', 'i a', T='type: DT_FLOAT', num_split='i: 2')
    for one in [['out:0', 'a', 's:1', 'a:0'], [], ['nope'], ['nope:0'], ['out:1'], ['out:x'], ['a:0:0'], ['^out'], ['a:-1'], ['s:-2'], ['out: 0'],
                ['out:+0'], ['out:0_0'], ['out:'], [':0'], ['c1'], ['c1:0'], ['nope', 'nope:0']]:
        case(f'return {one}', step(graph, 'p', back=one))
    maps = [{'a': 'x:1'}, {'a:0': 'x:1'}, {'s:1': 'a:0'}, {'^c1': 'x:0'}, {'^c1': 'x:0', '^c2': 'x:1'}, {'nope': 'a:0'}, {'s:5': 'a:0'}, {'^nope': 'a:0'},
            {'^out': 'a:0'}, {'out': 'a:0'}, {'a': 'i:0'}, {'a:b': 'a:0'}, {'a:0:0': 'a:0'}, {'a:-1': 'a:0'}, {'': 'a:0'}, {'s:0': 'a:0'}, {'s:1': 'i:0'}]
    for one in maps:
        case(f'map {one}', into, step(graph, 'p', one))
    case('map and return', into, step(graph, 'p', {'a': 'x:1'}, ['a:0', 'a', 'out:0']))
    case('map what is not there', into, step(A + identity('b', 'missing', '^gone'), 'p', {'missing': 'x:1', '^gone': 'a:0'}))
    case('map without a scope', into, step(graph, '', {'a': 'a:0', 's:1': 'x:0'}, ['s:1', 's', 'out']))


def full_types():
    for dtype in ('DT_FLOAT', 'DT_VARIANT', 'DT_QINT8', 'DT_HALF'):
        case(f'full type of a list of {dtype}', I32 + 'node { name: "j" op: "Placeholder" attr { key: "dtype" value { type: DT_INT32 } } attr { key: "shape" '
             'value { shape { dim { size: 2 } } } } }' + node('n', 'EmptyTensorList', 'j i', element_dtype=f'type: {dtype}', shape_type='type: DT_INT32'))
    case('full type of a shape', A + node('n', 'Shape', 'a', T='type: DT_FLOAT', out_type='type: DT_INT64'))
    case('full type of a mutex', node('n', 'MutexV2') + node('l', 'MutexLock', 'n'))
    case('full type of ragged', A + node('p', 'Placeholder', dtype='type: DT_INT64')
         + node('n', 'RaggedTensorToVariant', 'p a', RAGGED_RANK='i: 1', Tvalues='type: DT_FLOAT', batched_input='b: true'))
    shape = 'shape { unknown_rank: true }'
    case('full type of an optional', A + I32 + node('r', 'VarHandleOp', dtype='type: DT_FLOAT', shape=shape) + node('v', 'Placeholder', dtype='type: DT_VARIANT')
         + node('n', 'OptionalFromValue', 'a i v r', Toutput_types='list { type: DT_FLOAT type: DT_INT32 type: DT_VARIANT type: DT_RESOURCE }'))
    long = 'node { name: "k" op: "Const" attr { key: "dtype" value { type: DT_INT64 } } attr { key: "value" value { tensor { dtype: DT_INT64 tensor_shape { } int64_val: 3 } } } } '
    case('full type of a dataset', A + long + node('d', 'TensorSliceDataset', 'a', Toutput_types='list { type: DT_FLOAT }', output_shapes=f'list {{ {shape} }}')
         + node('n', 'TakeDataset', 'd k', output_types='list { type: DT_FLOAT type: DT_STRING }', output_shapes=f'list {{ {shape} {shape} }}'))
    case('full type that is there', A + node('n', 'Shape', 'a', T='type: DT_FLOAT').replace('op:', 'experimental_type { type_id: TFT_ANY } op:'))


def run(steps):
    answers = []
    with tf.Graph().as_default() as graph:
        for one in steps:
            answers.append(answer(graph, one))
            if 'error' in answers[-1]:
                return answers, None
        return answers, text_format.MessageToString(graph.as_graph_def())


def answer(graph, one):
    made = text_format.Parse(one['graph'], tf.GraphDef())
    mapped = {key: graph.get_tensor_by_name(name) for key, name in one['input_map'].items()}
    try:
        found = tf.import_graph_def(made, name=one['name'], input_map=mapped, return_elements=one['return'])
        return {'elements': [element.name for element in found or []]}
    except Exception as error:
        return {'error': [type(error).__name__, str(error)]}


def main():
    make_cases()
    made = []
    for name, steps in CASES.items():
        answers, graph = run(steps)
        made.append({'id': name, 'steps': steps, 'answers': answers, 'graph': graph})
    with open(sys.argv[1], 'w', encoding='utf-8') as file:
        file.write('[\n' + ',\n'.join(json.dumps(one, ensure_ascii=False) for one in made) + '\n]\n')


if __name__ == '__main__':
    main()
