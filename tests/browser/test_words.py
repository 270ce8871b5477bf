"""The words view as a reader uses it: pointing, pinning, the keyboard, a finger, several heads, any text."""

import re
from urllib.parse import quote

import numpy as np
import pytest
from playwright.sync_api import expect

from attention.merging import merge_weights
from attention.networks import load_encoder
from tests.browser.conftest import eventually, idle, table_of, taken_home

PATH = "sentence?view=words"
LAW = "The Law will never be perfect, but its application should be just - this is what we are missing, in my opinion."


@pytest.fixture(scope="module")
def english():
    return load_encoder("assets/models/all-minilm-l6-v2")


def words(page):
    return page.locator(".st-key-words .word")


def word(page, text):
    return page.locator(".st-key-words .word button", has_text=re.compile(f"^{re.escape(text)}$")).first


def shares(page):
    """What is printed under the chips: {index: share}."""
    printed = [share.replace("%", "").strip() for share in page.locator(".st-key-words .share").all_inner_texts()]
    return {i: float(share) / 100 for i, share in enumerate(printed) if share}


def assert_shares(page, row):
    told = np.flatnonzero(row >= 0.005).tolist()
    expected = {i: pytest.approx(row[i], abs=0.0051 if row[i] > 0.0995 else 0.00051) for i in told}
    eventually(lambda: shares(page), expected)


def settings(page, text):
    page.locator(".st-key-heads_row button", has_text=text).click()


def test_pointing_at_a_word_shows_its_row_without_asking_the_server(sent, english):
    page, frames = sent(PATH)
    weights = english(LAW).weights[3, 1]
    assert_shares(page, weights[9])
    before, paper = len(frames), word(page, "Law").evaluate("chip => chip.style.backgroundColor")
    word(page, "application").hover()
    assert_shares(page, weights[10])
    assert word(page, "Law").evaluate("chip => chip.style.backgroundColor") != paper
    expect(page.locator(".st-key-words .tip")).to_contain_text(f"its → application  {weights[9, 10]:.3f}")
    expect(page.locator(".st-key-words .flow path")).to_have_count(int((weights[10] >= 0.01).sum()))
    page.mouse.move(5, 5)
    assert_shares(page, weights[9])
    expect(page.locator(".st-key-words .tip")).to_be_hidden()
    assert len(frames) == before


def test_a_click_pins_the_word_and_the_link_knows_it(sent, english):
    page, frames = sent(PATH)
    before = len(frames)
    word(page, "missing").click()
    idle(page)
    assert len(frames) > before
    expect(page).to_have_url(re.compile("asks=20"))
    page.mouse.move(5, 5)
    assert_shares(page, english(LAW).weights[3, 1, 20])
    expect(page.locator(".st-key-bars h4")).to_contain_text("missing")
    expect(words(page).nth(20)).to_have_class(re.compile("asks"))


def test_the_other_direction_shows_who_looks_at_the_word(sent, english):
    page, _ = sent("sentence?view=words&direction=in")
    weights = english(LAW).weights[3, 1]
    assert_shares(page, weights[:, 2])
    word(page, "application").hover()
    assert_shares(page, weights[:, 10])
    word(page, "perfect").click()
    idle(page)
    expect(page).to_have_url(re.compile(r"looks=6(&|$)"))
    page.mouse.move(5, 5)
    assert_shares(page, weights[:, 6])


def test_several_heads_have_hues_ticks_and_names_and_one_can_be_seen_alone(sent, english):
    page, _ = sent(PATH)
    settings(page, "Only this head")
    page.get_by_role("button", name="All heads").last.click()
    idle(page)
    page.keyboard.press("Escape")
    page.mouse.move(5, 5)
    weights = english(LAW).weights[3]
    entries = page.locator(".st-key-words .heads button")
    expect(entries).to_have_text([f"Head {number}" for number in range(1, 13)])
    assert_shares(page, weights[:, 9].max(0))
    hues = entries.evaluate_all("all => new Set(all.map(e => e.style.getPropertyValue('--hue'))).size")
    assert hues == 12
    ticked = page.locator(".st-key-words .ticks").evaluate_all(
        "all => all.map(tick => new Set(tick.style.backgroundImage.match(/rgb[^)]*[)]/g) ?? []).size)"
    )
    assert ticked == (weights[:, 9] >= 0.05).sum(0).tolist()
    entries.nth(5).hover()
    assert_shares(page, weights[5, 9])
    page.mouse.move(5, 5)
    assert_shares(page, weights[:, 9].max(0))


