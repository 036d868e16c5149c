"""F22 and F23: the proposals of a cycle, by priority and by goal of SDGs Desa."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max

from rembuk.budgeting.models import AllocationRun
from rembuk.budgeting.queries import adopted_runs
from rembuk.budgeting.stored import unpacked
from rembuk.core.documents.frame import UNNAMED, Person, date_text
from rembuk.core.documents.priorities import PriorityLine, PriorityValues
from rembuk.core.documents.rkpdes import Beneficiaries, FundedPart
from rembuk.core.documents.sdgs_proposals import GoalLine, GoalValues
from rembuk.core.lists import sdgs
from rembuk.core.money import Rupiah
from rembuk.cycles.models import Cycle
from rembuk.deliberation.queries import ranking_of_cycle
from rembuk.documents.gather.days import local_day
from rembuk.documents.gather.financing import cycle_of
from rembuk.plans.models import RkpdesItem
from rembuk.plans.paper_values import frame_of, signers_of
from rembuk.plans.queries import chairs_of, items_of, plan_that_counts
from rembuk.proposals.models import Proposal
from rembuk.proposals.queries import location_of, origins_of, sent_of_cycle, with_places

UNRANKED_NOTE = "Belum ada skor musyawarah; urutan bawaan, bukan urutan hukum."
RANKED_NOTE = "Urutan menurut skor musyawarah. Pembagian pagu belum disahkan, jadi sumber dana belum diisi."
ADOPTED_NOTE = "Urutan dan sumber dana menurut hasil alokasi yang disahkan {day}{meeting}."
MAIN_GOAL_NOTE = "Usulan untuk beberapa tujuan dihitung sekali, di bawah tujuan yang disebut pertama."


@dataclass(frozen=True, slots=True)
class Placed:
    """A proposal with its place. funding: what the adopted run found for it."""

    proposal: Proposal
    rank: int
    cost: Rupiah | None
    funding: tuple[FundedPart, ...] = ()


def priorities(key: str) -> PriorityValues:
    """Return the values of F22: the adopted run where there is one, else the ranking. Raises: Cycle.DoesNotExist."""
    cycle = cycle_of(key)
    run = adopted_runs([cycle.pk]).get(cycle.pk)
    placed, note = by_run(cycle, run) if run is not None else by_ranking(cycle)
    plan = plan_that_counts(cycle.pk)
    items = items_by_proposal(plan.pk) if plan is not None else {}
    dated = local_day(cycle.village, run.adopted_at) if run is not None and run.adopted_at else last_change(cycle)
    costless = sum(one.cost is None for one in placed)
    notes = [note] if placed else []
    notes += [f"{costless} usulan belum punya biaya yang terbaca dan tidak ikut dijumlahkan."] if costless else []
    return PriorityValues(
        frame=frame_of(cycle.village, dated),
        budget_year=cycle.budget_year,
        lines=tuple(priority_line(one, items.get(one.proposal.pk)) for one in placed),
        head=signers_of(cycle.village_id, dated).get("KAD", UNNAMED),
        team_chair=Person(chairs_of(cycle.pk).drafting),
        notes=tuple(notes),
    )


def by_run(cycle: Cycle, run: AllocationRun) -> tuple[list[Placed], str]:
    """Return the proposals of an adopted run in its order, with their money. One query."""
    decisions = unpacked(run.problem, run.outcome, run.digest).outcome.decisions
    keys = [UUID(decision.id) for decision in decisions]
    rows = {row.pk: row for row in with_places(Proposal.objects.filter(pk__in=keys))}
    placed = [
        Placed(
            rows[UUID(decision.id)],
            rank,
            decision.cost,
            tuple(FundedPart(source, amount) for source, amount in decision.amounts),
        )
        for rank, decision in enumerate(decisions, 1)
        if UUID(decision.id) in rows
    ]
    meeting = f" dalam {run.meeting.title}" if run.meeting is not None else ""
    day = date_text(local_day(cycle.village, run.adopted_at or run.made_at))
    return placed, ADOPTED_NOTE.format(day=day, meeting=meeting)


def by_ranking(cycle: Cycle) -> tuple[list[Placed], str]:
    """Return the open proposals in the order of their scores, without money. Three queries."""
    scores, ranking = ranking_of_cycle(cycle.pk)
    rows = {row.pk: row for row in with_places(Proposal.objects.filter(cycle=cycle))}
    placed = [
        Placed(rows[one.proposal.pk], one.rank, None if one.proposal.cost is None else Rupiah(one.proposal.cost))
        for one in ranking
    ]
    return placed, UNRANKED_NOTE if scores.scope == "none" else RANKED_NOTE


def items_by_proposal(plan_id: UUID) -> Mapping[UUID, RkpdesItem]:
    """Return proposal -> the plan's item that came from it."""
    return {link.proposal_id: item for item in items_of(plan_id) for link in item.proposal_links.all()}


def priority_line(one: Placed, item: RkpdesItem | None) -> PriorityLine:
    row = one.proposal
    return PriorityLine(
        field=row.field or 0,
        rank=one.rank,
        proposal=row.title,
        sdgs=tuple(row.sdgs),
        baseline=item.baseline if item is not None else "",
        location=location_of(row),
        quantity=row.volume.normalize() if row.volume is not None else None,
        unit=row.unit,
        beneficiaries=counted(row),
        schedule=item.schedule if item is not None else "",
        cost=one.cost,
        funding=one.funding,
    )


def counted(row: Proposal) -> Beneficiaries:
    return Beneficiaries(row.beneficiaries_male, row.beneficiaries_female, row.beneficiaries_poor)


def last_change(cycle: Cycle) -> date:
    """Return the day of the newest change in a cycle's proposals."""
    newest = Proposal.objects.filter(cycle=cycle).exclude(state="draft").aggregate(at=Max("changed_at"))["at"]
    return local_day(cycle.village, newest or cycle.created_at)


def sdgs_proposals(key: str) -> GoalValues:
    """Return the values of F23: every sent proposal, merged ones with their target. Raises: Cycle.DoesNotExist."""
    cycle = cycle_of(key)
    dated = last_change(cycle)
    sent = sent_of_cycle(cycle.pk)
    several = any(len(row.sdgs) > 1 for row, _merged in sent)
    return GoalValues(
        frame=frame_of(cycle.village, dated),
        budget_year=cycle.budget_year,
        lines=tuple(
            GoalLine(
                proposal=row.title,
                goals=tuple(row.sdgs),
                origin=origins_of(row, merged),
                location=location_of(row),
                quantity=row.volume.normalize() if row.volume is not None else None,
                unit=row.unit,
                beneficiaries=counted(row),
                cost=None if row.cost is None else Rupiah(row.cost),
                remark=remark_of(row, cycle.budget_year),
            )
            for row, merged in sent
        ),
        goal_names={number: goal.name for number, goal in sdgs().items()},
        head=signers_of(cycle.village_id, dated).get("KAD", UNNAMED),
        team_chair=Person(chairs_of(cycle.pk).drafting),
        notes=(MAIN_GOAL_NOTE,) if several else (),
    )


def remark_of(row: Proposal, budget_year: int) -> str:
    """Say where a proposal went, as the form's last column asks."""
    return {
        "planned": f"RKP {budget_year}",
        "forwarded": "DU-RKP",
        "shelved": "Tahun lain",
        "declined": "Tidak diterima",
    }.get(row.state, "Dalam pembahasan")
