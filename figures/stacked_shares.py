"""Shares of a whole as stacked bars, one bar a row, as a drawing."""

from collections.abc import Sequence
from html import escape

from figures.numbers import percent

WIDTH = 420
NAME = 76  # units of width for a row's name
TALL = 32  # a row
ROOM = 46  # units of width that a printed share needs
_HATCHES = (
    '<defs><pattern id="lines" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path d="M0 0V6" class="hatch"/></pattern></defs>'
)
_PARTS = 3


def stacked_shares(
    rows: Sequence[str],
    parts: Sequence[str],
    shares: Sequence[Sequence[float]],
    *,
    color: str,
    accent: str,
    paper: str,
) -> str:
    """An SVG drawing; the parts differ by filling, not by colour alone: full, hatched, empty.

    Parameters
    ----------
    rows, parts : sequences of str
        What a bar is, and what its three parts are.
    shares : (rows, 3) numbers
        From 0 to 1. They are printed where there is room.
    color, accent, paper : str
        Of letters and borders, of what is full or hatched, and of letters on what is full.

    Raises
    ------
    ValueError
        Unless there are three parts.
    """
    if len(parts) != _PARTS or any(len(numbers) != _PARTS for numbers in shares):
        raise ValueError(f"a bar has {_PARTS} parts, got {parts!r} and {shares!r}")
    drawn = []
    for at, part in enumerate(parts):
        drawn.append(f'<rect x="0" y="{24 * at + 2}" width="26" height="16" class="part{at}"/>')
        drawn.append(f'<text x="36" y="{24 * at + 10}">{escape(part)}</text>')
    top = 24 * _PARTS + 10
    for row, (name, numbers) in enumerate(zip(rows, shares, strict=True)):
        y, left = top + row * TALL, float(NAME)
        drawn.append(f'<text x="0" y="{y + 12}">{escape(name)}</text>')
        for at, share in enumerate(numbers):
            wide = (WIDTH - NAME - 2) * share
            drawn.append(f'<rect x="{left:.2f}" y="{y}" width="{wide:.2f}" height="24" class="part{at}"/>')
            if wide >= ROOM:
                drawn.append(f'<text x="{left + wide / 2:.2f}" y="{y + 12}" class="in{at}">{percent(share)}</text>')
            left += wide
    style = (
        f"<style>text{{fill:{color};font:15px sans-serif;dominant-baseline:central}}rect{{stroke:{accent}}}"
        f"[class^=in]{{text-anchor:middle}}.in0{{fill:{paper}}}"
        f".in1{{stroke:{paper};stroke-width:5;paint-order:stroke}}.hatch{{stroke:{accent};stroke-width:3}}"
        f".part0{{fill:{accent}}}.part1{{fill:url(#lines)}}.part2{{fill:none}}</style>"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-1 0 {WIDTH} {top + TALL * len(rows)}" role="img">'
        f"{style}{_HATCHES}{''.join(drawn)}</svg>"
    )
