"""Checks a plan by walking every team's clock again. Shares no code with the solver; reads instance and plan only."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rembuk.core.schedule.instance import Block, Instance, Team, Village
from rembuk.core.schedule.plan import Leg, Plan, Visit

RULES = (
    "unknown-village",
    "unknown-team",
    "outside-window",
    "village-missing",
    "village-twice",
    "team-twice",
    "speaker-missing",
    "speaker-twice",
    "speaker-off",
    "speaker-rest",
    "jump",
    "not-there",
    "leaves-early",
    "leaves-forum",
    "leg-time",
    "leg-unknown",
    "travel-day-long",
    "start-window",
    "friday-noon",
    "starts-before-arrival",
    "forum-short",
    "river-dark",
    "road-dark",
    "away-at-weekend",
    "sunday",
    "team-off",
    "holiday",
    "too-early",
    "market",
    "blocked",
    "closed",
    "skill",
    "seats",
    "no-boat",
    "shared-boats",
    "district-cap",
    "max-days",
    "fixed-moved",
    "past-changed",
    "short-notice",
)
"""Every code `violations` can give."""

_WEEK = 5
_FRIDAY = 4
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule. subject: the village, team, speaker or kecamatan it is about."""

    code: str
    subject: str
    day: int = -1
    detail: str = ""


def violations(
    instance: Instance, plan: Plan, *, before: Plan | None = None, today: int | None = None
) -> tuple[Violation, ...]:
    """Return every rule the plan breaks, none for a sound plan.

    before, today: the plan that was in force and the day of the change; then what is past must stand unchanged and a
    new date must keep the notice.
    """
    return tuple(_Check(instance, plan).all(before, today))


