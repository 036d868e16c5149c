"""An RPJM matrix is read in every shape that villages keep it in; what cannot be read is refused by row."""

from pathlib import Path

import pytest

from rembuk.core.intake.rpjm import find_heading, read_rpjm
from rembuk.core.intake.table import Area, CellError, Table
from rembuk.core.money import Rupiah
from rembuk.shared.sheets import open_sheets
from rembuk.shared.sheets.wordtables import open_tables

EXAMPLES = Path(__file__).parents[3] / "contoh"
REAL = Path(__file__).parents[4] / "shared" / "data" / "real" / "files" / "RKP_RAB_Pandanlandung_2026.xlsx"
TOTAL = 1_664_000_000
HEAD = ("No", "Kegiatan", "Lokasi", "Tahun", "Biaya (Rp)", "Sumber")


def example(name: str) -> Table:
    content = (EXAMPLES / name).read_bytes()
    return (open_tables if name.endswith(".docx") else open_sheets)(content, name).table()


def sheet(*rows: tuple, head: tuple = HEAD, title: str = "RPJM Desa 2020-2027") -> Table:
    return Table("RPJM", ((title,), head, *rows), (), "rpjm.xlsx")


def codes(read) -> list[tuple[int, str]]:
    return [(row.row, row.code) for row in read.refused]


@pytest.mark.parametrize(
    ("name", "family", "period"),
    [
        ("rpjm-keluarga-a.xlsx", "A", (2020, 2027)),
        ("rpjm-keluarga-b.xlsx", "B", (2021, 2028)),
        ("rpjm-enam-tahun.xlsx", "A", (2020, 2025)),
        ("rpjm-tabel.docx", "A", (2022, 2029)),
    ],
)
def test_every_example_gives_the_same_plan(name, family, period):
    read = read_rpjm(example(name))
    assert (read.family, read.period, len(read.rows), read.total, read.refused) == (family, period, 13, TOTAL, ())
    jetty = next(row for row in read.rows if row.name == "Dermaga tambat perahu")
    assert (jetty.years, jetty.cost, jetty.source, jetty.field, jetty.location) == (
        (period[0] + 2,),
        185_000_000,
        "PBK",
        2,
        "Dusun Tengah",
    )


def test_money_under_each_year_is_kept_by_year():
    read = read_rpjm(example("rpjm-enam-tahun.xlsx"))
    water = next(row for row in read.rows if row.name.startswith("Sambungan air"))
    assert (dict(water.yearly), water.activity_code) == ({2021: 120_000_000, 2023: 120_000_000}, "2.4.10")
    assert [note.code for note in read.notes] == []


def test_goals_targets_and_people_of_family_b_are_read():
    read = read_rpjm(example("rpjm-keluarga-b.xlsx"))
    walkway = next(row for row in read.rows if row.name.startswith("Titian"))
    assert (walkway.sdgs, walkway.baseline, dict(walkway.targets), walkway.men, walkway.women, walkway.poor) == (
        (9, 11),
        "belum ada",
        {2021: "480 m", 2022: "480 m"},
        118,
        124,
        36,
    )


def test_the_mode_is_read_from_ticks_and_from_words():
    modes = {row.name: row.mode for row in read_rpjm(example("rpjm-keluarga-a.xlsx")).rows}
    assert (modes["Dermaga tambat perahu"], modes["Titian ulin jalur sekolah"]) == ("inter_village", "self_managed")
    assert {row.mode for row in read_rpjm(example("rpjm-keluarga-b.xlsx")).rows} == {"self_managed"}


def test_years_without_any_activity_are_named():
    assert read_rpjm(example("rpjm-keluarga-a.xlsx")).empty_years == (2026, 2027)


