"""The room `funding` as Django knows it."""

from django.apps import AppConfig


class FundingConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.funding"
    label = "funding"

    def ready(self) -> None:
        # Rows, words, menu and gate facts belong to tables that must be full before the first request.
        from rembuk.cycles import duties, gates
        from rembuk.funding import ceiling_duties, facts, labels, models, permissions, queries  # noqa: F401
        from rembuk.shared import menu
        from rembuk.shared.trail import audit, kinds

        audit(models.Ceiling)
        kinds.register(
            "pagu", models.Ceiling, finder=queries.ceiling_by_id, act="funding.read", also=queries.rows_beside
        )

        for stage in facts.STAGES:
            gates.register(stage, "funding", facts.ceilings)
        duties.register("funding", ceiling_duties.of_hat)
        menu.register(labels.MENU_ENTRY)