class _Check:
    def __init__(self, instance: Instance, plan: Plan) -> None:
        self.instance = instance
        self.plan = plan
        self.policy = instance.policy
        self.villages = {village.code: village for village in instance.villages}
        self.teams = {team.id: team for team in instance.teams}
        self.speakers = {speaker.id: speaker for speaker in instance.speakers}
        self.place = {name: number for number, name in enumerate(instance.travel.places)}
        self.holidays = _days(instance.holidays)

    def all(self, before: Plan | None, today: int | None) -> Iterator[Violation]:
        known = [visit for visit in self.plan.visits if visit.village in self.villages and visit.team in self.teams]
        yield from self.names()
        yield from self.once()
        for visit in known:
            yield from self.village_day(visit, self.villages[visit.village])
            yield from self.team_for(visit, self.teams[visit.team])
            yield from self.clock(visit, self.villages[visit.village])
        yield from self.officials(known)
        yield from self.speaking(known)
        yield from self.roads(known)
        if before is not None and today is not None:
            yield from self.change(before, today)

    # What is there, and how often

    def names(self) -> Iterator[Violation]:
        for visit in self.plan.visits:
            if visit.village not in self.villages:
                yield Violation("unknown-village", visit.village, visit.day)
            if visit.team not in self.teams:
                yield Violation("unknown-team", visit.team, visit.day)
            if not 0 <= visit.day < self.instance.days:
                yield Violation("outside-window", visit.village, visit.day)
        for leg in self.plan.legs:
            if leg.team not in self.teams:
                yield Violation("unknown-team", leg.team, leg.week * _WEEK)
            if not 0 <= leg.week < self.instance.weeks:
                yield Violation("outside-window", leg.team, leg.week * _WEEK)

    def once(self) -> Iterator[Violation]:
        held = Counter(visit.village for visit in self.plan.visits)
        left = set(self.plan.unserved)
        for code in self.villages:
            if held[code] > 1:
                yield Violation("village-twice", code)
            if (held[code] == 0) != (code in left):
                yield Violation("village-missing", code)
        for (team, day), count in Counter((visit.team, visit.day) for visit in self.plan.visits).items():
            if count > 1:
                yield Violation("team-twice", team, day)

    # The day of a forum

    def village_day(self, visit: Visit, village: Village) -> Iterator[Violation]:
        day = visit.day
        if day in self.holidays:
            yield Violation("holiday", village.code, day)
        if day < village.earliest:
            yield Violation("too-early", village.code, day, village.earliest_reason)
        if village.market is not None and day % _WEEK == village.market:
            yield Violation("market", village.code, day)
        for block in village.blocked:
            if block.day == day:
                yield Violation("blocked", village.code, day, block.reason)
        if village.allowed is not None and day not in village.allowed:
            yield Violation("closed", village.code, day)
        if village.fixed is not None and village.fixed != (visit.team, day):
            yield Violation("fixed-moved", village.code, day)

    def team_for(self, visit: Visit, team: Team) -> Iterator[Violation]:
        village = self.villages[visit.village]
        if village.skill is not None and village.skill not in team.skills:
            yield Violation("skill", village.code, visit.day, village.skill)
        if visit.day in _days(team.off):
            yield Violation("team-off", team.id, visit.day)

    def clock(self, visit: Visit, village: Village) -> Iterator[Violation]:
        policy = self.policy
        length = policy.forum if village.minutes is None else village.minutes
        if visit.end - visit.start < length:
            yield Violation("forum-short", village.code, visit.day)
        if visit.day % _WEEK == _FRIDAY:
            morning = visit.start == policy.friday_start
            noon = policy.friday_start_from <= visit.start <= policy.friday_last_start
            if not morning and not noon:
                yield Violation("friday-noon", village.code, visit.day)
        elif not policy.start_from <= visit.start <= policy.last_start:
            yield Violation("start-window", village.code, visit.day)

    # Officials and speakers

    def officials(self, known: Sequence[Visit]) -> Iterator[Violation]:
        crowd = Counter((self.villages[visit.village].district, visit.day) for visit in known)
        for (district, day), count in crowd.items():
            if count > self.policy.district_cap:
                yield Violation("district-cap", district, day, str(count))

    def speaking(self, known: Sequence[Visit]) -> Iterator[Violation]:
        days: dict[str, list[Visit]] = defaultdict(list)
        for visit in known:
            wanted = self.villages[visit.village].speaker
            if wanted is None:
                continue
            if visit.speaker != wanted:
                yield Violation("speaker-missing", visit.village, visit.day)
            days[wanted].append(visit)
        for name, visits in days.items():
            yield from self._one_speaker(name, visits)

    def _one_speaker(self, name: str, visits: Sequence[Visit]) -> Iterator[Violation]:
        speaker = self.speakers[name]
        off = _days(speaker.off)
        busy = Counter(visit.day for visit in visits)
        for day, count in busy.items():
            if count > 1:
                yield Violation("speaker-twice", name, day)
            if day in off:
                yield Violation("speaker-off", name, day)
        for visit in visits:
            far = 0 if speaker.remote else self.minutes(f"base:{speaker.base}", visit.village)
            weekday = visit.day % _WEEK
            if far > self.policy.rest_after and weekday < _FRIDAY and busy[visit.day + 1]:
                yield Violation("speaker-rest", name, visit.day + 1)
            if far > self.policy.day_before_after and weekday > 0 and busy[visit.day - 1]:
                yield Violation("speaker-rest", name, visit.day - 1)

    # The road

    def roads(self, known: Sequence[Visit]) -> Iterator[Violation]:
        weeks: dict[tuple[str, int], tuple[list[Visit], list[Leg]]] = defaultdict(lambda: ([], []))
        for visit in known:
            weeks[visit.team, visit.day // _WEEK][0].append(visit)
        for leg in self.plan.legs:
            if leg.team in self.teams and {leg.start, leg.end} <= self.place.keys():
                weeks[leg.team, leg.week][1].append(leg)
            else:
                yield Violation("leg-unknown", leg.team, leg.week * _WEEK + leg.weekday, f"{leg.start} {leg.end}")
        boats: Counter[tuple[int, int]] = Counter()
        worked: Counter[str] = Counter()
        for (name, week), (visits, legs) in sorted(weeks.items()):
            legs.sort(key=lambda leg: (leg.weekday, leg.leave))
            walk = _Walk(self, self.teams[name], week, visits, legs)
            yield from walk.days()
            yield from walk.seats()
            boats.update((week, weekday) for weekday in walk.shared)
            worked[name] += len(
                {visit.day % _WEEK for visit in visits} | {leg.weekday for leg in legs if leg.weekday < _SATURDAY}
            )
        for (week, weekday), count in boats.items():
            if count > self.instance.shared_boats:
                yield Violation("shared-boats", str(count), week * _WEEK + weekday)
        for name, days in worked.items():
            most = self.teams[name].max_days
            if most is not None and days > most:
                yield Violation("max-days", name, detail=str(days))

    def minutes(self, start: str, end: str) -> int:
        return self.instance.travel.minutes[self.place[start]][self.place[end]]

    def by_water(self, start: str, end: str) -> bool:
        return self.instance.travel.river[self.place[start]][self.place[end]]

    # A change of a plan in force

    def change(self, before: Plan, today: int) -> Iterator[Violation]:
        old = {visit.village: visit for visit in before.visits}
        new = {visit.village: visit for visit in self.plan.visits}
        for code, visit in old.items():
            now = new.get(code)
            if visit.day < today and (now is None or (now.team, now.day) != (visit.team, visit.day)):
                yield Violation("past-changed", code, visit.day)
        for code, visit in new.items():
            was = old.get(code)
            if was is not None and was.day == visit.day:
                continue
            if visit.day < today + self.policy.notice_days:
                yield Violation("short-notice", code, visit.day)


class _Walk:
    """One team's week on the clock: where it is, since when it is free, and which boats it holds."""

    def __init__(self, check: _Check, team: Team, week: int, visits: Sequence[Visit], legs: Sequence[Leg]) -> None:
        self.check = check
        self.team = team
        self.week = week
        self.base = f"base:{team.base}"
        self.visits = {visit.day % _WEEK: visit for visit in visits}
        self.legs = legs
        self.off = _days(team.off) | check.holidays
        self.shared: set[int] = set()
        self.here = self.base

    def days(self) -> Iterator[Violation]:
        for weekday in range(_SATURDAY + 1):
            ways = [leg for leg in self.legs if leg.weekday == weekday]
            yield from self.day(weekday, ways, self.visits.get(weekday))
        late = [leg for leg in self.legs if not 0 <= leg.weekday <= _SATURDAY]
        if late:
            yield Violation("sunday", self.team.id, self.week * _WEEK + _SATURDAY)
        if self.here != self.base:
            yield Violation("away-at-weekend", self.team.id, self.week * _WEEK + _FRIDAY, self.here)

    def day(self, weekday: int, ways: Sequence[Leg], visit: Visit | None) -> Iterator[Violation]:
        number, name = self.week * _WEEK + weekday, self.team.id
        off = weekday < _SATURDAY and number in self.off
        if off and (ways or (self.here != self.base and not self.check.policy.wait_off_duty)):
            yield Violation("team-off", name, number)
        ready, waiting, road = self.check.policy.depart, visit, 0
        for leg in ways:
            if waiting is not None and leg.leave >= waiting.start:
                yield from self.meet(waiting, ready)
                ready, waiting = waiting.end, None
            yield from self.leg(leg, number, ready, after=visit is not None and waiting is None)
            if waiting is not None and leg.arrive > waiting.start and leg.end != waiting.village:
                yield Violation("not-there", waiting.village, number)
                waiting = None
            self.here, ready = leg.end, leg.arrive
            road += leg.arrive - leg.leave
        if waiting is not None:
            yield from self.meet(waiting, ready)
        if visit is None and road > self.check.policy.travel_day:
            yield Violation("travel-day-long", name, number, str(road))

    def meet(self, visit: Visit, ready: int) -> Iterator[Violation]:
        if self.here != visit.village:
            yield Violation("not-there", visit.village, visit.day, self.here)
        elif ready > visit.start:
            yield Violation("starts-before-arrival", visit.village, visit.day)

    def leg(self, leg: Leg, number: int, ready: int, *, after: bool) -> Iterator[Violation]:
        check, name, policy = self.check, self.team.id, self.check.policy
        if leg.start != self.here:
            yield Violation("jump", name, number, f"{self.here} {leg.start}")
        if leg.leave < ready:
            yield Violation("leaves-forum" if after else "leaves-early", name, number)
        if leg.arrive - leg.leave < check.minutes(leg.start, leg.end):
            yield Violation("leg-time", name, number)
        water = check.by_water(leg.start, leg.end)
        if leg.arrive > (policy.river_home_by if water else policy.road_home_by):
            yield Violation("river-dark" if water else "road-dark", name, number)

    def seats(self) -> Iterator[Violation]:
        """Follow each absence from home: by water a boat is with the team from the first day to the last."""
        own = self.team.boat_seats > 0
        begun: int | None = None
        water = False
        for leg in self.legs:
            if begun is None:
                begun, water = leg.weekday, False
            water = water or self.check.by_water(leg.start, leg.end)
            if leg.end == self.base:
                if water:
                    yield from self.boat(begun, leg.weekday, own=own)
                begun = None

    def boat(self, first: int, last: int, *, own: bool) -> Iterator[Violation]:
        there = [visit for weekday, visit in self.visits.items() if first <= weekday <= last]
        seats = self.team.boat_seats if own else self.check.instance.shared_seats
        if not own:
            if not self.check.instance.shared_boats:
                yield Violation("no-boat", self.team.id, self.week * _WEEK + first)
                return
            self.shared.update(range(first, last + 1))
        for visit in there:
            if self.team.members + self.check.villages[visit.village].extra_seats > seats:
                yield Violation("seats", visit.village, visit.day)


def _days(blocks: Sequence[Block]) -> frozenset[int]:
    return frozenset(block.day for block in blocks)
