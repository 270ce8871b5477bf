"""The same with a picture: a question for red or round things meets the patches, one shape in each."""

import numpy as np
import streamlit as st

from attention import AttentionTrace
from attention.teaching.questions import LOUDEST
from attention.teaching.shapes import FACTS, ask_shapes, shape_facts
from figures.maps import MapText, map_payload
from figures.masks import MaskText
from figures.numbers import percent, signed
from figures.worksheet import matrix_svg
from pages.pictures.viewer import mask_viewer
from pages.shared.components import attention_map
from pages.shared.compute import of_picture, picture_channels, sample_picture
from pages.shared.controls import badge
from pages.shared.texts import t, template

SAMPLE = "shapes"
START = {"red": 6, "round": 0, "blue": 0, "green": 0}  # in the order in which they are offered


def show() -> None:
    """Place what is asked for, the picture with the weights over it, and what every patch is."""
    st.caption(t("lesson_what.mix_shapes"))
    with st.container(horizontal=True, key="what_shapes"):
        loudness = {
            name: st.slider(
                t(f"lesson_what.fact_ask.{name}"),
                0,
                LOUDEST,
                start,
                key=f"what_{name}",
                bind="query-params",
                width=150,
            )
            for name, start in START.items()
        }
    trace, shape = _ask(loudness)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _over_picture(trace, shape)
        badge("illustrative", t("lesson_what.shapes_badge"))
    with right:
        _facts(trace, shape)


def strongest(values: np.ndarray, names: list[str]) -> dict[str, str]:
    """The largest of some numbers as it is printed, and the names of all that are printed alike."""
    printed = [signed(float(value), 2) for value in values]
    most = printed[int(values.argmax())]
    tied = [name for name, value in zip(names, printed, strict=True) if value == most]
    return {"names": t("lesson_what.tied_between").join(tied), "value": most}


def printed() -> str:
    """The weights of the patches as they are now, for a worksheet."""
    trace, shape = _ask({name: st.session_state.get(f"what_{name}", start) for name, start in START.items()})
    rows, columns = ([t(f"lesson_what.{axis}_name", number=i + 1) for i in range(n)] for axis, n in _axes(shape))
    return matrix_svg(trace.weights.reshape(shape), rows, columns, t("lesson_what.shapes_title"))


def facts() -> tuple[np.ndarray, tuple[int, int]]:
    """What each patch of the sample is, and how many rows and columns of them there are; computed once."""
    picture = sample_picture(SAMPLE)
    return of_picture(picture, "lesson shapes", lambda: shape_facts(picture_channels(picture)))


def _ask(loudness: dict[str, float]) -> tuple[AttentionTrace, tuple[int, int]]:
    found, shape = facts()
    return ask_shapes(found, loudness), shape


def _axes(shape: tuple[int, int]) -> tuple[tuple[str, int], tuple[str, int]]:
    return ("grid_row", shape[0]), ("grid_column", shape[1])


def _over_picture(trace: AttentionTrace, shape: tuple[int, int]) -> None:
    weights, picture = trace.weights[0], sample_picture(SAMPLE)
    row, column = divmod(int(weights.argmax()), shape[1])
    alike = int(np.isclose(weights, weights.max(), rtol=0.05).sum())
    most = float(weights.max())
    said = {"share": percent(most), "row": row + 1, "column": column + 1, "count": alike}
    text = MaskText(
        low=t("lesson_what.low"),
        high=t("lesson_what.shapes_high", most=percent(most)),
        sentence=t(f"lesson_what.shapes_finding.{'one' if alike == 1 else 'many'}", **said),
        name="question-shapes",
        row_title=t("lesson_what.grid_rows"),
        column_title=t("lesson_what.grid_columns"),
        hover=template("lesson_what.shapes_hover"),
    )
    mask_viewer(
        picture,
        weights.reshape(shape),
        text,
        key="what_shapes_view",
        value_range=(0.0, most),
        again=lambda: weights.reshape(shape),
        controls=False,
        called="map",
    )


def _facts(trace: AttentionTrace, shape: tuple[int, int]) -> None:
    """What every patch is, and what the answer is."""
    names = [t("lesson_what.patch", row=i // shape[1] + 1, column=i % shape[1] + 1) for i in range(len(trace.V))]
    rows = np.concatenate([trace.V, trace.output])
    columns = [t(f"lesson_what.fact.{name}") for name in FACTS]
    text = MapText(
        row_title=t("lesson_what.facts_row"),
        column_title=t("lesson_what.facts_column"),
        low=t("lesson_what.facts_low"),
        high=t("lesson_what.facts_high"),
        sentence=t("lesson_what.facts_finding", **strongest(trace.output[0], columns)),
        hover=template("lesson_what.vector_hover"),
        name="shapes-facts",
        source=t("lesson_what.shapes_badge"),
    )
    payload = map_payload(
        rows, [*names, t("lesson_what.answer_row")], columns, text, scale="diverging", decimals=2, cell=(6, 46)
    )
    attention_map(payload, key="what_facts")
