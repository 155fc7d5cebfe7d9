"""Writes ../golden/devices.json: what TensorFlow makes of names of devices.

    python make_devices_golden.py [output]          (tensorflow-cpu 2.21.0)

A list of [name, device of a node in tf.device(name), or {"error": class, "message": text}].
"""
import json
import os
import sys
import warnings

os.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'
warnings.simplefilter('ignore')
import tensorflow.compat.v1 as tf  # noqa: E402

tf.disable_v2_behavior()

NAMES = ['', '/', '//', '/cpu:0', '/gpu:1', 'cpu:0', 'gpu', '/cpu', '/cpu:*', '/GPU:0', '/Gpu:0', '/tpu:0', '/TPU:1', '/epu:0',
         '/custom:3', '/device:CPU:0', '/device:cpu:0', '/device:gpu:7', '/device:tpu:0', '/device:XPU:3', '/device:GPU:*',
         '/device:TPU_SYSTEM:0', 'device:CPU:0', '/job:worker', 'job:w', '/job:', '/job:1w', '/job:a b', '/job:w/job:x',
         '/job:worker/task:2/cpu:0', '/task:2/job:w/replica:1/gpu:3', '/CPU:0/task:1', '/job:w/device:CPU:0/', '/replica:01',
         '/cpu:01', '/cpu:-1', '/task:-1', '/task: 1', '/task:+1', '/task:1_0', '/task:-0', '/device::0', '/foo:1', '/xpu:0',
         '/cpu:0/gpu:1', '/cpu:0/device:CPU:0', '/task:a', '/replica:', '/cpu:x', '/cpu:', '/device:CPU', '/device', '/job:w:1',
         '/cpu:0:0', '/cpu:1__0', "/it's:1"]


def device_of(name):
    try:
        with tf.Graph().as_default(), tf.device(name):
            return tf.no_op().device
    except ValueError as error:
        return {'error': type(error).__name__, 'message': str(error)}


def main(output):
    with open(output, 'w', encoding='utf-8') as file:
        json.dump([[name, device_of(name)] for name in NAMES], file, separators=(',', ':'))
        file.write('\n')


if __name__ == '__main__':
    here = os.path.dirname(os.path.abspath(__file__))
    main(sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, '..', 'golden', 'devices.json'))
