"""The checks that apply to a drafted plan, as findings with severity and source."""

from collections.abc import Sequence

from rembuk.core.draft.plan import DraftPlan
from rembuk.core.errors import Finding
from rembuk.core.intake.proposals import ProposalReading


def plan_findings(plan: DraftPlan, village: str, reading: ProposalReading) -> Sequence[Finding]:
    """Return the findings about *plan*."""
    return ()
