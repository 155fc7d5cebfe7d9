"""A small writer of LevelDB tables, and a rewriter of checkpoint indexes made with it.

TensorFlow writes indexes without compression and little-endian only, but reads more than that: the files made here are
what it reads and never writes. Not shared with tfsave: the judge has hands of his own.
"""
import struct

MAGIC = bytes.fromhex('57fb808b247547db')


def _crc_table():
    rows = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ 0x82F63B78 if value & 1 else value >> 1
        rows.append(value)
    return rows


_CRC = _crc_table()


def crc32c(data, crc=0):
    crc ^= 0xFFFFFFFF
    for byte in data:
        crc = _CRC[(crc ^ byte) & 255] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


def masked(crc):
    return (((crc >> 15) | (crc << 17)) + 0xA282EAD8) & 0xFFFFFFFF


def varint(number):
    out = b''
    while number >= 128:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def read_varint(data, at):
    number = shift = 0
    while True:
        byte = data[at]
        at += 1
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return number, at


def snappy(data):
    """A snappy stream with literals and with copies of one, two and four bytes of offset, overlapping ones too."""
    out, seen, start, at = varint(len(data)), {}, 0, 0
    copies = 0
    while at + 4 <= len(data):
        found = seen.get(data[at:at + 4])
        seen[data[at:at + 4]] = at
        if found is None:
            at += 1
            continue
        length = 4
        while at + length < len(data) and length < 64 and data[found + length] == data[at + length]:
            length += 1
        out += _literal(data[start:at]) + _copy(at - found, length, copies)
        copies += 1
        at += length
        start = at
    return out + _literal(data[start:])


def _literal(data):
    if not data:
        return b''
    last = len(data) - 1
    if last < 60:
        return bytes([last << 2]) + data
    size = (last.bit_length() + 7) // 8
    return bytes([(59 + size) << 2]) + last.to_bytes(size, 'little') + data


def _copy(offset, length, turn):
    if length < 12 and offset < 2048 and turn % 3 != 1:
        return bytes([(offset >> 8) << 5 | (length - 4) << 2 | 1, offset & 255])
    if offset < 65536 and turn % 7 != 6:
        return bytes([(length - 1) << 2 | 2]) + struct.pack('<H', offset)
    return bytes([(length - 1) << 2 | 3]) + struct.pack('<I', offset)


def _read_block(data, handle):
    at, position = read_varint(handle, 0)
    size, _ = read_varint(handle, position)
    body = data[at:at + size]
    (restarts,) = struct.unpack('<I', body[-4:])
    end, position, key, rows = len(body) - 4 - 4 * restarts, 0, b'', []
    while position < end:
        shared, position = read_varint(body, position)
        rest, position = read_varint(body, position)
        length, position = read_varint(body, position)
        key = key[:shared] + body[position:position + rest]
        position += rest
        rows.append((key, body[position:position + length]))
        position += length
    return rows


def read_table(data):
    """The rows of a table without compression, as (key, value)."""
    footer, at = data[-48:], 0
    for _ in range(2):
        _, at = read_varint(footer, at)
    return [row for _, handle in _read_block(data, footer[at:]) for row in _read_block(data, handle)]


def _block(rows, interval):
    out, last, restarts = b'', b'', []
    for number, (key, value) in enumerate(rows):
        shared = 0
        if number % interval == 0:
            restarts.append(len(out))
        else:
            while shared < min(len(last), len(key)) and last[shared] == key[shared]:
                shared += 1
        out += varint(shared) + varint(len(key) - shared) + varint(len(value)) + key[shared:] + value
        last = key
    restarts = restarts or [0]
    return out + struct.pack('<%dI' % (len(restarts) + 1), *restarts, len(restarts))


def build_table(rows, rows_per_block, compressed):
    """A table of these sorted rows; `compressed(number)` says which data blocks, and 'index', are snappy."""
    out = b''

    def emit(body, compress):
        nonlocal out
        body = snappy(body) if compress else body
        handle = varint(len(out)) + varint(len(body))
        kind = bytes([1 if compress else 0])
        out += body + kind + struct.pack('<I', masked(crc32c(body + kind)))
        return handle

    index = []
    for number, first in enumerate(range(0, len(rows), rows_per_block)):
        part = rows[first:first + rows_per_block]
        index.append((part[-1][0], emit(_block(part, 16), compressed(number))))
    footer = emit(_block([], 16), False) + emit(_block(index, 1), compressed('index'))
    return out + footer + b'\0' * (40 - len(footer)) + MAGIC
