"""The blocks of the picture page, in the order of the computation. Each shows one idea."""

from collections.abc import Callable, Sequence

import numpy as np
import streamlit as st

from attention.images import CHANNELS
from figures.gallery import Item, gallery_payload
from figures.gates import GatesText, gates_figure
from figures.maps import MapText, map_payload
from figures.numbers import percent, signed
from figures.overlays import grey, jpeg_url, masked
from pages.shared.components import TOOLS, attention_map, gallery
from pages.shared.compute import channel_thumbnails, picture_attention, picture_channels, sample_picture
from pages.shared.controls import choice
from pages.shared.picture_arithmetic import opened_gate, opened_pixel
from pages.shared.picture_controls import DEFAULT_CHANNEL, choose_channel, open_channel, pin_pixel
from pages.shared.picture_view import View, gates_sentence, mask_sentence, strongest_changes, strongest_place
from pages.shared.picture_weights import DEFAULT
from pages.shared.texts import t, template

THUMBNAIL, REFINED = 176, 560  # pixels on the longer side


def sample_view(code: str) -> View:
    """A sample as it is before anybody has changed anything."""
    picture = sample_picture(code)
    trace = picture_attention(picture)
    strongest = strongest_place(trace.spatial.logits)
    return View(picture, DEFAULT, picture_channels(picture), trace, CHANNELS.index(DEFAULT_CHANNEL), strongest)


def pixel_map(
    view: View,
    values: np.ndarray,
    name: str,
    sentence: str,
    *,
    overlay: bool = False,
    on_choose: Callable[[int, int], None] | None = pin_pixel,
    tools: Sequence[str] = TOOLS,
    **options,
) -> None:
    """A map with one number a pixel: ``picture.<name>.low``, ``.high`` and ``.hover`` are its words.

    Parameters
    ----------
    values : (H, W) ndarray
    name : str
        Of its texts; also the file name of what is taken home.
    overlay : bool
        Laid over the picture, with an opacity slider.
    on_choose, tools
        For `pages.shared.components.attention_map`.
    options
        For `figures.maps.map_payload`.
    """
    text = MapText(
        row_title=t("picture.row_title"),
        column_title=t("picture.column_title"),
        low=t(f"picture.{name}.low"),
        high=t(f"picture.{name}.high", highest=f"{values.max():.2f}"),
        sentence=sentence,
        hover=template(f"picture.{name}.hover"),
        name=name,
    )
    over = {"picture": view.picture.url, "opacity": 0.65} if overlay else {}
    chosen = view.pixel if on_choose else None
    payload = map_payload(values, [], [], text, chosen=chosen, cell=(1, 24), **over, **options)
    attention_map(payload, key=f"map_{name}", on_choose=on_choose, tools=tools)


def mask_over_picture(view: View, **mounted) -> None:
    """The picture under its spatial mask; ``mounted`` is ``on_choose`` and ``tools`` of `pixel_map`."""
    sentence = mask_sentence(view.trace.mask)
    pixel_map(view, view.trace.mask, "mask", sentence, overlay=True, value_range=(0, 1), **mounted)


def refined_picture(view: View) -> None:
    """The picture with every pixel multiplied by the mask."""
    url = jpeg_url(masked(view.picture.rgb, view.trace.mask), longest=REFINED)
    item = Item("refined", [url], view.size, t("picture.refined.label"), t("picture.refined.note"))
    gallery(gallery_payload([item], most=1, smallest=100, tallest=380), key="refined")


def channel_bank(view: View) -> None:
    """All channels as small pictures; the opened one as a map."""
    st.subheader(t("picture.channels.title"), anchor=False)
    st.caption(t("picture.channels.caption"))
    grid, opened = st.columns([3, 2], gap="large")
    with grid:
        urls = channel_thumbnails(view.picture, THUMBNAIL)
        codes = view.channels.names
        items = [Item(code, [url], view.size, name) for code, url, name in zip(codes, urls, view.names, strict=True)]
        payload = gallery_payload(items, chosen=codes[view.channel], most=5, smallest=104, tallest=150)
        gallery(payload, key="channels", on_choose=open_channel)
    with opened:
        choose_channel()
        squeezed = view.trace.channel.squeezed
        sentence = t(
            "picture.channels.finding",
            name=view.names[view.channel],
            about=t(f"picture.about.{codes[view.channel]}"),
            average=f"{squeezed['avg'][view.channel]:.3f}",
            maximum=f"{squeezed['max'][view.channel]:.3f}",
        )
        pixel_map(view, view.channels.maps[view.channel], "channels", sentence, value_range=(0, 1))


