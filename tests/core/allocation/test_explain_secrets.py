"""What leaves the engine never opens a single ballot."""

from dataclasses import replace
from fractions import Fraction

import pytest

from rembuk.core.allocation import Ballot, Problem, Proposal, Settings, Source, allocate
from rembuk.core.allocation.explain import Explanation, as_values, explanations, points, tell
from rembuk.core.allocation.explain.payers import rounded
from rembuk.core.money import Rupiah

FIGURES = ("effective", "needed", "price", "money", "missing", "beaten_by", "extra_supporters", "winning_cost")


def hall(*ramp: Ballot, weight: Fraction = Fraction(1)) -> Problem:
    """Twenty for the road in two hamlets, and whoever wants the ramp."""
    road = tuple(Ballot(("road",), hamlet=hamlet, weight=weight) for hamlet in ("Hulu", "Hilir") for _ in range(10))
    items = (Proposal("road", 20_000_000, 1), Proposal("ramp", 9_000_000, 2))
    return Problem(items, (Source("DDS", 30_000_000),), ballots=road + ramp, village="64.02", year=2027)


def explained(problem: Problem) -> dict[str, Explanation]:
    return explanations(problem, allocate(problem, Settings(rule="mes", completion="none")))


DISABLED = Ballot(("ramp", "road"), hamlet="Hilir", groups=frozenset({"DIFABEL"}))


def test_one_supporter_leaves_no_figure_that_says_what_else_was_chosen() -> None:
    found = explained(hall(DISABLED))["ramp"]
    values = as_values(found)
    assert found.money is not None
    assert [values[name] for name in FIGURES] == [None] * len(FIGURES)
    # 30 million over 21 voters is 1,428,571 and a bit: seven full shares, and no help from the one there is.
    assert values["sure_supporters"] == 7
    assert tell(found) == (
        "Belum masuk: pendukungnya belum dapat membayar Rp9.000.000 dari bagian mereka; masuk bila paling banyak 7 "
        "pendukung lagi ikut memilih."
    )


def test_what_is_shown_of_a_single_supporter_does_not_depend_on_the_rest_of_the_ballot() -> None:
    one, other = explained(hall(DISABLED)), explained(hall(replace(DISABLED, approvals=("ramp",))))
    assert as_values(one["ramp"]) == as_values(other["ramp"])
    assert points(one["ramp"]) == points(other["ramp"])


def test_an_odd_weight_of_one_ballot_keeps_every_sum_back() -> None:
    problem = hall(*[DISABLED] * 5, Ballot(("ramp",), hamlet="Hulu", weight=Fraction(7, 3)))
    values = as_values(explained(problem)["ramp"])
    assert (values["votes"], values["voters"], values["money"]) == (None, 6, None)


def test_the_disabled_are_never_named_among_those_who_paid() -> None:
    found = explained(hall(*[DISABLED] * 6))["road"]
    assert [payer.name for payer in found.by_group] == ["DIFABEL"]
    assert as_values(found)["groups"] == []


def test_hamlets_of_five_and_more_are_named_and_add_up_to_the_cost() -> None:
    found = explained(hall())["road"]
    assert as_values(found)["hamlets"] == [["Hilir", 10_000_000], ["Hulu", 10_000_000]]


def test_a_hamlet_in_which_few_paid_is_not_told_from_the_rest() -> None:
    odd = hall(*[Ballot(("road",), hamlet="Seberang")] * 2)
    assert as_values(explained(odd)["road"])["hamlets"] == []


@pytest.mark.parametrize(
    ("parts", "whole"),
    [((Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)), [1, 0, 0]), ((Fraction(3, 2), Fraction(1, 2)), [2, 0])],
)
def test_payments_are_rounded_to_the_rupiah_by_largest_remainder(parts: tuple[Fraction, ...], whole: list[int]) -> None:
    names = dict(zip("abc", parts, strict=False))
    assert list(rounded(Rupiah(int(sum(parts))), names).values()) == whole
