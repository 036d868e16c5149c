"""The payment certificate by hand: who pays what follows from share and prices, and any other number is caught."""

from dataclasses import replace
from fractions import Fraction

import pytest

from rembuk.core.allocation import (
    Ballot,
    Decision,
    Exclusion,
    Outcome,
    Problem,
    Proposal,
    Round,
    Settings,
    Share,
    Source,
    SourceState,
    verify,
)
from rembuk.core.allocation.digest import digest_of
from rembuk.core.money import Rupiah

# Three voters, Rp12, so Rp4 each. Voters 1 and 2 buy a with Rp3 each. For b voter 2 gives its last Rp1 and voter 3
# gives Rp3. Nobody can pay c (voter 1 has Rp1 left), so completion buys it with the Rp2 that are left over.
A, B, C = Proposal("a", 6, 1), Proposal("b", 4, 2), Proposal("c", 2, 3)
VOTES = (Ballot(("a", "c")), Ballot(("a", "b")), Ballot(("b",)))
VILLAGE = Problem((A, B, C), (Source("DDS", 12),), ballots=VOTES)
MES = Settings(rule="mes", completion="utilitarian")
ROUNDS = (
    Round("a", "shares", Fraction(2), Fraction(1, 2)),
    Round("b", "shares", Fraction(2), Fraction(3, 4)),
    Round("c", "completion", Fraction(1)),
)


def outcome_of(problem: Problem, settings: Settings, rounds: tuple[Round, ...], share: Fraction | None) -> Outcome:
    """A sound outcome of a problem with the source DDS, written down by hand."""
    chosen = {step.id for step in rounds}
    decisions = tuple(
        Decision(
            item.id,
            item.id in chosen,
            ("ALOK-07" if item.mandatory else "ALOK-01") if item.id in chosen else "ALOK-02",
            Rupiah(item.cost or 0),
            (("DDS", Rupiah(item.cost or 0)),) if item.id in chosen else (),
        )
        for item in problem.proposals
    )
    used = sum(item.cost or 0 for item in problem.proposals if item.id in chosen)
    state = SourceState("DDS", Rupiah(problem.sources[0].ceiling), Rupiah(0), Rupiah(used))
    outcome = Outcome(settings.rule, decisions, (state,), (), settings=settings, rounds=rounds, share=share)
    return replace(outcome, digest=digest_of(problem, outcome))


def codes(
    problem: Problem = VILLAGE,
    settings: Settings = MES,
    rounds: tuple[Round, ...] = ROUNDS,
    share: Fraction | None = Fraction(4),
) -> list[str]:
    return [found.code for found in verify(problem, outcome_of(problem, settings, rounds, share))]


def with_round(place: int, **changes: object) -> tuple[Round, ...]:
    steps = list(ROUNDS)
    steps[place] = replace(steps[place], **changes)  # type: ignore[arg-type]
    return tuple(steps)


def test_payments_that_follow_from_share_and_prices_are_accepted() -> None:
    assert codes() == []


@pytest.mark.parametrize("price", [Fraction(1, 2) + Fraction(1, 10**30), Fraction(1, 2) - Fraction(1, 10**30)])
def test_a_price_a_hair_beside_the_right_one_is_caught(price: Fraction) -> None:
    assert codes(rounds=with_round(0, price=price)) == ["payment-not-cost"]


def test_a_price_too_high_for_what_is_left_is_caught() -> None:
    # Voter 2 has no more than Rp1 left: 1 + 4 x 4/5 is more than Rp4.
    assert codes(rounds=with_round(1, price=Fraction(4, 5))) == ["payment-not-cost"]


def test_the_share_is_the_money_over_the_voters() -> None:
    assert codes(share=Fraction(39, 10)) == ["share-too-small"]
    assert codes(share=Fraction(5)) == ["share-raised"]
    assert codes(share=None) == ["share-missing"]
    assert codes(settings=replace(MES, completion="add1u"), share=Fraction(9, 2)) == ["share-off-step"]
    assert codes(settings=replace(MES, completion="add1u", step=2), share=Fraction(5)) == ["share-off-step"]


