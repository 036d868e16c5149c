"""The checks G01-G17 of a plan as pure functions over frozen facts."""

from rembuk.core.checks.facts import ALL_KNOWN, DuItemFacts, ImplementerFacts, ItemFacts, PlanFacts
from rembuk.core.checks.plan import CHECKS, check_plan

__all__ = ["ALL_KNOWN", "CHECKS", "DuItemFacts", "ImplementerFacts", "ItemFacts", "PlanFacts", "check_plan"]
