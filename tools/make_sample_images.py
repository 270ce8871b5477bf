"""Make the sample pictures of assets/images: `python -m tools.make_sample_images`.

Four photographs come from scikit-image's wheel, and one drawing is our own.
Authors and licences are in assets/images/ATTRIBUTION.md. The photographs are checked by hash.
"""

import io
from pathlib import Path

from PIL import Image, ImageDraw

from attention.sources.images import WORKING_SIDE
from tools._envelope import open_wheel, read_member

REQUIREMENT = "scikit-image==0.26.0"
FOLDER = Path(__file__).parents[1] / "assets" / "images"
QUALITY = 88
PHOTOGRAPHS = {
    "astronaut": ("astronaut.png", "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5"),
    "cat": ("chelsea.png", "596aa1e7cb875eb79f437e310381d26b338a81c2da23439704a73c4651e8c4bb"),
    "coffee": ("coffee.png", "cc02f8ca188b167c775a7101b5d767d1e71792cf762c33d6fa15a4599b5a8de7"),
    "rocket": ("rocket.jpg", "c2dd0de7c538df8d111e479619b129464d0269d0ae5fd18ca91d33a7fdfea95c"),
}

GROUND = (216, 222, 226)
BLUE, TEAL, SLATE, ORANGE = (84, 120, 168), (92, 150, 152), (112, 128, 150), (232, 96, 32)
OVERSAMPLING = 4  # drawn larger and reduced, for smooth outlines


def photograph(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    picture.thumbnail((WORKING_SIDE, WORKING_SIDE), Image.Resampling.LANCZOS)
    return picture


def drawing() -> Image.Image:
    """Cool, calm shapes, and among them one warm triangle: the answer that every mechanism should give."""
    width, height, scale = 640, 480, OVERSAMPLING
    picture = Image.new("RGB", (width * scale, height * scale), GROUND)
    draw = ImageDraw.Draw(picture)
    colours = (BLUE, TEAL, SLATE)
    for row in range(3):
        for column in range(4):
            x, y, r = (80 + 160 * column) * scale, (80 + 160 * row) * scale, 44 * scale
            box = (x - r, y - r, x + r, y + r)
            if (row, column) == (1, 2):
                draw.polygon([(x, y - 1.2 * r), (x - 1.1 * r, y + 0.9 * r), (x + 1.1 * r, y + 0.9 * r)], ORANGE)
            elif (row + column) % 2:
                draw.rectangle(box, colours[(row + column) % 3])
            else:
                draw.ellipse(box, colours[(row + column) % 3])
    return picture.reduce(scale)


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open_wheel(REQUIREMENT, __doc__) as wheel:
        for name, (file, sha256) in PHOTOGRAPHS.items():
            picture = photograph(read_member(wheel, f"skimage/data/{file}", sha256))
            picture.save(FOLDER / f"{name}.jpg", quality=QUALITY, optimize=True, progressive=True)
    drawing().save(FOLDER / "shapes.png", optimize=True)
    for path in sorted(FOLDER.glob("*.[jp][pn]g")):
        with Image.open(path) as picture:
            print(f"{path.name}  {picture.width}x{picture.height}  {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
