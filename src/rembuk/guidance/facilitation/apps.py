"""The room `facilitation` as Django knows it."""

from django.apps import AppConfig


class FacilitationConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.guidance.facilitation"
    label = "facilitation"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from rembuk.cycles import duties
        from rembuk.guidance.facilitation import forum_duties, labels, panels, queries, services, trailed
        from rembuk.guidance.mentoring import month_sources
        from rembuk.shared import daily, wording
        from rembuk.shared import panels as shared_panels

        trailed.register()
        wording.register(labels.SENTENCES)
        duties.register("facilitation", forum_duties.of_hat)
        daily.register("facilitation.follow", services.follow_open_forums)
        daily.register("facilitation.remind", services.remind_forums)
        shared_panels.register("cycle", "facilitation", panels.panels_of_cycles)
        month_sources.register("facilitation", queries.forums_of_person)
        self.add_to_menu()

    def add_to_menu(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from rembuk.guidance.facilitation import queries
        from rembuk.shared import menu

        menu.register(
            menu.Entry(
                key="facilitation",
                title=_("Fasilitasi"),
                icon="people",
                url_name="facilitation:list",
                act="facilitation.list",
                order=59,
                main=False,
                waiting=queries.waiting,
            )
        )
