"""Trained networks with their attention switched off: what they recognise then, block by block."""

import streamlit as st

from pages.pictures.choose import choose_picture
from pages.shared.texts import t

st.markdown(t("attention_off.lead"))
picture = choose_picture()
