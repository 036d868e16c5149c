"""The room `season` as Django knows it."""

from django.apps import AppConfig


class SeasonConfig(AppConfig):
    """Registers what other rooms ask for by name, and the job that makes a plan."""

    name = "rembuk.guidance.season"
    label = "season"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from django.utils.translation import gettext_lazy as _

        from rembuk.guidance.season import labels, panels, permissions, trailed  # noqa: F401
        from rembuk.guidance.season.services import planning
        from rembuk.shared import jobs, menu, wording
        from rembuk.shared import panels as shared_panels

        trailed.register()
        wording.register(labels.SENTENCES)
        jobs.register(planning.PLAN_JOB, planning.make_plan)
        menu.register(menu.Entry("season", _("Jadwal musim"), "boat", "season:list", "season.list", 72))
        shared_panels.register("cycle", "season", panels.panels_of_cycles)
        shared_panels.register("forum", "season", panels.panels_of_forums)
        shared_panels.register("village", "season", panels.panels_of_villages)  # type: ignore[arg-type]
