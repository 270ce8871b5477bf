"""Texts of ours for paper: their Markdown and LaTeX as plain HTML, everything else escaped."""

import re
from html import escape

MARKS = re.compile(
    r"\$\$?(?P<maths>[^$]+)\$\$?"
    r"|\*\*(?P<bold>.+?)\*\*"
    r"|(?<![*\w])\*(?P<slanted>[^*\s][^*]*)\*"
    r"|`(?P<code>[^`]+)`"
    r"|\[(?P<label>[^\]]+)\]\((?P<address>[^)\s]+)\)"
    r"|:material/\w+:\s?"
    r"|:[a-z-]+\[(?P<colored>[^\]]+)\]"
    r"|\\(?P<escaped>[^\w\s])",
    re.DOTALL,
)
ITEM = re.compile(r"\s*(?:[-*]|\d+\.) ")
COMMANDS = {
    "cdot": "·", "times": "×", "top": "T", "sum": "Σ", "prod": "Π", "sqrt": "√", "infty": "∞", "partial": "∂",
    "nabla": "∇", "le": " ≤ ", "leq": " ≤ ", "ge": " ≥ ", "geq": " ≥ ", "ne": " ≠ ", "neq": " ≠ ", "approx": " ≈ ",
    "sim": " ~ ", "to": " → ", "rightarrow": " → ", "mapsto": " ↦ ", "in": " ∈ ", "odot": " ⊙ ", "otimes": " ⊗ ",
    "oplus": " ⊕ ", "pm": " ± ", "ldots": "…", "dots": "…", "cdots": "…", "lVert": "‖", "rVert": "‖", "Vert": "‖",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η", "theta": "θ", "lambda": "λ",
    "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ", "omega": "ω",
    "Delta": "Δ", "Sigma": "Σ", "Phi": "Φ", "quad": "  ", "qquad": "   ", "left": "", "right": "", "big": "", "Big": "",
}  # fmt: skip
BARE = ("text", "mathrm", "mathbf", "mathbb", "mathcal", "boldsymbol", "operatorname", "tilde", "hat", "bar", "vec")
TOKEN = re.compile(r"\\([A-Za-z]+)\s*|\\(.)|([{}^_])|(\s+)|(.)", re.DOTALL)


def paragraphs(text: str) -> str:
    """Markdown of some paragraphs and lists as HTML."""
    return "".join(_block(block) for block in re.split(r"\n\s*\n", text.strip()))


def _block(block: str) -> str:
    lines = block.splitlines()
    if all(ITEM.match(line) for line in lines):
        items = "".join(f"<li>{line_of(ITEM.sub('', line))}</li>" for line in lines)
        return f"<ul>{items}</ul>"
    return f"<p>{line_of(block.lstrip('# '))}</p>"


def line_of(text: str) -> str:
    """Markdown within a paragraph as HTML."""
    parts, at = [], 0
    for mark in MARKS.finditer(text):
        parts += [escape(text[at : mark.start()]), _marked(mark)]
        at = mark.end()
    return "".join([*parts, escape(text[at:])])


def _marked(mark: re.Match) -> str:
    if mark["maths"]:
        return f"<i>{maths(mark['maths'])}</i>"
    if mark["bold"]:
        return f"<b>{line_of(mark['bold'])}</b>"
    if mark["slanted"]:
        return f"<em>{line_of(mark['slanted'])}</em>"
    if mark["colored"]:
        return line_of(mark["colored"])
    if mark["code"]:
        return f"<code>{escape(mark['code'])}</code>"
    if mark["label"]:
        label = line_of(mark["label"])
        is_outside = mark["address"].startswith("https://")
        return f'<a href="{escape(mark["address"])}">{label}</a>' if is_outside else label
    return escape(mark["escaped"] or "")


def maths(latex: str) -> str:
    """A formula in LaTeX as a line of HTML that can be read: √d, (a + b)/c, superscripts and subscripts."""
    return _run([mark for mark in TOKEN.findall(latex) if mark[0] or mark[1] or mark[2] or mark[3] or mark[4]]).strip()


def _run(tokens: list) -> str:
    parts = []
    while tokens and tokens[0][2] != "}":
        parts.append(_next(tokens))
    return "".join(parts)


def _next(tokens: list) -> str:
    """Takes one thing off the front: a letter, a command with what belongs to it, or all that stands in braces."""
    if not tokens:
        return ""
    command, sign, structure, space, letter = tokens.pop(0)
    if structure == "{":
        inside = _run(tokens)
        del tokens[:1]  # the brace that closes it
        return inside
    if structure:
        return "" if structure == "}" else _raised({"^": "sup", "_": "sub"}[structure], tokens)
    if command == "frac":
        above, below = _together(_next(tokens)), _together(_next(tokens))
        return f"{above}/{below}"
    if command == "sqrt":
        return f"√{_together(_next(tokens))}"
    if command in BARE:
        return _next(tokens)
    if command:
        return COMMANDS.get(command, command)
    return escape({",": " ", ";": " ", " ": " ", "!": "", "\\": " "}.get(sign, sign) or (" " if space else letter))


def _raised(tag: str, tokens: list) -> str:
    while tokens and tokens[0][3]:
        del tokens[0]
    return f"<{tag}>{_next(tokens).strip()}</{tag}>"


def _together(part: str) -> str:
    """What holds together by itself stays as it is, a sum goes into brackets."""
    return f"({part})" if re.search(r"[ +\-−·×,]", re.sub(r"<su[bp]>.*?</su[bp]>", "", part)) else part
