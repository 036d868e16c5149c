"""Read village budgets (APB Desa), plans, estimates and incomes as villages keep them in Siskeudes or in Excel."""

from rembuk.core.intake.apb.estimates import EstimateReading, read_estimate
from rembuk.core.intake.apb.layout import kind_of
from rembuk.core.intake.apb.lines import AccountLine, BudgetLine, BudgetReading, IncomeLine, Problem
from rembuk.core.intake.apb.reading import read_budget
from rembuk.core.intake.apb.sums import PrintedSum

__all__ = [
    "AccountLine",
    "BudgetLine",
    "BudgetReading",
    "EstimateReading",
    "IncomeLine",
    "PrintedSum",
    "Problem",
    "kind_of",
    "read_budget",
    "read_estimate",
]
