"""The reader's own picture: however it comes, it is read or answered, it is the same on all pages, and it goes."""

import base64
import gc
import re
import sys
import weakref
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from attention.sources.images import MAX_BYTES, read_image
from pages.pictures import choose, own_picture
from pages.pictures.channel_view import View
from pages.pictures.mixed_orders import Mixed
from pages.pictures.patches_view import PatchView
from pages.pictures.spatial_run import Run
from pages.pictures.stage_strip import Stage
from pages.shared import compute
from pages.shared.picture_source import SAMPLES
from pages.shared.texts import strings
from tests.pages.conftest import checked, component
from tests.pages.picture_helpers import ROOT, encoded, gradient, remove, upload

PAGES = ("channel", "spatial", "mixed", "patches", "compare")


def sent_by(module, name: str):
    """A picture that comes from a component of ours, as the browser sends it."""

    def send(app, data: bytes, file: str = "mine.png"):
        mount = getattr(module, name)
        picture = {"name": file, "data": base64.b64encode(data).decode()}

        def mount_once(**options):
            setattr(module, name, mount)
            mount(**options)
            return SimpleNamespace(picture=picture)

        setattr(module, name, mount_once)
        return checked(app.run())

    return send


WAYS = {
    "uploaded": upload,
    "pasted": sent_by(choose, "_STRIP"),
    "by button or camera": sent_by(own_picture, "_CAPTURE"),
}


@pytest.fixture(params=WAYS)
def bring(request):
    return WAYS[request.param]


def strip(app) -> dict:
    return component(app, "samples")


def said(app) -> str:
    return " ".join(caption.value for caption in app.caption)


def test_a_picture_is_read_however_it_comes(open_page, bring):
    data = encoded(gradient(900, 600))
    app = bring(open_page("channel", sample="cat"), data)
    np.testing.assert_array_equal(app.session_state["mine"].rgb, read_image(data).rgb)
    assert strip(app)["chosen"] == "mine"
    assert "900 × 600" in said(app)
    assert "640 × 427" in said(app)


def test_what_cannot_be_read_is_answered_however_it_comes(open_page, language, bring):
    app = bring(open_page("channel", sample="cat"), b"hello", "<b>notes</b>.txt")
    (answer,) = [warning.value for warning in app.warning]
    assert answer.endswith(strings(language)["own_picture.refused.not_a_picture"].split("}")[-1])
    assert "<b>" not in answer
    assert "mine" not in app.session_state
    assert strip(app)["chosen"] == "cat"


@pytest.mark.parametrize("sent", [{"name": "a.png", "data": "§"}, {"name": "", "data": ""}])
def test_what_a_browser_could_not_have_sent_is_answered_too(open_page, monkeypatch, sent):
    app = open_page("channel")
    answers = [SimpleNamespace(picture=sent), SimpleNamespace(picture=None)]
    monkeypatch.setattr(own_picture, "_CAPTURE", lambda **_: answers.pop(0))
    assert len(checked(app.run()).warning) == 1


BAD = {
    "empty_file": b"",
    "too_large": b"\x89PNG\r\n\x1a\n" + bytes(MAX_BYTES),
    "heic_photo": b"\0\0\0\x18ftypheic" + bytes(100),
    "not_a_picture": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "too_many_pixels": encoded(Image.new("1", (30_000, 3_000))),
    "truncated_picture": encoded(gradient(300, 200), "JPEG")[:-800],
    "unreadable_picture": b"\x89PNG\r\n\x1a\n" + b"\x07" * 200,
}


@pytest.mark.parametrize("reason", BAD)
def test_a_bad_file_gets_its_sentence_and_what_was_there_stays(open_page, language, reason):
    app = upload(open_page("compare", sample="cat"), encoded(gradient()))
    before = app.session_state["mine"]
    upload(app, BAD[reason], "photo.png")
    (answer,) = [warning.value for warning in app.warning]
    assert answer.endswith(strings(language)[f"own_picture.refused.{reason}"].split("}")[-1])
    assert "{" not in answer
    assert app.session_state["mine"] is before
    assert strip(app)["chosen"] == "mine"
    upload(app, encoded(gradient(30, 30)))
    assert not app.warning


def test_an_answer_does_not_follow_to_another_page(open_page):
    app = upload(open_page("channel"), b"hello")
    assert len(app.warning) == 1
    assert not checked(app.switch_page("pages/compare.py").run()).warning


