"""Who was present, spoke, proposed and was funded, put together from the rooms that know it. Reads only."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rembuk.core.hat import Place
from rembuk.core.workflow.inclusion import (
    FUNDED,
    GROUPS,
    MEASURES,
    NOT_RECORDED,
    PRESENT,
    PROPOSED,
    SHELTERED,
    SPOKE,
    TOO_SMALL,
    Figure,
    Loss,
    Measure,
    Share,
    Told,
    losses,
    merged,
    people,
    points,
    thing_told,
    things,
)
from rembuk.deliberation.queries import ELEMENTS_SEEN, VillageYear, Voices, village_years
from rembuk.guidance.facilitation.queries import spoken_by_year
from rembuk.proposals.group_queries import Outcomes, group_outcomes
from rembuk.regions.models import Village

CODES = (*GROUPS, *SHELTERED)


@dataclass(frozen=True, slots=True)
class Sums:
    """What is known of one village and year, or of several together.

    told, asked, planned: people, proposals and planned proposals as far as they may be told; the latter two only of
    the sheltered groups. sexes, elements: turns to speak. held, counted: meetings, and those whose people are counted.
    """

    women: int = 0
    present: int = 0
    held: int = 0
    counted: int = 0
    represented: Mapping[str, int] = field(default_factory=dict)
    told: Told = field(default_factory=Told)
    sexes: Mapping[str, int] = field(default_factory=dict)
    elements: Mapping[str, int] = field(default_factory=dict)
    outcomes: Outcomes = field(default_factory=Outcomes)
    asked: Mapping[str, Told] = field(default_factory=dict)
    planned: Mapping[str, Told] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One measure of this year beside last year."""

    group: str
    step: str
    now: Figure
    last: Figure

    @property
    def points(self) -> int | None:
        return points(self.now, self.last)


@dataclass(frozen=True, slots=True)
class Sheltered:
    """What may be told of the poor or of people with disabilities: shares in whole fives, None where not even that.

    represented: in how many held meetings somebody spoke for them.
    """

    code: str
    represented: int
    held: int
    present: Share | None
    asked: Share | None
    planned: Share | None


@dataclass(frozen=True, slots=True)
class Picture:
    """This year beside last year of one village or area. lines: in the order of `MEASURES`."""

    now: Sums
    last: Sums
    lines: Sequence[Line]
    losses: Sequence[Loss]

    def line(self, group: str, step: str) -> Line:
        return self.lines[MEASURES.index((group, step))]

    @property
    def women(self) -> Line:
        """Women among those present."""
        return self.lines[0]

    @property
    def sheltered(self) -> list[tuple[Sheltered, Sheltered]]:
        """The sheltered groups: this year and last year."""
        return [(sheltered_of(self.now, code), sheltered_of(self.last, code)) for code in SHELTERED]


@dataclass(frozen=True, slots=True)
class Row:
    """One village."""

    village: Village
    seen: VillageYear
    picture: Picture


@dataclass(frozen=True, slots=True)
class Area:
    """One kecamatan, or a whole place, from all of its villages whatever the list is narrowed to."""

    code: str
    name: str
    villages: int
    picture: Picture


def rows_of(place: Place, villages: Iterable[Village], year: int) -> list[Row]:
    """Return a row for each village, by name, with the year and the one before. Six queries."""
    years = (year, year - 1)
    seen = village_years(place, years)
    spoken = spoken_by_year(place, years)
    outcomes = group_outcomes(place, years, CODES)

    def sums(key: tuple[str, int]) -> Sums:
        return village_sums(seen.get(key, VillageYear()), spoken.get(key, Voices()), outcomes.get(key, Outcomes()))

    found = []
    for village in sorted(villages, key=lambda each: (each.name, each.id)):
        key = (village.id, year)
        found.append(Row(village, seen.get(key, VillageYear()), picture(sums(key), sums((village.id, year - 1)))))
    return found


def village_sums(seen: VillageYear, spoken: Voices, outcomes: Outcomes) -> Sums:
    """Return what is known of one village and year."""
    table = seen.table
    return Sums(
        women=table.women,
        present=table.present,
        held=len(seen.held),
        counted=table.meetings,
        represented=seen.represented,
        told=seen.told,
        sexes=spoken.sexes,
        elements=spoken.elements,
        outcomes=outcomes,
        asked={code: thing_told(code, outcomes.asked.get(code, 0), outcomes.total) for code in SHELTERED},
        planned={code: thing_told(code, outcomes.planned.get(code, 0), outcomes.planned_total) for code in SHELTERED},
    )


