"""Numbers of mentoring that other rooms show: indicators of the programme and of a village, a person's month.

PP4 visits done as planned = closed / (closed + missed); PP5 visits per village and stage; PP6 and BK1 promises kept in
time of those due; the red flag of an open critical item.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q

from rembuk.core.guidance.findings import KEPT, OWED, Severity
from rembuk.core.guidance.monthly_figures import DayHours
from rembuk.core.guidance.visit_states import VisitState
from rembuk.core.hat import Place
from rembuk.guidance.mentoring.models import ActionItem, Visit, VisitMember
from rembuk.guidance.mentoring.queries.visits import MADE
from rembuk.regions.queries import place_q

Days = tuple[date, date]
"""First and last day of a period, both counted."""


@dataclass(frozen=True, slots=True)
class VisitCounts:
    """Visits of a place and period by planned day. missed_reported: late sheets."""

    closed: int
    missed: int
    made: int
    late_reports: int

    @property
    def done_as_planned(self) -> tuple[int, int]:
        """PP4 as (numerator, denominator)."""
        return self.closed, self.closed + self.missed


@dataclass(frozen=True, slots=True)
class ItemCounts:
    """Promises due in a period: all of them, those kept in time, kept late; waived and superseded ones are left out."""

    due: int
    kept_in_time: int
    kept_late: int

    @property
    def on_time(self) -> tuple[int, int]:
        """PP6 as (numerator, denominator)."""
        return self.kept_in_time, self.due


def visit_counts(place: Place, days: Days) -> VisitCounts:
    """Return the visits of *place* planned in these days. One query."""
    rows = Visit.objects.filter(place_q(place), planned_date__range=days)
    found = rows.aggregate(
        closed=Count("id", filter=Q(state=VisitState.CLOSED.value)),
        missed=Count("id", filter=Q(state=VisitState.MISSED.value)),
        made=Count("id", filter=Q(state__in=MADE)),
        late=Count("id", filter=Q(days_late__gt=0)),
    )
    return VisitCounts(found["closed"], found["missed"], found["made"], found["late"])


def visits_per_stage(place: Place, days: Days) -> dict[tuple[str, str], int]:
    """Return (village, stage) -> visits that were made in these days (PP5). One query."""
    rows = Visit.objects.filter(place_q(place), state__in=MADE, visit_date__range=days).order_by()
    return {
        (row["village_id"], row["stage"]): row["n"]
        for row in rows.values("village_id", "stage").annotate(n=Count("id"))
    }


def item_counts(place: Place, days: Days, today: date) -> ItemCounts:
    """Return the promises of *place* due in these days: kept, or past their day (PP6). One query."""
    return _counts(ActionItem.objects.filter(place_q(place), due_date__range=days), today).get("", ItemCounts(0, 0, 0))


def kept_in_time_of(village_ids: Sequence[str], days: Days, today: date) -> dict[str, ItemCounts]:
    """Return village -> its promises (BK1); a village that owed nothing is left out: no data. One query."""
    rows = ActionItem.objects.filter(village_id__in=village_ids, due_date__range=days)
    return _counts(rows, today, "village_id")


def _counts(rows, today: date, by: str = "") -> dict[str, ItemCounts]:  # type: ignore[no-untyped-def]
    kept = Q(state__in=[state.value for state in KEPT])
    owed = Q(state__in=[state.value for state in OWED], due_date__lt=today)
    asked = rows.order_by().values(*([by] if by else []))
    counted = {
        "due": Count("id", filter=kept | owed),
        "in_time": Count("id", filter=kept & Q(met_date__lte=F("due_date"))),
        "late": Count("id", filter=kept & Q(met_date__gt=F("due_date"))),
    }
    found = asked.annotate(**counted) if by else [rows.aggregate(**counted)]
    return {
        str(row[by]) if by else "": ItemCounts(row["due"], row["in_time"], row["late"]) for row in found if row["due"]
    }


def open_critical_of(village_ids: Sequence[str]) -> dict[str, int]:
    """Return village -> critical promises still owed: the red flag beside its band. One query."""
    owed = [state.value for state in OWED]
    rows = ActionItem.objects.filter(village_id__in=village_ids, severity=Severity.CRITICAL.value, state__in=owed)
    return dict(rows.order_by().values_list("village_id").annotate(n=Count("id")))


def visits_of_person(person_id: UUID, days: Days) -> list[Visit]:
    """Return the visits of a person that were planned or made in these days, oldest first. One query."""
    keys = VisitMember.objects.filter(person_id=person_id).values("visit_id")
    rows = Visit.objects.filter(pk__in=keys).filter(Q(planned_date__range=days) | Q(visit_date__range=days))
    return list(rows.select_related("village__district", "village__regency").order_by("planned_date", "id"))


def hours_by_day(person_id: UUID, days: Days) -> list[DayHours]:
    """Return the days on which a person made visits, with minutes travelled and worked. One query."""
    return hours_of(visits_of_person(person_id, days), days)


def hours_of(visits: Sequence[Visit], days: Days) -> list[DayHours]:
    """Return the hours of visits that are read already, by day. No query."""
    found: dict[date, list[Visit]] = defaultdict(list)
    for visit in visits:
        if visit.visit_date is not None and days[0] <= visit.visit_date <= days[1]:
            found[visit.visit_date].append(visit)
    return [
        DayHours(
            day,
            sum(visit.travel_minutes or 0 for visit in visits),
            sum(visit.work_minutes or 0 for visit in visits),
            len(visits),
        )
        for day, visits in sorted(found.items())
    ]


def items_by_state(person_id: UUID, days: Days) -> Mapping[str, int]:
    """Return state -> promises that a person recorded in these days. One query."""
    rows = ActionItem.objects.filter(recorded_by=person_id, opened_date__range=days).order_by()
    return dict(rows.values_list("state").annotate(n=Count("id")))
