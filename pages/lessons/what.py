"""What attention is: a question meets the words of a sentence, or the shapes of a picture; the answer is a mixture."""

from functools import partial

import numpy as np
import streamlit as st

from attention import AttentionTrace
from attention.teaching.questions import ASKABLE, FEATURES, LOUDEST, SENTENCES, ask_sentence
from figures.maps import MapText, map_payload
from figures.numbers import percent
from figures.worksheet import bars_svg
from pages.lessons import what_networks, what_picture
from pages.lessons.lesson import Answer, Lesson
from pages.lessons.path import LESSONS
from pages.shared.components import attention_map
from pages.shared.controls import badge, choice
from pages.shared.texts import language, t, template

START = {"what_person": 10, "what_number": 0, "what_thing": 0, "what_action": 0}
SHARED, ALONE = 0.3, 0.6  # weights from which on two words share the answer, or one has it


def _toy() -> None:
    if choice("what_place", ("words", "picture"), "words", texts="lesson_what.place", quiet=True) == "picture":
        what_picture.show()
        return
    loudness = _questions()
    trace, words = ask_sentence(language(), loudness), _words()
    left, right = st.columns([3, 2], gap="large")
    with left:
        badge("illustrative", t("lesson_what.badge"))
        _weights(trace, words, loudness)
        with st.expander(t("lesson_what.opened"), icon=":material/calculate:"):
            st.markdown(_opened(trace, words))
            st.caption(t("lesson_what.opened_say", number=LESSONS.index("qkv") + 1))
        st.markdown(_mixture(trace, words))
        _vectors(trace, words)
    with right:
        what_networks.show(loudness)


def _questions() -> dict[str, int]:
    """The four questions, one to be picked or several to be mixed: {feature: how loudly it is asked for}."""
    with st.container(horizontal=True, key="what_pick"):
        for name in ASKABLE:
            alone = {f"what_{other}": LOUDEST * (other == name) for other in ASKABLE}
            st.button(
                t(f"lesson_what.ask.{name}"),
                key=f"what_only_{name}",
                on_click=partial(st.session_state.update, alone),
            )
    st.caption(t("lesson_what.mix"))
    loudness = {}
    with st.container(horizontal=True, key="what_mix"):
        for name in ASKABLE:
            key, label = f"what_{name}", t(f"lesson_what.ask.{name}")
            loudness[name] = st.slider(label, 0, LOUDEST, START[key], key=key, bind="query-params", width=150)
    return loudness


def _words() -> list[str]:
    return list(SENTENCES[language()])


def _asked(loudness: dict[str, int]) -> str:
    """What is asked, in words."""
    asked = [t(f"lesson_what.ask.{name}") for name in ASKABLE if loudness[name]]
    return t("lesson_what.and").join(asked) if asked else t("lesson_what.nobody")


def _weights(trace: AttentionTrace, words: list[str], loudness: dict[str, int]) -> None:
    """How much the answer takes of each word."""
    weights = trace.weights
    text = MapText(
        row_title=t("lesson_what.row"),
        column_title=t("lesson_what.column"),
        low=t("lesson_what.low"),
        high=t("lesson_what.high"),
        sentence=_finding(weights[0], words, _asked(loudness)),
        hover=template("lesson_what.hover"),
        name="question-weights",
        source=t("lesson_what.badge"),
    )
    rows = [t("lesson_what.question")]
    payload = map_payload(weights, rows, words, text, value_range=(0, 1), axis_colors=("Q", "K"), cell=(6, 84))
    attention_map(payload, key="what_weights")


def _finding(weights: np.ndarray, words: list[str], asked: str) -> str:
    """The word that gets most and the next one; words that get the same are told together."""
    shares = [percent(weight) for weight in weights]
    first, second = (int(i) for i in np.argsort(-weights, kind="stable")[:2])
    if shares[first] == shares[second]:
        tied = [word for word, share in zip(words, shares, strict=True) if share == shares[first]]
        named = t("lesson_what.tied_between").join(tied)
        return t("lesson_what.tied", ask=asked, share=shares[first], words=named)
    said = {"ask": asked, "first": words[first], "share": shares[first], "other": shares[second]}
    next_to = [word for word, share in zip(words, shares, strict=True) if share == shares[second]]
    if len(next_to) == len(words) - 1:
        return t("lesson_what.finding_rest", **said, count=len(next_to))
    if len(next_to) > 1:
        return t("lesson_what.finding_several", **said, words=t("lesson_what.tied_between").join(next_to))
    return t("lesson_what.finding", **said, second=words[second])


