"""Channel and spatial attention together on the reader's picture: one after the other, side by side, multiplied."""

import streamlit as st

from pages.pictures.choose import choose_picture
from pages.shared.texts import t

st.markdown(t("mixed.lead"))
picture = choose_picture()
