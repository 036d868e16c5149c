"""The course of a meeting: opened, adjourned for want of quorum, resumed, closed, opened again."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.law.meetings import MEETING_KINDS
from rembuk.core.permissions import require
from rembuk.core.workflow.meeting_states import MeetingEvent
from rembuk.cycles.calendar import local_day
from rembuk.deliberation.facts import rules_of
from rembuk.deliberation.models import Adjournment, Meeting
from rembuk.deliberation.services.base import locked, move, save, touched
from rembuk.deliberation.values import clean
from rembuk.proposals.services import discuss_proposals
from rembuk.shared import trail


@transaction.atomic
def start_meeting(*, meeting_id: UUID, actor: Hat, at: datetime, started_at: datetime | None = None) -> Meeting:
    """Open a meeting. started_at: when it was opened, where that is written down later from paper.

    A meeting of a hamlet or group may be opened without an invitation on record.
    Raises: NotAllowedError, IllegalTransitionError, BadInputError (a moment to come).
    """
    meeting = locked(meeting_id)
    require(actor, "deliberation.start", meeting)
    moment = past(started_at, at)
    if meeting.state == "planned" and not MEETING_KINDS[meeting.kind].formal:
        move(meeting, MeetingEvent.INVITE)
    move(meeting, MeetingEvent.OPEN)
    with trail.acting(actor, "deliberation.start"):
        meeting.started_at = moment
        save(meeting, "state", "started_at")
        touched(meeting)
    return meeting


def past(moment: datetime | None, at: datetime) -> datetime:
    """Return *moment*, or *at* without one. Raises: BadInputError for a moment to come or without a time zone."""
    if moment is None:
        return at
    if moment.tzinfo is None or moment > at:
        raise BadInputError("meeting-time-in-future")
    return moment


@transaction.atomic
def adjourn_meeting(
    *,
    meeting_id: UUID,
    until: datetime,
    reason: str,
    actor: Hat,
    at: datetime,
    adjourned_at: datetime | None = None,
) -> Adjournment:
    """Put a running meeting off: for some hours of the same day, or to a new day for a second session.

    How many hours and days is in the village's house rules (usually three and three).
    Raises: NotAllowedError, IllegalTransitionError, BadInputError (no reason), RefusedError (too long).
    """
    meeting = locked(meeting_id)
    require(actor, "deliberation.adjourn", meeting)
    moment, reason = past(adjourned_at, at), clean(reason, 300)
    if not reason:
        raise BadInputError("meeting-reason-missing")
    check_until(meeting, moment, until)
    move(meeting, MeetingEvent.ADJOURN)
    with trail.acting(actor, "deliberation.adjourn"):
        row = Adjournment.objects.create(meeting=meeting, at=moment, until=until, reason=reason)
        save(meeting, "state")
        touched(meeting)
    return row


def check_until(meeting: Meeting, moment: datetime, until: datetime) -> None:
    rules = rules_of(meeting).rules
    regency = meeting.village.regency
    if until.tzinfo is None or until <= moment:
        raise BadInputError("adjourn-until")
    days = (local_day(regency, until) - local_day(regency, moment)).days
    if days == 0 and until - moment > timedelta(hours=rules.adjourn_hours):
        raise RefusedError("adjourn-hours", hours=rules.adjourn_hours)
    if days > rules.retry_days:
        raise RefusedError("adjourn-days", days=rules.retry_days)


@transaction.atomic
def resume_meeting(*, meeting_id: UUID, actor: Hat, at: datetime, resumed_at: datetime | None = None) -> Meeting:
    """Go on with an adjourned meeting; on a new day it is a second session, judged by its own rule.

    Raises: NotAllowedError, IllegalTransitionError, RefusedError (before the new day).
    """
    meeting = locked(meeting_id)
    require(actor, "deliberation.adjourn", meeting)
    moment = past(resumed_at, at)
    move(meeting, MeetingEvent.RESUME)
    last = meeting.adjournments.order_by("-at", "-id").first()
    with trail.acting(actor, "deliberation.adjourn"):
        if last is not None:
            regency = meeting.village.regency
            day, new_day = local_day(regency, last.at), local_day(regency, last.until)
            if new_day > day:
                if local_day(regency, moment) < new_day:
                    local = last.until.astimezone(ZoneInfo(regency.time_zone))
                    raise RefusedError("meeting-too-early", day=f"{local:%d-%m-%Y}")
                meeting.session_no += 1
        save(meeting, "state", "session_no")
        touched(meeting)
    return meeting


@transaction.atomic
def close_meeting(*, meeting_id: UUID, actor: Hat, at: datetime, ended_at: datetime | None = None) -> Meeting:
    """Close a running meeting; the proposals that lay on its table are recorded as discussed.

    Raises: NotAllowedError, IllegalTransitionError, BadInputError (an end before the start or to come).
    """
    meeting = locked(meeting_id)
    require(actor, "deliberation.close", meeting)
    moment = past(ended_at, at)
    # Paper and forms know minutes, a pressed button knows seconds: the same minute is no contradiction.
    if meeting.started_at is not None and moment < meeting.started_at.replace(second=0, microsecond=0):
        raise BadInputError("meeting-ends-before-start")
    move(meeting, MeetingEvent.CLOSE)
    with trail.acting(actor, "deliberation.close"):
        meeting.ended_at = max(moment, meeting.started_at or moment)
        save(meeting, "state", "ended_at")
        touched(meeting)
    discuss_tabled(meeting, actor, at)
    return meeting


def discuss_tabled(meeting: Meeting, actor: Hat, at: datetime) -> None:
    """Record as discussed what lay on the table and nobody has recorded yet. Raises: NotAllowedError."""
    waiting = meeting.tabled.filter(proposal__state="checked").order_by("proposal_id")
    keys = list(waiting.values_list("proposal_id", flat=True))
    if keys:
        discuss_proposals(proposal_ids=keys, actor=actor, at=at, text=told(meeting))


def told(meeting: Meeting) -> str:
    """Name the meeting and its day, as the receipt of a proposal shows it."""
    day = local_day(meeting.village.regency, meeting.started_at or meeting.scheduled_at)
    return f"{meeting.title}, {day:%d-%m-%Y}"


@transaction.atomic
def reopen_meeting(*, meeting_id: UUID, actor: Hat, at: datetime) -> Meeting:
    """Open a closed meeting again to complete its record, until its minutes are signed.

    Raises: NotAllowedError, IllegalTransitionError.
    """
    meeting = locked(meeting_id)
    require(actor, "deliberation.close", meeting)
    move(meeting, MeetingEvent.REOPEN)
    with trail.acting(actor, "deliberation.close"):
        meeting.ended_at = None
        save(meeting, "state", "ended_at")
        touched(meeting)
    return meeting
