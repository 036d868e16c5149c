"""How fair a choice is: money by hamlet against people and poor households, and what each group of voters got of it.

Exact fractions and whole rupiah. `fairness` measures, `as_values` says what may be shown, `headline` says it in words.
"""

from rembuk.core.allocation.fairness.ledger import Standing
from rembuk.core.allocation.fairness.measure import fairness, hamlet_money
from rembuk.core.allocation.fairness.model import Balance, Facts, FairnessReport, HamletFacts, HamletLine, YearMoney
from rembuk.core.allocation.fairness.values import as_values
from rembuk.core.allocation.fairness.words import findings, headline

__all__ = [
    "Balance",
    "Facts",
    "FairnessReport",
    "HamletFacts",
    "HamletLine",
    "Standing",
    "YearMoney",
    "as_values",
    "fairness",
    "findings",
    "hamlet_money",
    "headline",
]
