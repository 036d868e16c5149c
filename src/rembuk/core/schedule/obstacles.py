"""What stands between a village and a team's day, one obstacle after the other in a fixed order.

Obstacles that no plan can change come first ("never"), those of the plan at hand last ("now").
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rembuk.core.schedule.instance import DAYS_A_WEEK
from rembuk.core.schedule.state import SIX, Filling
from rembuk.core.schedule.tables import with_village
from rembuk.core.schedule.walking import EMPTY

NEVER = (
    "fixed",
    "skill",
    "no-boat",
    "seats",
    "past",
    "notice",
    "too-early",
    "holiday",
    "market",
    "blocked",
    "closed",
    "team-off",
    "no-way",
    "too-far",
    "speaker-off",
)
NOW = (
    "team-busy",
    "district-full",
    "speaker-busy",
    "speaker-rest",
    "boats-out",
    "max-days",
    "neighbour-too-far",
)
ORDER = NEVER + NOW
RANK = {code: place for place, code in enumerate(ORDER)}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason. params: what its sentence needs (village, team, speaker, reason, day ... as ids and numbers)."""

    code: str
    params: dict[str, object] = field(default_factory=dict, hash=False)


class Obstacles:
    """Looks at (village, team, day) against a filled season."""

    def __init__(self, filling: Filling) -> None:
        self.filling = filling
        self.tables = filling.tables
        self.holder: dict[tuple[int, int], int] = {}
        for village, at in enumerate(filling.at):
            if at is not None:
                self.holder[at[0] // self.tables.weeks, at[1]] = village

    def all(self, village: int, team: int, day: int) -> Iterator[Obstacle]:
        """Yield every obstacle in order; none when the forum could be put there as the season stands."""
        cleared = True
        for found in self._never(village, team, day):
            cleared = cleared and found.code not in ("no-way", "too-far")
            yield found
        blocked = False
        for found in self._counters(village, team, day):
            blocked = blocked or found.code == "team-busy"
            yield found
        if cleared and not blocked:
            yield from self._week(village, team, day)

    def village_day(self, village: int, day: int) -> Iterator[Obstacle]:
        """Yield what shuts the village's own day, whatever the team."""
        tables, wanted = self.tables, self.tables.instance.villages[village]
        begun, old = tables.begun, tables.kept.get(village)
        if begun is not None and day < begun.today:
            yield Obstacle("past", {"day": day})
        elif begun is not None and day < begun.today + tables.policy.notice_days and (old is None or old[1] != day):
            yield Obstacle("notice", {"day": day, "from": begun.today + tables.policy.notice_days})
        if day < wanted.earliest:
            yield Obstacle("too-early", {"from": wanted.earliest, "reason": wanted.earliest_reason})
        if tables.holiday[day]:
            holidays = tables.instance.holidays
            yield Obstacle("holiday", {"reason": next(block.reason for block in holidays if block.day == day)})
        if day % DAYS_A_WEEK == wanted.market:
            yield Obstacle("market", {"weekday": wanted.market})
        for block in wanted.blocked:
            if block.day == day:
                yield Obstacle("blocked", {"reason": block.reason})
                break
        if wanted.allowed is not None and day not in wanted.allowed and _open_otherwise(self, village, day):
            yield Obstacle("closed", {"day": day})

    def _never(self, village: int, team: int, day: int) -> Iterator[Obstacle]:
        tables = self.tables
        wanted, asked = tables.instance.villages[village], tables.instance.teams[team]
        if wanted.fixed is not None and wanted.fixed != (asked.id, day):
            yield Obstacle("fixed", {"team": wanted.fixed[0], "day": wanted.fixed[1]})
        if wanted.skill is not None and wanted.skill not in asked.skills:
            yield Obstacle("skill", {"skill": wanted.skill, "team": asked.id})
        kind = tables.kinds[team * tables.weeks]
        if tables.river[kind.base][village] and wanted.extra_seats > kind.room:
            yield Obstacle("no-boat" if kind.room < 0 else "seats", {"team": asked.id})
        yield from self.village_day(village, day)
        off = next((block for block in asked.off if block.day == day), None)
        if off is not None:
            yield Obstacle("team-off", {"team": asked.id, "day": day, "reason": off.reason})
        yield from self._alone(village, team, day)
        if tables.rest[village][day] < 0:
            yield Obstacle("speaker-off", {"speaker": wanted.speaker, "day": day})

    def _alone(self, village: int, team: int, day: int) -> Iterator[Obstacle]:
        """Yield that the team cannot make the way within the days it is free, even with nothing else that week."""
        tables = self.tables
        tw, weekday = team * tables.weeks + day // DAYS_A_WEEK, day % DAYS_A_WEEK
        kind = tables.kinds[tw]
        far = tables.minutes[kind.base][village]
        if far > tables.policy.travel_day:
            yield Obstacle("no-way", {"team": tables.team_ids[team], "minutes": far})
        elif tables.free[team][day] and tables.week(tw, with_village(EMPTY, weekday, village)) is None:
            yield Obstacle("too-far", {"team": tables.team_ids[team], "minutes": far, "day": day})

    def _counters(self, village: int, team: int, day: int) -> Iterator[Obstacle]:
        filling, tables = self.filling, self.tables
        other = self.holder.get((team, day))
        if other is not None:
            yield Obstacle("team-busy", {"team": tables.team_ids[team], "village": tables.codes[other], "day": day})
        district = tables.district[village]
        if filling.held[district][day] >= tables.policy.district_cap:
            there = [tables.codes[v] for v in self._on(day) if tables.district[v] == district]
            yield Obstacle("district-full", {"district": tables.districts[district], "villages": there, "day": day})
        who = tables.speaker[village]
        if who < 0 or tables.rest[village][day] < 0:
            return
        speaker = tables.instance.speakers[who].id
        if filling.speaking[who] >> day & 1:
            there = [tables.codes[v] for v in self._on(day) if tables.speaker[v] == who]
            yield Obstacle("speaker-busy", {"speaker": speaker, "villages": there, "day": day})
        if filling.resting[who][day] or filling.speaking[who] & tables.rest[village][day]:
            near = [v for d in (day - 1, day + 1) for v in self._on(d) if tables.speaker[v] == who]
            there = [tables.codes[v] for v in near]
            yield Obstacle("speaker-rest", {"speaker": speaker, "villages": there, "day": day})

    def _on(self, day: int) -> list[int]:
        return [village for (_, held), village in self.holder.items() if held == day]

    def _week(self, village: int, team: int, day: int) -> Iterator[Obstacle]:
        """Yield what the other forums of the team's week forbid."""
        filling, tables = self.filling, self.tables
        if not tables.free[team][day]:
            return
        tw, weekday = team * tables.weeks + day // DAYS_A_WEEK, day % DAYS_A_WEEK
        before = filling.current[tw]
        after = tables.week(tw, with_village(before.slots, weekday, village))
        name = tables.team_ids[team]
        if after is None:
            there = [tables.codes[v] for v in before.slots if v >= 0]
            if there:
                yield Obstacle("neighbour-too-far", {"team": name, "villages": there, "day": day})
            return
        start, out = tw % tables.weeks * SIX, filling.boats_out
        more = after.boats & ~before.boats
        if any(more >> one & 1 and out[start + one] >= tables.instance.shared_boats for one in range(SIX)):
            yield Obstacle("boats-out", {"day": day, "boats": tables.instance.shared_boats})
        if filling.assigned[team] + after.days - before.days > tables.most_days[team]:
            yield Obstacle("max-days", {"team": name, "days": tables.most_days[team]})


def _open_otherwise(found: Obstacles, village: int, day: int) -> bool:
    """Say whether only the list of open days shuts the day; the reasons above say the rest."""
    wanted = found.tables.instance.villages[village]
    return not (
        day < wanted.earliest
        or found.tables.holiday[day]
        or day % DAYS_A_WEEK == wanted.market
        or any(block.day == day for block in wanted.blocked)
    )
