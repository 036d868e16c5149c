"""The pages of forums: what each hat sees and can press, in a constant number of queries, without JavaScript."""

import io
import uuid
import zipfile

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from deliberation import given as meetings
from factories import people, places
from guidance.facilitation.given import EARLY, HELD, NOW, REASON, asked, later, proven, ready, scheduled, with_team
from guidance.mentoring import given as mentoring
from rembuk.core.hat import Role
from rembuk.cycles.services import open_cycle
from rembuk.guidance.facilitation import forum_duties, services
from rembuk.guidance.facilitation.models import Answer, Facilitation, Guide, Turn
from rembuk.guidance.facilitation.panels import panels_of_cycles
from rembuk.guidance.facilitation.services import GroupValues
from rembuk.shared import clock
from rembuk.shared.trail.testing import setting_up


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def client(village):
    def make(role, **more):
        with setting_up():
            return people.signed_in(people.holder(Role(role), village, username=f"klien.{role}", **more))

    return make


def at(name, forum):
    return reverse(f"facilitation:{name}", args=(forum.pk,))


def text_of(response):
    return response.content.decode()


def test_the_regency_asks_for_all_villages_by_one_button(cycle, other_cycle, client):
    staff = client("STF")
    assert "Minta 2 forum" in text_of(staff.get(reverse("facilitation:list")))
    shown = text_of(staff.post(reverse("facilitation:request"), {"tahun": "2027"}, follow=True))
    assert "2 forum dibuka." in shown and "Minta 2 forum" not in shown
    assert Facilitation.objects.count() == 2


def test_the_list_filters_by_the_state_that_the_meeting_has_led_to_and_exports_the_same(
    cycle, other_cycle, staff, secretary, head, client
):
    ready(cycle, staff)
    proven(cycle, secretary, head)
    asked(other_cycle, staff)
    person, address = client("STF"), reverse("facilitation:list")
    shown = text_of(person.get(address, {"keadaan": "minutes_signed"}))
    assert "Melintang" in shown and "Enggelam" not in shown and "1 Musrenbang terfasilitasi" in shown
    sheet = person.get(reverse("facilitation:export"), {"keadaan": "minutes_signed"}).content
    rows = list(openpyxl.load_workbook(io.BytesIO(sheet)).active.values)
    assert [row[1] for row in rows] == ["desa", "Melintang"] and rows[1][6] == "belum"
    assert "Tidak ada yang cocok" in text_of(person.get(address, {"cari": "tiada"}))


def queries_of(person, address):
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert person.get(address).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", ["list", "board"])
def test_lists_ask_the_same_number_of_queries_for_one_and_three_forums(
    cycle, other_cycle, staff, secretary, head, client, name
):
    person, address = client("STF"), reverse(f"facilitation:{name}")
    with_team(scheduled(cycle, staff, later(30)), staff)
    person.get(address)
    one = queries_of(person, address)
    third = open_cycle(village=places.perian(), plan_year=2026, actor=staff, at=EARLY)
    asked(other_cycle, staff), asked(third, staff)
    assert queries_of(person, address) == one


def test_the_board_says_in_its_title_how_many_count(cycle, other_cycle, staff, secretary, head, camat, client):
    forum = ready(cycle, staff)
    proven(cycle, secretary, head)
    services.verify_forum(forum_id=forum.pk, actor=camat, at=NOW)
    shown = text_of(client("KDP").get(reverse("facilitation:board")))
    assert "1 dari 2 desa sudah Musrenbang dengan bukti terverifikasi" in shown and "100 %" in shown


def test_a_day_and_a_team_are_given_by_forms(cycle, staff, client):
    forum, office = asked(cycle, staff), client("SDK")
    assert "Harinya belum diisi" in text_of(office.post(at("schedule", forum), {"hari": ""}))
    assert "sudah lewat" in text_of(office.post(at("schedule", forum), {"hari": "2026-01-02"}))
    office.post(at("schedule", forum), {"hari": "2026-07-01"})
    assert Facilitation.objects.get().state == "scheduled"
    typed = {"kunci": str(uuid.uuid4()), "nama": "Nurhayati Idris", "kelamin": "", "tugas": "guide"}
    refused = office.post(at("join", forum), typed)
    assert refused.status_code == 400 and 'value="Nurhayati Idris"' in text_of(refused)
    shown = text_of(office.post(at("join", forum), {**typed, "kelamin": "P"}, follow=True))
    assert "Anggota tim tersimpan." in shown and "Nurhayati Idris" in shown
    left = office.post(reverse("facilitation:leave", args=(Guide.objects.get().pk,)), follow=True)
    assert "Anggota tim dilepas." in text_of(left) and not Guide.objects.exists()


