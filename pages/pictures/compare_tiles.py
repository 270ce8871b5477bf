"""Every mechanism on the picture at a glance, mounted (assets/components/multiples)."""

import streamlit as st

from figures.masks import Look, keep_mass
from figures.numbers import percent
from figures.small_multiples import Tile, multiples_payload
from pages.shared.components import COMMON, NODES, component
from pages.shared.compute import of_picture, picture_comparison
from pages.shared.picture_source import OpenPicture
from pages.shared.texts import t, template

OPENED = "opened"  # the key of the container that shows what is opened
HALF = 0.5  # of what counts: the area that holds it says how concentrated a map is

_MULTIPLES = component("multiples", [*COMMON, NODES, "../common/reveal.js", "multiples.js"])


def half_areas(picture: OpenPicture) -> dict[str, float]:
    """The smallest share of the picture on which half of each map lies, {code: share}, computed once."""

    def areas() -> dict[str, float]:
        return {code: keep_mass(values, HALF).area for code, values in picture_comparison(picture).items()}

    return of_picture(picture, "half areas", areas)


def tiles(picture: OpenPicture, opened: str, span: str, look: Look) -> None:
    """All maps over the picture, with what they say together; a click opens one.

    Parameters
    ----------
    picture : OpenPicture
    opened : str
        The code of the one that is open; a click writes another into the session's "open".
    span : str
        The colour scale, one of `figures.small_multiples.SPANS`.
    look : Look
        Opacity and colours, as the reader has set them in the viewer.
    """
    maps, areas = picture_comparison(picture), half_areas(picture)
    finding = _finding(areas)
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
        if code in areas:
            st.session_state.open = code

    shown = {"opacity": look.opacity, "colours": look.colours}
    words = {"keys": t("compare.tiles.keys"), "opens": OPENED}
    _MULTIPLES(key="tiles", data={**payload, **shown, **words}, on_opened_change=open_map)
    st.markdown(finding)
    st.caption(t("compare.tiles.read"))


def _finding(areas: dict[str, float]) -> str:
    most, least = min(areas, key=areas.get), max(areas, key=areas.get)
    if areas[most] == areas[least]:
        return t("compare.tiles.alike", area=percent(areas[most]))
    return t(
        "compare.tiles.finding",
        most=t(f"compare.name.{most}"),
        most_area=percent(areas[most]),
        least=t(f"compare.name.{least}"),
        least_area=percent(areas[least]),
    )
