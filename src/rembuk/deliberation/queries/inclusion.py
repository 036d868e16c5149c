"""Who came to the meetings of many villages and years and who spoke, as far as it may be told to those at work."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count

from rembuk.core.hat import Place
from rembuk.core.workflow.inclusion import OTHERS, SHELTERED, Told, village_told
from rembuk.deliberation.facts import Counts, add_people
from rembuk.deliberation.models import Meeting, SpokenNote
from rembuk.deliberation.queries.public import HELD, AtTheTable, cells_of, counted, sexes_shown, summed
from rembuk.regions.queries import place_q

ELEMENTS_SEEN = ("PEMUDA", "ADAT", *SHELTERED)


class Held(NamedTuple):
    """One held meeting as it is read."""

    id: UUID
    village: str
    year: int
    title: str
    started_at: datetime | None


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
    """The held meetings of one village and budget year, in the order in which they ended.

    told: what the year tells of `ELEMENTS_SEEN`, and holds back for the larger area.
    """

    meetings: tuple[MeetingSeen, ...] = ()
    table: AtTheTable = field(default_factory=AtTheTable)
    told: Told = field(default_factory=Told)

    def represented(self, code: str) -> int:
        """Return in how many meetings somebody spoke for the element: that much may be told of every one of them."""
        return sum(code in meeting.represented for meeting in self.meetings)


def village_years(place: Place, years: Sequence[int]) -> dict[tuple[str, int], VillageYear]:
    """Return (village, budget year) -> its held meetings at or below *place*. Three queries."""
    rows = Meeting.objects.filter(place_q(place), cycle__budget_year__in=years, state__in=HELD)
    found = rows.order_by("ended_at", "id").values_list("id", "village_id", "cycle__budget_year", "title", "started_at")
    meetings = [Held(*row) for row in found]
    counts = {meeting.id: Counts() for meeting in meetings}
    add_people(counts)
    grouped: dict[tuple[str, int], list[Held]] = defaultdict(list)
    for meeting in meetings:
        grouped[meeting.village, meeting.year].append(meeting)
    return {key: year_of(rows, [counts[each.id] for each in rows]) for key, rows in grouped.items()}


def year_of(meetings: Sequence[Held], counts: Sequence[Counts]) -> VillageYear:
    table, together = summed(counts), counted(counts)
    behind = {code: sum(1 for each in together if each.elements.get(code)) for code in ELEMENTS_SEEN}
    told = village_told(cells_of(together), table.elements, table.others, behind, ELEMENTS_SEEN)
    seen = tuple(meeting_seen(meeting, each) for meeting, each in zip(meetings, counts, strict=True))
    return VillageYear(seen, table, told if table.present else Told({}, {OTHERS: 0}))


def meeting_seen(meeting: Held, counts: Counts) -> MeetingSeen:
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


def held_voices(place: Place, years: Sequence[int]) -> dict[tuple[str, int], dict[UUID, Voices]]:
    """Return (village, budget year) -> held meeting -> who spoke, where the notulen names it. One query."""
    notes = SpokenNote.objects.filter(
        place_q(place, "meeting__village"), meeting__cycle__budget_year__in=years, meeting__state__in=HELD
    ).order_by()
    keys = ("meeting__village_id", "meeting__cycle__budget_year", "meeting_id", "sex", "element")
    found: dict[tuple[str, int], dict[UUID, list[Line]]] = defaultdict(lambda: defaultdict(list))
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
    sexes, elements = Counter[str](), Counter[str]()
    for line in lines:
        if line.sex:
            sexes[line.sex] += line.number
        if line.element:
            elements[line.element] += line.number
    return Voices(sexes, elements)
