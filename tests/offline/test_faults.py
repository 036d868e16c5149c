"""Every fault of the way between phone and server: what was acknowledged is stored, and nothing counts twice."""

import json
import uuid
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client

from deliberation import given as meetings
from factories import people
from offline.given import API, Field, guest, row_of
from offline.phone import Phone, b64, head_of
from rembuk.accounts.models import Assignment
from rembuk.core.hat import Role
from rembuk.deliberation.models import Attendance, SpokenNote
from rembuk.deliberation.services import close_meeting
from rembuk.offline.models import Device, Envelope, Package, Part, ServerKey
from rembuk.offline.services import (
    apply_waiting,
    applying,
    decide_review,
    keys_came_back,
    revoke_device,
    rotate_key,
)
from rembuk.shared.trail.testing import setting_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(cycle, secretary, time):
    return meetings.running(cycle, secretary.hat())


@pytest.fixture
def note(field, running):
    """Seal a note at the running meeting."""

    def make(point="Sumur kering", **more):
        return field.seal("note", {"meeting": str(running.pk), "point": point}, **more)

    return make


def test_an_answer_lost_after_the_commit_is_asked_for_again_and_nothing_doubles(field, note):
    sent = note()
    lost = field.send(sent)[0]
    again = field.send(sent)[0]
    assert lost == again and SpokenNote.objects.count() == Envelope.objects.count() == 1
    assert field.states(sent["id"]) == ["applied"]


def test_a_clock_three_hours_wrong_is_flagged_and_put_right_in_what_is_written(field, running, time):
    for behind, name in ((timedelta(hours=3), "Lambat"), (timedelta(hours=-3), "Cepat")):
        field.phone.behind = behind
        made = time.now - timedelta(minutes=20)
        sent = field.seal("attendance", guest(str(running.pk), name), at=made)
        assert field.send(sent)[0]["state"] == "applied"
        row = Attendance.objects.get(name=name)
        assert abs(row.captured_at - made) < timedelta(seconds=2)
        assert row_of(sent).flags == ["clock"] and row_of(sent).captured_at == made - behind


def test_a_phone_whose_battery_died_begins_in_1970_and_its_record_comes_in_at_the_right_time(field, running, time):
    field.phone.behind = time.now - time.now.replace(year=1970, month=1, day=1)
    made = time.now - timedelta(minutes=5)
    sent = field.seal("attendance", guest(str(running.pk)), at=made)
    assert field.send(sent)[0]["state"] == "applied" and row_of(sent).flags == ["clock"]
    assert abs(Attendance.objects.get().captured_at - made) < timedelta(seconds=2)


def test_a_sending_that_claims_an_impossible_time_is_stored_like_any_other(field, running, time):
    sent = field.seal("attendance", guest(str(running.pk)))
    answer = field.post("amplop", {"sent_at": "2999-01-01T00:00:00.000Z", "envelopes": [sent]})
    assert answer.json()["results"][0]["state"] == "applied"
    odd = {**field.seal("attendance", guest(str(running.pk))), "captured_at": "9999-12-31T23:59:59.999Z"}
    assert field.post("amplop", {"envelopes": [odd]}).json()["results"][0]["code"] == "malformed"


def test_a_clock_nine_minutes_wrong_is_nobodys_business(field, running, time):
    field.phone.behind = timedelta(minutes=9)
    sent = field.seal("attendance", guest(str(running.pk)), at=time.pass_(hours=1))
    assert field.send(sent)[0]["state"] == "applied" and row_of(sent).flags == []


def test_a_record_from_before_its_package_is_flagged(field, note, time):
    sent = note(at=time.now - timedelta(hours=2))
    field.send(sent)
    assert row_of(sent).flags == ["clock"]


