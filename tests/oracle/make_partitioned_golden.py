"""Writes ../golden/partitioned: partitioned variables of tf.get_variable, and checkpoints of models that have them.

    python make_partitioned_golden.py <folder>          (tensorflow-cpu 2.21.0)

  answers.json      a list of {steps, answers, variables}: programs, what each step gave, and all global variables at the end
  averages/m.*      a checkpoint with its .meta: averages of partitioned variables, which stand for raw ones in `expected.json`
  averages/*.pb     graphs frozen of that model: frozen.pb by convert_variables_to_constants, from-meta.pb by freeze_graph over
                    m.meta, averaged.pb with the averages in the place of the variables
  saved/m.*         the model alone, saved with its .meta
  embedding/m.*     an embedding of 12 rows, in three parts
  init/m.*          a checkpoint, and in init.json what init_from_checkpoint makes of it: a list of {steps, map, answer}; a target
                    is a name, {variable: name}, {parts: [[name, number], …]}; an answer {error: [type, text]}, or values by name

A step of answers.json is {scope, reuse, name, shape, dtype}; one with numShards, and perhaps axis, is partitioned. An answer
is {error: [type, text]}, {variable: name} or {name, shape, dtype, partitions, parts: [[name, shape, full name, full shape,
offset, shape of the part]]}.
"""
import json
import os
import random
import sys

from tf_checkpoint import np, tf

from tensorflow.python.framework import meta_graph  # noqa: E402
from tensorflow.python.tools import freeze_graph  # noqa: E402

SHAPES = [[1], [10], [3, 7], [10, 2], [5, 2, 3], [0], [5, 0]]
COUNTS = [-1, 0, 1, 2, 3, 4, 12]
AXES = [None, 1, -1, -2]
REUSE = {'auto': tf.AUTO_REUSE, True: True, False: False, None: None}


def make(step):
    options = {'shape': step['shape'], 'dtype': tf.as_dtype(step.get('dtype', 'float32'))}
    if 'numShards' in step:
        options['partitioner'] = tf.fixed_size_partitioner(step['numShards'], step.get('axis', 0))
    with tf.variable_scope(step.get('scope', ''), reuse=REUSE[step.get('reuse')]):
        return tf.get_variable(step['name'], initializer=tf.zeros_initializer(), **options)


def described(made):
    if isinstance(made, tf.Variable):
        return {'variable': made.op.name}
    parts = []
    for part in made:
        info = part._get_save_slice_info()
        parts.append([part.op.name, part.shape.as_list(), info.full_name, info.full_shape, info.var_offset, info.var_shape])
    return {'name': made.name, 'shape': made.shape.as_list(), 'dtype': made.dtype.name,
            'partitions': made._get_partitions(), 'parts': parts}


def answer(step):
    try:
        return described(make(step))
    except Exception as error:
        # The rest says where in Python the variable was made.
        return {'error': [type(error).__name__, str(error).split(' Originally defined at')[0]]}


def ran(steps):
    with tf.Graph().as_default():
        answers = [answer(step) for step in steps]
        return {'steps': steps, 'answers': answers, 'variables': [v.op.name for v in tf.global_variables()]}


def cuts():
    for shape in SHAPES:
        for count in COUNTS:
            for axis in AXES:
                step = {'name': 'p', 'shape': shape, 'numShards': count, 'axis': axis}
                yield [{key: value for key, value in step.items() if value is not None}]


def random_step(rng):
    name = rng.choice(['p', 'p', 'p', 'q', 'p/part_0', 'p/part_1', 'p/part_2'])
    step = {'name': name, 'shape': rng.choice([[2], [4], [4, 2], [6]])}
    if rng.random() < 0.2:
        step['dtype'] = 'int32'
    if rng.random() < 0.3:
        step['scope'] = rng.choice(['s', 's/t'])
    if rng.random() < 0.6:
        step['reuse'] = rng.choice([True, 'auto', 'auto'])
    if '/' not in name and rng.random() < 0.8:
        step['numShards'] = rng.choice([1, 2, 2, 3])
    return step


def differs(steps):
    """What tfsave does on purpose otherwise: parts without a partitioner, and an error that leaves some of the parts."""
    with tf.Graph().as_default():
        for step in steps:
            before = len(tf.global_variables())
            given = answer(step)
            if 'numShards' not in step and ('parts' in given or 'reuse partitioned' in given.get('error', ['', ''])[1]):
                return True
            if 'error' in given and len(tf.global_variables()) > before:
                return True
    return False


def answers():
    programs = [ran(steps) for steps in cuts()]
    rng = random.Random(5)
    for _ in range(300):
        steps = [random_step(rng) for _ in range(rng.randint(2, 5))]
        if not differs(steps):
            programs.append(ran(steps))
    return programs


def values_of(shape, seed, dtype='float32'):
    return np.random.RandomState(seed).standard_normal(shape).astype(dtype)


