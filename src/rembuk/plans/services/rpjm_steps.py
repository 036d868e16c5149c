"""The way of an RPJM Desa from draft to Perdes: approved or returned, through Musrenbang, agreed, enacted, published.

States are those of `core.workflow.plan_states`, the Perdes walks `core.workflow.perdes_states`: no machine of its own.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, Finding
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.workflow.perdes_states import PerdesEvent, PerdesState, stepped
from rembuk.core.workflow.plan_states import PlanEvent, PlanState, next_state
from rembuk.cycles.services import evidence_changed
from rembuk.plans.models import Rpjmdes, RpjmdesChange
from rembuk.plans.rpjm_content import content_hash_of
from rembuk.plans.rpjm_queries import days_of_rpjm, matrix_findings
from rembuk.plans.rpjm_reviewing import only_of_changes, review_findings
from rembuk.plans.services.enacting import Enactment, check_enactment
from rembuk.plans.services.perdes_steps import Letter
from rembuk.plans.services.register import tell_gates
from rembuk.plans.services.rpjm_items import locked_rpjm, require_in_work
from rembuk.plans.services.rpjm_review import follow_amendment
from rembuk.plans.services.steps import (
    open_changes,
    refuse_blocks,
    refuse_future,
    today_at,
    unmet_stages,
    write_answer,
)
from rembuk.shared import trail

_E = PerdesEvent


def findings_before_rpjm(rpjmdes: Rpjmdes, act: str) -> list[Finding]:
    """Return everything that *act* (``approve`` | ``finalise`` | ``agree`` | ``enact``) weighs, all at once.

    The act refuses on what blocks; the page shows the same list before the button is pressed.
    """
    own: list[Finding] = []
    if rpjmdes.is_amendment:
        own = review_findings(rpjmdes)
    if act == "finalise":
        own += open_changes(rpjmdes, "R8", "rpjm_steps")
    elif act == "enact" and rpjmdes.cycle is not None:
        own += unmet_stages(rpjmdes.cycle, "R10")
    matrix = matrix_findings(rpjmdes)
    return [*own, *(only_of_changes(rpjmdes, matrix) if rpjmdes.is_amendment else matrix)]


def walk(rpjmdes: Rpjmdes, event: PlanEvent) -> None:
    """Move the plan in memory. Raises: RefusedError when it is in force, IllegalTransitionError."""
    require_in_work(rpjmdes)
    rpjmdes.state = next_state(PlanState(rpjmdes.state), event).value
    rpjmdes.version += 1


def step(rpjmdes: Rpjmdes, event: PerdesEvent, day: date, letter: Letter, actor: Hat, at: datetime) -> None:
    """Move the Perdes in memory and write the step down. Raises: IllegalTransitionError, BadInputError."""
    after, dates = stepped(PerdesState(rpjmdes.perdes_state), days_of_rpjm(rpjmdes), event, day)
    rpjmdes.perdes_state = after.value
    rpjmdes.perdes_dates = {name: on.isoformat() for name, on in dates.items()}
    row = {
        "event": event.value,
        "day": day.isoformat(),
        "number": letter.number.strip()[:100],
        "note": letter.note.strip()[:2000],
        "file": str(letter.file.pk) if letter.file is not None else "",
        "by": str(actor.person_id),
        "at": at.isoformat(),
    }
    rpjmdes.perdes_log = [*rpjmdes.perdes_log, row]


@transaction.atomic
def approve_rpjm(*, rpjmdes_id: UUID, note: str, actor: Hat, at: datetime) -> Rpjmdes:
    """Approve the draft as village head (R6). Raises: NotAllowedError, RefusedError, IllegalTransitionError."""
    rpjmdes = locked_rpjm(rpjmdes_id)
    require(actor, "plans.approve", rpjmdes)
    require_in_work(rpjmdes)
    refuse_blocks(findings_before_rpjm(rpjmdes, "approve"))
    with trail.acting(actor, "plans.approve"):
        walk(rpjmdes, PlanEvent.APPROVE)
        rpjmdes.head_approved_at, rpjmdes.head_approved_by = at, actor.person_id
        rpjmdes.note, rpjmdes.return_reason = note.strip(), ""
        rpjmdes.save()
        told(rpjmdes, "R6")
    return rpjmdes


@transaction.atomic
def return_rpjm(*, rpjmdes_id: UUID, reason: str, actor: Hat, at: datetime) -> Rpjmdes:
    """Send the draft back with a reason; the head before approval, head or BPD after the final draft.

    Raises: NotAllowedError, BadInputError without a reason, IllegalTransitionError.
    """
    rpjmdes = locked_rpjm(rpjmdes_id)
    require(actor, "plans.return", rpjmdes)
    if not reason.strip():
        raise BadInputError("plan-return-reason")
    with trail.acting(actor, "plans.return"):
        walk(rpjmdes, PlanEvent.RETURN)
        rpjmdes.return_reason = reason.strip()
        rpjmdes.head_approved_at = rpjmdes.head_approved_by = None
        rpjmdes.perdes_state, rpjmdes.perdes_dates = PerdesState.DRAFT.value, {}
        rpjmdes.save()
        told(rpjmdes, "R6", "R8")
    return rpjmdes


@transaction.atomic
def revise_rpjm(*, rpjmdes_id: UUID, actor: Hat, at: datetime) -> Rpjmdes:
    """Take a returned draft up again; the reason stays readable. Raises: NotAllowedError, IllegalTransitionError."""
    rpjmdes = locked_rpjm(rpjmdes_id)
    require(actor, "plans.revise", rpjmdes)
    with trail.acting(actor, "plans.revise"):
        walk(rpjmdes, PlanEvent.REVISE)
        rpjmdes.save()
    return rpjmdes


@transaction.atomic
def hold_rpjm_musrenbang(*, rpjmdes_id: UUID, on: date | None, actor: Hat, at: datetime) -> Rpjmdes:
    """Open the approved draft for what Musrenbang agrees (R7). on: its day, today when not given.

    Repeating changes nothing. Raises: NotAllowedError, BadInputError (a day to come), IllegalTransitionError.
    """
    rpjmdes = locked_rpjm(rpjmdes_id)
    require(actor, "plans.hold_musrenbang", rpjmdes)
    if rpjmdes.state == PlanState.MUSRENBANG:
        return rpjmdes
    day = on or today_at(rpjmdes, at)
    refuse_future(day, today_at(rpjmdes, at))
    with trail.acting(actor, "plans.hold_musrenbang"):
        walk(rpjmdes, PlanEvent.HOLD_MUSRENBANG)
        step(rpjmdes, _E.CONSULT, day, Letter(note=_("Musrenbang Desa")), actor, at)
        rpjmdes.save()
    return rpjmdes


@transaction.atomic
def add_rpjm_change(*, rpjmdes_id: UUID, text: str, actor: Hat, at: datetime) -> RpjmdesChange:
    """Write down something that Musrenbang agreed to change. Raises: NotAllowedError, BadInputError, RefusedError."""
    rpjmdes = locked_rpjm(rpjmdes_id)
    require(actor, "plans.edit_changes", rpjmdes)
    require_in_work(rpjmdes)
    if not text.strip():
        raise BadInputError("change-text-missing")
    with trail.acting(actor, "plans.edit_changes"):
        number = RpjmdesChange.objects.filter(rpjmdes=rpjmdes).count() + 1
        made = RpjmdesChange.objects.create(rpjmdes=rpjmdes, order=number, text=text.strip()[:2000])
        told(rpjmdes, "R8")
    return made


@transaction.atomic
def answer_rpjm_change(*, change_id: UUID, answer: str, explanation: str, actor: Hat, at: datetime) -> RpjmdesChange:
    """Say that an agreed change was applied, or why not. Raises: NotAllowedError, BadInputError, RefusedError."""
    change = RpjmdesChange.objects.select_for_update(of=("self",)).get(pk=change_id)
    rpjmdes = locked_rpjm(change.rpjmdes_id)
    require(actor, "plans.edit_changes", rpjmdes)
    require_in_work(rpjmdes)
    with trail.acting(actor, "plans.edit_changes"):
        write_answer(change, answer, explanation, actor, at)
        told(rpjmdes, "R8")
    return change


@transaction.atomic
def finalise_rpjm(*, rpjmdes_id: UUID, actor: Hat, at: datetime) -> Rpjmdes:
    """Close the final draft (R8): every agreed change is applied or explained.

    Raises: NotAllowedError, RefusedError with findings, IllegalTransitionError.
    """
    rpjmdes = locked_rpjm(rpjmdes_id)
    require(actor, "plans.finalise", rpjmdes)
    require_in_work(rpjmdes)
    refuse_blocks(findings_before_rpjm(rpjmdes, "finalise"))
    with trail.acting(actor, "plans.finalise"):
        walk(rpjmdes, PlanEvent.FINALISE)
        rpjmdes.save()
        told(rpjmdes, "R8")
    return rpjmdes


@transaction.atomic
def agree_rpjm(*, rpjmdes_id: UUID, number: str, on: date | None, actor: Hat, at: datetime) -> Rpjmdes:
    """Record BPD's agreement to the draft Perdes: number and day of its decision (R9).

    Raises: NotAllowedError, BadInputError, RefusedError with findings, IllegalTransitionError.
    """
    rpjmdes = locked_rpjm(rpjmdes_id)
    require(actor, "plans.agree", rpjmdes)
    require_in_work(rpjmdes)
    if not number.strip() or on is None:
        raise BadInputError("bpd-number-missing")
    refuse_future(on, today_at(rpjmdes, at))
    refuse_blocks(findings_before_rpjm(rpjmdes, "agree"))
    with trail.acting(actor, "plans.agree"):
        walk(rpjmdes, PlanEvent.AGREE)
        step(rpjmdes, _E.DISCUSS, on, Letter(), actor, at)
        step(rpjmdes, _E.AGREE, on, Letter(number), actor, at)
        rpjmdes.bpd_agreement_number, rpjmdes.bpd_agreement_date = number.strip()[:100], on
        rpjmdes.save()
        told(rpjmdes, "R9")
    return rpjmdes


@transaction.atomic
def enact_rpjm(*, rpjmdes_id: UUID, enactment: Enactment, actor: Hat, at: datetime) -> Rpjmdes:
    """Set the RPJM Desa by Perdes and promulgate it (R10): from here on it is the one that an RKP is cut from.

    The one in force before it ends the same moment. Nothing of the new one can change any more but by an amendment.
    Raises: NotAllowedError, BadInputError (number, days, a number that is taken), RefusedError with findings,
    IllegalTransitionError.
    """
    rpjmdes = locked_rpjm(rpjmdes_id)
    require(actor, "plans.enact", rpjmdes)
    require_in_work(rpjmdes)
    check_enactment(rpjmdes, enactment, today_at(rpjmdes, at))
    refuse_blocks(findings_before_rpjm(rpjmdes, "enact"))
    with trail.acting(actor, "plans.enact"):
        walk(rpjmdes, PlanEvent.ENACT)
        step_enactment(rpjmdes, enactment, actor, at)
        rpjmdes.perdes_number = enactment.perdes_number.strip()[:60]
        rpjmdes.gazette_number = enactment.gazette_number.strip()[:60]
        rpjmdes.perdes_date, rpjmdes.promulgated_date = enactment.perdes_date, enactment.promulgated_date
        for before in Rpjmdes.objects.select_for_update().filter(village_id=rpjmdes.village_id, is_active=True):
            before.is_active = False
            before.version += 1
            before.save(update_fields=["is_active", "version", "changed_at"])
        rpjmdes.is_active = True
        rpjmdes.content_hash = content_hash_of(rpjmdes)
        rpjmdes.enacted_at, rpjmdes.enacted_by = at, actor.person_id
        rpjmdes.save()
        if rpjmdes.is_amendment:
            follow_amendment(rpjmdes)
        told(rpjmdes, "R10")
        tell_gates(rpjmdes.village_id)
    return rpjmdes


def step_enactment(rpjmdes: Rpjmdes, enactment: Enactment, actor: Hat, at: datetime) -> None:
    """Walk the Perdes from agreed to promulgated with the days of the paper."""
    signed_on, promulgated = enactment.perdes_date, enactment.promulgated_date
    assert signed_on is not None and promulgated is not None
    number = Letter(enactment.perdes_number)
    step(rpjmdes, _E.DELIVER, enactment.delivered_date or rpjmdes.bpd_agreement_date or signed_on, Letter(), actor, at)
    if enactment.signed:
        step(rpjmdes, _E.SIGN, signed_on, number, actor, at)
    step(rpjmdes, _E.PROMULGATE, promulgated, number, actor, at)


def told(rpjmdes: Rpjmdes, *stages: str) -> None:
    """Tell the gates of the plan's cycle that what these stages rest on changed."""
    if rpjmdes.cycle_id is not None:
        evidence_changed(rpjmdes.cycle_id, stages)
