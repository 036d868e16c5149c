"""What every outcome must keep, whatever its rule: costs paid in full, ceilings, rows, links, all in whole rupiah."""

from collections import Counter
from collections.abc import Iterator

from rembuk.core.allocation.model import Decision, Outcome, Problem, Proposal, Share
from rembuk.core.allocation.verify.rounds import closure
from rembuk.core.allocation.verify.violation import Violation


def check_money(problem: Problem, outcome: Outcome) -> list[Violation]:
    """Return what is wrong with decisions, sources, rows and links."""
    proposals = {item.id: item for item in problem.proposals}
    found = list(_decided(problem, outcome, proposals))
    known = [decision for decision in outcome.decisions if decision.id in proposals]
    must = closure(proposals)
    for decision in known:
        found += _decision(problem, proposals[decision.id], decision, decision.id in must)
    found += _sources(problem, outcome, known)
    found += _rows(problem, outcome, known, proposals)
    found += _links(problem, outcome, known, proposals)
    return found


def payers_of(problem: Problem, proposal: Proposal) -> set[str]:
    """Return the sources that may pay a proposal."""
    codes = {source.id for source in problem.sources}
    return codes - problem.not_by_default if proposal.sources is None else codes & proposal.sources


def marks_of(proposal: Proposal) -> set[str]:
    """Return what rows may count a proposal by."""
    named = {f"group:{name}" for name in proposal.groups}
    return set(proposal.tags) | named | ({f"hamlet:{proposal.hamlet}"} if proposal.hamlet else set())


def counts(share: Share, proposal: Proposal) -> bool:
    """Return whether money for a proposal counts in a row."""
    return bool(share.tags & marks_of(proposal)) == (share.match == "any")


def bounds_of(problem: Problem, share: Share) -> tuple[int, int | None]:
    """Return the least and the most whole rupiah of a row that keep its shares and amounts."""
    ceiling = sum(source.ceiling for source in problem.sources if share.of in (source.id, "*"))
    base = ceiling if share.base is None else share.base
    low, high = share.min_amount or 0, share.max_amount
    if share.min is not None:
        part, rest = divmod(share.min.numerator * base, share.min.denominator)
        low = max(low, part + (rest > 0))
    if share.max is not None:
        part = share.max.numerator * base // share.max.denominator
        high = part if high is None else min(high, part)
    return low, high


def _decided(problem: Problem, outcome: Outcome, proposals: dict[str, Proposal]) -> Iterator[Violation]:
    times = Counter(decision.id for decision in outcome.decisions)
    for name in sorted(proposals.keys() - times.keys()):
        yield Violation("not-decided", name)
    for name in sorted(times):
        if name not in proposals:
            yield Violation("unknown-proposal", name)
        if times[name] > 1:
            yield Violation("decided-twice", name)
    order = [decision.id for decision in outcome.decisions if decision.id in proposals]
    published = sorted(
        proposals.values(), key=lambda item: (item.rank, not item.cost, item.cost or 0, item.position, item.id)
    )
    if times.keys() == proposals.keys() and len(order) == len(times) and order != [item.id for item in published]:
        yield Violation("decisions-unordered", "outcome")


def _decision(problem: Problem, proposal: Proposal, decision: Decision, must: bool) -> Iterator[Violation]:
    if decision.cost != proposal.cost:
        yield Violation("cost-changed", proposal.id)
    if (decision.code == "ALOK-07") if not must else (decision.code == "ALOK-01"):
        yield Violation("reason-wrong", proposal.id, decision.code)
    if decision.chosen != (decision.code in {"ALOK-01", "ALOK-07"}):
        yield Violation("code-contradicts", proposal.id, decision.code)
    if not decision.chosen:
        if decision.amounts:
            yield Violation("loser-paid", proposal.id)
        return
    if not proposal.cost:
        yield Violation("chosen-without-cost", proposal.id)
    paid = sum(amount for _, amount in decision.amounts)
    if paid != (proposal.cost or 0):
        yield Violation("paid-not-cost", proposal.id, f"{paid}")
    if any(amount <= 0 for _, amount in decision.amounts):
        yield Violation("amount-not-positive", proposal.id)
    codes = [code for code, _ in decision.amounts]
    if len(set(codes)) < len(codes):
        yield Violation("source-paid-twice", proposal.id)
    for code in sorted(set(codes) - payers_of(problem, proposal)):
        yield Violation("illegal-source", proposal.id, code)
    if proposal.single_source and len(codes) > 1:
        yield Violation("not-single-source", proposal.id)


def _sources(problem: Problem, outcome: Outcome, known: list[Decision]) -> Iterator[Violation]:
    used: Counter[str] = Counter()
    for decision in known:
        for code, amount in decision.amounts:
            used[code] += amount
    states = {state.id: (state.ceiling, state.earmarked, state.used) for state in outcome.sources}
    for source in problem.sources:
        if used[source.id] > source.ceiling:
            yield Violation("over-ceiling", source.id, f"{used[source.id] - source.ceiling}")
        if states.get(source.id) != (source.ceiling, source.earmarked, used[source.id]):
            yield Violation("source-state", source.id)
    for code in sorted(states.keys() - {source.id for source in problem.sources}):
        yield Violation("source-state", code)


def _rows(
    problem: Problem, outcome: Outcome, known: list[Decision], proposals: dict[str, Proposal]
) -> Iterator[Violation]:
    states = {state.name: state for state in outcome.rows}
    for share in problem.shares:
        inside = [decision for decision in known if counts(share, proposals[decision.id])]
        used = sum(amount for each in inside for code, amount in each.amounts if share.of in (code, "*"))
        low, high = bounds_of(problem, share)
        if share.hard and high is not None and used > high:
            yield Violation("over-row", share.name, f"{used}")
        state = states.get(share.name)
        if state is None or (state.of, state.hard, state.used, state.high) != (share.of, share.hard, used, high):
            yield Violation("row-state", share.name)
        elif state.low != low:
            yield Violation("shortfall-hidden" if state.low < low else "row-state", share.name)
    for name in sorted(states.keys() - {share.name for share in problem.shares}):
        yield Violation("row-state", name)


def _links(
    problem: Problem, outcome: Outcome, known: list[Decision], proposals: dict[str, Proposal]
) -> Iterator[Violation]:
    chosen = {decision.id for decision in known if decision.chosen}
    for name in sorted(chosen):
        for other in proposals[name].requires:
            if other not in chosen:
                yield Violation("prerequisite-missing", name, other)
    for rule in problem.exclusions:
        if len(chosen & rule.ids) > rule.at_most:
            yield Violation("exclusion-broken", ", ".join(sorted(chosen & rule.ids)))
    left = sorted(closure(proposals) - chosen)
    if outcome.settled:
        for name in left:
            yield Violation("mandatory-left-out", name)
    elif not left:
        yield Violation("settled-denied", "outcome")
