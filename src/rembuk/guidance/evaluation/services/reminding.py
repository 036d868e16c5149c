"""The daily chore: Camat and evaluator hear on the 10th, 15th and 18th working day of an evaluation of the APB Desa."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from rembuk.accounts.models import Assignment
from rembuk.accounts.standing_in import covering
from rembuk.core.guidance.desk_clock import alert_reached
from rembuk.core.guidance.desk_states import CLOCK_RUNS
from rembuk.core.hat import Role
from rembuk.core.workflow.apb_evaluation import ApbState
from rembuk.guidance.evaluation.models import Review
from rembuk.guidance.evaluation.standards import Clocks
from rembuk.shared.notices.services import notify

WARNED = (Role.CAM, Role.KBD)


def remind_evaluations(today: date) -> int:
    """Warn of evaluations without a result; once a step, so that a day missed is caught up. Returns notices written.

    Source: Permendagri 20/2018 Pasal 35 for the days; the steps are the programme's own.
    """
    rows = Review.objects.filter(
        checks="EV-APB",
        state__in=[state.value for state in CLOCK_RUNS],
        apbdes__state=ApbState.SENT_FOR_EVALUATION.value,
        registered_date__isnull=False,
    ).select_related("village__regency", "village__district", "cycle")
    clocks, told = Clocks(today), 0
    for review in rows.order_by("id"):
        clock = clocks.of(review)
        if clock is None or review.registered_date is None:
            continue
        reached = alert_reached(review.registered_date, today, clocks.free(review.village.regency_id))
        if reached is None:
            continue
        step = "lapse" if clock.over else str(reached)
        told += notify(
            person_ids=warned(review, today),
            key=f"evaluation-day-{step}:{review.pk}",
            title=title_of(review, clock.used, over=clock.over),
            link=reverse("evaluation:review", args=(review.pk,)),
            kind="deadline",
            due_date=clock.due,
        )
    return told


def title_of(review: Review, used: int, *, over: bool) -> str:
    values = {"village": review.village.full_name, "used": used}
    if over:
        return _("Evaluasi APB %(village)s lewat 20 hari kerja: rancangannya berlaku dengan sendirinya") % values
    return _("Evaluasi APB %(village)s sudah %(used)s dari 20 hari kerja") % values


def warned(review: Review, today: date) -> Iterable[UUID]:
    """Return the evaluator, the Camat and DPMD."""
    rows = Assignment.objects.valid_on(today).filter(covering(review.village.place), role__in=[r.value for r in WARNED])
    found = set(rows.values_list("person_id", flat=True))
    return sorted(found | ({review.evaluator} if review.evaluator else set()))
