"""Residents' comments on a draft with their answers, for Musrenbang."""

from django.db.models import Max

from rembuk.core.documents.draft_comments import CommentLine, CommentValues
from rembuk.core.documents.frame import UNNAMED, Person
from rembuk.documents.gather.days import local_day
from rembuk.plans.comment_board import WHOLE, field_number, fit_for_all, listed_for_paper, window_of
from rembuk.plans.labels import FIELDS
from rembuk.plans.models import DraftComment
from rembuk.plans.paper_values import frame_of, signers_of
from rembuk.plans.queries import chairs_of, plan_by_id
from rembuk.proposals.public_words import cover_of


def draft_comments(key: str) -> CommentValues:
    """Return the values for a plan; without a window there are no lines. Raises: RkpdesVersion.DoesNotExist."""
    plan = plan_by_id(key)
    window = window_of(plan.id)
    own = DraftComment.objects.filter(window=window) if window is not None else DraftComment.objects.none()
    seen = own.aggregate(came=Max("came_at"), looked=Max("looked_at"), answered=Max("answered_at"))
    newest = max((at for at in seen.values() if at is not None), default=plan.created_at)
    dated = local_day(plan.village, newest)
    return CommentValues(
        frame=frame_of(plan.village, dated),
        budget_year=plan.cycle.budget_year,
        lines=tuple(line_of(row) for row in fit_for_all(listed_for_paper(own), cover_of(plan.village))),
        last_day=window.last_day if window is not None else None,
        unlooked=own.filter(state="new").count(),
        head=signers_of(plan.village_id, dated).get("KAD", UNNAMED),
        team_chair=Person(chairs_of(plan.cycle_id).drafting),
    )


def line_of(row: DraftComment) -> CommentLine:
    whole = row.subject == WHOLE
    field = "" if whole else str(FIELDS[field_number(row.activity_code)])
    return CommentLine(field=field, activity=row.item_name, text=row.text, answer=row.answer)
