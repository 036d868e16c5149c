"""Words and chips of meetings for the templates of this room."""

from django import template
from django.utils.safestring import SafeString

from rembuk.core.law.elements import HIDDEN_BESIDE_NAMES
from rembuk.deliberation.labels import ELEMENT_NAMES, KINDS, SHELTERED_WORDS, STATE_CHIPS, STATES
from rembuk.shared.templatetags.rembuk import chip

register = template.Library()


@register.filter
def meeting_chip(state: str) -> SafeString:
    """Draw the chip of a state."""
    return chip(STATE_CHIPS.get(state, "next"), str(STATES.get(state, state)))


@register.filter
def kind_name(kind: str) -> str:
    return str(KINDS.get(kind, kind))


@register.filter
def beside_name(element: str) -> str:
    """Name an element beside a person: the sheltered ones are "wakil kelompok"."""
    return str(SHELTERED_WORDS if element in HIDDEN_BESIDE_NAMES else ELEMENT_NAMES.get(element, element))


@register.filter
def is_sheltered(element: str) -> bool:
    return element in HIDDEN_BESIDE_NAMES
