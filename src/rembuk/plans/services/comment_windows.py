"""The draft lies open for comment: from the head's approval until the last day, or until Musrenbang is held."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.workflow.plan_states import PlanState
from rembuk.plans.models import CommentWindow
from rembuk.plans.services.steps import locked_plan
from rembuk.shared import trail

LEAST_DAYS = 3
"""A number of our own: no article says how long residents may comment; shorter than three days reaches nobody."""


@transaction.atomic
def open_comments(*, plan_id: UUID, last_day: date | None, actor: Hat, at: datetime) -> CommentWindow:
    """Open an approved draft for comment until *last_day*; again moves the day, and opens what was closed early.

    Raises: NotAllowedError, RefusedError ``comment-not-approved``, BadInputError ``comment-last-day``.
    """
    plan = locked_plan(plan_id)
    require(actor, "plans.open_comments", plan)
    if plan.state != PlanState.HEAD_APPROVED:
        raise RefusedError("comment-not-approved")
    if last_day is None or last_day < timezone.localtime(at).date() + timedelta(days=LEAST_DAYS):
        raise BadInputError("comment-last-day", days=LEAST_DAYS)
    window = CommentWindow.objects.filter(plan=plan).first() or CommentWindow(plan=plan, opened_at=at)
    window.last_day, window.closed_at = last_day, None
    with trail.acting(actor, "plans.open_comments"):
        window.save()
    return window


@transaction.atomic
def close_comments(*, plan_id: UUID, actor: Hat, at: datetime) -> CommentWindow:
    """Close before the last day; what came in stays. Raises: NotAllowedError, RefusedError ``comment-closed``."""
    plan = locked_plan(plan_id)
    require(actor, "plans.close_comments", plan)
    window = CommentWindow.objects.filter(plan=plan).first()
    if window is None:
        raise RefusedError("comment-closed")
    if window.closed_at is None:
        window.closed_at = at
        with trail.acting(actor, "plans.close_comments"):
            window.save()
    return window
