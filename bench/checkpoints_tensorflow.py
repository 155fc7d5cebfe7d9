"""TensorFlow's side of the comparison: the same questions as tfsave.mjs, a line of JSON each."""
import json
import os
import sys
import time

sys.dont_write_bytecode = True
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'tests', 'oracle'))
from sides import peak_memory, tensor_name
from tf_checkpoint import tf


def timed(work):
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def session_of(tensors):
    """Reference variables, a Saver of them, and a session."""
    zeros = tf.zeros([tensors['bytes'] // 4])
    variables = [tf.Variable(zeros, name=tensor_name(i)) for i in range(tensors['tensors'])]
    saver = tf.train.Saver(variables, max_to_keep=0)
    return tf.Session(), saver, tf.variables_initializer(variables)


def save(tensors, prefix):
    session, saver, init = session_of(tensors)
    session.run(init)

    def run(out):
        ms = timed(lambda: saver.save(session, out, write_meta_graph=False, write_state=False))
        for end in ('.index', '.data-00000-of-00001'):
            os.remove(out + end)
        return ms

    return run


def restore(tensors, prefix):
    session, saver, _ = session_of(tensors)
    return lambda out: timed(lambda: saver.restore(session, prefix))


def every(tensors, prefix):
    """None is kept: those that are take half as long again."""

    def read():
        reader = tf.train.load_checkpoint(prefix)
        for key in sorted(reader.get_variable_to_shape_map()):
            reader.get_tensor(key)

    return lambda out: timed(read)


def list_variables(tensors, prefix):
    return lambda out: timed(lambda: tf.train.list_variables(prefix))


def load(tensors, prefix):
    name = tensor_name(tensors['tensors'] >> 1)
    return lambda out: timed(lambda: tf.train.load_variable(prefix, name))


KINDS = {'save': save, 'restore': restore, 'every': every, 'list': list_variables, 'load': load}


def main():
    run = None
    for line in sys.stdin:
        question = json.loads(line)
        answer = {}
        if question['do'] == 'setup':
            run = KINDS[question['work']['kind']](question['set'], question['prefix'])
        elif question['do'] == 'run':
            answer = {'ms': run(question['out'])}
        elif question['do'] == 'version':
            answer = {'version': tf.__version__}
        elif question['do'] == 'peak':
            answer = {'peak': peak_memory()}
        print(json.dumps(answer), flush=True)


main()
