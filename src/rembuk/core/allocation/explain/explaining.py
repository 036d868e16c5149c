"""`explanations`: for every proposal of an outcome why it is in or out, from the purchases alone, without a re-run."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cached_property

from rembuk.core.allocation.explain.deep import deepened
from rembuk.core.allocation.explain.loads import Loads
from rembuk.core.allocation.explain.order import Order, OrderWays
from rembuk.core.allocation.explain.payers import Voters, payers
from rembuk.core.allocation.explain.reliefs import Reliefs
from rembuk.core.allocation.explain.shares import Shares
from rembuk.core.allocation.explain.states import States
from rembuk.core.allocation.explain.support import Support
from rembuk.core.allocation.explain.ties import TieBreak
from rembuk.core.allocation.explain.values import Explanation, Status, Way
from rembuk.core.allocation.explain.ways import NO_WAY, LoadWays, ShareWays, Ways
from rembuk.core.allocation.model import Decision, Outcome, Phase, Problem, Proposal
from rembuk.core.law import reasons
from rembuk.core.money import Rupiah
from rembuk.core.workflow.privacy import SMALLEST

BY_ORDER = ("greedy", "greedy-per-rupiah")
BY_SOLVER = ("optimum", "mes-repair")


class Explainer:
    """Explains one outcome; everything shared by its proposals is worked out once.

    voters: hamlet -> people who handed in a ballot, for hamlets whose ballots weigh by population.
    """

    def __init__(self, problem: Problem, outcome: Outcome, voters: Mapping[str, int] | None = None) -> None:
        self.problem = problem
        self.outcome = outcome
        self.settings = outcome.settings
        self.by_id = {item.id: item for item in problem.proposals}
        self.rounds = {step.id: (place, step) for place, step in enumerate(outcome.rounds, 1)}
        self.support = Support(problem, self.settings.utility)
        self.states = States(problem, outcome)
        self.ties = TieBreak(problem, self.settings.ties, self.states)
        self.voters = Voters(problem, self.support, voters)
        self.reliefs = Reliefs(self.states)
        self.shares = Shares(self.support, outcome, self.by_id)
        self.singled_out = self.voters.singled_out(SMALLEST)

    @cached_property
    def phases(self) -> tuple[tuple[Way, ShareWays | LoadWays | OrderWays], ...]:
        """The parts of the rule in which a proposal might have been bought."""
        rule, settings, problem = self.settings.rule, self.settings, self.problem
        if rule in BY_ORDER:
            order = Order(problem, self.support, per_rupiah=rule != "greedy", ranked=not problem.ballots)
            return (("order", self._ordered("rank", order)),)
        found: list[tuple[Way, ShareWays | LoadWays | OrderWays]] = []
        if rule == "mes":
            found.append(("shares", ShareWays(self.shares, self.states, self.ties)))
        elif rule == "phragmen":
            loads = Loads(self.support, self.outcome, self.by_id)
            found.append(("loads", LoadWays(loads, self.states, self.ties, last_price=self._stopped_at(loads))))
        if found and settings.completion != "none" and not (rule == "phragmen" and settings.stops):
            order = Order(problem, self.support, per_rupiah=True, voted=True)
            found.append(("completion", self._ordered("completion", order)))
        return tuple(found)

    @cached_property
    def beforehand(self) -> tuple[tuple[Way, OrderWays], ...]:
        """The part in which what must be in is bought, in the order of the meeting: no vote helps there."""
        order = Order(self.problem, self.support, per_rupiah=False, ranked=True)
        last = sum(step.phase == "mandatory" for step in self.outcome.rounds)
        return (("order", OrderWays(self.problem, order, self.states, self.ties, 0, last)),)

    def _ordered(self, phase: Phase, order: Order) -> OrderWays:
        places = [place for place, step in enumerate(self.outcome.rounds) if step.phase == phase]
        first = places[0] if places else len(self.outcome.rounds)
        return OrderWays(self.problem, order, self.states, self.ties, first, len(self.outcome.rounds))

    def _stopped_at(self, loads: Loads) -> Fraction | None:
        """Return the load of the purchase that did not fit and ended the run; nothing if the rule skips."""
        if not self.settings.stops:
            return None
        end = loads.moments - 1
        left = [item for item in self.problem.proposals if item.cost and item.id not in self.rounds]
        asked = [
            ((item.cost or 0) + loads.exact_carried(item, end)) / votes
            for item in left
            if (votes := self.support.votes(item)) and not self.states.fits(item, item.cost or 0, self.states.last)
        ]
        return min(asked, default=None)

    def all(self) -> dict[str, Explanation]:
        """Return the explanations of all proposals, in the published order."""
        return {decision.id: self.one(decision) for decision in self.outcome.decisions}

    def one(self, decision: Decision) -> Explanation:
        """Return the explanation of one decision."""
        item = self.by_id[decision.id]
        if not item.cost:
            return Explanation(item.id, "no-cost", decision.code, decision.cost)
        people = self.voters.behind(item)
        base = Explanation(
            id=item.id,
            status="selected",
            code=decision.code,
            cost=decision.cost,
            votes=self.support.votes(item),
            voters=people,
            amounts=decision.amounts,
            others=decision.others,
            rows=decision.blocked_rows,
            note=decision.note,
            ranked=not self.problem.ballots,
            sheltered=0 < people < SMALLEST or (self.singled_out and people > 0),
        )
        return self._chosen(base, item) if decision.chosen else self._lost(base, item, decision)

    def _chosen(self, base: Explanation, item: Proposal) -> Explanation:
        place, step = self.rounds[item.id]
        status: Status = "set-by-meeting" if base.code == reasons.SET_BY_MEETING else "selected"
        found = replace(base, status=status, round=place, phase=step.phase, price=step.price)
        if step.phase != "shares" or not step.price:
            return found
        most = min(self.shares.share, step.price * self.support.strongest(item) * self.support.unit(item.cost or 0))
        by_hamlet, by_group = payers(item, self.voters, self.shares)
        effective = (item.cost or 0) / most
        return replace(found, effective=effective, by_hamlet=by_hamlet, by_group=by_group)

    def _lost(self, base: Explanation, item: Proposal, decision: Decision) -> Explanation:
        phases = self.beforehand if item.id in self.states.selection.must else self.phases
        found: list[tuple[Way, Ways]] = [(way, phase.of(item)) for way, phase in phases]
        main = found[0][1] if found else NO_WAY
        counted = [(ways.supporters, place) for place, (_, ways) in enumerate(found) if ways.supporters is not None]
        way, best = found[min(counted)[1]] if counted else ("", main)
        sure = [ways.sure for _, ways in found if ways.sure is not None]
        if base.sheltered:
            asked = (phase.sure(item) for _, phase in phases if isinstance(phase, ShareWays))
            sure += [number for number in asked if number is not None]
        status = self._status(item, decision, main)
        linked = status in ("excluded", "prerequisite")
        return replace(
            base,
            status=status,
            effective=None if main.chance is None else main.chance.effective,
            chance=main.chance,
            extra_supporters=best.supporters,
            sure_supporters=min(sure, default=None),
            winning_cost=Rupiah(max((ways.cost for _, ways in found), default=0)) if found else None,
            way=way,
            needed_before=best.before,
            reliefs=() if linked or status == "illegal-source" else self.reliefs.of(item),
        )

    def _status(self, item: Proposal, decision: Decision, ways: Ways) -> Status:
        ceilings = {source.id: source.ceiling for source in self.problem.sources}
        if not any(ceilings[code] for code in self.problem.allowed(item)):
            return "illegal-source"
        if decision.code == reasons.EXCLUDED:
            return "excluded"
        if decision.code == reasons.PREREQUISITE_MISSING:
            return "prerequisite"
        by_money: Status = "row" if decision.code == reasons.RULE_ROW else "ceiling"
        rule = self.settings.rule
        if rule in BY_SOLVER or (rule in BY_ORDER and not self.problem.ballots):
            return by_money
        if not self.support.votes(item):
            return "no-supporters"
        if rule == "mes" and not ways.held_up:
            return "outbid" if ways.affordable else "supporters-short"
        return by_money


def explanations(
    problem: Problem, outcome: Outcome, *, voters: Mapping[str, int] | None = None
) -> dict[str, Explanation]:
    """Return the explanation of every proposal, in the published order, without running the rule again.

    voters: hamlet -> people who handed in a ballot, where ballots weigh by population; weights count as people else.
    """
    return Explainer(problem, outcome, voters).all()


def explain(
    problem: Problem,
    outcome: Outcome,
    proposal_id: str,
    *,
    deep: bool = False,
    voters: Mapping[str, int] | None = None,
) -> Explanation:
    """Return the explanation of one proposal; deep: run the rule again for what the purchases alone do not say.

    Raises: KeyError where the outcome knows no such proposal.
    """
    decision = outcome.decision(proposal_id)
    found = Explainer(problem, outcome, voters).one(decision)
    return deepened(problem, outcome, found) if deep else found
