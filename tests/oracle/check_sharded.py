"""Shards, format V1 and parts, both ways: what TensorFlow's Saver and tfsave's write of the same variables.

    sharded.json    models, written here; sharded-from-tfsave.mjs saves them, and restores what TensorFlow saved
    tensorflow/<model>/<kind>...    what TensorFlow saved
    tfsave/<model>/<kind>...        what tfsave saved: the same bytes for the same kind
    sharded-tfsave.json             what tfsave restored otherwise than it is

A model has variables, whole and in parts, of both kinds, on several devices. TensorFlow restores everything that tfsave saved,
also in the shards that TensorFlow would not make, into variables in the same parts and, of dtypes that it can put together,
into whole ones.
"""
import json
import os
import subprocess

import numpy as np

from compare_files import differing, files_below
from tf_checkpoint import VARIABLE_DTYPES, Tensor, element_bytes, from_bytes, random_value, same, tf

HERE = os.path.dirname(os.path.abspath(__file__))
DEVICES = ['', '/cpu:0', '/cpu:1', '/device:CPU:2', '/job:localhost/cpu:0']
V1_DTYPES = [dtype for dtype in VARIABLE_DTYPES if dtype not in ('bfloat16', 'uint32', 'uint64')]
# TensorFlow says "Dtype string not supported" where it has to put values together.
WHOLE_DTYPES = ['float32', 'float64', 'int8', 'int16', 'int32', 'int64', 'uint8', 'complex64', 'complex128', 'bool', 'bfloat16']
KINDS = {  # what both write
    'plain': {}, 'sharded': {'sharded': True}, 'v1': {'write_version': 1}, 'v1-sharded': {'sharded': True, 'write_version': 1},
}
OURS = {  # what tfsave alone writes
    'three': {'numShards': 3}, 'many': {'numShards': 100}, 'v1-three': {'numShards': 3, 'writeVersion': 'V1'},
}


def make_models(count):
    random = np.random.RandomState(20261122)
    return [make_model(random, number) for number in range(count)]


def make_model(random, number):
    dtypes = V1_DTYPES if number % 3 else VARIABLE_DTYPES
    variables = []
    for i in range(random.randint(1, 9)):
        variables.append(make_variable(random, i, dtypes[random.randint(len(dtypes))]))
    if number == 1:  # Parts of a list go by their names: part_10 before part_2.
        variables.append(dict(make_variable(random, 9, 'float32'), shape=[25, 2], parts=12, axis=0))
        variables[-1]['hex'] = np.arange(50, dtype=np.float32).tobytes().hex()
    return {'number': number, 'variables': variables, 'v1': all(one['dtype'] in V1_DTYPES for one in variables)}


def make_variable(random, i, dtype):
    shape = [int(size) for size in random.randint(1, 7, random.randint(0, 4))]
    parts = int(random.randint(1, 5)) if shape and random.randint(2) else 0
    name = ['w', 'conv/w', 'Z', 'a_b', 'scope/b'][random.randint(5)] + str(i)
    value = random_value(random, dtype, shape)
    return {'name': name, 'dtype': dtype, 'shape': shape, 'parts': parts, 'axis': int(random.randint(len(shape))) if parts else 0,
            'resource': bool(random.randint(2)), 'device': DEVICES[random.randint(len(DEVICES))],
            'hex': element_bytes(Tensor(b'', dtype, value)).hex()}


def value_of(variable):
    data = bytes.fromhex(variable['hex'])
    if variable['dtype'] != 'string':
        return from_bytes(variable['dtype'], variable['shape'], data)
    found = []
    while data:
        length = int.from_bytes(data[:4], 'little')
        found.append(data[4:4 + length])
        data = data[4 + length:]
    value = np.empty(len(found), object)
    value[:] = found
    return value.reshape(variable['shape'])


def nothing_of(variable):
    value = value_of(variable)
    return np.full(value.shape, b'', object) if variable['dtype'] == 'string' else np.zeros_like(value)


def make_variables(model, whole=False):
    """The variables of a model, each with its parts: (what is told of it, [(variable, where it lies)])."""
    made = []
    for one in model['variables']:
        parts = 0 if whole else one['parts']
        with tf.device(one['device'] or None):
            variable = tf.get_variable(
                one['name'], one['shape'], tf.as_dtype(one['dtype']), tf.zeros_initializer(), use_resource=one['resource'],
                partitioner=tf.fixed_size_partitioner(parts, one['axis']) if parts else None)
        made.append((one, [(part, place_of(part)) for part in (variable if parts else [variable])]))
    return made


def place_of(part):
    info = part._save_slice_info
    return tuple(slice(at, at + size) for at, size in zip(info.var_offset, info.var_shape)) if info else ...


