"""Which tables of this room the trail covers, and what it calls them."""

from django.utils.translation import gettext_lazy as _

from rembuk.budgeting import apb_labels, labels, models
from rembuk.shared.trail import audit, words


def register() -> None:
    """Name the audited tables; called once when the room is loaded."""
    audit(models.AllocationRun, ignore=("problem", "outcome"))
    audit(models.ProposalLink)
    for model in models.BUDGET_TABLES:
        audit(model, ignore=("changed_at",) if hasattr(model, "changed_at") else ())
    words.register(
        tables={
            models.AllocationRun: _("hasil alokasi"),
            models.ProposalLink: _("ikatan usulan"),
            models.Handoff: _("serah terima RKP ke APB"),
            models.Apbdes: _("APB Desa"),
            models.ApbdesStep: _("langkah APB Desa"),
            models.ApbdesVersion: _("versi APB Desa"),
            models.ApbdesLine: _("baris APB Desa"),
            models.ApbdesFunding: _("sumber baris APB Desa"),
            models.ApbdesAccount: _("rekening baris APB Desa"),
            models.ApbdesEstimate: _("RAB baris APB Desa"),
            models.ApbdesEstimateLine: _("baris RAB APB Desa"),
            models.ApbdesIncome: _("pendapatan APB Desa"),
            models.ApbdesImport: _("berkas APB Desa"),
        },
        columns={**labels.COLUMNS, **apb_labels.COLUMNS},
    )
