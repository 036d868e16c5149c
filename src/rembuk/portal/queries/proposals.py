"""The proposals of a village as anybody may see them: from the secretary's look on, never a proposer's name."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from rembuk.core.workflow.proposal_states import ProposalState as State
from rembuk.proposals.models import Proposal
from rembuk.proposals.queries import public_q
from rembuk.regions.models import Village


@dataclass(frozen=True, slots=True)
class ProposalSums:
    """How many public proposals there are and what became of them."""

    total: int = 0
    planned: int = 0
    shelved: int = 0
    forwarded: int = 0
    declined: int = 0
    merged: int = 0

    @property
    def waiting(self) -> int:
        return self.total - self.planned - self.shelved - self.forwarded - self.declined - self.merged


def public_proposals(village: Village) -> "QuerySet[Proposal]":
    """Return the village's public proposals of every year."""
    return Proposal.objects.filter(public_q(), village=village)


def proposal_sums(village: Village) -> dict[UUID, ProposalSums]:
    """Return cycle -> what became of its public proposals. One query."""
    counts: dict[UUID, Counter[str]] = {}
    rows = public_proposals(village).filter(cycle__isnull=False).order_by().values_list("cycle_id", "state")
    for cycle, state, number in rows.annotate(n=Count("id")):
        counts.setdefault(cycle, Counter())[state] = number
    return {cycle: sums_of(states) for cycle, states in counts.items()}


def sums_of(states: Counter[str]) -> ProposalSums:
    return ProposalSums(
        total=sum(states.values()),
        planned=states[State.PLANNED.value],
        shelved=states[State.SHELVED.value],
        forwarded=states[State.FORWARDED.value],
        declined=states[State.DECLINED.value],
        merged=states[State.MERGED.value],
    )
