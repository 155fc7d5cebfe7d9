"""Writes ../golden/surrogateescape.json: byte strings and what Python reads them as.

    python make_bytes_golden.py [output]          (any Python 3; no packages)

A list of [bytes in hex, bytes.decode('utf-8', 'surrogateescape')]. Python has to encode each text to the same bytes.
"""
import json
import os
import random
import sys

SEQUENCES = [
    '', '00', '61', '7f', '80', 'bf', 'c0', 'c1', 'c2', 'df', 'e0', 'ed', 'ef', 'f0', 'f4', 'f5', 'f8', 'fc', 'fe',
    'ff',
    # The ends of each length of sequence, and one past them.
    'c280', 'dfbf', 'e0a080', 'e09fbf', 'ed9fbf', 'eda080', 'edbfbf', 'ee8080', 'efbfbd', 'efbfbf', 'f0908080',
    'f08fbfbf', 'f48fbfbf', 'f4908080', 'f5808080', 'f7bfbfbf', 'f888808080', 'fc8480808080',
    # Overlong forms of NUL, '/', U+007F, U+07FF, U+FFFF.
    'c080', 'c0af', 'c1bf', 'e08080', 'e080af', 'e081bf', 'f0808080', 'f08080af', 'f0808181',
    # Halves of surrogate pairs as UTF-8, whole pairs (CESU-8), and what Python's escapes would be.
    'eda0bd', 'edb880', 'eda0bdedb880', 'edb280', 'edb3bf', 'edb27f',
    # Cut off, at the end and before other text.
    'c3', 'c361', 'e282', 'e28261', 'e2', 'e261', 'e28282e2', 'f09f98', 'f09f9861', 'f09f', 'f09f61', 'f0', 'f061',
    'f490', 'ed', 'eda0', 'eda061', 'e0a0', 'e080', 'f080', 'f090', 'f48f', 'f48fbf', 'f48fbf61', 'c3c3a9',
    'e282e282ac', 'f09ff09f9880',
    # A byte order mark: at the start, twice, inside, alone, cut; other marks.
    'efbbbf', 'efbbbf61', 'efbbbfefbbbf', '61efbbbf', 'efbbbfff', 'ffefbbbf', 'efbb', 'efbb61', 'fffe', 'feff',
    'fffe6100',
    # Text with a stray byte before, behind and within.
    'ff61', '61ff', '61ff62', 'c3a9ff', 'ffc3a9', 'f09f9880ff', 'fff09f9880', '80c3a980e282ac80f09f988080', 'c3a9a9',
    'e282acac', 'f09f988080', '6d6f64656c2f77ff', '8080808080', 'e4b880e4b8', 'f4b08080', 'e9', '63616fe96c',
    '00ff00', 'ed9fbfeda080ee8080', 'f3a08081', 'cc81', '65cc81', 'e280a8', '0d0a', '2fc0af2f',
]


def random_strings():
    """Half of them any bytes, half of them text with bytes cut out or put in."""
    source = random.Random(7)
    for number in range(100):
        if number % 2 == 0:
            length = source.randrange(1, 12)
            yield bytes(source.choice((source.randrange(256), source.randrange(128, 256))) for _ in range(length))
            continue
        characters = [source.choice('aé€😀\u07ff\ud7ff\uffff𐀀ÿ/') for _ in range(source.randrange(1, 8))]
        text = bytearray(''.join(characters).encode())
        for _ in range(source.randrange(1, 4)):
            at = source.randrange(len(text) + 1)
            text[at:at + source.randrange(2)] = bytes(source.randrange(256) for _ in range(source.randrange(2)))
        yield bytes(text)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    output = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, '..', 'golden', 'surrogateescape.json')
    rows = []
    for data in [bytes.fromhex(text) for text in SEQUENCES] + list(random_strings()):
        text = data.decode('utf-8', 'surrogateescape')
        assert text.encode('utf-8', 'surrogateescape') == data
        rows.append(json.dumps([data.hex(), text]))
    with open(output, 'w') as file:
        file.write('[\n' + ',\n'.join(rows) + '\n]\n')


if __name__ == '__main__':
    main()
