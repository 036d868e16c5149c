"""A plan as it is kept and printed: who is where on which day and by which way."""

from dataclasses import dataclass
from typing import Literal

Boat = Literal["", "own", "shared"]


@dataclass(frozen=True, slots=True)
class Visit:
    """One forum. start, end: minutes from midnight. sleep: place of the night after it. boat: used on that round."""

    village: str
    team: str
    day: int
    start: int
    end: int
    sleep: str = ""
    boat: Boat = ""
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Leg:
    """One way travelled. weekday 5 is the Saturday after *week*. start, end: places (village code or ``base:NAME``)."""

    team: str
    week: int
    weekday: int
    start: str
    end: str
    leave: int
    arrive: int
    river: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Visits by (day, team), legs by (team, time), and the codes of the villages left out, sorted."""

    visits: tuple[Visit, ...] = ()
    legs: tuple[Leg, ...] = ()
    unserved: tuple[str, ...] = ()

    def by_village(self) -> dict[str, Visit]:
        """Return village code -> its visit."""
        return {visit.village: visit for visit in self.visits}

    def slots(self) -> dict[str, tuple[str, int]]:
        """Return village code -> (team, day): all that is needed to build the plan again, see `plan_from_slots`."""
        return {visit.village: (visit.team, visit.day) for visit in self.visits}
