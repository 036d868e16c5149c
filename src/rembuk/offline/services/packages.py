"""A package goes out: one village, one person, one device, for thirty days."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from rembuk.accounts.models import Assignment, Person
from rembuk.accounts.queries import hats_of
from rembuk.core.errors import NotAllowedError
from rembuk.core.hat import Hat
from rembuk.core.offline.judging import PACKAGE_DAYS, RIGHTS_DAYS
from rembuk.core.permissions import TABLE, require
from rembuk.offline.models import Device, Package, ServerKey
from rembuk.offline.packing import content_of, packed, program_version
from rembuk.offline.services.keys import key_at_work
from rembuk.regions.models import Village
from rembuk.shared import trail


@dataclass(frozen=True, slots=True)
class Issued:
    """A package that went out, and what is in it."""

    row: Package
    content: dict[str, Any]


def issue_package(
    *, device_id: UUID, village_id: str, person: Person, at: datetime, assignment_id: UUID | None = None
) -> Issued:
    """Make the package of a village for a person's device under one of their assignments; the row says who is out.

    Without *assignment_id* the first assignment that may. Raises: NotAllowedError (nobody's or somebody else's device,
    a revoked one, no right in that village), Village.DoesNotExist.
    """
    device = Device.objects.filter(pk=device_id, person=person, revoked_at__isnull=True).first()
    if device is None:
        raise NotAllowedError("offline-device-not-yours")
    village = Village.objects.select_related("district", "regency").get(pk=village_id)
    assignment = fitting(person, village, assignment_id, at)
    hat = assignment.hat()
    require(hat, "offline.take", village)
    key = key_at_work(at)
    older = ServerKey.objects.filter(at_work=False).order_by("-created_at", "id").values_list("code", flat=True)
    row = Package(
        id=uuid4(),
        device=device,
        person=person,
        assignment=assignment,
        village=village,
        issued_at=at,
        expires_at=at + timedelta(days=PACKAGE_DAYS),
        rights_until=at + timedelta(days=RIGHTS_DAYS),
        key_code=key.code,
        program=program_version(),
        heard_at=at,
    )
    content = content_of(row, assignment, key, older)
    row.size = packed(content)
    keep(row, hat)
    return Issued(row, content)


def fitting(person: Person, village: Village, wanted: UUID | None, at: datetime) -> Assignment:
    """Return the assignment under which the package goes out. Raises: NotAllowedError."""
    for row in hats_of(person, at):
        if wanted in (None, row.pk) and TABLE.allows(row.hat(), "offline.take", village):
            return row
    raise NotAllowedError("not-allowed", act="offline.take", roles=sorted(TABLE.rows["offline.take"].roles))


@transaction.atomic
def keep(row: Package, hat: Hat) -> None:
    with trail.acting(hat, "offline.take"):
        row.save(force_insert=True)
