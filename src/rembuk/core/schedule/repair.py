"""A plan in force when something goes wrong: keep what can be kept, at once, then better with as few changes as can be.

What is past stays. A new date keeps the notice; another team on the same date needs none. A new date costs a hundred
points and one more for each day, another team thirty (`Weights`), so the search moves a date only where it must.
"""

from dataclasses import dataclass

from rembuk.core.schedule.changes import Changes, changes_between
from rembuk.core.schedule.insertion import by_scarcity, insert_all
from rembuk.core.schedule.instance import DAYS_A_WEEK, Instance
from rembuk.core.schedule.itinerary import fill_from, plan_of
from rembuk.core.schedule.plan import Plan
from rembuk.core.schedule.search import Progress, Search
from rembuk.core.schedule.state import Filling
from rembuk.core.schedule.tables import Begun, Tables


@dataclass(frozen=True, slots=True)
class Repaired:
    """One answer: the plan and what it changes. reserve: villages newly put into the reserve days at the end."""

    plan: Plan
    changes: Changes
    reserve: tuple[str, ...] = ()


class Repair:
    """Repairs one plan for one changed instance. hit: villages whose forum cannot stand as it was, by code."""

    def __init__(self, instance: Instance, plan: Plan, today: int = 0) -> None:
        """instance: the season as it is now. plan: in force until now. today: first day that can still be changed."""
        self.instance = instance
        self.old = plan
        self.tables = Tables(instance, Begun(plan, today))
        self._standing, self.hit = fill_from(self.tables, plan.slots())
        self._slots = {
            self.tables.codes[village]: (self.tables.team_ids[at[0] // self.tables.weeks], at[1])
            for village, at in enumerate(self._standing.at)
            if at is not None
        }

    def quick(self) -> Repaired:
        """Return the answer by insertion only: nothing that stands is touched."""
        return self._answer(self._inserted())

    def searched(self, *, seed: int, progress: Progress) -> Repaired:
        """Return the answer of the search; `search.until` two seconds is enough for whoever waits for it."""
        filling = self._inserted()
        found = Search(filling, seed, restless=self._restless(filling)).run(progress)
        tables = self.tables
        slots = {tables.codes[v]: (tables.team_ids[team], day) for v, (team, day) in found.slots.items()}
        settled = fill_from(tables, slots)[0]
        _put_back(settled)
        return self._answer(settled)

    def _inserted(self) -> Filling:
        filling = fill_from(self.tables, self._slots)[0]
        # An even load is worth a different plan, not another date for a village that has sent out its invitations.
        filling.load = self.tables.weights.build_load
        filling.cost = filling.whole_cost()
        waiting = [village for village, at in enumerate(filling.at) if at is None]
        insert_all(filling, by_scarcity(self.tables, waiting))
        filling.journal.clear()
        return filling

    def _restless(self, filling: Filling) -> list[int]:
        """Return the villages around which the search looks: those hit, and those left out."""
        tables = self.tables
        hit = {tables.number[code] for code in self.hit}
        return sorted(hit | {village for village, at in enumerate(filling.at) if at is None})

    def _answer(self, filling: Filling) -> Repaired:
        plan = plan_of(filling)
        changes = changes_between(self.old, plan)
        first = self.instance.days - self.instance.policy.reserve_days
        late = tuple(row.village for row in changes.rows if row.kind == "date" and row.new and row.new[1] >= first)
        return Repaired(plan, changes, late)


def _put_back(filling: Filling) -> None:
    """Put forums back where they were if their old place is still free: a gain of points is no reason to move a date.

    A new date goes back to its old team and day; where that is taken, to any team on its old day.
    """
    tables = filling.tables
    again = True
    while again:
        again = False
        for village, (team, day) in tables.kept.items():
            at = filling.at[village]
            if at is None or at == (team * tables.weeks + day // DAYS_A_WEEK, day) or not filling.take(village):
                continue
            teams = [team, *range(len(tables.team_ids))] if at[1] != day else [team]
            place = next((p for one in teams if (p := filling.place_at(village, one, day, any_option=True))), None)
            if place is None:
                filling.undo()
            else:
                filling.put(village, place)
                again = True
            filling.journal.clear()
