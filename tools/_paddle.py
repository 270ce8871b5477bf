"""Parameters out of a PaddlePaddle inference model, read without PaddlePaddle.

The formats are Paddle's own: ``framework.proto`` for the program (.pdmodel), ``SerializeToStream`` in
``paddle/phi/core/framework/dense_tensor_serialize.cc`` for the tensors (.pdiparams), one after the other in the order
of their names.
"""

import struct
from collections.abc import Iterator

import numpy as np

_PERSISTENT = {7}  # framework.proto, VarType.Type: LOD_TENSOR; feed and fetch lists persist too but hold no numbers
_DTYPES = {5: np.dtype("<f4"), 2: np.dtype("<i4"), 3: np.dtype("<i8")}


def read_parameters(program: bytes, parameters: bytes) -> dict[str, np.ndarray]:
    """Every parameter of a model by its name, from the bytes of its .pdmodel and its .pdiparams."""
    tensors, place = {}, 0
    for name in sorted(_parameter_names(program)):
        tensors[name], place = _read_tensor(parameters, place)
    if place != len(parameters):
        raise ValueError(f"{len(parameters) - place} bytes are left after the last parameter")
    return tensors


def _parameter_names(program: bytes) -> Iterator[str]:
    for block in _values(program, 1):
        for variable in _values(block, 3):
            (kind,) = (next(_values(kind, 1)) for kind in _values(variable, 2))
            if kind in _PERSISTENT and 1 in _values(variable, 3):
                yield next(_values(variable, 1)).decode()


def _read_tensor(data: bytes, place: int) -> tuple[np.ndarray, int]:
    """The tensor whose record begins at `place`, and where the next record begins."""
    _, levels = struct.unpack_from("<IQ", data, place)
    if levels:
        raise ValueError("tensors of ragged rows are not read")
    _, size = struct.unpack_from("<Ii", data, place + 12)
    place += 20
    description = data[place : place + size]
    dtype = _DTYPES[next(_values(description, 1))]
    shape = tuple(_values(description, 2))
    place += size
    count = int(np.prod(shape))
    return np.frombuffer(data, dtype, count, place).reshape(shape), place + count * dtype.itemsize


def _values(message: bytes, wanted: int) -> Iterator[int | bytes]:
    """The values of one field of a Protocol Buffers message: numbers, or the bytes of texts and messages."""
    place = 0
    while place < len(message):
        tag, place = _varint(message, place)
        field, wire = tag >> 3, tag & 7
        if wire == 0:
            value, place = _varint(message, place)
        else:
            size, place = _varint(message, place) if wire == 2 else ({1: 8, 5: 4}[wire], place)
            value, place = message[place : place + size], place + size
        if field == wanted:
            yield value


def _varint(message: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[place]
        value |= (byte & 0x7F) << shift
        shift, place = shift + 7, place + 1
        if byte < 0x80:
            return value, place
