"""What a lesson prints: pictures of its toy as SVG, in ink that a printer can do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from figures.numbers import signed

CELL, LABEL, APART = 64, 110, 24  # SVG units
FEW = 6  # words; the maps of more have small cells, without their numbers
BOX, ROW, HEAD = 56, 30, 24  # of a table
FONT = "Arial, sans-serif"  # for formulas and numbers in Chinese, too
DASHES = ("none", "8 4", "2 3", "10 3 2 3")


@dataclass(frozen=True)
class Table:
    """Texts in boxes; an empty box is one to be filled in by hand.

    texts : the rows, each of as many texts as there are columns
    rows, columns : what stands beside each row and above each column, if anything
    title : what stands above all columns, if anything
    left, wide : where it begins and how wide a column is, in boxes
    """

    texts: Sequence[Sequence[str]]
    rows: Sequence[str] = ()
    columns: Sequence[str] = ()
    title: str = ""
    left: float = 0.0
    wide: float = 1.0


def matrix_svg(values: np.ndarray, rows: Sequence[str], columns: Sequence[str], title: str, *, maps: int = 1) -> str:
    """A matrix with its numbers; the larger a number, the darker its cell.

    Parameters
    ----------
    values : (n_rows, n_columns) ndarray
        Finite; or -inf, a score that a mask has taken out: its cell stays white.
    rows, columns : sequences of str
        Shown as text.
    title : str
    maps : int
        How many of the same width stand side by side in it; a gap parts them.
    """
    values = np.float32(values)  # as the map on the page has them, so that both round alike
    wide = len(columns) // maps
    lefts = [LABEL + j * CELL + j // wide * APART for j in range(len(columns))]
    most = float(np.abs(values[values != -np.inf]).max(initial=0.0)) or 1.0
    parts = [_text(0, 16, title, size=16, weight="bold")]
    parts += [
        _text(x + CELL / 2, 44, name, anchor="middle", size=_size(name, CELL))
        for x, name in zip(lefts, columns, strict=True)
    ]
    for i, name in enumerate(rows):
        y = 54 + i * CELL
        parts.append(_text(LABEL - 8, y + CELL / 2 + 5, name, anchor="end", size=_size(name, LABEL - 8)))
        for x, value in zip(lefts, values[i], strict=True):
            is_out = value == -np.inf
            shade = 255 if is_out else 255 - round(110 * abs(float(value)) / most)
            fill = f'fill="rgb({shade},{shade},{shade})" stroke="#555"'
            parts.append(f'<rect x="{x}" y="{y}" width="{CELL}" height="{CELL}" {fill}/>')
            number = "−∞" if is_out else signed(float(value), 2)
            parts.append(_text(x + CELL / 2, y + CELL / 2 + 6, number, anchor="middle", size=18))
    return _svg(lefts[-1] + CELL + 2, 56 + len(rows) * CELL, parts)


def tables_svg(bands: Sequence[Sequence[Table]], title: str) -> str:
    """Tables, those of a band side by side, band below band."""
    parts, y = [_text(0, 16, title, size=16, weight="bold")], 24
    for band in bands:
        for table in band:
            parts += _table(table, y + HEAD)
        y += HEAD + ROW * max(len(table.texts) for table in band)
    ends = [table.left + table.wide * len(table.texts[0]) for band in bands for table in band]
    return _svg(LABEL + BOX * max(ends) + 2, y + 2, parts)


def maps_svg(maps: Mapping[str, np.ndarray], names: Sequence[str], title: str) -> str:
    """Maps between the same n words, two in a row, each under its title: {title: (n, n) ndarray}, numbers from 0 up."""
    cell, top = (48, 50) if len(names) <= FEW else (22, 80)
    wide, high = LABEL + len(names) * cell + APART, top + len(names) * cell + APART
    parts = [_text(0, 16, title, size=16, weight="bold")]
    for at, (name, values) in enumerate(maps.items()):
        place = f"translate({at % 2 * wide} {26 + at // 2 * high})"
        parts += [f'<g transform="{place}">', *_map(values, names, name, cell, top), "</g>"]
    return _svg(min(2, len(maps)) * wide, 26 + (len(maps) + 1) // 2 * high, parts)


def bars_svg(values: Sequence[float], labels: Sequence[str], title: str) -> str:
    """Shares from 0 to 1 as bars with their numbers, in the order given."""
    parts = [_text(0, 16, title, size=16, weight="bold")]
    for i, (value, label) in enumerate(zip(values, labels, strict=True)):
        y, length = 34 + 30 * i, 360 * float(value)
        parts.append(_text(LABEL - 8, y + 16, label, anchor="end"))
        parts.append(f'<rect x="{LABEL}" y="{y}" width="{length:.1f}" height="22" fill="#888"/>')
        parts.append(_text(LABEL + 8 + length, y + 16, f"{float(value):.3f}"))
    return _svg(LABEL + 440, 40 + 30 * len(labels), parts)


def curves_svg(curves: Mapping[str, tuple[Sequence[float], Sequence[float]]], title: str) -> str:
    """Lines over a common pair of axes, each named at its end: {name: (xs, ys)}."""
    xs, ys = (np.concatenate([np.asarray(curve[axis], float) for curve in curves.values()]) for axis in (0, 1))
    (left, right), (low, high) = ((float(part.min()), float(part.max())) for part in (xs, ys))
    across, up = 400 / ((right - left) or 1.0), 200 / ((high - low) or 1.0)
    parts = [
        _text(0, 16, title, size=16, weight="bold"),
        '<path d="M60 30V230H460" fill="none" stroke="#000"/>',
        _text(54, 36, f"{high:.3g}", anchor="end", size=12),
        _text(54, 230, f"{low:.3g}", anchor="end", size=12),
        _text(60, 246, f"{left:.3g}", size=12),
        _text(460, 246, f"{right:.3g}", anchor="end", size=12),
    ]
    for at, (name, curve) in enumerate(curves.items()):
        points = [(60 + (x - left) * across, 230 - (y - low) * up) for x, y in zip(*curve, strict=True)]
        path, dash = " ".join(f"{x:.1f},{y:.1f}" for x, y in points), DASHES[at % len(DASHES)]
        parts.append(
            f'<polyline points="{path}" fill="none" stroke="#000" stroke-width="2" stroke-dasharray="{dash}"/>'
        )
        parts.append(_text(points[-1][0] + 6, points[-1][1] + 4, name))
    return _svg(600, 256, parts)


def _table(table: Table, top: float) -> list[str]:
    x, wide = LABEL + BOX * table.left, BOX * table.wide
    across, above = len(table.texts[0]) * wide, {"anchor": "middle"}
    parts = [_text(x + across / 2, top - 7, table.title, **above, size=_size(table.title, across))]
    for j, name in enumerate(table.columns):
        parts.append(_text(x + (j + 0.5) * wide, top - 7, name, **above, size=_size(name, wide)))
    for i, name in enumerate(table.rows):
        parts.append(_text(x - 8, top + (i + 0.5) * ROW + 5, name, anchor="end", size=_size(name, x - 8)))
    for i, texts in enumerate(table.texts):
        for j, text in enumerate(texts):
            left, y = x + j * wide, top + i * ROW
            parts.append(f'<rect x="{left:g}" y="{y:g}" width="{wide:g}" height="{ROW}" fill="none" stroke="#555"/>')
            parts.append(_text(left + wide / 2, y + ROW / 2 + 5, text, anchor="middle", size=_size(text, wide - 6)))
    return parts


def _map(values: np.ndarray, names: Sequence[str], title: str, cell: int, top: int) -> list[str]:
    is_small, most = len(names) > FEW, float(values.max()) or 1.0
    parts = [_text(0, 18, title, size=15, weight="bold")]
    for i, name in enumerate(names):
        y, across = top + i * cell, LABEL + (i + 0.5) * cell
        parts.append(_text(LABEL - 8, y + cell / 2 + 5, name, anchor="end", size=_size(name, LABEL - 8)))
        if is_small:
            turned = _text(0, 0, name, size=_size(name, 80))
            parts.append(f'<g transform="translate({across + 5} {top - 6}) rotate(-45)">{turned}</g>')
        else:
            parts.append(_text(across, top - 8, name, anchor="middle", size=_size(name, cell)))
        for j, value in enumerate(values[i]):
            shade = 255 - round((220 if is_small else 110) * float(value) / most)
            x, fill = LABEL + j * cell, f'fill="rgb({shade},{shade},{shade})" stroke="#555"'
            parts.append(f'<rect x="{x}" y="{y}" width="{cell}" height="{cell}" {fill}/>')
            if not is_small:
                parts.append(_text(x + cell / 2, y + cell / 2 + 6, f"{float(value):.2f}", anchor="middle", size=18))
    return parts


def _size(name: str, room: float) -> int:
    """Letters as large as a name has room for, within what can be read."""
    width = sum(1.0 if ord(letter) > 0x2E80 else 0.58 for letter in name)  # in letters' heights
    return max(12, min(17, int(room / max(width, 1))))


def _text(x: float, y: float, text: str, *, anchor: str = "start", size: int = 13, weight: str = "normal") -> str:
    style = f'text-anchor="{anchor}" font-size="{size}" font-weight="{weight}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {style}>{escape(text)}</text>'


def _svg(width: float, height: float, parts: Sequence[str]) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" font-family="{FONT}">'
    return "".join([head, *parts, "</svg>"])
