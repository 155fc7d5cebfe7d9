"""The graphs whose files are goldens: a function each, which fills the default graph.

What a function gives back is what goes into the files besides the graph: {'saver': a Saver} or {'export': arguments for
export_meta_graph}, or nothing.
"""
import collections
from unittest import mock

from tf_checkpoint import np, tf

from tensorflow.python.framework import function
from tensorflow.python.ops import control_flow_v2_toggles


def numbers(*shape):
    """The same each time; never random."""
    return (np.arange(np.prod(shape), dtype=np.float32).reshape(shape) - 3) / 8


# ── Variables and savers ───────────────────────────────────────────────────────────────────────────────────────────


def plain():
    tf.Variable([1.0, 2.0], name='v1')
    with tf.name_scope('scope'):
        v2 = tf.Variable(tf.zeros([3]), name='v2', trainable=False)
    tf.Variable(tf.zeros_like(v2.initialized_value()), name='v2', collections=['mine', 'model_variables'])
    tf.Variable(7, name='count', dtype=tf.int64, collections=[tf.GraphKeys.LOCAL_VARIABLES])
    return {'saver': tf.train.Saver()}


def dict_saver():
    v1 = tf.Variable([1.0, 2.0], name='v1')
    v2 = tf.Variable([[3.0]], name='v2')
    text = tf.Variable([b'a', b'b'], name='text')
    saver = tf.train.Saver({'other/v1': v1, 'other/v2': v2, 'words': text}, max_to_keep=3,
                           keep_checkpoint_every_n_hours=0.5, name='my_saver', restore_sequentially=True)
    return {'saver': saver}


def sharded_saver():
    with tf.device('/job:ps/task:0'):
        tf.Variable([1.0, 2.0], name='v1')
    with tf.device('/job:ps/task:1/device:CPU:0'):
        tf.get_variable('v2', initializer=np.float32(2), use_resource=True)
    with tf.device('/job:worker/task:0'):
        tf.get_variable('v3', shape=[2, 3], initializer=tf.zeros_initializer())
    return {'saver': tf.train.Saver(sharded=True)}


def partitioned():
    with tf.variable_scope('v', partitioner=tf.fixed_size_partitioner(3, axis=0)):
        table = tf.get_variable('table', shape=[7, 2], initializer=tf.zeros_initializer())
        tf.get_variable('resource', shape=[4, 2], initializer=tf.ones_initializer(), use_resource=True)
    with tf.variable_scope('w', partitioner=tf.fixed_size_partitioner(2, axis=1)):
        tf.get_variable('wide', shape=[2, 5], initializer=tf.constant_initializer(0.5))
    tf.identity(tf.nn.embedding_lookup(table, [0, 5, 2]), name='found')
    return {'saver': tf.train.Saver()}


def resource_variables():
    v = tf.get_variable('v', initializer=numbers(2, 2), use_resource=True)
    w = tf.Variable(3, name='w', use_resource=True, dtype=tf.int32, trainable=False)
    with tf.control_dependencies([w.assign_add(1), v.assign_sub(numbers(2, 2))]):
        tf.add(v.read_value(), tf.cast(w, tf.float32), name='sum')
    tf.IndexedSlices(v.sparse_read([0]), [0])
    tf.scatter_update(v, [1], [[1.0, 2.0]], name='scattered')
    return {'saver': tf.train.Saver()}


def reshaping_saver():
    """`reshape`, slices of a variable, a global step, both kinds of variable."""
    tf.train.get_or_create_global_step()
    tf.get_variable('a', shape=[2, 3], initializer=tf.zeros_initializer())
    tf.get_variable('b', shape=[6], initializer=tf.zeros_initializer(), use_resource=True)
    return {'saver': tf.train.Saver(reshape=True, pad_step_number=True, save_relative_paths=True)}


