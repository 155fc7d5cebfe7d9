"""TensorFlow takes the meta graphs that tfsave writes beside its checkpoints: imports one, restores the checkpoint, and
gives every variable bit for bit, by its own node and by the one that reads it; and what it then saves is the same bytes.

The Node half is write-meta.mjs.
"""
import json
import os
import subprocess

from tf_checkpoint import from_bytes, np, same, strings, tf

HERE = os.path.dirname(os.path.abspath(__file__))


def write(node, folder):
    """Has Node write below the folder; what it says it wrote, and a fault where it did not end well."""
    done = subprocess.run([node, os.path.join(HERE, 'write-meta.mjs'), folder])
    path = os.path.join(folder, 'meta.json')
    if done.returncode != 0 or not os.path.exists(path):
        return {'written': []}, [f'write-meta.mjs ended with {done.returncode}']
    with open(path, encoding='utf-8') as file:
        return json.load(file), []


def check(table, node, folder):
    folder = os.path.join(folder, 'meta-of-tfsave')
    os.makedirs(folder)
    said, faults = write(node, folder)
    written = said['written']
    count = sum(len(one['variables']) for one in written)
    table.add('tfsave wrote meta graphs', f'{len(written)} files', faults)
    if faults:
        return
    faults = [fault for one in written for fault in attempt(one['name'], meta_faults, folder, one)]
    faults += attempt(said['empty'], empty_faults, folder, said['empty'])
    table.add('TensorFlow imports our .meta, restores, and gives every bit', f'{count} variables', faults)


def attempt(name, faults, *arguments):
    try:
        return [f'{name}: {fault}' for fault in faults(*arguments)]
    except Exception as error:
        return [f'{name}: {type(error).__name__}: {str(error)[:300]}']


def value_of(variable):
    if variable['dtype'] == 'string':
        return strings(variable['shape'], [bytes.fromhex(text) for text in variable['contents']])
    return from_bytes(variable['dtype'], variable['shape'], bytes.fromhex(variable['contents']))


def tensor_names(variable):
    """A resource variable's node gives a handle: it is what reads it that has the value."""
    node = variable['node']
    if variable['kind'] == 'VarHandleOp':
        return [f'{node}/Read/ReadVariableOp:0']
    return [f'{node}:0', f'{node}/read:0']


def meta_faults(folder, one):
    prefix = os.path.join(folder, one['name'])
    with tf.Graph().as_default(), tf.Session() as session:
        saver = tf.train.import_meta_graph(prefix + '.meta')
        # Every variable has what it starts with.
        session.run(tf.global_variables_initializer())
        saver.restore(session, prefix)
        for variable in one['variables']:
            expected = value_of(variable)
            for name in tensor_names(variable):
                found = np.asarray(session.run(name), object if variable['dtype'] == 'string' else None)
                if not same(variable['dtype'], expected, found):
                    yield f'{name}: another value'
        yield from again_faults(session, saver, folder, one['name'])
        known = sorted(one.op.name for one in tf.global_variables())
        if known != sorted(variable['node'] for variable in one['variables']):
            yield f'other global variables: {known}'


def again_faults(session, saver, folder, name):
    """What TensorFlow saves by the nodes that tfsave made."""
    again = os.path.join(folder, 'again-' + name)
    saver.save(session, again, write_meta_graph=False, write_state=False)
    for suffix in ('.index', '.data-00000-of-00001'):
        with open(os.path.join(folder, name) + suffix, 'rb') as ours, open(again + suffix, 'rb') as theirs:
            if ours.read() != theirs.read():
                yield f'saves another {suffix}'


def empty_faults(folder, name):
    with tf.Graph().as_default():
        if tf.train.import_meta_graph(os.path.join(folder, name + '.meta')) is not None:
            yield 'has a saver'
    if os.path.exists(os.path.join(folder, name + '.index')):
        yield 'is a checkpoint'
