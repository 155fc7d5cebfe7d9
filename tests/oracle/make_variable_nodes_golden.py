"""Writes ../golden/variable-nodes: the nodes that TensorFlow makes for variables.

    python make_variable_nodes_golden.py [output]          (tensorflow-cpu 2.21.0)

  <name>.pb      tf.Graph().as_graph_def(add_shapes=True) after a program, serialized deterministically
  programs.json  a list of {name, steps, defs}; defs are the VariableDefs of all variables in the order of their creation, in hex

A step is one of
  ["variable", options]             tf.Variable(value, name=, trainable=, collections=, use_resource=), under tf.device
  ["get", options]                  tf.get_variable, with the value, or with tf.constant_initializer where "initializer" is true
  ["partitioned", options]          tf.get_variable with tf.constant_initializer and tf.fixed_size_partitioner(numShards, axis)
  ["name_scope", name, steps]
  ["variable_scope", name, steps]
and a value {dtype, shape, hex}, {dtype, shape, strings} or, where all elements are the same, {…, fill: true} with one of them.
"""
import contextlib
import json
import os
import random
import sys
import warnings

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
warnings.simplefilter('ignore')
import numpy as np  # noqa: E402
import tensorflow.compat.v1 as tf  # noqa: E402

tf.disable_v2_behavior()
tf.logging.set_verbosity(tf.logging.ERROR)

NUMERIC = ['float32', 'float64', 'float16', 'bfloat16', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32',
           'uint64', 'complex64', 'complex128', 'float8_e5m2', 'float8_e4m3fn', 'int4', 'uint4']
NAMES = ['a', 'a', 'A', 'b', 'a_1', 'a/b', 'b/a', 'read', 'Read', 'Assign', 'initial_value', 'Initializer', 'a/read',
         'a/Assign', 'a/initial_value', 'b/Read', 'a/Initializer', 'a/Initializer/Const', 'a/IsInitialized', 'b/Assign',
         'a/Read/ReadVariableOp', 'b/', 'c/', None]
SCOPES = ['a', 'b', 'A', 'a/b', 'c', 'a/', '']
DEVICES = [None, None, None, '/cpu:0', '/job:ps/task:1/gpu:0', '/job:worker']


def value_of(dtype, shape, seed=1):
    """A value that numpy can hold, whose elements differ."""
    count = int(np.prod(shape))
    np_type = tf.as_dtype(dtype).as_numpy_dtype
    if dtype == 'bool':
        array = (np.arange(count) % 3 == 0).reshape(shape)
    elif dtype == 'string':
        array = np.array([b'\x00s%d\xff' % i * (i % 3) for i in range(count)], dtype=object).reshape(shape)
    else:
        array = (np.arange(count) % 7 + seed).astype(np.float32).astype(np_type).reshape(shape)
    return array


def described(array, dtype):
    shape = list(array.shape)
    if dtype == 'string':
        return {'dtype': dtype, 'shape': shape, 'strings': [s.hex() for s in array.reshape(-1)]}
    return {'dtype': dtype, 'shape': shape, 'hex': array.tobytes().hex()}


def make(kind, options, array, made):
    """Runs one step; `made` gets the variable."""
    dtype = tf.as_dtype(options['value']['dtype'])
    given = {key: options[key] for key in ('name', 'trainable', 'collections') if key in options}
    given['use_resource'] = options.get('useResource', False)
    with tf.device(options['device']) if 'device' in options else contextlib.nullcontext():
        if kind == 'variable':
            made.append(tf.Variable(array, dtype=dtype, **given))
        elif kind == 'partitioned':
            made.extend(tf.get_variable(
                shape=options['value']['shape'], dtype=dtype, initializer=tf.constant_initializer(array.reshape(-1)[0]),
                partitioner=tf.fixed_size_partitioner(options['numShards'], options.get('axis', 0)), **given))
        elif options.get('initializer'):
            fill = options['value'].get('fill')
            initializer = tf.constant_initializer(array.reshape(-1)[0] if fill else array)
            shape = options['value']['shape']
            made.append(tf.get_variable(shape=shape, dtype=dtype, initializer=initializer, **given))
        else:
            made.append(tf.get_variable(initializer=array, **given))


def run(steps, made):
    for step in steps:
        if step[0] == 'name_scope':
            with tf.get_default_graph().name_scope(step[1]):
                run(step[2], made)
        elif step[0] == 'variable_scope':
            with tf.variable_scope(step[1]):
                run(step[2], made)
        else:
            make(step[0], step[1], step[1].pop('array'), made)


def variable(name, dtype='float32', shape=(2,), kind='variable', array=None, **options):
    array = value_of(dtype, shape) if array is None else array
    value = described(array, dtype)
    if options.pop('fill', False):
        value['shape'], value['fill'] = list(options.pop('to')), True
    named = {} if name is None else {'name': name}
    return [kind, {**named, 'value': value, 'array': array, **options}]


def dtype_steps(useResource):
    steps = []
    for dtype in [*NUMERIC, 'bool', 'string']:
        for shape in [(), (1,), (3,), (2, 2), (0,), (2, 0, 3)]:
            name = f'{dtype}_{"x".join(map(str, shape)) or "scalar"}'
            steps.append(variable(name, dtype, shape, useResource=useResource))
    return steps


def filled_steps(useResource):
    steps = []
    for dtype in ['float32', 'float64', 'float16', 'bfloat16', 'int32', 'int64', 'uint8', 'bool', 'complex64', 'string']:
        for shape in [[], [1], [3], [40, 40]]:
            name = f'{dtype}_{"x".join(map(str, shape)) or "scalar"}'
            options = dict(kind='get', initializer=True, fill=True, to=shape, useResource=useResource)
            steps.append(variable(name, dtype, (), **options))
    steps.append(variable('array', 'float32', (2, 3), kind='get', initializer=True, useResource=useResource))
    return steps


