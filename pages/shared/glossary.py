"""The words of the field: they open where they stand on a page, and all behind one button."""

from functools import cache

from pages.shared.components import component
from pages.shared.texts import language, strings

_GLOSSARY = component("glossary", ["marks.js", "glossary.js"])


@cache
def terms(code: str) -> list[dict]:
    """Every term of a language, in the order of its file: its name, the forms that are marked, what it means."""
    texts, prefix = strings(code), "glossary.name."
    names = [key.removeprefix(prefix) for key in texts if key.startswith(prefix)]
    return [
        {
            "name": texts[f"glossary.name.{name}"],
            "words": texts[f"glossary.words.{name}"].split("|"),
            "means": texts[f"glossary.means.{name}"],
        }
        for name in names
    ]


def glossary() -> None:
    """Mark the terms of this page, and place the button that lists them all."""
    code = language()
    words = {name: strings(code)[f"glossary.{name}"] for name in ("label", "title", "note", "close")}
    _GLOSSARY(key="glossary", data={"language": code, "terms": terms(code), "words": words}, width="content")
