"""Figures of the programme: only verified evidence counts as held (PP7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from rembuk.core.guidance.forum_states import AFTER, COUNTED, ForumState
from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.facilitation.queries.records import Seen, records_of
from rembuk.regions.queries import place_q


@dataclass(frozen=True, slots=True)
class Figures:
    """villages: with a cycle that year. held: the forum took place, proven or not. verified: proven (PP7 counts it)."""

    villages: int = 0
    asked: int = 0
    held: int = 0
    verified: int = 0

    @property
    def percent(self) -> int | None:
        """PP7: verified of held in whole percent, None before any was held."""
        return self.verified * 100 // self.held if self.held else None


@dataclass(frozen=True, slots=True)
class DistrictFigures:
    """The figures of one kecamatan."""

    code: str
    name: str
    figures: Figures


def figures_of(place: Place, budget_year: int, seen: Sequence[Seen] | None = None) -> Figures:
    """Return the figures at or below *place* for the plans of that year. Seven queries.

    seen: the forums of that place and year, where the caller has them already; then one query.
    """
    seen = list(records_of(forums_of(place, budget_year)).values()) if seen is None else seen
    cycles = Cycle.objects.filter(place_q(place), budget_year=budget_year)
    return counted_up(seen, cycles.count())


def district_figures(place: Place, budget_year: int, seen: Sequence[Seen] | None = None) -> list[DistrictFigures]:
    """Return the figures of each kecamatan at or below *place*, by code. Seven queries; with *seen* one."""
    seen = list(records_of(forums_of(place, budget_year)).values()) if seen is None else seen
    rows = Cycle.objects.filter(place_q(place), budget_year=budget_year).order_by("village__district_id", "id")
    districts: dict[str, tuple[str, int]] = {}
    for code, name in rows.values_list("village__district_id", "village__district__name"):
        districts[code] = (name, districts.get(code, (name, 0))[1] + 1)
    mine: dict[str, list[Seen]] = {code: [] for code in districts}
    for one in seen:
        mine.setdefault(one.forum.village.district_id, []).append(one)
    return [
        DistrictFigures(code, name, counted_up(mine[code], villages)) for code, (name, villages) in districts.items()
    ]


def counted_up(seen: Sequence[Seen], villages: int) -> Figures:
    verified = sum(one.counted for one in seen)
    held = sum(one.state in AFTER or one.state in COUNTED for one in seen)
    return Figures(villages, len(seen), held, verified)


def forums_of(place: Place, budget_year: int) -> list[Facilitation]:
    rows = Facilitation.objects.filter(place_q(place), cycle__budget_year=budget_year)
    return list(rows.select_related("village__district", "village__regency", "cycle").order_by("village_id", "id"))


def verified_cycles(cycle_ids: Sequence[UUID]) -> frozenset[UUID]:
    """Return those cycles whose Musrenbang counts as held. One query; the only answer statistics may use."""
    rows = Facilitation.objects.filter(cycle_id__in=cycle_ids, state__in=[state.value for state in COUNTED])
    return frozenset(rows.values_list("cycle_id", flat=True))


def states_of_cycles(cycle_ids: Sequence[UUID]) -> Mapping[UUID, ForumState]:
    """Return cycle -> state of its forum as its meeting's record has led it; cycles without one are left out."""
    forums = list(Facilitation.objects.filter(cycle_id__in=cycle_ids).order_by("id"))
    seen = records_of(forums)
    return {forum.cycle_id: seen[forum.pk].state for forum in forums}
