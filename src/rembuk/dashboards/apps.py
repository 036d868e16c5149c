"""The room `dashboards` as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardsConfig(AppConfig):
    """Puts the overviews into the menu, and who is here and speaks onto the page of a meeting."""

    name = "rembuk.dashboards"
    label = "dashboards"

    def ready(self) -> None:
        # The rows must be in the table before the first request.
        from rembuk.dashboards import inclusion_panels, permissions  # noqa: F401
        from rembuk.shared import menu, panels

        menu.register(
            menu.Entry("home", _("Beranda kerja"), "home", "dashboards:home", "dashboards.home", 10, short=_("Beranda"))
        )
        menu.register(menu.Entry("board", _("Desa dan tahapan"), "pin", "dashboards:board", "dashboards.board", 15))
        menu.register(
            menu.Entry("inclusion", _("Keterlibatan"), "people", "dashboards:inclusion", "dashboards.inclusion", 71)
        )
        panels.register("meeting", "dashboards", inclusion_panels.panels_of_meetings)