def moving_averages():
    decay, step = 0.9, tf.train.get_or_create_global_step()
    w = tf.get_variable('w', initializer=numbers(2, 3))
    b = tf.get_variable('b', initializer=np.float32(0.5), use_resource=True)
    averages = tf.train.ExponentialMovingAverage(decay, num_updates=step)
    with tf.control_dependencies([tf.assign_add(step, 1)]):
        averages.apply([w, b])
    tf.train.ExponentialMovingAverage(decay, zero_debias=True, name='debiased').apply([w * 2])
    return {'saver': tf.train.Saver(averages.variables_to_restore())}


# ── Control flow ───────────────────────────────────────────────────────────────────────────────────────────────────


def cond_v1():
    x = tf.placeholder(tf.float32, [None, 2], name='x')
    flag = tf.placeholder(tf.bool, [], name='flag')
    w = tf.Variable(numbers(2, 2), name='w')

    def inner():
        return tf.cond(tf.reduce_all(x > 0), lambda: tf.matmul(x, w), lambda: x * 3.0)

    y = tf.cond(flag, inner, lambda: tf.constant([[1.0, 2.0]]) + x, name='outer')
    tf.case([(flag, lambda: y + 1.0), (tf.less(tf.size(x), 3), lambda: y + 2.0)], default=lambda: y, name='case')
    tf.gradients(y, [w], name='gradients')
    return {'saver': tf.train.Saver()}


def while_v1():
    limit = tf.placeholder(tf.int32, [], name='limit')
    w = tf.Variable(numbers(2, 2), name='w')

    def body(i, x):
        def twice(j, z):
            return [j + 1, tf.tanh(z)]

        inner = tf.while_loop(lambda j, z: j < 2, twice, [0, x], name='inner')[1]
        return [i + 1, tf.cond(i > 2, lambda: tf.matmul(inner, w), lambda: inner)]

    result = tf.while_loop(lambda i, x: i < limit, body, [tf.constant(0), tf.ones([2, 2])], name='loop')
    tf.identity(result[1], name='result')
    return {'saver': tf.train.Saver()}


def while_gradient():
    x = tf.placeholder(tf.float32, [2], name='x')
    y = tf.while_loop(lambda i, z: i < 3, lambda i, z: [i + 1, z * z], [0, x], parallel_iterations=1,
                      swap_memory=True)[1]
    tf.gradients(y, x)
    return {}


class LstmCell:
    """TensorFlow's own cells need Keras of the time."""
    state_size = 4
    output_size = 4

    def __call__(self, inputs, state, scope=None):
        with tf.variable_scope(scope or 'lstm_cell'):
            kernel = tf.get_variable('kernel', [3 + 4, 4 * 4], initializer=tf.zeros_initializer())
            bias = tf.get_variable('bias', [4 * 4], initializer=tf.zeros_initializer())
            c, h = state
            gates = tf.nn.bias_add(tf.matmul(tf.concat([inputs, h], 1), kernel), bias)
            i, j, f, o = tf.split(gates, 4, axis=1)
            c = c * tf.sigmoid(f + 1.0) + tf.sigmoid(i) * tf.tanh(j)
            h = tf.tanh(c) * tf.sigmoid(o)
            return h, (c, h)


def lstm():
    """A dynamic loop over time: TensorArrays for what goes in and out; lengths that differ."""
    x = tf.placeholder(tf.float32, [None, 5, 3], name='x')
    lengths = tf.placeholder(tf.int32, [None], name='lengths')
    cell, rows = LstmCell(), tf.shape(x)[0]
    by_time = tf.transpose(x, [1, 0, 2])
    taken = tf.TensorArray(tf.float32, 5, name='taken').unstack(by_time)
    given = tf.TensorArray(tf.float32, 5, name='given', element_shape=[None, 4])

    def step(time, state, given):
        h, new = cell(taken.read(time), state)
        going = tf.expand_dims(time < lengths, 1)
        new = tuple(tf.where(tf.broadcast_to(going, tf.shape(b)), b, a) for a, b in zip(state, new))
        return time + 1, new, given.write(time, h)

    zeros = tf.zeros(tf.stack([rows, 4]))
    with tf.variable_scope('rnn'):
        _, (c, h), given = tf.while_loop(lambda time, *_: time < 5, step, (0, (zeros, zeros), given))
    tf.identity(given.stack(), name='outputs')
    tf.identity(h, name='last')
    return {'saver': tf.train.Saver()}


