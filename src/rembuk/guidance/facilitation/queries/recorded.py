"""What was recorded at a forum: answers, turns, tools, focus groups, reactions; and who is bound where on a day."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Sum

from rembuk.core.guidance.facilitation import Answered, drawn
from rembuk.deliberation.models import Attendance, Meeting
from rembuk.guidance.facilitation.models import Answer, FocusGroup, Guide, Reaction, ToolUse, Turn


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
