"""What the Python sides share: the twins of tensorName() in sets.mjs and of peak.mjs."""
import re
import resource
import sys


def tensor_name(index):
    return f'model/block_{index // 1000:04d}/layer_{index % 1000:03d}/weights'


def peak_memory():
    """The most memory that this process had, in bytes."""
    if sys.platform == 'linux':
        with open('/proc/self/status') as file:
            found = re.search(r'^VmHWM:\s*(\d+) kB$', file.read(), re.MULTILINE)
        if found:
            return int(found.group(1)) * 1024
    # macOS counts in bytes, others in kB.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == 'darwin' else 1024)
