"""Grounds of an amendment: two of the statute, the others said to be practice."""

from datetime import date

import pytest

from rembuk.core.errors import BadInputError
from rembuk.core.law.amendments import GROUNDS, ground_of, grounds_for

TODAY = date(2026, 11, 24)


def test_the_statute_knows_two_grounds_and_all_others_are_read_as_one_of_them() -> None:
    own = {row.value.code for row in GROUNDS if not row.value.treated_as}
    assert own == {"SPECIAL_EVENT", "POLICY_CHANGE"}
    assert all(row.value.treated_as in own for row in GROUNDS if row.value.treated_as)


def test_every_ground_has_its_article_and_the_uncertain_ones_say_so() -> None:
    assert all(row.source for row in GROUNDS)
    assert all(row.value.note for row in GROUNDS if row.certainty == "uncertain")


@pytest.mark.parametrize(
    ("plan", "on", "codes"),
    [
        ("rkpdes", TODAY, ["SPECIAL_EVENT", "POLICY_CHANGE", "CEILING_CHANGE", "CLARIFICATION"]),
        ("rpjmdes", TODAY, ["SPECIAL_EVENT", "POLICY_CHANGE", "CLARIFICATION", "TERM_EXTENSION"]),
        ("rpjmdes", date(2024, 4, 24), ["SPECIAL_EVENT", "POLICY_CHANGE", "CLARIFICATION"]),
        ("rkpdes", date(2014, 1, 1), []),
    ],
)
def test_grounds_of_a_plan_on_a_day(plan: str, on: date, codes: list[str]) -> None:
    assert [row.value.code for row in grounds_for(plan, on)] == codes


@pytest.mark.parametrize("code", ["", "TERM_EXTENSION", "BECAUSE"])
def test_an_amendment_without_a_fitting_ground_is_refused(code: str) -> None:
    with pytest.raises(BadInputError, match="amendment-ground"):
        ground_of(code, "rkpdes", TODAY)
