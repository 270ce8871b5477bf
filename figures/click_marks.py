"""What the picture that readers click on (assets/components/click) draws: the picture, the object, clicks and a box.

The picture travels apart from what is made of the clicks, so that a click does not send it again.
"""

import base64
import io
from collections.abc import Mapping, Sequence

import numpy as np
from PIL import Image

Point = tuple[int, int, int]  # x, y in pixels of the picture; 1 = this, 0 = not this
Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels; right and bottom are the first ones outside


def picture_payload(picture: str, size: tuple[int, int], id: str) -> dict:
    """The picture as a data URL, its (width, height) in pixels, and what to tell it from others by."""
    return {"picture": picture, "size": [int(side) for side in size], "id": id}


def answer_payload(
    mask: np.ndarray,
    points: Sequence[Point],
    box: Box | None,
    *,
    id: str,
    sentence: str,
    words: Mapping[str, str],
    asks: int | None,
    does: str,
    shows: str,
    most: int,
) -> dict:
    """What was made of the clicks, as plain JSON types.

    Parameters
    ----------
    mask : (H, W) bool ndarray
        The object.
    points : sequence of Point
    box : Box, optional
    id : str
        Of the picture, as it was read.
    sentence : str
        The finding in words; also the text alternative for screen readers.
    words : dict of str to str
        ``keys``, the keyboard's hint; ``drag``, the answer to a click where boxes are drawn; ``place``, a template
        with ``{x}`` and ``{y}``.
    asks : int, optional
        The point whose token is looked at.
    does : {"new", "add", "not", "box"}
        What a click does.
    shows : {"mask", "cut", "nothing"}
        Whether the object is tinted or cut out.
    most : int
        How many points there may be.
    """
    return {
        "id": id,
        "mask": f"data:image/png;base64,{base64.b64encode(silhouette(mask)).decode()}",
        "points": [list(point) for point in points],
        "box": None if box is None else list(box),
        "asks": asks,
        "does": does,
        "shows": shows,
        "most": most,
        "sentence": sentence,
        "words": dict(words),
    }


def silhouette(mask: np.ndarray) -> bytes:
    """An (H, W) bool mask as a PNG file: white where it holds, transparent elsewhere."""
    return _png(np.stack([np.full(mask.shape, 255, np.uint8), np.where(mask, 255, 0).astype(np.uint8)], axis=-1))


def cut_out(rgb: np.ndarray, mask: np.ndarray) -> bytes:
    """The object as a PNG file of the picture's size: (H, W, 3) uint8 where the (H, W) bool mask holds."""
    return _png(np.where(mask[..., None], np.dstack([rgb, np.full(mask.shape, 255, np.uint8)]), 0).astype(np.uint8))


def _png(pixels: np.ndarray) -> bytes:
    """An (H, W, 2) or (H, W, 4) uint8 array, the last channel the opacity, as a PNG file."""
    buffer = io.BytesIO()
    Image.fromarray(pixels, {2: "LA", 4: "RGBA"}[pixels.shape[2]]).save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()
