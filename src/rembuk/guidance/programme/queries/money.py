"""Money of a plan: what the version in force gives, what was paid, and both side by side."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet, Sum

from rembuk.core.guidance.programme import PlanState
from rembuk.core.guidance.programme_money import Money, Paid, Planned, money_of
from rembuk.guidance.programme.models import ActivityTarget, BudgetLine, GuidancePlan, PlanActivity, Realisation
from rembuk.guidance.programme.queries.content import content_in_force
from rembuk.guidance.programme.queries.plans import activities_of
from rembuk.regions.models import District


@dataclass(frozen=True, slots=True)
class PlanMoney:
    """The money of a plan with the names of its keys."""

    money: Money
    titles: Mapping[str, str]
    districts: Mapping[str, str]
    unplanned: frozenset[tuple[str, str]]
    """(activity, source) that was paid without being planned."""


def payments_of(activity: PlanActivity) -> "QuerySet[Realisation]":
    """Return the payments of an activity by day, withdrawn ones too."""
    rows = Realisation.objects.filter(activity=activity).select_related("district", "file")
    return rows.order_by("paid_date", "entered_at", "id")


def payment_by_id(payment_id: UUID | str) -> Realisation:
    """Return one payment with its plan. Raises: Realisation.DoesNotExist."""
    return Realisation.objects.select_related("activity__plan__regency").get(pk=payment_id)


def paid_by_activity(plan: GuidancePlan) -> dict[UUID, int]:
    """Return activity -> paid. One query."""
    rows = Realisation.objects.filter(activity__plan=plan, withdrawn_at__isnull=True).order_by()
    return dict(rows.values_list("activity_id").annotate(n=Sum("amount")))


def planned_by_activity(plan: GuidancePlan) -> dict[UUID, int]:
    """Return activity -> planned, as the tables have it now. One query."""
    rows = BudgetLine.objects.filter(activity__plan=plan).order_by()
    return dict(rows.values_list("activity_id").annotate(n=Sum("amount")))


def planned_of(plan: GuidancePlan) -> list[Planned]:
    """Return the money of the version in force, a line each; a cancelled activity keeps what it was given.

    One query; while a revision is drafted the frozen version is read instead.
    """
    if plan.at is PlanState.DRAFT_REVISION:
        return [
            Planned(activity.key, line.source, line.amount)
            for activity in content_in_force(plan).activities
            for line in activity.money
        ]
    rows = BudgetLine.objects.filter(activity__plan=plan).order_by("created_at", "id")
    return [
        Planned(str(key), source, amount) for key, source, amount in rows.values_list("activity_id", "source", "amount")
    ]


def paid_of(plan: GuidancePlan) -> list[Paid]:
    """Return what was paid, by day. One query."""
    rows = Realisation.objects.filter(activity__plan=plan, withdrawn_at__isnull=True).order_by("paid_date", "id")
    found = rows.values_list("activity_id", "source", "paid_date", "amount", "district_id")
    return [Paid(str(key), source, day, amount, district or "") for key, source, day, amount, district in found]


def district_counts(plan: GuidancePlan) -> dict[str, dict[str, int]]:
    """Return activity -> district -> number of its villages there. One query."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = ActivityTarget.objects.filter(activity__plan=plan).order_by()
    for activity, district in rows.values_list("activity_id", "village__district_id"):
        found[str(activity)][district] += 1
    return {key: dict(counts) for key, counts in found.items()}


def money_of_plan(plan: GuidancePlan) -> PlanMoney:
    """Return planned beside paid with names. Five queries, more while a revision is drafted."""
    planned, paid = planned_of(plan), paid_of(plan)
    money = money_of(planned, paid, district_counts(plan))
    given = {(row.activity, row.source) for row in planned}
    return PlanMoney(
        money=money,
        titles={str(row.pk): row.title for row in activities_of(plan)},
        districts=dict(District.objects.filter(regency_id=plan.regency_id).values_list("pk", "name")),
        unplanned=frozenset((row.activity, row.source) for row in paid) - given,
    )
