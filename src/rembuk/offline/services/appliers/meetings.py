"""Meetings made and held in the field, and who came."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from rembuk.core.errors import RefusedError
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle
from rembuk.cycles.queries import current_cycle
from rembuk.deliberation import holds, services
from rembuk.deliberation.models import Attendance, AttendanceTally, Meeting
from rembuk.deliberation.values import AttendanceValues, MeetingValues
from rembuk.offline.models import Envelope
from rembuk.offline.services.appliers.base import Applier, Job, meeting_key, refuse_other, while_open
from rembuk.offline.services.base import HeldError
from rembuk.regions.models import Village
from rembuk.shared.models import Origin

PERSON = ("name", "sex", "element", "address", "position", "phone", "invited", "signed")


def cycle_of(job: Job) -> Cycle:
    """Return the open yearly cycle of the village. Raises: RefusedError."""
    cycle = current_cycle(job.village_id)
    if cycle is None:
        raise RefusedError("offline-no-cycle")
    return cycle


def plan(job: Job) -> UUID:
    """Plan the meeting under the key of the phone; a meeting of the same day is a person's decision first."""
    cycle = cycle_of(job)
    if not job.force and same_day(job):
        raise RefusedError("offline-same-day")
    values = MeetingValues(
        kind=job["kind"],
        scheduled_at=job["scheduled_at"],
        location=job["location"],
        agenda=job["agenda"],
        title=job["title"],
        hamlet_id=job["hamlet"],
        group_name=job["group"],
    )
    made = services.plan_meeting(
        cycle_id=cycle.pk, values=values, actor=job.hat, at=job.made, meeting_id=job.key, origin=Origin.OFFLINE
    )
    return made.pk


def same_day(job: Job) -> list[Meeting]:
    """Return the meetings of the same village, kind and day that the office knows, other than this one. Two queries."""
    village = Village.objects.select_related("regency").filter(pk=job.village_id).first()
    if village is None or job["scheduled_at"] is None:
        return []
    day = local_day(village.regency, job["scheduled_at"])
    rows = Meeting.objects.filter(village=village, kind=job["kind"]).exclude(state="cancelled").exclude(pk=job.key)
    if job["hamlet"]:
        rows = rows.filter(hamlet_id=job["hamlet"])
    if job["group"]:
        rows = rows.filter(group_name__iexact=job["group"])
    return [row for row in rows.order_by("scheduled_at", "id") if local_day(village.regency, row.scheduled_at) == day]


def first_of_day(job: Job) -> Mapping[str, Any] | None:
    found = same_day(job)
    if not found:
        return None
    row = found[0]
    return {
        "kind": row.kind,
        "title": row.title,
        "scheduled_at": row.scheduled_at,
        "location": row.location,
        "agenda": tuple(row.agenda),
    }


def start(job: Job) -> UUID:
    return services.start_meeting(meeting_id=meeting_key(job), actor=job.hat, at=job.at, started_at=job.moment("at")).pk


def close(job: Job) -> UUID:
    def act(key: UUID) -> UUID:
        closed = services.close_meeting(meeting_id=key, actor=job.hat, at=job.at, ended_at=job.moment("at"))
        if job.row.device_key is not None:
            holds.come_home(key, job.row.device_key, job.at)
        return closed.pk

    return while_open(job, act)  # type: ignore[no-any-return]


def moment_of(name: str) -> Any:
    def stands(job: Job) -> Mapping[str, Any] | None:
        row = Meeting.objects.filter(pk=meeting_key(job)).first()
        return {"at": getattr(row, name)} if row is not None and getattr(row, name) else None

    return stands


def person_of(job: Job, known: Attendance | None = None) -> AttendanceValues:
    """Return the person as the body says; what it leaves open stays as *known* has it."""
    given = {name: job[name] for name in PERSON if job[name] is not None}
    if known is not None:
        given = {name: value if value != "" else getattr(known, name) for name, value in given.items()}
        given = {name: getattr(known, name) for name in PERSON} | given
    votes = job["votes"] if job["votes"] is not None or known is None else known.has_voting_right
    return AttendanceValues(**given, has_voting_right=votes)


def attend(job: Job) -> UUID:
    def act(key: UUID) -> UUID:
        row = services.record_attendance(
            meeting_id=key,
            values=person_of(job),
            actor=job.hat,
            at=job.at,
            attendance_id=job.key,
            captured_at=job.made,
            origin=Origin.OFFLINE,
        )
        return row.pk

    return while_open(job, act)  # type: ignore[no-any-return]


def fix(job: Job) -> UUID:
    """Correct or take off a line of the attendance list; one that has not come yet is waited for."""
    row = Attendance.objects.filter(pk=job["replaces"]).first()
    if row is None:
        waiting = Envelope.objects.filter(envelope_id=job["replaces"], kind="attendance")
        if not waiting.filter(state__in=(Envelope.State.APPLIED, Envelope.State.SET_ASIDE)).exists():
            raise HeldError("parent-missing", parent=str(job["replaces"]))
        raise RefusedError("offline-line-gone")
    if job["remove"]:
        services.remove_attendance(attendance_id=row.pk, actor=job.hat, at=job.at)
    else:
        services.edit_attendance(attendance_id=row.pk, values=person_of(job, row), actor=job.hat, at=job.at)
    return row.pk


def line_now(job: Job) -> Mapping[str, Any] | None:
    key = job["replaces"] if "replaces" in job.opened.body.values else job.key
    row = Attendance.objects.filter(pk=key).first()
    if row is None:
        return None
    return {**{name: getattr(row, name) for name in PERSON}, "votes": row.has_voting_right}


def tally(job: Job) -> UUID:
    """Set a count of an element; another count than the one it began from is a person's decision."""

    def act(key: UUID) -> UUID:
        Meeting.objects.select_for_update().filter(pk=key).first()
        row, wanted = tally_row(job, key), (job["male"], job["female"])
        now = (row.male, row.female) if row is not None else (0, 0)
        refuse_other(now, tuple(job["base"] or (0, 0)), wanted, force=job.force)
        made = services.set_tally(
            meeting_id=key,
            element=job["element"],
            male=job["male"],
            female=job["female"],
            invited=job["invited"] is not False,
            actor=job.hat,
            at=job.at,
        )
        return made.pk if made is not None else key

    return while_open(job, act)  # type: ignore[no-any-return]


def tally_row(job: Job, key: UUID) -> AttendanceTally | None:
    rows = AttendanceTally.objects.filter(meeting_id=key, element=job["element"])
    return rows.filter(invited=job["invited"] is not False).first()


def tally_now(job: Job) -> Mapping[str, Any] | None:
    row = tally_row(job, meeting_key(job))
    return {"male": row.male, "female": row.female} if row is not None else {"male": 0, "female": 0}


MEETING = Applier(plan, first_of_day)
START = Applier(start, moment_of("started_at"))
CLOSE = Applier(close, moment_of("ended_at"))
ATTENDANCE = Applier(attend, line_now)
ATTENDANCE_FIX = Applier(fix, line_now)
TALLY = Applier(tally, tally_now)
