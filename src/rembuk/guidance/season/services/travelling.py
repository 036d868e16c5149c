"""How long the ways are: read from a sheet of legs as people know them, or guessed from coordinates and said so."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, Finding, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.schedule import Travel, Way, travel_of
from rembuk.core.schedule.estimate import Spot, estimated_travel
from rembuk.guidance.season.models import Season, TravelTable, Water
from rembuk.guidance.season.typed import read_words
from rembuk.regions.models import Village
from rembuk.regions.queries import villages_in
from rembuk.shared import trail
from rembuk.shared.sheets import open_sheets

HEADS = ("dari", "ke", "menit", "sungai", "searah")
LONGEST_LEG = 3000
MOST_LEGS = 20_000
YES = frozenset({"ya", "y", "1", "true", "sungai", "x"})
ROADS = frozenset({"road", "mixed"})


def import_travel(
    *, season: Season, content: bytes, file_name: str, source: str, water: str, actor: Hat, at: datetime
) -> TravelTable:
    """Store the minutes of all places from a sheet of legs (dari, ke, menit, sungai, searah), CSV or XLSX.

    A place is a village's official code, its name where only one has it, or any other name for a base or a landing.
    Raises: NotAllowedError, BadInputError, RefusedError with every wrong row; nothing is stored then.
    """
    require(actor, "season.setup", season)
    if water not in Water.values:
        raise BadInputError("season-water")
    said = read_words(_("sumber"), source, 200, needed=True)
    villages = list(villages_in(season.regency.place))
    ways = read_ways(content, file_name, villages)
    ends = {place for way in ways for place in (way.start, way.end)}
    bases = sorted(place for place in ends if place.startswith("base:"))
    places = [*(village.pk for village in villages if village.pk in ends), *bases]
    return stored(season, travel_of(places, ways), said, water, actor, at, estimated=False)


def read_ways(content: bytes, file_name: str, villages: Sequence[Village]) -> list[Way]:
    """Return the legs of a sheet. Raises: RefusedError naming every wrong row, BadInputError for no such columns."""
    book = open_sheets(content, file_name)
    names = places_of(villages)
    for sheet in book.names:
        rows = book.table(sheet).rows
        head = next((n for n, row in enumerate(rows[:20]) if {"dari", "ke", "menit"} <= set(plain(row))), None)
        if head is None:
            continue
        columns = {name: number for number, name in enumerate(plain(rows[head])) if name in HEADS}
        return read_rows(rows[head + 1 :], head + 2, columns, names)
    raise BadInputError("season-travel-columns")


def plain(row: Sequence[object]) -> list[str]:
    return [str(cell or "").strip().casefold() for cell in row]


def places_of(villages: Sequence[Village]) -> dict[str, str]:
    """Return how a place may be written -> its key; a name that two villages share names neither."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for village in villages:
        name = village.name.casefold()
        shared |= {name} if name in found else set()
        found[name] = village.pk
        found[village.code] = found[village.pk] = village.pk
    return {name: key for name, key in found.items() if name not in shared}


def read_rows(
    rows: Sequence[Sequence[object]], first: int, columns: Mapping[str, int], names: Mapping[str, str]
) -> list[Way]:
    """Return the legs of the rows below the heading. Raises: RefusedError with every wrong row."""
    if len(rows) > MOST_LEGS:
        raise BadInputError("season-travel-long", count=len(rows), limit=MOST_LEGS)
    ways, wrong = [], []
    for number, row in enumerate(rows, start=first):
        cells = {name: text_at(row, place) for name, place in columns.items()}
        if not any(cells.values()):
            continue
        trouble = trouble_of(number, cells)
        if trouble:
            wrong.append(Finding("travel", "block", trouble))
            continue
        ways.append(
            Way(
                place_of(cells["dari"], names),
                place_of(cells["ke"], names),
                int(cells["menit"]),
                cells.get("sungai", "").casefold() in YES,
                cells.get("searah", "").casefold() in YES,
            )
        )
    if wrong or not ways:
        raise RefusedError("season-travel-rows", wrong[:50], count=len(wrong))
    return ways


def text_at(row: Sequence[object], place: int) -> str:
    """Return a cell as text; a whole number that a sheet keeps as 30.0 is 30."""
    value = row[place] if place < len(row) else None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value if value is not None else "").strip()


def trouble_of(number: int, cells: Mapping[str, str]) -> str:
    """Return what is wrong with a row in words, or nothing."""
    if not cells["dari"] or not cells["ke"]:
        return _("Baris %(row)s: tempat dari atau ke belum diisi.") % {"row": number}
    minutes = cells["menit"]
    if not (minutes.isascii() and minutes.isdigit() and 0 < int(minutes) <= LONGEST_LEG):
        values = {"row": number, "read": minutes[:20], "most": LONGEST_LEG}
        return _("Baris %(row)s: menit “%(read)s”; yang diterima 1 sampai %(most)s.") % values
    return ""


def place_of(text: str, names: Mapping[str, str]) -> str:
    """Return the key of a place: a village, or a base or landing by its name."""
    return names.get(text.casefold()) or (text if text.startswith("base:") else f"base:{text}")


def estimate_travel(*, season: Season, water: str, actor: Hat, at: datetime) -> TravelTable:
    """Guess the minutes between the season's villages and bases; a base lies where its namesake (kecamatan) does.

    Raises: NotAllowedError, BadInputError, RefusedError where a village or base has no coordinates.
    """
    require(actor, "season.setup", season)
    if water not in Water.values:
        raise BadInputError("season-water")
    villages = list(villages_in(season.regency.place))
    spots = [
        Spot(village.pk, village.latitude, village.longitude, village.access_mode in ROADS)
        for village in villages
        if village.latitude is not None and village.longitude is not None
    ]
    found = {spot.place for spot in spots}
    asked = season.wishes.exclude(village_id__in=found).order_by("village__name", "pk")
    lost = list(asked.values_list("village__name", flat=True))
    bases, unknown = base_spots(season, villages)
    if lost or unknown:
        raise RefusedError("season-no-coordinates", names=", ".join([*lost, *unknown][:10]))
    travel = estimated_travel([*spots, *bases], low_water=water == Water.LOW)
    said = _("perkiraan dari koordinat, bukan data lapangan")
    return stored(season, travel, said, water, actor, at, estimated=True)


def base_spots(season: Season, villages: Sequence[Village]) -> tuple[list[Spot], list[str]]:
    """Return where the bases lie, and those nobody can find: a base is named as a kecamatan or a village."""
    wanted = {team.base for team in season.teams.all()} | {one.base for one in season.speakers.all()} | {season.seat}
    known: dict[str, tuple[float, float]] = {}
    for village in villages:
        for name, place in ((village.name, village), (village.district.name, village.district)):
            if place.latitude is not None and place.longitude is not None:
                known.setdefault(name.casefold(), (place.latitude, place.longitude))
    spots, unknown = [], []
    for base in sorted(filter(None, wanted)):
        if base.casefold() in known:
            spots.append(Spot(f"base:{base}", *known[base.casefold()], True))
        else:
            unknown.append(base)
    return spots, unknown


def stored(
    season: Season, travel: Travel, source: str, water: str, actor: Hat, at: datetime, *, estimated: bool
) -> TravelTable:
    with transaction.atomic(), trail.acting(actor, "season.setup"):
        return TravelTable.objects.create(
            regency=season.regency,
            water=water,
            source=source,
            estimated=estimated,
            places=list(travel.places),
            minutes=[list(row) for row in travel.minutes],
            river=[[int(cell) for cell in row] for row in travel.river],
            made_by=actor.person_id,
            made_at=at,
        )
