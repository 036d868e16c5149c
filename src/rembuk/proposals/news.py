"""What a proposer is told when something changed: one text for WhatsApp and e-mail, without anybody's name."""

from django.utils.translation import gettext as _

from rembuk.proposals.labels import STATE_SENTENCES, state_name
from rembuk.proposals.models import Proposal


def subject_of(proposal: Proposal) -> str:
    """Return the subject of a letter."""
    return _("Kabar usulan %(number)s: %(state)s") % {
        "number": proposal.number,
        "state": state_name(proposal.state),
    }


def text_of_news(proposal: Proposal, address: str) -> str:
    """Return the whole text. address: where the status can be seen by receipt code, empty when not known.

    Whoever reads it is the proposer, but on a shared phone others read along: it holds only what the receipt shows.
    """
    parts = [
        _("Kabar dari %(village)s tentang usulan %(number)s")
        % {
            "village": proposal.village.full_name,
            "number": proposal.number,
        },
        f"“{proposal.title}”",
        f"{STATE_SENTENCES[proposal.state]} {proposal.reason_text}".strip(),
    ]
    if proposal.reason_code:
        parts.append(_("Kode alasan: %(code)s") % {"code": proposal.reason_code})
    if address:
        parts.append(_("Lihat lengkapnya dengan kode tanda terima Anda: %(address)s") % {"address": address})
    else:
        parts.append(_("Lihat lengkapnya dengan kode tanda terima Anda di halaman “Apa jadinya usulan saya?”."))
    return "\n\n".join(parts)


def whatsapp_number(contact: str) -> str:
    """Return a phone number as WhatsApp wants it (``62812...``); empty when *contact* is none of a mobile phone."""
    digits = "".join(sign for sign in contact if sign.isdigit())
    digits = f"62{digits[1:]}" if digits.startswith("0") else digits
    return digits if digits.startswith("628") and 10 <= len(digits) <= 15 else ""
