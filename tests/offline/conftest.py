"""A village with an open cycle, its facilitator with a phone, and the server at the time of the tests."""

from datetime import UTC, datetime, timedelta

import pytest

from factories import people, places
from offline.given import NOW, Field
from rembuk.core.hat import Role
from rembuk.cycles.services import open_cycle
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def village(db):
    with setting_up():
        made = places.melintang()
        places.rt(places.hamlet(made))
    return made


@pytest.fixture
def cycle(village):
    return open_cycle(village=village, plan_year=2026, actor=people.planner(village).hat(), at=NOW)


@pytest.fixture
def time(monkeypatch):
    """The server's clock, which a test moves: ``time.now += timedelta(days=1)``."""

    class Time:
        now = NOW

        def pass_(self, **delta: float) -> datetime:
            self.now += timedelta(**delta)
            return self.now

    own = Time()
    monkeypatch.setattr(clock, "now", lambda: own.now.astimezone(UTC))
    return own


@pytest.fixture
def field(cycle, time):
    """The facilitator with a registered phone and a package, and the way to the server."""
    return Field(people.holder(Role.FAS, cycle.village), time)


@pytest.fixture
def secretary(village):
    return people.secretary(village)
