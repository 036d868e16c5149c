"""An outcome made for one problem, held against a stricter one: each rule is caught by its own name."""

from dataclasses import replace
from fractions import Fraction

import pytest

from rembuk.core.allocation import Exclusion, Outcome, Problem, Proposal, Share, Source, allocate, verify

A = Proposal("a", 6, 1, tags=frozenset({"blt"}))
B = Proposal("b", 6, 2)
EASY = Problem((A, B), (Source("DDS", 10), Source("ADD", 10)))
CAP = Share("BLT", "DDS", frozenset({"blt"}), max=Fraction(1, 2))
FLOOR = Share("PANGAN", "DDS", frozenset({"pangan"}), min=Fraction(1, 2))


def codes(problem: Problem, outcome: Outcome) -> set[str]:
    return {found.code for found in verify(problem, outcome)}


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
        (replace(EASY, proposals=(A, replace(B, cost=None))), "chosen-without-cost"),
        (replace(EASY, proposals=(A,)), "unknown-proposal"),
        (replace(EASY, proposals=(A, B, Proposal("c", 1, 3))), "not-decided"),
    ],
)
def test_each_broken_rule_is_named(stricter: Problem, code: str) -> None:
    outcome = allocate(EASY)
    assert outcome.funding() == {"a": {"DDS": 6}, "b": {"DDS": 4, "ADD": 2}}
    assert verify(EASY, outcome) == []
    assert code in codes(stricter, outcome)


def test_a_hidden_shortfall_is_caught() -> None:
    problem = replace(EASY, shares=(FLOOR,))
    outcome = allocate(problem)
    assert outcome.rows[0].shortfall == 5
    hidden = replace(outcome, rows=(replace(outcome.rows[0], low=0),))
    assert "shortfall-hidden" in codes(problem, hidden)


def test_a_proposal_that_fits_but_was_left_out_is_caught() -> None:
    outcome = allocate(EASY)
    lazy = replace(outcome.decisions[1], chosen=False, code="ALOK-02", amounts=())
    sources = (replace(outcome.sources[0], used=6), replace(outcome.sources[1], used=0))
    assert codes(EASY, replace(outcome, decisions=(outcome.decisions[0], lazy), sources=sources)) == {
        "fits-but-left-out",
        "digest",
    }
