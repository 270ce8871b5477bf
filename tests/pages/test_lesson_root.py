"""The lesson on ÷√d: what its words say is what the engine computes, at every setting."""

import re

import numpy as np
import pytest
import streamlit as st

from attention.softmax import softmax
from attention.teaching.spread import DIMENSIONS, KEYS, divided, draw_trials, entropy, sharpness
from figures.numbers import percent, signed, weight
from pages.lessons.root import ALIKE, LESSON, SEED
from pages.shared.texts import strings

STATES = [{}, {"root_d": "1"}, {"root_d": "512", "root_seed": "7"}, {"root_d": "128", "root_alike": "true"}]


@pytest.mark.parametrize("address", STATES)
def test_the_findings_are_computed(open_page, language, address):
    app, texts = open_page("lesson_root", **address), strings(language)
    d, alike = int(address.get("root_d", 64)), ALIKE if "root_alike" in address else 0.0
    trials, at = draw_trials(int(address.get("root_seed", SEED)), alike=alike), DIMENSIONS.index(d)
    values, said = trials.pairs[at], [element.value for element in app.markdown]
    root = np.sqrt(d)
    assert (
        texts["lesson_root.spread_finding"].format(
            pairs=len(values),
            mean=signed(values.mean(), 2),
            deviation=signed(values.std(), 2),
            d=d,
            root=signed(root, 2),
            divided_mean=signed((values / root).mean(), 2),
            divided=signed((values / root).std(), 2),
        )
        in said
    )
    without, scaled = softmax(trials.rows[at, 0]), softmax(trials.rows[at, 0] / root)
    finding = texts["lesson_root.row_finding"].format(
        keys=KEYS,
        largest=percent(without.max()),
        divided_largest=percent(scaled.max()),
        entropy=signed(entropy(without), 2),
        divided_entropy=signed(entropy(scaled), 2),
        most=f"{np.log2(KEYS):g}",
    )
    assert finding in said
    norms = [sharpness(rows).gradient[at] for rows in (trials.rows, divided(trials.rows))]
    finding = texts["lesson_root.gradient_finding"].format(d=d, without=weight(norms[0]), divided=weight(norms[1]))
    assert finding in said
    measure = texts["lesson_root.gradient_measure"].format(rows=trials.rows.shape[1])
    assert measure in [element.value for element in app.caption]


@pytest.mark.parametrize("state", [{}, {"root_d": 512, "root_seed": 7}, {"root_d": 128, "root_alike": True}])
def test_on_paper_stands_what_the_charts_tell(monkeypatch, language, state):
    monkeypatch.setattr(st, "session_state", {"lang": language, **state})
    boxes = re.findall(r"<rect[^>]*/><text[^>]*>([^<]*)</text>", LESSON.picture())
    d, alike = state.get("root_d", 64), ALIKE if state.get("root_alike") else 0.0
    trials, at, root = draw_trials(state.get("root_seed", SEED), alike=alike), DIMENSIONS.index(d), np.sqrt(d)
    scores = trials.rows[at, 0], trials.rows[at, 0] / root
    expected = [signed(value, 2) for row in scores for values in (row, softmax(row)) for value in values]
    for measure in (np.mean, np.std):
        expected += [signed(measure(trials.pairs[at]), 2), signed(measure(trials.pairs[at]) / root, 2)]
    expected += [signed(root, 2), "1.00"]
    expected += [percent(softmax(row).max()) for row in scores]
    expected += [signed(entropy(softmax(row)), 2) for row in scores]
    expected += [weight(sharpness(rows).gradient[at]) for rows in (trials.rows, divided(trials.rows))]
    assert boxes == expected


