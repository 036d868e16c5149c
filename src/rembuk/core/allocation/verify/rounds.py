"""The purchases: each chosen proposal once, in phases the rule knows, prerequisites first, votes as counted."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from rembuk.core.allocation.model import Outcome, Phase, Problem, Proposal
from rembuk.core.allocation.verify.tally import Tally
from rembuk.core.allocation.verify.violation import Violation

PHASES: Final[dict[str, tuple[Phase, ...]]] = {
    "greedy": ("mandatory", "rank"),
    "greedy-per-rupiah": ("mandatory", "rank"),
    "mes": ("mandatory", "shares", "completion"),
    "phragmen": ("mandatory", "loads", "completion"),
    "optimum": ("mandatory", "optimum"),
    "mes-repair": ("mandatory", "shares", "completion", "optimum"),
}
"""Rule -> the phases it may have, in this order."""

PRICED: Final = frozenset({"shares", "loads"})
VOTED: Final = frozenset({"shares", "loads", "completion"})
"""Phases in which a proposal that nobody supports cannot come in."""


def check_rounds(problem: Problem, outcome: Outcome, tally: Tally) -> list[Violation]:
    """Return what is wrong with the order of purchases and with rule and settings."""
    found = list(_rule(outcome))
    if not outcome.rounds and outcome.rule == "greedy":
        return found  # stored before purchases were: its decisions still stand
    proposals = {item.id: item for item in problem.proposals}
    found += _names(outcome, proposals)
    if not found:
        found += _phases(outcome, proposals)
        found += _prerequisites(outcome, proposals)
        found += _prices(outcome)
        found += _votes(outcome, tally)
    return found


def _rule(outcome: Outcome) -> Iterator[Violation]:
    if outcome.rule not in PHASES:
        yield Violation("rule-unknown", outcome.rule)
    if outcome.rule != outcome.settings.rule:
        yield Violation("rule-not-in-settings", outcome.rule, outcome.settings.rule)


def _names(outcome: Outcome, proposals: dict[str, Proposal]) -> Iterator[Violation]:
    chosen = {decision.id for decision in outcome.decisions if decision.chosen}
    times = Counter(step.id for step in outcome.rounds)
    for name in sorted(times):
        if name not in proposals:
            yield Violation("round-unknown", name)
        elif name not in chosen:
            yield Violation("round-not-chosen", name)
        elif times[name] > 1:
            yield Violation("round-twice", name)
    for name in sorted(chosen - times.keys()):
        yield Violation("chosen-without-round", name)


def _phases(outcome: Outcome, proposals: dict[str, Proposal]) -> Iterator[Violation]:
    legal = PHASES[outcome.rule]
    must = closure(proposals)
    completes = outcome.settings.completion != "none" and not (outcome.rule == "phragmen" and outcome.settings.stops)
    before = 0
    for step in outcome.rounds:
        if step.phase not in legal or (step.phase == "completion" and not completes):
            yield Violation("phase-illegal", step.id, step.phase)
            continue
        if legal.index(step.phase) < before:
            yield Violation("phase-order", step.id, step.phase)
        before = max(before, legal.index(step.phase))
        if step.phase == "mandatory" and step.id not in must:
            yield Violation("not-mandatory", step.id)


def closure(proposals: dict[str, Proposal]) -> set[str]:
    """Return the mandatory proposals and everything they require."""
    found: set[str] = set()
    queue = [item.id for item in proposals.values() if item.mandatory]
    while queue:
        name = queue.pop()
        if name not in found and name in proposals:
            found.add(name)
            queue += proposals[name].requires
    return found


def _prerequisites(outcome: Outcome, proposals: dict[str, Proposal]) -> Iterator[Violation]:
    bought: set[str] = set()
    for step in outcome.rounds:
        for other in proposals[step.id].requires:
            if other not in bought:
                yield Violation("prerequisite-late", step.id, other)
        bought.add(step.id)


def _prices(outcome: Outcome) -> Iterator[Violation]:
    for step in outcome.rounds:
        if step.phase in PRICED:
            if step.price is None:
                yield Violation("price-missing", step.id)
            elif step.price <= 0:
                yield Violation("price-not-positive", step.id)
        elif step.price is not None:
            yield Violation("price-unexpected", step.id)


def _votes(outcome: Outcome, tally: Tally) -> Iterator[Violation]:
    for step in outcome.rounds:
        votes = tally.votes(step.id)
        if step.phase in VOTED and not votes:
            yield Violation("nobody-supports", step.id)
        elif step.votes != votes and (step.phase in PRICED or step.votes != Fraction(0)):
            # A purchase that did not ask for votes may state none.
            yield Violation("votes-wrong", step.id, f"{step.votes}")
