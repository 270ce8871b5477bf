"""The lesson on the family: what its words and cards say is what the engine computes, and its links arrive."""

import json

import numpy as np
import pytest

from attention.images.area_attention import moved
from attention.teaching.cheaper import products
from attention.teaching.relatives import WORD_RELATIVES
from figures.numbers import percent
from figures.small_multiples import magnitude
from pages.lessons.family import LESSON, OPEN
from pages.lessons.family_bench import CHOICES, LONG, run
from pages.lessons.family_facts import BRANCHES, CHEAPER, COST_IF, COSTS, MEMBERS, OVER_PICTURES, year
from pages.lessons.family_read import ASKING, HEAD, HEADS, REACH, example, law
from pages.shared.sentence_controls import labels
from pages.shared.texts import strings
from tests.pages.conftest import checked, component, map_values

ALL = [code for codes in BRANCHES.values() for code in codes]
ASKS, LOOKS = example()["asks"], example()["looks"][0]
FULL = "full", HEAD, REACH


def test_every_member_has_a_formula_a_dated_paper_a_cost_and_its_words():
    assert set(ALL) == MEMBERS.keys() == COSTS.keys()
    assert CHEAPER.keys() == set(BRANCHES["cheap"])
    assert set(ALL) - set(WORD_RELATIVES) == {*BRANCHES["gates"], *BRANCHES["places"], "yolo"}
    assert ALL[-1] == MEMBERS[ALL[-1]].page == "yolo"
    for code in ALL:
        assert MEMBERS[code].formula
        assert 2014 <= int(year(code)) <= 2025
        assert all(url.startswith("https://") for _, url in MEMBERS[code].papers)
    assert (year("local"), year("patches")) == ("2020", "2021")  # Longformer's and ViT's own, not the papers before
    years = {code: int(year(code)) for code in BRANCHES["score"]}
    assert min(years.values()) == years.pop("additive") == 2014  # "the oldest of the four"
    assert min(years.values()) > 2014


@pytest.mark.parametrize("branch", BRANCHES)
def test_a_branch_opens_into_its_cards(open_page, language, branch):
    texts = strings(language)
    app = open_page("lesson_family", family_branch=branch)
    said = "\n".join(element.value for element in app.markdown)
    for code in BRANCHES[branch]:
        [card] = component(app, f"family_card_{code}")["items"]
        assert card["label"] == texts[f"lesson_family.name.{code}"]
        assert card["images"][0].startswith("data:image/")
        assert f"$O({COSTS[code]})$" in said
        formula = MEMBERS[code].formula.replace(r"\quad", r"\quad\allowbreak")
        for word in ("where", "or"):
            formula = formula.replace(rf"\text{{{word}}}", rf"\text{{{texts[f'lesson_family.{word}']}}}")
        assert f"${formula}$" in said
        if code in COST_IF:
            when = {"cost": f"$O({COSTS[code]})$", "when": f"${COST_IF[code]}$"}
            assert texts["lesson_family.cost_if"].format(**when) in said
        assert all(f"[{paper}]({url})" in said for paper, url in MEMBERS[code].papers)


def cards(app) -> dict[str, str]:
    """The miniatures in view: {member: its data URL}."""
    found = [element.proto for element in app.get("bidi_component") if "-family_card_" in element.proto.id]
    items = [item for proto in found for item in json.loads(proto.json)["items"]]
    return {item["id"]: item["images"][0] for item in items}


@pytest.mark.parametrize("address", [{}, {"family_branch": "all"}, {"family_branch": "junk"}])
def test_the_whole_family_is_in_view_and_the_cheap_branch_is_open_under_its_bench(open_page, language, address):
    app, texts = open_page("lesson_family", **address), strings(language)
    branches = app.radio(key="family_branch")
    assert branches.value == OPEN == "cheap"
    for branch, line in zip(BRANCHES, branches.options, strict=True):
        assert texts[f"lesson_family.branch.{branch}"] in line
        assert texts[f"lesson_family.idea.{branch}"] in line
        members = [f"{texts[f'lesson_family.name.{code}']} {year(code)}" for code in BRANCHES[branch]]
        assert " · ".join(members) in line
    said = [element.value for element in app.markdown]
    assert f"#### {texts['lesson_family.bench']}" in said
    assert list(cards(app)) == list(BRANCHES["cheap"])


@pytest.mark.parametrize("language", ["en"])
def test_a_branch_shows_its_own_and_every_rule_makes_another_picture(open_page):
    app, images = open_page("lesson_family"), {}
    for branch in BRANCHES:
        checked(app.radio(key="family_branch").set_value(branch).run())
        shown = cards(app)
        assert list(shown) == list(BRANCHES[branch])
        images |= shown
    assert list(images) == ALL
    assert images.pop("self") == images["scaled"]  # the same formula, with Q, K and V from one sentence
    assert len(set(images.values())) == len(images)


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("branch", BRANCHES)
def test_the_miniatures_follow_what_can_be_chosen_above_them(open_page, branch):
    app = open_page("lesson_family", family_branch=branch)
    first, own, other = cards(app), "family_head", "family_picture"
    if branch in OVER_PICTURES:
        own, other = other, own
    with pytest.raises(KeyError):
        app.button_group(key=other)
    checked(app.button_group(key=own).set_value("next" if own == "family_head" else "rocket").run())
    now = cards(app)
    assert now.keys() == first.keys()
    assert not now.items() & first.items()


