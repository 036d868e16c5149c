"""The fast rules against their plain definition in fractions and loops, on small villages with every kind of tie."""

from dataclasses import replace
from fractions import Fraction

import pytest

from core.allocation.plain_rules import Plain
from core.allocation.small_villages import village
from rembuk.core.allocation import Outcome, Problem, Settings, allocate
from rembuk.core.allocation.equal_shares.raising import published_step


def told(outcome: Outcome) -> list[tuple[object, ...]]:
    return [(step.id, step.phase, step.votes, step.price) for step in outcome.rounds]


def raised(problem: Problem, settings: Settings) -> Outcome:
    """Raise the share step by step, as the completion is defined, each time from the beginning."""
    alone = replace(settings, completion="none")
    kept = Plain(problem, alone).run()
    share = kept.share or Fraction(0)
    step = settings.step or published_step(share, problem.unit)
    while share > 0 and not exhausted(problem, alone, kept):
        share += step
        if costs_too_much(problem, alone, share):
            break
        kept = Plain(problem, alone).run(share)
    return Plain(problem, replace(settings, completion="utilitarian")).run(kept.share)


def exhausted(problem: Problem, settings: Settings, outcome: Outcome) -> bool:
    """Return whether nothing that somebody supports could be bought any more."""
    plain = Plain(problem, settings)
    plain.selection.buy_mandatory()
    for name in outcome.order:
        if name not in plain.selection:
            plain.selection.buy(next(item for item in plain.items if item.id == name), "shares")
    return not any(
        plain.votes[item.id] and plain.selection.fits(item) for item in plain.items if item.id not in plain.selection
    )


def costs_too_much(problem: Problem, settings: Settings, share: Fraction) -> bool:
    """Return whether what is bought at this share costs more than there is, were nobody to hold it back."""
    (source,) = problem.sources
    bought = Plain(replace(problem, sources=(replace(source, ceiling=10**9),)), settings).mes(share).order
    return sum(item.cost or 0 for item in problem.proposals if item.id in bought) > source.ceiling


@pytest.mark.parametrize("rows", [False, True])
@pytest.mark.parametrize("block", range(4))
def test_purchases_prices_and_votes_are_those_of_the_definition(block: int, rows: bool) -> None:
    fast, plain = {}, {}
    for seed in range(100 * block, 100 * (block + 1)):
        problem, settings = village(seed, rows=rows)
        if settings.completion == "add1u":
            settings = replace(settings, completion="utilitarian")
        if settings.rule == "phragmen":
            settings = replace(settings, completion="none")
        if problem.validate():
            continue
        fast[seed] = told(allocate(problem, settings))
        plain[seed] = told(Plain(problem, settings).run())
    assert fast == plain


@pytest.mark.parametrize("block", range(3))
def test_the_raised_share_is_that_of_every_single_step(block: int) -> None:
    fast, plain = {}, {}
    for seed in range(60 * block, 60 * (block + 1)):
        problem, settings = village(seed, rows=False, scale=3)
        settings = replace(settings, rule="mes", completion="add1u", step=1)
        if problem.validate() or not problem.ballots:
            continue
        outcome = allocate(problem, settings)
        if not outcome.settled:
            continue  # what must be in does not fit: there is no share to raise
        by_steps = raised(problem, settings)
        fast[seed], plain[seed] = (outcome.share, told(outcome)), (by_steps.share, told(by_steps))
    assert fast == plain
