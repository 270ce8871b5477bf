"""The classifier: the picture, and the classes it names with and without its attention."""

import numpy as np
import streamlit as st

from attention.networks.classifier import ClassifierTrace
from figures.gallery import Item, gallery_payload
from figures.numbers import percent
from pages.shared.components import NODES, component, gallery
from pages.shared.networks import class_name, classifier
from pages.shared.texts import plain, t
from pages.trained.off_choice import CLOSER
from pages.trained.off_view import View

FIRST = 5  # classes that are shown
TALLEST = 460  # CSS pixels of the picture
CERTAIN = 0.999  # a probability that looks like certainty
GROWN = 2  # times the highest score with own gates

BARS = component("classes", [NODES, "../common/reveal.js", "classes.js"])


def show_picture(view: View) -> None:
    """The picture that the network looks at."""
    height, width = view.picture.rgb.shape[:2]
    note = t("attention_off.says.picture", side=classifier().weights.input_size)
    item = Item("picture", [view.picture.url], (width, height), "", note)
    gallery(gallery_payload([item], most=1, smallest=200, tallest=TALLEST), key="off_picture")


def first_classes(trace: ClassifierTrace) -> list[int]:
    """The classes with the highest scores, the first one first."""
    return np.argsort(-trace.logits, kind="stable")[:FIRST].tolist()


def full_name(index: int) -> str:
    """A class with all the names that ImageNet has for it, where these say more."""
    name, label = class_name(index), classifier().labels[index]
    return name if name.lower() == label.lower() else f"{name} · {label}"


def show_classes(view: View) -> None:
    """What it says now, and under it what it says in the other case."""
    case, said = view.case, finding(view)
    BARS(
        key="classes",
        data={
            "now": _bars(view.now, t(f"attention_off.says.{case}", **view.counted)),
            "beside": _bars(view.beside, t(f"attention_off.says.{'would' if case == 'on' else 'own'}")),
            "said": said.replace("*", ""),
            "open": t("attention_off.says.open"),
            "opens": CLOSER,
        },
        on_chosen_change=_open_class,
    )
    with st.container(key="off_said"):
        st.markdown(said)
        st.caption(certainty(view) or t("attention_off.says.hint"))


def _open_class() -> None:
    """A click on a bar: where the evidence for the class is."""
    index = st.session_state.classes.get("chosen")
    if index in range(len(classifier().labels)):
        st.session_state.update(evidence=str(index), closer="evidence")


def _bars(trace: ClassifierTrace, title: str) -> dict:
    shares = trace.probabilities
    items = [
        {
            "label": class_name(i),
            "full": f"{full_name(i)} ({i})",
            "value": float(shares[i]),
            "text": probability(float(shares[i])),
            "id": i,
        }
        for i in first_classes(trace)
    ]
    return {"title": title, "items": items}


def finding(view: View) -> str:
    """What the switch has changed, in a sentence."""
    own, now, beside = view.own, view.now, view.beside
    first = first_classes(own)[0]
    words = {"own": plain(class_name(first)), "own_share": _share(own, first)}
    if view.case == "on":
        other = first_classes(beside)[0]
        return t(
            "attention_off.says.finding_on",
            other=plain(class_name(other)),
            other_share=_share(beside, other),
            **words,
        )
    said = first_classes(now)[0]
    sentence = t(
        f"attention_off.says.{'finding_same' if said == first else 'finding_off'}",
        now=plain(class_name(said)),
        now_share=_share(now, said),
        left=_share(now, first),
        **words,
    )
    kept = len(set(first_classes(own)) & set(first_classes(now)))
    return sentence + t(f"attention_off.says.{'kept' if kept else 'kept_none'}", count=kept)


def certainty(view: View) -> str | None:
    """Why a probability near 1 is none, where the scores have grown out of all proportion."""
    own, now = (float(trace.logits.max()) for trace in (view.own, view.now))
    if view.case == "on" or view.now.probabilities.max() < CERTAIN or now < GROWN * own:
        return None
    return t("attention_off.says.certain", now=f"{now:,.0f}", own=f"{own:,.0f}")


def _share(trace: ClassifierTrace, index: int) -> str:
    return probability(float(trace.probabilities[index]))


def probability(share: float) -> str:
    """A probability in percent: softmax gives neither 0 nor 1, however near it comes."""
    if share < 0.00005:
        return "<\u00a00.01\u00a0%"
    if share > 0.9999:
        return ">\u00a099.99\u00a0%"
    return f"{100 * share:.2f}\u00a0%" if share >= 0.9995 else percent(share)


def python_lines(view: View) -> str:
    """Python that prints the largest probability as it stands."""
    return view.lines(
        [
            "trace = network(picture.rgb, gates=gates)",
            "first = trace.probabilities.argmax()  # network.labels[first] is its name",
            "print(trace.probabilities[first])",
        ]
    )


def arrays(view: View) -> dict[str, np.ndarray]:
    """What the classifier made of the picture, by name."""
    return view.arrays() | {
        "labels": np.array(classifier().labels),
        "probabilities_own": view.own.probabilities,
        "probabilities": view.now.probabilities,
        "logits": view.now.logits,
    }
