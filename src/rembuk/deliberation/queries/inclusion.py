"""Who came to the meetings of many villages and years and who spoke, as far as it may be told to those at work."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import CharField, Count, Q
from django.db.models.functions import Cast

from rembuk.core.hat import Place
from rembuk.core.workflow.inclusion import OTHERS, SHELTERED, Told, village_told
from rembuk.deliberation.facts import MEETING_KEY, Counts, people_by_element
from rembuk.deliberation.models import Meeting, SpokenNote
from rembuk.deliberation.queries.public import HELD, AtTheTable, cells_of, counted, sexes_shown, summed
from rembuk.regions.queries import place_q

ELEMENTS_SEEN = ("PEMUDA", "ADAT", *SHELTERED)


class Held(NamedTuple):
    """One held meeting as it is read, and who came."""

    id: UUID
    title: str
    started_at: datetime | None
    counts: Counts


@dataclass(frozen=True, slots=True)
class MeetingSeen:
    """One held meeting. men, women: None where one is so few that it is not told. represented: of `ELEMENTS_SEEN`."""

    id: UUID
    title: str
    started_at: datetime | None
    men: int | None
    women: int | None
    represented: frozenset[str]


@dataclass(frozen=True, slots=True)
class VillageYear:
    """The held meetings of one village and budget year.

    table: what everybody is told. told: what the year tells of `ELEMENTS_SEEN`, and holds back for the larger area.
    represented: of `ELEMENTS_SEEN` -> in how many held meetings somebody spoke for it; that may always be told.
    """

    held: tuple[Held, ...] = ()
    table: AtTheTable = field(default_factory=AtTheTable)
    told: Told = field(default_factory=Told)
    represented: Mapping[str, int] = field(default_factory=dict)

    @property
    def meetings(self) -> list[MeetingSeen]:
        """The meetings as they may be told one by one, in the order in which they ended."""
        return [meeting_seen(meeting) for meeting in self.held]


def village_years(place: Place, years: Sequence[int]) -> dict[tuple[str, int], VillageYear]:
    """Return (village, budget year) -> its held meetings at or below *place*. Three queries."""
    rows = Meeting.objects.filter(place_q(place), cycle__budget_year__in=years, state__in=HELD).annotate(
        key=Cast("id", CharField(max_length=36))
    )
    counts = people_by_element(
        place_q(place, "meeting__village") & Q(meeting__cycle__budget_year__in=years, meeting__state__in=HELD)
    )
    grouped: dict[tuple[str, int], list[Held]] = defaultdict(list)
    fields = ("village_id", "cycle__budget_year", "key", "id", "title", "started_at")
    for village, year, key, meeting, title, started in rows.order_by("ended_at", "id").values_list(*fields):
        grouped[village, year].append(Held(meeting, title, started, counts.get(key) or Counts()))
    return {key: year_of(held) for key, held in grouped.items()}


def year_of(held: Sequence[Held]) -> VillageYear:
    counts = [meeting.counts for meeting in held]
    table, together = summed(counts), counted(counts)
    behind = {code: sum(1 for each in together if each.elements.get(code)) for code in ELEMENTS_SEEN}
    told = village_told(cells_of(together), table.elements, table.others, behind, ELEMENTS_SEEN)
    represented = {code: sum(1 for each in counts if each.elements.get(code)) for code in ELEMENTS_SEEN}
    return VillageYear(tuple(held), table, told if table.present else Told({}, {OTHERS: 0}), represented)


def meeting_seen(meeting: Held) -> MeetingSeen:
    counts = meeting.counts
    told = sexes_shown(counts)
    return MeetingSeen(
        id=meeting.id,
        title=meeting.title,
        started_at=meeting.started_at,
        men=counts.men if told else None,
        women=counts.women if told else None,
        represented=frozenset(code for code in ELEMENTS_SEEN if counts.elements.get(code)),
    )


@dataclass(frozen=True, slots=True)
class Voices:
    """Turns to speak as the notulen names them: by L and P, and by element; a line without either counts in neither."""

    sexes: Mapping[str, int] = field(default_factory=dict)
    elements: Mapping[str, int] = field(default_factory=dict)


class Line(NamedTuple):
    """So many lines of a notulen name a speaker of that sex and element; both may be empty."""

    sex: str
    element: str
    number: int


def held_voices(place: Place, years: Sequence[int]) -> dict[tuple[str, int], dict[str, Voices]]:
    """Return (village, budget year) -> held meeting (`MEETING_KEY`) -> who spoke by its notulen. One query."""
    notes = SpokenNote.objects.filter(
        place_q(place, "meeting__village"), meeting__cycle__budget_year__in=years, meeting__state__in=HELD
    ).order_by()
    notes = notes.annotate(key=MEETING_KEY)
    keys = ("meeting__village_id", "meeting__cycle__budget_year", "key", "sex", "element")
    found: dict[tuple[str, int], dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
    for village, year, meeting, *line in notes.values_list(*keys).annotate(n=Count("id")):
        found[village, year][meeting].append(Line(*line))
    return {key: {meeting: voices(lines) for meeting, lines in rows.items()} for key, rows in found.items()}


def voices_of(meetings: Sequence[UUID]) -> dict[UUID, Voices]:
    """Return meeting -> who spoke in it so far. One query."""
    notes = SpokenNote.objects.filter(meeting__in=meetings).order_by()
    found: dict[UUID, list[Line]] = defaultdict(list)
    for meeting, *line in notes.values_list("meeting_id", "sex", "element").annotate(n=Count("id")):
        found[meeting].append(Line(*line))
    return {meeting: voices(lines) for meeting, lines in found.items()}


def voices(lines: Iterable[Line]) -> Voices:
    sexes: dict[str, int] = {}
    elements: dict[str, int] = {}
    for line in lines:
        if line.sex:
            sexes[line.sex] = sexes.get(line.sex, 0) + line.number
        if line.element:
            elements[line.element] = elements.get(line.element, 0) + line.number
    return Voices(sexes, elements)
