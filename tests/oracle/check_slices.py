"""Tensors in parts, both ways: random sets of them, in one file or in shards that are merged, and partitioned variables.

    slices/sets.json, values.bin    as random_sets.py tells, with more in a set:
                                    shards, reads: tensors with "fullShape" and "slice" (null is all of a dimension)
                                    variables: tensors with "axis", "numShards", and "other", how many parts restoring has
    slices/tensorflow/<n>/m         slices/tfsave/<n>/m

Both write the same sets: every byte has to be the same. Each reads what the other wrote: every part, slices across parts,
and wholes; partitioned variables are restored into other parts than were saved.
"""
import json
import os
import subprocess

from compare_files import differing, files_below
from random_sets import Exchange, random_keys, word_path
from sliced import PATCHED_DTYPES, Part, indices, part_of, random_slice, restore_parts, save_parts, whole
from tf_checkpoint import ALL_DTYPES, VARIABLE_DTYPES, Tensor, feedable, np, random_value, same, tf

HERE = os.path.dirname(os.path.abspath(__file__))
SETS = 60


class Set:
    def __init__(self, number, shards=(), reads=(), variables=()):
        self.number, self.shards, self.reads, self.variables = number, shards, reads, variables

    @property
    def prefix(self):
        return f'{self.number:03d}/m'


class Variable:
    """A variable that is cut into `parts` along `axis`, and restored into `other` parts."""

    def __init__(self, tensor, axis, parts, other):
        self.tensor, self.axis, self.parts, self.other = tensor, axis, parts, other


# ── Making them ────────────────────────────────────────────────────────────────────────────────────────────────────


def make_sets():
    for number in range(SETS):
        random = np.random.RandomState(70_000 + number)
        yield variables_set(number, random) if number % 3 == 2 else parts_set(number, random)


def cuts_of(random, size):
    """The ranges of one dimension."""
    if random.rand() < 0.3:
        return [None]
    ends = sorted({int(random.randint(1, size)) for _ in range(random.randint(0, 4))} | {size}) if size > 1 else [size]
    return list(zip([0] + ends, np.diff([0] + ends).tolist()))


def parts_of(random, tensor):
    """Any cuts, along any dimensions; a part may be missing. And whether none is."""
    if random.rand() < 0.2 or tensor.value.ndim == 0:
        return [whole(tensor)], True
    parts = [()]
    for size in tensor.value.shape:
        parts = [part + (pair,) for part in parts for pair in cuts_of(random, size)]
    if 2 < len(parts) and random.rand() < 0.1:
        return [part_of(tensor, slice_) for slice_ in parts[1:]], False
    return [part_of(tensor, slice_) for slice_ in parts], True


def parts_set(number, random):
    shards = [[] for _ in range(1 if random.rand() < 0.6 else random.randint(2, 5))]
    reads = []
    for key in random_keys(random, False, int(random.choice([1, 3, 10, 30])) + len(shards)):
        dtype = ALL_DTYPES[random.randint(len(ALL_DTYPES))]
        shape = tuple(int(random.randint(1, 7)) for _ in range(random.randint(0, 5)))
        tensor = Tensor(key, dtype, random_value(random, dtype, shape))
        parts, complete = parts_of(random, tensor)
        for part in parts:
            shards[random.randint(len(shards))].append(part)
        if complete and shape:
            reads += [part_of(tensor, random_slice(random, shape)) for _ in range(2)]
            reads.append(part_of(tensor, (None,) * len(shape)))
    for shard in shards:
        order = random.permutation(len(shard))
        shard[:] = [shard[place] for place in order]
    return Set(number, [shard for shard in shards if shard], reads)


def variables_set(number, random):
    variables, names = [], set()
    while len(variables) < 8:
        name = f'{word_path(random)}/{len(variables)}'
        dtype = VARIABLE_DTYPES[random.randint(len(VARIABLE_DTYPES))]
        shape = tuple(int(random.randint(1, 9)) for _ in range(random.randint(1, 4)))
        axis = int(random.randint(len(shape)))
        parts, other = (int(random.randint(1, shape[axis] + 1)) for _ in range(2))
        tensor = Tensor(name.encode(), dtype, random_value(random, dtype, shape))
        variables.append(Variable(tensor, axis, parts, other))
    return Set(number, variables=variables)


# ── TensorFlow's side ──────────────────────────────────────────────────────────────────────────────────────────────


def write(folder, one):
    prefix = os.path.join(folder, one.prefix)
    os.makedirs(os.path.dirname(prefix))
    if one.variables:
        with Partitioned(one, [variable.parts for variable in one.variables]) as session:
            session.save(prefix)
    elif len(one.shards) == 1:
        save_parts(prefix, one.shards[0])
    else:
        parts = [f'{prefix}_temp/part-{shard}' for shard in range(len(one.shards))]
        os.makedirs(f'{prefix}_temp')
        for part, shard in zip(parts, one.shards):
            save_parts(part, shard)
        with tf.Graph().as_default(), tf.Session() as session:
            session.run(tf.raw_ops.MergeV2Checkpoints(
                checkpoint_prefixes=parts, destination_prefix=prefix, delete_old_dirs=True))


