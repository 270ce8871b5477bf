"""The lesson on ÷√d: what its words say is what the engine computes, at every setting."""

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
    finding = texts["lesson_root.gradient_finding"].format(
        rows=trials.rows.shape[1], d=d, without=weight(norms[0]), divided=weight(norms[1])
    )
    assert finding in said


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
