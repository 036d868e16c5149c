"""What the room of the annual plan remembers."""

from rembuk.guidance.programme.models.commitments import Commitment, CommitmentEvidence
from rembuk.guidance.programme.models.money import ActivityLink, Realisation
from rembuk.guidance.programme.models.plans import (
    ActivityTarget,
    BudgetLine,
    GuidancePlan,
    LeftOut,
    PlanActivity,
    PlanVersion,
)

__all__ = [
    "ActivityLink",
    "ActivityTarget",
    "BudgetLine",
    "Commitment",
    "CommitmentEvidence",
    "GuidancePlan",
    "LeftOut",
    "PlanActivity",
    "PlanVersion",
    "Realisation",
]