def functional_control_flow():
    """If and While, with their branches as functions of the library."""
    control_flow_v2_toggles.enable_control_flow_v2()
    x = tf.placeholder(tf.float32, [2], name='x')
    y = tf.cond(tf.reduce_sum(x) > 0, lambda: x * 2.0, lambda: x - 1.0, name='choice')
    z = tf.while_loop(lambda i, v: i < 3, lambda i, v: (i + 1, v + y), (0, x), name='loop')[1]
    tf.gradients(z, x)
    return {}


# ── Functions ──────────────────────────────────────────────────────────────────────────────────────────────────────


def defuns():
    @function.Defun(tf.float32, tf.float32, func_name='Inner')
    def inner(a, b):
        return tf.multiply(a, b, name='product')

    @function.Defun(tf.float32, tf.float32, tf.float32, func_name='MySquareGrad')
    def square_grad(x, y, dy):
        return inner(dy, x) * 2.0, tf.zeros_like(y)

    @function.Defun(tf.float32, tf.float32, func_name='MySquare', grad_func=square_grad, noinline=True)
    def square(x, y):
        z = inner(x, x, name='call')
        with tf.control_dependencies([z]):
            return z + tf.constant([1.0, 2.0], name='two') * y

    x = tf.placeholder(tf.float32, [2], name='x')
    y = square(x, tf.constant(2.0), name='square')
    tf.gradients(y, x)
    return {}


def tf_functions():
    v = tf.get_variable('v', initializer=np.float32(2), use_resource=True)

    @tf.function(input_signature=[tf.TensorSpec([None], tf.float32, name='a')], autograph=False)
    def inner(a):
        return a * v

    @tf.function(autograph=False)
    def outer(a):
        return inner(a) + inner(a + 1.0), tf.size(a)

    x = tf.placeholder(tf.float32, [3], name='x')
    y, _ = outer(x)
    tf.gradients(y, x)
    return {'saver': tf.train.Saver()}


# ── Queues, strings, devices, odd attributes ───────────────────────────────────────────────────────────────────────


def queues():
    queue = tf.FIFOQueue(10, [tf.float32, tf.string], shapes=[[2], []], names=['x', 'name'], name='queue',
                         shared_name='shared')
    enqueue = queue.enqueue({'x': [1.0, 2.0], 'name': 'a'})
    tf.train.add_queue_runner(tf.train.QueueRunner(queue, [enqueue] * 2))
    images = tf.train.string_input_producer(['a.png', 'b.png'], shuffle=False, num_epochs=2)
    _, contents = tf.WholeFileReader().read(images)
    tf.train.batch([contents], 2, capacity=8, name='batch')
    return {'export': {}}


def strings_and_tables():
    text = tf.placeholder(tf.string, [None], name='text')
    parts = tf.string_split(text, ' ')
    joined = tf.string_join([text, tf.constant(b'\x00\xff\n\t"\'\\')], separator='-')
    tf.strings.regex_replace(joined, '[^a-z]+', '\u00e9\U0001f600')
    tf.strings.substr(tf.as_string(tf.string_to_hash_bucket_fast(parts.values, 1000)), 0, 2)
    tf.decode_raw(tf.encode_base64(text), tf.uint8)
    keys, values = tf.constant(['a', 'b']), tf.constant([1, 2], tf.int64)
    with mock.patch('uuid.uuid4', lambda: 'of-mine'):
        table = tf.lookup.StaticHashTable(tf.lookup.KeyValueTensorInitializer(keys, values), -1, name='table')
    tf.identity(table.lookup(text), name='ids')
    tf.add_to_collection('bytes', b'\x00\xff')
    tf.parse_example(text, {'x': tf.VarLenFeature(tf.int64), 'y': tf.FixedLenFeature([2], tf.float32)})
    return {'export': {}}


