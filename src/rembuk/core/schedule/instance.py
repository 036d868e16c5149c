"""What a season of facilitated forums is asked from: villages, teams, speakers, travel and the policy of the office.

Days are numbers from 0: day ``5 * week + weekday``, Monday to Friday, counted from the Monday the window begins in.
Times are whole minutes from midnight. Nothing here knows the solver; the checker reads these values alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

DAYS_A_WEEK = 5
SATURDAY = 5
"""The weekday after Friday: only for the way home."""


@dataclass(frozen=True, slots=True)
class Block:
    """A day that cannot be used, and why, in the words of whoever closed it."""

    day: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Village:
    """A village that waits for its forum.

    district: the kecamatan's code. mode: road, river, mixed or "" when unknown. earliest: first day the law allows
    (pagu notice, Musdes gap and notice folded into one), earliest_reason says which. allowed: days left open by
    whoever made the instance, None for all. market: weekday of the market, None for none. preferred: days the
    village asked for. priority: 0 to 100, how late it may be dropped; None takes its remoteness. minutes: length of
    the forum, None for the policy's. fixed: (team, day) already agreed, which no search may move.
    """

    code: str
    name: str = ""
    district: str = ""
    mode: str = ""
    earliest: int = 0
    earliest_reason: str = ""
    allowed: frozenset[int] | None = None
    blocked: tuple[Block, ...] = ()
    market: int | None = None
    preferred: tuple[int, ...] = ()
    skill: str | None = None
    speaker: str | None = None
    extra_seats: int = 0
    priority: int | None = None
    minutes: int | None = None
    fixed: tuple[str, int] | None = None

    @property
    def title(self) -> str:
        """Return the name, or the code where the name is not known."""
        return self.name or self.code


@dataclass(frozen=True, slots=True)
class Team:
    """A facilitation team. off: days its members are bound elsewhere. max_days: most assigned days, None for no cap."""

    id: str
    base: str
    name: str = ""
    members: int = 3
    skills: frozenset[str] = frozenset()
    boat_seats: int = 0
    off: tuple[Block, ...] = ()
    max_days: int | None = None

    @property
    def title(self) -> str:
        """Return the name, or one made of the id and the base."""
        return self.name or f"Tim {self.id} ({self.base})"


@dataclass(frozen=True, slots=True)
class Speaker:
    """An official whom villages need. remote: may speak by telephone or video, so no road and no rest are counted."""

    id: str
    base: str
    name: str = ""
    off: tuple[Block, ...] = ()
    remote: bool = False

    @property
    def title(self) -> str:
        """Return the name, or one made of the id."""
        return self.name or f"Narasumber {self.id}"


@dataclass(frozen=True, slots=True)
class Travel:
    """Minutes between all places (villages by code, bases as ``base:NAME``) in one season. river: by water."""

    places: tuple[str, ...]
    minutes: tuple[tuple[int, ...], ...]
    river: tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """What the office minds, in points. Configuration, not law.

    target_factor: a team's target is that many times the villages times its share of all available days. build_load
    takes the place of load while the first plan is made: against a target, days given away early look like a gain.
    priority: points on top of unserved for each point (0-100) of a village's priority; it orders who is left out, and
    100 of them stay below one more village left out.
    """

    travel_hour: float = 10.0
    night: float = 20.0
    travel_day: float = 25.0
    saturday: float = 30.0
    preference_day: float = 2.0
    preference_cap: int = 10
    split: float = 15.0
    load: float = 10.0
    build_load: float = 0.5
    target_factor: float = 1.15
    late_day: float = 0.1
    unserved: float = 1000.0
    priority: float = 9.0
    new_date: float = 100.0
    moved_day: float = 1.0
    other_team: float = 30.0


@dataclass(frozen=True, slots=True)
class Policy:
    """The rules of a day on the road; minutes from midnight where it is a clock.

    last_start, friday_last_start: latest start. friday_start: the one start before Friday noon. rest_after: a speaker
    who travels longer keeps the next day free; day_before_after: the day before as well. notice_days: a new date lies
    at least that many working days ahead. reserve_days: last days of the window, kept for what goes wrong (warned
    about, not forbidden). full_priority_minutes: travel from the seat at which remoteness counts fully. wait_off_duty:
    on a day its members are not free a team may stay where it is, if it is out (it never travels or meets); False: it
    must be at home that day.
    """

    depart: int = 360
    start_from: int = 510
    last_start: int = 810
    forum: int = 210
    friday_start: int = 480
    friday_start_from: int = 810
    friday_last_start: int = 840
    river_home_by: int = 1080
    road_home_by: int = 1200
    travel_day: int = 720
    district_cap: int = 2
    rest_after: int = 240
    day_before_after: int = 450
    notice_days: int = 6
    reserve_days: int = 3
    full_priority_minutes: int = 600
    wait_off_duty: bool = True
    weights: Weights = field(default_factory=Weights)
    version: str = "1"


@dataclass(frozen=True, slots=True)
class Instance:
    """One season. seat: base the speakers and officials start from. first: the Monday of day 0, None while unknown."""

    weeks: int
    villages: tuple[Village, ...]
    teams: tuple[Team, ...]
    speakers: tuple[Speaker, ...]
    travel: Travel
    holidays: tuple[Block, ...] = ()
    shared_boats: int = 0
    shared_seats: int = 0
    seat: str = ""
    first: date | None = None
    district_names: Mapping[str, str] = field(default_factory=dict, hash=False)
    policy: Policy = field(default_factory=Policy)

    @property
    def days(self) -> int:
        """Return the number of working-day numbers, holidays included."""
        return self.weeks * DAYS_A_WEEK

    def date_of(self, day: int) -> date | None:
        """Return the calendar day of a day number, None while the first Monday is not known."""
        if self.first is None:
            return None
        return self.first + timedelta(days=7 * (day // DAYS_A_WEEK) + day % DAYS_A_WEEK)

    def day_of(self, on: date) -> int | None:
        """Return the day number of a calendar day, None for weekends and days outside the window."""
        if self.first is None or on.weekday() >= DAYS_A_WEEK:
            return None
        week, weekday = divmod((on - self.first).days, 7)
        return week * DAYS_A_WEEK + weekday if 0 <= week < self.weeks else None
