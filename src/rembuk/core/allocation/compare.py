"""Two choices side by side, many in one table, and what a change of the problem would do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from rembuk.core.allocation.engine import allocate
from rembuk.core.allocation.fairness import Facts, fairness
from rembuk.core.allocation.fairness.measure import NOWHERE, hamlet_money, people_of, spread
from rembuk.core.allocation.fairness.values import shown_left
from rembuk.core.allocation.fairness.words import place
from rembuk.core.allocation.model import Exclusion, Outcome, Problem, Source
from rembuk.core.allocation.settings import Settings
from rembuk.core.errors import RembukError
from rembuk.core.money import Rupiah, format_rupiah


@dataclass(frozen=True, slots=True)
class Item:
    """A proposal that comes in or goes out, with its cost there in rupiah."""

    id: str
    cost: Rupiah


@dataclass(frozen=True, slots=True)
class Pair:
    """Rupiah of one thing (a source, a hamlet, all together) in the one choice and in the other."""

    name: str
    one: Rupiah
    other: Rupiah

    @property
    def difference(self) -> Rupiah:
        """Rupiah more in the other choice; below zero less."""
        return Rupiah(self.other - self.one)


@dataclass(frozen=True, slots=True)
class RowPair:
    """A share row in both choices: rupiah used, and what lacks to its minimum."""

    used: Pair
    shortfall: Pair


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the other choice does otherwise. came_in, went_out: by id; stayed: ids in both.

    hamlets: by name, with their part by people of what serves the whole village. whole: that money where people are
    not known for every hamlet, so that it could not be split; else nothing. changed_payers: proposals in both that
    other sources pay. rows: only those in both.
    """

    came_in: tuple[Item, ...]
    went_out: tuple[Item, ...]
    stayed: tuple[str, ...]
    changed_payers: tuple[str, ...]
    used: Pair
    sources: tuple[Pair, ...]
    hamlets: tuple[Pair, ...]
    whole: Pair | None
    rows: tuple[RowPair, ...]

    @property
    def headline(self) -> str:
        """One sentence: how many come in and go out, and which hamlet gains most."""
        return words(self)


def compare(problem: Problem, one: Outcome, other: Outcome, facts: Facts = Facts()) -> Comparison:
    """Return what changes from *one* choice to the *other* of the same proposals.

    Costs are those of each outcome, so that a choice after a change of cost compares too.
    """
    before = {decision.id: decision for decision in one.decisions if decision.chosen}
    after = {decision.id: decision for decision in other.decisions if decision.chosen}
    both = sorted(before.keys() & after.keys())
    hamlets, whole = _hamlets(problem, one, other, facts)
    return Comparison(
        came_in=tuple(Item(name, after[name].cost or Rupiah(0)) for name in sorted(after.keys() - before.keys())),
        went_out=tuple(Item(name, before[name].cost or Rupiah(0)) for name in sorted(before.keys() - after.keys())),
        stayed=tuple(both),
        changed_payers=tuple(name for name in both if before[name].amounts != after[name].amounts),
        used=Pair("", _used(one), _used(other)),
        sources=_pairs(
            {state.id: state.used for state in one.sources}, {state.id: state.used for state in other.sources}
        ),
        hamlets=hamlets,
        whole=whole,
        rows=_rows(one, other),
    )


def words(comparison: Comparison, unit: str = "Dusun") -> str:
    """Return the headline of a comparison. unit: what the village calls its hamlets."""
    coming, going = len(comparison.came_in), len(comparison.went_out)
    if not coming and not going:
        if comparison.changed_payers:
            return "Usulan yang terpilih sama; hanya sumber dananya berbeda."
        return "Kedua pilihan sama."
    moved = " dan ".join(
        text for count, text in ((coming, f"{coming} usulan masuk"), (going, f"{going} usulan keluar")) if count
    )
    gains = [pair for pair in comparison.hamlets if pair.difference > 0]
    if not gains:
        return f"{_sentence(moved)}; tidak ada {unit.lower() or 'dusun'} yang mendapat lebih banyak."
    best = min(gains, key=lambda pair: (-pair.difference, pair.name))
    return f"{_sentence(moved)}; {place(best.name, unit)} mendapat {format_rupiah(best.difference)} lebih banyak."


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _used(outcome: Outcome) -> Rupiah:
    return Rupiah(sum(state.used for state in outcome.sources))


def _pairs(one: Mapping[str, int], other: Mapping[str, int]) -> tuple[Pair, ...]:
    names = sorted(one.keys() | other.keys())
    return tuple(Pair(name, Rupiah(one.get(name, 0)), Rupiah(other.get(name, 0))) for name in names)


