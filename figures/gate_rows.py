"""Channel gates as rows that a reader can pull (drawn by assets/components/gates): picture, squeezed numbers, gate."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np


@dataclass(frozen=True)
class HiddenUnits:
    """What lies between the squeezed numbers and the gates.

    labels : R names
    values : {path: (R,) ndarray}, after ReLU; one path for every kind of squeezed number
    """

    labels: Sequence[str]
    values: Mapping[str, np.ndarray]


@dataclass(frozen=True)
class GateRowsText:
    """The words around the rows, in the reader's language. All of it is shown as text, never as HTML.

    Parameters
    ----------
    squeezed : {path: str}
        What every squeezed number is called.
    channel, units, computed, gate : str
        What a row is; the headings of the hidden units, of the gates as computed (in a table), and of the gates.
    handle : str
        Template with ``{name}``: what the handle of a gate is called for screen readers.
    open, pulled, free : str
        Templates: what a click on a row does (``{name}``); that a gate was pulled, and from where (``{computed}``);
        the button that lets it go (``{name}``).
    spread : str
        Template with ``{low}`` and ``{high}``: from where to where a gate with one number a place goes.
    low, high : str
        What the two ends of a gate mean.
    preview : str
        What the small picture over the rows is; it follows the handle at once.
    sentence : str
        The finding in words.
    name : str
        The file name (without ending) of what the reader takes home.
    """

    squeezed: Mapping[str, str]
    channel: str
    units: str
    computed: str
    gate: str
    handle: str
    open: str
    pulled: str
    free: str
    spread: str
    low: str
    high: str
    preview: str
    sentence: str
    name: str


def gate_rows_payload(
    ids: Sequence[str],
    labels: Sequence[str],
    thumbnails: Sequence[str],
    size: tuple[int, int],
    squeezed: Mapping[str, np.ndarray],
    computed: np.ndarray,
    pulled: Mapping[str, float],
    text: GateRowsText,
    *,
    order: Sequence[int],
    chosen: int,
    spread: tuple[np.ndarray, np.ndarray] | None = None,
    units: HiddenUnits | None = None,
    decoder: tuple[np.ndarray, np.ndarray] | None = None,
    largest: float = 1.0,
) -> dict:
    """Everything the rows need, as plain JSON types.

    Parameters
    ----------
    ids, labels : C str each
        What comes back when a row is opened or pulled, and what it is called.
    thumbnails : C data URLs
        The channels in grey.
    size : (width, height)
        Of the picture in pixels; its proportions keep the place until a thumbnail is there.
    squeezed : {path: (C,) ndarray}
        From 0 to `largest`.
    computed : (C,) ndarray
        The gates as the mechanism has them, from 0 to 1; of a gate with one number a place, their mean.
    pulled : {id: gate}
        The gates that the reader has set.
    order : sequence of C int
        The rows from top to bottom.
    chosen : int
        The opened channel.
    spread : (lowest, highest), optional
        (C,) ndarray each: from where to where a gate with one number a place goes.
    units : HiddenUnits, optional
    decoder : (D, b), optional
        (3, C) and (3,) ndarray: the layer that gives colours back from channels, for the small picture.
    largest : float
        The squeezed number whose bar is full.
    """
    return {
        "rows": [
            {
                "id": ids[i],
                "label": labels[i],
                "image": thumbnails[i],
                "squeezed": [float(values[i]) for values in squeezed.values()],
                "computed": float(computed[i]),
                "spread": [float(end[i]) for end in spread] if spread else None,
                "gate": float(pulled.get(ids[i], computed[i])),
                "pulled": ids[i] in pulled,
            }
            for i in order
        ],
        "stack": {name: i for i, name in enumerate(ids)},
        "size": list(size),
        "largest": largest,
        "chosen": ids[chosen],
        "units": None
        if units is None
        else {
            "labels": list(units.labels),
            "values": [np.asarray(values, float).tolist() for values in units.values.values()],
        },
        "decoder": None if decoder is None else {"D": decoder[0].tolist(), "b": decoder[1].tolist()},
        "text": {**asdict(text), "squeezed": list(text.squeezed.values())},
        "name": text.name,
    }
