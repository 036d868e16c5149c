"""What the gates R2 and R5 to R12 rest on: the programmes listed, the matrix, its way through approval and Perdes."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Count
from django.urls import reverse

from rembuk.core.errors import Finding
from rembuk.core.workflow.guards import PolicyFacts, RpjmProgress
from rembuk.core.workflow.perdes_states import PerdesState
from rembuk.core.workflow.plan_states import PlanState
from rembuk.cycles import gates, links
from rembuk.cycles.links import Where
from rembuk.plans.models import PolicyLine, Rpjmdes, RpjmdesChange
from rembuk.plans.rpjm_queries import matrix_states

Found = Mapping[UUID, Mapping[str, object]]
STAGES = ("R5", "R6", "R7", "R8", "R9", "R10", "R11", "R12")
APPROVED = frozenset(
    {PlanState.HEAD_APPROVED, PlanState.MUSRENBANG, PlanState.FINAL, PlanState.AGREED, PlanState.ENACTED}
)
AGREED = frozenset({PlanState.AGREED, PlanState.ENACTED})
RESULTS = frozenset({PerdesState.CLEAR, PerdesState.REVISE, PerdesState.ANNULLED})


def register() -> None:
    """Let this room answer for the stages of the medium-term cycle; called once from ``ready()``."""
    gates.register("R2", "plans", policy_facts)
    links.register("plans:rpjm_item", item_address)
    for stage in STAGES:
        gates.register(stage, "plans", rpjm_facts)


def item_address(where: Where, finding: Finding) -> str:
    """Lead to the activity's page; a finding about none leads to the matrix."""
    if len(finding.subject) == 36:
        return reverse("plans:rpjm_item", args=(finding.subject,))
    return reverse("plans:rpjm_draft", args=(where.cycle_id,))


def policy_facts(cycle_ids: Sequence[UUID]) -> Found:
    """Return how many programmes enter the village, and why none does; nothing before somebody began. Two queries.

    A village that lays its list under the stage as a file has begun nothing here, and the paper decides.
    """
    lines = PolicyLine.objects.filter(rpjmdes__cycle_id__in=cycle_ids).order_by().values_list("rpjmdes__cycle_id")
    counts = dict(lines.annotate(n=Count("id")))
    notes = dict(
        Rpjmdes.objects.filter(cycle_id__in=cycle_ids).exclude(policy_note="").values_list("cycle_id", "policy_note")
    )
    return {
        key: {"policy": PolicyFacts(counts.get(key, 0), notes.get(key, ""))}
        for key in cycle_ids
        if key in counts or key in notes
    }


def rpjm_facts(cycle_ids: Sequence[UUID]) -> Found:
    """Return how the RPJM Desa of each cycle stands. Three queries, however many cycles."""
    plans = {row.cycle_id: row for row in Rpjmdes.objects.filter(cycle_id__in=cycle_ids) if row.cycle_id is not None}
    states = matrix_states(list(plans.values()))
    changes = RpjmdesChange.objects.filter(rpjmdes__in=[plan.id for plan in plans.values()], answer="open")
    open_changes = dict(changes.order_by().values_list("rpjmdes_id").annotate(n=Count("id")))
    found: dict[UUID, dict[str, object]] = {}
    for key in cycle_ids:
        plan = plans.get(key)
        if plan is None:
            found[key] = {"rpjm": RpjmProgress()}
            continue
        matrix = states[plan.id]
        found[key] = {
            "rpjm": RpjmProgress(
                items=matrix.items,
                incomplete=matrix.incomplete,
                empty_years=matrix.empty_years,
                head_approved=plan.state in APPROVED,
                changes_open=open_changes.get(plan.id, 0),
                bpd_agreed=plan.state in AGREED,
                perdes_number=plan.perdes_number if plan.enacted else "",
                perdes_signed=PerdesState.SIGNED.value in plan.perdes_dates,
                promulgated_date=plan.promulgated_date,
                clarified=plan.perdes_state if plan.perdes_state in RESULTS else "",
                published_date=plan.published_date,
                published_in=plan.published_in,
                findings=matrix.findings,
            )
        }
    return found
