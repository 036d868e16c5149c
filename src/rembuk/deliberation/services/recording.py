"""What was said and agreed: notes, decisions, the text of the minutes, photos."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.workflow.meetings import Vote, vote_carries
from rembuk.deliberation.facts import counts_of, rules_of
from rembuk.deliberation.models import Decision, Meeting, MeetingPhoto, SpokenNote
from rembuk.deliberation.services.base import demand, locked, touched
from rembuk.deliberation.values import ALL_ELEMENTS, SECTIONS, NoteValues, clean
from rembuk.shared import files, trail

RUNNING = frozenset({"running", "adjourned", "closed"})
LONGEST_TEXT = 20_000
LONGEST_NOTE = 4_000
MOST_PHOTOS = 20
NOTE_FIELDS = ("agenda_point", "speaker", "sex", "element", "point", "response", "conclusion")


def opened(meeting_id: UUID, act: str, actor: Hat) -> Meeting:
    meeting = locked(meeting_id)
    require(actor, act, meeting)
    demand(meeting, RUNNING)
    return meeting


@transaction.atomic
def add_note(
    *, meeting_id: UUID, values: NoteValues, actor: Hat, at: datetime, note_id: UUID | None = None
) -> SpokenNote:
    """Add one contribution to the notes, after those before it. The same key again changes nothing.

    Raises: NotAllowedError, BadInputError (nothing said), RefusedError (meeting not open, key taken).
    """
    meeting = opened(meeting_id, "deliberation.notes", actor)
    row = SpokenNote(id=note_id or uuid4(), meeting=meeting)
    fill_note(row, values)
    if (known := SpokenNote.objects.filter(pk=row.pk).first()) is not None:
        if known.meeting_id != meeting.id or note_shape(known) != note_shape(row):
            raise RefusedError("note-key-taken")
        return known
    row.order = (meeting.notes.aggregate(last=Max("order"))["last"] or 0) + 1
    with trail.acting(actor, "deliberation.notes"):
        row.save(force_insert=True)
        touched(meeting)
    return row


@transaction.atomic
def edit_note(
    *, note_id: UUID, values: NoteValues, actor: Hat, at: datetime, seen: tuple[object, ...] | None = None
) -> SpokenNote:
    """Mend one line of the notes. Raises: NotAllowedError, BadInputError, RefusedError, StaleError."""
    meeting = opened(SpokenNote.objects.get(pk=note_id).meeting_id, "deliberation.notes", actor)
    row = SpokenNote.objects.select_for_update().get(pk=note_id)
    if seen is not None and tuple(seen) != note_shape(row):
        raise StaleError("stale")
    fill_note(row, values)
    with trail.acting(actor, "deliberation.notes"):
        row.save(update_fields=list(NOTE_FIELDS))
        touched(meeting)
    return row


@transaction.atomic
def remove_note(*, note_id: UUID, actor: Hat, at: datetime) -> None:
    """Take a line off the notes; the trail keeps it. Raises: NotAllowedError, RefusedError."""
    row = SpokenNote.objects.get(pk=note_id)
    meeting = opened(row.meeting_id, "deliberation.notes", actor)
    with trail.acting(actor, "deliberation.notes"):
        row.delete()
        touched(meeting)


def note_shape(row: SpokenNote) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in NOTE_FIELDS)


def fill_note(row: SpokenNote, values: NoteValues) -> None:
    point = paragraph(values.point)
    if not point:
        raise BadInputError("note-empty")
    if values.element and values.element not in ALL_ELEMENTS:
        raise BadInputError("meeting-element", element=values.element)
    row.point, row.agenda_point = point, clean(values.agenda_point, 200)
    row.speaker, row.element = clean(values.speaker, 150), values.element
    row.sex = values.sex if values.sex in ("L", "P") else ""
    row.response, row.conclusion = paragraph(values.response), paragraph(values.conclusion)


def paragraph(text: str) -> str:
    """Return a text of several lines as it is stored: one kind of line end, nothing unreadable, not too long."""
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\x1f", " ").strip()[:LONGEST_NOTE]


@transaction.atomic
def decide(
    *,
    meeting_id: UUID,
    text: str,
    actor: Hat,
    at: datetime,
    votes: tuple[int, int, int] | None = None,
    decision_id: UUID | None = None,
) -> Decision:
    """Record the next numbered decision: by consensus, or by a counted vote (in favour, against, abstaining).

    A vote carries with more than the set share (half) of those present with a vote; one that does not carry is
    recorded as not accepted. The same key with the same text changes nothing.
    Raises: NotAllowedError, BadInputError (no text, more votes than voters), RefusedError.
    """
    meeting = opened(meeting_id, "deliberation.decide", actor)
    text = paragraph(text)
    if not text:
        raise BadInputError("decision-empty")
    if decision_id is not None and (known := Decision.objects.filter(pk=decision_id).first()) is not None:
        counts = (known.votes_for, known.votes_against, known.votes_abstain) if known.method == "vote" else None
        if (known.meeting_id, known.text, counts) != (meeting.id, text, votes):
            raise RefusedError("decision-key-taken")
        return known
    row = Decision(id=decision_id or uuid4(), meeting=meeting, text=text)
    if votes is not None:
        count_vote(row, meeting, votes)
    row.number = (meeting.decisions.aggregate(last=Max("number"))["last"] or 0) + 1
    with trail.acting(actor, "deliberation.decide"):
        row.save(force_insert=True)
        touched(meeting)
    return row


def count_vote(row: Decision, meeting: Meeting, votes: tuple[int, int, int]) -> None:
    voters = counts_of([meeting])[meeting.id].voters
    try:
        row.accepted = vote_carries(Vote(*votes, voters), rules_of(meeting).rules)
    except ValueError as error:
        raise BadInputError("votes-do-not-fit", votes=sum(votes), voters=voters) from error
    row.method, row.voters = Decision.Method.VOTE, voters
    row.votes_for, row.votes_against, row.votes_abstain = votes


@transaction.atomic
def remove_decision(*, decision_id: UUID, actor: Hat, at: datetime) -> None:
    """Take a wrongly recorded decision off; the later ones move up. Raises: NotAllowedError, RefusedError."""
    row = Decision.objects.get(pk=decision_id)
    meeting = opened(row.meeting_id, "deliberation.decide", actor)
    with trail.acting(actor, "deliberation.decide"):
        row.delete()
        for later in meeting.decisions.filter(number__gt=row.number).order_by("number"):
            later.number -= 1
            later.save(update_fields=["number"])
        touched(meeting)


@transaction.atomic
def save_section(
    *, meeting_id: UUID, section: str, text: str, based_on: int, actor: Hat, at: datetime
) -> tuple[int, str]:
    """Store one text section of the minutes; returns its version and text.

    based_on: the version of the section that the writer saw (0: none). The same text again changes nothing, so a
    repeated autosave is harmless; another text on an older version is refused with what stands there now.
    Raises: NotAllowedError, BadInputError (unknown section, too long), RefusedError, StaleError.
    """
    meeting = opened(meeting_id, "deliberation.minutes", actor)
    text = text.replace("\x00", "").replace("\r\n", "\n").strip()
    if section not in SECTIONS:
        raise BadInputError("minutes-section", section=section)
    if len(text) > LONGEST_TEXT:
        raise BadInputError("minutes-too-long", count=len(text), limit=LONGEST_TEXT)
    now = meeting.minutes.get(section, {"text": "", "version": 0})
    if now["text"] == text:
        return int(now["version"]), text
    if now["version"] != based_on:
        raise StaleError("minutes-stale", text=now["text"], version=now["version"])
    version = int(now["version"]) + 1
    with trail.acting(actor, "deliberation.minutes"):
        meeting.minutes = {**meeting.minutes, section: {"text": text, "version": version}}
        # Only the section's own version counts here: writing minutes must not disturb who edits the plan.
        meeting.save(update_fields=["minutes", "changed_at"])
        touched(meeting)
    return version, text


@transaction.atomic
def add_photo(
    *, meeting_id: UUID, source: files.Upload | bytes, name: str, actor: Hat, at: datetime, caption: str = ""
) -> MeetingPhoto:
    """Keep a photo of the meeting as evidence; the same photo again adds nothing.

    Raises: NotAllowedError, BadInputError (no picture, broken, too large), RefusedError (too many, not held).
    """
    meeting = locked(meeting_id)
    require(actor, "deliberation.photo", meeting)
    demand(meeting, RUNNING | {"signed"})
    if files.kind_of(data := files.take(source)) not in files.PICTURES:
        raise BadInputError("meeting-photo-bad", name=name[:80])
    if meeting.photos.count() >= MOST_PHOTOS:
        raise RefusedError("meeting-photo-limit", limit=MOST_PHOTOS)
    stored = files.store(data, name=name, village_id=meeting.village_id, hat=actor)
    if (known := meeting.photos.filter(file=stored).first()) is not None:
        return known
    with trail.acting(actor, "deliberation.photo"):
        return MeetingPhoto.objects.create(meeting=meeting, file=stored, caption=clean(caption, 200))


@transaction.atomic
def remove_photo(*, photo_id: UUID, actor: Hat, at: datetime) -> None:
    """Take a photo off the meeting until its minutes are signed. Raises: NotAllowedError, RefusedError."""
    photo = MeetingPhoto.objects.get(pk=photo_id)
    meeting = opened(photo.meeting_id, "deliberation.photo", actor)
    with trail.acting(actor, "deliberation.photo"):
        photo.delete()
        touched(meeting)
