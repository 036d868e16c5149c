"""`fairness`: measures a choice against people, poor households, voters and the years before."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from rembuk.core.allocation.fairness.ledger import standings
from rembuk.core.allocation.fairness.model import Balance, Facts, FairnessReport, HamletLine, Lack
from rembuk.core.allocation.model import Outcome, Problem
from rembuk.core.money import Rupiah, split

NOWHERE = ""
"""Hamlet of what serves the whole village."""


def fairness(problem: Problem, outcome: Outcome, facts: Facts) -> FairnessReport:
    """Return how fair *outcome* is. What cannot be known stands in `lacks`; its numbers are nothing, never guessed.

    Money for the whole village is split by people, the whole sum once, to the last rupiah. Ballots need not exist.
    """
    costs = {decision.id: decision.cost or 0 for decision in outcome.decisions if decision.chosen}
    money = hamlet_money(problem, outcome)
    total = Rupiah(sum(costs.values()))
    lines, lacks = _lines(money, facts)
    everyone, by_hamlet, by_group = standings(
        problem.ballots, costs, {each.name: each.voters for each in facts.hamlets if each.voters is not None}
    )
    lacks += _lacks_of_voters(bool(everyone.weight), bool(by_group))
    return FairnessReport(
        total=total,
        common=money.get(NOWHERE, Rupiah(0)),
        hamlets=lines,
        by_population=_balance({line.name: (line.money_share, line.population_share) for line in lines}),
        by_poor=_balance({line.name: (line.money_share, line.poor_share) for line in lines}),
        voters=everyone if everyone.weight else None,
        by_hamlet=by_hamlet if everyone.weight else (),
        by_group=by_group if everyone.weight else (),
        years=tuple(sorted({*(year.year for year in facts.years), problem.year})),
        lacks=lacks,
        level=facts.level,
    )


def hamlet_money(problem: Problem, outcome: Outcome) -> dict[str, Rupiah]:
    """Return hamlet -> rupiah of its own chosen proposals, every hamlet of a proposal; ``""``: the whole village."""
    homes = {item.id: item.hamlet for item in problem.proposals}
    money = dict.fromkeys(sorted(set(homes.values())), Rupiah(0))
    for decision in outcome.decisions:
        if decision.chosen:
            money[homes[decision.id]] = Rupiah(money[homes[decision.id]] + (decision.cost or 0))
    return money


def spread(money: Mapping[str, int], people: Mapping[str, int]) -> dict[str, Rupiah]:
    """Return hamlet -> rupiah with the part of the whole village (``""``) split by *people*. Every rupiah is kept."""
    parts = split(Rupiah(money.get(NOWHERE, 0)), people)
    return {name: Rupiah(money.get(name, 0) + parts[name]) for name in sorted(people)}


def people_of(names: set[str], facts: Facts) -> dict[str, int] | None:
    """Return hamlet -> people, or nothing where one of them is not known or nobody lives anywhere."""
    known = {each.name: each.population for each in facts.hamlets}
    people = {name: known.get(name) or 0 for name in sorted(names)}
    if any(known.get(name) is None for name in names) or not any(people.values()):
        return None
    return people


def _lines(money: Mapping[str, int], facts: Facts) -> tuple[tuple[HamletLine, ...], tuple[Lack, ...]]:
    past = [name for year in facts.years for name, _ in year.by_hamlet]
    names = {*money, *past, *(each.name for each in facts.hamlets)} - {NOWHERE}
    people = people_of(names, facts)
    total = sum(money.values())
    own = {name: money.get(name, 0) for name in sorted(names)}
    full = spread(money, people) if people else {name: Rupiah(amount) for name, amount in own.items()}
    shared_out = total and sum(full.values()) == total
    lines = [
        HamletLine(
            name,
            Rupiah(own[name]),
            Rupiah(full[name] - own[name]),
            Fraction(full[name], total) if shared_out else None,
        )
        for name in sorted(names)
    ]
    lacks: list[Lack] = [] if total else ["money"]
    if people is None:
        lacks.append("population")
    else:
        lines = _with_people(lines, people, facts)
    with_poor = _with_poor(lines, facts)
    return tuple(with_poor or lines), (*lacks, *(() if with_poor else ("poor",)))


def _over(money: Fraction | None, part: Fraction) -> Fraction | None:
    return money / part if money is not None and part else None


def _with_people(lines: list[HamletLine], people: dict[str, int], facts: Facts) -> list[HamletLine]:
    """Add shares of people and the running total of all years, each year's common money split by people of today."""
    inhabitants = sum(people.values())
    running = {line.name: int(line.total) for line in lines}
    for year in facts.years:
        sums: dict[str, int] = {}
        for name, amount in year.by_hamlet:
            sums[name] = sums.get(name, 0) + amount
        for name, rupiah in spread(sums, people).items():
            running[name] += rupiah
    due = split(Rupiah(sum(running.values())), people)
    return [
        replace(
            line,
            population=people[line.name],
            population_share=(part := Fraction(people[line.name], inhabitants)),
            ratio=_over(line.money_share, part),
            running=Rupiah(running[line.name]),
            owed=Rupiah(due[line.name] - running[line.name]),
        )
        for line in lines
    ]


def _with_poor(lines: list[HamletLine], facts: Facts) -> list[HamletLine] | None:
    """Add shares of poor households; nothing where those of one hamlet are not known or there are none."""
    known = {each.name: each.poor_households for each in facts.hamlets}
    households = {line.name: known.get(line.name) for line in lines}
    total = sum(count or 0 for count in households.values())
    if not total or any(count is None for count in households.values()):
        return None
    return [
        replace(
            line,
            poor_households=households[line.name],
            poor_share=(part := Fraction(households[line.name] or 0, total)),
            poor_ratio=_over(line.money_share, part),
        )
        for line in lines
    ]


def _balance(shares: Mapping[str, tuple[Fraction | None, Fraction | None]]) -> Balance | None:
    """Measure (share of money, share of the other) per hamlet; nothing where one of them is not known."""
    pairs = [(name, money, part) for name, (money, part) in shares.items() if money is not None and part is not None]
    if not pairs or len(pairs) < len(shares):
        return None
    ratio, lowest = min((money / part, name) for name, money, part in pairs if part)
    gap, gap_at = min((-abs(money - part), name) for name, money, part in pairs)
    apart = Fraction(0)
    for _, money, part in pairs:
        apart += sum(abs(money * other_part - other_money * part) for _, other_money, other_part in pairs)
    return Balance(lowest=lowest, ratio=ratio, gini=apart / 2, gap_at=gap_at, gap=-gap)


def _lacks_of_voters(ballots: bool, groups: bool) -> tuple[Lack, ...]:
    if not ballots:
        return ("ballots",)
    return () if groups else ("groups",)
