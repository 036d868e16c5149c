"""Choosing which proposals enter the plan: values in, an outcome with a reason for each proposal out.

Ties are broken in a published order: rank given by the meeting, then the lower cost, then the earlier proposal
(position), then the smaller id. Money is whole rupiah; shares are exact fractions; no float takes part.
"""

from rembuk.core.allocation.engine import RULES, UnknownRuleError, allocate
from rembuk.core.allocation.model import (
    Decision,
    Exclusion,
    InvalidProblemError,
    Issue,
    Outcome,
    Problem,
    Proposal,
    RowState,
    Share,
    Source,
    SourceState,
)
from rembuk.core.allocation.reasons import sentence
from rembuk.core.allocation.rules import shares_of
from rembuk.core.allocation.verify import Violation, verify

__all__ = [
    "RULES",
    "Decision",
    "Exclusion",
    "InvalidProblemError",
    "Issue",
    "Outcome",
    "Problem",
    "Proposal",
    "RowState",
    "Share",
    "Source",
    "SourceState",
    "UnknownRuleError",
    "Violation",
    "allocate",
    "sentence",
    "shares_of",
    "verify",
]
