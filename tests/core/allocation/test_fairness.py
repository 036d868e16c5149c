"""Fairness by hand: a village of four hamlets whose numbers anyone can check with a pencil."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.core.allocation import Ballot, Outcome, Problem, Proposal, Source, allocate
from rembuk.core.allocation.fairness import (
    Facts,
    FairnessReport,
    HamletFacts,
    YearMoney,
    as_values,
    fairness,
    findings,
    headline,
)
from rembuk.core.allocation.fairness.numbers import percent, whole

PEOPLE = {"Hulu": 27, "Tengah": 34, "Hilir": 24, "Seberang": 15}
HAMLETS = tuple(HamletFacts(name, people) for name, people in PEOPLE.items())
UNEVEN = (
    Proposal("jembatan", 57, 1, hamlet="Hulu"),
    Proposal("sumur", 5, 2, hamlet="Tengah"),
    Proposal("jalan", 18, 3, hamlet="Hilir"),
    Proposal("balai", 20, 4, hamlet="Seberang"),
)
VILLAGE = Problem(UNEVEN, (Source("DDS", 100),), year=2027)


def by_rank(problem: Problem) -> Outcome:
    """The choice by the meeting's ranking, whatever the ballots say."""
    return allocate(replace(problem, ballots=()))


def report_of(problem: Problem, facts: Facts = Facts(HAMLETS)) -> FairnessReport:
    return fairness(problem, by_rank(problem), facts)


def test_money_stands_against_people_hamlet_by_hamlet() -> None:
    report = report_of(VILLAGE)
    assert report.total == 100
    assert [(line.name, line.total, line.ratio) for line in report.hamlets] == [
        ("Hilir", 18, Fraction(3, 4)),
        ("Hulu", 57, Fraction(19, 9)),
        ("Seberang", 20, Fraction(4, 3)),
        ("Tengah", 5, Fraction(5, 34)),
    ]
    balance = report.by_population
    assert balance is not None
    assert (balance.lowest, balance.ratio) == ("Tengah", Fraction(5, 34))
    assert (balance.gap_at, balance.gap) == ("Hulu", Fraction(30, 100))
    assert headline(report) == "Dusun Tengah mendapat 5 % uang, padahal jiwanya 34 %."


def test_the_gini_of_two_hamlets_is_the_distance_of_their_shares() -> None:
    proposals = (Proposal("a", 3, 1, hamlet="Hulu"), Proposal("b", 1, 2, hamlet="Hilir"))
    problem = Problem(proposals, (Source("DDS", 4),))
    report = report_of(problem, Facts((HamletFacts("Hulu", 50), HamletFacts("Hilir", 50))))
    assert report.by_population is not None
    assert report.by_population.gini == Fraction(1, 4)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=1, max_size=5), st.integers(1, 9))
def test_even_money_per_head_has_no_gini_and_any_money_stays_below_one(
    pairs: list[tuple[int, int]], per_head: int
) -> None:
    names = [f"h{index}" for index in range(len(pairs))]
    facts = Facts(tuple(HamletFacts(name, people) for name, (_, people) in zip(names, pairs, strict=True)))
    even = [Proposal(name, per_head * people, 1, hamlet=name) for name, (_, people) in zip(names, pairs, strict=True)]
    balance = report_of(Problem(tuple(even), (Source("DDS", 1000),)), facts).by_population
    assert balance is not None
    assert (balance.ratio, balance.gini, balance.gap) == (1, 0, 0)
    odd = [Proposal(name, money, 1, hamlet=name) for name, (money, _) in zip(names, pairs, strict=True)]
    other = report_of(Problem(tuple(odd), (Source("DDS", 1000),)), facts).by_population
    assert (other is None) == (not any(money for money, _ in pairs))
    if other is not None:
        assert 0 <= other.gini < 1
        assert other.ratio <= 1
        assert 0 <= other.gap < 1


def test_what_serves_the_whole_village_is_split_by_people_to_the_last_rupiah() -> None:
    problem = replace(VILLAGE, proposals=(*UNEVEN, Proposal("web", 10, 5)), sources=(Source("DDS", 110),))
    report = report_of(problem)
    assert report.common == 10
    # 2.7, 3.4, 2.4, 1.5: the two rupiah left over go to the largest remainders, .7 and .5.
    assert {line.name: line.common for line in report.hamlets} == {"Hulu": 3, "Tengah": 3, "Hilir": 2, "Seberang": 2}
    assert sum(line.total for line in report.hamlets) == report.total == 110
    assert sum(line.money_share or 0 for line in report.hamlets) == 1


