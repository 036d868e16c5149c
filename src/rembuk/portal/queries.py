"""What the portal reads: a village's year as anybody may see it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from rembuk.core.documents.frame import SHORT_FIELDS
from rembuk.core.workflow.proposal_states import ProposalState as State
from rembuk.cycles.models import Cycle
from rembuk.cycles.queries import states_of
from rembuk.cycles.shown import ShownStage, shown_stage
from rembuk.deliberation.models import Meeting
from rembuk.plans.models import RkpdesVersion
from rembuk.plans.queries import items_of, version_in_force
from rembuk.proposals.models import Proposal
from rembuk.proposals.permissions import PUBLIC_STATES
from rembuk.regions.models import Village

SHOWN_STAGES = ("K2", "K1", "K3", "K6", "K7", "K9", "K11", "K12", "K13", "K15")
PROPOSALS_SHOWN = 12


def village_by_code(code: str) -> Village:
    """Return the village with the official code of today. Raises: Village.DoesNotExist."""
    return Village.objects.select_related("district", "regency").get(code=code, valid_to__isnull=True)


def found_villages(text: str) -> list[Village]:
    """Return the villages of this installation whose name or code matches, by district and name."""
    villages = Village.objects.filter(valid_to__isnull=True).select_related("district")
    if text:
        villages = villages.filter(
            Q(name__icontains=text) | Q(code__startswith=text) | Q(district__name__icontains=text)
        )
    return list(villages.order_by("district__name", "name", "id"))


def public_stages(cycle: Cycle, today: date) -> list[ShownStage]:
    """Return the stages that residents follow."""
    return [shown_stage(state, ()) for state in states_of(cycle, today) if state.code in SHOWN_STAGES]


def coming_meetings(village: Village, now: datetime) -> list[Meeting]:
    """Return the next open meetings of a village."""
    coming = Meeting.objects.filter(village=village, scheduled_at__gte=now, signed_at__isnull=True)
    return list(coming.select_related("hamlet").order_by("scheduled_at", "id")[:4])


@dataclass(frozen=True, slots=True)
class FieldSum:
    """One field (bidang) of an enacted plan, whole rupiah; share in percent of the plan, for a bar."""

    number: int
    name: str
    amount: int
    count: int
    names: tuple[str, ...]


def enacted_plan(cycle: Cycle) -> RkpdesVersion | None:
    """Return the version in force: only that is public."""
    return version_in_force(cycle.pk)


def sums_by_field(plan: RkpdesVersion) -> list[FieldSum]:
    """Return what each of the five fields gets."""
    amounts: Counter[int] = Counter()
    names: dict[int, list[tuple[int, str]]] = {number: [] for number in SHORT_FIELDS}
    for item in items_of(plan.pk):
        number = int(item.activity_code[:1])
        cost = sum(funding.amount for funding in item.fundings.all())
        amounts[number] += cost
        names[number].append((-cost, item.name))
    return [
        FieldSum(
            number,
            name,
            amounts[number],
            len(names[number]),
            tuple(title for _cost, title in sorted(names[number])[:3]),
        )
        for number, name in SHORT_FIELDS.items()
    ]


@dataclass(frozen=True, slots=True)
class ProposalSums:
    """How many public proposals there are and what became of them."""

    total: int
    planned: int
    shelved: int
    forwarded: int
    merged: int


def public_proposals(cycle: Cycle) -> tuple[ProposalSums, Sequence[Proposal]]:
    """Return the sums and the first proposals that the secretary has looked at; never a proposer's name."""
    rows = Proposal.objects.filter(cycle=cycle, state__in=PUBLIC_STATES)
    counts = Counter(rows.order_by().values_list("state", flat=True))
    sums = ProposalSums(
        total=sum(counts.values()),
        planned=counts[State.PLANNED.value],
        shelved=counts[State.SHELVED.value],
        forwarded=counts[State.FORWARDED.value],
        merged=counts[State.MERGED.value],
    )
    return sums, list(rows.select_related("hamlet").order_by("number", "id")[:PROPOSALS_SHOWN])
