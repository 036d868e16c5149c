"""Template tags of this room: chip of a plan's state, findings without the name of their own row."""

from django import template
from django.utils.safestring import SafeString

from rembuk.plans.labels import RECEIVED_CHIPS, RECEIVED_STEPS, STATE_CHIPS, column_name, state_name
from rembuk.shared.templatetags.rembuk import chip

register = template.Library()


@register.filter
def plan_chip(state: str) -> SafeString:
    """Name a plan's state with icon and words."""
    return chip(STATE_CHIPS.get(state, "next"), state_name(state))


@register.filter
def received_chip(step: str) -> SafeString:
    """Name how far a village's existing RPJM Desa is in."""
    return chip(RECEIVED_CHIPS[step], str(RECEIVED_STEPS[step]))


@register.filter
def column_words(name: str) -> str:
    """Name a column in words."""
    return column_name(name)


@register.filter
def cut_name(message: str, name: str) -> str:
    """Take the row's own name off the front of a finding that stands beside it."""
    rest = message.removeprefix(f"{name}: ")
    return rest[:1].upper() + rest[1:]


@register.filter
def look_up(mapping: dict[object, object], key: object) -> object:
    """Return ``mapping[key]``, or an empty text."""
    return mapping.get(key, "") if isinstance(mapping, dict) else ""
