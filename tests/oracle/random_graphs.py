"""Randomly made graphs, the same in every run, and what is done with each: a few imports into one graph.

The exchange folder has imports.json, a list of {"files", "steps"}. A step is
    {"file", "name", "input_map": {key: tensor of the graph so far}, "return": [names] or null};
"name" null is left out. The files are GraphDefs.

The nodes are of some fifty ops, put together by type alone: what TensorFlow's shape functions refuse is thrown away by who
asks for the graphs.
"""
import random

from tensorflow.core.framework import graph_pb2, types_pb2

FLOAT, INT, STRING, BOOL, RESOURCE, FLOAT_REF, VARIANT = 'float', 'int32', 'string', 'bool', 'resource', 'float_ref', 'variant'
NUMBERS = {
    FLOAT: types_pb2.DT_FLOAT, INT: types_pb2.DT_INT32, STRING: types_pb2.DT_STRING, BOOL: types_pb2.DT_BOOL,
    RESOURCE: types_pb2.DT_RESOURCE, VARIANT: types_pb2.DT_VARIANT,
}
WORDS = ['a', 'A', 'b', 'conv', 'Conv', 'w', 'read', 'a_1', 'b_2', 'save', 'import', 'x.y', 'n-1', 'p>q', '0', 'constructor']
DEVICES = ['', '', '', '/cpu:0', '/device:GPU:1', '/job:ps/task:1', '/job:worker/replica:0/task:0/device:CPU:0', 'gpu:*']
SCOPES = [None, None, '', '', 'p', 'P', 'p/', 'a', 'a/', 'import', 'x/y', 'X/y', 'p_1', 'b/conv/']

T = {'T': FLOAT}
# op: inputs, outputs, attributes (a type by its name, an int, a list of types).
OPS = {
    'Identity': ([FLOAT], [FLOAT], T), 'Relu': ([FLOAT], [FLOAT], T), 'Sigmoid': ([FLOAT], [FLOAT], T),
    'Tanh': ([FLOAT], [FLOAT], T), 'Softmax': ([FLOAT], [FLOAT], T), 'StopGradient': ([FLOAT], [FLOAT], T),
    'Add': ([FLOAT] * 2, [FLOAT], T), 'AddV2': ([FLOAT] * 2, [FLOAT], T), 'Mul': ([FLOAT] * 2, [FLOAT], T),
    'Sub': ([FLOAT] * 2, [FLOAT], T), 'MatMul': ([FLOAT] * 2, [FLOAT], T), 'BiasAdd': ([FLOAT] * 2, [FLOAT], T),
    'AddN': ([FLOAT] * 3, [FLOAT], {'T': FLOAT, 'N': 3}), 'Pack': ([FLOAT] * 2, [FLOAT], {'T': FLOAT, 'N': 2}),
    'Unpack': ([FLOAT], [FLOAT] * 2, {'T': FLOAT, 'num': 2}),
    'ConcatV2': ([FLOAT, FLOAT, INT], [FLOAT], {'T': FLOAT, 'N': 2}),
    'Split': ([INT, FLOAT], [FLOAT] * 3, {'T': FLOAT, 'num_split': 3}),
    'SplitV': ([FLOAT, INT, INT], [FLOAT] * 2, {'T': FLOAT, 'num_split': 2, 'Tlen': INT}),
    'IdentityN': ([FLOAT, INT], [FLOAT, INT], {'T': [FLOAT, INT]}),
    'TopKV2': ([FLOAT, INT], [FLOAT, INT], T), 'Unique': ([FLOAT], [FLOAT, INT], T),
    'Reshape': ([FLOAT, INT], [FLOAT], T), 'Sum': ([FLOAT, INT], [FLOAT], T), 'Mean': ([FLOAT, INT], [FLOAT], T),
    'ExpandDims': ([FLOAT, INT], [FLOAT], T), 'Squeeze': ([FLOAT], [FLOAT], T), 'Transpose': ([FLOAT, INT], [FLOAT], T),
    'Cast': ([FLOAT], [INT], {'SrcT': FLOAT, 'DstT': INT}), 'ToFloat': ([INT], [FLOAT], {'SrcT': INT, 'DstT': FLOAT}),
    'Shape': ([FLOAT], [INT], T), 'Rank': ([FLOAT], [INT], T), 'Less': ([FLOAT] * 2, [BOOL], T),
    'LogicalNot': ([BOOL], [BOOL], {}), 'Switch': ([FLOAT, BOOL], [FLOAT] * 2, T),
    'Merge': ([FLOAT] * 2, [FLOAT, INT], {'T': FLOAT, 'N': 2}),
    'FusedBatchNorm': ([FLOAT] * 5, [FLOAT] * 5, T), 'OneHot': ([INT, INT, FLOAT, FLOAT], [FLOAT], {'T': FLOAT, 'TI': INT}),
    'StringJoin': ([STRING] * 2, [STRING], {'N': 2}), 'AsString': ([FLOAT], [STRING], T),
    'StringToNumber': ([STRING], [FLOAT], {}), 'RandomUniform': ([INT], [FLOAT], {'dtype': FLOAT, 'T': INT}),
    'VarHandleOp': ([], [RESOURCE], {'dtype': FLOAT, 'shape': None}), 'ReadVariableOp': ([RESOURCE], [FLOAT], {'dtype': FLOAT}),
    'AssignVariableOp': ([RESOURCE, FLOAT], [], {'dtype': FLOAT}), 'VariableV2': ([], [FLOAT_REF], {'dtype': FLOAT, 'shape': None}),
    'Assign': ([FLOAT_REF, FLOAT], [FLOAT_REF], T), 'AssignAdd': ([FLOAT_REF, FLOAT], [FLOAT_REF], T),
    'EmptyTensorList': ([INT, INT], [VARIANT], {'element_dtype': FLOAT, 'shape_type': INT}),
    'TensorListLength': ([VARIANT], [INT], {}), 'NoOp': ([], [], {}),
    'PyFunc': ([FLOAT, STRING], [FLOAT, BOOL], {'token': b't', 'Tin': [FLOAT, STRING], 'Tout': [FLOAT, BOOL]}),
    'fn_one': ([FLOAT], [FLOAT], {}), 'fn_two': ([FLOAT, INT], [INT, FLOAT], {}),
}
# The op that a key stands for, where two keys stand for one.
NAMES = {'ToFloat': 'Cast'}
FUNCTIONS = {
    'fn_one': ([('x', FLOAT)], [('y', FLOAT, 'x')]),
    'fn_two': ([('x', FLOAT), ('i', INT)], [('j', INT, 'i'), ('y', FLOAT, 'x')]),
    'unused': ([('s', STRING)], [('t', STRING, 's')]),
}


