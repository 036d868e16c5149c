"""An instance made ready for counting: places by number, options of each village, points of each day.

A *tw* is one team-week, numbered ``team * weeks + week``.
"""

from dataclasses import dataclass, replace

from rembuk.core.schedule.instance import DAYS_A_WEEK, Instance, Village
from rembuk.core.schedule.plan import Plan
from rembuk.core.schedule.walking import EMPTY, Kind, Slots, Walker
from rembuk.core.schedule.weeks import Week, Weeks


def remoteness(instance: Instance) -> dict[str, int]:
    """Return village code -> priority 0-100: the village's own, else travel from the seat against the policy's full."""
    travel, policy = instance.travel, instance.policy
    place = {name: number for number, name in enumerate(travel.places)}
    seat = place.get(f"base:{instance.seat}")
    found = {}
    for village in instance.villages:
        if village.priority is not None:
            found[village.code] = village.priority
        elif seat is None:
            found[village.code] = 0
        else:
            minutes = travel.minutes[seat][place[village.code]]
            found[village.code] = min(100, round(100 * minutes / policy.full_priority_minutes))
    return found


def open_days(instance: Instance, village: Village) -> frozenset[int]:
    """Return the days the village itself leaves open (law, market, blocks, holidays); teams are not asked."""
    shut = {block.day for block in (*village.blocked, *instance.holidays)}
    return frozenset(
        day
        for day in range(village.earliest, instance.days)
        if day not in shut
        and day % DAYS_A_WEEK != village.market
        and (village.allowed is None or day in village.allowed)
    )


@dataclass(frozen=True, slots=True)
class Begun:
    """A season under way: *plan* is in force, days before *today* happened and are not planned again."""

    plan: Plan
    today: int = 0


