"""The room `deliberation` as Django knows it."""

from functools import partial

from django.apps import AppConfig


class DeliberationConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.deliberation"
    label = "deliberation"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from rembuk.cycles import duties, gates, links
        from rembuk.deliberation import addresses, facts, labels, meeting_duties, panels, trailed
        from rembuk.shared import panels as shared_panels
        from rembuk.shared import wording

        trailed.register()
        wording.register(labels.SENTENCES)
        for stage in facts.GATE_STAGES:
            gates.register(stage, "deliberation", partial(facts.meeting_facts, stage))
        gates.register("K5", "deliberation", facts.hamlet_meeting_facts)
        gates.register("R3B", "deliberation", facts.assembly_facts)
        for name, resolver in addresses.RESOLVERS.items():
            links.register(name, resolver)
        duties.register("deliberation", meeting_duties.of_hat, meeting_duties.rows_of)
        shared_panels.register("proposal", "deliberation", panels.panels_of_proposals)
        shared_panels.register("cycle", "deliberation", panels.panels_of_cycles)
        self.add_to_menu()

    def add_to_menu(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from rembuk.deliberation import permissions, queries
        from rembuk.shared import menu

        menu.register(
            menu.Entry(
                key="meetings",
                title=_("Musyawarah"),
                icon="people",
                url_name="deliberation:list",
                act=permissions.ROWS[0].act,
                order=30,
                waiting=queries.waiting,
            )
        )
