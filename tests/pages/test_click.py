"""The page of clicks without a browser: what it shows is the network's own answer, whatever is asked."""

import base64
import contextlib
import gc
import io
import weakref
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from attention.networks.promptable import PromptTrace, load_promptable
from attention.sources.images import read_image
from figures.click_facts import attention_facts
from figures.numbers import percent
from pages.shared import compute, networks
from pages.shared.picture_source import SAMPLES
from pages.shared.texts import strings
from pages.trained import click_choice
from pages.trained.click_choice import GOOD, MOST, box_of, points_of
from pages.trained.click_view import ClickView
from tests.pages.conftest import component, map_values, printed_by
from tests.pages.picture_helpers import encoded, formulas, gradient, remove, upload

ROOT = Path(__file__).parents[2]
SIZE = (600, 400)  # of the coffee


@pytest.fixture(scope="module")
def coffee():
    """The coffee as the network reads it."""
    rgb = read_image(SAMPLES["coffee"].read_bytes()).rgb
    return load_promptable(ROOT / "assets/models/mobile-sam").read(rgb)


def answer(app):
    return component(app, "click_picture_answer")


def shown_mask(app):
    data = base64.b64decode(answer(app)["mask"].split(",")[1])
    return np.asarray(Image.open(io.BytesIO(data)))[..., 1] > 0


def chosen(app, key):
    return component(app, key)["chosen"]


def test_the_looks_are_as_the_text_under_the_page_says(coffee):
    """One head of the click's token sits on the click, then most do; at the end the mask's has the object."""
    trace = coffee.attend([(212, 282)], [1])
    click, mask, logits = trace.tokens.index("this"), trace.tokens.index(f"mask_{trace.best}"), trace.masks[trace.best]

    def facts(look, token):
        heads = trace.to_picture[look, :, token]
        return [attention_facts(head, logits, trace.frame.patches, (11, 15)) for head in heads]

    on_click = [sum(head.near > 0.5 for head in facts(look, click)) for look in range(3)]
    assert on_click[0] == 1
    assert on_click[1] > 4
    assert np.mean([head.on_object for head in facts(2, mask)]) > 2 * np.mean([h.on_object for h in facts(2, click)])


@pytest.mark.parametrize("code", SAMPLES)
def test_on_arrival_something_good_is_clicked(open_page, code):
    app = open_page("click", sample=code)
    ((x, y, wanted),) = answer(app)["points"]
    mask = shown_mask(app)
    assert wanted == 1
    assert mask[y, x]
    assert 0.01 < mask.mean() < 0.8
    assert f"assets/images/{SAMPLES[code].name}" in GOOD


def test_the_map_is_the_networks_own_attention(open_page, coffee):
    app = open_page("click", sample="coffee", points="282.212", token="click", round="2", sees="4", candidate="2")
    trace = coffee.attend([(212, 282)], [1])
    rows, columns = trace.frame.patches
    expected = trace.to_picture[1, 3, trace.tokens.index("this"), :rows, :columns]
    np.testing.assert_allclose(map_values(app, "click_attention"), expected, rtol=1e-4, atol=1e-6)
    np.testing.assert_array_equal(shown_mask(app), trace.logits(1) > 0)
    assert (chosen(app, "click_heads"), chosen(app, "click_proposals")) == ("4", "2")


def test_the_mean_of_the_masks_token_is_shown_at_first(open_page, coffee):
    app = open_page("click", sample="coffee", points="282.212")
    trace = coffee.attend([(212, 282)], [1])
    rows, columns = trace.frame.patches
    expected = trace.to_picture[2, :, 1 + trace.best].mean(axis=0)[:rows, :columns]
    np.testing.assert_allclose(map_values(app, "click_attention"), expected, rtol=1e-4, atol=1e-6)
    assert chosen(app, "click_heads") == "mean"


def test_clicks_and_a_box_from_a_link_are_asked_together(open_page, coffee):
    app = open_page("click", sample="coffee", points="282.212_-100.380", hull="100.20.480.390")
    trace = coffee.attend([(212, 282), (380, 100)], [1, 0], (20, 100, 390, 480))
    np.testing.assert_array_equal(shown_mask(app), trace.logits(trace.best) > 0)
    assert answer(app)["points"] == [[282, 212, 1], [100, 380, 0]]
    assert (answer(app)["box"], answer(app)["asks"]) == ([100, 20, 480, 390], 1)


