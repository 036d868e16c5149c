"""The PKD report (F15): its words, and the two dates on which it was handed over."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from rembuk.assessment.models import Assessment
from rembuk.assessment.services.base import REPORT_STAGES, fresh, opened, past, touched
from rembuk.core.assessment.progress import delivery_problem
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.shared import trail

LONGEST_TEXT = 8000


@transaction.atomic
def write_report(
    *, assessment_id: UUID, version: int, introduction: str, conclusion: str, actor: Hat, at: datetime
) -> Assessment:
    """Write the two chapters that no list can give.

    Raises: NotAllowedError, BadInputError, RefusedError, StaleError.
    """
    assessment = opened(assessment_id, actor, "write_report")
    wanted: dict[str, object] = {"introduction": introduction.strip(), "conclusion": conclusion.strip()}
    for name, text in wanted.items():
        if len(str(text)) > LONGEST_TEXT:
            raise BadInputError("assessment-long", field=name, count=len(str(text)), limit=LONGEST_TEXT)
    if fresh(assessment, version, wanted):
        assessment.introduction, assessment.conclusion = introduction.strip(), conclusion.strip()
        assessment.version += 1
        with trail.acting(actor, "assessment.write_report"):
            assessment.save(update_fields=["introduction", "conclusion", "version", "changed_at"])
    return assessment


@transaction.atomic
def deliver_report(
    *, assessment_id: UUID, head_date: date | None, bpd_date: date | None, today: date, actor: Hat, at: datetime
) -> Assessment:
    """Record when the report went to the head and, not before, to the BPD; after the second the content is fixed.

    Raises: NotAllowedError, BadInputError, RefusedError. Source: Permendagri 114/2014 Pasal 19.
    """
    assessment = opened(assessment_id, actor, "deliver")
    wrong = delivery_problem(head_date, bpd_date)
    if wrong:
        raise BadInputError(wrong)
    days = (past(head_date, today), past(bpd_date, today) if bpd_date is not None else None)
    if days == (assessment.head_date, assessment.bpd_date):
        return assessment
    assessment.head_date, assessment.bpd_date = days
    assessment.version += 1
    with trail.acting(actor, "assessment.deliver"):
        assessment.save(update_fields=["head_date", "bpd_date", "version", "changed_at"])
        touched(assessment, REPORT_STAGES)
    return assessment


@transaction.atomic
def reopen_report(*, assessment_id: UUID, actor: Hat, at: datetime) -> Assessment:
    """Take the delivery back, so that the content may change; the trail keeps both dates.

    Raises: NotAllowedError, RefusedError when nothing was delivered.
    """
    assessment = Assessment.objects.select_for_update(of=("self",)).select_related("village").get(pk=assessment_id)
    require(actor, "assessment.reopen", assessment)
    if assessment.head_date is None:
        raise RefusedError("illegal-transition")
    assessment.head_date = assessment.bpd_date = None
    assessment.version += 1
    with trail.acting(actor, "assessment.reopen"):
        assessment.save(update_fields=["head_date", "bpd_date", "version", "changed_at"])
        touched(assessment, REPORT_STAGES)
    return assessment
