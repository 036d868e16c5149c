"""Who holds a role at a place, and who takes over when the contract has ended."""

from datetime import date

import pytest

from factories import people, places
from rembuk.accounts.standing_in import standing_in, standing_in_for_each
from rembuk.core.hat import Role

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def test_the_facilitator_of_the_village_comes_first():
    facilitator = people.holder(Role.PLD)
    people.holder(Role.PTP)

    found = standing_in(Role.PLD, facilitator.place, TODAY)

    assert found is not None
    assert (found.role, found.is_fallback, [a.id for a in found.assignments]) == (Role.PLD, False, [facilitator.id])


def test_when_the_contract_ended_the_district_team_takes_over_and_says_so():
    ended = people.holder(Role.PLD, end_date=date(2025, 12, 31))
    district = people.holder(Role.PTP)

    found = standing_in(Role.PLD, ended.place, TODAY)

    assert found is not None
    assert (found.role, found.is_fallback, found.names) == (Role.PTP, True, district.person.name)


def test_a_role_of_another_village_does_not_stand_in():
    elsewhere = places.enggelam()
    people.holder(Role.PLD, elsewhere)
    assert standing_in(Role.PLD, people.holder(Role.KAD).place, TODAY) is None


def test_many_roles_are_asked_in_one_query(django_assert_num_queries):
    head = people.holder(Role.KAD)
    people.holder(Role.PTP)
    with django_assert_num_queries(1):
        found = standing_in_for_each([Role.PLD, Role.PDA, Role.BPD], head.place, TODAY)
    assert {role: who.role for role, who in found.items()} == {Role.PLD: Role.PTP, Role.PDA: Role.PTP}
