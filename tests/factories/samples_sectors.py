"""Samples of the sectors for the walk over all routes."""

from datetime import date
from uuid import UUID

from factories.samples import sample
from rembuk.regions.models import Village
from rembuk.sectors.models import ClinicDay, SupportRequest
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up


@sample("request_id", "sectors:")
def request(village: Village) -> object:
    with setting_up():
        return SupportRequest.objects.create(
            village=village,
            kind="rab",
            agency="dpu",
            title="RAB titian ulin",
            need="Mohon diperiksa.",
            made_by=UUID(int=1),
            captured_at=clock.now(),
            received_at=clock.now(),
        ).pk


@sample("day_id", "sectors:")
def day(village: Village) -> object:
    with setting_up():
        return ClinicDay.objects.create(
            regency=village.regency,
            agency="dpu",
            day=date(2027, 3, 1),
            venue="Kantor Camat",
            officer="Petugas",
            made_by=UUID(int=1),
        ).pk
