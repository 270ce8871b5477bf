"""The picture that the reader looks at: a sample or their own. It is the same on all pages about pictures."""

import streamlit as st

from attention.sources import SourceError
from attention.sources.images import MAX_BYTES
from figures.gallery import Item, gallery_payload
from pages.shared.components import gallery, uploader_words
from pages.shared.compute import sample_picture
from pages.shared.picture_source import SAMPLES, OpenPicture, open_picture, refusal_values
from pages.shared.state import arrive, depart
from pages.shared.texts import plain, t

DEFAULT_SAMPLE = "rocket"
MINE = "mine"  # the reader's own picture; this never stands in the address


def choose_picture() -> OpenPicture:
    """A sample or an upload. What cannot be read is answered with a sentence, and the picture before it stays."""
    arrive("sample", DEFAULT_SAMPLE, SAMPLES.__contains__)
    samples, upload = st.columns([3, 2], gap="large")
    with upload:
        _upload()
    mine: OpenPicture | None = st.session_state.get(MINE)
    shows_mine = mine is not None and st.session_state.get("shows_mine", False)
    with samples:
        _thumbnails(mine, MINE if shows_mine else st.session_state.sample)
    depart("sample", DEFAULT_SAMPLE)
    picture = mine if shows_mine else sample_picture(st.session_state.sample)
    if shows_mine:
        st.caption(_said(picture))
    return picture


def _thumbnails(mine: OpenPicture | None, chosen: str) -> None:
    pictures = {code: sample_picture(code) for code in SAMPLES} | ({MINE: mine} if mine else {})
    items = []
    for code, picture in pictures.items():
        height, width = picture.rgb.shape[:2]
        items.append(Item(code, [picture.thumbnail], (width, height), t(f"picture.sample.{code}")))
    gallery(gallery_payload(items, chosen=chosen, most=6, smallest=80, tallest=80), key="samples", on_choose=_take)


def _take(code: str) -> None:
    st.session_state.shows_mine = code == MINE
    if code != MINE:
        st.session_state.sample = code
    st.session_state.pop("refused", None)
    _forget_pixel()


def _forget_pixel() -> None:
    st.session_state.pixel = ""


def _upload() -> None:
    """The uploader. A file is read once, at once; then the widget is renewed, which frees the file's bytes."""
    turn = st.session_state.setdefault("upload_turn", 0)
    with st.container(key="uploader"):
        uploader_words(**{word: t(f"picture.upload.{word}") for word in ("button", "formats", "refused")})
        file = st.file_uploader(
            t("picture.upload.label"),
            key=f"upload{turn}",
            max_upload_size=MAX_BYTES // 2**20,
            help=t("picture.upload.help"),
        )
    if file is not None:
        with st.spinner(t("picture.upload.reading")):
            _read(file.getvalue(), file.name)
        st.session_state.upload_turn += 1
        st.rerun()
    if refused := st.session_state.get("refused"):
        reason, values = refused
        st.warning(t(f"picture.refused.{reason}", **values), icon=":material/broken_image:")
    if MINE in st.session_state:
        st.button(t("picture.upload.remove"), icon=":material/delete:", on_click=_remove)


def _read(data: bytes, name: str) -> None:
    try:
        st.session_state[MINE] = open_picture(data, name)
    except SourceError as error:
        st.session_state.refused = (error.reason, refusal_values(error.details) | {"name": plain(name)})
    else:
        st.session_state.shows_mine = True
        st.session_state.pop("refused", None)
        _forget_pixel()


def _remove() -> None:
    for name in (MINE, "shows_mine", "refused"):
        st.session_state.pop(name, None)
    _forget_pixel()


def _said(picture: OpenPicture) -> str:
    """What was done to the reader's picture, in one line."""
    (width, height), (rows, columns) = picture.original_size, picture.rgb.shape[:2]
    said = [t("picture.done.size", name=plain(picture.file), width=width, height=height)]
    said += [t(f"picture.done.{note}") for note in picture.notes]
    if (width, height) != (columns, rows):
        said.append(t("picture.done.reduced", width=columns, height=rows))
    return t("picture.done.between").join([*said, t("picture.done.private")])
