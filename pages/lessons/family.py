"""The family of attention: a map of its members, and what the cheaper ones make of one sentence."""

from itertools import count

import numpy as np
import streamlit as st

from attention.teaching.cheaper import products
from figures.numbers import percent
from figures.worksheet import matrix_svg
from pages.lessons.family_bench import CHOICES, bench, run
from pages.lessons.family_cards import show_branch, show_family
from pages.lessons.family_facts import BRANCHES
from pages.lessons.family_read import HEAD, HEADS, REACH, SAMPLE, chosen, example, law
from pages.lessons.frame import Answer, Lesson
from pages.shared.compute import sample_picture
from pages.shared.controls import badge, choice
from pages.shared.picture_source import SAMPLES
from pages.shared.sentence_controls import labels
from pages.shared.texts import t

WHOLE = "all"
PRINTED = 6  # pieces of the sentence


def _toy() -> None:
    with st.spinner(t("sentence.loading")):
        law()
    branch = choice("family_branch", (WHOLE, *BRANCHES), WHOLE, texts="lesson_family.branch")
    members = st.container()  # above what they are computed from, so that a phone shows them at once
    with st.container(horizontal=True, vertical_alignment="bottom"):
        head = choice("family_head", tuple(HEADS), HEAD, texts="lesson_family.head")
        code = choice("family_picture", tuple(SAMPLES), SAMPLE, texts="lesson_family.picture")
    picture = sample_picture(code)
    with members:
        if branch == WHOLE:
            show_family(picture, head)
        else:
            show_branch(branch, picture, head)
    badge("illustrative", t("lesson_family.badge"))
    st.caption(t("lesson_family.badge_help"))
    bench(head)


def _answer() -> Answer:
    """Which takes fewer products on this sentence, full or linear attention, and what becomes of the weights."""
    asks, looks = example()["asks"], example()["looks"][0]
    full, linear = (run(kind, HEAD, REACH) for kind in ("full", "linear"))
    n, d = full.output.shape
    least = next(size for size in count(1) if _products("linear", size, d) < _products("full", size, d))
    saved = full.multiply_adds / linear.multiply_adds
    right = "same" if 0.95 < saved < 1.05 else "fewer" if saved > 1 else "more"
    shares = {name: percent(float(found.weights[asks, looks])) for name, found in (("full", full), ("linear", linear))}
    values = {"n": n, "d": d, "least": least, "share": shares["full"], "share_linear": shares["linear"]}
    taken = {"full": full.multiply_adds, "linear": linear.multiply_adds}
    return Answer(right, values | {name: f"{value:,}" for name, value in taken.items()})


def _products(kind: str, n: int, d: int) -> int:
    return products(kind, n, d, d, REACH)


def _picture() -> str:
    """What "its" gives the pieces that either rule gives most, in the order of the sentence."""
    head, kind = chosen("head", HEAD), chosen("cheap", CHOICES[0])
    reach, asks, words = int(chosen("reach", REACH)), example()["asks"], labels(law().tokens)
    rows = np.array([run(name, head, reach).weights[asks] for name in ("full", kind)])
    most = np.sort(np.argsort(rows.max(axis=0))[-PRINTED:])
    names = [t(f"lesson_family.kind.{name}") for name in ("full", kind)]
    return matrix_svg(rows[:, most], names, [words[at] for at in most], t("lesson_family.printed"))


LESSON = Lesson(
    "family",
    _toy,
    moves={
        "reach": {"family_head": "law", "family_cheap": "window", "family_reach": 7},
        "previous": {"family_head": "previous", "family_cheap": "window", "family_reach": 1},
        "stride": {"family_head": "law", "family_cheap": "strided", "family_reach": 7},
    },
    options=("fewer", "same", "more"),
    answer=_answer,
    picture=_picture,
)
