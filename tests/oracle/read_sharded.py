"""What `npm run test:sharded` runs: TensorFlow reads the merged checkpoint, and every bit is what was to be written.

    python read_sharded.py <prefix> '<plan as JSON>'

The plan is a list of {key, dtype, shape, fullShape, start, seed}: fullShape and start (rows) where it is a part. Words of 32
bits: word i is (i * 0x9e3779b1) ^ (i >> 11) ^ seed, of strings a list of its own.
"""
import json
import sys

from tf_checkpoint import fail, np, restore_v2, tf

PIECE = 1 << 22


def words(first, count, seed):
    at = np.arange(first, first + count, dtype=np.uint64)
    return ((at * 0x9E3779B1 ^ at >> 11 ^ seed) & 0xFFFFFFFF).astype(np.uint32)


def differs(value, seed):
    found = np.ascontiguousarray(value).reshape(-1).view(np.uint32)
    return any(
        not np.array_equal(found[at:at + PIECE], words(at, len(found[at:at + PIECE]), seed))
        for at in range(0, len(found), PIECE))


def spec_of(row):
    if 'fullShape' not in row:
        return ''
    return ' '.join(map(str, row['fullShape'])) + f' {row["start"]},{row["shape"][0]}:-'


def check(prefix, row):
    value, = restore_v2(prefix, [row['key'].encode()], [row['dtype']], [spec_of(row)])
    if list(value.shape) != row['shape']:
        fail(f'{row["key"]} has the shape {list(value.shape)}')
    if row['dtype'] == 'string':
        if [text.decode() for text in value] != row['strings']:
            fail(f'{row["key"]} is {list(value)}')
    elif differs(value, row['seed']):
        fail(f'{row["key"]} {spec_of(row)} has other bits')


def main():
    prefix, plan = sys.argv[1], json.loads(sys.argv[2])
    shapes = {row['key']: row.get('fullShape', row['shape']) for row in plan}
    if tf.train.list_variables(prefix) != sorted(shapes.items()):
        fail('list_variables lists other names or shapes')
    for row in plan:
        check(prefix, row)
    print(f'TensorFlow {tf.__version__} reads all {len(plan)} tensors and parts, bit for bit')


main()
