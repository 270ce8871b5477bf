"""The timeline on paper: all its boxes, those that it has not come to yet left empty, to be filled in by hand."""

from collections.abc import Mapping

from figures.worksheet import Table, tables_svg

# What stands in a line, and where each begins, in boxes.
BANDS = (
    {"query": 0},
    {"keys": 0, "products": 4.4, "scores": 8.8, "scaled": 10.2},
    {"raised": 0, "weights": 1.4, "values": 2.8, "taken": 7.2},
    {"output": 7.2},
)
_ONE_FIRST = ("products", "scores")  # the row that is looked at has steps of its own, the others follow together


def timeline_svg(payload: Mapping, title: str) -> str:
    """What `figures.timeline.timeline_payload` describes, as it stands at its time: for q, k and v of four numbers."""
    return tables_svg([_band(payload, band) for band in BANDS], title)


def _band(payload: Mapping, band: Mapping[str, float]) -> list[Table]:
    tables = []
    for name, left in band.items():
        block = payload["blocks"][name]
        texts = [line if _is_done(payload, name, row) else [""] * len(line) for row, line in enumerate(block["texts"])]
        words = payload["rows"] if len(texts) > 1 else [payload["rows"][payload["asks"]]]
        tables.append(Table(texts, () if tables else words, title=block["title"], left=left))
    return tables


def _is_done(payload: Mapping, name: str, row: int) -> bool:
    beats = [at for at, beat in enumerate(payload["beats"]) if name in beat["blocks"]]
    waits = name in _ONE_FIRST and row != payload["looks"]
    return payload["time"] >= beats[-1 if waits else 0]
