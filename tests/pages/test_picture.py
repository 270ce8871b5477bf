"""The Picture page without a browser: its numbers are the engine's, and no file brings it down."""

import base64
import contextlib
import io
import json
import re
import struct
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from attention.images import (
    CHANNELS,
    cbam,
    feature_maps,
    illustrative_channel_weights,
    illustrative_spatial_weights,
)
from attention.sources.images import MAX_BYTES, read_image
from pages.shared.picture_blocks import sample_view
from pages.shared.picture_source import SAMPLES, SIDE
from pages.shared.picture_view import arrays
from pages.shared.picture_weights import CHANNEL, DEFAULT, GAIN, SPATIAL, default
from pages.shared.texts import strings
from tests.pages.conftest import checked, component, map_values

ROOT = Path(__file__).parents[2]


def engine(data: bytes, *, favour=None, **spatial):
    channels = feature_maps(read_image(data, max_side=SIDE).rgb)
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


def test_the_map_is_the_engines_mask(open_page):
    app = open_page("picture")
    np.testing.assert_array_equal(shown(app), engine(sample("rocket")).mask)


@pytest.mark.parametrize("code", SAMPLES)
def test_every_sample_opens_by_its_code(open_page, code):
    app = open_page("picture", sample=code)
    np.testing.assert_array_equal(shown(app), engine(sample(code)).mask)


def test_the_first_screen_says_what_is_seen_and_whose_the_weights_are(open_page, language):
    app, texts = open_page("picture"), strings(language)
    assert texts["picture.lead"] in [text.value for text in app.markdown]
    assert texts["picture.badge_help"] in [caption.value for caption in app.caption]


def test_every_map_shows_the_engines_numbers(open_page):
    app = open_page("picture", sample="cat", channel="skin")
    trace = engine(sample("cat"))
    for name, values in {
        "map_channels": trace.channel.X[CHANNELS.index("skin")],
        "map_max_map": trace.spatial.pooled[0],
        "map_mean_map": trace.spatial.pooled[1],
        "map_logits": trace.spatial.logits,
    }.items():
        np.testing.assert_array_equal(map_values(app, name), values.astype(np.float32), err_msg=name)


def test_the_bars_are_the_engines_gates(open_page, language):
    app = open_page("picture", sample="coffee")
    channel = engine(sample("coffee")).channel
    (chart,) = app.get("plotly_chart")
    average, maximum, total, gates = json.loads(chart.proto.spec)["data"]
    for bars, numbers in (
        (average, channel.path_logits["avg"]),
        (maximum, channel.path_logits["max"]),
        (total, channel.logits),
        (gates, channel.gates),
    ):
        np.testing.assert_allclose(decoded(bars["x"]), numbers, rtol=1e-6)
    assert gates["customdata"] == [strings(language)[f"picture.channel.{name}"] for name in CHANNELS]
    widest = gates["customdata"][int(channel.gates.argmax())]
    assert widest in chart.proto.alt


def decoded(values) -> np.ndarray:
    """A list, or Plotly's typed array."""
    if isinstance(values, list):
        return np.array(values)
    return np.frombuffer(base64.b64decode(values["bdata"]), np.dtype(values["dtype"]))


def test_the_bars_are_sorted_on_demand(open_page):
    app = open_page("picture", order="gate")
    gates = json.loads(app.get("plotly_chart")[0].proto.spec)["data"][3]
    assert (np.diff(decoded(gates["x"])) <= 0).all()


def test_an_opened_pixel_ends_in_the_number_under_the_pointer(open_page):
    app = open_page("picture", sample="cat", pixel="120,80")
    trace = engine(sample("cat"))
    assert component(app, "map_mask")["chosen"] == [79, 119]
    assert f"= {trace.mask[79, 119]:.3f}" in formulas(app)
    products = [map_values(app, f"products_{plane}") for plane in ("max", "mean")]
    z = sum(plane.astype(np.float64).sum() for plane in products) + illustrative_spatial_weights().bias
    assert z == pytest.approx(trace.spatial.logits[79, 119], abs=1e-4)
    window = map_values(app, "window_mean")
    assert window[3, 3] == trace.spatial.pooled[1, 79, 119]


def test_the_window_of_a_corner_is_filled_with_zeros(open_page):
    app = open_page("picture", sample="cat", pixel="1,1")
    window = map_values(app, "window_max")
    assert (window[:3] == 0).all()
    assert (window[:, :3] == 0).all()
    assert f"= {engine(sample('cat')).mask[0, 0]:.3f}" in formulas(app)


def test_an_opened_gate_ends_in_the_number_of_its_bar(open_page):
    app = open_page("picture", sample="cat", channel="luminance")
    channel = engine(sample("cat")).channel
    i = CHANNELS.index("luminance")
    assert f"= {channel.gates[i]:.3f}" in formulas(app)
    hidden = map_values(app, "hidden_units")
    weights = illustrative_channel_weights(CHANNELS)
    for row, path in enumerate(("avg", "max")):
        z = hidden[row] @ weights.W2[i] + weights.b2[i]
        assert z == pytest.approx(channel.path_logits[path][i], abs=1e-5)


