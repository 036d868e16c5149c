"""The engine against the second pair of eyes: every rule on small villages, and real elections if they are at hand."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.allocation.small_villages import village
from rembuk.core.allocation import Outcome, Problem, Settings, Ties, allocate, verify
from rembuk.core.allocation.digest import digest_of
from rembuk.core.allocation.io import read_election

ELECTIONS = Path(__file__).resolve().parents[4] / "shared" / "data" / "pabulib"
SEEDS = st.integers(0, 10**9)


def forged(problem: Problem, outcome: Outcome, **changes: object) -> list[str]:
    """Codes found after a change that also renews the digest."""
    other = replace(outcome, **changes)  # type: ignore[arg-type]
    return [found.code for found in verify(problem, replace(other, digest=digest_of(problem, other)))]


@settings(max_examples=300, deadline=None)
@given(SEEDS)
def test_every_choice_of_every_rule_passes(seed: int) -> None:
    problem, asked = village(seed)
    assert verify(problem, allocate(problem, asked)) == []


@settings(max_examples=40, deadline=None)
@given(SEEDS)
def test_every_optimum_passes(seed: int) -> None:
    problem, asked = village(seed)
    best = replace(asked, rule="optimum")
    assert verify(problem, allocate(problem, best)) == []


@settings(max_examples=200, deadline=None)
@given(SEEDS, st.sampled_from(("mes", "phragmen")), st.integers(-(10**6), 10**6).filter(bool), st.integers(0, 9))
def test_no_other_price_votes_or_share_passes(seed: int, rule: str, hair: int, place: int) -> None:
    problem, asked = village(seed, rows=False)
    outcome = allocate(problem, replace(asked, rule=rule))
    priced = [index for index, step in enumerate(outcome.rounds) if step.price is not None]
    if not priced:
        return
    index = priced[place % len(priced)]
    step = outcome.rounds[index]

    def touched(**changes: object) -> list[str]:
        other = replace(step, **changes)  # type: ignore[arg-type]
        return forged(problem, outcome, rounds=(*outcome.rounds[:index], other, *outcome.rounds[index + 1 :]))

    assert touched() == []
    assert touched(votes=step.votes + Fraction(hair, 7)) == ["votes-wrong"]
    assert touched(price=None) == ["price-missing"]
    if outcome.share is None:
        assert touched(price=(step.price or 0) + Fraction(abs(hair), 10**9)) == ["load-wrong"]
    else:
        # A lower price pays less than the cost whatever the balances are.
        lower = (step.price or 0) * (1 - Fraction(1, abs(hair) + 1))
        assert touched(price=lower) == ["payment-not-cost"]
        assert forged(problem, outcome, share=outcome.share - Fraction(abs(hair), 10**9)) != []


RULES = (
    Settings(rule="greedy"),
    Settings(rule="mes", completion="none"),
    Settings(rule="mes", completion="utilitarian"),
    Settings(rule="phragmen", completion="none", stops=True),
    Settings(rule="phragmen", completion="utilitarian"),
)


@pytest.mark.skipif(not ELECTIONS.is_dir(), reason=f"no elections in {ELECTIONS}: certificates of real ones not tried")
@pytest.mark.parametrize(
    "name",
    [
        "France_Toulouse_2024.pb.gz",
        "Netherlands_Assen_2024.pb.gz",
        "Poland_Warszawa_2020_Ursynow.pb.gz",
        "Poland_Wieliczka_2023_Green_Budget.pb.gz",
        "Poland_Wroclaw_2017.pb.gz",
        "Switzerland_Zurich_D5.pb.gz",
    ],
)
def test_real_elections_are_paid_to_the_last_fraction(name: str) -> None:
    election = read_election((ELECTIONS / name).read_bytes(), name)
    points = election.vote_type in ("cumulative", "scoring")
    for rule in RULES:
        utility = "points" if points else "borda" if election.vote_type == "ordinal" else "cost"
        asked = replace(rule, utility=utility, ties=Ties("lexicographic"))  # type: ignore[arg-type]
        outcome = allocate(election.problem, asked)
        assert verify(election.problem, outcome) == []
        if outcome.share is not None and outcome.share > 0 and any(step.price for step in outcome.rounds):
            step = outcome.rounds[0]
            hair = replace(step, price=(step.price or 0) - Fraction(1, 10**40))
            assert forged(election.problem, outcome, rounds=(hair, *outcome.rounds[1:])) == ["payment-not-cost"]
