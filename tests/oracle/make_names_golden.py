"""Writes ../golden/unique-name.json: the names that TensorFlow gives in random programs.

    python make_names_golden.py [output]          (tensorflow-cpu 2.21.0)

  unique    lists of [name, mark_as_used, answer]: one Graph.unique_name after the other
  programs  lists of steps, each on a graph of its own:
              ["variable", name or null, use_resource, answer]          tf.Variable, its op name
              ["get", name, "value" or "shape", use_resource, answer]   tf.get_variable, its op name
              ["node", name, answer]                                    tf.constant, its op name
              ["name_scope", name, answer, steps]                       the scope
              ["variable_scope", name, reuse, answer, steps]            the variable scope's name; reuse null, true, "auto"
  defaults  programs of scopes, of get_variable('v' or '') with a value, and of
              ["default_scope", name, answer, steps]                    tf.variable_scope(None, name), the variable scope's name

An answer is a text, or {"error": class, "message": text}, in which the place where a variable was first made is cut off.
A scope that fails has no steps.
"""
import json
import os
import random
import re
import sys
import warnings

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
warnings.simplefilter('ignore')
import tensorflow.compat.v1 as tf  # noqa: E402

tf.disable_v2_behavior()
tf.logging.set_verbosity(tf.logging.ERROR)

UNIQUE = ['a', 'A', 'b', 'a_1', 'A_1', 'a_1_1', 'a_2', 'a/b', 'A/B', 'a/b_1', 'x/y/z', 'x', '1', '_', 'É', 'é', '']
NAMES = ['a', 'a', 'A', 'b', 'a_1', 'a/b', 'b/a', 'read', 'Read', 'Assign', 'initial_value', 'Initializer', 'a/read',
         'a/Assign', 'a/initial_value', 'b/Read', '_a', '-b', 'a b', 'a:0', 'a/', 'b/', 'a/b/', '_b/', '1', '.a', 'a//b']
SCOPES = ['a', 'b', 'A', 'a/b', 'c', 'a/', 'b/', 'a/b/', '', '_a', 'a b']


def attempt(make):
    try:
        return make(), None
    except ValueError as error:
        message = re.sub(r' Originally defined at:.*', '', str(error), flags=re.S)
        return None, {'error': type(error).__name__, 'message': message}


def answer(make):
    value, error = attempt(make)
    return error or value


def unique_sequence(rng):
    graph = tf.Graph()
    steps = [(rng.choice(UNIQUE), rng.random() < 0.8) for _ in range(40)]
    return [[name, mark, graph.unique_name(name, mark_as_used=mark)] for name, mark in steps]


def make_variable(name, use_resource):
    return answer(lambda: tf.Variable([1.], name=name, use_resource=use_resource).op.name)


def get_variable(name, kind, use_resource):
    given = {'initializer': tf.constant_initializer(1.), 'shape': [1]} if kind == 'shape' else {'initializer': [1.]}
    return answer(lambda: tf.get_variable(name, use_resource=use_resource, **given).op.name)


def step(rng, depth):
    kinds = ['variable'] * 4 + ['get'] * 4 + ['node'] + (['name_scope', 'variable_scope'] * 2 if depth < 3 else [])
    kind = rng.choice(kinds)
    use_resource = rng.random() < 0.3
    if kind == 'variable':
        # The empty name of a resource variable makes a variable without a name, which no checkpoint can hold.
        name = rng.choice(NAMES + [None] + ([] if use_resource else ['']))
        return [kind, name, use_resource, make_variable(name, use_resource)]
    if kind == 'get':
        name, how = rng.choice(NAMES), rng.choice(['value', 'shape'])
        return [kind, name, how, use_resource, get_variable(name, how, use_resource)]
    if kind == 'node':
        name = rng.choice(NAMES)
        return [kind, name, answer(lambda: tf.constant(1., name=name).op.name)]
    name = rng.choice(SCOPES)
    if kind == 'name_scope':
        return scope_step(rng, depth, [kind, name], tf.get_default_graph().name_scope(name), lambda scope: scope)
    reuse = rng.choice([None, None, True, 'auto', 'auto'])
    scope = tf.variable_scope(name, reuse=tf.AUTO_REUSE if reuse == 'auto' else reuse)
    return scope_step(rng, depth, [kind, name, reuse], scope, lambda entered: entered.name)


def scope_step(rng, depth, head, scope, name_of, make_step=step):
    entered, error = attempt(scope.__enter__)
    if error:
        return [*head, error, []]
    steps = [make_step(rng, depth + 1) for _ in range(rng.randint(1, 5))]
    scope.__exit__(None, None, None)
    return [*head, name_of(entered), steps]


def program(rng):
    with tf.Graph().as_default():
        return [step(rng, 0) for _ in range(12)]


def default_step(rng, depth):
    kind = rng.choice(['get'] * 4 + ['default_scope', 'variable_scope'] * (2 if depth < 3 else 0))
    if kind == 'get':
        name, use_resource = rng.choice(['v', 'v', '']), rng.random() < 0.3
        return [kind, name, 'value', use_resource, get_variable(name, 'value', use_resource)]
    name = rng.choice(['a', 'a', 'b', 'b', 'a/b', 'a_1'] + ([''] if kind == 'variable_scope' else []))
    if kind == 'default_scope':
        head, scope = [kind, name], tf.variable_scope(None, name)
    else:
        head, scope = [kind, name, None], tf.variable_scope(name)
    return scope_step(rng, depth, head, scope, lambda entered: entered.name, default_step)


def default_program(rng):
    with tf.Graph().as_default():
        return [default_step(rng, 0) for _ in range(6)]


def main(output):
    rng = random.Random(20)
    golden = {'unique': [unique_sequence(rng) for _ in range(20)], 'programs': [program(rng) for _ in range(45)]}
    golden['defaults'] = [default_program(rng) for _ in range(16)]
    with open(output, 'w', encoding='utf-8') as file:
        json.dump(golden, file, ensure_ascii=False, separators=(',', ':'))
        file.write('\n')


if __name__ == '__main__':
    here = os.path.dirname(os.path.abspath(__file__))
    main(sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, '..', 'golden', 'unique-name.json'))
