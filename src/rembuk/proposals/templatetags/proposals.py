"""Words and chips of proposals for the templates of this room."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rembuk.core.law.elements import HIDDEN_BESIDE_NAMES
from rembuk.core.law.reasons import REASON_CODES
from rembuk.core.lists import kegiatan_codes
from rembuk.core.money import format_rupiah, terbilang
from rembuk.proposals.labels import AUTHORITIES, EVENTS, GROUPS, PROPOSER_KINDS, STATE_CHIPS, STATE_SENTENCES, STATES
from rembuk.proposals.models import Proposal
from rembuk.proposals.queries import location_of
from rembuk.shared.templatetags.rembuk import chip

register = template.Library()
ANSWER_TONES = {"planned": "ok", "forwarded": "due", "shelved": "", "declined": "late", "merged": "", "withdrawn": ""}


@register.filter
def state_chip(state: str) -> SafeString:
    """Draw the chip of a state."""
    return chip(STATE_CHIPS.get(state, "next"), str(STATES.get(state, state)))


@register.filter
def state_sentence(state: str) -> str:
    return str(STATE_SENTENCES.get(state, ""))


@register.filter
def state_words(state: str) -> str:
    return str(STATES.get(state, state))


@register.filter
def event_words(event: str) -> str:
    return str(EVENTS.get(event, event))


@register.filter
def group_words(code: str) -> str:
    return str(GROUPS.get(code, code))


@register.filter
def groups_line(proposal: Proposal, public: object) -> str:
    """Return the groups a proposal helps; in public without those that may not be told of a place."""
    shown = [code for code in proposal.groups if not public or code not in HIDDEN_BESIDE_NAMES]
    return ", ".join(group_words(code) for code in shown)


@register.filter
def kind_words(code: str) -> str:
    return str(PROPOSER_KINDS.get(code, code))


@register.filter
def authority_words(code: str) -> str:
    return str(AUTHORITIES.get(code, code))


@register.filter
def answer_tone(state: str) -> str:
    return ANSWER_TONES.get(state, "")


@register.filter
def reason_words(code: str) -> str:
    """Return the general sentence of a reason code."""
    return REASON_CODES.get(code, "")


@register.filter
def kegiatan_name(code: str) -> str:
    line = kegiatan_codes().get(code)
    return line.name if line is not None else ""


@register.filter
def kegiatan_path(code: str) -> str:
    """Return bidang and sub bidang of a code: ``Pelaksanaan Pembangunan › Pekerjaan umum``."""
    parts = code.split(".")
    names = [kegiatan_name(".".join(parts[:size])) for size in (1, 2)]
    return " › ".join(name for name in names if name)


@register.filter
def place_line(proposal: Proposal) -> str:
    return location_of(proposal) or _("seluruh desa")


@register.filter
def understood(amount: int | None) -> str:
    """Return what a money field read, in figures and words."""
    if amount is None:
        return ""
    return f"{format_rupiah(amount)}, {terbilang(amount)} rupiah"
