"""Writes ../golden/errno.json: the class and the text that TensorFlow has for an error number of the system.

Run: python make_errno_golden.py [output]          (Linux, tensorflow-cpu 2.21.0)

  {"ENOENT": ["NOT_FOUND", "No such file or directory"], ...}    every number that Python's errno knows
"""
import ctypes
import errno
import glob
import json
import os
import re
import subprocess
import sys

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
import tensorflow as tf  # noqa: E402

CODES = (
    'OK CANCELLED UNKNOWN INVALID_ARGUMENT DEADLINE_EXCEEDED NOT_FOUND ALREADY_EXISTS PERMISSION_DENIED RESOURCE_EXHAUSTED '
    'FAILED_PRECONDITION ABORTED OUT_OF_RANGE UNIMPLEMENTED INTERNAL UNAVAILABLE DATA_LOSS UNAUTHENTICATED'
).split()

path = glob.glob(os.path.join(tf.sysconfig.get_lib(), 'libtensorflow_framework.so*'))[0]
symbols = subprocess.run(['nm', '-D', path], capture_output=True, text=True, check=True).stdout
# absl::ErrnoToStatusCode(int), whatever version of absl it is.
code_of = getattr(ctypes.CDLL(path), re.search(r'\S*ErrnoToStatusCodeEi\b', symbols).group())
code_of.restype = ctypes.c_int

golden = {name: [CODES[code_of(number)], os.strerror(number)] for number, name in sorted(errno.errorcode.items())}
target = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'golden', 'errno.json')
with open(target, 'w') as file:
    file.write('{\n' + ',\n'.join(f' {json.dumps(k)}: {json.dumps(v)}' for k, v in golden.items()) + '\n}\n')
