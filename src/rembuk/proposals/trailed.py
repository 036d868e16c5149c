"""Which tables of proposals the trail covers, and what it calls them."""

from django.utils.translation import gettext_lazy as _

from rembuk.proposals import labels, models, queries
from rembuk.shared.trail import audit, kinds, words


def register() -> None:
    """Name the audited tables; called once when the room is loaded."""
    audit(
        models.Proposal,
        personal=("proposer_name", "proposer_contact"),
        ignore=("typed", "changed_at", "receipt_digest"),
    )
    audit(models.ProposalPhoto)
    audit(models.FieldCheck)
    audit(models.ProposalStep)
    audit(models.IdeaSource)
    audit(models.ImportBatch, ignore=("rows", "columns", "changed_at"))
    audit(
        models.Intake,
        personal=("original_title", "original_problem", "original_location", "email"),
        ignore=("told_at",),
    )
    audit(models.Support, ignore=("person_digest", "device_digest"))
    kinds.register(
        "usulan",
        models.Proposal,
        finder=queries.proposal_by_key,
        act="proposals.view",
        also=queries.rows_of_proposal,
    )
    words.register(
        tables={
            models.IdeaSource: _("asal gagasan"),
            models.Intake: _("usulan warga, kata asli"),
            models.Support: _("dukungan"),
        },
        columns={"assessment": _("pengkajian"), "action": _("tindakan"), **labels.COLUMNS},
    )
