"""An outcome made for one problem, held against a stricter one: each rule is caught by its own name."""

from dataclasses import replace
from fractions import Fraction

import pytest

from rembuk.core.allocation import Exclusion, Outcome, Problem, Proposal, Settings, Share, Source, allocate, verify
from rembuk.core.allocation.digest import digest_of

A = Proposal("a", 6, 1, tags=frozenset({"blt"}))
B = Proposal("b", 6, 2)
EASY = Problem((A, B), (Source("DDS", 10), Source("ADD", 10)))
CAP = Share("BLT", "DDS", frozenset({"blt"}), max=Fraction(1, 2))
FLOOR = Share("PANGAN", "DDS", frozenset({"pangan"}), min=Fraction(1, 2))


def codes(problem: Problem, outcome: Outcome) -> set[str]:
    return {found.code for found in verify(problem, outcome)}


def only(problem: Problem, outcome: Outcome, **changes: object) -> list[str]:
    """Codes found after a change to the outcome that also renews its digest, as a forger would."""
    forged = replace(outcome, **changes)  # type: ignore[arg-type]
    return [found.code for found in verify(problem, replace(forged, digest=digest_of(problem, forged)))]


@pytest.mark.parametrize(
    ("stricter", "code"),
    [
        (replace(EASY, sources=(Source("DDS", 9), Source("ADD", 10))), "over-ceiling"),
        (replace(EASY, shares=(CAP,)), "over-row"),
        (replace(EASY, shares=(replace(CAP, max=None, max_amount=5),)), "over-row"),
        (replace(EASY, exclusions=(Exclusion(frozenset({"a", "b"})),)), "exclusion-broken"),
        (replace(EASY, proposals=(A, B, Proposal("c", 99, 3, mandatory="Pasal 1"))), "mandatory-left-out"),
        (replace(EASY, proposals=(replace(A, requires=("c",)), B, Proposal("c", 99, 3))), "prerequisite-missing"),
        (replace(EASY, proposals=(replace(A, sources=frozenset({"ADD"})), B)), "illegal-source"),
        (replace(EASY, proposals=(A, replace(B, single_source=True))), "not-single-source"),
        (replace(EASY, proposals=(A, replace(B, cost=7))), "paid-not-cost"),
        (replace(EASY, proposals=(A, replace(B, cost=7))), "cost-changed"),
        (replace(EASY, proposals=(A, replace(B, cost=None))), "chosen-without-cost"),
        (replace(EASY, proposals=(A,)), "unknown-proposal"),
        (replace(EASY, proposals=(A, B, Proposal("c", 1, 3))), "not-decided"),
        (replace(EASY, proposals=(replace(A, rank=3), B)), "decisions-unordered"),
        (replace(EASY, sources=(*EASY.sources, Source("PAD", 5))), "source-state"),
        (replace(EASY, sources=EASY.sources[:1]), "source-state"),
        (replace(EASY, shares=(replace(CAP, hard=False),)), "row-state"),
    ],
)
def test_each_broken_rule_is_named(stricter: Problem, code: str) -> None:
    outcome = allocate(EASY)
    assert outcome.funding() == {"a": {"DDS": 6}, "b": {"DDS": 4, "ADD": 2}}
    assert verify(EASY, outcome) == []
    assert code in codes(stricter, outcome)


def test_decisions_that_were_touched_are_named() -> None:
    outcome = allocate(EASY)
    first, second = outcome.decisions
    paid_twice = replace(second, amounts=(("DDS", 2), ("DDS", 2), ("ADD", 2)))
    assert only(EASY, outcome, decisions=(first, paid_twice)) == ["source-paid-twice"]
    with_nothing = replace(second, amounts=(("DDS", 4), ("ADD", 2), ("PBH", 0)))
    assert "amount-not-positive" in only(EASY, outcome, decisions=(first, with_nothing))
    assert "decided-twice" in only(EASY, outcome, decisions=(first, second, second))
    assert only(EASY, outcome, decisions=(first, replace(second, code="ALOK-07"))) == ["reason-wrong"]
    assert only(EASY, outcome, decisions=(first, replace(second, code="ALOK-02"))) == ["code-contradicts"]
    assert only(EASY, outcome, settled=False) == ["settled-denied"]
    short = allocate(replace(EASY, sources=(Source("DDS", 8),)))
    loser = replace(short.decisions[1], amounts=(("DDS", 1),))
    assert "loser-paid" in only(
        replace(EASY, sources=(Source("DDS", 8),)), short, decisions=(short.decisions[0], loser)
    )


def test_rows_that_were_touched_are_named() -> None:
    problem = replace(EASY, shares=(FLOOR, replace(CAP, max=Fraction(9, 10))))
    outcome = allocate(problem)
    cap, floor = outcome.rows
    assert (cap.high, floor.shortfall) == (9, 5)
    assert only(problem, outcome, rows=(cap, replace(floor, low=0))) == ["shortfall-hidden"]
    assert only(problem, outcome, rows=(cap, replace(floor, low=6))) == ["row-state"]
    assert only(problem, outcome, rows=(replace(cap, high=10), floor)) == ["row-state"]
    assert only(problem, outcome, rows=(cap, replace(floor, used=5))) == ["row-state"]
    assert only(problem, outcome, rows=(cap,)) == ["row-state"]
    assert only(problem, outcome, rows=(cap, floor, replace(floor, name="X"))) == ["row-state"]