def test_a_server_that_stopped_between_storing_and_applying_goes_on_where_it_was(field, note, monkeypatch, time):
    sent = note()
    with monkeypatch.context() as stopped:
        stopped.setattr("rembuk.offline.services.receiving.settle", lambda **_: 0)
        assert field.send(sent)[0]["state"] == "received"
    assert SpokenNote.objects.count() == 0
    assert apply_waiting(at=time.now) == 1 and apply_waiting(at=time.now) == 0
    assert field.states(sent["id"]) == ["applied"] and SpokenNote.objects.count() == 1


def test_a_fault_while_applying_leaves_the_record_stored_and_asks_a_person_in_the_end(field, note, monkeypatch, time):
    sent, other = note(), note("Jalan")
    with monkeypatch.context() as broken:
        plain = applying.carried_out

        def fails(job):
            if str(job.key) == sent["id"]:
                raise DatabaseError("disk full")
            plain(job)

        broken.setattr(applying, "carried_out", fails)
        assert [each["state"] for each in field.send(sent, other)] == ["received", "applied"]
        apply_waiting(at=time.now)
        assert row_of(sent).state == "received"
        apply_waiting(at=time.now)
    assert (row_of(sent).state, row_of(sent).code, row_of(sent).attempts) == ("review", "broken", 3)


def test_two_people_on_one_phone_are_two_devices_and_each_signs_for_themselves(field, running, time, village):
    second = Field(people.holder(Role.TIM, village), time)
    mine = field.seal("attendance", guest(str(running.pk), "Dicatat FAS"))
    hers = second.seal("attendance", guest(str(running.pk), "Dicatat TIM"))
    assert [each["state"] for each in field.send(mine, hers)] == ["applied"] * 2
    assert {row.person_id for row in Envelope.objects.all()} == {
        field.assignment.person_id, second.assignment.person_id
    }  # fmt: skip
    borrowed = Phone(second.phone.person, second.phone.assignment, id=field.phone.id, key=field.phone.key)
    borrowed.take(second.content)
    stolen = borrowed.seal("attendance", guest(str(running.pk), "Atas nama orang"), at=time.now)
    assert field.send(stolen)[0]["state"] == "quarantine" and row_of(stolen).code == "person"
    told = {"id": field.phone.id, "name": "HP", "public_key": field.phone.public_key}
    assert second.post("perangkat", told, client=second.desk).status_code == 422
    answer = second.post("paket", {"device": field.phone.id, "village": field.village}, client=second.desk)
    assert answer.status_code == 403


def test_a_stage_that_closed_while_the_phone_was_away_is_a_persons_decision(
    field, cycle, note, time, secretary, running
):
    sent = note()
    hat = secretary.hat()
    close_meeting(meeting_id=running.pk, actor=hat, at=time.now)
    with setting_up():
        running.refresh_from_db()
        running.state, running.minutes_date, running.signed_at = "signed", time.now.date(), time.now
        running.save()
    result = field.send(sent)[0]
    assert (result["state"], result["code"]) == ("review", "meeting-state")
    with setting_up():
        cycle.closed_at = time.now
        cycle.save()
    made = field.seal("proposal", {"title": "Sumur", "groups": [], "proposer_kind": "hamlet"})
    assert field.send(made)[0]["code"] == "proposal-no-cycle"
    assert SpokenNote.objects.count() == 0


def test_a_right_that_ended_while_away_leaves_the_record_to_the_office_under_its_own_name(field, note, time, secretary):
    sent = note(at=time.now)
    with setting_up():
        Assignment.objects.filter(pk=field.assignment.pk).update(end_date=(time.now + timedelta(days=1)).date())
    time.pass_(days=3)
    result = field.send(sent)[0]
    assert (result["state"], result["code"]) == ("review", "right-ended") and SpokenNote.objects.count() == 0
    row = decide_review(
        row_id=row_of(sent).pk,
        choice="apply",
        reason="Dicatat saat masih bertugas.",
        actor=secretary.hat(),
        at=time.now,
    )
    assert (row.state, row.decided_by, SpokenNote.objects.count()) == ("applied", secretary.person_id, 1)
    assert field.states(sent["id"]) == ["applied"]


