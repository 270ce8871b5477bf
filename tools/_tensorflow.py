"""Reads TensorFlow checkpoints ("tensor bundles") without TensorFlow.

A checkpoint is two files: `.index`, a sorted table of names to protocol buffers that say type, shape and
place, and `.data-00000-of-00001`, the numbers. TensorFlow tells their formats in its source: the table, which
is LevelDB's, in tensorflow/core/lib/io/table_format.txt, its entries in
tensorflow/core/protobuf/tensor_bundle.proto.
"""

from collections.abc import Iterator

import numpy as np

from tools._protobuf import message, varint

MAGIC = 0xDB4775248B80FB57
DTYPES = {1: np.dtype("<f4"), 2: np.dtype("<f8")}  # tensorflow/core/framework/types.proto


def read_checkpoint(index: bytes, data: bytes) -> dict[str, np.ndarray]:
    """Every tensor of a checkpoint with one data file, by name."""
    tensors = {}
    for name, value in _table(index):
        if name == b"":  # the header: how many data files, which byte order
            continue
        entry = message(value)
        dtype, offset, size = DTYPES[entry[1][0]], entry.get(4, [0])[0], entry[5][0]
        shape = [message(dimension)[1][0] for dimension in message(entry[2][0]).get(2, [])]
        tensors[name.decode()] = np.frombuffer(data[offset : offset + size], dtype).reshape(shape)
    return tensors


def _table(table: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Names and values of a table: its footer points to the index block, and that to the data blocks."""
    footer = table[-48:]
    if int.from_bytes(footer[-8:], "little") != MAGIC:
        raise ValueError("not a TensorFlow checkpoint index: the last eight bytes are not the table's mark")
    position = 0
    for _ in range(2):  # past the handle of the metaindex block, an offset and a size
        _, position = varint(footer, position)
    for _, handle in _block(table, footer[position:]):
        yield from _block(table, handle)


def _block(table: bytes, handle: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Entries of the block at `handle`. A name leaves out what it shares with the name before it."""
    offset, position = varint(handle, 0)
    size, _ = varint(handle, position)
    if table[offset + size] != 0:
        raise ValueError("a block of the checkpoint index is compressed")
    block = table[offset : offset + size]
    restarts = int.from_bytes(block[-4:], "little")
    end = size - 4 * (restarts + 1)
    name, position = b"", 0
    while position < end:
        shared, position = varint(block, position)
        added, position = varint(block, position)
        length, position = varint(block, position)
        name = name[:shared] + block[position : position + added]
        position += added
        yield name, block[position : position + length]
        position += length
