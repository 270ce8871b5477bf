"""A window of a map, the kernel that reads it, and their products, as three small maps side by side."""

import numpy as np
import streamlit as st

from figures.maps import MapText, map_payload
from figures.numbers import signed
from pages.shared.components import attention_map
from pages.shared.texts import t, template

LARGEST = 52  # CSS pixels of a cell


def window_at(plane: np.ndarray, pixel: tuple[int, int], k: int, dilation: int = 1) -> np.ndarray:
    """What a kernel reads around a pixel; outside of the picture there are zeros.

    Parameters
    ----------
    plane : (H, W) ndarray
    pixel : (row, column), from 0
    k : int
        Side of the kernel, odd.
    dilation : int
        Pixels from one number that is read to the next.

    Returns
    -------
    (k, k) ndarray
    """
    reach = dilation * (k // 2)
    row, column = pixel
    padded = np.pad(plane, reach)
    return padded[row : row + 2 * reach + 1 : dilation, column : column + 2 * reach + 1 : dilation]


def window_tiles(
    window: np.ndarray,
    kernel: np.ndarray,
    name: str,
    *,
    dilation: int = 1,
    window_range: tuple[float, float] | None = None,
) -> np.ndarray:
    """Show ``window × kernel = products`` and return the products.

    Parameters
    ----------
    window, kernel : (k, k) ndarray
    name : str
        ``spatial.open.window_<name>``, ``kernel_<name>`` and ``products_<name>`` say what they are.
    dilation : int
    window_range : (low, high), optional
        The ends of the window's scale. Default: from 0 to its largest number.

    Returns
    -------
    (k, k) ndarray
    """
    products = window * kernel
    half = len(window) // 2
    steps = [signed(dilation * offset, 0) for offset in range(-half, half + 1)]
    tiles = {"window": window, "kernel": kernel, "products": products}
    with st.container(key=f"tiles_{name}"):  # on a phone they stand in a row that scrolls (assets/page.css)
        places = st.columns(3, gap="medium")
    for place, (kind, matrix) in zip(places, tiles.items(), strict=True):
        text = MapText(
            row_title=t("spatial.open.row_title"),
            column_title=t("spatial.open.column_title"),
            low=t(f"spatial.open.{kind}_low"),
            high=t(f"spatial.open.{kind}_high"),
            sentence=t(f"spatial.open.{kind}_{name}", total=signed(float(matrix.sum()))),
            hover=template("spatial.open.hover"),
            name=f"{kind}-{name}",
        )
        payload = map_payload(
            matrix,
            steps,
            steps,
            text,
            scale="sequential" if kind == "window" else "diverging",
            value_range=window_range if kind == "window" else None,
            cell=(6, LARGEST),
        )
        with place:
            attention_map(payload, key=f"{kind}_{name}", tools=("png", "svg", "csv"))
    return products


def table_map(
    values: np.ndarray,
    rows: list[str],
    columns: list[str],
    name: str,
    *,
    diverging: bool = False,
    **said: str,
) -> None:
    """A few rows of numbers, in the words ``<name>.row_title``, ``.column_title``, ``.hover`` and ``.finding``.

    Parameters
    ----------
    values : (n_rows, n_columns) ndarray
    rows, columns : list of str
    name : str
        Of its texts.
    diverging : bool
        Signed numbers; else from 0 to 1.
    said : str
        What the finding names.
    """
    text = MapText(
        row_title=t(f"{name}.row_title"),
        column_title=t(f"{name}.column_title"),
        low=t("spatial.open.products_low") if diverging else "0",
        high=t("spatial.open.products_high") if diverging else "1",
        sentence=t(f"{name}.finding", **said),
        hover=template(f"{name}.hover"),
        name=name.replace(".", "-"),
    )
    payload = map_payload(
        values,
        rows,
        columns,
        text,
        scale="diverging" if diverging else "sequential",
        value_range=None if diverging else (0, 1),
        cell=(6, LARGEST),
    )
    attention_map(payload, key=name.replace(".", "_"), tools=("png", "svg", "csv"))