def test_add1u_may_raise_the_share_in_whole_steps() -> None:
    # With Rp5 each voter 2 has Rp2 left after a: b costs 2 + 2, and voter 1 pays c alone.
    rounds = (
        ROUNDS[0],
        Round("b", "shares", Fraction(2), Fraction(1, 2)),
        Round("c", "shares", Fraction(1), Fraction(1)),
    )
    assert codes(settings=replace(MES, completion="add1u", step=1), rounds=rounds, share=Fraction(5)) == []


def test_what_supporters_could_have_paid_is_not_left_to_completion() -> None:
    rounds = (ROUNDS[0], replace(ROUNDS[1], phase="completion", price=None), ROUNDS[2])
    assert codes(rounds=rounds) == ["affordable-left-out"]
    rival = replace(VILLAGE, exclusions=(Exclusion(frozenset({"b"})),))
    assert codes(rival, rounds=rounds) == []
    waited = replace(VILLAGE, proposals=(A, replace(B, requires=("a",)), C))
    assert codes(waited, rounds=rounds) == []


def test_money_for_what_had_to_be_in_is_nobodys_share() -> None:
    must = Proposal("m", 3, 4, mandatory="Pasal 1")
    problem = replace(VILLAGE, proposals=(A, B, C, must), sources=(Source("DDS", 15),))
    bought = (Round("m", "mandatory"), *ROUNDS)
    assert codes(problem, rounds=bought) == []
    assert codes(problem, rounds=bought, share=Fraction(5)) == ["share-raised"]


def test_voters_who_marked_nothing_hold_their_share() -> None:
    problem = replace(VILLAGE, ballots=(*VOTES, Ballot()), sources=(Source("DDS", 16),))
    assert codes(problem) == []


def test_equal_ballots_and_one_heavy_ballot_pay_the_same() -> None:
    heavy = tuple(replace(ballot, weight=Fraction(7, 3)) for ballot in VOTES)
    rounds = tuple(
        replace(step, votes=step.votes * Fraction(7, 3), price=step.price and step.price * Fraction(3, 7))
        for step in ROUNDS
    )
    assert codes(replace(VILLAGE, ballots=heavy), rounds=rounds, share=Fraction(12, 7)) == []
    double = replace(VILLAGE, ballots=VOTES + VOTES, sources=(Source("DDS", 12),))
    twice = tuple(replace(step, votes=step.votes * 2, price=step.price and step.price / 2) for step in ROUNDS)
    assert codes(double, rounds=twice, share=Fraction(2)) == []


def test_points_pay_by_the_point() -> None:
    # Rp6 each; voter 1 gives a two points, voter 2 one: they pay Rp4 and Rp2.
    ballots = (Ballot(points=(("a", 2), ("b", 0))), Ballot(points=(("a", 1),)))
    problem = replace(VILLAGE, ballots=ballots)
    settings = replace(MES, utility="points", completion="none")
    rounds = (Round("a", "shares", Fraction(2), Fraction(2)),)
    assert codes(problem, settings, rounds, Fraction(6)) == []
    assert codes(problem, settings, (replace(rounds[0], price=Fraction(3)),), Fraction(6)) == ["payment-not-cost"]


def test_a_later_purchase_is_never_cheaper_unless_it_had_to_wait() -> None:
    ballots = (Ballot(("a",)), Ballot(("b",)), Ballot(("b",)))
    problem = replace(VILLAGE, proposals=(replace(A, cost=4), B, C), ballots=ballots)
    dear = Round("a", "shares", Fraction(1), Fraction(1))
    cheap = Round("b", "shares", Fraction(2), Fraction(1, 2))
    settings = replace(MES, completion="none")
    assert codes(problem, settings, (cheap, dear)) == []
    assert codes(problem, settings, (dear, cheap)) == ["price-falls"]
    waits = replace(problem, proposals=(problem.proposals[0], replace(B, requires=("a",)), C))
    assert codes(waits, settings, (dear, cheap)) == []


def test_purchases_with_prices_must_state_prices_and_votes() -> None:
    assert codes(rounds=with_round(0, price=None)) == ["price-missing"]
    assert codes(rounds=with_round(0, price=Fraction(0))) == ["price-not-positive"]
    assert codes(rounds=with_round(0, votes=Fraction(0))) == ["votes-wrong"]
    assert codes(rounds=with_round(2, votes=Fraction(2))) == ["votes-wrong"]
    assert codes(rounds=with_round(2, price=Fraction(1))) == ["price-unexpected"]
    assert codes(settings=replace(MES, completion="none")) == ["phase-illegal"]


