"""Samples of works for the walk over all routes."""

from datetime import date
from uuid import UUID

from factories.samples import sample
from factories.samples_plans import cycle_of, plan_of
from rembuk.plans.models import RkpdesItem
from rembuk.regions.models import Village
from rembuk.shared import clock
from rembuk.shared.models import StoredFile
from rembuk.shared.trail.testing import setting_up
from rembuk.works.models import Payment, Progress, Work


def work_in(village: Village) -> Work:
    """Return an open work of the village, of an item of its plan."""
    with setting_up():
        item = RkpdesItem.objects.create(plan=plan_of(village), name="Titian ulin", activity_code="2.3.11")
        return Work.objects.create(
            village=village,
            cycle=cycle_of(village),
            item=item,
            name="Titian ulin",
            activity_code="2.3.11",
            physical=True,
            opened_by=UUID(int=1),
        )


@sample("cycle_id", "works:")
def cycle(village: Village) -> object:
    return work_in(village).cycle_id


@sample("work_id", "works:")
def work(village: Village) -> object:
    return work_in(village).pk


@sample("progress_id", "works:")
def progress(village: Village) -> object:
    """A report with a photo that nobody has looked at."""
    with setting_up():
        photo = StoredFile.objects.create(
            sha256="0" * 64, name="foto.jpg", content_type="image/jpeg", size=1, village_id_text=village.pk
        )
        return Progress.objects.create(
            work=work_in(village),
            seen_date=date(2026, 9, 1),
            percent=40,
            photo=photo,
            recorded_by=UUID(int=1),
            recorded_at=clock.now(),
        ).pk


@sample("payment_id", "works:")
def payment(village: Village) -> object:
    with setting_up():
        return Payment.objects.create(
            work=work_in(village),
            paid_date=date(2026, 9, 1),
            source="DDS",
            amount=1_000,
            recorded_by=UUID(int=1),
            recorded_at=clock.now(),
        ).pk
