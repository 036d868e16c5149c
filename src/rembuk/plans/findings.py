"""What the checks of core say about a plan: facts gathered set-based, findings by row."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Count, Q

from rembuk.core.checks.facts import ALL_KNOWN, DuItemFacts, ImplementerFacts, ItemFacts, PlanFacts
from rembuk.core.checks.plan import check_plan
from rembuk.core.errors import Finding
from rembuk.funding.queries import CeilingsInForce, ceilings_of_many
from rembuk.plans.content import content_hash
from rembuk.plans.models import DuRkpdesItem, Implementer, RkpdesItem, RkpdesVersion, Rpjmdes
from rembuk.plans.queries import items_of_many, newest_check, rab_total_of
from rembuk.plans.typed import number_text
from rembuk.proposals.models import Proposal
from rembuk.regions.models import Hamlet, Rt

STAGES = {
    "draft": None,
    "returned": None,
    "verified": "K7",
    "head_approved": "K8",
    "musrenbang": "K9",
    "final": "K11",
    "agreed": "K12",
    "enacted": "K12",
}
"""State of a version -> the gate that stands before it, whose severities the screen shows."""


def findings_for(plan_id: UUID, stage: str | None = None, items: Sequence[RkpdesItem] | None = None) -> list[Finding]:
    """Return the findings about one plan as of *stage* (``K11``; None while drafting), in the order of the codes.

    items: of the plan as `items_of` gives them, where the caller holds them already. A constant number of queries for
    any number of items. Raises: RkpdesVersion.DoesNotExist.
    """
    plan = RkpdesVersion.objects.select_related("village__regency", "cycle").get(pk=plan_id)
    facts = plan_facts([plan], None if items is None else {plan_id: items})
    return check_plan(facts[plan_id], stage)


def findings_of_many(plans: Sequence[RkpdesVersion], stage: str | None = None) -> dict[UUID, list[Finding]]:
    """Return plan -> findings. Twelve queries at most, however many plans and items."""
    return {key: check_plan(facts, stage) for key, facts in plan_facts(plans).items()}


def plan_facts(
    plans: Sequence[RkpdesVersion], items: Mapping[UUID, Sequence[RkpdesItem]] | None = None
) -> dict[UUID, PlanFacts]:
    """Gather what the checks look at. plans: with village, regency and cycle; items: theirs, where they are loaded."""
    if items is None:
        items = items_of_many([plan.id for plan in plans])
    pairs = [(plan.village_id, plan.cycle.budget_year) for plan in plans]
    ceilings = ceilings_of_many(pairs)
    active = counted(Rpjmdes.objects.filter(village_id__in={v for v, _ in pairs}, is_active=True), "village_id")
    du_items = by_cycle(DuRkpdesItem.objects.filter(cycle_id__in=[plan.cycle_id for plan in plans]))
    hamlets = hamlet_names({village for village, _year in pairs})
    heard = hamlets_heard([plan.cycle_id for plan in plans])
    rts = counted(Rt.objects.filter(village_id__in={v for v, _ in pairs}), "village_id")
    return {
        plan.id: PlanFacts(
            village=plan.village_id,
            budget_year=plan.cycle.budget_year,
            items=tuple(item_facts(item, plan.cycle.budget_year) for item in items[plan.id]),
            ceilings=dict(ceilings[plan.village_id, plan.cycle.budget_year].plannable),
            earmarked=earmarked(ceilings[plan.village_id, plan.cycle.budget_year]),
            known=ALL_KNOWN,
            active_rpjmdes=active.get(plan.village_id, 0),
            du_items=tuple(du_facts(row) for row in du_items.get(plan.cycle_id, ())),
            hamlets=hamlets.get(plan.village_id, frozenset()),
            hamlets_heard=heard.get(plan.cycle_id, frozenset()),
            regency=plan.village.regency_id,
            rt_count=rts.get(plan.village_id),
            ceilings_provisional=ceilings[plan.village_id, plan.cycle.budget_year].stage == "provisional",
            enacted=plan.enacted,
            changed_after_enactment=plan.enacted and content_hash(plan, items[plan.id]) != plan.content_hash,
            public_copy=plan.enacted,
        )
        for plan in plans
    }


def item_facts(item: RkpdesItem, budget_year: int) -> ItemFacts:
    """Return one prefetched item as the checks see it."""
    check = newest_check(item)
    lines = item.rab_lines.all()
    size = " ".join(part for part in (number_text(item.volume), item.unit) if part)
    traced = item.rpjmdes_item is not None and budget_year in item.rpjmdes_item.years
    return ItemFacts(
        id=str(item.id),
        name=item.name,
        activity_code=item.activity_code,
        location=item.location,
        volume=size,
        funding={funding.source: funding.amount for funding in item.fundings.all()},
        rab_total=rab_total_of(item) if lines else None,
        is_physical=item.is_physical,
        has_design=item.has_design,
        verdict=check.is_feasible if check is not None else None,
        authority=authority_of(item),
        in_rpjmdes=traced,
        outside_reason=item.outside_rpjm_reason,
        focus=item.dd_focus,
        programme=item.programme_tag,
        implementer=implementer_facts(getattr(item, "implementer", None)),
    )


def authority_of(item: RkpdesItem) -> bool | None:
    """Return a person's word on authority from the proposals behind the item; an item of the office itself is its own.

    One proposal beyond the village is enough; one that nobody asked about leaves it open.
    """
    words = [link.proposal.authority for link in item.proposal_links.all()]
    if Proposal.Authority.HIGHER in words:
        return False
    if Proposal.Authority.UNKNOWN in words:
        return None
    return True


def implementer_facts(row: Implementer | None) -> ImplementerFacts | None:
    if row is None:
        return None
    positions = [str(member.get("position", "")) for member in row.members]
    return ImplementerFacts(
        chair="chair" in positions,
        secretary="secretary" in positions,
        treasurer="treasurer" in positions,
        members=positions.count("member"),
        women=sum(member.get("sex") == "P" for member in row.members),
    )


def du_facts(row: DuRkpdesItem) -> DuItemFacts:
    return DuItemFacts(str(row.id), row.name, row.activity_code, row.location, row.volume_text)


def earmarked(found: CeilingsInForce) -> dict[str, int]:
    """Return source -> rupiah that is bound to something and not planned by villagers."""
    return {source: sum(marks.values()) for source, marks in found.earmarked.items()}


def counted(rows: "object", name: str) -> dict[str, int]:
    """Count rows by a column. One query."""
    found = rows.order_by().values(name).annotate(n=Count("pk"))  # type: ignore[attr-defined]
    return {row[name]: row["n"] for row in found}


def by_cycle(rows: Iterable[DuRkpdesItem]) -> Mapping[UUID, list[DuRkpdesItem]]:
    found: dict[UUID, list[DuRkpdesItem]] = defaultdict(list)
    for row in rows:
        found[row.cycle_id].append(row)
    return found


def hamlet_names(village_ids: set[str]) -> dict[str, frozenset[str]]:
    """Return village -> names of its hamlets of today. One query."""
    found: dict[str, set[str]] = defaultdict(set)
    rows = Hamlet.objects.filter(village_id__in=village_ids, valid_to__isnull=True)
    for village, name in rows.values_list("village_id", "name"):
        found[village].add(name)
    return {village: frozenset(names) for village, names in found.items()}


def hamlets_heard(cycle_ids: Sequence[UUID]) -> dict[UUID, frozenset[str]]:
    """Return cycle -> names of hamlets that proposed something. One query."""
    found: dict[UUID, set[str]] = defaultdict(set)
    rows = Proposal.objects.filter(cycle_id__in=cycle_ids, hamlet__isnull=False)
    rows = rows.exclude(Q(state="draft") | Q(state="withdrawn"))
    for cycle, name in rows.order_by().values_list("cycle_id", "hamlet__name").distinct():
        found[cycle].add(name)
    return {cycle: frozenset(names) for cycle, names in found.items()}


def by_item(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Return item id -> its findings, the blocking ones first; those about the whole plan stand under an empty id."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        found[finding.subject if len(finding.subject) == 36 else ""].append(finding)
    order = {"block": 0, "warn": 1, "note": 2}
    for rows in found.values():
        rows.sort(key=lambda finding: (order[finding.severity], finding.code))
    return dict(found)
