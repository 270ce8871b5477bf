"""Heads of a trained network with different jobs, found by what they do with this sentence."""

import numpy as np
import streamlit as st

from attention.networks import EncoderTrace
from attention.teaching.jobs import JOBS, Worker, best_head
from figures.numbers import percent
from figures.worksheet import maps_svg
from pages.lessons.heads_words import place_map
from pages.shared.compute import read_sentence
from pages.shared.controls import badge
from pages.shared.sentence_controls import examples, labels, reader
from pages.shared.texts import language, t

OPENING = {"en": "its → law", "zh": "我吃了100个包子"}  # names in assets/texts/examples.toml
PRINTED = 10  # words on a worksheet; the link is among them


def show() -> None:
    example = sentence()
    with st.spinner(t("sentence.loading")):
        trace = read_sentence(example["text"], language())
    source = reader(language(), trace)
    badge("trained", source)
    found, names = workers(), labels(trace.tokens)
    first = next(iter(found.values()))  # the first map's name is explained
    st.markdown(t("lesson_heads.jobs", text=example["text"], layer=first.layer, head=first.head))
    pair = (example["asks"], example["looks"][0])
    with st.container(horizontal=True):
        for job, worker in found.items():
            asks, looks = (names[at] for at in pair)
            finding = t(f"lesson_heads.job.{job}", share=percent(worker.share), asks=asks, looks=looks)
            how = {"width": 300, "title": _title(job, worker), "source": source}
            how["chosen"] = pair if job == "link" else None
            place_map(f"job_{job}", _weights(trace, worker), names, names, finding, **how)
    label, view = t("lesson_heads.all_heads"), {"text": example["text"], "view": "heads"}
    st.page_link("pages/sentence.py", label=label, icon=":material/format_quote:", query_params=view)


def picture() -> str:
    """The heads at work as they are printed: the first words are enough to see each job."""
    trace = read_sentence(sentence()["text"], language())
    names = labels(trace.tokens)[:PRINTED]
    shown = slice(len(names))
    maps = {_title(job, worker): _weights(trace, worker)[shown, shown] for job, worker in workers().items()}
    said = t("lesson_heads.printed_jobs", count=len(names), all=len(trace.tokens))
    return maps_svg(maps, names, said)


def _title(job: str, worker: Worker) -> str:
    return t(f"lesson_heads.does.{job}", layer=worker.layer, head=worker.head)


def _weights(trace: EncoderTrace, worker: Worker) -> np.ndarray:
    """(n, n) ndarray."""
    return trace.weights[worker.layer - 1, worker.head - 1]


def sentence() -> dict:
    """The example that the trained network of this language reads."""
    return next(example for example in examples() if example["name"] == OPENING[language()])


def workers() -> dict[str, Worker]:
    """The head that does each job best, and the one with the strongest link between two words of the sentence."""
    example = sentence()
    trace = read_sentence(example["text"], language())
    jobs = {job: job for job in JOBS} | {"link": (example["asks"], example["looks"][0])}
    return {name: best_head(trace.weights, trace.tokens.special, job) for name, job in jobs.items()}
