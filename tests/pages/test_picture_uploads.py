"""Uploads on the picture page: a picture gets its mask, anything else one sentence, and nobody else sees it."""

import re
import struct
import sys
import zlib

import numpy as np
import pytest
from PIL import Image

from attention.sources.images import MAX_BYTES
from pages.shared.picture_source import SAMPLES
from pages.shared.texts import strings
from tests.pages.conftest import checked, component
from tests.pages.picture_helpers import ROOT, encoded, engine, gradient, printed_lines, sample, shown, upload


def animated() -> bytes:
    return encoded(gradient(), "GIF", save_all=True, append_images=[Image.new("RGB", (60, 40), "blue")])


def turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return encoded(gradient(), "JPEG", exif=exif)


@pytest.mark.parametrize(
    ("data", "shape", "note"),
    [
        pytest.param(encoded(gradient()), (40, 60), None, id="png"),
        pytest.param(encoded(gradient(), "JPEG"), (40, 60), None, id="jpeg"),
        pytest.param(encoded(gradient(), "WEBP"), (40, 60), None, id="webp"),
        pytest.param(encoded(gradient(), "BMP"), (40, 60), None, id="bmp"),
        pytest.param(encoded(gradient(), "TIFF"), (40, 60), None, id="tiff"),
        pytest.param(encoded(gradient(mode="P")), (40, 60), None, id="palette"),
        pytest.param(encoded(gradient(mode="L")), (40, 60), None, id="grey"),
        pytest.param(encoded(gradient(mode="CMYK"), "JPEG"), (40, 60), "cmyk", id="cmyk"),
        pytest.param(encoded(gradient(mode="I;16")), (40, 60), "sixteen_bit", id="16-bit"),
        pytest.param(encoded(Image.new("RGBA", (60, 40), (255, 0, 0, 90))), (40, 60), "alpha_on_white", id="alpha"),
        pytest.param(animated(), (40, 60), "first_frame", id="animated"),
        pytest.param(turned(), (60, 40), "rotated_by_exif", id="exif"),
        pytest.param(encoded(gradient(1200, 300)), (64, 256), "reduced", id="wide"),
        pytest.param(encoded(Image.new("RGB", (1, 1), "red")), (1, 1), None, id="1x1"),
        pytest.param(encoded(Image.new("RGB", (1, 20000), "red")), (256, 1), "reduced", id="1x20000"),
    ],
)
def test_an_upload_gets_its_mask_and_a_line_on_what_was_done(open_page, language, data, shape, note):
    app = upload(open_page("picture"), data)
    assert shown(app).shape == shape
    np.testing.assert_array_equal(shown(app), engine(data).mask)
    (said,) = [c.value for c in app.caption if "mine" in c.value]
    if note is not None:
        assert strings(language)[f"own_picture.done.{note}"].split("{")[0] in said
    assert "sample" not in app.query_params


def bomb() -> bytes:
    """A PNG that claims to be 30,000 pixels a side."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"0")) + chunk(b"IEND", b"")


BAD = {
    "empty_file": b"",
    "too_large": b"\x89PNG\r\n\x1a\n" + bytes(MAX_BYTES),
    "not_a_picture": b"<script>alert(1)</script>",
    "too_many_pixels": bomb(),
    "truncated_picture": encoded(gradient(300, 200), "JPEG")[:-800],
    "unreadable_picture": b"\x89PNG\r\n\x1a\n" + b"\x07" * 200,
}


@pytest.mark.parametrize("reason", BAD)
def test_a_bad_file_gets_a_sentence_and_what_was_there_stays(open_page, language, reason):
    app = open_page("picture", sample="cat")
    before = upload(app, encoded(gradient())).session_state["mine"]
    mask = shown(app)
    upload(app, BAD[reason], "<b>*photo*.png")
    (said,) = [warning.value for warning in app.warning]
    ending = strings(language)[f"own_picture.refused.{reason}"].split("}")[-1]
    assert said.endswith(ending)
    assert "{" not in said
    assert "<b>" not in said  # shown letter by letter, never as markup
    assert app.session_state["mine"] is before
    np.testing.assert_array_equal(shown(app), mask)
    upload(app, encoded(gradient(30, 30)))
    assert not app.warning


def test_every_reason_of_the_reader_has_its_sentence():
    source = (ROOT / "attention/sources/images.py").read_text(encoding="utf-8")
    reasons = set(re.findall(r"^- ``(\w+)``", source, re.MULTILINE))
    assert reasons == set(BAD)
    notes = set(re.findall(r'"(\w+)"', source[source.index("notes = []") :])) & {
        key.split(".")[-1] for key in strings("en") if key.startswith("own_picture.done.")
    }
    assert {"first_frame", "rotated_by_exif", "cmyk", "sixteen_bit", "stretched", "alpha_on_white"} <= notes


def test_two_sessions_do_not_see_each_others_upload(open_page):
    first, second = open_page("picture"), open_page("picture")
    upload(first, encoded(gradient()))
    checked(second.run())
    assert "mine" not in second.session_state
    np.testing.assert_array_equal(shown(second), engine(sample("rocket")).mask)
    assert len(component(second, "samples")["items"]) == len(SAMPLES)
    assert len(component(first, "samples")["items"]) == len(SAMPLES) + 1


def test_an_upload_is_never_in_the_address_nor_on_disk(open_page):
    app = open_page("picture")
    written, watching = [], True

    def watch(event: str, arguments: tuple) -> None:
        if watching and event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
            written.append(str(arguments[0]))

    sys.addaudithook(watch)
    upload(app, encoded(gradient()))
    watching = False
    assert [path for path in written if "__pycache__" not in path] == []
    assert set(app.query_params) <= {"lang"}


def test_an_upload_can_be_removed(open_page, language):
    app = upload(open_page("picture", sample="cat"), encoded(gradient()))
    (remove,) = [b for b in app.button if b.label == strings(language)["own_picture.remove"]]
    checked(remove.click().run())
    assert "mine" not in app.session_state
    np.testing.assert_array_equal(shown(app), engine(sample("cat")).mask)


def test_the_printed_lines_work_for_an_upload(open_page, tmp_path):
    name = 'it\'s "mine" {x}.png'
    data = encoded(gradient())
    app = upload(open_page("picture"), data, name)
    (tmp_path / name).write_bytes(data)
    assert printed_lines(app, tmp_path)[0] == pytest.approx(engine(data).mask.max(), abs=0.2)
    row, column = component(app, "map_mask")["chosen"]
    assert printed_lines(app, tmp_path)[0] == pytest.approx(engine(data).mask[row, column], abs=5e-7)
