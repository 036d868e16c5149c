"""Which tables of mentoring the trail covers, the words it is told in, and the stories that can be opened."""

from collections.abc import Mapping

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.guidance.mentoring import labels, models, queries
from rembuk.shared.trail import audit, kinds, protect, words

TABLES: Mapping[type[Model], str | Promise] = {
    models.Visit: _("kunjungan"),
    models.VisitMember: _("anggota tim kunjungan"),
    models.VisitContact: _("orang yang ditemui"),
    models.VisitAnswer: _("jawaban daftar periksa"),
    models.PromiseCheck: _("janji yang dilihat"),
    models.VisitPhoto: _("foto kunjungan"),
    models.Finding: _("temuan"),
    models.ActionItem: _("tindak lanjut"),
    models.ActionEvidence: _("bukti tindak lanjut"),
    models.ActionStep: _("langkah tindak lanjut"),
    models.MonthlyReport: _("laporan bulanan"),
}
PLAIN = (
    models.VisitMember,
    models.VisitAnswer,
    models.PromiseCheck,
    models.VisitPhoto,
    models.Finding,
    models.ActionStep,
)


def register() -> None:
    """Name the audited tables and what may not change any more; called once when the room is loaded."""
    for plain in PLAIN:
        audit(plain)
    audit(models.Visit, personal=("signer_name",), ignore=("changed_at", "body_digest"))
    audit(models.VisitContact, personal=("name",))
    audit(models.ActionItem, ignore=("changed_at",))
    audit(models.ActionEvidence, ignore=("body_digest",))
    audit(models.MonthlyReport, ignore=("changed_at", "figures"))
    protect(models.MonthlyReport, when="{row}.state = 'checked'")
    words.register(tables=TABLES, columns=labels.COLUMNS)
    kinds.register(
        "kunjungan", models.Visit, finder=queries.visit_by_id, act="mentoring.read", also=queries.rows_of_visit
    )
    kinds.register(
        "tindak-lanjut",
        models.ActionItem,
        finder=queries.item_by_id,
        act="mentoring.read_item",
        also=queries.rows_of_item,
    )
    kinds.register("laporan-bulanan", models.MonthlyReport, finder=queries.report_by_id, act="mentoring.read_report")