def test_a_record_made_before_the_right_began_is_not_applied(field, note, time):
    sent = note(at=time.now)
    with setting_up():
        Assignment.objects.filter(pk=field.assignment.pk).update(start_date=(time.now + timedelta(days=1)).date())
    time.pass_(days=2)
    assert field.send(sent)[0]["code"] == "right-not-then"


def test_rights_older_than_fourteen_days_arrive_in_review(field, note, time):
    early = note(at=time.pass_(days=13))
    late = note("Terlambat", at=time.pass_(days=3))
    results = field.send(early, late)
    assert [each["state"] for each in results] == ["applied", "review"]
    assert (row_of(late).code, row_of(late).flags) == ("rights-stale", ["rights-stale"])


def test_a_revoked_device_is_kept_apart_and_a_person_may_let_it_in(field, note, time, secretary):
    before, after = note("Sebelum"), note("Sesudah")
    assert field.send(before)[0]["state"] == "applied"
    revoke_device(device_id=field.phone.id, reason="HP hilang di ketinting", actor=secretary.hat(), at=time.now)
    result = field.send(before, after)
    assert [each["state"] for each in result] == ["applied", "quarantine"]
    assert field.states(after["id"]) == ["quarantine"]
    row = row_of(after)
    decide_review(row_id=row.pk, choice="release", reason="HP ditemukan lagi", actor=secretary.hat(), at=time.now)
    row.refresh_from_db()
    assert (row.state, row.code) == ("review", "released")
    decide_review(row_id=row.pk, choice="apply", reason="Isinya benar", actor=secretary.hat(), at=time.now)
    assert SpokenNote.objects.count() == 2
    answer = field.post("paket", {"device": field.phone.id, "village": field.village}, client=field.desk)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "altered",
    [
        {"kind": "decision"},
        {"person": str(uuid.uuid4())},
        {"captured_at": "2026-06-19T02:00:00.000Z"},
        {"after": [str(uuid.uuid4())]},
        {"body": b64(b"lain" * 20)},
        {"signature": b64(bytes(64))},
        {"signature": b64(b"x")},
        {"key": "lain"},
    ],
    ids=lambda altered: next(iter(altered)),
)
def test_a_single_altered_field_is_seen(field, note, altered):
    sent = {**note(), **altered}
    assert field.send(sent)[0]["state"] == "quarantine" and SpokenNote.objects.count() == 0
    assert json.loads(row_of(sent).raw) == sent


def test_a_body_sealed_for_another_record_does_not_open_under_this_one(field, note, time):
    first, second = note("Satu"), note("Dua")
    mixed = {**second, "body": first["body"], "wrapped": first["wrapped"], "iv": first["iv"]}
    text = "\n".join([head_of(mixed), mixed["wrapped"], mixed["iv"], mixed["body"]])
    mixed["signature"] = field.phone.sign(text)
    assert field.send(mixed)[0]["code"] == "body-unreadable"


def test_an_envelope_of_a_stranger_is_stored_apart_and_gives_no_right_to_the_disk(field, running, time):
    stranger = Phone(field.phone.person, field.phone.assignment)
    stranger.take(field.content)
    sent, parts = stranger.photo(b"x" * 9000, str(running.pk), "meeting", at=time.now)
    result = field.send(sent)[0]
    assert (result["state"], result["code"]) == ("quarantine", "device-unknown")
    [(key, data)] = parts.items()
    assert field.put(key, data) == 404
    answer = field.post("keadaan", stranger.asking([sent["id"]], at=time.now))
    assert (answer.status_code, answer.json()["code"]) == (403, "offline-device-unknown")


def test_the_same_id_with_another_text_is_stored_beside_it_whichever_comes_first(field, note, time):
    first = note("Yang pertama")
    second = field.seal("note", {"meeting": str(uuid.uuid4()), "point": "Yang kedua"}, id=first["id"])
    assert field.send(first)[0]["state"] == "applied"
    assert field.send(second)[0]["code"] == "same-id"
    assert [each["code"] for each in field.send(second, first)] == ["same-id", ""]
    assert field.states(first["id"]) == ["applied"]
    forged = {**note("Asli"), "signature": b64(bytes(64))}
    genuine = note("Asli", id=forged["id"])
    assert field.send(forged)[0]["code"] == "signature"
    # A forgery that came first does not keep the real one out.
    assert field.send(genuine)[0]["state"] == "applied"


