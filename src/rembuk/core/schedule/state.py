"""A season being filled: which week each team has, and the counters by which a forum may be put in or not.

Every change is written to a journal, so a try that was not worth it is taken back step by step.
"""

from collections.abc import Mapping

from rembuk.core.schedule.instance import DAYS_A_WEEK
from rembuk.core.schedule.tables import Tables, with_village
from rembuk.core.schedule.walking import EMPTY
from rembuk.core.schedule.weeks import Week

Place = tuple[float, int, int, Week]
"""(points it adds, tw, day, the week with it)."""
Change = tuple[int, int, int, Week, Week, float]
"""(village, tw, day or -1 - day where it left, week before, week after, points added)."""
SIX = DAYS_A_WEEK + 1


class Filling:
    """The changing half of a search; `Tables` is the fixed half. load: points for a squared day of uneven load."""

    def __init__(self, tables: Tables, load: float) -> None:
        self.tables = tables
        self.load = load
        teams = len(tables.team_ids)
        blank = [tables.week(tw, EMPTY) for tw in range(teams * tables.weeks)]
        self.current: list[Week] = [week for week in blank if week is not None]
        assert len(self.current) == len(blank)
        self.at: list[tuple[int, int] | None] = [None] * len(tables.codes)
        """village -> (tw, day)."""
        self.speaking = [0] * len(tables.instance.speakers)
        self.resting = [[0] * tables.days for _ in tables.instance.speakers]
        self.held = [[0] * tables.days for _ in tables.districts]
        self.district_teams = [[0] * teams for _ in tables.districts]
        self.district_count = [0] * len(tables.districts)
        self.boats_out = [0] * (tables.weeks * SIX)
        self.assigned = list(tables.worked)
        self.options: Mapping[int, Mapping[int, tuple[int, ...]]] = tables.options
        """Where `best_place` looks; a search may narrow it."""
        self.cost = 0.0
        self.journal: list[Change] = []
        for village, (team, day) in tables.past.items():
            tw = team * tables.weeks + day // DAYS_A_WEEK
            self._enter(village, tw, day, self.current[tw], 0.0)
        self.cost = self.whole_cost()

    def whole_cost(self) -> float:
        """Return the points counted from scratch; `cost` is the same but for rounding."""
        tables, weights = self.tables, self.tables.weights
        total = sum(week.cost for week in self.current)
        for village, place in enumerate(self.at):
            total += tables.left_out[village] if place is None else self._own_points(village, *place)
        total += sum(weights.split * (count - 1) for count in self.district_count if count > 1)
        return total + self.load * self.squares()

    def squares(self) -> float:
        """Return the squared gaps between the teams' assigned days and their targets, added up."""
        return sum((days - goal) ** 2 for days, goal in zip(self.assigned, self.tables.target, strict=True))

    def _own_points(self, village: int, tw: int, day: int) -> float:
        return self.tables.points[village][day] + self.tables.change(village, tw // self.tables.weeks, day)

    def inserts(self, week: Week, tw: int, village: int) -> tuple[tuple[float, int, int, Week], ...]:
        """Return (points, days added, day, new week) for each weekday the week can take the village, cheapest first."""
        tables = self.tables
        team, first = tw // tables.weeks, tw % tables.weeks * DAYS_A_WEEK
        points, slots, before = tables.points[village], week.slots, week.cost
        found = []
        for weekday in tables.options[village][tw]:
            if slots[weekday] < 0:
                after = tables.week(tw, with_village(slots, weekday, village))
                if after is not None:
                    day = first + weekday
                    cost = after.cost - before + points[day] + tables.change(village, team, day)
                    found.append((cost, after.days - week.days, day, after))
        found.sort(key=lambda row: (row[0], row[2]))
        result = week.inserts[village] = tuple(found)
        return result

    def best_place(self, village: int, below: float, closed: int = -1) -> Place | None:
        """Return the cheapest place for a village under all rules, None if none costs less than *below*.

        closed: a team that is not asked.
        """
        tables = self.tables
        weeks, cap, load = tables.weeks, tables.policy.district_cap, self.load
        district = tables.district[village]
        held, joined = self.held[district], self.district_teams[district]
        split = tables.weights.split if self.district_count[district] else 0.0
        who, rest = tables.speaker[village], tables.rest[village]
        speaking, resting = (self.speaking[who], self.resting[who]) if who >= 0 else (0, ())
        best: Place | None = None
        last, base, gap = -1, 0.0, 0.0
        for tw in self.options[village]:
            week = self.current[tw]
            ways = week.inserts.get(village)
            if ways is None:
                ways = self.inserts(week, tw, village)
            if not ways:
                continue
            team = tw // weeks
            if team != last:
                last = team
                base = 0.0 if joined[team] else split
                gap = 2 * (self.assigned[team] - tables.target[team])
            if team == closed:
                continue
            for points, more, day, after in ways:
                total = points + base + load * more * (gap + more)
                if total >= below or held[day] >= cap:
                    continue
                if who >= 0 and (speaking >> day & 1 or resting[day] or speaking & rest[day]):
                    continue
                if after.boats and not self._boats_left(tw, week.boats, after.boats):
                    continue
                if self.assigned[team] + more > tables.most_days[team]:
                    continue
                best, below = (total, tw, day, after), total
        return best

    def allows(self, village: int, tw: int, day: int, before: Week, after: Week) -> bool:
        """Say whether the counters leave room for a village that its team-week could hold."""
        tables, team = self.tables, tw // self.tables.weeks
        who = tables.speaker[village]
        if who >= 0:
            speaking = self.speaking[who]
            if speaking >> day & 1 or self.resting[who][day] or speaking & tables.rest[village][day]:
                return False
        return (
            self.held[tables.district[village]][day] < tables.policy.district_cap
            and self._boats_left(tw, before.boats, after.boats)
            and self.assigned[team] + after.days - before.days <= tables.most_days[team]
        )

    def side_points(self, village: int, tw: int, more: int) -> float:
        """Return the points of one more team in the district and of *more* assigned days."""
        tables, team = self.tables, tw // self.tables.weeks
        district = tables.district[village]
        joins = self.district_count[district] and not self.district_teams[district][team]
        gap = self.assigned[team] - tables.target[team]
        return (tables.weights.split if joins else 0.0) + self.load * more * (2 * gap + more)

    def place_at(self, village: int, team: int, day: int, *, any_option: bool = False) -> Place | None:
        """Return the place of a village with one team on one day, None where a rule forbids it.

        any_option: also a day that is no option on its own, but may be one beside the other forums of that week.
        """
        tables, weekday = self.tables, day % DAYS_A_WEEK
        tw = team * tables.weeks + day // DAYS_A_WEEK
        before = self.current[tw]
        alone = weekday in tables.options[village].get(tw, ()) if not any_option else tables.may(village, team, day)
        if not alone:
            return None
        if before.slots[weekday] >= 0:
            return None
        after = tables.week(tw, with_village(before.slots, weekday, village))
        if after is None or not self.allows(village, tw, day, before, after):
            return None
        points = after.cost - before.cost + self._own_points(village, tw, day)
        return points + self.side_points(village, tw, after.days - before.days), tw, day, after

    def _boats_left(self, tw: int, before: int, after: int) -> bool:
        more = after & ~before
        start = tw % self.tables.weeks * SIX
        most = self.tables.instance.shared_boats
        return not any(more >> day & 1 and self.boats_out[start + day] >= most for day in range(SIX))

    def put(self, village: int, place: Place) -> None:
        """Put a village where `best_place` said."""
        points, tw, day, after = place
        points -= self.tables.left_out[village]
        self.journal.append((village, tw, day, self.current[tw], after, points))
        self._enter(village, tw, day, after, points)

    def take(self, village: int) -> bool:
        """Take a village out; False where the rest of its week could not be held without it."""
        place = self.at[village]
        assert place is not None
        tw, day = place
        tables, before = self.tables, self.current[tw]
        after = tables.week(tw, with_village(before.slots, day % DAYS_A_WEEK, -1))
        if after is None or (after.boats & ~before.boats and not self._boats_left(tw, before.boats, after.boats)):
            return False
        team, district = tw // tables.weeks, tables.district[village]
        more = after.days - before.days
        if self.assigned[team] + more > tables.most_days[team]:
            return False
        gap = self.assigned[team] - tables.target[team]
        points = after.cost - before.cost - self._own_points(village, tw, day)
        points += self.load * more * (2 * gap + more) + tables.left_out[village]
        if self.district_teams[district][team] == 1 and self.district_count[district] > 1:
            points -= tables.weights.split
        self.journal.append((village, tw, -1 - day, before, after, points))
        self._leave(village, tw, day, after, points)
        return True

    def forget(self, most: int) -> None:
        """Drop the weeks worked out so far once there are more than *most*; those of the season at hand stay."""
        fresh = self.tables.fresh
        if sum(map(len, fresh)) <= most:
            return
        for tw, week in enumerate(self.current):
            week.inserts.clear()
            fresh[tw].clear()
            fresh[tw][week.slots] = week

    def undo(self) -> None:
        """Take back everything since the journal was last emptied."""
        while self.journal:
            village, tw, day, before, _, points = self.journal.pop()
            if day >= 0:
                self._leave(village, tw, day, before, -points)
            else:
                self._enter(village, tw, -1 - day, before, -points)

    def _enter(self, village: int, tw: int, day: int, after: Week, points: float) -> None:
        tables = self.tables
        team, district = tw // tables.weeks, tables.district[village]
        self._turn(tw, team, after)
        self.at[village] = (tw, day)
        self.held[district][day] += 1
        if not self.district_teams[district][team]:
            self.district_count[district] += 1
        self.district_teams[district][team] += 1
        who = tables.speaker[village]
        if who >= 0:
            self.speaking[who] |= 1 << day
            self._rest(who, tables.rest[village][day], day, 1)
        self.cost += points

    def _leave(self, village: int, tw: int, day: int, after: Week, points: float) -> None:
        tables = self.tables
        team, district = tw // tables.weeks, tables.district[village]
        self._turn(tw, team, after)
        self.at[village] = None
        self.held[district][day] -= 1
        self.district_teams[district][team] -= 1
        if not self.district_teams[district][team]:
            self.district_count[district] -= 1
        who = tables.speaker[village]
        if who >= 0:
            self.speaking[who] &= ~(1 << day)
            self._rest(who, tables.rest[village][day], day, -1)
        self.cost += points

    def _rest(self, who: int, bits: int, day: int, step: int) -> None:
        for near in (day - 1, day + 1):
            if near >= 0 and bits >> near & 1:
                self.resting[who][near] += step

    def _turn(self, tw: int, team: int, after: Week) -> None:
        before = self.current[tw]
        self.current[tw] = after
        self.assigned[team] += after.days - before.days
        changed = before.boats ^ after.boats
        if changed:
            start = tw % self.tables.weeks * SIX
            for day in range(SIX):
                if changed >> day & 1:
                    self.boats_out[start + day] += 1 if after.boats >> day & 1 else -1