@pytest.mark.parametrize("language", ["en"])
def test_a_move_opens_the_bench_and_it_keeps_its_controls_while_another_branch_is_open(open_page):
    app = open_page("lesson_family", family_branch="gates")
    checked(app.button(key="move_stride").click().run())
    np.testing.assert_allclose(map_values(app, "family_map_cheap"), run("strided", "law", 7).weights, atol=1e-6)
    checked(app.radio(key="family_branch").set_value("places").run())
    checked(app.radio(key="family_branch").set_value("cheap").run())
    np.testing.assert_allclose(map_values(app, "family_map_cheap"), run("strided", "law", 7).weights, atol=1e-6)


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("branch", BRANCHES)
@pytest.mark.parametrize("move", LESSON.moves)
def test_the_address_tells_what_a_move_sets_from_every_branch(open_page, branch, move):
    app, settings = open_page("lesson_family", family_branch=branch), LESSON.moves[move]
    checked(app.button(key=f"move_{move}").click().run())
    told = {key: app.query_params[key] for key in settings if key in app.query_params}
    defaults = {"family_branch": OPEN, "family_head": HEAD, "family_cheap": CHOICES[0]}
    assert told == {key: value for key, value in settings.items() if defaults.get(key) != value}


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("code", CHEAPER)
def test_a_cheap_card_is_measured_on_the_bench(open_page, code):
    app = open_page("lesson_family", family_cheap="linear" if code == "local" else "window")
    checked(app.button(key=f"family_measure_{code}").click().run())
    np.testing.assert_allclose(map_values(app, "family_map_cheap"), run(CHEAPER[code], "law", REACH).weights, atol=1e-6)


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("kind", CHOICES)
def test_the_bench_shows_both_rules_on_the_trained_head(open_page, kind):
    app = open_page("lesson_family", family_cheap=kind, family_reach="5", family_head="balanced")
    full, other = run("full", "balanced", 5), run(kind, "balanced", 5)
    layer, head = HEADS["balanced"]
    np.testing.assert_allclose(full.weights, law().weights[layer - 1, head - 1], atol=1e-5)
    np.testing.assert_allclose(map_values(app, "family_map_full"), full.weights, atol=1e-6)
    np.testing.assert_allclose(map_values(app, "family_map_cheap"), other.weights, atol=1e-6)


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("branch", OVER_PICTURES)
def test_the_cards_of_a_picture_take_it_along(open_page, branch):
    links = open_page("lesson_family", family_branch=branch, family_picture="rocket").get("page_link")
    asked = [(link.proto.page, *link.proto.query_string.split("&")) for link in links]
    for code in BRANCHES[branch]:
        address = (f"{name}={value}" for name, value in MEMBERS[code].address.items())
        assert (MEMBERS[code].page, *address, "sample=rocket") in asked


def test_vit_is_shown_with_the_matrices_that_it_learns_and_its_card_says_what_is_computed_without():
    assert all(f"PW_{letter}" in MEMBERS["patches"].where for letter in "QKV")
    for language in ("en", "zh"):
        assert r"Q = K = \hat P" in strings(language)["lesson_family.about.patches"]


@pytest.mark.parametrize("language", ["en"])
@pytest.mark.parametrize("code", [code for code in ALL if MEMBERS[code].page])
def test_a_cards_link_opens_what_it_promises(open_page, code):
    facts = MEMBERS[code]
    app = open_page(facts.page, **facts.address)
    for name, value in facts.address.items():
        shown = app.session_state[name]
        assert (f"{shown:g}" if isinstance(shown, float) else str(shown).lower()) == value


def test_the_windows_move_says_how_far_law_is():
    assert ASKS - LOOKS == int(LESSON.moves["reach"]["family_reach"]) == 7
    weights = {reach: run("window", "law", reach).weights[ASKS, LOOKS] for reach in (6, 7)}
    assert weights[6] == 0 < weights[7]


@pytest.mark.parametrize("reach", [1, 4, 13])
def test_each_layer_of_windows_reaches_as_far_again(reach):
    meet = (run("window", "law", reach).weights > 0).astype(int)
    apart = np.abs(np.subtract.outer(*[np.arange(len(meet))] * 2))
    for layers in (1, 2, 3):
        heard = np.linalg.matrix_power(meet, layers) > 0
        np.testing.assert_array_equal(heard, apart <= layers * reach)


def test_a_narrow_window_hurts_the_head_that_looks_far_and_not_the_one_that_looks_back():
    lost = {head: moved(run("window", head, 1).weights, run("full", head, 1).weights).mean() for head in HEADS}
    assert lost["previous"] < 0.001
    assert lost["law"] > 0.5
    assert lost["balanced"] > 0.5