def test_money_stands_against_poor_households_too() -> None:
    facts = Facts(
        tuple(
            HamletFacts(name, people, poor)
            for (name, people), poor in zip(PEOPLE.items(), (10, 50, 30, 10), strict=True)
        )
    )
    report = report_of(VILLAGE, facts)
    assert report.by_poor is not None
    assert (report.by_poor.lowest, report.by_poor.ratio, report.by_poor.gap) == (
        "Tengah",
        Fraction(1, 10),
        Fraction(47, 100),
    )
    values = as_values(report)
    assert values["by_poor"] == {
        "ratio": "1/10",
        "ratio_percent": "10,0",
        "gini": values["by_poor"]["gini"],
        "gini_percent": values["by_poor"]["gini_percent"],
        "gap": "47/100",
        "gap_percent": "47,0",
    }
    assert [key for line in values["hamlets"] for key in line if key.startswith("poor")] == []
    assert "Ada dusun yang mendapat 10 % saja dari bagian menurut rumah tangga miskinnya." in findings(report)
    few = Facts((replace(facts.hamlets[0], poor_households=4), *facts.hamlets[1:]))
    assert as_values(report_of(VILLAGE, few))["by_poor"] is None
    assert as_values(report_of(VILLAGE, few), publish=False)["by_poor"]["lowest"] == "Tengah"


def test_what_is_not_known_is_said_and_no_number_is_invented() -> None:
    problem = replace(VILLAGE, proposals=(*UNEVEN, Proposal("web", 10, 5)), sources=(Source("DDS", 110),))
    report = report_of(problem, Facts((HamletFacts("Hulu", 27),)))
    assert report.lacks == ("population", "poor", "ballots")
    assert report.by_population is None
    assert {line.money_share for line in report.hamlets} == {None}
    assert {line.owed for line in report.hamlets} == {None}
    assert headline(report) == "Jumlah jiwa tiap dusun belum lengkap, jadi bagian uang belum dapat dibandingkan."
    own_only = report_of(VILLAGE, Facts())
    assert [line.money_share for line in own_only.hamlets] == [
        Fraction(18, 100),
        Fraction(57, 100),
        Fraction(20, 100),
        Fraction(5, 100),
    ]


def test_nothing_chosen_is_said() -> None:
    report = report_of(replace(VILLAGE, sources=(Source("DDS", 0),)))
    assert report.lacks == ("money", "poor", "ballots")
    assert headline(report) == "Belum ada usulan terpilih, jadi bagian uang belum dapat dihitung."


def test_a_hamlet_without_money_is_named() -> None:
    report = report_of(replace(VILLAGE, proposals=UNEVEN[:1] + UNEVEN[2:]))
    assert headline(report) == "Dusun Tengah tidak mendapat uang, padahal jiwanya 34 %."
    assert headline(report, "RT") == "RT Tengah tidak mendapat uang, padahal jiwanya 34 %."


def test_an_even_choice_is_praised_by_its_smallest_share() -> None:
    even = tuple(Proposal(name, people, 1, hamlet=name) for name, people in PEOPLE.items())
    assert headline(report_of(replace(VILLAGE, proposals=even))) == (
        "Tiap dusun mendapat paling sedikit 100 % dari bagian menurut jiwanya."
    )


def test_one_years_bridge_is_paid_back_in_the_next() -> None:
    bridge = YearMoney(2026, (("Hulu", 80), ("", 20)))
    facts = Facts((HamletFacts("Hulu", 50), HamletFacts("Hilir", 50)), (bridge,))
    problem = Problem((Proposal("a", 40, 1, hamlet="Hilir"),), (Source("DDS", 100),), year=2027)
    report = report_of(problem, facts)
    assert report.years == (2026, 2027)
    assert [(line.name, line.running, line.owed) for line in report.hamlets] == [("Hilir", 50, 20), ("Hulu", 90, -20)]
    assert findings(report)[:2] == (
        "Dusun Hulu tidak mendapat uang, padahal jiwanya 50 %.",
        "Sejak 2026 Dusun Hilir kurang Rp20 dari bagian menurut jiwanya.",
    )


