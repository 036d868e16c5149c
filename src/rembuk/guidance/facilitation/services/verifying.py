"""Evidence verified by somebody outside the team: only then the forum counts as held; and its closing."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import RefusedError
from rembuk.core.guidance.facilitation import evidence_digest, evidence_missing, phase_missing
from rembuk.core.guidance.forum_checklists import checklist
from rembuk.core.guidance.forum_states import COUNTED, ForumEvent
from rembuk.core.hat import Hat
from rembuk.guidance.facilitation.facts import facts_of
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.facilitation.queries import answers_of, seen_of
from rembuk.guidance.facilitation.services.base import follow, locked, move, save
from rembuk.shared import trail


@transaction.atomic
def verify_forum(*, forum_id: UUID, actor: Hat, at: datetime) -> Facilitation:
    """Verify the evidence: signed minutes, attendance, two photos, notulen; by nobody of the team.

    Once verified it can be verified again when what it rests on has changed; otherwise repeating changes nothing.
    Raises: NotAllowedError (of the team), IllegalTransitionError, RefusedError with every missing piece.
    """
    forum = locked(forum_id, "verify", actor)
    seen, _columns = follow(forum)
    missing = evidence_missing(seen.record)
    if missing or seen.record is None:
        raise RefusedError("forum-evidence-missing", missing, count=len(missing))
    digest = evidence_digest(seen.record)
    if forum.state in COUNTED:
        if forum.verified_digest == digest:
            return forum
    else:
        move(forum, ForumEvent.VERIFY)
    with trail.acting(actor, "facilitation.verify"):
        forum.verified_by, forum.verified_at, forum.verified_digest = actor.person_id, at, digest
        save(forum, "state", "meeting", "verified_by", "verified_at", "verified_digest")
    return forum


@transaction.atomic
def close_forum(*, forum_id: UUID, actor: Hat, at: datetime) -> Facilitation:
    """Close a verified forum once the must-have items of the session and of what follows it are done.

    Raises: NotAllowedError, IllegalTransitionError, RefusedError with every open item.
    """
    forum = locked(forum_id, "close", actor)
    move(forum, ForumEvent.CLOSE)
    version, facts, answers = checklist(forum.checklist), facts_of(seen_of(forum)), answers_of(forum.pk)
    missing = [
        *phase_missing(version, "during", facts, answers),
        *phase_missing(version, "after", facts, answers),
    ]
    if missing:
        raise RefusedError("forum-not-finished", missing, count=len(missing))
    with trail.acting(actor, "facilitation.close"):
        forum.closed_at = at
        save(forum, "state", "closed_at")
    return forum
