"""Reads, with TensorFlow, the checkpoint that scripts/large.mjs wrote, and compares the bytes' sha256.

    python read_large.py <prefix> <bytes of the tensor "large"> <sha256 of its bytes>
"""

import hashlib
import os
import sys
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import tensorflow as tf  # noqa: E402  (the log level has to be set first)


def main() -> int:
    prefix, size, expected = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    reader = tf.train.load_checkpoint(prefix)
    shapes = reader.get_variable_to_shape_map()
    if shapes != {"large": [size // 4], "small": [3]}:
        print(f"shapes {shapes}")
        return 1
    start = time.perf_counter()
    small = reader.get_tensor("small").tolist()
    large = reader.get_tensor("large")
    seconds = time.perf_counter() - start
    found = hashlib.sha256(memoryview(large).cast("B")).hexdigest()
    if small != [1.0, 2.0, 3.0] or large.dtype != "float32" or found != expected:
        print(f"small {small}; large {large.dtype} {large.shape} sha256 {found}, expected {expected}")
        return 1
    print(f"TensorFlow {tf.__version__} read it {seconds:10.1f} s: sha256 is the same")
    return 0


if __name__ == "__main__":
    sys.exit(main())
