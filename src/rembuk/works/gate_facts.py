"""What K17 shows of works: how many of the budget's activities are opened, and how many handed over."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from rembuk.cycles import gates
from rembuk.works.queries import counts_of


def register() -> None:
    """Let this room answer for its stage; called once from ``ready()``."""
    gates.register("K17", "works", work_facts)


def work_facts(cycle_ids: Sequence[UUID]) -> Mapping[UUID, Mapping[str, object]]:
    """Return for each cycle the numbers of works; they are shown and hold no gate. Three queries."""
    return {
        key: {"works": counts["works"], "works_closed": counts["closed"]}
        for key, counts in counts_of(cycle_ids).items()
    }
