"""The judging half of `npm run oracle`: one Python process that has TensorFlow.

    python run_oracle.py <node> [--count 200] [--cases <folder>]

It makes the goldens again, writes the random sets with TensorFlow, has Node write and read them with tfsave, and
compares: every byte of the files, and every bit of the values that each reads from the other's.
"""
import argparse
import filecmp
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time

import check_averages
import check_formats
import check_goldens
import check_graphs
import check_import
import check_meta
import check_sharded
import check_slices
import check_v1
import random_sets
from compare_files import differing, files_below
from tf_checkpoint import QUANTIZED_DTYPES, np, restore_v2, same, tf, variables_of

HERE = os.path.dirname(os.path.abspath(__file__))


class Table:
    """What was compared, how much of it, and what was found otherwise."""

    def __init__(self):
        self.rows = []

    def add(self, what, count, faults):
        self.rows.append((what, count, faults))

    def failed(self):
        return any(faults for _, _, faults in self.rows)

    def print(self):
        width = max(len(what) for what, _, _ in self.rows)
        for what, count, faults in self.rows:
            print(f'{what:<{width}}  {count:>24}  {"FAIL" if faults else "PASS"}')
            for fault in faults[:5]:
                print(f'    {fault}')
            if len(faults) > 5:
                print(f'    and {len(faults) - 5} more')


def compare_sets(table, folder, sets):
    ours, theirs = os.path.join(folder, 'tfsave'), os.path.join(folder, 'tensorflow')
    names = [name for name in set(files_below(theirs)) | set(files_below(ours)) if not name.startswith('state/')]
    faults = differing(ours, theirs, sorted(names))
    table.add('random variable sets, .index and .data of both: every byte', f'{len(sets)} sets', faults)


def run_node(node, folder):
    code = subprocess.run([node, os.path.join(HERE, 'write-from-tfsave.mjs'), folder]).returncode
    path = os.path.join(folder, 'tfsave.json')
    if code != 0 or not os.path.exists(path):
        return {'counts': {'sets': 0, 'read': 0, 'restored': 0}, 'faults': [f'node ended with {code}']}
    with open(path, encoding='utf-8') as file:
        return json.load(file)


def restore_with_saver(prefix, tensors, resource):
    """tf.train.Saver puts tfsave's file into variables that held something else."""
    with tf.Graph().as_default(), tf.Session() as session:
        variables, _ = variables_of(tensors, resource)
        tf.train.Saver(variables).restore(session, prefix)
        names = list(variables)
        reads = []
        for name in names:
            value = variables[name].read_value()
            dtype = value.dtype.base_dtype.name
            reads.append(tf.bitcast(value, QUANTIZED_DTYPES[dtype]) if dtype in QUANTIZED_DTYPES else value)
        return dict(zip(names, session.run(reads)))


def check_restore(table, folder, sets):
    """Both kinds of variable; what the sets hold is what random_sets.SAVER_DTYPES names."""
    chosen = [one for one in sets if one.by != 'SaveV2'][:25]
    faults = []
    for one in chosen:
        prefix = os.path.join(folder, 'tfsave', one.prefix)
        for resource in (False, True):
            faults += attempt(one, lambda: restore_faults(prefix, one.tensors, resource))
    count = 2 * sum(len(one.tensors) for one in chosen)
    table.add('tf.train.Saver restores what tfsave wrote, bit for bit', f'{count} variables', faults)


def restore_faults(prefix, tensors, resource):
    restored = restore_with_saver(prefix, tensors, resource)
    for tensor in tensors:
        if not same(tensor.dtype, tensor.value, np.asarray(restored[tensor.key.decode()])):
            yield f'restores another {tensor.key}'


def check_reader(table, folder, sets):
    """Python's reader gives names as text, and fails on those that are none: such sets are left to RestoreV2."""
    count, faults, reader = 0, [], []
    for one in sets:
        prefix = os.path.join(folder, 'tfsave', one.prefix)
        faults += attempt(one, lambda: op_faults(prefix, one.tensors))
        if all(readable(tensor.key) for tensor in one.tensors):
            reader += attempt(one, lambda: reader_faults(prefix, one.tensors))
            count += len(one.tensors)
    total = sum(len(one.tensors) for one in sets)
    table.add('RestoreV2 reads what tfsave wrote, bit for bit', f'{total} tensors', faults)
    table.add('load_checkpoint and list_variables read it too', f'{count} tensors', reader)


