"""From RKP Desa to APB Desa: which budget line is which activity, what differs, and how much of one is in the other."""

from rembuk.core.budget.consistency import Consistency, Traced, consistency, percent_text
from rembuk.core.budget.differences import (
    Difference,
    PlannedItem,
    SourceDifference,
    difference_of_sources,
    differences,
    over_ceilings,
)
from rembuk.core.budget.estimates import RabDifference, match_estimates
from rembuk.core.budget.matching import Candidate, Matched, match_lines

__all__ = [
    "Candidate",
    "Consistency",
    "Difference",
    "Matched",
    "PlannedItem",
    "RabDifference",
    "SourceDifference",
    "Traced",
    "consistency",
    "difference_of_sources",
    "differences",
    "match_estimates",
    "match_lines",
    "over_ceilings",
    "percent_text",
]
