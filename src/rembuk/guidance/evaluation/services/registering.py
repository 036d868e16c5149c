"""The desk takes a draft in, sends it back, hands it on, or passes it to somebody who is not too close."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.budgeting.apb_labels import STATES as APB_STATES
from rembuk.budgeting.services.law import StepValues, record_step
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.guidance.desk_signing import may_forward
from rembuk.core.guidance.desk_states import DeskEvent, DeskState, next_state
from rembuk.core.hat import Hat
from rembuk.core.workflow.apb_evaluation import ApbEvent, ApbState
from rembuk.core.workflow.clocks import RECEIVED
from rembuk.cycles.calendar import local_day
from rembuk.guidance.evaluation.labels import KINDS
from rembuk.guidance.evaluation.models import Review
from rembuk.guidance.evaluation.services.base import OFFICE, locked_review, refuse_own_village, save, tell
from rembuk.guidance.evaluation.services.submitting import DESK_ROLES, REGENCY_DESK_ROLES
from rembuk.guidance.evaluation.standards import delegation_of
from rembuk.guidance.evaluation.subjects import subject_again
from rembuk.guidance.evaluation.typed import read_day, read_words
from rembuk.shared import trail


@transaction.atomic
def register(*, review_id: UUID, number: str, day: str, actor: Hat, at: datetime) -> Review:
    """Take a draft in with number and day of the register: its clock starts, for the APB Desa that of the law.

    Source: Permendagri 20/2018 Pasal 35. Raises: NotAllowedError, IllegalTransitionError, BadInputError, RefusedError
    (changed meanwhile, own village, number taken, no longer waiting for its evaluation).
    """
    review = locked_review(review_id, actor, "register")
    after = next_state(DeskState(review.state), DeskEvent.REGISTER)
    refuse_own_village(review, actor, at)
    words = read_words("nomor register", number, 60)
    if not words:
        raise BadInputError("desk-number-missing")
    today = local_day(review.village.regency, at)
    on = read_day(day, today)
    came = local_day(review.village.regency, review.submitted_at)
    if on < came and review.apbdes_id is None:
        raise BadInputError("desk-day-before", date=on.isoformat(), other=came.isoformat())
    same_book = Review.objects.filter(
        village__regency_id=review.village.regency_id, at_regency=review.at_regency, register_number__iexact=words
    )
    if not review.at_regency:
        same_book = same_book.filter(village__district_id=review.village.district_id)
    if same_book.exclude(pk=review.pk).exists():
        raise RefusedError("desk-number-taken", number=words)
    refuse_changed(review)
    receive_apbdes(review, on.isoformat(), actor, at)
    review.state, review.register_number, review.registered_date = after.value, words, on
    review.registered_by, review.evaluator, review.evaluator_name = actor.person_id, actor.person_id, actor.name
    with trail.acting(actor, "evaluation.register"):
        fields = ("state", "register_number", "registered_date", "registered_by", "evaluator", "evaluator_name")
        save(review, *fields)
    title = _("%(kind)s Anda terdaftar dengan nomor %(number)s dan mulai diperiksa")
    tell(review, OFFICE, at, key="registered", title=title % {"kind": KINDS[review.checks], "number": words})
    return review


def refuse_changed(review: Review) -> None:
    """Refuse to take in a draft that the village has changed since it handed it in."""
    now = subject_again(review)
    if now is None or now.digest != review.digest:
        raise RefusedError("desk-changed-meanwhile")


def receive_apbdes(review: Review, day: str, actor: Hat, at: datetime) -> None:
    """Start the clock of the law by the budget's own step, unless the village has recorded the receipt already."""
    if review.apbdes is None:
        return
    state, days = ApbState(review.apbdes.state), review.apbdes.dates
    if state is not ApbState.SENT_FOR_EVALUATION:
        raise RefusedError("desk-apb-not-sent", state=str(APB_STATES[state]))
    sent, received = days.get(state.value, ""), days.get(RECEIVED, "")
    if received >= sent and received:
        return
    record_step(apbdes_id=review.apbdes.pk, values=StepValues(ApbEvent.RECEIVE.value, day), actor=actor, at=at)


@transaction.atomic
def return_incomplete(*, review_id: UUID, reason: str, actor: Hat, at: datetime) -> Review:
    """Send a draft back at once because something is lacking; no clock has started.

    Raises: NotAllowedError, IllegalTransitionError, BadInputError without a reason.
    """
    review = locked_review(review_id, actor, "register")
    after = next_state(DeskState(review.state), DeskEvent.RETURN_INCOMPLETE)
    refuse_own_village(review, actor, at)
    words = read_words("alasan", reason, 500)
    if not words:
        raise BadInputError("desk-reason-missing")
    review.state, review.incomplete_reason = after.value, words
    with trail.acting(actor, "evaluation.register"):
        save(review, "state", "incomplete_reason")
    title = _("%(kind)s Anda dikembalikan karena belum lengkap")
    tell(
        review, OFFICE, at, key=f"incomplete-{review.version}", title=title % {"kind": KINDS[review.checks]}, body=words
    )
    return review


@transaction.atomic
def recuse(*, review_id: UUID, reason: str, actor: Hat, at: datetime) -> Review:
    """Say that one is too close to the village; from now on somebody else evaluates. Repeating changes nothing.

    Raises: NotAllowedError, BadInputError without a word on why.
    """
    review = locked_review(review_id, actor, "recuse")
    if review.is_recused(actor.person_id):
        return review
    words = read_words("hubungan", reason, 200)
    if not words:
        raise BadInputError("desk-recuse-reason")
    review.recused = [*review.recused, {"person": str(actor.person_id), "name": actor.name, "reason": words}]
    if review.evaluator == actor.person_id:
        review.evaluator, review.evaluator_name = None, ""
    with trail.acting(actor, "evaluation.recuse"):
        save(review, "recused", "evaluator", "evaluator_name")
    values = {"kind": KINDS[review.checks], "village": review.village.full_name}
    roles = REGENCY_DESK_ROLES if review.at_regency else (*DESK_ROLES, *REGENCY_DESK_ROLES)
    title = _("%(kind)s %(village)s perlu penilai lain") % values
    tell(review, roles, at, key=f"recused-{review.version}", title=title)
    return review


@transaction.atomic
def forward(*, review_id: UUID, note: str, actor: Hat, at: datetime) -> Review:
    """Hand a verified draft on to DPMD; the district only reads from now on. Repeating changes nothing.

    Raises: NotAllowedError, RefusedError where the Camat signs it himself.
    """
    review = Review.objects.select_for_update(of=("self",)).select_related("village__regency").get(pk=review_id)
    if review.at_regency:
        raise RefusedError("desk-forwarded")
    review = locked_review(review_id, actor, "forward")
    today = local_day(review.village.regency, at)
    delegation = delegation_of(review, today)
    if not may_forward(review.checks, delegated=delegation is not None) and delegation is not None:
        raise RefusedError("desk-forward-delegated", decree=delegation.decree_number)
    review.at_regency, review.forwarded_date, review.forwarded_by = True, today, actor.person_id
    review.forward_note = read_words("catatan", note, 500)
    with trail.acting(actor, "evaluation.forward"):
        save(review, "at_regency", "forwarded_date", "forwarded_by", "forward_note")
    values = {"kind": KINDS[review.checks], "village": review.village.full_name}
    title = _("%(kind)s %(village)s diteruskan dari kecamatan") % values
    tell(review, REGENCY_DESK_ROLES, at, key="forwarded", title=title, body=review.forward_note)
    return review
