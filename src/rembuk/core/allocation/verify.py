"""A second pair of eyes: checks an outcome against its problem without any code of the engine, in whole rupiah."""

from dataclasses import dataclass

from rembuk.core.allocation.digest import digest_of
from rembuk.core.allocation.model import Decision, Outcome, Problem, Proposal


@dataclass(frozen=True, slots=True)
class Violation:
    """Something in an outcome that its problem does not allow. subject: id of the proposal, source or row."""

    code: str
    subject: str
    detail: str = ""


def verify(problem: Problem, outcome: Outcome) -> list[Violation]:
    """Return everything wrong with *outcome*; an empty list means it may be relied on."""
    proposals = {item.id: item for item in problem.proposals}
    decided = [decision.id for decision in outcome.decisions]
    found = [Violation("not-decided", name) for name in sorted(set(proposals) - set(decided))]
    found += [Violation("unknown-proposal", name) for name in sorted(set(decided) - set(proposals))]
    found += [
        Violation("decided-twice", name) for name in sorted({name for name in decided if decided.count(name) > 1})
    ]
    known = [decision for decision in outcome.decisions if decision.id in proposals]
    for decision in known:
        found += _check_decision(problem, proposals[decision.id], decision)
    found += _check_sources(problem, outcome, known)
    found += _check_rows(problem, outcome, known, proposals)
    found += _check_links(problem, outcome, known, proposals)
    if not found:
        found += _check_left_out(problem, outcome, proposals)
    if outcome.digest != digest_of(problem, outcome):
        found.append(Violation("digest", "outcome"))
    return found


def _payers(problem: Problem, proposal: Proposal) -> set[str]:
    codes = {source.id for source in problem.sources}
    return codes - problem.not_by_default if proposal.sources is None else codes & proposal.sources


def _check_decision(problem: Problem, proposal: Proposal, decision: Decision) -> list[Violation]:
    found: list[Violation] = []
    paid = sum(amount for _, amount in decision.amounts)
    if decision.cost != proposal.cost:
        found.append(Violation("cost-changed", proposal.id))
    if decision.chosen != (decision.code in {"ALOK-01", "ALOK-07"}):
        found.append(Violation("code-contradicts", proposal.id, decision.code))
    if not decision.chosen:
        return [*found, Violation("loser-paid", proposal.id)] if decision.amounts else found
    if not proposal.cost:
        found.append(Violation("chosen-without-cost", proposal.id))
    if paid != (proposal.cost or 0):
        found.append(Violation("paid-not-cost", proposal.id, f"{paid}"))
    if any(amount <= 0 for _, amount in decision.amounts):
        found.append(Violation("amount-not-positive", proposal.id))
    codes = [code for code, _ in decision.amounts]
    if len(set(codes)) < len(codes):
        found.append(Violation("source-paid-twice", proposal.id))
    found += [
        Violation("illegal-source", proposal.id, code) for code in codes if code not in _payers(problem, proposal)
    ]
    if proposal.single_source and len(codes) > 1:
        found.append(Violation("not-single-source", proposal.id))
    return found


def _marks(proposal: Proposal) -> set[str]:
    named = {f"group:{name}" for name in proposal.groups}
    return set(proposal.tags) | named | ({f"hamlet:{proposal.hamlet}"} if proposal.hamlet else set())


def _check_sources(problem: Problem, outcome: Outcome, known: list[Decision]) -> list[Violation]:
    found: list[Violation] = []
    states = {state.id: state for state in outcome.sources}
    for source in problem.sources:
        used = sum(amount for decision in known for code, amount in decision.amounts if code == source.id)
        if used > source.ceiling:
            found.append(Violation("over-ceiling", source.id, f"{used - source.ceiling}"))
        state = states.get(source.id)
        if state is None or (state.ceiling, state.used) != (source.ceiling, used):
            found.append(Violation("source-state", source.id))
    return found


def _check_rows(
    problem: Problem, outcome: Outcome, known: list[Decision], proposals: dict[str, Proposal]
) -> list[Violation]:
    found: list[Violation] = []
    states = {state.name: state for state in outcome.rows}
    for share in problem.shares:
        used = 0
        for decision in known:
            if bool(share.tags & _marks(proposals[decision.id])) == (share.match == "any"):
                used += sum(amount for code, amount in decision.amounts if share.of in (code, "*"))
        ceiling = sum(source.ceiling for source in problem.sources if share.of in (source.id, "*"))
        base = ceiling if share.base is None else share.base
        if share.hard and share.max is not None and used * share.max.denominator > base * share.max.numerator:
            found.append(Violation("over-row", share.name, f"{used}"))
        if share.hard and share.max_amount is not None and used > share.max_amount:
            found.append(Violation("over-row", share.name, f"{used}"))
        state = states.get(share.name)
        if state is None or state.used != used:
            found.append(Violation("row-state", share.name))
            continue
        lacks = share.min is not None and used * share.min.denominator < base * share.min.numerator
        if (lacks or used < (share.min_amount or 0)) and not state.shortfall:
            found.append(Violation("shortfall-hidden", share.name))
    return found


def _check_links(
    problem: Problem, outcome: Outcome, known: list[Decision], proposals: dict[str, Proposal]
) -> list[Violation]:
    chosen = {decision.id for decision in known if decision.chosen}
    found = [
        Violation("prerequisite-missing", name, other)
        for name in sorted(chosen)
        for other in proposals[name].requires
        if other not in chosen
    ]
    for rule in problem.exclusions:
        if len(chosen & rule.ids) > rule.at_most:
            found.append(Violation("exclusion-broken", ", ".join(sorted(chosen & rule.ids))))
    if outcome.settled:
        left = sorted(item.id for item in problem.proposals if item.mandatory and item.id not in chosen)
        found += [Violation("mandatory-left-out", name) for name in left]
    return found


def _check_left_out(problem: Problem, outcome: Outcome, proposals: dict[str, Proposal]) -> list[Violation]:
    """A proposal without ties that the money left over could pay must not be outside: greedy skips, never stops."""
    left = {state.id: state.ceiling - state.used for state in outcome.sources}
    bound = {share.of for share in problem.shares if share.hard}
    tied = {name for rule in problem.exclusions for name in rule.ids}
    found: list[Violation] = []
    for decision in outcome.decisions:
        proposal = proposals[decision.id]
        if (
            "*" in bound
            or decision.chosen
            or not proposal.cost
            or proposal.id in tied
            or proposal.requires
            or outcome.search_cut
        ):
            continue
        free = [left[code] for code in _payers(problem, proposal) - bound]
        if proposal.cost <= (max(free, default=0) if proposal.single_source else sum(free)):
            found.append(Violation("fits-but-left-out", proposal.id))
    return found
