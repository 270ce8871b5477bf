"""How alike one word's vector is to others, layer by layer, with attention and without: a line chart."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from figures.palette import HEADS, MATRIX

MOST = 6  # words with a pair of lines of their own


@dataclass(frozen=True)
class LinesText:
    """The words in the chart, in the reader's language.

    on, off : names of the two runs
    rest : name of the mean over all other words
    x_title, y_title : titles of the two axes
    hover : template with ``{word}``, ``{run}``, ``{layer}`` and ``{value}``
    """

    on: str
    off: str
    rest: str
    x_title: str
    y_title: str
    hover: str


def vector_lines(
    on: np.ndarray,
    off: np.ndarray,
    names: Sequence[str],
    rest: tuple[np.ndarray, np.ndarray],
    text: LinesText,
    *,
    theme: str = "light",
) -> go.Figure:
    """Solid lines with attention, dashed ones without; the mean of the other words in grey.

    Parameters
    ----------
    on, off : (layers + 1, m) ndarray
        Cosines with the m words in question; the first `MOST` are drawn.
    names : sequence of m str
    rest : two (layers + 1,) ndarrays
        Means over the other words, on and off; not drawn where they are NaN.
    text : LinesText
    theme : {"light", "dark"}
    """
    ink, grey = MATRIX[theme]["X"], {"light": "#8b8798", "dark": "#8a8598"}[theme]
    colors = [MATRIX[theme]["K"], *HEADS[theme]]
    figure = go.Figure()
    layers = np.arange(len(on))

    def line(values, word: str, run: str, color: str, *, dashed: bool, symbol: str) -> None:
        filled = text.hover.replace("{word}", plain_label(word)).replace("{run}", run)
        figure.add_scatter(
            x=layers,
            y=values.astype(np.float32),
            name=f"{plain_label(word)} · {run}",
            mode="lines+markers",
            line={"color": color, "width": 2 if dashed else 3, "dash": "dash" if dashed else "solid"},
            marker={"size": 7, "symbol": f"{symbol}-open" if dashed else symbol},
            hovertemplate=filled.replace("{layer}", "%{x}").replace("{value}", "%{y:.3f}") + "<extra></extra>",
        )

    if not np.isnan(rest[0]).any():
        for values, run, dashed in zip(rest, (text.on, text.off), (False, True), strict=True):
            line(values, text.rest, run, grey, dashed=dashed, symbol="square")
    for i, name in enumerate(names[:MOST]):
        for values, run, dashed in zip((on, off), (text.on, text.off), (False, True), strict=True):
            line(values[:, i], name, run, colors[i], dashed=dashed, symbol="circle")

    shared = {"fixedrange": True, "tickfont": {"color": ink, "size": 14}}
    figure.update_layout(
        height=420,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        legend={"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top", "font": {"size": 14}},
        dragmode=False,
        hoverlabel={"align": "left"},
        xaxis={**shared, "dtick": 1, "title": {"text": text.x_title, "font": {"color": ink}}},
        yaxis={**shared, "title": {"text": text.y_title, "font": {"color": ink}}, "zeroline": True},
    )
    return figure


def plain_label(text: str) -> str:
    """Plotly reads a few HTML tags in labels; ours are text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
