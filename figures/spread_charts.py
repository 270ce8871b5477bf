"""Three charts of one story: dot products spread with d, a softmax tips over, its gradient dies."""

from collections.abc import Sequence
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
    figure = go.Figure()
    figure.add_bar(
        x=(edges[:-1] + edges[1:]) / 2,
        y=shares,
        width=width,
        marker={"color": colors["K"], "line": {"width": 0}},
        hovertemplate="%{x:.1f}: %{y:.1%}<extra></extra>",
        showlegend=False,
    )
    marks = (text.measured, (mean, deviation), colors["K"]), (text.predicted, predicted, colors["X"])
    for height, (name, (middle, reach), color) in zip((1.12, 1.24), marks, strict=True):
        figure.add_scatter(
            x=[middle],
            y=[height * top],
            error_x={"type": "constant", "value": reach, "thickness": 3, "width": 6, "color": color},
            mode="markers",
            marker={"size": 9, "color": color, "symbol": "diamond"},
            name=name,
            hovertemplate=f"{name}: {middle:.2f} ± {reach:.2f}<extra></extra>",
        )
    _lay_out(figure, theme, text.dot_product, text.share)
    figure.update_xaxes(range=span)
    figure.update_yaxes(range=(0, 1.34 * top), tickformat=".0%")
    return figure


def row_chart(without: np.ndarray, divided: np.ndarray, keys: Sequence[str], text: SpreadText, theme: str) -> go.Figure:
    """The weights of one row, from the scores as they are and from those divided by √d: two (n,) ndarrays."""
    figure = go.Figure()
    for name, weights, color, shape in _pair(without, divided, text, theme):
        figure.add_bar(
            x=list(keys),
            y=weights,
            name=name,
            marker={"color": color, "pattern": {"shape": shape, "solidity": 0.25}},
            hovertemplate=f"{name}<br>%{{x}}: %{{y:.3f}}<extra></extra>",
        )
    _lay_out(figure, theme, "", text.weight)
    figure.update_yaxes(range=(0, 1))
    return figure


def gradient_chart(
    dimensions: Sequence[int], without: np.ndarray, divided: np.ndarray, d: int, text: SpreadText, theme: str
) -> go.Figure:
    """The size of the softmax's gradient over d, the present d marked: two (dimensions,) ndarrays."""
    figure = go.Figure()
    for name, norms, color, shape in _pair(without, divided, text, theme):
        figure.add_scatter(
            x=list(dimensions),
            y=norms,
            name=name,
            mode="lines+markers",
            line={"color": color, "width": 3, "dash": "dash" if shape else "solid"},
            marker={"size": 8, "symbol": "square" if shape else "circle"},
            hovertemplate=f"{name}<br>d = %{{x}}: %{{y:.4f}}<extra></extra>",
        )
    _lay_out(figure, theme, text.d, text.gradient)
    figure.add_vline(x=d, line={"color": MATRIX[theme]["X"], "width": 2, "dash": "dot"})
    figure.update_xaxes(type="log", tickvals=[each for each in dimensions if each in (1, 4, 16, 64, 256)])
    figure.update_yaxes(range=(0, 0.5))
    return figure


def _pair(without: np.ndarray, divided: np.ndarray, text: SpreadText, theme: str) -> tuple:
    """Name, numbers, colour and pattern of the two ways."""
    colors = MATRIX[theme]
    return (text.without, without, colors["K"], "/"), (text.divided, divided, colors["Z"], "")


def _lay_out(figure: go.Figure, theme: str, x_title: str, y_title: str) -> None:
    ink = MATRIX[theme]["X"]
    shared = {"fixedrange": True, "tickfont": {"color": ink, "size": 14}}
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 8, "r": 8, "t": 36, "b": 8},
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "font": {"size": 14}},
        dragmode=False,
        bargap=0.25,
        xaxis={**shared, "title": {"text": x_title, "font": {"color": ink, "size": 14}}},
        yaxis={**shared, "title": {"text": y_title, "font": {"color": ink, "size": 14}}},
    )
