"""The steps of a Perdes as people record them: handed over, signed, sent, received, clarified, annulled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction

from rembuk.core.errors import BadInputError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.workflow.perdes_states import PerdesEvent, PerdesState, needs, next_state, refuse_early
from rembuk.plans.models import PerdesStep, RkpdesVersion
from rembuk.plans.perdes_numbers import refuse_taken_number
from rembuk.plans.perdes_rules import RULES, silence_clears
from rembuk.plans.queries import days_of
from rembuk.plans.services.perdes import step_perdes
from rembuk.plans.services.steps import locked_plan, refuse_future, require_open, today_at
from rembuk.plans.typed import read_text
from rembuk.regions.models import Regency
from rembuk.shared import trail
from rembuk.shared.models import StoredFile

_E = PerdesEvent
ACTS: Final[Mapping[PerdesEvent, str]] = {
    _E.DELIVER: "plans.deliver",
    _E.SIGN: "plans.sign",
    _E.SEND: "plans.send",
    _E.RECEIVE: "plans.send",
    _E.RESEND: "plans.send",
    _E.CLEAR: "plans.clarify",
    _E.LAPSE: "plans.clarify",
    _E.ASK_REVISION: "plans.clarify",
    _E.ANNUL: "plans.clarify",
}
"""What is recorded step by step, and by which act. Consultation to agreement and promulgation are acts of the plan."""

BEFORE_ENACTMENT: Final = frozenset({_E.DELIVER, _E.SIGN})


@dataclass(frozen=True, slots=True)
class Letter:
    """What tells a step: number of the letter, decision or Perdes, what it says, the scanned paper."""

    number: str = ""
    note: str = ""
    file: StoredFile | None = None


@transaction.atomic
def move_perdes(
    *, plan_id: UUID, event: str, on: date | None, actor: Hat, at: datetime, letter: Letter | None = None
) -> RkpdesVersion:
    """Record one step of the Perdes on the day it happened, with the letter that tells it.

    Handing over and signing come before enactment; sending, receipt and the regent's answer after it. Annulment takes
    the version out of force. Raises: NotAllowedError, IllegalTransitionError, BadInputError (no day or number, a day
    to come or before the last step, not open yet, a number that is taken).
    """
    plan = locked_plan(plan_id)
    step = read_event(event)
    require(actor, ACTS[step], plan)
    if step in BEFORE_ENACTMENT:
        require_open(plan)
    paper = letter or Letter()
    state, days = PerdesState(plan.perdes_state), days_of(plan)
    next_state(state, step)
    if on is None:
        raise BadInputError("perdes-day-missing")
    refuse_future(on, today_at(plan, at))
    for name, text in (("number", paper.number), ("note", paper.note)):
        if name in needs(step) and not text.strip():
            raise BadInputError(f"perdes-{name}-of-letter-missing")
    refuse_early(state, days, step, on, silence_clears=silence_clears(plan.village.regency))
    if step is _E.SIGN:
        refuse_taken_number(plan, paper.number, on)
        plan.perdes_number, plan.perdes_date = read_text(paper.number, 60), on
    with trail.acting(actor, ACTS[step]):
        step_perdes(plan, step, on)
        fields = ["perdes_state", "perdes_dates"]
        if step in BEFORE_ENACTMENT:
            plan.version += 1
            fields += ["perdes_number", "perdes_date", "version", "changed_at"]
        plan.save(update_fields=fields)
        record(plan, step, on, paper, actor, at)
    return plan


def read_event(event: str) -> PerdesEvent:
    """Return the step that a form names. Raises: BadInputError for anything that is not recorded here."""
    known = next((one for one in ACTS if one.value == event), None)
    if known is None:
        raise BadInputError("perdes-step-unknown")
    return known


def record(plan: RkpdesVersion, step: PerdesEvent, on: date, letter: Letter, actor: Hat, at: datetime) -> PerdesStep:
    """Add one row to the history of the Perdes; the caller says who acts."""
    return PerdesStep.objects.create(
        plan=plan,
        order=PerdesStep.objects.filter(plan=plan).count() + 1,
        event=step.value,
        day=on,
        number=read_text(letter.number, 100),
        note=letter.note.strip()[:2000],
        file=letter.file,
        recorded_by=actor.person_id,
        recorded_at=at,
    )


@transaction.atomic
def set_perdes_rules(*, regency_code: str, silence: bool, actor: Hat, at: datetime) -> Regency:
    """Set whether a clarification without an answer in time is recorded as no objection. Raises: NotAllowedError."""
    regency = Regency.objects.select_for_update().get(pk=regency_code)
    require(actor, "plans.set_perdes_rules", regency)
    with trail.acting(actor, "plans.set_perdes_rules"):
        regency.settings = {**regency.settings, RULES: {"silence_clears": silence}}
        regency.save(update_fields=["settings"])
    return regency
