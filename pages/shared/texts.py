"""Every sentence a reader sees, in the reader's language.

Labels are TOML under assets/texts/<language>/ (one file a page, `strings.toml` for what pages share); longer prose is
Markdown beside them. No sentence for a reader lives in Python.
"""

import re
import tomllib
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

TEXTS = Path(__file__).parents[2] / "assets" / "texts"
LANGUAGES = {"en": "English", "zh": "中文"}


def browser_language() -> str:
    """The language the reader's browser asks for: Chinese for any Chinese locale, else English."""
    return "zh" if (st.context.locale or "").lower().startswith("zh") else "en"


def language() -> str:
    """The language of this page view, decided by the router (app.py): the reader's choice, else the browser's."""
    chosen = st.session_state.get("lang")
    if chosen is None:
        # Until st.navigation has run once, Streamlit takes a folder named pages/ for its old automatic pages: the first
        # visitors of a fresh server who follow a link to a page get that script alone. Such a run starts over.
        PagesManager.uses_pages_directory = False
        st.rerun()
    return chosen or browser_language()


@cache
def strings(code: str) -> dict[str, str]:
    """All labels of a language, flat: ``{"sentence.title": ...}``."""
    flat = {}

    def walk(prefix: str, table: dict) -> None:
        for name, value in table.items():
            if isinstance(value, dict):
                walk(f"{prefix}{name}.", value)
            else:
                flat[f"{prefix}{name}"] = value

    for path in sorted((TEXTS / code).glob("*.toml")):
        walk("", tomllib.loads(path.read_text(encoding="utf-8")))
    return flat


def t(key: str, **values: object) -> str:
    """The label under ``key`` in the reader's language, its ``{placeholders}`` filled in."""
    return strings(language())[key].format(**values)


def template(key: str) -> str:
    """The label under ``key`` with its placeholders still open: figures and components fill them in."""
    return strings(language())[key]


@cache
def _prose(code: str, name: str) -> str:
    return (TEXTS / code / f"{name}.md").read_text(encoding="utf-8")


def prose(name: str) -> str:
    """The Markdown text ``assets/texts/<language>/<name>.md``."""
    return _prose(language(), name)


def isolate(word: str) -> str:
    """A word of the reader's inside a sentence of ours: one written right to left keeps its direction to itself."""
    right_to_left = any(unicodedata.bidirectional(character) in ("R", "AL", "AN") for character in word)
    return f"\u2068{word}\u2069" if right_to_left else word


def listed(words: Sequence[str]) -> str:
    """Some words of the reader's as a list in a sentence of ours: “law” and “application”."""
    *others, last = [t("listed.word", word=isolate(word)) for word in words]
    return t("listed.and", others=t("listed.comma").join(others), last=last) if others else last


def plain(text: str) -> str:
    """Text of the reader's for a Markdown place: shown letter by letter, never as markup, HTML or a formula."""
    return re.sub(r"([\\`*_{}\[\]()<>#+\-.!|~$:&=@])", r"\\\1", text.replace("\n", " "))
