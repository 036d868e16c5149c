"""What of this room stands in the trail, and under which words."""

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rembuk.guidance.programme import labels, models
from rembuk.shared.trail import audit, protect, words

TABLES: dict[type[Model], str | Promise] = {
    models.GuidancePlan: _("rencana pembinaan"),
    models.PlanActivity: _("kegiatan pembinaan"),
    models.BudgetLine: _("anggaran kegiatan pembinaan"),
    models.LeftOut: _("desa tidak dicakup"),
    models.PlanVersion: _("versi rencana pembinaan"),
    models.Realisation: _("realisasi pembinaan"),
    models.ActivityLink: _("kaitan kegiatan pembinaan"),
    models.Commitment: _("komitmen"),
    models.CommitmentEvidence: _("bukti komitmen"),
}
IGNORED: dict[type[Model], tuple[str, ...]] = {
    models.GuidancePlan: ("changed_at",),
    models.PlanActivity: ("changed_at",),
    models.PlanVersion: ("content",),
    models.Commitment: ("changed_at",),
}


def register() -> None:
    """Name every table, let its changes be written down, and keep versions and evidence from being changed."""
    for model in TABLES:
        audit(model, ignore=IGNORED.get(model, ()))
    protect(models.PlanVersion, when="{row}.number > 0")
    protect(models.CommitmentEvidence, when="{row}.entered_label <> ''")
    words.register(tables=TABLES, columns=labels.COLUMNS)
