"""The views of a sentence as a reader uses them: one text and one choice through all of them, links, nasty words."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import idle

VIEWS = ("words", "map", "heads", "find", "open", "vector", "change", "pair")
NASTY = "<b>bold</b> 😀👩‍👩‍👧 שלום e\u0301\u0301 **x** $y$ " + "z" * 500


def chip(page, word):
    return page.locator(".st-key-strip .flow button").filter(has_text=re.compile(f"^{re.escape(word)}$")).first


def open_view(page, name, view):
    page.locator(".st-key-view").get_by_role("radio", name=name, exact=True).click(force=True)
    expect(page.locator(f".st-key-view_{view}")).to_be_visible()
    idle(page)


@pytest.mark.parametrize("view", VIEWS)
def test_a_link_opens_every_view_with_its_choice(visit, view):
    page = visit(f"sentence?view={view}&text=The+dog+chased+its+own+tail.&layer=5&head=12&asks=4&looks=2.6")
    expect(page.locator(f".st-key-view_{view}")).to_be_visible()
    expect(page.locator(".st-key-layer button[aria-checked=true]")).to_have_text("5")
    expect(page.locator(".st-key-head button[aria-checked=true]")).to_have_text("12")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    again = visit(page.url.split("/", 3)[3])
    expect(again).to_have_url(page.url)
    shown = page.locator(f".st-key-view_{view}").inner_text()
    expect(again.locator(f".st-key-view_{view}")).to_have_text(shown, use_inner_text=True)


@pytest.mark.parametrize("screen", [{}, {"width": 390, "height": 844, "has_touch": True, "locale": "zh-CN"}])
def test_nasty_words_are_only_words_and_no_view_is_wider_than_the_screen(visit, screen):
    page = visit("sentence?view=words", **screen)
    field = page.locator(".st-key-text input")
    for text in (field.input_value(), NASTY):
        field.fill(text)
        field.press("Enter")
        idle(page)
        for view, chosen in zip(VIEWS, page.locator(".st-key-view [role=radio]").all(), strict=True):
            chosen.click(force=True)
            idle(page)
            expect(page.locator(f".st-key-view_{view}")).to_be_visible()
            assert page.locator("[data-testid=stMain] b", has_text="bold").count() == 0
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_another_view_keeps_the_words_the_layer_and_the_head(visit):
    page = visit("sentence?view=find&layer=5&head=12")
    chip(page, "opinion").click()
    expect(page).to_have_url(re.compile(r"looks=2\.10\.24"))
    names = {
        "vector": "What its vector learns",
        "change": "What if",
        "pair": "Two texts",
        "map": "Map",
        "find": "Find a head",
    }
    for view, name in names.items():
        open_view(page, name, view)
        expect(page).to_have_url(re.compile("layer=5&head=12|head=12&layer=5"))
        expect(page).to_have_url(re.compile(r"looks=2\.10\.24"))
    expect(page.locator(".st-key-ranking h4")).to_contain_text("“Law”, “application” and “opinion”")


def test_find_a_head_from_clicked_words_to_the_winners_map(visit):
    page = visit("sentence?view=find&looks=10")
    expect(page.locator(".st-key-ranking li").first).to_contain_text("L3H2")
    expect(page.locator(".st-key-ranking li").first).to_contain_text("next word")
    chip(page, "Law").click()
    expect(page).to_have_url(re.compile(r"looks=10\.2"))
    chip(page, "application").click()
    expect(page).to_have_url(re.compile(r"looks=2\b"))
    expect(page.locator(".st-key-ranking li").first).to_contain_text("L4H2")
    page.locator(".st-key-click_looks").get_by_role("radio", name="the word that asks (Q)").click(force=True)
    idle(page)
    chip(page, "missing").click()
    expect(page).to_have_url(re.compile("asks=20"))
    page.locator(".st-key-open_primary button").click()
    idle(page)
    expect(page.locator(".st-key-map figcaption")).to_contain_text("“missing” puts")


def test_all_72_heads_can_be_unfolded(visit):
    page = visit("sentence?view=find")
    shown = page.locator(".st-key-ranking li:visible")
    expect(shown).to_have_count(10)
    page.locator(".st-key-ranking .more").click()
    expect(shown).to_have_count(72)
    page.locator(".st-key-ranking .more").click()
    expect(shown).to_have_count(10)


def test_a_hidden_word_changes_the_map_and_comes_back(visit):
    page = visit("sentence?view=change&mask=none")
    caption = page.locator(".st-key-change_after figcaption")
    expect(caption).to_contain_text("The largest")
    trained = caption.inner_text()
    finding = page.locator(".st-key-view_change h4")
    expect(finding).to_contain_text("Nothing changed")
    chip(page, "Law").click()
    expect(finding).to_contain_text("“Law” hidden: in layer 4, head 2, “its” → “Law” goes from 80 % to 0 %")
    chip(page, "Law").click()  # the same click shows it again
    expect(finding).to_contain_text("Nothing changed")
    expect(caption).to_have_text(trained)
    chip(page, "Law").click()
    expect(finding).to_contain_text("“Law” hidden")
    chip(page, "[CLS]").click()
    expect(finding).to_contain_text("“[CLS]” and “Law” hidden")
    expect(caption).not_to_have_text(trained)
    page.locator(".st-key-undo button").click()
    expect(finding).to_contain_text("“Law” hidden: ")
    expect(page).not_to_have_url(re.compile("mask="))  # the address follows when the run has ended
    page.go_back()
    expect(finding).to_contain_text("“[CLS]” and “Law” hidden")
    page.locator(".st-key-reset button").click()
    expect(finding).to_contain_text("Nothing changed")
    expect(caption).to_have_text(trained)


def test_the_keyboard_alone_hides_a_word(visit):
    page = visit("sentence?view=change&mask=none")
    page.locator(".st-key-strip .flow button[tabindex='0']").focus()  # one stop of the Tab key: the word that asks
    for key in ("ArrowRight", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".st-key-view_change h4")).to_contain_text("“application” hidden")
    expect(page).to_have_url(re.compile("mask=10"))


def test_the_lines_of_the_vector_follow_the_words_chosen(visit):
    page = visit("sentence?view=vector&looks=2")
    lines = page.locator(".st-key-vector_lines .legendtext")
    expect(lines).to_have_count(4)
    chip(page, "opinion").click()
    expect(lines).to_have_count(6)
    page.get_by_text("This head", exact=True).click()
    expect(page.locator(".st-key-view_vector h4")).to_contain_text("without layer 4, head 2")


def test_a_clicked_cell_of_two_texts_is_opened_and_stands_in_the_link(visit):
    page = visit("sentence?view=pair")
    canvas = page.locator(".st-key-pair_map canvas").first
    canvas.focus()
    for key in ("Home", "PageUp", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile(r"pair_pin=1\.0"))
    idle(page)
    expect(page.get_by_text("Inside this cell: why “The” → “[CLS]”")).to_be_visible()
    other = visit(page.url.split("/", 3)[3])
    expect(other.get_by_text("Inside this cell: why “The” → “[CLS]”")).to_be_visible()
