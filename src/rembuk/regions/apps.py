"""The room `regions` as Django knows it."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.regions"
    label = "regions"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from rembuk.regions import labels, permissions  # noqa: F401  (rows of permission and sentences register themselves)
        from rembuk.shared import menu

        menu.register(
            menu.Entry("villages", _("Desa"), "pin", "regions:villages", "regions.list_villages", order=80, main=False)
        )
