"""The room `plans` as Django knows it."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Registers what other rooms ask for by name, and what the database holds fast after enactment."""

    name = "rembuk.plans"
    label = "plans"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from django.utils.translation import gettext_lazy as _

        from rembuk.cycles import duties
        from rembuk.plans import (
            amendment_duties,
            gate_facts,
            labels,
            links,
            models,
            panels,
            perdes_duties,
            perdes_numbers,
            permissions,
            queries,
            received_board,
            rpjm_facts,
            rpjm_labels,  # noqa: F401
            rpjm_panels,
            rpjm_permissions,  # noqa: F401
            rpjm_queries,
            tasks,
            trailed,
        )
        from rembuk.shared import jobs, menu, wording
        from rembuk.shared import panels as shared_panels
        from rembuk.shared.trail import kinds

        trailed.register()
        perdes_numbers.register("plans", perdes_numbers.numbers_of_plans)
        duties.register("plans", perdes_duties.of_hat)
        duties.register("plans amendments", amendment_duties.of_hat)
        wording.register(labels.SENTENCES)
        gate_facts.register()
        rpjm_facts.register()
        jobs.register(tasks.READ_RPJMDES, tasks.read_rpjmdes)
        links.register()
        shared_panels.register("proposal", "plans", panels.panels_of_proposals)
        shared_panels.register("cycle", "plans", panels.panels_of_cycles)
        shared_panels.register("cycle", "plans.rpjm", rpjm_panels.panels_of_cycles)
        shared_panels.register("village", "plans.rpjm", rpjm_panels.panels_of_villages)  # type: ignore[arg-type]
        shared_panels.register("village", "plans", panels.panels_of_villages)  # type: ignore[arg-type]
        kinds.register(
            "rpjm", models.Rpjmdes, finder=rpjm_queries.rpjm_by_id, act="plans.read", also=rpjm_queries.rows_of_rpjm
        )
        kinds.register("rencana", models.RkpdesVersion, finder=queries.plan_by_id, act="plans.read")
        kinds.register(
            "kegiatan", models.RkpdesItem, finder=queries.item_by_id, act="plans.read", also=queries.rows_of_item
        )
        kinds.register(
            "berkas-rpjm", models.ReceivedRpjmdes, finder=received_board.received_by_id, act="plans.read_received"
        )
        menu.register(
            menu.Entry(
                key="plan",
                title=_("Rencana"),
                icon="doc",
                url_name="plans:list",
                act=permissions.ROWS[0].act,
                order=50,
                waiting=queries.waiting,
            )
        )
