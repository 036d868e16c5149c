"""From an adopted allocation to plan items: what the hall chose enters, what fell out leaves or is flagged."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from rembuk.core.errors import BadInputError, RefusedError
from rembuk.core.hat import Hat
from rembuk.core.law.categories import need_category
from rembuk.core.law.dana_desa import suggested_focus
from rembuk.core.lists import funding_sources, kegiatan_codes
from rembuk.core.permissions import require
from rembuk.core.workflow.perdes_states import PerdesEvent
from rembuk.core.workflow.plan_states import PlanEvent, PlanState
from rembuk.plans.models import ItemProposal, RkpdesItem, RkpdesVersion
from rembuk.plans.queries import values_of
from rembuk.plans.services.items import new_item, write_fundings
from rembuk.plans.services.perdes import step_perdes
from rembuk.plans.services.steps import locked_plan, refuse_closed, require_open, today_at, touched, walk
from rembuk.plans.values import TEXT_LIMITS, ItemValues, in_order
from rembuk.proposals.models import Proposal
from rembuk.proposals.queries import location_of
from rembuk.shared import trail

BUILDING = re.compile(r"\b(?:pembangunan|rehabilitasi|peningkatan|pengerasan)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SelectedProposal:
    """A chosen proposal and what pays for it: source -> whole rupiah."""

    proposal_id: UUID
    funding: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SelectionResult:
    """What became of the items. kept: people had worked on them, so their text and money stayed as they are.

    flagged: their proposal fell out, but people had worked on them; somebody decides.
    """

    created: tuple[RkpdesItem, ...] = ()
    updated: tuple[RkpdesItem, ...] = ()
    kept: tuple[RkpdesItem, ...] = ()
    removed: tuple[str, ...] = ()
    flagged: tuple[RkpdesItem, ...] = ()


@dataclass(slots=True)
class Work:
    """The result while it is made."""

    created: list[RkpdesItem] = field(default_factory=list)
    updated: list[RkpdesItem] = field(default_factory=list)
    kept: list[RkpdesItem] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    flagged: list[RkpdesItem] = field(default_factory=list)

    def result(self) -> SelectionResult:
        return SelectionResult(
            tuple(self.created), tuple(self.updated), tuple(self.kept), tuple(self.removed), tuple(self.flagged)
        )


@transaction.atomic
def apply_selection(
    *, plan_id: UUID, selection: Sequence[SelectedProposal], actor: Hat, at: datetime
) -> SelectionResult:
    """Make the items of the plan follow the adopted list; again with the same list changes nothing.

    An item that nobody has touched since follows its proposal and its money, and leaves when its proposal falls out.
    What people have worked on stays; if its proposal fell out it is flagged. Items typed by hand are left alone. A
    version approved by the head moves on to Musrenbang, since only the hall adopts a list then.
    Raises: NotAllowedError, RefusedError (closed, a proposal of elsewhere), BadInputError (no or negative money).
    """
    plan = locked_plan(plan_id)
    require(actor, "plans.apply_selection", plan)
    require_open(plan)
    work = Work()
    with trail.acting(actor, "plans.apply_selection"):
        if plan.state == PlanState.HEAD_APPROVED:
            walk(plan, PlanEvent.HOLD_MUSRENBANG)
            step_perdes(plan, PerdesEvent.CONSULT, today_at(plan, at))
            plan.save()
        refuse_closed(plan)
        proposals = chosen_proposals(plan, selection)
        items = items_with_proposals(plan)
        by_proposal = {key: item for item, keys in items for key in keys}
        for chosen in selection:
            proposal, item = proposals[chosen.proposal_id], by_proposal.get(chosen.proposal_id)
            follow(work, plan, item, proposal, values_from(proposal, chosen.funding), actor)
        let_go(work, items, set(proposals))
        if work.created or work.updated or work.removed or work.flagged:
            touched(plan)
    return work.result()


def chosen_proposals(plan: RkpdesVersion, selection: Sequence[SelectedProposal]) -> dict[UUID, Proposal]:
    """Return the chosen proposals by key, in one query. Raises: RefusedError, BadInputError."""
    wanted = {chosen.proposal_id for chosen in selection}
    rows = Proposal.objects.filter(pk__in=wanted, cycle_id=plan.cycle_id).select_related("hamlet", "rt", "village")
    found = {row.id: row for row in rows}
    if found.keys() != wanted or len(wanted) != len(selection):
        raise RefusedError("plan-proposal-elsewhere")
    for chosen in selection:
        amounts = chosen.funding
        odd = any(code not in funding_sources() or amount < 0 for code, amount in amounts.items())
        if odd or not amounts:
            raise BadInputError("plan-selection-empty-funding", number=found[chosen.proposal_id].number)
    return found


def items_with_proposals(plan: RkpdesVersion) -> list[tuple[RkpdesItem, list[UUID]]]:
    """Return the items of the plan with the proposals they answer and everything that shows work on them."""
    rows = (
        RkpdesItem.objects.select_for_update(of=("self",))
        .filter(plan=plan)
        .prefetch_related("fundings", "proposal_links", "rab_lines", "technical_checks")
        .order_by("order", "id")
    )
    return [(row, [link.proposal_id for link in row.proposal_links.all()]) for row in rows]


def values_from(proposal: Proposal, funding: Mapping[str, int]) -> ItemValues:
    """Return the plan item that a proposal asks for, paid by *funding*. Names of people never enter it."""
    code = proposal.activity_code
    line = kegiatan_codes().get(code)
    physical = proposal.is_physical
    if physical is None:
        physical = line is not None and BUILDING.search(line.name) is not None
    return ItemValues(
        activity_code=code,
        name=proposal.title,
        location=location_of(proposal)[: TEXT_LIMITS["location"]],
        volume=proposal.volume.normalize() if proposal.volume is not None else None,
        unit=proposal.unit,
        beneficiaries_male=proposal.beneficiaries_male,
        beneficiaries_female=proposal.beneficiaries_female,
        beneficiaries_poor=proposal.beneficiaries_poor,
        sdgs=tuple(sorted(proposal.sdgs)),
        need_category=proposal.need_category or (need_category(code) if code else ""),
        dd_focus=suggested_focus(code)[: TEXT_LIMITS["dd_focus"]] if code and "DDS" in funding else "",
        hamlet_names=proposal.hamlet.name if proposal.hamlet is not None else "",
        is_physical=physical,
        funding=in_order(dict(funding)),
    )


def untouched(item: RkpdesItem) -> bool:
    """Return whether the item still is what the last adopted list made of it, and nothing hangs on it."""
    if not item.selection_digest or values_of(item).digest() != item.selection_digest:
        return False
    return not item.rab_lines.all() and not item.technical_checks.all()


def follow(
    work: Work,
    plan: RkpdesVersion,
    item: RkpdesItem | None,
    proposal: Proposal,
    values: ItemValues,
    actor: Hat,
) -> None:
    """Let the item of one chosen proposal come in, follow the list, or stay as people made it."""
    digest = values.digest()
    if item is None:
        item = new_item(plan, uuid4(), values, actor)
        RkpdesItem.objects.filter(pk=item.pk).update(selection_digest=digest)
        item.selection_digest = digest
        ItemProposal.objects.create(item=item, proposal=proposal)
        work.created.append(item)
        return
    if untouched(item) and item.selection_digest != digest:
        for name, value in values.columns.items():
            setattr(item, name, value)
        item.selection_digest, item.fallen_out = digest, False
        item.version += 1
        item.save()
        write_fundings(item, dict(values.funding))
        work.updated.append(item)
        return
    if item.fallen_out:
        item.fallen_out = False
        item.version += 1
        item.save()
        work.updated.append(item)
    if item.selection_digest != digest or not untouched(item):
        work.kept.append(item)


def let_go(work: Work, items: Sequence[tuple[RkpdesItem, list[UUID]]], chosen: set[UUID]) -> None:
    """Remove or flag the items whose every proposal fell out of the list."""
    for item, keys in items:
        if not keys or chosen.intersection(keys) or not item.selection_digest:
            continue
        if untouched(item):
            work.removed.append(item.name)
            item.delete()
        elif not item.fallen_out:
            item.fallen_out = True
            item.version += 1
            item.save()
            work.flagged.append(item)
