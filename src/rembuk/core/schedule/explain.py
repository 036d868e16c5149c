"""Why a village has no forum: obstacles counted, the nearest miss, the proof of shortage, and what would help."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rembuk.core.schedule.bound import Capacity, capacity
from rembuk.core.schedule.insertion import INFINITE
from rembuk.core.schedule.instance import DAYS_A_WEEK
from rembuk.core.schedule.itinerary import fill_from
from rembuk.core.schedule.obstacles import NEVER, ORDER, RANK, Obstacle, Obstacles
from rembuk.core.schedule.plan import Plan
from rembuk.core.schedule.tables import Tables, with_village

MOST_SWAPS = 12
"""Swaps tried for one village; the answer must come at once."""
MOST_OFFERS = 5


@dataclass(frozen=True, slots=True)
class Count:
    """One obstacle and how many (team, day) pairs it is the first for; teams: among how many teams."""

    code: str
    pairs: int
    teams: int
    days: int
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Miss:
    """The pair that came furthest along the rules. team, day: where; obstacle: what it failed on."""

    team: str
    day: int
    obstacle: Obstacle


@dataclass(frozen=True, slots=True)
class Offer:
    """One concession that would give the village a forum, tried out: code, where, and what it moves.

    code: the obstacle to give way (skill, blocked, team-off, speaker-off ...), or ``swap``: *village* moves to
    (*to_team*, *to_day*).
    """

    code: str
    team: str
    day: int
    village: str = ""
    to_team: str = ""
    to_day: int = -1
    params: Mapping[str, object] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Unmet:
    """Why one village is left out. counts: in the order of the rules, their pairs add up to all teams x days.

    possible: pairs that were free after all (the search did not find them in time): 0 in a finished plan.
    """

    village: str
    pairs: int
    counts: tuple[Count, ...]
    nearest: Miss | None
    capacity: Capacity
    offers: tuple[Offer, ...]
    possible: int = 0

    @property
    def never(self) -> bool:
        """Return whether no plan could have held it, as the season is."""
        return all(count.code in NEVER for count in self.counts) and not self.possible


class Explainer:
    """Explains the villages a plan leaves out; made once for a plan, then each village is a matter of milliseconds."""

    def __init__(self, tables: Tables, plan: Plan) -> None:
        self.tables = tables
        self.filling, _ = fill_from(tables, plan.slots())
        self.obstacles = Obstacles(self.filling)
        self.capacity: Capacity = capacity(tables)

    def unmet(self, code: str) -> Unmet:
        """Return why the village has no forum. Raises: KeyError for a code that is not of the season."""
        tables, village = self.tables, self.tables.number[code]
        first: Counter[str] = Counter()
        where: dict[str, tuple[set[int], set[int]]] = {}
        example: dict[str, Obstacle] = {}
        nearest: tuple[int, int, int, Obstacle] | None = None
        single: list[tuple[int, int, Obstacle]] = []
        possible = 0
        for day in range(tables.days):
            shut = next(self.obstacles.village_day(village, day), None)
            for team in range(len(tables.team_ids)):
                found = self.obstacles.all(village, team, day)
                one = next(found, None)
                if one is None:
                    possible += 1
                    continue
                first[one.code] += 1
                teams, days = where.setdefault(one.code, (set(), set()))
                teams.add(team)
                days.add(day)
                example.setdefault(one.code, one)
                rank = -RANK[one.code]
                if nearest is None or (rank, day, team) < nearest[:3]:
                    nearest = (rank, day, team, one)
                if (shut is None or shut.code == one.code) and next(found, None) is None:
                    single.append((team, day, one))
        counts = tuple(
            Count(name, first[name], len(where[name][0]), len(where[name][1]), example[name].params)
            for name in ORDER
            if first[name]
        )
        miss = None if nearest is None else Miss(tables.team_ids[nearest[2]], nearest[1], nearest[3])
        offers = tuple(self._offers(village, single))
        return Unmet(code, tables.days * len(tables.team_ids), counts, miss, self.capacity, offers, possible)

    def _offers(self, village: int, single: list[tuple[int, int, Obstacle]]) -> list[Offer]:
        """Return what would help, one offer a kind: only pairs with a single obstacle, each tried with it gone."""
        tables = self.tables
        offers: dict[str, Offer] = {}
        swaps = 0
        for team, day, obstacle in single:
            code = obstacle.code
            if code == "team-busy" and "swap" not in offers and swaps < MOST_SWAPS:
                swaps += 1
                swap = self._swap(village, team, day)
                if swap is not None:
                    offers["swap"] = swap
            elif code in _GIVES_WAY and code not in offers and self._held_without(village, team, day, code):
                offers[code] = Offer(code, tables.team_ids[team], day, params=obstacle.params)
        return list(offers.values())[:MOST_OFFERS]

    def _held_without(self, village: int, team: int, day: int, code: str) -> bool:
        """Say whether the team's week and its boats hold the forum once the obstacle is gone."""
        filling, tables = self.filling, self.tables
        tw, weekday = team * tables.weeks + day // DAYS_A_WEEK, day % DAYS_A_WEEK
        before = filling.current[tw]
        if before.slots[weekday] >= 0:
            return False
        slots = with_village(before.slots, weekday, village)
        if code != "team-off":
            return code == "boats-out" or tables.week(tw, slots) is not None
        kind = tables.kinds[tw]
        return kind.own_boat and tables.book.work_out(replace(kind, free=kind.free | 1 << weekday), slots) is not None

    def _swap(self, village: int, team: int, day: int) -> Offer | None:
        """Try: the forum held there moves elsewhere, and this one takes its place."""
        filling, tables = self.filling, self.tables
        other = self.obstacles.holder[team, day]
        if other in tables.past or tables.instance.villages[other].fixed is not None or not filling.take(other):
            return None
        place = filling.place_at(village, team, day)
        found = None
        if place is not None:
            filling.put(village, place)
            found = filling.best_place(other, INFINITE)
        filling.undo()
        if found is None:
            return None
        return Offer(
            "swap",
            tables.team_ids[team],
            day,
            village=tables.codes[other],
            to_team=tables.team_ids[found[1] // tables.weeks],
            to_day=found[2],
        )


_GIVES_WAY = (
    *("skill", "too-early", "market", "blocked", "closed", "team-off", "speaker-off", "speaker-busy", "speaker-rest"),
    *("district-full", "boats-out", "max-days"),
)
