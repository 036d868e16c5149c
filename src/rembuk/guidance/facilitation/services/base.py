"""What every act on a forum shares: the lock, the state table, the version."""

from uuid import UUID

from rembuk.core.errors import RefusedError, StaleError
from rembuk.core.guidance.facilitation import caught_up
from rembuk.core.guidance.forum_states import ForumEvent, ForumState, next_state
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.facilitation.queries import Seen, seen_of


def locked(forum_id: UUID, act: str, actor: Hat) -> Facilitation:
    """Return the forum with its places, locked until the transaction ends.

    Raises: Facilitation.DoesNotExist, RefusedError once it is closed, NotAllowedError.
    """
    rows = Facilitation.objects.select_for_update(of=("self",))
    forum = rows.select_related("village__district", "village__regency", "cycle").get(pk=forum_id)
    if forum.closed:
        raise RefusedError("forum-closed")
    require(actor, f"facilitation.{act}", forum)
    return forum


def move(forum: Facilitation, event: ForumEvent) -> None:
    """Move the forum in memory by the table of states. Raises: IllegalTransitionError."""
    forum.state = next_state(ForumState(forum.state), event).value


def save(forum: Facilitation, *columns: str) -> None:
    """Write these columns and raise the version."""
    forum.version += 1
    forum.save(update_fields=[*columns, "version", "changed_at"])


def fresh(forum: Facilitation, version: int | None) -> None:
    """Refuse a write that rests on an older version. Raises: StaleError."""
    if version is not None and version != forum.version:
        raise StaleError("stale", seen=version, now=forum.version)


def follow(forum: Facilitation) -> tuple[Seen, list[str]]:
    """Bring the forum in memory to where its meeting's record has led; returns what is seen and the columns to write.

    The meeting is tied once the forum has begun: from then on it is the one that proves it. Five queries.
    """
    seen = seen_of(forum)
    state, path = caught_up(ForumState(forum.state), seen.record)
    columns = []
    if path:
        forum.state = state.value
        columns.append("state")
    if path and seen.meeting is not None and forum.meeting_id != seen.meeting.pk:
        forum.meeting = seen.meeting
        columns.append("meeting")
    return seen, columns