class Tables:
    """The season in numbers. Villages are numbered as in the instance and are places 0..n-1; bases follow.

    begun: a season under way. Its past stays, a new date keeps the notice, and every change costs points.
    """

    def __init__(self, instance: Instance, begun: Begun | None = None) -> None:
        self.instance = instance
        self.begun = begun
        policy = self.policy = instance.policy
        self.weights = policy.weights
        self.weeks = instance.weeks
        self.days = instance.days
        villages, teams = instance.villages, instance.teams
        self.codes = [village.code for village in villages]
        self.number = {code: number for number, code in enumerate(self.codes)}
        self.team_ids = [team.id for team in teams]
        self.team_number = {name: number for number, name in enumerate(self.team_ids)}
        bases = sorted({f"base:{t.base}" for t in teams} | {f"base:{speaker.base}" for speaker in instance.speakers})
        self.places = [*self.codes, *bases]
        self.place = {name: number for number, name in enumerate(self.places)}
        rows = {name: number for number, name in enumerate(instance.travel.places)}
        order = [rows[name] for name in self.places]
        self.minutes = [[instance.travel.minutes[row][column] for column in order] for row in order]
        self.river = [[instance.travel.river[row][column] for column in order] for row in order]
        lengths = [village.minutes or policy.forum for village in villages]
        guests = [village.extra_seats for village in villages]
        self.walker = Walker(policy, self.minutes, self.river, lengths, guests)
        self.book = Weeks(self.walker)
        self.holiday = [False] * self.days
        for block in instance.holidays:
            if block.day < self.days:
                self.holiday[block.day] = True
        self._teams()
        self._speakers()
        self._districts()
        self.fresh: list[dict[Slots, Week | None]] = [{} for _ in self.kinds]
        self._villages()
        self.kept: dict[int, tuple[int, int]] = {}
        """village -> (team, day) of a plan that should change little."""
        self.past: dict[int, tuple[int, int]] = {}
        """village -> (team, day) of what has happened."""
        self.worked = [0] * len(self.team_ids)
        """team -> days of the past with a forum or travel."""
        if begun is not None:
            self._begin(begun)

    def _teams(self) -> None:
        instance = self.instance
        self.kinds: list[Kind] = []
        self.free: list[list[bool]] = []
        for team in instance.teams:
            off = {block.day for block in team.off}
            free = [not self.holiday[day] and day not in off for day in range(self.days)]
            self.free.append(free)
            own = team.boat_seats > 0
            seats = team.boat_seats if own else instance.shared_seats if instance.shared_boats else 0
            room = seats - team.members if seats else -1
            for week in range(self.weeks):
                bits = sum(1 << day for day in range(DAYS_A_WEEK) if free[week * DAYS_A_WEEK + day])
                self.kinds.append(Kind(self.place[f"base:{team.base}"], bits, own, room))
        available = [sum(free) for free in self.free]
        whole = sum(available)
        factor = self.weights.target_factor * len(instance.villages)
        self.available = available
        self.target = [factor * count / whole if whole else 0.0 for count in available]
        self.most_days = [self.days if team.max_days is None else team.max_days for team in instance.teams]

    def _begin(self, begun: Begun) -> None:
        """Take over what is past, where the teams are this morning, and which days a new date may still have."""
        today = begun.today
        for visit in begun.plan.visits:
            if visit.village in self.number and visit.team in self.team_number:
                kept = self.past if visit.day < today else self.kept
                kept[self.number[visit.village]] = (self.team_number[visit.team], visit.day)
        earliest = today + self.policy.notice_days
        for village, days in enumerate(self.open):
            old = self.kept[village][1] if village in self.kept else -1
            self.open[village] = frozenset(day for day in days if day >= earliest or day == old)
        happened = {(self.team_number[v.team], v.day) for v in begun.plan.visits if v.team in self.team_number}
        for leg in begun.plan.legs:
            if leg.weekday < DAYS_A_WEEK and leg.team in self.team_number:
                happened.add((self.team_number[leg.team], leg.week * DAYS_A_WEEK + leg.weekday))
        for team, day in happened:
            self.worked[team] += day < today
        for tw, kind in enumerate(self.kinds):
            self.kinds[tw] = self._under_way(kind, tw, begun)

    def _under_way(self, kind: Kind, tw: int, begun: Begun) -> Kind:
        team, week = divmod(tw, self.weeks)
        begin = min(DAYS_A_WEEK, max(0, begun.today - week * DAYS_A_WEEK))
        if begin in (0, DAYS_A_WEEK):
            return replace(kind, begin=begin)
        here, afloat = kind.base, False
        for leg in begun.plan.legs:
            if leg.team == self.team_ids[team] and leg.week == week and leg.weekday < begin:
                afloat = leg.river or (afloat and here != kind.base)
                here = self.place.get(leg.end, kind.base)
        return replace(kind, begin=begin, place=-1 if here == kind.base else here, afloat=afloat)

    def _speakers(self) -> None:
        """Work out on which days a speaker can be in a village, and which other days that takes."""
        speakers = self.instance.speakers
        number = {speaker.id: index for index, speaker in enumerate(speakers)}
        off = [{block.day for block in speaker.off} for speaker in speakers]
        self.speaker = [-1 if v.speaker is None else number[v.speaker] for v in self.instance.villages]
        self.rest: list[list[int]] = []
        """village -> day -> bits of the days the speaker keeps free; -1: he cannot come that day."""
        for village, who in enumerate(self.speaker):
            if who < 0:
                self.rest.append([0] * self.days)
                continue
            far = self.minutes[self.place[f"base:{speakers[who].base}"]][village]
            if speakers[who].remote:
                far = 0
            self.rest.append([self._rest(day, far, off[who]) for day in range(self.days)])

    def _rest(self, day: int, far: int, off: set[int]) -> int:
        if day in off:
            return -1
        weekday = day % DAYS_A_WEEK
        bits = 1 << day + 1 if far > self.policy.rest_after and weekday < DAYS_A_WEEK - 1 else 0
        return bits | (1 << day - 1 if far > self.policy.day_before_after and weekday else 0)

    def _districts(self) -> None:
        names = sorted({village.district for village in self.instance.villages})
        self.districts = names
        number = {name: index for index, name in enumerate(names)}
        self.district = [number[village.district] for village in self.instance.villages]

    def _villages(self) -> None:
        weights, priority = self.weights, remoteness(self.instance)
        self.priority = [priority[code] for code in self.codes]
        self.left_out = [weights.unserved + weights.priority * value for value in self.priority]
        self.open: list[frozenset[int]] = []
        self.missed: list[list[float]] = []
        """village -> day -> points for missing the days it asked for."""
        self.points: list[list[float]] = []
        """The same with the points of a late day."""
        for village in self.instance.villages:
            self.open.append(open_days(self.instance, village))
            missed = [self._missed(village, day) for day in range(self.days)]
            self.missed.append(missed)
            self.points.append([points + weights.late_day * day for day, points in enumerate(missed)])
        self.options = Options(self)

    def _missed(self, village: Village, day: int) -> float:
        missed = min((abs(day - wish) for wish in village.preferred), default=0)
        return self.weights.preference_day * min(missed, self.weights.preference_cap)

    def may(self, village: int, team: int, day: int) -> bool:
        """Say whether team and village could meet that day, the way there and other forums left aside."""
        wanted, asked = self.instance.villages[village], self.instance.teams[team]
        return (
            (wanted.skill is None or wanted.skill in asked.skills)
            and day in self.open[village]
            and self.free[team][day]
            and self.rest[village][day] >= 0
            and (wanted.fixed is None or wanted.fixed == (asked.id, day))
        )

    def alone(self, village: int) -> dict[int, float]:
        """Return tw -> points of a week with that forum alone: the team's cheapest week, the best day of that week."""
        teams: dict[int, float] = {}
        days: dict[int, float] = {}
        for tw, weekdays in self.options[village].items():
            weeks = (self.week(tw, with_village(EMPTY, weekday, village)) for weekday in weekdays)
            team, first = tw // self.weeks, tw % self.weeks * DAYS_A_WEEK
            cost = min(week.cost for week in weeks if week is not None)
            teams[team] = min(cost, teams.get(team, cost))
            days[tw] = min(self.missed[village][first + weekday] for weekday in weekdays)
        return {tw: teams[tw // self.weeks] + points for tw, points in days.items()}

    def change(self, village: int, team: int, day: int) -> float:
        """Return the points for a forum that is not where it was; nothing while there is no plan to keep to."""
        old = self.kept.get(village)
        if old is None or old == (team, day):
            return 0.0
        if old[1] == day:
            return self.weights.other_team
        return self.weights.new_date + self.weights.moved_day * abs(day - old[1])

    def week(self, tw: int, slots: Slots) -> Week | None:
        """Return the week worked out, None where it cannot be held."""
        known = self.fresh[tw]
        if slots in known:
            return known[slots]
        worked = known[slots] = self.book.work_out(self.kinds[tw], slots)
        return worked


class Options(dict[int, dict[int, tuple[int, ...]]]):
    """village -> tw -> weekdays on which that team could hold the forum if it held nothing else that week.

    A village is worked out when it is first asked for: a question about one of them should not wait for all.
    """

    def __init__(self, tables: Tables) -> None:
        super().__init__()
        self.tables = tables

    def __missing__(self, village: int) -> dict[int, tuple[int, ...]]:
        tables = self.tables
        found: dict[int, list[int]] = {}
        for team in range(len(tables.team_ids)):
            for day in sorted(tables.open[village]):
                if not tables.may(village, team, day):
                    continue
                week, weekday = divmod(day, DAYS_A_WEEK)
                tw = team * tables.weeks + week
                if tables.week(tw, with_village(EMPTY, weekday, village)) is not None:
                    found.setdefault(tw, []).append(weekday)
        result = self[village] = {tw: tuple(weekdays) for tw, weekdays in found.items()}
        return result


def with_village(slots: Slots, weekday: int, village: int) -> Slots:
    """Return the slots with one of them changed (-1 empties it)."""
    return (*slots[:weekday], village, *slots[weekday + 1 :])  # type: ignore[return-value]
