"""Channel attention on the reader's picture: squeeze, excitation, gates, and what they let through."""

import streamlit as st

from pages.pictures.choose import choose_picture
from pages.shared.texts import t

st.markdown(t("channel.lead"))
picture = choose_picture()
