"""Every mechanism on the reader's picture, side by side."""

import streamlit as st

from pages.pictures.choose import choose_picture
from pages.shared.texts import t

st.markdown(t("compare.lead"))
picture = choose_picture()
