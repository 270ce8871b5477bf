"""The numbers of a matrix as they are printed in its cells and in its arithmetic: no more digits than help."""

import math

import numpy as np

from figures.numbers import percent

_LARGEST = 1e9
_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def short(value: float, places: int = 4) -> str:
    """At most `places` decimals without trailing zeros; very large and very small numbers as powers of ten."""
    value = float(value)
    if value != 0 and not 0.5 * 10.0**-places <= abs(value) < _LARGEST:
        mantissa, power = f"{value:.2e}".split("e")
        return f"{mantissa}×10{str(int(power)).translate(_RAISED)}".replace("-", "−")
    text = f"{value:.{_decimals(value, places)}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def _decimals(value: float, places: int) -> int:
    return 0 if abs(value) >= 1e5 else places


def percent_of(share: float) -> str:
    """A share in percent, its number and its sign kept on one line."""
    return percent(share).replace(" ", "\u00a0").replace("-", "−")


def exact(value: float) -> str:
    """Six significant decimals: what the pointer shows."""
    return short(value, 6)


def is_short(value: float, places: int = 4) -> bool:
    """Whether `short` gives the number itself, not a rounded one."""
    return abs(value) < _LARGEST and math.isclose(
        round(value, _decimals(value, places)), value, rel_tol=1e-12, abs_tol=1e-12
    )


def print_matrix(values: np.ndarray, places: int | None = None) -> list[list[str]]:
    """The texts of a matrix's cells: all with the same decimals, as few as all of them need and at most two.

    Parameters
    ----------
    values : (n, m) ndarray
    places : int, optional
        Decimals, where they are not to be chosen.
    """
    largest = np.abs(values).max(initial=0)
    if largest >= 1e5:
        return [[f"{value:.1e}".replace("-", "−") for value in row] for row in values]
    if places is None:
        most = 2 if largest < 100 else 1 if largest < 1000 else 0
        places = next((d for d in range(most) if np.allclose(values, values.round(d), rtol=0, atol=1e-9)), most)
    return [[f"{value:.{places}f}".replace("-", "−") for value in row + 0.0] for row in _no_minus_zero(values, places)]


def _no_minus_zero(values: np.ndarray, places: int) -> np.ndarray:
    return np.where(np.abs(values) < 0.5 * 10.0**-places, 0.0, values)
