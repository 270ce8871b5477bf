"""The lesson on K with itself: what its words say is what the engine computes, of five words and of the network."""

import re

import numpy as np
import pytest
import streamlit as st

from attention.similarity import cosine_similarity
from attention.softmax import softmax
from attention.teaching.mirror import asymmetry, one_way_pairs, self_share
from attention.walkthrough import draw_projections, draw_words, walk
from figures.numbers import percent, signed
from pages.lessons.query import LESSON
from pages.lessons.query_words import SEED
from pages.shared.compute import encoder, read_sentence
from pages.shared.sentence_controls import OPENING_HEADS, examples, labels
from pages.shared.texts import strings
from tests.pages.conftest import checked, component, map_values

LAW = examples()[0]["text"]
ALL = tuple((layer, head) for layer in range(1, 7) for head in range(1, 13))


def said(app, text: str) -> bool:
    return text in [element.value for element in app.markdown]


def sentence(app, marker: str) -> str:
    return component(app, marker)["text"]["sentence"]


@pytest.mark.parametrize("seed", [57, 94])
def test_the_two_maps_and_the_pair_there_and_back(open_page, language, seed):
    texts = strings(language)
    words = texts["lesson_query.words"].split()
    asks, asked = (words.index(texts[f"lesson_query.{name}"]) for name in ("asks", "asked"))
    app = open_page("lesson_query", query_seed=str(seed))
    X, (W_Q, W_K, W_V) = draw_words(words, 4, seed), draw_projections(4, 3, seed)
    for marker, W, case in (("query_qk", W_Q, "one_way"), ("query_kk", W_K, "mutual")):
        scores = walk(X, W, W_K, W_V).scores
        np.testing.assert_allclose(map_values(app, marker), scores, atol=1e-3)
        values = {"asks": words[asks], "asked": words[asked]}
        values |= {"there": signed(scores[asks, asked], 2), "back": signed(scores[asked, asks], 2)}
        assert said(app, texts[f"lesson_query.pair.{case}"].format(**values))
        finding = texts["lesson_query.finding.scores"].format(asymmetry=signed(asymmetry(scores), 2))
        assert sentence(app, marker) == finding


def test_the_diagonal_after_the_softmax(open_page, language):
    texts, app = strings(language), open_page("lesson_query", query_shown="weights")
    shares = {}
    for marker in ("query_qk", "query_kk"):
        weights = map_values(app, marker)
        np.testing.assert_allclose(weights.sum(axis=1), 1, atol=1e-3)
        shares[marker] = float(np.diagonal(weights).mean())
        finding = texts["lesson_query.finding.weights"].format(itself=percent(shares[marker]), even=percent(1 / 5))
        assert sentence(app, marker) == finding
    assert shares["query_kk"] > 0.3 > 0.2 > shares["query_qk"]


@pytest.mark.parametrize("pair", [(2, 0), (1, 1)])
def test_among_weights_a_pair_is_told_in_weights_and_the_scores_after(open_page, language, pair):
    texts, words = strings(language), strings(language)["lesson_query.words"].split()
    app = open_page("lesson_query", query_seed="94", query_shown="weights", query_pair=f"{pair[1] + 1},{pair[0] + 1}")
    X, (W_Q, W_K, W_V) = draw_words(words, 4, 94), draw_projections(4, 3, 94)
    asks, asked = pair
    for W in (W_Q, W_K):
        seen = walk(X, W, W_K, W_V)
        there, back = seen.scores[asks, asked], seen.scores[asked, asks]
        case = "itself" if asks == asked else "mutual" if W is W_K else "one_way" if there * back < 0 else "both"
        values = {"asks": words[asks], "asked": words[asked], "there": signed(there, 2), "back": signed(back, 2)}
        values |= {"gives": percent(seen.weights[asks, asked]), "gets": percent(seen.weights[asked, asks])}
        assert said(app, texts[f"lesson_query.pair_weights.{case}"].format(**values))


def numbers(text: str) -> list[str]:
    return re.findall(r"−?\d+(?:\.\d+)?", text)


def test_random_matrices_are_as_one_sided_as_the_prose_says(language):
    x, rng = read_sentence(LAW, "en").hidden_states[0].astype(np.float64), np.random.default_rng(0)
    drawn = rng.standard_normal((200, 2, x.shape[1], 32))
    Q, K = x @ drawn[:, 0], x @ drawn[:, 1]
    for key in ("try_say", "try_ask"):
        told = strings(language)[f"lesson_query.{key}.network"]
        assert f" {np.median(asymmetry(Q @ K.swapaxes(-1, -2))):.1f}" in told