def extremes():
    """Attributes at the ends of their types, of every kind; constants of every dtype; names and shapes at the edges."""
    floats = [0.1, 1e20, 123456789.0, -0.0, 1e-45, 3.4028235e38, np.inf, -np.inf, np.nan, 16777216.0, 1e-7, 1 / 3]
    tf.constant(floats, tf.float32, name='floats')
    for place, value in enumerate(floats):
        tf.constant(value, tf.float32, name=f'float_{place}')
        tf.constant(float(value) * (1 if abs(value) > 1e30 else 1.1), tf.float64, name=f'double_{place}')
    for dtype in (tf.int8, tf.int16, tf.int32, tf.int64, tf.uint8, tf.uint16, tf.uint32, tf.uint64):
        tf.constant([dtype.min, dtype.max], dtype, name=f'ends_{dtype.name}')
        tf.constant(dtype.max, dtype, name=f'max_{dtype.name}')
    for dtype in (tf.bool, tf.string, tf.complex64, tf.complex128, tf.float16, tf.bfloat16):
        value = {'bool': True, 'string': b'\x00\x01\x7f\x80\xff "\'\\\n\r\t?'}.get(dtype.name, 1.5)
        tf.constant(value, dtype, name=f'one_{dtype.name}')
        tf.constant([value] * 3, dtype, shape=[3], name=f'three_{dtype.name}')
        tf.constant([], dtype, shape=[0, 2], name=f'none_{dtype.name}')
    for name, shape in {'unknown': None, 'scalar': [], 'some': [None, 2, None], 'zero': [0, 3]}.items():
        tf.placeholder(tf.float32, shape, name=f'shape_{name}')
    tf.placeholder(tf.resource, [], name='dots.and-dashes>more/back_')
    x = tf.placeholder(tf.float32, [1, 4, 4, 1], name='A')
    a = tf.identity(x, name='a')
    tf.nn.max_pool(x, 2, 2, 'VALID', name='lists')
    tf.identity_n([x, tf.constant(1)], name='types')
    tf.quantization.fake_quant_with_min_max_args(x, min=-1.1, max=1e30, num_bits=7, name='attributes')
    tf.cast(x, tf.half, name='cast')
    a.op._set_attr('_of_mine', attribute(s=b'\xff\x00'))
    many = tf.AttrValue.ListValue(i=[-2**63, 2**63 - 1], f=[0.1], b=[True], s=[b''], type=[1, 20, 101])
    many.shape.add(unknown_rank=True)
    many.shape.add().dim.add(size=-1, name='batch')
    a.op._set_attr('_all', attribute(list=many))
    return {}


def attribute(**member):
    return tf.AttrValue(**member)


def devices_and_scopes():
    with tf.device('/job:worker/replica:0/task:1/device:GPU:0'), tf.name_scope('tower_0'):
        a = tf.constant(numbers(2), name='a')
        with tf.name_scope('deep'), tf.control_dependencies([a]):
            b = tf.add(a, 1.0, name='b')
    with tf.name_scope('tower_0'), tf.device('/cpu:0'):
        c = tf.Variable(a, name='c')
        with tf.colocate_with(c), tf.control_dependencies([b.op, c.initializer]):
            tf.no_op('done')
    with tf.name_scope('tower_0/'):
        tf.constant(1, name='back')
    return {'saver': tf.train.Saver()}


def unbound_inputs(control=False):
    """A scope by itself: what it reads from outside is not bound."""
    outside = tf.constant(numbers(2), name='outside')
    feed = tf.placeholder(tf.float32, [2], name='feed/x')
    with tf.name_scope('part'):
        w = tf.Variable(numbers(2), name='w')
        y = tf.add(w * outside, feed, name='y')
        with tf.control_dependencies([outside.op] if control else []):
            tf.identity(y, name='z')
    tf.add_to_collection('outputs', y)
    tf.add_to_collection('outputs', outside)
    return {'export': {'export_scope': 'part'}, 'inputs': ['$unbound_inputs_outside', '$unbound_inputs_feed/x']}


