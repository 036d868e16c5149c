"""The pages of a season: forms that keep what was typed, lists that stay quick, the calendar asked and moved."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories import people
from guidance.season import given
from rembuk.core import schedule
from rembuk.core.hat import Role
from rembuk.guidance.season import queries, services
from rembuk.guidance.season.building import built
from rembuk.guidance.season.models import Season, SeasonPlan, SeasonTeam
from rembuk.guidance.season.services import planning, repairing
from rembuk.shared import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def before_the_season(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: given.AT)


@pytest.fixture
def season():
    return given.opened()


@pytest.fixture
def plan(season):
    return first_plan(season)


@pytest.fixture
def client(season):
    return people.signed_in(people.holder(Role.STF))


def first_plan(season):
    instance, travel = planning.ready_instance(season)
    made = schedule.Planner(instance).first()
    kept = planning.store_plan(season, travel, instance, made, actor=given.staff(), at=clock.now())
    return queries.plan_by_id(kept.pk)


def page_of(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def place_of(plan, village):
    visit = plan.visits.get(village__name=village)
    return visit.village_id, str(visit.team_id), visit.day.isoformat()


def address(plan, end=""):
    return f"/jadwal/rencana/{plan.pk}/{end}"


@pytest.mark.parametrize(
    "end",
    [
        *("", "aturan/", "desa/", "desa/?cari=uji&minta=tutup", "desa.xlsx", "tim/", "tim/baru/"),
        *("narasumber/", "narasumber/baru/", "perjalanan/", "perjalanan.xlsx"),
    ],
)
def test_every_part_of_a_season_opens(client, season, end):
    assert client.get(f"/jadwal/{season.pk}/{end}").status_code == 200


@pytest.mark.parametrize(
    "end",
    [
        *("", "?minggu=2", "daftar/", "daftar.xlsx", "angka/", "belum/", "peta/", "peta/?warna=minggu"),
        *("geser/", "terbitkan/", "gangguan/", "jawaban/"),
    ],
)
def test_every_part_of_a_plan_opens(client, plan, end):
    assert client.get(address(plan, end)).status_code == 200


def test_a_refused_season_keeps_what_was_typed(client):
    typed = {
        "kunci": str(uuid4()),
        "nama": "Musim hujan",
        "tahun": "2026",
        "mulai": "2026-08-01",
        "selesai": "2026-07-01",
    }
    text = page_of(client.post("/jadwal/baru/", {**typed, "air": "normal", "perahu": "0", "kursi": "0"}), 400)
    assert ("Musim hujan" in text, "mendahului" in text, Season.objects.count()) == (True, True, 1)


def test_a_refused_team_keeps_its_members_and_its_closed_days(client, season):
    typed = {"kunci": str(uuid4()), "nama": "Tim C", "pangkalan": "Kota", "kursi": "8", "tutup": "2026-07-09 rapat"}
    text = page_of(
        client.post(f"/jadwal/{season.pk}/tim/baru/", {**typed, "anggota": ["Ani", "Edi"], "jk": ["P", ""]}), 400
    )
    assert all(words in text for words in ("Ani", "Edi", "2026-07-09 rapat", "Pilih L atau P untuk Edi"))
    assert SeasonTeam.objects.count() == 2


def test_a_team_without_a_woman_is_said_on_its_lists(client, season):
    typed = {"kunci": str(uuid4()), "nama": "Tim C", "pangkalan": "Kota", "kursi": "0", "anggota": ["Edi"], "jk": ["L"]}
    assert client.post(f"/jadwal/{season.pk}/tim/baru/", typed).status_code == 302
    assert "tanpa perempuan" in page_of(client.get(f"/jadwal/{season.pk}/tim/"))
    assert "Tim C belum punya anggota perempuan" in page_of(client.get(f"/jadwal/{season.pk}/"))


def test_what_a_village_asks_is_kept_and_a_wrong_line_is_shown_again(client, season):
    wish = season.wishes.first()
    refused = page_of(client.post(f"/jadwal/permintaan/{wish.pk}/", {"tutup": "2026-07-09", "bahasa": "kutai"}), 400)
    assert ("2026-07-09</textarea>" in refused, 'value="kutai"' in refused) == (True, True)
    client.post(f"/jadwal/permintaan/{wish.pk}/", {"tutup": "2026-07-09 panen", "pasar": "1", "prioritas": "80"})
    wish.refresh_from_db()
    assert (wish.market, wish.priority, wish.closed_days.get().reason) == (1, 80, "panen")


def test_the_list_of_villages_asks_the_same_number_of_queries_for_one_and_for_six(
    client, season, django_assert_max_num_queries
):
    counts = []
    for search in ("Uji 1", "Uji"):
        client.get(f"/jadwal/{season.pk}/desa/?cari={search}")
        with django_assert_max_num_queries(40) as seen:
            client.get(f"/jadwal/{season.pk}/desa/?cari={search}")
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_calendar_asks_no_more_queries_for_more_forums(client, plan, django_assert_max_num_queries):
    counts = []
    for end in ("daftar/?cari=Uji+1", "daftar/", ""):
        client.get(address(plan, end))
        with django_assert_max_num_queries(40) as seen:
            client.get(address(plan, end))
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[2] <= 18


def test_the_legs_are_read_from_a_sheet_and_a_wrong_row_is_named(client, season):
    wrong = SimpleUploadedFile("jalan.csv", b"dari,ke,menit\nKota,64.02.18.3001,banyak\n")
    text = page_of(
        client.post(f"/jadwal/{season.pk}/perjalanan/", {"air": "normal", "sumber": "Pak Ali", "berkas": wrong}), 409
    )
    assert ("Baris 2" in text, "Pak Ali" in text) == (True, True)


def test_an_estimate_without_coordinates_is_refused_in_words(client, season):
    text = page_of(client.post(f"/jadwal/{season.pk}/perjalanan/", {"air": "normal", "perkirakan": "ya"}), 409)
    assert "Letak ini belum diketahui" in text


def test_susun_jadwal_starts_the_job_that_shows_its_progress(client, season):
    answer = client.post(f"/jadwal/{season.pk}/susun/", {"benih": "3"})
    assert answer.status_code == 302
    assert "pekerjaan" in answer.url or "kemajuan" in answer.url or "tugas" in answer.url


def test_the_conflict_is_named_before_the_card_is_dropped(client, plan):
    first, team, day = place_of(plan, "Desa Uji 1")
    other = plan.visits.exclude(village_id=first).filter(team_id=team).first()
    taken = client.get(address(plan, "bentrok/"), {"desa": first, "tim": team, "tanggal": other.day.isoformat()}).json()
    assert (taken["ok"], any(other.village.name in line for line in taken["blocks"])) == (False, True)
    here = client.get(address(plan, "bentrok/"), {"desa": first, "tim": team, "tanggal": day}).json()
    assert (here["ok"], here["blocks"]) == (True, [])


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"tanggal": "2026-07-11"}, "di luar musim"),
        ({"tanggal": "kapan"}, "di luar musim"),
        ({"tim": "x"}, "tidak bisa"),
    ],
)
def test_a_question_that_makes_no_sense_gets_an_answer(client, plan, query, words):
    first, team, day = place_of(plan, "Desa Uji 1")
    answer = client.get(address(plan, "bentrok/"), {"desa": first, "tim": team, "tanggal": day, **query}).json()
    assert (answer["ok"], words in answer["head"]) == (False, True)


def test_a_village_hat_may_not_ask_about_moves(plan):
    village = plan.visits.first().village
    assert people.signed_in(people.holder(Role.SDK, village)).get(address(plan, "bentrok/")).status_code == 404


def test_a_forum_is_moved_by_the_plain_form_and_the_plan_is_a_newer_one(client, plan):
    first, team, _day = place_of(plan, "Desa Uji 1")
    free = {"versi": plan.version, "desa": first, "tim": team, "tanggal": "2026-07-28"}
    assert "bisa ke" in page_of(client.post(address(plan, "geser/"), {**free, "periksa": "ya"}))
    assert client.post(address(plan, "geser/"), free).url == f"{address(plan)}#d-{first}"
    moved = queries.plan_by_id(plan.pk)
    assert (place_of(moved, "Desa Uji 1")[2], moved.version) == ("2026-07-28", plan.version + 1)
    assert client.post(address(plan, "geser/"), free).status_code == 409


def test_a_refused_move_names_everything_and_keeps_the_choice(client, plan):
    first, team, day = place_of(plan, "Desa Uji 1")
    other = plan.visits.exclude(village_id=first).filter(team_id=team).first()
    typed = {"versi": plan.version, "desa": first, "tim": team, "tanggal": other.day.isoformat()}
    text = page_of(client.post(address(plan, "geser/"), typed), 409)
    assert f"sudah di {other.village.name}" in text
    assert f'value="{other.day.isoformat()}"' in text
    assert place_of(queries.plan_by_id(plan.pk), "Desa Uji 1")[2] == day


def test_a_forum_leaves_a_draft_and_its_page_says_why_it_has_none(client, plan):
    first = place_of(plan, "Desa Uji 6")[0]
    client.post(address(plan, "keluarkan/"), {"versi": plan.version, "desa": first})
    assert "masih mungkin" in page_of(client.get(address(plan, "belum/")))


def test_publishing_is_confirmed_and_then_the_plan_is_changed_by_a_draft_only(client, plan):
    assert "jadwal pertama yang terbit" in page_of(client.get(address(plan, "terbitkan/")))
    client.post(address(plan, "terbitkan/"), {"versi": plan.version})
    assert queries.plan_by_id(plan.pk).state == SeasonPlan.State.PUBLISHED
    assert "Mulai rancangan" in page_of(client.get(address(plan)))
    draft = client.post(address(plan, "rancangan/"))
    assert draft.url != address(plan)
    assert "Tidak ada yang berubah" in page_of(client.get(f"{draft.url}terbitkan/"))


def test_a_stale_confirmation_is_refused_in_words(client, plan):
    text = page_of(client.post(address(plan, "terbitkan/"), {"versi": plan.version + 1}), 409)
    assert "berubah sejak Anda membukanya" in text


def test_a_flood_is_answered_twice_side_by_side(client, plan, monkeypatch):
    monkeypatch.setattr(repairing, "SEARCH_SECONDS", 0.2)
    first, _team, day = place_of(plan, "Desa Uji 3")
    answer = client.post(
        address(plan, "gangguan/"), {"jenis": "air", "desa": first, "mulai": day, "alasan": "banjir Belayan"}
    )
    text = page_of(client.get(answer.url))
    assert text.count("Buka jadwal ") == 2
    assert ("tanggal baru" in text, "banjir Belayan" in text) == (True, True)


def test_a_trouble_that_concerns_nobody_is_refused_and_keeps_its_words(client, plan):
    typed = {"jenis": "air", "mulai": "2026-07-08", "alasan": "banjir Belayan"}
    text = page_of(client.post(address(plan, "gangguan/"), typed), 409)
    assert ("banjir Belayan" in text, "Pilih desa, tim, atau narasumber" in text) == (True, True)


def test_the_prints_hold_times_ways_and_the_feed(client, plan):
    first, team, _day = place_of(plan, "Desa Uji 1")
    visit = built(plan).plan.by_village()[first]
    start = f"{visit.start // 60:02d}.{visit.start % 60:02d}"
    of_team, of_village = client.get(address(plan, f"tim/{team}/")), client.get(address(plan, f"desa/{first}/"))
    for text in (page_of(of_team), page_of(of_village)):
        assert (start in text, "/jadwal/kalender/" in text, "Kota 06." in text or "→" in text) == (True, True, True)


def test_a_village_sees_its_own_day_only_once_the_plan_is_in_force(client, plan):
    village = plan.visits.get(village__name="Desa Uji 2").village
    office = people.signed_in(people.holder(Role.SDK, village))
    assert office.get(address(plan, "daftar/")).status_code == 404
    services.publish(plan_id=plan.pk, version=plan.version, actor=given.staff(), at=clock.now())
    text = page_of(office.get(address(plan), follow=True))
    assert ("Desa Uji 2" in text, "Desa Uji 3" in text) == (True, False)
    team = plan.visits.get(village=village).team_id
    text = page_of(office.get(address(plan, f"tim/{team}/")))
    assert ("Desa Uji 2" in text, "jadwal/kalender" in text) == (True, False)
    assert "Desa Uji 3" not in page_of(office.get(address(plan, "peta/")))
