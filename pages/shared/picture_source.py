"""The picture of this page view: a sample, or the reader's own, which never leaves the reader's session."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from attention.sources.images import MAX_BYTES, MAX_PIXELS, read_image
from figures.overlays import jpeg_url

IMAGES = Path(__file__).parents[2] / "assets" / "images"
SAMPLES = {path.stem: path for path in sorted(IMAGES.glob("*.[jp][pn]g"))}  # code in the address: file
# The longer side of what is computed. A 7x7 kernel needs a picture of the size that networks see, and every number on
# the page can be the number that was computed.
SIDE = 256
THUMBNAIL = 200


@dataclass(frozen=True, eq=False)
class OpenPicture:
    """A picture, ready to be shown and computed on.

    file : str
        What to call it in code: a path of ours, or the name of the reader's file.
    digest : str
        SHA-256 of the file: what its results are cached under.
    rgb : (H, W, 3) uint8 ndarray
        What is computed on, `SIDE` pixels at most.
    large : (H', W', 3) uint8 ndarray
        What is shown.
    url, thumbnail : str
        The same as data URLs, large and small.
    original_size : (width, height) of the file
    notes : what `attention.sources.images.read_image` did to it
    """

    file: str
    digest: str
    rgb: np.ndarray
    large: np.ndarray
    url: str
    thumbnail: str
    original_size: tuple[int, int]
    notes: tuple[str, ...]


def open_picture(data: bytes, file: str) -> OpenPicture:
    """Read a file.

    Raises
    ------
    SourceError
        As `attention.sources.images.read_image`.
    """
    large = read_image(data)
    # Read once more at the size of the computation: then the printed Python lines read the very same pixels.
    small = read_image(data, max_side=SIDE)
    return OpenPicture(
        file=file,
        digest=sha256(data).hexdigest(),
        rgb=small.rgb,
        large=large.rgb,
        url=jpeg_url(large.rgb),
        thumbnail=jpeg_url(small.rgb, longest=THUMBNAIL),
        original_size=large.original_size,
        notes=tuple(note for note in large.notes if note != "reduced"),
    )


def refusal_values(details: dict) -> dict[str, object]:
    """What the sentence about a refused file may name."""
    return {
        "format": details.get("format", ""),
        "megabytes": MAX_BYTES // 2**20,
        "size": f"{details.get('bytes', 0) / 2**20:.0f}",
        "megapixels": MAX_PIXELS // 10**6,
    }
