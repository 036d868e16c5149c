"""The team of a forum: who guides, whether they may, and where else they are that day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.accounts.models import Assignment, Person
from rembuk.core.documents.frame import date_text
from rembuk.core.errors import BadInputError, Finding, RefusedError
from rembuk.core.guidance.forum_states import AHEAD
from rembuk.core.hat import Hat
from rembuk.cycles.calendar import local_day
from rembuk.guidance.facilitation.models import Facilitation, Guide
from rembuk.guidance.facilitation.services.base import locked
from rembuk.shared import trail

MOST_IN_TEAM = 12


@dataclass(frozen=True, slots=True)
class GuideValues:
    """A member as typed. person_id: their account, None for somebody known by name only.

    other_person: somebody looked: the namesake elsewhere that day is not this person.
    """

    name: str = ""
    sex: str = ""
    position: str = "guide"
    person_id: UUID | None = None
    other_person: bool = False


@transaction.atomic
def add_guide(*, forum_id: UUID, values: GuideValues, actor: Hat, at: datetime, guide_id: UUID | None = None) -> Guide:
    """Put a person into the team. The same key, or the same person, again changes nothing.

    A person with an account needs an assignment that covers the village on the forum's day. Nobody is in two forums on
    one day; a namesake without an account elsewhere is named and asked about.
    Raises: NotAllowedError, BadInputError (name, sex, position), RefusedError (clash, no assignment, too many, key
    taken, forum begun).
    """
    forum = locked(forum_id, "team", actor)
    row = guide_of(forum, values, people_of([values.person_id]), actor, at, guide_id or uuid4())
    known = Guide.objects.filter(pk=row.pk).first()
    if known is None and row.person_id is not None:
        known = forum.guides.filter(person_id=row.person_id).first()
    if known is not None:
        if (known.facilitation_id, known.name, known.position, known.sex) != (
            forum.pk, row.name, row.position, row.sex,
        ):  # fmt: skip
            raise RefusedError("guide-key-taken", name=known.name)
        return known
    if forum.state not in AHEAD:
        raise RefusedError("guide-too-late")
    if forum.guides.count() >= MOST_IN_TEAM:
        raise RefusedError("guide-too-many", limit=MOST_IN_TEAM)
    refuse_clash([row])
    with trail.acting(actor, "facilitation.team"):
        row.save(force_insert=True)
    return row


@transaction.atomic
def remove_guide(*, guide_id: UUID, actor: Hat, at: datetime) -> None:
    """Take a person out of the team until the forum begins. Raises: NotAllowedError, RefusedError."""
    row = Guide.objects.get(pk=guide_id)
    forum = locked(row.facilitation_id, "team", actor)
    if forum.state not in AHEAD:
        raise RefusedError("guide-too-late")
    with trail.acting(actor, "facilitation.team"):
        row.delete()


@dataclass(frozen=True, slots=True)
class People:
    """The accounts that are named, and their approved assignments, the newest first."""

    persons: Mapping[UUID, Person]
    assignments: Mapping[UUID, Sequence[Assignment]]


def people_of(person_ids: Iterable[UUID | None]) -> People:
    """Return these accounts. Two queries at most."""
    keys = {key for key in person_ids if key is not None}
    if not keys:
        return People({}, {})
    found: dict[UUID, list[Assignment]] = defaultdict(list)
    for row in Assignment.objects.approved().filter(person_id__in=keys).order_by("-start_date", "id"):
        found[row.person_id].append(row)
    return People(Person.objects.in_bulk(keys), found)


def guide_of(forum: Facilitation, values: GuideValues, people: People, actor: Hat, at: datetime, key: UUID) -> Guide:
    """Return a member in memory with clean values. Raises: BadInputError, RefusedError without an assignment."""
    name = " ".join(values.name.replace("\x00", " ").split())[:150]
    person = people.persons.get(values.person_id) if values.person_id is not None else None
    if values.person_id is not None and person is None:
        raise BadInputError("guide-unknown")
    name = person.name if person is not None else name
    if not name:
        raise BadInputError("guide-name")
    if values.sex not in ("L", "P"):
        raise BadInputError("guide-sex", name=name)
    if values.position not in Guide.Position.values:
        raise BadInputError("guide-position")
    day = forum.day or local_day(forum.village.regency, at)
    return Guide(
        id=key,
        facilitation=forum,
        person=person,
        assignment=assignment_on(person, people, forum, day) if person is not None else None,
        name=name,
        sex=values.sex,
        position=values.position,
        day=forum.day,
        other_person=values.other_person,
        added_by=actor.person_id,
    )


def assignment_on(person: Person, people: People, forum: Facilitation, day: date) -> Assignment:
    """Return the assignment by which *person* may work in the village on *day*. No query.

    Raises: RefusedError saying that it has not begun, has ended, or that there is none.
    """
    every = [row for row in people.assignments.get(person.pk, ()) if row.place.covers(forum.place)]
    valid = next((row for row in every if row.valid_on(day)), None)
    if valid is not None:
        return valid
    told: dict[str, object] = {"name": person.name, "village": forum.village.full_name, "day": date_text(day)}
    if ahead := [row for row in every if row.start_date > day]:
        raise RefusedError("guide-not-yet-assigned", (), start=date_text(ahead[-1].start_date), **told)
    if every:
        ended = max(row.end_date for row in every if row.end_date is not None)
        raise RefusedError("guide-no-longer-assigned", (), end=date_text(ended), **told)
    raise RefusedError("guide-not-assigned", (), **told)


def refuse_clash(rows: Iterable[Guide]) -> None:
    """Refuse when one of *rows* is bound to another forum on the same day, naming all of them. One query.

    Raises: RefusedError with a finding for each.
    """
    found = [clash_finding(row, other) for row, other in clashes(rows)]
    if found:
        raise RefusedError("guide-clash", found, count=len(found))


def clash_finding(row: Guide, other: Guide) -> Finding:
    village = other.facilitation.village
    values = {
        "name": row.name,
        "day": date_text(other.day) if other.day is not None else "",
        "place": f"{village.full_name}, {village.district.full_name}",
    }
    if row.person_id is not None and other.person_id is not None:
        return Finding("F-BENTROK", "block", _("%(name)s pada %(day)s sudah memandu di %(place)s.") % values)
    text = _("Nama %(name)s pada %(day)s sudah tercatat di %(place)s. Bila orangnya lain, centang “orang lain”.")
    return Finding("F-SENAMA", "block", text % values)


def clashes(rows: Iterable[Guide]) -> list[tuple[Guide, Guide]]:
    """Return (member, the same person in another forum that day): by account, else by name within the regency.

    What is stored for the forums of *rows* counts no more: *rows* say it anew. One query.
    """
    dated = [row for row in rows if row.day is not None]
    by_day: dict[date, list[Guide]] = defaultdict(list)
    for row in dated:
        by_day[row.day].append(row)  # type: ignore[index]
    there = Guide.objects.filter(day__in=by_day).exclude(facilitation__in={row.facilitation_id for row in dated})
    for row in there.select_related("facilitation__village__district").order_by("day", "id"):
        by_day[row.day].append(row)  # type: ignore[index]
    found = []
    for row in dated:
        others = (each for each in by_day[row.day] if each.facilitation_id != row.facilitation_id)  # type: ignore[index]
        other = next((each for each in others if same_person(row, each)), None)
        if other is not None:
            found.append((row, other))
    return found


def same_person(row: Guide, other: Guide) -> bool:
    if row.person_id is not None and other.person_id is not None:
        return row.person_id == other.person_id
    if row.other_person or other.other_person:
        return False
    here, there = row.facilitation.village, other.facilitation.village
    return here.regency_id == there.regency_id and row.name.casefold() == other.name.casefold()
