"""What the gates K5, K6, K9 and K11 may know of allocation: how often it was run, whether a list was adopted."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Count, Q

from rembuk.budgeting.models import AllocationRun
from rembuk.cycles import gates

STAGES = ("K5", "K6", "K9", "K11")
ADOPTED = Q(adopted_at__isnull=False, superseded_at__isnull=True)


def register() -> None:
    """Let this room answer for its stages; called once from ``ready()``."""
    for stage in STAGES:
        gates.register(stage, "budgeting", run_facts)


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
