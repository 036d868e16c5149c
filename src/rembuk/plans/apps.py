"""The room `plans` as Django knows it."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Registers what other rooms ask for by name, and what the database holds fast after enactment."""

    name = "rembuk.plans"
    label = "plans"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from rembuk.cycles import duties
        from rembuk.plans import (
            amendment_duties,
            comment_duties,
            comment_labels,
            comment_panels,
            gate_facts,
            labels,
            links,
            panels,
            perdes_duties,
            perdes_numbers,
            rpjm_facts,
            rpjm_labels,  # noqa: F401
            rpjm_panels,
            rpjm_permissions,  # noqa: F401
            tasks,
            trailed,
        )
        from rembuk.plans.services import show_unlooked_comments, tell_writers
        from rembuk.plans.views.tracked import page_of_receipt
        from rembuk.proposals import tracking
        from rembuk.shared import daily, jobs, wording
        from rembuk.shared import panels as shared_panels

        trailed.register()
        perdes_numbers.register("plans", perdes_numbers.numbers_of_plans)
        duties.register("plans", perdes_duties.of_hat, perdes_duties.rows_of)
        duties.register("plans amendments", amendment_duties.of_hat, amendment_duties.rows_of)
        duties.register("plans comments", comment_duties.of_hat, comment_duties.rows_of)
        daily.register("plans.1-show-comments", show_unlooked_comments)
        daily.register("plans.2-tell-writers", tell_writers)
        tracking.register("plans.comments", page_of_receipt)
        wording.register(labels.SENTENCES)
        wording.register(comment_labels.SENTENCES)
        gate_facts.register()
        rpjm_facts.register()
        jobs.register(tasks.READ_RPJMDES, tasks.read_rpjmdes)
        links.register()
        shared_panels.register("proposal", "plans", panels.panels_of_proposals)
        shared_panels.register("cycle", "plans", panels.panels_of_cycles)
        shared_panels.register("cycle", "plans.rpjm", rpjm_panels.panels_of_cycles)
        shared_panels.register("village", "plans.rpjm", rpjm_panels.panels_of_villages)  # type: ignore[arg-type]
        shared_panels.register("village", "plans", panels.panels_of_villages)  # type: ignore[arg-type]
        shared_panels.register("village", "plans.comments", comment_panels.panels_of_villages)  # type: ignore[arg-type]
        shared_panels.register("cycle", "plans.comments", comment_panels.panels_of_cycles)
        self.add_to_menu()

    def add_to_menu(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from rembuk.plans import permissions, queries
        from rembuk.shared import menu

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
