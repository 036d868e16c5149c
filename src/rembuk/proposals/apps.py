"""The room `proposals` as Django knows it."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.proposals"
    label = "proposals"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from django.utils.translation import gettext_lazy as _

        from rembuk.cycles import gates
        from rembuk.proposals import gate_facts, labels, models, permissions, queries
        from rembuk.shared import menu, wording
        from rembuk.shared.trail.audited import audit

        audit(
            models.Proposal,
            personal=("proposer_name", "proposer_contact"),
            ignore=("typed", "changed_at", "receipt_digest"),
        )
        audit(models.ProposalPhoto)
        audit(models.FieldCheck)
        audit(models.ImportBatch, ignore=("rows", "columns", "changed_at"))
        wording.register(labels.SENTENCES)
        gates.register("K5", "proposals", gate_facts.proposal_facts)
        menu.register(
            menu.Entry(
                key="proposals",
                title=_("Usulan"),
                icon="voice",
                url_name="proposals:list",
                act=permissions.ROWS[0].act,
                order=20,
                count=queries.waiting_count,
            )
        )
