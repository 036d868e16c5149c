"""What a meeting decided outside its own room, written into its minutes: the choice of what will be built."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.deliberation.models import Decision, Meeting
from rembuk.deliberation.services.base import demand, locked, touched
from rembuk.deliberation.services.recording import LONGEST_TEXT, RUNNING, paragraph
from rembuk.shared import trail

CHOICE = "allocation"
"""Key of the section in `Meeting.minutes`; ``decision`` in it is the key of the numbered decision."""


@transaction.atomic
def record_choice(*, meeting_id: UUID, decision: str, paragraphs: Sequence[str], actor: Hat, at: datetime) -> Decision:
    """Write the meeting's choice into its minutes: a section of their own and one numbered decision.

    A later choice of the same meeting takes the place of the earlier one and keeps its number; the same words again
    change nothing. Raises: NotAllowedError, BadInputError (no decision, too long), RefusedError (not open, signed).
    """
    meeting = locked(meeting_id)
    require(actor, "deliberation.record_choice", meeting)
    if meeting.state == "signed":
        raise RefusedError("minutes-signed")
    demand(meeting, RUNNING)
    words, text = paragraph(decision), section_text(paragraphs)
    if not words:
        raise BadInputError("decision-empty")
    known = meeting.minutes.get(CHOICE, {})
    row = meeting.decisions.filter(pk=known["decision"]).first() if known.get("decision") else None
    if row is not None and (row.text, known["text"]) == (words, text):
        return row
    with trail.acting(actor, "deliberation.record_choice"):
        row = stored_decision(meeting, row, words)
        write_section(meeting, CHOICE, text, decision=str(row.pk))
        touched(meeting)
    return row


def section_text(paragraphs: Sequence[str]) -> str:
    """Return the paragraphs as one text, each on its own line. Raises: BadInputError when it is too long."""
    text = "\n".join(line for line in (" ".join(part.replace("\x00", " ").split()) for part in paragraphs) if line)
    if len(text) > LONGEST_TEXT:
        raise BadInputError("minutes-too-long", count=len(text), limit=LONGEST_TEXT)
    return text


def stored_decision(meeting: Meeting, row: Decision | None, words: str) -> Decision:
    if row is None:
        last = meeting.decisions.aggregate(last=Max("number"))["last"] or 0
        return Decision.objects.create(id=uuid4(), meeting=meeting, number=last + 1, text=words)
    if row.text != words:
        row.text = words
        row.save(update_fields=["text"])
    return row


def write_section(meeting: Meeting, section: str, text: str, **more: Any) -> None:
    """Store a section that the program writes; its version goes up, that of the meeting stays."""
    version = int(meeting.minutes.get(section, {}).get("version", 0)) + 1
    meeting.minutes = {**meeting.minutes, section: {"text": text, "version": version, **more}}
    meeting.save(update_fields=["minutes", "changed_at"])