def test_the_answers_on_paper_are_the_engines(language):
    answer = {code: strings(language)[f"lesson_root.try_answer.{code}"] for code in LESSON.moves}
    assert all(settings["root_seed"] == SEED for settings in LESSON.moves.values())
    trials, alike = draw_trials(SEED), draw_trials(SEED, alike=ALIKE)
    norms = sharpness(trials.rows).gradient, sharpness(divided(trials.rows)).gradient
    shares = [softmax(rows[-1, 0]).max() for rows in (trials.rows, divided(trials.rows))]
    told = [signed(trials.pairs[-1].std(), 2), f"√512 = {signed(np.sqrt(512), 2)}", *map(percent, shares)]
    assert in_order([*told, *(weight(norm[-1]) for norm in norms)], answer["wide"])
    (near, far), close = (DIMENSIONS.index(d) for d in (8, 16)), 0.05
    assert (np.abs(norms[0] - norms[1])[: near + 1] < close).all()
    assert (norms[1] - norms[0])[far] > close
    assert (np.diff(norms[0][near:]) < 0).all()  # "from there it falls"
    told = [[f"d = {d}", *(weight(norm[at]) for norm in norms)] for d, at in ((8, near), (16, far))]
    assert in_order(["√1 = 1", *told[0], *told[1]], answer["one"])
    d = LESSON.moves["alike"]["root_d"]
    means = [alike.pairs[DIMENSIONS.index(size)].mean() for size in (d, 64)]
    np.testing.assert_allclose(means, [d * ALIKE, 64 * ALIKE], rtol=0.02)  # "about half of d"
    shares = softmax(divided(alike.rows)[DIMENSIONS.index(d), 0])
    assert shares.argmax() == 0
    assert all(text in answer["alike"] for text in (*(signed(mean, 2) for mean in means), f"{ALIKE}", "k1"))
    assert in_order([percent(shares[0])], answer["alike"])


def in_order(parts, text):
    """Whether a text says all of these, one after the other; their spaces may be any."""
    return re.search(".*".join(map(re.escape, (part.replace("\u00a0", " ") for part in parts))), text)


def test_what_the_switch_says_is_the_correlation(language):
    said = strings(language)["lesson_root.alike_help"]
    assert f"{ALIKE}" in said
    assert 2 * ALIKE == 1  # where q has a 2, k has a 1 on average


@pytest.mark.parametrize("alike", [False, True])
def test_the_printed_table_marks_the_key_that_is_like_q(monkeypatch, language, alike):
    monkeypatch.setattr(st, "session_state", {"lang": language, "root_alike": alike})
    picture = LESSON.picture()
    assert (">k1≈q<" in picture, ">k1<" in picture, picture.count("≈q")) == (alike, not alike, int(alike))


def test_at_d_1_both_ways_are_one_as_the_move_says():
    rows = draw_trials(SEED).rows
    np.testing.assert_array_equal(rows[0], divided(rows)[0])


def test_what_the_moves_promise():
    wide, alike = draw_trials(SEED), draw_trials(SEED, alike=ALIKE)
    assert softmax(wide.rows[-1, 0]).max() > 0.95  # "nearly everything"
    assert sharpness(wide.rows).gradient[-1] < 0.01
    at = DIMENSIONS.index(LESSON.moves["alike"]["root_d"])
    means = alike.pairs[[at - 1, at]].mean(axis=1)
    assert means[1] / means[0] == pytest.approx(2, rel=0.1)  # the mean grows with d itself
    assert softmax(divided(alike.rows)[at, 0]).argmax() == 0  # k1 stands out, also after ÷√d
    assert softmax(divided(alike.rows)[at, 0])[0] > 0.5
    falling = sharpness(divided(alike.rows)).gradient
    assert falling[at] < 0.2 * falling[0]  # "the gradient falls again"


def test_divided_by_d_the_weights_are_nearly_even():
    answer = LESSON.answer()
    assert answer.right == "even"
    rows = draw_trials(SEED).rows
    assert answer.values["by_d"] == weight(np.median(softmax(rows[-1] / 512).max(axis=-1)))
    assert answer.values["by_root"] == weight(np.median(softmax(rows[-1] / np.sqrt(512)).max(axis=-1)))
    assert answer.values["spread"] == signed(1 / np.sqrt(512), 2)
    assert answer.values["even"] == weight(1 / 8)


@pytest.mark.parametrize("language", ["en"])
def test_junk_in_the_address_falls_back(open_page):
    app = open_page("lesson_root", root_d="77", root_seed="-4", root_alike="perhaps")
    assert (app.session_state["root_d"], app.session_state["root_seed"]) == (64, SEED)
    assert app.session_state["root_alike"] is False
