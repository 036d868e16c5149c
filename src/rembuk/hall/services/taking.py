"""A meeting goes to a hall: its package is made and signed, its records here are locked; the lock is let go."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from rembuk.accounts.models import Assignment
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hall.package import LIFETIME, digest_of, write_package
from rembuk.core.hall.pin import seal_pin
from rembuk.core.hat import SYSTEM, Hat
from rembuk.core.law.meetings import MEETING_KINDS
from rembuk.core.permissions import require
from rembuk.deliberation.models import Meeting
from rembuk.hall import keys, rows
from rembuk.hall.models import Taking
from rembuk.hall.venue_files import KEY
from rembuk.hall.version import program_version, schema
from rembuk.offline.models import Package, ServerKey
from rembuk.offline.services.devices import register_device
from rembuk.offline.services.keys import key_at_work
from rembuk.shared import clock, trail

TAKEABLE = frozenset({"planned", "invited", "running", "adjourned"})
PIN_LENGTH = 6
GUESSED = frozenset({"123456", "654321", "012345", "121212", "112233"})


def uninvited(meeting: Meeting) -> bool:
    """Return whether it must invite first: invitations do not travel home, and without them it could not be opened."""
    return MEETING_KINDS[meeting.kind].formal and meeting.state == "planned"


@transaction.atomic
def take_to_hall(
    *, meeting_id: UUID, pin: str, actor: Hat, at: datetime, server: str = "", chair_pin: str = ""
) -> tuple[Taking, bytes]:
    """Make the signed package of a meeting and lock its records here for seven days. Returns the row and the file.

    pin: six digits that let *actor* in at the hall. chair_pin: those of the chair, who adopts there; "" without one.
    The bearer may take the meeting again (a lost download): the package before is void and comes home late.
    Raises: NotAllowedError, BadInputError (PIN), RefusedError (over, taken by somebody else, no assignment here).
    """
    rows_locked = Meeting.objects.select_for_update(of=("self",))
    meeting = rows_locked.select_related("village__district", "village__regency", "cycle").get(pk=meeting_id)
    require(actor, "hall.take", meeting)
    check_pins(pin, chair_pin)
    if meeting.state not in TAKEABLE:
        raise RefusedError("hall-meeting-over")
    if uninvited(meeting):
        raise RefusedError("hall-invite-first")
    bearer = Assignment.objects.filter(pk=actor.assignment_id or UUID(int=0)).select_related("person").first()
    if bearer is None:
        raise RefusedError("hall-no-hat")
    make_way(meeting, actor, at)
    private, public = keys.new_pair()
    taking = Taking(
        id=uuid4(),
        meeting=meeting,
        village=meeting.village,
        assignment_key=bearer.pk,
        person_key=actor.person_id,
        taken_by=f"{actor.name} ({actor.label})"[:200],
        taken_at=at,
        until=at + LIFETIME,
        public_key=public,
        program=program_version(),
    )
    officers = [officer(bearer, pin)]
    if chair_pin and (chair := chair_of(meeting)) is not None:
        officers.append({**officer(chair, chair_pin), "leads": True})
    server_key = key_at_work(at)
    members = rows.packed(meeting.village_id) | {KEY: private}
    data = write_package(manifest_of(taking, officers, server, server_key), members, keys.signing_key())
    taking.digest = digest_of(data)
    with trail.acting(actor, "hall.take"):
        taking.save(force_insert=True)
    expect_home(taking, bearer, actor, server_key, len(data))
    return taking, data


def expect_home(taking: Taking, bearer: Assignment, actor: Hat, key: ServerKey, size: int) -> None:
    """Let the server know the laptop as a device and its package as one that is out: what comes home is envelopes."""
    at = taking.taken_at
    device = register_device(
        device_id=taking.pk,
        name=f"Laptop balai {at:%d-%m-%Y}",
        public_key=taking.public_key,
        person=bearer.person,
        actor=actor,
        at=at,
    )
    with trail.acting(actor, "hall.take"):
        Package.objects.create(
            id=taking.pk,
            device=device,
            person=bearer.person,
            assignment=bearer,
            village=taking.village,
            issued_at=at,
            expires_at=taking.until,
            rights_until=taking.until,
            key_code=key.code,
            program=taking.program,
            size=size,
        )


def manifest_of(taking: Taking, officers: list[dict[str, object]], server: str, key: ServerKey) -> dict[str, object]:
    village, meeting = taking.village, taking.meeting
    return {
        "id": str(taking.pk),
        "issued_at": taking.taken_at.isoformat(),
        "expires_at": taking.until.isoformat(),
        "program": taking.program,
        "schema": schema(),
        "village": {"key": village.pk, "code": village.code, "name": village.full_name},
        "meeting": {"id": str(meeting.pk), "title": meeting.title, "kind": meeting.kind},
        "officers": officers,
        "server": server,
        "package_key": taking.public_key,
        "server_key": key.public,
        "server_key_id": key.code,
        "clock": clock.example_mark(),
    }


def officer(assignment: Assignment, pin: str) -> dict[str, object]:
    return {
        "assignment": str(assignment.pk),
        "person": str(assignment.person_id),
        "name": assignment.person.name,
        "role": assignment.role,
        "pin": seal_pin(pin),
    }


def chair_of(meeting: Meeting) -> Assignment | None:
    """Return who chairs a formal meeting of this village by now: the first valid holder of the role."""
    role = MEETING_KINDS[meeting.kind].chair
    rows_ = Assignment.objects.filter(role=role, village=meeting.village).select_related("person")
    return rows_.approved().order_by("start_date", "pk").first()


def check_pins(pin: str, chair_pin: str) -> None:
    for text in filter(None, (pin or "-", chair_pin)):
        digits = len(text) == PIN_LENGTH and text.isascii() and text.isdigit()
        if not digits or len(set(text)) == 1 or text in GUESSED:
            raise BadInputError("hall-pin")
    if pin == chair_pin:
        raise BadInputError("hall-pins-equal")


def make_way(meeting: Meeting, actor: Hat, at: datetime) -> None:
    """End what is left of an earlier package: its time is over, or its bearer takes the meeting again."""
    before = Taking.objects.filter(meeting=meeting, released_at__isnull=True, returned_at__isnull=True).first()
    if before is None:
        return
    over = before.until <= at
    if not over and before.person_key != actor.person_id:
        raise RefusedError("hall-taken", who=before.taken_by, until=f"{before.until:%d-%m-%Y}")
    with trail.acting(actor, "hall.take"):
        before.released_at, before.released_by = at, SYSTEM if over else actor.person_id
        before.released_reason = "tujuh hari lewat" if over else "diambil lagi oleh pembawanya"
        before.save(update_fields=["released_at", "released_by", "released_reason"])


@transaction.atomic
def release_lock(*, meeting_id: UUID, reason: str, actor: Hat, at: datetime) -> Taking:
    """Let the records of a meeting go although its package has not come home; what comes later goes to review.

    Raises: NotAllowedError, BadInputError (no reason), RefusedError (nothing is out).
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("village").get(pk=meeting_id)
    require(actor, "hall.release", meeting)
    words = " ".join(reason.replace("\x00", " ").split())[:300]
    if not words:
        raise BadInputError("hall-reason")
    taking = Taking.objects.filter(meeting=meeting, released_at__isnull=True, returned_at__isnull=True).first()
    if taking is None:
        raise RefusedError("hall-not-out")
    with trail.acting(actor, "hall.release"):
        taking.released_at, taking.released_by, taking.released_reason = at, actor.person_id, words
        taking.save(update_fields=["released_at", "released_by", "released_reason"])
    return taking
