"""Moving averages, both ways: every shadow of random settings after every update, and checkpoints with averages.

    averages.json    settings, written here; averages-from-tfsave.mjs runs them and writes averages-tfsave.json
    tensorflow/m-<n> tfsave/m-<n>    what both saved of setting n

A setting has sources, variables and tensors; what a tensor holds is a variable of its own that is not averaged.
"""
import json
import os
import subprocess

import numpy as np

from tf_checkpoint import tf

HERE = os.path.dirname(os.path.abspath(__file__))
UPDATES = 50
DTYPES = ['float16', 'bfloat16', 'float32', 'float64']
SCOPES = ['', '', 'ns', 'vs', 'a/b']


def make_settings(count):
    random = np.random.RandomState(20261121)
    return [make_setting(random, number) for number in range(count)]


def make_setting(random, number):
    decay = float(random.choice([0.0, 0.5, 0.9, 0.99, 0.999, 0.9999, 1.0, random.uniform(0, 1)]))
    sources = []
    for i in range(random.randint(1, 5)):
        dtype = DTYPES[random.randint(4)] if number % 5 else DTYPES[number // 5 % 4]
        shape = [int(size) for size in random.randint(1, 4, random.randint(0, 3))]
        scale = 10.0 ** random.randint(-2, 3)
        values = random.standard_normal([UPDATES + 1] + shape) * scale
        sources.append({
            'name': ['w', 'b', 'conv/w', 'Add', 'x_1'][random.randint(5)] + ('' if i == 0 else str(i)),
            'kind': 'tensor' if random.randint(3) == 0 else 'variable', 'dtype': dtype, 'shape': shape,
            'resource': bool(random.randint(2)), 'scope': SCOPES[random.randint(len(SCOPES))],
            'values': [bits(as_dtype(value, dtype)) for value in values],
        })
    return {
        'number': number, 'decay': decay, 'decayIs': ['number', 'variable'][random.randint(2)],
        'numUpdates': [None, 'int', 'int64', 'float32'][random.randint(4)], 'zeroDebias': bool(random.randint(2)),
        'name': ['ExponentialMovingAverage', 'avg', 'ema/x'][random.randint(3)],
        'applyScope': ['', '', 'outer'][random.randint(3)], 'twice': bool(random.randint(4) == 0), 'sources': sources,
    }


def as_dtype(value, dtype):
    return np.asarray(value).astype(tf.as_dtype(dtype).as_numpy_dtype)


def bits(value):
    return np.ascontiguousarray(value).tobytes().hex()


def from_bits(text, source):
    return np.frombuffer(bytes.fromhex(text), tf.as_dtype(source['dtype']).as_numpy_dtype).reshape(source['shape'])


def in_scope(scope, make):
    if not scope:
        return make()
    with tf.variable_scope(scope):
        return make()


def make_source(source):
    """What is averaged, and the variable to assign to."""
    def make():
        value, resource = from_bits(source['values'][0], source), source['resource']
        if source['kind'] == 'variable':
            variable = tf.get_variable(source['name'], initializer=value, use_resource=resource)
            return variable, variable
        hidden = tf.get_variable(source['name'] + '_in', initializer=value, use_resource=resource, trainable=False)
        return tf.identity(hidden, name=source['name']), hidden
    return in_scope(source['scope'], make)


def run_setting(setting, folder):
    """The global variables' names, and their bits after each update; the checkpoint of the last."""
    with tf.Graph().as_default() as graph, tf.Session() as session:
        made = [make_source(source) for source in setting['sources']]
        decay, count = setting['decay'], None
        if setting['decayIs'] == 'variable':
            decay = tf.get_variable('decay', initializer=np.float32(decay), trainable=False)
        if setting['numUpdates'] == 'int':
            count = 7
        elif setting['numUpdates']:
            count = tf.get_variable('step', initializer=np.asarray(0, setting['numUpdates']), trainable=False)
        average = tf.train.ExponentialMovingAverage(decay, count, setting['zeroDebias'], setting['name'])
        update = in_scope(setting['applyScope'], lambda: average.apply([what for what, _ in made]))
        if setting['twice']:
            update = tf.group(average.apply([made[0][0]]), name='again') if setting['zeroDebias'] else update
        session.run(tf.global_variables_initializer())
        steps = []
        for i in range(UPDATES):
            for source, (_, variable) in zip(setting['sources'], made):
                variable.load(from_bits(source['values'][i + 1], source), session)
            if setting['numUpdates'] not in (None, 'int'):
                count.load(np.asarray(i, setting['numUpdates']), session)
            session.run(update)
            steps.append([bits(value) for value in session.run(tf.global_variables())])
        restored = {key: variable.op.name for key, variable in average.variables_to_restore().items()}
        tf.train.Saver().save(session, os.path.join(folder, f'm-{setting["number"]}'), write_state=False)
        return {'names': [v.op.name for v in tf.global_variables()], 'steps': steps, 'restored': restored}


def restore_setting(setting, prefix):
    """An evaluating model restores averages into plain variables: name to bits."""
    with tf.Graph().as_default(), tf.Session() as session:
        for source in setting['sources']:
            make_source(source)
        average = tf.train.ExponentialMovingAverage(0.5, name=setting['name'])
        tf.train.Saver(average.variables_to_restore(tf.trainable_variables())).restore(session, prefix)
        return {v.op.name: bits(session.run(v)) for v in tf.trainable_variables()}


def plain(setting):
    """Whether an evaluating model finds its averages: they were made where it looks for them."""
    return not setting['applyScope'] and all(source['kind'] == 'variable' for source in setting['sources'])


def differences(setting, theirs, ours):
    where = f'setting {setting["number"]}'
    for what in ('names', 'restored'):
        if ours[what] != theirs[what]:
            return [f'{where}: {what}: {ours[what]} for {theirs[what]}']
    for i, (one, other) in enumerate(zip(theirs['steps'], ours['steps'])):
        for name, a, b in zip(theirs['names'], one, other):
            if a != b:
                return [f'{where}: update {i + 1}: {name} is {b}, TensorFlow\'s {a}']
    return [] if len(ours['steps']) == UPDATES else [f'{where}: {len(ours["steps"])} updates']


def restore_differences(setting, folder, said):
    number = setting['number']
    expected = restore_setting(setting, os.path.join(folder, 'tensorflow', f'm-{number}'))
    faults = [] if said == expected else [f'setting {number}: tfsave restores other averages: {said} for {expected}']
    theirs = restore_setting(setting, os.path.join(folder, 'tfsave', f'm-{number}'))
    return faults + ([] if theirs == expected else [f'setting {number}: TensorFlow restores other averages from ours'])


def check(table, node, folder, count=100):
    folder = os.path.join(folder, 'averages')
    for part in ('tensorflow', 'tfsave'):
        os.makedirs(os.path.join(folder, part))
    settings = make_settings(count)
    expected = [run_setting(setting, os.path.join(folder, 'tensorflow')) for setting in settings]
    with open(os.path.join(folder, 'averages.json'), 'w', encoding='utf-8') as file:
        json.dump({'settings': settings, 'restore': [plain(setting) for setting in settings]}, file)
    code = subprocess.run([node, os.path.join(HERE, 'averages-from-tfsave.mjs'), folder]).returncode
    if code != 0:
        table.add('moving averages', '', [f'node ended with {code}'])
        return
    with open(os.path.join(folder, 'averages-tfsave.json'), encoding='utf-8') as file:
        said = json.load(file)
    faults = [fault for triple in zip(settings, expected, said['runs']) for fault in differences(*triple)]
    shadows = sum(len(one['names']) * UPDATES for one in expected)
    table.add(f'moving averages of {count} settings, every bit after every update', f'{shadows} values', faults)
    restorable = [setting for setting in settings if plain(setting)]
    faults = [fault for s in restorable for fault in restore_differences(s, folder, said['restored'][str(s['number'])])]
    table.add('averages restored into plain variables, both ways', f'{len(restorable)} models', faults)


if __name__ == '__main__':
    import sys
    import tempfile

    class Printed:
        def add(self, what, amount, faults):
            print(what, amount, 'FAIL' if faults else 'PASS', *faults[:8], sep='\n  ')

    with tempfile.TemporaryDirectory() as made:
        check(Printed(), sys.argv[1], made, int(sys.argv[2]) if len(sys.argv) > 2 else 100)
