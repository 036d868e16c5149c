"""A village work from its opening to its hand-over: progress, money, what is missing before it may be closed."""

from rembuk.core.works.closing import CloseFacts, check_closing, is_late, missing_marks
from rembuk.core.works.evaluation import Evaluated, WorkFacts, achieved_percent, evaluated, volume_percent
from rembuk.core.works.spending import Spent, over_budget, spent_by_source

__all__ = [
    "CloseFacts",
    "Evaluated",
    "Spent",
    "WorkFacts",
    "achieved_percent",
    "check_closing",
    "evaluated",
    "is_late",
    "missing_marks",
    "over_budget",
    "spent_by_source",
    "volume_percent",
]