def test_a_box_alone_asks_with_its_corner(open_page, coffee):
    app = open_page("click", sample="coffee", hull="170.10.420.270", token="click", round="1")
    trace = coffee.attend([], [], (10, 170, 270, 420))
    rows, columns = trace.frame.patches
    expected = trace.to_picture[0, :, trace.tokens.index("top_left")].mean(axis=0)[:rows, :columns]
    np.testing.assert_allclose(map_values(app, "click_attention"), expected, rtol=1e-4, atol=1e-6)
    assert answer(app)["asks"] is None


def test_the_finding_has_the_networks_own_numbers(open_page, language, coffee):
    app = open_page("click", sample="coffee", points="282.212")
    trace = coffee.attend([(212, 282)], [1])
    row, column = (trace.frame.shares([(212, 282)])[0] * 32).astype(int)
    looks = trace.to_picture[:2, :, trace.tokens.index("this")].mean(axis=1)
    first, second = (look[row - 1 : row + 2, column - 1 : column + 2].sum() for look in looks)
    sentence = answer(app)["sentence"]
    before = strings(language)["click.finding.click"].split("{last}")[0]
    assert sentence.startswith(before.format(first=percent(first), second=percent(second)))


def test_a_number_is_opened_down_to_its_products(open_page, coffee):
    app = open_page("click", sample="coffee", points="282.212", token="click", round="1", sees="4", gaze="15.12")
    trace = coffee.attend([(212, 282)], [1])
    one = trace.decoded.token_to_image[0]
    token, patch = trace.tokens.index("this"), 11 * 32 + 14
    products = one.Q[3, token] * one.K[3, patch]
    (table,) = [text.value for text in app.markdown if text.value.count("|") > 60]
    shown = [line.split("|")[-2].strip(" *").replace("−", "-") for line in table.splitlines()[2:]]
    np.testing.assert_allclose([float(cell) for cell in shown[:-1]], sorted(products, reverse=True), atol=6e-4)
    assert float(shown[-1]) == pytest.approx(products.sum(), abs=6e-4)
    assert float(formulas(app).split("=")[-1].strip("$ ")) == pytest.approx(one.weights[3, token, patch], rel=6e-3)
    assert chosen(app, "click_attention") == [11, 14]


@pytest.mark.parametrize("sees", ["mean", "7"])
def test_the_lines_print_the_opened_number(open_page, sees):
    app = open_page("click", sample="coffee", points="282.212_-20.20", token="click", sees=sees, gaze="15.12")
    (lines,) = [code.value for code in app.code if "load_promptable" in code.value]
    with contextlib.chdir(ROOT):
        (number,) = printed_by(lines)
    assert number == pytest.approx(map_values(app, "click_attention")[11, 14], rel=1e-4)


def test_read_finely_there_are_four_times_as_many_patches(open_page):
    coarse, fine = (open_page("click", sample="shapes", **more) for more in ({}, {"fine": "true"}))
    shapes = [map_values(app, "click_attention").shape for app in (coarse, fine)]
    assert shapes == [(24, 32), (48, 64)]
    both, either = shown_mask(coarse) & shown_mask(fine), shown_mask(coarse) | shown_mask(fine)
    assert both.sum() > 0.9 * either.sum()


JUNK = {"points": "9999.1", "hull": "50.50.20.20", "gaze": "99.99", "round": "4", "sees": "9", "candidate": "0"}
JUNK |= {"token": "<b>", "does": "x", "shows": "?"}


def test_junk_in_the_address_falls_back(open_page):
    app, plain = open_page("click", sample="cat", **JUNK), open_page("click", sample="cat")
    assert answer(app) == answer(plain)
    np.testing.assert_array_equal(map_values(app, "click_attention"), map_values(plain, "click_attention"))
    for name in JUNK:
        assert name not in app.query_params


