"""Writes tests/golden/frozen/: models with their checkpoints, and what TensorFlow makes of them when it freezes them.

Made with TensorFlow 2.21.0:

    python tests/oracle/make_frozen_golden.py tests/golden/frozen

net/        a net of two convolutions with reference variables, Adam and moving averages
    m.meta, m.index, m.data-…   its checkpoint
    graph.pb                    its GraphDef
    frozen.pb                   convert_variables_to_constants over graph.pb
    from-meta.pb                freeze_graph over m.meta
    from-graph.pb               freeze_graph over graph.pb
    averaged.pb                 the same with Saver(ema.variables_to_restore())
    inference.pb                remove_training_nodes over frozen.pb
resource/   resource variables: gathered, read in a While, an If, a Case and called functions
    graph.pb, frozen.pb, m.index, m.data-…
dict/       a Saver with keys of its own; d.meta, d.index, d.data-…, frozen.pb

Values are set, not trained: the same versions write the same files.
"""
import os
import sys

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'

import numpy as np  # noqa: E402
import tensorflow.compat.v1 as tf  # noqa: E402
from tensorflow.python.ops import control_flow_switch_case, control_flow_util  # noqa: E402
from tensorflow.python.tools import freeze_graph  # noqa: E402

tf.disable_v2_behavior()


def write(path, graph_def):
    with open(path, 'wb') as file:
        file.write(graph_def.SerializeToString(deterministic=True))


def set_values(session):
    """Other values in every variable: the graph's initial values do not show."""
    for at, variable in enumerate(tf.global_variables()):
        size = int(np.prod(variable.shape.as_list()))
        values = (np.arange(size) * 0.25 - at).reshape(variable.shape.as_list())
        variable.load(values.astype(variable.dtype.base_dtype.as_numpy_dtype), session)


def freeze(session, graph_def, outputs):
    return tf.graph_util.convert_variables_to_constants(session, graph_def, outputs)


def net():
    x = tf.placeholder(tf.float32, [None, 6, 6, 1], name='x')
    step = tf.train.get_or_create_global_step()
    with tf.device('/cpu:0'):
        hidden = x
        for name, channels in (('conv1', 2), ('conv2', 3)):
            with tf.variable_scope(name):
                w = tf.get_variable('w', [3, 3, hidden.shape[-1], channels], initializer=tf.zeros_initializer())
                b = tf.get_variable('b', [channels], initializer=tf.zeros_initializer())
                hidden = tf.nn.relu(tf.nn.bias_add(tf.nn.conv2d(hidden, w, 1, 'SAME'), b))
    with tf.variable_scope('fc'):
        w = tf.get_variable('w', [108, 2], initializer=tf.zeros_initializer())
        b = tf.get_variable('b', [], initializer=tf.zeros_initializer())
        flat = tf.reshape(hidden, [-1, 108])
        keep = tf.placeholder_with_default(tf.constant(1.0), [], name='keep')
        logits = tf.identity(tf.matmul(tf.nn.dropout(flat, rate=1 - keep), w) + b, name='logits')
    tf.check_numerics(logits, 'numbers', name='checked')
    averages = tf.train.ExponentialMovingAverage(0.9)
    loss = tf.reduce_sum(logits)
    train = tf.train.AdamOptimizer(0.1).minimize(loss, global_step=step)
    with tf.control_dependencies([train]):
        averages.apply(tf.trainable_variables())
    return averages


def make_net():
    outputs = ['fc/logits', 'global_step']
    with tf.Graph().as_default() as graph, tf.Session() as session:
        averages = net()
        # Python's hashes decide on the order in them.
        graph.clear_collection('cond_context')
        saver = tf.train.Saver()
        set_values(session)
        saver.save(session, 'net/m', write_state=False)
        graph_def = graph.as_graph_def()
        write('net/graph.pb', graph_def)
        frozen = freeze(session, graph_def, outputs)
        write('net/frozen.pb', frozen)
        write('net/inference.pb', tf.graph_util.remove_training_nodes(frozen, protected_nodes=['fc/logits']))
        saver = tf.train.Saver(averages.variables_to_restore())
        saver.restore(session, 'net/m')
        write('net/averaged.pb', freeze(session, graph_def, outputs))
    names = ','.join(outputs)
    for source, result, arguments in (
            ('net/m.meta', 'net/from-meta.pb', {'input_graph': '', 'input_meta_graph': 'net/m.meta'}),
            ('net/graph.pb', 'net/from-graph.pb', {'input_graph': 'net/graph.pb'})):
        with tf.Graph().as_default():
            freeze_graph.freeze_graph(input_saver='', input_binary=True, input_checkpoint='net/m', output_node_names=names,
                                      restore_op_name='', filename_tensor_name='', output_graph=result, clear_devices=True,
                                      initializer_nodes='', **arguments)


def resource():
    x = tf.placeholder(tf.float32, [2], name='x')
    i = tf.placeholder(tf.int32, [], name='i')

    def variable(name, shape):
        return tf.get_variable(name, shape, initializer=tf.zeros_initializer(), use_resource=True)

    table, v, w, u = variable('table', [4, 2]), variable('v', [2]), variable('w', [2]), variable('u', [2])
    tf.add(x, v, name='sum')
    tf.gather(table, [1, 0], name='rows')
    tf.gather_nd(table, [[1, 0]], name='cells')
    tf.while_loop(lambda n, y: n < 3, lambda n, y: (n + 1, y + w), [tf.constant(0), x], name='loop')
    tf.cond(i > 0, lambda: x + u, lambda: x - u + v, name='either')
    control_flow_switch_case.switch_case(i, [lambda: x + u, lambda: x * w], name='one')
    inner = tf.function(lambda y: y + tf.identity(v))
    tf.identity(tf.function(lambda y: inner(y) * w)(x), name='called')


def make_resource():
    with tf.Graph().as_default() as graph, tf.Session() as session:
        control_flow_util.ENABLE_CONTROL_FLOW_V2 = True
        resource()
        control_flow_util.ENABLE_CONTROL_FLOW_V2 = False
        set_values(session)
        tf.train.Saver().save(session, 'resource/m', write_meta_graph=False, write_state=False)
        graph_def = graph.as_graph_def()
        write('resource/graph.pb', graph_def)
        outputs = [node.name for node in graph_def.node if node.op in (
            'GatherNd', 'ResourceGather', 'ResourceGatherNd', 'AddV2', 'While', 'StatelessWhile', 'If', 'StatelessIf', 'Case',
            'StatelessCase', 'PartitionedCall', 'StatefulPartitionedCall')]
        write('resource/frozen.pb', freeze(session, graph_def, outputs))


def make_dict():
    with tf.Graph().as_default() as graph, tf.Session() as session:
        a = tf.get_variable('a', [2], initializer=tf.zeros_initializer())
        b = tf.get_variable('b', [2], initializer=tf.zeros_initializer(), use_resource=True)
        tf.add(a, b, name='y')
        saver = tf.train.Saver({'b': a, 'x/a': b})
        set_values(session)
        saver.save(session, 'dict/d', write_state=False)
        write('dict/frozen.pb', freeze(session, graph.as_graph_def(), ['y']))


def main():
    out = os.path.abspath(sys.argv[1])
    for folder in ('net', 'resource', 'dict'):
        os.makedirs(os.path.join(out, folder), exist_ok=True)
    os.chdir(out)
    make_net()
    make_resource()
    make_dict()


main()
