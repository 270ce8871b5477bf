"""What the lesson on the two sentences says in prose, held against the networks and the pages it leads to."""

import re

import numpy as np
import pytest

from attention import attend
from attention.teaching.before_after import before_after
from pages.lessons.thinking import LESSON
from pages.lessons.thinking_scenes import HEADS, SCENES, SEED, SHORT, by_hand, scene
from pages.shared.texts import strings
from tests.pages.conftest import checked, component, map_values


def named(text: str) -> float:
    """The share that a sentence names, in percent."""
    return float(re.search(r"(\d+)\s%", text)[1])


@pytest.mark.parametrize(
    ("code", "asks", "looks"),
    [("next", "Thinking", "Machines"), ("law", "its", "Law"), ("following", "its", "application")],
)
def test_the_shares_in_the_prose(language, code, asks, looks):
    seen = scene("machines" if code in SCENES["machines"] else "law", code, SEED)
    row = seen.attention.weights[seen.opens_on[0]]
    assert seen.words[seen.opens_on[0]] == asks
    assert seen.words[int(row.argmax())] == looks
    assert before_after(seen.attention, *seen.opens_on).alike_after > 0.97  # z is nearly the v of that word
    text = strings(language)[f"lesson_thinking.try_say.{code}"]
    assert named(text) == pytest.approx(100 * row.max(), abs=0.5)
    assert asks in text
    assert looks in text


def test_that_head_looks_one_place_on_from_the_last_word_too(language):
    seen = scene("machines", "next", SEED)
    row = seen.attention.weights[seen.words.index("Machines")]
    assert seen.words[int(row.argmax())] == "[SEP]"
    shares = re.findall(r"(\d+)\s%", strings(language)["lesson_thinking.try_say.next"])
    assert int(shares[1]) == pytest.approx(100 * row.max(), abs=0.5)


def test_machines_gives_everything_to_thinking_and_leaves_with_its_vector():
    seen = scene("machines", "previous", SEED)
    asks, looks = seen.opens_on
    assert (seen.words[asks], seen.words[looks]) == ("Machines", "Thinking")
    assert seen.attention.weights[asks, looks] > 0.9995
    assert np.allclose(seen.attention.output[asks], seen.attention.V[looks], atol=1e-3)


def test_the_first_word_looks_at_the_mark_before_it():
    answer = LESSON.answer()
    assert answer.right == "mark"
    assert named(answer.values["mark"]) == 100


def test_its_leaves_with_nearly_the_vector_of_law():
    seen = scene("law", "law", SEED)
    found = before_after(seen.attention, *seen.opens_on)
    assert found.alike_before < 0.3
    assert found.alike_after > 0.99


def test_other_words_of_that_head_look_at_law_too():
    seen = scene("law", "law", SEED)
    found = {
        seen.words[row] for row in range(len(seen.words)) if seen.words[seen.attention.weights[row].argmax()] == "Law"
    }
    assert len(found - {"its"}) >= 2


@pytest.mark.parametrize("text", SCENES)
def test_every_scene_is_shown_and_can_be_printed(open_page, language, text):
    for code in SCENES[text]:
        app = open_page("lesson_thinking", thinking_text=text, **{f"thinking_{text}": code})
        seen = scene(text, code, SEED)
        assert np.allclose(map_values(app, "thinking_map"), seen.attention.weights, atol=1e-6)
        asks, looks = seen.opens_on
        expected = np.stack([seen.attention.V[asks], seen.attention.V[looks], seen.attention.output[asks]])
        assert np.allclose(map_values(app, "thinking_vectors"), expected, atol=1e-5)
        if code in HEADS:
            assert map_values(app, "thinking_cosines")[:, asks] == pytest.approx([1, 1, 1])


@pytest.mark.parametrize("language", ["en"])
def test_the_way_to_step_by_step_shows_the_same_numbers(open_page):
    seed = 42
    road = by_hand(seed)
    here = open_page("lesson_thinking", thinking_seed=str(seed))
    assert np.allclose(map_values(here, "thinking_map"), attend(road.Q, road.K, road.V).weights)
    there = open_page("steps", words="Thinking Machines", asks="1", seed=str(seed), step="6", cell="weights.1.2")
    assert there.number_input(key="seed").value == seed
    assert component(there, "road")["chosen"] == ["weights", 0, 1]
    assert component(open_page("steps", words=SHORT, asks="4", step="6"), "road")["asks"] == 3


