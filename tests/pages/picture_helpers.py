"""What the tests of the picture page share: the engine's own answer, uploads, and what the page shows."""

import contextlib
import io
from pathlib import Path

import numpy as np
from PIL import Image

from attention.images import (
    cbam,
    feature_maps,
    illustrative_channel_weights,
    illustrative_spatial_weights,
)
from attention.sources.images import read_image
from pages.shared.picture_source import SAMPLES
from tests.pages.conftest import checked, map_values

ROOT = Path(__file__).parents[2]


def engine(data: bytes, *, favour=None, **spatial):
    channels = feature_maps(read_image(data).rgb)
    channel_weights = illustrative_channel_weights(channels.names, favour=favour)
    return cbam(channels.maps, channel_weights, illustrative_spatial_weights(**spatial))


def sample(code: str) -> bytes:
    return SAMPLES[code].read_bytes()


def encoded(image: Image.Image, format: str = "PNG", **options) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, format, **options)
    return buffer.getvalue()


def gradient(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    rgb = np.zeros((height, width, 3), np.uint8)
    rgb[..., 0] = np.linspace(0, 255, width)
    rgb[height // 3 : height // 2, width // 3 : width // 2, 1] = 220
    return Image.fromarray(rgb).convert(mode)


def upload(app, data: bytes, name: str = "mine.png"):
    app.file_uploader[0].set_value((name, data, "image/png"))
    return checked(app.run())


def remove(app):
    """Take the reader's own picture away."""
    return checked(app.button(key="remove_mine").click().run())


def shown(app) -> np.ndarray:
    return map_values(app, "map_mask")


def printed_lines(app, folder: Path = ROOT) -> list[float]:
    """What the page's Python lines print when they are run."""
    (lines,) = [code.value for code in app.code if "cbam(" in code.value]
    with contextlib.chdir(folder), contextlib.redirect_stdout(io.StringIO()) as out:
        exec(lines, {})
    return [float(line) for line in out.getvalue().split()]


def formulas(app) -> str:
    return " ".join(element.value for element in app.get("latex"))
