"""The lesson on heads, positions and masks: what it says is what the engine computes."""

import re
from urllib.parse import parse_qsl

import numpy as np
import pytest

from attention.teaching.positions import POSITIONS
from figures.numbers import percent, signed
from pages.lessons.heads import LESSON
from pages.lessons.heads_jobs import OPENING, PRINTED
from pages.lessons.heads_masks import masked
from pages.lessons.heads_order import ORDERS, asked_word, changed
from pages.lessons.heads_split import COUNTS, split
from pages.lessons.heads_words import SEED, SEEDS, words
from pages.shared.sentence_controls import examples
from pages.shared.texts import strings
from tests.pages.conftest import checked, component, map_values


def say(language: str, key: str) -> str:
    return strings(language)[f"lesson_heads.{key}"]


@pytest.fixture
def spoken(monkeypatch, language) -> str:
    """The language, for what is computed without a page."""
    monkeypatch.setattr("streamlit.session_state", {"lang": language})
    return language


def move(app, code: str):
    return checked(app.button(key=f"move_{code}").click().run())


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
    assert component(app, "heads_job_link")["chosen"] == [asks, looks]  # its names stand on a small map too
    maps = [map_values(app, f"heads_job_{job}") for job in ("previous", "next", "special", "link")]
    assert all(np.abs(a - b).max() > 0.3 for at, a in enumerate(maps) for b in maps[:at])


def test_the_name_that_is_explained_is_that_of_the_first_map(open_page, language):
    app = open_page("lesson_heads", heads_part="jobs")
    name, layer, head = {"en": ("L1H3", 1, 3), "zh": ("L1H4", 1, 4)}[language]
    titles = [text.value for text in app.markdown if re.fullmatch(r"\*\*.*L\dH\d+\*\*", text.value)]
    assert len(titles) == 4
    assert name in titles[0]
    explained = {"en": f"{name} is head {head} of layer {layer}.", "zh": f"{name} 是第 {layer} 层的第 {head} 个头。"}
    assert any(text.value.endswith(explained[language]) for text in app.markdown)


def test_the_way_to_all_heads_takes_this_sentence_along(open_page, language):
    app = open_page("lesson_heads", heads_part="jobs")
    text = next(each["text"] for each in examples() if each["name"] == OPENING[language])
    ways = [way.proto for way in app.get("page_link") if way.proto.label == say(language, "all_heads")]
    assert [dict(parse_qsl(way.query_string)) for way in ways] == [{"text": text, "view": "heads"}]
    there = open_page("sentence", text=text, view="heads")
    component(there, "heads")


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("positions", POSITIONS)
def test_only_positions_make_the_order_count(open_page, language, order, positions):
    app = open_page("lesson_heads", heads_part="order", heads_positions=positions, heads_order=order)
    is_mirrored = (positions, order) == ("alibi", "backwards")  # every distance stays
    sizes, said = (
        np.abs(map_values(app, "heads_change")).max(axis=-1),
        component(app, "heads_change")["text"]["sentence"],
    )
    assert sizes.any() == (positions != "none" and not is_mirrored)
    assert (said == say(language, "unchanged")) == (not sizes.any())
    if sizes.any():
        names = say(language, "words").split()
        told = dict(re.findall(r"“(.+?)”\D*(\d\.\d{3})", said))
        assert told == {names[at]: f"{sizes[at]:.3f}" for at in (int(sizes.argmax()), names.index("dog"))}
    assert (say(language, "mirror") in [caption.value for caption in app.caption]) == is_mirrored
    before, after = (component(app, f"heads_{when}")["rowLabels"] for when in ("before", "after"))
    assert before != after
    assert sorted(before) == sorted(after)


@pytest.mark.parametrize("language", ["en"])
def test_the_readers_seed_holds_in_every_view_and_in_the_answer(open_page):
    app = open_page("lesson_heads", heads_seed="12", heads_positions="sinusoidal")
    for part, key in (("split", "heads_split_0"), ("masks", "heads_weights"), ("order", "heads_before")):
        before = open_page("lesson_heads", heads_part=part, heads_positions="sinusoidal")
        app.button_group(key="heads_part").set_value(part).run()
        assert app.slider(key="heads_seed").value == 12
        assert not np.allclose(map_values(app, key), map_values(before, key))
    app.radio(key="guess_heads").set_value("same").run()
    checked(app.button(key="reveal").click().run())
    truth = next(text.value for text in app.markdown if "seed 12" in text.value)
    assert f"{np.abs(map_values(app, 'heads_change')[1]).max():.3f} with sinusoidal" in truth  # of “dog”