def test_a_parent_that_never_comes_leaves_the_child_waiting_and_a_person_ends_it(field, time, secretary, note):
    parent = str(uuid.uuid4())
    sent = note(after=[parent])
    field.send(sent)
    time.pass_(days=5)
    apply_waiting(at=time.now)
    assert (row_of(sent).state, row_of(sent).code) == ("waiting", "parent-missing")
    decide_review(row_id=row_of(sent).pk, choice="aside", reason="HP-nya rusak.", actor=secretary.hat(), at=time.now)
    assert field.states(sent["id"]) == ["set_aside"]


def test_a_parent_that_was_set_aside_makes_its_children_a_decision(field, time, secretary, note):
    parent = note("", at=time.now)
    child = note("Anak", after=[parent["id"]])
    assert [each["state"] for each in field.send(parent, child)] == ["review", "waiting"]
    decide_review(row_id=row_of(parent).pk, choice="aside", reason="Kosong.", actor=secretary.hat(), at=time.now)
    assert field.states(child["id"]) == ["review"] and row_of(child).code == "parent-aside"


def test_records_that_wait_for_each_other_in_a_circle_end_nothing(field, note):
    one, two = str(uuid.uuid4()), str(uuid.uuid4())
    assert [each["state"] for each in field.send(note(id=one, after=[two]), note(id=two, after=[one]))] == [
        "waiting", "waiting"
    ]  # fmt: skip


def test_a_record_of_a_newer_program_is_kept_for_a_person_and_an_unknown_field_is_named(field, note, running):
    newer = field.seal("note", {"meeting": str(running.pk), "point": "Baru"}, schema=2)
    assert field.send(newer)[0]["code"] == "schema-newer"
    odd = field.seal("note", {"meeting": str(running.pk), "point": "Lama", "warna": "merah"})
    assert field.send(odd)[0]["state"] == "applied" and row_of(odd).flags == ["extra"]
    unknown = field.seal("hologram", {"meeting": str(running.pk)})
    assert field.send(unknown)[0]["code"] == "kind-unknown"


def test_a_body_whose_fields_cannot_be_taken_names_them(field, note, running):
    sent = field.seal("note", {"meeting": "bukan", "point": "x" * 4001, "speaker": 7})
    result = field.send(sent)[0]
    assert (result["state"], result["code"]) == ("review", "body-fields")
    assert all(name in result["message"] for name in ("meeting", "point", "speaker"))
    assert field.send(field.seal("note", ["daftar"]))[0]["code"] == "body-unreadable"


def test_a_key_that_was_replaced_meanwhile_still_opens_what_was_sealed_for_it(field, note, time, village):
    sent = note()
    administrator = people.administrator(village).hat()
    rotate_key(actor=administrator, at=time.now)
    old = field.phone.server_key
    content = field.take()
    assert content["server_key"]["id"] != old and content["previous_keys"] == [old]
    time.pass_(days=10)
    assert [each["state"] for each in field.send(sent, note("Baru"))] == ["applied"] * 2


def test_a_missing_key_is_quarantine_until_it_is_put_back(field, note, time):
    kept = ServerKey.objects.get()
    sent = note()
    with setting_up():
        Package.objects.all().delete()
        ServerKey.objects.all().delete()
    assert field.send(sent)[0]["code"] == "key-unknown"
    with setting_up():
        kept.save(force_insert=True)
    assert keys_came_back(at=time.now) == 1 and field.states(sent["id"]) == ["applied"]


