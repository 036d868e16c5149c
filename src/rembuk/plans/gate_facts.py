"""What the gates K1, K2 and K5 to K12 rest on where teams, the RPJM Desa and the plan are concerned."""

from collections.abc import Mapping, Sequence
from functools import partial
from uuid import UUID

from django.db.models import Count, Q

from rembuk.core.workflow.guards import PlanProgress, TeamFacts
from rembuk.core.workflow.perdes_states import PerdesState
from rembuk.core.workflow.plan_states import PlanState
from rembuk.cycles import gates
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import ScoreSheet
from rembuk.plans.findings import findings_of_many
from rembuk.plans.models import (
    AgreedChange,
    DuRkpdesItem,
    ItemFunding,
    RkpdesItem,
    Rpjmdes,
    TeamMember,
)
from rembuk.plans.queries import plans_that_count
from rembuk.proposals.models import Proposal

Found = Mapping[UUID, Mapping[str, object]]
APPROVED = frozenset(
    {PlanState.HEAD_APPROVED, PlanState.MUSRENBANG, PlanState.FINAL, PlanState.AGREED, PlanState.ENACTED}
)
AGREED = frozenset({PlanState.AGREED, PlanState.ENACTED})
CHECKED_STAGES = frozenset({"K6", "K8", "K9", "K10", "K11", "K12"})
PLAN_STAGES = ("K5", "K6", "K7", "K8", "K9", "K10", "K11", "K12")
OPEN = ("sent", "checked", "discussed", "ranked")


def register() -> None:
    """Let this room answer for its stages; called once from ``ready()``."""
    gates.register("K1", "plans", rpjmdes_facts)
    gates.register("K2", "plans", team_facts)
    gates.register("R1", "plans", team_facts)
    for stage in PLAN_STAGES:
        gates.register(stage, "plans", partial(plan_stage_facts, stage))


def rpjmdes_facts(cycle_ids: Sequence[UUID]) -> Found:
    """Return whether each cycle's village has an active RPJM Desa (G01). Two queries."""
    villages = dict(Cycle.objects.filter(pk__in=cycle_ids).values_list("id", "village_id"))
    active = Rpjmdes.objects.filter(village_id__in=set(villages.values()), is_active=True)
    having = set(active.order_by().values_list("village_id", flat=True))
    return {key: {"rpjmdes": villages.get(key) in having} for key in cycle_ids}


def team_facts(cycle_ids: Sequence[UUID]) -> Found:
    """Return the drafting team of each cycle (G02). One query; the patron stands above the team and is not counted."""
    own = Q(position__in=("chair", "secretary", "member"))
    rows = (
        TeamMember.objects.filter(team__cycle_id__in=cycle_ids, team__kind="drafting")
        .order_by()
        .values("team__cycle_id")
        .annotate(
            members=Count("id", filter=own),
            women=Count("id", filter=own & Q(sex="P")),
            chairs=Count("id", filter=Q(position="chair")),
            secretaries=Count("id", filter=Q(position="secretary")),
        )
    )
    found = {
        row["team__cycle_id"]: TeamFacts(row["members"], row["women"], row["chairs"] > 0, row["secretaries"] > 0)
        for row in rows
    }
    return {key: {"team": found.get(key, TeamFacts())} for key in cycle_ids}


def plan_stage_facts(stage: str, cycle_ids: Sequence[UUID]) -> Found:
    """Return how the plan of each cycle stands, with the findings as of *stage*; for K5 also the RPJM Desa."""
    found = progress_of(cycle_ids, stage)
    facts: dict[UUID, dict[str, object]] = {key: {"plan": found[key]} for key in cycle_ids}
    if stage == "K5":
        for key, rpjmdes in rpjmdes_facts(cycle_ids).items():
            facts[key].update(rpjmdes)
    return facts


