"""Village problems of any size from a seed, shaped like the real files beside the checkout; no text is copied.

Where a constant was measured stands next to it: ``rkpdes_*.csv`` (RKP and APB lines of six villages, 2016-2026),
``usulan_*.csv`` (686 proposals of two sources), ``partisipasi_musyawarah.csv`` (14 meetings). Nothing real was found
about who votes for what: approvals lean to the own hamlet by assumption.
"""

import random
from bisect import bisect_right
from fractions import Fraction
from itertools import accumulate

from rembuk.core.allocation import WHOLE, Ballot, Exclusion, Problem, Proposal, Share, Source

COST_QUANTILES = (
    (0.0, 1_000_000),
    (0.05, 2_500_000),
    (0.10, 3_000_000),
    (0.25, 6_000_000),
    (0.50, 28_000_000),
    (0.75, 75_000_000),
    (0.90, 165_000_000),
    (1.0, 420_000_000),
)
"""Share of lines up to a cost: `biaya` of rkpdes_pandanlandung_2026 (37 lines), with the upper half drawn a little
towards `cost_rupiah` of usulan_kulonprogo_2024_a (554 proposals, median 30 million, three quarters below 200)."""

ROUNDED_TO = ((0.43, 1_000_000), (0.57, 100_000), (0.70, 1_000), (1.0, 1))
"""Share of costs that are whole millions, then whole 100,000s, then whole thousands (rkpdes_pandanlandung_2026)."""

SOURCES = (("DDS", 40), ("ADD", 25), ("PBH", 14), ("PBK", 8), ("PBP", 6), ("PAD", 3), ("SWD", 2), ("DLL", 2))
"""Parts of the income in percent: income lines of rkpdes_apbdes_cimanggu1_2026, own income and the rest made up."""

KINDS = (
    ("infrastruktur_pkt", 44),
    ("kesehatan", 13),
    ("pangan", 13),
    ("digital", 5),
    ("iklim", 7),
    ("blt", 4),
    ("operasional", 4),
    ("sektor_lain", 10),
)
"""Field of work in percent: offices named in usulan_kulonprogo_2024_a; aid and operating lines from the RKP files."""

NAMED_SOURCES = 0.55
"""Share of proposals that name who may pay; nine of ten RKP lines do, but most proposals in a meeting do not yet."""
SEVERAL_NAMED = 0.27
"""Of those, the share that names two or three sources (9 of 33 lines of rkpdes_apbdes_cimanggu1_2026)."""
WHOLE_VILLAGE = 0.15
SINGLE_SOURCE, MANDATORY, WITH_PREREQUISITE, IN_EXCLUSION = 0.03, 0.02, 0.05, 0.04
"""Kept rare: the files name hardly any."""
MONEY = Fraction(1, 3)
"""Ceilings over the cost of everything asked for."""
GROUPS = (("perempuan", 0.22), ("miskin", 0.18), ("disabilitas", 0.06))
APPROVALS = 10
AT_HOME = 4.0
"""How much likelier a voter marks a proposal of the own hamlet than another one of equal standing."""


