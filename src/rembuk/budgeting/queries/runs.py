"""Reads over allocation runs, scoped by the hat."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db.models import QuerySet

from rembuk.budgeting.models import AllocationRun, ProposalLink
from rembuk.budgeting.permissions import READERS
from rembuk.core.hat import Hat
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import Meeting
from rembuk.regions.queries import place_q

HALL_KINDS = ("MUSREN", "MUSDES_E", "MUSDES_P", "MUSREN_X")


def cycle_by_id(cycle_id: UUID | str) -> Cycle:
    """Return a cycle with its village, district and regency. Raises: Cycle.DoesNotExist."""
    return Cycle.objects.select_related("village__district", "village__regency").get(pk=cycle_id)


def run_by_id(run_id: UUID | str) -> AllocationRun:
    """Return a run with its place, cycle and meeting. Raises: AllocationRun.DoesNotExist."""
    rows = AllocationRun.objects.select_related("village__district", "village__regency", "cycle", "meeting")
    return rows.get(pk=run_id)


def runs_of(cycle_id: UUID) -> "QuerySet[AllocationRun]":
    """Return the runs of a cycle without their stored values, newest first, with their meetings."""
    rows = AllocationRun.objects.filter(cycle_id=cycle_id).defer("problem", "outcome").select_related("meeting")
    return rows.order_by("-made_at", "id")


def newest_run(cycle: Cycle, meeting: Meeting | None) -> AllocationRun | None:
    """Return the newest run of a meeting, or of the team's draft, whole; None before the first. One query."""
    rows = AllocationRun.objects.filter(cycle=cycle, meeting=meeting)
    return rows.order_by("-made_at", "id").first()


def links_of(cycle_id: UUID) -> list[ProposalLink]:
    """Return the ties of a cycle with the proposals they tie, prerequisites after exclusions. One query."""
    rows = ProposalLink.objects.filter(cycle_id=cycle_id).select_related("one", "other")
    return list(rows.order_by("kind", "one__number", "other__number", "id"))


def link_by_id(link_id: UUID | str) -> ProposalLink:
    """Return a tie with its cycle and place. Raises: ProposalLink.DoesNotExist."""
    return ProposalLink.objects.select_related("cycle__village__district", "cycle__village__regency").get(pk=link_id)


def whole_runs(keys: Iterable[UUID]) -> list[AllocationRun]:
    """Return these runs whole, with their meetings. One query."""
    return list(AllocationRun.objects.filter(pk__in=list(keys)).select_related("meeting", "village"))


def adopted_runs(cycle_ids: Sequence[UUID]) -> dict[UUID, AllocationRun]:
    """Return cycle -> the run adopted last, whole. One query."""
    rows = AllocationRun.objects.filter(
        cycle_id__in=cycle_ids, adopted_at__isnull=False, superseded_at__isnull=True
    ).select_related("meeting", "village")
    return {row.cycle_id: row for row in rows.order_by("adopted_at", "id")}


def run_counts(cycle_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return cycle -> number of runs. One query."""
    counts: dict[UUID, int] = {}
    rows = AllocationRun.objects.filter(cycle_id__in=cycle_ids).order_by().values_list("cycle_id", flat=True)
    for key in rows:
        counts[key] = counts.get(key, 0) + 1
    return counts


def halls_of(cycle_id: UUID) -> list[Meeting]:
    """Return the meetings of a cycle that may adopt a list, newest first; cancelled ones never."""
    rows = Meeting.objects.filter(cycle_id=cycle_id, kind__in=HALL_KINDS).exclude(state="cancelled")
    return list(rows.order_by("-scheduled_at", "id"))


def cycles_seen_by(hat: Hat | None) -> "QuerySet[Cycle]":
    """Return the cycles at or below the hat's place, newest year first."""
    if hat is None or hat.role not in READERS:
        return Cycle.objects.none()
    rows = Cycle.objects.filter(place_q(hat.place)).select_related("village__district", "village__regency")
    return rows.order_by("-budget_year", "village_id", "id")
