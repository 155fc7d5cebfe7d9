"""Compares the golden net with one that was trained anew: the last digits of what training gives hang on the processor."""
import os

from tf_checkpoint import np, tf
from tensorflow.core.framework import graph_pb2

CLOSE = {'rtol': 1e-2, 'atol': 1e-3}


def differing_convnet(ours, theirs):
    """A line for each thing that differs: names, shapes, the graph to the last byte, and values by more than a bit."""
    faults = []
    for file in sorted(set(os.listdir(ours)) | set(os.listdir(theirs))):
        if not os.path.exists(os.path.join(ours, file)) or not os.path.exists(os.path.join(theirs, file)):
            faults.append(f'convnet/{file}: in one of both only')
        elif file in ('checkpoint', 'model-40.meta') and read(ours, file) != read(theirs, file):
            faults.append(f'convnet/{file}: other bytes')
    for step in (20, 40):
        faults += differing_values(*(values_of(os.path.join(folder, f'model-{step}')) for folder in (ours, theirs)))
    graphs = [graph_pb2.GraphDef.FromString(read(folder, 'frozen.pb')) for folder in (ours, theirs)]
    faults += differing_values(*(constants_of(graph) for graph in graphs))
    if without_constants(graphs[0]) != without_constants(graphs[1]):
        faults.append('convnet/frozen.pb: another graph')
    return faults


def read(folder, file):
    with open(os.path.join(folder, file), 'rb') as opened:
        return opened.read()


def values_of(prefix):
    reader = tf.train.load_checkpoint(prefix)
    return {name: reader.get_tensor(name) for name in reader.get_variable_to_shape_map()}


def constants_of(graph_def):
    return {node.name: tf.make_ndarray(node.attr['value'].tensor) for node in graph_def.node if node.op == 'Const'}


def without_constants(graph_def):
    bare = graph_pb2.GraphDef.FromString(graph_def.SerializeToString())
    for node in bare.node:
        if node.op == 'Const':
            del node.attr['value']
    return bare


def differing_values(ours, theirs):
    if list(sorted(ours)) != list(sorted(theirs)):
        return ['convnet: other names']
    return [f'convnet: another {name}' for name, value in ours.items()
            if value.shape != theirs[name].shape or not np.allclose(value, theirs[name], **CLOSE)]
