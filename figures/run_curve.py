"""One number over the steps of a run, as a line with a mark at the step that is shown: an SVG.

It is replaced as a whole at every step without being seen to, which a chart of Plotly's is not.
"""

from dataclasses import dataclass
from html import escape

import numpy as np

from figures.palette import MATRIX

WIDTH, HEIGHT = 480, 200  # SVG units
LEFT, RIGHT, TOP, BOTTOM = 44, 12, 28, 40  # margins


@dataclass(frozen=True)
class CurveText:
    """The words in the curve, in the reader's language.

    x_title, y_title : titles of the axes
    level : what the level is
    """

    x_title: str
    y_title: str
    level: str


def run_curve(values: np.ndarray, at: int, level: float, text: CurveText, *, theme: str = "light") -> str:
    """The whole run in a thin line, what has happened so far in a thick one, and a level to hold it against.

    Parameters
    ----------
    values : (steps + 1,) ndarray
        0 or more.
    at : int
        The step that is shown.
    level : float
        Drawn as a dashed line.
    text : CurveText
    theme : {"light", "dark"}
    """
    ink, accent = MATRIX[theme]["X"], MATRIX[theme]["Q"]
    most = max(float(values.max()), level) * 1.05 or 1.0
    across, up = (WIDTH - LEFT - RIGHT) / max(len(values) - 1, 1), (HEIGHT - TOP - BOTTOM) / most

    def place(step: int, value: float) -> tuple[float, float]:
        return LEFT + step * across, HEIGHT - BOTTOM - value * up

    def line(until: int, style: str) -> str:
        points = " ".join("{:.1f},{:.1f}".format(*place(i, float(values[i]))) for i in range(until + 1))
        return f'<polyline points="{points}" fill="none" {style}/>'

    x, y = place(at, float(values[at]))
    (left, floor), (right, level_y) = place(0, 0.0), place(len(values) - 1, level)
    parts = [
        f'<path d="M{left} {TOP}V{floor:.1f}H{right:.1f}" fill="none" stroke="{ink}" opacity="0.5"/>',
        f'<path d="M{left} {level_y:.1f}H{right:.1f}" stroke="{ink}" stroke-dasharray="6 5" opacity="0.7"/>',
        _words(right, level_y + (17 if level_y < TOP + 24 else -6), text.level, "end"),
        line(len(values) - 1, f'stroke="{ink}" stroke-width="1.5" opacity="0.45"'),
        line(at, f'stroke="{accent}" stroke-width="4"'),
        f'<path d="M{x:.1f} {TOP}V{floor:.1f}" stroke="{accent}" opacity="0.5"/>',
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="{accent}"/>',
        _words(left - 6, TOP + 10, f"{most / 1.05:.2f}", "end"),
        _words(left - 6, floor, "0", "end"),
        _words(0, 14, text.y_title),
        _words(left, HEIGHT - 20, "0", "middle"),
        _words(right, HEIGHT - 20, f"{len(values) - 1}", "end"),
        _words((left + right) / 2, HEIGHT - 5, text.x_title, "middle"),
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
    return "".join([head, f' fill="{ink}" font-size="14">', *parts, "</svg>"])


def _words(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
