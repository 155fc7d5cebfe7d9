"""A whole program of TensorFlow's: as whole-tfsave.mjs."""
import json
import os
import sys

sys.dont_write_bytecode = True
os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
import tensorflow.compat.v1 as tf

from sides import peak_memory, tensor_name

what, prefix, tensors, size = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])


def restore():
    tf.disable_v2_behavior()
    tf.logging.set_verbosity(tf.logging.ERROR)
    for i in range(tensors):
        tf.get_variable(tensor_name(i), [size // 4])
    with tf.Session() as session:
        tf.train.Saver().restore(session, prefix)


PROGRAMS = {
    'start': lambda: None,
    'list': lambda: tf.train.list_variables(prefix),
    'load': lambda: tf.train.load_variable(prefix, tensor_name(tensors >> 1)),
    'restore': restore,
}
PROGRAMS[what]()
print(json.dumps({'peak': peak_memory()}))