def together(parts: Sequence[Sums]) -> Sums:
    """Return several villages as one area."""
    return Sums(
        women=sum(part.women for part in parts),
        present=sum(part.present for part in parts),
        held=sum(part.held for part in parts),
        counted=sum(part.counted for part in parts),
        represented=added(part.represented for part in parts),
        told=merged([part.told for part in parts], ELEMENTS_SEEN),
        sexes=added(part.sexes for part in parts),
        elements=added(part.elements for part in parts),
        outcomes=Outcomes(
            sum(part.outcomes.total for part in parts),
            sum(part.outcomes.planned_total for part in parts),
            added(part.outcomes.asked for part in parts),
            added(part.outcomes.planned for part in parts),
        ),
        asked={code: merged([part.asked[code] for part in parts if part.asked], [code]) for code in SHELTERED},
        planned={code: merged([part.planned[code] for part in parts if part.planned], [code]) for code in SHELTERED},
    )


def added(counts: Iterable[Mapping[str, int]]) -> Counter[str]:
    found = Counter[str]()
    for each in counts:
        found.update(each)
    return found


def figures(sums: Sums) -> dict[Measure, Figure]:
    """Return each measure of one village or area and year."""
    spoken, named = sums.sexes.get("P", 0) + sums.sexes.get("L", 0), sum(sums.elements.values())
    asked, planned = sums.outcomes.asked, sums.outcomes.planned
    found: dict[Measure, Figure] = {}
    for group in GROUPS:
        if group == "PEREMPUAN":
            here, said = people(sums.women, sums.present), things(sums.sexes.get("P", 0), spoken)
        else:
            count = sums.told.counts.get(group)
            here = TOO_SMALL if count is None else Figure(Share(count, sums.present), "told")
            said = things(sums.elements.get(group, 0), named)
        found[group, PRESENT] = here if sums.present else TOO_SMALL if sums.held else NOT_RECORDED
        found[group, SPOKE] = said
        found[group, PROPOSED] = things(asked.get(group, 0), sums.outcomes.total)
        found[group, FUNDED] = things(planned.get(group, 0), sums.outcomes.planned_total)
    return found


def sheltered_of(sums: Sums, code: str) -> Sheltered:
    """Return what may be told of a sheltered group."""

    def share(told: Told | None, whole: int) -> Share | None:
        count = told.counts.get(code) if told is not None else None
        return Share(count, whole) if count else None

    return Sheltered(
        code,
        sums.represented.get(code, 0),
        sums.held,
        share(sums.told, sums.present),
        share(sums.asked.get(code), sums.outcomes.total),
        share(sums.planned.get(code), sums.outcomes.planned_total),
    )


def picture(now: Sums, last: Sums) -> Picture:
    present, past = figures(now), figures(last)
    lines = [Line(*measure, present[measure], past[measure]) for measure in MEASURES]
    return Picture(now, last, lines, losses(present))


def areas_of(rows: Sequence[Row]) -> list[Area]:
    """Return each kecamatan with all its villages, by name. rows: of whole kecamatan, never a narrowed list."""
    districts: dict[str, list[Row]] = {}
    for row in rows:
        districts.setdefault(row.village.district_id, []).append(row)
    found = [
        area(code, mine[0].village.district.name, [row.picture for row in mine]) for code, mine in districts.items()
    ]
    return sorted(found, key=lambda each: (each.name, each.code))


def area(code: str, name: str, parts: Sequence[Picture]) -> Area:
    """Return an area from its parts: villages of a kecamatan, kecamatan of a regency."""
    now, last = together([part.now for part in parts]), together([part.last for part in parts])
    return Area(code, name, len(parts), picture(now, last))


def whole_of(areas: Sequence[Area], name: str) -> Area:
    """Return all kecamatan together: what one could not tell goes up into the sum of them all."""
    if len(areas) == 1:
        return areas[0]
    found = area("", name, [each.picture for each in areas])
    return Area("", name, sum(each.villages for each in areas), found.picture)
