"""Numbers of the training room in templates: means, percent, and the shade of a score."""

from fractions import Fraction

from django import template
from django.utils.safestring import SafeString

from rembuk.shared.templatetags.rembuk import bar

register = template.Library()


@register.filter
def nilai(value: Fraction | float | None, digits: int = 1) -> str:
    """Write a mean with a decimal comma; nothing is a dash."""
    if value is None:
        return "–"
    scale = 10**digits
    scaled = abs(Fraction(value)) * scale + Fraction(1, 2)
    whole, rest = divmod(int(scaled), scale)
    sign = "−" if value < 0 and int(scaled) else ""
    return f"{sign}{whole},{rest:0{digits}d}"


@register.filter
def persen(value: Fraction | None) -> str:
    """Write a share of one in whole percent, half up."""
    return "–" if value is None else str(int(value * 100 + Fraction(1, 2)))


@register.filter
def poin(value: Fraction | None) -> str:
    """Write how a share of one moved, in points with its sign."""
    if value is None:
        return "–"
    return ("+" if value > 0 else "") + nilai(value * 100, 1)


@register.filter
def panas(score: int | None) -> str:
    """Return the shade of a score of 0 to 100: the lower, the darker; empty without a score."""
    return "" if score is None else str(max(0, 4 - score // 20))


@register.simple_tag
def lima(mean: Fraction | None, words: str) -> SafeString:
    """A bar of a mark of 1 to 5."""
    return bar(int((mean or 0) * 20), 100, str(words), "s")
