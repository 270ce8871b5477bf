"""The page about detection without a browser: every step shows the detector's own numbers."""

import base64
import contextlib
from functools import cache

import numpy as np
import pytest

from attention.networks.detections import candidates, overlap, suppress
from attention.networks.detector import BLOCKS, DetectorTrace, load_detector
from attention.sources.images import read_image
from figures.masks import decode_values
from figures.packed import unpack
from pages.shared.compute import MODELS
from pages.shared.texts import strings
from pages.trained.yolo_choice import STEPS, STRIDES
from tests.pages.conftest import checked, component, printed_by
from tests.pages.picture_helpers import ROOT, encoded, formulas, gradient, sample, upload

CUP, PERSON, COFFEE = 41, 0, "coffee"


@cache
def engine(code: str = COFFEE, off: bool = False) -> DetectorTrace:
    gates = dict.fromkeys(range(1, len(BLOCKS) + 1), 1.0) if off else {}
    return load_detector(MODELS / "picodet")(read_image(sample(code)).rgb, gates=gates)


def kept(trace: DetectorTrace, score: float = 0.3, iou: float = 0.6) -> list[tuple[int, float, np.ndarray]]:
    found = candidates(trace.strides, score)
    steps = suppress(found.boxes, found.scores, iou, classes=found.classes)
    return [(int(found.classes[step.kept]), found.scores[step.kept], found.boxes[step.kept]) for step in steps]


def all_text(app) -> str:
    return " ".join(element.value for element in (*app.markdown, *app.subheader, *app.caption))


def shown_by(app) -> dict:
    return component(app, "detection")


def drawn(app, style: str = "kept") -> list[dict]:
    return [box for box in shown_by(app)["boxes"] if box["style"] == style]


def assert_same_boxes(shown: list[dict], expected: list) -> None:
    assert [box["colour"] for box in shown] == [kind for kind, _, _ in expected]
    np.testing.assert_allclose([box["score"] for box in shown], [score for _, score, _ in expected], rtol=1e-6)
    np.testing.assert_allclose([box["box"] for box in shown], [box for _, _, box in expected], rtol=1e-5, atol=1e-3)


def test_the_page_opens_with_boxes_and_their_sentence(open_page, language):
    app = open_page("yolo")
    shown = shown_by(app)
    assert_same_boxes(shown["boxes"], kept(engine()))
    names = strings(language)
    assert {box["label"] for box in shown["boxes"]} == {names["coco.cup"], names["coco.dining_table"]}
    for box in shown["boxes"]:
        assert f"{box['label']} {box['score']:.2f}" in shown["sentence"]
    assert "PicoDet" in all_text(app)
    assert "YOLO" in names["yolo.about"]


def test_where_nothing_is_found_the_best_guess_is_remembered(open_page):
    app = open_page("yolo", sample="rocket")
    assert kept(engine("rocket")) == []
    best = max(float(grid.scores.max()) for grid in engine("rocket").strides)
    (guess,) = drawn(app, "lost")
    assert guess["score"] == pytest.approx(best)
    assert f"{best:.2f}" in shown_by(app)["sentence"]


@pytest.mark.parametrize("stride", STRIDES)
def test_every_grid_marks_the_cells_that_wrote_its_boxes(open_page, stride):
    shown = shown_by(open_page("yolo", detect="grid", stride=stride))
    grid = next(grid for grid in engine().strides if grid.stride == int(stride))
    assert [shown["grid"][name] for name in ("rows", "columns")] == list(grid.alignment.shape)
    np.testing.assert_allclose(shown["grid"]["cell"], grid.cell)
    assert len(shown["marks"]) == len(shown["boxes"])
    for mark, box in zip(shown["marks"], shown["boxes"], strict=True):
        np.testing.assert_allclose(grid.boxes[tuple(mark["cell"])], box["box"], rtol=1e-5, atol=1e-3)


@pytest.mark.parametrize("stride", [8, 16, 32])
def test_the_map_is_the_scores_of_one_kind_on_one_grid(open_page, stride):
    app = open_page("yolo", detect="scores", object="person", stride=str(stride))
    grid = next(grid for grid in engine().strides if grid.stride == stride)
    np.testing.assert_array_equal(decode_values(component(app, "score_viewer")), grid.scores[PERSON])


def test_cells_of_the_coarsest_grid_are_cut_where_the_picture_ends(open_page):
    shown = decode_values(component(open_page("yolo", detect="scores", object="cup", stride="64"), "score_viewer"))
    scores = engine().strides[-1].scores[CUP]
    assert shown.shape == (13, 13)
    np.testing.assert_array_equal(shown[::2, ::2], scores)
    np.testing.assert_array_equal(shown[1::2, 1::2], scores[:6, :6])