class Maker:
    """Makes one GraphDef."""

    def __init__(self, chance):
        self.random = chance
        self.graph = graph_pb2.GraphDef()
        self.names = set()
        # The tensors that nodes may take, by type.
        self.tensors = {kind: [] for kind in (*NUMBERS, FLOAT_REF)}

    def types(self):
        """By what an input may be called, the type."""
        return {name: kind for kind, names in self.tensors.items() for name in names}

    def name(self):
        while True:
            name = '/'.join(self.random.choice(WORDS) for _ in range(self.random.randint(1, 3)))
            if name not in self.names:
                self.names.add(name)
                return name

    def node(self, op, inputs, outputs, attrs):
        node = self.graph.node.add(name=self.name(), op=NAMES.get(op, op), input=inputs)
        for key, value in attrs.items():
            set_attr(node.attr[key], value)
        for index, kind in enumerate(outputs):
            self.tensors[kind].append(f'{node.name}:{index}' if index or self.random.random() < 0.3 else node.name)
        return node

    def take(self, kind):
        """A tensor of that type, or of the reference to it: made where there is none."""
        found = self.tensors[kind] + (self.tensors[FLOAT_REF] if kind == FLOAT else [])
        if found and self.random.random() < 0.9:
            return self.random.choice(found)
        if kind == FLOAT_REF:
            self.node('VariableV2', [], [FLOAT_REF], OPS['VariableV2'][2])
        elif kind == RESOURCE:
            self.node('VarHandleOp', [], [RESOURCE], OPS['VarHandleOp'][2])
        else:
            self.node('Placeholder', [], [kind], {'dtype': kind})
        return self.tensors[kind][-1]

    def add_any(self):
        op = self.random.choice(sorted(OPS))
        inputs, outputs, attrs = OPS[op]
        if op in FUNCTIONS and op not in [one.signature.name for one in self.graph.library.function]:
            self.graph.library.function.append(function(op))
        self.node(op, [self.take(kind) for kind in inputs], outputs, attrs)

    def add_loop(self):
        """A while loop over one float, by hand."""
        start, more = self.take(FLOAT), self.take(BOOL)
        enter = self.node('Enter', [start], [], {'T': FLOAT, 'frame_name': b'loop'})
        merge = self.node('Merge', [enter.name], [FLOAT, INT], {'T': FLOAT, 'N': 2})
        cond = self.node('LoopCond', [more], [BOOL], {})
        switch = self.node('Switch', [merge.name, cond.name], [FLOAT, FLOAT], T)
        body = self.node('Identity', [switch.name + ':1'], [FLOAT], T)
        again = self.node('NextIteration', [body.name], [], T)
        merge.input.append(again.name)
        self.node('Exit', [switch.name], [FLOAT], T)

    def decorate(self):
        names = sorted(self.names)
        for node in self.graph.node:
            if node.op not in ('Merge', 'NextIteration') and self.random.random() < 0.2:
                earlier = names_before(self.graph, node)
                chosen = [self.random.choice(earlier) for _ in range(self.random.randint(0, 3)) if earlier]
                node.input.extend('^' + name for name in chosen)
            if self.random.random() < 0.15:
                others = [self.random.choice(names) for _ in range(self.random.randint(1, 3))]
                node.attr['_class'].list.s.extend(b'loc:@' + name.encode() for name in others)
            if self.random.random() < 0.1:
                node.attr['_mine'].s = b'\xff\x00'
            if self.random.random() < 0.1:
                node.attr['unknown'].i = self.random.randint(-2**63, 2**63 - 1)
            node.device = self.random.choice(DEVICES)


