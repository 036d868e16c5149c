"""Calendar feeds: correct for other programs, the same keys over the plans, closed without the secret address."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from guidance.season import given
from guidance.season.test_pages import first_plan
from rembuk.guidance.season import services
from rembuk.guidance.season.addresses import token_of
from rembuk.guidance.season.ics import Event, calendar
from rembuk.shared import clock

AT = datetime(2026, 7, 6, 0, 30, tzinfo=UTC)
EVENT = Event(
    "a@rembuk", AT, AT.replace(hour=4), AT, "Musrenbangdes Melintang, Muara Wis", "Balai; hulu", "satu\ndua", 3
)


@pytest.fixture(autouse=True)
def before_the_season(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: given.AT)


def unfolded(data):
    """Read a calendar as another program does: lines joined, (name, value) of each."""
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    text = data.decode().replace("\r\n ", "")
    return [tuple(line.split(":", 1)) for line in text.split("\r\n") if line]


def test_a_calendar_is_written_as_the_standard_asks():
    lines = unfolded(calendar("Musim", [EVENT]))
    assert (lines[0], lines[-1]) == (("BEGIN", "VCALENDAR"), ("END", "VCALENDAR"))
    found = dict(lines)
    assert found["DTSTART"] == "20260706T003000Z"
    assert found["SUMMARY"] == "Musrenbangdes Melintang\\, Muara Wis"
    assert (found["LOCATION"], found["DESCRIPTION"], found["SEQUENCE"]) == ("Balai\\; hulu", "satu\\ndua", "3")


def test_a_long_line_is_folded_inside_no_letter():
    title = "Musrenbangdes Desa – " + "é" * 120
    lines = dict(unfolded(calendar("Musim", [Event("a", AT, AT, AT, title)])))
    assert lines["SUMMARY"] == title


@pytest.mark.django_db
def test_a_feed_is_empty_before_publishing_and_keeps_its_keys_over_the_plans():
    season = given.opened()
    plan = first_plan(season)
    village = plan.visits.get(village__name="Desa Uji 1").village_id
    address = f"/jadwal/kalender/{token_of('d', season.pk, village)}.ics"
    assert ("BEGIN", "VEVENT") not in unfolded(Client().get(address).content)
    services.publish(plan_id=plan.pk, version=plan.version, actor=given.staff(), at=clock.now())
    answer = Client().get(address)
    before = dict(unfolded(answer.content))
    assert answer["Content-Type"].startswith("text/calendar")
    draft = services.start_draft(plan_id=plan.pk, actor=given.staff(), at=clock.now())
    services.publish(plan_id=draft.pk, version=draft.version, actor=given.staff(), at=clock.now())
    after = dict(unfolded(Client().get(address).content))
    assert (after["UID"], after["DTSTART"]) == (before["UID"], before["DTSTART"])
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])


@pytest.mark.django_db
def test_a_team_feed_holds_its_forums_and_a_wrong_address_none():
    season = given.opened()
    plan = first_plan(season)
    services.publish(plan_id=plan.pk, version=plan.version, actor=given.staff(), at=clock.now())
    team = plan.visits.first().team_id
    token = token_of("t", season.pk, str(team))
    lines = unfolded(Client().get(f"/jadwal/kalender/{token}.ics").content)
    assert lines.count(("BEGIN", "VEVENT")) == plan.visits.filter(team_id=team).count()
    assert Client().get(f"/jadwal/kalender/{token[:-1]}.ics").status_code == 404
