"""The room `training` as Django knows it."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.guidance.training"
    label = "training"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from django.utils.translation import gettext_lazy as _

        from rembuk.cycles import duties
        from rembuk.guidance.training import (  # noqa: F401
            labels,
            models,
            permissions,
            queries,
            trailed,
            training_duties,
            village_facts,
        )
        from rembuk.guidance.training.services import remind_expiry
        from rembuk.shared import daily, menu, wording
        from rembuk.shared.trail import kinds

        trailed.register()
        wording.register(labels.SENTENCES)
        duties.register("training", training_duties.of_hat)
        duties.register("training tests", training_duties.open_tests, training_duties.tests_of)
        village_facts.register_measures()
        daily.register("training.certificates", remind_expiry)
        kinds.register(
            "pelatihan", models.TrainingBatch, finder=queries.batch_by_id, act="training.results", also=trailed.rows_of
        )
        menu.register(
            menu.Entry(
                key="training",
                title=_("Pelatihan"),
                icon="people",
                url_name="training:list",
                act="training.list",
                order=71,
                main=False,
            )
        )