def names_before(graph, node):
    before = []
    for other in graph.node:
        if other.name == node.name:
            return before
        before.append(other.name)
    return before


def set_attr(attr, value):
    if value is None:
        attr.shape.unknown_rank = True
    elif isinstance(value, bytes):
        attr.s = value
    elif isinstance(value, int):
        attr.i = value
    elif isinstance(value, list):
        attr.list.type.extend(NUMBERS[kind] for kind in value)
    else:
        attr.type = NUMBERS[value]


def function(name):
    inputs, outputs = FUNCTIONS[name]
    made = graph_pb2.GraphDef().library.function.add()
    made.signature.name = name
    for arg, kind in inputs:
        made.signature.input_arg.add(name=arg, type=NUMBERS[kind])
    for arg, kind, source in outputs:
        made.signature.output_arg.add(name=arg, type=NUMBERS[kind])
        node = made.node_def.add(name=f'of_{source}', op='Identity', input=[source])
        node.attr['T'].type = NUMBERS[kind]
        made.ret[arg] = f'of_{source}:output:0'
    return made


def make_graph(chance):
    """A GraphDef of ten to eighty nodes, in any order; and the types of its tensors, by name."""
    maker = Maker(chance)
    for _ in range(chance.randint(5, 40)):
        maker.add_any()
        if chance.random() < 0.05:
            maker.add_loop()
    maker.decorate()
    graph = maker.graph
    if chance.random() < 0.3:
        graph.library.function.append(function('unused'))
    if chance.random() < 0.7:
        nodes = list(graph.node)
        chance.shuffle(nodes)
        del graph.node[:]
        graph.node.extend(nodes)
    graph.versions.producer = chance.choice([0, 21, 24, 1395, 2474])
    graph.versions.min_consumer = chance.choice([0, 0, 12])
    if chance.random() < 0.2:
        graph.versions.bad_consumers.extend([chance.randint(1, 9) for _ in range(2)])
    return graph, maker.types()


def make_step(chance, graph, types, file, tensors):
    """How to import a graph with tensors of `types` into one that has `tensors`: (name, type) each."""
    step = {'file': file, 'name': chance.choice(SCOPES), 'input_map': {}, 'return': None}
    used = sorted({name for node in graph.node for name in node.input})
    # TensorFlow ends the process where the head of a loop has another of its inputs from the map.
    heads = {name for node in graph.node if node.op == 'Merge' for name in node.input}
    if tensors and used and chance.random() < 0.6:
        keys = [name for name in used if name not in heads]
        for key in chance.sample(keys, min(len(keys), chance.randint(1, 4))):
            fitting = [tensor for tensor in tensors if tensor[1] == types.get(key)]
            step['input_map'][key] = chance.choice(fitting if fitting and chance.random() < 0.95 else tensors)[0]
    if chance.random() < 0.6:
        names = [node.name for node in graph.node] + [name for name in used if not name.startswith('^')]
        step['return'] = [chance.choice(names) + chance.choice(['', '', ':0']) for _ in range(chance.randint(0, 4))]
        step['return'] = [name.replace(':0:0', ':0') for name in step['return'] if name.count(':') < 2]
    return step


def generator(number):
    return random.Random(20240 + number)
