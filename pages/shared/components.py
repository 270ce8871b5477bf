"""The components that people touch, mounted: the canvas map and the bars (assets/components)."""

import json
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path

import streamlit as st

from pages.shared.texts import t, template

COMPONENTS = Path(__file__).parents[2] / "assets" / "components"


def component(name: str, scripts: Sequence[str]):
    folder = COMPONENTS / name

    def read(file: str) -> str | None:
        path = folder / file
        return path.read_text(encoding="utf-8") if path.exists() else None

    # Streamlit takes one script a component; ours are a file a concern, the one with the default export last.
    return st.components.v2.component(
        f"attention_{name}",
        html=read(f"{name}.html"),
        css=read(f"{name}.css"),
        js="\n".join((folder / script).read_text(encoding="utf-8") for script in scripts),
    )


TOOLS = ("png", "svg", "csv", "link")  # what a map offers to take home

COMMON = ("../common/scales.js", "../common/words.js", "../common/take.js")

NODES = "../common/nodes.js"

WINDOW = ("../common/zoom.js", "../common/pointing.js")

_MAP = component(
    "map",
    [*COMMON, *WINDOW, "../common/poster.js", "layout.js", "draw.js", "strips.js", "svg.js", "export.js", "map.js"],
)
_BARS = component("bars", [NODES, "bars.js"])
_LANGUAGE = component("language", ["language.js"])
_MENU = component("menu", ["menu.js"])
_ONWARD = component("onward", ["../common/reveal.js", "onward.js"])
_GALLERY = component("gallery", [NODES, "gallery.js"])


def tool_words(tools: Sequence[str] = TOOLS, texts: str = "map") -> dict[str, dict[str, str]]:
    """What a component offers to take home, in the reader's language; `texts` has what its files hold."""
    return {
        tool: {
            "label": t(f"map.{tool}"),
            "help": t("map.link_help" if tool == "link" else f"{texts}.{tool}_help"),
            "done": t("map.link_done"),
        }
        for tool in tools
    }


def declare_language(code: str) -> None:
    """Tell the browser the language of the page ("en", "zh")."""
    _LANGUAGE(key="language", data={"language": {"zh": "zh-CN"}.get(code, code)}, width=1, height=1)


def close_menu(page: str) -> None:
    """On a phone, close the menu when this page was not shown before."""
    _MENU(key="menu", data={"page": page}, width=1, height=1)


def bring_back(place: str, turn: Hashable) -> None:
    """Once `turn` is another one and the container with the key `place` lies above, the page moves up to it."""
    _ONWARD(key=f"back_to_{place}", data={"place": place, "turn": turn}, width=1, height=1)


def attention_map(
    payload: dict,
    *,
    key: str,
    on_choose: Callable[[int, int], None] | None = None,
    on_mark: Callable[[list[int], list[int]], None] | None = None,
    tools: Sequence[str] = TOOLS,
) -> None:
    """Show a payload of `figures.maps.map_payload`; what the reader does runs before the rerun.

    Parameters
    ----------
    payload : dict
    key : str
        Widget key.
    on_choose : callable, optional
        ``on_choose(row, column)`` when a cell is pinned.
    on_mark : callable, optional
        ``on_mark(rows, columns)`` when rows or columns are chosen by their names, all that are chosen then; without it
        the choice stays in the browser.
    tools : sequence of str
        What to offer to take home, of `TOOLS`.
    """
    rows, columns = payload["rows"], payload["columns"]

    def chosen() -> None:
        cell = st.session_state[key].get("chosen")
        if cell and 0 <= cell["row"] < rows and 0 <= cell["column"] < columns:
            on_choose(cell["row"], cell["column"])

    def marked() -> None:
        sent = st.session_state[key].get("marked")
        if sent and all(set(sent[axis]) <= set(range(payload[axis])) for axis in ("rows", "columns")):
            on_mark(list(dict.fromkeys(sent["rows"])), list(dict.fromkeys(sent["columns"])))

    _MAP(
        key=key,
        data={
            **payload,
            "pinnable": on_choose is not None,
            "markable": on_mark is not None,
            "opacityLabel": t("map.opacity"),
            "words": _map_words(pinnable=on_choose is not None),
            "tools": tool_words(tools),
        },
        on_chosen_change=chosen if on_choose else lambda: None,
        on_marked_change=marked if on_mark else lambda: None,
    )


def _map_words(*, pinnable: bool) -> dict:
    """What the canvas map says by itself, in the reader's language."""
    names = ("choose", "chosen_rows", "chosen_columns", "all_rows", "all_columns", "and", "more", "clear")
    names += ("keys_zoom", "keys_mark")
    return {
        "keys": t("map.keys") if pinnable else t("map.keys_read"),
        "zoom": {
            way: {"label": t(f"map.zoom.{way}"), "help": t(f"map.zoom.{way}_help")} for way in ("in", "out", "all")
        },
        **{name: template(f"map.{name}") for name in names},
    }


def bars(payload: dict, *, key: str, on_choose: Callable[[int], None]) -> None:
    """Show a payload of `figures.bars.bars_payload`; ``on_choose(index)`` runs when a bar is clicked."""

    def chosen() -> None:
        index = st.session_state[key].get("chosen")
        if index in {item["index"] for item in payload["items"]}:
            on_choose(index)

    _BARS(key=key, data=payload, on_chosen_change=chosen)


def gallery(payload: dict, *, key: str, on_choose: Callable[[str], None] | None = None) -> None:
    """Show a payload of `figures.gallery.gallery_payload`; ``on_choose(id)`` runs when a picture is clicked."""

    def chosen() -> None:
        item = st.session_state[key].get("chosen")
        if item in {entry["id"] for entry in payload["items"]}:
            on_choose(item)

    _GALLERY(
        key=key,
        data={**payload, "choosable": on_choose is not None},
        on_chosen_change=chosen if on_choose else lambda: None,
    )


def uploader_words(**words: str) -> None:
    """The reader's language in the file uploader that stands in the container with the key "uploader"."""
    css = (COMPONENTS / "uploader" / "uploader.css").read_text(encoding="utf-8")
    variables = "".join(f"--{name}: {json.dumps(text, ensure_ascii=False)};" for name, text in words.items())
    st.html(f"<style>{css} .st-key-uploader {{ {variables} }}</style>")
