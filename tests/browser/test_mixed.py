"""The Mixed attention page as a reader uses it: the order and its drawing, the difference, a gate, a phone."""

import re

from playwright.sync_api import Page, expect


def difference(page: Page):
    return page.locator(".st-key-difference_viewer figcaption")


def order(page: Page, name: str):
    return page.locator(".st-key-mix").get_by_role("radio", name=name, exact=True)


def test_the_order_is_a_switch_and_the_drawing_follows(visit):
    page = visit("mixed?sample=cat")
    drawing = page.locator("[data-testid=stImage] img")
    expect(drawing).to_have_attribute("alt", re.compile("first the channels"))
    before, source = difference(page).inner_text(), drawing.get_attribute("src")
    order(page, "Places first").click()
    expect(drawing).to_have_attribute("alt", re.compile("first the places"))
    expect(drawing).not_to_have_attribute("src", source)
    expect(difference(page)).to_contain_text("Asking for places first instead of channels first")
    expect(difference(page)).not_to_have_text(before)
    expect(page).to_have_url(re.compile("mix=spatial_first"))


def test_another_order_to_hold_it_against(visit):
    page = visit("mixed?sample=cat&mix=bam")
    page.locator(".st-key-against").get_by_role("radio", name="In parallel").click()
    expect(difference(page)).to_contain_text("as BAM does instead of both at once")
    expect(page).to_have_url(re.compile("against=parallel"))


def test_a_click_on_a_gate_names_it(visit):
    page = visit("mixed?sample=cat")
    page.locator(".st-key-mixed_gates button", has_text="Red over green").click()
    expect(difference(page)).to_contain_text("The gate of “Red over green” goes from")
    expect(page).to_have_url(re.compile("named=red_green"))


def test_a_pixel_pinned_here_is_open_on_the_spatial_page(visit):
    page = visit("mixed?sample=cat")
    canvas = page.locator(".st-key-difference_viewer .stage canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    page.mouse.click(box["x"] + 0.5 * box["width"], box["y"] + 0.5 * box["height"])
    expect(page).to_have_url(re.compile("pixel="))
    column, row = re.search(r"pixel=(\d+)%2C(\d+)", page.url).groups()
    page.get_by_role("link", name="Open a pixel").click()
    expect(page.get_by_text(f"at column {column}, row {row}")).to_be_visible()


def test_on_a_phone_nothing_is_wider_than_the_screen(visit):
    page = visit("mixed", width=390, height=844, has_touch=True, locale="zh-CN")
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("node => node.scrollWidth - node.clientWidth") <= 1
    for name in ("mixed_viewer", "difference_viewer", "mixed_gates"):
        box = page.locator(f".st-key-{name}").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 391, name