def test_the_map_opens_the_loudest_cell_of_a_thing_that_does_not_fill_the_picture(open_page):
    app = open_page("yolo", detect="scores")
    grid = engine().strides[2]
    row, column = np.unravel_index(grid.scores[CUP].argmax(), grid.scores[CUP].shape)
    assert component(app, "score_viewer")["chosen"] == [row, column]
    assert f"{grid.scores[CUP, row, column]:.3f}" in formulas(app)
    assert f"{grid.classes[CUP, row, column]:.3f}" in formulas(app)
    assert f"{grid.alignment[row, column]:.3f}" in formulas(app)


def test_the_lines_under_the_map_print_the_opened_score(open_page):
    app = open_page("yolo", detect="scores", object="cup", stride="16", spot="3,9")
    with contextlib.chdir(ROOT):
        (number,) = printed_by(app.code[0].value)
    assert number == pytest.approx(engine().strides[1].scores[CUP, 8, 2], rel=1e-5)


def test_a_cells_box_is_placed_by_four_means(open_page):
    app = open_page("yolo", detect="sides", object="cup", stride="32", spot="6,4", side="bottom")
    grid = engine().strides[2]
    bins = component(app, "bins")
    np.testing.assert_allclose([side["weights"] for side in bins["sides"]], grid.bins[:, :, 3, 5], rtol=1e-5)
    np.testing.assert_allclose([side["mean"] for side in bins["sides"]], grid.distances[:, 3, 5], rtol=1e-5)
    assert bins["opened"] == 3
    shown = shown_by(app)
    assert shown["cell"] == [3, 5]
    np.testing.assert_allclose(shown["boxes"][0]["box"], grid.boxes[3, 5], rtol=1e-5, atol=1e-3)
    mean = grid.distances[3, 3, 5]
    assert f"{mean:.3f}" in formulas(app)
    assert rf"{mean:.3f} \times 32 = {mean * 32:.1f}" in formulas(app)
    assert rf"{mean:.3f} \times 32 \times \frac{{400}}{{416}} = {mean * 32 * 400 / 416:.1f}" in formulas(app)
    with contextlib.chdir(ROOT):
        assert printed_by(app.code[0].value) == pytest.approx([mean], rel=1e-5)
    assert f"**{mean:.4f}**" in all_text(app)


def test_all_candidates_travel_and_the_heading_counts_what_stays(open_page):
    app = open_page("yolo", detect="fewer", score="20", iou="40", nms="1")
    sent = shown_by(app)["candidates"]
    rows = np.frombuffer(base64.b64decode(sent["values"]["data"]), "<f4").reshape(-1, 6)
    found = candidates(engine().strides, 0.05)
    np.testing.assert_allclose(rows[:, :4], found.boxes, rtol=1e-5, atol=1e-3)
    np.testing.assert_array_equal(rows[:, 5], found.classes)
    assert (sent["score"], sent["iou"], sent["round"]) == (20, 40, 1)
    above, stay = np.count_nonzero(found.scores > 0.2), len(kept(engine(), 0.2, 0.4))
    assert all(str(count) in app.subheader[0].value for count in (above, stay))


def printed_boxes(lines: str) -> np.ndarray:
    """What the lines print, the names as numbers: (n, 6) of class, score and corners."""
    lines = lines.replace("found.boxes[step.kept])", "*found.boxes[step.kept].tolist())")
    with contextlib.chdir(ROOT):
        numbers = printed_by(lines.replace("trace.labels[found.classes[step.kept]]", "found.classes[step.kept]"))
    return np.reshape(numbers, (-1, 6))


def test_the_lines_print_the_boxes(open_page):
    numbers = printed_boxes(open_page("yolo", sample="cat", detect="fewer", score="25").code[0].value)
    expected = kept(engine("cat"), 0.25)
    assert numbers[:, 0].tolist() == [kind for kind, _, _ in expected]
    np.testing.assert_allclose(numbers[:, 2:], [box for _, _, box in expected], rtol=1e-4, atol=1e-2)


@pytest.mark.parametrize("instead", ["ones", "mean", "average"])
def test_the_lines_print_the_boxes_without_gates(open_page, instead):
    app = open_page("yolo", detect="gates", silent="1,5", silenced=instead, score="10")
    numbers, shown = printed_boxes(app.code[0].value), drawn(app)
    assert numbers[:, 0].tolist() == [box["colour"] for box in shown]
    np.testing.assert_allclose(numbers[:, 1], [box["score"] for box in shown], rtol=1e-4)
    np.testing.assert_allclose(numbers[:, 2:], [box["box"] for box in shown], rtol=1e-4, atol=1e-2)


