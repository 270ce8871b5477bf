"""The Spatial attention page as a reader uses it: stages, mechanisms, sliders, a pinned pixel, a phone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from attention.images import RAW_THRESHOLD, feature_maps, illustrative_spatial_weights, spatial_attention
from attention.sources.images import read_image
from tests.browser.conftest import idle

CANVAS = ".st-key-spatial_viewer .stage canvas"


def finding(page: Page):
    return page.locator(".st-key-spatial_viewer figcaption")


def stage(page: Page, label: str):
    return page.locator(".st-key-strip_stage button", has_text=label)


def look(page: Page, name: str):
    return page.locator(".st-key-spatial_viewer .looks [role=radio]", has_text=name)


def test_a_stage_of_the_strip_is_shown_large(visit):
    page = visit("spatial?sample=cat")
    expect(finding(page)).to_contain_text("The mask is")
    stage(page, "Channel mean").click()
    expect(finding(page)).to_contain_text("How strongly all 20 channels respond together")
    expect(stage(page, "Channel mean")).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile("stage=mean"))
    page.go_back()
    expect(finding(page)).to_contain_text("The mask is")


def test_the_end_of_the_strip_is_the_viewers_result(visit):
    page = visit("spatial?sample=cat&stage=mean")
    stage(page, "Picture × mask").click()
    expect(look(page, "Result")).to_have_attribute("aria-checked", "true")
    expect(stage(page, "Picture × mask")).to_have_attribute("aria-pressed", "true")
    expect(finding(page)).to_contain_text("The mask is")
    stage(page, "Mask σ").click()
    expect(look(page, "Overlay")).to_have_attribute("aria-checked", "true")


def test_every_mechanism_has_its_own_stages(visit):
    page = visit("spatial?sample=shapes")
    page.get_by_role("radio", name="BAM", exact=True).click()
    expect(stage(page, "Second dilated")).to_be_visible()
    expect(page.get_by_text("Two dilated kernels.")).to_be_visible()
    page.get_by_role("radio", name="SimAM", exact=True).click()
    expect(stage(page, "Energy")).to_be_visible()
    expect(page.get_by_text("Mean of the 20 masks")).to_be_visible()
    expect(page).to_have_url(re.compile("place=simam"))


def test_the_number_under_the_pointer_is_the_number_that_is_opened(visit):
    page = visit("spatial?sample=cat")
    box = page.locator(CANVAS).bounding_box()
    at = round(box["x"] + 0.4 * box["width"]), round(box["y"] + 0.35 * box["height"])
    page.mouse.move(*at)
    tip = page.locator(".st-key-spatial_viewer .tip")
    expect(tip).to_be_visible()
    column, row, value = re.findall(r"[\d.]+", tip.inner_text())
    page.mouse.click(*at)
    expect(page.get_by_text(f"why the mask is {value} at column {column}, row {row}")).to_be_visible()
    expect(page).to_have_url(re.compile(f"pixel={column}%2C{row}"))
    X = feature_maps(read_image(Path("assets/images/cat.jpg").read_bytes()).rgb).maps
    mask = spatial_attention(X, illustrative_spatial_weights(threshold=RAW_THRESHOLD)).mask
    assert value == f"{mask[int(row) - 1, int(column) - 1]:.3f}"


def test_a_slider_redraws_the_mask_in_place(visit):
    page = visit("spatial?sample=cat")
    canvas = page.locator(CANVAS).element_handle()
    before, place = finding(page).inner_text(), canvas.bounding_box()
    # A canvas that went white, or away, between the two masks would be a flicker.
    canvas.evaluate("""node => {
      const brush = node.getContext("2d");
      window.blank = 0;
      const watch = () => {
        const middle = brush.getImageData(node.width >> 1, node.height >> 1, 1, 1).data;
        if (!node.isConnected || !middle[3]) window.blank += 1;
        requestAnimationFrame(watch);
      };
      watch();
    }""")
    page.locator(".st-key-thr input[type=range]").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(finding(page)).not_to_have_text(before)
    idle(page)
    assert canvas.evaluate("node => node.isConnected")
    assert canvas.bounding_box() == place
    assert page.evaluate("window.blank") == 0
    expect(page).to_have_url(re.compile("thr=1.9"))


def test_a_link_opens_the_same_view_in_chinese(visit):
    path = "spatial?sample=shapes&place=bam&stage=logits&pixel=377,246&dilation=2"
    page = visit(path, locale="zh-CN")
    expect(page.get_by_text("第 377 列第 246 行的掩码为什么是")).to_be_visible()
    expect(page.get_by_text("彼此隔开 2 个像素的九个数")).to_be_visible()
    expect(stage(page, "合成一张")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("place", ["cbam", "bam", "simam"])
def test_on_a_phone_nothing_is_wider_than_the_screen(visit, place):
    page = visit(f"spatial?place={place}", width=390, height=844, has_touch=True, color_scheme="dark")
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("node => node.scrollWidth - node.clientWidth") <= 1
    for name in ("spatial_viewer", "strip_stage"):
        box = page.locator(f".st-key-{name}").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 391, name