def test_the_keyboard_path_needs_no_mouse(sent, english):
    page, frames = sent(PATH)
    weights = english(LAW).weights[3, 1]
    stops = page.locator(".st-key-words .word button[tabindex='0']")
    expect(stops).to_have_count(1)
    stops.focus()
    page.keyboard.press("ArrowRight")
    expect(word(page, "application")).to_be_focused()
    assert_shares(page, weights[10])
    expect(page.locator(".st-key-words .said")).to_contain_text(f"its → application  {weights[9, 10]:.3f}")
    page.keyboard.press("End")
    expect(words(page).last.locator("button")).to_be_focused()
    page.keyboard.press("Home")
    assert_shares(page, weights[0])
    page.keyboard.press("ArrowDown")
    tops = words(page).evaluate_all("all => all.map(word => word.querySelector('button').offsetTop)")
    under = page.evaluate("document.activeElement.shadowRoot?.activeElement.offsetTop")
    assert under == sorted(set(tops))[1]
    before = len(frames)
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"asks=1(&|$)"))
    idle(page)
    assert len(frames) > before
    expect(word(page, "The")).to_be_focused()
    page.keyboard.press("Escape")
    expect(word(page, "The")).not_to_be_focused()
    assert_shares(page, weights[1])


def test_merged_words_sum_to_what_their_pieces_did(sent, english):
    text = "Unbelievabilities don't electrify well-known kittens."
    page, _ = sent(f"sentence?view=words&text={quote(text)}&asks=1")
    tokens = english(text).tokens
    expect(page.locator(".st-key-words .word.continues")).to_have_count(len(tokens) - len(tokens.word_texts))
    page.get_by_text("Merge word pieces into words").click()
    idle(page)
    expect(page.locator(".st-key-words .word button")).to_have_text(list(tokens.word_texts))
    merged = merge_weights(english(text).weights[3, 1], tokens.groups)
    assert merged[1].sum() == pytest.approx(1, abs=1e-5)
    assert_shares(page, merged[1])


def test_on_a_phone_a_tap_pins_and_nothing_is_wider_than_the_screen(visit, english):
    page = visit("sentence?view=words", width=390, height=844, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(words(page)).to_have_count(27)
    right = words(page).evaluate_all("all => Math.max(...all.map(word => word.getBoundingClientRect().right))")
    assert right <= 390
    word(page, "application").tap()
    tip = page.locator(".st-key-words .tip")
    expect(tip).to_contain_text("its → application")
    idle(page)
    expect(page).to_have_url(re.compile("asks=10"))
    assert_shares(page, english(LAW).weights[3, 1, 10])


NASTY = "<img src=x onerror='window.hacked=1'> 😀 e\u0301\u0301 שלום عالم " + "x" * 500


def test_any_text_is_shown_as_it_is(visit):
    page = visit(f"sentence?view=words&text={quote(NASTY)}")
    chips = page.locator(".st-key-words .word button")
    for word in ("<", "😀", "e\u0301\u0301", "שלום"[0]):
        expect(chips.filter(has_text=re.compile(rf"^\s*{re.escape(word)}\s*$")).first).to_be_visible()
    long = page.locator(".st-key-words .word button", has_text="xxx")
    assert long.get_attribute("title") == "x" * 500
    assert long.bounding_box()["width"] < 300
    assert page.evaluate("window.hacked") is None
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_sentence_written_right_to_left_flows_that_way(visit):
    page = visit(f"sentence?view=words&text={quote('שלום עולם')}")
    expect(words(page)).not_to_have_count(0)
    left = words(page).evaluate_all("all => all.map(word => word.getBoundingClientRect().left)")
    assert left == sorted(left, reverse=True)


def test_512_pieces_keep_the_pinned_word_in_view_and_follow_the_pointer(sent, english):
    text = "attention is all you need " * 120
    page, frames = sent(f"sentence?view=words&text={quote(text[:1990])}&asks=300")
    weights = english(text[:1990]).weights[3, 1]
    flow, pinned = page.locator(".st-key-words .flow").bounding_box(), words(page).nth(300).bounding_box()
    assert flow["y"] <= pinned["y"] <= pinned["y"] + pinned["height"] <= flow["y"] + flow["height"]
    assert len(shares(page)) <= 12
    before = len(frames)
    words(page).nth(302).hover()
    strongest = int(weights[302].argmax())
    eventually(lambda: shares(page).get(strongest), pytest.approx(weights[302, strongest], abs=0.0051))
    assert len(frames) == before


def test_the_table_holds_the_row_of_the_engine(visit, english):
    page = visit("sentence?view=words")
    rows = table_of(page, "words")
    assert rows[0][1:] == list(english(LAW).tokens.words)
    assert rows[1][0] == "its →"
    np.testing.assert_allclose(np.array(rows[1][1:], float), english(LAW).weights[3, 1, 9], rtol=1e-6)


def test_the_picture_can_be_taken_home(visit):
    page = visit("sentence?view=words")
    for tool, start in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
        file = taken_home(page, ".st-key-words .tools", tool)
        assert file.name.startswith("words-layer4-head2-out")
        assert file.read_bytes().startswith(start)
        assert file.stat().st_size > 5000
