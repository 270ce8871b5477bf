"""The family of attention: a map of its members, and what the cheaper ones make of one sentence."""

import numpy as np
import streamlit as st

from figures.numbers import percent, signed
from figures.worksheet import curves_svg
from pages.lessons.family_bench import CHOICES, bench, run
from pages.lessons.family_cards import show_branch, show_family
from pages.lessons.family_facts import BRANCHES
from pages.lessons.family_read import HEAD, HEADS, REACH, SAMPLE, chosen, example
from pages.lessons.frame import Answer, Lesson
from pages.shared.compute import sample_picture
from pages.shared.controls import badge, choice
from pages.shared.picture_source import SAMPLES
from pages.shared.texts import t

WHOLE = "all"


def _toy() -> None:
    branch = choice("family_branch", (WHOLE, *BRANCHES), WHOLE, texts="lesson_family.branch", quiet=True)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        head = choice("family_head", tuple(HEADS), HEAD, texts="lesson_family.head")
        code = choice("family_picture", tuple(SAMPLES), SAMPLE, texts="lesson_family.picture")
    picture = sample_picture(code)
    if branch == WHOLE:
        show_family(picture, head)
    else:
        show_branch(branch, picture, head)
    badge("illustrative", t("lesson_family.badge"))
    st.caption(t("lesson_family.badge_help"))
    bench(head)


def _answer() -> Answer:
    """What "its" gives "law" once a kernel stands in the softmax's place."""
    cell = example()["asks"], example()["looks"][0]
    full, linear = (run(kind, HEAD, REACH).weights[cell[0]] for kind in ("full", "linear"))
    share, even = float(linear[cell[1]]), 1 / len(linear)
    right = "same" if share > full[cell[1]] / 2 else "none" if share < even / 10 else "flat"
    shares = {"full": full[cell[1]], "linear": share, "even": even, "most": linear.max()}
    leads = {"times": full, "times_linear": linear}  # how far ahead of the piece in the middle of all pieces
    values = {name: percent(float(value)) for name, value in shares.items()} | {"n": len(linear)}
    return Answer(right, values | {name: signed(row[cell[1]] / np.median(row), 1) for name, row in leads.items()})


def _picture() -> str:
    head, kind = chosen("head", HEAD), chosen("cheap", CHOICES[0])
    reach, asks = int(chosen("reach", REACH)), example()["asks"]
    rows = {name: run(name, head, reach).weights[asks] for name in ("full", kind)}
    places = np.arange(len(rows["full"]))
    curves = {t(f"lesson_family.kind.{name}"): (places, row) for name, row in rows.items()}
    return curves_svg(curves, t("lesson_family.printed"))


LESSON = Lesson(
    "family",
    _toy,
    moves={
        "reach": {"family_head": "law", "family_cheap": "window", "family_reach": 7},
        "previous": {"family_head": "previous", "family_cheap": "window", "family_reach": 1},
        "long": {"family_head": "law", "family_cheap": "linear"},
    },
    options=("same", "flat", "none"),
    answer=_answer,
    picture=_picture,
)
