"""What the addresses of the sectors are about."""

from uuid import UUID

from rembuk.sectors import queries
from rembuk.sectors.models import ClinicDay, SupportRequest


def request_of(request_id: UUID) -> SupportRequest:
    return queries.request_by_id(request_id)


def day_of(day_id: UUID) -> ClinicDay:
    return queries.clinic_day_by_id(day_id)
