"""Every mechanism on the picture at a glance, mounted (assets/components/multiples)."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from figures.masks import keep_mass
from figures.numbers import percent
from figures.small_multiples import Tile, multiples_payload
from pages.shared.components import COMMON, component
from pages.shared.compute import of_picture
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import t, template

OPENED = "opened"  # the key of the container that shows what is opened
HALF = 0.5  # of what counts: the area that holds it says how concentrated a map is

_MULTIPLES = component("multiples", [*COMMON, "multiples.js"])


def half_areas(picture: OpenPicture, maps: Mapping[str, np.ndarray]) -> dict[str, float]:
    """The smallest share of the picture on which half of each map lies, {code: share}, computed once."""
    return of_picture(
        picture, "half areas", lambda: {code: keep_mass(values, HALF).area for code, values in maps.items()}
    )


def tiles(picture: OpenPicture, maps: Mapping[str, np.ndarray], opened: str, span: str) -> None:
    """All maps over the picture, with what they say together; a click opens one.

    They have the opacity and the colours that the reader has set in the viewer (pages/pictures/viewer.py), which is
    placed before them.

    Parameters
    ----------
    picture : OpenPicture
    maps : {code: (H, W) ndarray}
    opened, span : str
        The code of the one that is open; a click writes another into the session's "open". And the colour scale, one of
        `figures.small_multiples.SPANS`.
    """
    areas = half_areas(picture, maps)
    most, least = min(areas, key=areas.get), max(areas, key=areas.get)
    finding = t(
        "compare.tiles.finding",
        most=t(f"compare.name.{most}"),
        most_area=percent(areas[most]),
        least=t(f"compare.name.{least}"),
        least_area=percent(areas[least]),
    )
    payload = multiples_payload(
        [
            Tile(code, values, t(f"compare.name.{code}"), t("compare.tiles.note", area=percent(areas[code])))
            for code, values in maps.items()
        ],
        picture.url,
        span=span,
        opened=opened,
        low=t(f"compare.{span}.low"),
        middle=t("compare.tiles.middle"),
        high=t(f"compare.{span}.high"),
        hover=template("compare.tiles.hover"),
        sentence=t("compare.tiles.described", count=len(maps), finding=finding),
    )

    def open_map() -> None:
        code = st.session_state.tiles.get("opened")
        if code in maps:
            st.session_state.open = code

    look = {"opacity": int(st.session_state.opacity) / 100, "colours": st.session_state.colours}
    words = {"keys": t("compare.tiles.keys"), "opens": OPENED}
    _MULTIPLES(key="tiles", data={**payload, **look, **words}, on_opened_change=open_map)
    st.markdown(finding)
    st.caption(t("compare.tiles.read"))
