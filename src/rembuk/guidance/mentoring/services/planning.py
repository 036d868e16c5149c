"""Planning: a season of visits in one act, one visit, moving it, cancelling it, the village's agreement."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from rembuk.accounts.models import Assignment
from rembuk.core.documents.frame import date_text
from rembuk.core.errors import BadInputError, Finding, RefusedError
from rembuk.core.guidance.visit_plan import Duty, NoRoomError, Stop, check_same_day, check_team, spread
from rembuk.core.guidance.visit_states import VisitState
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.workflow.rpjm_stages import ALL_STAGES
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle
from rembuk.cycles.queries import holidays
from rembuk.guidance.mentoring.models import Visit, VisitMember
from rembuk.guidance.mentoring.roster import LOCAL_LINE, Roster
from rembuk.guidance.mentoring.services.telling import tell_planned
from rembuk.guidance.mentoring.typed import coming_day, one_of, words
from rembuk.regions.models import Village
from rembuk.regions.queries import villages_seen_by
from rembuk.shared import trail

LONGEST_WINDOW = 370
GONE = [state.value for state in (VisitState.RESCHEDULED, VisitState.CANCELLED, VisitState.MISSED)]


@dataclass(frozen=True, slots=True)
class PlanValues:
    """A season as typed. team: ids of assignments; empty with *local*: each village's own people, or who stands in.

    start, end: the window as ISO text; the same day for one visit. stage: empty follows each village's own stage.
    """

    start: str
    end: str
    team: tuple[str, ...] = ()
    local: bool = False
    purpose: str = Visit.Purpose.STAGE
    mode: str = Visit.Mode.ONSITE
    stage: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Planned:
    """What planning gave: the visits, and what to think of although nothing was refused."""

    visits: tuple[Visit, ...]
    warnings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class Draft:
    """One visit before it is written."""

    village: Village
    day: date
    team: Sequence[Assignment]
    problems: list[Finding] = field(default_factory=list)


@transaction.atomic
def plan_visits(
    *, season_id: UUID, village_ids: Sequence[str], values: PlanValues, actor: Hat, at: datetime
) -> Planned:
    """Give these villages a visit each, a working day each along the route of their team, or refuse with every reason.

    The same *season_id* again changes nothing. Raises: NotAllowedError, BadInputError, RefusedError with findings (an
    assignment that has not begun, a person in two places a day apart, a window too short).
    """
    villages = villages_for(village_ids, actor)
    keys = {village.id: uuid5(season_id, village.id) for village in villages}
    if there := list(Visit.objects.filter(pk__in=keys.values()).select_related("village__regency")):
        return replayed(there, keys)
    regency = villages[0].regency
    today = local_day(regency, at)
    start, end = window_of(values, today)
    drafts = drafts_of(villages, values, start, end, today)
    check(drafts)
    blocks = [finding for draft in drafts for finding in draft.problems if finding.severity == "block"]
    if blocks:
        raise RefusedError("visit-refused", findings=blocks)
    cycles = open_cycles([village.id for village in villages])
    visits = [visit_of(draft, keys[draft.village.id], cycles.get(draft.village.id), values, actor) for draft in drafts]
    with trail.acting(actor, "mentoring.plan"):
        Visit.objects.bulk_create(visits)
        VisitMember.objects.bulk_create(members_of(visits, drafts))
        tell_planned(visits, today)
    return Planned(tuple(visits), tuple(finding for draft in drafts for finding in draft.problems))


def villages_for(village_ids: Sequence[str], actor: Hat) -> list[Village]:
    """Return the villages that may be visited. Raises: BadInputError for none, or one outside the hat's place."""
    wanted = dict.fromkeys(village_ids)
    if not wanted:
        raise BadInputError("visit-none-chosen")
    found = list(villages_seen_by(actor).filter(pk__in=wanted))
    if len(found) != len(wanted):
        raise BadInputError("visit-place")
    for village in found:
        require(actor, "mentoring.plan", village)
    return found


def replayed(there: list[Visit], keys: Mapping[str, UUID]) -> Planned:
    """Return what was planned before. Raises: RefusedError when the villages differ."""
    if {visit.village_id for visit in there} != set(keys):
        raise RefusedError("visit-key-taken")
    return Planned(tuple(there))


def window_of(values: PlanValues, today: date) -> tuple[date, date]:
    """Return the days of the window. Raises: BadInputError."""
    start, end = coming_day(values.start, today), coming_day(values.end or values.start, today)
    if end < start:
        raise BadInputError("visit-days-turned", start=date_text(start), end=date_text(end))
    if (end - start).days > LONGEST_WINDOW:
        raise BadInputError("visit-window-long")
    return start, end


