"""Seasons made up from a seed, of the kind a river regency has: for tests, benches and classes, never for real use.

The country is invented: a seat on a navigable river, a road country around it, lakes and a long river upstream, a
delta downstream. Speeds, dates, teams and skills are invented too; they only have to pinch as real ones do.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from rembuk.core.schedule.instance import DAYS_A_WEEK, Block, Instance, Policy, Speaker, Team, Travel, Village
from rembuk.core.schedule.roads import Way, travel_of

Point = tuple[float, float]

CLUSTERS: tuple[tuple[Point, float, float], ...] = (
    # centre in km from the seat (x upstream, y inland), share of villages by road, by river; the others have both
    ((0, 8), 1.0, 0.0),
    ((18, 22), 1.0, 0.0),
    ((-20, 25), 1.0, 0.0),
    ((5, 38), 1.0, 0.0),
    ((-55, 30), 0.9, 0.0),
    ((-60, -15), 0.9, 0.1),
    ((-48, 0), 0.4, 0.5),
    ((35, 4), 0.5, 0.2),
    ((55, -2), 0.3, 0.5),
    ((75, 8), 0.3, 0.5),
    ((95, 0), 0.0, 0.6),
    ((110, 15), 0.0, 0.7),
    ((105, -15), 0.0, 0.7),
    ((130, 25), 0.0, 0.5),
    ((150, 45), 0.0, 0.7),
    ((170, 60), 0.0, 0.8),
    ((-10, 50), 1.0, 0.0),
    ((-70, 45), 1.0, 0.0),
)
BASES: tuple[tuple[str, Point], ...] = (
    ("Kota", (0, 0)),
    ("Danau", (95, 2)),
    ("Hulu", (132, 24)),
    ("Ujung", (152, 44)),
    ("Muara", (-55, 5)),
    ("Tengah", (55, 0)),
    ("Darat", (10, 30)),
    ("Rawa", (106, -12)),
)
RIVERS: tuple[tuple[Point, ...], ...] = (
    ((-70, -5), (-48, 0), (0, 0), (55, 0), (95, 0), (132, 24), (152, 44), (185, 75)),
    ((95, 0), (106, -12), (115, -25)),
    ((95, 0), (110, 15)),
    ((-48, 0), (-62, -18)),
)
_REACH = 5.0
_UPPER = 120.0
"""From here upstream there are rapids and worse roads."""
_SKILLS = ("bugis", "dayak", "kutai")


@dataclass(frozen=True, slots=True)
class Wish:
    """What season is wanted. free: how likely a team works on a weekday, between the two. low_water: slow river."""

    villages: int = 193
    teams: int = 14
    weeks: int = 8
    speakers: int = 5
    free: tuple[float, float] = (0.6, 0.8)
    low_water: bool = False
    shared_boats: int = 2
    policy: Policy = field(default_factory=Policy)


TIGHT, MIDDLE, ROOMY = Wish(teams=10, free=(0.5, 0.7)), Wish(teams=14), Wish(teams=25)
SCARCE = Wish(teams=9, free=(0.4, 0.6))
SMALL = Wish(villages=40, teams=4, weeks=6, speakers=2)
"""A fifth of a regency, quick enough for tests."""


def generate(seed: int, wish: Wish = MIDDLE) -> Instance:
    """Return the season of a seed: the same on every machine."""
    return _Country(random.Random(seed), wish).instance()  # noqa: S311  # repeatable chance, not secrecy


class _Country:
    def __init__(self, chance: random.Random, wish: Wish) -> None:
        self.chance = chance
        self.wish = wish
        self.points: dict[str, Point] = {f"base:{name}": point for name, point in BASES}
        self.modes: dict[str, str] = dict.fromkeys(self.points, "mixed")
        for number in range(wish.villages):
            self._village(number)
        self.codes = [place for place in self.points if not place.startswith("base:")]

    def _village(self, number: int) -> None:
        """Place one village near the centre of its district, by road, by river or both."""
        district = number % len(CLUSTERS)
        centre, road, river = CLUSTERS[district]
        code = f"99.01.{district + 1:02d}.{2001 + number // len(CLUSTERS)}"
        angle, reach = self.chance.random() * 2 * math.pi, 12 * math.sqrt(self.chance.random())
        self.points[code] = (centre[0] + reach * math.cos(angle), centre[1] + reach * math.sin(angle))
        dice = self.chance.random()
        self.modes[code] = "road" if dice < road else "river" if dice < road + river else "mixed"

    def instance(self) -> Instance:
        chance, wish = self.chance, self.wish
        travel = self.travel()
        days = wish.weeks * DAYS_A_WEEK
        holidays = tuple(Block(day, "libur nasional") for day in sorted(chance.sample(range(days), 2)))
        teams = tuple(self.team(number, days) for number in range(wish.teams))
        speakers = tuple(
            Speaker(f"N{number + 1}", "Kota", off=self.some_days(days, 0.2)) for number in range(wish.speakers)
        )
        shut = {f"99.01.{number + 1:02d}": chance.sample(range(days), 2) for number in range(len(CLUSTERS))}
        return Instance(
            weeks=wish.weeks,
            villages=tuple(self.village(code, days, shut[code[:8]]) for code in self.codes),
            teams=teams,
            speakers=speakers,
            travel=travel,
            holidays=holidays,
            shared_boats=wish.shared_boats,
            shared_seats=8,
            seat="Kota",
            policy=wish.policy,
        )

    def some_days(self, days: int, often: float, reason: str = "tugas lain") -> tuple[Block, ...]:
        return tuple(Block(day, reason) for day in range(days) if self.chance.random() < often)

    def team(self, number: int, days: int) -> Team:
        chance = self.chance
        base = BASES[number % len(BASES)][0]
        free = chance.uniform(*self.wish.free)
        skills = {"kutai"} | {skill for skill in _SKILLS if chance.random() < 0.4}
        if base in ("Hulu", "Ujung"):
            skills.add("dayak")
        return Team(
            id=f"T{number + 1}",
            base=base,
            members=chance.randint(3, 4),
            skills=frozenset(skills),
            boat_seats=0 if base == "Darat" or number % 7 == 5 else chance.choice((6, 8, 8, 10)),
            off=self.some_days(days, 1 - free),
        )

    def village(self, code: str, days: int, shut: list[int]) -> Village:
        chance = self.chance
        earliest = chance.choice((0, 0, 0, 2, 4, 6))
        speaker = f"N{chance.randint(1, self.wish.speakers)}" if self.wish.speakers and chance.random() < 0.25 else None
        wish = chance.randrange(max(1, days - 4))
        district = int(code[6:8]) - 1
        skill = "dayak" if district in (13, 14, 15) else "bugis" if district in (5, 6) else None
        return Village(
            code=code,
            name=f"Desa {code[6:8]}-{code[-2:]}",
            district=code[:8],
            mode=self.modes[code],
            earliest=earliest,
            earliest_reason="surat pagu" if earliest else "",
            blocked=(
                *self.some_days(days, 0.06, "hajatan desa"),
                *(Block(day, "acara kecamatan") for day in sorted(shut)),
            ),
            market=chance.randrange(DAYS_A_WEEK),
            preferred=tuple(range(wish, min(days, wish + 5))),
            skill=skill if chance.random() < 0.5 else None,
            speaker=speaker,
            extra_seats=1 if speaker else 0,
        )

    # Roads and rivers

    def travel(self) -> Travel:
        ways = [*self.roads(), *self.reaches()]
        return travel_of([*self.codes, *(f"base:{name}" for name, _ in BASES)], ways)

    def roads(self) -> Iterator[Way]:
        """Join each place on a road to its six nearest and to its nearest base, so that none is cut off."""
        dry = [place for place, mode in self.modes.items() if mode != "river"]
        for place in dry:
            near = sorted(dry, key=lambda other: (self.apart(place, other), other))[1:7]
            home = min((base for base in self.points if base[:5] == "base:"), key=lambda base: self.apart(place, base))
            for other in {home, *near} - {place}:
                speed = 28 if max(self.points[place][0], self.points[other][0]) > _UPPER else 38
                yield Way(place, other, round(60 * 1.4 * self.apart(place, other) / speed) + 1)

    def reaches(self) -> Iterator[Way]:
        """Lay the rivers in reaches and join every landing to the nearest one."""
        slow = 1.3 if self.wish.low_water else 1.0
        nodes: dict[str, Point] = {}
        for river in RIVERS:
            last = ""
            for begin, end in pairwise(river):
                pieces = max(1, round(math.dist(begin, end) / _REACH))
                for piece in range(pieces + 1):
                    here = tuple(a + (b - a) * piece / pieces for a, b in zip(begin, end, strict=True))
                    name = f"river:{here[0]:.1f}:{here[1]:.1f}"
                    nodes[name] = (here[0], here[1])
                    if last and last != name:
                        speed = 14 if here[0] > _UPPER else 22
                        yield Way(last, name, round(slow * 60 * 1.5 * math.dist(nodes[last], here) / speed), river=True)
                    last = name
        for place, mode in self.modes.items():
            if mode != "road":
                landing = min(nodes, key=lambda name: (math.dist(nodes[name], self.points[place]), name))
                away = math.dist(nodes[landing], self.points[place])
                yield Way(place, landing, round(slow * 60 * away / 16) + 5, river=True)

    def apart(self, one: str, other: str) -> float:
        return math.dist(self.points[one], self.points[other])
