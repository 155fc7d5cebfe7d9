"""What Python prints in the story of examples/moving-averages.mjs, as TensorFlow runs it.

    python make_averages_golden.py <file>

One line for each thing printed, as JSON: a text, or a map of texts, whose order Python does not fix.
"""
import json
import sys

from tf_checkpoint import tf


def text(value):
    if isinstance(value, dict):
        return {key: str(item) for key, item in sorted(value.items())}
    if isinstance(value, (list, tuple)):
        return [text(item) for item in value]
    return str(value)


def story():
    v1 = tf.Variable(10.0, name='v1')
    v2 = tf.Variable(30.0, name='v2')
    step = tf.Variable(0, name='step', trainable=False)
    ema = tf.train.ExponentialMovingAverage(0.99, step)
    both = v1 + v2
    update = ema.apply([v1, both])
    with tf.Session() as session:
        session.run(tf.global_variables_initializer())
        yield 'averages at first', [session.run(ema.average(v1)), session.run(ema.average(both))]
        session.run([v1.assign(5.0), step.assign(10000)])
        session.run(update)
        yield 'after an update', [session.run(ema.average(v1)), session.run(ema.average(both))]
    yield 'variables_to_restore of [step]', ema.variables_to_restore([step])
    yield 'variables_to_restore', ema.variables_to_restore()
    yield 'variables_to_restore of [v2]', ema.variables_to_restore([v2])
    yield 'variables_to_restore of [v1]', ema.variables_to_restore([v1])
    yield 'trainable_variables', tf.trainable_variables()
    yield 'average(v2)', ema.average(v2)
    yield 'average(v1)', ema.average(v1)
    yield 'average_name(v2)', ema.average_name(v2)
    yield 'moving_average_variables', tf.moving_average_variables()
    yield 'global_variables', tf.global_variables()
    yield 'names', [(v.op.name, v.name) for v in tf.global_variables()]


def make(path):
    with tf.Graph().as_default(), open(path, 'w', encoding='ascii') as file:
        for what, value in story():
            file.write(json.dumps([what, text(value)]) + '\n')


if __name__ == '__main__':
    make(sys.argv[1])
