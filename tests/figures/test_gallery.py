"""The grid's payload is plain JSON with everything a reader needs."""

import json

from figures.gallery import Item, gallery_payload


def test_items_keep_their_words():
    items = [
        Item("a", ["data:,1", "data:,2"], (4, 3), "Red", "× 0.5"),
        Item("b", ["data:,3"], (4, 3), "Blue", sign="→"),
    ]
    payload = json.loads(json.dumps(gallery_payload(items, chosen="b", most=3, smallest=80)))
    assert [item["id"] for item in payload["items"]] == ["a", "b"]
    assert payload["items"][0] | {"size": None} == {
        "id": "a",
        "images": ["data:,1", "data:,2"],
        "size": None,
        "label": "Red",
        "note": "× 0.5",
        "sign": "",
    }
    assert payload["items"][1]["sign"] == "→"
    assert (payload["chosen"], payload["most"], payload["smallest"], payload["tallest"]) == ("b", 3, 80, None)
