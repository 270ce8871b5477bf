"""The lesson on heads, positions and masks: what it says is what the engine computes."""

import re

import numpy as np
import pytest

from figures.numbers import percent
from pages.lessons.heads import LESSON
from pages.lessons.heads_jobs import OPENING, PRINTED
from pages.lessons.heads_split import COUNTS
from pages.shared.sentence_controls import examples
from pages.shared.texts import strings
from tests.pages.conftest import checked, component, map_values


def say(language: str, key: str) -> str:
    return strings(language)[f"lesson_heads.{key}"]


def test_splitting_changes_the_maps_and_no_size(open_page):
    said = []
    for count in COUNTS:
        app = open_page("lesson_heads", heads_count=count)
        maps = np.stack([map_values(app, f"heads_split_{head}") for head in range(int(count))])
        np.testing.assert_allclose(maps.sum(axis=-1), 1, rtol=1e-6)
        sizes = next(text.value for text in app.markdown if "192" in text.value)
        said.append(re.findall(r"\*\*(.+?)\*\*", sizes))
        assert len(said[-1]) == (3 if count == "1" else 4)
        if count != "1":
            assert float(said[-1][3]) == pytest.approx(np.ptp(maps, axis=0).max(), abs=0.005)
            assert np.ptp(maps, axis=0).max() > 0.1
    three = say("en", "try_say.four")
    assert "three sizes" in three
    assert said[0][:3] == said[1][:3] == said[2][:3] == ["192", "200", "5 × 8"]
    assert 3 * 8 * 8 == 192
    assert 5 * 5 * 8 == 200


def test_every_job_has_its_own_head_and_the_share_that_its_map_shows(open_page, language):
    app = open_page("lesson_heads", heads_part="jobs")
    previous = map_values(app, "heads_job_previous")
    share = np.diagonal(previous, -1)[1:-1].mean()  # of all words but [CLS], the first word, and [SEP]
    assert percent(share) in component(app, "heads_job_previous")["text"]["sentence"]
    asks, looks = {"en": (9, 2), "zh": (5, 4)}[language]
    assert (
        percent(map_values(app, "heads_job_link")[asks, looks]) in component(app, "heads_job_link")["text"]["sentence"]
    )
    maps = [map_values(app, f"heads_job_{job}") for job in ("previous", "next", "special", "link")]
    assert all(np.abs(a - b).max() > 0.3 for at, a in enumerate(maps) for b in maps[:at])


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("order", ["swapped", "backwards", "shuffled"])
@pytest.mark.parametrize("positions", ["none", "sinusoidal", "rotary", "alibi"])
def test_only_positions_make_the_order_count(open_page, language, order, positions):
    app = open_page("lesson_heads", heads_part="order", heads_positions=positions, heads_order=order)
    is_mirrored = (positions, order) == ("alibi", "backwards")  # every distance stays
    assert map_values(app, "heads_change").any() == (positions != "none" and not is_mirrored)
    assert (say(language, "mirror") in [caption.value for caption in app.caption]) == is_mirrored
    before, after = (component(app, f"heads_{when}")["rowLabels"] for when in ("before", "after"))
    assert before != after
    assert sorted(before) == sorted(after)


@pytest.mark.parametrize("language", ["en"])
def test_masked_scores_are_minus_infinity_before_the_softmax_and_0_after(open_page):
    app = open_page("lesson_heads", heads_part="masks", heads_causal="true", heads_pads="1")
    before, after = map_values(app, "heads_masked"), map_values(app, "heads_weights")
    out = np.triu(np.ones((6, 6), bool), 1) | (np.arange(6) == 5)
    np.testing.assert_array_equal(before == -np.inf, out)
    np.testing.assert_array_equal(after == 0, out)
    np.testing.assert_allclose(after.sum(axis=-1), 1, rtol=1e-6)


def test_padding_at_the_start_leaves_two_rows_with_nothing(open_page, language):
    app = open_page("lesson_heads")
    checked(app.button(key="move_alone").click().run())
    before, after = map_values(app, "heads_masked"), map_values(app, "heads_weights")
    empty = (before == -np.inf).all(axis=-1)
    assert empty.sum() == 2
    assert {"en": "Two rows", "zh": "两行"}[language] in say(language, "try_say.alone")
    np.testing.assert_array_equal(after[empty], 0)
    np.testing.assert_allclose(after[~empty].sum(axis=-1), 1, rtol=1e-6)
    assert "[PAD]" in component(app, "heads_weights")["text"]["sentence"]


@pytest.mark.parametrize(
    ("part", "printed"),
    [
        ("split", ["heads side by side: 4", *(f"Head {head}, 2 numbers wide" for head in (1, 2, 3, 4))]),
        ("jobs", ["The word before", "The word after", "A place to rest", "A link", "first 10 of", ">its<"]),
        ("order", ["What changes"]),
        ("masks", ["After it: weights"]),
    ],
)
def test_what_is_printed_is_what_is_shown(monkeypatch, part, printed):
    monkeypatch.setattr("streamlit.session_state", {"lang": "en", "heads_part": part, "heads_count": "4"})
    picture = LESSON.picture()
    assert [words for words in printed if words not in picture] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_link_is_among_the_words_that_are_printed(language):
    example = next(each for each in examples() if each["name"] == OPENING[language])
    assert max(example["asks"], example["looks"][0]) < PRINTED  # as heads_jobs.workers takes it
