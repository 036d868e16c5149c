"""The room `budgeting` as Django knows it."""

from django.apps import AppConfig


class BudgetingConfig(AppConfig):
    """Registers what other rooms ask for by name."""

    name = "rembuk.budgeting"
    label = "budgeting"

    def ready(self) -> None:
        # Models are loaded only now; before `ready` these modules cannot be imported.
        from django.urls import reverse
        from django.utils.translation import gettext_lazy as _

        from rembuk.budgeting import (
            apb_labels,
            gate_facts,
            known_income,
            labels,
            models,
            panels,
            permissions,  # noqa: F401
            queries,
            trailed,
        )
        from rembuk.cycles import links
        from rembuk.plans import rpjm_income
        from rembuk.shared import panels as shared_panels
        from rembuk.shared import wording
        from rembuk.shared.trail import kinds

        trailed.register()
        wording.register(labels.SENTENCES)
        wording.register(apb_labels.SENTENCES)
        gate_facts.register()
        rpjm_income.register("budgeting", _("APB Desa"), known_income.incomes_of_budgets)
        shared_panels.register("proposal", "budgeting", panels.panels_of_proposals)
        shared_panels.register("proposal", "budgeting.apbdes", panels.budget_panels_of_proposals)
        shared_panels.register("cycle", "budgeting", panels.panels_of_cycles)
        kinds.register("alokasi", models.AllocationRun, finder=queries.run_by_id, act="budgeting.read")
        kinds.register(
            "apbdes",
            models.Apbdes,
            finder=queries.apbdes_by_id,
            act="budgeting.read_apbdes",
            also=queries.rows_of_apbdes,
        )
        links.register("budgeting:apbdes", lambda where, finding: reverse("budgeting:apbdes", args=(where.cycle_id,)))
        links.register("budgeting:run", lambda where, finding: reverse("budgeting:cycle", args=(where.cycle_id,)))
        self.add_to_menu()

    def add_to_menu(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from rembuk.shared import menu

        menu.register(
            menu.Entry(
                key="priorities",
                title=_("Prioritas & pagu"),
                short=_("Prioritas"),
                icon="scales",
                url_name="budgeting:list",
                act="budgeting.list",
                order=40,
            )
        )
        menu.register(
            menu.Entry(
                key="apbdes",
                title=_("APB & pelaksanaan"),
                short=_("APB"),
                icon="money",
                url_name="budgeting:apbdes_list",
                act="budgeting.list_apbdes",
                order=55,
            )
        )
