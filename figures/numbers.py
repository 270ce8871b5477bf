"""Numbers as readers see them."""

import math
from decimal import ROUND_HALF_UP, Context, Decimal

_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)  # as many digits as the largest float has
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def percent(share: float) -> str:
    """A share from 0 to 1 in percent: "80 %", "9.3 %", "0.05 %", with no more digits than one reads, never broken."""
    value = 100 * share
    if value >= 99.95 or value == 0:
        return f"{value:.0f}\u00a0%"
    decimals = 0 if 10 <= value < 99 else 1 if value >= 0.95 else 2
    text = f"{value:.{decimals}f}"
    return f"{text}\u00a0%" if float(text) else "<\u00a00.01\u00a0%"


def signed(value: float, decimals: int = 3) -> str:
    """A number with so many decimals, a half rounded away from zero, a true minus sign, and never "-0"."""
    text = f"{value:.{decimals}f}"
    if math.isfinite(value):  # Python rounds a half to even, JavaScript does not
        text = f"{Decimal(float(value)).quantize(Decimal(1).scaleb(-decimals), context=_EXACT):f}"
    return text.replace("-", "−") if float(text) else text.lstrip("-")


def weight(value: float) -> str:
    """A weight from 0 to 1 with three decimals; a small one keeps two digits, "1.9 × 10⁻⁵", and never becomes 0.000."""
    if not 0 < value < 0.001:
        return f"{value:.3f}"
    if value >= 0.0001:
        return f"{value:.2g}"
    mantissa, power = f"{value:.1e}".split("e")
    return f"{mantissa}\u00a0×\u00a010{str(int(power)).translate(_RAISED)}"


def latex(value: float, digits: int = 4) -> str:
    """A number for a formula, with so many significant digits and a true power of ten."""
    mantissa, _, power = f"{value:.{digits}g}".partition("e")
    return rf"{mantissa} \times 10^{{{int(power)}}}" if power else mantissa
