"""numpy's side of conversions.mjs, with TensorFlow for the checkpoint and the package of safetensors: the same questions."""
import json
import os
import sys
import time
import zlib

sys.dont_write_bytecode = True
os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
import numpy as np
from sides import peak_memory

run = None


def tensors(prefix):
    import tensorflow as tf
    reader = tf.train.load_checkpoint(prefix)
    return {name: reader.get_tensor(name) for name in reader.get_variable_to_shape_map()}


def writing(prefix, write):
    import tensorflow  # noqa: F401, so that the first run does not load it

    def once(question):
        start = time.perf_counter()
        write(question['out'], tensors(prefix))
        took = since(start)
        os.remove(question['out'])
        return took
    return once


def since(start):
    return (time.perf_counter() - start) * 1000


def save_npz(path, arrays):
    # Of a path numpy makes one with a suffix.
    with open(path, 'wb') as file:
        np.savez(file, **arrays)


def save_safetensors(path, arrays):
    import safetensors.numpy
    safetensors.numpy.save_file(arrays, path)


def read_npz(path):
    def once(_):
        start = time.perf_counter()
        with np.load(path) as arrays:
            kept = {name: arrays[name] for name in arrays}
        assert kept
        return since(start)
    return once


def read_safetensors(path):
    import safetensors.numpy

    def once(_):
        start = time.perf_counter()
        assert safetensors.numpy.load_file(path)
        return since(start)
    return once


def repeated(work):
    def once(question):
        start = time.perf_counter()
        for _ in range(question['times']):
            work()
        return since(start)
    return once


def widening(name, count):
    if name == 'bfloat16':
        import ml_dtypes
        dtype = ml_dtypes.bfloat16
    else:
        dtype = np.float16
    codes = (0x3000 + np.arange(count) % 0x1000).astype(np.uint16).view(dtype)
    out = np.empty(count, np.float32)
    return {'into': lambda: np.copyto(out, codes), 'new': lambda: codes.astype(np.float32),
            'narrow': lambda: out.astype(dtype)}


def setup(question):
    global run
    kind = question['kind']
    if kind == 'npz-write':
        run = writing(question['prefix'], save_npz)
    elif kind == 'safetensors-write':
        run = writing(question['prefix'], save_safetensors)
    elif kind == 'npz-read':
        run = read_npz(question['files']['npz'])
    elif kind == 'safetensors-read':
        run = read_safetensors(question['files']['safetensors'])
    elif kind == 'crc-32':
        data = bytes(question['count'])
        run = repeated(lambda: zlib.crc32(data))
    elif kind == 'numbers':
        numbers = [i / 7 for i in range(question['count'])]
        run = repeated(lambda: np.array(numbers, np.float16))
    else:
        name, how = kind.split(' ')
        run = repeated(widening(name, question['count'])[how])
    return {}


def peak(_):
    return {'peak': peak_memory()}


HANDLERS = {'setup': setup, 'run': lambda question: {'ms': run(question)}, 'peak': peak}
for line in sys.stdin:
    asked = json.loads(line)
    print(json.dumps(HANDLERS[asked['do']](asked)), flush=True)
