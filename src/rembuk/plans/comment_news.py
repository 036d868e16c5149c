"""What the writer of an answered comment is told: one text for WhatsApp and e-mail, without anybody's name."""

from django.utils.translation import gettext as _

from rembuk.plans.models import DraftComment


def subject_of_news(comment: DraftComment) -> str:
    """Return the subject of a letter."""
    plan = comment.window.plan
    return _("Tanggapan Anda atas rancangan RKP Desa %(year)d sudah dijawab") % {"year": plan.cycle.budget_year}


def text_of_news(comment: DraftComment, address: str) -> str:
    """Return the whole text. address: where the answer can be seen by receipt code, empty when not known.

    On a shared phone others read along: it holds only what the receipt shows.
    """
    plan = comment.window.plan
    told = {"village": plan.village.full_name, "year": plan.cycle.budget_year}
    parts = [
        _("Kabar dari %(village)s tentang tanggapan Anda atas rancangan RKP Desa %(year)d") % told,
        f"“{comment.text}”",
        _("Jawaban tim penyusun: %(answer)s") % {"answer": comment.answer},
    ]
    if address:
        parts.append(_("Lihat lengkapnya dengan kode tanda terima Anda: %(address)s") % {"address": address})
    else:
        parts.append(_("Lihat lengkapnya dengan kode tanda terima Anda di halaman “Apa jadinya usulan saya?”."))
    return "\n\n".join(parts)