def test_a_word_with_itself_is_not_told_as_a_pair(open_page, language):
    texts, app = strings(language), open_page("lesson_query", query_view="network")
    app.session_state["query_link"] = "3,3"
    checked(app.run())
    trace = read_sentence(LAW, "en")
    weights, scores = trace.weights[3, 1], trace.head(4, 2).scaled
    itself = {"there": percent(weights[2, 2]), "itself": percent(np.diagonal(weights).mean())}
    assert sentence(app, "query_map_trained") == texts["lesson_query.link_itself"].format(asks="Law", **itself)
    score = {"there": signed(scores[2, 2], 2), "asymmetry": signed(asymmetry(scores), 2)}
    assert sentence(app, "query_map_one-sided") == texts["lesson_query.difference_itself"].format(asks="Law", **score)


def test_no_seed_finds_a_one_way_pair_among_keys(open_page, language):
    texts, words = strings(language), strings(language)["lesson_query.words"].split()
    own = mirrored = 0
    for seed in range(100):
        X, (W_Q, W_K, W_V) = draw_words(words, 4, seed), draw_projections(4, 3, seed)
        own += one_way_pairs(walk(X, W_Q, W_K, W_V).scores)
        mirrored += one_way_pairs(walk(X, W_K, W_K, W_V).scores)
    assert own > 300
    assert mirrored == 0
    text = texts["lesson_query.hunt"].format(seeds=100, pairs=1000, own=own, mirrored=mirrored)
    assert said(open_page("lesson_query"), text)


def test_the_72_heads_of_the_network(open_page, language):
    texts, app = strings(language), open_page("lesson_query", query_view="network")
    trace = read_sentence(LAW, "en")
    values = np.array([float(asymmetry(trace.head(*head).scaled)) for head in ALL]).reshape(6, 12)
    np.testing.assert_allclose(map_values(app, "query_heads"), values, atol=1e-3)
    at = [np.unravel_index(index, values.shape) for index in (values.argmin(), values.argmax())]
    assert sentence(app, "query_heads") == texts["lesson_query.one_sided_heads"].format(
        heads=72,
        least=signed(values.min(), 2),
        least_layer=at[0][0] + 1,
        least_head=at[0][1] + 1,
        median=signed(np.median(values), 2),
        most=signed(values.max(), 2),
        most_layer=at[1][0] + 1,
        most_head=at[1][1] + 1,
    )
    column, row = LESSON.moves["network"]["query_head"].split(",")
    assert (int(row), int(column)) == (at[1][0] + 1, at[1][1] + 1)
    scores = trace.head(4, 2).scaled
    np.testing.assert_allclose(map_values(app, "query_map_one-sided"), scores - scores.T, atol=0.01)


@pytest.mark.parametrize(("who", "keys_ask"), [("head", ((4, 2),)), ("all", ALL)])
def test_when_keys_ask_everything_after_is_computed_again(open_page, language, who, keys_ask):
    texts, app = strings(language), open_page("lesson_query", query_view="network", query_asks=who)
    own, changed = encoder("en")(LAW), encoder("en")(LAW, keys_ask=keys_ask)
    np.testing.assert_allclose(map_values(app, "query_map_trained"), own.weights[3, 1], atol=1e-3)
    np.testing.assert_allclose(map_values(app, f"query_map_{who}"), changed.weights[3, 1], atol=1e-3)
    kept = [np.diagonal(trace.weights, axis1=-2, axis2=-1).mean() for trace in (own, changed)]
    pairs = np.stack([own.hidden_states[-1], changed.hidden_states[-1]], axis=1)
    alike = signed(cosine_similarity(pairs, 0)[:, 1].mean(), 2)
    values = {"before": percent(kept[0]), "after": percent(kept[1]), "alike": alike}
    assert said(app, texts["lesson_query.changed"].format(**values))
    assert map_values(app, "query_heads")[3, 1] == pytest.approx(0, abs=1e-4)
    if who == "all":
        text = texts["lesson_query.all_mirrors"].format(heads=72, largest=signed(0, 2))
        assert sentence(app, "query_heads") == text


