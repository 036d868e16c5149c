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
        from rembuk.proposals import gate_facts, labels, models, permissions, queries, tasks
        from rembuk.shared import jobs, menu, wording
        from rembuk.shared.trail import kinds
        from rembuk.shared.trail.audited import audit

        audit(
            models.Proposal,
            personal=("proposer_name", "proposer_contact"),
            ignore=("typed", "changed_at", "receipt_digest"),
        )
        audit(models.ProposalPhoto)
        audit(models.FieldCheck)
        audit(models.ProposalStep)
        audit(models.ImportBatch, ignore=("rows", "columns", "changed_at"))
        kinds.register(
            "usulan",
            models.Proposal,
            finder=queries.proposal_by_key,
            act="proposals.view",
            also=queries.rows_of_proposal,
        )
        wording.register(labels.SENTENCES)
        jobs.register(tasks.SAVE_IMPORT, tasks.save_import)
        gates.register("K5", "proposals", gate_facts.proposal_facts)
        menu.register(
            menu.Entry(
                key="proposals",
                title=_("Usulan"),
                icon="voice",
                url_name="proposals:list",
                act=permissions.ROWS[0].act,
                order=20,
                waiting=queries.waiting,
            )
        )
