"""import_graph_def of both sides: every op, input, output and attribute alike, and the errors.

The Node half is import-graphs.mjs.
"""
import json
import os
import subprocess

import random_graphs
from tf_checkpoint import tf
from tensorflow.core.framework import graph_pb2

HERE = os.path.dirname(os.path.abspath(__file__))
# Shape inference, which tfsave does not do: such graphs are thrown away.
SHAPE_WORDS = ['with input shapes', 'In function output', 'Shape must be', 'must be rank', 'inconsistent with the GraphDef', 'static value']


def check(table, node, folder, count=100):
    folder = os.path.join(folder, 'imports')
    os.makedirs(folder)
    cases = make_cases(folder, count)
    with open(os.path.join(folder, 'imports.json'), 'w', encoding='ascii') as file:
        json.dump([case['steps'] for case in cases], file)
    done = subprocess.run([node, os.path.join(HERE, 'import-graphs.mjs'), folder])
    path = os.path.join(folder, 'imported.json')
    if done.returncode != 0 or not os.path.exists(path):
        table.add('tfsave imported graphs', '0 graphs', [f'import-graphs.mjs ended with {done.returncode}'])
        return
    with open(path, encoding='utf-8') as file:
        imported = json.load(file)
    faults = [f'graph {number}: {fault}' for number, case in enumerate(cases)
              for fault in differences(folder, number, case, imported[number])]
    nodes = sum(len(case['graph'].node) for case in cases)
    errors = sum('error' in answer for case in cases for answer in case['answers'])
    table.add('import_graph_def: nodes, names, outputs and errors of both', f'{len(cases)} graphs, {nodes} nodes, {errors} errors', faults)


def make_cases(folder, count):
    """Graphs that TensorFlow takes, or refuses for another reason than their shapes."""
    cases, number = [], 0
    while len(cases) < count:
        case = make_case(folder, len(cases), random_graphs.generator(number))
        number += 1
        if case is not None:
            cases.append(case)
    return cases


def make_case(folder, number, chance):
    """Up to four imports into one graph; an error ends them, since TensorFlow leaves nodes behind."""
    steps, answers = [], []
    with tf.Graph().as_default() as graph:
        for at in range(chance.randint(1, 4)):
            made, types = random_graphs.make_graph(chance)
            file = f'{number:03d}-{at}.pb'
            with open(os.path.join(folder, file), 'wb') as out:
                out.write(made.SerializeToString())
            steps.append(random_graphs.make_step(chance, made, types, file, tensors_of(graph)))
            answers.append(answer(graph, made, steps[-1]))
            if 'error' in answers[-1]:
                if any(word in answers[-1]['error'][1] for word in SHAPE_WORDS):
                    return None
                break
        return {'steps': steps, 'answers': answers, 'graph': graph.as_graph_def(), 'ops': describe(graph)}


def tensors_of(graph):
    return [(tensor.name, tensor.dtype.name.replace('float32', 'float'))
            for op in graph.get_operations() for tensor in op.outputs]


def answer(graph, made, step):
    mapped = {key: graph.get_tensor_by_name(name) for key, name in step['input_map'].items()}
    try:
        found = tf.import_graph_def(made, name=step['name'], input_map=mapped, return_elements=step['return'])
        return {'elements': [element.name for element in found or []]}
    except Exception as error:
        return {'error': [type(error).__name__, str(error)]}


def describe(graph):
    return [{'outputs': [[tensor.name, tensor.dtype.name] for tensor in op.outputs],
             'inputs': [tensor.name for tensor in op.inputs],
             'controls': [control.name for control in op.control_inputs],
             # From the seventh on, TensorFlow's are in the order of a hash map of addresses.
             'consumers': [sorted(user.name for user in tensor.consumers()) for tensor in op.outputs]}
            for op in graph.get_operations()]


def differences(folder, number, case, ours):
    for theirs, answered in zip(case['answers'], ours['answers']):
        if theirs != answered:
            yield f'{answered} instead of {theirs}'
            return
    if 'error' in case['answers'][-1]:
        return
    made = graph_pb2.GraphDef()
    with open(os.path.join(folder, f'{number:03d}.pb'), 'rb') as file:
        made.ParseFromString(file.read())
    names = [[node.name for node in graph.node] for graph in (made, case['graph'])]
    if names[0] != names[1]:
        yield f'names {names[0]} instead of {names[1]}'
        return
    for one, other, op, described in zip(made.node, case['graph'].node, ours['ops'], case['ops']):
        if one != other:
            yield f'node {one} instead of {other}'
        if op != described:
            yield f'op {one.name} is {op} instead of {described}'
    del made.node[:]
    rest = graph_pb2.GraphDef()
    rest.CopyFrom(case['graph'])
    del rest.node[:]
    if made != rest:
        yield f'versions or library {made} instead of {rest}'
