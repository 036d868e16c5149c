"""Every plan of a small problem by plain enumeration: the definition the optimum is held against."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from rembuk.core.allocation import WHOLE, Problem, Proposal, Share
from rembuk.core.allocation.selection import mandatory_closure

State = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True)
class Listed:
    """One lawful plan: what it has and what lacks at least to the minimums of hard and of elastic rows."""

    ids: frozenset[str]
    hard: int
    soft: int


def every_plan(problem: Problem) -> list[Listed]:
    """Return every lawful plan with the least it can lack."""
    items = sorted((item for item in problem.proposals if item.cost), key=lambda item: item.id)
    start = {(tuple(0 for _ in problem.sources), tuple(0 for _ in problem.shares))}
    plans = (_plan(problem, ids, states) for ids, states in _grown(problem, items, frozenset(), start))
    return [plan for plan in plans if plan is not None]


def best_of(problem: Problem, points: dict[str, int], plans: list[Listed]) -> tuple[int, int, int] | None:
    """Return (hard lack, soft lack, minus points) of the best plan; nothing without a lawful plan."""
    return min(
        ((plan.hard, plan.soft, -sum(points[name] for name in plan.ids)) for plan in plans),
        default=None,
    )


def _grown(
    problem: Problem, items: list[Proposal], ids: frozenset[str], states: set[State]
) -> Iterator[tuple[frozenset[str], set[State]]]:
    if not items:
        yield ids, states
        return
    first, rest = items[0], items[1:]
    yield from _grown(problem, rest, ids, states)
    paid = {moved for state in states for moved in _paid(problem, first, state)}
    if paid:
        yield from _grown(problem, rest, ids | {first.id}, paid)


def _paid(problem: Problem, item: Proposal, state: State) -> Iterator[State]:
    """Every way to pay one proposal out of what is left."""
    cost, used, inside = item.cost or 0, *state
    codes = [source.id for source in problem.sources]
    payers = [place for place, code in enumerate(codes) if code in problem.allowed(item)]
    for split in product(range(cost + 1), repeat=len(payers)):
        if sum(split) != cost or (item.single_source and sum(1 for part in split if part) > 1):
            continue
        now = list(used)
        for place, part in zip(payers, split, strict=True):
            now[place] += part
        if any(now[place] > problem.sources[place].ceiling for place in payers):
            continue
        parts = {codes[place]: part for place, part in zip(payers, split, strict=True)} | {WHOLE: cost}
        held = tuple(
            have + (parts.get(share.of, 0) if share.counts(item) else 0)
            for have, share in zip(inside, problem.shares, strict=True)
        )
        if all(
            problem.bounds(share)[1] is None or not share.hard or have <= (problem.bounds(share)[1] or 0)
            for have, share in zip(held, problem.shares, strict=True)
        ):
            yield tuple(now), held


def _plan(problem: Problem, ids: frozenset[str], states: set[State]) -> Listed | None:
    by_id = {item.id: item for item in problem.proposals}
    if not set(mandatory_closure(by_id)) <= ids or any(
        len(ids & rule.ids) > rule.at_most for rule in problem.exclusions
    ):
        return None
    if any(other not in ids for name in ids for other in by_id[name].requires):
        return None
    lacks = [_lacks(problem, state) for state in states if _reserved(problem, state)]
    return Listed(ids, *min(lacks)) if lacks else None


def _reserved(problem: Problem, state: State) -> bool:
    """Whether the money that hard minimums keep apart is still there."""
    used, inside = state
    codes = [source.id for source in problem.sources]
    for share, have in zip(problem.shares, inside, strict=True):
        if not share.hard:
            continue
        kept = max(0, _worth_keeping(problem, share) - have)
        ceiling = sum(s.ceiling for s in problem.sources if share.of in (s.id, WHOLE))
        spent = sum(part for code, part in zip(codes, used, strict=True) if share.of in (code, WHOLE))
        if kept and spent > have and spent + kept > ceiling:
            return False
    return True


def _worth_keeping(problem: Problem, share: Share) -> int:
    """The minimum, but not more than the source holds, the row allows, or anyone asks for."""
    low, high = problem.bounds(share)
    ceilings = {source.id: source.ceiling for source in problem.sources}
    if share.of == WHOLE:
        return min(low, sum(item.cost or 0 for item in problem.proposals if share.counts(item)))
    asked = sum(
        item.cost or 0
        for item in problem.proposals
        if share.of in problem.allowed(item)
        and share.counts(item)
        and (item.cost or 0) <= sum(ceilings[code] for code in problem.allowed(item))
    )
    return min(low, ceilings[share.of], asked, low if high is None else high)


def _lacks(problem: Problem, state: State) -> tuple[int, int]:
    short = {True: 0, False: 0}
    for share, have in zip(problem.shares, state[1], strict=True):
        short[share.hard] += max(0, problem.bounds(share)[0] - have)
    return short[True], short[False]