def unbound_control():
    """Cannot be imported: TensorFlow wants the map's keys to be the listed inputs, which a control input is not."""
    return unbound_inputs(control=True)


Point = collections.namedtuple('Point', 'x y')


def every_collection():
    v = tf.Variable([1.0, 2.0], name='v')
    w = tf.get_variable('w', initializer=np.float32(1), use_resource=True)
    saver = tf.train.Saver([v], name='first')
    tf.add_to_collection(tf.GraphKeys.SAVERS, saver)
    held = {
        'strings': ['text', 'é', ''], 'bytes': [b'bytes', b'\x00\xc3\xa9'], 'ints': [0, -1, 2**63 - 1, -2**63],
        'floats': [0.5, 0.1, -0.0], 'ops': [v.op, v.initializer], 'tensors': [v.value(), w.value()],
        'held': [v, v.op, v.value()], 'same': [v, v], 'mixed': [1, 'text'], 'objects': [Point(1, 2)], 'big': [2**63],
        'bools': [True, False], 'tuples': [('a', 'b')], 5: ['not a name'], 'résumé': [1], 'mixed_later': ['a', 1],
        'none': [None], 'int_then_float': [1, 2.5], 'float_then_int': [2.5, 1], 'v_and_w': [v, w],
    }
    for key, values in held.items():
        for value in values:
            tf.add_to_collection(key, value)
    tf.summary.scalar('loss', v[0])
    tf.train.get_or_create_global_step()
    tf.add_to_collection(tf.GraphKeys.MOVING_AVERAGE_VARIABLES, v)
    tf.add_to_collection(tf.GraphKeys.INIT_OP, tf.global_variables_initializer())
    tf.get_collection_ref('empty')
    return {'saver': tf.train.Saver([v, w], name='second')}


# ── A net as people train them ─────────────────────────────────────────────────────────────────────────────────────


def convnet():
    """Two convolutions and two layers on 8x8 pictures, trained with Adam and dropout: gradients and slots are there."""
    def layer(name, shape):
        with tf.variable_scope(name):
            start = tf.truncated_normal_initializer(stddev=0.3, seed=1)
            return tf.get_variable('w', shape, initializer=start), tf.get_variable('b', shape[-1:],
                                                                                   initializer=tf.zeros_initializer())

    x = tf.placeholder(tf.float32, [None, 8, 8, 1], name='x')
    labels = tf.placeholder(tf.int64, [None], name='labels')
    keep = tf.placeholder_with_default(1.0, [], name='keep_prob')
    values = x
    for name, shape in (('conv1', [3, 3, 1, 4]), ('conv2', [3, 3, 4, 8])):
        w, b = layer(name, shape)
        values = tf.nn.relu(tf.nn.conv2d(values, w, strides=1, padding='SAME') + b)
        values = tf.nn.max_pool(values, 2, 2, 'SAME')
    w, b = layer('fc1', [32, 16])
    values = tf.nn.relu(tf.matmul(tf.reshape(values, [-1, 32]), w) + b)
    w, b = layer('fc2', [16, 3])
    logits = tf.nn.bias_add(tf.matmul(tf.nn.dropout(values, keep_prob=keep, seed=2), w), b, name='logits')
    loss = tf.losses.sparse_softmax_cross_entropy(labels, logits)
    step = tf.train.get_or_create_global_step()
    tf.train.AdamOptimizer(0.01).minimize(loss, global_step=step, name='train')
    for predicted in (tf.nn.softmax(logits, name='probabilities'), tf.argmax(logits, 1, name='class')):
        tf.add_to_collection('predict', predicted)
    return {'saver': tf.train.Saver(max_to_keep=2)}


ALL = [
    plain, dict_saver, sharded_saver, partitioned, resource_variables, reshaping_saver, moving_averages, cond_v1, while_v1,
    while_gradient, lstm, functional_control_flow, defuns, tf_functions, queues, strings_and_tables, extremes,
    devices_and_scopes, unbound_inputs, unbound_control, every_collection, convnet,
]
