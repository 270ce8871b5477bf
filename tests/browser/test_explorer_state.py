"""What is chosen in a sentence belongs to that sentence: other texts, other pages, Back and Forward, two readers."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import eventually, idle, to_page

CAT, DOG = "The cat sat on the mat.", "A dog barked at the old red car."


def type_text(page, text, key="text"):
    field = page.locator(f".st-key-{key} input")
    field.fill(text)
    field.press("Enter")
    idle(page)


def chosen(address):
    """What stands in an address after its path, in whatever order."""
    return sorted(address.partition("?")[2].split("&"))


def test_back_brings_a_text_with_its_hidden_words_and_forward_the_other(visit):
    page = visit("sentence?view=change&text=The+cat+sat+on+the+mat.&mask=3.6")
    finding = page.locator(".st-key-view_change h4")
    expect(finding).to_contain_text("“sat” and “mat” hidden")
    type_text(page, DOG)
    expect(finding).not_to_contain_text("mat")
    idle(page)
    of_dog = finding.inner_text()
    page.go_back()
    expect(finding).to_contain_text("“sat” and “mat” hidden")
    page.go_forward()
    expect(finding).to_have_text(of_dog)


def test_another_text_forgets_the_rows_added_up_and_back_brings_them(visit):
    page = visit("sentence?view=map&text=The+cat+sat+on+the+mat.&rows=2.3")
    type_text(page, DOG)
    expect(page).not_to_have_url(re.compile("rows="))
    page.go_back()
    expect(page).to_have_url(re.compile(r"rows=2\.3"))


def test_another_pair_forgets_the_pinned_cell(visit):
    page = visit("sentence?view=pair&text=The+cat+sat+on+the+mat.&second=A+dog+barked.&pair_pin=1.0")
    expect(page.get_by_text("Inside this cell: why “The” → “[CLS]”")).to_be_visible()
    type_text(page, "The cat slept.", "second")
    expect(page).not_to_have_url(re.compile("pair_pin=1"))
    page.go_back()
    expect(page.get_by_text("Inside this cell: why “The” → “[CLS]”")).to_be_visible()


def test_another_network_reads_other_pieces_so_it_begins_with_its_own_words(visit):
    page = visit("sentence?view=map&text=The+cat+sat+on+the+mat.&asks=6&looks=2.3")
    page.get_by_role("button", name="Which network reads").click()
    page.locator(".st-key-network").get_by_role("radio", name="Chinese").click(force=True)
    idle(page)
    expect(page).not_to_have_url(re.compile(r"looks=2\.3"))


def test_the_link_from_home_brings_its_words_also_to_who_was_there_before(visit):
    page = visit("sentence?view=map&text=The+cat+sat+on+the+mat.&asks=6&looks=2&rows=2.3&mask=3.6")
    page.get_by_test_id("stTopNavLink").filter(has_text=re.compile("Home|Start|Attention", re.I)).first.click()
    idle(page)
    caption = page.locator(".st-key-home_map figcaption")
    before = caption.inner_text()
    type_text(page, DOG)
    expect(caption).not_to_have_text(before)
    page.locator(".st-key-home_map canvas").first.focus()
    for key in ("Home", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile("pin="))
    idle(page)
    shown = caption.inner_text()
    page.get_by_text("All layers and heads, every number").click()
    idle(page)
    expect(page.locator(".st-key-map figcaption").first).to_have_text(shown)
    assert "rows=" not in page.url


def test_who_comes_back_to_the_page_finds_the_same_view(visit):
    page = visit("sentence?view=change&text=The+cat+sat+on+the+mat.&mask=3.6&without=1-1&temperature=2")
    finding = page.locator(".st-key-view_change h4")
    shown, address = finding.inner_text(), page.url
    to_page(page, "Pictures", "Spatial attention")
    to_page(page, "Words", "Sentence")
    expect(finding).to_have_text(shown)
    eventually(lambda: chosen(page.url), chosen(address))


def test_two_readers_of_one_sentence_do_not_touch_each_others_choice(visit):
    address = "sentence?view=change&text=The+cat+sat+on+the+mat.&mask=3"
    one, other = visit(address), visit(address)
    type_text(one, DOG)
    other.locator(".st-key-remove_head button").click()
    expect(other.locator(".st-key-view_change h4")).to_contain_text("“sat” hidden · without L4H2")
    expect(one.locator(".st-key-view_change h4")).not_to_contain_text("L4H2 ")