def test_linear_is_dearer_on_the_sentence_and_cheaper_on_a_long_text():
    d, n = law().Q.shape[-1], len(law().tokens)
    full, linear = ([products(kind, size, d, d, 1) for size in (n, *LONG)] for kind in ("full", "linear"))
    assert linear[0] > full[0]
    assert linear[1] < full[1]
    assert linear[2] < full[2]


def test_what_the_prediction_says_is_counted_and_measured():
    answer, values = LESSON.answer(), LESSON.answer().values
    n, d = len(law().tokens), law().Q.shape[-1]
    assert answer.right == "more"
    assert (values["n"], values["d"]) == (n, d) == (27, 32)  # as the question says
    assert values["full"] == f"{2 * n * n * d:,}"
    assert values["linear"] == f"{2 * n * d * d + n * d:,}"
    costs = {size: [products(kind, size, d, d, 1) for kind in ("full", "linear")] for size in range(1, 100)}
    assert [size for size, (full, linear) in costs.items() if linear < full] == list(range(values["least"], 100))
    full, linear = (run(kind, "law", 1).weights[ASKS, LOOKS] for kind in ("full", "linear"))
    assert (values["share"], values["share_linear"]) == (f"{100 * full:.0f}\u00a0%", f"{100 * linear:.1f}\u00a0%")


def test_a_stride_of_seven_reaches_law_one_of_six_does_not_and_both_grow_with_the_square():
    weights = {stride: run("strided", "law", stride).weights[ASKS, LOOKS] for stride in (6, 7)}
    assert weights[6] == 0 < weights[7]
    once, twice = (products("strided", size, 32, 32, 7) for size in (16_384, 32_768))
    assert twice / once == pytest.approx(4, rel=0.01)


def test_the_words_of_the_sentences_are_those_that_the_texts_name():
    names = labels(law().tokens)
    assert (names[ASKS], names[LOOKS].lower()) == ("its", "law")
    for language in ("en", "zh"):
        assert ASKING in strings(language)["lesson_family.note.who"]


def test_the_layer_has_as_many_heads_as_the_card_says():
    heads = law().heads
    assert (heads, heads // 3) == (12, 4)  # "four sets ... for twelve heads", three at a time


@pytest.mark.parametrize("kind", ["full", "cheap"])
def test_the_maps_say_that_their_colours_are_roots(open_page, language, kind):
    sent = component(open_page("lesson_family"), f"family_map_{kind}")
    assert sent["text"]["high"] == strings(language)["map_view.high_one_roots"]


def test_the_worksheet_prints_the_shares_of_law(language, monkeypatch):
    monkeypatch.setattr("pages.shared.texts.language", lambda: language)
    printed = LESSON.picture()
    shares = [run(kind, "law", REACH).weights[ASKS, LOOKS] for kind in ("full", CHOICES[0])]
    assert ">Law<" in printed
    assert all(f">{share:.2f}<" in printed for share in shares)


def paper(language: str, move: str) -> str:
    """What the worksheet asks about a move, and the teacher's answer."""
    return " ".join(strings(language)[f"lesson_family.{part}.{move}"] for part in ("try_ask", "try_answer"))


def told(share: np.floating) -> str:
    return percent(float(share)).replace("\u00a0", " ")


def test_paper_tells_what_a_window_of_seven_and_one_of_six_give(language):
    said = paper(language, "reach")
    full, seven, six = (run(*rule).weights[ASKS] for rule in (FULL, ("window", "law", 7), ("window", "law", 6)))
    shares = [told(share) for share in (full[LOOKS], seven[LOOKS], six[LOOKS], six.max())]
    assert shares == ["80 %", "87 %", "0 %", "77 %"]
    assert all(share in said for share in shares)
    assert f"“{labels(law().tokens)[six.argmax()]}”" in said


def test_paper_tells_whom_a_window_of_one_hurts(language):
    said, settings = paper(language, "previous"), LESSON.moves["previous"]
    assert (settings["family_cheap"], settings["family_reach"]) == ("window", "1")
    for head, share in ((settings["family_head"], "< 0.01 %"), ("law", "86 %")):
        assert told(moved(run("window", head, 1).weights, run("full", head, 1).weights).mean()) == share
        assert share in said


def test_paper_tells_how_the_products_of_a_stride_grow(language):
    said, d = paper(language, "stride"), law().Q.shape[-1]
    full, strided = ([products(kind, size, d, d, 7) for size in LONG] for kind in ("full", "strided"))
    assert (LONG[1] / LONG[0], full[1] / full[0]) == (64, 4096)
    assert round(strided[1] / strided[0], -2) == 3500
    assert round(full[1] / strided[1]) == 7
    numbers = (*(f"{size:,}" for size in LONG), "64", "3,500", "4,096", *map(magnitude, strided))
    assert all(number.replace("\u00a0", " ") in said for number in numbers)
