"""What would free a loser, and what more money would bring: the choice made again under one change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from rembuk.core.allocation.engine import allocate
from rembuk.core.allocation.model import Outcome, Problem, Share
from rembuk.core.allocation.optimum.conflicts import PATIENCE, conflict_of, possible
from rembuk.core.allocation.optimum.formulation import Formulation, Line, formulate
from rembuk.core.allocation.optimum.searching import Search
from rembuk.core.allocation.optimum.solving import Clock, Model, Question
from rembuk.core.allocation.optimum.weights import points_of, tie_order, tie_weights

FORCED: Final = "forced"
FAR: Final = 1 << 20
"""Rupiah from the suggestion of the solver beyond which no smallest amount is sought any more."""


@dataclass(frozen=True, slots=True)
class Way:
    """One row that frees the proposal if it alone gives way. amount: the fewest rupiah; nothing: the row must go."""

    name: str
    amount: int | None


@dataclass(frozen=True, slots=True)
class Relaxation:
    """What having one more proposal would mean.

    possible: whether a lawful plan has it; then loss: points fewer than in the outcome, lacking: rupiah more lacking to
    the minimums, out and into: ids that leave and come in with it. Else conflict: names of rows that cannot all be
    kept with it, ways: those of them that free it alone, together: (row, rupiah) of all rows with the least sum, given
    only where no single row of money frees it. status: as of `Solver`.
    """

    id: str
    status: str
    possible: bool
    loss: int = 0
    lacking: int = 0
    out: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    conflict: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    together: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Worth:
    """What more money in a source brings by the same rule. points: more of the objective; out, into: ids."""

    source: str
    amount: int
    points: int
    out: tuple[str, ...]
    into: tuple[str, ...]


def worth(problem: Problem, outcome: Outcome, source: str, amount: int = 1_000_000) -> Worth:
    """Return what *amount* rupiah more in *source* would change, by running the outcome's rule again.

    Rows that are a share of the source grow with it. Raises: KeyError for an unknown source.
    """
    if source not in {each.id for each in problem.sources}:
        raise KeyError(source)
    richer = allocate(raised(problem, source, amount), outcome.settings)
    points = points_of(problem, outcome.settings)
    gained = sum(points.get(name, 0) for name in richer.selected) - sum(points.get(n, 0) for n in outcome.selected)
    return Worth(source, amount, gained, *changed(outcome.selected, richer.selected))


def relaxations(problem: Problem, outcome: Outcome, proposal_id: str) -> Relaxation:
    """Return what it would take to have a proposal that was not chosen. Raises: KeyError for an unknown id."""
    item = {each.id: each for each in problem.proposals}[proposal_id]
    if not item.cost:
        return Relaxation(proposal_id, "infeasible", False)
    forced = replace(item, mandatory=item.mandatory or FORCED)
    wanted = replace(problem, proposals=tuple(forced if each.id == proposal_id else each for each in problem.proposals))
    settings = outcome.settings
    order = tie_order(wanted, settings)
    made = formulate(wanted, order)
    points = points_of(problem, settings)
    search = Search(made, Model(made), Clock(float(settings.time_limit)), float(settings.gap))
    found = search.best(points, tie_weights(problem, settings, order))
    if found.plan is None:
        return unreachable(problem, made, proposal_id) if found.status == "infeasible" else unsure(proposal_id)
    before = sum(points.get(name, 0) for name in outcome.selected)
    lacked = sum(row.shortfall for row in outcome.rows if row.name in {t.share.name for t in made.targets})
    unreached = sum(
        problem.bounds(target.share)[0] - target.least for target in made.targets
    )  # nobody asked for so much: it lacks in every outcome
    now = {made.columns[index].proposal.id for index in found.plan.picked}
    out, into = changed(outcome.selected, now)
    lacking = sum(found.plan.lacks) + unreached - lacked
    return Relaxation(proposal_id, found.status, True, before - found.points, lacking, out, into)


def unsure(proposal_id: str) -> Relaxation:
    """Return the answer where time ran out before any."""
    return Relaxation(proposal_id, "unknown", False)


def changed(before: Iterable[str], after: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ids that left and those that came in, sorted."""
    old, new = set(before), set(after)
    return tuple(sorted(old - new)), tuple(sorted(new - old))


def unreachable(problem: Problem, made: Formulation, proposal_id: str) -> Relaxation:
    """Return which rows keep a proposal out for good, and the least that each must give way."""
    must = set(formulate(problem, ()).must)
    named = conflict_of(made)
    own = {f"mandatory:{name}" for name in made.must if name not in must}
    rows = tuple(name for name in named if name not in own)
    ways = [way for name in rows if (way := way_of(made, name)) is not None]
    together: tuple[tuple[str, int], ...] = ()
    if not any(way.amount is not None for way in ways):
        together = least_together(made, {line.name for line in made.lines if is_money(line.name)})
    return Relaxation(proposal_id, "infeasible", False, conflict=rows, ways=tuple(ways), together=together)


