"""What the page shows on demand: one channel and its gate, how fixed the gates are, the evidence for a class."""

import streamlit as st

from pages.shared.controls import choice
from pages.trained.off_channel import show_channel
from pages.trained.off_choice import CLOSER
from pages.trained.off_evidence import arrive_class, show_evidence
from pages.trained.off_follows import show_follows
from pages.trained.off_view import View


def look_closer(view: View, unit: tuple[int, int]) -> None:
    """One of the closer looks; evidence for a class is of the classifier alone."""
    looks = {"channel": lambda: show_channel(view, unit), "follows": lambda: show_follows(view)}
    if view.choice.network == "classifier":
        asked = arrive_class()
        looks["evidence"] = lambda: show_evidence(view, asked)
    with st.container(key=CLOSER):
        looks[choice("closer", tuple(looks), "channel", texts="attention_off.closer")]()
