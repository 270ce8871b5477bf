"""All heads of all layers at a glance: what each does with this sentence, measured."""

import numpy as np

from attention.profiles import head_profiles
from attention.sinks import set_aside
from figures.head_grid import SORTS, head_grid_payload
from pages.explorer.choice import Choice, go, open_head
from pages.shared import controls
from pages.shared.compute import ENCODERS
from pages.shared.head_grid import head_grid
from pages.shared.sentence_controls import arrays
from pages.shared.take_home import take_home
from pages.shared.texts import t


def show(choice: Choice) -> None:
    """Place the choice of an order and the grid."""
    sort = controls.choice("sort", SORTS, "layer", texts="heads_view.sort")
    trace = choice.trace
    keep = np.isin(np.arange(len(trace.tokens)), choice.shown)
    weights = set_aside(trace.weights, keep, choice.sinks)
    profiles = head_profiles(trace.weights, trace.tokens.special)
    payload = head_grid_payload(
        weights,
        profiles,
        pieces=len(trace.tokens),
        chosen=(choice.layer, choice.head),
        sort=sort,
        say=lambda key, **values: t(f"heads_view.{key}", **values),
        name="attention-all-heads",
        source=f"{choice.source} · {t('heads_view.source_measures')}",
    )
    head_grid(payload, key="heads", n=weights.shape[-1], on_open=open_head, on_go=go)
    take_home(
        "all-heads",
        lambda: {**arrays(trace), **vars(profiles)},
        _python_lines(choice),
        key="heads_npz",
    )


def _python_lines(choice: Choice) -> str:
    """Python that prints the focus of the head in focus."""
    return "\n".join(
        [
            "from attention.networks import load_encoder",
            "from attention.profiles import head_profiles",
            "",
            f'encoder = load_encoder("assets/models/{ENCODERS[choice.network]}")',
            f"trace = encoder({choice.trace.text[: choice.trace.tokens.truncated_at]!r})",
            "profiles = head_profiles(trace.weights, trace.tokens.special)",
            f"print(2 ** profiles.entropy[{choice.layer} - 1, {choice.head} - 1])",
        ]
    )
