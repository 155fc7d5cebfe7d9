"""The other side of the works with graphs: the same questions as graphs-tfsave.mjs, a line of JSON each."""
import gc
import json
import os
import resource
import sys
import time

sys.path[0] = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'tests', 'oracle')
sys.dont_write_bytecode = True
from tf_checkpoint import tf
from google.protobuf import text_format
from tensorflow.core.framework import graph_pb2
from tensorflow.core.protobuf import meta_graph_pb2


def parse(message, path):
    with open(path, 'rb') as file:
        return message.FromString(file.read())


def import_frozen(graph_def):
    with tf.Graph().as_default() as graph:
        tf.import_graph_def(graph_def, name='')
    return graph


def import_meta(meta_graph):
    with tf.Graph().as_default() as graph:
        return graph, tf.train.import_meta_graph(meta_graph)


def write_frozen(graph, out):
    tf.train.write_graph(graph, os.path.dirname(out), os.path.basename(out), as_text=False)


def write_meta(model, out):
    graph, saver = model
    with graph.as_default():
        saver.export_meta_graph(out)


def parse_text(path):
    with open(path, encoding='utf-8') as file:
        return text_format.Parse(file.read(), graph_pb2.GraphDef())


def print_text(graph_def, out):
    with open(out, 'w', encoding='utf-8') as file:
        file.write(text_format.MessageToString(graph_def))


FILES = {
    'frozen': (graph_pb2.GraphDef, import_frozen, write_frozen),
    'meta': (meta_graph_pb2.MetaGraphDef, import_meta, write_meta),
    'many': (meta_graph_pb2.MetaGraphDef, import_meta, write_meta),
}


def setup(work, path):
    if work['file'] == 'text':
        if work['kind'] == 'parse':
            return lambda out: parse_text(path)
        read = parse_text(path)
        return lambda out: print_text(read, out)
    message, make, write = FILES[work['file']]
    if work['kind'] == 'parse':
        return lambda out: parse(message, path)
    if work['kind'] == 'import':
        parsed = parse(message, path)
        return lambda out: make(parsed)
    if work['kind'] == 'write':
        made = make(parse(message, path))
        return lambda out: write(made, out)
    return lambda out: write(make(parse(message, path)), out)


def timed(run, out):
    """What was made is freed after the clock stopped."""
    gc.collect()
    start = time.perf_counter()
    made = run(out)
    ms = (time.perf_counter() - start) * 1000
    del made
    if os.path.exists(out):
        os.remove(out)
    return ms


def peak():
    """Of this process, in bytes; macOS counts in bytes, others in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == 'darwin' else 1024)


def main():
    run = None
    for line in sys.stdin:
        question = json.loads(line)
        answer = {}
        if question['do'] == 'setup':
            run = setup(question['work'], question['path'])
        elif question['do'] == 'run':
            answer = {'ms': timed(run, question['out'])}
        elif question['do'] == 'version':
            answer = {'version': tf.__version__}
        elif question['do'] == 'peak':
            answer = {'peak': peak()}
        print(json.dumps(answer), flush=True)


main()