def test_switched_off_gates_lose_boxes(open_page):
    app = open_page("yolo", detect="gates")
    own, off = kept(engine()), kept(engine(off=True))
    assert_same_boxes(drawn(app), off)
    gone = [
        (kind, score, box)
        for kind, score, box in own
        if not any(other == kind and overlap(box, found[None])[0] > 0.5 for other, _, found in off)
    ]
    assert gone
    assert_same_boxes(drawn(app, "lost"), gone)


def test_gates_come_back_one_by_one(open_page):
    app = open_page("yolo", detect="gates", silent="2,5")
    blocks = component(app, "detector_gates")["blocks"]
    assert [block["number"] for block in blocks if block["off"]] == [2, 5]
    for block, own in zip(blocks, engine().blocks, strict=True):
        np.testing.assert_array_equal(unpack(block["own"], own.own.shape), own.own)
    assert (unpack(blocks[4]["used"], (96,)) == 1).all()
    app = checked(app.button(key="silent_none").click().run())
    assert_same_boxes(drawn(app), kept(engine()))
    assert drawn(app, "lost") == []


def test_every_step_leads_to_the_next(open_page):
    app = open_page("yolo")
    for step in STEPS[1:]:
        app = checked(app.button(key="onward").click().run())
        assert app.session_state.detect == step


def test_another_thing_is_looked_for_where_it_is_loudest(open_page):
    app = open_page("yolo", detect="scores", object="cup", stride="8", spot="1,1")
    app = checked(app.selectbox(key="object").set_value("spoon").run())
    spoon = engine().labels.index("spoon")
    best = max(engine().strides, key=lambda grid: grid.scores[spoon].max())
    assert app.session_state.stride == str(best.stride)
    row, column = np.unravel_index(best.scores[spoon].argmax(), best.scores[spoon].shape)
    parts = 2 if best.stride == 64 else 1
    assert component(app, "score_viewer")["chosen"] == [parts * row, parts * column]


JUNK = {"object": "unicorn", "stride": "7", "spot": "99,0", "side": "up", "score": "4", "iou": "x", "nms": "-1"}


@pytest.mark.parametrize("step", [*STEPS, "junk"])
def test_junk_in_the_address_is_the_default(open_page, step):
    app = open_page("yolo", detect=step, silent="9,x", silenced="zzz", **JUNK)
    state = app.session_state
    assert (state.score, state.iou, state.nms) == ("30", "60", "0")
    assert state.detect == (step if step in STEPS else "boxes")


@pytest.mark.parametrize("step", ["grid", "sides"])
def test_every_cell_says_its_loudest_word_and_its_box(open_page, step):
    sent = shown_by(open_page("yolo", detect=step, stride="16"))["each"]
    rows = np.frombuffer(base64.b64decode(sent["values"]["data"]), "<f4").reshape(26, 26, 6)
    grid = engine().strides[1]
    np.testing.assert_allclose(rows[..., :4], grid.boxes, rtol=1e-5, atol=1e-3)
    np.testing.assert_array_equal(rows[..., 4], grid.scores.max(axis=0))
    np.testing.assert_array_equal(rows[..., 5], grid.scores.argmax(axis=0))


def test_a_sentence_names_a_few_boxes_and_counts_the_others(open_page, language):
    sentence = shown_by(open_page("yolo", sample="shapes", score="10"))["sentence"]
    rest = len(kept(engine("shapes"), 0.1)) - 6
    more = strings(language)["yolo.boxes.more"].partition("{things}")[2].format(count=rest)
    assert rest > 0
    assert more in sentence


@pytest.mark.parametrize("size", [(1, 1), (900, 7), (5, 640)])
def test_a_picture_of_any_shape_goes_through_every_step(open_page, size):
    app = upload(open_page("yolo"), encoded(gradient(*size)))
    for step in STEPS:
        app.session_state.detect = step
        app = checked(app.run())
    assert shown_by(app)["size"] == list(size if size != (900, 7) else (640, 5))


def test_another_picture_is_asked_for_what_it_shows(open_page):
    app = open_page("yolo", detect="scores", object="cup", stride="8", spot="1,1")
    app.session_state.sample = "astronaut"
    app = checked(app.run())
    assert app.session_state.object == "person"
    grid = max(engine("astronaut").strides, key=lambda grid: grid.scores[PERSON].max())
    assert app.session_state.stride == str(grid.stride)
