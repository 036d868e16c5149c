"""Side by side: what comes in, what goes out, who gains, to the rupiah."""

from dataclasses import replace
from fractions import Fraction

import pytest

from rembuk.core.allocation import Ballot, InvalidProblemError, Problem, Proposal, Settings, Share, Source, allocate
from rembuk.core.allocation.compare import (
    Change,
    Item,
    Pair,
    UnknownChangeError,
    changed,
    compare,
    compare_all,
    what_if,
    words,
)
from rembuk.core.allocation.fairness import Facts, HamletFacts

GREEDY = Settings(rule="greedy")
FACTS = Facts((HamletFacts("Hulu", 30), HamletFacts("Hilir", 70)))
VILLAGE = Problem(
    (
        Proposal("jembatan", 80, 1, hamlet="Hulu", tags=frozenset({"jalan"})),
        Proposal("web", 10, 2),
        Proposal("sumur", 50, 3, hamlet="Hilir"),
        Proposal("jalan", 35, 4, hamlet="Hilir", tags=frozenset({"jalan"})),
    ),
    (Source("DDS", 60), Source("ADD", 40)),
    (Share("JALAN", "*", frozenset({"jalan"}), min_amount=50, hard=False),),
    year=2027,
)
BEFORE = allocate(VILLAGE)
NO_BRIDGE = Change(bans={"jembatan": "Lahan belum bebas"})


def test_what_comes_in_and_goes_out_is_named_with_its_cost() -> None:
    found = what_if(VILLAGE, GREEDY, NO_BRIDGE, FACTS).comparison
    assert found.came_in == (Item("jalan", 35), Item("sumur", 50))
    assert found.went_out == (Item("jembatan", 80),)
    assert found.stayed == ("web",)
    assert found.used == Pair("", 90, 95)
    assert found.used.difference == 5


def test_hamlets_gain_and_lose_with_their_part_of_what_serves_the_whole_village() -> None:
    found = what_if(VILLAGE, GREEDY, NO_BRIDGE, FACTS).comparison
    assert found.hamlets == (Pair("Hilir", 7, 92), Pair("Hulu", 83, 3))
    assert [pair.difference for pair in found.hamlets] == [85, -80]
    assert found.whole is None
    assert sum(pair.difference for pair in found.hamlets) == found.used.difference
    assert found.headline == "2 usulan masuk dan 1 usulan keluar; Dusun Hilir mendapat Rp85 lebih banyak."
    assert words(found, "RT") == "2 usulan masuk dan 1 usulan keluar; RT Hilir mendapat Rp85 lebih banyak."


def test_without_people_the_money_of_the_whole_village_stands_apart() -> None:
    found = compare(VILLAGE, BEFORE, allocate(changed(VILLAGE, Change(bans={"web": "x"}))))
    assert found.hamlets == (Pair("Hilir", 0, 0), Pair("Hulu", 80, 80))
    assert found.whole == Pair("", 10, 0)
    assert found.headline == "1 usulan keluar; tidak ada dusun yang mendapat lebih banyak."


def test_rows_and_sources_are_set_side_by_side() -> None:
    found = what_if(VILLAGE, GREEDY, NO_BRIDGE, FACTS).comparison
    assert [(row.used, row.shortfall) for row in found.rows] == [(Pair("JALAN", 80, 35), Pair("JALAN", 0, 15))]
    assert found.sources == (Pair("ADD", 30, 35), Pair("DDS", 60, 60))


def test_a_choice_is_the_same_as_itself() -> None:
    found = compare(VILLAGE, BEFORE, BEFORE, FACTS)
    assert (found.came_in, found.went_out, found.changed_payers) == ((), (), ())
    assert {pair.difference for pair in (*found.hamlets, *found.sources, found.used)} == {0}
    assert found.headline == "Kedua pilihan sama."


def test_the_other_way_round_every_difference_changes_its_sign() -> None:
    there = what_if(VILLAGE, GREEDY, NO_BRIDGE, FACTS)
    back = compare(VILLAGE, there.after, there.before, FACTS)
    assert back.came_in == there.comparison.went_out
    assert [pair.difference for pair in back.hamlets] == [-pair.difference for pair in there.comparison.hamlets]


def test_only_other_sources_paying_is_said_so() -> None:
    found = what_if(VILLAGE, GREEDY, Change(ceilings={"DDS": 50, "ADD": 50}), FACTS).comparison
    assert found.changed_payers == ("jembatan",)
    assert found.headline == "Usulan yang terpilih sama; hanya sumber dananya berbeda."


def test_a_change_of_ceiling_cost_or_pin_is_run_again() -> None:
    more = what_if(VILLAGE, GREEDY, Change(ceilings={"DDS": 200}), FACTS, before=BEFORE)
    assert more.before is BEFORE
    assert more.after == allocate(replace(VILLAGE, sources=(Source("DDS", 200), Source("ADD", 40))))
    cheaper = what_if(VILLAGE, GREEDY, Change(costs={"jembatan": 10}), FACTS).comparison
    assert [item.id for item in cheaper.came_in] == ["sumur"]
    assert cheaper.hamlets == (Pair("Hilir", 7, 57), Pair("Hulu", 83, 13))
    pinned = what_if(VILLAGE, GREEDY, Change(pins={"sumur": "Perbup 1/2026"}), FACTS)
    assert pinned.after.decision("sumur").note == "Perbup 1/2026"
    lifted = what_if(pinned.problem, GREEDY, Change(pins={"sumur": ""}), FACTS)
    assert lifted.after.selected == BEFORE.selected


def test_a_change_that_names_nothing_known_or_makes_no_sense_is_refused() -> None:
    with pytest.raises(UnknownChangeError) as caught:
        changed(VILLAGE, Change(costs={"x": 1}, ceilings={"PAD": 5}))
    assert caught.value.values["names"] == ["PAD", "x"]
    with pytest.raises(InvalidProblemError):
        what_if(VILLAGE, GREEDY, Change(ceilings={"DDS": -1}))


def test_many_choices_stand_in_one_table() -> None:
    ballots = (
        Ballot(("jembatan",), weight=Fraction(6), hamlet="Hulu"),
        Ballot(("sumur",), weight=Fraction(14), hamlet="Hilir"),
    )
    problem = replace(VILLAGE, ballots=ballots)
    one, other = allocate(replace(problem, ballots=())), allocate(replace(changed(problem, NO_BRIDGE), ballots=()))
    rows = compare_all(problem, [("A", one), ("B", other)], FACTS)
    assert [(row.label, row.rule, row.chosen, row.money) for row in rows] == [
        ("A", "greedy", 2, 90),
        ("B", "greedy", 3, 95),
    ]
    assert [(row.lowest, row.ratio) for row in rows] == [("Hilir", Fraction(1, 9)), ("Hulu", Fraction(2, 19))]
    assert [row.excluded for row in rows] == [Fraction(7, 10), Fraction(3, 10)]
    few = replace(problem, ballots=(replace(ballots[0], weight=Fraction(4)), ballots[1]))
    assert [row.excluded for row in compare_all(few, [("A", one), ("B", other)], FACTS)] == [None, None]
    assert [row.ratio for row in compare_all(problem, [("A", one)])] == [None]
