"""Why divide by √d? Dot products of random vectors, what a softmax makes of them, and what is left of its gradient."""

import numpy as np
import streamlit as st

from attention.softmax import softmax
from attention.teaching.spread import DIMENSIONS, KEYS, Trials, divided, entropy, predicted, sharpness
from figures.numbers import percent, signed, weight
from figures.printed import short
from figures.spread_charts import REACH, SpreadText, gradient_chart, row_chart, spread_chart
from figures.worksheet import Table, tables_svg
from pages.lessons import projector
from pages.lessons.lesson import Answer, Lesson
from pages.shared.compute import dot_product_trials
from pages.shared.controls import badge, switch
from pages.shared.texts import t

D, SEED, SEEDS = 64, 3, 99  # 64: the d of the original Transformer
ALIKE = 0.5  # the correlation that the switch gives q and k


def _toy() -> None:
    left, middle, right = st.columns([5, 3, 3], gap="large", vertical_alignment="bottom")
    with left:
        d = st.select_slider(t("lesson_root.d"), DIMENSIONS, D, key="root_d", bind="query-params")
    with middle:
        seed = st.slider(t("lesson_root.seed"), 0, SEEDS, SEED, key="root_seed", bind="query-params")
    with right:
        alike = ALIKE if switch("root_alike", label=t("lesson_root.alike"), help=t("lesson_root.alike_help")) else 0.0
    trials = dot_product_trials(seed, alike)
    badge("illustrative", t("lesson_root.badge"))
    charts = (_spread, _row, _gradient)
    for place, name, chart in zip(st.columns(3, gap="medium"), ("spread", "row", "gradient"), charts, strict=True):
        with place:
            st.markdown(f"#### {t(f'lesson_root.{name}')}")
            figure, finding = chart(trials, d, alike)
            projector.chart(figure, key=f"root_{name}_chart", alt=finding)
            st.markdown(finding)
            if name == "gradient":
                st.caption(t("lesson_root.gradient_measure", rows=trials.rows.shape[1]))


def _spread(trials: Trials, d: int, alike: float):
    values, claim = trials.pairs[DIMENSIONS.index(d)], predicted(d)
    widest, end = predicted(DIMENSIONS[-1], alike=alike), REACH * predicted(DIMENSIONS[-1])[1]
    figure = spread_chart(values, claim, (-end, max(end, widest[0] + REACH * widest[1])), _text(), _theme())
    return figure, t(
        "lesson_root.spread_finding",
        pairs=len(values),
        mean=signed(values.mean(), 2),
        deviation=signed(values.std(), 2),
        d=d,
        root=signed(claim[1], 2),
        divided_mean=signed(values.mean() / claim[1], 2),
        divided=signed(values.std() / claim[1], 2),
    )


def _row(trials: Trials, d: int, alike: float):
    without, root = _weights(trials, d)
    return row_chart(without, root, _keys(alike), _text(), _theme()), t(
        "lesson_root.row_finding",
        keys=KEYS,
        largest=percent(without.max()),
        entropy=signed(entropy(without), 2),
        divided_largest=percent(root.max()),
        divided_entropy=signed(entropy(root), 2),
        most=short(entropy(np.full(KEYS, 1 / KEYS))),
    )


def _gradient(trials: Trials, d: int, alike: float):
    without, root = sharpness(trials.rows).gradient, sharpness(divided(trials.rows)).gradient
    at = DIMENSIONS.index(d)
    finding = t("lesson_root.gradient_finding", d=d, without=weight(without[at]), divided=weight(root[at]))
    return gradient_chart(DIMENSIONS, without, root, d, _text(), _theme()), finding


def _keys(alike: float) -> list[str]:
    """What the keys of a row are called; where q and k are related, the first one is like q."""
    first = t("lesson_root.key_alike" if alike else "lesson_root.key", number=1)
    return [first, *(t("lesson_root.key", number=i) for i in range(2, KEYS + 1))]


def _weights(trials: Trials, d: int) -> tuple[np.ndarray, np.ndarray]:
    """The first row's weights without and with ÷√d."""
    at = DIMENSIONS.index(d)
    return softmax(trials.rows[at, 0]), softmax(divided(trials.rows)[at, 0])


def _text() -> SpreadText:
    return SpreadText(**{name: t(f"lesson_root.chart.{name}") for name in SpreadText.__dataclass_fields__})


def _theme() -> str:
    return st.context.theme.type or "light"


def _answer() -> Answer:
    """Divided by d instead of √d: the typical largest weight at the largest d, beside that with √d."""
    rows = dot_product_trials(SEED, 0.0).rows
    by_root, by_d = (float(sharpness(divided(rows, power)).largest[-1]) for power in (0.5, 1.0))
    even = 1 / KEYS
    right = "sharp" if by_d > 1.2 * by_root else "even" if by_d < 1.2 * even else "same"
    values = {"by_d": weight(by_d), "by_root": weight(by_root), "even": weight(even), "d": DIMENSIONS[-1]}
    spread = predicted(DIMENSIONS[-1])[1] / DIMENSIONS[-1]
    return Answer(right, {**values, "keys": KEYS, "spread": signed(spread, 2)})


def _picture() -> str:
    """What the three charts tell of this d: one word's scores and weights, and what is measured, both ways."""
    state = st.session_state
    d, seed = state.get("root_d", D), state.get("root_seed", SEED)
    alike = ALIKE if state.get("root_alike") else 0.0
    trials = dot_product_trials(seed, alike)
    at, (_, root) = DIMENSIONS.index(d), predicted(d)
    scores, weights = (trials.rows[at, 0], divided(trials.rows)[at, 0]), _weights(trials, d)
    word = np.stack([scores[0], weights[0], scores[1], weights[1]])
    gradients = [sharpness(rows).gradient[at] for rows in (trials.rows, divided(trials.rows))]
    pairs = trials.pairs[at], trials.pairs[at] / root
    measured = {
        "mean": [signed(values.mean(), 2) for values in pairs],
        "deviation": [signed(values.std(), 2) for values in pairs],
        "predicted": [signed(root, 2), signed(1, 2)],
        "largest": [percent(row.max()) for row in weights],
        "entropy": [signed(entropy(row), 2) for row in weights],
        "gradient": [weight(size) for size in gradients],
    }

    def say(name: str) -> str:
        return t(f"lesson_root.table.{name}", d=d, seed=seed, pairs=len(pairs[0]), rows=trials.rows.shape[1])

    rows = [say(name) for name in ("scores", "weights", "divided", "divided_weights")]
    columns = [say("scores"), say("divided")]
    bands = [
        [Table([[signed(value, 2) for value in row] for row in word], rows, _keys(alike))],
        [Table(list(measured.values()), [say(name) for name in measured], columns, left=4, wide=2)],
    ]
    return tables_svg(bands, say("title"))


LESSON = Lesson(
    "root",
    _toy,
    moves={
        "wide": {"root_d": 512, "root_alike": False, "root_seed": SEED},
        "one": {"root_d": 1, "root_alike": False, "root_seed": SEED},
        "alike": {"root_d": 128, "root_alike": True, "root_seed": SEED},
    },
    options=("sharp", "same", "even"),
    answer=_answer,
    picture=_picture,
)
