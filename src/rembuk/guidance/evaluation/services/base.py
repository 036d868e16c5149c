"""What every act at the desk begins with: the locked review, and who is told."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from rembuk.accounts.models import Assignment
from rembuk.accounts.standing_in import covering
from rembuk.core.errors import RefusedError, StaleError
from rembuk.core.hat import Hat, Role
from rembuk.core.permissions import require
from rembuk.cycles.calendar import local_day
from rembuk.guidance.evaluation.models import Review
from rembuk.shared.notices.services import notify

WITH_PLACE = ("village__regency", "village__district", "cycle")
OFFICE = (Role.SDK, Role.KAD, Role.TIM)


def locked_review(review_id: UUID, actor: Hat, act: str, version: int | None = None) -> Review:
    """Return the review for writing. Raises: NotAllowedError, StaleError when it is no longer as it was read."""
    rows = Review.objects.select_for_update(of=("self",)).select_related(*WITH_PLACE)
    review = rows.get(pk=review_id)
    require(actor, f"evaluation.{act}", review)
    if version is not None and review.version != version:
        raise StaleError("desk-stale", changes=[], version=review.version)
    return review


def refuse_own_village(review: Review, actor: Hat, at: datetime) -> None:
    """Refuse a reviewer who also has a task in the village whose draft it is. One query."""
    today = local_day(review.village.regency, at)
    own = Assignment.objects.valid_on(today).filter(person_id=actor.person_id, village_id=review.village_id)
    if own.exists():
        raise RefusedError("desk-own-village")


def save(review: Review, *fields: str) -> None:
    """Save what changed and raise the version."""
    review.version += 1
    review.save(update_fields=[*fields, "version", "changed_at"])


def holders(review: Review, roles: Iterable[Role], on: date) -> list[UUID]:
    """Return the people who hold one of *roles* over the village today. One query."""
    rows = Assignment.objects.valid_on(on).filter(
        covering(review.village.place), role__in=[role.value for role in roles]
    )
    return list(rows.order_by("person_id").values_list("person_id", flat=True).distinct())


def tell(review: Review, roles: Iterable[Role], at: datetime, *, key: str, title: str, body: str = "") -> None:
    """Tell the holders of *roles* once."""
    notify(
        person_ids=holders(review, roles, local_day(review.village.regency, at)),
        key=f"evaluation-{key}:{review.pk}:{review.round}",
        title=title,
        body=body,
        link=reverse("evaluation:review", args=(review.pk,)),
    )
