"""The family of attention: a map of its members, and what the cheaper ones make of one sentence."""

from itertools import count

import numpy as np
import streamlit as st

from attention.teaching.cheaper import products
from figures.numbers import percent
from figures.worksheet import matrix_svg
from pages.lessons.family_bench import CHOICES, bench, hold_bench, run
from pages.lessons.family_cards import show_branch
from pages.lessons.family_facts import BRANCHES, OVER_PICTURES, year
from pages.lessons.family_read import HEAD, HEADS, REACH, choose_head, choose_picture, chosen, example, law
from pages.lessons.frame import Answer, Lesson
from pages.shared.controls import badge, tell_again
from pages.shared.sentence_controls import labels
from pages.shared.state import arrive_one_of
from pages.shared.texts import t

OPEN = "cheap"  # the branch that is open at first: the one to try
PRINTED = 6  # tokens of the sentence


def _toy() -> None:
    with st.spinner(t("sentence.loading")):
        law()
    hold_bench()
    branch = _choose_branch()
    if branch in OVER_PICTURES:
        show_branch(branch, choose_picture())
    elif branch == OPEN:
        bench()
        show_branch(branch)
    else:
        choose_head()
        show_branch(branch)
    badge("illustrative", t(f"lesson_family.badge.{'pictures' if branch in OVER_PICTURES else 'words'}"))
    st.caption(t(f"lesson_family.note.{branch}", text=law().text))


def _choose_branch() -> str:
    """The map of the family: a line for each branch, one of them open."""
    branch, lines = arrive_one_of("family_branch", BRANCHES, OPEN), {code: _line(code) for code in BRANCHES}
    start = list(lines).index(branch)  # where the reader's click was faster than its code
    tell_again("family_branch")
    st.radio(t("lesson_family.branch.label"), lines, start, key="family_branch", format_func=lines.get)
    return branch


def _line(branch: str) -> str:
    """A branch: its name, its idea, and its members with their years."""
    name, idea = (t(f"lesson_family.{part}.{branch}") for part in ("branch", "idea"))
    members = " · ".join(f"{t(f'lesson_family.name.{code}')} {year(code)}" for code in BRANCHES[branch])
    return f"**{name}** · {idea}\u2003:small[:gray[{members}]]"


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
    """What "its" gives the tokens that either rule gives most, in the order of the sentence."""
    head, kind = chosen("head", HEAD), chosen("cheap", CHOICES[0])
    layer, number = HEADS[head]
    reach, asks, words = int(chosen("reach", REACH)), example()["asks"], labels(law().tokens)
    rows = np.array([run(name, head, reach).weights[asks] for name in ("full", kind)])
    most = np.sort(np.argsort(rows.max(axis=0))[-PRINTED:])
    names = [t(f"lesson_family.kind.{name}") for name in ("full", kind)]
    names[1] += "" if kind == "linear" else f" {reach}"
    title = t("lesson_family.printed", layer=layer, head=number)
    return matrix_svg(rows[:, most], names, [words[at] for at in most], title)


LESSON = Lesson(
    "family",
    _toy,
    moves={
        "reach": {"family_branch": OPEN, "family_head": "law", "family_cheap": "window", "family_reach": "7"},
        "previous": {"family_branch": OPEN, "family_head": "previous", "family_cheap": "window", "family_reach": "1"},
        "stride": {"family_branch": OPEN, "family_head": "law", "family_cheap": "strided", "family_reach": "7"},
    },
    options=("fewer", "same", "more"),
    answer=_answer,
    picture=_picture,
)
