"""From X to Z on a few words: every matrix of attention in the open, one stage after another."""

from dataclasses import fields

import numpy as np
import streamlit as st

from attention.walkthrough import draw_projections, draw_words, illustrated_transformer, split_words, walk
from figures.reproduce import road_lines
from pages.shared.controls import badge, choice
from pages.shared.stages import arrive_on_road, depart_from_road, road_component, view_of_road
from pages.shared.state import LONGEST_IN_ADDRESS, arrive, depart
from pages.shared.take_home import take_home
from pages.shared.texts import plain, prose, t

WORDS, OTHER = "Thinking Machines", "思考 机器"
MOST_WORDS = 8


def ask_for_words(name: str, default: str) -> list[str]:
    """The words of a text field, at most `MOST_WORDS`; the default's while it is blank."""
    arrive(name, default, lambda text: bool(text.strip()) and len(text) <= LONGEST_IN_ADDRESS)
    label = "words" if name == "words" else "other"
    text = st.text_input(t(f"steps.{label}"), key=name, help=t(f"steps.{label}_help"))
    depart(name, default)
    words = split_words(text)
    if not words:
        st.caption(t("steps.words_none", words=default))
    if len(words) > MOST_WORDS:
        left_out = plain(words[MOST_WORDS][:20])
        st.caption(t("steps.words_many", most=MOST_WORDS, first_left_out=left_out))
    return [word[:40] for word in words[:MOST_WORDS]] or split_words(default)


numbers, text_place, asks_place, sizes = st.columns([11, 11, 9, 6], vertical_alignment="bottom")
with numbers:
    preset = choice("preset", ["small", "illustrated"], "small", texts="steps.preset")
illustrated = preset == "illustrated"
with asks_place:
    cross = st.toggle(t("steps.cross"), key="cross", bind="query-params", help=t("steps.cross_help"))
fixed = t("steps.fixed_help") if illustrated else None
with sizes.popover(t("steps.sizes"), icon=":material/tune:", disabled=illustrated, width="stretch", help=fixed):
    d_model = st.slider(t("steps.d_model"), 2, 8, 4, key="d_model", bind="query-params")
    d_k = st.slider(t("steps.d_k"), 1, 64, 3, key="d_k", bind="query-params")
    seed = st.number_input(t("steps.seed"), 0, 9999, 19, key="seed", bind="query-params")
words_place, other_place = text_place.columns(2) if cross else (text_place, None)
with words_place:
    if illustrated:
        words = split_words(WORDS)
        st.text_input(t("steps.words"), WORDS, disabled=True, help=fixed)
    else:
        words = ask_for_words("words", WORDS)
asking = words
if cross:
    with other_place:
        asking = ask_for_words("other", OTHER)

if illustrated:
    seed = None
    X, projections = illustrated_transformer()
else:
    X, projections = draw_words(words, d_model, seed), draw_projections(d_model, d_k, seed)
Y = draw_words(asking, X.shape[1], seed or 0) if cross else None

edits = arrive_on_road([preset, *words, None, *asking, d_model, d_k, seed])
road = walk(X, *projections, Y=Y, overwrite=edits)
view = view_of_road(len(asking))
payload = road_component(road, words, asking, view, edits, key="road")
depart_from_road()

badge("illustrative", t("steps.badge_illustrated" if illustrated else "steps.badge"))
st.caption(t("steps.source" if illustrated else "steps.badge_help"))


def all_numbers() -> dict[str, np.ndarray]:
    """Every stage under its own name, and the words of its rows."""
    stages = {field.name: getattr(road, field.name) for field in fields(road) if field.name != "overwritten"}
    return {"words": np.array(words), "asking": np.array(asking), **stages}


take_home(
    "attention-steps", all_numbers, road_lines(road, tuple(payload["chosen"]), words, asking, seed=seed), key="npz"
)
with st.expander(t("steps.lesson"), icon=":material/school:"):
    st.markdown(prose("steps"))
