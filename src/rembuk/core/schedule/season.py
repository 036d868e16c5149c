"""The whole way from an instance to a plan: the yardstick, the first plan, the search, each with its cost."""

from dataclasses import dataclass

from rembuk.core.schedule.greedy import fill_greedily
from rembuk.core.schedule.insertion import INFINITE, built
from rembuk.core.schedule.instance import Instance
from rembuk.core.schedule.itinerary import fill_from, plan_of
from rembuk.core.schedule.plan import Plan
from rembuk.core.schedule.score import Score, score
from rembuk.core.schedule.search import Progress, Search
from rembuk.core.schedule.state import Filling
from rembuk.core.schedule.tables import Tables


@dataclass(frozen=True, slots=True)
class Made:
    """A plan with its cost, beside the greedy plan. rounds: how long the search went."""

    plan: Plan
    score: Score
    greedy: Plan
    greedy_score: Score
    rounds: int


class Planner:
    """Makes plans for one instance; its tables are built once and shared by all of them."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.tables = Tables(instance)

    def greedy(self) -> Plan:
        """Return the plan of an office that always takes the nearest village next."""
        filling = Filling(self.tables, self.tables.weights.load)
        fill_greedily(filling)
        return plan_of(filling)

    def first(self) -> Plan:
        """Return the plan of cheapest insertion: complete where it can be, ready to be shown at once."""
        return plan_of(built(self.tables))

    def improved(self, plan: Plan, *, seed: int, progress: Progress, most_spread: float = INFINITE) -> tuple[Plan, int]:
        """Return the best plan a search finds from *plan*, and its rounds. most_spread: see `Search`."""
        filling, _ = fill_from(self.tables, plan.slots())
        found = Search(filling, seed, most_spread).run(progress)
        tables = self.tables
        slots = {tables.codes[v]: (tables.team_ids[team], day) for v, (team, day) in found.slots.items()}
        return (plan_of(fill_from(tables, slots)[0]) if slots else plan), found.rounds

    def made(self, *, seed: int, progress: Progress, first: Plan | None = None) -> Made:
        """Return the searched plan beside the greedy one, never more uneven than that one where it can be helped.

        first: the plan to start from, if it is there already.
        """
        greedy = self.greedy()
        greedy_score = score(self.instance, greedy)
        plan, rounds = self.improved(
            first or self.first(), seed=seed, progress=progress, most_spread=greedy_score.spread
        )
        return Made(plan, score(self.instance, plan), greedy, greedy_score, rounds)
