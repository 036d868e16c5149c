"""Samples of the clinic for the walk over all routes."""

from uuid import UUID

from factories.samples import sample
from rembuk.guidance.clinic.models import FaqEntry, Ticket
from rembuk.regions.models import Village
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up


@sample("ticket_id", "clinic:")
def ticket(village: Village) -> object:
    with setting_up():
        return Ticket.objects.create(
            village=village,
            channel="walk_in",
            topic="K7",
            question="Kapan matriks dikirim?",
            asked_by=UUID(int=1),
            captured_at=clock.now(),
            received_at=clock.now(),
        ).pk


@sample("entry_id", "clinic:")
def entry(village: Village) -> object:
    with setting_up():
        return FaqEntry.objects.create(
            regency=village.regency,
            topic="K7",
            question="Kapan RKP Desa ditetapkan?",
            answer="Paling lambat 30 September.",
            published_at=clock.now(),
        ).pk
