"""The day of a forum: fixed one by one or for a whole season at once, moved, put off."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from rembuk.core.documents.frame import date_text
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.guidance.forum_states import AHEAD, ForumEvent, ForumState
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.calendar import local_day
from rembuk.guidance.facilitation.labels import REASONS
from rembuk.guidance.facilitation.models import DayChange, Facilitation, Guide
from rembuk.guidance.facilitation.queries import seen_of
from rembuk.guidance.facilitation.services.base import locked, move, save
from rembuk.guidance.facilitation.services.team import (
    GuideValues,
    People,
    assignment_on,
    guide_of,
    people_of,
    refuse_clash,
)
from rembuk.shared import trail

MOST = 2_000


@dataclass(frozen=True, slots=True)
class ForumPlan:
    """What a season plan gives one forum. guides: the whole team with its speaker; None leaves the team as it is."""

    forum_id: UUID
    day: date
    guides: tuple[GuideValues, ...] | None = None


@dataclass(frozen=True, slots=True)
class Scheduled:
    """changed: forums whose day or team is new; same: those that stood so already; passed: begun, so left alone."""

    changed: tuple[UUID, ...]
    same: tuple[UUID, ...]
    passed: tuple[UUID, ...]


def schedule_forum(
    *,
    forum_id: UUID,
    day: date,
    actor: Hat,
    at: datetime,
    guides: Sequence[GuideValues] | None = None,
    plan_reference: str = "",
) -> Facilitation:
    """Fix the day of one forum, and its team where one is given. Repeating it changes nothing.

    A day that is fixed already is moved with `move_forum`, which asks for a reason; a plan reference is one.
    Raises: NotAllowedError, BadInputError (day gone by), RefusedError (clash, begun, fixed already).
    """
    plan = ForumPlan(forum_id, day, None if guides is None else tuple(guides))
    done = schedule_forums(plans=[plan], plan_reference=plan_reference, actor=actor, at=at)
    if done.passed:
        raise RefusedError("forum-begun")
    return Facilitation.objects.select_related("village__district", "village__regency", "cycle").get(pk=forum_id)


@transaction.atomic
def schedule_forums(*, plans: Sequence[ForumPlan], plan_reference: str, actor: Hat, at: datetime) -> Scheduled:
    """Give many forums their day, team and speaker by one plan; all or nothing, and repeating it changes nothing.

    plan_reference: names the plan (and its version); it is the reason where a forum moves to another day. Two forums
    may swap days or people in one call. Forums that have begun are left alone and named.
    Raises: NotAllowedError, BadInputError (day gone by, forum twice, too many), RefusedError with every clash.
    """
    keys = [plan.forum_id for plan in plans]
    if not keys or len(keys) > MOST or len(set(keys)) != len(keys):
        raise BadInputError("forum-plan-count", count=len(keys), limit=MOST)
    rows = Facilitation.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("id")
    forums = {row.pk: row for row in rows.select_related("village__district", "village__regency", "cycle")}
    if len(forums) != len(keys):
        raise BadInputError("forum-unknown")
    for forum in forums.values():
        if forum.closed:
            continue
        require(actor, "facilitation.schedule", forum)
    ahead = [plan for plan in plans if forums[plan.forum_id].state in AHEAD]
    with trail.acting(actor, "facilitation.schedule"):
        changed = _apply(ahead, forums, plan_reference.strip()[:100], actor, at)
    same = tuple(plan.forum_id for plan in ahead if plan.forum_id not in changed)
    passed = tuple(key for key in keys if forums[key].state not in AHEAD)
    return Scheduled(tuple(plan.forum_id for plan in ahead if plan.forum_id in changed), same, passed)


def _apply(
    plans: Sequence[ForumPlan], forums: Mapping[UUID, Facilitation], reference: str, actor: Hat, at: datetime
) -> set[UUID]:
    teams = teams_of(plan.forum_id for plan in plans)
    named = [values.person_id for plan in plans for values in plan.guides or ()]
    people = people_of([*named, *(row.person_id for team in teams.values() for row in team)])
    changed: set[UUID] = set()
    after: list[Guide] = []
    for plan in plans:
        forum, team = forums[plan.forum_id], teams[plan.forum_id]
        before = (forum.day, forum.state, shape(team))
        if forum.day != plan.day or forum.state in (ForumState.REQUESTED, ForumState.POSTPONED):
            put_on(forum, plan.day, _reason(forum, reference), actor, at)
        if plan.guides is not None:
            team = [guide_of(forum, values, people, actor, at, key_of(forum, values)) for values in plan.guides]
        bind(team, forum, people)
        if before != (forum.day, forum.state, shape(team)):
            changed.add(forum.pk)
            forum.plan_reference = reference or forum.plan_reference
            save(forum, "day", "state", "plan_reference")
        after += team
    refuse_clash(after)
    write_teams(changed, [row for row in after if row.facilitation_id in changed])
    return changed


def bind(team: Iterable[Guide], forum: Facilitation, people: People) -> None:
    """Bind a team in memory to its forum's day. Raises: RefusedError for somebody not assigned there on that day."""
    for row in team:
        row.facilitation, row.day = forum, forum.day
        if row.person_id is not None and forum.day is not None:
            row.assignment = assignment_on(people.persons[row.person_id], people, forum, forum.day)


def key_of(forum: Facilitation, values: GuideValues) -> UUID:
    who = str(values.person_id) if values.person_id else " ".join(values.name.split()).casefold()
    return uuid5(forum.pk, f"{who}:{values.position}")


