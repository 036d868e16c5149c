"""What every act on a meeting shares: the lock, the state table, the version, the word to the gates."""

from collections.abc import Iterable
from uuid import UUID

from rembuk.core.errors import RefusedError, StaleError
from rembuk.core.law.meetings import MEETING_KINDS
from rembuk.core.workflow.meeting_states import MeetingEvent, MeetingState, next_state
from rembuk.cycles.services import evidence_changed
from rembuk.deliberation import holds
from rembuk.deliberation.models import Meeting

LIVE = frozenset({"invited", "running", "adjourned", "closed"})
"""States in which what happens in the hall is written down."""


def locked(meeting_id: UUID) -> Meeting:
    """Return the meeting with its places, locked until the transaction ends.

    Raises: Meeting.DoesNotExist, RefusedError while its records are in a hall.
    """
    rows = Meeting.objects.select_for_update(of=("self",))
    meeting = rows.select_related("village__district", "village__regency", "cycle", "hamlet").get(pk=meeting_id)
    holds.check(meeting_id)
    return meeting


def move(meeting: Meeting, event: MeetingEvent) -> None:
    """Move the meeting in memory by the table of states. Raises: IllegalTransitionError."""
    meeting.state = next_state(MeetingState(meeting.state), event).value


def save(meeting: Meeting, *columns: str) -> None:
    """Write these columns and raise the version."""
    meeting.version += 1
    meeting.save(update_fields=[*columns, "version", "changed_at"])


def demand(meeting: Meeting, states: Iterable[str]) -> None:
    """Refuse unless the meeting is in one of *states*. Raises: RefusedError."""
    if meeting.state not in states:
        raise RefusedError("meeting-state", state=meeting.state)


def fresh(meeting: Meeting, version: int | None) -> None:
    """Refuse a write that rests on an older version. Raises: StaleError."""
    if version is not None and version != meeting.version:
        raise StaleError("stale", seen=version, now=meeting.version)


def touched(meeting: Meeting) -> None:
    """Tell the stages that rest on this meeting that it changed. At most one query."""
    if stages := MEETING_KINDS[meeting.kind].stages:
        evidence_changed(meeting.cycle_id, stages)