def test_every_reason_and_every_note_of_the_reader_has_its_sentence():
    source = "".join((ROOT / "attention/sources" / name).read_text("utf-8") for name in ("images.py", "pixels.py"))
    assert set(re.findall(r"^- ``(\w+)``", source, re.MULTILINE)) == set(BAD)
    notes = set(
        re.findall(r"``(\w+)``", source[source.index("    notes : what") : source.index("    rgb: np.ndarray")])
    )
    assert "alpha_on_white" in notes
    assert {f"own_picture.done.{note}" for note in notes} <= set(strings("en"))


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (encoded(gradient(mode="CMYK"), "JPEG"), "cmyk"),
        (encoded(Image.fromarray(np.full((4, 5), 9_000, np.uint16))), "sixteen_bit"),
        (encoded(Image.new("RGBA", (60, 40), (255, 0, 0, 90))), "alpha_on_white"),
        (encoded(gradient(), "GIF", save_all=True, append_images=[Image.new("RGB", (60, 40), "blue")]), "first_frame"),
    ],
)
def test_one_line_says_what_was_done(open_page, language, data, note):
    app = upload(open_page("channel"), data)
    assert strings(language)[f"own_picture.done.{note}"] in said(app)


@pytest.mark.parametrize("other", PAGES[1:])
def test_the_same_picture_is_on_every_page(open_page, other):
    app = upload(open_page("channel", sample="cat"), encoded(gradient()))
    mine = app.session_state["mine"]
    checked(app.switch_page(f"pages/{other}.py").run())
    assert app.session_state["mine"] is mine
    assert strip(app)["chosen"] == "mine"
    assert "mine.png" in said(app).replace("\\", "")
    remove(app)
    assert strip(app)["chosen"] == "cat"
    checked(app.switch_page("pages/channel.py").run())
    assert strip(app)["chosen"] == "cat"


def test_two_sessions_with_the_same_file_share_nothing(open_page):
    data = encoded(gradient())
    first, second, third = open_page("channel"), open_page("channel"), open_page("channel")
    upload(first, data)
    upload(second, data)
    assert first.session_state["mine"] is not second.session_state["mine"]
    maps = [compute.picture_channels(app.session_state["mine"]).maps for app in (first, second)]
    assert not np.shares_memory(*maps)
    checked(third.run())
    assert "mine" not in third.session_state
    assert [item["id"] for item in strip(third)["items"]] == list(SAMPLES)


def test_all_sessions_share_what_comes_from_a_sample():
    one, other = (compute.picture_channels(compute.sample_picture("cat")) for _ in range(2))
    assert one is other


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_left_of_a_picture_that_is_removed(open_page, page):
    app = open_page(page, sample="shapes")
    gc.collect()
    before = compute._of_pictures().nbytes
    upload(app, encoded(gradient(640, 480)))
    picture = app.session_state["mine"]
    compute.picture_channels(picture)
    gone = [weakref.ref(picture), weakref.ref(picture.rgb), weakref.ref(compute.picture_channels(picture).maps)]
    assert compute._of_pictures().nbytes > before
    del picture
    remove(app)
    gc.collect()
    assert [reference() for reference in gone] == [None] * 3
    assert compute._of_pictures().nbytes == before


@pytest.mark.parametrize("page", PAGES)
def test_an_open_page_keeps_no_maps_that_can_be_computed_again(open_page, page):
    app = open_page(page, sample="shapes")
    gc.collect()
    computed = (Stage, Run, Mixed, View, PatchView)
    assert [type(kept) for kept in gc.get_objects() if type(kept) in computed] == []
    assert strip(app)["chosen"] == "shapes"  # it is still open


def test_nothing_is_left_of_a_picture_that_is_replaced(open_page):
    app = upload(open_page("channel"), encoded(gradient(320, 200)))
    gone = weakref.ref(app.session_state["mine"])
    upload(app, encoded(gradient(200, 320)))
    gc.collect()
    assert gone() is None


def test_the_file_itself_is_not_kept(open_page, monkeypatch):
    removed = []
    store = own_picture.MemoryUploadedFileManager
    monkeypatch.setattr(store, "remove_file", lambda self, session_id, file_id: removed.append(file_id))
    upload(open_page("channel"), encoded(gradient()))
    assert len(removed) == 1


def test_a_picture_is_never_in_the_address_nor_on_disk(open_page, bring):
    app = open_page("channel")
    written, watching = [], True

    def watch(event: str, arguments: tuple) -> None:
        if watching and event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
            written.append(str(arguments[0]))

    sys.addaudithook(watch)
    bring(app, encoded(gradient()))
    watching = False
    assert [path for path in written if "__pycache__" not in path] == []
    assert set(app.query_params) <= {"lang"}
