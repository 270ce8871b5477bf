"""The lines of Python that print the number of one pair of words."""

from pages.explorer.choice import Choice
from pages.explorer.in_view import InView
from pages.shared.compute import ENCODERS
from pages.shared.sentence_controls import python_lines


def mixes_heads(choice: Choice) -> bool:
    """Whether the map shows several heads as one matrix."""
    return choice.together != "each" and len(choice.heads) > 1


def printed_lines(choice: Choice, seen: InView, cell: tuple[int, int]) -> str:
    """Python that prints the number in `cell` of what is in view."""
    row, column = cell
    merged = any(len(held) > 1 for held in seen.positions)
    if not merged and not mixes_heads(choice):
        (asks,), (looks,) = seen.positions[row], seen.positions[column]
        return python_lines(choice.trace, choice.network, choice.layer, choice.head, asks, looks, choice.sinks)
    trace, layer = choice.trace, choice.layer
    aside = len(choice.shown) < len(trace.tokens)
    heads = choice.heads if mixes_heads(choice) else (choice.head,)
    taken = f"[{', '.join(f'{head} - 1' for head in heads)}]" if len(heads) > 1 else f"{heads[0]} - 1"
    imports = ["from attention import attend"]
    lines = [
        f'encoder = load_encoder("assets/models/{ENCODERS[choice.network]}")',
        f"trace = encoder({trace.text[: trace.tokens.truncated_at]!r})",
        f"Q, K, V = (part[{layer} - 1, {taken}] for part in (trace.Q, trace.K, trace.V))",
        "weights = attend(Q, K, V).weights",
    ]
    if aside:
        imports.append("from attention.sinks import set_aside")
        lines += ["keep = ~trace.tokens.special", f"weights = set_aside(weights, keep, {choice.sinks!r})"]
    if mixes_heads(choice):
        lines.append(f"weights = weights.{choice.together}(0)  # of the heads")
    if merged:
        imports = ["import numpy as np", "", *imports, "from attention.merging import merge_weights"]
        groups = "trace.tokens.groups[keep]" if aside else "trace.tokens.groups"
        lines += [
            f"words = np.unique({groups}, return_inverse=True)[1]  # the word that each piece belongs to",
            "weights = merge_weights(weights, words)",
        ]
    imports.append("from attention.networks import load_encoder")
    return "\n".join([*_sorted(imports), "", *lines, f"print(weights[{row}, {column}])"])


def _sorted(imports: list[str]) -> list[str]:
    ours = sorted((line for line in imports if line.startswith("from")), key=lambda line: line.split()[1])
    return [line for line in imports if not line.startswith("from")] + ours
