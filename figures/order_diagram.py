"""How two questions are put together, as a drawing: boxes over a line from the picture to what comes out."""

from collections.abc import Mapping
from html import escape

WIDTH = 560
BOX = (140, 36)  # width and height


def order_diagram(order: str, words: Mapping[str, str], *, color: str, accent: str, paper: str) -> str:
    """An SVG drawing.

    Parameters
    ----------
    order : {"channel_first", "spatial_first", "parallel", "bam"}
    words : mapping
        ``channel`` and ``spatial``: what stands in the boxes; ``input`` and ``output``: the ends of the line.
    color, accent, paper : str
        Of lines and letters, of the boxes' borders, and what the boxes are filled with.

    Raises
    ------
    ValueError
        For an unknown order.
    """
    if order in ("channel_first", "spatial_first"):
        first, second = ("channel", "spatial") if order == "channel_first" else ("spatial", "channel")
        base, parts = 104, _sequence(words[first], words[second])
    elif order == "parallel":
        base, parts = 150, _parallel(words)
    elif order == "bam":
        base, parts = 150, _bam(words)
    else:
        raise ValueError(f"order must be channel_first, spatial_first, parallel or bam, got {order!r}")
    line = [
        _text(22, base, words["input"]),
        _arrow(f"M44,{base} H{WIDTH - 48}"),
        _text(WIDTH - 24, base, words["output"]),
    ]
    style = (
        "<style>path{fill:none;stroke:currentColor;stroke-width:1.5}.tip{fill:currentColor;stroke:none}"
        "rect,circle{fill:var(--paper);stroke:var(--accent);stroke-width:1.5}"
        "text{fill:currentColor;font:16px sans-serif;text-anchor:middle;dominant-baseline:central}</style>"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {base + 26}" role="img" '
        f'style="color:{color};--accent:{accent};--paper:{paper}">{style}{"".join([*line, *parts])}</svg>'
    )


def _sequence(first: str, second: str) -> list[str]:
    """One question after the other: each reads the line and multiplies it a little further on."""
    parts = []
    for left, label in ((58, first), (290, second)):
        parts += [
            _arrow(f"M{left + 20},104 V60"),
            _box(left, 24, label),
            _arrow(f"M{left + BOX[0]},42 H{left + 174} V92"),
            _sign(left + 174, 104, "×"),
        ]
    return parts


def _both(words: Mapping[str, str]) -> list[str]:
    """Two questions about the same maps."""
    return [
        _arrow("M76,150 V32 H112"),
        _arrow("M76,96 H112"),
        _box(114, 14, words["channel"]),
        _box(114, 78, words["spatial"]),
    ]


def _parallel(words: Mapping[str, str]) -> list[str]:
    """Both read the line at the same place, and both multiply it."""
    return [
        *_both(words),
        _arrow("M254,96 H310 V138"),
        _arrow("M254,32 H410 V138"),
        _sign(310, 150, "×"),
        _sign(410, 150, "×"),
    ]


def _bam(words: Mapping[str, str]) -> list[str]:
    """Both answers are multiplied with each other, and one plus their sigmoid multiplies the line."""
    return [
        *_both(words),
        _arrow("M254,32 H300 V51"),
        _arrow("M254,96 H300 V75"),
        _arrow("M312,63 H348"),
        _sign(300, 63, "×"),
        _box(350, 45, "1 + σ", width=70),
        _arrow("M420,63 H450 V138"),
        _sign(450, 150, "×"),
    ]


def _box(x: float, y: float, label: str, *, width: float = BOX[0]) -> str:
    rect = f'<rect x="{x}" y="{y}" width="{width}" height="{BOX[1]}" rx="7"/>'
    return rect + _text(x + width / 2, y + BOX[1] / 2, label)


def _sign(x: float, y: float, sign: str) -> str:
    return f'<circle cx="{x}" cy="{y}" r="12"/>' + _text(x, y, sign)


def _text(x: float, y: float, label: str) -> str:
    return f'<text x="{x}" y="{y}">{escape(label)}</text>'


def _arrow(path: str) -> str:
    """A path with its tip, which points along its last step: H to the right, V up or down."""
    steps = path.replace("M", "").split()
    x, y = map(float, steps[0].split(","))
    for step in steps[1:]:
        before = (x, y)
        x, y = (float(step[1:]), y) if step[0] == "H" else (x, float(step[1:]))
    dx, dy = (x > before[0]) - (x < before[0]), (y > before[1]) - (y < before[1])
    back, side = (x - 8 * dx, y - 8 * dy), (4 * dy, 4 * dx)
    tip = f"M{x},{y} L{back[0] + side[0]},{back[1] + side[1]} L{back[0] - side[0]},{back[1] - side[1]} Z"
    return f'<path d="{path}"/><path class="tip" d="{tip}"/>'
