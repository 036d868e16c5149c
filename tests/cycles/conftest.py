"""A village with an open cycle, and the people around it."""

from datetime import UTC, date, datetime

import pytest

from cycles import given
from factories import people, places
from rembuk.cycles.models import StageRecord
from rembuk.cycles.services import open_cycle


@pytest.fixture
def village(db):
    return places.melintang()


@pytest.fixture
def staff(village):
    return people.planner(village)


@pytest.fixture
def head(village):
    return people.village_head(village)


@pytest.fixture
def chair(village):
    return people.bpd_chair(village)


@pytest.fixture
def secretary(village):
    return people.secretary(village)


@pytest.fixture
def cycle(village, staff):
    return open_cycle(village=village, plan_year=2026, actor=staff.hat(), at=given.NOW)


@pytest.fixture
def done(cycle):
    """Mark stages as done on a day, past the guards."""

    def mark(*stages: str, on: date = date(2026, 6, 1)) -> None:
        StageRecord.objects.filter(cycle=cycle, stage__in=stages).update(
            state="done", done_date=on, completed_at=datetime(2026, 6, 2, tzinfo=UTC)
        )

    return mark