def kinds():
    steps = []
    for resource in (False, True):
        r = 'r' if resource else ''
        for at, device in enumerate(['/cpu:0', '/job:ps/task:1', 'gpu:1']):
            on = dict(device=device, useResource=resource)
            steps.append(variable(f'{r}v{at}', **on))
            steps.append(variable(f'{r}g{at}', kind='get', **on))
            steps.append(variable(f'{r}i{at}', kind='get', initializer=True, **on))
        steps.append(variable(f'{r}fixed', trainable=False, useResource=resource))
        steps.append(variable(f'{r}local', collections=['local_variables'], useResource=resource))
        steps.append(variable(f'{r}small', shape=(16, 16), useResource=resource))
        steps.append(['variable_scope', f'{r}vs', [
            variable('x', kind='get', useResource=resource), variable('x', useResource=resource)]])
        steps.append(['variable_scope', f'{r}vs', [
            variable('', kind='get', useResource=resource), variable('x', useResource=resource)]])
    steps.append(variable(''))
    steps.append(variable(None))
    steps.append(variable(None))
    return steps


def partitioned(name, shape, shards, dtype='float32', **options):
    """A partitioned variable whose elements are all the same."""
    return variable(name, dtype, (), kind='partitioned', fill=True, to=shape, numShards=shards, **options)


def partitioned_steps(useResource):
    on = dict(useResource=useResource)
    steps = [partitioned('rows', [10, 2], 3, **on), partitioned('columns', [2, 10, 3], 4, axis=1, **on),
             partitioned('last', [2, 7], 3, axis=-1, **on), partitioned('one', [3, 2], 1, **on),
             partitioned('many', [2], 9, **on), partitioned('long', [700, 2], 2, **on),
             partitioned('half', [3], 2, 'float16', **on), partitioned('text', [3], 2, 'string', **on),
             partitioned('fixed', [3], 2, trainable=False, **on), partitioned('placed', [3], 2, device='/cpu:0', **on),
             partitioned('kept', [3], 2, collections=['local_variables', 'mine'], **on)]
    # Names of parts that are taken, and a scope whose second opening gives nodes of another scope.
    steps.append(variable('taken/part_1', **on))
    steps.append(variable('Below/PARTITIONEDINITIALIZER', **on))
    steps.append(variable('below/part_0/partitionedinitializer', **on))
    steps += [partitioned('taken', [4], 2, **on), partitioned('below', [4], 2, **on)]
    # The scope of the initial values has its name, though nothing is in it.
    steps.append(variable('rows/part_0/PartitionedInitializer', **on))
    for _ in range(2):
        steps.append(['variable_scope', 'vs', [
            partitioned(f'p{len(steps)}', [4], 2, **on), variable('x', **on), variable('y/part_0', **on)]])
    steps.append(['variable_scope', 'vs', [partitioned('', [4], 2, **on), partitioned('y', [4], 2, **on)]])
    steps.append(['name_scope', 'ns', [partitioned('inner', [4], 2, **on)]])
    return steps


def random_steps(rng, depth):
    steps = []
    for _ in range(10 if depth == 0 else rng.randint(1, 4)):
        kind = rng.choice(['variable'] * 4 + ['get'] * 4 + (['name_scope', 'variable_scope'] if depth < 3 else []))
        if kind in ('name_scope', 'variable_scope'):
            steps.append([kind, rng.choice(SCOPES), random_steps(rng, depth + 1)])
            continue
        options = {'useResource': rng.random() < 0.4}
        device = rng.choice(DEVICES)
        if device:
            options['device'] = device
        name = rng.choice(NAMES)
        if kind == 'get':
            name = name or 'g'
            options['initializer'] = rng.random() < 0.5
        steps.append(variable(name, shape=(1,), kind=kind, **options))
    return steps


def graph_of(steps):
    made = []
    with tf.Graph().as_default() as graph:
        run(steps, made)
    defs = [v.to_proto().SerializeToString(deterministic=True).hex() for v in made]
    return graph.as_graph_def(add_shapes=True).SerializeToString(deterministic=True), defs


def without_arrays(steps):
    return [[*s[:2], without_arrays(s[2])] if len(s) == 3 else [s[0], {k: v for k, v in s[1].items() if k != 'array'}]
            for s in steps]


def main(output):
    os.makedirs(output, exist_ok=True)
    programs = [('dtypes', dtype_steps(False)), ('dtypes-resource', dtype_steps(True)), ('filled', filled_steps(False)),
                ('filled-resource', filled_steps(True)), ('kinds', kinds()), ('partitioned', partitioned_steps(False)),
                ('partitioned-resource', partitioned_steps(True))]
    rng = random.Random(3)
    programs += [(f'random-{number}', random_steps(rng, 0)) for number in range(60)]
    kept = []
    for name, steps in programs:
        described_steps = without_arrays(steps)
        try:
            message, defs = graph_of(steps)
        except ValueError:
            # A name that is taken: what TensorFlow has made by then stays in its graph.
            if not name.startswith('random'):
                raise
            continue
        with open(os.path.join(output, f'{name}.pb'), 'wb') as file:
            file.write(message)
        kept.append({'name': name, 'steps': described_steps, 'defs': defs})
    with open(os.path.join(output, 'programs.json'), 'w', encoding='utf-8') as file:
        json.dump(kept, file, separators=(',', ':'))
        file.write('\n')


if __name__ == '__main__':
    here = os.path.dirname(os.path.abspath(__file__))
    main(sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, '..', 'golden', 'variable-nodes'))
