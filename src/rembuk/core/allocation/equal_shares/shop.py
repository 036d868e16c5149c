"""Where equal shares buy: a sum where nothing but money decides, else a `Selection` asked once per state of a run."""

from collections.abc import Sequence
from dataclasses import dataclass

from rembuk.core.allocation.equal_shares.run import Answer
from rembuk.core.allocation.model import Problem
from rembuk.core.allocation.profile import Profile
from rembuk.core.allocation.selection import Selection, is_plain


class Shop:
    """Answers for the winner of each round, in the plain case: one purse, no rows, no ties between proposals."""

    def __init__(self, profile: Profile, budget: int) -> None:
        self.profile = profile
        self.budget = budget
        self.spent = 0

    def seek(self, bought: Sequence[int]) -> None:
        """Go on where a run stands that made these purchases."""
        self.spent = sum(self.profile.costs[proposal] for proposal in bought)

    def ask(self, proposal: int) -> Answer:
        """Buy a proposal; a run that costs more than the budget stops."""
        spent = self.spent + self.profile.costs[proposal]
        if spent > self.budget:
            return Answer.STOP
        self.spent = spent
        return Answer.BOUGHT

    def ready(self, proposal: int) -> bool:
        """Return whether a proposal that waited may be asked again."""
        return True

    def exhausted(self, bought: Sequence[int], candidates: Sequence[int]) -> bool:
        """Return whether no other candidate could be paid from what the purchases of the run leave."""
        left, taken, costs = self.budget - self.spent, set(bought), self.profile.costs
        return all(costs[proposal] > left for proposal in candidates if proposal not in taken)


@dataclass(slots=True)
class State:
    """What is known of a choice after certain purchases in a certain order."""

    answers: dict[int, Answer]
    next: dict[int, "State"]
    fits: dict[int, bool]


class GuardedShop(Shop):
    """Answers by every ceiling, row, prerequisite and exclusion.

    The runs of a completion repeat each other's purchases, so answers are kept by the purchases made before; the
    selection itself is only brought up to date where an answer is new.
    """

    def __init__(self, problem: Problem, profile: Profile, budget: int, opened: Selection) -> None:
        by_id = {item.id: item for item in problem.proposals}
        self.items = [by_id[name] for name in profile.ids]
        self.first = opened
        self.root = State({}, {}, {})
        self.live = opened.copy()
        self.live_path: list[int] = []
        self.path: list[int] = []
        self.state = self.root
        super().__init__(profile, budget)

    def seek(self, bought: Sequence[int]) -> None:
        """Go on where a run stands that made these purchases, all of them answered before."""
        super().seek(bought)
        self.path = list(bought)
        self.state = self.root
        for proposal in bought:
            self.state = self.state.next[proposal]

    def ask(self, proposal: int) -> Answer:
        """Buy a proposal if the choice so far allows it."""
        if self.spent + self.profile.costs[proposal] > self.budget:
            return Answer.STOP
        answer = self.state.answers.get(proposal)
        if answer is None:
            answer = self.state.answers[proposal] = self._answer(proposal)
        if answer is Answer.BOUGHT:
            self.state = self.state.next.setdefault(proposal, State({}, {}, {}))
            self.path.append(proposal)
            self.spent += self.profile.costs[proposal]
        return answer

    def _answer(self, proposal: int) -> Answer:
        item, live = self.items[proposal], self._current()
        if live.buy(item, "shares"):
            self.live_path.append(proposal)
            return Answer.BOUGHT
        return Answer.WAITS if live.lacking(item) and not live.rivals(item) else Answer.REFUSED

    def _current(self) -> Selection:
        """Return the selection after the purchases of this run."""
        if self.live_path != self.path:
            if self.path[: len(self.live_path)] != self.live_path:
                self.live, self.live_path = self.first.copy(), []
            for proposal in self.path[len(self.live_path) :]:
                self.live.buy(self.items[proposal], "shares")
            self.live_path = list(self.path)
        return self.live

    def ready(self, proposal: int) -> bool:
        """Return whether the prerequisites of a proposal that waited are in now."""
        item = self.items[proposal]
        chosen = {self.items[other].id for other in self.path}
        return all(other in chosen or other in self.first for other in item.requires)

    def exhausted(self, bought: Sequence[int], candidates: Sequence[int]) -> bool:
        """Return whether no other candidate could be bought beside the purchases of the run."""
        taken, known = set(bought), self.state.fits
        for proposal in candidates:
            if proposal in taken:
                continue
            if proposal not in known:
                known[proposal] = self._current().fits(self.items[proposal])
            if known[proposal]:
                return False
        return True


def shop_of(problem: Problem, profile: Profile, budget: int, opened: Selection) -> Shop:
    """Return the cheapest shop that keeps every rule of the problem. opened: with what is mandatory bought already."""
    tied = problem.exclusions or any(item.requires for item in problem.proposals)
    if is_plain(problem) and not tied and not opened.whole.rows:
        return Shop(profile, budget)
    return GuardedShop(problem, profile, budget, opened)
