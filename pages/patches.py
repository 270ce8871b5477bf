"""The reader's picture as a sentence of patches: one asks, all answer."""

import streamlit as st

from pages.pictures.choose import choose_picture
from pages.shared.texts import t

st.markdown(t("patches.lead"))
picture = choose_picture()
