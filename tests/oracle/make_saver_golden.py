"""Writes ../golden/saver-nodes: the nodes that tf.train.Saver adds to a graph.

Run: python make_saver_golden.py [folder]          (tensorflow-cpu 2.21.0)

Of each case, two binary GraphDefs with shapes: NAME.before.pb, the graph of the variables, and NAME.added.pb, the nodes
that the Saver added, alone. manifest.json says of each case what the Saver was given:

  options   of tf.train.Saver, with tfsave's names
  scope     the scope of the nodes, with "/"
  items     [key, name of the variable's node, part] in the order in which they are saved; `part` is null for a whole
            variable, else full name, full shape, and a [start, length] for each dimension
  saverDef  as_saver_def(), serialized, in hex

and of devices, [outer, inner, the device of a node in both scopes, set_cpu0 of the outer one].

saved.meta and stripped.meta are what Saver.save writes beside the checkpoint of the variables in save_all().
"""
import json
import os
import shutil
import sys
import tempfile

from tf_checkpoint import VARIABLE_DTYPES, np, tf, versions
from tensorflow.python.training.saving.saveable_object_util import set_cpu0

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = []


class Case:
    """A graph, and where in it the Saver's nodes begin."""

    def __init__(self):
        self.graph = tf.get_default_graph()
        self.items = []

    def save(self, items, scope='save/', **options):
        """Makes the Saver; `items` gives variables by key, in any order, a list for the parts of one."""
        self.before = self.graph.as_graph_def(add_shapes=True)
        for key in sorted(items):
            parts = items[key]
            self.items += [item(key, one, True) for one in parts] if isinstance(parts, list) else [item(key, parts, False)]
        self.saver = tf.train.Saver(items, **options)
        self.scope, self.options = scope, options

    def save_all(self, **options):
        """The same over all variables, which TensorFlow sorts by their names, parts too."""
        self.before = self.graph.as_graph_def(add_shapes=True)
        found = [item(key_of(one), one, one._save_slice_info is not None) for one in tf.global_variables()]
        self.items = sorted(found, key=lambda one: (one[0], one[1] + ':0'))
        self.saver = tf.train.Saver(**options)
        self.scope, self.options = 'save/', options

    def put(self, name):
        after = self.graph.as_graph_def(add_shapes=True)
        count = len(self.before.node)
        # A variable's node may have changed since: what nodes wait for is marked.
        assert [node.name for node in after.node[:count]] == [node.name for node in self.before.node]
        assert after.node[:count] == self.before.node
        added = tf.GraphDef(node=after.node[count:])
        for part, graph_def in (('before', self.before), ('added', added)):
            with open(f'{name}.{part}.pb', 'wb') as file:
                file.write(graph_def.SerializeToString(deterministic=True))
        names = {'write_version': 'writeVersion', 'max_to_keep': 'maxToKeep',
                 'keep_checkpoint_every_n_hours': 'keepCheckpointEveryNHours'}
        options = {names.get(key, key): value for key, value in self.options.items() if key != 'name'}
        saver_def = self.saver.as_saver_def().SerializeToString(deterministic=True).hex()
        return {'options': options, 'scope': self.scope, 'items': self.items, 'saverDef': saver_def}


def key_of(variable):
    info = variable._save_slice_info
    return info.full_name if info else variable.op.name


def item(key, variable, is_part):
    info = variable._save_slice_info
    if not is_part:
        return [key, variable.op.name, None]
    part = [info.full_name, list(info.full_shape), [list(pair) for pair in zip(info.var_offset, info.var_shape)]]
    return [key, variable.op.name, part]


def case(build):
    CASES.append(build)
    return build


def variable(name, value=1., resource=False, device=None):
    with tf.device(device):
        return tf.Variable(value, name=name, use_resource=resource)


def named(*variables):
    return {one.op.name: one for one in variables}


def parts(name, shape, count, resource=False, axis=0):
    made = tf.get_variable(name, shape, initializer=tf.zeros_initializer(), use_resource=resource,
                           partitioner=tf.fixed_size_partitioner(count, axis))
    return {made.name: list(made)}


