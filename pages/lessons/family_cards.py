"""The map of the family: every member small and computed now, by branches; a branch opens into its cards."""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import streamlit as st

from attention.images.area_attention import areas, attend_within
from attention.images.patch_attention import standardise
from attention.images.patches import picture_patches
from attention.teaching.relatives import WORD_RELATIVES, relative
from figures.gallery import Item, gallery_payload
from figures.miniature import picture_miniature, png_url, weights_miniature
from figures.overlays import jpeg_url
from figures.small_multiples import SPANS
from pages.lessons.family_facts import BRANCH_OF, BRANCHES, CHEAPER, COST_IF, COSTS, MEMBERS, year
from pages.lessons.family_read import HEADS, REACH, chosen, example, layer_of
from pages.pictures.compare_facts import FACTS
from pages.pictures.patches_view import TELLING
from pages.shared.components import gallery
from pages.shared.compute import of_picture, picture_channels, picture_comparison
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import t

COLUMNS = (("score", "who", "cheap"), ("gates", "places", "detect"))  # of the whole family, where there is room
STRIPS, ACROSS = 4, 16  # strips as YOLOv12 has them, patches along the longer side
CARD = 300  # pixels: four stand side by side


class Small(NamedTuple):
    """A miniature: its data URL, and (width, height) in pixels."""

    url: str
    size: tuple[int, int]


def show_family(picture: OpenPicture, head: str) -> None:
    """All members, small; a click opens the branch."""
    images = _images(BRANCH_OF, picture, head)
    for place, branches in zip(st.columns(2, gap="large"), COLUMNS, strict=True):
        with place:
            for branch in branches:
                st.markdown(f"**{t(f'lesson_family.branch.{branch}')}** · {t(f'lesson_family.idea.{branch}')}")
                items = [_item(code, images[code], note=True) for code in BRANCHES[branch]]
                payload = gallery_payload(items, most=len(items), smallest=78, tallest=96)
                gallery(payload, key=f"family_of_{branch}", on_choose=_open)


def _open(code: str) -> None:
    st.session_state.family_branch = BRANCH_OF[code]


def show_branch(branch: str, picture: OpenPicture, head: str) -> None:
    """The cards of one branch."""
    st.markdown(t(f"lesson_family.idea.{branch}"))
    images = _images(BRANCHES[branch], picture, head)
    with st.container(horizontal=True, key="family_cards"):
        for code in BRANCHES[branch]:
            with st.container(border=True, width=CARD, height="stretch"):
                _card(code, images[code], head)


def _card(code: str, image: Small, head: str) -> None:
    facts = MEMBERS[code]
    gallery(gallery_payload([_item(code, image)], most=1, smallest=200, tallest=190), key=f"family_card_{code}")
    st.markdown("  \n".join(f"${_worded(part)}$" for part in (facts.formula, facts.where) if part))
    st.markdown(t(f"{'compare' if code in FACTS else 'lesson_family'}.about.{code}"))  # those of pictures have theirs
    papers = [f"[{paper}]({url})" for paper, url in facts.papers]
    st.markdown("  \n".join([_cost(code), *papers]))
    if code in CHEAPER:
        st.button(
            t("lesson_family.measure"),
            key=f"family_measure_{code}",
            icon=":material/straighten:",
            on_click=lambda: st.session_state.update(family_cheap=CHEAPER[code]),
        )
    elif not facts.page:
        st.caption(t("lesson_family.here"))
    if facts.page:
        label = t("lesson_family.touch", page=t(f"page.{facts.page}"))
        address = dict(facts.address) | (_sentence(head) if facts.page == "sentence" else {})
        st.page_link(f"pages/{facts.page}.py", label=label, icon=":material/touch_app:", query_params=address)


def _worded(formula: str) -> str:
    """A formula with the words in it in the reader's language."""
    for word in ("where", "or"):
        formula = formula.replace(rf"\text{{{word}}}", rf"\text{{{t(f'lesson_family.{word}')}}}")
    return formula


def _cost(code: str) -> str:
    cost = f"$O({COSTS[code]})$"
    if code in COST_IF:
        return t("lesson_family.cost_if", cost=cost, when=f"${COST_IF[code]}$")
    return t("lesson_family.cost", cost=cost)


def _sentence(head: str) -> dict[str, str]:
    layer, number = HEADS[head]
    return {"text": example()["text"], "layer": str(layer), "head": str(number)}


def _item(code: str, small: Small, *, note: bool = False) -> Item:
    return Item(code, [small.url], small.size, t(f"lesson_family.name.{code}"), year(code) if note else "")


def _images(codes: Iterable[str], picture: OpenPicture, head: str) -> dict[str, Small]:
    """The miniatures of some members."""
    layer, reach, theme = layer_of(head), int(chosen("reach", REACH)), st.context.theme.type or "light"
    found = of_picture(picture, "family miniatures", lambda: _over_picture(picture)).copy()
    for code in WORD_RELATIVES:
        if code in codes:
            pixels = weights_miniature(relative(code, layer, reach), theme)
            found[code] = Small(png_url(pixels), pixels.shape[1::-1])
    return found


def _over_picture(picture: OpenPicture) -> dict[str, Small]:
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