def way_of(made: Formulation, name: str) -> Way | None:
    """Return by how much a row must give way, if that alone is enough."""
    if not is_money(name):
        return Way(name, None) if possible(made, {line.name for line in made.lines} - {name}, ()) else None
    found = least_together(made, {name})
    return Way(name, found[0][1]) if found else None


def is_money(name: str) -> bool:
    """Return whether a row is about rupiah."""
    return name.startswith(("ceiling:", "share:"))


def least_together(made: Formulation, names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Return (row, rupiah) by which the named rows must give way so that everything that must be in can be.

    The sum is the least there is: the solver suggests it, whole rupiah confirm it (a rupiah at a time where its floats
    were short of the truth). Nothing if even that frees nobody.
    """
    slack: dict[str, int] = {}
    easier = replace(made, lines=list(made.lines), highs=list(made.highs), network=None)
    for name in sorted(names):
        slack[name] = easier.column()
    easier.lines = [part for line in made.lines for part in _with_slack(line, slack.get(line.name))]
    fixed = {target.short: (0, target.least) for target in made.targets}
    asked = Question(dict.fromkeys(slack.values(), 1), maximise=False, fixed=fixed)
    answer = Model(easier).ask(asked, Clock(PATIENCE))
    if answer.status != "optimal":
        return ()
    amounts = {name: round(answer.money[column - made.choices]) for name, column in slack.items()}
    if len(amounts) == 1:
        name, guess = next(iter(amounts.items()))
        least = smallest(made, name, guess)
        return () if least is None else ((name, least),)
    return confirmed(made, {name: amount for name, amount in amounts.items() if amount > 0})


def _with_slack(line: Line, column: int | None) -> list[Line]:
    if column is None:
        return [line]
    low = replace(line, terms=[*line.terms, (column, 1)], high=None)
    high = replace(line, terms=[*line.terms, (column, -1)], low=None)
    return [part for part in (low, high) if part.low is not None or part.high is not None]


def confirmed(made: Formulation, amounts: dict[str, int]) -> tuple[tuple[str, int], ...]:
    """Return *amounts* once whole rupiah agree; a rupiah that floats rounded away is given to the largest."""
    for _ in range(len(amounts) + 1):
        if frees(made, amounts):
            return tuple(sorted(amounts.items()))
        largest = max(amounts, key=lambda name: (amounts[name], name), default="")
        if not largest:
            return ()
        amounts[largest] += 1
    return ()


def smallest(made: Formulation, name: str, guess: int) -> int | None:
    """Return the fewest rupiah by which one row must give way, sought from *guess*; nothing if none near it does."""
    low = high = max(0, guess)
    reach = 1
    while not frees(made, {name: high}):
        low, high, reach = high + 1, high + reach, reach * 2
        if reach > FAR:
            return None
    reach = 1
    while low > 0 and frees(made, {name: low - 1}):
        high, low, reach = low - 1, max(0, low - 1 - reach), reach * 2
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if frees(made, {name: middle}) else (middle + 1, high)
    return high


def frees(made: Formulation, amounts: Mapping[str, int]) -> bool:
    """Return whether everything that must be in can be paid, exactly, once rows give way by these rupiah."""
    problem = made.problem
    for name, amount in sorted(amounts.items()):
        problem = relaxed(problem, name, amount)
    other = formulate(problem, dict.fromkeys(column.proposal for column in made.columns))
    search = Search(other, Model(other), Clock(PATIENCE))
    return search.ask(Question({}, fixed=search.open()))[1] is not None


def relaxed(problem: Problem, name: str, amount: int) -> Problem:
    """Return the problem with one row of money relaxed: a ceiling or maximum raised, a minimum lowered.

    A row that is a share of a source keeps the rupiah it has now.
    """
    kind, what = name.split(":", 1)
    shares = tuple(
        _fixed(problem, share, amount if kind == "share" and share.name == what else 0) for share in problem.shares
    )
    plain = replace(problem, shares=shares)
    return raised(plain, what, amount) if kind == "ceiling" else plain


def _fixed(problem: Problem, share: Share, amount: int) -> Share:
    low, high = problem.bounds(share)
    most = None if high is None else high + amount
    return replace(share, min=None, max=None, base=None, min_amount=max(0, low - amount), max_amount=most)


def raised(problem: Problem, source: str, amount: int) -> Problem:
    """Return the problem with *amount* more in one source."""
    sources = tuple(
        replace(each, ceiling=each.ceiling + amount) if each.id == source else each for each in problem.sources
    )
    return replace(problem, sources=sources)
