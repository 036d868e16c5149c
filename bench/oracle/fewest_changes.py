"""The fewest dates a plan in force must change, proven: an oracle for repairs, slow and exact, by HiGHS.

One variable for each (village, team, day) a forum may have, near its old date; caps and speakers are rows. What a
team's week cannot hold, and boats, are forbidden when a solution wants them (lazy cuts), then solved again.
"""

import time
from collections import defaultdict

import highspy

from rembuk.core.schedule.bound import slots_of
from rembuk.core.schedule.instance import DAYS_A_WEEK, Instance
from rembuk.core.schedule.itinerary import fill_from
from rembuk.core.schedule.plan import Plan
from rembuk.core.schedule.tables import Begun, Tables, with_village
from rembuk.core.schedule.walking import EMPTY

WINDOW = 10
"""Days from the old date that a new one may lie away."""
DATE, TEAM, UNSERVED = 1.0, 0.001, 100.0
"""Another team costs a trifle: without it the solver tries every one of countless plans that change no date."""


def fewest_changes(instance: Instance, plan: Plan, today: int, seconds: float) -> tuple[int, int] | None:
    """Return (villages left out, dates changed) of the least change, None if not proven in time."""
    return _Oracle(Tables(instance, Begun(plan, today))).solve(time.monotonic() + seconds)


Key = tuple[int, int, int]
"""(village, team, day)."""


class _Oracle:
    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.solver = highspy.Highs()
        self.solver.silent()
        self.columns: list[Key] = []
        self.held: dict[Key, int] = {}
        self.slots = [set(slots_of(tables, village)) for village in range(len(tables.codes))]
        self._columns()
        self._rows()

    def _columns(self) -> None:
        tables = self.tables
        for village in range(len(tables.codes)):
            if village in tables.past:
                continue
            old = tables.kept.get(village)
            for team in range(len(tables.team_ids)):
                for day in sorted(tables.open[village]):
                    near = old is None or abs(day - old[1]) <= WINDOW
                    if near and tables.may(village, team, day) and self._possible(village, team, day):
                        moved = old is None or old[1] != day
                        swapped = old is not None and old[0] != team
                        self._column((village, team, day), DATE if moved else TEAM if swapped else 0.0)

    def _possible(self, village: int, team: int, day: int) -> bool:
        """Drop a base from which no way leads within a day of travel, not even from another village."""
        return (team * self.tables.days + day) in self.slots[village]

    def _column(self, key: Key, cost: float) -> None:
        self.held[key] = len(self.columns)
        self.columns.append(key)
        self.solver.addVar(0.0, 1.0)
        number = self.held[key]
        self.solver.changeColCost(number, cost)
        self.solver.changeColIntegrality(number, highspy.HighsVarType.kInteger)

    def _rows(self) -> None:
        tables = self.tables
        by_village, by_team, by_district, by_speaker = (defaultdict(list) for _ in range(4))
        for number, (village, team, day) in enumerate(self.columns):
            by_village[village].append(number)
            by_team[team, day].append(number)
            by_district[tables.district[village], day].append(number)
            if tables.speaker[village] >= 0:
                by_speaker[tables.speaker[village], day].append(number)
        for village in range(len(tables.codes)):
            if village not in tables.past:
                left = self.solver.getNumCol()
                self.solver.addVar(0.0, 1.0)
                self.solver.changeColCost(left, UNSERVED)
                self._row([*by_village[village], left], 1, 1)
        for rows, most in ((by_team, 1), (by_district, tables.policy.district_cap), (by_speaker, 1)):
            for numbers in rows.values():
                if len(numbers) > most:
                    self._row(numbers, 0, most)
        for number, (village, _, day) in enumerate(self.columns):
            bits, who = tables.rest[village][day], tables.speaker[village]
            for near in (day - 1, day + 1):
                if who >= 0 and near >= 0 and bits >> near & 1 and by_speaker[who, near]:
                    crowd = by_speaker[who, near]
                    weights = [float(len(crowd)), *[1.0] * len(crowd)]
                    self.solver.addRow(-highspy.kHighsInf, len(crowd), len(weights), [number, *crowd], weights)

    def _row(self, numbers: list[int], low: float, high: float) -> None:
        self.solver.addRow(low, high, len(numbers), numbers, [1.0] * len(numbers))

    def solve(self, ends: float) -> tuple[int, int] | None:
        """Solve, forbid what no week can hold, and solve again until nothing is left to forbid."""
        while True:
            left = ends - time.monotonic()
            if left <= 0:
                return None
            self.solver.setOptionValue("time_limit", left)
            self.solver.run()
            if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return None
            values = self.solver.getSolution().col_value
            chosen = [key for number, key in enumerate(self.columns) if values[number] > 0.5]
            cuts = self._cuts(chosen)
            if not cuts:
                dates = sum(
                    self.tables.kept.get(v) is not None and self.tables.kept[v][1] != day for v, _, day in chosen
                )
                served = len(chosen) + len(self.tables.past)
                return len(self.tables.codes) - served, dates
            for cut, others in cuts:
                self._forbid(cut, others)

    def _forbid(self, cut: list[Key], others: list[int]) -> None:
        """Forbid these forums together, unless another one joins them: on the way it may make the rest possible."""
        mine = [self.held[key] for key in cut]
        joining = [number for number in others if number not in mine]
        coefficients = [1.0] * len(mine) + [-1.0] * len(joining)
        self.solver.addRow(-highspy.kHighsInf, len(mine) - 1, len(coefficients), [*mine, *joining], coefficients)

    def _of_week(self, week: int, team: int = -1) -> list[int]:
        return [
            number
            for number, (_, who, day) in enumerate(self.columns)
            if day // DAYS_A_WEEK == week and team in (-1, who)
        ]

    def _cuts(self, chosen: list[Key]) -> list[tuple[list[Key], list[int]]]:
        tables = self.tables
        weeks: dict[int, list[Key]] = defaultdict(list)
        for key in chosen:
            weeks[key[1] * tables.weeks + key[2] // DAYS_A_WEEK].append(key)
        cuts: list[tuple[list[Key], list[int]]] = []
        for tw, keys in weeks.items():
            slots = EMPTY
            for village, _, day in keys:
                slots = with_village(slots, day % DAYS_A_WEEK, village)
            if tables.week(tw, slots) is None:
                team, week = divmod(tw, tables.weeks)
                cuts.append((keys, self._of_week(week, team)))
        if not cuts:
            slots_of = {tables.codes[v]: (tables.team_ids[team], day) for v, team, day in chosen}
            _, stuck = fill_from(tables, slots_of)
            days = {slots_of[code][1] // DAYS_A_WEEK for code in stuck}
            for week in days:  # shared boats: forbid that week as it is
                keys = [key for key in chosen if key[2] // DAYS_A_WEEK == week]
                cuts.append((keys, self._of_week(week)))
        return cuts
