"""Reminders go once, to those who act, before the day and when it is late; never for what is done."""

from datetime import date, timedelta

import pytest

from cycles.given import NOW
from rembuk.cycles.models import Excuse
from rembuk.cycles.services import remind_deadlines
from rembuk.shared.models import Notice

pytestmark = pytest.mark.django_db
ENACTMENT = date(2026, 9, 30)


@pytest.fixture
def only_enactment_left(done):
    done(*(f"K{number}" for number in range(1, 12)), *(f"K{number}" for number in range(14, 18)))


def notices(person):
    return list(Notice.objects.filter(person_id_value=person.person_id).order_by("created_at", "id"))


@pytest.mark.parametrize(("left", "told"), [(31, 0), (30, 1), (14, 1), (7, 1), (0, 1), (-1, 1)])
def test_the_days_before_and_after_the_legal_day(cycle, secretary, only_enactment_left, left, told):
    remind_deadlines(ENACTMENT - timedelta(days=left))
    assert len(notices(secretary)) == told


def test_the_same_reminder_is_sent_once(cycle, secretary, only_enactment_left):
    assert remind_deadlines(ENACTMENT - timedelta(days=14)) == 1
    assert remind_deadlines(ENACTMENT - timedelta(days=14)) == 0
    assert remind_deadlines(ENACTMENT - timedelta(days=7)) == 1
    assert [row.due_date for row in notices(secretary)] == [ENACTMENT, ENACTMENT]
    assert notices(secretary)[0].link == f"/siklus/{cycle.pk}/K12/"


def test_a_late_stage_says_so(cycle, secretary, only_enactment_left):
    remind_deadlines(ENACTMENT + timedelta(days=3))
    assert notices(secretary)[0].title == "Terlambat: Tetapkan Perdes RKP Desa, RKP 2027"


def test_only_those_who_act_in_the_stage_are_told(cycle, secretary, head, chair, staff, only_enactment_left):
    remind_deadlines(ENACTMENT)
    assert [len(notices(person)) for person in (secretary, head, chair, staff)] == [1, 1, 1, 0]


def test_a_running_excuse_is_quiet_and_an_ended_one_moves_the_day(cycle, secretary, only_enactment_left):
    excuse = Excuse.objects.create(
        cycle=cycle, stage="K12", reason="Banjir", from_date=date(2026, 9, 21), state="granted", decided_at=NOW
    )
    assert remind_deadlines(date(2026, 9, 25)) == 0
    excuse.to_date = date(2026, 9, 25)
    excuse.save()
    assert remind_deadlines(date(2026, 9, 26)) == 1
    assert notices(secretary)[0].due_date == date(2026, 10, 5)


def test_done_stages_and_closed_cycles_remind_nobody(cycle, secretary, done, only_enactment_left):
    done("K12")
    assert remind_deadlines(ENACTMENT) == 0


def test_the_regency_target_is_reminded_of_before_the_legal_day(cycle, secretary):
    remind_deadlines(date(2026, 5, 31))
    titles = {row.title for row in notices(secretary)}
    assert "Bentuk tim penyusun RKP, RKP 2027 (target kabupaten)" in titles
    assert "Bentuk tim penyusun RKP, RKP 2027" in titles
