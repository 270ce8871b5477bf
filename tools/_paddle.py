"""Parameters out of a PaddlePaddle inference model, read without PaddlePaddle.

The formats are Paddle's own: ``framework.proto`` for the program (.pdmodel), ``SerializeToStream`` in
``paddle/phi/core/framework/dense_tensor_serialize.cc`` for the tensors (.pdiparams), one after the other in the order
of their names.
"""

import struct
from collections.abc import Iterator

import numpy as np

from tools._protobuf import message

_TENSOR = 7  # framework.proto, VarType.Type: LOD_TENSOR; feed and fetch lists persist too but hold no numbers
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
    for block in message(program)[1]:
        for variable in map(message, message(block)[3]):
            kind = message(variable[2][0])[1][0]
            if kind == _TENSOR and variable.get(3) == [1]:
                yield variable[1][0].decode()


def _read_tensor(data: bytes, place: int) -> tuple[np.ndarray, int]:
    """The tensor whose record begins at `place`, and where the next record begins."""
    _, levels = struct.unpack_from("<IQ", data, place)
    if levels:
        raise ValueError("tensors of ragged rows are not read")
    _, size = struct.unpack_from("<Ii", data, place + 12)
    place += 20
    description = message(data[place : place + size])
    dtype, shape = _DTYPES[description[1][0]], tuple(description[2])
    place += size
    count = int(np.prod(shape))
    return np.frombuffer(data, dtype, count, place).reshape(shape), place + count * dtype.itemsize
