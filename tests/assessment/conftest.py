"""A village with two hamlets, its drafting team, and an open assessment."""

import pytest

from factories import people, places
from factories.samples_assessment import assessment_in
from rembuk.core.hat import Role


@pytest.fixture
def village(db):
    made = places.melintang()
    places.hamlet(made, "Dusun Hulu", 1)
    places.hamlet(made, "Dusun Hilir", 2)
    return made


@pytest.fixture
def team(village):
    return people.holder(Role.TIM, village)


@pytest.fixture
def hat(team):
    return team.hat()


@pytest.fixture
def client_of(team):
    return people.signed_in(team)


@pytest.fixture
def assessment(village):
    return assessment_in(village)
