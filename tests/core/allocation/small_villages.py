"""Small villages from a seed, with every kind of tie, row, prerequisite and exclusion; costs of a few rupiah."""

import random
from dataclasses import replace
from fractions import Fraction
from typing import Any

from rembuk.core.allocation import Ballot, Exclusion, Problem, Proposal, Settings, Share, Source, Ties

RULES = ("mes", "mes", "mes", "greedy", "greedy-per-rupiah", "phragmen")


def village(seed: int, *, rows: bool = True, scale: int = 1) -> tuple[Problem, Settings]:
    """Return a problem and settings. rows: several sources, rows, links; scale: costs are about this much larger."""
    chance = random.Random(seed)
    count = chance.randint(2, 6)
    several = rows and chance.random() < 0.5
    codes = ("DDS", "ADD", "PBK") if several else ("DDS",)
    items = tuple(_proposal(chance, index, count, codes, rows=rows, scale=scale) for index in range(count))
    sources = tuple(Source(code, chance.randint(0, 20 * scale)) for code in codes)
    shares = []
    if rows and chance.random() < 0.3:
        shares.append(Share("cap", "DDS", frozenset({"blt"}), max_amount=chance.randint(0, 8 * scale)))
    if rows and chance.random() < 0.2:
        shares.append(Share("part", "*", frozenset({"hamlet:A"}), max_amount=chance.randint(0, 12 * scale)))
    linked = (Exclusion(frozenset({"p0", "p1"})),) if rows and chance.random() < 0.25 else ()
    utility = chance.choice(["cost", "cardinality", "points", "borda"])
    rule = chance.choice(RULES)
    if rule == "phragmen":
        utility = chance.choice(["cost", "cardinality"])
    ballots = tuple(_ballot(chance, items, utility) for _ in range(chance.randint(1, 7)))
    if rule.startswith("greedy") and chance.random() < 0.3:
        ballots = ()
    settings = Settings(
        rule=rule,
        utility=utility,  # type: ignore[arg-type]
        completion=chance.choice(["none", "utilitarian", "add1u"]),
        ties=Ties(chance.choice(["lot", "lexicographic"]), "biji"),
    )
    return Problem(items, sources, tuple(shares), linked, ballots=ballots, village="64.02", year=2027), settings


def _proposal(
    chance: random.Random, index: int, count: int, codes: tuple[str, ...], *, rows: bool, scale: int
) -> Proposal:
    several = len(codes) > 1
    named = several and chance.random() < 0.5
    return Proposal(
        id=f"p{index}",
        cost=chance.randint(1, 12 * scale),
        rank=chance.randint(1, count),
        position=index,
        hamlet=chance.choice(["", "A", "B"]),
        tags=frozenset(chance.sample(["blt", "pangan"], 1) if chance.random() < 0.4 else []),
        sources=frozenset(chance.sample(codes, chance.randint(1, len(codes)))) if named else None,
        requires=(f"p{chance.randrange(index)}",) if rows and index and chance.random() < 0.15 else (),
        mandatory="wajib" if chance.random() < 0.05 else "",
        single_source=several and chance.random() < 0.1,
    )


def _ballot(chance: random.Random, items: tuple[Proposal, ...], utility: str) -> Ballot:
    names = tuple(chance.sample([item.id for item in items], chance.randint(0, min(4, len(items)))))
    more: dict[str, Any] = {
        "weight": Fraction(chance.choice([1, 1, 1, 2, Fraction(1, 2)])),
        "hamlet": chance.choice(["A", "B"]),
        "groups": frozenset(["perempuan"] if chance.random() < 0.4 else []),
    }
    if utility == "points":
        return Ballot(points=tuple((name, chance.randint(0, 4)) for name in names), **more)
    return Ballot(ranking=names, **more) if utility == "borda" else Ballot(approvals=names, **more)


def joined_by(problem: Problem, settings: Settings, name: str, number: int) -> Problem:
    """Return the problem with *number* new voters who support only one proposal, as strongly as anybody does."""
    ids = {item.id for item in problem.proposals}
    marks = [(item, mark) for ballot in problem.ballots for item, mark in ballot.marked if mark > 0 and item in ids]
    own = [mark for item, mark in marks if item == name]
    plain = settings.utility in ("cost", "cardinality")
    mark = 1 if plain else max(own or [mark for _, mark in marks] or [1])
    more = Ballot(points=((name, mark),), weight=Fraction(number))
    return replace(problem, ballots=(*problem.ballots, more))


def at_cost(problem: Problem, name: str, cost: int) -> Problem:
    """Return the problem in which one proposal costs something else."""
    items = tuple(replace(item, cost=cost) if item.id == name else item for item in problem.proposals)
    return replace(problem, proposals=items)