def test_with_its_keys_asking_the_word_looks_at_itself():
    answer = LESSON.answer()
    own, changed = (encoder("en")(LAW, keys_ask=heads).weights[3, 1, 9] for heads in ((), ((4, 2),)))
    assert answer.right == "itself"
    assert (own.argmax(), changed.argmax()) == (2, 9)
    assert answer.values == {
        "before": percent(own[2]),
        "itself_before": percent(own[9]),
        "law": percent(changed[2]),
        "itself": percent(changed[9]),
    }


def test_only_a_longer_key_beats_a_key_with_itself_and_here_none_does():
    K = read_sentence(LAW, "en").K.astype(np.float64)
    scores, lengths = K @ K.swapaxes(-1, -2), np.linalg.norm(K, axis=-1)
    own = np.diagonal(scores, axis1=-2, axis2=-1)[..., None]
    assert (own >= 0).all()
    beats = scores > own + 1e-9
    assert beats.any()
    assert (lengths[..., None, :] > lengths[..., None])[beats].all()
    assert not beats[3, 1, 9].any()  # layer 4, head 2, "its"


def test_zero_is_no_threshold_for_looking():
    scores = walk(draw_words(list("abcde"), 4, 57), *draw_projections(4, 3, 57)).scores
    np.testing.assert_allclose(softmax(scores - 10), softmax(scores))  # all below 0, and the weights are the same


def test_the_answers_on_paper_are_what_the_moves_show(language):
    texts, moves = strings(language), LESSON.moves
    words = texts["lesson_query.words"].split()
    asks, asked = (words.index(texts[f"lesson_query.{name}"]) for name in ("asks", "asked"))
    seed, there, kept = moves["other"]["query_seed"], [], []
    for which in (SEED, seed):
        X, (W_Q, W_K, W_V) = draw_words(words, 4, which), draw_projections(4, 3, which)
        own, mirrored = walk(X, W_Q, W_K, W_V), walk(X, W_K, W_K, W_V)
        kept += [f"{which}", *(f"{100 * self_share(road.weights):.0f}" for road in (mirrored, own))]
        there = [signed(road.scores[at], 2) for road in (own, mirrored) for at in ((asks, asked), (asked, asks))]
    assert there.pop() == there[-1]
    assert numbers(texts["lesson_query.try_ask.other"]) == [str(seed)]
    assert numbers(texts["lesson_query.try_answer.other"]) == there
    assert numbers(texts["lesson_query.try_answer.weights"]) == [*kept, f"{100 / len(words):.0f}"]

    trace = read_sentence(LAW, "en")
    heads = {head: float(asymmetry(trace.head(*head).scaled)) for head in ALL}
    most, least = max(heads, key=heads.get), min(heads, key=heads.get)
    expected = [str(number) for head in (most, least) for number in (*head, signed(heads[head], 2))]
    assert numbers(texts["lesson_query.try_answer.network"]) == [*expected, "0", signed(heads[least], 2)]
    assert max(0.7 - heads[least], heads[most] - 0.7) == 0.7 - heads[least]  # which is the surprise


@pytest.mark.parametrize("language", ["en"])
def test_the_question_is_about_the_opening_sentence_and_head(language):
    question, example = strings(language)["lesson_query.predict.question"], examples()[0]
    words = labels(read_sentence(LAW, "en").tokens)
    assert f"layer {example['layer']}, head {example['head']}" in question
    assert words[example["asks"]] == "its"
    assert words[example["looks"][0]] == "Law"


@pytest.mark.parametrize("language", ["zh"])
def test_a_pair_on_the_diagonal_and_junk_in_the_address(open_page, language):
    texts = strings(language)
    app = open_page("lesson_query", query_pair="2,2", query_shown="colours", query_view="nothing")
    assert app.session_state["query_view"] == "words"
    own = [texts["lesson_query.pair.itself"].split("**")[0].format(asks=texts["lesson_query.words"].split()[1])]
    assert sum(element.value.startswith(own[0]) for element in app.markdown) == 2
    checked(app.button(key="move_network").click().run())
    assert component(app, "query_heads")["chosen"] == [1, 3]


