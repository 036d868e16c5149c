"""Allocation runs, and the village budget (APB Desa) as it came back from Siskeudes."""

from rembuk.budgeting.models.apbdes import (
    Apbdes,
    ApbdesAccount,
    ApbdesEstimate,
    ApbdesEstimateLine,
    ApbdesFunding,
    ApbdesImport,
    ApbdesIncome,
    ApbdesLine,
    ApbdesStep,
    ApbdesVersion,
    Handoff,
)
from rembuk.budgeting.models.runs import AllocationRun, ProposalLink

BUDGET_TABLES = (
    Handoff,
    Apbdes,
    ApbdesStep,
    ApbdesVersion,
    ApbdesLine,
    ApbdesFunding,
    ApbdesAccount,
    ApbdesEstimate,
    ApbdesEstimateLine,
    ApbdesIncome,
    ApbdesImport,
)
"""The tables of the village budget, which the trail covers."""

__all__ = [
    "BUDGET_TABLES",
    "AllocationRun",
    "Apbdes",
    "ApbdesAccount",
    "ApbdesEstimate",
    "ApbdesEstimateLine",
    "ApbdesFunding",
    "ApbdesImport",
    "ApbdesIncome",
    "ApbdesLine",
    "ApbdesStep",
    "ApbdesVersion",
    "Handoff",
    "ProposalLink",
]
