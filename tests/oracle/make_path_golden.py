"""Writes ../golden/path.json: what Python's posixpath makes of paths.

Run: python make_path_golden.py [output]          (CPython 3.11; needs nothing else)

  paths    [path, isabs, dirname, basename, normpath]
  join     [a, b, join(a, b)]
  relpath  [path, start, relpath(path, start)], null where that depends on the working directory
"""
import json
import os
import posixpath
import sys

PATHS = [
    '', '.', '..', '/', '//', '///', 'a', 'a/', 'a//', '/a', '//a', '///a', './a', 'a/.', './', './.', '../', '../..', '..a',
    'a..', '...', '.a', 'a/b', 'a//b', 'a/./b', 'a/../b', 'a/b/..', 'a/b/../..', 'a/b/../../..', '../a', '../../a/b', '/..',
    '/../a', '//..', '//../a', '/./a', '/a/b/', '/a/../..', '//a//b', '///a/b', 'a/b/c', 'a/c', 'b', '/b', '/a/b/c', '/a/c/d',
    'm-1', 'dir/m-?????-of-00002', ' ', 'a b/ c', '\u00e9/\u4e2d', '\\a\\b', 'C:/a', 'file:///a',
]
STARTS = ['.', '..', '/', '//', 'a', './a/', 'a/b', 'a/../b', '../a', '../../b', '/a', '/a/b', '/a//b/', '/a/../b', 'x/y/z']


def relpath(path, start):
    """The answer, where it is the same from two directories that share no name."""
    answers = set()
    for cwd in ('/q0/q1/q2/q3/q4/q5', '/r0/r1/r2/r3/r4/r5/r6'):
        os.getcwd = lambda: cwd
        answers.add(posixpath.relpath(path, start))
    return answers.pop() if len(answers) == 1 else None


def rows(rows):
    return '[\n' + ',\n'.join('  ' + json.dumps(row) for row in rows) + '\n ]'


golden = {
    'paths': [[p, posixpath.isabs(p), posixpath.dirname(p), posixpath.basename(p), posixpath.normpath(p)] for p in PATHS],
    'join': [[a, b, posixpath.join(a, b)] for a in ['', '.', 'a', 'a/', '/', '//', '/a', 'a//', '..'] for b in PATHS[:30]],
    'relpath': [[p, s, relpath(p, s)] for p in PATHS if p for s in STARTS],
}
target = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'golden', 'path.json')
with open(target, 'w') as file:
    file.write('{\n' + ',\n'.join(f' {json.dumps(k)}: {rows(v)}' for k, v in golden.items()) + '\n}\n')
