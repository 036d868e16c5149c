"""What goes with the plan: the evaluation of last year's RKP (F25) and the needs sent upward (DU-RKP, F32)."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.workflow.du_states import EDITABLE, DuState
from rembuk.core.workflow.perdes_states import PerdesState
from rembuk.cycles.models import Cycle
from rembuk.cycles.services import evidence_changed
from rembuk.plans.labels import DU_STATES
from rembuk.plans.models import DuRkpdesItem, EvaluationRow, RkpdesVersion
from rembuk.plans.queries import cost_of, items_of
from rembuk.plans.typed import InputError, Problem, number_text, read_text
from rembuk.proposals.models import Proposal
from rembuk.proposals.queries import location_of
from rembuk.shared import trail


@dataclass(frozen=True, slots=True)
class EvaluationValues:
    """One activity of last year: whole rupiah; realised None while nobody has said."""

    name: str
    activity_code: str = ""
    location: str = ""
    amount: int | None = None
    realised: bool | None = None
    realised_amount: int | None = None
    target_volume: str = ""
    realised_volume: str = ""
    obstacle: str = ""
    follow_up: str = ""
    note: str = ""


EVALUATION_LIMITS = {
    "name": 300,
    "location": 200,
    "target_volume": 80,
    "realised_volume": 80,
    "obstacle": 300,
    "follow_up": 300,
    "note": 300,
}


@transaction.atomic
def save_evaluation(
    *, cycle_id: UUID, rows: Sequence[EvaluationValues], actor: Hat, at: datetime
) -> list[EvaluationRow]:
    """Replace the evaluation of last year's plan, in the order given. The same rows again change nothing.

    Raises: NotAllowedError, BadInputError with problems.
    """
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("village").get(pk=cycle_id)
    require(actor, "plans.edit_evaluation", cycle)
    problems: list[Problem] = []
    for number, row in enumerate(rows, 1):
        for name, limit in EVALUATION_LIMITS.items():
            try:
                read_text(getattr(row, name), limit)
            except InputError as problem:
                problems.append(Problem(name, problem.code, problem.values, number))
        if not row.name.strip():
            problems.append(Problem("name", "required", {}, number))
    if problems:
        raise BadInputError("evaluation-unreadable", problems=problems)
    kept = list(EvaluationRow.objects.filter(cycle=cycle))
    if [evaluation_values(row) for row in kept] == list(rows):
        return kept
    columns = EvaluationValues.__dataclass_fields__
    made = [
        EvaluationRow(cycle=cycle, order=order, **{name: getattr(row, name) for name in columns})
        for order, row in enumerate(rows, 1)
    ]
    with trail.acting(actor, "plans.edit_evaluation"):
        EvaluationRow.objects.filter(cycle=cycle).delete()
        EvaluationRow.objects.bulk_create(made, batch_size=500)
        evidence_changed(cycle.id, "K6")
        before = Cycle.objects.filter(village_id=cycle.village_id, budget_year=cycle.budget_year - 1)
        evidence_changed(list(before.values_list("id", flat=True)), "K17")
    return made


def evaluation_values(row: EvaluationRow) -> EvaluationValues:
    return EvaluationValues(**{name: getattr(row, name) for name in EvaluationValues.__dataclass_fields__})


def last_years_plan(cycle: Cycle) -> list[EvaluationValues]:
    """Return the activities of the village's enacted plan of the year before, to be evaluated; empty without one."""
    before = RkpdesVersion.objects.filter(
        village_id=cycle.village_id, cycle__budget_year=cycle.budget_year - 1, enacted_at__isnull=False
    ).exclude(perdes_state=PerdesState.ANNULLED.value)
    plan = before.order_by("-version_no").first()
    if plan is None:
        return []
    return [
        EvaluationValues(
            name=item.name,
            activity_code=item.activity_code,
            location=item.location,
            amount=cost_of(item),
            target_volume=" ".join(part for part in (number_text(item.volume), item.unit) if part),
        )
        for item in items_of(plan.id)
    ]


