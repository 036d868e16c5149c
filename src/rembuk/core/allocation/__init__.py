"""Choosing which proposals enter the plan: values in, an outcome with a reason for each proposal out.

Ties are broken in a published order: rank given by the meeting, then the lower cost, then the earlier proposal
(position), then the smaller id. Money is whole rupiah; shares are exact fractions; no float takes part.
"""

from rembuk.core.allocation.engine import NEEDS_BALLOTS, RULES, UnknownRuleError, allocate
from rembuk.core.allocation.model import (
    WHOLE,
    Ballot,
    Decision,
    Exclusion,
    InvalidProblemError,
    Issue,
    Outcome,
    Problem,
    Proposal,
    Round,
    RowState,
    Share,
    Solver,
    Source,
    SourceState,
)
from rembuk.core.allocation.reasons import sentence
from rembuk.core.allocation.rules import shares_of
from rembuk.core.allocation.settings import Settings, Ties, lot
from rembuk.core.allocation.verify import Violation, verify

__all__ = [
    "NEEDS_BALLOTS",
    "RULES",
    "WHOLE",
    "Ballot",
    "Decision",
    "Exclusion",
    "InvalidProblemError",
    "Issue",
    "Outcome",
    "Problem",
    "Proposal",
    "Round",
    "RowState",
    "Settings",
    "Share",
    "Solver",
    "Source",
    "SourceState",
    "Ties",
    "UnknownRuleError",
    "Violation",
    "allocate",
    "lot",
    "sentence",
    "shares_of",
    "verify",
]
