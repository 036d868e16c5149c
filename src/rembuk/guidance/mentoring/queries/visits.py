"""Visits: the list, one with its sheet, the villages of a season with what speaks for a visit, the route of a team."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Max, Model, Q, QuerySet

from rembuk.accounts.models import Assignment
from rembuk.core.calendar import days_between
from rembuk.core.guidance.findings import ItemState
from rembuk.core.guidance.visit_states import WAITING, VisitState
from rembuk.core.hat import Hat, Place, Role
from rembuk.cycles.models import Cycle
from rembuk.cycles.queries import board, states_of
from rembuk.guidance.mentoring.models import (
    ActionItem,
    Finding,
    PromiseCheck,
    Visit,
    VisitAnswer,
    VisitContact,
    VisitMember,
    VisitPhoto,
)
from rembuk.guidance.mentoring.permissions import SIGNERS, VISITORS
from rembuk.guidance.mentoring.roster import Roster
from rembuk.regions.models import Village
from rembuk.regions.queries import place_q, scope_q, villages_in

MADE = [VisitState.REPORTED.value, VisitState.ACKNOWLEDGED.value, VisitState.CLOSED.value]
WAITING_STATES = [state.value for state in WAITING]
LOCAL_ROLES = (Role.PLD, Role.PDA, Role.PDK)


def visits_seen_by(hat: Hat) -> "QuerySet[Visit]":
    """Return the visits at or below the hat's place, with village and district; an agency sees those that ask it."""
    rows = Visit.objects.filter(scope_q(hat)).select_related("village__district")
    return rows.filter(asks_help_of(hat)) if hat.role is Role.OPD else rows


def asks_help_of(hat: Hat) -> Q:
    """Return the filter for visits that ask an agency for help: the hat's own agency where it has one."""
    return Q(help_agency=hat.agency) if hat.agency else ~Q(help_agency="")


def help_waiting_for(hat: Hat) -> "QuerySet[Visit]":
    """Return the visits whose sheet asks this agency for help and has no answer yet."""
    rows = Visit.objects.filter(scope_q(hat), asks_help_of(hat), help_answer="", state__in=MADE)
    return rows.select_related("village__district")


def visit_by_id(visit_id: UUID | str) -> Visit:
    """Return one visit with its places and papers. Raises: Visit.DoesNotExist."""
    rows = Visit.objects.select_related(
        "village__district", "village__regency", "cycle", "signed_file", "moved_from", "moved_to"
    )
    return rows.get(pk=visit_id)


def visits_of_village(village_id: str, limit: int = 20) -> list[Visit]:
    """Return the visits of a village, the newest first. One query."""
    return list(Visit.objects.filter(village_id=village_id).order_by("-planned_date", "id")[:limit])


def previous_visit(visit: Visit) -> Visit | None:
    """Return the visit to the same village before this one whose sheet is in."""
    rows = Visit.objects.filter(village_id=visit.village_id, state__in=MADE, visit_date__lte=visit.day)
    rows = rows.select_related("village")
    return rows.exclude(pk=visit.pk).order_by("-visit_date", "id").first()


def last_visits(village_ids: Sequence[str]) -> dict[str, date]:
    """Return village -> day of the last visit that was made. One query."""
    rows = Visit.objects.filter(village_id__in=village_ids, state__in=MADE).order_by()
    found = rows.values_list("village_id").annotate(last=Max("visit_date"))
    return {village: last for village, last in found if last is not None}


def current_stage(cycle: Cycle | None, today: date) -> str:
    """Return the stage a cycle is at: the first that can be worked on and is not done; empty without one."""
    if cycle is None:
        return ""
    return next((state.code for state in states_of(cycle, today) if state.is_open and not state.done), "")


@dataclass(frozen=True, slots=True)
class VillageRow:
    """One village while a season is planned, with what speaks for a visit.

    held_at: stage it is held at; days_late: of that stage; last: its last visit; overdue: promises past their day.
    facilitator: its own, or who stands in (is_fallback); planned: the day of a visit that is planned already.
    """

    village: Village
    held_at: str
    days_late: int
    last: date | None
    days_since: int | None
    overdue: int
    facilitator: str
    has_own: bool
    planned: date | None


