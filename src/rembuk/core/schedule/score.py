"""What a plan costs, counted from its visits and legs alone: the search's own figures are not asked."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from rembuk.core.schedule.instance import DAYS_A_WEEK, Instance
from rembuk.core.schedule.plan import Plan

PARTS = ("travel", "nights", "travel_days", "saturdays", "preference", "split", "load", "late", "unserved")


@dataclass(frozen=True, slots=True)
class Score:
    """The cost of a plan in points, its parts, and the figures behind them.

    parts (names: `PARTS`) add up to total. spread: standard deviation over the teams of assigned days minus fair
    share. assigned: team -> days with a forum or a day of travel, Monday to Friday.
    """

    parts: Mapping[str, float]
    spread: float
    travel_hours: float
    travel_days: int
    nights: int
    saturdays: int
    assigned: Mapping[str, int] = field(default_factory=dict, hash=False)
    available: Mapping[str, int] = field(default_factory=dict, hash=False)

    @property
    def total(self) -> float:
        """Return the cost."""
        return sum(self.parts.values())


def score(instance: Instance, plan: Plan) -> Score:
    """Return what the plan costs under the instance's weights."""
    weights = instance.policy.weights
    villages = {village.code: village for village in instance.villages}
    forum_days = {(visit.team, visit.day) for visit in plan.visits}
    travel_days = {
        (leg.team, leg.week * DAYS_A_WEEK + leg.weekday) for leg in plan.legs if leg.weekday < DAYS_A_WEEK
    } - forum_days
    assigned = Counter(team for team, _ in (*forum_days, *travel_days))
    available = available_days(instance)
    whole = sum(available.values()) or 1
    target = {team: weights.target_factor * len(villages) * days / whole for team, days in available.items()}
    minutes = sum(leg.arrive - leg.leave for leg in plan.legs)
    nights = _nights(plan)
    saturdays = sum(leg.weekday == DAYS_A_WEEK for leg in plan.legs)
    teams = defaultdict(set)
    for visit in plan.visits:
        teams[villages[visit.village].district].add(visit.team)
    missed = sum(
        min(
            weights.preference_cap,
            min((abs(visit.day - wish) for wish in villages[visit.village].preferred), default=0),
        )
        for visit in plan.visits
    )
    parts = {
        "travel": weights.travel_hour * minutes / 60,
        "nights": weights.night * nights,
        "travel_days": weights.travel_day * len(travel_days),
        "saturdays": weights.saturday * saturdays,
        "preference": weights.preference_day * missed,
        "split": weights.split * sum(len(there) - 1 for there in teams.values()),
        "load": weights.load * sum((assigned[team] - goal) ** 2 for team, goal in target.items()),
        "late": weights.late_day * sum(visit.day for visit in plan.visits),
        "unserved": weights.unserved * len(plan.unserved),
    }
    return Score(
        parts=parts,
        spread=spread(assigned, available),
        travel_hours=minutes / 60,
        travel_days=len(travel_days),
        nights=nights,
        saturdays=saturdays,
        assigned={team.id: assigned[team.id] for team in instance.teams},
        available=available,
    )


def available_days(instance: Instance) -> dict[str, int]:
    """Return team -> days it works in the window."""
    closed = {block.day for block in instance.holidays}
    return {
        team.id: instance.days - len(closed | {block.day for block in team.off} & set(range(instance.days)))
        for team in instance.teams
    }


def spread(assigned: Mapping[str, int], available: Mapping[str, int]) -> float:
    """Return the standard deviation over the teams of assigned days minus fair share (of all assigned days)."""
    days, whole = sum(assigned.values()), sum(available.values())
    if not whole:
        return 0.0
    gaps = [assigned.get(team, 0) - days * free / whole for team, free in available.items()]
    return float((sum(gap * gap for gap in gaps) / len(gaps)) ** 0.5)


def _nights(plan: Plan) -> int:
    """Count the nights from Monday to Friday that a team sleeps away from its base."""
    weeks = defaultdict(list)
    for leg in plan.legs:
        weeks[leg.team, leg.week].append(leg)
    nights = 0
    for legs in weeks.values():
        out: int | None = None
        for leg in sorted(legs, key=lambda leg: (leg.weekday, leg.leave)):
            home = leg.end.startswith("base:")
            if out is not None and (home or leg.start.startswith("base:")):
                nights += leg.weekday - out
                out = None
            if not home and out is None:
                out = leg.weekday
    return nights
