"""Files of two folders, compared byte for byte."""
import filecmp
import os


def differing(ours, theirs, files):
    """A line for each file that is not the same bytes in both folders: committed or tfsave's, and TensorFlow's."""
    faults = []
    for file in files:
        a, b = os.path.join(ours, file), os.path.join(theirs, file)
        if not os.path.exists(a) or not os.path.exists(b):
            faults.append(f'{file}: {"not written" if os.path.exists(b) else "not expected"}')
        elif not filecmp.cmp(a, b, shallow=False):
            faults.append(f'{file}: other bytes{first_difference(a, b)}')
    return faults


def first_difference(a, b):
    with open(a, 'rb') as one, open(b, 'rb') as two:
        x, y = one.read(), two.read()
    at = next((place for place, (p, q) in enumerate(zip(x, y)) if p != q), min(len(x), len(y)))
    return f' from offset {at} (sizes {len(x)} and {len(y)})'


def files_below(folder, part=''):
    """Their paths, relative to the folder."""
    found = []
    for directory, _, files in os.walk(os.path.join(folder, part)):
        found += [os.path.relpath(os.path.join(directory, file), folder) for file in files]
    return sorted(found)