def several(devices=False):
    """Both kinds of variable, on several devices where asked."""
    on = ['/cpu:0', '/job:ps/task:10/gpu:1', '/job:ps/task:2/device:GPU:1', None] if devices else [None] * 4
    made = [variable(f'{kind}{at}', [1., 2.] if at % 2 else 1., kind == 'r', device)
            for at, device in enumerate(on) for kind in 'vr']
    return named(*made)


@case
def one_variable(c):
    c.save(named(variable('v')))


@case
def reference(c):
    c.save(named(variable('b', [1., 2.]), variable('a'), variable('s', ['x', 'yy'])))


@case
def resource(c):
    c.save(named(variable('b', [1., 2.], True), variable('a', 1., True), variable('s', ['x', 'yy'], True)))


@case
def mixed(c):
    c.save(several())


@case
def keys_of_a_dict(c):
    c.save({'z': variable('a'), 'é/ü': variable('c', 1., True), 'b': variable('b'), '': variable('d'), '\U00010348': variable('e'),
            '\uffee': variable('f')})


@case
def every_dtype(c):
    made = []
    for dtype in VARIABLE_DTYPES:
        value = tf.constant('', shape=[2]) if dtype == 'string' else tf.zeros([2], dtype)
        made += [variable(dtype, value), variable('r_' + dtype, value, True)]
    c.save(named(*made))


@case
def shapes(c):
    c.save(named(*(variable(f'{kind}{at}', np.zeros(shape, np.int64), kind == 'r')
                   for at, shape in enumerate([(), (0,), (3, 0, 2), (5,), (2, 1, 3, 2)]) for kind in 'vr')))


@case
def reshape(c):
    made = [variable(f'{kind}{at}', np.zeros(shape, np.float32), kind == 'r')
            for at, shape in enumerate([(), (0,), (5,), (2, 3)]) for kind in 'vr']
    c.save(named(*made), reshape=True)


@case
def reshape_parts(c):
    c.save({**parts('p', [6, 2], 2), **parts('r', [6, 2], 2, True), **named(variable('v', [1., 2.]))}, reshape=True)


@case
def devices(c):
    c.save(several(True))


@case
def devices_reshape(c):
    c.save(several(True), reshape=True)


@case
def one_device(c):
    c.save(named(variable('a', 1., False, '/gpu:0'), variable('b', 1., True, '/gpu:0')))


@case
def filename_and_name(c):
    c.save(named(variable('a')), 'keeper/', name='keeper', filename='where/m')


@case
def numbers(c):
    c.save(named(variable('a')), max_to_keep=0, keep_checkpoint_every_n_hours=0.1)


@case
def negative(c):
    c.save(named(variable('a')), max_to_keep=-1, keep_checkpoint_every_n_hours=0)


@case
def inside_a_scope(c):
    made = named(variable('a'))
    with tf.name_scope('outer'):
        c.save(made, 'outer/save/')


@case
def second_saver(c):
    made = several()
    tf.train.Saver(made)
    c.save(made, 'save_1/')


@case
def scope_entered_again(c):
    made = several()
    tf.train.Saver(made)
    c.save(made, 'save/', name='save/')


@case
def names_that_are_taken(c):
    taken = ['save/Const', 'save/Assign', 'save/SaveV2/tensor_names', 'save/restore_all', 'save/RestoreV2', 'save/filename/input']
    c.save(named(*(variable(name) for name in taken)))


@case
def colocated(c):
    """As an optimizer's slots: beside another variable."""
    w, r = variable('w', [1., 2.], False, '/gpu:1'), variable('r', [1., 2.], True, '/gpu:1')
    made = []
    for kind in (False, True):
        with tf.colocate_with(w.op if not kind else r.op):
            made.append(variable(f'slot{kind}', [0., 0.], kind))
    c.save(named(w, r, *made))


@case
def partitioned(c):
    c.save({**parts('p', [10, 2], 3), **parts('q', [2, 10], 3, True, 1), **parts('whole', [4], 1), **named(variable('v'))})


