"""Both languages have the same labels, the same placeholders and the same prose; user text is never markup."""

import re
import string
import tomllib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pages.shared.texts import LANGUAGES, TEXTS, plain, strings


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_both_languages_have_the_same_keys():
    assert strings("en").keys() == strings("zh").keys()


def test_both_languages_fill_in_the_same_placeholders():
    english, chinese = strings("en"), strings("zh")
    assert [key for key in english if placeholders(english[key]) != placeholders(chinese[key])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_is_empty(language):
    assert [key for key, text in strings(language).items() if not text.strip()] == []


def bold_marks_that_stay_asterisks(text: str) -> list[str]:
    """Where ``**`` neither opens nor closes: Markdown reads it by its neighbours (CommonMark 0.31, section 6.2)."""

    def kind(character: str) -> int:  # 0 space, 1 punctuation or symbol, 2 letter
        return 0 if character.isspace() else 1 if unicodedata.category(character)[0] in "PS" else 2

    found = []
    for number, mark in enumerate(re.finditer(r"\*\*", text)):
        before, after = kind(f" {text}"[mark.start()]), kind(f"{text} "[mark.end()])
        inside, outside = (before, after) if number % 2 else (after, before)
        if inside == 0 or (inside == 1 and outside == 2):
            found.append(text[max(0, mark.start() - 8) : mark.end() + 8])
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_bold_is_bold(language):
    assert bold_marks_that_stay_asterisks("**一。**二") == ["**一。**二"]
    assert bold_marks_that_stay_asterisks("**一。** 二，**三**：四") == []
    texts = [*strings(language).values(), *(path.read_text("utf-8") for path in (TEXTS / language).glob("*.md"))]
    assert [mark for text in texts for mark in bold_marks_that_stay_asterisks(text)] == []


def test_both_languages_have_the_same_files():
    files = {language: sorted(path.name for path in (TEXTS / language).iterdir()) for language in LANGUAGES}
    assert files["en"] == files["zh"]
    assert any(name.endswith(".md") for name in files["en"])


def test_no_key_is_written_twice_across_the_files_of_a_language():
    for language in LANGUAGES:
        tables = [set(tomllib.loads(path.read_text(encoding="utf-8"))) for path in (TEXTS / language).glob("*.toml")]
        assert len(set().union(*tables)) == sum(map(len, tables))


@pytest.mark.parametrize("text", ["<b>x</b>", "$x^2$", "[a](javascript:alert(1))", "**b**", ":red[x]", "`code`", "# x"])
def test_plain_leaves_no_markup_alive(text):
    escaped = plain(text)
    assert escaped.replace("\\", "") == text
    for mark in "<$[*:`#":
        for at, character in enumerate(escaped):
            assert character != mark or escaped[at - 1] == "\\"


@given(some.text())
def test_plain_keeps_every_letter(text):
    shown = plain(text)
    assert "\n" not in shown
    assert [c for c in shown if c.isalnum()] == [c for c in text if c.isalnum()]
