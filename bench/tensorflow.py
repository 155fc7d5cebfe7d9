"""TensorFlow's side of the comparison: the same questions as tfsave.mjs, a line of JSON each."""
import json
import os
import resource
import sys
import time

# In the place of this directory, where this very file would be what `import tensorflow` finds.
sys.path[0] = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'tests', 'oracle')
sys.dont_write_bytecode = True
from tf_checkpoint import tf


def tensor_name(index):
    return f'model/layer_{index:05d}/weights'


def timed(work):
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def session_of(work):
    """Reference variables, a Saver of them, and a session."""
    zeros = tf.zeros([work['bytes'] // 4])
    variables = [tf.Variable(zeros, name=tensor_name(i)) for i in range(work['tensors'])]
    saver = tf.train.Saver(variables, max_to_keep=0)
    return tf.Session(), saver, tf.variables_initializer(variables)


def save(work, prefix):
    session, saver, init = session_of(work)
    session.run(init)

    def run(question):
        out = question['out']
        ms = timed(lambda: saver.save(session, out, write_meta_graph=False, write_state=False))
        for end in ('.index', '.data-00000-of-00001'):
            os.remove(out + end)
        return ms

    return run


def restore(work, prefix):
    session, saver, _ = session_of(work)
    return lambda question: timed(lambda: saver.restore(session, prefix))


def list_variables(work, prefix):
    return lambda question: timed(lambda: tf.train.list_variables(prefix))


def load(work, prefix):
    return lambda question: timed(lambda: tf.train.load_variable(prefix, tensor_name(work['tensors'] >> 1)))


KINDS = {'save': save, 'restore': restore, 'list': list_variables, 'load': load}


def peak():
    """Of this process, in bytes; macOS counts in bytes, others in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == 'darwin' else 1024)


def main():
    run = None
    for line in sys.stdin:
        question = json.loads(line)
        answer = {}
        if question['do'] == 'setup':
            run = KINDS[question['work']['kind']](question['work'], question['prefix'])
        elif question['do'] == 'run':
            answer = {'ms': run(question)}
        elif question['do'] == 'version':
            answer = {'version': tf.__version__}
        elif question['do'] == 'peak':
            answer = {'peak': peak()}
        print(json.dumps(answer), flush=True)


main()
