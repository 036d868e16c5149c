"""Opening a draft and writing its items: by row, by cell of the grid, from a pasted block."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from rembuk.core.errors import BadInputError, RefusedError, StaleError
from rembuk.core.hat import Hat
from rembuk.core.permissions import require
from rembuk.cycles.models import Cycle
from rembuk.plans.labels import column_name
from rembuk.plans.models import ItemFunding, ItemProposal, RkpdesItem, RkpdesVersion, RpjmdesItem
from rembuk.plans.queries import values_of, version_in_force
from rembuk.plans.services.copying import copy_items
from rembuk.plans.services.steps import add_drafter, locked_item, locked_plan, require_editable, touched
from rembuk.plans.typed import InputError, Problem
from rembuk.plans.values import READERS, ItemValues, change_cell, raw_text
from rembuk.proposals.models import Proposal
from rembuk.shared import trail

FORM_FIELDS = (*READERS, "funding")


@dataclass(frozen=True, slots=True)
class CellEdit:
    """One cell as typed. field: a column of the grid, ``amount:DDS`` or ``source:DDS``.

    version, base: what the person saw before typing; base None means that only the version is compared. An item that
    does not exist yet is made when its version is 0.
    """

    item_id: UUID
    field: str
    value: str
    version: int
    base: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell that somebody else changed meanwhile: both texts, and who it was."""

    item_id: UUID
    field: str
    label: str
    yours: str
    theirs: str
    version: int
    by: UUID | None = None


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell that cannot be read."""

    item_id: UUID
    field: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Edited:
    """What a batch of cells did. undo: the edits that take it back; moved: rows came, went or changed their group."""

    items: tuple[RkpdesItem, ...]
    undo: tuple[CellEdit, ...] = ()
    created: tuple[UUID, ...] = ()
    removed: tuple[UUID, ...] = ()
    moved: bool = False


@dataclass(slots=True)
class Batch:
    """A batch while it is worked out: values by item, what cannot be read, what clashes."""

    values: dict[UUID, ItemValues] = field(default_factory=dict)
    problems: list[CellProblem] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    before: list[tuple[UUID, str, str]] = field(default_factory=list)


@transaction.atomic
def ensure_draft(*, cycle_id: UUID, actor: Hat, at: datetime) -> RkpdesVersion:
    """Return the version of the cycle that is in work; make the first if there is none. Repeating changes nothing.

    Where every version was annulled, the next one begins with the activities of the last.
    Raises: NotAllowedError, RefusedError ``plan-enacted`` when the cycle's plan is in force.
    """
    cycle = Cycle.objects.select_for_update(of=("self",)).select_related("village__regency").get(pk=cycle_id)
    require(actor, "plans.open", cycle)
    versions = list(RkpdesVersion.objects.filter(cycle=cycle).select_related("village", "cycle").order_by("version_no"))
    for plan in versions:
        if not plan.enacted:
            return plan
    force = version_in_force(cycle.id)
    if force is not None:
        raise RefusedError("plan-enacted", number=force.perdes_number)
    with trail.acting(actor, "plans.open"):
        if not versions:
            return RkpdesVersion.objects.create(village=cycle.village, cycle=cycle)
        last = versions[-1]
        made = RkpdesVersion.objects.create(
            village=cycle.village, cycle=cycle, version_no=last.version_no + 1, supersedes=last
        )
        copy_items(last, made)
        return made


@transaction.atomic
def save_item(
    *,
    plan_id: UUID,
    item_id: UUID,
    values: ItemValues,
    version: int,
    actor: Hat,
    at: datetime,
    proposal_ids: Sequence[UUID] | None = None,
) -> RkpdesItem:
    """Make an item (*version* 0) or change it as a whole. The same key with the same values changes nothing.

    proposal_ids: proposals of the cycle it answers; None leaves them as they are.
    Raises: NotAllowedError, RefusedError (closed, a proposal of elsewhere), StaleError with both values of each
    differing column, BadInputError.
    """
    plan = locked_plan(plan_id)
    require_editable(actor, plan)
    check_values(plan, values)
    item = RkpdesItem.objects.select_for_update(of=("self",)).prefetch_related("fundings").filter(pk=item_id).first()
    if item is not None and item.plan_id != plan.id:
        raise RefusedError("plan-item-key-taken")
    with trail.acting(actor, "plans.edit"):
        if item is None:
            item = new_item(plan, item_id, values, actor)
        else:
            now = values_of(item)
            if now != values:
                if item.version != version:
                    raise StaleError("stale", changes=differences(now, values), version=item.version)
                write_values(item, values, actor)
        if proposal_ids is not None:
            link_proposals(plan, item, proposal_ids)
        touched(plan)
    return item


def differences(theirs: ItemValues, yours: ItemValues) -> list[tuple[str, str, str]]:
    """Return (column in words, what is stored, what was typed) of every column that differs."""
    found = []
    for name in READERS:
        mine, other = raw_text(yours, name), raw_text(theirs, name)
        if mine != other:
            found.append((column_name(name.removesuffix("_id")), other, mine))
    if theirs.funding != yours.funding:
        found.append((column_name("funding"), money_text(theirs), money_text(yours)))
    return found


def money_text(values: ItemValues) -> str:
    return "; ".join(f"{code} {amount}" for code, amount in values.funding)


def check_values(plan: RkpdesVersion, values: ItemValues) -> None:
    """Refuse an item without a name, or one tied to another village's RPJM Desa. Raises: BadInputError."""
    if not values.name:
        raise BadInputError("plan-item-unreadable", problems=[Problem("name", "required")])
    if values.rpjmdes_item_id is not None:
        own = RpjmdesItem.objects.filter(pk=values.rpjmdes_item_id, rpjmdes__village_id=plan.village_id)
        if not own.exists():
            raise BadInputError("plan-item-unreadable", problems=[Problem("rpjmdes_item", "unknown-rpjm")])


