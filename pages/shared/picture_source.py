"""The picture of this page view: a sample, or the reader's own, which never leaves the reader's session."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from attention.sources.images import MAX_BYTES, MAX_PIXELS, read_image
from figures.overlays import jpeg_url

IMAGES = Path(__file__).parents[2] / "assets" / "images"
SAMPLES = {path.stem: path for path in sorted(IMAGES.glob("*.[jp][pn]g"))}  # code in the address: file
THUMBNAIL = 200


@dataclass(frozen=True, eq=False)
class OpenPicture:
    """A picture, ready to be shown and computed on.

    file : str
        What to call it in code: a path of ours, or the name of the reader's file.
    digest : str
        SHA-256 of the file: tells whether what was pinned was pinned on this picture.
    rgb : (H, W, 3) uint8 ndarray
        What is computed on and shown, `attention.sources.images.WORKING_SIDE` pixels at most.
    url, thumbnail : str
        The same as data URLs, large and small.
    original_size : (width, height) of the file
    notes : what `attention.sources.images.read_image` did to it
    """

    file: str
    digest: str
    rgb: np.ndarray
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
    picture = read_image(data)
    return OpenPicture(
        file=file,
        digest=sha256(data).hexdigest(),
        rgb=picture.rgb,
        url=jpeg_url(picture.rgb),
        thumbnail=jpeg_url(picture.rgb, longest=THUMBNAIL),
        original_size=picture.original_size,
        notes=tuple(note for note in picture.notes if note != "reduced"),
    )


def refusal_values(details: dict) -> dict[str, object]:
    """What the sentence about a refused file may name."""
    return {
        "format": details.get("format", ""),
        "megabytes": MAX_BYTES // 2**20,
        "size": f"{details.get('bytes', 0) / 2**20:.0f}",
        "megapixels": details.get("limit", MAX_PIXELS) // 10**6,
    }