def _hamlets(problem: Problem, one: Outcome, other: Outcome, facts: Facts) -> tuple[tuple[Pair, ...], Pair | None]:
    before, after = hamlet_money(problem, one), hamlet_money(problem, other)
    names = {*before, *(each.name for each in facts.hamlets)} - {NOWHERE}
    people = people_of(names, facts)
    if people is not None:
        return _pairs(spread(before, people), spread(after, people)), None
    whole = Pair(NOWHERE, before.pop(NOWHERE, Rupiah(0)), after.pop(NOWHERE, Rupiah(0)))
    return _pairs(before, after), whole


def _rows(one: Outcome, other: Outcome) -> tuple[RowPair, ...]:
    after = {state.name: state for state in other.rows}
    return tuple(
        RowPair(
            used=Pair(state.name, state.used, after[state.name].used),
            shortfall=Pair(state.name, state.shortfall, after[state.name].shortfall),
        )
        for state in one.rows
        if state.name in after
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """One choice in a table of several. label: what the page calls it. chosen: proposals; money: rupiah used.

    ratio, lowest: the smallest share of money over share of people, and whose. excluded: share of the voters who
    support nothing chosen; nothing where it may not be shown, as fewer than five would be counted by it.
    """

    label: str
    rule: str
    chosen: int
    money: Rupiah
    ratio: Fraction | None
    lowest: str
    gini: Fraction | None
    excluded: Fraction | None


def compare_all(problem: Problem, outcomes: Iterable[tuple[str, Outcome]], facts: Facts = Facts()) -> tuple[Entry, ...]:
    """Return one entry per (label, outcome), in the given order."""
    return tuple(_entry(problem, label, outcome, facts) for label, outcome in outcomes)


def _entry(problem: Problem, label: str, outcome: Outcome, facts: Facts) -> Entry:
    report = fairness(problem, outcome, facts)
    voters, balance = report.voters, report.by_population
    return Entry(
        label=label,
        rule=outcome.rule,
        chosen=len(outcome.selected),
        money=_used(outcome),
        ratio=balance.ratio if balance else None,
        lowest=balance.lowest if balance else "",
        gini=balance.gini if balance else None,
        excluded=shown_left(voters) if voters else None,
    )


class UnknownChangeError(RembukError):
    """A change names what the problem does not have; ``values['names']`` lists it."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is asked to be otherwise. ceilings: source -> rupiah; costs: id -> rupiah.

    pins: id -> the reason it must be in, as the minutes print it; an empty reason lifts it. bans: id -> the reason it
    must not be in.
    """

    ceilings: Mapping[str, int] = field(default_factory=dict)
    costs: Mapping[str, int] = field(default_factory=dict)
    pins: Mapping[str, str] = field(default_factory=dict)
    bans: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change does: the problem after it, both outcomes, and how they compare."""

    problem: Problem
    before: Outcome
    after: Outcome
    comparison: Comparison


def changed(problem: Problem, change: Change) -> Problem:
    """Return the problem with *change* in it. Raises: UnknownChangeError."""
    ids = {item.id for item in problem.proposals}
    unknown = {*change.costs, *change.pins, *change.bans} - ids
    unknown |= set(change.ceilings) - {source.id for source in problem.sources}
    if unknown:
        raise UnknownChangeError("unknown-change", names=sorted(unknown))
    return replace(
        problem,
        proposals=tuple(
            replace(
                item,
                cost=change.costs.get(item.id, item.cost),
                mandatory=change.pins.get(item.id, item.mandatory),
            )
            for item in problem.proposals
        ),
        sources=tuple(
            Source(source.id, change.ceilings.get(source.id, source.ceiling), source.earmarked)
            for source in problem.sources
        ),
        exclusions=problem.exclusions
        + tuple(Exclusion(frozenset({name}), 0, reason) for name, reason in sorted(change.bans.items())),
    )


def what_if(
    problem: Problem, settings: Settings, change: Change, facts: Facts = Facts(), before: Outcome | None = None
) -> Difference:
    """Choose again after *change* and compare. before: the outcome without it, if it is at hand.

    Raises: UnknownChangeError; InvalidProblemError where the change makes the problem invalid.
    """
    asked = changed(problem, change)
    first = allocate(problem, settings) if before is None else before
    after = allocate(asked, settings)
    return Difference(asked, first, after, compare(problem, first, after, facts))