def write(path, content):
    with open(path, 'wb') as file:
        file.write(content)


def hexed(session, tensors):
    return {key: session.run(value).tobytes().hex() for key, value in tensors.items()}


def model():
    """Row-wise and column-wise parts, a single part, resources and references, and a variable that is whole."""
    made = {}
    for name, shape, count, axis, dtype, resource in [('rows', [7, 2], 3, 0, 'float32', False),
                                                      ('columns', [2, 5], 2, 1, 'float64', True),
                                                      ('single', [2, 2], 1, 0, 'float32', True)]:
        made[name] = tf.get_variable(name, shape, tf.as_dtype(dtype), tf.constant_initializer(0.0), use_resource=resource,
                                     partitioner=tf.fixed_size_partitioner(count, axis))
    made['whole'] = tf.get_variable('whole', [3], initializer=tf.constant_initializer(0.0))
    return made


def make_saved():
    with tf.Graph().as_default(), tf.Session() as session:
        model()
        for at, v in enumerate(tf.global_variables()):
            v.load(values_of(v.shape.as_list(), at, v.dtype.base_dtype.name), session)
        tf.train.Saver().save(session, 'saved/m', write_state=False)


def freeze(session, graph_def, outputs):
    frozen = tf.graph_util.convert_variables_to_constants(session, graph_def, outputs)
    return frozen.SerializeToString(deterministic=True)


def make_averages():
    with tf.Graph().as_default() as graph, tf.Session() as session:
        made = model()
        variables = tf.trainable_variables()
        # Reading a partitioned variable as one makes nodes that join the parts.
        outputs = [tf.identity(made[name], f'{name}_out').op.name for name in made]
        average = tf.train.ExponentialMovingAverage(0.75)
        update = average.apply(variables)
        session.run(tf.global_variables_initializer())
        for step in range(3):
            for at, v in enumerate(variables):
                v.load(values_of(v.shape.as_list(), 10 * step + at, v.dtype.base_dtype.name), session)
            session.run(update)
        # Contexts of control flow are written in an order that no run has again.
        graph.clear_collection('cond_context')
        tf.train.Saver().save(session, 'averages/m', write_state=False)
        expected = {'raw': hexed(session, {v.op.name: v for v in variables}),
                    'averages': hexed(session, {v.op.name: average.average(v) for v in variables}),
                    'names': {v.op.name: average.average_name(v) for v in variables}}
        full = {v.op.name: average.average(v)._get_save_slice_info() for v in variables}
        expected['fullNames'] = {name: info and info.full_name for name, info in full.items()}
        graph_def = graph.as_graph_def()
        write('averages/frozen.pb', freeze(session, graph_def, outputs))
        with open('averages/expected.json', 'w', encoding='ascii') as file:
            json.dump({'outputs': outputs, **expected}, file, indent=1, sort_keys=True)
            file.write('\n')
    freeze_files(outputs)


def freeze_files(outputs):
    with tf.Graph().as_default():
        freeze_graph.freeze_graph(
            input_graph='', input_meta_graph='averages/m.meta', input_saver='', input_binary=True, initializer_nodes='',
            input_checkpoint='averages/m', output_node_names=','.join(outputs), restore_op_name='', filename_tensor_name='',
            output_graph='averages/from-meta.pb', clear_devices=True)
    meta = meta_graph.read_meta_graph_file('averages/m.meta')
    with tf.Graph().as_default(), tf.Session() as session:
        tf.train.import_meta_graph(meta)
        names = {}
        for v in tf.trainable_variables():
            info = v._get_save_slice_info()
            name = (info.full_name if info else v.op.name) + '/ExponentialMovingAverage'
            names.setdefault(name, []).append(v)
        tf.train.Saver({name: found if len(found) > 1 or found[0]._get_save_slice_info() else found[0]
                        for name, found in names.items()}).restore(session, 'averages/m')
        write('averages/averaged.pb', freeze(session, meta.graph_def, outputs))


def partitioned(name, shape, count, axis=0, **options):
    return {'scope': 'n', 'name': name, 'shape': shape, 'numShards': count, 'axis': axis, **options}


def parts(name, *numbers):
    return {'parts': [[name, number] for number in numbers]}


