"""Large-neighbourhood search: take some forums out, put each back where it costs least, keep it or not by annealing.

The seed and the number of rounds decide the plan. A clock may end the search instead, but only whoever talks to people
has one; here it is a function that tells how far the search has come.
"""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rembuk.core.schedule.insertion import INFINITE
from rembuk.core.schedule.score import spread
from rembuk.core.schedule.state import Filling
from rembuk.core.schedule.tables import Tables

Progress = Callable[[int], float]
"""Rounds done -> part of the search that is over; 1 ends it."""

HOT, COLD, HOT_REPAIR = 8.0, 1.0, 40.0
"""Points by which a round may come out worse, about, at the start and at the end."""
FEWEST, MOST = 3, 10
"""Forums taken out in a round."""
NEAR = 60
"""Neighbours of a village among which a round looks for company."""
EVEN_FROM, LEAN, MOST_LEAN = 0.5, 1.05, 30.0
"""From that part of the search on the weight of load follows how even the season at hand is, in such steps, at most."""
RESTLESS, SAME_DAY = 0.7, 0.35
"""In a repair: how often a round starts from a village that has moved, and takes forums of the same day."""
STEADY = 200.0
"""Points more for a new date when a repair chooses among the plans it has seen: it wanders, but keeps promises."""
MOST_WEEKS = 1_500_000
"""Weeks kept at most (some 600 bytes each) before a long search starts its notes anew."""
TINY = 1e-9
ASK_EVERY = 16
"""Rounds between two looks at the clock."""
WAITING_AT_ONCE = 4
"""Villages without a place that a round tries; with all of them a scarce season would try little else."""
LIKELY = 30.0
"""Points above its best team and day up to which a place is asked in most rounds."""
WIDE = 0.05
WIDE_LEANING = 0.4
"""Part of the rounds that ask every place; and while load must become more even, which takes places far from likely."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search ended with. slots: village number -> (team number, day), of the best plan seen."""

    slots: dict[int, tuple[int, int]]
    cost: float
    rounds: int


def rounds(count: int) -> Progress:
    """Return the progress of a search of so many rounds: the same plan on every machine."""
    return lambda done: done / count if count > 0 else 1.0


def until(clock: Callable[[], float], seconds: float) -> Progress:
    """Return the progress of a search that ends after some seconds of *clock*; only for whoever talks to people."""
    begun = clock()
    return lambda _: (clock() - begun) / seconds if seconds > 0 else 1.0


