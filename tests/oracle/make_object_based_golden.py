"""Writes checkpoints of tf.train.Checkpoint, whose keys are paths through objects, and what their variables are called.

    python make_object_based_golden.py <folder>

simple-1: one variable. model-1: a model of two layers and its optimizer, whose slots are variables too.
"""
import json
import os
import sys

from tf_checkpoint import np, tf


def simple():
    a = tf.Variable([3.0], name='a', use_resource=True)
    return tf.train.Checkpoint(x=a)


def model():
    class Layer(tf.train.Checkpoint):
        def __init__(self, name, shape, scale):
            with tf.variable_scope(name):
                values = np.arange(np.prod(shape), dtype=np.float32).reshape(shape) * scale
                kernel = tf.get_variable('kernel', initializer=values, use_resource=True)
                bias = tf.get_variable('bias', initializer=np.float32([scale] * shape[1]), use_resource=True)
            super().__init__(kernel=kernel, bias=bias)

    layers = [Layer('dense', (3, 2), 0.5), Layer('dense_1', (2, 4), -0.25)]
    step = tf.get_variable('global_step', initializer=np.int64(7), use_resource=True, trainable=False)
    x = tf.ones([1, 3])
    for layer in layers:
        x = tf.matmul(x, layer.kernel) + layer.bias
    optimizer = tf.train.AdamOptimizer(0.01)
    optimizer.minimize(tf.reduce_sum(x * x), global_step=step)
    return tf.train.Checkpoint(first=layers[0], second=layers[1], optimizer=optimizer, step=step)


def fill_slots(session):
    """In place of training, whose last bits are the processor's."""
    for i, slot in enumerate(v for v in tf.global_variables() if 'Adam' in v.op.name):
        slot.load(np.arange(slot.shape.num_elements(), dtype=np.float32).reshape(slot.shape) + i, session)


def make(folder):
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    values = {}
    for name, build in (('simple', simple), ('model', model)):
        with tf.Graph().as_default(), tf.Session() as session:
            checkpoint = build()
            session.run(tf.global_variables_initializer())
            fill_slots(session)
            prefix = checkpoint.save(name, session=session)
            names = {v.op.name: v for v in tf.global_variables()}
            values[prefix] = {key: np.asarray(session.run(v)).tolist() for key, v in sorted(names.items())}
    for file in os.listdir('.'):
        if file == 'checkpoint':
            os.remove(file)
    with open('values.json', 'w', encoding='ascii') as file:
        json.dump(values, file, indent=1)
        file.write('\n')


if __name__ == '__main__':
    make(sys.argv[1])
