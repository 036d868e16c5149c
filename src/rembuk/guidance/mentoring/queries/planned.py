"""What an annual plan counts of visits: villages that were visited, and visits by the day they were planned for."""

from datetime import date

from rembuk.core.guidance.visit_states import VisitState
from rembuk.core.hat import Place
from rembuk.guidance.mentoring.models import Visit
from rembuk.guidance.mentoring.queries.visits import MADE
from rembuk.regions.queries import place_q

Days = tuple[date, date]
"""First and last day of a period, both counted."""


def villages_visited(place: Place, days: Days) -> frozenset[str]:
    """Return the villages of *place* with a visit made in these days (PP14, cost per visited village). One query."""
    rows = Visit.objects.filter(place_q(place), state__in=MADE, visit_date__range=days).order_by()
    return frozenset(rows.values_list("village_id", flat=True).distinct())


def visit_days(place: Place, days: Days) -> list[tuple[str, date, str]]:
    """Return (village, planned day, state) of the visits of these days; those moved or called off are left out.

    One query; for counting what an annual plan set out to do.
    """
    rows = Visit.objects.filter(place_q(place), planned_date__range=days)
    rows = rows.exclude(state__in=(VisitState.RESCHEDULED.value, VisitState.CANCELLED.value))
    return list(rows.order_by("planned_date", "id").values_list("village_id", "planned_date", "state"))