def test_a_forum_without_a_facilitator_says_who_stands_in(cycle, staff, client, district):
    shown = text_of(client("SDK").get(at("forum", scheduled(cycle, staff))))
    assert "Peran Pemandu musyawarah sedang kosong" in shown and district.name in shown


def test_the_gate_names_what_is_open_and_offers_the_override_only_to_those_who_may(cycle, staff, client):
    forum = with_team(scheduled(cycle, staff, later(30)), staff)
    village, district = client("SDK"), client("PTP")
    shown = text_of(village.get(at("forum", forum)))
    assert "Belum siap: 8 syarat wajib" in shown and "Alasan tetap dijalankan" not in shown
    assert "Nyatakan siap" not in shown
    refused = district.post(at("ready", forum), {"alasan_siap": ""})
    assert refused.status_code == 409 and "Surat pagu sudah di tangan" in text_of(refused)
    done = text_of(district.post(at("ready", forum), {"alasan_siap": REASON}, follow=True))
    assert "Forum siap dijalankan." in done and REASON in done


def test_the_screen_opens_at_the_phase_of_today(cycle, staff, secretary, client):
    forum = ready(cycle, staff, HELD)
    person = client("FAS")
    assert "Yang berbicara" in text_of(person.get(at("screen", forum)))
    with setting_up():
        Facilitation.objects.update(day=later(60))
    shown = text_of(person.get(at("screen", forum)))
    assert "Yang berbicara" not in shown and "Surat pagu sudah di tangan" in shown


def test_answers_are_given_by_a_form_and_facts_cannot_be_ticked(cycle, staff, client):
    forum, person = with_team(scheduled(cycle, staff, later(30)), staff), client("FAS")
    shown = text_of(person.get(at("screen", forum)))
    assert 'name="butir-B14"' in shown and 'name="butir-B04"' not in shown and "Terjawab oleh data" in shown
    typed = {"kunci": str(uuid.uuid4()), "fase": "sebelum", "butir-B14": "yes", "catatan-B14": "Di dermaga"}
    person.post(at("answer", forum), typed)
    person.post(at("answer", forum), typed)
    assert list(Answer.objects.values_list("code", "value", "note")) == [("B14", "yes", "Di dermaga")]
    assert 'value="Di dermaga"' in text_of(person.get(at("screen", forum)))


def test_taps_work_as_a_form_and_as_a_fragment(cycle, staff, client):
    forum, person = ready(cycle, staff), client("FAS")
    key = str(uuid.uuid4())
    for _time in range(2):
        back = person.post(at("count", forum), {"kunci": key, "kelamin": "P", "fase": "saat"})
    assert back.status_code == 302 and back.headers["Location"].endswith("?fase=saat#bicara")
    part = text_of(person.post(at("count", forum), {"kelamin": "L"}, headers={"HX-Request": "true"}))
    assert part.startswith('<section class="sheet gap-top" id="bicara">') and "50 % perempuan" in part
    last = Turn.objects.order_by("-received_at", "-id").first()
    person.post(reverse("facilitation:strike", args=(last.pk,)), {"fase": "saat"})
    assert Turn.objects.filter(struck_at__isnull=True).count() == 1
    refused = person.post(at("count", forum), {"kelamin": "P", "jumlah": "banyak", "fase": "saat"})
    assert refused.status_code == 400 and "Tulis jumlah 1 sampai 500" in text_of(refused)


def test_small_groups_and_sheltered_ones_are_shown_without_numbers(cycle, staff, client):
    forum = scheduled(cycle, staff, HELD)
    groups = (
        GroupValues("Kelompok ibu", HELD, men=0, women=9, kind="PEREMPUAN"),
        GroupValues("Pemuda hulu", HELD, men=3, women=1, kind="PEMUDA"),
        GroupValues("Penyandang disabilitas", HELD, men=4, women=6, kind="DIFABEL"),
    )
    for values in groups:
        services.record_group(forum_id=forum.pk, group_id=uuid.uuid4(), values=values, actor=staff, at=NOW)
    shown = text_of(client("SDK").get(at("recorded", forum)))
    assert "9 orang (L 0, P 9)" in shown
    assert shown.count("terwakili") == 2 and "4 orang" not in shown and "10 orang" not in shown