class Partitioned:
    """The variables of a set in a graph of their own, each in so many parts."""

    def __init__(self, one, counts):
        self.one, self.counts = one, counts
        self.graph = tf.Graph()

    def __enter__(self):
        self.session = tf.Session(graph=self.graph)
        with self.graph.as_default():
            self.feeds, self.variables = {}, []
            for variable, count in zip(self.one.variables, self.counts):
                key, dtype, value = variable.tensor
                fed, _ = feedable(dtype)
                fed.set_shape(value.shape)
                self.feeds[fed] = value
                cut = tf.fixed_size_partitioner(count, variable.axis)
                self.variables.append(tf.get_variable(key.decode(), initializer=fed, partitioner=cut))
            self.initial = tf.global_variables_initializer()
            self.saver = tf.train.Saver()
        return self

    def __exit__(self, *_):
        self.session.close()

    def save(self, prefix):
        self.session.run(self.initial, self.feeds)
        self.saver.save(self.session, prefix, write_meta_graph=False, write_state=False)

    def restored(self, prefix):
        """The wholes."""
        self.saver.restore(self.session, prefix)
        wholes = []
        for variable, parts in zip(self.one.variables, self.variables):
            values = self.session.run([part.read_value() for part in parts])
            wholes.append(np.concatenate([np.asarray(value) for value in values], variable.axis))
        return wholes


def read_faults(prefix, one):
    """What TensorFlow reads otherwise than it was given to tfsave."""
    if one.variables:
        counts = [variable.other if variable.tensor.dtype in PATCHED_DTYPES else variable.parts
                  for variable in one.variables]
        with Partitioned(one, counts) as session:
            for variable, value in zip(one.variables, session.restored(prefix)):
                if not same(variable.tensor.dtype, variable.tensor.value, value):
                    yield f'restores another {variable.tensor.key}'
        return
    parts = [part for shard in one.shards for part in shard]
    parts += [part for part in one.reads if part.dtype in PATCHED_DTYPES]
    for part, value in zip(parts, restore_parts(prefix, parts)):
        if not same(part.dtype, part.value, value):
            yield f'reads another {part.key} {part.spec}'


# ── The exchange ───────────────────────────────────────────────────────────────────────────────────────────────────


def row_of(exchange, part):
    row = exchange.put(part.tensor)
    if part.slice is not None:
        row['fullShape'] = list(part.full_shape)
        row['slice'] = part.slice
    return row


def put(exchange, one):
    exchange.rows.append({
        'prefix': one.prefix,
        'shards': [[row_of(exchange, part) for part in shard] for shard in one.shards],
        'reads': [row_of(exchange, part) for part in one.reads],
        'variables': [
            {**exchange.put(variable.tensor), 'axis': variable.axis, 'numShards': variable.parts, 'other': variable.other}
            for variable in one.variables],
    })


def run_node(node, folder):
    code = subprocess.run([node, os.path.join(HERE, 'slices-from-tfsave.mjs'), folder]).returncode
    path = os.path.join(folder, 'tfsave.json')
    if code != 0 or not os.path.exists(path):
        return {'read': 0, 'faults': [f'node ended with {code}']}
    with open(path, encoding='utf-8') as file:
        return json.load(file)


def check(table, node, folder):
    folder = os.path.join(folder, 'slices')
    theirs, ours = os.path.join(folder, 'tensorflow'), os.path.join(folder, 'tfsave')
    os.makedirs(theirs)
    exchange, sets = Exchange(folder), list(make_sets())
    for one in sets:
        write(theirs, one)
        put(exchange, one)
    exchange.close()
    said = run_node(node, folder)
    table.add('tfsave reads TensorFlow’s parts, and restores into others', f'{said["read"]} tensors', said['faults'])
    files = sorted(set(files_below(theirs)) | set(files_below(ours)))
    table.add('tensors in parts and in shards: every byte', f'{len(sets)} sets', differing(ours, theirs, files))
    faults, count = [], 0
    for one in sets:
        count += sum(map(len, one.shards)) + len(one.reads) + len(one.variables)
        try:
            faults += [f'{one.prefix}: {fault}' for fault in read_faults(os.path.join(ours, one.prefix), one)]
        except Exception as error:
            faults.append(f'{one.prefix}: {type(error).__name__}: {str(error)[-300:]}')
    table.add('TensorFlow reads tfsave’s parts, and restores into others', f'{count} tensors', faults)
