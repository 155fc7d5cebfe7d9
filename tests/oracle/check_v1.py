"""Format V1, both ways: random models, plain, partitioned and in shards, saved by tfsave and by TensorFlow.

    models.json                    the models, written here; v1-from-tfsave.mjs saves them and reads TensorFlow's files
    tensorflow/m-<n> tfsave/m-<n>  what both saved of model n: "m-<n>-00000-of-00002" and so on where it is in shards

Every byte of the files is compared, and what each reads from the other's: TensorFlow's Saver and CheckpointReader, which does
not read every dtype nor tensors in parts.
"""
import json
import os
import subprocess

from compare_files import differing, files_below
from tf_checkpoint import Tensor, elements, np, random_value, same, tf

HERE = os.path.dirname(os.path.abspath(__file__))
DTYPES = ['float32', 'float64', 'float16', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'complex64', 'complex128',
          'bool', 'string']
# What CheckpointReader.get_tensor takes of a file of format V1.
READER_DTYPES = {'float32', 'float64', 'int8', 'int16', 'int32', 'int64', 'uint8', 'bool', 'string'}
WORDS = ['w', 'b', 'conv', 'conv1', 'kernel', 'Adam', 'x.y', 'x-y', 'beta1_power', 'W']
DEVICES = ['', '/cpu:0', '/cpu:1', '/job:localhost/task:0/cpu:2']


def make_models(count):
    random = np.random.RandomState(5)
    return [make_model(random, number) for number in range(count)]


def make_model(random, number):
    names, variables = set(), []
    many = 60 if number % 7 == 6 else 8
    for place in range(random.randint(1, many)):
        name = '/'.join(WORDS[i] for i in random.randint(0, len(WORDS), random.randint(1, 4)))
        folded = name.lower()  # as names of operations are
        if any(f'{folded}/'.startswith(f'{other}/') or f'{other}/'.startswith(f'{folded}/') for other in names):
            name = folded = f'v{place}'
        names.add(folded)
        variables.append(make_variable(random, name, number))
    return {'number': number, 'sharded': bool(number % 3 == 1), 'variables': variables}


def make_variable(random, name, number):
    dtype = DTYPES[random.randint(len(DTYPES))]
    shape = [int(size) for size in random.randint(1, 6, random.randint(0, 4))]
    if number % 25 == 24:
        shape = [int(random.choice([1, 300, 40_000, 200_000]))]  # blocks that end, and records with a block of their own
    if random.randint(12) == 0:
        shape = shape + [0]
    parts = None
    if shape and 0 not in shape and random.randint(2):
        axis = int(random.randint(len(shape)))
        parts = {'axis': axis, 'numShards': int(random.randint(1, min(shape[axis], 20) + 1))}
    value = random_value(random, dtype, shape)
    device = '' if parts else DEVICES[random.randint(len(DEVICES))]
    return {'name': name, 'dtype': dtype, 'shape': shape, 'parts': parts, 'device': device,
            **({'strings': [one.hex() for one in elements(Tensor(b'', dtype, value))]} if dtype == 'string'
               else {'hex': np.ascontiguousarray(value).tobytes().hex()})}


def value_of(variable):
    if variable['dtype'] == 'string':
        array = np.empty(len(variable['strings']), object)
        array[:] = [bytes.fromhex(one) for one in variable['strings']]
    else:
        array = np.frombuffer(bytes.fromhex(variable['hex']), tf.as_dtype(variable['dtype']).as_numpy_dtype)
    return array.reshape(variable['shape'])


def make_graph(model):
    """The variables by name, whole ones and in parts, and the feeds of their initializers."""
    made, feeds = {}, {}
    for variable in model['variables']:
        fed = tf.placeholder(variable['dtype'], variable['shape'])
        feeds[fed] = value_of(variable)
        parts = variable['parts']
        partitioner = tf.fixed_size_partitioner(parts['numShards'], axis=parts['axis']) if parts else None
        with tf.device(variable['device'] or None):
            made[variable['name']] = tf.get_variable(variable['name'], initializer=fed, partitioner=partitioner)
    return made, feeds