def test_what_is_said_of_the_order_holds_for_every_seed(spoken):
    for seed in range(SEEDS + 1):
        sizes = {each: np.abs(changed(each, "swapped", seed)).max(axis=-1) for each in POSITIONS}
        assert not sizes["none"].any()
        assert all(sizes[each].all() for each in POSITIONS if each != "none")
        assert all(sizes[each][asked_word()] > 0.01 for each in POSITIONS if each != "none")


def test_with_every_seed_some_word_looks_elsewhere_in_another_head(spoken):
    for seed in range(SEEDS + 1):
        assert np.ptp(split(4, seed).weights.argmax(axis=-1), axis=0).any()


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
    move(app, "alone")
    before, after = map_values(app, "heads_masked"), map_values(app, "heads_weights")
    empty = (before == -np.inf).all(axis=-1)
    assert empty.sum() == 2
    assert {"en": "Two rows", "zh": "两行"}[language] in say(language, "try_say.alone")
    np.testing.assert_array_equal(after[empty], 0)
    np.testing.assert_allclose(after[~empty].sum(axis=-1), 1, rtol=1e-6)
    assert "[PAD]" in component(app, "heads_weights")["text"]["sentence"]


def test_the_answers_on_paper_are_those_of_the_moves(open_page, language):
    app = move(open_page("lesson_heads", heads_seed="12", heads_part="order"), "four")
    names, asks = say(language, "words").split(), {"en": "bites", "zh": "咬"}[language]
    assert f"“{asks}”" in say(language, "try_ask.four")
    rows = [map_values(app, f"heads_split_{head}")[names.index(asks)] for head in range(4)]
    given = re.findall(r"“(\S+?)”\D*?(\d\.\d\d)", say(language, "try_answer.four"))
    assert given == [(names[int(row.argmax())], f"{row.max():.2f}") for row in rows]
    assert str(SEED) in say(language, "try_ask.four")
    sizes = next(text.value for text in app.markdown if "192" in text.value)
    assert all(size in sizes and size in say(language, "try_answer.four") for size in ("192", "200", "5 × 8"))

    app = move(app, "waves")
    changes = np.abs(map_values(app, "heads_change")).max(axis=-1)
    told = say(language, "try_answer.waves")
    assert told.startswith(f"“{names[int(changes.argmax())]}”")
    assert re.findall(r"\d\.\d{3}", told)[0] == f"{changes.max():.3f}"
    if language == "en":
        assert names[int(changes.argmax())] not in say(language, "swapped").split()
    else:
        assert f"“那”变了 {changes[names.index('那')]:.3f}" in told

    app = move(app, "alone")
    weights = map_values(app, "heads_weights")
    alone = (map_values(app, "heads_masked") == -np.inf).all(axis=-1)
    labels = component(app, "heads_weights")["rowLabels"]
    assert [label for label, row in zip(labels, alone, strict=True) if row] == ["[PAD]"] * 2
    assert not weights[alone].any()


@pytest.mark.parametrize(
    ("part", "printed"),
    [
        ("split", ["heads side by side: 4", *(f"Head {head}, 2 numbers wide" for head in (1, 2, 3, 4))]),
        ("jobs", ["The word before", "The word after", "A place to rest", "A link", "first 10 of", ">its<"]),
        ("order", ["What changes"]),
        ("masks", ["Right: weights", ">[PAD]<", ">−∞<"]),
    ],
)
def test_what_is_printed_is_what_is_shown(monkeypatch, part, printed):
    monkeypatch.setattr("streamlit.session_state", {"lang": "en", "heads_part": part, "heads_count": "4"})
    picture = LESSON.picture()
    assert [words for words in printed if words not in picture] == []


def test_scores_and_weights_are_printed_with_what_was_taken_out(monkeypatch):
    state = {"lang": "en", "heads_part": "masks", "heads_causal": True, "heads_pads": 2, "heads_side": "start"}
    monkeypatch.setattr("streamlit.session_state", state)
    picture, (names, trace) = LESSON.picture(), masked(2, "start", SEED, causal=True)
    assert names == ["[PAD]", "[PAD]", *words()]
    assert picture.count(">−∞<") == (trace.masked == -np.inf).sum()
    assert "inf" not in picture
    assert f">{signed(float(trace.masked[-1, -1]), 2)}<" in picture
    assert picture.count(">[PAD]<") == 2 * (1 + 2)  # rows, and columns of both


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_link_is_among_the_words_that_are_printed(language):
    example = next(each for each in examples() if each["name"] == OPENING[language])
    assert max(example["asks"], example["looks"][0]) < PRINTED  # as heads_jobs.workers takes it
