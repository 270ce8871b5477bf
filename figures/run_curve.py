"""A run as far as it has come: its error as a line, the weights it led to as rows of shades, over one axis of steps.

An SVG, which is replaced as a whole at every step without being seen to, as a chart of Plotly's is not. Its axes are
those of the whole run from the beginning on, and what has not been reached yet is empty, so that nothing jumps and
nothing is told in advance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from figures.palette import MATRIX, SEQUENTIAL, colored

WIDTH = 480  # SVG units, as all below
LEFT, RIGHT, TOP, FLOOR = 104, 12, 26, 150  # where the axes begin and end
ROW, ROWS_TOP = 20, 184  # how high a row of shades is, and where the first begins
BAR = 70  # how long the bar is that explains the shades
EVERY = 5  # steps between two shades
CLEAR = 12  # how far words keep from the last step, where the mark may stand
SHORTEST = 150  # an empty part that is shorter is not named


@dataclass(frozen=True)
class CurveText:
    """The words in the picture, in the reader's language.

    x_title, y_title : titles of the axes
    level : what the level is
    rows_title : what the rows of shades are
    to_come : said where the run has not been yet
    """

    x_title: str
    y_title: str
    level: str
    rows_title: str
    to_come: str


def run_curve(
    values: np.ndarray,
    weights: np.ndarray,
    names: Sequence[str],
    at: int,
    reached: int,
    level: float,
    text: CurveText,
    *,
    theme: str = "light",
) -> str:
    """What was reached in a thin line, in a thick one what lies before the step that is shown; below it, the weights.

    Parameters
    ----------
    values : (steps + 1,) ndarray
        0 or more, of the whole run.
    weights : (steps + 1, n) ndarray
        From 0 to 1.
    names : n str
        What the weights lie on.
    at, reached : int
        The step that is shown, and the last one that is drawn.
    level : float
        Drawn as a dashed line.
    text : CurveText
    theme : {"light", "dark"}
    """
    ink, accent, steps = MATRIX[theme]["X"], MATRIX[theme]["Q"], len(values) - 1
    most = max(float(values.max()), level) * 1.05 or 1.0
    across, up = (WIDTH - LEFT - RIGHT) / max(steps, 1), (FLOOR - TOP) / most

    def place(step: float, value: float) -> tuple[float, float]:
        return LEFT + step * across, FLOOR - value * up

    def line(until: int, style: str) -> str:
        points = " ".join("{:.1f},{:.1f}".format(*place(i, float(values[i]))) for i in range(until + 1))
        return f'<polyline points="{points}" fill="none" {style}/>'

    (x, y), (right, level_y) = place(at, float(values[at])), place(steps, level)
    begin, below = place(reached, 0)[0], ROWS_TOP + ROW * len(names)
    parts = [
        f'<path d="M{LEFT} {TOP}V{FLOOR}H{right:.1f}" fill="none" stroke="{ink}" opacity="0.5"/>',
        f'<path d="M{LEFT} {level_y:.1f}H{right:.1f}" stroke="{ink}" stroke-dasharray="6 5" opacity="0.7"/>',
        _words(right - CLEAR, level_y + (17 if level_y < TOP + 24 else -6), text.level, "end"),
        line(reached, f'stroke="{ink}" stroke-width="1.5" opacity="0.45"'),
        line(at, f'stroke="{accent}" stroke-width="4"'),
        *_shades(weights[: reached + 1], across, right, theme),
        *_bar(right, theme, ink),
        f'<rect x="{LEFT}" y="{ROWS_TOP}" width="{right - LEFT:.1f}" height="{below - ROWS_TOP}" fill="none"'
        f' stroke="{ink}" opacity="0.5"/>',
        f'<path d="M{x:.1f} {TOP}V{below}" stroke="{accent}" stroke-width="1.5"/>',
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="{accent}"/>',
        _words(LEFT - 6, TOP + 10, f"{most / 1.05:.2f}", "end"),
        _words(LEFT - 6, FLOOR, "0", "end"),
        _words(0, 14, text.y_title),
        _words(0, ROWS_TOP - 10, text.rows_title),
        *(_words(LEFT - 6, ROWS_TOP + ROW * (i + 0.5) + 5, name, "end") for i, name in enumerate(names)),
        _words(LEFT, below + 17, "0", "middle"),
        _words(right, below + 17, f"{steps}", "end"),
        _words((LEFT + right) / 2, below + 17, text.x_title, "middle"),
    ]
    if right - begin > SHORTEST:
        middle = (begin + right) / 2
        parts += [
            _words(middle, height, text.to_come, "middle", 0.6) for height in (FLOOR - 24, (ROWS_TOP + below) / 2 + 5)
        ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {below + 24}" font-family="sans-serif"'
    return "".join([head, f' fill="{ink}" font-size="14">', *parts, "</svg>"])


def _shades(weights: np.ndarray, across: float, right: float, theme: str) -> list[str]:
    """A row of shades for each column of weights, every few steps one, half of it on either side of its step."""
    colors, parts = colored(weights, (0, 1), SEQUENTIAL[theme]), []
    for step in range(0, len(weights), EVERY):
        begin = max(LEFT, LEFT + (step - EVERY / 2) * across)
        width = min(right, LEFT + (step + EVERY / 2) * across) - begin
        for i, color in enumerate(colors[step]):
            box = f'x="{begin:.2f}" y="{ROWS_TOP + ROW * i}" width="{width:.2f}" height="{ROW}"'
            parts.append(f'<rect {box} fill="rgb({",".join(map(str, color))})" shape-rendering="crispEdges"/>')
    return parts


def _bar(right: float, theme: str, ink: str) -> list[str]:
    """Which shade is which weight, above the rows."""
    end = right - CLEAR
    begin, y, stops = end - 14 - BAR, ROWS_TOP - 20, SEQUENTIAL[theme]
    offsets = "".join(
        f'<stop offset="{i / (len(stops) - 1):.3f}" stop-color="{color}"/>' for i, color in enumerate(stops)
    )
    return [
        f'<linearGradient id="shades">{offsets}</linearGradient>',
        f'<path d="M{begin:.1f} {y}h{BAR}v10h{-BAR}z" fill="url(#shades)" stroke="{ink}" stroke-opacity="0.5"/>',
        _words(begin - 5, y + 10, "0", "end"),
        _words(end, y + 10, "1", "end"),
    ]


def _words(x: float, y: float, text: str, anchor: str = "start", opacity: float = 1) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" opacity="{opacity}">{escape(text)}</text>'
