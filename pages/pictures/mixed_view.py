"""The blocks of the Mixed attention page: an order and its drawing, its mask and gates, what another order changes."""

import numpy as np
import streamlit as st

from attention.images import CHANNELS
from figures.bars import ranking_payload
from figures.mask_facts import mask_facts
from figures.masks import MaskText
from figures.numbers import percent, signed
from figures.order_diagram import order_diagram
from figures.palette import MATRIX, SEQUENTIAL
from pages.pictures.mixed_orders import ORDERS, Mixed, arrays, lines, mixed
from pages.pictures.spatial_pixel import pin_pixel
from pages.pictures.spatial_run import mask_sentence
from pages.pictures.stage_strip import Stage, chosen_stage, result_item, stage_strip
from pages.pictures.viewer import mask_viewer
from pages.shared.components import bars
from pages.shared.controls import choice
from pages.shared.picture_source import OpenPicture
from pages.shared.state import arrive, depart
from pages.shared.texts import t

FIRST = 8  # gates in view before the others are unfolded
STAGE, DEFAULT_STAGE = "whole", "share"


def choose_order() -> str:
    """The switch, and what the chosen order does."""
    order = choice("mix", ORDERS, ORDERS[0], texts="mixed.order", quiet=True)
    st.caption(t(f"mixed.about.{order}"))
    return order


def draw_order(order: str) -> None:
    """The order as a drawing."""
    theme = st.context.theme.type or "light"
    words = {name: t(f"mixed.diagram.{name}") for name in ("channel", "spatial", "input", "output")}
    drawing = order_diagram(
        order, words, color=MATRIX[theme]["X"], accent=MATRIX[theme]["Z"], paper=SEQUENTIAL[theme][0]
    )
    st.image(drawing, width="stretch", alt=t(f"mixed.about.{order}"))


def choose_other(order: str) -> str:
    """The order that this one is held against, and how."""
    others = tuple(other for other in ORDERS if other != order)
    return choice("against", others, others[0], texts="mixed.order_against", help=t("mixed.order_against.help"))


def show_whole(picture: OpenPicture, run: Mixed, other: str, pixel: tuple[int, int]) -> None:
    """The mask, or what is let through, over the picture; the strip to choose from."""
    kind = "bam" if run.code == "bam" else "cbam"
    stages = [Stage("mask", run.mask), Stage("share", run.share)]
    stage = chosen_stage(STAGE, stages, DEFAULT_STAGE)
    strip = st.container()
    sentence = mask_sentence(run.mask) if stage.code == "mask" else _share_sentence(run.share, kind)
    code, order = stage.code, run.code
    mask_viewer(
        picture,
        stage.values,
        MaskText(
            low=t(f"mixed.{kind}.{code}_low"),
            high=t(f"mixed.{kind}.{code}_high"),
            sentence=sentence,
            name=f"{order}-{code}",
        ),
        key="mixed_viewer",
        chosen=pixel,
        on_choose=pin_pixel,
        lines=lines(picture, order, pixel),
        arrays=lambda: arrays(picture, order, other),
        again=lambda: getattr(mixed(picture, order), code),
    )
    with strip:
        labels = [t(f"mixed.{kind}.{each.code}") for each in stages]
        stage_strip(STAGE, stages, labels, stage, result_item(picture.rgb, run.share, t("mixed.result")))


def _share_sentence(share: np.ndarray, kind: str) -> str:
    facts = mask_facts(share)
    return t(
        f"mixed.{kind}.share_finding",
        mean=percent(facts.mean),
        region=t(f"picture.region.{facts.region}"),
        share=percent(facts.region_share),
        highest=percent(float(share.max())),
    )


def show_gates(run: Mixed, named: int) -> None:
    """The gates as bars, widest open first; the named one is marked."""
    ranking = np.argsort(-run.gates, kind="stable")

    def name(at: int) -> None:
        st.session_state.named = CHANNELS[ranking[at]]

    payload = ranking_payload(
        run.gates[ranking],
        [t(f"picture.channel.{CHANNELS[i]}") for i in ranking],
        [""] * len(ranking),
        title=t("mixed.gates.title_bam" if run.code == "bam" else "mixed.gates.title"),
        references=[],
        more=(t("mixed.gates.more"), t("mixed.gates.less")),
        chosen=int(np.flatnonzero(ranking == named)[0]),
        first=FIRST,
    )
    bars(payload, key="mixed_gates", on_choose=name)


def named_channel(run: Mixed, against: Mixed) -> int:
    """The channel whose gates are named: the reader's choice, else the one that changes most."""
    arrive("named", "", CHANNELS.__contains__)
    depart("named", "")
    chosen = st.session_state.named
    return CHANNELS.index(chosen) if chosen else int(np.abs(run.gates - against.gates).argmax())


def show_difference(picture: OpenPicture, run: Mixed, against: Mixed, named: int, pixel: tuple[int, int]) -> None:
    """What this order lets through beyond the other, place by place."""
    change = run.share - against.share
    largest = float(np.abs(change).max()) or 1.0
    order, other = run.code, against.code
    mask_viewer(
        picture,
        change,
        MaskText(
            low=t("mixed.difference.low", lowest=signed(-largest, 2), order=t(f"mixed.order.{order}")),
            high=t("mixed.difference.high", highest=signed(largest, 2), order=t(f"mixed.order.{order}")),
            sentence=_difference_sentence(run, against, change, named),
            name=f"{order}-minus-{other}",
        ),
        key="difference_viewer",
        value_range=(-largest, largest),
        scale="diverging",
        chosen=pixel,
        on_choose=pin_pixel,
        again=lambda: mixed(picture, order).share - mixed(picture, other).share,
    )


def say_pixel(run: Mixed, against: Mixed, pixel: tuple[int, int]) -> None:
    """Both orders at the pinned pixel."""
    row, column = pixel
    st.markdown(
        t(
            "mixed.difference.pixel",
            row=row + 1,
            column=column + 1,
            here=f"{run.share[pixel]:.3f}",
            there=f"{against.share[pixel]:.3f}",
            change=signed(float(run.share[pixel]) - float(against.share[pixel])),
        )
    )


def _difference_sentence(run: Mixed, against: Mixed, change: np.ndarray, named: int) -> str:
    size = np.abs(change)
    facts = mask_facts(size)
    before, after = f"{against.gates[named]:.2f}", f"{run.gates[named]:.2f}"
    return t(
        "mixed.difference.finding",
        order=t(f"mixed.instead.{run.code}"),
        other=t(f"mixed.of.{against.code}"),
        mean=f"{size.mean():.2f}",
        region=t(f"picture.region.{facts.region}"),
        share=percent(facts.region_share),
        gate=t(
            "mixed.difference.gate" if before != after else "mixed.difference.gate_same",
            name=t(f"picture.channel.{CHANNELS[named]}"),
            before=before,
            after=after,
        ),
    )
