"""What was said and agreed: notes, decisions, sections of the minutes."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from rembuk.core.errors import BadInputError
from rembuk.deliberation import services
from rembuk.deliberation.models import Decision, Meeting, SpokenNote
from rembuk.deliberation.values import NoteValues
from rembuk.offline.services.appliers.base import Applier, Job, meeting_key, while_open

NOTE_FIELDS = ("agenda_point", "speaker", "sex", "element", "point", "response", "conclusion")


def note(job: Job) -> UUID:
    values = NoteValues(**{name: job[name] for name in NOTE_FIELDS})

    def act(key: UUID) -> UUID:
        return services.add_note(meeting_id=key, values=values, actor=job.hat, at=job.at, note_id=job.key).pk

    return while_open(job, act)  # type: ignore[no-any-return]


def note_now(job: Job) -> Mapping[str, Any] | None:
    row = SpokenNote.objects.filter(pk=job.key).first()
    return {name: getattr(row, name) for name in NOTE_FIELDS} if row is not None else None


def decide(job: Job) -> UUID:
    votes = tuple(job["votes"]) or None
    if votes is not None and len(votes) != 3:
        raise BadInputError("offline-values")

    def act(key: UUID) -> UUID:
        return services.decide(
            meeting_id=key, text=job["text"], votes=votes, actor=job.hat, at=job.at, decision_id=job.key
        ).pk

    return while_open(job, act)  # type: ignore[no-any-return]


def decision_now(job: Job) -> Mapping[str, Any] | None:
    row = Decision.objects.filter(pk=job.key).first()
    return {"text": row.text} if row is not None else None


def minutes(job: Job) -> UUID:
    """Store a section of the minutes; a version written meanwhile is a person's decision."""

    def act(key: UUID) -> UUID:
        base = section_of(Meeting.objects.get(pk=key), job["section"])[1] if job.force else job["base"] or 0
        services.save_section(
            meeting_id=key, section=job["section"], text=job["text"], based_on=base, actor=job.hat, at=job.at
        )
        return key

    return while_open(job, act)  # type: ignore[no-any-return]


def section_of(meeting: Meeting, section: str) -> tuple[str, int]:
    stored = meeting.minutes.get(section, {"text": "", "version": 0})
    return stored["text"], int(stored["version"])


def minutes_now(job: Job) -> Mapping[str, Any] | None:
    text, version = section_of(Meeting.objects.get(pk=meeting_key(job)), job["section"])
    return {"text": text} if version else None


NOTE = Applier(note, note_now)
DECISION = Applier(decide, decision_now)
MINUTES = Applier(minutes, minutes_now)
