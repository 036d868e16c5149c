"""A forum follows its meeting's own record; nothing of it is typed here."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.guidance.forum_states import ForumState
from rembuk.core.hat import Hat, command_hat
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.facilitation.services.base import follow, locked, save
from rembuk.shared import trail

FOLLOWING = (
    ForumState.READY,
    ForumState.IN_SESSION,
    ForumState.ADJOURNED,
    ForumState.HELD,
    ForumState.MINUTES_DRAFT,
)
"""States that the record of the meeting moves on from."""


@transaction.atomic
def follow_meeting(*, forum_id: UUID, actor: Hat, at: datetime) -> Facilitation:
    """Store where the meeting's record has led the forum. Without news it changes nothing.

    Raises: NotAllowedError, RefusedError once it is closed.
    """
    forum = locked(forum_id, "fill", actor)
    store(forum, actor)
    return forum


def store(forum: Facilitation, actor: Hat) -> bool:
    """Write where the record of the meeting has led a locked forum; return whether there was news."""
    _seen, columns = follow(forum)
    if columns:
        with trail.acting(actor, "facilitation.follow"):
            save(forum, *columns)
    return bool(columns)


def follow_open_forums(today: date) -> int:
    """Store once a day where meetings have led their forums. Returns how many moved."""
    rows = Facilitation.objects.filter(state__in=[state.value for state in FOLLOWING], day__lte=today)
    return sum(follow_one(key) for key in rows.order_by("id").values_list("pk", flat=True))


@transaction.atomic
def follow_one(forum_id: UUID) -> bool:
    rows = Facilitation.objects.select_for_update(of=("self",)).select_related("village__regency", "cycle")
    forum = rows.get(pk=forum_id)
    return store(forum, command_hat("pekerjaan harian", forum.village.regency_id))
