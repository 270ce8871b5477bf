"""Whole collections of pictures: a carried one, and Pillow's own where its source package can be fetched.

Every file gives its picture or one of the reader's reasons, and the largest that are accepted stay within 500 MB.
"""

import io
import os
import subprocess
import sys
import tarfile
import tempfile
import zlib
from pathlib import Path

import numpy as np
import PIL
import pytest
from PIL import Image, ImageOps

from attention.sources import SourceError
from attention.sources.images import FORMATS, MAX_PIXELS, read_image
from tests.attention.sources.carried_pictures import broken, carried
from tests.attention.sources.picture_files import encoded, png

ROOT = Path(__file__).parents[3]
MOST_BYTES = 500 * 10**6
CHANGED = {"stretched", "sixteen_bit", "colour_profile", "cmyk"}  # notes on what Pillow alone shows otherwise


@pytest.mark.parametrize("name", carried())
def test_a_carried_picture_is_read(name):
    data, expected = carried()[name]
    picture = read_image(data)
    assert picture.rgb.dtype == np.uint8
    assert picture.rgb.shape[2] == 3
    if expected is not None:
        assert picture.rgb.shape == expected.shape
        assert np.abs(picture.rgb - expected).mean() <= (4 if "jpeg" in name or name == "cmyk" else 0.6)


def test_the_carried_collection_is_large():
    assert len(carried()) >= 150


@pytest.mark.parametrize("name", broken())
def test_a_broken_picture_is_refused(name):
    with pytest.raises(SourceError):
        read_image(broken()[name])


@pytest.fixture(scope="session")
def pillow_pictures(request) -> Path:
    """The folder of Pillow's own test pictures, kept in pytest's cache; without the network what needs it is skipped.

    CI has just installed Pillow from the same place, so there it fails instead.
    """
    folder = request.config.cache.mkdir(f"pillow-{PIL.__version__}") / "images"
    if not folder.exists():
        with tempfile.TemporaryDirectory(dir=folder.parent) as place:
            command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", "pillow"]
            try:
                subprocess.run(
                    [*command, "--dest", place, f"pillow=={PIL.__version__}"],
                    check=True,
                    capture_output=True,
                    timeout=180,
                )
            except (subprocess.SubprocessError, OSError) as error:
                message = f"Pillow's source package cannot be fetched ({error}): the carried pictures alone are read"
                if os.environ.get("CI"):
                    pytest.fail(message)
                pytest.skip(message)
            (package,) = Path(place).glob("*.tar.gz")
            unpacked = Path(place) / "images"
            unpacked.mkdir()
            with tarfile.open(package) as archive:
                for member in archive:
                    if member.isfile() and "/Tests/images/" in member.name:
                        name = member.name.split("/Tests/images/")[1].replace("/", "~")
                        (unpacked / name).write_bytes(archive.extractfile(member).read())
            unpacked.rename(folder)
    return folder


def plainly(data: bytes) -> Image.Image:
    """What Pillow alone makes of a file: upright, on white."""
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


@pytest.mark.filterwarnings("ignore")  # Pillow's, about its own odd files
def test_pillows_own_pictures_are_read_or_refused(pillow_pictures):
    reasons, read = {}, 0
    for path in sorted(pillow_pictures.iterdir()):
        data = path.read_bytes()
        try:
            picture = read_image(data)
        except SourceError as error:
            reasons[path.name] = error.reason
            continue
        read += 1
        if not CHANGED & set(picture.notes):
            reference = plainly(data)
            assert picture.original_size == reference.size, path.name
            reference = reference.resize(picture.rgb.shape[1::-1], Image.Resampling.LANCZOS)
            assert np.abs(np.subtract(picture.rgb, reference, dtype=np.int16)).mean() <= 3, path.name
    web = {
        name
        for name in reasons
        if any(start.match((pillow_pictures / name).read_bytes()) for start in FORMATS.values())
    }
    assert read >= 600
    assert {reasons[name] for name in web} <= {"truncated_picture", "unreadable_picture", "too_many_pixels"}
    assert len(web) <= 0.08 * read
    assert {reasons[name] for name in set(reasons) - web} <= {"not_a_picture", "heic_photo"}


def flat_png(side: int, depth: int, colour_type: int, samples: int) -> bytes:
    """Written row by row, so that the test itself stays small."""
    packed, row = zlib.compressobj(1), b"\0" + b"\x40" * (side * samples * depth // 8)
    header = side.to_bytes(4) * 2 + bytes([depth, colour_type, 0, 0, 0])
    return png(header, b"".join([packed.compress(row) for _ in range(side)] + [packed.flush()]))


LARGE = {
    "png, transparent": lambda: flat_png(8_900, 8, 6, 4),
    "png, grey of 16 bits": lambda: flat_png(8_900, 16, 0, 1),
    "jpeg, progressive, full colour": lambda: encoded(
        Image.new("RGB", (8064, 6048), "teal"), "JPEG", progressive=True, subsampling=0
    ),
    "webp": lambda: encoded(Image.new("RGB", (5_200, 5_200), "teal"), "WEBP", method=0),
    "tiff in one strip": lambda: encoded(
        Image.new("RGBA", (6_600, 6_600), "teal"), "TIFF", compression="tiff_adobe_deflate", strip_size=6_600**2 * 4
    ),
}
# Linux's own note of the process's peak: what `resource` tells begins at the peak of the process that started it.
MEASURE = """
import re, sys
from pathlib import Path
from attention.sources.images import read_image
data = Path(sys.argv[1]).read_bytes()
print(max(read_image(data).original_size), re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
"""


@pytest.mark.parametrize("name", LARGE)
def test_a_large_picture_is_read_within_its_bytes(name, tmp_path):
    assert MAX_PIXELS >= 8_900**2
    (tmp_path / "large").write_bytes(LARGE[name]())
    found = subprocess.run(
        [sys.executable, "-c", MEASURE, str(tmp_path / "large")], cwd=ROOT, check=True, capture_output=True, text=True
    )
    side, kibibytes = map(int, found.stdout.split())
    assert side >= 5_200
    assert kibibytes * 1024 <= MOST_BYTES
