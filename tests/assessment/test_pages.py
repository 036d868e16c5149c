"""The pages of the assessment: what forty people do with it, with and without a script."""

import uuid

import pytest
from django.urls import reverse

from assessment.given import whole_assessment
from factories import people
from factories.samples_assessment import action_in, entry_in
from rembuk.assessment.models import Action, Assessment, Entry, Institution, ProblemTree, Score, Sketch
from rembuk.core.hat import Role
from rembuk.proposals.models import Proposal

PAGES = ("sketches", "seasons", "institutions", "trees", "studies", "report")


@pytest.fixture
def studied(village, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return whole_assessment(village)


def at(route, *args):
    return reverse(f"assessment:{route}", args=args)


def test_the_team_opens_an_assessment_and_a_double_press_opens_no_second(village, client_of):
    form = {"kunci": str(uuid.uuid4()), "mulai": "2027", "akhir": "2034"}
    first = client_of.post(at("open"), form)
    second = client_of.post(at("open"), form)
    assert (first.status_code, first.url, Assessment.objects.count()) == (302, second.url, 1)


def test_a_period_that_cannot_be_is_refused_with_what_was_typed(village, client_of):
    answer = client_of.post(at("open"), {"mulai": "2027", "akhir": "2029"})
    assert (answer.status_code, Assessment.objects.count()) == (400, 0)
    assert 'value="2029"' in answer.content.decode()


@pytest.mark.parametrize("route", PAGES)
@pytest.mark.parametrize("hall", ["", "?layar=1"])
def test_every_tool_opens_empty_and_filled_on_a_desk_and_before_a_hall(
    village, client_of, assessment, settings, tmp_path, route, hall
):
    settings.MEDIA_ROOT = tmp_path
    assert client_of.get(at(route, assessment.id) + hall).status_code == 200
    whole_assessment(village)
    page = client_of.get(at(route, assessment.id) + hall).content.decode()
    assert ('class="pkd pkd-hall' in page) == bool(hall)


def test_a_list_of_the_data_keeps_everything_typed_when_one_number_is_unreadable(assessment, client_of):
    row = assessment.data.filter(section="natural").first()
    form = {
        "jumlah": "2",
        "kunci-1": str(row.id),
        "versi-1": "1",
        "uraian-1": row.name,
        "volume-1": "dua belas",
        "kunci-2": str(uuid.uuid4()),
        "versi-2": "0",
        "uraian-2": "Sumur bor",
        "volume-2": "1.250,5",
    }
    answer = client_of.post(at("save_data", assessment.id, "natural"), form)
    page = answer.content.decode()
    assert (answer.status_code, "dua belas" in page, "Sumur bor" in page) == (400, True, True)
    assert not assessment.data.filter(name="Sumur bor").exists()
    assert client_of.post(at("save_data", assessment.id, "natural"), {**form, "volume-1": "12"}).status_code == 302
    stored = assessment.data.filter(section="natural", volume__isnull=False).order_by("volume")
    assert [(one.name, str(one.volume)) for one in stored] == [(row.name, "12.000"), ("Sumur bor", "1250.500")]


def test_a_stale_row_shows_what_was_typed_and_a_second_save_overwrites(assessment, client_of):
    row = assessment.data.filter(section="natural").first()
    address = at("save_data", assessment.id, "natural")
    form = {"jumlah": "1", "kunci-1": str(row.id), "versi-1": "1", "uraian-1": row.name, "volume-1": "7"}
    client_of.post(address, form)
    answer = client_of.post(address, {**form, "volume-1": "9"})
    assert (answer.status_code, 'value="9"' in answer.content.decode()) == (409, True)
    assert client_of.post(address, {**form, "volume-1": "9", "versi-1": "2"}).status_code == 302
    row.refresh_from_db()
    assert str(row.volume) == "9.000"


def test_a_point_is_set_by_two_numbers_without_any_script(assessment, client_of):
    client_of.post(at("add_sketch", assessment.id), {"judul": "Hulu", "alas": "empty", "kunci": str(uuid.uuid4())})
    sheet = Sketch.objects.get()
    form = {"alat": "sketch", "sketsa": str(sheet.id), "jenis": "problem", "isi": "Titian lapuk"}
    answer = client_of.post(at("add_entry", assessment.id), {**form, "dari_kiri": "12,5", "dari_atas": "100"})
    entry = Entry.objects.get()
    assert (answer.url, entry.x, entry.y) == (at("sketch", sheet.id), 125, 1000)
    refused = client_of.post(at("add_entry", assessment.id), {**form, "dari_kiri": "140", "dari_atas": "3"})
    assert (refused.status_code, Entry.objects.count()) == (400, 1)
    assert "Titian lapuk" in refused.content.decode()


def test_a_file_that_is_no_picture_begins_no_sketch(assessment, client_of, settings, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.MEDIA_ROOT = tmp_path
    form = {"judul": "Hulu", "alas": "picture", "gambar": SimpleUploadedFile("a.jpg", b"bukan gambar")}
    answer = client_of.post(at("add_sketch", assessment.id), form)
    assert (answer.status_code, Sketch.objects.count()) == (400, 0)


def test_a_press_in_the_calendar_answers_a_script_in_json_and_a_form_with_the_page(assessment, client_of, village):
    row = entry_in(village, "seasons")
    answer = client_of.post(at("mark", row.id), {"tanda": "4:2"}, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json()["saved"]) == (200, True)
    answer = client_of.post(at("mark", row.id), {"tanda": "5:1"})
    row.refresh_from_db()
    assert (answer.status_code, row.marks[3:7]) == (302, [0, 2, 1, 0])
    wrong = client_of.post(at("mark", row.id), {"tanda": "5:9"}, headers={"Accept": "application/json"})
    assert (wrong.status_code, wrong.json()["saved"]) == (400, False)


def test_institution_tree_study_and_points_go_through_plain_forms(assessment, client_of, village):
    client_of.post(at("add_institution", assessment.id), {"nama": "Posyandu", "dekat": "5", "besar": "3"})
    twice = client_of.post(at("add_institution", assessment.id), {"nama": "posyandu", "dekat": "4", "besar": "1"})
    assert (twice.status_code, Institution.objects.count()) == (409, 1)
    client_of.post(
        at("add_tree", assessment.id), {"inti": "Air kurang", "penyebab": "Pompa rusak\n  Tidak ada suku cadang"}
    )
    tree = ProblemTree.objects.get()
    assert "Tidak ada suku" in client_of.get(at("tree", tree.id)).content.decode()
    client_of.post(at("add_action", tree.problem_id), {"tindakan": "Beli pompa"})
    action = Action.objects.get()
    client_of.post(at("save_action", action.id), {"tindakan": "Beli pompa", "layak": "ya", "versi": "1"})
    grid = {f"C{n}_{action.id}": "4" for n in range(1, 6)}
    form = {**grid, "kelompok": "kelompok perempuan", "tanggal": "2026-01-05"}
    assert client_of.post(at("score", assessment.id, "action"), {**form, f"C1_{action.id}": "9"}).status_code == 400
    assert client_of.post(at("score", assessment.id, "action"), form).status_code == 302
    assert Score.objects.get().points == (4, 4, 4, 4, 4)


def test_a_feasible_action_shows_its_button_and_afterwards_its_number(assessment, client_of, village):
    action = action_in(village)
    page = client_of.get(at("study", action.problem_id)).content.decode()
    assert reverse("proposals:from_action", args=[action.id]) in page
    client_of.post(reverse("proposals:from_action", args=[action.id]))
    number = Proposal.objects.get().number
    page = client_of.get(at("study", action.problem_id)).content.decode()
    assert (number in page, reverse("proposals:from_action", args=[action.id]) in page) == (True, False)


def test_ideas_are_typed_as_a_list_and_a_wrong_row_keeps_all(assessment, client_of, village):
    hamlet = village.hamlets.first()
    address = reverse("proposals:record_ideas", args=[assessment.id])
    form = {"dusun": str(hamlet.id), "jumlah": "2", "kunci": str(uuid.uuid4()), "b0-usulan": "Titian", "b0-volume": "x"}
    wrong = client_of.post(address, {**form, "b1-usulan": "Dermaga"})
    assert (wrong.status_code, Proposal.objects.count(), "Dermaga" in wrong.content.decode()) == (400, 0, True)
    answer = client_of.post(address, {**form, "b0-volume": "86,5", "b1-usulan": "Dermaga"})
    assert (answer.status_code, list(Proposal.objects.values_list("title", "hamlet_id"))) == (
        302,
        [("Titian", hamlet.id), ("Dermaga", hamlet.id)],
    )
    assert "Dermaga" in client_of.get(answer.url).content.decode()


def test_the_inventories_gather_filter_and_export_what_they_show(studied, client_of):
    address = at("inventory", studied.id, "problem")
    page = client_of.get(address).content.decode()
    assert ("Titian kayu lapuk" in page, "Buka sebulan sekali" in page) == (True, True)
    shown = client_of.get(address, {"alat": "institutions", "unduh": "csv"}).content.decode().splitlines()
    assert [line.split(",")[3] for line in shown] == ["isi", "Buka sebulan sekali"]


def test_a_reader_sees_everything_and_no_form(studied, village):
    bpd = people.signed_in(people.bpd_chair(village))
    for route in PAGES:
        page = bpd.get(at(route, studied.id)).content.decode()
        assert 'method="post"' not in page.split('<main id="isi">')[1].split('id="menu"')[0]


def test_a_village_next_door_is_not_found(studied):
    other = people.signed_in(people.stranger())
    assert other.get(at("detail", studied.id)).status_code == 404


def test_after_the_report_went_to_the_bpd_the_pages_offer_nothing_to_change(studied, client_of):
    client_of.post(at("deliver", studied.id), {"kades": "2026-01-05", "bpd": "2026-01-06"})
    page = client_of.get(at("seasons", studied.id)).content.decode()
    assert "data-calendar" in page
    assert at("add_entry", studied.id) not in page
    answer = client_of.post(at("add_entry", studied.id), {"alat": "seasons", "jenis": "problem", "isi": "x"})
    assert answer.status_code == 409
    assert client_of.post(at("reopen", studied.id)).status_code == 302
    assert at("add_entry", studied.id) in client_of.get(at("seasons", studied.id)).content.decode()


@pytest.mark.parametrize("route", ["detail", *PAGES])
def test_a_page_asks_the_same_number_of_questions_with_one_and_many_entries(
    studied, client_of, village, django_assert_max_num_queries, route
):
    with django_assert_max_num_queries(45):
        client_of.get(at(route, studied.id))
    for _number in range(6):
        entry_in(village)
        action_in(village)
    with django_assert_max_num_queries(45):
        client_of.get(at(route, studied.id))


def test_the_team_is_told_what_is_still_to_do(assessment, team):
    from rembuk.assessment.assessment_duties import of_hat

    [duty] = of_hat(team.hat(), assessment.created_at.date())
    assert (duty.link, len(duty.missing)) == (at("detail", assessment.id), 3)
    assert of_hat(people.bpd_chair().hat(), assessment.created_at.date()) == []


def test_who_holds_no_office_here_opens_nothing(assessment, village):
    resident = people.signed_in(people.holder(Role.INS, village))
    assert resident.post(at("add_entry", assessment.id), {"alat": "sketch"}).status_code == 403
