"""The room `programme` as Django knows it."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.guidance.programme"
    label = "programme"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from rembuk.cycles import duties
        from rembuk.guidance.programme import (
            entries,
            labels,
            models,
            panels,
            permissions,  # noqa: F401
            programme_duties,
            queries,
            trailed,
        )
        from rembuk.guidance.programme.services import remind_commitments
        from rembuk.shared import daily, wording
        from rembuk.shared import panels as shared_panels
        from rembuk.shared.trail import kinds

        trailed.register()
        wording.register(labels.SENTENCES)
        asked = programme_duties
        duties.register("programme", asked.of_plans, asked.plans_asking)
        duties.register("programme.promises", asked.of_promises, asked.promises_asking)
        duties.register("programme.activities", asked.own_activities, asked.activities_asking)
        daily.register("programme.commitments", remind_commitments)
        shared_panels.register("village", "programme", panels.panels_of_villages)  # type: ignore[arg-type]
        kinds.register(
            "rencana-pembinaan",
            models.GuidancePlan,
            finder=queries.plan_by_id,
            act="programme.versions",
            also=queries.rows_of_plan,
        )
        kinds.register(
            "komitmen",
            models.Commitment,
            finder=queries.commitment_by_id,
            act="programme.promise_read",
            also=queries.rows_of_commitment,
        )
        entries.register()