def test_what_an_elastic_row_lacks_is_reported_and_kept() -> None:
    problem = replace(EASY, shares=(replace(FLOOR, of="*", hard=False),))
    outcome = allocate(problem)
    assert outcome.rows[0].shortfall == 10
    assert only(problem, outcome) == []
    assert only(problem, outcome, rows=(replace(outcome.rows[0], low=0),)) == ["shortfall-hidden"]


def left_out(problem: Problem) -> list[str]:
    """Codes for an outcome of *problem* without its proposal b, sound in everything else."""
    first, second = problem.proposals
    outcome = allocate(replace(problem, proposals=(first, replace(second, cost=None))))
    lazy = replace(outcome.decision("b"), cost=second.cost, code="ALOK-02")
    return only(problem, outcome, decisions=(outcome.decision("a"), lazy))


def test_a_proposal_that_fits_but_was_left_out_is_caught() -> None:
    assert left_out(EASY) == ["fits-but-left-out"]
    tight = replace(EASY, sources=(Source("DDS", 6), Source("ADD", 5)))
    assert left_out(tight) == []
    assert left_out(replace(EASY, sources=(Source("DDS", 9), Source("ADD", 3)))) == ["fits-but-left-out"]
    single = replace(EASY, proposals=(A, replace(B, single_source=True)), sources=(Source("DDS", 9), Source("ADD", 5)))
    assert left_out(single) == []


def test_a_proposal_may_stay_out_where_a_row_a_rival_or_a_prerequisite_stands_in_the_way() -> None:
    assert left_out(replace(EASY, exclusions=(Exclusion(frozenset({"a", "b"})),))) == []
    assert left_out(replace(EASY, shares=(Share("r", "*", frozenset({"blt"}), max_amount=20),))) == [
        "fits-but-left-out"
    ]
    assert left_out(replace(EASY, shares=(Share("r", "*", frozenset({"blt"}), match="none", max_amount=5),))) == []
    assert left_out(replace(EASY, shares=(Share("r", "*", frozenset({"pangan"}), min_amount=1),))) == []
    caps = tuple(Share(code, code, frozenset({"blt"}), match="none", max_amount=2) for code in ("ADD", "DDS"))
    assert left_out(replace(EASY, shares=caps)) == []
    assert left_out(replace(EASY, proposals=(A, replace(B, requires=("a",))))) == ["fits-but-left-out"]


def test_purchases_that_were_touched_are_named() -> None:
    third = Proposal("c", 2, 3, requires=("a",))
    problem = replace(EASY, proposals=(A, replace(B, mandatory="Pasal 1"), third))
    outcome = allocate(problem)
    first, second, last = outcome.rounds
    assert [(step.id, step.phase) for step in outcome.rounds] == [("b", "mandatory"), ("a", "rank"), ("c", "rank")]
    assert only(problem, outcome) == []
    assert only(problem, outcome, rounds=(first, second)) == ["chosen-without-round"]
    assert only(problem, outcome, rounds=(first, second, last, last)) == ["round-twice"]
    assert only(problem, outcome, rounds=(first, second, last, replace(last, id="x"))) == ["round-unknown"]
    assert only(problem, outcome, rounds=(second, first, last)) == ["phase-order"]
    assert only(problem, outcome, rounds=(first, last, second)) == ["prerequisite-late"]
    assert only(problem, outcome, rounds=(first, second, replace(last, phase="shares"))) == [
        "phase-illegal",
        "price-missing",
        "nobody-supports",
    ]
    assert only(problem, outcome, rounds=(first, replace(second, phase="mandatory"), last)) == ["not-mandatory"]
    assert only(problem, outcome, rounds=(first, second, replace(last, price=Fraction(1)))) == ["price-unexpected"]
    assert only(problem, outcome, rounds=(first, second, replace(last, votes=Fraction(1)))) == ["votes-wrong"]
    assert only(problem, outcome, share=Fraction(1)) == ["share-unexpected"]


def test_a_purchase_of_a_loser_is_named() -> None:
    problem = replace(EASY, sources=(Source("DDS", 8),))
    outcome = allocate(problem)
    assert only(problem, outcome, rounds=(*outcome.rounds, replace(outcome.rounds[0], id="b"))) == ["round-not-chosen"]


def test_rule_and_settings_must_say_the_same() -> None:
    outcome = allocate(EASY)
    assert only(EASY, outcome, settings=Settings(rule="mes")) == ["rule-not-in-settings"]
    assert "rule-unknown" in only(EASY, outcome, rule="undi", rounds=(), settings=Settings(rule="undi"))


def test_a_run_stored_before_purchases_were_still_stands() -> None:
    assert only(EASY, allocate(EASY), rounds=()) == []


def test_a_cut_search_may_have_passed_over_what_fits() -> None:
    outcome = allocate(replace(EASY, proposals=(A,)))
    lazy = replace(allocate(EASY).decision("b"), chosen=False, code="ALOK-02", amounts=())
    assert only(EASY, outcome, decisions=(*outcome.decisions, lazy), search_cut=True) == []
