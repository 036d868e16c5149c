"""Samples of evaluations for the walk over all routes."""

from datetime import date
from uuid import UUID

from factories.samples import sample
from factories.samples_plans import cycle_of, plan_of
from rembuk.guidance.evaluation.models import Delegation, Review
from rembuk.plans.models import RkpdesItem
from rembuk.regions.models import Village
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up


def review_in(village: Village) -> Review:
    """Return a draft of the village's RKP Desa as it was handed in."""
    plan = plan_of(village)
    with setting_up():
        RkpdesItem.objects.get_or_create(plan=plan, name="Titian ulin", activity_code="2.3.11")
        made = {
            "village": village,
            "cycle": cycle_of(village),
            "checks": "EV-RKP",
            "list_version": "1",
            "digest": "0" * 64,
            "submitted_by": UUID(int=1),
            "submitted_at": clock.now(),
        }
        return Review.objects.get_or_create(rkpdes=plan, round=1, defaults=made)[0]


@sample("review_id", "evaluation:")
def review(village: Village) -> object:
    return review_in(village).pk


@sample("cycle_id", "evaluation:")
def cycle(village: Village) -> object:
    return review_in(village).cycle_id


@sample("kind", "evaluation:")
def kind(_village: Village) -> object:
    return "rkp"


@sample("delegation_id", "evaluation:")
def delegation(village: Village) -> object:
    with setting_up():
        made = {
            "decree_date": date(2026, 1, 5),
            "start_date": date(2026, 1, 5),
            "recorded_by": UUID(int=1),
            "recorded_at": clock.now(),
        }
        number = f"Perbup 10 Tahun 2026 {village.regency_id}"
        return Delegation.objects.get_or_create(regency=village.regency, decree_number=number, defaults=made)[0].pk
