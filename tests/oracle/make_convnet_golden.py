"""Writes ../golden/convnet: a net that was trained, its checkpoints and its frozen graph.

Run: python make_convnet_golden.py [folder]

The net is graph_models.convnet: two convolutions, two layers, Adam, dropout. It learns to tell horizontal, vertical and
diagonal bars apart. What training gives hangs on the processor in the last digits: check_convnet.py compares with that
in mind.

  model-20, model-40   checkpoints, and `checkpoint`; model-40.meta
  frozen.pb            convert_variables_to_constants of model-40, down to logits, class and probabilities
"""
import os
import shutil
import sys

import graph_models
from tf_checkpoint import np, tf

HERE = os.path.dirname(os.path.abspath(__file__))
OUTPUTS = ['logits', 'class', 'probabilities']


def pictures(count, seed):
    """Bars at random places, lengths and brightnesses, with noise; and which of the three each is."""
    random = np.random.RandomState(seed)
    x, labels = random.uniform(0, 0.3, (count, 8, 8, 1)).astype(np.float32), np.arange(count) % 3
    for picture, label in zip(x, labels):
        place, start, length = random.randint(8), random.randint(3), random.randint(4, 6)
        for at in range(start, start + length):
            row, column = ((place, at), (at, place), (at, at))[label]
            picture[row, column] += random.uniform(0.5, 1)
    return x, labels


def train():
    saver = graph_models.convnet()['saver']
    x, labels = pictures(96, seed=1)
    with tf.Session(config=one_thread()) as session:
        session.run(tf.global_variables_initializer())
        for step in range(1, 41):
            session.run('train', {'x:0': x, 'labels:0': labels, 'keep_prob:0': 0.8})
            if step % 20 == 0:
                saver.save(session, 'model', global_step=step, write_meta_graph=step == 40)


def one_thread():
    return tf.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=1)


def freeze():
    saver = tf.train.import_meta_graph('model-40.meta')
    with tf.Session(config=one_thread()) as session:
        saver.restore(session, tf.train.latest_checkpoint('.'))
        x, labels = pictures(30, seed=2)
        right = np.mean(session.run('class:0', {'x:0': x}) == labels)
        if right < 0.8:
            sys.exit(f'The net has not learnt its task: {right:.0%} right')
        graph_def = tf.get_default_graph().as_graph_def()
        frozen = tf.graph_util.convert_variables_to_constants(session, graph_def, OUTPUTS)
    tf.train.write_graph(frozen, '.', 'frozen.pb', as_text=False)


def main():
    folder = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.path.join(HERE, '..', 'golden', 'convnet'))
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    os.chdir(folder)
    for step in (train, freeze):
        with tf.Graph().as_default():
            step()


if __name__ == '__main__':
    main()
