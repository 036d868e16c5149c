"""The room `proposals` as Django knows it."""

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.proposals"
    label = "proposals"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from rembuk.assessment.services import blocks_removal
        from rembuk.cycles import gates, links
        from rembuk.proposals import (
            assessment_facts,
            gate_facts,
            idea_panels,
            idea_queries,
            labels,
            tasks,
            trailed,
        )
        from rembuk.proposals.services import limits, moderation, telling
        from rembuk.shared import clock, daily, jobs, panels, wording

        trailed.register()
        wording.register(labels.SENTENCES)
        jobs.register(tasks.SAVE_IMPORT, tasks.save_import)
        gates.register("K5", "proposals", gate_facts.proposal_facts)
        for stage in assessment_facts.STAGES:
            gates.register(stage, "proposals", assessment_facts.assessment_facts)
        links.register("assessment:home", assessment_facts.home)
        panels.register("assessment", "proposals", idea_panels.panels_of_assessments)
        panels.register("action", "proposals", idea_panels.panels_of_actions)
        blocks_removal.append(idea_queries.action_became_an_idea)
        daily.register("proposals.1-show", moderation.show_unlooked)
        daily.register("proposals.2-tell", telling.tell_residents)
        daily.register("proposals.3-forget-photos", telling.forget_unsent_photos)
        daily.register("proposals.4-forget-addresses", lambda _today: limits.forget_addresses(at=clock.now()))
        self.add_to_menu()

    def add_to_menu(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from rembuk.proposals import permissions, queries
        from rembuk.shared import menu

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
