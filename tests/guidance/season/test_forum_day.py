"""A village's forum day where the village looks: on its pages, its cycle, its forum, as a letter, as a duty."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from factories import people
from guidance.season import given
from guidance.season.test_feeds import unfolded
from guidance.season.test_pages import first_plan, page_of
from rembuk.core.hat import Role
from rembuk.guidance.facilitation import forum_duties
from rembuk.guidance.facilitation import services as forums
from rembuk.guidance.facilitation.models import Facilitation
from rembuk.guidance.season import panels, services
from rembuk.guidance.season.addresses import feed_address
from rembuk.shared import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def before_the_season(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: given.AT)


@pytest.fixture
def plan():
    """A schedule in force."""
    made = first_plan(given.opened())
    return services.publish(plan_id=made.pk, version=made.version, actor=given.staff(), at=given.AT).plan


@pytest.fixture
def visit(plan):
    return plan.visits.select_related("village", "team").get(village__name="Desa Uji 2")


@pytest.fixture
def forum(visit):
    return Facilitation.objects.select_related("cycle").get(village=visit.village)


@pytest.fixture
def office(visit):
    return people.holder(Role.SDK, visit.village)


def day_text(day):
    months = {6: "Juni", 7: "Juli", 8: "Agustus"}
    return f"{day.day} {months[day.month]} {day.year}"


def moved(forum, day):
    forums.move_forum(
        forum_id=forum.pk, day=day, reason_code="water", reason="air surut", actor=given.staff(), at=given.AT
    )


def test_village_cycle_and_forum_say_the_day_the_team_its_guides_and_when_to_invite(visit, forum, office):
    client = people.signed_in(office)
    invite_by = visit.day - timedelta(days=7)
    for address in (
        reverse("regions:village", args=[visit.village_id]),
        reverse("cycles:cycle", args=[forum.cycle_id]),
        reverse("facilitation:forum", args=[forum.pk]),
    ):
        text = page_of(client.get(address))
        assert "Musrenbangdes dijadwalkan" in text
        for words in (day_text(visit.day), visit.team.name, day_text(invite_by)):
            assert words in text, (address, words)
        assert all(member.name in text for member in visit.team.members.all())
        assert f'href="/jadwal/rencana/{visit.plan_id}/desa/{visit.village_id}/"' in text
        assert 'href="/jadwal/kalender/' in text


def test_nothing_is_said_before_the_schedule_is_in_force_to_visitors_or_once_the_forum_began(visit, forum):
    staff = given.staff()
    assert set(panels.panels_of_forums([forum.pk], staff)) == {forum.pk}
    assert panels.panels_of_forums([forum.pk], None) == {}
    services.start_draft(plan_id=visit.plan_id, actor=staff, at=given.AT)
    assert len(panels.panels_of_villages([visit.village_id], staff)) == 1
    forums.postpone_forum(forum_id=forum.pk, reason_code="water", reason="", actor=staff, at=given.AT)
    assert panels.panels_of_cycles([forum.cycle_id], staff) == {}


def test_panels_of_many_villages_ask_three_queries(plan, django_assert_num_queries):
    villages, staff = list(plan.visits.values_list("village_id", flat=True)), given.staff()
    for asked in (villages[:1], villages):
        with django_assert_num_queries(3):
            assert len(panels.panels_of_villages(asked, staff)) == len(asked)


def test_a_day_moved_by_hand_is_the_one_on_the_panel_the_letter_and_in_the_calendar(visit, forum, office):
    address = feed_address("d", visit.plan.season_id, visit.village_id)
    client = people.signed_in(office)
    before = dict(unfolded(client.get(address).content))
    new = visit.day + timedelta(days=1)
    moved(forum, new)
    after = dict(unfolded(client.get(address).content))
    assert after["UID"] == before["UID"]
    assert after["DTSTART"][:8] == f"{new:%Y%m%d}" != before["DTSTART"][:8]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    panel = panels.panels_of_forums([forum.pk], office.hat())[forum.pk]
    assert day_text(new) in dict(panel.rows)["Hari"]
    assert day_text(visit.day) in dict(panel.rows)["Semula menurut jadwal"]
    letter = page_of(client.get(f"/jadwal/rencana/{visit.plan_id}/desa/{visit.village_id}/"))
    assert f"dipindahkan menjadi {day_text(new)}" in letter


def test_a_forum_put_off_leaves_the_calendar_until_it_has_a_day(visit, forum, office):
    address = feed_address("d", visit.plan.season_id, visit.village_id)
    forums.postpone_forum(forum_id=forum.pk, reason_code="water", reason="", actor=given.staff(), at=given.AT)
    client = people.signed_in(office)
    assert ("BEGIN", "VEVENT") not in unfolded(client.get(address).content)
    assert "belum punya hari baru" in page_of(client.get(f"/jadwal/rencana/{visit.plan_id}/desa/{visit.village_id}/"))


def test_the_letter_says_who_comes_when_and_by_when_to_invite(visit, office):
    text = page_of(people.signed_in(office).get(f"/jadwal/rencana/{visit.plan_id}/desa/{visit.village_id}/"))
    for words in (
        "Yth. Kepala Desa",
        day_text(visit.day),
        visit.team.name,
        day_text(visit.day - timedelta(days=7)),
    ):
        assert words in text


def titles(hat, today):
    return {duty.title: duty for duty in forum_duties.of_hat(hat, today)}


PLAN_AND_INVITE = "Rencanakan Musrenbang dan kirim undangan"


@pytest.mark.parametrize(("before", "there", "state"), [(22, False, ""), (21, True, "due"), (6, True, "late")])
def test_the_village_has_the_duty_to_invite_from_three_weeks_before(visit, office, before, there, state):
    found = titles(office.hat(), visit.day - timedelta(days=before))
    assert (PLAN_AND_INVITE in found) is there
    if there:
        duty = found[PLAN_AND_INVITE]
        assert (duty.due, duty.state) == (visit.day - timedelta(days=7), state)
        assert duty.link.endswith("?jenis=MUSREN")


def test_only_who_may_plan_the_meeting_has_that_duty(visit):
    staff = people.holder(Role.PTP, visit.village).hat()
    assert PLAN_AND_INVITE not in titles(staff, date(2026, 7, 6))
