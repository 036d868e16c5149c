"""The room `cycles` as Django knows it."""

from django.apps import AppConfig


class CyclesConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.cycles"
    label = "cycles"

    def ready(self) -> None:
        # The rows and words belong to tables that must be full before the first request.
        from rembuk.cycles import duties, labels, permissions, stage_duties  # noqa: F401
        from rembuk.cycles.services import remind_deadlines
        from rembuk.shared import daily

        duties.register("cycles", stage_duties.of_hat)
        daily.register("cycles.deadlines", remind_deadlines)
