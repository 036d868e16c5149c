"""Exact numbers as people read them: rounded half up in the last digit, never through a float."""

from fractions import Fraction


def text(value: Fraction | None) -> str | None:
    """Return ``"1/20"``, or nothing."""
    return None if value is None else f"{value.numerator}/{value.denominator}"


def whole(value: Fraction | None) -> int | None:
    """Return the nearest whole number, a half going up."""
    return None if value is None else (2 * value.numerator + value.denominator) // (2 * value.denominator)


def percent(value: Fraction | None, digits: int = 1) -> str | None:
    """Return a share of 0 to 1 as per cent in Indonesian writing: 1/20 is ``"5,0"``, with no digits ``"5"``."""
    if value is None:
        return None
    scaled = whole(value * 100 * 10**digits) or 0
    if not digits:
        return str(scaled)
    sign = "-" if scaled < 0 else ""
    return f"{sign}{abs(scaled) // 10**digits},{abs(scaled) % 10**digits:0{digits}d}"
