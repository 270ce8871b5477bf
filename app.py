"""The router: page settings, language, navigation. No maths and no charts live here."""

from pathlib import Path

import streamlit as st

from pages.lessons.path import LESSONS, page_of
from pages.shared.components import close_menu, declare_language
from pages.shared.compute import settle_server
from pages.shared.controls import language_switch
from pages.shared.glossary import glossary
from pages.shared.part import last_door
from pages.shared.state import depart, enter, write_address
from pages.shared.texts import browser_language, language, t

PAGES = {  # section: {file: icon}, in the order of the introduction
    "": {"home": ":material/home:"},
    "lessons": {page_of(name): ":material/school:" for name in LESSONS},
    "words": {
        "steps": ":material/footprint:",
        "sentence": ":material/format_quote:",
    },
    "pictures": {
        "channel": ":material/layers:",
        "spatial": ":material/center_focus_strong:",
        "mixed": ":material/join_inner:",
        "patches": ":material/grid_on:",
        "compare": ":material/compare:",
    },
    "trained": {
        "attention_off": ":material/toggle_off:",
        "click": ":material/ads_click:",
        "yolo": ":material/grid_view:",
    },
}


settle_server()
st.set_page_config(page_icon="assets/icon.svg", layout="wide")  # a named icon would be fetched from outside
st.html(Path(__file__).parent / "assets" / "page.css")
header = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
heading = header.container(width="content")
corner = header.container(width="content", gap=None)
with corner:
    with st.container(horizontal=True, vertical_alignment="center", width="content", gap="small", key="corner"):
        language_switch()
        glossary()
    declare_language(language())
page = st.navigation(
    {
        section and t(f"section.{section}"): [
            st.Page(f"pages/{name}.py", title=t(f"page.{name}"), icon=icon, url_path=name, default=name == "home")
            for name, icon in pages.items()
        ]
        for section, pages in PAGES.items()
    },
    position="top",
)
with corner:
    close_menu(page.url_path)
enter(page.url_path)
depart("lang", browser_language())
st.set_page_config(page_title=" · ".join(filter(None, [page.url_path and page.title, t("app.name")])))
heading.title(page.title if page.url_path else t("app.name"), anchor=False)
with last_door(page.url_path or "home"):
    page.run()
write_address()
