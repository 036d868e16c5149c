"""The pages of the office: what waits, both versions side by side, who is out, lost phones, the file by cable."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from deliberation import given as meetings
from factories import people, places
from offline.given import Field, guest, meeting_body, row_of
from offline.test_cable import zipped
from rembuk.core.hat import Role
from rembuk.cycles import duties
from rembuk.deliberation.models import Meeting
from rembuk.deliberation.services import save_section
from rembuk.offline.models import Device, Envelope, ServerKey
from rembuk.offline.services import revoke_device

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(cycle, secretary, time):
    return meetings.running(cycle, secretary.hat())


@pytest.fixture
def desk(secretary, running) -> Client:
    return people.signed_in(secretary)


@pytest.fixture
def conflict(field, running, secretary, time):
    """Minutes that were written on both sides."""
    hat = secretary.hat()
    save_section(meeting_id=running.pk, section="discussion", text="Versi <kantor>", based_on=0, actor=hat, at=time.now)
    sent = field.seal(
        "minutes", {"meeting": str(running.pk), "section": "discussion", "text": "Versi lapangan", "base": 0}
    )
    assert field.send(sent)[0]["state"] == "review"
    return sent


def text(answer) -> str:
    return answer.content.decode()


def test_both_versions_stand_side_by_side_and_the_choice_is_kept(desk, conflict, running):
    row = row_of(conflict)
    shown = text(desk.get(reverse("offline:envelope", args=[row.pk])))
    assert "Versi lapangan" in shown and "Versi &lt;kantor&gt;" in shown and "beda" in shown
    answer = desk.post(reverse("offline:decide", args=[row.pk]), {"pilihan": "mine"})
    assert answer.status_code == 302
    running.refresh_from_db()
    assert running.minutes["discussion"]["text"] == "Versi lapangan"
    shown = text(desk.get(reverse("offline:envelope", args=[row.pk])))
    assert "dimasukkan, memakai isi dari lapangan" in shown and 'name="pilihan"' not in shown


def test_a_decision_without_its_reason_keeps_what_was_chosen(desk, conflict):
    row = row_of(conflict)
    answer = desk.post(reverse("offline:decide", args=[row.pk]), {"pilihan": "aside", "alasan": " "})
    assert answer.status_code == 400 and "Tulis alasannya" in text(answer)
    assert 'value="aside" required checked' in text(answer)
    assert row_of(conflict).state == "review"


def test_two_deciders_at_once_do_not_overwrite_each_other(desk, conflict):
    address = reverse("offline:decide", args=[row_of(conflict).pk])
    assert desk.post(address, {"pilihan": "theirs"}).status_code == 302
    assert desk.post(address, {"pilihan": "theirs"}).status_code == 302
    answer = desk.post(address, {"pilihan": "mine"})
    assert answer.status_code == 409 and "sudah diputuskan" in text(answer)
    assert desk.post(address, {"pilihan": "join", "musyawarah": "bukan"}).status_code == 409


def test_a_meeting_of_the_same_day_is_joined_from_its_page(desk, field, running):
    sent = field.seal("meeting", meeting_body(scheduled_at="2026-06-10T03:00:00.000Z"))
    field.send(sent)
    row = row_of(sent)
    assert running.title in text(desk.get(reverse("offline:envelope", args=[row.pk])))
    told = {"pilihan": "join", "musyawarah": str(running.pk)}
    assert desk.post(reverse("offline:decide", args=[row.pk]), told).status_code == 302
    assert row_of(sent).object_key == running.pk and Meeting.objects.count() == 1


def test_what_is_in_a_record_is_shown_only_to_those_who_decide(conflict, village, secretary):
    row = row_of(conflict)
    reader = people.signed_in(people.holder(Role.KAD, village))
    shown = text(reader.get(reverse("offline:envelope", args=[row.pk])))
    assert "Versi lapangan" not in shown and "Yang memutuskan" in shown
    assert reader.post(reverse("offline:decide", args=[row.pk]), {"pilihan": "mine"}).status_code == 403
    elsewhere = people.signed_in(people.secretary(places.enggelam()))
    assert elsewhere.get(reverse("offline:envelope", args=[row.pk])).status_code == 404


def test_the_list_is_filtered_in_the_address_and_exported_as_it_is_shown(desk, field, running, conflict):
    field.send(*[field.seal("attendance", guest(str(running.pk), f"Tamu {number}")) for number in range(3)])
    shown = text(desk.get(reverse("offline:office")))
    assert "4 kiriman lapangan" in shown and "1 tertahan" in shown
    held = text(desk.get(reverse("offline:office"), {"keadaan": "tertahan"}))
    assert "1 kiriman lapangan cocok" in held
    assert "3 kiriman" in text(desk.get(reverse("offline:office"), {"jenis": "attendance"}))
    assert "4 kiriman" in text(desk.get(reverse("offline:office"), {"cari": "hp lapangan"}))
    assert "1 kiriman" in text(desk.get(reverse("offline:office"), {"cari": conflict["id"]}))
    assert "Tidak ada yang cocok" in text(desk.get(reverse("offline:office"), {"tanda": "clock"}))
    answer = desk.get(reverse("offline:export"), {"keadaan": "tertahan"})
    assert answer.status_code == 200 and answer.content[:2] == b"PK"


def test_the_lists_ask_the_database_equally_often_for_one_and_for_many(
    desk, field, running, django_assert_max_num_queries, time, village
):
    counts = []
    for number in (1, 5):
        field.send(*[field.seal("attendance", guest(str(running.pk), f"{number} {n}")) for n in range(number)])
        if number == 5:
            Field(people.holder(Role.TIM, village), time)
        each = []
        for name in ("office", "packages", "devices"):
            with django_assert_max_num_queries(20) as asked:
                assert desk.get(reverse(f"offline:{name}")).status_code == 200
            each.append(len(asked))
        counts.append(each)
    assert counts[0] == counts[1]


def test_who_is_out_and_until_when_is_seen_until_it_is_over(desk, field, time):
    shown = text(desk.get(reverse("offline:packages")))
    assert "1 paket di luar" in shown and "20 Juli 2026" in shown and "FAS Melintang" in shown
    time.pass_(days=31)
    assert "Tidak ada paket di luar" in text(desk.get(reverse("offline:packages")))
    assert "sudah lewat" in text(desk.get(reverse("offline:packages"), {"semua": "ya"}))


def test_a_lost_phone_is_revoked_with_a_reason(desk, field, secretary):
    address = reverse("offline:revoke", args=[field.phone.id])
    assert "HP lapangan" in text(desk.get(address))
    assert desk.post(address, {"alasan": ""}).status_code == 400
    assert desk.post(address, {"alasan": "Jatuh ke sungai"}).status_code == 302
    row = Device.objects.get()
    assert (row.revoked_reason, row.revoked_by) == ("Jatuh ke sungai", secretary.person_id)
    assert "Jatuh ke sungai" in text(desk.get(reverse("offline:devices"), {"keadaan": "dicabut"}))
    again = revoke_device(device_id=row.pk, reason="Lagi", actor=secretary.hat(), at=row.revoked_at + timedelta(days=1))
    assert again.revoked_reason == "Jatuh ke sungai"


def test_the_file_by_cable_is_taken_in_at_its_page(desk, field, running):
    sent = field.seal("attendance", guest(str(running.pk)))
    file = SimpleUploadedFile("lapangan.zip", zipped([sent]))
    assert "1 catatan dari berkas tersimpan" in text(desk.post(reverse("offline:bring"), {"berkas": file}))
    assert row_of(sent).state == "applied"
    wrong = SimpleUploadedFile("foto.jpg", b"bukan")
    answer = desk.post(reverse("offline:bring"), {"berkas": wrong})
    assert answer.status_code == 400 and "bukan kiriman lapangan" in text(answer)
    assert desk.post(reverse("offline:bring")).status_code == 400


def test_those_who_decide_have_a_duty_while_something_stands(conflict, field, secretary, village, time, desk):
    hat = secretary.hat()
    [duty] = [each for each in duties.of(hat, time.now.date()) if each.key.startswith("offline")]
    assert duty.title == "Putuskan 1 kiriman lapangan" and duty.link.endswith(f"?desa={village.pk}")
    officer = people.division_head(village)
    assert any(each.key.startswith("offline") for each in duties.of(officer.hat(), time.now.date()))
    desk.post(reverse("offline:decide", args=[row_of(conflict).pk]), {"pilihan": "theirs"})
    waiting = field.seal("note", {"meeting": str(uuid.uuid4()), "point": "Menunggu"})
    field.send(waiting)
    assert not any(each.key.startswith("offline") for each in duties.of(hat, time.now.date()))
    time.pass_(days=4)
    assert any(each.key.startswith("offline") for each in duties.of(hat, time.now.date()))


def test_what_nobody_can_place_is_seen_by_the_regency(desk, field, village):
    field.post("amplop", {"envelopes": [{"apa": "ini"}]})
    assert "0 kiriman" in text(desk.get(reverse("offline:office")))
    officer = people.signed_in(people.division_head(village))
    assert "tidak terbaca" in text(officer.get(reverse("offline:office")))
    row = Envelope.objects.get()
    assert officer.get(reverse("offline:envelope", args=[row.pk])).status_code == 200
    told = {"pilihan": "aside", "alasan": "Bukan catatan"}
    assert officer.post(reverse("offline:decide", args=[row.pk]), told).status_code == 302
    row.refresh_from_db()
    assert row.state == "set_aside"


def test_only_the_administrator_replaces_the_key(desk, field, village):
    assert desk.post(reverse("offline:rotate")).status_code == 403
    administrator = people.signed_in(people.administrator(village))
    assert administrator.post(reverse("offline:rotate")).status_code == 302
    assert (ServerKey.objects.count(), ServerKey.objects.filter(at_work=True).count()) == (2, 1)
