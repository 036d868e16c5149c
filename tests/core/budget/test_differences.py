"""Plan against budget, and the budget against its ceilings."""

from rembuk.core.budget import PlannedItem, SourceDifference, difference_of_sources, differences, over_ceilings
from rembuk.core.money import Rupiah


def item(key, **amounts):
    return PlannedItem(key, f"Kegiatan {key}", "2.3.11", {code: Rupiah(value) for code, value in amounts.items()})


def test_every_kind_of_difference_in_the_order_of_the_plan():
    planned = [item("a", DDS=100), item("b", DDS=100), item("c", DDS=100), item("d", DDS=50)]
    budgeted = [item("x", ADD=7), item("c", ADD=100), item("b", DDS=120), item("a", DDS=100)]
    found = [(each.key, each.kind, each.planned, each.budgeted, each.change) for each in differences(planned, budgeted)]
    assert found == [
        ("a", "same", 100, 100, 0),
        ("b", "changed", 100, 120, 20),
        ("c", "moved", 100, 100, 0),
        ("d", "missing", 50, 0, -50),
        ("x", "added", 0, 7, 7),
    ]


def test_sources_are_compared_one_by_one():
    found = difference_of_sources({"DDS": Rupiah(100)}, {"ADD": Rupiah(40), "DDS": Rupiah(60)})
    assert found == (
        SourceDifference("DDS", Rupiah(100), Rupiah(60)),
        SourceDifference("ADD", Rupiah(0), Rupiah(40)),
    )
    assert [each.change for each in found] == [-40, 40]


def test_a_source_may_be_used_up_but_not_overdrawn():
    ceilings = {"DDS": Rupiah(100)}
    assert over_ceilings({"DDS": Rupiah(100)}, ceilings) == []
    (finding,) = over_ceilings({"DDS": Rupiah(101)}, ceilings)
    assert (finding.code, finding.severity, finding.subject) == ("G06", "block", "DDS")
    assert "memakai Rp101, yang ada Rp100; lebih Rp1." in finding.message


def test_money_left_over_of_the_same_source_may_be_spent_too():
    assert over_ceilings({"DDS": Rupiah(130)}, {"DDS": Rupiah(100)}, {"DDS": Rupiah(30)}) == []


def test_a_source_without_a_ceiling_is_not_judged():
    assert over_ceilings({"PAD": Rupiah(5)}, {"DDS": Rupiah(1)}) == []
