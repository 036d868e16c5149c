"""Who may go and what each village asks: teams, speakers, wishes, closed days."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rembuk.accounts.models import Person
from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.hat import Hat
from rembuk.deliberation.models import Sex
from rembuk.guidance.season.models import ClosedDay, PlanVisit, Season, SeasonTeam, Speaker, TeamMember, Wish
from rembuk.guidance.season.queries import accounts_for
from rembuk.guidance.season.services.opening import locked_season, touch
from rembuk.guidance.season.typed import (
    optional_day,
    optional_number,
    read_closed,
    read_days,
    read_number,
    read_words,
    read_words_list,
)
from rembuk.shared import trail

Row = TypeVar("Row", SeasonTeam, Speaker)
MOST_MEMBERS = 12
WEEKDAYS = 5


@dataclass(frozen=True, slots=True)
class MemberValues:
    """Somebody of a team as typed. person_id: of an account, None for somebody known by name only."""

    name: str
    sex: str
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TeamValues:
    """A team as typed. closed: lines of day and reason."""

    name: str
    base: str
    skills: str = ""
    boat_seats: str = "0"
    max_days: str = ""
    closed: str = ""
    members: tuple[MemberValues, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class SpeakerValues:
    """A speaker as typed."""

    name: str
    sex: str
    base: str
    remote: bool = False
    closed: str = ""
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class WishValues:
    """What a village asks, as typed. Days: one a line; closed: lines of day and reason."""

    skill: str = ""
    speaker: str = ""
    market: str = ""
    earliest: str = ""
    earliest_reason: str = ""
    preferred: str = ""
    priority: str = ""
    minutes: str = ""
    fixed_team: str = ""
    fixed_date: str = ""
    closed: str = ""


def fresh(row: SeasonTeam | Speaker | Wish, version: int | None) -> None:
    """Refuse a write that rests on an older version; the season is locked already. Raises: StaleError."""
    if version is not None and version != row.version:
        raise StaleError("stale", changes=[], version=row.version)


@transaction.atomic
def save_team(
    *, season_id: UUID, team_id: UUID, values: TeamValues, actor: Hat, at: datetime, version: int | None = None
) -> SeasonTeam:
    """Write a team down with its members; the same key again replaces what it said.

    version: of the team that was looked at, None for a new one.
    Raises: NotAllowedError, StaleError, BadInputError (no member, unknown person), RefusedError (name taken, not
    assigned here).
    """
    season = locked_season(season_id, actor)
    team = SeasonTeam.objects.filter(pk=team_id, season=season).first() or SeasonTeam(pk=team_id, season=season)
    fresh(team, version)
    team.name = read_words(_("nama tim"), values.name, 80, needed=True)
    if season.teams.filter(name__iexact=team.name).exclude(pk=team_id).exists():
        raise RefusedError("season-team-twice", name=team.name)
    team.base = read_words(_("pangkalan"), values.base, 80, needed=True)
    team.skills = read_words_list(values.skills)
    team.boat_seats = read_number(_("kursi perahu"), values.boat_seats or "0", 0, 100)
    team.max_days = optional_number(_("batas hari"), values.max_days, 1, 200)
    members = read_members(team, values.members)
    closed = read_closed(values.closed)
    with trail.acting(actor, "season.setup"):
        team.version += 0 if team._state.adding else 1
        team.save()
        team.members.exclude(pk__in=[row.pk for row in members]).delete()
        there = set(team.members.values_list("pk", flat=True))
        TeamMember.objects.bulk_update([row for row in members if row.pk in there], ["name", "sex"])
        TeamMember.objects.bulk_create([row for row in members if row.pk not in there])
        replace_closed(season, closed, team=team)
        touch(season)
    return team


def read_members(team: SeasonTeam, values: Sequence[MemberValues]) -> list[TeamMember]:
    """Return the members as rows. Two queries at most.

    Raises: BadInputError for none, too many, one named twice, one without L or P, or an account nobody knows;
    RefusedError for an account without an assignment in this regency, unless it was in the team before.
    """
    inside = set(team.members.values_list("person_id", flat=True))
    people = people_for(team.season, (one.person_id for one in values), inside)
    found: dict[UUID, TeamMember] = {}
    for one in values:
        person = people[one.person_id] if one.person_id else None
        name = person.name if person else read_words(_("nama anggota"), one.name, 150)
        if not name:
            continue
        if one.sex not in Sex.values:
            raise BadInputError("season-sex", name=name)
        key = uuid5(team.pk, str(person.pk) if person else name.casefold())
        if key in found:
            raise BadInputError("season-member-twice", name=name)
        found[key] = TeamMember(pk=key, team=team, person=person, name=name, sex=one.sex)
    if not found:
        raise BadInputError("season-no-member")
    if len(found) > MOST_MEMBERS:
        raise BadInputError("season-many-members", limit=MOST_MEMBERS)
    return list(found.values())


def people_for(season: Season, keys: Iterable[UUID | None], inside: Collection[UUID | None]) -> dict[UUID, Person]:
    """Return the accounts of *keys*, each of which may travel in this season or is *inside* already. Two queries.

    Raises: BadInputError for an account nobody knows, RefusedError for one without an assignment here.
    """
    asked = {key for key in keys if key is not None}
    if not asked:
        return {}
    people = Person.objects.in_bulk(asked)
    if len(people) < len(asked):
        raise BadInputError("season-person")
    new = asked - set(inside)
    lost = new - {row.person_id for row in accounts_for(season)} if new else set()
    if lost:
        names = ", ".join(sorted(people[key].name for key in lost))
        raise RefusedError("season-person-not-here", names=names)
    return people


def same_person(key: UUID | None, name: str) -> UUID | None:
    """Return the key while the name beside it is still that person's: a typed-over name is somebody else."""
    known = key is not None and Person.objects.filter(pk=key, name=name.strip()).exists()
    return key if known else None


