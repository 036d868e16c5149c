"""What stands behind an address of the office."""

from uuid import UUID

from rembuk.offline import queries
from rembuk.offline.models import Device, Envelope


def device_of(device_id: UUID) -> Device:
    return queries.device_by_key(device_id)


def envelope_of(envelope_id: UUID) -> Envelope:
    return queries.envelope_by_key(envelope_id)