@given(
    st.lists(st.integers(0, 50), min_size=3, max_size=3),
    st.lists(st.integers(0, 9), min_size=3, max_size=3).filter(any),
)
def test_what_hamlets_are_owed_sums_to_nothing(money: list[int], people: list[int]) -> None:
    past = YearMoney(2026, tuple(zip(("", "a", "b"), money, strict=True)))
    facts = Facts(tuple(HamletFacts(name, count) for name, count in zip("abc", people, strict=True)), (past,))
    report = report_of(Problem((Proposal("x", 7, 1),), (Source("DDS", 9),), year=2027), facts)
    assert sum(line.owed or 0 for line in report.hamlets) == 0
    assert sum(line.running or 0 for line in report.hamlets) == sum(money) + 7


def many(count: int, approvals: tuple[str, ...], hamlet: str, *groups: str) -> Ballot:
    return Ballot(approvals, weight=Fraction(count), hamlet=hamlet, groups=frozenset(groups))


BALLOTS = (
    many(6, ("jembatan",), "Hulu"),
    many(6, ("jembatan", "jalan"), "Hilir", "PEREMPUAN"),
    many(8, ("pagar",), "Tengah", "PEREMPUAN"),
    many(10, ("balai",), "Seberang", "MISKIN"),
)
VOTED = replace(VILLAGE, proposals=(*UNEVEN, Proposal("pagar", 90, 5, hamlet="Tengah")), ballots=BALLOTS)


def test_the_ledger_shares_each_chosen_proposal_among_its_supporters() -> None:
    outcome = by_rank(VOTED)
    report = fairness(VOTED, outcome, Facts(HAMLETS))
    costs = {name: VOTED.proposals[index].cost or 0 for index, name in enumerate(("jembatan", "sumur", "jalan"))}
    got = set(outcome.selected)
    assert {"jembatan", "jalan", "balai"} <= got
    assert report.voters is not None
    assert {standing.name: standing.ledger for standing in report.by_hamlet} == {
        "Hilir": Fraction(costs["jembatan"] * 6, 12) + costs["jalan"],
        "Hulu": Fraction(costs["jembatan"] * 6, 12),
        "Seberang": 20,
        "Tengah": 0,
    }
    assert report.voters.ledger == 57 + 18 + 20
    assert report.voters.excluded == Fraction(8, 30)
    assert report.voters.average_count == Fraction(6 + 12 + 10, 30)
    assert report.voters.average_cost == Fraction(6 * 57 + 6 * 75 + 10 * 20, 30)
    women = next(standing for standing in report.by_group if standing.name == "PEREMPUAN")
    assert women.average == (Fraction(57, 2) + 18) / 14
    assert women.excluded == Fraction(8, 14)
    assert report.deficit(women) == women.average / (Fraction(95) / 30)


def test_groups_that_did_not_vote_are_named_where_groups_are_kept_at_all() -> None:
    report = fairness(VOTED, by_rank(VOTED), Facts(HAMLETS))
    assert [standing.name for standing in report.by_group] == ["DIFABEL", "MISKIN", "PEREMPUAN"]
    plain = replace(VOTED, ballots=tuple(replace(ballot, groups=frozenset()) for ballot in BALLOTS))
    assert fairness(plain, by_rank(plain), Facts(HAMLETS)).lacks == ("poor", "groups")


def test_the_poor_and_the_disabled_are_shown_only_as_represented_in_a_meeting() -> None:
    report = fairness(VOTED, by_rank(VOTED), Facts(HAMLETS))
    rows = {row["name"]: row["represented"] for row in as_values(report)["by_group"]}
    assert rows == {"DIFABEL": "belum", "MISKIN": "terwakili", "PEREMPUAN": None}
    year = fairness(VOTED, by_rank(VOTED), Facts(HAMLETS, level="village_year"))
    shown = {row["name"]: row["people"] for row in as_values(year)["by_group"]}
    assert shown == {"MISKIN": 10, "PEREMPUAN": 14}


def test_small_hamlets_are_merged_and_the_next_larger_one_with_them() -> None:
    ballots = (*BALLOTS, many(1, ("sumur",), "Ujung"))
    problem = replace(VOTED, ballots=ballots)
    report = fairness(problem, by_rank(problem), Facts((*HAMLETS, HamletFacts("Ujung", 9))))
    rows = as_values(report)["by_hamlet"]
    assert [(row["name"], row["people"], row["merged"]) for row in rows] == [
        ("Hulu", 6, []),
        ("Seberang", 10, []),
        ("Tengah", 8, []),
        ("*", 7, ["Hilir", "Ujung"]),
    ]
    assert [row["name"] for row in as_values(report, publish=False)["by_hamlet"]] == [
        "Hilir",
        "Hulu",
        "Seberang",
        "Tengah",
        "Ujung",
    ]


