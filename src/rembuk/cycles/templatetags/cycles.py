"""Template filters of the cycle: names of stages."""

from django import template

from rembuk.cycles.labels import STAGE_SHORT

register = template.Library()


@register.filter
def stage_short(code: str) -> str:
    """Return the short name of a stage; an unknown code names itself."""
    return str(STAGE_SHORT.get(code, code))
