"""A grid of small pictures with names (drawn by assets/components/gallery), where they are steps with signs between."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """One picture, or several of the same size side by side, with the words under them.

    id : str
        What comes back when it is chosen.
    images : data URLs
    size : (width, height) in pixels; its proportions keep the place until the picture is there
    label, note : str
        Name, and a second line (may be empty). Shown as text, never as HTML.
    sign : str
        What stands between the picture before and this one, such as an arrow; may be empty.
    """

    id: str
    images: Sequence[str]
    size: tuple[int, int]
    label: str
    note: str = ""
    sign: str = ""


def gallery_payload(
    items: Sequence[Item], *, most: int, smallest: int, tallest: int | None = None, chosen: str | None = None
) -> dict:
    """Everything the grid needs, as plain JSON types.

    Parameters
    ----------
    items : sequence of Item
    most : int
        Columns at most, where there is room.
    smallest : int
        The narrowest an item gets, in CSS pixels; on a phone the columns follow from it.
    tallest : int, optional
        The tallest a picture gets, in CSS pixels.
    chosen : str, optional
        The id that is marked.
    """
    return {
        "items": [
            {
                "id": item.id,
                "images": list(item.images),
                "size": list(item.size),
                "label": item.label,
                "note": item.note,
                "sign": item.sign,
            }
            for item in items
        ],
        "chosen": chosen,
        "most": most,
        "smallest": smallest,
        "tallest": tallest,
    }