@pytest.mark.parametrize("size", [(1, 1), (1, 40), (90, 37)])
def test_the_readers_own_picture_is_clicked_in_its_middle(open_page, size):
    app = upload(open_page("click"), encoded(gradient(*size)))
    assert answer(app)["points"] == [[size[0] // 2, size[1] // 2, 1]]
    assert shown_mask(app).shape == size[::-1]


def test_another_picture_is_clicked_anew(open_page):
    app = open_page("click", sample="coffee", points="10.10")
    upload(app, encoded(gradient(80, 60)))
    assert answer(app)["points"] == [[40, 30, 1]]
    assert "points" not in app.query_params


def test_nothing_is_left_of_a_picture_that_is_removed(open_page):
    app = open_page("click", sample="shapes")
    gc.collect()
    before = compute._of_pictures().nbytes
    upload(app, encoded(gradient(64, 48)))
    picture = app.session_state["mine"]
    gone = [weakref.ref(picture), weakref.ref(networks.read_by_promptable(picture, 512))]
    del picture
    remove(app)
    gc.collect()
    assert [reference() for reference in gone] == [None, None]
    assert compute._of_pictures().nbytes == before


def test_an_open_page_keeps_no_answer_that_can_be_computed_again(open_page):
    app = open_page("click", sample="shapes")
    gc.collect()
    assert [kept for kept in gc.get_objects() if type(kept) in (ClickView, PromptTrace)] == []
    assert len(answer(app)["points"]) == 1  # it is still open


def test_the_codes_of_clicks_and_boxes():
    assert points_of("3.4_-599.399", SIZE) == ((3, 4, 1), (599, 399, 0))
    for junk in ("", "3", "3.4_", "600.0", "0.400", "--3.4", "３.4", "3.4" + "_3.4" * MOST):
        assert points_of(junk, SIZE) is None
    assert box_of("0.0.600.400", SIZE) == (0, 0, 600, 400)
    for junk in ("", "0.0.601.400", "5.5.5.9", "-1.0.3.3", "1.2.3"):
        assert box_of(junk, SIZE) is None


class State(dict):
    """Stands for the session's state."""

    __getattr__ = dict.__getitem__


@pytest.fixture
def state(monkeypatch):
    state = State(points="", hull="", gaze="3.3", candidate="2")
    monkeypatch.setattr(click_choice.st, "session_state", state)
    return state


def ask(points, box=None):
    click_choice.ask({"points": points, "box": box}, "digest", SIZE)


def test_what_is_asked_is_taken_back_step_by_step(state):
    ask([[3, 4, 1]])
    assert (state.points, state.gaze, state.candidate) == ("3.4", "", "best")
    ask([[3, 4, 1], [5, 6, 0]])
    ask([], [1, 2, 30, 40])
    assert (state.points, state.hull) == ("", "1.2.30.40")
    click_choice.start_over("digest")
    assert (state.points, state.hull) == ("", "")
    for points, box in (("", "1.2.30.40"), ("3.4_-5.6", ""), ("3.4", ""), ("", "")):
        assert click_choice.can_undo("digest")
        click_choice.undo("digest")
        assert (state.points, state.hull) == (points, box)
    assert not click_choice.can_undo("digest")


def test_on_another_picture_nothing_is_taken_back(state):
    ask([[3, 4, 1]])
    state.points = ""  # as on another picture
    assert not click_choice.can_undo("another")


def test_what_a_link_brought_is_taken_back_from_its_end(state):
    state.update(points="3.4_-5.6", hull="1.2.30.40")
    for points, box in (("3.4", "1.2.30.40"), ("", "1.2.30.40"), ("", "")):
        assert click_choice.can_undo("digest")
        click_choice.undo("digest")
        assert (state.points, state.hull) == (points, box)
    assert not click_choice.can_undo("digest")


@pytest.mark.parametrize(
    "sent",
    [
        None,
        {},
        {"points": [], "box": None},
        {"points": [[600, 0, 1]], "box": None},
        {"points": [["a", 0, 1]], "box": None},
        {"points": [[1, 2]], "box": None},
        {"points": [], "box": [5, 5, 5, 5]},
        {"points": [[1, 2, 1]], "box": [0, 0, 601, 1]},
    ],
)
def test_junk_from_the_browser_changes_nothing(state, sent):
    before = dict(state)
    click_choice.ask(sent, "digest", SIZE)
    assert state == before
