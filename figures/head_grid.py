"""All heads of a network as thumbnails, with what each measurably does (drawn by assets/components/heads)."""

import base64
from collections.abc import Callable

import numpy as np

from attention.profiles import HeadProfiles
from figures.numbers import percent

CELLS = 64  # a thumbnail's side, at most
SHARES = ("special", "previous", "next", "same")  # of a word's attention
MEASURES = ("focus", "reach", *SHARES)
SORTS = ("layer", *MEASURES)
MAINLY = 0.5  # a head that gives one place at least this share looks mainly there
NAMED = 4  # heads named in the finding; the others are counted


def thumbnails(weights: np.ndarray) -> np.ndarray:
    """Attention weights as small 8-bit pictures, on one scale for all heads.

    A cell is the largest weight of its block, so that a diagonal one word thin stays whole, and its root is what is
    stored: on a scale from 0 to 1 the weights of a head that looks at many words would not be seen.

    Parameters
    ----------
    weights : (layers, heads, n, n) ndarray
        From 0 to 1.

    Returns
    -------
    (layers, heads, side, side) uint8 ndarray
        ``side`` is at most `CELLS`; all blocks are of one size, but for the last.
    """
    n = weights.shape[-1]
    starts = np.arange(0, n, -(-n // CELLS))
    small = np.empty((*weights.shape[:2], len(starts), len(starts)), np.uint8)
    for layer, out in zip(weights, small, strict=True):
        if len(starts) < n:
            layer = np.maximum.reduceat(layer, starts, axis=-1)  # (heads, n, side)
            layer = np.maximum.reduceat(layer, starts, axis=-2)  # (heads, side, side)
        out[:] = np.rint(255 * np.sqrt(layer))
    return small


def measures(profiles: HeadProfiles) -> dict[str, np.ndarray]:
    """What is measured of each head, under its code in `MEASURES`: (layers, heads) ndarrays.

    "focus" is 2 to the entropy, as a number of words: so many words with equal weights have this entropy.
    """
    shares = {name: getattr(profiles, f"to_{name}") for name in SHARES}
    return {"focus": 2**profiles.entropy, "reach": profiles.reach, **shares}


def ordered(measured: dict[str, np.ndarray], sort: str) -> list[int]:
    """Heads, counted from 0 layer by layer, in the order of `sort`: the most focused first, else the largest first."""
    if sort == "layer":
        return list(range(measured["focus"].size))
    values = measured[sort].ravel()
    return np.argsort(values if sort == "focus" else -values, kind="stable").tolist()


def habit(measured: dict[str, np.ndarray], layer: int, head: int) -> str:
    """The place that a head, counted from 0, gives at least half of its attention; "spread" where there is none."""
    share, name = max((measured[name][layer, head], name) for name in SHARES)
    return name if share >= MAINLY else "spread"


def head_grid_payload(
    weights: np.ndarray,
    profiles: HeadProfiles,
    *,
    pieces: int,
    chosen: tuple[int, int],
    sort: str,
    say: Callable[..., str],
    name: str,
    source: str,
) -> dict:
    """Everything the grid needs, as plain JSON types.

    Parameters
    ----------
    weights : (layers, heads, n, n) ndarray
        What the thumbnails show.
    profiles : HeadProfiles
        Of arrays (layers, heads).
    pieces : int
        Over how many pieces the profiles were measured; the thumbnails may leave some of them out.
    chosen : (layer, head)
        The head in focus, counted from 1.
    sort : str
        One of `SORTS`.
    say : callable
        The text under a key of the table heads_view, its placeholders filled in.
    name, source : str
        The file name (without ending) of what the reader takes home, and a line on where the numbers come from.
    """
    small, measured = thumbnails(weights), measures(profiles)
    layers, heads, side, _ = small.shape
    places = list(np.ndindex(layers, heads))

    def printed(measure: str, at: tuple[int, int]) -> str:
        value = float(measured[measure][at])
        if measure in SHARES:
            return percent(value)
        return say(f"{measure}.value", value=f"{value:.{1 if value < 100 else 0}f}")

    def does(at: tuple[int, int]) -> str:
        does = habit(measured, *at)
        share = printed("focus" if does == "spread" else does, at)
        return say(f"does.{does}", layer=at[0] + 1, head=at[1] + 1, share=share)

    return {
        "layers": layers,
        "heads": heads,
        "side": side,
        "cells": base64.b64encode(small.tobytes()).decode(),
        "sort": sort,
        "order": ordered(measured, sort),
        "each": [
            {"name": _name(at), "does": does(at), "values": [printed(measure, at) for measure in MEASURES]}
            for at in places
        ],
        "measures": [
            {
                "code": measure,
                "name": say(f"{measure}.name"),
                "about": say(f"{measure}.about", n=pieces),
                "share": measure in SHARES,
                "numbers": measured[measure].ravel().tolist(),
            }
            for measure in MEASURES
        ],
        "chosen": (chosen[0] - 1) * heads + chosen[1] - 1,
        "rowLabels": [say("layer", layer=layer + 1) for layer in range(layers)],
        "finding": finding(measured, say),
        "name": name,
        "source": source,
    }


def finding(measured: dict[str, np.ndarray], say: Callable[..., str]) -> str:
    """What all heads do, in words: the share of [CLS] and [SEP], and which heads look mainly at a neighbour."""
    said = [say("finding.special", share=percent(float(measured["special"].mean())))]
    for place in ("previous", "next", "same"):
        found = [_name(at) for at in np.argwhere(measured[place] >= MAINLY)]
        if found:
            names = say("finding.join").join(found[:NAMED])
            if len(found) > NAMED:
                names = say("finding.more", names=names, count=len(found) - NAMED)
            said.append(say(f"finding.{place}_{'one' if len(found) == 1 else 'some'}", count=len(found), names=names))
    if len(said) == 1:
        said.append(say("finding.none"))
    return "".join(said)


def _name(at: tuple[int, int]) -> str:
    """The field's short name of a head: L4H2."""
    return f"L{at[0] + 1}H{at[1] + 1}"