def test_sliders_move_the_mask_and_one_button_puts_them_back(open_page):
    app = open_page("picture")
    app.slider(key="thr").set_value(0.8).run()
    app.slider(key="sur").set_value(0.0).run()
    app.selectbox(key="fav").select("darkness").run()
    checked(app.slider(key="gain").set_value(-4.0).run())
    moved = engine(sample("rocket"), threshold=0.8, surround=0.0, favour={"darkness": -4.0}).mask
    np.testing.assert_array_equal(shown(app), moved)
    assert printed_lines(app)[0] == pytest.approx(moved[tuple(component(app, "map_mask")["chosen"])], abs=5e-7)
    (reset,) = [
        b for b in app.button if b.label in (lang["picture.weights.reset"] for lang in map(strings, ("en", "zh")))
    ]
    checked(reset.click().run())
    np.testing.assert_array_equal(shown(app), engine(sample("rocket")).mask)


def test_the_sliders_start_where_the_engine_starts():
    for slider in (*SPATIAL, *CHANNEL, GAIN):
        steps = (default(slider) - slider.lowest) / slider.step
        assert steps == pytest.approx(round(steps)), slider.key
        assert slider.lowest < default(slider) < slider.highest
    names = CHANNELS[::-1]
    np.testing.assert_array_equal(DEFAULT.channel_weights(names).W2, illustrative_channel_weights(names).W2)
    np.testing.assert_array_equal(DEFAULT.spatial_weights().kernel, illustrative_spatial_weights().kernel)


def test_the_printed_lines_print_the_numbers_on_the_page(open_page):
    app = open_page("picture", sample="shapes", pixel="77,33", channel="red_green")
    trace = engine(sample("shapes"))
    mask, gate = printed_lines(app)
    assert (mask, gate) == pytest.approx((trace.mask[32, 76], trace.gates[CHANNELS.index("red_green")]), abs=5e-7)
    assert f"= {mask:.3f}" in formulas(app)
    assert f"= {gate:.3f}" in formulas(app)


def test_the_printed_lines_work_for_an_upload(open_page, tmp_path):
    name = 'it\'s "mine" {x}.png'
    data = encoded(gradient())
    app = upload(open_page("picture"), data, name)
    (tmp_path / name).write_bytes(data)
    assert printed_lines(app, tmp_path)[0] == pytest.approx(engine(data).mask.max(), abs=0.2)
    row, column = component(app, "map_mask")["chosen"]
    assert printed_lines(app, tmp_path)[0] == pytest.approx(engine(data).mask[row, column], abs=5e-7)


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
        assert strings(language)[f"picture.done.{note}"].split("{")[0] in said
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
    ending = strings(language)[f"picture.refused.{reason}"].split("}")[-1]
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
        key.split(".")[-1] for key in strings("en") if key.startswith("picture.done.")
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
    (remove,) = [b for b in app.button if b.label == strings(language)["picture.upload.remove"]]
    checked(remove.click().run())
    assert "mine" not in app.session_state
    np.testing.assert_array_equal(shown(app), engine(sample("cat")).mask)


def test_junk_in_the_address_falls_back(open_page):
    junk = {"sample": "../../etc/passwd", "pixel": "9999,-1", "channel": "x", "order": "?", "fav": "<b>", "thr": "NaN"}
    app = open_page("picture", **junk)
    np.testing.assert_array_equal(shown(app), engine(sample("rocket")).mask)
    for name in ("sample", "pixel", "channel", "order", "fav"):
        assert name not in app.query_params


def test_a_pixel_outside_this_picture_falls_back_to_the_strongest(open_page):
    app = open_page("picture", sample="cat", pixel="256,171")  # the cat is 256 x 170
    row, column = component(app, "map_mask")["chosen"]
    logits = engine(sample("cat")).spatial.logits
    assert logits[row, column] == logits[3:-3, 3:-3].max()


def test_a_mask_that_is_shut_says_so(open_page, language):
    app = open_page("picture", sample="cat")
    app.slider(key="mean").set_value(0.0).run()
    checked(app.slider(key="max").set_value(0.0).run())
    assert component(app, "map_mask")["text"]["sentence"] == strings(language)["picture.mask.closed"]


def test_what_is_taken_home_holds_every_stage():
    stages = arrays(sample_view("cat"))
    z = stages["hidden_average"] @ stages["W2"].T + stages["hidden_maximum"] @ stages["W2"].T + 2 * stages["b2"]
    np.testing.assert_allclose(z, stages["gate_logits"], atol=1e-5)
    np.testing.assert_allclose(1 / (1 + np.exp(-stages["mask_logits"])), stages["mask"], atol=1e-6)
    refined = stages["channels"] * stages["gates"][:, None, None] * stages["mask"]
    np.testing.assert_allclose(refined, stages["refined"], atol=1e-6)
    assert set(stages["names"]) == set(CHANNELS)
