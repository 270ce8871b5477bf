"""What the reader touches in the lesson on soft and hard attention: glimpses, how they vary, which way has a slope."""

import math

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
from pages.shared.texts import t, template

DRAWS, SEEDS, TRIALS = 64, 99, 100
COUNTS = (1, 2, 4, 8, 16, 32, 64)
COLOURS = ("red", "green", "blue")
NUDGES = (-2.0, 6.0)
_GLIMPSES = component("glimpses", [*COMMON, "glimpses.js"])


def glimpses(scene: Scene, temperature: float) -> None:
    """The picture in the light of its weights, and one patch after another drawn from them."""
    place = st.container()
    seed = st.slider(t("lesson_hard.seed"), 0, SEEDS, 1, key="hard_seed", bind="query-params", persist_state="session")
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


def drawn(scene: Scene, temperature: float, seed: int) -> np.ndarray:
    """(DRAWS,) ndarray of int: the patches drawn from the weights; with argmax always the same one."""
    one_hot = ask(scene.q, scene.X, scene.V, temperature, draws=DRAWS, seed=seed).weights
    return np.resize(one_hot.argmax(axis=-1), DRAWS)


def spread(scene: Scene, temperature: float) -> None:
    """How far the mean of n glimpses lies from the expectation."""
    found = measured(scene, temperature)
    first, last = (float(np.sqrt(found.measured[at])) for at in (0, -1))
    text = ChartText(
        t("lesson_hard.spread.x"),
        t("lesson_hard.spread.y"),
        {name: t(f"lesson_hard.spread.{name}", trials=TRIALS) for name in ("measured", "predicted")},
    )
    case = "said" if temperature else "said_hard"
    said = t(f"lesson_hard.spread.{case}", first=weight(first), last=weight(last), n=COUNTS[-1], trials=TRIALS)
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
    label = t("lesson_hard.slope.nudge")
    nudge = st.slider(label, *NUDGES, 0.0, 0.1, key="hard_nudge", bind="query-params", persist_state="session")
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
        items = [_crop(scene, which, patch) for which, patch in (("best", int(scene.scores.argmax())), ("rival", at))]
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


def _crop(scene: Scene, which: str, patch: int) -> Item:
    """A patch as a small picture, with what it is and its score."""
    top, left, bottom, right = scene.patches.boxes[patch]
    pixels = scene.picture.rgb[top:bottom, left:right]
    score = t("lesson_hard.slope.score", value=signed(float(scene.scores[patch]), 2))
    size = (int(right - left), int(bottom - top))
    return Item(which, [jpeg_url(np.ascontiguousarray(pixels))], size, t(f"lesson_hard.slope.{which}"), score)


def moved(scene: Scene, temperature: float, nudge: float) -> tuple[Nudged, Nudged, int]:
    """The answers along the whole slider, those at its place, and the colour in which the two patches differ most."""
    scores, at = scene.scores, scene.rival
    along = nudge_score(scores, scene.V, at, np.linspace(*NUDGES, 161), temperature)
    lifted = scores.copy()
    lifted[at] += nudge
    here = nudge_score(lifted, scene.V, at, (0.0,), temperature)
    here = Nudged(np.array([nudge]), here.soft, here.hard, here.slope)
    return along, here, int(np.abs(scene.V[at] - scene.V[scores.argmax()]).argmax())
