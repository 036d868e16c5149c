"""A village beside its own past years. It is never put beside another village."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum

from rembuk.budgeting.queries import budgets_of, version_totals
from rembuk.core.money import Rupiah
from rembuk.core.workflow.apb_evaluation import IN_FORCE
from rembuk.cycles.models import Cycle
from rembuk.deliberation.queries import AtTheTable, tables_by_year
from rembuk.plans.queries import plan_totals, versions_in_force
from rembuk.portal.queries.proposals import ProposalSums, proposal_sums
from rembuk.regions.models import Village
from rembuk.works.models import Payment
from rembuk.works.queries import counts_of


@dataclass(frozen=True, slots=True)
class Year:
    """One budget year of a village; None is what is not known or not law yet. works, closed: counts."""

    year: int
    proposals: ProposalSums
    table: AtTheTable
    planned: Rupiah | None
    activities: int
    budget: Rupiah | None
    spent: Rupiah | None
    works: int
    closed: int

    @property
    def spent_percent(self) -> int | None:
        """Paid of the budget, in whole percent."""
        return round(100 * self.spent / self.budget) if self.budget and self.spent is not None else None

    @property
    def women_percent(self) -> int | None:
        """Women among those present, in whole percent."""
        return round(100 * self.table.women / self.table.present) if self.table.present else None


def years_of(village: Village, most: int = 10) -> list[Year]:
    """Return the newest years of a village, oldest first. Some sixteen queries, however many years."""
    cycles = list(Cycle.objects.filter(village=village).order_by("-budget_year")[:most])[::-1]
    keys = [cycle.pk for cycle in cycles]
    sums, tables = proposal_sums(village), tables_by_year(village.pk)
    plans = versions_in_force(keys)
    totals = plan_totals([plan.pk for plan in plans.values()])
    budgets = {
        key: found.binding.pk for key, found in budgets_of(keys).items() if found.binding.apbdes.state in IN_FORCE
    }
    spending = version_totals(list(budgets.values()))
    paid, counts = paid_of(keys), counts_of(keys)
    found = []
    for cycle in cycles:
        plan, budget = plans.get(cycle.pk), budgets.get(cycle.pk)
        count, planned = totals[plan.pk] if plan is not None else (0, None)
        found.append(
            Year(
                year=cycle.budget_year,
                proposals=sums.get(cycle.pk, ProposalSums()),
                table=tables.get(cycle.budget_year, AtTheTable()),
                planned=planned,
                activities=count,
                budget=spending[budget][1] if budget is not None else None,
                spent=paid.get(cycle.pk, Rupiah(0)) if counts[cycle.pk]["works"] else None,
                works=counts[cycle.pk]["works"],
                closed=counts[cycle.pk]["closed"],
            )
        )
    return found


def paid_of(cycles: list[UUID]) -> dict[UUID, Rupiah]:
    """Return cycle -> what was paid for its works, struck payments left out. One query."""
    rows = Payment.objects.filter(work__cycle_id__in=cycles, struck_at__isnull=True).order_by()
    return {key: Rupiah(total) for key, total in rows.values_list("work__cycle_id").annotate(n=Sum("amount"))}