@transaction.atomic
def remove_team(*, season_id: UUID, team_id: UUID, actor: Hat, at: datetime) -> None:
    """Take a team out; one that stands in a plan stays. Removing it again changes nothing."""
    season = locked_season(season_id, actor)
    team = season.teams.filter(pk=team_id).first()
    if team is None:
        return
    if PlanVisit.objects.filter(team=team).exists():
        raise RefusedError("season-team-planned", name=team.name)
    with trail.acting(actor, "season.setup"):
        team.delete()
        touch(season)


@transaction.atomic
def save_speaker(
    *, season_id: UUID, speaker_id: UUID, values: SpeakerValues, actor: Hat, at: datetime, version: int | None = None
) -> Speaker:
    """Write a speaker down; the same key again replaces what it said. Raises: as `save_team`."""
    season = locked_season(season_id, actor)
    row = Speaker.objects.filter(pk=speaker_id, season=season).first() or Speaker(pk=speaker_id, season=season)
    fresh(row, version)
    row.person = people_for(season, [values.person_id], [row.person_id]).get(values.person_id)  # type: ignore[arg-type]
    row.name = row.person.name if row.person else read_words(_("nama narasumber"), values.name, 150, needed=True)
    if values.sex not in Sex.values:
        raise BadInputError("season-sex", name=row.name)
    if season.speakers.filter(name__iexact=row.name).exclude(pk=speaker_id).exists():
        raise RefusedError("season-speaker-twice", name=row.name)
    row.sex, row.remote = values.sex, values.remote
    row.base = read_words(_("pangkalan"), values.base, 80, needed=True)
    closed = read_closed(values.closed)
    with trail.acting(actor, "season.setup"):
        row.version += 0 if row._state.adding else 1
        row.save()
        replace_closed(season, closed, speaker=row)
        touch(season)
    return row


@transaction.atomic
def remove_speaker(*, season_id: UUID, speaker_id: UUID, actor: Hat, at: datetime) -> None:
    """Take a speaker out; villages that wished for them hold their forum without one."""
    season = locked_season(season_id, actor)
    with trail.acting(actor, "season.setup"):
        season.speakers.filter(pk=speaker_id).delete()
        touch(season)


@transaction.atomic
def save_wish(*, wish_id: UUID, values: WishValues, actor: Hat, at: datetime, version: int | None = None) -> Wish:
    """Write down what a village asks. version: of the wish that was looked at.

    Raises: NotAllowedError, StaleError, BadInputError, RefusedError (half an agreed day).
    """
    season = locked_season(Wish.objects.values_list("season_id", flat=True).get(pk=wish_id), actor)
    wish = Wish.objects.select_related("village__regency", "village__district").get(pk=wish_id)
    fresh(wish, version)
    wish.skill = read_words(_("bahasa"), values.skill, 40).casefold()
    wish.speaker = named(season.speakers.all(), values.speaker)
    wish.market = optional_number(_("hari pasar"), values.market, 0, WEEKDAYS - 1)
    wish.earliest = optional_day(values.earliest)
    wish.earliest_reason = read_words(_("alasan"), values.earliest_reason, 200, needed=wish.earliest is not None)
    wish.preferred = read_days(values.preferred)
    wish.priority = optional_number(_("prioritas"), values.priority, 0, 100)
    wish.minutes = optional_number(_("lama forum"), values.minutes, 30, 600)
    wish.fixed_team = named(season.teams.all(), values.fixed_team)
    wish.fixed_date = optional_day(values.fixed_date)
    if (wish.fixed_team is None) != (wish.fixed_date is None):
        raise RefusedError("season-half-fixed")
    closed = read_closed(values.closed)
    with trail.acting(actor, "season.setup"):
        wish.version += 1
        wish.save()
        replace_closed(season, closed, wish=wish)
        touch(season)
    return wish


@transaction.atomic
def close_days(*, season_id: UUID, closed: str, actor: Hat, at: datetime) -> Season:
    """Say which days nobody works in the season, with the reason of each; what was said before is replaced."""
    season = locked_season(season_id, actor)
    with trail.acting(actor, "season.setup"):
        replace_closed(season, read_closed(closed))
        touch(season)
    return season


def replace_closed(
    season: Season,
    rows: Sequence[tuple[date, str]],
    *,
    team: SeasonTeam | None = None,
    speaker: Speaker | None = None,
    wish: Wish | None = None,
) -> None:
    """Put the closed days of one thing in the place of what it had."""
    season.closed_days.filter(team=team, speaker=speaker, wish=wish).delete()
    ClosedDay.objects.bulk_create(
        [
            ClosedDay(season=season, team=team, speaker=speaker, wish=wish, day=day, reason=reason)
            for day, reason in rows
        ]
    )


def named(rows: "QuerySet[Row]", key: str) -> Row | None:
    """Return the row of a key as a form sends it; None for an empty or unknown one."""
    try:
        return rows.filter(pk=UUID(key)).first()
    except ValueError:
        return None