@case
def part_by_itself(c):
    """Under a key of its own, a part is a whole."""
    [[p, q]], [[r, _]] = parts('p', [4], 2).values(), parts('r', [4], 2, True).values()
    c.save({'first': p, 'second': q, 'third': r})


@case
def parts_of_a_list(c):
    """More than ten: part_10 comes before part_2."""
    parts('p', [12, 2], 12)
    parts('r', [2, 11], 11, True, 1)
    variable('v')
    c.save_all()


@case
def sharded(c):
    c.save(several(True), sharded=True)


@case
def sharded_anywhere(c):
    c.save(several(), sharded=True)


@case
def sharded_reshape(c):
    c.save(several(True), sharded=True, reshape=True)


@case
def sharded_parts(c):
    made = {}
    for at, device in enumerate(['/cpu:0', '/job:ps/task:1/gpu:0']):
        with tf.device(device):
            made.update(parts(f'p{at}', [4, 2], 2))
            made.update(parts(f'r{at}', [4, 2], 2, True))
    c.save(made, sharded=True)


@case
def v1(c):
    c.save(several(), write_version=1)


@case
def v1_parts(c):
    c.save({**parts('p', [10, 2], 3), **parts('r', [10, 2], 3, True)}, write_version=1)


@case
def v1_sharded(c):
    c.save(several(True), write_version=1, sharded=True)


@case
def v1_sharded_parts(c):
    made = {}
    for at, device in enumerate(['/cpu:0', '/job:ps/task:1/gpu:0']):
        with tf.device(device):
            made.update(parts(f'p{at}', [4, 2], 2))
            made.update(parts(f'r{at}', [4, 2], 2, True))
    c.save(made, write_version=1, sharded=True)


DEVICES = [
    '', '/cpu:0', '/gpu:3', '/device:GPU:*', '/job:ps', '/job:ps/task:10', '/job:worker/replica:1/task:2/device:GPU:1',
    'gpu', '/task:7/device:TPU:2', '/device:XLA_CPU:0',
]


def merged(outer, inner):
    with tf.Graph().as_default(), tf.device(outer), tf.device(inner):
        return [outer, inner, tf.no_op().device, set_cpu0(outer)]


def save_all():
    """Variables of both kinds, a device, a scope, collections; tests/train/saver-graph.test.ts makes the same."""
    variable('b', [1., 2.])
    variable('s', ['x', 'yy'])
    tf.Variable(1., name='r', use_resource=True, trainable=False)
    variable('d', 1., device='/gpu:1')
    with tf.name_scope('sc'):
        variable('w', [[1., 2., 3.], [4., 5., 6.]])
    tf.Variable(7, name='local', collections=[tf.GraphKeys.LOCAL_VARIABLES], trainable=False)
    tf.add_to_collection('words', 'one')
    saver = tf.train.Saver(max_to_keep=3, keep_checkpoint_every_n_hours=0.5)
    tf.add_to_collection('after', tf.get_default_graph().get_tensor_by_name('b/read:0'))
    with tempfile.TemporaryDirectory() as folder, tf.Session(config=tf.ConfigProto(allow_soft_placement=True)) as session:
        session.run([one.initializer for one in tf.global_variables()])
        for name, options in (('saved', {}), ('stripped', {'strip_default_attrs': True})):
            saver.save(session, os.path.join(folder, name), **options)
            shutil.copyfile(os.path.join(folder, name + '.meta'), name + '.meta')


def main():
    folder = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, '..', 'golden', 'saver-nodes'))
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    cases = {}
    for build in CASES:
        with tf.Graph().as_default():
            one = Case()
            build(one)
            cases[build.__name__] = one.put(build.__name__)
    with tf.Graph().as_default():
        save_all()
    with open('manifest.json', 'w', encoding='ascii') as file:
        json.dump({'madeBy': 'tests/oracle/make_saver_golden.py', 'versions': versions(), 'cases': cases,
                   'devices': [merged(outer, inner) for outer in DEVICES for inner in DEVICES]}, file, indent=1)
        file.write('\n')


if __name__ == '__main__':
    main()