def progress_of(cycle_ids: Sequence[UUID], stage: str) -> dict[UUID, PlanProgress]:
    """Return the progress of each cycle's plan: the version in force, the newest before one is.

    An amendment in work undoes no stage that is done. About twenty queries, however many cycles.
    """
    plans = {key: found.counts for key, found in plans_that_count(cycle_ids).items()}
    proposals = proposal_counts(cycle_ids)
    scores = ScoreSheet.objects.filter(meeting__cycle_id__in=cycle_ids).order_by()
    scored = set(scores.values_list("meeting__cycle_id", flat=True))
    du_items = dict(
        DuRkpdesItem.objects.filter(cycle_id__in=cycle_ids).order_by().values_list("cycle_id").annotate(n=Count("id"))
    )
    items = item_counts([plan.id for plan in plans.values()])
    changes = AgreedChange.objects.filter(plan__in=plans.values(), answer="open").order_by()
    open_changes = dict(changes.values_list("plan_id").annotate(n=Count("id")))
    findings = findings_of_many(list(plans.values()), stage) if stage in CHECKED_STAGES and plans else {}
    result: dict[UUID, PlanProgress] = {}
    for key in cycle_ids:
        plan = plans.get(key)
        total, unanswered = proposals.get(key, (0, 0))
        counts = items.get(plan.id, {}) if plan is not None else {}
        result[key] = PlanProgress(
            items=counts.get("items", 0),
            items_without_cost=counts.get("items", 0) - counts.get("with_cost", 0),
            proposals=total,
            proposals_unanswered=unanswered,
            scored=key in scored,
            allocated=counts.get("allocated", 0) > 0,
            physical=counts.get("physical", 0),
            without_verdict=counts.get("without_verdict", 0),
            head_approved=plan is not None and plan.state in APPROVED,
            changes_open=open_changes.get(plan.id, 0) if plan is not None else 0,
            du_items=du_items.get(key, 0),
            bpd_agreed=plan is not None and plan.state in AGREED,
            perdes_number=plan.perdes_number if plan is not None and plan.enacted else "",
            perdes_signed=plan is not None and PerdesState.SIGNED.value in plan.perdes_dates,
            promulgated_date=plan.promulgated_date if plan is not None else None,
            findings=tuple(findings.get(plan.id, ())) if plan is not None else (),
        )
    return result


def proposal_counts(cycle_ids: Sequence[UUID]) -> dict[UUID, tuple[int, int]]:
    """Return cycle -> (sent proposals, those without an answer). One query."""
    rows = Proposal.objects.filter(cycle_id__in=cycle_ids).exclude(state__in=("draft", "withdrawn")).order_by()
    found = rows.values("cycle_id").annotate(total=Count("id"), open=Count("id", filter=Q(state__in=OPEN)))
    return {row["cycle_id"]: (row["total"], row["open"]) for row in found}


def item_counts(plan_ids: Sequence[UUID]) -> dict[UUID, dict[str, int]]:
    """Return plan -> counts of its items. Two queries."""
    rows = (
        RkpdesItem.objects.filter(plan_id__in=plan_ids)
        .order_by()
        .values("plan_id")
        .annotate(
            items=Count("id", distinct=True),
            physical=Count("id", filter=Q(is_physical=True), distinct=True),
            without_verdict=Count("id", filter=Q(is_physical=True, technical_checks__isnull=True), distinct=True),
            allocated=Count("id", filter=~Q(selection_digest=""), distinct=True),
        )
    )
    names = ("items", "physical", "without_verdict", "allocated")
    found: dict[UUID, dict[str, int]] = {}
    for row in rows:
        counts: dict[str, int] = dict(row)  # type: ignore[arg-type]
        found[row["plan_id"]] = {name: counts[name] for name in names}
    paid = ItemFunding.objects.filter(item__plan_id__in=plan_ids, amount__gt=0).order_by().values("item__plan_id")
    for money in paid.annotate(n=Count("item_id", distinct=True)):
        found[money["item__plan_id"]]["with_cost"] = money["n"]
    return found
