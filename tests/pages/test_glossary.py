"""The glossary: every term is a word of this app, in both languages, said in a sentence or two."""

import re

import pytest

from pages.shared.glossary import terms
from pages.shared.texts import TEXTS
from tests.pages.conftest import component


def test_there_are_enough_terms(language):
    assert 30 <= len(terms(language)) <= 40


def test_no_form_belongs_to_two_terms(language):
    forms = [word.lower() for term in terms(language) for word in term["words"]]
    assert len(forms) == len(set(forms))
    assert all(form == form.strip() for form in forms)


def test_every_term_stands_in_the_texts_of_the_app(language):
    files = [path for path in (TEXTS / language).iterdir() if path.stem not in ("glossary", "imagenet", "coco")]
    written = "\n".join(path.read_text(encoding="utf-8") for path in files).lower()
    assert [term["name"] for term in terms(language) if not any(w.lower() in written for w in term["words"])] == []


def test_what_a_term_means_takes_one_sentence_or_two(language):
    ends = {"en": r"[.!?](?:\s|$)", "zh": r"[。！？]"}[language]
    counts = {term["name"]: len(re.findall(ends, term["means"])) for term in terms(language)}
    assert {name: count for name, count in counts.items() if not 1 <= count <= 2} == {}


@pytest.mark.parametrize("page", ["home", "yolo", "lesson_query"])
def test_it_is_on_every_page(open_page, language, page):
    data = component(open_page(page), "glossary")
    assert data["language"] == language
    assert data["terms"] == terms(language)
