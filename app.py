"""The router: page settings, language, navigation. No maths and no charts live here."""

import gc
import logging

import streamlit as st

from pages.shared.controls import language_switch
from pages.shared.texts import t

PAGES = {  # file: icon, in the order of the introduction
    "home": ":material/home:",
    "steps": ":material/footprint:",
    "sentence": ":material/format_quote:",
    "picture": ":material/image:",
}


@st.cache_resource
def freeze_imports() -> None:
    """Once per server: what the imports made stays, so the garbage collector need not walk it after every rerun."""
    gc.collect()
    gc.freeze()


freeze_imports()
st.set_page_config(page_icon="assets/icon.svg", layout="wide")  # a named icon would be fetched from outside
header = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
with header:
    heading = st.container(width="content")
    language_switch()
page = st.navigation(
    [
        st.Page(f"pages/{name}.py", title=t(f"page.{name}"), icon=icon, url_path=name, default=name == "home")
        for name, icon in PAGES.items()
    ],
    position="top",
)
heading.title(page.title if page.url_path else t("app.name"), anchor=False)
try:
    page.run()
except Exception:
    # The last door: no traceback ever reaches a reader.
    logging.getLogger(__name__).exception("page %r failed", page.url_path or "home")
    st.error(t("app.unexpected"), icon=":material/build:")