class Search:
    """One search over a filling, which it changes.

    most_spread: a plan more uneven than that is kept only while there is no other. restless: villages around which a
    repair looks first.
    """

    def __init__(
        self, filling: Filling, seed: int, most_spread: float = INFINITE, restless: Sequence[int] = ()
    ) -> None:
        self.filling = filling
        self.tables = filling.tables
        self.most_spread = most_spread
        self.restless = list(restless)
        self.random = random.Random(seed)  # noqa: S311  # repeatable chance, not secrecy
        self.waiting = [village for village, at in enumerate(filling.at) if at is None]
        self.near = neighbours(self.tables)
        self.load = filling.load
        self.best_cost = self.any_cost = INFINITE
        self.any: dict[int, tuple[int, int]] = {}
        self.best: dict[int, tuple[int, int]] = {}

    def run(self, progress: Progress) -> Found:
        """Search until *progress* says it is over."""
        filling, chance = self.filling, self.random
        everywhere, likely = self.tables.options, likely_options(self.tables)
        self._keep()
        hot = HOT_REPAIR if self.tables.kept else HOT
        done, heat = 0, hot
        while True:
            if done % ASK_EVERY == 0:
                part = progress(done)
                filling.forget(MOST_WEEKS)
                if part >= 1:
                    break
                heat = hot * (COLD / hot) ** part
                self._lean(part)
            done += 1
            before = filling.cost
            wide = WIDE_LEANING if filling.load > self.load else WIDE
            filling.options = everywhere if chance.random() < wide else likely
            waiting = self._round()
            worse = filling.cost - before
            if worse <= 0 or chance.random() < math.exp(-worse / heat):
                self.waiting = waiting
                filling.journal.clear()
                self._keep()
            else:
                filling.undo()
        filling.options = everywhere
        self._weigh(self.load)
        if len(self.any) > len(self.best):
            return Found(self.any, self.any_cost, done)
        return Found(self.best, self.best_cost, done)

    def _round(self) -> list[int]:
        """Take some out and put them and the waiting ones back; return those that found no place."""
        filling, chance = self.filling, self.random
        out: list[int] = []
        past = self.tables.past
        wanted = chance.randint(FEWEST, MOST)
        for village in self._company():
            if len(out) >= wanted:
                break
            if filling.at[village] is not None and village not in past and filling.take(village):
                out.append(village)
        chance.shuffle(self.waiting)
        out += self.waiting[:WAITING_AT_ONCE]
        left = self.waiting[WAITING_AT_ONCE:]
        chance.shuffle(out)
        for village in out:
            place = filling.best_place(village, INFINITE)
            if place is None:
                left.append(village)
            else:
                filling.put(village, place)
        return left

    def _company(self) -> list[int]:
        """Choose whom to take out: neighbours of one village, forums of its team, of its day, or anyone."""
        filling, chance, weeks = self.filling, self.random, self.tables.weeks
        count = len(self.tables.codes)
        one, dice = chance.randrange(count), chance.random()
        repairing = bool(self.tables.kept)
        if repairing and chance.random() < RESTLESS:
            one = self._restless_one()
        at = filling.at[one] or self.tables.kept.get(one)
        if repairing and at is not None and dice < SAME_DAY:
            others = [v for v, place in enumerate(filling.at) if place is not None and place[1] == at[1]]
            chance.shuffle(others)
            return [one, *others]
        if dice < 0.5 or filling.at[one] is None:
            return [one, *(other for other in self.near[one] if chance.random() < 0.5)]
        if dice < 0.75 and at is not None:
            team = at[0] // weeks
            others = [v for v, place in enumerate(filling.at) if place is not None and place[0] // weeks == team]
            chance.shuffle(others)
            return [one, *others]
        return [one, *chance.sample(range(count), min(count, MOST))]

    def _restless_one(self) -> int:
        """Return a village that is not where it was, or one that a repair is about."""
        filling, kept, weeks = self.filling, self.tables.kept, self.tables.weeks
        moved = [
            village
            for village, (team, day) in kept.items()
            if (at := filling.at[village]) is None or (at[0] // weeks, at[1]) != (team, day)
        ]
        return self.random.choice(moved + self.restless) if moved or self.restless else 0

    def _keep(self) -> None:
        """Remember the season if none seen so far was better; of complete ones those that are even enough go first."""
        filling = self.filling
        cost = filling.cost - (filling.load - self.load) * filling.squares()
        if cost >= self.best_cost - TINY:
            return
        if self.tables.kept:
            cost += STEADY * self._dates_moved()
            if cost >= self.best_cost - TINY:
                return
        if not self.waiting and self._uneven():
            if cost < self.any_cost - TINY:
                self.any_cost, self.any = cost, self._slots()
            return
        self.best_cost, self.best = cost, self._slots()

    def _dates_moved(self) -> int:
        at = self.filling.at
        return sum((now := at[village]) is not None and now[1] != day for village, (_, day) in self.tables.kept.items())

    def _lean(self, part: float) -> None:
        """Weigh uneven load more while the season at hand is too uneven, less again when it is not.

        While villages wait it counts little: every day of every team is wanted, and a fixed target that nobody reaches
        would pay for days of travel. A repair keeps its own weight.
        """
        if self.most_spread == INFINITE:
            return
        if self.waiting:
            self._weigh(self.tables.weights.build_load)
        elif self.filling.load < self.load:
            self._weigh(self.load)
        elif part > EVEN_FROM:
            load = min(self.filling.load * LEAN, MOST_LEAN * self.load) if self._uneven() else self.filling.load / LEAN
            self._weigh(max(load, self.load))

    def _uneven(self) -> bool:
        return self.most_spread < INFINITE and self._spread() > self.most_spread

    def _weigh(self, load: float) -> None:
        if load != self.filling.load:
            self.filling.load = load
            self.filling.cost = self.filling.whole_cost()

    def _slots(self) -> dict[int, tuple[int, int]]:
        weeks = self.tables.weeks
        return {village: (at[0] // weeks, at[1]) for village, at in enumerate(self.filling.at) if at is not None}

    def _spread(self) -> float:
        tables = self.tables
        assigned = dict(zip(tables.team_ids, self.filling.assigned, strict=True))
        return spread(assigned, dict(zip(tables.team_ids, tables.available, strict=True)))


def neighbours(tables: Tables) -> list[list[int]]:
    """Return for each village the nearest others, nearest first."""
    count = range(len(tables.codes))
    return [sorted(count, key=lambda other: (row[other], other))[1 : NEAR + 1] for row in tables.minutes[: len(count)]]


def likely_options(tables: Tables) -> dict[int, dict[int, tuple[int, ...]]]:
    """Return the options without the team-weeks that would be far dearer than the village's best, load aside."""
    found = {}
    for village in range(len(tables.codes)):
        options, alone = tables.options[village], tables.alone(village)
        least = min(alone.values(), default=0.0)
        found[village] = {tw: options[tw] for tw, points in alone.items() if points - least <= LIKELY}
    return found