def season_villages(place: Place, budget_year: int, today: date) -> list[VillageRow]:
    """Return the villages of *place* with what speaks for a visit, in the order of the route. Nine queries."""
    villages = list(villages_in(place))
    keys = [village.id for village in villages]
    rows = {row.village.id: row for row in board(place, budget_year, today).rows}
    last = last_visits(keys)
    overdue = ActionItem.objects.filter(place_q(place), state=ItemState.OVERDUE.value).order_by()
    late = dict(overdue.values_list("village_id").annotate(n=Count("id")))
    planned: dict[str, date] = {}
    coming = Visit.objects.filter(place_q(place), state__in=WAITING_STATES, planned_date__gte=today)
    for village_id, day in coming.order_by("-planned_date").values_list("village_id", "planned_date"):
        planned[village_id] = day
    roster = Roster(LOCAL_ROLES, today)
    return [village_row(each, rows.get(each.id), last, late, planned, roster, today) for each in villages]


def village_row(
    village: Village,
    row: object,
    last: Mapping[str, date],
    late: Mapping[str, int],
    planned: Mapping[str, date],
    roster: Roster,
    today: date,
) -> VillageRow:
    own = [a for role in LOCAL_ROLES for a in roster.holders(role, village.place)]
    standing = roster.who(Role.PLD, village.place)
    names = own or (standing.assignments if standing is not None else ())
    seen = last.get(village.id)
    return VillageRow(
        village=village,
        held_at=getattr(row, "held_at", ""),
        days_late=getattr(row, "days_late", 0),
        last=seen,
        days_since=days_between(seen, today) if seen is not None else None,
        overdue=late.get(village.id, 0),
        facilitator=names[0].person.name if names else "",
        has_own=bool(own),
        planned=planned.get(village.id),
    )


def current_stages(rows: Sequence[VillageRow]) -> list[str]:
    """Return the stages at which these villages are held, in order of their code."""
    return sorted({row.held_at for row in rows if row.held_at}, key=lambda code: (len(code), code))


def team_choices(place: Place, on: date) -> list[Assignment]:
    """Return who may be sent into *place* on a day: assignments of visitors over it or inside it. One query.

    Over a whole regency only people of the regency and of districts are offered, so that the list stays short.
    """
    over = Q(regency_id=place.regency, district__isnull=True) if place.regency else Q(district__isnull=True)
    if place.district:
        over |= Q(district_id=place.district)
    else:
        over |= Q(regency_id=place.regency, district__isnull=False, village__isnull=True)
    rows = Assignment.objects.valid_on(on).filter(over, role__in=[role.value for role in VISITORS])
    if place.village:
        rows = rows.filter(Q(village__isnull=True) | Q(village_id=place.village))
    return list(rows.with_place().order_by("district_id", "village_id", "role", "person__name", "id"))


def route_of(hat: Hat, first: date, last: date, person: str = "") -> list[tuple[date, list[Visit]]]:
    """Return the visits of these days by day, of one person or of everybody under the hat. Two queries."""
    rows = visits_seen_by(hat).filter(planned_date__range=(first, last))
    rows = rows.exclude(state__in=(VisitState.RESCHEDULED.value, VisitState.CANCELLED.value))
    if person:
        rows = rows.filter(members__person_id=person)
    found: dict[date, list[Visit]] = defaultdict(list)
    for visit in rows.order_by("planned_date", "village__district_id", "village__name", "id"):
        found[visit.planned_date].append(visit)
    return sorted(found.items())


def unreported(hat: Hat, today: date) -> "QuerySet[Visit]":
    """Return visits of the hat's person that should have a sheet by now and have none."""
    began = Q(state=VisitState.ON_SITE.value) | Q(state__in=WAITING_STATES, planned_date__lte=today)
    return Visit.objects.filter(began, members__person_id=hat.person_id).select_related("village")


def visits_waiting_for(hat: Hat, today: date | None = None) -> "QuerySet[Visit] | None":
    """Return the visits that wait for this hat: the village's to acknowledge, the visitor's of the coming week."""
    rows = Visit.objects.filter(scope_q(hat))
    if hat.role in SIGNERS:
        return rows.filter(state=VisitState.REPORTED.value)
    if hat.role in VISITORS and today is not None:
        mine = rows.filter(members__person_id=hat.person_id)
        soon = Q(state__in=WAITING_STATES, planned_date__lte=today + timedelta(days=7))
        return mine.filter(soon | Q(state=VisitState.ON_SITE.value))
    return None


def rows_of_visit(visit: Visit) -> list[tuple[type[Model], list[UUID]]]:
    """Return the rows whose trail belongs to a visit: team, people met, answers, promises seen, photos, findings."""
    models: tuple[type[Model], ...] = (VisitMember, VisitContact, VisitAnswer, PromiseCheck, VisitPhoto, Finding)
    return [(model, list(model._default_manager.filter(visit=visit).values_list("pk", flat=True))) for model in models]
