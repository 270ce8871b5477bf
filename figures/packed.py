"""Numbers as they travel to a component (assets/components/common/words.js unpacks them).

Up to ``EXACT`` numbers travel as base64 of little-endian float32, so that what the reader's pointer shows is the number
that was computed; more of them travel as 16-bit steps of their range (an error below 1e-5 of it), and more than
``FINE`` as 8-bit steps (below 0.2 %).
"""

import base64
from math import prod

import numpy as np

EXACT = 512 * 512
FINE = 4 * EXACT


def pack(values: np.ndarray, *, exact: int = EXACT) -> dict:
    """Finite numbers of any shape, as plain JSON types; the receiver knows the shape.

    `exact` is how many travel as they are, at most.
    """
    values = np.asarray(values)
    if values.size <= exact:
        return {"type": "float32", "data": _text(values.astype("<f4"))}
    kind, most = ("<u2", 65535) if values.size <= FINE else ("u1", 255)
    low, high = float(values.min()), float(values.max())
    steps = np.rint((values - low) * (most / ((high - low) or 1.0))).astype(kind)
    return {"type": f"uint{8 * steps.itemsize}", "range": [low, high], "data": _text(steps)}


def unpack(packed: dict, shape: tuple[int, ...]) -> np.ndarray:
    """What the component reads: a float32 array of `shape`."""
    raw = base64.b64decode(packed["data"])
    if packed["type"] == "float32":
        return np.frombuffer(raw, "<f4", prod(shape)).reshape(shape)
    low, high = packed["range"]
    kind, most = ("<u2", 65535) if packed["type"] == "uint16" else ("u1", 255)
    steps = np.frombuffer(raw, kind, prod(shape))
    return (np.float32(low) + steps * np.float32((high - low) / most)).reshape(shape)


def _text(array: np.ndarray) -> str:
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()