def shape(team: Iterable[Guide]) -> list[tuple[str, ...]]:
    """Return what a team says, for comparing."""
    return sorted((str(row.person_id or ""), row.name, row.sex, row.position) for row in team)


def teams_of(forum_ids: Iterable[UUID]) -> dict[UUID, list[Guide]]:
    keys = list(forum_ids)
    found: dict[UUID, list[Guide]] = {key: [] for key in keys}
    for row in Guide.objects.filter(facilitation__in=keys).select_related("person").order_by("id"):
        found[row.facilitation_id].append(row)
    return found


def write_teams(forum_ids: Iterable[UUID], rows: Sequence[Guide]) -> None:
    """Replace the teams of these forums. Days are freed first, so that two forums may swap people."""
    keys, kept = list(forum_ids), {row.pk for row in rows}
    Guide.objects.filter(facilitation__in=keys).exclude(pk__in=kept).delete()
    there = set(Guide.objects.filter(pk__in=kept).values_list("pk", flat=True))
    Guide.objects.filter(pk__in=there).update(day=None)
    Guide.objects.bulk_update([row for row in rows if row.pk in there], ["sex", "position", "day", "assignment"])
    Guide.objects.bulk_create([row for row in rows if row.pk not in there])


def _reason(forum: Facilitation, reference: str) -> tuple[str, str]:
    """Return the reason of a move by plan. Raises: RefusedError for a fixed day without a plan."""
    if forum.day is not None and not reference:
        raise RefusedError("forum-day-fixed", day=date_text(forum.day))
    return ("plan", reference) if reference else ("", "")


def put_on(forum: Facilitation, day: date, reason: tuple[str, str], actor: Hat, at: datetime) -> None:
    """Put the forum in memory on *day* and write why it moved, if it did.

    A ready forum that moves is prepared anew; one in preparation stays there. Raises: BadInputError (day gone by).
    """
    check_day(forum, day, at)
    before = forum.day
    if forum.state in (ForumState.SCHEDULED, ForumState.READY):
        move(forum, ForumEvent.POSTPONE)
    if forum.state in (ForumState.REQUESTED, ForumState.POSTPONED):
        move(forum, ForumEvent.SCHEDULE)
    forum.day = day
    if before is not None:
        note_change(forum, before, day, reason, actor, at)


def check_day(forum: Facilitation, day: date, at: datetime) -> None:
    """Refuse a day gone by, unless the meeting that is on record was held on it. Raises: BadInputError."""
    if day >= local_day(forum.village.regency, at):
        return
    record = seen_of(forum).record
    held = record.started_at if record is not None else None
    if held is None or local_day(forum.village.regency, held) != day:
        raise BadInputError("forum-day-past", day=date_text(day))


def note_change(
    forum: Facilitation, before: date | None, day: date | None, reason: tuple[str, str], actor: Hat, at: datetime
) -> None:
    DayChange.objects.create(
        facilitation=forum,
        from_day=before,
        to_day=day,
        reason_code=reason[0],
        reason=reason[1],
        by=actor.person_id,
        at=at,
    )


def move_forum(*, forum_id: UUID, day: date, reason_code: str, reason: str, actor: Hat, at: datetime) -> Facilitation:
    """Move a forum whose day is fixed to another day, with a reason; its people move with it.

    Repeating it changes nothing.

    Raises: NotAllowedError, BadInputError (reason, day gone by), RefusedError (begun, clash).
    """
    return _moved(forum_id, day, (reason_code, reason), actor, at)


def postpone_forum(*, forum_id: UUID, reason_code: str, reason: str, actor: Hat, at: datetime) -> Facilitation:
    """Put a forum off without a new day; its people are free again. Repeating it changes nothing.

    While it is being prepared it can only be moved to a new day (`move_forum`).
    Raises: NotAllowedError, IllegalTransitionError, BadInputError (reason), RefusedError (begun, in preparation).
    """
    return _moved(forum_id, None, (reason_code, reason), actor, at)


@transaction.atomic
def _moved(forum_id: UUID, day: date | None, given: tuple[str, str], actor: Hat, at: datetime) -> Facilitation:
    forum = locked(forum_id, "schedule", actor)
    if forum.state not in AHEAD:
        raise RefusedError("forum-begun")
    if forum.day == day and (day is not None or forum.state == ForumState.POSTPONED):
        return forum
    reason = read_reason(*given)
    with trail.acting(actor, "facilitation.schedule"):
        if day is not None:
            put_on(forum, day, reason, actor, at)
        else:
            if forum.state == ForumState.PREP:
                raise RefusedError("forum-prep-needs-day")
            move(forum, ForumEvent.POSTPONE)
            note_change(forum, forum.day, None, reason, actor, at)
            forum.day = None
        team = teams_of([forum.pk])[forum.pk]
        bind(team, forum, people_of(row.person_id for row in team))
        refuse_clash(team)
        save(forum, "day", "state")
        write_teams([forum.pk], team)
    return forum


def read_reason(code: str, text: str) -> tuple[str, str]:
    """Return a reason as stored. Raises: BadInputError when it is not on the list, or "lainnya" without a sentence."""
    words = " ".join(text.replace("\x00", " ").split())[:300]
    if code not in REASONS:
        raise BadInputError("forum-reason")
    if code == "other" and not words:
        raise BadInputError("forum-reason-words")
    return code, words
