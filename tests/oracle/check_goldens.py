"""The golden files are what TensorFlow writes: every maker runs again, and every byte is compared.

The one exception is the net that was trained; check_convnet.py says why.
"""
import concurrent.futures
import json
import os
import subprocess
import sys

import check_convnet
import make_golden
from compare_files import differing, files_below

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, '..', '..')
GOLDEN = os.path.join(HERE, '..', 'golden')
# Beside make_golden.py, what makes goldens: the file or the folder that it takes as argument, and writes.
MAKERS = {
    'make_assign_golden.py': 'assign-arithmetic.json',
    'make_averages_golden.py': 'averages-story.jsonl',
    'make_bottleneck_golden.py': 'bottleneck',
    'make_bytes_golden.py': 'surrogateescape.json',
    'make_convnet_golden.py': 'convnet',
    'make_devices_golden.py': 'devices.json',
    'make_errno_golden.py': 'errno.json',
    'make_formats_golden.py': 'formats',
    'make_frozen_golden.py': 'frozen',
    'make_graphs_golden.py': 'graphs',
    'make_import_golden.py': 'import-graph-def.json',
    'make_merge_golden.py': 'merge',
    'make_meta_golden.py': 'meta-graphs.json',
    'make_names_golden.py': 'unique-name.json',
    'make_object_based_golden.py': 'object-based',
    'make_ops_golden.py': 'ops/answers.json',
    'make_partitioned_golden.py': 'partitioned',
    'make_path_golden.py': 'path.json',
    'make_saved_model_golden.py': 'saved-model',
    'make_saver_golden.py': 'saver-nodes',
    'make_slices_golden.py': 'slices',
    'make_state_golden.py': 'checkpoint-state.json',
    'make_tensor_golden.py': '',
    'make_tensor_proto_golden.py': 'tensor-proto.json',
    'make_text_format_golden.py': 'text-format',
    'make_v1_golden.py': 'v1',
    'make_variable_nodes_golden.py': 'variable-nodes',
}
# What make_tensor_golden.py writes into the folder of all.
OF_TENSORS = ['format-array.json', 'float-conversions.json']
# generate-ops.py has this one; compared below.
OP_LIST = os.path.join('ops', 'op-list.pb.gz')


def check(table, folder):
    made = os.path.join(folder, 'golden')
    os.mkdir(made)
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        rest = pool.map(lambda maker: run_maker(maker, made), MAKERS)
        faults, files = check_checkpoints(made)
        faults += [fault for more in rest for fault in more]
    for maker, argument in MAKERS.items():
        written = files_of(argument, made)
        files += written
        if argument == 'convnet':
            faults += check_convnet.differing_convnet(os.path.join(GOLDEN, argument), os.path.join(made, argument))
        else:
            faults += differing(GOLDEN, made, written)
    files.append(OP_LIST)
    faults += [f'{file}: nothing in check_goldens.py makes it' for file in files_below(GOLDEN) if file not in files]
    table.add('goldens, made again: every byte', f'{len(files)} files', faults)
    check_ops(table)


def run_maker(maker, made):
    """Its last line, where it fails."""
    target = os.path.join(made, MAKERS[maker])
    os.makedirs(os.path.dirname(target), exist_ok=True)
    command = [sys.executable, os.path.join(HERE, maker), target]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if done.returncode == 0:
        return []
    return [f'{maker}: {(done.stderr.decode(errors="replace").strip() or "failed").splitlines()[-1][:300]}']


def files_of(argument, made):
    """What a maker wrote, or wrote when the goldens were committed."""
    if argument == '':
        return list(OF_TENSORS)
    if os.path.splitext(argument)[1]:
        return [argument]
    return sorted({file for top in (GOLDEN, made) for file in files_below(top, argument)})


def check_checkpoints(made):
    here = os.getcwd()
    make_golden.make(made)
    os.chdir(here)
    old, new = (manifest_of(folder) for folder in (GOLDEN, made))
    files = sorted({file for golden in old['goldens'] + new['goldens'] for file in golden['files']})
    faults = differing(GOLDEN, made, files)
    if old['goldens'] != new['goldens']:
        faults.append('manifest.json: says other things')
    if old['versions'] != new['versions']:
        print(f'note: the goldens were made with {old["versions"]}, now with {new["versions"]}')
    return faults, files + ['manifest.json']


def manifest_of(folder):
    with open(os.path.join(folder, 'manifest.json'), encoding='ascii') as file:
        return json.load(file)


def check_ops(table):
    """The registry of ops, and the list that its tests hold it against."""
    command = [sys.executable, os.path.join(ROOT, 'scripts', 'generate-ops.py'), '--check']
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    said = done.stderr.decode(errors='replace').strip().splitlines()
    table.add('the registry of ops, generated again', '2 files', said[-5:] or ['failed'] if done.returncode else [])
