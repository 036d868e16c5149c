"""The room `cycles` as Django knows it."""

from django.apps import AppConfig


class CyclesConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.cycles"
    label = "cycles"

    def ready(self) -> None:
        # Models can be imported only now; labels and permissions register themselves.
        from rembuk.cycles import duties, labels, models, permissions, queries, stage_duties  # noqa: F401
        from rembuk.cycles.services import remind_deadlines
        from rembuk.shared import daily, menu
        from rembuk.shared.trail import audit, kinds

        for model in (models.Cycle, models.Evidence, models.Excuse, models.StageReturn, models.Holiday):
            audit(model)
        audit(models.StageRecord, ignore=("result", "rests_on"))
        kinds.register(
            "siklus", models.Cycle, finder=queries.cycle_by_id, act="cycles.read", also=queries.rows_of_cycle
        )
        duties.register("cycles", stage_duties.of_hat)
        for entry in labels.MENU_ENTRIES:
            menu.register(entry)
        daily.register("cycles.deadlines", remind_deadlines)
