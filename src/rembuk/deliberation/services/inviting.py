"""Inviting people: the list, the letter's number and date, word to those with an account."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.models import Assignment
from rembuk.core.documents.frame import date_text
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.workflow.meeting_states import MeetingEvent
from rembuk.cycles.calendar import local_day
from rembuk.deliberation.facts import planned_date
from rembuk.deliberation.models import Invitation, Meeting
from rembuk.deliberation.services.base import demand, locked, move, save, touched
from rembuk.deliberation.values import ALL_ELEMENTS, CHANNELS, MOST_LINES, Invitee, clean
from rembuk.shared import trail
from rembuk.shared.notices.services import notify


@transaction.atomic
def invite_meeting(
    *,
    meeting_id: UUID,
    invitees: Sequence[Invitee],
    invitation_date: date | None,
    actor: Hat,
    at: datetime,
    invitation_number: str = "",
    channel: str = "surat",
    invited_count: int | None = None,
) -> Meeting:
    """Record who was invited, by which letter and on which day; those already listed are left as they are.

    invited_count: how many, where no list is written. People who have an account in the village are told.
    Raises: NotAllowedError, BadInputError (nobody, no date, a date to come, unknown element or channel), RefusedError.
    """
    meeting = locked(meeting_id)
    require(actor, "deliberation.invite", meeting)
    demand(meeting, ("planned", "invited", "running", "adjourned", "closed"))
    check_letter(meeting, invitation_date, channel, at)
    known = {(name.casefold(), kind) for name, kind in meeting.invitations.values_list("name", "kind")}
    new = fresh_lines(invitees, known)
    if not known and not new and not (invited_count or meeting.invited_count):
        raise BadInputError("invitees-nobody")
    if len(known) + len(new) > MOST_LINES:
        raise RefusedError("invitees-too-many", count=len(known) + len(new), limit=MOST_LINES)
    accounts = accounts_by_name(meeting, at)
    with trail.acting(actor, "deliberation.invite"):
        Invitation.objects.bulk_create(
            Invitation(
                meeting=meeting,
                name=line.name,
                kind=line.kind,
                position=line.position,
                channel=channel,
                sent_at=at,
                person=accounts.get(line.name.casefold()),
            )
            for line in new
        )
        if meeting.state == "planned":
            move(meeting, MeetingEvent.INVITE)
            meeting.invited_at = at
        meeting.invitation_date = invitation_date
        meeting.invitation_number = clean(invitation_number, 100)
        meeting.invited_count = invited_count if invited_count is not None else meeting.invited_count
        save(meeting, "state", "invited_at", "invitation_date", "invitation_number", "invited_count")
        touched(meeting)
        tell(meeting)
    return meeting


def check_letter(meeting: Meeting, invitation_date: date | None, channel: str, at: datetime) -> None:
    if channel not in CHANNELS:
        raise BadInputError("invitation-channel", channel=channel)
    if invitation_date is None:
        raise BadInputError("invitation-date-missing")
    if invitation_date > local_day(meeting.village.regency, at):
        raise BadInputError("invitation-date-in-future", date=date_text(invitation_date))


def fresh_lines(invitees: Sequence[Invitee], known: set[tuple[str, str]]) -> list[Invitee]:
    new: list[Invitee] = []
    for line in invitees:
        name, key = clean(line.name, 150), (clean(line.name, 150).casefold(), line.kind)
        if line.kind not in ALL_ELEMENTS:
            raise BadInputError("meeting-element", element=line.kind)
        if name and key not in known:
            known.add(key)
            new.append(Invitee(name, line.kind, clean(line.position, 120)))
    return new


def accounts_by_name(meeting: Meeting, at: datetime) -> dict[str, UUID]:
    """Return folded name -> person for accounts with a task in the village; doubled names are left out. One query."""
    day = local_day(meeting.village.regency, at)
    rows = Assignment.objects.valid_on(day).filter(village_id=meeting.village_id).order_by()
    found: dict[str, set[UUID]] = {}
    for name, key in rows.values_list("person__name", "person_id"):
        found.setdefault(name.casefold(), set()).add(key)
    return {name: next(iter(keys)) for name, keys in found.items() if len(keys) == 1}


def tell(meeting: Meeting) -> None:
    """Tell those with an account once for each day the meeting is planned for."""
    people = [key for key in meeting.invitations.values_list("person", flat=True) if key is not None]
    day = planned_date(meeting)
    notify(
        person_ids=people,
        key=f"meeting-invitation:{meeting.id}:{meeting.scheduled_at.isoformat()}",
        title=_("Undangan: %(title)s") % {"title": meeting.title},
        body=_("%(day)s di %(place)s") % {"day": date_text(day), "place": meeting.location},
        link=reverse("deliberation:detail", args=[meeting.id]),
        kind="task",
        due_date=day,
    )


@transaction.atomic
def remove_invitation(*, invitation_id: UUID, actor: Hat, at: datetime) -> None:
    """Take a wrong line off the list of those invited, until the meeting is closed.

    Raises: NotAllowedError, RefusedError.
    """
    row = Invitation.objects.get(pk=invitation_id)
    meeting = locked(row.meeting_id)
    require(actor, "deliberation.invite", meeting)
    demand(meeting, ("planned", "invited", "running", "adjourned"))
    with trail.acting(actor, "deliberation.invite"):
        row.delete()
        touched(meeting)
