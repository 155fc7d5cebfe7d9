"""Writes a SavedModel of format 1, and the values of its variables.

    python make_saved_model_golden.py <folder>
"""
import json
import os
import shutil
import sys

from tf_checkpoint import np, tf


def make(folder):
    shutil.rmtree(folder, ignore_errors=True)
    with tf.Graph().as_default(), tf.Session() as session:
        kernel = tf.get_variable('layer/kernel', initializer=np.arange(6, dtype=np.float32).reshape(2, 3) * 0.5)
        step = tf.get_variable('global_step', initializer=np.int64(2**40 + 7), use_resource=True, trainable=False)
        names = tf.Variable(np.array([b'cat', b'', b'\xff\x00'], object), name='names', trainable=False)
        x = tf.placeholder(tf.float32, [None, 2], name='x')
        y = tf.matmul(x, kernel, name='y')
        session.run(tf.global_variables_initializer())
        tf.saved_model.simple_save(session, folder, {'x': x}, {'y': y})
        values = {
            kernel.op.name: session.run(kernel).tolist(),
            step.op.name: int(session.run(step)),
            names.op.name: [element.hex() for element in session.run(names)],
        }
    with open(os.path.join(folder, 'values.json'), 'w', encoding='ascii') as file:
        json.dump(values, file, indent=1, sort_keys=True)
        file.write('\n')


if __name__ == '__main__':
    make(sys.argv[1])
