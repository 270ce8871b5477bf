"""The reader's own picture: from a file, the clipboard or the camera into this session, and out of it again.

It is read once, at once. Nothing else keeps its bytes: an uploaded file is taken out of Streamlit's store as soon as
it is read (a widget that goes away would leave it there), and what the browser sends by itself lasts for one run.
"""

import base64

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner_utils.script_run_context import get_script_run_ctx

from attention.sources import SourceError
from attention.sources.images import MAX_BYTES
from pages.shared.components import component, uploader_words
from pages.shared.picture_source import OpenPicture, open_picture, refusal_values
from pages.shared.texts import plain, t

MINE = "mine"  # the reader's own picture; this never stands in the address

_CAPTURE = component("capture", ["send.js", "camera.js", "capture.js"])
_CAPTURE_WORDS = ("paste", "camera", "shoot", "other", "stop", "sending", "pasted", "camera_name", "refused")
_CAPTURE_WORDS += ("paste_keys", "paste_none", "camera_insecure", "camera_denied", "camera_none")


def own_picture() -> OpenPicture | None:
    """The reader's picture while it is the one that is looked at."""
    return st.session_state.get(MINE) if st.session_state.get("shows_mine") else None


def turn() -> int:
    """Grows with every picture that is read, so that the widgets it came through are made anew, empty."""
    return st.session_state.setdefault("picture_turn", 0)


def ways_in() -> None:
    """One button that opens all the ways to bring a picture, and one to take it away."""
    with st.popover(t("own_picture.button"), icon=":material/add_photo_alternate:", key=f"own_picture{turn()}"):
        _upload()
        sent = _CAPTURE(
            key=f"capture{turn()}",
            data={"words": {word: t(f"own_picture.capture.{word}") for word in _CAPTURE_WORDS}, "limit": MAX_BYTES},
            on_picture_change=lambda: None,
        )
        st.caption(t("own_picture.private"))
    if sent.picture:
        take_in(sent.picture)
    if MINE in st.session_state:
        st.button(t("own_picture.remove"), icon=":material/delete:", key="remove_mine", on_click=_remove)


def _upload() -> None:
    with st.container(key="uploader"):
        uploader_words(**{word: t(f"own_picture.upload.{word}") for word in ("button", "formats", "refused")})
        file = st.file_uploader(
            t("own_picture.upload.label"), key=f"upload{turn()}", max_upload_size=MAX_BYTES // 2**20
        )
    if file is not None:
        _read(file.getvalue(), file.name)
        context = get_script_run_ctx()
        if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
            context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)
        st.rerun()


def take_in(sent: dict[str, str]) -> None:
    """Read a picture that the browser sent in base64, and start over with it."""
    try:
        data = base64.b64decode(sent["data"], validate=True)
    except ValueError:  # not base64
        data = b""
    _read(data, str(sent["name"]))
    st.rerun()


def _read(data: bytes, name: str) -> None:
    """Read a file. What cannot be read is answered with a sentence, and the picture before it stays."""
    st.session_state.picture_turn += 1
    with st.spinner(t("own_picture.reading")):
        try:
            picture = open_picture(data, name)
        except SourceError as error:
            values = refusal_values(error.details) | {"name": plain(name)}
            st.session_state.refused = (st.session_state.get("visit"), error.reason, values)
            return
    _remove()  # Streamlit keeps the earlier value of what is only overwritten until the next run
    st.session_state.update({MINE: picture, "shows_mine": True})


def _remove() -> None:
    for name in (MINE, "shows_mine", "refused"):
        st.session_state.pop(name, None)
    st.session_state.pixel = ""  # what was pinned was a pixel of that picture


def say_what_was_done() -> None:
    """One line under the pictures: what was done to the reader's own, or why a file was refused."""
    if picture := own_picture():
        st.caption(_said(picture))
    visit, reason, values = st.session_state.get("refused", (None, None, None))
    if reason and visit == st.session_state.get("visit"):  # on the next page it would answer nothing
        with st.container(key="refused"):
            st.warning(t(f"own_picture.refused.{reason}", **values), icon=":material/broken_image:")


def _said(picture: OpenPicture) -> str:
    (width, height), (rows, columns) = picture.original_size, picture.rgb.shape[:2]
    said = [t("own_picture.done.size", name=plain(picture.file), width=width, height=height)]
    said += [t(f"own_picture.done.{note}") for note in picture.notes]
    if (width, height) != (columns, rows):
        said.append(t("own_picture.done.reduced", width=columns, height=rows))
    return t("own_picture.done.between").join([*said, t("own_picture.done.private")])
