"""Samples of works for the walk over all routes."""

from datetime import date
from uuid import UUID

from factories.samples import sample
from factories.samples_plans import cycle_of, plan_of
from rembuk.plans.models import RkpdesItem
from rembuk.regions.models import Village
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up
from rembuk.works.models import Payment, Work


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