def test_a_server_without_a_key_that_is_out_takes_nothing_and_says_so_at_the_start(field, note, settings):
    sent = note()
    with setting_up():
        ServerKey.objects.all().delete()
    answer = field.post("amplop", {"envelopes": [sent]})
    assert (answer.status_code, answer.json()["code"]) == (503, "offline-keys-lost")
    assert Envelope.objects.count() == 0
    with pytest.raises(Exception, match=r"offline.E001"):
        call_command("check", databases=["default"])


def test_another_secret_than_the_one_that_sealed_the_key_takes_nothing(field, note, settings):
    settings.SECRET_KEY = "yang lain sama sekali"
    assert field.post("amplop", {"envelopes": [note()]}).status_code == 503
    with pytest.raises(Exception, match=r"offline.E002"):
        call_command("check", databases=["default"])


def restored_to_before(field: Field) -> None:
    """Take the database back to a moment before the phone was known: what a restore of an older backup does."""
    with setting_up():
        Attendance.objects.all().delete()
        SpokenNote.objects.all().delete()
        Part.objects.all().delete()
        Envelope.objects.all().delete()
        Package.objects.all().delete()
        Device.objects.all().delete()


def test_a_server_restored_from_an_older_backup_gets_everything_again_and_nothing_twice(field, running, note):
    sent = [note(f"Catatan {number}") for number in range(7)]
    sent += [field.seal("attendance", guest(str(running.pk), f"Tamu {number}")) for number in range(5)]
    acknowledged = {each["id"] for each in field.send(*sent)}
    restored_to_before(field)
    # The phone asks first, learns that it is not known, sends all the same, and its person signs in once.
    ids = [each["id"] for each in sent]
    assert field.post("keadaan", field.phone.asking(ids, at=field.time.now)).status_code == 403
    assert {each["code"] for each in field.send(*sent)} == {"device-unknown"}
    assert field.register().status_code == 200
    assert field.states(*ids) == ["applied"] * 12
    field.send(*sent)
    stored = {str(key) for key in Envelope.objects.values_list("envelope_id", flat=True)}
    assert acknowledged - stored == set() and stored - acknowledged == set()
    assert (SpokenNote.objects.count(), Attendance.objects.count()) == (7, 5)
    assert all(row.flags == ["package-unknown"] for row in Envelope.objects.all())


def test_somebody_whose_task_has_ended_can_still_make_a_restored_server_know_their_phone(field, note, time):
    sent = note()
    field.send(sent)
    restored_to_before(field)
    with setting_up():
        Assignment.objects.filter(pk=field.assignment.pk).update(end_date=(time.now - timedelta(days=1)).date())
    field.send(sent)
    assert field.register().status_code == 200
    assert (field.states(sent["id"]), row_of(sent).code) == (["review"], "right-not-then")
    answer = field.post("paket", {"device": field.phone.id, "village": field.village}, client=field.desk)
    assert answer.status_code == 403


def test_a_restored_server_that_knows_the_phone_names_what_it_lacks(field, note):
    kept, lost = note("Tetap"), note("Hilang")
    field.send(kept, lost)
    with setting_up():
        SpokenNote.objects.filter(pk=lost["id"]).delete()
        Envelope.objects.filter(envelope_id=lost["id"]).delete()
    assert field.states(kept["id"], lost["id"]) == ["applied", "unknown"]
    assert field.send(lost)[0]["state"] == "applied" and SpokenNote.objects.count() == 2


def test_records_that_came_back_with_the_backup_but_not_their_envelopes_are_recognised(field, note, running):
    sent, person = note(), field.seal("attendance", guest(str(running.pk)))
    field.send(sent, person)
    with setting_up():
        Envelope.objects.all().delete()
    assert [each["state"] for each in field.send(sent, person)] == ["applied"] * 2
    assert (SpokenNote.objects.count(), Attendance.objects.count()) == (1, 1)


def test_a_photo_whose_file_was_lost_with_the_disk_is_asked_for_again(field, running, settings, tmp_path):
    sent, parts = field.phone.photo(b"x" * 300_000, str(running.pk), "meeting", at=field.time.now)
    field.send(sent)
    first, second = parts
    assert field.put(first, parts[first]) == 204
    settings.MEDIA_ROOT = tmp_path / "lain"
    assert field.post("potongan/ada", {"parts": list(parts)}).json() == {"missing": [first, second]}


