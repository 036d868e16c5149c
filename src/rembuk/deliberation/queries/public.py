"""What anybody may know of a village's meetings: when, where, what about, how many came; never who."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rembuk.core.text.sheltered import names_element
from rembuk.core.workflow.inclusion import batches
from rembuk.core.workflow.privacy import SMALLEST, shown_beside, shown_cells
from rembuk.deliberation.facts import Counts, counts_of
from rembuk.deliberation.labels import KINDS
from rembuk.deliberation.models import Meeting
from rembuk.proposals.public_words import Cover, covers_of
from rembuk.regions.models import Village

HELD = ("closed", "signed")


@dataclass(frozen=True, slots=True)
class PublicMeeting:
    """One meeting without any person in it.

    present: None while it was not held, or where fewer than five came. men, women: None where one of them is so small
    that it could be worked out. decisions: texts as adopted, of signed meetings only.
    """

    id: UUID
    title: str
    kind: str
    state: str
    scheduled_at: datetime
    location: str
    agenda: tuple[str, ...]
    present: int | None
    men: int | None
    women: int | None
    decisions: tuple[str, ...]


def public_meetings(
    village_id: str, budget_year: int | None = None, *, since: datetime | None = None
) -> list[PublicMeeting]:
    """Return the meetings of a village that people were called to, newest first. Eight queries, however many.

    One that is only planned is not public yet; one that was called off stays so that nobody comes in vain.
    since: only those called for then or later.
    """
    rows = called_meetings().filter(village_id=village_id).prefetch_related("decisions")
    if budget_year is not None:
        rows = rows.filter(cycle__budget_year=budget_year)
    if since is not None:
        rows = rows.filter(scheduled_at__gte=since)
    return told_meetings(list(rows.order_by("-scheduled_at", "id")))


def called_meetings() -> "QuerySet[Meeting]":
    """Return the meetings that people were called to, of all villages."""
    return Meeting.objects.exclude(state="planned")


def told_meetings(meetings: Sequence[Meeting]) -> list[PublicMeeting]:
    """Return what anybody may know of these meetings, in their order. Seven queries, one less with their decisions."""
    counts = counts_of(meetings)
    covers = covers_of_meetings(meetings)
    return [public_meeting(meeting, counts[meeting.id], covers[meeting.village_id]) for meeting in meetings]


def covers_of_meetings(meetings: Iterable[Meeting]) -> Mapping[str, Cover]:
    """Return village -> what covers the words of its meetings. Two queries."""
    keys = {meeting.village_id for meeting in meetings}
    return covers_of(Village.objects.filter(pk__in=keys).select_related("district", "regency")) if keys else {}


def sheltered(meeting: Meeting) -> bool:
    """Return whether the name of a meeting tells that poor or disabled people sit there, at that place and time."""
    return names_element(f"{meeting.title} {meeting.group_name} {' '.join(meeting.agenda)}")


def public_title(meeting: Meeting, cover: Cover) -> str:
    """Return the name of a meeting as everybody reads it."""
    return str(KINDS.get(meeting.kind, KINDS["MUSKEL"])) if sheltered(meeting) else cover(meeting.title)


def public_agenda(meeting: Meeting, cover: Cover) -> tuple[str, ...]:
    """Return the agenda as everybody reads it; nothing of a meeting whose agenda would tell who sits there."""
    return () if sheltered(meeting) else tuple(cover(line) for line in meeting.agenda)


def public_decision(text: str, cover: Cover) -> str:
    """Return a decision as everybody reads it; help for a person or a house is not told one by one."""
    if cover.few(text):
        return _("Bantuan untuk orang atau rumah diputuskan; penerimanya tidak diumumkan di sini.")
    return cover(text)


@dataclass(frozen=True, slots=True)
class AtTheTable:
    """Who sat at the table over several meetings, as totals. elements: UNSUR code -> people, the most first.

    others: everybody of the elements that are not told by themselves. Counted are the meetings whose men and women may
    both be told, smaller ones several together, so that nothing about one of them can be worked out; left_out: those
    that are too few even so.
    """

    meetings: int = 0
    present: int = 0
    men: int = 0
    women: int = 0
    elements: Mapping[str, int] = field(default_factory=dict)
    others: int = 0
    left_out: int = 0


def at_the_table(village_id: str, budget_year: int) -> AtTheTable:
    """Return who sat at the table in the meetings of one village and year. Five queries."""
    rows = Meeting.objects.filter(village_id=village_id, cycle__budget_year=budget_year, state__in=HELD)
    counts = counts_of(list(rows.order_by("ended_at", "id")))
    return summed(list(counts.values()))


def tables_by_year(village_id: str) -> dict[int, AtTheTable]:
    """Return budget year -> who sat at the table in the meetings of one village. Five queries."""
    rows = Meeting.objects.filter(village_id=village_id, state__in=HELD).select_related("cycle")
    meetings = list(rows.order_by("ended_at", "id"))
    counts = counts_of(meetings)
    years: dict[int, list[Counts]] = {}
    for meeting in meetings:
        years.setdefault(meeting.cycle.budget_year, []).append(counts[meeting.id])
    return {year: summed(rows) for year, rows in years.items()}


def counted(counts: Sequence[Counts]) -> list[Counts]:
    """Return those of a year's meetings that are counted together. counts: in the order in which they ended."""
    found = batches([(each.men, each.women) for each in counts])
    return [counts[place] for batch in found for place in batch]


def cells_of(counts: Iterable[Counts]) -> Counter[str]:
    """Return element -> people over several meetings, exact; not to be shown as it is."""
    cells = Counter[str]()
    for each in counts:
        cells.update({code: number for code, number in each.elements.items() if number})
    return cells


def summed(counts: Sequence[Counts]) -> AtTheTable:
    """Return a year as it may be told. counts: of its meetings, in the order in which they ended."""
    told = counted(counts)
    shown, others = shown_beside(cells_of(told))
    ordered = dict(sorted(shown.items(), key=lambda pair: (-pair[1], pair[0])))
    men, women = sum(each.men for each in told), sum(each.women for each in told)
    return AtTheTable(len(told), men + women, men, women, ordered, others, len(counts) - len(told))


def sexes_shown(counts: Counts) -> bool:
    return len(shown_cells({"L": counts.men, "P": counts.women})[0]) == 2


def public_meeting(meeting: Meeting, counts: Counts, cover: Cover) -> PublicMeeting:
    held = meeting.state in HELD
    shown, _rest = shown_cells({"L": counts.men, "P": counts.women})
    adopted = [row.text for row in meeting.decisions.all() if row.accepted] if meeting.state == "signed" else []
    return PublicMeeting(
        id=meeting.id,
        title=public_title(meeting, cover),
        kind=meeting.kind,
        state=meeting.state,
        scheduled_at=meeting.scheduled_at,
        location=cover(meeting.location),
        agenda=public_agenda(meeting, cover),
        present=counts.present if held and counts.present >= SMALLEST else None,
        men=shown.get("L") if held else None,
        women=shown.get("P") if held else None,
        decisions=tuple(public_decision(text, cover) for text in adopted),
    )