def new_item(plan: RkpdesVersion, item_id: UUID, values: ItemValues, actor: Hat) -> RkpdesItem:
    """Store a new item at the end of the list with its money."""
    last = RkpdesItem.objects.filter(plan=plan).aggregate(last=Max("order"))["last"] or 0
    item = RkpdesItem(id=item_id, plan=plan, order=last + 1, drafted_by=actor.person_id, **values.columns)
    add_drafter(item, actor)
    item.save(force_insert=True)
    ItemFunding.objects.bulk_create(
        [ItemFunding(item=item, source=code, amount=amount) for code, amount in values.funding]
    )
    return item


def write_values(item: RkpdesItem, values: ItemValues, actor: Hat) -> None:
    """Store changed values and money of an item, raise its version, remember the drafter."""
    for name, value in values.columns.items():
        setattr(item, name, value)
    add_drafter(item, actor)
    item.fallen_out = False
    item.version += 1
    item.save()
    write_fundings(item, dict(values.funding))


def write_fundings(item: RkpdesItem, wanted: dict[str, int]) -> None:
    """Make the stored fundings of an item equal to *wanted*; rows that stay as they are are not written."""
    kept = {row.source: row for row in ItemFunding.objects.filter(item=item)}
    gone = [row.pk for source, row in kept.items() if source not in wanted]
    if gone:
        ItemFunding.objects.filter(pk__in=gone).delete()
    for source, amount in wanted.items():
        row = kept.get(source)
        if row is None:
            ItemFunding.objects.create(item=item, source=source, amount=amount)
        elif row.amount != amount:
            row.amount = amount
            row.save(update_fields=["amount"])
    item._prefetched_objects_cache = {}  # type: ignore[attr-defined]


def link_proposals(plan: RkpdesVersion, item: RkpdesItem, proposal_ids: Iterable[UUID]) -> None:
    """Make the item answer exactly these proposals of its cycle. Raises: RefusedError for one of elsewhere."""
    wanted = set(proposal_ids)
    own = set(Proposal.objects.filter(pk__in=wanted, cycle_id=plan.cycle_id).values_list("id", flat=True))
    if own != wanted:
        raise RefusedError("plan-proposal-elsewhere")
    kept = {row.proposal_id: row.pk for row in ItemProposal.objects.filter(item=item)}
    ItemProposal.objects.filter(pk__in=[key for proposal, key in kept.items() if proposal not in wanted]).delete()
    fresh = sorted(wanted - kept.keys(), key=str)
    ItemProposal.objects.bulk_create([ItemProposal(item=item, proposal_id=proposal) for proposal in fresh])


@transaction.atomic
def remove_item(*, item_id: UUID, version: int, actor: Hat, at: datetime) -> None:
    """Take an item out of the draft; its proposals stay as they are and the trail keeps the row.

    Raises: NotAllowedError, RefusedError, StaleError.
    """
    item = locked_item(item_id)
    plan = locked_plan(item.plan_id)
    require_editable(actor, plan)
    if item.version != version:
        raise StaleError("stale", changes=[], version=item.version)
    with trail.acting(actor, "plans.remove_item"):
        item.delete()
        touched(plan)


