"""How this room writes averages."""

from collections.abc import Mapping
from fractions import Fraction

from django import template

register = template.Library()


@register.filter
def pecahan(value: Fraction | None) -> str:
    """Write an exact number with at most two decimals and a comma; a dash where there is none."""
    if value is None:
        return "–"
    text = f"{float(value):.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")


@register.filter
def average(averages: Mapping[str, Fraction], code: str) -> str:
    """Write the average of one criterion."""
    return pecahan(averages.get(code))
