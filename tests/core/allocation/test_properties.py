"""What must hold for every village, tried on many small ones."""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from rembuk.core.allocation import Decision, Exclusion, Outcome, Problem, Proposal, Share, Source, allocate, verify

CODES = ("PBK", "DDS", "ADD")
TAGS = ("blt", "pangan")


@st.composite
def problems(draw: st.DrawFn, *, most: int = 5) -> Problem:
    """Small villages with every kind of tie, costs of a few rupiah."""
    count = draw(st.integers(1, most))
    proposals = []
    for index in range(count):
        before = [f"p{other}" for other in range(count) if other != index and other < index]
        proposals.append(
            Proposal(
                id=f"p{index}",
                cost=draw(st.one_of(st.none(), st.integers(0, 6))),
                rank=draw(st.integers(1, count)),
                position=index,
                tags=frozenset(draw(st.sampled_from([(), ("blt",), ("pangan",)]))),
                sources=draw(st.one_of(st.none(), st.frozensets(st.sampled_from(CODES), min_size=1))),
                single_source=draw(st.booleans()),
                requires=tuple(draw(st.lists(st.sampled_from(before), max_size=1))) if before else (),
            )
        )
    sources = tuple(Source(code, draw(st.integers(0, 8))) for code in CODES)
    shares = []
    if draw(st.booleans()):
        shares.append(Share("cap", "DDS", frozenset({"blt"}), max_amount=draw(st.integers(0, 6))))
    if draw(st.booleans()):
        shares.append(Share("floor", "DDS", frozenset({"pangan"}), min_amount=draw(st.integers(0, 6))))
    if draw(st.booleans()):
        shares.append(Share("tagged", "ADD", frozenset(TAGS), match="none", max_amount=0))
    exclusions = []
    if count > 1 and draw(st.booleans()):
        exclusions.append(Exclusion(frozenset({"p0", "p1"})))
    return Problem(tuple(proposals), sources, tuple(shares), tuple(exclusions))


def fundings(problem: Problem, chosen: list[Proposal]) -> Iterator[dict[tuple[str, str], int]]:
    """Every way to pay *chosen* in whole rupiah, by plain enumeration."""
    choices = []
    for item in chosen:
        payers = [code for code in CODES if code in problem.allowed(item)]
        cost = item.cost or 0
        parts = [split for split in product(range(cost + 1), repeat=len(payers)) if sum(split) == cost]
        if item.single_source:
            parts = [split for split in parts if sum(1 for part in split if part) <= 1]
        choices.append([{(item.id, code): part for code, part in zip(payers, split, strict=True)} for split in parts])
    for combination in product(*choices):
        yield {key: part for piece in combination for key, part in piece.items()}


def payable(problem: Problem, chosen: list[Proposal]) -> bool:
    """The definition: some payment keeps every ceiling and cap and leaves what the floors keep apart."""
    by_id = {item.id: item for item in problem.proposals}
    ceilings = {source.id: source.ceiling for source in problem.sources}
    for payment in fundings(problem, chosen):
        used = {code: sum(part for (_, payer), part in payment.items() if payer == code) for code in CODES}
        fits = all(used[code] <= ceilings[code] for code in CODES)
        for share in problem.shares:
            inside = sum(
                part for (name, code), part in payment.items() if code == share.of and share.counts(by_id[name])
            )
            if share.max_amount is not None and inside > share.max_amount:
                fits = False
            if share.min_amount:
                proposed = sum(
                    item.cost or 0
                    for item in problem.proposals
                    if share.of in problem.allowed(item)
                    and share.counts(item)
                    and (item.cost or 0) <= sum(ceilings[code] for code in problem.allowed(item))
                )
                kept = min(share.min_amount, ceilings[share.of], proposed)
                if used[share.of] + max(0, kept - inside) > ceilings[share.of]:
                    fits = False
        if fits:
            return True
    return False


def greedy_by_definition(problem: Problem) -> set[str]:
    """Greedy with exact feasibility, the slow way."""
    chosen: list[Proposal] = []
    refused: set[str] = set()

    def names() -> set[str]:
        return {item.id for item in chosen}

    def try_it(item: Proposal) -> None:
        shut = any(item.id in rule.ids and len(rule.ids & names()) >= rule.at_most for rule in problem.exclusions)
        if not shut and payable(problem, [*chosen, item]):
            chosen.append(item)
        else:
            refused.add(item.id)

    waiting: list[Proposal] = []
    for item in problem.ranked():
        if not item.cost:
            continue
        if not set(item.requires) <= names():
            waiting.append(item)
            continue
        try_it(item)
        while ready := [other for other in waiting if set(other.requires) <= names()]:
            waiting.remove(ready[0])
            try_it(ready[0])
    return names()