@pytest.mark.parametrize("language", ["en"])
def test_the_way_to_the_sentence_page_shows_the_same_head(open_page):
    seen = scene("law", "following", SEED)
    layer, head = HEADS["following"]
    address = {"view": "map", "layer": str(layer), "head": str(head), "asks": "9", "looks": "10"}
    app = open_page("sentence", text=seen.trace.text, **address)
    assert np.allclose(map_values(app, "map"), seen.attention.weights, atol=1e-6)


@pytest.mark.parametrize("language", ["en"])
def test_junk_in_the_address_opens_the_lesson_as_it_is(open_page):
    app = open_page(
        "lesson_thinking", thinking_text="x", thinking_machines="y", thinking_seed="-5", thinking_cell="9,9"
    )
    assert np.allclose(map_values(app, "thinking_map"), by_hand(SEED).weights)
    assert LESSON.picture().startswith("<svg")


def test_the_row_that_is_pinned_is_printed(monkeypatch):
    monkeypatch.setattr("streamlit.session_state", {"lang": "en", "thinking_cell": "1,2"})
    first, second = by_hand(SEED).weights[1]
    assert f"{first:.3f}" in LESSON.picture()
    assert f"{second:.3f}" in LESSON.picture()


@pytest.mark.parametrize("language", ["en"])
def test_the_readers_numbers_are_still_there_after_a_look_at_the_network(open_page):
    app = open_page("lesson_thinking")
    app.slider(key="thinking_seed").set_value(42).run()
    for scene_code in ("previous", "hand"):
        app.button_group(key="thinking_machines").set_value(scene_code).run()
    assert app.slider(key="thinking_seed").value == 42
    assert np.allclose(map_values(app, "thinking_map"), by_hand(42).weights)


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("code", LESSON.moves)
def test_a_move_works_before_its_sentence_has_been_seen(open_page, code):
    app = checked(open_page("lesson_thinking").button(key=f"move_{code}").click().run())
    seen = scene(LESSON.moves[code]["thinking_text"], code, SEED)
    assert np.allclose(map_values(app, "thinking_map"), seen.attention.weights, atol=1e-6)


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("code", LESSON.moves)
def test_a_move_returns_to_its_word(open_page, code):
    settings = {key: value for key, value in LESSON.moves[code].items() if key != "thinking_cell"}
    app = open_page("lesson_thinking", **settings, thinking_cell="1,4")
    assert component(app, "thinking_map")["chosen"] == [3, 0]
    checked(app.button(key=f"move_{code}").click().run())
    opens_on = scene(settings["thinking_text"], code, SEED).opens_on
    assert component(app, "thinking_map")["chosen"] == list(opens_on)


def looked_at(seen, word: str) -> tuple[str, int]:
    """What a word looks at most, and its share in percent."""
    row = seen.attention.weights[seen.words.index(word)]
    return seen.words[int(row.argmax())], round(100 * float(row.max()))


def test_the_answers_on_paper(language):
    told = {code: strings(language)[f"lesson_thinking.try_answer.{code}"] for code in LESSON.moves}
    shares = {code: [int(share) for share in re.findall(r"(\d+)\s%", text)] for code, text in told.items()}

    after = scene("machines", "next", SEED)
    found = [looked_at(after, word) for word in ("Thinking", "Machines")]
    assert [word for word, _ in found] == after.words[2:] == ["Machines", "[SEP]"]  # one place on
    assert shares["next"] == [share for _, share in found]

    law = scene("law", "law", SEED)
    found = before_after(law.attention, *law.opens_on)
    assert re.findall(r"0\.\d{3}", told["law"]) == [f"{found.alike_before:.3f}", f"{found.alike_after:.3f}"]
    assert looked_at(law, "its") == ("Law", *shares["law"])
    towards = law.attention.weights.argmax(axis=-1) == law.words.index("Law")
    assert [word for word, looks in zip(law.words, towards, strict=True) if looks and word != "its"] == [
        "The", "be", "perfect", "be", "missing",
    ]  # fmt: skip
    assert all(f"“{word}”" in told["law"] for word in ("The", "be", "perfect", "missing"))

    other = scene("law", "following", SEED)
    found = {word: looked_at(other, word) for word in ("its", "will", "but", "we")}
    for word in ("its", "will", "but"):
        assert found[word][0] == other.words[other.words.index(word) + 1]
    assert found["we"][0] == "missing"
    assert other.words[other.words.index("we") + 1] == "are"
    assert all(f"“{found[word][0]}”" in told["following"] for word in ("its", "we"))
    assert shares["following"] == [found["its"][1], found["we"][1]]
