"""A village hands in a draft: for the first time, completed, or corrected as the next round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.budgeting.apb_labels import STATES as APB_STATES
from rembuk.budgeting.models import Apbdes
from rembuk.budgeting.services.law import StepValues, record_step
from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.guidance.desk_checklists import list_on
from rembuk.core.guidance.desk_papers import with_declared
from rembuk.core.guidance.desk_states import DeskEvent, DeskResult, DeskState, next_state, round_after
from rembuk.core.hat import Hat, Role
from rembuk.core.permissions import TABLE, require
from rembuk.core.workflow.apb_evaluation import ApbEvent, ApbState
from rembuk.cycles.calendar import local_day
from rembuk.cycles.models import Cycle
from rembuk.guidance.evaluation.labels import KINDS
from rembuk.guidance.evaluation.models import Review, SelfCheck
from rembuk.guidance.evaluation.papers import held_papers
from rembuk.guidance.evaluation.services.base import WITH_PLACE, save, tell
from rembuk.guidance.evaluation.subjects import Subject, checks_of, subject_of
from rembuk.guidance.evaluation.typed import read_day, read_words
from rembuk.shared import trail

DESK_ROLES = (Role.PTP, Role.CAM)
REGENCY_DESK_ROLES = (Role.STF, Role.KBD)


@dataclass(frozen=True, slots=True)
class SubmitValues:
    """What the village writes with its draft. on_paper: codes of papers that it hands over on paper.

    letter_number, letter_date: of the cover letter, asked for the APB Desa while it is not sent yet.
    """

    note: str = ""
    on_paper: Sequence[str] = ()
    letter_number: str = ""
    letter_date: str = ""


@transaction.atomic
def submit_draft(*, cycle_id: UUID, checks: str, values: SubmitValues, actor: Hat, at: datetime) -> Review:
    """Hand in the draft of a cycle as it is now; the same draft again changes nothing and gives the same review.

    A draft that was changed before it was registered replaces what was handed in; one that came back with notes begins
    the next round. The APB Desa is sent by its own step, with the cover letter. Raises: NotAllowedError, BadInputError,
    RefusedError (nothing to hand in, enacted, being checked, nothing changed, conforms already).
    """
    cycle = Cycle.every.select_for_update(of=("self",)).select_related("village__regency", "village__district")
    found = cycle.get(pk=cycle_id)
    require(actor, "evaluation.submit", found)
    subject = subject_of(found, checks_of(checks))
    note = read_words("catatan", values.note, 500)
    newest = newest_of(subject)
    if newest is not None and newest.state != DeskState.RESULT_SIGNED:
        return again(newest, subject, values, note, actor, at)
    number = 1
    if newest is not None:
        if newest.digest == subject.digest:
            raise RefusedError("desk-nothing-changed")
        number = round_after(newest.round, DeskResult(newest.result))
    if subject.apbdes is not None:
        send_apbdes(subject.apbdes, values, actor, at)
    review = Review(
        village=found.village,
        cycle=found,
        checks=subject.checks,
        list_version=list_on(subject.checks, local_day(found.village.regency, at)).version,  # type: ignore[arg-type]
        round=number,
        previous=newest,
        at_regency=subject.checks == "EV-RPJM" or (newest is not None and newest.at_regency),
        **subject.document,
        **handed_in(subject, values, note, actor, at),
    )
    with trail.acting(actor, "evaluation.submit"):
        review.save(force_insert=True)
    told(review, at)
    return review


def newest_of(subject: Subject) -> Review | None:
    """Return the last round of the document, locked."""
    document = {name: row for name, row in subject.document.items() if row is not None}
    rows = Review.objects.select_for_update(of=("self",)).select_related(*WITH_PLACE)
    return rows.filter(checks=subject.checks, **document).order_by("-round").first()


def again(review: Review, subject: Subject, values: SubmitValues, note: str, actor: Hat, at: datetime) -> Review:
    """Hand in what was changed or completed within the same round."""
    state = DeskState(review.state)
    same = review.digest == subject.digest
    if state in (DeskState.UNDER_REVIEW, DeskState.RESULT_DRAFT):
        if same:
            return review
        raise RefusedError("desk-being-checked")
    fresh = handed_in(subject, values, note, actor, at)
    if same and state is DeskState.SUBMITTED and fresh["completeness"] == review.completeness:
        return review
    review.state = next_state(state, DeskEvent.RESUBMIT).value
    review.incomplete_reason = ""
    for name, value in fresh.items():
        setattr(review, name, value)
    with trail.acting(actor, "evaluation.submit"):
        save(review, "state", "incomplete_reason", *fresh)
    told(review, at)
    return review


def handed_in(subject: Subject, values: SubmitValues, note: str, actor: Hat, at: datetime) -> dict[str, Any]:
    """Return the columns that hold what was handed in."""
    rows = with_declared(held_papers(subject), values.on_paper)
    answered = SelfCheck.objects.filter(cycle=subject.cycle).first() if subject.checks == "EV-RKP" else None
    return {
        "apb_lines": subject.apb_lines,
        "content": list(subject.rows),
        "digest": subject.digest,
        "completeness": [dict(row.data) for row in rows],
        "self_check": {"answers": answered.answers, "show_score": answered.show_score} if answered is not None else {},
        "submit_note": note,
        "submitted_by": actor.person_id,
        "submitted_at": at,
    }


def send_apbdes(apbdes: Apbdes, values: SubmitValues, actor: Hat, at: datetime) -> None:
    """Let the budget be on its way to evaluation: record its sending with the cover letter if that is not done."""
    state = ApbState(apbdes.state)
    if state is ApbState.SENT_FOR_EVALUATION:
        return
    if state is ApbState.DRAFT:
        raise RefusedError("desk-apb-not-agreed")
    if state in (ApbState.NOT_CONFORM, ApbState.CONFORM_WITH_NOTES):
        raise RefusedError("desk-apb-correct-first")
    if state not in (ApbState.AGREED, ApbState.CORRECTION):
        raise RefusedError("desk-apb-not-sent", state=str(APB_STATES[state]))
    if not values.letter_number.strip() or not values.letter_date.strip():
        raise BadInputError("desk-letter-missing")
    if not TABLE.allows(actor, "budgeting.step_apbdes", apbdes):
        raise RefusedError("desk-apb-sender")
    day: date = read_day(values.letter_date, local_day(apbdes.village.regency, at))
    step = StepValues(ApbEvent.SEND.value, day.isoformat(), read_words("nomor surat", values.letter_number, 100))
    record_step(apbdes_id=apbdes.pk, values=step, actor=actor, at=at)


def told(review: Review, at: datetime) -> None:
    """Tell the desk that something came in."""
    roles = REGENCY_DESK_ROLES if review.at_regency else DESK_ROLES
    values = {"kind": KINDS[review.checks], "village": review.village.full_name, "round": review.round}
    title = _("%(kind)s %(village)s masuk untuk diperiksa, putaran %(round)s") % values
    tell(review, roles, at, key=f"in-{review.version}", title=title)
