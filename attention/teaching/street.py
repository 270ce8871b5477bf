"""Three scenes to learn from and one never seen: things in a street, described by what a cyclist could notice.

In each scene the right answer is the thing that moves **and** is near. No single feature gives it away: others move,
others are near, others are brighter or larger, and it stands at another place each time.
"""

import numpy as np

from attention.teaching.learned_query import Scene

NOTICED = ("moving", "near", "bright", "large")
STREET = {  # {scene: {thing: its features}}; the last scene is kept for the test
    "crossing": {
        "car": (0, 0.9, 0.3, 0.9),
        "sign": (0, 0.4, 1, 0.6),
        "child": (1, 0.9, 0.4, 0.3),
        "bus": (0.9, 0.1, 0.6, 1),
    },
    "park": {
        "dog": (1, 0.8, 0.3, 0.3),
        "bench": (0, 0.9, 0.2, 0.5),
        "kite": (0.9, 0.1, 1, 0.3),
        "statue": (0, 0.6, 0.5, 0.9),
    },
    "market": {
        "stall": (0, 0.8, 0.9, 0.9),
        "tram": (1, 0.2, 0.6, 1),
        "lamp": (0, 0.5, 1, 0.2),
        "cart": (0.9, 0.9, 0.5, 0.7),
    },
    "harbour": {
        "lighthouse": (0, 0.2, 1, 1),
        "scooter": (0.9, 0.9, 0.5, 0.4),
        "gull": (1, 0.1, 0.7, 0.1),
        "crate": (0, 0.9, 0.3, 0.6),
    },
}
RIGHT = {"crossing": "child", "park": "dog", "market": "cart", "harbour": "scooter"}
SEEN, UNSEEN = ("crossing", "park", "market"), "harbour"


def scene(name: str) -> Scene:
    """One of `STREET` as numbers: things (4, 4)."""
    things = STREET[name]
    return Scene(np.array(list(things.values()), dtype=np.float64), list(things).index(RIGHT[name]))