def village_problem(
    seed: int, proposals: int = 120, ballots: int = 200, hamlets: int = 6, sources: int = 6, rows: int = 12
) -> Problem:
    """Return a valid village problem; the same arguments give the same problem on every machine.

    sources: 1..8, the largest first. rows: share rows, legal ones first, then floors of groups and hamlets, then caps.
    """
    chance = random.Random(f"{seed}|{proposals}|{ballots}|{hamlets}|{sources}|{rows}")
    codes = [code for code, _ in SOURCES[:sources]]
    places = [f"d{number}" for number in range(1, hamlets + 1)]
    items = _proposals(chance, proposals, places, codes)
    money = int(sum(item.cost or 0 for item in items) * MONEY)
    parts = sum(part for _, part in SOURCES[:sources])
    pots = tuple(Source(code, money * part // parts) for code, part in SOURCES[:sources])
    return Problem(
        proposals=items,
        sources=pots,
        shares=_rows(items, pots, places)[:rows],
        exclusions=_exclusions(chance, items),
        year=2027,
        ballots=_ballots(chance, ballots, items, places),
        village="64.02.18.2003",
    )


def cost(chance: random.Random) -> int:
    """Return one cost in rupiah."""
    place = chance.random()
    upper = bisect_right([share for share, _ in COST_QUANTILES], place)
    (low, least), (high, most) = COST_QUANTILES[upper - 1], COST_QUANTILES[min(upper, len(COST_QUANTILES) - 1)]
    raw = least + (most - least) * (place - low) / ((high - low) or 1)
    kind = chance.random()
    unit = next(unit for share, unit in ROUNDED_TO if kind <= share)
    return max(1, round(raw / unit)) * unit


def _pick(chance: random.Random, parts: tuple[tuple[str, int], ...]) -> str:
    sums = list(accumulate(part for _, part in parts))
    return parts[bisect_right(sums, chance.randrange(sums[-1]))][0]


def _proposals(chance: random.Random, count: int, places: list[str], codes: list[str]) -> tuple[Proposal, ...]:
    # Hamlets ask unevenly: the fourth quarter of the places of usulan_kulonprogo_2024_a asks ten times the first.
    sizes = tuple((place, 100 // (2 + number)) for number, place in enumerate(places))
    ranks = list(range(1, count + 1))
    chance.shuffle(ranks)
    items: list[Proposal] = []
    for number in range(count):
        item = Proposal(
            id=f"u{number:04}",
            cost=cost(chance),
            rank=ranks[number],
            position=number,
            hamlet="" if chance.random() < WHOLE_VILLAGE else _pick(chance, sizes),
            tags=frozenset({_pick(chance, KINDS)}),
            sources=_payers(chance, codes),
            single_source=chance.random() < SINGLE_SOURCE,
            requires=(chance.choice(items).id,) if items and chance.random() < WITH_PREREQUISITE else (),
            mandatory="Keputusan Musdes" if chance.random() < MANDATORY else "",
            groups=frozenset(name for name, part in GROUPS if chance.random() < part),
            score=chance.randrange(20, 101),
            number=f"MLT-27-{number:04}",
        )
        items.append(item)
    return tuple(items)


def _payers(chance: random.Random, codes: list[str]) -> frozenset[str] | None:
    if chance.random() >= NAMED_SOURCES:
        return None
    parts = tuple((code, part) for code, part in SOURCES if code in codes)
    count = chance.choice((2, 3)) if chance.random() < SEVERAL_NAMED else 1
    return frozenset(_pick(chance, parts) for _ in range(count))


def _rows(items: tuple[Proposal, ...], pots: tuple[Source, ...], places: list[str]) -> tuple[Share, ...]:
    total = sum(pot.ceiling for pot in pots)
    rows = [
        Share("DD-BLT", "DDS", frozenset({"blt"}), max=Fraction(15, 100)),
        Share("DD-PANGAN", "DDS", frozenset({"pangan"}), min=Fraction(20, 100)),
        Share("DD-OPS", "DDS", frozenset({"operasional"}), max=Fraction(3, 100)),
        Share("APB-30", WHOLE, frozenset({"operasional", "blt"}), max=Fraction(30, 100)),
    ]
    rows += [_floor(f"KEL-{name}", f"group:{name}", Fraction(1, 10), items, total) for name, _ in GROUPS]
    rows += [_floor(f"DUSUN-{name}", f"hamlet:{name}", Fraction(1, 2 * len(places)), items, total) for name in places]
    caps = [(pot.id, kind) for pot in pots if pot.id != "DDS" for kind in ("infrastruktur_pkt", "digital", "iklim")]
    rows += [Share(f"{code}-{kind}", code, frozenset({kind}), max=Fraction(6, 10)) for code, kind in caps]
    codes = {pot.id for pot in pots}
    return tuple(row for row in rows if row.of in codes or row.of == WHOLE)


def _floor(name: str, mark: str, share: Fraction, items: tuple[Proposal, ...], total: int) -> Share:
    """Return an elastic floor, at most 60 % of what was asked for it."""
    asked = sum(item.cost or 0 for item in items if mark in item.marks)
    least = min(int(share * total), asked * 6 // 10)
    return Share(name, WHOLE, frozenset({mark}), min_amount=least, hard=False)


def _exclusions(chance: random.Random, items: tuple[Proposal, ...]) -> tuple[Exclusion, ...]:
    free = [item.id for item in items if not item.mandatory and not item.requires]
    pairs = int(len(items) * IN_EXCLUSION / 2)
    needed = {other for item in items for other in item.requires}
    free = [name for name in free if name not in needed]
    return tuple(Exclusion(frozenset(chance.sample(free, 2))) for _ in range(pairs) if len(free) >= 2)


def _ballots(chance: random.Random, count: int, items: tuple[Proposal, ...], places: list[str]) -> tuple[Ballot, ...]:
    standing = [chance.paretovariate(1.2) for _ in items]
    made: list[Ballot] = []
    for number in range(count):
        place = places[number % len(places)] if places else ""
        weights = [
            value * (AT_HOME if item.hamlet == place else 1.0) for value, item in zip(standing, items, strict=True)
        ]
        marked = chance.choices(items, weights, k=min(APPROVALS, len(items)))
        groups = frozenset(name for name, part in GROUPS if chance.random() < part)
        made.append(Ballot(approvals=tuple(sorted({item.id for item in marked})), hamlet=place, groups=groups))
    return tuple(made)
