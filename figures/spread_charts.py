"""Three charts of one story: dot products spread with d, a softmax tips over, its gradient dies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from figures.palette import MATRIX

BINS, REACH = 41, 4.0  # REACH: how many standard deviations to each side are drawn
HEIGHT = 300  # CSS pixels


@dataclass(frozen=True)
class SpreadText:
    """The words in the three charts, in the reader's language.

    without, divided : names of the scores as they are and of those divided by √d
    measured, predicted : names of the two marks above the histogram
    dot_product, share, weight, d, gradient : titles of the axes
    """

    without: str
    divided: str
    measured: str
    predicted: str
    dot_product: str
    share: str
    weight: str
    d: str
    gradient: str


def spread_chart(
    values: np.ndarray, predicted: tuple[float, float], span: tuple[float, float], text: SpreadText, theme: str
) -> go.Figure:
    """How often each size of q · k came up, with the mean and the standard deviation measured and predicted.

    Parameters
    ----------
    values : (trials,) ndarray
    predicted : (mean, standard deviation)
    span : (low, high)
        The ends of the axis: the same for every d, so that the growth is seen.
    text : SpreadText
    theme : {"light", "dark"}
    """
    mean, deviation = float(values.mean()), float(values.std())
    ends = mean - REACH * deviation, mean + REACH * deviation
    counts, edges = np.histogram(values, bins=BINS, range=ends)
    shares, width = counts / len(values), edges[1] - edges[0]
    colors, top = MATRIX[theme], float(shares.max())
    bars = go.Bar(
        x=(edges[:-1] + edges[1:]) / 2,
        y=shares,
        width=width,
        marker={"color": colors["K"], "line": {"width": 0}},
        hovertemplate="%{x:.1f}: %{y:.1%}<extra></extra>",
        showlegend=False,
    )
    marks = (text.measured, (mean, deviation), colors["K"]), (text.predicted, predicted, colors["X"])
    whiskers = [
        go.Scatter(
            x=[middle],
            y=[height * top],
            error_x={"type": "constant", "value": reach, "thickness": 3, "width": 6, "color": color},
            mode="markers",
            marker={"size": 9, "color": color, "symbol": "diamond"},
            name=name,
            hovertemplate=f"{name}: {middle:.2f} ± {reach:.2f}<extra></extra>",
        )
        for height, (name, (middle, reach), color) in zip((1.12, 1.24), marks, strict=True)
    ]
    x = {"title": text.dot_product, "range": span}
    return _figure([bars, *whiskers], theme, x, {"title": text.share, "range": (0, 1.34 * top), "tickformat": ".0%"})


def row_chart(without: np.ndarray, divided: np.ndarray, keys: Sequence[str], text: SpreadText, theme: str) -> go.Figure:
    """The weights of one row, from the scores as they are and from those divided by √d: two (n,) ndarrays."""
    bars = [
        go.Bar(
            x=list(keys),
            y=weights,
            name=name,
            marker={"color": color, "pattern": {"shape": shape, "solidity": 0.25}},
            hovertemplate=f"{name}<br>%{{x}}: %{{y:.3f}}<extra></extra>",
        )
        for name, weights, color, shape in _pair(without, divided, text, theme)
    ]
    return _figure(bars, theme, {"title": ""}, {"title": text.weight, "range": (0, 1)})


def gradient_chart(
    dimensions: Sequence[int], without: np.ndarray, divided: np.ndarray, d: int, text: SpreadText, theme: str
) -> go.Figure:
    """The size of the softmax's gradient over d, the present d marked: two (dimensions,) ndarrays."""
    lines = [
        go.Scatter(
            x=list(dimensions),
            y=norms,
            name=name,
            mode="lines+markers",
            line={"color": color, "width": 3, "dash": "dash" if shape else "solid"},
            marker={"size": 8, "symbol": "square" if shape else "circle"},
            hovertemplate=f"{name}<br>d = %{{x}}: %{{y:.4f}}<extra></extra>",
        )
        for name, norms, color, shape in _pair(without, divided, text, theme)
    ]
    here = {"type": "line", "x0": d, "x1": d, "y0": 0, "y1": 1, "yref": "y domain"}
    here["line"] = {"color": MATRIX[theme]["X"], "width": 2, "dash": "dot"}
    x = {"title": text.d, "type": "log", "tickvals": list(dimensions[::2])}
    return _figure(lines, theme, x, {"title": text.gradient, "range": (0, 0.5)}, shapes=[here])


def _pair(without: np.ndarray, divided: np.ndarray, text: SpreadText, theme: str) -> tuple:
    """Name, numbers, colour and pattern of the two ways."""
    colors = MATRIX[theme]
    return (text.without, without, colors["K"], "/"), (text.divided, divided, colors["Z"], "")


def _figure(traces: Sequence[go.Bar | go.Scatter], theme: str, x: Mapping, y: Mapping, **more: object) -> go.Figure:
    """The traces between two axes, each with its title and what else is said of it; more of the layout."""
    ink = MATRIX[theme]["X"]

    def axis(title: str, **settings: object) -> dict:
        words = {"text": title, "font": {"color": ink, "size": 14}}
        return {"fixedrange": True, "tickfont": {"color": ink, "size": 14}, "title": words, **settings}

    layout = {
        "height": HEIGHT,
        "margin": {"l": 8, "r": 8, "t": 36, "b": 8},
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": {"size": 14}},
        "dragmode": False,
        "bargap": 0.25,
        "xaxis": axis(**x),
        "yaxis": axis(**y),
        **more,
    }
    return go.Figure(traces, layout)
