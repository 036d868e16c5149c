"""Fixed values of the tests of this room, and meetings brought to a state by the services alone."""

from datetime import UTC, date, datetime

from rembuk.core.hat import Hat
from rembuk.cycles.models import Cycle
from rembuk.deliberation import services
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.values import AttendanceValues, Invitee, MeetingValues, NoteValues

NOW = datetime(2026, 6, 20, 8, 0, tzinfo=UTC)
PLANNED = datetime(2026, 6, 10, 1, 0, tzinfo=UTC)
OPENED = datetime(2026, 6, 10, 1, 30, tzinfo=UTC)
CLOSED = datetime(2026, 6, 10, 5, 0, tzinfo=UTC)
HELD_DATE = date(2026, 6, 10)
INVITED_DATE = date(2026, 6, 3)

INVITEES = (
    Invitee("Ahmad Yani", "PEMDES", "Sekretaris Desa"),
    Invitee("Budi Santoso", "BPD", "Ketua"),
    Invitee("Siti Rahma", "PEREMPUAN", "PKK"),
    Invitee("Mulyadi", "MISKIN"),
    Invitee("Karim", "DIFABEL"),
    Invitee("Halimah", "NELAYAN"),
)


def values(kind: str = "MUSDES_P", **fields: object) -> MeetingValues:
    base = {"kind": kind, "scheduled_at": PLANNED, "location": "Balai desa", "agenda": ("Pembukaan", "Pembahasan")}
    return MeetingValues(**(base | fields))  # type: ignore[arg-type]


def planned(cycle: Cycle, actor: Hat, kind: str = "MUSDES_P", **fields: object) -> Meeting:
    return services.plan_meeting(cycle_id=cycle.pk, values=values(kind, **fields), actor=actor, at=NOW)


def invited(cycle: Cycle, actor: Hat, kind: str = "MUSDES_P", **fields: object) -> Meeting:
    meeting = planned(cycle, actor, kind, **fields)
    return services.invite_meeting(
        meeting_id=meeting.id, invitees=INVITEES, invitation_date=INVITED_DATE, actor=actor, at=NOW
    )


def running(cycle: Cycle, actor: Hat, kind: str = "MUSDES_P", **fields: object) -> Meeting:
    meeting = invited(cycle, actor, kind, **fields)
    return services.start_meeting(meeting_id=meeting.id, started_at=OPENED, actor=actor, at=NOW)


def come(meeting: Meeting, actor: Hat, count: int = len(INVITEES)) -> None:
    """Let the first *count* of those invited come; every second one is a woman."""
    for place, line in enumerate(INVITEES[:count]):
        person = AttendanceValues(line.name, "LP"[place % 2], line.kind, position=line.position, phone="0812345678")
        services.record_attendance(meeting_id=meeting.id, values=person, actor=actor, at=NOW)


def complete(cycle: Cycle, actor: Hat, kind: str = "MUSDES_P", **fields: object) -> Meeting:
    """A closed meeting that lacks nothing but signatures."""
    meeting = running(cycle, actor, kind, **fields)
    come(meeting, actor)
    note = NoteValues("Jembatan rusak", "Pembahasan", "Mulyadi", "L", "MISKIN", "Dicatat", "Diusulkan")
    services.add_note(meeting_id=meeting.id, values=note, actor=actor, at=NOW)
    services.decide(meeting_id=meeting.id, text="Menyepakati hasil pencermatan.", actor=actor, at=NOW)
    return services.close_meeting(meeting_id=meeting.id, ended_at=CLOSED, actor=actor, at=NOW)


def signed(meeting: Meeting, actor: Hat, **fields: object) -> Meeting:
    base = {
        "minutes_number": "140/12/BA/2026",
        "minutes_date": HELD_DATE,
        "signatures": ("chair", "notes", "head", "community"),
    }
    return services.sign_minutes(meeting_id=meeting.id, actor=actor, at=NOW, **(base | fields))  # type: ignore[arg-type]
