"""Writes over places: loading a regency, and what a village says of itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import Somewhere, require
from rembuk.regions import official
from rembuk.regions.loading import LocalData, local_data, time_zone
from rembuk.regions.models import District, Hamlet, Regency, Rt, Village, VillageKind, VillageScore
from rembuk.regions.prefixes import prefixes
from rembuk.shared import trail


@transaction.atomic
def load_regency(code: str, hat: Hat, sample: bool = False) -> Regency:
    """Load a regency with its districts and villages (desa and desa adat; a kelurahan has no village plan).

    Idempotent: what is there keeps its key, prefix and all that people have written; names follow the official list,
    and coordinates, postal codes and scores that Rembuk brings fill only what is empty. sample: mark it as demo data.
    Raises: BadInputError ``regency-unknown``.
    """
    found = official.region(code)
    if found is None or found.level != 2:
        raise BadInputError("regency-unknown", read=code)
    require(hat, "regions.load", Somewhere(hat.place))
    province = official.region(found.parent_code)
    data = local_data(found.code)
    with trail.acting(hat, "regions.load"):
        names = {"name": found.name, "province_name": province.name if province else ""}
        regency, _made = Regency.objects.update_or_create(
            code=found.code,
            defaults=names,
            create_defaults={**names, "time_zone": time_zone(found.code), "sample": sample},
        )
        districts = official.regions_within(found.code)
        _load_districts(regency, districts, data)
        rows = [
            row for district in districts for row in official.regions_within(district.code) if row.kind != "kelurahan"
        ]
        _load_villages(regency, rows, data)
        _load_scores(regency, data)
    return regency


def _load_districts(regency: Regency, rows: Iterable[official.OfficialRegion], data: LocalData) -> None:
    there = District.objects.in_bulk()
    fresh = []
    for row in rows:
        point = data.points.get(row.code)
        district = there.get(row.code)
        if district is None:
            district = District(code=row.code, name=row.name, regency=regency)
            if point:
                district.latitude, district.longitude = point.latitude, point.longitude
            fresh.append(district)
        elif district.name != row.name:
            district.name = row.name
            district.save(update_fields=["name"])
    District.objects.bulk_create(fresh)


def _load_villages(regency: Regency, rows: list[official.OfficialRegion], data: LocalData) -> None:
    there = {village.code: village for village in Village.objects.filter(regency=regency)}
    letters = prefixes(
        {row.code: row.name for row in rows}, {village.code: village.number_prefix for village in there.values()}
    )
    fresh = []
    for row in rows:
        village = there.get(row.code)
        if village is None:
            village = Village(id=row.code, code=row.code, name=row.name, kind=VillageKind(row.kind), regency=regency)
            village.district_id = row.parent_code
            village.number_prefix = letters[row.code]
            _fill(village, data)
            fresh.append(village)
        elif village.name != row.name:
            village.name = row.name
            village.save(update_fields=["name"])
    Village.objects.bulk_create(fresh)


def _fill(village: Village, data: LocalData) -> None:
    point = data.points.get(village.code)
    if point:
        village.latitude, village.longitude = point.latitude, point.longitude
    village.postal_code = data.postal_codes.get(village.code, "")


def _load_scores(regency: Regency, data: LocalData) -> None:
    keys = dict(Village.objects.filter(regency=regency).values_list("code", "id"))
    VillageScore.objects.bulk_create(
        (
            VillageScore(
                village_id=keys[code], index=score.index, year=score.year, score=score.score, status=score.status
            )
            for code, score in data.scores.items()
            if code in keys
        ),
        ignore_conflicts=True,
    )


@dataclass(frozen=True, slots=True)
class VillageFacts:
    """What a village says of itself. Coordinates in WGS84 degrees, both or none."""

    access_mode: str
    signal: str
    latitude: float | None
    longitude: float | None
    postal_code: str
    population: int | None


@transaction.atomic
def edit_village(*, hat: Hat, village_id: str, facts: VillageFacts) -> Village:
    """Write what the village says of itself. Raises: NotAllowedError, BadInputError ``coordinates-outside``."""
    village = Village.objects.select_for_update().get(pk=village_id)
    require(hat, "regions.edit_village", village)
    _in_indonesia(facts.latitude, facts.longitude)
    with trail.acting(hat, "regions.edit_village"):
        village.access_mode, village.signal = facts.access_mode, facts.signal
        village.latitude, village.longitude = facts.latitude, facts.longitude
        village.postal_code, village.population = facts.postal_code, facts.population
        village.save(update_fields=["access_mode", "signal", "latitude", "longitude", "postal_code", "population"])
    return village


def _in_indonesia(latitude: float | None, longitude: float | None) -> None:
    if latitude is None and longitude is None:
        return
    inside = latitude is not None and longitude is not None and -11.5 <= latitude <= 6.5 and 94.5 <= longitude <= 141.5
    if not inside:
        raise BadInputError("coordinates-outside", latitude=latitude, longitude=longitude)


@dataclass(frozen=True, slots=True)
class HamletFacts:
    """A hamlet as the village writes it; counts are None while unknown, zero is a value."""

    name: str
    order: int = 1
    population: int | None = None
    poor_households: int | None = None


@transaction.atomic
def add_hamlet(*, hat: Hat, village_id: str, facts: HamletFacts) -> Hamlet:
    """Add a hamlet. Raises: NotAllowedError, RefusedError ``hamlet-name-taken``."""
    village = Village.objects.select_for_update().get(pk=village_id)
    require(hat, "regions.add_hamlet", village)
    _name_free(village, facts.name, None)
    with trail.acting(hat, "regions.add_hamlet"):
        return Hamlet.objects.create(
            village=village,
            name=facts.name,
            order=facts.order,
            population=facts.population,
            poor_households=facts.poor_households,
        )


@transaction.atomic
def edit_hamlet(*, hat: Hat, hamlet_id: UUID, facts: HamletFacts) -> Hamlet:
    """Change a hamlet. Raises: NotAllowedError, RefusedError ``hamlet-name-taken``."""
    hamlet = Hamlet.objects.select_for_update(of=("self",)).select_related("village").get(pk=hamlet_id)
    require(hat, "regions.edit_hamlet", hamlet)
    _name_free(hamlet.village, facts.name, hamlet)
    with trail.acting(hat, "regions.edit_hamlet"):
        hamlet.name, hamlet.order = facts.name, facts.order
        hamlet.population, hamlet.poor_households = facts.population, facts.poor_households
        hamlet.save(update_fields=["name", "order", "population", "poor_households"])
    return hamlet


@transaction.atomic
def end_hamlet(*, hat: Hat, hamlet_id: UUID, on: date) -> Hamlet:
    """Let a hamlet be no more from the day after *on*; what was proposed and decided there stays.

    Raises: NotAllowedError, RefusedError ``hamlet-ended``.
    """
    hamlet = Hamlet.objects.select_for_update(of=("self",)).select_related("village").get(pk=hamlet_id)
    require(hat, "regions.edit_hamlet", hamlet)
    if hamlet.valid_to is not None:
        raise RefusedError("hamlet-ended", name=hamlet.name)
    with trail.acting(hat, "regions.end_hamlet"):
        hamlet.valid_to = on
        hamlet.save(update_fields=["valid_to"])
    return hamlet


def _name_free(village: Village, name: str, but: Hamlet | None) -> None:
    same = village.hamlets.filter(name__iexact=name)
    if but is not None:
        same = same.exclude(pk=but.pk)
    if same.exists():
        raise RefusedError("hamlet-name-taken", name=name)


@dataclass(frozen=True, slots=True)
class RtFacts:
    """An RT as the village writes it: its number, the hamlet it lies in, its households."""

    number: str
    hamlet_id: UUID | None = None
    household_count: int | None = None


@transaction.atomic
def add_rt(*, hat: Hat, village_id: str, facts: RtFacts) -> Rt:
    """Add an RT. Raises: NotAllowedError, RefusedError ``rt-number-taken`` or ``hamlet-elsewhere``."""
    village = Village.objects.select_for_update().get(pk=village_id)
    require(hat, "regions.add_rt", village)
    _number_free(village, facts, None)
    with trail.acting(hat, "regions.add_rt"):
        return Rt.objects.create(
            village=village, number=facts.number, hamlet_id=facts.hamlet_id, household_count=facts.household_count
        )


@transaction.atomic
def edit_rt(*, hat: Hat, rt_id: UUID, facts: RtFacts) -> Rt:
    """Change an RT. Raises: NotAllowedError, RefusedError ``rt-number-taken`` or ``hamlet-elsewhere``."""
    rt = Rt.objects.select_for_update(of=("self",)).select_related("village").get(pk=rt_id)
    require(hat, "regions.edit_rt", rt)
    _number_free(rt.village, facts, rt)
    with trail.acting(hat, "regions.edit_rt"):
        rt.number, rt.hamlet_id, rt.household_count = facts.number, facts.hamlet_id, facts.household_count
        rt.save(update_fields=["number", "hamlet", "household_count"])
    return rt


def _number_free(village: Village, facts: RtFacts, but: Rt | None) -> None:
    same = village.rts.filter(number__iexact=facts.number)
    if but is not None:
        same = same.exclude(pk=but.pk)
    if same.exists():
        raise RefusedError("rt-number-taken", number=facts.number)
    if facts.hamlet_id is not None and not village.hamlets.filter(pk=facts.hamlet_id).exists():
        raise RefusedError("hamlet-elsewhere")


@transaction.atomic
def remove_rt(*, hat: Hat, rt_id: UUID) -> None:
    """Remove an RT that nothing refers to. Raises: NotAllowedError, RefusedError ``rt-in-use``."""
    rt = Rt.objects.select_for_update(of=("self",)).select_related("village").get(pk=rt_id)
    require(hat, "regions.edit_rt", rt)
    if any(relation.related_model.objects.filter(**{relation.field.name: rt}).exists() for relation in _relations()):
        raise RefusedError("rt-in-use", number=rt.number)
    with trail.acting(hat, "regions.edit_rt"):
        rt.delete()


def _relations() -> list[Any]:
    return [relation for relation in Rt._meta.related_objects if relation.auto_created]
