"""F03, F04, F05 and the invitation of a meeting; officials of the day sign where the meeting names nobody else."""

from dataclasses import replace
from datetime import date
from typing import TypeVar

from rembuk.core.documents.attendance import AttendanceValues
from rembuk.core.documents.frame import UNNAMED, Person
from rembuk.core.documents.invitation import InvitationValues
from rembuk.core.documents.meeting_notes import NotesValues
from rembuk.core.documents.minutes import MinutesValues
from rembuk.deliberation import queries
from rembuk.deliberation.models import Meeting
from rembuk.plans.paper_values import signers_of
from rembuk.plans.queries import chairs_of

Values = TypeVar("Values", MinutesValues, AttendanceValues, NotesValues, InvitationValues)


def marked(values: Values, meeting: Meeting) -> Values:
    """Return the values with the sample mark of the regency."""
    return replace(values, frame=replace(values.frame, sample=values.frame.sample or meeting.village.regency.sample))


def minutes(key: str) -> MinutesValues:
    """Return the values of F03. Raises: Meeting.DoesNotExist."""
    meeting = queries.meeting_by_key(key)
    values = marked(queries.minutes_values(key), meeting)
    holders = signers_of(meeting.village_id, values.held_date)
    signers = values.signers
    named = replace(
        signers,
        head=signers.head if signers.head.name else holders.get("KAD", UNNAMED),
        bpd_chair=signers.bpd_chair if signers.bpd_chair.name else holders.get("BPD", UNNAMED),
        team_chair=signers.team_chair if signers.team_chair.name else Person(chairs_of(meeting.cycle_id).drafting),
    )
    return replace(values, signers=named)


def attendance(key: str) -> AttendanceValues:
    """Return the values of F04 without phones. Raises: Meeting.DoesNotExist."""
    return replace(marked(queries.attendance_values(key), queries.meeting_by_key(key)), with_phone=False)


def notes(key: str) -> NotesValues:
    """Return the values of F05. Raises: Meeting.DoesNotExist."""
    return marked(queries.notes_values(key), queries.meeting_by_key(key))


def invitation(key: str) -> InvitationValues:
    """Return the values of the invitation with those invited. Raises: Meeting.DoesNotExist."""
    meeting = queries.meeting_by_key(key)
    values = marked(queries.invitation_values(key), meeting)
    if values.convener.name:
        return values
    return replace(values, convener=convener_on(meeting, values.convener_role, values.frame.dated))


def convener_on(meeting: Meeting, role: str, on: date) -> Person:
    """Return who holds the office that invites on the day of the letter."""
    holders = signers_of(meeting.village_id, on)
    if role.startswith("Ketua BPD"):
        return holders.get("BPD", UNNAMED)
    return (
        holders.get("KAD", UNNAMED) if role.startswith("Kepala Desa") else Person(chairs_of(meeting.cycle_id).drafting)
    )
