"""What each mechanism pools, learns and costs: a table of words, formulas, and counted and measured numbers."""

import streamlit as st

from attention.images.comparison import RUNS, Measured
from figures.small_multiples import magnitude
from pages.pictures.compare_facts import FACTS
from pages.shared.compute import mechanism_costs, picture_channels
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import t

COLUMNS = ("mechanism", "pools", "learns", "formula", "parameters", "operations", "time")


def table(picture: OpenPicture) -> None:
    """A row a mechanism. What it takes is measured the first time that a picture of this size is shown."""
    st.subheader(t("compare.table.title"), anchor=False)
    channels, height, width = picture_channels(picture).maps.shape
    with st.spinner(t("compare.table.measuring")):
        costs = mechanism_costs(height, width, picture_channels(picture))
    rows = [_row(code, cost) for code, cost in costs.items()]
    with st.container(key="compare_table"):
        st.table(
            {t(f"compare.table.{name}"): column for name, column in zip(COLUMNS, zip(*rows, strict=True), strict=True)},
            border="horizontal",
            hide_index=True,
        )
    st.caption(t("compare.table.note", channels=channels, width=width, height=height, runs=RUNS))
    with st.container(horizontal=True, key="compare_links"):
        for code in costs:
            link(code, "compare.table.link")


def link(code: str, label: str) -> None:
    """The way to the page on which a mechanism can be touched; nothing where it has none.

    ``label`` is a text's name; what stands in it may name the mechanism and the page.
    """
    facts = FACTS[code]
    if facts.page:
        said = t(label, name=t(f"compare.name.{code}"), page=t(f"page.{facts.page}"))
        address = dict(facts.address)
        st.page_link(f"pages/{facts.page}.py", label=said, icon=":material/touch_app:", query_params=address)


def _row(code: str, measured: Measured) -> tuple[str, ...]:
    facts = FACTS[code]
    name = t(f"compare.name.{code}")
    return (
        "  \n".join([f"**{name}**", *(f"[{paper}]({url})" for paper, url in facts.papers)]),
        t(f"compare.pools.{code}"),
        t(f"compare.learns.{code}"),
        f"${facts.formula}$  \n${facts.where}$",
        f"{measured.cost.parameters:,}",
        magnitude(measured.cost.multiply_adds),
        f"{1000 * measured.seconds:.1f}",
    )
