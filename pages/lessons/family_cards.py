"""The cards of a branch: what each member is, and a miniature of it, computed now."""

from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

import numpy as np
import streamlit as st

from attention.images.area_attention import areas, attend_within
from attention.images.patch_attention import standardise
from attention.images.patches import picture_patches
from attention.teaching.relatives import relative
from figures.gallery import Item, gallery_payload
from figures.miniature import picture_miniature, png_url, weights_miniature
from figures.overlays import jpeg_url
from figures.small_multiples import SPANS
from pages.lessons.family_facts import AS_COMPARED, AS_TRAINED, BRANCHES, CHEAPER, COST_IF, COSTS, MEMBERS, year
from pages.lessons.family_read import HEAD, HEADS, REACH, SAMPLE, chosen, example, layer_of
from pages.pictures.patches_view import TELLING
from pages.shared.components import gallery
from pages.shared.compute import of_picture, picture_channels, picture_comparison
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import t

STRIPS, ACROSS = 4, 16  # strips as YOLOv12 has them, patches along the longer side
CARD = 300  # pixels: four stand side by side


class Small(NamedTuple):
    """A miniature: its data URL, and (width, height) in pixels."""

    url: str
    size: tuple[int, int]


def show_branch(branch: str, picture: OpenPicture | None = None) -> None:
    """The cards of one branch, over `picture` where it looks at pictures."""
    images = _over_words(BRANCHES[branch]) if picture is None else _over_picture(picture)
    sample = {} if picture is None else {"sample": chosen("picture", SAMPLE)}
    with st.container(horizontal=True, key="family_cards"):
        for code in BRANCHES[branch]:
            with st.container(border=True, width=CARD, height="stretch"):
                _card(code, images[code], sample)


def _card(code: str, image: Small, sample: dict[str, str]) -> None:
    facts = MEMBERS[code]
    item = Item(code, [image.url], image.size, t(f"lesson_family.name.{code}"), year(code))
    gallery(gallery_payload([item], most=1, smallest=200, tallest=190), key=f"family_card_{code}")
    st.markdown("  \n".join(f"${_fitted(part)}$" for part in (facts.formula, facts.where) if part))
    st.markdown(t(f"{'compare' if code in AS_COMPARED else 'lesson_family'}.about.{code}"))
    papers = [f"[{paper}]({url})" for paper, url in facts.papers]
    st.markdown("  \n".join([_cost(code), *papers]))
    if code in CHEAPER:
        st.button(
            t("lesson_family.measure"),
            key=f"family_measure_{code}",
            icon=":material/straighten:",
            on_click=partial(_measure, CHEAPER[code]),
        )
    if code in AS_TRAINED:
        st.caption(t("lesson_family.here"))
    if facts.page:
        said = "as_trained" if code in AS_TRAINED else "touch"
        label = t(f"lesson_family.{said}", page=t(f"page.{facts.page}"))
        address = dict(facts.address) | (_sentence() if facts.page == "sentence" else sample)
        st.page_link(f"pages/{facts.page}.py", label=label, icon=":material/touch_app:", query_params=address)


def _measure(kind: str) -> None:
    """A cheaper kind onto the bench; the page then goes up to it."""
    st.session_state.update(family_cheap=kind, family_measured=st.session_state.get("family_measured", 0) + 1)


def _fitted(formula: str) -> str:
    """A formula with the words in it in the reader's language; one that is too long for a card breaks at its gaps."""
    formula = formula.replace(r"\quad", r"\quad\allowbreak")
    for word in ("where", "or"):
        formula = formula.replace(rf"\text{{{word}}}", rf"\text{{{t(f'lesson_family.{word}')}}}")
    return formula


def _cost(code: str) -> str:
    cost = f"$O({COSTS[code]})$"
    if code in COST_IF:
        return t("lesson_family.cost_if", cost=cost, when=f"${COST_IF[code]}$")
    return t("lesson_family.cost", cost=cost)


def _sentence() -> dict[str, str]:
    layer, number = HEADS[chosen("head", HEAD)]
    return {"text": example()["text"], "layer": str(layer), "head": str(number)}


def _over_words(codes: Iterable[str]) -> dict[str, Small]:
    layer = layer_of(chosen("head", HEAD))
    reach, theme = int(chosen("reach", REACH)), st.context.theme.type or "light"
    pixels = {code: weights_miniature(relative(code, layer, reach), theme) for code in codes}
    return {code: Small(png_url(each), each.shape[1::-1]) for code, each in pixels.items()}


def _over_picture(picture: OpenPicture) -> dict[str, Small]:
    return of_picture(picture, "family miniatures", lambda: _computed_over(picture))


def _computed_over(picture: OpenPicture) -> dict[str, Small]:
    with st.spinner(t("lesson_family.computing")):
        multiples = picture_comparison(picture)
    pixels = {code: picture_miniature(picture.rgb, values, SPANS["near"]) for code, values in multiples.items()}
    patches = picture_patches(picture_channels(picture).maps, ACROSS)
    rows, columns = patches.shape
    X, (across, down) = standardise(patches.vectors), TELLING.get(picture.file, (0.5, 0.5))
    row = attend_within(X, X, X, areas(rows, columns, STRIPS)).weights[
        int(down * rows) * columns + int(across * columns)
    ]
    roots = np.sqrt(row.reshape(rows, columns))  # as with words: small weights are seen too
    pixels["yolo"] = picture_miniature(picture.rgb, roots, (0.0, float(roots.max())))
    return {code: Small(jpeg_url(each), each.shape[1::-1]) for code, each in pixels.items()}
