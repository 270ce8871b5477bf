"""One-stage detection with a trained detector: grid, scores, distances, boxes; and where attention sits in it."""

import streamlit as st

from pages.pictures.choose import choose_picture
from pages.shared.texts import t

st.markdown(t("yolo.lead"))
picture = choose_picture()
