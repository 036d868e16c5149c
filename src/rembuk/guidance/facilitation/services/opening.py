"""Asking for a forum to be facilitated: of one village, or of every village of a year at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.guidance.forum_checklists import checklist_on
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.shared import trail

MOST = 2_000


@dataclass(frozen=True, slots=True)
class Requested:
    """opened: forums made now; known: those that were there already."""

    opened: tuple[Facilitation, ...]
    known: tuple[Facilitation, ...]


def request_forum(*, cycle_id: UUID, actor: Hat, at: datetime) -> Facilitation:
    """Ask for the Musrenbang of one cycle to be facilitated; asking again returns the same forum.

    Raises: NotAllowedError, RefusedError (cycle closed), BadInputError (not a yearly cycle).
    """
    asked = request_forums(cycle_ids=[cycle_id], actor=actor, at=at)
    return (asked.opened + asked.known)[0]


@transaction.atomic
def request_forums(*, cycle_ids: Sequence[UUID], actor: Hat, at: datetime) -> Requested:
    """Ask for the Musrenbang of each of these yearly cycles; those already asked for are left as they are.

    All or nothing. Raises: NotAllowedError, RefusedError (a cycle is closed), BadInputError (unknown, not yearly, too
    many).
    """
    wanted = list(dict.fromkeys(cycle_ids))
    if not wanted or len(wanted) > MOST:
        raise BadInputError("forum-cycles-count", count=len(wanted), limit=MOST)
    rows = Cycle.objects.filter(pk__in=wanted).select_related("village__district", "village__regency")
    cycles = {cycle.pk: cycle for cycle in rows}
    if len(cycles) != len(wanted):
        raise BadInputError("forum-cycle-unknown")
    for cycle in cycles.values():
        require(actor, "facilitation.request", cycle)
    known = {row.cycle_id: row for row in Facilitation.objects.filter(cycle_id__in=wanted).order_by("id")}
    fresh = [cycles[key] for key in wanted if key not in known]
    if closed := [cycle.village.name for cycle in fresh if cycle.closed_at is not None]:
        raise RefusedError("forum-cycle-closed", villages=", ".join(sorted(closed)[:5]))
    made = [forum_of(cycle, actor, at) for cycle in fresh]
    with trail.acting(actor, "facilitation.request"):
        Facilitation.objects.bulk_create(made)
    return Requested(tuple(made), tuple(known[key] for key in wanted if key in known))


def forum_of(cycle: Cycle, actor: Hat, at: datetime) -> Facilitation:
    """Return the new forum of a cycle, in memory; its key follows from the cycle's."""
    return Facilitation(
        id=uuid5(cycle.pk, "facilitation"),
        village=cycle.village,
        cycle=cycle,
        checklist=checklist_on(local_day(cycle.village.regency, at)).version,
        requested_by=actor.person_id,
        requested_at=at,
    )
