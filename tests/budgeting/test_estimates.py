"""RAB sheets of a budget's workbook: tied to their lines, stored with them, held against line and plan."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from budgeting.apb_given import NOW, ROWS, enacted_plan
from factories import people
from rembuk.budgeting import services
from rembuk.budgeting.estimating import estimate_choices, estimates_beside
from rembuk.budgeting.incoming import reading_of, workbook_of
from rembuk.budgeting.models import ApbdesEstimate, ApbdesEstimateLine, ApbdesImport, ApbdesVersion
from rembuk.budgeting.rab_comparing import rab_comparison_of
from rembuk.core.errors import BadInputError, NotAllowedError, RefusedError
from rembuk.core.hat import Role
from rembuk.shared.sheets import xlsx_bytes
from rembuk.shared.trail.testing import setting_up

HEAD = ("KODE", "URAIAN", "LOKASI", "ANGGARAN", "SUMBER DANA")
RAB_HEAD = ("Uraian", "Volume", "Satuan", "Harga Satuan (Rp)", "Jumlah (Rp)")
POSYANDU = "Penyelenggaraan Posyandu"
PAPAN = ("Papan ulin", 10, "m3", 6_000_000, 60_000_000)
UPAH = ("Pekerja", 400, "HOK", 100_000, 40_000_000)


def rab(activity, *lines, total=None):
    """A sheet of an estimate; without a total it prints what its lines give."""
    printed = sum(line[4] for line in lines if isinstance(line[4], int)) if total is None else total
    rows = [("Jenis Kegiatan", f": {activity}", None, None, None), RAB_HEAD, *lines]
    rows.append(("TOTAL BIAYA", None, None, None, printed))
    return ("RENCANA ANGGARAN BIAYA", "", "", "", ""), rows


def workbook(**sheets):
    lines = [
        (code, name, place, amount, source) for code, name, place, money in ROWS for source, amount in money.items()
    ]
    return xlsx_bytes([("APB", HEAD, lines), *((name, *sheet) for name, sheet in sheets.items())])


GOOD = {
    "RT02": rab("Titian ulin RT 02", PAPAN, UPAH),
    "Pos": rab(POSYANDU, ("Timbangan", 1, "paket", 20_000_000, 20_000_000)),
}


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def plan(cycle):
    return enacted_plan(cycle)


@pytest.fixture
def upload(cycle, hat):
    def make(**sheets):
        content = workbook(**(sheets or GOOD))
        return services.upload_apbdes(cycle_id=cycle.pk, content=content, name="apb.xlsx", actor=hat("SDK"), at=NOW)

    return make


@pytest.fixture
def choose(hat):
    def make(batch, role="SDK", **choices):
        return services.choose_estimates(import_id=batch.pk, choices=choices, actor=hat(role), at=NOW)

    return make


@pytest.fixture
def save(hat):
    return lambda batch: services.save_apbdes(import_id=batch.pk, actor=hat("SDK"), at=NOW)


@pytest.fixture
def office(village):
    with setting_up():
        return people.signed_in(people.holder(Role.SDK, village))


def tied(version):
    rows = ApbdesEstimate.objects.filter(line__version=version).order_by("order")
    return [(row.sheet_name, row.line.name, row.linked_by, row.total) for row in rows]


def test_each_estimate_is_stored_below_the_line_that_bears_its_name(plan, upload, save):
    version = save(upload())
    assert tied(version) == [
        ("RT02", "Titian ulin RT 02", "name", 100_000_000),
        ("Pos", POSYANDU, "name", 20_000_000),
    ]
    rows = ApbdesEstimateLine.objects.filter(estimate__sheet_name="RT02").order_by("order")
    assert list(rows.values_list("row", "description", "volume_text", "unit", "price_text", "amount")) == [
        (4, "Papan ulin", "10", "m3", "6000000", 60_000_000),
        (5, "Pekerja", "400", "HOK", "100000", 40_000_000),
    ]


def test_a_sum_that_does_not_agree_names_row_and_cell_of_the_sheet_and_of_the_budget(plan, upload, save):
    version = save(upload(Pos=rab(POSYANDU, ("Timbangan", 1, "paket", 20_000_000, 20_000_000), total=21_000_000)))
    (estimate,) = ApbdesEstimate.objects.filter(line__version=version)
    assert (estimate.total, estimate.printed) == (20_000_000, 21_000_000)
    assert [(one["row"], one["cell"], one["sentence"]) for one in estimate.findings] == [
        (5, "E5", "Sel E5 (jumlah biaya) tercetak Rp21.000.000; barisnya berjumlah Rp20.000.000."),
        (
            6,
            "D6",
            f"Baris 6 sel D6 ({POSYANDU}) dianggarkan Rp24.000.000; RAB lembar “Pos” berjumlah Rp20.000.000.",
        ),
    ]


def test_two_sheets_of_one_line_are_held_against_it_together(plan, upload, save):
    version = save(upload(Bahan=rab("Titian ulin RT 02", PAPAN), Upah=rab("Titian ulin RT 02", UPAH)))
    assert [row[1:] for row in tied(version)] == [
        ("Titian ulin RT 02", "name", 60_000_000),
        ("Titian ulin RT 02", "name", 40_000_000),
    ]
    assert [row.findings for row in ApbdesEstimate.objects.all()] == [[], []]


def test_the_same_file_again_changes_nothing(plan, upload, save):
    first = save(upload())
    again = upload()
    assert (again.state, again.result, ApbdesImport.objects.count()) == ("saved", first, 1)
    assert (ApbdesVersion.objects.count(), ApbdesEstimate.objects.count()) == (1, 2)


def test_the_same_budget_with_another_estimate_is_another_version(plan, upload, save):
    first = save(upload())
    second = save(upload(**{**GOOD, "RT02": rab("Titian ulin RT 02", PAPAN)}))
    assert (first.version_no, second.version_no) == (1, 2)
    assert [row[3] for row in tied(first)] == [100_000_000, 20_000_000]
    assert [row[3] for row in tied(second)] == [60_000_000, 20_000_000]


def test_a_sheet_that_fits_no_line_waits_for_a_person_and_holds_the_budget_not(plan, upload, save, choose):
    batch = upload(Lain=rab("Sesuatu", PAPAN))
    version = save(batch)
    assert tied(version) == []
    assert version.disagreements == ["RAB lembar Lain belum terikat ke baris APB mana pun."]


def test_a_person_ties_a_sheet_or_says_that_it_is_none_of_this_budget(plan, upload, save, choose):
    batch = choose(upload(Lain=rab("Sesuatu", PAPAN), Pos=GOOD["Pos"]), Lain="3", Pos="bukan")
    assert batch.estimates == {"Lain": "3", "Pos": "bukan"}
    assert choose(batch, Lain="3").version == batch.version
    version = save(batch)
    assert tied(version) == [("Lain", "Titian ulin RT 02", "person", 60_000_000)]
    assert version.disagreements == []


def test_the_line_that_is_given_what_a_sheet_asks_for_is_offered_first(plan, upload):
    batch = upload(Lain=rab("Sesuatu", ("Gaji", 12, "bulan", 5_000_000, 60_000_000)))
    reading = reading_of(batch)
    (choice,) = estimate_choices(batch, reading, estimates_beside(workbook_of(batch), batch.sheet_name))
    assert (choice.waits, choice.offers[0].name) == (True, "Penghasilan tetap kepala desa")


def test_a_sheet_or_a_row_of_elsewhere_is_refused_and_so_is_a_stranger(plan, upload, choose, save):
    batch = upload()
    for choices in ({"Entah": "3"}, {"RT02": "99"}, {"RT02": "2x"}):
        with pytest.raises(BadInputError) as refused:
            choose(batch, **choices)
        assert refused.value.code == "apb-estimate-unknown"
    with pytest.raises(NotAllowedError):
        choose(batch, role="BPD", RT02="3")
    save(batch)
    with pytest.raises(RefusedError):
        choose(batch, RT02="bukan")


def test_an_estimate_read_in_part_is_left_out_with_row_and_cell(plan, upload, save):
    batch = upload(RT02=rab("Titian ulin RT 02", PAPAN, ("Pekerja", 400, "HOK", 100_000, "banyak")), Pos=GOOD["Pos"])
    version = save(batch)
    assert [row[0] for row in tied(version)] == ["Pos"]
    assert len(version.disagreements) == 1
    assert version.disagreements[0].startswith("RAB lembar RT02 tidak disimpan: baris 5 sel E5, ")


def test_plan_and_budget_are_compared_estimate_by_estimate_in_sums(cycle, plan, upload, save):
    save(upload())
    rows = {row.name: (row.kind, row.planned, row.estimated, row.budgeted) for row in rab_comparison_of(cycle).rows}
    assert rows == {
        "Penghasilan tetap kepala desa": ("missing", 60_000_000, None, 60_000_000),
        "Titian ulin RT 02": ("same", 100_000_000, 100_000_000, 100_000_000),
        "Titian ulin RT 05": ("missing", 100_000_000, None, 100_000_000),
        POSYANDU: ("changed", 24_000_000, 20_000_000, 24_000_000),
    }


def test_the_estimates_stay_comparable_after_the_plan_was_amended(cycle, plan, upload, save):
    save(upload())
    enacted_plan(cycle, version_no=2, amends=plan)
    kinds = {row.name: row.kind for row in rab_comparison_of(cycle).rows}
    assert (kinds["Titian ulin RT 02"], kinds[POSYANDU]) == ("same", "changed")


# The pages


def test_the_page_of_the_import_ties_sheets_and_stores_them(cycle, plan, office, upload):
    batch = upload(Lain=rab("Sesuatu", PAPAN), **GOOD)
    here = reverse("budgeting:apbdes_import", args=(batch.pk,))
    text = office.get(here).content.decode()
    assert "3 lembar RAB dalam berkas ini" in text and "1 lembar belum terikat" in text
    assert "dianggarkan Rp24.000.000; RAB lembar “Pos” berjumlah Rp20.000.000." in text
    bad = office.post(here, {"langkah": "pilih", "rab-1": "77"})
    assert (bad.status_code, "Lembar RAB Lain atau baris 77" in bad.content.decode()) == (400, True)
    office.post(here, {"langkah": "pilih", "rab-1": "4"})
    batch.refresh_from_db()
    assert batch.estimates == {"Lain": "4"}
    assert office.post(here, {"langkah": "simpan", "rab-1": "4", "rab-3": "bukan"}).status_code == 302
    assert sorted(ApbdesEstimate.objects.values_list("sheet_name", flat=True)) == ["Lain", "RT02"]
    assert "bukan RAB APB ini" not in office.get(here).content.decode()


def test_the_page_of_a_line_shows_its_estimate_beside_the_planned_one(cycle, plan, office, upload, save):
    version = save(upload())
    line = version.lines.get(name=POSYANDU)
    text = office.get(reverse("budgeting:apbdes_line", args=(line.pk,))).content.decode()
    assert (
        "Timbangan" in text
        and ">20.000.000</td>" in text
        and "nama kegiatan sama" in text
        and "RAB RKP yang direncanakan" in text
    )
    assert "Rp24.000.000" in text and "−" in text and "dianggarkan Rp24.000.000" in text
    bare = version.lines.get(name="Titian ulin RT 05")
    text = office.get(reverse("budgeting:apbdes_line", args=(bare.pk,))).content.decode()
    assert "Tidak ada lembar RAB yang terikat ke baris ini." in text
    save(upload(RT02=GOOD["RT02"]))
    assert "versi APB yang lama" in office.get(reverse("budgeting:apbdes_line", args=(line.pk,))).content.decode()


def test_the_list_of_estimates_is_filtered_and_exported_with_every_row(cycle, plan, office, upload, save):
    here = reverse("budgeting:rab", args=(cycle.pk,))
    assert office.get(here).status_code == 302
    save(upload())
    text = office.get(here).content.decode()
    assert "2 dari 4 kegiatan punya RAB APB" in text and "1 jumlah dalam RAB tidak cocok" in text
    few = office.get(here + "?beda=changed").content.decode()
    assert POSYANDU in few and "Titian ulin RT 05" not in few
    assert "Tidak ada kegiatan yang cocok" in office.get(here + "?cari=entah").content.decode()
    data = office.get(reverse("budgeting:rab_export", args=(cycle.pk,)) + "?beda=same").content
    book = load_workbook(io.BytesIO(data))
    assert [[cell.value for cell in row] for row in book["RAB per kegiatan"].iter_rows(min_row=2)] == [
        ["2.3.11", "Titian ulin RT 02", "sama", 100_000_000, 100_000_000, 0, 100_000_000]
    ]
    assert [row[5].value for row in book["Baris RAB APB"].iter_rows(min_row=2)] == ["Papan ulin", "Pekerja"]


def test_the_list_asks_as_often_for_one_estimate_as_for_three(
    cycle, plan, office, upload, save, django_assert_max_num_queries
):
    here = reverse("budgeting:rab", args=(cycle.pk,))
    save(upload(Pos=GOOD["Pos"]))
    with django_assert_max_num_queries(30) as one:
        office.get(here)
    save(upload(**GOOD, RT05=rab("Titian ulin RT 05", PAPAN, UPAH)))
    with django_assert_max_num_queries(30) as three:
        office.get(here)
    assert len(one) == len(three)
