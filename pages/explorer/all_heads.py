"""All heads of all layers at a glance: what each does with this sentence, measured."""

import numpy as np

from attention.profiles import head_profiles
from attention.sinks import set_aside
from figures.head_grid import SORTS, head_grid_payload
from pages.explorer.choice import Choice, go, open_head
from pages.shared import controls
from pages.shared.head_grid import head_grid
from pages.shared.texts import t


def show(choice: Choice) -> None:
    """Place the choice of an order and the grid."""
    sort = controls.choice("sort", SORTS, "layer", texts="heads_view.sort")
    trace = choice.trace
    keep = np.isin(np.arange(len(trace.tokens)), choice.shown)
    weights = trace.weights if keep.all() else set_aside(trace.weights, keep, choice.sinks)
    payload = head_grid_payload(
        weights,
        head_profiles(trace.weights, trace.tokens.special),
        pieces=len(trace.tokens),
        chosen=(choice.layer, choice.head),
        sort=sort,
        say=lambda key, **values: t(f"heads_view.{key}", **values),
        name="attention-all-heads",
        source=f"{choice.source} · {t('heads_view.source_measures')}",
    )
    head_grid(payload, key="heads", n=weights.shape[-1], on_open=open_head, on_go=go)
