"""What the gates may know of this room: allocation (K5, K6, K9, K11), and the hand-over of the plan (K14)."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Count, Q

from rembuk.budgeting.models import AllocationRun, Handoff
from rembuk.cycles import gates
from rembuk.plans.queries import versions_in_force

STAGES = ("K5", "K6", "K9", "K11")
ADOPTED = Q(adopted_at__isnull=False, superseded_at__isnull=True)


def register() -> None:
    """Let this room answer for its stages; called once from ``ready()``."""
    for stage in STAGES:
        gates.register(stage, "budgeting", run_facts)
    gates.register("K14", "budgeting", handoff_facts)


def run_facts(cycle_ids: Sequence[UUID]) -> Mapping[UUID, Mapping[str, object]]:
    """Return for each cycle the number of runs and of adopted ones; an adopted list counts as allocated. One query."""
    rows = AllocationRun.objects.filter(cycle_id__in=cycle_ids).order_by().values("cycle_id")
    counted = rows.annotate(runs=Count("id"), in_force=Count("id", filter=ADOPTED))
    found: dict[UUID, Mapping[str, object]] = {}
    for row in counted:
        facts: dict[str, object] = {"allocation_runs": row["runs"], "allocation_adopted": row["in_force"]}
        if row["in_force"]:
            facts["allocated"] = True
        found[row["cycle_id"]] = facts
    return found


def handoff_facts(cycle_ids: Sequence[UUID]) -> Mapping[UUID, Mapping[str, object]]:
    """Return for each cycle whether the plan in force was handed over to the budget. Two queries."""
    plans = versions_in_force(cycle_ids)
    handed = Handoff.objects.filter(plan__in=[plan.pk for plan in plans.values()]).order_by()
    having = set(handed.values_list("plan_id", flat=True))
    return {key: {"exported": key in plans and plans[key].pk in having} for key in cycle_ids}
