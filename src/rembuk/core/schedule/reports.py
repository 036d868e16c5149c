"""What is printed of a plan: the calendar of a team, the sheet of a village, and figures per kecamatan."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from rembuk.core.schedule.instance import DAYS_A_WEEK, SATURDAY, Instance
from rembuk.core.schedule.plan import Leg, Plan, Visit
from rembuk.core.schedule.tables import Tables, with_village
from rembuk.core.schedule.walking import EMPTY


@dataclass(frozen=True, slots=True)
class DayOut:
    """One day of a team: the ways before the forum, the forum, the ways after it. weekday 5 is Saturday.

    sleep: place of the night, "" where the week is over. travel_only: a day on the road without a forum.
    """

    team: str
    week: int
    weekday: int
    before: tuple[Leg, ...]
    visit: Visit | None
    after: tuple[Leg, ...]
    sleep: str = ""

    @property
    def travel_only(self) -> bool:
        """Return whether the day is spent on the road."""
        return self.visit is None and bool(self.before)


def team_calendar(instance: Instance, plan: Plan, team: str) -> tuple[DayOut, ...]:
    """Return the days on which a team is out or sleeps out, in order. Raises: KeyError for a team nobody knows."""
    base = {one.id: f"base:{one.base}" for one in instance.teams}[team]
    visits = {(visit.day // DAYS_A_WEEK, visit.day % DAYS_A_WEEK): visit for visit in plan.visits if visit.team == team}
    legs: dict[tuple[int, int], list[Leg]] = defaultdict(list)
    for leg in plan.legs:
        if leg.team == team:
            legs[leg.week, leg.weekday].append(leg)
    days = []
    for week in range(instance.weeks):
        here = base
        for weekday in range(SATURDAY + 1):
            visit, ways = visits.get((week, weekday)), sorted(legs[week, weekday], key=lambda leg: leg.leave)
            asleep = here
            here = ways[-1].end if ways else here
            if visit is None and not ways and asleep == base:
                continue
            before = tuple(leg for leg in ways if visit is None or leg.arrive <= visit.start)
            after = tuple(leg for leg in ways if leg not in before)
            days.append(DayOut(team, week, weekday, before, visit, after, here if weekday < SATURDAY else ""))
    return tuple(days)


@dataclass(frozen=True, slots=True)
class VillageSheet:
    """What a village is told: who comes when, how they come and whether they sleep there. visit None: no forum."""

    village: str
    visit: Visit | None
    arrives: tuple[Leg, ...] = ()
    arrives_before: bool = False
    sleeps: bool = False


def village_sheet(plan: Plan, village: str) -> VillageSheet:
    """Return the sheet of one village. arrives_before: the team comes on an earlier day and sleeps in the village."""
    visit = plan.by_village().get(village)
    if visit is None:
        return VillageSheet(village, None)
    week, weekday = divmod(visit.day, DAYS_A_WEEK)
    into = [leg for leg in plan.legs if leg.team == visit.team and leg.week == week and leg.end == village]
    into = [leg for leg in into if (leg.weekday, leg.arrive) <= (weekday, visit.start)][-1:]
    before = bool(into) and into[0].weekday < weekday
    return VillageSheet(village, visit, tuple(into), before, before or visit.sleep == village)


@dataclass(frozen=True, slots=True)
class District:
    """Figures of one kecamatan. minutes, nights: of the ways to and in its villages. team_days: forums and travel.

    minimum_team_days: what its forums need at the least, each held by whoever reaches it in the fewest days, the ones
    no team can hold left out. minimum_teams: teams that would need if one team worked every working day of the season.
    """

    code: str
    name: str
    villages: int
    forums: int
    teams: tuple[str, ...]
    team_days: int
    minutes: int
    nights: int
    minimum_team_days: int
    minimum_teams: int


def districts(tables: Tables, plan: Plan) -> tuple[District, ...]:
    """Return the figures of each kecamatan by code. A day of travel counts for where it leads, the way home for where
    it begins."""
    instance = tables.instance
    of = {village.code: village.district for village in instance.villages}
    forums: Counter[str] = Counter()
    minutes: Counter[str] = Counter()
    teams: dict[str, set[str]] = defaultdict(set)
    days: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for visit in plan.visits:
        forums[of[visit.village]] += 1
        teams[of[visit.village]].add(visit.team)
        days[of[visit.village]].add((visit.team, visit.day))
    held = {(visit.team, visit.day) for visit in plan.visits}
    for leg in plan.legs:
        where = of.get(leg.end) or of.get(leg.start, "")
        minutes[where] += leg.arrive - leg.leave
        day = leg.week * DAYS_A_WEEK + leg.weekday
        if leg.weekday < SATURDAY and (leg.team, day) not in held:
            days[where].add((leg.team, day))
    outs = (out for team in instance.teams for out in team_calendar(instance, plan, team.id))
    nights = Counter(of[out.sleep] for out in outs if out.sleep in of)
    least = minimum_team_days(tables)
    working = instance.days - len({block.day for block in instance.holidays})
    found = []
    for code in tables.districts:
        inside = [village.code for village in instance.villages if village.district == code]
        needed = sum(least[village] for village in inside)
        found.append(
            District(
                code=code,
                name=instance.district_names.get(code, code),
                villages=len(inside),
                forums=forums[code],
                teams=tuple(sorted(teams[code])),
                team_days=len(days[code]),
                minutes=minutes[code],
                nights=nights[code],
                minimum_team_days=needed,
                minimum_teams=-(-needed // working) if working else 0,
            )
        )
    return tuple(found)


def minimum_team_days(tables: Tables) -> dict[str, int]:
    """Return village -> fewest team-days its forum takes alone, travel included; 0 where no team can hold it."""
    found = {}
    for village, code in enumerate(tables.codes):
        weeks = [
            tables.week(tw, with_village(EMPTY, weekday, village))
            for tw, weekdays in tables.options[village].items()
            for weekday in weekdays
        ]
        found[code] = min((week.days for week in weeks if week is not None), default=0)
    return found