@settings(max_examples=120, deadline=None)
@given(problems(most=4))
def test_greedy_equals_its_definition_by_enumeration(problem: Problem) -> None:
    assert problem.validate() == []
    assert set(allocate(problem).selected) == greedy_by_definition(problem)


@settings(max_examples=200, deadline=None)
@given(problems())
def test_every_outcome_passes_the_independent_check(problem: Problem) -> None:
    outcome = allocate(problem)
    assert verify(problem, outcome) == []
    assert len(outcome.decisions) == len(problem.proposals)


@settings(max_examples=150, deadline=None)
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(problem: Problem, chance: random.Random) -> None:
    def mixed(items: tuple) -> tuple:  # type: ignore[type-arg]
        order = list(items)
        chance.shuffle(order)
        return tuple(order)

    other = replace(
        problem, proposals=mixed(problem.proposals), sources=mixed(problem.sources), shares=mixed(problem.shares)
    )
    assert allocate(other) == allocate(problem)


@settings(max_examples=100, deadline=None)
@given(problems())
def test_the_first_source_of_the_order_is_used_as_far_as_the_choice_allows(problem: Problem) -> None:
    outcome = allocate(problem)
    chosen = [item for item in problem.proposals if item.id in outcome.selected]
    if (
        any(share.min_amount for share in problem.shares)
        or any(item.single_source for item in chosen)
        or len(chosen) > 3
    ):
        return
    by_id = {item.id: item for item in problem.proposals}
    ceilings = {source.id: source.ceiling for source in problem.sources}
    best = max(
        tuple(sum(part for (_, payer), part in payment.items() if payer == code) for code in CODES)
        for payment in fundings(problem, chosen)
        if all(sum(part for (_, payer), part in payment.items() if payer == code) <= ceilings[code] for code in CODES)
        and all(
            share.max_amount is None
            or sum(part for (name, code), part in payment.items() if code == share.of and share.counts(by_id[name]))
            <= share.max_amount
            for share in problem.shares
        )
    )
    assert tuple(state.used for state in outcome.sources) == best


def corrupted(outcome: Outcome, index: int, **changes: object) -> Outcome:
    decisions = list(outcome.decisions)
    decisions[index] = replace(decisions[index], **changes)  # type: ignore[arg-type]
    return replace(outcome, decisions=tuple(decisions))


@settings(max_examples=150, deadline=None)
@given(problems(), st.data())
def test_a_corrupted_outcome_is_caught_by_more_than_its_digest(problem: Problem, data: st.DataObject) -> None:
    outcome = allocate(problem)
    index = data.draw(st.integers(0, len(outcome.decisions) - 1))
    decision: Decision = outcome.decisions[index]
    if decision.chosen:
        code, amount = decision.amounts[0]
        broken = [
            corrupted(outcome, index, amounts=((code, amount + 1), *decision.amounts[1:])),
            corrupted(outcome, index, amounts=()),
            corrupted(outcome, index, chosen=False),
            corrupted(outcome, index, amounts=(("XXX", amount), *decision.amounts[1:])),
            corrupted(outcome, index, code="ALOK-02"),
            corrupted(outcome, index, cost=(decision.cost or 0) + 1),
        ]
    else:
        broken = [
            corrupted(outcome, index, chosen=True),
            corrupted(outcome, index, code="ALOK-01"),
            corrupted(outcome, index, chosen=True, code="ALOK-01", amounts=(("DDS", 100),)),
            corrupted(outcome, index, amounts=(("DDS", 1),)),
        ]
    broken += [
        replace(outcome, decisions=outcome.decisions[:index] + outcome.decisions[index + 1 :]),
        replace(outcome, decisions=(*outcome.decisions, decision)),
        replace(outcome, sources=tuple(replace(state, used=state.used + 1) for state in outcome.sources)),
        replace(outcome, sources=()),
    ]
    for each in broken:
        assert {found.code for found in verify(problem, each)} - {"digest"}


def test_a_tampered_digest_is_caught() -> None:
    problem = Problem((Proposal("a", 5, 1),), (Source("DDS", 10),))
    outcome = allocate(problem)
    assert [found.code for found in verify(problem, replace(outcome, digest="0" * 64))] == ["digest"]
    assert [found.code for found in verify(replace(problem, year=2027), outcome)] == ["digest"]