def _opened(trace: AttentionTrace, words: list[str]) -> str:
    """Every weight down to its products and sums, a line a word."""
    powers = np.exp(trace.scaled[0])
    sizes, total = [f"{power:.2f}" for power in powers], f"{powers.sum():.2f}"
    lines = []
    for i, word in enumerate(words):
        products = [f"{q:g}·{k:g}" for q, k in zip(trace.Q[0], trace.K[i], strict=True) if q]
        made = {"products": " + ".join(products) or "0", "d": len(FEATURES), "scaled": f"{trace.scaled[0, i]:.2f}"}
        made |= {"power": sizes[i], "sum": total, "weight": f"{trace.weights[0, i]:.3f}"}
        lines.append(t("lesson_what.opened_line", word=word, **made))
    return "\n\n".join([*lines, t("lesson_what.opened_sum", powers=" + ".join(sizes), sum=total)])


def _mixture(trace: AttentionTrace, words: list[str]) -> str:
    terms = [f"{weight:.2f} · **{word}**" for weight, word in zip(trace.weights[0], words, strict=True)]
    return t("lesson_what.mixture", terms=" + ".join(terms))


def _vectors(trace: AttentionTrace, words: list[str]) -> None:
    """The question, the words and the answer, all of the same features."""
    rows = np.concatenate([trace.Q / LOUDEST, trace.V, trace.output])
    features = [t(f"lesson_what.feature.{name}") for name in FEATURES]
    text = MapText(
        row_title=t("lesson_what.vector_row"),
        column_title=t("lesson_what.vector_column"),
        low=t("lesson_what.vector_low"),
        high=t("lesson_what.vector_high"),
        sentence=t("lesson_what.vector_finding", **what_picture.strongest(trace.output[0], features)),
        hover=template("lesson_what.vector_hover"),
        name="question-words-answer",
        source=t("lesson_what.badge"),
    )
    names = [t("lesson_what.question_row", most=LOUDEST), *words, t("lesson_what.answer_row")]
    payload = map_payload(rows, names, features, text, value_range=(0, 1), decimals=2, cell=(6, 48))
    attention_map(payload, key="what_vectors")


def _answer() -> Answer:
    trace, words = ask_sentence(language(), {"person": LOUDEST, "number": LOUDEST}), _words()
    first, second, *_ = (int(i) for i in np.argsort(-trace.weights[0], kind="stable"))
    first, second = sorted((first, second))
    shares = trace.weights[0, [first, second]]
    values = {"first": words[first], "second": words[second]}
    values |= {"share": percent(shares[0]), "other": percent(shares[1])}
    values |= {name: f"{trace.output[0, FEATURES.index(name)]:.2f}" for name in ("person", "number")}
    right = "blend" if shares.min() > SHARED else "one" if shares.max() > ALONE else "between"
    return Answer(right, values)


def _picture() -> str:
    if st.session_state.get("what_place") == "picture":
        return what_picture.printed()
    loudness = {name: st.session_state.get(f"what_{name}", START[f"what_{name}"]) for name in ASKABLE}
    return bars_svg(ask_sentence(language(), loudness).weights[0], _words(), _asked(loudness))


_QUIET = dict.fromkeys(START, 0)

LESSON = Lesson(
    "what",
    _toy,
    moves={
        "many": {"what_place": "words", **_QUIET, "what_number": 10},
        "mix": {"what_place": "words", **_QUIET, "what_thing": 6, "what_action": 6},
        "shapes": {"what_place": "picture", "what_red": 0, "what_round": 6, "what_blue": 0, "what_green": 0},
    },
    options=("blend", "one", "between"),
    answer=_answer,
    picture=_picture,
)
