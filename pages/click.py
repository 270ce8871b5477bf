"""A trained network that attends to where the reader clicks, layer by layer."""

import streamlit as st

from pages.pictures.choose import choose_picture
from pages.shared.texts import t

st.markdown(t("click.lead"))
picture = choose_picture()
