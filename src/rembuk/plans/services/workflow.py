"""The way of a version from draft to Perdes: verified, approved or returned, through Musrenbang, agreed, enacted."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, Finding
from rembuk.core.hat import Hat
from rembuk.core.law.reasons import CHOSEN
from rembuk.core.permissions import require
from rembuk.core.workflow.links import LINKS
from rembuk.core.workflow.perdes_states import PerdesEvent, PerdesState
from rembuk.core.workflow.plan_states import PlanEvent, PlanState
from rembuk.core.workflow.stages import STAGES
from rembuk.plans.amending import amendment_findings
from rembuk.plans.content import content_hash
from rembuk.plans.findings import findings_for
from rembuk.plans.models import AgreedChange, RkpdesItem, RkpdesVersion
from rembuk.plans.queries import days_of, items_of
from rembuk.plans.services.amending import answer_dropped
from rembuk.plans.services.enacting import Enactment, check_enactment
from rembuk.plans.services.perdes import restart_perdes, step_perdes
from rembuk.plans.services.perdes_steps import Letter, record
from rembuk.plans.services.steps import (
    locked_plan,
    open_changes,
    refuse_blocks,
    refuse_future,
    require_open,
    tell_gates,
    today_at,
    unmet_stages,
    walk,
    write_answer,
)
from rembuk.proposals.models import Proposal
from rembuk.proposals.services import Answer, discuss_proposals, plan_proposals, rank_proposals
from rembuk.shared import trail

FINDING_STAGE = {"approve": "K8", "finalise": "K10", "agree": "K11", "enact": "K12"}
NEXT_ACT = {"draft": "approve", "verified": "approve", "musrenbang": "finalise", "final": "agree", "agreed": "enact"}
"""State of a version -> the act that comes next; a returned or enacted one waits for none of these."""


def findings_before(plan: RkpdesVersion, act: str) -> list[Finding]:
    """Return everything that *act* (``approve`` | ``finalise`` | ``agree`` | ``enact``) weighs, all at once.

    The act refuses on what blocks; the page shows the same list before the button is pressed.
    """
    own: list[Finding] = []
    items = items_of(plan.id)
    if act == "approve":
        own = [] if items else nothing_planned()
    elif act == "finalise":
        own = open_changes(plan, "K10", "plan")
    elif act == "enact":
        own = unmet_stages(plan.cycle, "K12")
    if plan.is_amendment:
        own += amendment_findings(plan, act, items)
    return [*own, *findings_for(plan.id, FINDING_STAGE[act], items)]


@transaction.atomic
def verify_plan(*, plan_id: UUID, actor: Hat, at: datetime) -> RkpdesVersion:
    """Say that every physical item has its verdict (K7). Raises: NotAllowedError, RefusedError with what lacks."""
    plan = locked_plan(plan_id)
    require(actor, "plans.verify", plan)
    refuse_blocks(missing_verdicts(plan.id))
    with trail.acting(actor, "plans.verify"):
        walk(plan, PlanEvent.VERIFY)
        plan.save()
        tell_gates(plan, "K7")
    return plan


def missing_verdicts(plan_id: UUID) -> list[Finding]:
    """Return a finding for each physical item that nobody has checked. One query."""
    rows = RkpdesItem.objects.filter(plan_id=plan_id, is_physical=True, technical_checks__isnull=True)
    text = _("%(name)s: belum diperiksa; isi lembar pemeriksaan F29.")
    return [
        Finding("G08", "block", text % {"name": name}, STAGES["K7"].source, str(key), LINKS["technical"])
        for key, name in rows.order_by("order", "id").values_list("id", "name")
    ]


@transaction.atomic
def approve_plan(*, plan_id: UUID, note: str, actor: Hat, at: datetime) -> RkpdesVersion:
    """Approve the draft as village head (K8).

    Raises: NotAllowedError, RefusedError with findings, IllegalTransitionError.
    """
    plan = locked_plan(plan_id)
    require(actor, "plans.approve", plan)
    require_open(plan)
    refuse_blocks(findings_before(plan, "approve"))
    with trail.acting(actor, "plans.approve"):
        walk(plan, PlanEvent.APPROVE)
        plan.head_approved_at, plan.head_approved_by = at, actor.person_id
        plan.note, plan.return_reason = note.strip(), ""
        plan.save()
        tell_gates(plan, "K8")
    return plan


def nothing_planned() -> list[Finding]:
    text = _("Rancangan belum berisi kegiatan; jalankan alokasi atau isi kisi rencana.")
    return [Finding("G03", "block", text, STAGES["K6"].source, "", LINKS["plan"])]


@transaction.atomic
def return_plan(*, plan_id: UUID, reason: str, actor: Hat, at: datetime) -> RkpdesVersion:
    """Send the draft back with a reason; the head before approval, head or BPD after the final draft.

    Raises: NotAllowedError, BadInputError without a reason, IllegalTransitionError.
    """
    plan = locked_plan(plan_id)
    require(actor, "plans.return", plan)
    if not reason.strip():
        raise BadInputError("plan-return-reason")
    with trail.acting(actor, "plans.return"):
        walk(plan, PlanEvent.RETURN)
        plan.return_reason = reason.strip()
        plan.head_approved_at = plan.head_approved_by = None
        restart_perdes(plan)
        plan.save()
        tell_gates(plan, ("K8", "K10"))
    return plan


@transaction.atomic
def revise_plan(*, plan_id: UUID, actor: Hat, at: datetime) -> RkpdesVersion:
    """Take a returned draft up again; the reason stays readable. Raises: NotAllowedError, IllegalTransitionError."""
    plan = locked_plan(plan_id)
    require(actor, "plans.revise", plan)
    with trail.acting(actor, "plans.revise"):
        walk(plan, PlanEvent.REVISE)
        plan.save()
    return plan


@transaction.atomic
def hold_musrenbang(*, plan_id: UUID, on: date | None, actor: Hat, at: datetime) -> RkpdesVersion:
    """Open the approved draft for what Musrenbang agrees (K9). on: the day of the meeting, today when not given.

    Repeating changes nothing. Raises: NotAllowedError, BadInputError (a day to come), IllegalTransitionError.
    """
    plan = locked_plan(plan_id)
    require(actor, "plans.hold_musrenbang", plan)
    if plan.state == PlanState.MUSRENBANG:
        return plan
    day = on or today_at(plan, at)
    refuse_future(day, today_at(plan, at))
    with trail.acting(actor, "plans.hold_musrenbang"):
        walk(plan, PlanEvent.HOLD_MUSRENBANG)
        step_perdes(plan, PerdesEvent.CONSULT, day)
        plan.save()
        record(plan, PerdesEvent.CONSULT, day, Letter(note=_("Musrenbang Desa")), actor, at)
    return plan


@transaction.atomic
def add_change(*, plan_id: UUID, text: str, actor: Hat, at: datetime, item_id: UUID | None = None) -> AgreedChange:
    """Write down something that Musrenbang agreed to change. Raises: NotAllowedError, BadInputError, RefusedError."""
    plan = locked_plan(plan_id)
    require(actor, "plans.edit_changes", plan)
    require_open(plan)
    if not text.strip():
        raise BadInputError("change-text-missing")
    item = RkpdesItem.objects.filter(pk=item_id, plan=plan).first() if item_id else None
    with trail.acting(actor, "plans.edit_changes"):
        number = AgreedChange.objects.filter(plan=plan).count() + 1
        made = AgreedChange.objects.create(plan=plan, order=number, text=text.strip()[:2000], item=item)
        tell_gates(plan, "K10")
    return made


@transaction.atomic
def answer_change(*, change_id: UUID, answer: str, explanation: str, actor: Hat, at: datetime) -> AgreedChange:
    """Say that an agreed change was applied, or why not. Raises: NotAllowedError, BadInputError, RefusedError."""
    change = AgreedChange.objects.select_for_update(of=("self",)).select_related("plan__village").get(pk=change_id)
    plan = locked_plan(change.plan_id)
    require(actor, "plans.edit_changes", plan)
    require_open(plan)
    with trail.acting(actor, "plans.edit_changes"):
        write_answer(change, answer, explanation, actor, at)
        tell_gates(plan, "K10")
    return change


@transaction.atomic
def finalise_plan(*, plan_id: UUID, actor: Hat, at: datetime) -> RkpdesVersion:
    """Close the final draft (K10): every agreed change is applied or explained.

    Raises: NotAllowedError, RefusedError with findings, IllegalTransitionError.
    """
    plan = locked_plan(plan_id)
    require(actor, "plans.finalise", plan)
    require_open(plan)
    refuse_blocks(findings_before(plan, "finalise"))
    with trail.acting(actor, "plans.finalise"):
        walk(plan, PlanEvent.FINALISE)
        plan.save()
        tell_gates(plan, "K10")
    return plan


@transaction.atomic
def agree_plan(*, plan_id: UUID, number: str, on: date | None, actor: Hat, at: datetime) -> RkpdesVersion:
    """Record BPD's agreement to the draft Perdes: number and day of its decision (K11).

    Raises: NotAllowedError, BadInputError, RefusedError with findings, IllegalTransitionError.
    """
    plan = locked_plan(plan_id)
    require(actor, "plans.agree", plan)
    require_open(plan)
    if not number.strip() or on is None:
        raise BadInputError("bpd-number-missing")
    refuse_future(on, today_at(plan, at))
    refuse_blocks(findings_before(plan, "agree"))
    with trail.acting(actor, "plans.agree"):
        walk(plan, PlanEvent.AGREE)
        step_perdes(plan, PerdesEvent.DISCUSS, on)
        step_perdes(plan, PerdesEvent.AGREE, on)
        plan.bpd_agreement_number, plan.bpd_agreement_date = number.strip()[:100], on
        plan.save()
        record(plan, PerdesEvent.AGREE, on, Letter(number.strip()), actor, at)
        tell_gates(plan, "K11")
    return plan


@transaction.atomic
def enact_plan(*, plan_id: UUID, enactment: Enactment, actor: Hat, at: datetime) -> RkpdesVersion:
    """Set the plan by Perdes and promulgate it (K12). From here on nothing of this version can change.

    Everything that holds it back comes at once. The content hash is kept; proposals in the plan are answered
    "planned", the others stay as decided.
    Raises: NotAllowedError, BadInputError (number, days), RefusedError with findings, IllegalTransitionError.
    """
    plan = locked_plan(plan_id)
    require(actor, "plans.enact", plan)
    require_open(plan)
    check_enactment(plan, enactment, today_at(plan, at), days_of(plan).get(PerdesState.DELIVERED_TO_HEAD))
    refuse_blocks(findings_before(plan, "enact"))
    with trail.acting(actor, "plans.enact"):
        walk(plan, PlanEvent.ENACT)
        step_enactment(plan, enactment, actor, at)
        plan.perdes_number, plan.gazette_number = enactment.perdes_number.strip()[:60], enactment.gazette_number.strip()
        plan.perdes_date, plan.promulgated_date = enactment.perdes_date, enactment.promulgated_date
        plan.content_hash = content_hash(plan)
        plan.enacted_at, plan.enacted_by = at, actor.person_id
        plan.save()
        tell_gates(plan, "K12")
        answer_proposals(plan, actor, at)
        if plan.is_amendment:
            answer_dropped(plan, actor, at)
    return plan


def step_enactment(plan: RkpdesVersion, enactment: Enactment, actor: Hat, at: datetime) -> None:
    """Walk the regulation to promulgated: what was recorded step by step stays, what was not comes with this paper."""
    promulgated, signed_on = enactment.promulgated_date, enactment.perdes_date
    assert promulgated is not None and signed_on is not None
    number = Letter(enactment.perdes_number)
    if plan.perdes_state == PerdesState.AGREED:
        delivered = enactment.delivered_date or plan.bpd_agreement_date or signed_on
        step_perdes(plan, PerdesEvent.DELIVER, delivered)
        record(plan, PerdesEvent.DELIVER, delivered, Letter(), actor, at)
    if plan.perdes_state == PerdesState.DELIVERED_TO_HEAD and enactment.signed:
        step_perdes(plan, PerdesEvent.SIGN, signed_on)
        record(plan, PerdesEvent.SIGN, signed_on, number, actor, at)
    step_perdes(plan, PerdesEvent.PROMULGATE, promulgated)
    record(plan, PerdesEvent.PROMULGATE, promulgated, number, actor, at)


def answer_proposals(plan: RkpdesVersion, actor: Hat, at: datetime) -> None:
    """Tell the proposals in the plan that they are planned; what a meeting set without a rank gets its steps too."""
    rows = Proposal.objects.filter(item_links__item__plan=plan).distinct()
    states = dict(rows.values_list("id", "state"))
    year = plan.cycle.budget_year
    words = _("Dibahas dalam Musrenbang Desa; masuk RKP Desa %(year)s.") % {"year": year}
    to_discuss = sorted((key for key, state in states.items() if state == "checked"), key=str)
    if to_discuss:
        discuss_proposals(proposal_ids=to_discuss, actor=actor, at=at, text=words)
    to_rank = sorted((key for key, state in states.items() if state in ("checked", "discussed")), key=str)
    if to_rank:
        rank_proposals(answers=[Answer(key, "", words) for key in to_rank], actor=actor, at=at)
    planned = _("Masuk RKP Desa %(year)s, ditetapkan dengan Perdes Nomor %(number)s.")
    sentence = planned % {"year": year, "number": plan.perdes_number}
    open_states = ("checked", "discussed", "ranked", "shelved")
    told = [Answer(key, CHOSEN, sentence) for key, state in sorted(states.items(), key=str) if state in open_states]
    if told:
        plan_proposals(answers=told, actor=actor, at=at)
