"""Samples of the field's API for the walk over all routes."""

from uuid import uuid4

from factories import people
from factories.samples import sample
from rembuk.offline.models import Device, Envelope
from rembuk.regions.models import Village
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up


@sample("sha256", "offline:api-part")
def digest(village: Village) -> object:
    return "0" * 64


@sample("envelope_id", "offline:")
def envelope(village: Village) -> object:
    with setting_up():
        return Envelope.objects.create(
            envelope_id=uuid4(),
            digest=uuid4().hex,
            raw="{}",
            village=village,
            regency=village.regency,
            state="quarantine",
            code="malformed",
            received_at=clock.now(),
        ).pk


@sample("device_id", "offline:")
def device(village: Village) -> object:
    with setting_up():
        return Device.objects.create(
            id=uuid4(),
            person=people.person("Pemegang HP", f"hp.{village.pk}"),
            name="HP",
            public_key="x",
            regency=village.regency,
            district_key=village.district_id,
            village=village,
            registered_at=clock.now(),
        ).pk
