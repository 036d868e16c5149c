"""When a role is empty, the next of the list takes over."""

import pytest

from rembuk.core.guidance.standins import FALLBACKS, line_of, stands_in
from rembuk.core.hat import Role


def test_a_role_that_somebody_holds_stands_for_itself():
    assert stands_in(Role.PLD, {Role.PLD, Role.PDK, Role.PTP}) is Role.PLD


@pytest.mark.parametrize(
    ("filled", "who"),
    [
        ({Role.PDK, Role.PTP}, Role.PDK),
        ({Role.PTP, Role.CAM}, Role.PTP),
        ({Role.CAM}, Role.CAM),
        ({Role.KAD}, None),
        (set(), None),
    ],
)
def test_the_contract_of_a_facilitator_ended(filled, who):
    assert stands_in(Role.PLD, filled) is who


def test_two_that_stand_in_for_each_other_do_not_turn_in_circles():
    assert line_of(Role.SDK) == (Role.SDK, Role.KAU)


@pytest.mark.parametrize("role", sorted(FALLBACKS))
def test_every_line_ends_and_names_no_role_twice(role):
    line = line_of(role)
    assert len(set(line)) == len(line) >= 2
