"""The forums that a person facilitated in some days: what their monthly report tells of them."""

from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from rembuk.core.guidance.forum_states import AFTER, COUNTED
from rembuk.core.guidance.monthly_figures import ForumLine
from rembuk.deliberation.models import Meeting
from rembuk.guidance.facilitation.models import Guide
from rembuk.guidance.facilitation.queries.records import Seen, records_of
from rembuk.regions.models import Regency


def forums_of_person(person_id: UUID, days: tuple[date, date]) -> tuple[ForumLine, ...]:
    """Return the forums of these days that took place with the person in their team. Six queries at most."""
    rows = Guide.objects.filter(person_id=person_id, day__range=days)
    guides = list(
        rows.select_related("facilitation__village__district", "facilitation__village__regency").order_by("day", "id")
    )
    seen = records_of([guide.facilitation for guide in guides]) if guides else {}
    lines = [line_of(guide, seen[guide.facilitation_id]) for guide in guides]
    return tuple(line for line in lines if line is not None)


def line_of(guide: Guide, seen: Seen) -> ForumLine | None:
    """Return a forum as the report tells it; None while its meeting has not been held."""
    if guide.day is None or seen.state not in (*AFTER, *COUNTED):
        return None
    village = seen.forum.village
    return ForumLine(
        key=str(seen.forum.pk),
        day=guide.day,
        time=begun_at(seen.meeting, village.regency),
        village=village.name,
        district=village.district.name,
        position=guide.position,
        state=seen.state.value,
        minutes=minutes_of(seen.meeting),
        counted=seen.counted,
    )


def begun_at(meeting: Meeting | None, regency: Regency) -> str:
    if meeting is None or meeting.started_at is None:
        return ""
    return f"{meeting.started_at.astimezone(ZoneInfo(regency.time_zone)):%H.%M}"


def minutes_of(meeting: Meeting | None) -> int | None:
    if meeting is None or meeting.started_at is None or meeting.ended_at is None:
        return None
    return int((meeting.ended_at - meeting.started_at).total_seconds() // 60)
