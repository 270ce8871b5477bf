"""What the pages share: texts, the state behind the address, widgets, caches and the components."""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

# Until st.navigation has run once, Streamlit takes a folder named pages/ for its old automatic pages: the first visitor
# of a fresh server who follows a link to a page would get that script alone, without app.py. Every page imports this
# package, so here such a run starts over, through app.py.
if PagesManager.uses_pages_directory:
    PagesManager.uses_pages_directory = False
    st.rerun()
