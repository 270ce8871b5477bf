"""What the reader touches in the lesson on soft and hard attention: glimpses, how they vary, which way has a slope."""

import math
from collections.abc import Callable

import numpy as np
import streamlit as st

from attention.teaching.glimpses import Nudged, Spread, ask, nudge_score, spread_of_means
from figures.gallery import Item, gallery_payload
from figures.glimpse_charts import ChartText, glimpses_payload, slope_lines, spread_lines
from figures.numbers import signed, weight
from figures.overlays import jpeg_url
from pages.lessons import projector
from pages.lessons.hard_scene import Scene
from pages.shared.components import COMMON, component, gallery
from pages.shared.compute import of_picture
from pages.shared.state import depart, hold
from pages.shared.texts import t, template

DRAWS, TRIALS = 64, 100
COUNTS = (1, 2, 4, 8, 16, 32, 64)
COLOURS = ("red", "green", "blue")
SEEDS = tuple(map(str, range(100)))
NUDGES = tuple(f"{tenths / 10:g}" for tenths in range(-20, 61))  # what may be added to a score
STARTS = {"hard_seed": (SEEDS, "1"), "hard_nudge": (NUDGES, "0")}
_GLIMPSES = component("glimpses", [*COMMON, "glimpses.js"])


def hold_sliders() -> None:
    """What a move sets while another view is open is there when its own opens."""
    for key, (codes, start) in STARTS.items():
        hold(key, start, codes.__contains__)


def _slider(label: str, key: str, name: Callable[[str], str] = str) -> str:
    """Not bound by Streamlit, which leaves out of the address what a move sets while the slider is out of sight."""
    codes, start = STARTS[key]
    chosen = st.select_slider(label, codes, st.session_state[key], key=key, format_func=name)
    depart(key, start)
    return chosen


def glimpses(scene: Scene, temperature: float) -> None:
    """The picture in the light of its weights, and one patch after another drawn from them."""
    place = st.container()
    seed = int(_slider(t("lesson_hard.seed"), "hard_seed"))
    weights = scene.weights(temperature)
    chosen = drawn(scene, temperature, seed)
    controls = ("play", "pause", "step", "restart", "scrub")
    readings = ("now", "weight", "soft", "mean", "apart", "trail_x", "trail_y")
    words = {name: template(f"lesson_hard.glimpses.{name}") for name in controls + readings}
    words["sentence"] = t("lesson_hard.glimpses.sentence", all=len(weights))
    size = scene.picture.rgb.shape[1::-1]
    boxes = scene.patches.boxes
    payload = glimpses_payload(scene.picture.url, size, boxes, weights, scene.V, chosen, scene.asks, words)
    with place:
        _GLIMPSES(key="hard_glimpses", data=payload)
        st.caption(t("lesson_hard.legend"))


def drawn(scene: Scene, temperature: float, seed: int) -> np.ndarray:
    """(DRAWS,) ndarray of int: the patches drawn from the weights; with argmax always the same one."""
    one_hot = ask(scene.q, scene.X, scene.V, temperature, draws=DRAWS, seed=seed).weights
    return np.resize(one_hot.argmax(axis=-1), DRAWS)


def spread(scene: Scene, temperature: float) -> None:
    """How far the mean of n glimpses lies from the expectation."""
    found = measured(scene, temperature)
    away = dict(zip(COUNTS, map(weight, np.sqrt(found.measured).tolist()), strict=True))
    text = ChartText(
        t("lesson_hard.spread.x"),
        t("lesson_hard.spread.y"),
        {name: t(f"lesson_hard.spread.{name}", trials=TRIALS) for name in ("measured", "predicted")},
    )
    case = "said" if temperature else "said_hard"
    values = {"first": away[1], "four": away[4], "sixteen": away[16], "last": away[COUNTS[-1]]}
    said = t(f"lesson_hard.spread.{case}", **values, n=COUNTS[-1], trials=TRIALS)
    figure = spread_lines(found, text, theme=st.context.theme.type or "light")
    projector.chart(figure, key="hard_spread", alt=said)
    st.markdown(said)


def measured(scene: Scene, temperature: float) -> Spread:
    """The same for every reader, so it is measured once."""

    def measure() -> Spread:
        return spread_of_means(scene.q, scene.X, scene.V, temperature, COUNTS, trials=TRIALS)

    return of_picture(scene.picture, ("lesson_hard", temperature), measure)


def slope(scene: Scene, temperature: float) -> None:
    """One patch's score goes up and down: the mixture follows smoothly, the single choice jumps."""
    at = scene.rival
    nudge = float(_slider(t("lesson_hard.slope.nudge"), "hard_nudge", lambda code: signed(float(code), 1)))
    along, here, channel = moved(scene, temperature, nudge)
    colour = t(f"lesson_hard.colour.{COLOURS[channel]}")
    text = ChartText(
        t("lesson_hard.slope.x"),
        t("lesson_hard.slope.y", colour=colour),
        {name: t(f"lesson_hard.slope.{name}") for name in ("soft", "hard", "slope", "here")},
    )
    rows, columns = divmod(at, scene.patches.shape[1])
    values = {"row": rows + 1, "column": columns + 1, "colour": colour, "value": slope_of(here, channel)}
    case = {math.inf: "said_even", 0: "said_hard"}.get(temperature, "said")
    said = t(f"lesson_hard.slope.{case}", **values)
    figure = slope_lines(along, here, text, channel=channel, theme=st.context.theme.type or "light")
    left, right = st.columns((1, 5), gap="medium")
    with left:
        items = [_crop(scene, "best", int(scene.scores.argmax()), 0.0), _crop(scene, "rival", at, nudge)]
        gallery(gallery_payload(items, most=2, smallest=72, tallest=90), key="hard_crops")
    with right:
        projector.chart(figure, key="hard_slope", alt=said)
    st.markdown(said)
    if case == "said":
        st.markdown(t("lesson_hard.slope.samples"))


def slope_of(here: Nudged, channel: int) -> str:
    """The slope in one colour, as readers see it; a small one is not rounded to none."""
    value = float(here.slope[channel])
    return ("−" if value < 0 else "") + weight(abs(value))


def _crop(scene: Scene, which: str, patch: int, added: float) -> Item:
    """A patch as a small picture, with what it is, its score and what is added to it."""
    top, left, bottom, right = scene.patches.boxes[patch]
    pixels = scene.picture.rgb[top:bottom, left:right]
    value = signed(float(scene.scores[patch]), 2)
    if added:
        value += f" {'−' if added < 0 else '+'}\u00a0{abs(added):.1f}"
    score = t("lesson_hard.slope.score", value=value)
    size = (int(right - left), int(bottom - top))
    return Item(which, [jpeg_url(np.ascontiguousarray(pixels))], size, t(f"lesson_hard.slope.{which}"), score)


def moved(scene: Scene, temperature: float, nudge: float) -> tuple[Nudged, Nudged, int]:
    """The answers along the whole slider, those at its place, and the colour in which the two patches differ most."""
    scores, at = scene.scores, scene.rival
    along = nudge_score(scores, scene.V, at, np.linspace(float(NUDGES[0]), float(NUDGES[-1]), 161), temperature)
    lifted = scores.copy()
    lifted[at] += nudge
    here = nudge_score(lifted, scene.V, at, (0.0,), temperature)
    here = Nudged(np.array([nudge]), here.soft, here.hard, here.slope)
    return along, here, int(np.abs(scene.V[at] - scene.V[scores.argmax()]).argmax())
