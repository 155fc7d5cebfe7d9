"""Writes bundles that are parts of checkpoints, and the index that TensorFlow makes of them, in several orders.

    python make_merge_golden.py <folder>         tests/golden/merge

Every run gives the same bytes. <story>/<part>.index and .data-* are the parts; <story>/<merge>.index is what MergeV2Checkpoints
wrote. Data files are only renamed, so that they are not kept twice.

manifest.json: {"merges": [{merge, prefixes, parts, data, bent}]}. `merge`: the prefix of what was merged; `prefixes`: the parts,
in the order in which they were merged; `parts`: their files; `data`: the merged data files by name, with the part's file whose
bytes they have. TensorFlow has read all that was merged, and it is what was saved. `bent`: the parts were rewritten by Python
to something that TensorFlow merges and never writes.
"""
import filecmp
import json
import os
import shutil
import sys
import tempfile

import table_file
from sliced import grid, restore_parts, save_parts, whole
from tf_checkpoint import Tensor, VARIABLE_DTYPES, fail, np, random_value, same, tf

AWKWARD = [b'a\x00b\xffc', b'\xff', b'\x00w', '\u53d8\u91cf/\u6743\u91cd'.encode(), '\U0001f600'.encode(), b'x' * 130, b' ']


def tensor(key, dtype, shape, seed):
    return Tensor(key, dtype, random_value(np.random.RandomState(seed), dtype, shape))


def plain():
    """Every dtype, on one part after the other."""
    parts = [[], [], []]
    for place, dtype in enumerate(VARIABLE_DTYPES):
        parts[place % 3].append(whole(tensor(f'layer{place}/{dtype}'.encode(), dtype, (2, 3), place)))
    return parts


def partitioned():
    """Tensors in parts over all of them or some, one dimension or two, and whole ones between."""
    parts = [[], [], [], []]
    for place, part in enumerate(grid(tensor(b'embedding', 'float32', (10, 2), 1), (3, 3, 2, 2), None)):
        parts[place].append(part)
    for place, part in enumerate(grid(tensor(b'projection', 'bfloat16', (2, 6), 2), None, (4, 2))):
        parts[2 * place + 1].append(part)
    for place, part in enumerate(grid(tensor(b'block', 'int64', (3, 4), 3), (2, 1), (3, 1))):
        parts[3 - place].append(part)
    words = tensor(b'words', 'string', (5,), 4)
    parts[2] += grid(words, (2, 3))
    for place in range(4):
        parts[place].append(whole(tensor(f'bias_{place}'.encode(), 'float32', (place,), 5 + place)))
    return parts


def names():
    """Names that sort otherwise in UTF-16, or hold what slice keys escape, in parts and whole."""
    parts = [[], []]
    for place, name in enumerate(AWKWARD):
        one, two = grid(Tensor(name, 'int16', np.array([place, -place, 1], np.int16)), (2, 1))
        parts[place % 2].append(one)
        parts[1 - place % 2].append(two)
        parts[place % 2].append(whole(Tensor(name + b'~', 'uint8', np.array(place, np.uint8))))
    return parts


def many():
    """Enough entries for several restart points, every part's between the others'."""
    parts = [[] for _ in range(5)]
    for at in range(100):
        parts[at % 5].append(whole(Tensor(b'v%03d' % at, 'uint8', np.array(at, np.uint8))))
    return parts


class Merges:
    def __init__(self):
        self.rows = []

    def story(self, name, shards, orders, bend=None):
        """`orders`: {merge: numbers of parts, or names of earlier merges}."""
        os.mkdir(name)
        for place, parts in enumerate(shards):
            save_parts(f'{name}/part-{place}', parts)
            if bend:
                table_file_of(f'{name}/part-{place}.index', bend)
        for merge, order in orders.items():
            self.merge(name, merge, shards, order, bend)

    def merge(self, name, merge, shards, order, bend):
        prefixes = [f'{name}/part-{place}' for place in order]
        with tempfile.TemporaryDirectory() as folder:
            shutil.copytree(name, f'{folder}/{name}')
            here = os.getcwd()
            os.chdir(folder)
            merge_with_tensorflow(prefixes, f'{name}/{merge}')
            if not bend:
                check(f'{name}/{merge}', [part for place in order for part in shards[place]])
            os.chdir(here)
            self.keep(name, merge, prefixes, folder, bend)

    def keep(self, name, merge, prefixes, folder, bend):
        merged = f'{name}/{merge}'
        shutil.copy(f'{folder}/{merged}.index', f'{merged}.index')
        files = [f'{prefix}{end}' for prefix in prefixes for end in ('.data-00000-of-00001', '.index')]
        data = {}
        for file in sorted(os.listdir(f'{folder}/{name}')):
            if file.startswith(f'{merge}.data-'):
                data[f'{name}/{file}'] = only([old for old in files if filecmp.cmp(old, f'{folder}/{name}/{file}', False)])
        bent = {'bent': bend.__doc__} if bend else {}
        self.rows.append({'merge': merged, **bent, 'prefixes': prefixes, 'parts': files, 'data': data})

    def manifest(self):
        rows = ',\n'.join(json.dumps(row) for row in self.rows)
        return '{"madeBy": "tests/oracle/make_merge_golden.py", "merges": [\n' + rows + '\n]}\n'


def only(files):
    if len(files) != 1:
        fail(f'{files} hold the same bytes')
    return files[0]


def merge_with_tensorflow(prefixes, merged):
    with tf.Graph().as_default(), tf.Session() as session:
        session.run(tf.raw_ops.MergeV2Checkpoints(
            checkpoint_prefixes=prefixes, destination_prefix=merged, delete_old_dirs=False))


def check(prefix, parts):
    for part, value in zip(parts, restore_parts(prefix, parts)):
        if not same(part.dtype, part.value, value):
            fail(f'TensorFlow reads another {part.key} {part.spec} from {prefix}')


def table_file_of(path, bend):
    with open(path, 'rb') as file:
        rows = table_file.read_table(file.read())
    with open(path, 'wb') as file:
        file.write(table_file.build_table([bend(key, value) for key, value in rows], 3, lambda block: block != 'index'))


def big_endian(key, value):
    """big-endian by the header, of version 1 with min_consumer 1; snappy blocks of three entries; parts with an unknown field"""
    if key == b'':
        return key, b'\x08\x01\x10\x01\x1a\x04\x08\x01\x10\x01'
    return key, value + b'\x7a\x03abc' if key.startswith(b'\0') else value


def make():
    merges = Merges()
    merges.story('plain', plain(), {'in-order': (0, 1, 2), 'backwards': (2, 1, 0), 'two': (1, 0), 'one': (2,)})
    merges.story('partitioned', partitioned(), {'in-order': (0, 1, 2, 3), 'backwards': (3, 2, 1, 0), 'mixed': (2, 0, 3, 1)})
    merges.story('names', names(), {'in-order': (0, 1), 'backwards': (1, 0)})
    merges.story('many', many(), {'mixed': (3, 1, 4, 0, 2)})
    merges.story('bent', partitioned(), {'in-order': (0, 1, 2, 3)}, big_endian)
    with open('manifest.json', 'w', encoding='ascii') as file:
        file.write(merges.manifest())


if __name__ == '__main__':
    target = os.path.abspath(sys.argv[1])
    shutil.rmtree(target, ignore_errors=True)
    os.makedirs(target)
    os.chdir(target)
    make()
