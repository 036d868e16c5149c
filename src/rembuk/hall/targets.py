"""What an address of the studio is about, with the place that permissions ask for."""

from dataclasses import dataclass
from uuid import UUID

from rembuk.budgeting import queries
from rembuk.budgeting.models import AllocationRun
from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle
from rembuk.deliberation.models import Meeting
from rembuk.proposals.models import Proposal


@dataclass(frozen=True, slots=True)
class Asked:
    """A proposal that somebody asks about in the list of a cycle."""

    cycle: Cycle
    key: UUID

    @property
    def place(self) -> Place:
        return self.cycle.place


@dataclass(frozen=True, slots=True)
class Pinned:
    """A proposal that the hall decides about in a run."""

    run: AllocationRun
    proposal: Proposal

    @property
    def place(self) -> Place:
        return self.run.place

    @property
    def meeting(self) -> Meeting | None:
        """Whose chair decides."""
        return self.run.meeting


def cycle_of(cycle_id: UUID) -> Cycle:
    return queries.cycle_by_id(cycle_id)


def run_of(run_id: UUID) -> AllocationRun:
    return queries.run_by_id(run_id)


def asked_of(cycle_id: UUID, proposal_id: UUID) -> Asked:
    return Asked(cycle_of(cycle_id), proposal_id)


def pinned_of(run_id: UUID, proposal_id: UUID) -> Pinned:
    """Return run and proposal, which must be of one cycle. Raises: DoesNotExist."""
    run = run_of(run_id)
    return Pinned(run, Proposal.objects.select_related("hamlet").get(pk=proposal_id, cycle_id=run.cycle_id))


def key_of(text: str) -> UUID | None:
    """Read a key that the page made; None when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