def channel_gates(view: View) -> None:
    """Squeeze, two layers, sigmoid: one gate a channel, and the opened one number by number."""
    st.subheader(t("picture.gates.title"), anchor=False)
    st.caption(t("picture.gates.caption"))
    chart, opened = st.columns([3, 2], gap="large")
    channel = view.trace.channel
    with chart:
        by_gate = choice("order", ("bank", "gate"), "bank", texts="picture.gates.order") == "gate"
        order = np.argsort(-channel.gates, kind="stable") if by_gate else np.arange(len(channel.gates))
        sentence = gates_sentence(view.names, channel.gates)
        figure = gates_figure(
            view.names,
            (channel.path_logits["avg"], channel.path_logits["max"]),
            channel.gates,
            GatesText(
                paths=(t("picture.gates.average"), t("picture.gates.maximum")),
                total=t("picture.gates.total"),
                gate=t("picture.gates.gate"),
                logits_title=t("picture.gates.logits_axis"),
                gates_title=t("picture.gates.gates_axis"),
                hover=template("picture.gates.hover"),
            ),
            order=[int(i) for i in order],
            chosen=view.channel,
            theme=st.context.theme.type or "light",
        )
        st.plotly_chart(figure, key="gates_chart", config={"displayModeBar": False}, alt=sentence)
        st.markdown(sentence)
    with opened:
        opened_gate(view)


def reweighted_channels(view: View) -> None:
    """Before and after the gate, for the gates that say most."""
    st.subheader(t("picture.reweighted.title"), anchor=False)
    st.caption(t("picture.reweighted.caption"))
    before = channel_thumbnails(view.picture, THUMBNAIL)
    channel = view.trace.channel
    items = []
    for i in strongest_changes(channel.gates):
        after = jpeg_url(grey(channel.output[i]), longest=THUMBNAIL)
        note = t("picture.reweighted.note", gate=f"{channel.gates[i]:.3f}")
        items.append(Item(view.channels.names[i], [before[i], after], view.size, view.names[i], note))
    payload = gallery_payload(items, chosen=view.channels.names[view.channel], most=3, smallest=300, tallest=170)
    gallery(payload, key="reweighted", on_choose=open_channel)


def spatial_stages(view: View) -> None:
    """The two pooled maps, the convolution over them, and the pinned pixel number by number."""
    st.subheader(t("picture.spatial.title"), anchor=False)
    st.caption(t("picture.spatial.caption"))
    spatial = view.trace.spatial
    stages = zip(("max_map", "mean_map", "logits"), (*spatial.pooled, spatial.logits), strict=True)
    for place, (name, values) in zip(st.columns(3, gap="medium"), stages, strict=True):
        with place:
            st.markdown(t(f"picture.{name}.title"))
            sentence = t(
                f"picture.{name}.finding",
                lowest=signed(float(values.min()), 2),
                highest=signed(float(values.max()), 2),
                mean=f"{values.mean():.2f}",
                above=percent(float((values > 0).mean())),
            )
            pixel_map(view, values, name, sentence, scale="diverging" if name == "logits" else "sequential")
    opened_pixel(view)


def result(view: View) -> None:
    """All channels after their gate and the mask."""
    st.subheader(t("picture.result.title"), anchor=False)
    value = view.channels.maps[view.channel][view.pixel]
    st.markdown(
        t(
            "picture.result.finding",
            name=view.names[view.channel],
            value=f"{value:.3f}",
            gate=f"{view.trace.gates[view.channel]:.3f}",
            mask=f"{view.mask_value:.3f}",
            refined=f"{view.trace.output[view.channel][view.pixel]:.3f}",
            **view.place,
        )
    )
    planes = grey(view.trace.output)
    items = [
        Item(code, [jpeg_url(plane, longest=THUMBNAIL)], view.size, name)
        for code, plane, name in zip(view.channels.names, planes, view.names, strict=True)
    ]
    payload = gallery_payload(items, chosen=view.channels.names[view.channel], most=10, smallest=104, tallest=120)
    gallery(payload, key="result", on_choose=open_channel)
