"""Numbers as a reader reads them: a real minus sign, no more digits than help."""

import numpy as np

_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def short(value: float, places: int = 4) -> str:
    """At most `places` decimals without trailing zeros; very large and very small numbers as powers of ten."""
    value = float(value)
    if value != 0 and not 0.5 * 10.0**-places <= abs(value) < 1e6:
        mantissa, power = f"{value:.2e}".split("e")
        return f"{mantissa}×10{str(int(power)).translate(_RAISED)}".replace("-", "−")
    text = f"{value:.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def exact(value: float) -> str:
    """Six significant decimals: what the pointer shows."""
    return short(value, 6)


def is_short(value: float, places: int = 4) -> bool:
    """Whether `short` gives the number itself, not a rounded one."""
    return abs(value) < 1e6 and abs(round(value, places) - value) <= 1e-12 * max(1.0, abs(value))


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


def percent(share: float) -> str:
    """A share from 0 to 1 in percent: "80 %", "9.3 %", "0.05 %", with no more digits than one reads."""
    value = 100 * share
    if value >= 99.95 or value == 0:
        return f"{value:.0f} %"
    decimals = 0 if value >= 10 else 1 if value >= 0.95 else 2
    text = f"{value:.{decimals}f}"
    return f"{text} %" if float(text) else "< 0.01 %"


def signed(value: float, decimals: int = 3) -> str:
    """A number with so many decimals, a true minus sign, and never "-0"."""
    text = f"{value:.{decimals}f}"
    return text.replace("-", "−") if float(text) else text.lstrip("-")
