"""Writes ../golden/bottleneck/frozen.pb: a frozen net whose last layers are called Bottleneck1 and Bottleneck2.

Made with TensorFlow 2.21.0:

    python tests/oracle/make_bottleneck_golden.py tests/golden/bottleneck

Two convolutions with what batch normalization would keep beside them, and two dense layers; reference variables, frozen by
convert_variables_to_constants. Values are set, not trained: the same versions write the same file.
"""
import os
import sys

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'

import numpy as np  # noqa: E402
import tensorflow.compat.v1 as tf  # noqa: E402

tf.disable_v2_behavior()

LAYERS = {'Conv1': [3, 3, 1, 4], 'Conv2': [3, 3, 4, 8], 'Bottleneck1': [128, 16], 'Bottleneck2': [16, 6]}


def variable(name, shape, trainable=True):
    return tf.get_variable(name, shape, initializer=tf.zeros_initializer(), trainable=trainable)


def net():
    hidden = tf.placeholder(tf.float32, [None, 4, 4, 1], name='input')
    for layer, shape in LAYERS.items():
        with tf.variable_scope(layer):
            weights, biases = variable('weights', shape), variable('biases', shape[-1:])
            if len(shape) == 4:
                hidden = tf.nn.conv2d(hidden, weights, 1, 'SAME')
                mean, variance = (variable(f'BatchNorm/{name}', shape[-1:], False) for name in ('moving_mean', 'moving_variance'))
                hidden = tf.nn.relu((hidden - mean) * tf.rsqrt(variance + 0.001) + biases)
            else:
                size = hidden.shape.num_elements() or int(np.prod(hidden.shape.as_list()[1:]))
                hidden = tf.matmul(tf.reshape(hidden, [-1, size]), weights) + biases
    return tf.nn.l2_normalize(hidden, 1, name='embeddings')


def main(folder):
    with tf.Graph().as_default() as graph, tf.Session() as session:
        net()
        for at, one in enumerate(tf.global_variables()):
            shape = one.shape.as_list()
            values = np.cos(np.arange(np.prod(shape), dtype=np.float64) * (at + 1)).round(4).astype(np.float32)
            one.load(values.reshape(shape), session)
        frozen = tf.graph_util.convert_variables_to_constants(session, graph.as_graph_def(), ['embeddings'])
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'frozen.pb'), 'wb') as file:
        file.write(frozen.SerializeToString(deterministic=True))


if __name__ == '__main__':
    main(sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'golden', 'bottleneck'))
