"""The short ways for villages say what the long ways say: money, rows, payments, shops that know a set."""

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from core.allocation.small_villages import village
from rembuk.core.allocation import Outcome, Problem, Proposal, Settings, Share, Source, allocate, verify
from rembuk.core.allocation.equal_shares import raising
from rembuk.core.allocation.equal_shares.lists import ListBook
from rembuk.core.allocation.equal_shares.pots import NEVER
from rembuk.core.allocation.equal_shares.shop import GuardedShop
from rembuk.core.allocation.explain.shares import Shares
from rembuk.core.allocation.explain.support import Support
from rembuk.core.allocation.funding import Funder
from rembuk.core.allocation.model import Ballot
from rembuk.core.allocation.profile import profile_of


def town(seed: int, count: int = 24) -> Problem:
    """Return proposals of many costs over three sources, some from one source only, some tied, and 30 ballots."""
    draw = random.Random(seed)
    codes = ("DDS", "ADD", "PBK")
    items = tuple(
        Proposal(
            f"p{number:02}",
            draw.choice([20, 40, draw.randint(5, 90)]),
            1,
            hamlet=draw.choice(["", "A", "B"]),
            tags=frozenset(draw.sample(["blt", "pangan", "jalan"], draw.randint(0, 1))),
            groups=frozenset({"perempuan"} if draw.random() < 0.3 else ()),
            sources=frozenset(draw.sample(codes, draw.randint(1, 2))) if draw.random() < 0.5 else None,
            single_source=draw.random() < 0.1,
            requires=(f"p{draw.randrange(number):02}",) if number and draw.random() < 0.1 else (),
        )
        for number in range(count)
    )
    rows = (
        Share("cap", "DDS", frozenset({"blt"}), max_amount=60),
        Share("floor", "DDS", frozenset({"pangan"}), min_amount=40),
        Share("women", "*", frozenset({"group:perempuan"}), min_amount=draw.choice([0, 30])),
        Share("rest", "ADD", frozenset({"jalan", "hamlet:A"}), match="none", max_amount=90),
    )
    names = [item.id for item in items]
    ballots = tuple(Ballot(tuple(sorted(draw.sample(names, draw.randint(0, 8))))) for _ in range(30))
    pots = (Source("DDS", 180), Source("ADD", 140), Source("PBK", 80))
    return Problem(items, pots, rows, ballots=ballots, village="64.02", year=2027)


@pytest.mark.parametrize("seed", range(20))
def test_the_straight_ways_are_those_a_search_would_take(seed: int) -> None:
    problem, draw = town(seed), random.Random(seed)
    short, long = Funder(problem).network, Funder(problem).network
    for _ in range(40):
        key, amount = draw.choice(short.keys), draw.randint(1, 70)
        assert short.send(key, amount) == long.net.push(long.starts, long.class_nodes[key], amount)
        assert short.net.flow == long.net.flow


@pytest.mark.parametrize("seed", range(10))
def test_a_row_counts_the_proposals_it_says_it_counts(seed: int) -> None:
    problem = town(seed)
    counted = {share.name: problem.counted(share) for share in problem.shares}
    asked = {
        share.name: frozenset(item.id for item in problem.proposals if share.counts(item)) for share in problem.shares
    }
    assert counted == asked


@pytest.mark.parametrize("seed", range(30))
def test_what_supporters_paid_adds_up_to_the_cost(seed: int) -> None:
    problem = town(seed)
    outcome = allocate(problem, Settings("mes", completion="none"))
    support = Support(problem, "cost")
    shares = Shares(support, outcome, {item.id: item for item in problem.proposals})
    assert shares.items
    for moment, item in enumerate(shares.items):
        paid = sum(
            int(support.profile.weights[group]) * shares.paid_by(group, gain, moment)
            for group, gain in support.marked(item)
        )
        assert paid == (item.cost or 0) * shares.base * support.scale


@pytest.mark.parametrize("seed", range(20))
def test_one_look_at_even_voters_says_what_a_bid_and_a_sorting_say(seed: int) -> None:
    draw = random.Random(seed)
    problem = town(seed)
    profile = profile_of(replace(problem, ballots=tuple(dict.fromkeys(problem.ballots))), "cost")
    book = ListBook(profile)
    assert book.ones
    pots = book.pots(Fraction(14))
    pots.balances = [draw.choice([0.0, 0.0, draw.uniform(0, 14), 14.0]) for _ in pots.balances]
    for proposal in profile.supported:
        bid, poor = pots.size_up(proposal, float("inf"))
        again = pots.bid(proposal, 0.0, float("inf"))
        assert bid.final and (bid.price == NEVER) == (again.price == NEVER)
        if poor is not None:  # nothing where a supporter has just the price, or all of them together just the cost
            assert (bid.price, bid.rich) == (pytest.approx(again.price), again.rich)
            assert (poor, bid.rich, []) == pots.sort(proposal, bid.price, 2 * (pots.drift + bid.doubt))


def raised_by_path(problem: Problem, settings: Settings) -> Outcome:
    """Return the outcome when every order of purchases is asked for itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(GuardedShop, "join", GuardedShop.part)
        return allocate(problem, settings)


@pytest.mark.parametrize("seed", range(40))
def test_a_shop_that_knows_sets_answers_like_one_that_knows_orders(seed: int) -> None:
    problem, settings = town(seed), Settings("mes", completion="add1u", step=1 + seed % 2)
    outcome = allocate(problem, settings)
    assert outcome == raised_by_path(problem, settings)
    assert verify(problem, outcome) == []


def test_villages_with_links_raise_alike_by_sets_and_by_orders() -> None:
    for seed in range(150):
        problem, _ = village(seed, scale=9)
        if not problem.validate():
            settings = Settings("mes", completion="add1u")
            assert allocate(problem, settings) == raised_by_path(problem, settings)


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
def test_a_search_cut_short_is_asked_again_order_by_order(limit: int, monkeypatch: pytest.MonkeyPatch) -> None:
    cut = 0
    parted = GuardedShop.part

    def part(shop: GuardedShop) -> None:
        nonlocal cut
        cut += 1
        parted(shop)

    monkeypatch.setattr(GuardedShop, "part", part)
    monkeypatch.setattr("rembuk.core.allocation.funding.SEARCH_LIMIT", limit)
    for seed in range(25):
        problem = town(seed)
        outcome = allocate(problem, Settings("mes", completion="add1u", step=1))
        assert verify(problem, outcome) == []
    assert cut > 0


def test_the_published_step_is_a_hundredth_of_the_share_in_whole_units() -> None:
    assert raising.published_step(Fraction(9_000_000), 1) == 90_000
    assert raising.published_step(Fraction(9_000_001), 1) == 90_001
    assert raising.published_step(Fraction(10, 3), 1) == 1
    assert raising.published_step(Fraction(33_333, 2), 100) == 200
