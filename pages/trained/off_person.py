"""The person segmenter: its mask over the picture, with the border that the mask has with the network's own gates."""

from dataclasses import replace

import numpy as np
import streamlit as st

from figures.mask_files import borders
from figures.masks import MaskText, enlarge
from figures.numbers import percent
from figures.overlays import jpeg_url
from pages.pictures.viewer import mask_viewer
from pages.shared.compute import of_picture
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import t, template
from pages.trained.off_classes import BARS
from pages.trained.off_view import View

PERSON = 0.5  # from here on a place counts as marked
MARKED = 0.01  # of a picture, at least: else there is no mask to agree with


def covered(mask: np.ndarray) -> float:
    """The share of the picture that a mask marks."""
    return float((mask >= PERSON).mean())


def agreement(mask: np.ndarray, other: np.ndarray) -> float:
    """Intersection over union of what two masks mark; 1 where neither marks anything."""
    a, b = mask >= PERSON, other >= PERSON
    union = (a | b).sum()
    return float((a & b).sum() / union) if union else 1.0


def show_mask(view: View) -> None:
    """The mask as it is now, over the picture."""
    asked = (view.picture, view.choice)  # what is taken home is computed anew: an open page holds no trace
    changed = view.case != "on"
    mask_viewer(
        _outlined(view.picture, view.own.mask) if changed else view.picture,
        view.now.mask,
        MaskText(
            low=t("attention_off.person.low"),
            high=t("attention_off.person.high"),
            sentence=finding(view),
            name="person",
            **{name: template(f"attention_off.person.{name}") for name in ("row_title", "column_title", "hover")},
        ),
        key="person_viewer",
        again=lambda: View(*asked).now.mask,
        lines=python_lines(view),
        arrays=lambda: arrays(View(*asked)),
    )
    with st.container(key="off_contour"):
        st.caption(t("attention_off.person.contour") if changed else "\u00a0")


def show_numbers(view: View) -> None:
    """How much it marks now and in the other case, and how far the two agree."""
    case = view.case
    iou = agreement(view.own.mask, view.now.mask if case != "on" else view.beside.mask)
    same = {"label": t("attention_off.person.agreement"), "value": iou, "text": f"{iou:.2f}"}
    if found_nobody(view):
        same |= {"value": 0.0, "text": "–"}
    now, beside = _share(view.now.mask), _share(view.beside.mask)
    BARS(
        key="classes",
        data={
            "now": {
                "title": t(f"attention_off.person.{case}", **view.counted),
                "items": [now] if case == "on" else [now, same],
            },
            "beside": {
                "title": t(f"attention_off.person.{'would' if case == 'on' else 'own'}"),
                "items": [beside, same] if case == "on" else [beside],
            },
            "said": finding(view),
        },
    )
    if found_nobody(view):
        st.markdown(t("attention_off.person.nobody"))


def _share(mask: np.ndarray) -> dict:
    share = covered(mask)
    return {"label": t("attention_off.person.covered"), "value": share, "text": percent(share)}


def found_nobody(view: View) -> bool:
    """Whether the network marks next to nothing with its own gates."""
    return covered(view.own.mask) < MARKED


def finding(view: View) -> str:
    """What the switch has changed, in a sentence."""
    own, now, beside = (trace.mask for trace in (view.own, view.now, view.beside))
    on = view.case == "on"
    return t(
        f"attention_off.person.finding_{'on' if on else 'off'}{'_nobody' if found_nobody(view) else ''}",
        own=percent(covered(own)),
        now=percent(covered(now)),
        other=percent(covered(beside)),
        iou=f"{agreement(own, beside if on else now):.2f}",
    )


def _outlined(picture: OpenPicture, mask: np.ndarray) -> OpenPicture:
    """The picture with the border of a mask drawn into it: white inside, black outside."""

    def outlined() -> OpenPicture:
        rgb = picture.rgb.copy()
        inside, outside = (enlarge(border, rgb.shape[:2]) for border in borders(mask >= PERSON))
        rgb[outside], rgb[inside] = 0, 255
        return replace(picture, rgb=rgb, url=jpeg_url(rgb))

    return of_picture(picture, "own contour", outlined)


def python_lines(view: View) -> str:
    """Python that prints the share that is marked."""
    return view.lines(["mask = network(picture.rgb, gates=gates).mask", f"print((mask >= {PERSON}).mean())"])


def arrays(view: View) -> dict[str, np.ndarray]:
    """What the segmenter made of the picture, by name."""
    return view.arrays() | {"mask_own": view.own.mask, "mask": view.now.mask}