def session():
    return tf.Session(config=tf.ConfigProto(device_count={'CPU': 3}))


def initialize(made, run, value):
    """Every variable holds what `value` gives of the whole."""
    for one, parts in made:
        whole = value(one)
        for part, place in parts:
            run.run(part.initializer, {part.initializer.inputs[1]: whole[place]})


def save_with_tensorflow(model, folder):
    with tf.Graph().as_default(), session() as run:
        made = make_variables(model)
        savers = {kind: tf.train.Saver(**options) for kind, options in kinds_of(model, KINDS).items()}
        initialize(made, run, value_of)
        for kind, saver in savers.items():
            saver.save(run, os.path.join(folder, kind), write_meta_graph=False, write_state=False)


def kinds_of(model, kinds):
    return {kind: options for kind, options in kinds.items() if model['v1'] or not kind.startswith('v1')}


def path_of(folder, kind):
    """What the Saver gave back: the prefix, or the pattern of the shards of V1."""
    shards = [name for name in os.listdir(folder) if name.startswith(f'{kind}-0')]
    return os.path.join(folder, kind + (f'-?????-of-{len(shards):05d}' if kind.startswith('v1-') else ''))


def restore_faults(model, folder, whole):
    """TensorFlow's Saver puts what tfsave saved into variables that held something else."""
    with tf.Graph().as_default(), session() as run:
        made = make_variables(model, whole)
        saver = tf.train.Saver()
        for kind in kinds_of(model, {**KINDS, **OURS}):
            initialize(made, run, nothing_of)
            saver.restore(run, path_of(folder, kind))
            for one, parts in made:
                expected = value_of(one)
                for part, place in parts:
                    if not same(one['dtype'], expected[place], np.asarray(run.run(part.read_value()), expected.dtype)):
                        yield f'model {model["number"]}, {kind}: restores another {part.name}{" (whole)" if whole else ""}'


def can_be_whole(model):
    return all(one['dtype'] in WHOLE_DTYPES or one['parts'] < 2 for one in model['variables'])


def attempt(model, work):
    try:
        return list(work())
    except Exception as error:  # pylint: disable=broad-except
        return [f'model {model["number"]}: {type(error).__name__}: {str(error)[:300]}']


def check(table, node, folder, count=25):
    folder = os.path.join(folder, 'sharded')
    models = make_models(count)
    for model in models:
        for by in ('tensorflow', 'tfsave'):
            os.makedirs(os.path.join(folder, by, str(model['number'])))
        save_with_tensorflow(model, os.path.join(folder, 'tensorflow', str(model['number'])))
    with open(os.path.join(folder, 'sharded.json'), 'w', encoding='utf-8') as file:
        json.dump({'models': models, 'ours': OURS}, file)
    code = subprocess.run([node, os.path.join(HERE, 'sharded-from-tfsave.mjs'), folder]).returncode
    if code != 0:
        table.add('shards and format V1', '', [f'node ended with {code}'])
        return
    with open(os.path.join(folder, 'sharded-tfsave.json'), encoding='utf-8') as file:
        said = json.load(file)
    ours, theirs = os.path.join(folder, 'tfsave'), os.path.join(folder, 'tensorflow')
    alone = {f'{model["number"]}/{name}' for model in models for name in os.listdir(os.path.join(ours, str(model['number'])))
             if name.startswith(tuple(kind + end for kind in OURS for end in ('.', '-0')))}
    names = sorted((set(files_below(ours)) | set(files_below(theirs))) - alone)
    table.add('plain, in shards, V1, V1 in shards: the files, every byte', f'{len(names)} files', differing(ours, theirs, names))
    table.add('tfsave restores TensorFlow\'s, cut otherwise, bit for bit', f'{said["restored"]} checkpoints', said['faults'])
    faults = [fault for model in models
              for fault in attempt(model, lambda: restore_faults(model, os.path.join(ours, str(model['number'])), False))]
    whole = [model for model in models if can_be_whole(model)]
    faults += [fault for model in whole
               for fault in attempt(model, lambda: restore_faults(model, os.path.join(ours, str(model['number'])), True))]
    table.add('tf.train.Saver restores tfsave\'s, also in shards of like size', f'{len(models)} + {len(whole)} models', faults)


if __name__ == '__main__':
    import sys
    import tempfile

    class Printed:
        def add(self, what, amount, faults):
            print(what, amount, 'FAIL' if faults else 'PASS', *faults[:8], sep='\n  ')

    with tempfile.TemporaryDirectory() as made_here:
        check(Printed(), sys.argv[1], made_here, int(sys.argv[2]) if len(sys.argv) > 2 else 25)
