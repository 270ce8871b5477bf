"""Glimpses of a picture (assets/components/glimpses draws them), how their means vary, and how an answer moves."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from attention.teaching.glimpses import Nudged, Spread
from figures.palette import MATRIX

HEIGHT = 380  # CSS pixels


@dataclass(frozen=True)
class ChartText:
    """The words in a chart, in the reader's language.

    x_title, y_title : titles of the two axes
    names : {code: name of a line}
    """

    x_title: str
    y_title: str
    names: Mapping[str, str]


def glimpses_payload(
    picture: str,
    size: tuple[int, int],
    boxes: np.ndarray,
    weights: np.ndarray,
    values: np.ndarray,
    chosen: np.ndarray,
    asks: int,
    words: Mapping[str, str],
) -> dict:
    """Everything the glimpses need, as plain JSON types.

    Parameters
    ----------
    picture : str
        A data URL.
    size : (width, height) of the picture, in which the boxes are given
    boxes : (n, 4) ndarray of int
        Top, left, bottom, right of every patch.
    weights : (n,) ndarray
    values : (n, 3) ndarray
        Red, green and blue of every patch, 0 to 1.
    chosen : (m,) ndarray of int
        The patches drawn, in their order.
    asks : int
        The patch that asks.
    words : mapping
        What the component says, some of it templates.
    """
    means = values[chosen].cumsum(axis=0) / np.arange(1, len(chosen) + 1)[:, None]
    return {
        "picture": picture,
        "size": [int(side) for side in size],
        "boxes": boxes.tolist(),
        "weights": weights.tolist(),
        "expectation": (weights @ values).tolist(),
        "chosen": chosen.tolist(),
        "means": means.tolist(),
        "apart": float(np.sqrt(values.var(axis=0).sum())),  # one glimpse where all weigh the same
        "asks": int(asks),
        "words": dict(words),
    }


def spread_lines(spread: Spread, text: ChartText, *, theme: str = "light") -> go.Figure:
    """The typical distance between the mean of n draws and the expectation: measured as marks, predicted as a line."""
    figure, colors = _figure(text, theme), MATRIX[theme]
    figure.add_scatter(
        x=spread.counts,
        y=np.sqrt(spread.predicted),
        name=text.names["predicted"],
        mode="lines",
        line={"color": colors["X"], "width": 2, "dash": "dash"},
    )
    figure.add_scatter(
        x=spread.counts,
        y=np.sqrt(spread.measured),
        name=text.names["measured"],
        mode="markers",
        marker={"color": colors["Z"], "size": 11},
    )
    figure.update_traces(hovertemplate="n = %{x}: %{y:.3f}<extra></extra>")
    figure.update_xaxes(type="log", tickvals=spread.counts, ticktext=[str(n) for n in spread.counts])
    figure.update_yaxes(rangemode="tozero")
    return figure


def slope_lines(found: Nudged, here: Nudged, text: ChartText, *, channel: int, theme: str = "light") -> go.Figure:
    """The soft and the hard answer in one channel while one score changes, and the soft one's tangent.

    Parameters
    ----------
    found : Nudged
        Along the whole axis.
    here : Nudged
        At one nudge, around which its slope was taken.
    channel : int
        Which of the d_v numbers of the answer is drawn.
    """
    figure, colors = _figure(text, theme), MATRIX[theme]
    at, height, slope = float(here.nudges[0]), float(here.soft[0, channel]), float(here.slope[channel])
    reach = np.ptp(found.nudges) / 6
    across = np.array([at - reach, at + reach])

    def line(x, y, code: str, color: str, width: int, **style) -> None:
        figure.add_scatter(
            x=x, y=y, name=text.names[code], mode="lines", line={"color": color, "width": width, **style}
        )

    line(found.nudges, found.hard[:, channel], "hard", colors["K"], 3, dash="dot", shape="hv")
    line(found.nudges, found.soft[:, channel], "soft", colors["Z"], 4)
    line(across, height + slope * (across - at), "slope", colors["Q"], 2)
    figure.add_scatter(
        x=[at],
        y=[height],
        name=text.names["here"],
        mode="markers",
        marker={"color": colors["Q"], "size": 12},
        showlegend=False,
    )
    figure.update_traces(hovertemplate="%{x:+.2f}: %{y:.3f}<extra></extra>")
    figure.update_yaxes(range=[0, 1.15 * max(part[:, channel].max() for part in (found.hard, found.soft))])
    figure.update_xaxes(range=[float(found.nudges[0]), float(found.nudges[-1])])
    return figure


def _figure(text: ChartText, theme: str) -> go.Figure:
    ink = MATRIX[theme]["X"]
    shared = {"fixedrange": True, "tickfont": {"color": ink, "size": 14}}
    figure = go.Figure()
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        legend={"orientation": "h", "x": 0, "y": -0.2, "yanchor": "top", "font": {"size": 14}},
        dragmode=False,
        xaxis={**shared, "title": {"text": text.x_title, "font": {"color": ink}}},
        yaxis={**shared, "title": {"text": text.y_title, "font": {"color": ink}}},
    )
    return figure
