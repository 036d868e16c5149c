"""A season begins: its window, its rules, and a wish for every village that waits for a forum."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.guidance.forum_states import AHEAD
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.season.building import POLICY_FIELDS
from rembuk.guidance.season.labels import POLICY_NAMES
from rembuk.guidance.season.models import Season, Water, Wish
from rembuk.guidance.season.typed import LONGEST_WEEKS, read_day, read_number, read_words
from rembuk.regions.models import Regency
from rembuk.shared import trail


@dataclass(frozen=True, slots=True)
class SeasonValues:
    """A season as typed. policy: field of `building.POLICY_FIELDS` -> number, empty for the default."""

    name: str
    plan_year: str
    start_date: str
    end_date: str
    water: str = "normal"
    seat: str = ""
    shared_boats: str = "0"
    shared_seats: str = "0"
    policy: dict[str, str] = field(default_factory=dict)


def open_season(*, season_id: UUID, regency: Regency, values: SeasonValues, actor: Hat, at: datetime) -> Season:
    """Open a season and take in every village whose forum of that year has not begun. The same key again: no change.

    Raises: NotAllowedError, BadInputError, RefusedError when no village waits for a forum.
    """
    require(actor, "season.setup", regency)
    there = Season.objects.filter(pk=season_id).first()
    if there is not None:
        return there
    season = Season(pk=season_id, regency=regency, made_by=actor.person_id)
    fill(season, values)
    villages = waiting_villages(season)
    if not villages:
        raise RefusedError("season-no-forum", year=season.plan_year)
    with transaction.atomic(), trail.acting(actor, "season.setup"):
        season.save(force_insert=True)
        Wish.objects.bulk_create([Wish(season=season, village_id=key) for key in villages])
    return season


def waiting_villages(season: Season) -> list[str]:
    """Return the villages of the regency whose forum of the season's year is still ahead."""
    rows = Facilitation.objects.filter(
        village__regency_id=season.regency_id,
        cycle__plan_year=season.plan_year,
        state__in=[state.value for state in AHEAD],
    )
    return sorted(set(rows.values_list("village_id", flat=True)))


@transaction.atomic
def edit_season(*, season_id: UUID, version: int, values: SeasonValues, actor: Hat, at: datetime) -> Season:
    """Change window and rules, and take in villages that came to wait since.

    Raises: NotAllowedError, BadInputError, StaleError.
    """
    season = locked_season(season_id, actor)
    if season.version != version:
        raise StaleError("stale", changes=[], version=season.version)
    fill(season, values)
    there = set(season.wishes.values_list("village_id", flat=True))
    with trail.acting(actor, "season.setup"):
        Wish.objects.bulk_create(
            [Wish(season=season, village_id=key) for key in waiting_villages(season) if key not in there]
        )
        touch(season)
    return season


def locked_season(season_id: UUID, actor: Hat, act: str = "season.setup") -> Season:
    """Return the season locked, if *actor* may set it up. Raises: NotAllowedError, Season.DoesNotExist."""
    season = Season.objects.select_for_update(of=("self",)).select_related("regency").get(pk=season_id)
    require(actor, act, season)
    return season


def touch(season: Season) -> None:
    """Say that the season is another one now: what was built from it is built anew."""
    season.version += 1
    season.save()


def fill(season: Season, values: SeasonValues) -> None:
    """Put typed values into a season. Raises: BadInputError."""
    season.name = read_words(_("nama musim"), values.name, 120, needed=True)
    season.plan_year = read_number(_("tahun kerja"), values.plan_year, 2020, 2100)
    season.start_date, season.end_date = read_day(values.start_date), read_day(values.end_date)
    if season.end_date <= season.start_date:
        raise BadInputError("season-days-turned")
    if (season.end_date - season.start_date).days > 7 * LONGEST_WEEKS:
        raise BadInputError("season-long", weeks=LONGEST_WEEKS)
    if values.water not in Water.values:
        raise BadInputError("season-water")
    season.water = values.water
    season.seat = read_words(_("tempat berangkat narasumber"), values.seat, 80)
    season.shared_boats = read_number(_("perahu bersama"), values.shared_boats, 0, 50)
    season.shared_seats = read_number(_("kursi perahu bersama"), values.shared_seats, 0, 100)
    season.policy = {
        name: read_number(str(POLICY_NAMES[name]), text, 0, 1440)
        for name in POLICY_FIELDS
        if (text := values.policy.get(name, "").strip())
    }