def test_nothing_of_a_sending_is_stored_when_the_answer_is_no(field, note):
    many = [note() for _ in range(51)]
    assert field.post("amplop", {"envelopes": many}).status_code == 413
    assert field.post("amplop", {"envelopes": [{"x": "y" * 1_100_000}]}).status_code == 413
    assert field.post("amplop", {"envelopes": "satu"}).status_code == 400
    assert field.wire.post(f"{API}amplop", "[" * 100_000, content_type="application/json").status_code == 400
    assert field.wire.get(f"{API}amplop").status_code == 405
    assert Envelope.objects.count() == 0


def test_an_entry_that_is_no_envelope_is_kept_as_it_stands_beside_the_others(field, note):
    good = note()
    odd = [7, None, {"id": good["id"]}, {"id": "x"}, {**note(), "captured_at": "2026-13-40T00:00:00.000Z"}]
    odd.append({**note(), "kind": "\ud800\x00"})
    answer = field.post("amplop", {"envelopes": [*odd, good]})
    results = answer.json()["results"]
    assert [each["state"] for each in results] == ["quarantine"] * 6 + ["applied"]
    assert [each["id"] for each in results][:4] == [None, None, good["id"], "x"]
    assert Envelope.objects.count() == 7


def test_strangers_do_not_fill_the_disk(field, time):
    stranger = Phone(field.phone.person, field.phone.assignment)
    stranger.take(field.content)
    for _ in range(60):
        sent = stranger.seal("note", {"x": 1}, at=time.now)
        assert field.post("amplop", {"envelopes": [sent]}).status_code == 200
    answer = field.post("amplop", {"envelopes": [stranger.seal("note", {}, at=time.now)]})
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")
    assert field.send_one("note", {"meeting": str(uuid.uuid4()), "point": "Milik sendiri"})["state"] == "waiting"


def test_parts_are_named_by_what_they_are(field, running):
    sent, parts = field.phone.photo(b"x" * 5000, str(running.pk), "meeting", at=field.time.now)
    [(key, data)] = parts.items()
    assert field.put(key, data) == 404
    field.send(sent)
    assert field.put(key, b"lain") == 422
    assert field.put("bukan-sidik", data) == 422
    assert field.put(key, b"x" * (256 * 1024 + 1)) == 413
    assert field.put(key, data) == 204
    assert (row_of(sent).state, row_of(sent).code) == ("review", "file-kind")


def test_the_signed_calls_need_no_session_and_the_others_need_one(field, village):
    assert [field.post(call, {}).status_code for call in ("perangkat", "paket")] == [401, 401]
    assert field.wire.get(f"{API}desa").status_code == 401
    told = field.desk.get(f"{API}desa").json()
    assert [(each["key"], each["assignment"]["role"]) for each in told["villages"]] == [(village.pk, "FAS")]
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(field.assignment.person)
    assert strict.post(f"{API}paket", "{}", content_type="application/json").status_code == 403
    assert strict.post(f"{API}potongan/ada", '{"parts": []}', content_type="application/json").status_code == 200


def test_a_question_about_records_that_was_signed_by_somebody_else_is_refused(field, note, time):
    sent = note()
    field.send(sent)
    asked = field.phone.asking([sent["id"]], at=time.now)
    assert field.post("keadaan", {**asked, "ids": [str(uuid.uuid4())]}).status_code == 403


def test_storing_is_committed_before_anything_is_applied(field, note, monkeypatch):
    seen = []

    def look(**_):
        seen.append((connection.in_atomic_block and len(connection.savepoint_ids), Envelope.objects.count()))
        return 0

    monkeypatch.setattr("rembuk.offline.services.receiving.settle", look)
    depth = len(connection.savepoint_ids)
    field.send(note())
    assert seen == [(depth, 1)] and transaction.get_connection().in_atomic_block
