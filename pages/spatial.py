"""Spatial attention on the reader's picture, stage by stage."""

import streamlit as st

from pages.pictures.choose import choose_picture
from pages.shared.texts import t

st.markdown(t("spatial.lead"))
picture = choose_picture()
