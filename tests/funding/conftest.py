"""A village and those who enter and issue its ceilings."""

import pytest

from factories import people, places
from rembuk.core.hat import Role


@pytest.fixture
def village(db):
    return places.melintang()


@pytest.fixture
def staff(village):
    return people.planner(village)


@pytest.fixture
def division(village):
    return people.division_head(village)


@pytest.fixture
def secretary(village):
    return people.secretary(village)


@pytest.fixture
def treasury(village):
    return people.holder(Role.BPK, village)
