"""The DU-RKP of a cycle as its page shows it: what each need has and lacks, where the list stands."""

from rembuk.core.workflow.du_states import Completeness, DuFacts, completeness_of
from rembuk.plans.models import DuRkpdesItem


def completeness(row: DuRkpdesItem) -> Completeness:
    """Return what a need has and lacks. No query."""
    return completeness_of(
        DuFacts(
            location=bool(row.location),
            volume=bool(row.volume_text),
            destination=bool(row.destination),
            reason=bool(row.reason.strip()),
            cost=row.cost is not None,
            source=bool(row.proposed_source),
            schedule=bool(row.schedule),
            design=row.has_design,
            land=row.land_ready,
            traced=row.proposal_id is not None,
        )
    )
