"""Which tables of plans the trail covers, and what an enacted version holds fast: itself and everything below it."""

from django.utils.translation import gettext_lazy as _

from rembuk.plans import models
from rembuk.shared.trail import audit, protect, protect_inside, words


def register() -> None:
    """Name the audited and the protected tables; called once when the room is loaded."""
    words.register(
        tables={models.PerdesStep: _("langkah Perdes"), models.ReceivedRpjmdes: _("berkas RPJM Desa")},
        columns={
            "sheet": _("lembar"),
            "family": _("keluarga matriks"),
            "line_count": _("kegiatan terbaca"),
            "refused_count": _("baris ditolak"),
            "printed": _("jumlah tercetak"),
            "handed_in_by": _("diserahkan oleh"),
            "read_at": _("dibaca"),
            "recorded_by": _("dicatat oleh"),
            "recorded_at": _("dicatat"),
        },
    )
    words.register(
        tables={models.ChangeReason: _("alasan perubahan")},
        columns={
            "ground_number": _("nomor surat dasar perubahan"),
            "ground_date": _("tanggal surat dasar perubahan"),
            "ground_note": _("uraian dasar perubahan"),
            "ground_file": _("surat dasar perubahan"),
            "previous": _("baris asal"),
            "written_by": _("ditulis oleh"),
        },
    )
    audit(models.Team, ignore=("changed_at",))
    audit(models.TeamMember, personal=("name",))
    audit(models.Rpjmdes, ignore=("changed_at",))
    audit(models.ReceivedRpjmdes, ignore=("changed_at", "lines", "refused", "notes", "sheets"))
    audit(models.RkpdesVersion, ignore=("changed_at",))
    audit(models.RkpdesItem, ignore=("changed_at",))
    audit(models.Implementer, personal=("members",), ignore=("changed_at",))
    audit(models.TechnicalCheck, personal=("signers",))
    for model in (models.AgreedChange, models.DuRkpdesItem):
        audit(model, ignore=("changed_at",))
    for plain in (
        models.RpjmdesItem,
        models.ItemFunding,
        models.ItemProposal,
        models.RabLine,
        models.EvaluationRow,
        models.PerdesStep,
        models.ChangeReason,
    ):
        audit(plain)

    version = protect(
        models.RkpdesVersion, when="{row}.enacted_at IS NOT NULL", may_change=("perdes_state", "perdes_dates")
    )
    item = protect_inside(models.RkpdesItem, "plan", version)
    protect_inside(models.AgreedChange, "plan", version)
    protect_inside(models.ChangeReason, "plan", version)
    for child in (
        models.ItemFunding,
        models.ItemProposal,
        models.RabLine,
        models.TechnicalCheck,
        models.Implementer,
    ):
        protect_inside(child, "item", item)
