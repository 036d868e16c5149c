"""A meeting is taken to a hall: its package, its lock, and how the lock is let go."""

from datetime import timedelta

import pytest
from django.db.models import CheckConstraint

from deliberation import given
from deliberation.conftest import checked, head, sdk, secretary  # noqa: F401
from factories import people
from portal import given as portal_given
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.core.hall.package import open_package
from rembuk.core.hat import Role
from rembuk.deliberation import holds
from rembuk.deliberation import services as meetings
from rembuk.deliberation.values import AttendanceValues, NoteValues
from rembuk.hall import rows
from rembuk.hall.models import Taking
from rembuk.hall.services import release_lock, take_to_hall
from rembuk.hall.tables import TABLES
from rembuk.shared import clock
from rembuk.shared.models import TrailEntry
from rembuk.shared.trail.testing import setting_up

PIN = "482913"


@pytest.fixture
def meeting(cycle, sdk):  # noqa: F811
    return given.running(cycle, sdk, "MUSREN")


def taken(meeting, hat, **more):
    return take_to_hall(meeting_id=meeting.pk, pin=PIN, actor=hat, at=clock.now(), **more)


def person(name="Rahmat"):
    return AttendanceValues(name, "L", "TANI")


def test_the_package_holds_the_village_and_nothing_of_another(meeting, sdk):  # noqa: F811
    stranger = people.stranger()
    taking, data = taken(meeting, sdk)
    opened = open_package(data)
    text = b"".join(opened.members.values())
    assert str(meeting.pk).encode() in text
    assert stranger.village_id.encode() not in text
    assert str(stranger.person_id).encode() not in text
    assert (opened.manifest["id"], opened.manifest["meeting"]["id"]) == (str(taking.pk), str(meeting.pk))
    assert opened.manifest["officers"][0]["name"] == sdk.name


def test_no_password_phone_or_address_of_a_person_leaves_with_it(meeting, secretary, sdk):  # noqa: F811
    who = secretary.person
    type(who).objects.filter(pk=who.pk).update(phone="6281234567890", email="siti@contoh.id")
    _taking, data = taken(meeting, sdk)
    text = b"".join(open_package(data).members.values())
    who.refresh_from_db()
    assert who.password.encode() not in text
    assert b"6281234567890" not in text
    assert b"siti@contoh.id" not in text
    assert PIN.encode() not in text


@pytest.fixture
def carried(village, settings, tmp_path):
    """Return model -> rows as the package of a village in mid-year holds them."""
    settings.MEDIA_ROOT = tmp_path
    portal_given.whole_village(village)
    with setting_up():
        people.holder(Role.PTP, village, level="district")
    members = rows.packed(village.pk)
    return {table.model: rows.unpacked(table, members[rows.member_of(table)]) for table in TABLES}


def test_no_row_of_a_village_in_mid_year_is_refused_by_the_hall(carried):
    """What stays at home (files, papers) takes no row along that the hall's database would refuse."""
    count = 0
    for model, found in carried.items():
        checks = [rule for rule in model._meta.constraints if isinstance(rule, CheckConstraint)]
        for row in found:
            count += 1
            for rule in checks:
                rule.validate(model, row)
    assert count > 50


def test_every_row_finds_in_the_package_what_it_leans_on(carried):
    keys = {model: {row.pk for row in found} for model, found in carried.items()}
    loose = {
        f"{model.__name__}.{column.name}"
        for model, found in carried.items()
        for column in model._meta.concrete_fields
        if column.remote_field
        for row in found
        if (key := getattr(row, column.attname)) is not None and key not in keys.get(column.remote_field.model, ())
    }
    assert loose == set()


def test_every_column_comes_back_as_it_was(meeting, sdk, three):  # noqa: F811
    members = rows.packed(meeting.village_id)
    for table in TABLES:
        back = rows.unpacked(table, members[rows.member_of(table)])
        again = rows.text_of(table, back)
        assert again == members[rows.member_of(table)], table.model


WRITES = {
    "attendance": lambda m, a: meetings.record_attendance(meeting_id=m.pk, values=person(), actor=a, at=clock.now()),
    "tally": lambda m, a: meetings.set_tally(
        meeting_id=m.pk, element="TANI", male=1, female=1, actor=a, at=clock.now()
    ),
    "note": lambda m, a: meetings.add_note(meeting_id=m.pk, values=NoteValues("Air"), actor=a, at=clock.now()),
    "decision": lambda m, a: meetings.decide(meeting_id=m.pk, text="Setuju.", actor=a, at=clock.now()),
    "close": lambda m, a: meetings.close_meeting(meeting_id=m.pk, actor=a, at=clock.now()),
    "lot": lambda m, a: meetings.draw_lot(meeting_id=m.pk, seed="123", actor=a, at=clock.now()),
    "cancel": lambda m, a: meetings.cancel_meeting(meeting_id=m.pk, reason="Banjir", actor=a, at=clock.now()),
}


@pytest.mark.parametrize("act", WRITES)
def test_while_it_is_out_every_write_is_refused_and_says_who_and_until_when(act, meeting, sdk, head):  # noqa: F811
    taking, _data = taken(meeting, sdk)
    with pytest.raises(RefusedError) as told:
        WRITES[act](meeting, sdk)
    assert told.value.code == "meeting-at-hall"
    assert sdk.name in told.value.values["who"]
    assert str(taking.until.year) in told.value.values["until"]


