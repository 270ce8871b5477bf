"""What the tests of the picture page share: the engine's own answer, uploads, and what the page shows."""

import io
from pathlib import Path

import numpy as np
from PIL import Image

from pages.shared.picture_source import SAMPLES
from tests.pages.conftest import checked

ROOT = Path(__file__).parents[2]


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


def formulas(app) -> str:
    return " ".join(element.value for element in app.get("latex"))