def test_ballots_weighed_by_population_count_as_the_people_they_are() -> None:
    ballots = (many(27, ("jembatan",), "Hulu"), many(34, ("pagar",), "Tengah"), many(24, ("jalan",), "Hilir"))
    problem = replace(VOTED, ballots=ballots)
    facts = Facts(tuple(replace(each, voters=3) for each in HAMLETS))
    values = as_values(fairness(problem, by_rank(problem), facts))
    assert [(row["name"], row["people"]) for row in values["by_hamlet"]] == [("*", 9)]
    assert values["voters"]["people"] == 9
    alone = replace(VOTED, ballots=ballots[:1])
    assert as_values(fairness(alone, by_rank(alone), facts))["voters"] is None


@pytest.mark.parametrize(("left", "shown"), [(0, "0/1"), (1, None), (4, None), (5, "1/4"), (15, "3/4"), (16, None)])
def test_a_share_of_those_left_out_shows_only_where_it_and_its_rest_are_five(left: int, shown: str | None) -> None:
    ballots = (many(20 - left, ("jembatan",), "Hulu"), many(left, ("pagar",), "Hulu"))
    problem = replace(VOTED, ballots=tuple(ballot for ballot in ballots if ballot.weight))
    values = as_values(fairness(problem, by_rank(problem), Facts(HAMLETS)))
    assert values["voters"]["excluded"] == shown


Cells = list[tuple[int, str, str, tuple[str, ...]]]
ballot_rows = st.lists(
    st.tuples(
        st.integers(1, 7),
        st.sampled_from(("jembatan", "pagar", "balai", "")),
        st.sampled_from(("Hulu", "Tengah", "Hilir", "Seberang")),
        st.lists(st.sampled_from(("PEREMPUAN", "MISKIN", "DIFABEL", "TANI")), max_size=2, unique=True).map(tuple),
    ),
    max_size=9,
)


@given(ballot_rows)
def test_nothing_published_counts_fewer_than_five_people_or_names_the_poor(rows: Cells) -> None:
    ballots = tuple(many(count, (name,) if name else (), home, *groups) for count, name, home, groups in rows)
    problem = replace(VOTED, ballots=ballots)
    values = as_values(fairness(problem, by_rank(problem), Facts(HAMLETS)))
    everyone = sum(row[0] for row in rows)
    shown = [*values["by_hamlet"], *(row for row in values["by_group"] if not row["represented"])]
    for row in shown + ([values["voters"]] if values["voters"] else []):
        assert row["people"] >= 5
        assert row["people"] == everyone or everyone - row["people"] >= 5
        if row["excluded"] and row["excluded"] != "0/1":
            left = Fraction(row["excluded"]) * row["people"]
            assert left >= 5
            assert left == row["people"] or row["people"] - left >= 5
    assert {row["represented"] for row in values["by_group"] if row["name"] in ("MISKIN", "DIFABEL")} <= {
        "terwakili",
        "belum",
    }
    json.dumps(values)


@given(ballot_rows, st.randoms(use_true_random=False))
def test_the_order_of_ballots_and_hamlets_changes_nothing(rows: Cells, chance: object) -> None:
    ballots = [many(count, (name,) if name else (), home, *groups) for count, name, home, groups in rows]
    problem = replace(VOTED, ballots=tuple(ballots))
    report = fairness(problem, by_rank(problem), Facts(HAMLETS))
    chance.shuffle(ballots)  # type: ignore[attr-defined]
    single = tuple(replace(each, weight=Fraction(1)) for each in ballots for _ in range(int(each.weight)))
    other = replace(problem, ballots=single, proposals=problem.proposals[::-1])
    assert fairness(other, by_rank(other), Facts(HAMLETS[::-1])) == report


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (Fraction(57, 100), 1, "57,0"),
        (Fraction(1, 3), 1, "33,3"),
        (Fraction(1, 2000), 1, "0,1"),
        (Fraction(5, 1000), 0, "1"),
        (Fraction(-1, 16), 2, "-6,25"),
    ],
)
def test_shares_read_as_per_cent(value: Fraction, digits: int, shown: str) -> None:
    assert percent(value, digits) == shown
    assert whole(None) is None