def attempt(one, faults):
    """What `faults` yields of a set; an error of TensorFlow's is one too."""
    try:
        return [f'{one.prefix}: {fault}' for fault in faults()]
    except Exception as error:
        return [f'{one.prefix}: {type(error).__name__}: {str(error)[:300]}']


def op_faults(prefix, tensors):
    values = restore_v2(prefix, [tensor.key for tensor in tensors], [tensor.dtype for tensor in tensors])
    for tensor, value in zip(tensors, values):
        if not same(tensor.dtype, tensor.value, value):
            yield f'RestoreV2 reads another {tensor.key}'


def readable(key):
    try:
        key.decode()
        return True
    except UnicodeDecodeError:
        return False


def reader_faults(prefix, tensors):
    shapes = [(tensor.key.decode(), list(tensor.value.shape)) for tensor in tensors]
    if tf.train.list_variables(prefix) != sorted(shapes):
        yield 'list_variables lists other names or shapes'
    reader = tf.train.load_checkpoint(prefix)
    dtypes = reader.get_variable_to_dtype_map()
    for tensor in tensors:
        name = tensor.key.decode()
        value = reader.get_tensor(name)
        value = np.asarray(value, object if tensor.dtype == 'string' else None)
        if dtypes[name].name != tensor.dtype or not same(tensor.dtype, tensor.value, value):
            yield f'get_tensor gives another {name}'


def check_state(table, folder):
    ours, theirs = os.path.join(folder, 'tfsave', 'state'), os.path.join(folder, 'tensorflow', 'state')
    os.makedirs(theirs)
    here = os.getcwd()
    os.chdir(theirs)
    with tf.Graph().as_default(), tf.Session() as session:
        variable = tf.Variable(np.array([1, 2], np.float32), name='v')
        session.run(variable.initializer)
        saver = tf.train.Saver(max_to_keep=2)
        for step in (1, 2, 3):
            saver.save(session, './m', global_step=step, write_meta_graph=False)
    os.chdir(here)
    files = sorted(set(files_below(ours)) | set(files_below(theirs)))
    faults = differing(ours, theirs, files)
    if not faults and tf.train.latest_checkpoint(ours) != os.path.join(ours, 'm-3'):
        faults.append(f'latest_checkpoint gives {tf.train.latest_checkpoint(ours)}')
    table.add('three saves that keep two: the files, and `checkpoint`', f'{len(files)} files', faults)


def check_cases(table, other):
    """The committed cases are those of the folder where they were run."""
    path = os.path.join(other, 'cases.json') if other else None
    if path is None or not os.path.exists(path):
        print('note: no other cases.json to compare with')
        return
    same_bytes = filecmp.cmp(path, os.path.join(HERE, 'cases.json'), shallow=False)
    table.add('cases.json', '1 file', [] if same_bytes else [f'differs from {path}'])


def judge(arguments, folder):
    table = Table()
    started = time.time()
    check_goldens.check(table, folder)
    exchange = random_sets.Exchange(folder)
    sets = []
    for one in random_sets.make_sets(arguments.count):
        random_sets.write_with_tensorflow(os.path.join(folder, 'tensorflow'), one)
        exchange.add(one)
        sets.append(one)
    exchange.close()
    said = run_node(arguments.node, folder)
    table.add('tfsave ran', f'{said["counts"]["sets"]} sets', said['faults'])
    compare_sets(table, folder, sets)
    read, restored = said['counts']['read'], said['counts']['restored']
    reading = [fault for fault in said['faults'] if not fault.startswith('writing')]
    table.add('tfsave reads what TensorFlow wrote, bit for bit', f'{read} + {restored} tensors', reading)
    check_reader(table, folder, sets)
    check_restore(table, folder, sets)
    check_state(table, folder)
    for part in (
            check_slices, check_sharded, check_v1, check_formats, check_averages, check_meta, check_import, check_graphs):
        part.check(table, arguments.node, folder)
    check_cases(table, arguments.cases)
    table.print()
    print(f'TensorFlow {tf.__version__}, numpy {np.__version__}: {time.time() - started:.0f} s')
    return table.failed()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('node')
    parser.add_argument('--count', type=int, default=200)
    parser.add_argument('--cases')
    arguments = parser.parse_args()
    folder = tempfile.mkdtemp(prefix='tfsave-oracle-')
    try:
        failed = judge(arguments, folder)
    finally:
        os.chdir(HERE)
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if failed else 0)


if __name__ == '__main__':
    main()