def test_reactions_are_shown_from_five_on(cycle, staff, client):
    forum, person = scheduled(cycle, staff, HELD), client("SDK")
    points = {f"nilai-{number}": "4" for number in range(1, 6)}
    for number in range(5):
        assert "4,0" not in text_of(person.get(at("recorded", forum)))
        form = {**points, "kunci": str(uuid.uuid4()), "kalimat": f"Kalimat {number}"}
        person.post(at("reaction", forum), form)
    shown = text_of(person.get(at("recorded", forum)))
    assert "4,0" in shown and "Kalimat 3" in shown


def test_a_refused_tool_keeps_what_was_typed(cycle, staff, client):
    forum = scheduled(cycle, staff, HELD)
    typed = {"formulir": "tool", "alat": "venn", "tujuan": "Melihat lembaga", "usulan": "MLT-27-9999"}
    refused = client("FAS").post(at("tool", forum), typed)
    shown = text_of(refused)
    assert refused.status_code == 400 and 'value="Melihat lembaga"' in shown
    assert "Usulan MLT-27-9999 tidak ada di desa ini" in shown


def test_the_briefing_says_what_is_known_and_what_is_not(cycle, staff, client):
    shown = text_of(client("FAS").get(at("brief", asked(cycle, staff))))
    for words in ("belum dimuat untuk desa ini", "Pagu belum diketahui", "Belum ada usulan yang terkumpul"):
        assert words in shown


def test_the_briefing_names_what_the_village_still_owes_from_visits(cycle, staff, client, village):
    team = people.holder(Role.PTP, village, username="kunjungan").hat()
    owed = mentoring.promise(team)
    shown = text_of(client("FAS").get(at("brief", asked(cycle, staff))))
    assert owed.recommendation in shown and "Tidak ada tindak lanjut terbuka" not in shown


def test_evidence_is_one_page_and_one_archive(cycle, staff, secretary, head, client):
    forum = ready(cycle, staff)
    proven(cycle, secretary, head)
    person = client("CAM")
    shown = text_of(person.get(at("evidence", forum)))
    assert "Bukti lengkap" in shown and "Verifikasi bukti" in shown
    answer = person.get(at("archive", forum))
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert {"foto-01.jpg", "foto-02.jpg", "00-daftar.csv"} <= set(names)
    assert [name for name in names if name.endswith(".pdf")] == ["01-F03.pdf", "02-F04.pdf", "03-F05.pdf"]
    assert person.get(at("archive", forum)).content == answer.content
    assert "Bukti terverifikasi. Forum ini terhitung" in text_of(person.post(at("verify", forum), follow=True))


def test_readers_from_outside_the_office_get_no_archive_and_no_notes(cycle, staff, secretary, head, client):
    forum = ready(cycle, staff)
    proven(cycle, secretary, head)
    reader = client("BAP")
    assert reader.get(at("evidence", forum)).status_code == 200
    assert reader.get(at("archive", forum)).status_code == 403
    assert reader.get(at("recorded", forum)).status_code == 403


def test_duties_follow_the_forum_from_preparation_to_verification(cycle, staff, secretary, head, camat):
    def titles(hat):
        return [duty.title for duty in forum_duties.of_hat(hat, HELD)]

    forum = with_team(scheduled(cycle, staff), staff)
    invite = "Rencanakan Musrenbang dan kirim undangan"
    assert titles(secretary) == [invite, "Siapkan Musrenbang"] and titles(camat) == []
    services.make_ready(forum_id=forum.pk, actor=staff, at=EARLY, reason=REASON)
    assert titles(secretary) == [invite, "Pandu Musrenbang"]
    proven(cycle, secretary, head, photos=1)
    services.follow_meeting(forum_id=forum.pk, actor=staff, at=NOW)
    [duty] = forum_duties.of_hat(secretary, HELD)
    assert (duty.title, duty.missing, duty.due) == (
        "Lengkapi bukti Musrenbang", ("Foto kurang dari dua.",), later(7),
    )  # fmt: skip
    assert titles(camat) == ["Verifikasi bukti 1 Musrenbang"]


def test_a_cycle_shows_its_forum(cycle, staff):
    forum = scheduled(cycle, staff)
    panel = panels_of_cycles([cycle.pk], staff)[cycle.pk]
    assert (panel.rows[0], panel.link) == (("Keadaan", "dijadwalkan"), at("forum", forum))


def test_the_invitation_with_another_day_is_seen_on_the_page(cycle, staff, secretary, client):
    forum = scheduled(cycle, staff, later(30))
    meetings.invited(cycle, secretary, "MUSREN")
    assert "di undangan 10 Juni 2026" in text_of(client("SDK").get(at("forum", forum)))
