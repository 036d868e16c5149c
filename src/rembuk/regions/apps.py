"""The room `regions` as Django knows it."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.regions"
    label = "regions"

    def ready(self) -> None:
        # Models can be imported only now.
        from django.utils.translation import gettext_lazy as _

        from rembuk.regions import labels, models, permissions  # noqa: F401  (the first and the last register themselves)
        from rembuk.shared import menu
        from rembuk.shared.trail import audit

        for model in (models.Regency, models.District, models.Village, models.Hamlet, models.Rt):
            audit(model, ignore=("data_version",) if model is models.Village else ())

        menu.register(
            menu.Entry("villages", _("Desa"), "pin", "regions:villages", "regions.list_villages", order=80, main=False)
        )