@transaction.atomic
def edit_cells(
    *, plan_id: UUID, edits: Sequence[CellEdit], actor: Hat, at: datetime, removals: Sequence[tuple[UUID, int]] = ()
) -> Edited:
    """Write cells of the grid, all or none: one typed cell, a pasted block, or the undo of either.

    Two people may work in one row: only a cell that the other changed too is a conflict.
    Raises: NotAllowedError, RefusedError, BadInputError with ``problems``, StaleError with ``conflicts``.
    """
    plan = locked_plan(plan_id)
    require_editable(actor, plan)
    wanted = {edit.item_id for edit in edits} | {key for key, _version in removals}
    rows = RkpdesItem.objects.select_for_update(of=("self",)).prefetch_related("fundings").filter(pk__in=wanted)
    items = {item.id: item for item in rows.order_by("id")}
    if any(item.plan_id != plan.id for item in items.values()):
        raise RefusedError("plan-item-key-taken")
    batch = Batch()
    for edit in edits:
        work_out(batch, items.get(edit.item_id), edit)
    for key, version in removals:
        if key in items and items[key].version != version:
            batch.conflicts.append(
                Conflict(key, "", "", "", items[key].name, items[key].version, items[key].changed_by)
            )
    for key, values in batch.values.items():
        if not values.name:
            batch.problems.append(CellProblem(key, "name", Problem("name", "required").sentence))
    if batch.problems:
        raise BadInputError("plan-cells-unreadable", problems=batch.problems)
    if batch.conflicts:
        raise StaleError("plan-stale", conflicts=batch.conflicts)
    return stored(plan, items, batch, [key for key, _version in removals if key in items], actor)


def work_out(batch: Batch, item: RkpdesItem | None, edit: CellEdit) -> None:
    """Apply one cell to the values of its item in memory, or note why not."""
    if item is None and edit.version != 0:
        batch.conflicts.append(Conflict(edit.item_id, edit.field, column_name(edit.field), edit.value, "", 0))
        return
    stored_values = values_of(item) if item is not None else ItemValues()
    values = batch.values.get(edit.item_id, stored_values)
    if item is not None and item.version != edit.version:
        theirs = raw_text(stored_values, edit.field)
        if edit.base is None or theirs != edit.base:
            label = column_name(edit.field)
            batch.conflicts.append(
                Conflict(item.id, edit.field, label, edit.value, theirs, item.version, item.changed_by)
            )
            return
    try:
        after = change_cell(values, edit.field, edit.value)
    except InputError as problem:
        batch.problems.append(
            CellProblem(edit.item_id, edit.field, Problem(edit.field, problem.code, problem.values).sentence)
        )
        return
    except KeyError as error:
        raise BadInputError("plan-cells-unreadable", problems=[]) from error
    batch.before += [(edit.item_id, name, text) for name, text in taken_back(edit.field, values, after)]
    batch.values[edit.item_id] = after


def stored(plan: RkpdesVersion, items: dict[UUID, RkpdesItem], batch: Batch, removed: list[UUID], actor: Hat) -> Edited:
    """Write what a batch worked out; answers with the edits that undo it."""
    written: list[RkpdesItem] = []
    created: list[UUID] = []
    moved = bool(removed)
    with trail.acting(actor, "plans.edit"):
        for key, values in batch.values.items():
            item = items.get(key)
            if item is None:
                written.append(new_item(plan, key, values, actor))
                created.append(key)
                continue
            before = values_of(item)
            if before != values:
                moved = moved or shape(before) != shape(values)
                write_values(item, values, actor)
            written.append(item)
        if removed:
            RkpdesItem.objects.filter(pk__in=removed).delete()
        touched(plan)
    versions = {item.id: item.version for item in written}
    undo = tuple(
        CellEdit(key, name, text, versions[key]) for key, name, text in reversed(batch.before) if key not in created
    )
    return Edited(tuple(written), undo, tuple(created), tuple(removed), moved or bool(created))


def shape(values: ItemValues) -> tuple[str, tuple[str, ...]]:
    """What decides where a row stands and how many lines it has."""
    return values.activity_code, tuple(code for code, _amount in values.funding)


def taken_back(name: str, before: ItemValues, after: ItemValues) -> list[tuple[str, str]]:
    """Return the cells that lead from *after* back to *before*; a renamed source stands under its new name."""
    base, _dot, source = name.partition(":")
    if base != "source":
        return [(name, raw_text(before, name))]
    fresh = [code for code, _amount in after.funding if code not in dict(before.funding)]
    if not fresh:
        return []
    if source not in dict(before.funding):
        return [(f"amount:{code}", "") for code in fresh]
    named = next((code for code in fresh if dict(after.funding)[code] == dict(before.funding)[source]), fresh[0])
    return [(f"source:{named}", source), *((f"amount:{code}", "") for code in fresh if code != named)]
