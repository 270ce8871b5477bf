"""Channel gates as bars: the two paths, their sum, and the gate the sum becomes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from figures.palette import MATRIX, SEQUENTIAL

ROW = 25  # pixels a channel


@dataclass(frozen=True)
class GatesText:
    """The words in the chart, in the reader's language.

    paths : names of the two paths, in the order of the logits
    total : name of their sum
    gate : name of the gate
    logits_title, gates_title : titles of the two axes
    hover : template with ``{channel}``, ``{name}`` and ``{value}``
    """

    paths: tuple[str, str]
    total: str
    gate: str
    logits_title: str
    gates_title: str
    hover: str


def gates_figure(
    names: Sequence[str],
    path_logits: tuple[np.ndarray, np.ndarray],
    gates: np.ndarray,
    text: GatesText,
    *,
    order: Sequence[int],
    chosen: int,
    theme: str = "light",
) -> go.Figure:
    """Bars of both paths with their sum on the left, bars of the gates on the right, one row a channel.

    Parameters
    ----------
    names : sequence of C str
    path_logits : two (C,) ndarrays
        What the average path and the maximum path say; their sum is the logit.
    gates : (C,) ndarray, from 0 to 1
    text : GatesText
    order : sequence of int
        The channels from top to bottom.
    chosen : int
        The channel that stands in bold.
    theme : {"light", "dark"}
    """
    order = list(order)
    rows = np.arange(len(order))
    labels = [f"<b>{plain_label(names[i])}</b>" if i == chosen else plain_label(names[i]) for i in order]
    stops = SEQUENTIAL[theme]
    accent, ink = MATRIX[theme]["Z"], {"color": MATRIX[theme]["X"]}
    logits = path_logits[0] + path_logits[1]

    def hover(name: str) -> dict:
        filled = text.hover.replace("{channel}", "%{customdata}").replace("{name}", plain_label(name))
        return {
            "customdata": [plain_label(names[i]) for i in order],
            "hovertemplate": filled.replace("{value}", "%{x:.3f}") + "<extra></extra>",
        }

    figure = go.Figure()
    for path, name, color in zip(path_logits, text.paths, (stops[2], stops[4]), strict=True):
        figure.add_bar(
            y=rows,
            x=path[order].astype(np.float32),
            name=name,
            orientation="h",
            marker={"color": color, "line": {"width": 0}},
            **hover(name),
        )
    figure.add_scatter(
        y=rows,
        x=logits[order].astype(np.float32),
        name=text.total,
        mode="markers",
        # The outline keeps it visible on a bar.
        marker={"symbol": "diamond", "size": 9, **ink, "line": {"width": 1, "color": stops[0]}},
        **hover(text.total),
    )
    figure.add_bar(
        y=rows,
        x=gates[order].astype(np.float32),
        name=text.gate,
        orientation="h",
        xaxis="x2",
        marker={
            "color": [accent if i == chosen else stops[3] for i in order],
            "line": {"width": 0},
        },
        text=[f"{gates[i]:.2f}" for i in order],
        textposition="outside",
        textfont=ink,
        cliponaxis=False,
        showlegend=False,
        **hover(text.gate),
    )
    figure.update_layout(
        barmode="relative",
        bargap=0.3,
        height=ROW * len(order) + 120,
        margin={"l": 8, "r": 8, "t": 88, "b": 8},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1, "yanchor": "top", "yref": "container", "title": {"text": ""}},
        dragmode=False,
        hoverlabel={"align": "left"},
    )
    figure.update_yaxes(
        tickvals=rows,
        ticktext=labels,
        tickfont=ink,
        range=[len(order) - 0.5, -0.5],
        fixedrange=True,
        automargin=True,
        showgrid=False,
    )
    shared = {"side": "top", "fixedrange": True, "zeroline": True, "tickfont": ink}
    figure.update_layout(
        xaxis={**shared, "domain": [0, 0.54], "title": {"text": text.logits_title, "font": ink}},
        xaxis2={
            **shared,
            "domain": [0.62, 0.88],
            "range": [0, 1],
            "tickvals": [0, 0.5, 1],
            "title": {"text": text.gates_title, "font": ink},
        },
    )
    return figure


def plain_label(text: str) -> str:
    """Plotly reads a few HTML tags in labels; ours are text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
