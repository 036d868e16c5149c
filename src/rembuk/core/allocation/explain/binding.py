"""What binds a whole choice: used-up ceilings and rows at their bounds, and what a little more would change."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from rembuk.core.allocation.engine import allocate
from rembuk.core.allocation.model import WHOLE, Outcome, Problem, Proposal, Share
from rembuk.core.money import Rupiah

MORE: Final = 1_000_000
"""Rupiah by which each bound is eased."""


@dataclass(frozen=True, slots=True)
class Binding:
    """A ceiling or a hard row with what is left of it.

    kind: ``source`` | ``most`` (room under a maximum) | ``least`` (spent above a minimum). binds: what is left would
    not pay the cheapest proposal left out that it concerns. comes_in, goes_out: what the rule chooses otherwise when
    the bound is eased by `MORE` and nothing else changes; nothing where that was not asked.
    """

    kind: Literal["source", "most", "least"]
    name: str
    slack: Rupiah
    binds: bool
    comes_in: tuple[str, ...] | None = None
    goes_out: tuple[str, ...] | None = None


def binding(problem: Problem, outcome: Outcome, *, rerun: bool = True) -> tuple[Binding, ...]:
    """Return the sources in filling order, then the hard rows by name, each with its slack and what `MORE` changes.

    rerun: run the rule once for every source and every row that binds; else only the slacks are said.
    """
    found = [*_sources(problem, outcome), *_rows(problem, outcome)]
    if not rerun:
        return tuple(found)
    return tuple(_eased(problem, outcome, bound) for bound in found)


def _left_out(problem: Problem, outcome: Outcome) -> list[Proposal]:
    chosen = set(outcome.selected)
    return [item for item in problem.proposals if item.cost and item.id not in chosen]


def _sources(problem: Problem, outcome: Outcome) -> Iterator[Binding]:
    out = _left_out(problem, outcome)
    for state in outcome.sources:
        costs = [item.cost or 0 for item in out if state.id in problem.allowed(item)]
        yield Binding("source", state.id, state.left, state.left == 0 or state.left < min(costs, default=0))


def _rows(problem: Problem, outcome: Outcome) -> Iterator[Binding]:
    shares = {share.name: share for share in problem.shares}
    out = _left_out(problem, outcome)
    for state in outcome.rows:
        if not state.hard:
            continue
        if state.slack is not None:
            costs = [item.cost or 0 for item in out if _concerns(problem, shares[state.name], item)]
            yield Binding("most", state.name, state.slack, bool(costs) and state.slack < min(costs))
        if state.low:
            above = Rupiah(state.used - state.low)
            yield Binding("least", state.name, above, above <= 0)


def _concerns(problem: Problem, share: Share, item: Proposal) -> bool:
    return share.counts(item) and (share.of == WHOLE or share.of in problem.allowed(item))


def _eased(problem: Problem, outcome: Outcome, bound: Binding) -> Binding:
    if bound.kind != "source" and not bound.binds:
        return bound
    eased = _with_more(problem, bound)
    if eased.validate():
        return bound
    again = set(allocate(eased, outcome.settings).selected)
    before = set(outcome.selected)
    names = [item.id for item in problem.ranked()]
    return replace(
        bound,
        comes_in=tuple(name for name in names if name in again - before),
        goes_out=tuple(name for name in names if name in before - again),
    )


def _with_more(problem: Problem, bound: Binding) -> Problem:
    more = MORE * problem.unit
    if bound.kind == "source":
        pots = (replace(pot, ceiling=pot.ceiling + more) if pot.id == bound.name else pot for pot in problem.sources)
        return replace(problem, sources=tuple(pots))
    rows = (_eased_row(problem, row, bound, more) if row.name == bound.name else row for row in problem.shares)
    return replace(problem, shares=tuple(rows))


def _eased_row(problem: Problem, row: Share, bound: Binding, more: int) -> Share:
    low, high = problem.bounds(row)
    if bound.kind == "most":
        return replace(row, max=None, max_amount=None if high is None else high + more)
    return replace(row, min=None, min_amount=max(0, low - more))
