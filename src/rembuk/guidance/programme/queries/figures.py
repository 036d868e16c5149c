"""Facts for the programme's indicators: PP14 budget used, PP15 commitments kept. Counts only, no index."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from rembuk.core.guidance.commitments import CommitmentState, Kept, Promise, kept_of
from rembuk.core.guidance.programme import Kind
from rembuk.guidance.mentoring.queries.planned import villages_visited
from rembuk.guidance.programme.models import Commitment, GuidancePlan, PlanActivity
from rembuk.guidance.programme.queries.money import paid_of, planned_of

COUNTED = ("bupati", "agency")


@dataclass(frozen=True, slots=True)
class BudgetUsed:
    """PP14 in whole rupiah. visit_cost: paid for activities that are visits; visited: villages with a visit made.

    share: realised / planned, None where nothing was planned; cost_per_village: rounded half up, None before any visit.
    """

    planned: int
    realised: int
    visit_cost: int
    visited: int

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.realised, self.planned) if self.planned else None

    @property
    def cost_per_village(self) -> int | None:
        return (2 * self.visit_cost + self.visited) // (2 * self.visited) if self.visited else None


def plan_of_year(regency_id: str, year: int) -> GuidancePlan | None:
    """Return the plan of a year that was approved once, None without one."""
    rows = GuidancePlan.objects.filter(regency_id=regency_id, year=year, version_no__gte=1)
    return rows.select_related("regency").first()


def budget_used(regency_id: str, year: int) -> BudgetUsed | None:
    """PP14: realised / planned of the plan in force, and what a visited village cost. None without a plan.

    At most nine queries.
    """
    plan = plan_of_year(regency_id, year)
    if plan is None:
        return None
    visits = {
        str(key) for key in PlanActivity.objects.filter(plan=plan, kind=Kind.VISIT.value).values_list("pk", flat=True)
    }
    paid = paid_of(plan)
    return BudgetUsed(
        planned=sum(row.amount for row in planned_of(plan)),
        realised=sum(row.amount for row in paid),
        visit_cost=sum(row.amount for row in paid if row.activity in visits),
        visited=len(villages_visited(plan.place, (date(year, 1, 1), date(year, 12, 31)))),
    )


def commitments_kept(regency_id: str, today: date, promisers: Collection[str] = COUNTED) -> Kept:
    """PP15: commitments kept / due, of the Bupati and the agencies unless others are asked for. One query."""
    rows = Commitment.objects.filter(regency_id=regency_id, promiser__in=list(promisers)).order_by("id")
    return kept_of(
        (Promise(CommitmentState(state), due) for state, due in rows.values_list("state", "due_date")), today
    )
