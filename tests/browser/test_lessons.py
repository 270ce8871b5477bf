"""The course as readers go through it, in each language: what they try, what they predict, what is revealed, and on."""

import importlib
import re
from collections.abc import Mapping
from functools import partial
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from pages.lessons.frame import Lesson
from pages.lessons.path import LESSONS, page_of
from pages.shared.texts import strings
from tests.browser.conftest import eventually, idle

LOCALES = {"en-US": "en", "zh-CN": "zh"}


def untold(page: Page, settings: Mapping[str, object]) -> dict[str, str]:
    """Which settings the address does not tell."""
    told = {name: values[-1].lower() for name, values in parse_qs(urlsplit(page.url).query).items()}
    return {key: str(value).lower() for key, value in settings.items() if told.get(key) != str(value).lower()}


def longest_words(text: str) -> str:
    """The longest piece of a text of ours that stands on the page as it is written: no placeholder, no mark-up."""
    return max(re.split(r"\{.*?\}|[^\w\s,.，。“”’‘]|\n|(?<=\w)_", text), key=len).strip()


def try_everything(page: Page, lesson: Lesson) -> None:
    """Click each "try this": the address tells what it sets, unless it is the default, the same one each time.

    The page goes up to the toy, where the effect is.
    """
    defaults, toy, header = {}, page.locator(".st-key-lesson_toy"), page.get_by_test_id("stHeader")

    def begins_in_sight() -> bool:
        return header.bounding_box()["height"] <= toy.bounding_box()["y"] < page.viewport_size["height"]

    def unlike_default(settings: Mapping[str, object]) -> dict[str, str]:
        return {key: value for key, value in untold(page, settings).items() if defaults.get(key, value) != value}

    for code, settings in lesson.moves.items():
        page.locator(f".st-key-move_{code} button").click()
        idle(page)
        eventually(partial(unlike_default, settings), {})
        eventually(begins_in_sight)
        defaults |= untold(page, settings)


def predict(page: Page, lesson: Lesson, texts: dict[str, str]) -> None:
    """Commit to an answer: before it nothing is told, after it its reason, the truth and what to remember."""
    truth = page.get_by_test_id("stMain").get_by_text(longest_words(texts[f"lesson_{lesson.name}.predict.truth"]))
    reveal = page.locator(".st-key-reveal button")
    expect(reveal).to_be_disabled()
    expect(truth).to_have_count(0)
    page.locator(f".st-key-guess_{lesson.name} label:has(input)").first.click()
    expect(reveal).to_be_enabled()
    reveal.click()
    expect(truth.first).to_be_visible()
    expect(page.get_by_test_id("stAlert").first).to_contain_text(
        re.compile(f"{re.escape(texts['lesson.right'])}|{re.escape(texts['lesson.wrong'])}")
    )
    expect(page.get_by_text(longest_words(texts[f"lesson_{lesson.name}.remember"])).first).to_be_visible()


@pytest.mark.parametrize("locale", LOCALES)
def test_the_whole_course(visit, locale):
    texts = strings(LOCALES[locale])
    page = visit(page_of(LESSONS[0]), locale=locale)
    for name in LESSONS:
        lesson = importlib.import_module(f"pages.lessons.{name}").LESSON
        expect(page.get_by_role("heading", level=1, name=texts[f"page.{page_of(name)}"], exact=True)).to_be_visible()
        try_everything(page, lesson)
        predict(page, lesson, texts)
        onward = page.locator(".st-key-lesson_next a")
        if name == LESSONS[-1]:
            expect(onward).to_have_count(0)
        else:
            onward.click()
            expect(page).to_have_url(re.compile(page_of(LESSONS[LESSONS.index(name) + 1])))
    done = texts["lesson.of"].format(number=len(LESSONS), count=len(LESSONS), done=len(LESSONS))
    expect(page.locator(".st-key-lesson_bar")).to_contain_text(done)


def test_another_language_keeps_what_was_chosen_and_it_can_be_revealed(visit):
    page = visit(f"{page_of('family')}?family_branch=gates")
    guesses, branches = (page.locator(f"[class*=st-key-{key}] label:has(input)") for key in ("guess_", "family_branch"))
    guesses.nth(1).click()
    expect(page.locator(".st-key-reveal button")).to_be_enabled()
    page.get_by_text("中文", exact=True).click()
    expect(page.locator(".st-key-reveal button")).to_have_text(strings("zh")["lesson.reveal"])
    idle(page)
    for chosen, row in ((1, guesses), (2, branches)):
        expect(row.nth(chosen).locator("input")).to_be_checked()
    page.locator(".st-key-reveal button").click()
    expect(page.get_by_text(longest_words(strings("zh")["lesson_family.predict.truth"]))).to_be_visible()
