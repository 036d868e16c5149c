"""The room `proposals` as Django knows it."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.proposals"
    label = "proposals"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from django.utils.translation import gettext_lazy as _

        from rembuk.assessment.services import blocks_removal
        from rembuk.cycles import gates, links
        from rembuk.proposals import (
            assessment_facts,
            gate_facts,
            idea_panels,
            idea_queries,
            labels,
            models,
            permissions,
            queries,
            tasks,
        )
        from rembuk.shared import jobs, menu, panels, wording
        from rembuk.shared.trail import kinds, words
        from rembuk.shared.trail.audited import audit

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
        kinds.register(
            "usulan",
            models.Proposal,
            finder=queries.proposal_by_key,
            act="proposals.view",
            also=queries.rows_of_proposal,
        )
        wording.register(labels.SENTENCES)
        words.register(
            tables={models.IdeaSource: _("asal gagasan")},
            columns={"assessment": _("pengkajian"), "action": _("tindakan")},
        )
        jobs.register(tasks.SAVE_IMPORT, tasks.save_import)
        gates.register("K5", "proposals", gate_facts.proposal_facts)
        for stage in assessment_facts.STAGES:
            gates.register(stage, "proposals", assessment_facts.assessment_facts)
        links.register("assessment:home", assessment_facts.home)
        panels.register("assessment", "proposals", idea_panels.panels_of_assessments)
        panels.register("action", "proposals", idea_panels.panels_of_actions)
        blocks_removal.append(idea_queries.action_became_an_idea)
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
