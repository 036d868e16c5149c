"""The room `regions` as Django knows it."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.regions"
    label = "regions"

    def ready(self) -> None:
        # Models can be imported only now.
        from django.utils.translation import gettext_lazy as _

        from rembuk.regions import labels, models, permissions, queries  # noqa: F401  (labels and permissions register themselves)
        from rembuk.shared import menu
        from rembuk.shared import places as shared_places
        from rembuk.shared.trail import audit, kinds

        for model in (models.Regency, models.District, models.Village, models.Hamlet, models.Rt):
            audit(model, ignore=("data_version",) if model is models.Village else ())
        kinds.register(
            "desa",
            models.Village,
            finder=queries.village_by_id,
            act="regions.see_village",
            also=queries.rows_of_village,
        )
        shared_places.register(queries.place_of_village)

        menu.register(
            menu.Entry("villages", _("Desa"), "pin", "regions:villages", "regions.list_villages", order=80, main=False)
        )