def test_one_budget_for_several_years_is_taken_and_noted():
    read = read_rpjm(sheet((1, "Titian", "Hulu", "2020-2022", 90_000_000, "DDS")))
    assert ([row.years for row in read.rows], [note.code for note in read.notes]) == (
        [(2020, 2021, 2022)],
        ["rpjm-satu-anggaran"],
    )


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ((1, "Titian", "Hulu", "", 90_000_000, "DDS"), "rpjm-tahun-kosong"),
        ((1, "Titian", "Hulu", "2031", 90_000_000, "DDS"), "rpjm-tahun-luar"),
        ((1, "Titian", "Hulu", "9", 90_000_000, "DDS"), "rpjm-tahun-luar"),
        ((1, None, "Hulu", "2021", 90_000_000, "DDS"), "rpjm-kegiatan-kosong"),
        ((1, 4711, "Hulu", "2021", 90_000_000, "DDS"), "rpjm-kegiatan-kosong"),
        ((1, CellError("#REF!"), "Hulu", "2021", 90_000_000, "DDS"), "rpjm-galat"),
        ((1, "Titian", "Hulu", "2021", CellError("#REF!"), "DDS"), "uang-galat"),
        ((1, "Titian", "Hulu", "2021", "48.232,91", "DDS"), "uang-pecahan"),
        ((1, "Titian", "Hulu", "2021", -5, "DDS"), "uang-negatif"),
        ((1, "Titian", "Hulu", "2021", "sekitar sejuta", "DDS"), "uang-kata"),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_by_its_number(row, code):
    read = read_rpjm(sheet(row, (2, "Dermaga", "Hulu", "2021", 5_000_000, "DDS")))
    assert (codes(read), [kept.name for kept in read.rows]) == ([(3, code)], ["Dermaga"])
    assert read.refused[0].message.startswith("Baris 3")


def test_a_sum_that_differs_from_its_years_is_refused_with_both():
    head = ("No", "Kegiatan", "Anggaran 2020", "Anggaran 2021", "Jumlah (Rp)")
    read = read_rpjm(sheet((1, "Titian", 10_000_000, 20_000_000, 31_000_000), head=head))
    assert (codes(read), read.refused[0].values) == (
        [(3, "rpjm-jumlah-beda")],
        {"read": "31.000.000", "summed": "30.000.000"},
    )


def test_a_printed_sum_that_differs_from_its_rows_is_noted():
    read = read_rpjm(sheet((1, "Titian", "Hulu", "2021", 10, "DDS"), ("", "JUMLAH", None, None, 11, None)))
    assert [(note.row, note.code) for note in read.notes] == [(4, "rpjm-jumlah-lembar")]


def test_zero_and_empty_costs_are_taken_without_money():
    rows = ((1, "Titian", "Hulu", "2021", 0, "DDS"), (2, "Dermaga", "Hulu", "2021", None, "DDS"))
    read = read_rpjm(sheet(*rows))
    assert ([row.cost for row in read.rows], [note.code for note in read.notes]) == (
        [None, None],
        ["rpjm-biaya-kosong"] * 2,
    )


def test_without_a_period_ordinal_years_are_refused_and_a_given_period_helps():
    table = sheet((1, "Titian", "Hulu", "1, 3", 10, "DDS"), title="RPJM Desa")
    assert codes(read_rpjm(table)) == [(3, "rpjm-periode-tak-ada")]
    assert [row.years for row in read_rpjm(table, (2024, 2031)).rows] == [(2024, 2026)]


def test_headings_of_three_rows_are_read_through_their_merged_cells():
    rows = (
        ("No", "Kegiatan", "Anggaran", None, None),
        (None, None, "Tahun", None, "Jumlah"),
        (None, None, 2020, 2021, None),
        (1, "Titian", 5, 7, 12),
    )
    merged = (Area(0, 0, 2, 0), Area(0, 1, 2, 1), Area(0, 2, 0, 4), Area(1, 2, 1, 3), Area(1, 4, 2, 4))
    heading = find_heading(Table("RPJM", rows, merged))
    assert (heading.first_row, dict(heading.columns), [(y.column, y.year, y.kind) for y in heading.years]) == (
        3,
        {"number": 0, "name": 1, "cost": 4},
        [(2, 2020, "money"), (3, 2021, "money")],
    )


def test_a_sheet_without_activities_gives_nothing():
    assert read_rpjm(Table("kosong", (("catatan",), ("apa saja",)))).rows == ()


@pytest.mark.real
@pytest.mark.skipif(not REAL.exists(), reason="the real village workbook does not lie beside the checkout")
def test_the_real_workbook_gives_the_sum_that_it_prints():
    read = read_rpjm(open_sheets(REAL.read_bytes(), REAL.name).table("RKPDESA 2026"), (2020, 2027))
    assert (len(read.rows), read.total, read.totals[0].amount, read.refused) == (38, 2_241_895_523, read.total, ())
    assert {row.years for row in read.rows} == {(2026,)}
    assert sum(row.cost or 0 for row in read.rows if row.field == 1) == Rupiah(862_664_323)
