"""The content of a plan as values: what the guards want to know, what is frozen, what is in force."""

from collections import defaultdict
from collections.abc import Sequence

from rembuk.core.guidance.programme import ActivityFacts, PlanFacts, PlanState, VillageName
from rembuk.core.guidance.programme_content import ActivityContent, MoneyLine, PlanContent, unpacked
from rembuk.guidance.programme.labels import KINDS
from rembuk.guidance.programme.models import ActivityTarget, BudgetLine, GuidancePlan, LeftOut, PlanActivity
from rembuk.guidance.programme.queries.owners import owner_text
from rembuk.guidance.programme.queries.plans import activities_of, version_by_number, villages_of


def targets_by_activity(plan: GuidancePlan) -> dict[str, frozenset[str]]:
    """Return activity -> its villages. One query."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = ActivityTarget.objects.filter(activity__plan=plan).order_by()
    for activity, village in rows.values_list("activity_id", "village_id"):
        found[str(activity)].add(village)
    return {key: frozenset(villages) for key, villages in found.items()}


def money_by_activity(plan: GuidancePlan) -> dict[str, list[BudgetLine]]:
    """Return activity -> its budget lines in their order. One query."""
    found: dict[str, list[BudgetLine]] = defaultdict(list)
    for line in BudgetLine.objects.filter(activity__plan=plan).order_by("created_at", "id"):
        found[str(line.activity_id)].append(line)
    return found


def facts_of(plan: GuidancePlan, villages: Sequence[VillageName] | None = None) -> PlanFacts:
    """Return what the guards of a plan want to know. Five queries, four with *villages*."""
    targets, money = targets_by_activity(plan), money_by_activity(plan)
    return PlanFacts(
        objectives=len(plan.aims),
        activities=tuple(
            ActivityFacts(
                key=str(row.pk),
                title=row.title,
                kind=row.what,
                owner=bool(row.owner_role or row.owner_person_id),
                start=row.start_date,
                end=row.end_date,
                villages=targets.get(str(row.pk), frozenset()),
                money_lines=len(money.get(str(row.pk), ())),
                state=row.at,
                reason=row.reason,
            )
            for row in activities_of(plan)
        ),
        villages=tuple(villages_of(plan.regency_id) if villages is None else villages),
        left_out=dict(LeftOut.objects.filter(plan=plan).values_list("village_id", "reason")),
        submitted=plan.submitted_at is not None,
    )


def content_of(plan: GuidancePlan) -> PlanContent:
    """Return the content as it stands in the tables now. Five queries."""
    targets, money = targets_by_activity(plan), money_by_activity(plan)
    left_out = list(LeftOut.objects.filter(plan=plan).order_by("village_id").values_list("village_id", "reason"))
    activities = tuple(
        activity_content(row, targets.get(str(row.pk), frozenset()), money.get(str(row.pk), ()))
        for row in activities_of(plan)
    )
    return PlanContent(
        year=plan.year,
        scope=plan.scope,
        objectives=tuple(plan.aims),
        activities=activities,
        left_out=tuple(left_out),
        places={village.code: (village.name, village.district) for village in villages_of(plan.regency_id)},
    )


def activity_content(row: PlanActivity, villages: frozenset[str], money: Sequence[BudgetLine]) -> ActivityContent:
    return ActivityContent(
        key=str(row.pk),
        kind=str(KINDS[row.kind]),
        title=row.title,
        purpose=row.purpose,
        owner=owner_text(row.owner_role, row.owner_person),
        start=row.start_date.isoformat(),
        end=row.end_date.isoformat(),
        villages=tuple(sorted(villages)),
        targets=row.targets_text,
        money=tuple(MoneyLine(line.source, line.amount, line.note) for line in money),
        commitment=f"{row.commitment.promiser_name}: {row.commitment.text}" if row.commitment else "",
        stopped=row.reason if row.state == "cancelled" else "",
    )


def content_in_force(plan: GuidancePlan) -> PlanContent:
    """Return the content that binds: while a revision is drafted that of the newest version. At most six queries."""
    if plan.at is PlanState.DRAFT_REVISION:
        return unpacked(version_by_number(plan, plan.version_no).content)
    return content_of(plan)
