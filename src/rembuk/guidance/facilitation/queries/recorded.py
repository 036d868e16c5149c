"""What was recorded at a forum: answers, turns, tools, focus groups, reactions; and who is bound where on a day."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import CharField, Sum
from django.db.models.functions import Cast

from rembuk.core.guidance.facilitation import Answered, drawn
from rembuk.core.hat import Place
from rembuk.deliberation.models import Attendance, Meeting
from rembuk.deliberation.queries import HELD, Voices, held_voices
from rembuk.guidance.facilitation.models import Answer, FocusGroup, Guide, Reaction, ToolUse, Turn
from rembuk.regions.queries import place_q


def newest_answers(forum_id: UUID) -> dict[str, Answer]:
    """Return code -> the answer that holds: the newest by the device's clock, then by arrival. One query."""
    rows = Answer.objects.filter(facilitation_id=forum_id).order_by("captured_at", "received_at", "id")
    return {row.code: row for row in rows}


def answers_of(forum_id: UUID) -> dict[str, Answered]:
    """Return the same as the core asks for it. One query."""
    return {code: Answered(row.value, row.note) for code, row in newest_answers(forum_id).items()}


def turns_of(forum_id: UUID) -> dict[str, int]:
    """Return L and P -> how often men and women spoke by the tally. One query."""
    rows = Turn.objects.filter(facilitation_id=forum_id, struck_at__isnull=True).order_by()
    found = dict(rows.values_list("sex").annotate(n=Sum("count")))
    return {"L": found.get("L", 0), "P": found.get("P", 0)}


def turns_of_meetings(meetings: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """Return meeting -> L and P -> how often they spoke so far, where it is facilitated and tallied. One query."""
    rows = Turn.objects.filter(facilitation__meeting__in=meetings, struck_at__isnull=True).order_by()
    found: dict[UUID, dict[str, int]] = {}
    for meeting, sex, number in rows.values_list("facilitation__meeting_id", "sex").annotate(n=Sum("count")):
        found.setdefault(meeting, {"L": 0, "P": 0})[sex] = number
    return found


def spoken_by_year(place: Place, years: Sequence[int]) -> dict[tuple[str, int], Voices]:
    """Return (village, budget year) -> turns to speak in its held meetings, at or below *place*. Two queries.

    By sex a meeting counts as its guide tallied it, else as its notulen names the speakers; by element as the notulen.
    """
    meeting = "facilitation__meeting"
    rows = Turn.objects.filter(
        place_q(place, f"{meeting}__village"), struck_at__isnull=True, **{f"{meeting}__state__in": HELD}
    ).filter(**{f"{meeting}__cycle__budget_year__in": years})
    rows = rows.annotate(key=Cast(f"{meeting}_id", CharField(max_length=36)))
    keys = (f"{meeting}__village_id", f"{meeting}__cycle__budget_year", "key", "sex")
    sexes: dict[tuple[str, int], dict[str, Mapping[str, int]]] = {}
    elements: dict[tuple[str, int], Counter[str]] = {}
    noted = held_voices(place, years)
    for key, by_meeting in noted.items():
        sexes[key] = {held: heard.sexes for held, heard in by_meeting.items()}
        elements[key] = added(heard.elements for heard in by_meeting.values())
    tallied: dict[tuple[str, int], dict[str, Counter[str]]] = {}
    for village, year, held, sex, number in rows.order_by().values_list(*keys).annotate(n=Sum("count")):
        tallied.setdefault((village, year), {}).setdefault(held, Counter())[sex] += number
    for key, by_tally in tallied.items():
        sexes[key] = {**sexes.get(key, {}), **by_tally}
    return {key: Voices(added(mine.values()), elements.get(key, {})) for key, mine in sexes.items()}


def added(counts: Iterable[Mapping[str, int]]) -> Counter[str]:
    found = Counter[str]()
    for each in counts:
        found.update(each)
    return found


def tools_of(forum_id: UUID) -> list[ToolUse]:
    """Return the tools that were used, in order of time, with photo and proposal. One query."""
    rows = ToolUse.objects.filter(facilitation_id=forum_id).select_related("photo", "proposal")
    return list(rows.order_by("captured_at", "id"))


def groups_of(forum_id: UUID) -> list[FocusGroup]:
    """Return the focus groups by day. One query."""
    return list(FocusGroup.objects.filter(facilitation_id=forum_id).order_by("day", "captured_at", "id"))


def reactions_of(forum_id: UUID) -> list[Reaction]:
    """Return the short forms as they came in. One query."""
    return list(Reaction.objects.filter(facilitation_id=forum_id).order_by("received_at", "id"))


def drawn_attendees(meeting: Meeting) -> list[str]:
    """Return the names of five of those present, drawn by the meeting's key: the same for all who ask. One query."""
    rows = Attendance.objects.filter(meeting=meeting, signed=True).order_by("id")
    names = {str(key): name for key, name in rows.values_list("id", "name")}
    return [names[key] for key in drawn(list(names), str(meeting.pk))]


def guides_on(days: Iterable[date]) -> Mapping[tuple[UUID, date], Guide]:
    """Return (person, day) -> where that person guides a forum. One query."""
    rows = Guide.objects.filter(day__in=set(days), person__isnull=False)
    found = rows.select_related("facilitation__village").order_by("day", "id")
    return {(row.person_id, row.day): row for row in found if row.person_id is not None and row.day is not None}