def config():
    return tf.ConfigProto(device_count={'CPU': 3})


def save(model, folder):
    """Gives the path to restore from."""
    with tf.Graph().as_default(), tf.Session(config=config()) as session:
        _, feeds = make_graph(model)
        session.run(tf.global_variables_initializer(), feeds)
        saver = tf.train.Saver(sharded=model['sharded'], write_version=tf.train.SaverDef.V1)
        return saver.save(session, f'{folder}/m-{model["number"]}', write_meta_graph=False, write_state=False)


def as_array(variable, value):
    return np.asarray(value, object if variable['dtype'] == 'string' else None)


def restore(model, path):
    """Faults of what TensorFlow's Saver reads."""
    with tf.Graph().as_default(), tf.Session(config=config()) as session:
        made, _ = make_graph(model)
        tf.train.Saver(sharded=model['sharded']).restore(session, path)
        values = session.run({name: tf.convert_to_tensor(variable) for name, variable in made.items()})
    return [f'{path}: TensorFlow\'s Saver reads another {v["name"]}' for v in model['variables']
            if not same(v['dtype'], value_of(v), as_array(v, values[v['name']]))]


def look(model, path):
    """Faults of what TensorFlow's CheckpointReader reads."""
    reader = tf.train.NewCheckpointReader(path)
    shapes = {v['name']: v['shape'] for v in model['variables']}
    faults = [] if reader.get_variable_to_shape_map() == shapes else [f'{path}: the reader lists other variables']
    for variable in model['variables']:
        if variable['dtype'] in READER_DTYPES and not (variable['parts'] or {}).get('numShards', 1) > 1:
            value = as_array(variable, reader.get_tensor(variable['name']))
            if not same(variable['dtype'], value_of(variable), value):
                faults.append(f'{path}: the reader gives another {variable["name"]}')
    return faults


def check(table, node, folder, count=100):
    folder = os.path.join(folder, 'v1')
    ours, theirs = os.path.join(folder, 'tfsave'), os.path.join(folder, 'tensorflow')
    for made in (ours, theirs):
        os.makedirs(made)
    models = make_models(count)
    with open(os.path.join(folder, 'models.json'), 'w', encoding='utf-8') as file:
        json.dump(models, file)
    paths = [os.path.basename(save(model, theirs)) for model in models]
    code = subprocess.run([node, os.path.join(HERE, 'v1-from-tfsave.mjs'), folder]).returncode
    if code != 0:
        table.add('format V1', '', [f'node ended with {code}'])
        return
    with open(os.path.join(folder, 'said.json'), encoding='utf-8') as file:
        said = json.load(file)
    faults = [f'tfsave gives the path {b}, TensorFlow {a}' for a, b in zip(paths, said['paths']) if a != b]
    names = sorted(set(files_below(theirs)) | set(files_below(ours)))
    faults += differing(ours, theirs, names)
    table.add('random models of format V1, files of both: every byte', f'{len(names)} files', faults)
    where = [(model, os.path.join(ours, path)) for model, path in zip(models, paths)]
    faults = [fault for model, path in where for fault in restore(model, path) + look(model, path)]
    table.add('V1 written by tfsave, read by Saver and CheckpointReader', f'{len(models)} models', faults)
    table.add('V1 written by TensorFlow, read by tfsave', f'{said["read"]} tensors', said['faults'])


if __name__ == '__main__':
    import sys
    import tempfile

    class Printed:
        def add(self, what, amount, faults):
            print(what, amount, 'FAIL' if faults else 'PASS', *faults[:8], sep='\n  ')

    with tempfile.TemporaryDirectory() as made:
        check(Printed(), sys.argv[1], made, int(sys.argv[2]) if len(sys.argv) > 2 else 100)
