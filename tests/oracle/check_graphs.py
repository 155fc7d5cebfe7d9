"""TensorFlow takes the graphs that tfsave wrote: frozen ones compute the same, texts parse to the same.

The Node half is write-graphs.mjs.
"""
import json
import os
import subprocess

from google.protobuf import text_format
import make_convnet_golden
from tf_checkpoint import np, tf
from tensorflow.core.framework import graph_pb2
from tensorflow.core.protobuf import meta_graph_pb2

HERE = os.path.dirname(os.path.abspath(__file__))
GOLDEN = os.path.join(HERE, '..', 'golden')
CONVNET = os.path.join(GOLDEN, 'convnet')
OUTPUTS = [name + ':0' for name in make_convnet_golden.OUTPUTS]


def write(node, folder):
    """Has Node write below the folder; what it says it wrote, and a fault where it did not end well."""
    done = subprocess.run([node, os.path.join(HERE, 'write-graphs.mjs'), folder])
    path = os.path.join(folder, 'graphs.json')
    if done.returncode != 0 or not os.path.exists(path):
        return {'texts': [], 'frozen': []}, [f'write-graphs.mjs ended with {done.returncode}']
    with open(path, encoding='utf-8') as file:
        return json.load(file), []


def check(table, node, folder):
    folder = os.path.join(folder, 'graphs-of-tfsave')
    os.makedirs(folder)
    written, faults = write(node, folder)
    table.add('tfsave wrote graphs', f'{len(written["texts"]) + len(written["frozen"])} files', faults)
    if faults:
        return
    faults = [fault for name in written['frozen'] for fault in attempt(name, frozen_faults, folder, name)]
    table.add('a frozen net computes what the checkpoint gives, bit for bit', f'{len(written["frozen"])} files', faults)
    faults = [fault for text in written['texts'] for fault in attempt(text['file'], text_faults, folder, text)]
    table.add('TensorFlow parses our text to the same message', f'{len(written["texts"])} files', faults)


def attempt(name, faults, *arguments):
    try:
        return list(faults(*arguments))
    except Exception as error:
        return [f'{name}: {type(error).__name__}: {str(error)[:300]}']


def compute(feeds, load):
    with tf.Graph().as_default(), tf.Session(config=make_convnet_golden.one_thread()) as session:
        load(session)
        return session.run(OUTPUTS, feeds)


def from_checkpoint(session):
    saver = tf.train.import_meta_graph(os.path.join(CONVNET, 'model-40.meta'))
    saver.restore(session, os.path.join(CONVNET, 'model-40'))


def frozen_faults(folder, name):
    graph_def = read_graph(os.path.join(folder, name))
    feeds = {'x:0': make_convnet_golden.pictures(30, seed=3)[0]}
    expected = compute(feeds, from_checkpoint)
    found = compute(feeds, lambda session: tf.import_graph_def(graph_def, name=''))
    for output, ours, theirs in zip(OUTPUTS, found, expected):
        if ours.dtype != theirs.dtype or not np.array_equal(ours.view(np.uint8), theirs.view(np.uint8)):
            yield f'{name}: computes another {output}'


def read_graph(path):
    with open(path, 'rb') as file:
        data = file.read()
    if path.endswith('.pbtxt'):
        return text_format.Parse(data.decode(), graph_pb2.GraphDef())
    return graph_pb2.GraphDef.FromString(data)


def text_faults(folder, text):
    """`same` is the golden file that holds the message in binary."""
    message = getattr(graph_pb2, text['message'], None) or getattr(meta_graph_pb2, text['message'])
    with open(os.path.join(folder, text['file']), encoding='utf-8') as file:
        ours = file.read()
    with open(os.path.join(GOLDEN, text['same']), 'rb') as file:
        theirs = message.FromString(file.read())
    if text_format.Parse(ours, message()) != theirs:
        yield f'{text["file"]}: another message'
    if text_format.MessageToString(theirs) != ours:
        yield f'{text["file"]}: other text than Python prints'