def test_what_comes_from_the_package_itself_passes_the_lock(meeting, sdk):  # noqa: F811
    taking, _data = taken(meeting, sdk)
    with holds.passing(taking.pk):
        meetings.record_attendance(meeting_id=meeting.pk, values=person(), actor=sdk, at=clock.now())
    assert meeting.attendance.count() == 1
    with pytest.raises(RefusedError):
        meetings.record_attendance(meeting_id=meeting.pk, values=person("Lain"), actor=sdk, at=clock.now())


def test_after_seven_days_the_lock_is_gone_by_itself(meeting, sdk):  # noqa: F811
    taking, _data = taken(meeting, sdk)
    assert taking.until - taking.taken_at == timedelta(days=7)
    Taking.objects.filter(pk=taking.pk).update(
        taken_at=clock.now() - timedelta(days=8), until=clock.now() - timedelta(days=1)
    )
    meetings.record_attendance(meeting_id=meeting.pk, values=person(), actor=sdk, at=clock.now())
    assert meeting.attendance.count() == 1


def test_the_head_of_division_lets_it_go_with_a_reason_and_nobody_else(meeting, sdk, head, village):  # noqa: F811
    taken(meeting, sdk)
    kbd = people.division_head(village).hat()
    for hat in (sdk, head):
        with pytest.raises(NotAllowedError):
            release_lock(meeting_id=meeting.pk, reason="Laptop hilang", actor=hat, at=clock.now())
    with pytest.raises(BadInputError):
        release_lock(meeting_id=meeting.pk, reason="  ", actor=kbd, at=clock.now())
    taking = release_lock(meeting_id=meeting.pk, reason="Laptop hilang di sungai", actor=kbd, at=clock.now())
    assert (taking.released_by, taking.released_reason) == (kbd.person_id, "Laptop hilang di sungai")
    meetings.record_attendance(meeting_id=meeting.pk, values=person(), actor=sdk, at=clock.now())
    assert TrailEntry.objects.filter(act="hall.release").exists()
    with pytest.raises(RefusedError):
        release_lock(meeting_id=meeting.pk, reason="Sekali lagi", actor=kbd, at=clock.now())


def test_the_bearer_may_take_it_again_and_somebody_else_may_not(meeting, sdk, village):  # noqa: F811
    first, _data = taken(meeting, sdk)
    other = people.holder(Role.FAS, village).hat()
    with pytest.raises(RefusedError) as told:
        taken(meeting, other)
    assert told.value.code == "hall-taken"
    second, _data = taken(meeting, sdk)
    first.refresh_from_db()
    assert first.released_at is not None
    assert second.released_at is None


@pytest.mark.parametrize("role", [role for role in Role if role not in ("SDK", "TIM", "FAS", "PTP")])
def test_no_other_role_takes_a_meeting(role, meeting, village):
    with pytest.raises(NotAllowedError):
        taken(meeting, people.holder(role, village).hat())


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12a456", "000000", "123456", "٤٨٢٩١٣"])
def test_a_pin_that_is_short_no_number_or_guessed_at_once_is_refused(pin, meeting, sdk):  # noqa: F811
    with pytest.raises(BadInputError):
        take_to_hall(meeting_id=meeting.pk, pin=pin, actor=sdk, at=clock.now())
    assert not Taking.objects.exists()


def test_a_closed_meeting_stays_at_home(cycle, sdk):  # noqa: F811
    done = given.complete(cycle, sdk, "MUSREN")
    with pytest.raises(RefusedError) as told:
        taken(done, sdk)
    assert told.value.code == "hall-meeting-over"


def test_a_musrenbang_without_invitations_is_not_taken_and_its_page_offers_no_door(cycle, sdk, client):  # noqa: F811
    meeting = given.planned(cycle, sdk, "MUSREN")
    with pytest.raises(RefusedError, match="hall-invite-first"):
        taken(meeting, sdk)
    assert "balai/bawa" not in client("SDK").get(f"/musyawarah/{meeting.pk}/").content.decode()


def test_the_page_hands_the_file_over_and_then_says_who_has_it(meeting, client):
    page = client("SDK")
    form = page.get(f"/musyawarah/{meeting.pk}/balai/bawa/").content.decode()
    assert "PIN Anda" in form
    wrong = page.post(f"/musyawarah/{meeting.pk}/balai/bawa/", {"pin": PIN, "pin_lagi": "111222"})
    assert wrong.status_code == 400
    assert not Taking.objects.exists()
    answer = page.post(f"/musyawarah/{meeting.pk}/balai/bawa/", {"pin": PIN, "pin_lagi": PIN})
    assert answer["Content-Type"] == "application/zip"
    assert open_package(answer.content).manifest["meeting"]["id"] == str(meeting.pk)
    shown = page.get(f"/musyawarah/{meeting.pk}/").content.decode()
    assert "Terkunci sampai" in shown
    assert "Tutup musyawarah" not in shown
    refusal = page.post(f"/musyawarah/{meeting.pk}/tutup/", {})
    assert refusal.status_code == 409
    assert "sedang di balai" in refusal.content.decode()