def drafts_of(villages: Sequence[Village], values: PlanValues, start: date, end: date, today: date) -> list[Draft]:
    """Return the visits by team, each team along its own route. Raises: BadInputError, RefusedError."""
    teams = teams_of(villages, values, max(start, today))
    by_team: dict[tuple[UUID, ...], list[Village]] = defaultdict(list)
    for village in villages:
        by_team[tuple(row.person_id for row in teams[village.id])].append(village)
    free_days = holidays(villages[0].regency)
    drafts = []
    for people, theirs in sorted(by_team.items(), key=lambda pair: pair[1][0].id):
        if start == end:
            days = dict.fromkeys((village.id for village in theirs), start)
        else:
            days = days_of(theirs, start, end, free_days, busy_days(people, start, end))
        drafts += [Draft(village, days[village.id], teams[village.id]) for village in theirs]
    return drafts


def days_of(
    villages: Sequence[Village], start: date, end: date, free_days: frozenset[date], taken: set[date]
) -> dict[str, date]:
    try:
        return spread([stop_of(village) for village in villages], start, end, free_days, taken=taken)
    except NoRoomError as error:
        raise RefusedError("visit-window", needed=error.needed, there=error.there) from error


def busy_days(people: Sequence[UUID], start: date, end: date) -> set[date]:
    """Return the days on which one of the team is planned somewhere already. One query."""
    rows = VisitMember.objects.filter(person_id__in=people, visit__planned_date__range=(start, end))
    return set(rows.exclude(visit__state__in=GONE).values_list("visit__planned_date", flat=True))


def teams_of(villages: Sequence[Village], values: PlanValues, on: date) -> dict[str, list[Assignment]]:
    """Return village -> its team: the people named, or its own facilitator, or who stands in. One query.

    Raises: BadInputError when nobody was named or nobody is there.
    """
    if values.local:
        roster = Roster(LOCAL_LINE, on)
        found = {village.id: roster.first_of(LOCAL_LINE, village.place)[:1] for village in villages}
        if not all(found.values()):
            raise BadInputError("visit-no-team")
        return found
    wanted = list(dict.fromkeys(values.team))
    if not wanted:
        raise BadInputError("visit-no-team")
    try:
        keys = [UUID(key) for key in wanted]
    except ValueError as error:
        raise BadInputError("visit-unknown-person") from error
    known = {str(row.pk): row for row in Assignment.objects.approved().filter(pk__in=keys).with_place()}
    if set(known) != set(wanted):
        raise BadInputError("visit-unknown-person")
    team = [known[key] for key in wanted]
    return {village.id: team for village in villages}


def check(drafts: Sequence[Draft], *, without: UUID | None = None) -> None:
    """Write into each draft what stands against its team on its day. One query for all.

    without: a visit that is being moved away and counts no more.
    """
    people = {row.person_id for draft in drafts for row in draft.team}
    days = {draft.day for draft in drafts}
    rows = VisitMember.objects.filter(person_id__in=people, visit__planned_date__in=days)
    rows = rows.exclude(visit__state__in=GONE)
    if without is not None:
        rows = rows.exclude(visit_id=without)
    there: dict[tuple[UUID, date], list[Stop]] = defaultdict(list)
    for row in rows.select_related("visit__village").order_by("visit__created_at", "id"):
        there[row.person_id, row.visit.planned_date].append(stop_of(row.visit.village))
    for draft in drafts:
        stop = stop_of(draft.village)
        draft.problems += check_team(stop, draft.day, [duty_of(row, draft.village) for row in draft.team])
        for each in draft.team:
            others = there[each.person_id, draft.day]
            draft.problems += check_same_day(stop, draft.day, [(each.person.name, other) for other in others])
            others.append(stop)


def duty_of(row: Assignment, village: Village) -> Duty:
    covers = row.place.covers(village.place)
    return Duty(str(row.person_id), row.person.name, row.start_date, row.end_date, covers=covers)


def stop_of(village: Village) -> Stop:
    """Return a village as a journey sees it."""
    return Stop(village.id, village.name, village.district_id, village.access_mode, village.latitude, village.longitude)


def open_cycles(village_ids: Sequence[str]) -> dict[str, Cycle]:
    """Return village -> its newest open cycle. One query."""
    rows = Cycle.objects.filter(village_id__in=village_ids, closed_at__isnull=True).order_by("budget_year", "id")
    return {cycle.village_id: cycle for cycle in rows}


def visit_of(draft: Draft, key: UUID, cycle: Cycle | None, values: PlanValues, actor: Hat) -> Visit:
    return Visit(
        id=key,
        village=draft.village,
        cycle=cycle,
        stage=one_of(values.stage, ALL_STAGES, default=""),
        purpose=one_of(values.purpose, Visit.Purpose.values, default=Visit.Purpose.STAGE),
        mode=one_of(values.mode, Visit.Mode.values, default=Visit.Mode.ONSITE),
        planned_date=draft.day,
        plan_note=words("catatan", values.note),
        planned_by=actor.person_id,
        team_text=", ".join(row.person.name for row in draft.team)[:400],
    )


def members_of(visits: Sequence[Visit], drafts: Sequence[Draft]) -> list[VisitMember]:
    return [
        VisitMember(visit=visit, person_id=row.person_id, role=row.role, is_lead=number == 0)
        for visit, draft in zip(visits, drafts, strict=True)
        for number, row in enumerate({row.person_id: row for row in draft.team}.values())
    ]
