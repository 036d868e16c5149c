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

        from rembuk.budgeting import gate_facts, labels, models, panels, permissions, queries  # noqa: F401
        from rembuk.cycles import links
        from rembuk.shared import menu, wording
        from rembuk.shared import panels as shared_panels
        from rembuk.shared.trail import audit, kinds, words

        audit(models.AllocationRun, ignore=("problem", "outcome"))
        audit(models.ProposalLink)
        words.register(
            tables={models.AllocationRun: _("hasil alokasi"), models.ProposalLink: _("ikatan usulan")},
            columns=labels.COLUMNS,
        )
        wording.register(labels.SENTENCES)
        gate_facts.register()
        shared_panels.register("proposal", "budgeting", panels.panels_of_proposals)
        kinds.register("alokasi", models.AllocationRun, finder=queries.run_by_id, act="budgeting.read")
        links.register("budgeting:run", lambda where, finding: reverse("budgeting:cycle", args=(where.cycle_id,)))
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
