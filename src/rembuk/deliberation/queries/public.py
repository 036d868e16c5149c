"""What anybody may know of a village's meetings: when, where, what about, how many came; never who."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rembuk.core.workflow.privacy import SMALLEST, shown_cells
from rembuk.deliberation.facts import Counts, counts_of
from rembuk.deliberation.models import Meeting


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


def public_meetings(village_id: str, budget_year: int | None = None) -> list[PublicMeeting]:
    """Return the meetings of a village that people were called to, newest first. Six queries, however many.

    One that is only planned is not public yet; one that was called off stays so that nobody comes in vain.
    """
    rows = Meeting.objects.filter(village_id=village_id).exclude(state="planned").prefetch_related("decisions")
    if budget_year is not None:
        rows = rows.filter(cycle__budget_year=budget_year)
    meetings = list(rows.order_by("-scheduled_at", "id"))
    counts = counts_of(meetings)
    return [public_meeting(meeting, counts[meeting.id]) for meeting in meetings]


def public_meeting(meeting: Meeting, counts: Counts) -> PublicMeeting:
    held = meeting.state in ("closed", "signed")
    shown, _rest = shown_cells({"L": counts.men, "P": counts.women})
    adopted = [row.text for row in meeting.decisions.all() if row.accepted] if meeting.state == "signed" else []
    return PublicMeeting(
        id=meeting.id,
        title=meeting.title,
        kind=meeting.kind,
        state=meeting.state,
        scheduled_at=meeting.scheduled_at,
        location=meeting.location,
        agenda=tuple(meeting.agenda),
        present=counts.present if held and counts.present >= SMALLEST else None,
        men=shown.get("L") if held else None,
        women=shown.get("P") if held else None,
        decisions=tuple(adopted),
    )
