"""Small things that only the public pages draw."""

from django import template
from django.utils.safestring import SafeString

from rembuk.deliberation.labels import STATE_CHIPS as MEETING_CHIPS
from rembuk.deliberation.labels import STATES as MEETING_STATES
from rembuk.portal.sections import proposing_address
from rembuk.regions.models import Village
from rembuk.shared.templatetags.rembuk import chip
from rembuk.works.labels import STATE_CHIPS as WORK_CHIPS
from rembuk.works.labels import STATES as WORK_STATES

register = template.Library()


@register.simple_tag
def proposing(village: Village) -> str:
    """Return where residents of *village* propose, or nothing while no room offers it."""
    return proposing_address(village)


@register.filter
def work_chip(state: str) -> SafeString:
    """Draw the chip of a work's state."""
    return chip(WORK_CHIPS.get(state, "next"), str(WORK_STATES.get(state, state)))


@register.filter
def meeting_chip(state: str) -> SafeString:
    """Draw the chip of a meeting's state."""
    return chip(MEETING_CHIPS.get(state, "next"), str(MEETING_STATES.get(state, state)))