P = partitioned('p', [5, 2], 2)
P3 = partitioned('p', [5, 2], 3)
Q = partitioned('q', [5, 2], 2, 1)
W = {'scope': 'n', 'name': 'w', 'shape': [5, 2]}
INITS = [
    ([P3], [['x', parts('n/p', 0, 1, 2)]]),
    ([P3], [['x', 'n/p']]),
    ([Q], [['x', 'n/q']]),
    ([P3, partitioned('d', [4], 2, dtype='int32')], [['o/', 'n/']]),
    ([P], [['h', 'n/p/part_1']]),
    ([P], [['h', parts('n/p', 1)['parts'][0]]]),
    ([P], [['x', parts('n/p', 1)['parts'][0]]]),
    ([P], [['x', parts('n/p', 1)]]),
    ([P], [['x', parts('n/p', 1, 0)]]),
    ([P, Q], [['x', {'parts': [['n/p', 0], ['n/q', 1]]}]]),
    ([P], [['nope', parts('n/p', 0, 1)]]),
    ([P], [['nope', 'n/p']]),
    ([P], [['x', 'n/q']]),
    ([partitioned('p', [6, 2], 2)], [['x', parts('n/p', 0, 1)]]),
    ([partitioned('p', [5], 2)], [['x', 'n/p']]),
    ([partitioned('p', [6, 2], 2)], [['o/', 'n/']]),
    ([partitioned('p', [5, 2], 2, dtype='int32')], [['x', 'n/p']]),
    ([partitioned('r', [5, 2], 2)], [['o/', 'n/']]),
    ([{**W, 'name': 'p'}], [['o/', 'n/']]),
    ([{**P, 'scope': '', 'name': 'x'}], [['/', '/']]),
    ([{**P, 'scope': '', 'name': 'p'}], [['o/', '/']]),
    ([P3, Q, W], [['x', parts('n/p', 0, 1, 2)], ['x', 'n/q'], ['x', {'variable': 'n/w'}]]),
    ([P], [['x', 'n/p'], ['y', 'n/p']]),
    ([P], [['y', 'n/p'], ['x', 'n/p']]),
    ([P], [['h', parts('n/p', 1)['parts'][0]], ['x', 'n/p']]),
    ([{**P, 'scope': 'n/t'}, {**P, 'scope': 'n/u'}], [['t/', 'n/t/'], ['x', 'n/u/p']]),
]


def target_of(target, made):
    if isinstance(target, str):
        return target
    if isinstance(target, list):
        return list(made[target[0]])[target[1]]
    if 'variable' in target:
        return made[target['variable']]
    return [list(made[name])[number] for name, number in target['parts']]


def init_answer(steps, pairs):
    with tf.Graph().as_default(), tf.Session() as session:
        made = {}
        for step in steps:
            one = make(step)
            made[one.op.name if isinstance(one, tf.Variable) else one.name] = one
        try:
            tf.train.init_from_checkpoint('init/m', [(name, target_of(target, made)) for name, target in pairs])
            session.run(tf.global_variables_initializer())
            return {v.op.name: session.run(v).tolist() for v in tf.global_variables()}
        except Exception as error:
            # Behind the name of the node that failed; and what the checkpoint holds is in no order.
            text = str(error).split("'\n", 2)[-1].split('\n')[0] if 'Node: ' in str(error) else str(error)
            return {'error': [type(error).__name__, text.split(' {')[0]]}


def make_init():
    values = {'x': values_of([5, 2], 1), 'y': values_of([5, 2], 2), 'h': values_of([2, 2], 3), 't/p': values_of([5, 2], 4),
              'o/d': np.arange(4, dtype=np.int32)}
    with tf.Graph().as_default(), tf.Session() as session:
        for name, value in values.items():
            tf.Variable(value, name=name)
        with tf.variable_scope('o'):
            stored = tf.get_variable('p', [5, 2], partitioner=tf.fixed_size_partitioner(2))
        session.run(tf.global_variables_initializer())
        for at, part in enumerate(stored):
            part.load(values_of(part.shape.as_list(), 5 + at), session)
        tf.train.Saver().save(session, 'init/m', write_state=False, write_meta_graph=False)
    programs = [{'steps': steps, 'map': pairs, 'answer': init_answer(steps, pairs)} for steps, pairs in INITS]
    with open('init/init.json', 'w', encoding='ascii') as file:
        file.write('[' + ',\n'.join(json.dumps(program, separators=(',', ':')) for program in programs) + ']\n')


def make_embedding():
    rows = np.arange(48, dtype=np.float32).reshape(12, 4) / 8
    with tf.Graph().as_default(), tf.Session() as session:
        with tf.variable_scope('words'):
            tf.get_variable('embedding', [12, 4], initializer=tf.constant_initializer(rows[:4]),
                            partitioner=tf.fixed_size_partitioner(3))
        for at, part in enumerate(tf.global_variables()):
            part.load(rows[4 * at:4 * at + 4], session)
        tf.train.Saver().save(session, 'embedding/m', write_state=False, write_meta_graph=False)


def main(folder):
    for name in ('averages', 'embedding', 'init', 'saved'):
        os.makedirs(os.path.join(folder, name), exist_ok=True)
    os.chdir(folder)
    with open('answers.json', 'w', encoding='ascii') as file:
        file.write('[' + ',\n'.join(json.dumps(program, separators=(',', ':')) for program in answers()) + ']\n')
    make_averages()
    make_saved()
    make_init()
    make_embedding()


if __name__ == '__main__':
    main(sys.argv[1])
