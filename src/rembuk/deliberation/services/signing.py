"""Signed minutes: the meeting becomes evidence of its stage, with its papers frozen as they are."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction

from rembuk.core.errors import BadInputError, Finding, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.law.meetings import MEETING_KINDS, RULE_SOURCES, SIGNATURES
from rembuk.core.permissions import require
from rembuk.core.workflow.links import LINKS
from rembuk.core.workflow.meeting_states import MeetingEvent
from rembuk.core.workflow.meetings import check_meeting
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import StageRecord
from rembuk.cycles.services import add_evidence
from rembuk.deliberation.facts import counts_of, facts_of, held_date, rules_of
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.services.base import locked, move, save, touched
from rembuk.deliberation.values import clean
from rembuk.shared import papers, trail
from rembuk.shared.models import Paper, StoredFile

PAPER_TITLES = {"F03": "Berita acara", "F04": "Daftar hadir", "F05": "Notulen"}


@transaction.atomic
def sign_minutes(
    *,
    meeting_id: UUID,
    minutes_number: str,
    minutes_date: date | None,
    signatures: Iterable[str],
    actor: Hat,
    at: datetime,
    signed_file: StoredFile | None = None,
) -> Meeting:
    """Record that the minutes of a closed meeting are signed; its papers go under its stages as evidence.

    signatures: keys of `core.law.meetings.SIGNATURES` seen on the paper. signed_file: the scan, if there is one.
    Whatever still makes the meeting or its decisions invalid is named, all at once, and nothing is signed.
    Repeating it after it is signed changes nothing.
    Raises: NotAllowedError, IllegalTransitionError, BadInputError (number, date), RefusedError with findings.
    Source: Permendagri 114/2014 Pasal 22, 26, 32, 48.
    """
    meeting = locked(meeting_id)
    require(actor, "deliberation.sign", meeting)
    given = sorted(set(signatures) & set(SIGNATURES))
    number = clean(minutes_number, 100)
    if meeting.state == "signed" and (meeting.minutes_number, meeting.minutes_date) == (number, minutes_date):
        return meeting
    move(meeting, MeetingEvent.SIGN)
    check_dates(meeting, number, minutes_date, at)
    meeting.signatures = given
    blocks = [finding for finding in validity(meeting) if finding.severity == "block"]
    if blocks:
        raise RefusedError("meeting-not-valid", blocks)
    with trail.acting(actor, "deliberation.sign"):
        meeting.minutes_number, meeting.minutes_date = number, minutes_date
        meeting.signed_at, meeting.signed_by, meeting.signed_file = at, actor.person_id, signed_file
        save(meeting, "state", "signatures", "minutes_number", "minutes_date", "signed_at", "signed_by", "signed_file")
        touched(meeting)
    lay_under_stages(meeting, actor, at)
    return meeting


def check_dates(meeting: Meeting, number: str, minutes_date: date | None, at: datetime) -> None:
    if MEETING_KINDS[meeting.kind].formal and not number:
        raise BadInputError("minutes-number-missing")
    if minutes_date is None:
        raise BadInputError("minutes-date-missing")
    held = held_date(meeting)
    if minutes_date > local_day(meeting.village.regency, at) or (held is not None and minutes_date < held):
        raise BadInputError("minutes-date-odd", date=minutes_date.isoformat())


def validity(meeting: Meeting) -> list[Finding]:
    """Return every finding of the meeting as it would stand signed; a formal one without notes lacks its notulen."""
    counts = counts_of([meeting])[meeting.id]
    found = check_meeting(facts_of(meeting, counts), rules_of(meeting).rules)
    if MEETING_KINDS[meeting.kind].formal and not meeting.notes.exists():
        text = "Notulen masih kosong; tulis paling sedikit satu pokok pembicaraan."
        source = RULE_SOURCES["minutes"][0]
        found.append(Finding("G04-NOTULEN", "block", text, source, str(meeting.id), LINKS["minutes"]))
    return found


def lay_under_stages(meeting: Meeting, actor: Hat, at: datetime) -> None:
    """Add minutes, attendance list and notes to the stages that this meeting proves, each once."""
    kind = MEETING_KINDS[meeting.kind]
    stages = StageRecord.objects.filter(cycle_id=meeting.cycle_id, stage__in=kind.stages)
    for stage in sorted(stages.values_list("stage", flat=True)):
        for code, title in PAPER_TITLES.items():
            if code == "F05" and not meeting.notes.exists():
                continue
            minutes = code == "F03"
            paper = frozen(meeting, code, actor)
            file = meeting.signed_file if minutes else None
            if paper is None and file is None:
                continue
            day = meeting.minutes_date if minutes else held_date(meeting)
            add_evidence(
                cycle_id=meeting.cycle_id,
                stage=stage,
                paper_code=code,
                title=f"{title} {meeting.title}",
                document_date=day,
                number=meeting.minutes_number if minutes else "",
                signed=True,
                file=file,
                paper=paper,
                actor=actor,
                at=at,
                evidence_id=uuid5(meeting.id, f"{stage}:{code}"),
            )


def frozen(meeting: Meeting, code: str, actor: Hat) -> Paper | None:
    """Return the paper as it stands now, frozen; None where no room makes this paper."""
    if all(recipe.code != code for recipe in papers.recipes()):
        return None
    return papers.freeze(
        code,
        f"meeting:{meeting.id}",
        hat=actor,
        sample=settings.DEMO or settings.TRAINING,
        number=meeting.minutes_number if code == "F03" else "",
        paper_date=meeting.minutes_date if code == "F03" else held_date(meeting),
    )