@pytest.mark.parametrize("shown", ["scores", "weights"])
def test_the_worksheet_prints_both_maps_as_they_are_shown(monkeypatch, language, shown):
    monkeypatch.setattr(st, "session_state", {"lang": language, "query_seed": 94, "query_shown": shown})
    words, picture = strings(language)["lesson_query.words"].split(), LESSON.picture()
    X, (W_Q, W_K, W_V) = draw_words(words, 4, 94), draw_projections(4, 3, 94)
    for W in (W_Q, W_K):
        values = np.float32(getattr(walk(X, W, W_K, W_V), shown))  # as the map has them
        assert all(f">{signed(value, 2)}<" in picture for value in values.flat)
    assert strings(language)[f"lesson_query.both.{shown}"] in picture


@pytest.mark.parametrize("who", ["queries", "head", "all"])
def test_the_worksheet_prints_what_the_word_gives_and_gets(monkeypatch, language, who):
    state = {"lang": language, "query_view": "network", "query_asks": who, "query_head": "4,2", "query_link": "1,3"}
    monkeypatch.setattr(st, "session_state", state)
    changes = [(), *({"head": [((2, 4),)], "all": [ALL]}.get(who, []))]
    texts, picture = strings(language), LESSON.picture()
    assert texts[f"lesson_query.printed.{who}"].format(word="Law", layer=2, head=4) in picture
    assert (texts["lesson_query.printed.gives_k"] in picture) == (who != "queries")
    for keys_ask in changes:
        weights = encoder("en")(LAW, keys_ask=keys_ask).weights[1, 3]
        for part in (weights[2], weights[:, 2]):
            assert f">{signed(part.max(), 2)}<" in picture


@pytest.mark.parametrize(("typed", "network"), [("I ate 100 steamed buns", "en"), ("我吃了100个包子", "zh")])
def test_a_sentence_of_the_readers_own(open_page, language, typed, network):
    app = open_page("lesson_query", query_view="network", query_text=typed)
    trace = encoder(network)(typed)
    layer, head = OPENING_HEADS[network]
    heads = np.array([asymmetry(trace.Q[at] @ trace.K[at].T) for at in np.ndindex(trace.layers, trace.heads)])
    np.testing.assert_allclose(map_values(app, "query_heads").ravel(), heads, atol=1e-3)
    np.testing.assert_allclose(map_values(app, "query_map_trained"), trace.weights[layer - 1, head - 1], atol=1e-3)
    assert component(app, "query_map_trained")["rowLabels"] == labels(trace.tokens)
    app = open_page("lesson_query", query_view="network", query_text=typed, query_asks="all")
    every = tuple((i + 1, j + 1) for i in range(trace.layers) for j in range(trace.heads))
    changed = encoder(network)(typed, keys_ask=every)
    np.testing.assert_allclose(map_values(app, "query_map_all"), changed.weights[layer - 1, head - 1], atol=1e-3)
    checked(app.button(key="move_network").click().run())
    assert component(app, "query_map_trained")["rowLabels"] == labels(encoder("en")(LAW).tokens)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("   ", "home.empty"), ("\u200b\u200b", "sentence.nothing_read"), ("Привет, мир", "sentence.unreadable")],
)
def test_a_sentence_that_cannot_be_read_gets_a_clear_one_back(open_page, language, typed, said):
    app = open_page("lesson_query", query_view="network")
    checked(app.text_input(key="query_text").set_value(typed).run())
    start = strings(language)[said].split("{")[0]
    assert any(element.value.startswith(start) for element in [*app.info, *app.warning])
    assert len(component(app, "query_map_trained")["rowLabels"]) >= 2


@pytest.mark.parametrize("language", ["en"])
def test_a_sentence_too_long_for_the_lesson_is_not_taken_from_the_address(open_page):
    app = open_page("lesson_query", query_view="network", query_text="law " * 100)
    assert app.text_input(key="query_text").value == LAW


@pytest.mark.parametrize("language", ["en"])
def test_what_was_typed_and_chosen_is_still_there_when_the_reader_comes_back_to_the_network(open_page):
    app = open_page("lesson_query")
    for view in ("network", "words", "network"):
        app.button_group(key="query_view").set_value(view).run()
        if view == "network" and app.text_input(key="query_text").value == LAW:
            app.text_input(key="query_text").set_value("I ate 100 steamed buns").run()
            app.button_group(key="query_asks").set_value("all").run()
    assert app.text_input(key="query_text").value == "I ate 100 steamed buns"
    assert component(app, "query_map_all")["rowLabels"][1] == "I"
