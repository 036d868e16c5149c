"""What the addresses of the desk are about."""

from dataclasses import dataclass
from uuid import UUID

from rembuk.core.hat import Place
from rembuk.cycles.models import Cycle
from rembuk.cycles.queries import cycle_by_id
from rembuk.guidance.evaluation import queries
from rembuk.guidance.evaluation.models import Delegation, Review
from rembuk.guidance.evaluation.subjects import kinds_of


@dataclass(frozen=True, slots=True)
class Intake:
    """A draft about to be handed in: its cycle and its list."""

    cycle: Cycle
    checks: str

    @property
    def place(self) -> Place:
        return self.cycle.village.place


def review_of(review_id: UUID) -> Review:
    return queries.review_by_id(review_id)


def cycle_of(cycle_id: UUID) -> Cycle:
    return cycle_by_id(cycle_id)


def intake_of(cycle_id: UUID, kind: str) -> Intake:
    cycle = cycle_by_id(cycle_id)
    checks = f"EV-{kind.upper()}"
    if checks not in kinds_of(cycle):
        raise ValueError(kind)
    return Intake(cycle, checks)


def delegation_of(delegation_id: UUID) -> Delegation:
    return queries.delegation_by_id(delegation_id)
