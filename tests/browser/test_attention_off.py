"""The page about attention that is off as a reader uses it: the switch by mouse, finger and keys; blocks; channels."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import table_of

SCREEN = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}


def switch(page: Page):
    return page.get_by_role("switch", name="Attention", exact=True)


def first(page: Page, part: str = "now"):
    return page.locator(f".st-key-classes .{part} li").first


def test_switched_off_the_espresso_is_an_ipod(visit):
    page = visit("attention_off?sample=coffee")
    expect(first(page)).to_contain_text("espresso")
    expect(switch(page)).to_have_attribute("aria-checked", "true")
    switch(page).click()
    expect(first(page)).to_contain_text("iPod")
    expect(first(page, "beside")).to_contain_text("espresso")
    expect(page).to_have_url(re.compile("attention=off"))
    expect(page.get_by_role("paragraph").filter(has_text="The network now says iPod")).to_be_visible()
    expect(page.locator(".st-key-gate_blocks li.off")).to_have_count(6)
    page.get_by_role("radio", name="samples’ average").click()
    expect(first(page)).to_contain_text("espresso")
    expect(page).to_have_url(re.compile("instead=average"))
    page.go_back()
    expect(first(page)).to_contain_text("iPod")
    page.go_back()
    expect(switch(page)).to_have_attribute("aria-checked", "true")
    expect(first(page)).to_contain_text("espresso")


def test_on_a_phone_picture_and_switch_share_the_first_screen(visit):
    page = visit("attention_off?sample=astronaut&net=segmenter", **SCREEN)
    mask = page.locator(".st-key-person_viewer canvas").first
    expect(mask).to_be_visible()
    expect(page.locator(".st-key-classes .beside")).to_contain_text("0.56")
    placed, picture = switch(page).bounding_box(), mask.bounding_box()
    assert placed["height"] >= 44
    assert placed["y"] + placed["height"] <= SCREEN["height"]
    assert picture["y"] + 200 <= SCREEN["height"]
    assert placed["x"] >= 0
    assert placed["x"] + placed["width"] <= SCREEN["width"]
    switch(page).tap()
    expect(page.locator(".st-key-classes .now")).to_contain_text("0.56")
    expect(page.get_by_text("None of the 10 blocks uses its own gates.")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= SCREEN["width"]


def test_keys_switch_one_block_and_open_a_channel(visit):
    page = visit("attention_off?sample=coffee&arranged=stack")
    block = page.get_by_role("switch", name="Attention of block 4")
    block.focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("blocks=4"))
    expect(switch(page)).to_have_attribute("aria-checked", "false")
    expect(page.get_by_text("1 of 6 blocks off.")).to_be_visible()
    expect(block).to_be_focused()
    strip = page.get_by_role("img", name="Gates of block 2.")
    strip.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".st-key-gate_blocks .tip")).to_contain_text("channel 3:")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Block 2, channel 3")).to_be_visible()
    expect(page).to_have_url(re.compile("unit=2(:|%3A)3"))
    switch(page).focus()
    page.keyboard.press("Enter")
    expect(switch(page)).to_have_attribute("aria-checked", "true")
    expect(page.locator(".st-key-gate_blocks li.off")).to_have_count(0)
    table = table_of(page, "gate_blocks")
    assert len(table) == 1 + 256 + 5 * 512
    assert all(own == used for _, _, own, used in table[1:])


def test_a_bar_opens_its_evidence_and_any_class_is_searched_by_name(visit):
    page = visit("attention_off?sample=coffee")
    page.get_by_role("button", name="coffee mug").click()
    expect(page.locator(".st-key-evidence_viewer figcaption")).to_contain_text("coffee mug")
    expect(page.get_by_role("heading", name="Class evidence")).to_be_in_viewport()
    search = page.get_by_role("combobox", name="Class: type to search")
    search.click()
    search.press_sequentially("Egyptian")
    page.get_by_role("option", name="Egyptian cat").click()
    expect(page).to_have_url(re.compile("evidence=285"))
    expect(page.locator(".st-key-evidence_viewer figcaption")).to_contain_text("Egyptian cat")
