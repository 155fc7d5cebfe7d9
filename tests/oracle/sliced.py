"""Tensors in parts, for make_slices_golden.py and check_slices.py.

A slice is a tuple with (start, length) for each dimension, or None for all of it.
"""
import itertools
from typing import NamedTuple

from tf_checkpoint import Tensor, np, restore_v2, save_v2

# What TensorFlow's BundleReader patches together from parts (tensor_bundle.cc, GetSliceValue); of others it reads a part
# that is stored as such.
PATCHED_DTYPES = [
    'float32', 'float64', 'int32', 'uint8', 'int16', 'int8', 'complex64', 'complex128', 'int64', 'bool', 'qint32',
    'quint8', 'qint8', 'bfloat16',
]


class Part(NamedTuple):
    """What one input of SaveV2 is; `slice` is None for a tensor that is whole."""
    key: bytes
    dtype: str
    value: np.ndarray
    full_shape: tuple = None
    slice: tuple = None

    @property
    def spec(self):
        return '' if self.slice is None else spec_of(self.full_shape, self.slice)

    @property
    def tensor(self):
        return Tensor(self.key, self.dtype, self.value)


def spec_of(full_shape, slice_):
    """"10 2 0,4:-" """
    return ' '.join(map(str, full_shape)) + ' ' + slice_text(slice_)


def slice_text(slice_):
    return ':'.join('-' if pair is None else '%d,%d' % pair for pair in slice_)


def indices(slice_):
    """What numpy takes for the slice."""
    return tuple(slice(None) if pair is None else slice(pair[0], pair[0] + pair[1]) for pair in slice_)


def part_of(tensor, slice_):
    value = np.ascontiguousarray(tensor.value[indices(slice_)])
    return Part(tensor.key, tensor.dtype, value, tensor.value.shape, slice_)


def grid(tensor, *cuts):
    """The parts of a tensor, row-major. `cuts`: for each dimension the lengths of its ranges, or None for all of it."""
    ranges = []
    for lengths in cuts:
        starts = [0] if lengths is None else [sum(lengths[:place]) for place in range(len(lengths))]
        ranges.append([None] if lengths is None else list(zip(starts, lengths)))
    return [part_of(tensor, slice_) for slice_ in itertools.product(*ranges)]


def whole(tensor):
    return Part(*tensor)


def save_parts(prefix, parts):
    save_v2(prefix, [part.tensor for part in parts], [part.spec for part in parts])


def restore_parts(prefix, parts):
    """What RestoreV2 reads for the slices of these."""
    return restore_v2(prefix, [part.key for part in parts], [part.dtype for part in parts],
                      [part.spec for part in parts])


def random_range(random, size):
    start = int(random.randint(size))
    return start, int(random.randint(1, size - start + 1))


def random_slice(random, shape):
    """Any slice of a shape: "-" now and then, and always where there is nothing to choose."""
    return tuple(None if size == 0 or random.rand() < 0.25 else random_range(random, size) for size in shape)
