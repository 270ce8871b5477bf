"""Heads of a trained network with different jobs, found by what they do with this sentence."""

import streamlit as st

from attention.teaching.jobs import JOBS, Worker, best_head
from figures.numbers import percent
from pages.lessons.heads_words import place_map
from pages.shared.compute import read_sentence
from pages.shared.controls import badge
from pages.shared.sentence_controls import examples, labels, reader
from pages.shared.texts import language, t

OPENING = {"en": "its → law", "zh": "我吃了100个包子"}  # names in assets/texts/examples.toml


def show() -> None:
    example = sentence()
    with st.spinner(t("sentence.loading")):
        trace = read_sentence(example["text"], language())
    source = reader(language(), trace)
    badge("trained", source)
    st.markdown(t("lesson_heads.jobs", text=example["text"]))
    names = labels(trace.tokens)
    with st.container(horizontal=True):
        for job, worker in workers().items():
            asks, looks = (names[example["asks"]], names[example["looks"][0]])
            finding = t(f"lesson_heads.job.{job}", share=percent(worker.share), asks=asks, looks=looks)
            title = t(f"lesson_heads.does.{job}", layer=worker.layer, head=worker.head)
            weights = trace.weights[worker.layer - 1, worker.head - 1]
            place_map(f"job_{job}", weights, names, names, finding, width=300, title=title, source=source)
    st.page_link("pages/sentence.py", label=t("lesson_heads.all_heads"), icon=":material/format_quote:")


def sentence() -> dict:
    """The example that the trained network of this language reads."""
    return next(example for example in examples() if example["name"] == OPENING[language()])


def workers() -> dict[str, Worker]:
    """The head that does each job best, and the one with the strongest link between two words of the sentence."""
    example = sentence()
    trace = read_sentence(example["text"], language())
    jobs = {job: job for job in JOBS} | {"link": (example["asks"], example["looks"][0])}
    return {name: best_head(trace.weights, trace.tokens.special, job) for name, job in jobs.items()}
