"""The draft of an RPJM Desa and its activities: opened, written cell by cell or as a whole, filled from proposals."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max

from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.core.workflow.plan_states import EDITABLE, PlanState
from rembuk.cycles.models import Cycle
from rembuk.cycles.services import evidence_changed
from rembuk.plans.labels import state_name
from rembuk.plans.models import Rpjmdes, RpjmdesItem, RpjmdesOrigin
from rembuk.plans.rpjm_labels import cell_name, worded
from rembuk.plans.rpjm_values import RpjmValues, change_cell, raw_text, values_of
from rembuk.plans.services.items import CellEdit, CellProblem, Conflict
from rembuk.plans.typed import InputError, Problem
from rembuk.proposals.models import Proposal
from rembuk.shared import trail

RESTING = ("R5", "R6", "R7", "R8", "R9", "R10")
NOT_OFFERED = ("draft", "withdrawn", "merged")


class RpjmEdited:
    """What a batch of cells did. undo: the edits that take it back; moved: rows came, went or changed their bidang."""

    __slots__ = ("created", "items", "moved", "undo")

    def __init__(
        self, items: Sequence[RpjmdesItem], undo: Sequence[CellEdit], created: Sequence[UUID], moved: bool
    ) -> None:
        self.items, self.undo, self.created, self.moved = tuple(items), tuple(undo), tuple(created), moved


class RpjmBatch:
    """A batch while it is worked out: values by activity, what cannot be read, what clashes, what undoes it."""

    def __init__(self, period: range) -> None:
        self.period = period
        self.values: dict[UUID, RpjmValues] = {}
        self.problems: list[CellProblem] = []
        self.conflicts: list[Conflict] = []
        self.before: list[tuple[UUID, str, str]] = []


@transaction.atomic
def ensure_rpjm_draft(*, cycle_id: UUID, actor: Hat, at: datetime) -> Rpjmdes:
    """Return the RPJM Desa of a medium-term cycle; make its draft if there is none. Repeating changes nothing.

    Raises: NotAllowedError, RefusedError ``rpjm-no-cycle`` for a yearly cycle.
    """
    cycle = Cycle.every.select_for_update(of=("self",)).select_related("village__regency").get(pk=cycle_id)
    require(actor, "plans.open", cycle)
    if not cycle.is_medium_term or cycle.start_year is None or cycle.end_year is None:
        raise RefusedError("rpjm-no-cycle")
    known = Rpjmdes.objects.filter(cycle=cycle).select_related("village", "cycle").first()
    if known is not None:
        return known
    with trail.acting(actor, "plans.open"):
        return Rpjmdes.objects.create(
            village=cycle.village,
            cycle=cycle,
            state=PlanState.DRAFT.value,
            start_year=cycle.start_year,
            end_year=cycle.end_year,
            is_active=False,
        )


def locked_rpjm(rpjmdes_id: UUID) -> Rpjmdes:
    """Return the plan locked for this transaction, with village and cycle. Raises: Rpjmdes.DoesNotExist."""
    rows = Rpjmdes.objects.select_for_update(of=("self",))
    return rows.select_related("village__regency", "village__district", "cycle").get(pk=rpjmdes_id)


def require_in_work(rpjmdes: Rpjmdes) -> None:
    """Refuse what the law closed for good. Raises: RefusedError ``rpjm-not-in-work``."""
    if not rpjmdes.in_work or rpjmdes.cycle_id is None:
        raise RefusedError("rpjm-not-in-work")


def require_rpjm_editable(actor: Hat, rpjmdes: Rpjmdes) -> None:
    """Refuse unless the hat may write the matrix and it is in a state in which it changes.

    Raises: NotAllowedError, RefusedError ``rpjm-not-in-work`` or ``rpjm-not-editable``.
    """
    require(actor, "plans.edit", rpjmdes)
    require_in_work(rpjmdes)
    if PlanState(rpjmdes.state) not in EDITABLE:
        raise RefusedError("rpjm-not-editable", state=state_name(rpjmdes.state))


def touched_rpjm(rpjmdes: Rpjmdes) -> None:
    """Tell the gates that the matrix changed."""
    if rpjmdes.cycle_id is not None:
        evidence_changed(rpjmdes.cycle_id, RESTING)


@transaction.atomic
def edit_rpjm_cells(
    *, rpjmdes_id: UUID, edits: Sequence[CellEdit], actor: Hat, at: datetime, removals: Sequence[tuple[UUID, int]] = ()
) -> RpjmEdited:
    """Write cells of the matrix, all or none: one typed cell, a pasted block, or the undo of either.

    Two people may work in one row: only a cell that the other changed too is a conflict.
    Raises: NotAllowedError, RefusedError, BadInputError with ``problems``, StaleError with ``conflicts``.
    """
    rpjmdes = locked_rpjm(rpjmdes_id)
    require_rpjm_editable(actor, rpjmdes)
    wanted = {edit.item_id for edit in edits} | {key for key, _version in removals}
    rows = RpjmdesItem.objects.select_for_update(of=("self",)).filter(pk__in=wanted)
    items = {item.id: item for item in rows.order_by("id")}
    if any(item.rpjmdes_id != rpjmdes.id for item in items.values()):
        raise RefusedError("rpjm-item-key-taken")
    batch = RpjmBatch(rpjmdes.period)
    for edit in edits:
        work_out(batch, items.get(edit.item_id), edit)
    for key, version in removals:
        if key in items and items[key].version != version:
            item = items[key]
            batch.conflicts.append(Conflict(key, "", "", "", item.name, item.version, item.changed_by))
    for key, values in batch.values.items():
        if not values.name:
            batch.problems.append(CellProblem(key, "name", worded(Problem("name", "required"))))
    if batch.problems:
        raise BadInputError("rpjm-cells-unreadable", problems=batch.problems)
    if batch.conflicts:
        raise StaleError("rpjm-stale", conflicts=batch.conflicts)
    return stored(rpjmdes, items, batch, [key for key, _version in removals if key in items], actor)


def work_out(batch: RpjmBatch, item: RpjmdesItem | None, edit: CellEdit) -> None:
    """Apply one cell to the values of its activity in memory, or note why not."""
    label = cell_name(edit.field)
    if item is None and edit.version != 0:
        batch.conflicts.append(Conflict(edit.item_id, edit.field, label, edit.value, "", 0))
        return
    stored_values = values_of(item) if item is not None else RpjmValues()
    values = batch.values.get(edit.item_id, stored_values)
    if item is not None and item.version != edit.version:
        theirs = raw_text(stored_values, edit.field)
        if edit.base is None or theirs != edit.base:
            batch.conflicts.append(
                Conflict(item.id, edit.field, label, edit.value, theirs, item.version, item.changed_by)
            )
            return
    try:
        after = change_cell(values, edit.field, edit.value, batch.period)
    except InputError as problem:
        found = Problem(edit.field, problem.code, problem.values)
        batch.problems.append(CellProblem(edit.item_id, edit.field, worded(found)))
        return
    except (KeyError, ValueError) as error:
        raise BadInputError("rpjm-cells-unreadable", problems=[]) from error
    if values.total is not None and after.total is None:
        batch.before.append((edit.item_id, "total", str(values.total)))
    batch.before.append((edit.item_id, edit.field, raw_text(values, edit.field)))
    batch.values[edit.item_id] = after


def stored(
    rpjmdes: Rpjmdes, items: dict[UUID, RpjmdesItem], batch: RpjmBatch, removed: Sequence[UUID], actor: Hat
) -> RpjmEdited:
    """Write what a batch worked out; answers with the edits that undo it."""
    written: list[RpjmdesItem] = []
    created: list[UUID] = []
    moved = bool(removed)
    with trail.acting(actor, "plans.edit"):
        for key, values in batch.values.items():
            item = items.get(key)
            if item is None:
                written.append(new_item(rpjmdes, key, values, actor))
                created.append(key)
                continue
            if values_of(item) != values:
                moved = moved or item.activity_code != values.activity_code
                write_values(item, values, actor)
            written.append(item)
        if removed:
            RpjmdesItem.objects.filter(pk__in=list(removed)).delete()
        touched_rpjm(rpjmdes)
    versions = {item.id: item.version for item in written}
    undo = [CellEdit(key, name, text, versions[key]) for key, name, text in reversed(batch.before) if key in items]
    return RpjmEdited(written, undo, created, moved or bool(created))


def new_item(rpjmdes: Rpjmdes, item_id: UUID, values: RpjmValues, actor: Hat) -> RpjmdesItem:
    last = RpjmdesItem.objects.filter(rpjmdes=rpjmdes).aggregate(last=Max("order"))["last"] or 0
    return RpjmdesItem.objects.create(
        id=item_id, rpjmdes=rpjmdes, order=last + 1, changed_by=actor.person_id, **values.columns
    )


def write_values(item: RpjmdesItem, values: RpjmValues, actor: Hat) -> None:
    for name, value in values.columns.items():
        setattr(item, name, value)
    item.changed_by = actor.person_id
    item.version += 1
    item.save()


@transaction.atomic
def save_rpjm_item(
    *,
    rpjmdes_id: UUID,
    item_id: UUID,
    values: RpjmValues,
    version: int,
    actor: Hat,
    at: datetime,
    proposal_ids: Sequence[UUID] | None = None,
) -> RpjmdesItem:
    """Make an activity (*version* 0) or change it as a whole. The same key with the same values changes nothing.

    proposal_ids: proposals of the village it came from; None leaves them as they are.
    Raises: NotAllowedError, RefusedError, BadInputError without a name, StaleError.
    """
    rpjmdes = locked_rpjm(rpjmdes_id)
    require_rpjm_editable(actor, rpjmdes)
    if not values.name:
        problem = CellProblem(item_id, "name", worded(Problem("name", "required")))
        raise BadInputError("rpjm-cells-unreadable", problems=[problem])
    item = RpjmdesItem.objects.select_for_update(of=("self",)).filter(pk=item_id).first()
    if item is not None and item.rpjmdes_id != rpjmdes.id:
        raise RefusedError("rpjm-item-key-taken")
    with trail.acting(actor, "plans.edit"):
        if item is None:
            item = new_item(rpjmdes, item_id, values, actor)
        elif values_of(item) != values:
            if item.version != version:
                raise StaleError("stale", changes=[], version=item.version)
            write_values(item, values, actor)
        if proposal_ids is not None:
            link_origins(rpjmdes, item, proposal_ids)
        touched_rpjm(rpjmdes)
    return item


def link_origins(rpjmdes: Rpjmdes, item: RpjmdesItem, proposal_ids: Iterable[UUID]) -> None:
    """Make the activity answer exactly these proposals of the village. Raises: RefusedError for one of elsewhere."""
    wanted = set(proposal_ids)
    own = Proposal.objects.filter(pk__in=wanted, village_id=rpjmdes.village_id).values_list("id", flat=True)
    if set(own) != wanted:
        raise RefusedError("plan-proposal-elsewhere")
    kept = dict(RpjmdesOrigin.objects.filter(item=item).values_list("proposal_id", "id"))
    RpjmdesOrigin.objects.filter(pk__in=[key for proposal, key in kept.items() if proposal not in wanted]).delete()
    RpjmdesOrigin.objects.bulk_create(
        [RpjmdesOrigin(item=item, proposal_id=key) for key in sorted(wanted - kept.keys(), key=str)]
    )


@transaction.atomic
def remove_rpjm_item(*, item_id: UUID, version: int, actor: Hat, at: datetime) -> None:
    """Take an activity out of the draft; its proposals stay. Raises: NotAllowedError, RefusedError, StaleError."""
    item = RpjmdesItem.objects.select_for_update(of=("self",)).get(pk=item_id)
    rpjmdes = locked_rpjm(item.rpjmdes_id)
    require_rpjm_editable(actor, rpjmdes)
    if item.version != version:
        raise StaleError("stale", changes=[], version=item.version)
    with trail.acting(actor, "plans.edit"):
        item.delete()
        touched_rpjm(rpjmdes)


@transaction.atomic
def take_proposals(*, rpjmdes_id: UUID, proposal_ids: Sequence[UUID], actor: Hat, at: datetime) -> list[RpjmdesItem]:
    """Make an activity of each proposal that has none in this RPJM Desa yet; the others are left as they are.

    What the proposal says of place, size, cost, people and code comes along; years are for the team to choose.
    Raises: NotAllowedError, RefusedError (closed, a proposal of elsewhere).
    """
    rpjmdes = locked_rpjm(rpjmdes_id)
    require_rpjm_editable(actor, rpjmdes)
    rows = Proposal.objects.filter(pk__in=set(proposal_ids), village_id=rpjmdes.village_id)
    found = {row.id: row for row in rows.exclude(state__in=NOT_OFFERED).select_related("hamlet")}
    if set(proposal_ids) - found.keys():
        raise RefusedError("plan-proposal-elsewhere")
    taken = RpjmdesOrigin.objects.filter(item__rpjmdes=rpjmdes, proposal_id__in=found)
    known = set(taken.values_list("proposal_id", flat=True))
    last = RpjmdesItem.objects.filter(rpjmdes=rpjmdes).aggregate(last=Max("order"))["last"] or 0
    fresh = [found[key] for key in dict.fromkeys(proposal_ids) if key not in known]
    made = [
        RpjmdesItem(
            id=uuid4(), rpjmdes=rpjmdes, order=last + number, changed_by=actor.person_id, **values_from(row).columns
        )
        for number, row in enumerate(fresh, 1)
    ]
    links = [RpjmdesOrigin(item=item, proposal=row) for item, row in zip(made, fresh, strict=True)]
    with trail.acting(actor, "plans.edit"):
        RpjmdesItem.objects.bulk_create(made, batch_size=200)
        RpjmdesOrigin.objects.bulk_create(links, batch_size=500)
        touched_rpjm(rpjmdes)
    return made


def values_from(row: Proposal) -> RpjmValues:
    """Return what a proposal says as an activity without years."""
    hamlet = row.hamlet.name if row.hamlet is not None else ""
    return RpjmValues(
        activity_code=row.activity_code,
        name=row.title[:300],
        location=(row.location_text or hamlet)[:200],
        volume=row.volume,
        unit=row.unit,
        target=row.problem[:200],
        sdgs=tuple(row.sdgs),
        beneficiaries_male=row.beneficiaries_male,
        beneficiaries_female=row.beneficiaries_female,
        beneficiaries_poor=row.beneficiaries_poor,
        origin_text=(row.proposer_group or hamlet)[:300],
        total=row.cost,
    )
