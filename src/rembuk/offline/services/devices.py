"""Phones: registered by the person who holds them, revoked when one is lost."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from rembuk.accounts.models import Person
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.offline.sealing import SealError, read_device_key
from rembuk.core.permissions import require
from rembuk.offline.models import Device
from rembuk.offline.services.rejudging import look_again
from rembuk.shared import trail

LONGEST_NAME = 80


def register_device(*, device_id: UUID, name: str, public_key: str, person: Person, actor: Hat, at: datetime) -> Device:
    """Remember the public key of a phone of *person*. The same id with the same key changes nothing.

    What came from it while the server did not know it (restored from an older backup) is looked at again.
    Raises: BadInputError (no name, no P-256 key), RefusedError ``offline-device-taken`` (another key or person).
    """
    words = " ".join(name.replace("\x00", " ").split())[:LONGEST_NAME]
    if not words:
        raise BadInputError("offline-device-name")
    try:
        read_device_key(public_key)
    except SealError as error:
        raise BadInputError("offline-device-key") from error
    made = Device(
        id=device_id,
        person=person,
        name=words,
        public_key=public_key,
        regency_id=actor.place.regency or None,
        district_key=actor.place.district,
        village_id=actor.place.village or None,
        registered_at=at,
    )
    try:
        with transaction.atomic(), trail.acting(actor, "offline.device"):
            known = Device.objects.select_for_update().filter(pk=device_id).first()
            if known is None:
                made.save(force_insert=True)
    except IntegrityError:
        known = Device.objects.get(pk=device_id)
    if known is not None and (known.person_id, known.public_key) != (person.pk, public_key):
        raise RefusedError("offline-device-taken")
    look_again(device=known or made, at=at)
    return known or made


@transaction.atomic
def revoke_device(*, device_id: UUID, reason: str, actor: Hat, at: datetime) -> Device:
    """Say that a phone is lost: what comes from it from now on goes to quarantine. Again changes nothing.

    Raises: NotAllowedError, BadInputError without a reason.
    """
    row = Device.objects.select_for_update(of=("self",)).select_related("person").get(pk=device_id)
    if row.person_id != actor.person_id:
        require(actor, "offline.revoke", row)
    words = " ".join(reason.replace("\x00", " ").split())[:300]
    if not words:
        raise BadInputError("offline-reason")
    if row.revoked_at is None:
        with trail.acting(actor, "offline.revoke"):
            row.revoked_at, row.revoked_by, row.revoked_reason = at, actor.person_id, words
            row.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
    return row