@transaction.atomic
def take_forwarded(*, cycle_id: UUID, actor: Hat, at: datetime) -> list[DuRkpdesItem]:
    """Put every forwarded proposal of the cycle into the DU-RKP; those that stand there are left alone.

    Returns the new rows. Raises: NotAllowedError.
    """
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("village").get(pk=cycle_id)
    require(actor, "plans.edit_du", cycle)
    rows = Proposal.objects.filter(cycle=cycle, state="forwarded", du_item__isnull=True)
    rows = rows.select_related("hamlet", "rt").order_by("number", "id")
    start = DuRkpdesItem.objects.filter(cycle=cycle).count()
    made = [du_row(cycle, proposal, order) for order, proposal in enumerate(rows, start + 1)]
    if not made:
        return []
    with trail.acting(actor, "plans.edit_du"):
        DuRkpdesItem.objects.bulk_create(made)
        evidence_changed(cycle.id, ("K6", "K15"))
    return made


def du_row(cycle: Cycle, proposal: Proposal, order: int) -> DuRkpdesItem:
    return DuRkpdesItem(
        cycle=cycle,
        proposal=proposal,
        order=order,
        activity_code=proposal.activity_code,
        name=proposal.title,
        location=location_of(proposal)[:200],
        volume_text=" ".join(part for part in (number_text(proposal.volume), proposal.unit) if part)[:80],
        cost=proposal.cost,
        reason="; ".join(part for part in (proposal.authority_note, proposal.reason_text) if part),
    )


@dataclass(frozen=True, slots=True)
class DuValues:
    """One row of the DU-RKP as understood. destination: who is asked; cost: whole rupiah or None."""

    name: str
    reason: str
    activity_code: str = ""
    location: str = ""
    volume_text: str = ""
    schedule: str = ""
    cost: int | None = None
    proposed_source: str = ""
    destination: str = ""
    has_design: bool = False
    land_ready: bool = False


def refuse_sent(row: DuRkpdesItem, states: Container[DuState]) -> None:
    """Refuse a need that is in none of *states*. Raises: RefusedError ``du-not-editable``."""
    if DuState(row.state) not in states:
        raise RefusedError("du-not-editable", state=DU_STATES[row.state])


@transaction.atomic
def save_du_item(
    *, cycle_id: UUID, item_id: UUID | None, values: DuValues, version: int, actor: Hat, at: datetime
) -> DuRkpdesItem:
    """Make a row of the DU-RKP (*version* 0) or change it. Raises: NotAllowedError, BadInputError, StaleError."""
    cycle = Cycle.objects.select_related("village").get(pk=cycle_id)
    require(actor, "plans.edit_du", cycle)
    if not values.reason.strip():
        raise BadInputError("du-reason-missing")
    if not values.name.strip():
        raise BadInputError("du-unreadable", problems=[Problem("name", "required")])
    key = item_id or uuid4()
    row = DuRkpdesItem.objects.select_for_update(of=("self",)).filter(pk=key, cycle=cycle).first()
    if row is not None and row.version != version:
        raise StaleError("stale", changes=[], version=row.version)
    if row is not None:
        refuse_sent(row, EDITABLE)
    with trail.acting(actor, "plans.edit_du"):
        if row is None:
            row = DuRkpdesItem(id=key, cycle=cycle)
            row.order = DuRkpdesItem.objects.filter(cycle=cycle).count() + 1
        else:
            row.version += 1
        for name in DuValues.__dataclass_fields__:
            setattr(row, name, getattr(values, name))
        row.save()
        evidence_changed(cycle.id, ("K6", "K15"))
    return row


@transaction.atomic
def remove_du_item(*, item_id: UUID, actor: Hat, at: datetime) -> None:
    """Take a row out of the DU-RKP while it is a draft. Raises: NotAllowedError, RefusedError once it was sent."""
    row = DuRkpdesItem.objects.select_for_update(of=("self",)).select_related("cycle__village").get(pk=item_id)
    require(actor, "plans.edit_du", row)
    refuse_sent(row, (DuState.DRAFT,))
    with trail.acting(actor, "plans.edit_du"):
        row.delete()
        evidence_changed(row.cycle_id, ("K6", "K15"))
