"""Two sendings of the same envelopes at the same moment: one row each, applied once, both get the same answer."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from deliberation import given as meetings
from factories import people, places
from offline.given import NOW, Field, guest
from rembuk.core.hat import Role
from rembuk.cycles.services import open_cycle
from rembuk.deliberation.models import Attendance, SpokenNote
from rembuk.offline.models import Envelope, ServerKey
from rembuk.offline.services import decide_review, receive
from rembuk.offline.services.keys import key_at_work
from rembuk.shared import clock

pytestmark = pytest.mark.django_db(transaction=True)


def together(*works: Callable[[], object]) -> list[object]:
    """Run each in its own thread with its own connection, at the same moment; returns what they gave or raised."""
    given: list[object] = []
    ready = threading.Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        try:
            ready.wait(20)
            given.append(work())
        except BaseException as error:
            given.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert not any(thread.is_alive() for thread in threads)
    return given


@pytest.fixture
def scene(transactional_db, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    village = places.melintang()
    cycle = open_cycle(village=village, plan_year=2026, actor=people.planner(village).hat(), at=NOW)
    office = people.secretary(village).hat()
    running = meetings.running(cycle, office)

    class Time:
        now = NOW

    return Field(people.holder(Role.FAS, village), Time), running, office


def test_the_same_envelopes_in_two_requests_at_once_are_one_row_each_and_applied_once(scene):
    field, running, _office = scene
    sent = [field.seal("attendance", guest(str(running.pk), f"Tamu {number}")) for number in range(6)]
    sent += [field.seal("note", {"meeting": str(running.pk), "point": f"Pokok {number}"}) for number in range(6)]
    answers = together(*[lambda: receive(sent=sent, at=NOW) for _ in range(3)])
    assert [type(answer) for answer in answers] == [list] * 3, answers
    assert Envelope.objects.count() == 12 and set(Envelope.objects.values_list("state", flat=True)) == {"applied"}
    assert (Attendance.objects.count(), SpokenNote.objects.count()) == (6, 6)


def test_two_texts_under_one_id_at_the_same_moment_leave_one_applied(scene):
    field, running, _office = scene
    first = field.seal("note", {"meeting": str(running.pk), "point": "Satu"})
    second = field.seal("note", {"meeting": str(running.pk), "point": "Dua"}, id=first["id"])
    together(lambda: receive(sent=[first], at=NOW), lambda: receive(sent=[second], at=NOW))
    assert sorted(Envelope.objects.values_list("state", flat=True)) == ["applied", "quarantine"]
    assert SpokenNote.objects.count() == 1


def test_two_people_who_decide_one_record_at_once_leave_one_decision(scene):
    field, running, office = scene
    sent = field.seal("attendance", guest(str(running.pk), element="TIDAK_ADA"))
    [(_name, row)] = receive(sent=[sent], at=NOW)

    def decide(reason: str) -> Callable[[], object]:
        return lambda: decide_review(row_id=row.pk, choice="aside", reason=reason, actor=office, at=NOW)

    together(decide("Satu"), decide("Dua"))
    row.refresh_from_db()
    assert row.state == "set_aside" and row.decided_reason in ("Satu", "Dua")


def test_two_first_packages_at_once_make_one_key(scene):
    ServerKey.objects.all().delete()
    keys = together(lambda: key_at_work(NOW), lambda: key_at_work(NOW))
    assert len({key.pk for key in keys}) == ServerKey.objects.count() == 1  # type: ignore[attr-defined]