def test_nobody_pays_for_what_nobody_marked() -> None:
    problem = replace(VILLAGE, proposals=(A, B, C, Proposal("d", 1, 4)), sources=(Source("DDS", 13),))
    extra = Round("d", "completion")
    assert codes(problem, rounds=(*ROUNDS, extra), share=Fraction(13, 3)) == ["nobody-supports"]


# Loads: a is carried by voters 1 and 2 (Rp3 each), then b by 2 and 3: (4 + 3) / 2 each, then c: 2 + 3 on voter 1.
LOADS = Settings(rule="phragmen", completion="none")
CARRIED = (
    Round("a", "loads", Fraction(2), Fraction(3)),
    Round("b", "loads", Fraction(2), Fraction(7, 2)),
    Round("c", "loads", Fraction(1), Fraction(5)),
)


def test_loads_that_add_up_are_accepted_and_others_are_caught() -> None:
    assert codes(settings=LOADS, rounds=CARRIED, share=None) == []
    wrong = (CARRIED[0], replace(CARRIED[1], price=Fraction(4)), CARRIED[2])
    assert codes(settings=LOADS, rounds=wrong, share=None) == ["load-wrong"]
    heavy = replace(VILLAGE, ballots=tuple(replace(ballot, weight=Fraction(1, 2)) for ballot in VOTES))
    lighter = tuple(replace(step, votes=step.votes / 2, price=(step.price or 0) * Fraction(2)) for step in CARRIED)
    assert codes(heavy, LOADS, lighter, None) == []
    assert codes(settings=LOADS, rounds=CARRIED, share=Fraction(4)) == ["share-unexpected"]


def test_loads_only_rise() -> None:
    # c first would put Rp2 on voter 1, then a (6 + 2) / 2 = 4 on voters 1 and 2, then b (4 + 4) / 2.
    rounds = (
        Round("c", "loads", Fraction(1), Fraction(2)),
        Round("a", "loads", Fraction(2), Fraction(4)),
        Round("b", "loads", Fraction(2), Fraction(4)),
    )
    assert codes(settings=LOADS, rounds=rounds, share=None) == []
    # b first puts Rp2 on voters 2 and 3; a then puts 4 on 1 and 2, c 6 on 1; another order falls.
    falling = (
        Round("a", "loads", Fraction(2), Fraction(3)),
        Round("c", "loads", Fraction(1), Fraction(5)),
        Round("b", "loads", Fraction(2), Fraction(7, 2)),
    )
    assert codes(settings=LOADS, rounds=falling, share=None) == ["price-falls"]


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        (LOADS, ["fits-but-left-out"]),
        (replace(LOADS, stops=True), []),
        (replace(LOADS, completion="utilitarian"), ["fits-but-left-out"]),
    ],
)
def test_loads_leave_out_what_fits_only_where_they_stop(settings: Settings, found: list[str]) -> None:
    assert codes(settings=settings, rounds=CARRIED[:2], share=None) == found


def test_equal_shares_leave_out_what_fits_only_without_completion() -> None:
    assert codes(rounds=ROUNDS[:2]) == ["fits-but-left-out"]
    assert codes(settings=replace(MES, completion="none"), rounds=ROUNDS[:2]) == []
    nobody = replace(VILLAGE, ballots=(Ballot(("a",)), VOTES[1], VOTES[2]))
    assert codes(nobody, rounds=ROUNDS[:2]) == []


def test_only_one_pot_for_everything_tells_what_shares_could_have_paid() -> None:
    rounds = (ROUNDS[0], replace(ROUNDS[1], phase="completion", price=None), ROUNDS[2])
    row = Share("r", "DDS", frozenset({"x"}), max_amount=99)
    problem = replace(VILLAGE, proposals=(A, replace(B, single_source=True), C))
    assert codes(problem, rounds=rounds) == []
    assert "affordable-left-out" not in codes(replace(VILLAGE, shares=(row,)), rounds=rounds)
