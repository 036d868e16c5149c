"""The payment certificate: from share and prices alone, who paid what, to the last fraction of a rupiah.

All amounts are brought to one common denominator, so the replay is arithmetic of whole numbers: 66,000 ballots take
well under a second.
"""

import math
from collections.abc import Iterator
from fractions import Fraction

from rembuk.core.allocation.model import Outcome, Problem, Proposal
from rembuk.core.allocation.verify.tally import Tally
from rembuk.core.allocation.verify.violation import Violation


def check_payments(problem: Problem, outcome: Outcome, tally: Tally) -> list[Violation]:
    """Return where payments or loads do not add up. The rounds must be sound (see `rounds`)."""
    proposals = {item.id: item for item in problem.proposals}
    found = list(_share(problem, outcome, proposals, tally))
    if not found and outcome.share is not None:
        found += _shares(problem, outcome, outcome.share, tally)
    found += _loads(outcome, proposals, tally)
    return found or list(_falling(outcome, proposals))


def _share(problem: Problem, outcome: Outcome, proposals: dict[str, Proposal], tally: Tally) -> Iterator[Violation]:
    """The share is the money over the voters; only ``add1u`` may raise it, in whole steps."""
    if outcome.rule not in ("mes", "mes-repair"):
        if outcome.share is not None:
            yield Violation("share-unexpected", "outcome")
        return
    if outcome.share is None:
        if outcome.rule == "mes" and tally.voters:
            yield Violation("share-missing", "outcome")
        return
    first = first_share(problem, outcome, tally)
    step = outcome.settings.step or published_step(first, problem.unit)
    if outcome.share < first:
        yield Violation("share-too-small", "outcome", f"{outcome.share} < {first}")
    elif outcome.settings.completion != "add1u":
        if outcome.share > first:
            yield Violation("share-raised", "outcome", f"{outcome.share} > {first}")
    elif ((outcome.share - first) / step).denominator != 1:
        yield Violation("share-off-step", "outcome", f"{outcome.share}")


def first_share(problem: Problem, outcome: Outcome, tally: Tally) -> Fraction:
    """Return the rupiah a voter of weight 1 may spend at first: all ceilings less what had to be in, over voters."""
    costs = {item.id: item.cost or 0 for item in problem.proposals}
    fixed = sum(costs[step.id] for step in outcome.rounds if step.phase == "mandatory")
    money = sum(source.ceiling for source in problem.sources) - fixed
    return Fraction(money * tally.scale, tally.voters) if tally.voters else Fraction(0)


def published_step(first: Fraction, unit: int) -> int:
    """Return the step of a share: a hundredth of the first one, rounded up to whole units, at least one."""
    return max(1, math.ceil(first / (100 * unit))) * unit


def _shares(problem: Problem, outcome: Outcome, share: Fraction, tally: Tally) -> Iterator[Violation]:
    """Let every supporter pay the smaller of price x utility and what it has left; each sum must be the cost."""
    costs = {item.id: item.cost or 0 for item in problem.proposals}
    steps = [(step, step.price) for step in outcome.rounds if step.phase == "shares" and step.price is not None]
    common = math.lcm(share.denominator, *(price.denominator for _, price in steps))
    balances = [share.numerator * (common // share.denominator)] * len(tally.weights)
    weights = tally.weights
    for step, price in steps:
        unit = price.numerator * (common // price.denominator)
        paid = 0
        for group, gain in tally.behind[step.id]:
            payment = min(balances[group], unit * gain)
            if payment:
                balances[group] -= payment
                paid += weights[group] * payment
        due = costs[step.id] * common * tally.scale
        if paid != due:
            yield Violation("payment-not-cost", step.id, f"{Fraction(paid - due, common * tally.scale)}")
            return  # every later balance rests on this one
    if outcome.rule == "mes" and every_source_pays_everything(problem):
        yield from _affordable(problem, outcome, tally, balances, common)


def every_source_pays_everything(problem: Problem) -> bool:
    """Return whether only the sum of the ceilings limits a choice: no hard rows, no named and no single sources."""
    codes = {source.id for source in problem.sources}
    return not any(share.hard for share in problem.shares) and all(
        not item.single_source
        and (not codes & problem.not_by_default if item.sources is None else codes <= item.sources)
        for item in problem.proposals
        if item.cost
    )


def _affordable(
    problem: Problem, outcome: Outcome, tally: Tally, balances: list[int], common: int
) -> Iterator[Violation]:
    """Equal shares end only when no supporters can pay for another proposal."""
    early = {step.id for step in outcome.rounds if step.phase != "completion"}
    tied = {name for rule in problem.exclusions for name in rule.ids}
    for item in sorted(problem.proposals, key=lambda item: item.id):
        if not item.cost or item.id in early or item.id in tied or item.requires:
            continue
        money = sum(tally.weights[group] * balances[group] for group, _ in tally.behind[item.id])
        if money >= item.cost * common * tally.scale:
            yield Violation("affordable-left-out", item.id)


def _loads(outcome: Outcome, proposals: dict[str, Proposal], tally: Tally) -> Iterator[Violation]:
    """Every purchase lifts all its supporters to one load: its cost and their loads before, over their weight."""
    steps = [(step, step.price) for step in outcome.rounds if step.phase == "loads" and step.price is not None]
    common = math.lcm(1, *(price.denominator for _, price in steps))
    loads = [0] * len(tally.weights)
    for step, price in steps:
        groups = [group for group, _ in tally.behind[step.id]]
        load = price.numerator * (common // price.denominator)
        weight = sum(tally.weights[group] for group in groups)
        before = sum(tally.weights[group] * loads[group] for group in groups)
        if load * weight != (proposals[step.id].cost or 0) * common * tally.scale + before:
            yield Violation("load-wrong", step.id, f"{price}")
            return
        for group in groups:
            loads[group] = load


def _falling(outcome: Outcome, proposals: dict[str, Proposal]) -> Iterator[Violation]:
    """A price only rises while a proposal waits, so none is bought under the price of an earlier purchase.

    Not so for a proposal that had to wait for a prerequisite, nor where a search for single sources was cut.
    """
    highest: dict[str, Fraction] = {}
    for step in outcome.rounds:
        if step.price is None or outcome.search_cut:
            continue
        if step.price < highest.get(step.phase, 0) and not proposals[step.id].requires:
            yield Violation("price-falls", step.id, f"{step.price}")
        highest[step.phase] = max(step.price, highest.get(step.phase, step.price))
