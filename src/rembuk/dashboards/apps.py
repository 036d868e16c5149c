"""The room `dashboards` as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardsConfig(AppConfig):
    """Puts the overviews into the menu."""

    name = "rembuk.dashboards"
    label = "dashboards"

    def ready(self) -> None:
        # The rows must be in the table before the first request.
        from rembuk.dashboards import permissions  # noqa: F401
        from rembuk.shared import menu

        menu.register(
            menu.Entry("home", _("Beranda kerja"), "home", "dashboards:home", "dashboards.home", 10, short=_("Beranda"))
        )
        menu.register(menu.Entry("board", _("Desa dan tahapan"), "pin", "dashboards:board", "dashboards.board", 15))
