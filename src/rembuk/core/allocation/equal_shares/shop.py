"""Where equal shares buy: a sum where nothing but money decides, else a `Selection` asked once per state of a run."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rembuk.core.allocation.equal_shares.run import Answer
from rembuk.core.allocation.model import Problem, Proposal
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

    def join(self) -> None:
        """Answer alike for every order of the same purchases: so it does."""

    def part(self) -> None:
        """Answer for every order by itself."""

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


class SearchCutError(Exception):
    """A search over single-source payments hit its limit: what it says may depend on the order of the purchases."""


@dataclass(slots=True)
class State:
    """What is known of a choice after certain purchases. live: a selection with exactly these, once one is needed.

    mask: the purchases as bits; before: the state they were made from, with the last one.
    """

    mask: int
    live: Selection | None = None
    before: "tuple[State, int] | None" = None
    answers: dict[int, Answer] = field(default_factory=dict)
    next: dict[int, "State"] = field(default_factory=dict)
    fits: dict[int, bool] = field(default_factory=dict)


def _size(state: State) -> int:
    return state.mask.bit_count()


class GuardedShop(Shop):
    """Answers by every ceiling, row, prerequisite and exclusion.

    Answers are kept by the purchases made before. The runs of a completion come to the same ones by many ways, and what
    may be bought beside them does not depend on their order; so after `join` answers are kept by the set. Only where a
    search over payments is cut short it may depend: then `SearchCutError` is raised, and `part` must be called.
    """

    def __init__(self, problem: Problem, profile: Profile, budget: int, opened: Selection) -> None:
        by_id = {item.id: item for item in problem.proposals}
        self.items = [by_id[name] for name in profile.ids]
        self.opened = opened.copy(silent=True)
        self.joined = False
        self.root = self.state = State(0, self.opened)
        self.states: dict[int, State] = {}
        self.lives: list[State] = []
        """States with a selection."""
        self.payable: list[int] = []
        """What whole runs have bought."""
        self.refused: dict[int, list[int]] = {}
        """Proposal -> purchases beside which it was refused."""
        self.needs = [self._needs(item, profile) for item in self.items]
        super().__init__(profile, budget)

    def _needs(self, item: Proposal, profile: Profile) -> int:
        """Return the prerequisites that are not in yet as bits; -1 where one of them can never be bought."""
        lacking = self.opened.lacking(item)
        if any(other not in profile.index for other in lacking):
            return -1
        return sum(1 << profile.index[other] for other in lacking)

    def join(self) -> None:
        """Answer alike for every order of the same purchases from now on."""
        self.joined, self.states, self.lives, self.payable, self.refused = True, {}, [self.root], [], {}

    def part(self) -> None:
        """Forget everything and answer for every order by itself."""
        self.joined, self.root = False, State(0, self.opened)
        self.seek([])

    def seek(self, bought: Sequence[int]) -> None:
        """Go on where a run stands that made these purchases, all of them answered before."""
        super().seek(bought)
        self.state = self.root
        for proposal in bought:
            self.state = self.state.next[proposal]

    def ask(self, proposal: int) -> Answer:
        """Buy a proposal if the choice so far allows it. Raises: SearchCutError."""
        if self.spent + self.profile.costs[proposal] > self.budget:
            return Answer.STOP
        answer = self.state.answers.get(proposal)
        if answer is None:
            answer = self.state.answers[proposal] = self._answer(proposal)
        if answer is Answer.BOUGHT:
            self.state = self.state.next[proposal]
            self.spent += self.profile.costs[proposal]
        return answer

    def _answer(self, proposal: int) -> Answer:
        state = self.state
        mask = state.mask | 1 << proposal
        known = self.states.get(mask) if self.joined else None
        if known is None and self.joined:
            # Whatever may be bought together may also be bought in part, and what may not, not beside more.
            if self.ready(proposal) and any(not mask & ~whole for whole in self.payable):
                known = self.states[mask] = State(mask, None, (state, proposal))
            elif any(not part & ~state.mask for part in self.refused.get(proposal, ())):
                return Answer.REFUSED
        if known is None:
            answer, known = self._asked(state, proposal)
            if known is None:
                return answer
        state.next[proposal] = known
        return Answer.BOUGHT

    def _asked(self, state: State, proposal: int) -> tuple[Answer, State | None]:
        """Ask a selection whether a proposal may be bought, and return the state after it if so."""
        item, live, mask = self.items[proposal], self._live(state).copy(), state.mask | 1 << proposal
        bought = live.buy(item, "shares")
        self._note_cut(live)
        if bought:
            known = State(mask, live, (state, proposal))
            if self.joined:
                self.states[mask] = known
                self.lives.append(known)
            return Answer.BOUGHT, known
        if live.lacking(item) and not live.rivals(item):
            return Answer.WAITS, None
        self.refused.setdefault(proposal, []).append(state.mask)
        return Answer.REFUSED, None

    def _live(self, state: State) -> Selection:
        """Return a selection with the purchases of a state, made from the nearest one there is."""
        if state.live is None:
            nearest = max((known for known in self.lives if not known.mask & ~state.mask), key=_size)
            assert nearest.live is not None
            live, missing, step = nearest.live.copy(), [], state
            while step.before is not None:
                step, proposal = step.before
                if not nearest.mask >> proposal & 1:
                    missing.append(proposal)
            for proposal in reversed(missing):
                if not live.buy(self.items[proposal], "shares"):
                    raise SearchCutError
            self._note_cut(live)
            state.live = live
            self.lives.append(state)
        return state.live

    def _note_cut(self, live: Selection) -> None:
        if self.joined and live.funder.search_cut:
            raise SearchCutError

    def ready(self, proposal: int) -> bool:
        """Return whether the prerequisites of a proposal that waited are in now."""
        needs = self.needs[proposal]
        return needs >= 0 and not needs & ~self.state.mask

    def exhausted(self, bought: Sequence[int], candidates: Sequence[int]) -> bool:
        """Return whether no other candidate could be bought beside the purchases of the run. Raises: SearchCutError."""
        mask, known = self.state.mask, self.state.fits
        if self.joined and mask not in self.payable:
            self.payable.append(mask)
        for proposal in candidates:
            if mask >> proposal & 1:
                continue
            if proposal not in known:
                live = self._live(self.state)
                known[proposal] = live.fits(self.items[proposal])
                self._note_cut(live)
            if known[proposal]:
                return False
        return True


def shop_of(problem: Problem, profile: Profile, budget: int, opened: Selection) -> Shop:
    """Return the cheapest shop that keeps every rule of the problem. opened: with what is mandatory bought already."""
    tied = problem.exclusions or any(item.requires for item in problem.proposals)
    if is_plain(problem) and not tied and not opened.whole.rows:
        return Shop(profile, budget)
    return GuardedShop(problem, profile, budget, opened)
