"""The pages on a phone: what is looked at comes early, nothing is too small for a finger, the menu gives way."""

import re

import pytest
from playwright.sync_api import expect

SCREEN = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
CHOICES = ".st-key-lang, .st-key-view, .st-key-layer, .st-key-head, .st-key-direction, .st-key-heads_row"
SENTENCES = {"en-US": "", "zh-CN": "&text=小猫没有过马路，因为它太累了。"}


def box(locator) -> dict:
    locator.wait_for()
    return locator.bounding_box()


@pytest.mark.parametrize("locale", SENTENCES)
@pytest.mark.parametrize("view", ["words", "vector", "change"])
def test_the_first_words_stand_on_the_first_screen(visit, view, locale):
    page = visit(f"sentence?view={view}{SENTENCES[locale]}", locale=locale, **SCREEN)
    first = page.locator(f".st-key-view_{view} .word button").first
    first.wait_for()
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0)
    first = box(first)
    assert first["y"] + first["height"] < SCREEN["height"] - 44  # a line of words, and the beginning of the next


@pytest.mark.parametrize("locale", SENTENCES)
def test_all_eight_views_are_in_sight(visit, locale):
    page = visit(f"sentence{SENTENCES[locale].replace('&', '?')}", locale=locale, **SCREEN)
    views = page.locator(".st-key-view [role=radio]")
    expect(views).to_have_count(8)
    for view in views.all():
        placed = box(view)
        assert placed["x"] >= 0
        assert placed["x"] + placed["width"] <= SCREEN["width"]
        text = box(view.locator("p"))
        assert text["height"] <= placed["height"]


@pytest.mark.parametrize("head", [1, 12])
def test_the_chosen_head_is_in_sight_and_the_others_can_be_reached(visit, head):
    page = visit(f"sentence?head={head}", **SCREEN)
    placed = box(page.locator(".st-key-head [aria-checked=true]"))
    assert placed["x"] >= 0
    assert placed["x"] + placed["width"] <= SCREEN["width"]
    row = page.locator(".st-key-head [role=radiogroup]")
    assert row.evaluate("row => row.scrollWidth > row.clientWidth")


@pytest.mark.parametrize("locale", SENTENCES)
def test_what_a_finger_has_to_hit_is_large_enough(visit, locale):
    page = visit("sentence", locale=locale, **SCREEN)
    page.locator(".st-key-direction [role=radio]").first.wait_for()
    choices = page.locator(CHOICES).locator("[role=radio], [data-testid=stPopoverButton]")
    assert choices.count() > 30
    for choice in choices.all():
        placed = choice.bounding_box()
        assert min(placed["height"], placed["width"]) >= 44


def test_the_menu_closes_when_a_page_is_chosen_in_it(visit):
    page = visit("spatial", **SCREEN)
    page.get_by_test_id("stExpandSidebarButton").tap()
    link = page.get_by_test_id("stSidebarNavLink").filter(has_text="Mixed")
    assert box(link)["height"] >= 44
    link.tap()
    expect(page).to_have_url(re.compile("/mixed"))
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")


@pytest.mark.parametrize("locale", SENTENCES)
def test_all_samples_are_in_sight(visit, locale):
    page = visit("spatial", locale=locale, **SCREEN)
    samples = page.locator(".st-key-samples button")
    expect(samples).to_have_count(5)
    for sample in samples.all():
        placed = box(sample)
        assert min(placed["height"], placed["width"]) >= 44
        assert 0 <= placed["x"] <= placed["x"] + placed["width"] <= SCREEN["width"]


@pytest.mark.parametrize("locale", SENTENCES)
@pytest.mark.parametrize("path", ["channel", "spatial", "mixed", "patches", "compare"])
def test_the_picture_begins_on_the_first_screen(visit, path, locale):
    page = visit(path, locale=locale, **SCREEN)
    shown = page.locator(
        "[class*=st-key-strip_] img" if path == "mixed" else "canvas"
    )  # its strip shows all of it first
    assert box(shown.first)["y"] + 80 < SCREEN["height"]
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") == SCREEN["width"]
