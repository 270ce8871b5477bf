"""Shares of a whole as stacked bars, one bar a row, as a drawing."""

from collections.abc import Sequence
from html import escape

from figures.numbers import percent

NAME = 76  # units of width for a row's name
BAR = 270  # for its bar
NUMBER = 58  # for a printed share
TALL = 30  # a row
_HATCHES = (
    '<defs><pattern id="lines" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path d="M0 0V6" class="hatch"/></pattern></defs>'
)
_PARTS = 3
WIDTH = NAME + BAR + _PARTS * NUMBER + 2


def stacked_shares(
    rows: Sequence[str],
    parts: Sequence[str],
    shares: Sequence[Sequence[float]],
    *,
    color: str,
    accent: str,
) -> str:
    """An SVG drawing; the parts differ by filling, not by colour alone: full, hatched, empty.

    Parameters
    ----------
    rows, parts : sequences of str
        What a bar is, and what its three parts are.
    shares : (rows, 3) numbers
        From 0 to 1. They are printed beside the bar, under the filling of their part.
    color, accent : str
        Of letters, and of borders and of what is full or hatched.

    Raises
    ------
    ValueError
        Unless there are three parts.
    """
    if len(parts) != _PARTS or any(len(numbers) != _PARTS for numbers in shares):
        raise ValueError(f"a bar has {_PARTS} parts, got {parts!r} and {shares!r}")
    drawn = []
    top = 24 * _PARTS + 34
    ends = [NAME + BAR + NUMBER * (at + 1) for at in range(_PARTS)]  # of the columns of numbers
    for at, part in enumerate(parts):
        drawn.append(f'<rect x="0" y="{24 * at + 2}" width="26" height="16" class="part{at}"/>')
        drawn.append(f'<text x="36" y="{24 * at + 10}">{escape(part)}</text>')
        drawn.append(f'<rect x="{ends[at] - 26}" y="{top - 24}" width="26" height="16" class="part{at}"/>')
    for row, (name, numbers) in enumerate(zip(rows, shares, strict=True)):
        y, left = top + row * TALL, float(NAME)
        drawn.append(f'<text x="0" y="{y + 11}">{escape(name)}</text>')
        for at, share in enumerate(numbers):
            drawn.append(f'<rect x="{left:.2f}" y="{y}" width="{BAR * share:.2f}" height="22" class="part{at}"/>')
            drawn.append(f'<text x="{ends[at]}" y="{y + 11}" class="number">{percent(share)}</text>')
            left += BAR * share
    style = (
        f"<style>text{{fill:{color};font:14px system-ui,sans-serif;dominant-baseline:central}}rect{{stroke:{accent}}}"
        f".number{{text-anchor:end}}.hatch{{stroke:{accent};stroke-width:3}}"
        f".part0{{fill:{accent}}}.part1{{fill:url(#lines)}}.part2{{fill:none}}</style>"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 0 {WIDTH} {top + TALL * len(rows)}" role="img">'
        f"{style}{_HATCHES}{''.join(drawn)}</svg>"
    )
