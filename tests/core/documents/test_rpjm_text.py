"""F16 and F18: the goals of a period with money counted once, and the document that says what is known and no more."""

from dataclasses import replace

import pytest

from core.documents.asking import roles
from core.documents.test_rpjmdes import BRIDGE, FRAME, NEW, TRAINING, VALUES
from rembuk.core.documents.frame import SHORT_FIELDS, Person
from rembuk.core.documents.model import DOTS, Heading, Note, NumberedList, Paragraph, Table
from rembuk.core.documents.rpjm_chapters import ANNEXES
from rembuk.core.documents.rpjm_text import (
    TO_WRITE,
    DataLine,
    HamletLine,
    ProblemText,
    RpjmTextValues,
    build_rpjm_text,
)
from rembuk.core.documents.rpjmdes import INCOME_HEADING, NOT_SPLIT, build_rpjmdes
from rembuk.core.documents.sdgs_roadmap import RoadmapValues, build_sdgs_roadmap

GOALS = {4: "Pendidikan Desa Berkualitas", 9: "Infrastruktur Desa", 11: "Kawasan Permukiman"}
ROADMAP = RoadmapValues(
    FRAME, 2027, 2034, (replace(BRIDGE, indicator="panjang titian yang layak"), TRAINING, NEW), GOALS
)
TEXT = RpjmTextValues(
    FRAME,
    VALUES,
    profile=(("Kode wilayah", "64.02.18.2003"), ("Penduduk", "1.204 jiwa")),
    hamlets=(HamletLine("Hulu", 640, 31, 3), HamletLine("Hilir", None, None, 2)),
    data=(DataLine("Sumber Daya Alam", "Kebun rakyat", "120,5", "hektare"),),
    vision="Hulu Contoh terhubung",
    mission=("Titian di tiap dusun", "Air bersih"),
    problems=(ProblemText("Titian lapuk", "Dusun Hilir", "Kayu tua"),),
    potentials=("Pengrajin anyaman",),
    head=Person("Siti"),
)


INCOME = {
    2027: {"PAD": 12_000_000, "DDS": 950_000_001},
    2028: {"DDS": 960_000_000, "PBK": 0},
}
WRITTEN = replace(
    TEXT,
    plan=replace(VALUES, income=INCOME),
    texts={
        "background": ("Desa lama di tepi sungai.", "Jalannya air."),
        "overview": ("Desa terletak di hulu.",),
        "values": ("Gotong royong",),
        "priorities": ("Titian didahulukan.",),
        "programmes": ("Program mengikuti misi.",),
        "closing": ("Semoga terlaksana.",),
    },
)


def tables(document):
    return [part for part in document.parts if isinstance(part, Table)]


def test_the_road_map_counts_each_activity_under_its_first_goal_and_points_from_the_others():
    (table,) = tables(build_sdgs_roadmap(ROADMAP))
    assert [(row.kind, row.cells[0], row.cells[1]) for row in table.rows if row.kind in ("group", "empty")] == [
        ("group", "9", "Tujuan 9: Infrastruktur Desa"),
        ("group", "11", "Tujuan 11: Kawasan Permukiman"),
        ("empty", None, "Lihat nomor 1: Titian ulin"),
        ("group", "-", "Tujuan SDGs belum ditentukan"),
    ]
    assert [(row.cells[0], row.cells[7]) for row in table.rows if row.kind in ("subtotal", "total")] == [
        ("Jumlah tujuan 9", 150_000_001),
        ("Jumlah tujuan 11", 0),
        ("Jumlah tanpa tujuan", 18_000_005),
        ("Jumlah total", 168_000_006),
    ]


def test_a_row_of_the_road_map_holds_what_the_form_asks_for():
    (table,) = tables(build_sdgs_roadmap(ROADMAP))
    row = next(row for row in table.rows if row.cells[4] == "Titian ulin")
    assert row.cells[:10] == (
        1, "9, 11", "panjang titian yang layak", "60 m", "Titian ulin", 240, "m", 150_000_001, "DDS", "S",
    )  # fmt: skip
    assert row.cells[10:] == (True, False, True, False, False, False, False, False)


def test_a_size_in_words_stands_in_the_column_of_the_volume():
    words = replace(TRAINING, unit="2 angkatan")
    (table,) = tables(build_sdgs_roadmap(replace(ROADMAP, items=(words,))))
    (row,) = [row for row in table.rows if row.kind == "item"]
    assert row.cells[5:7] == ("2 angkatan", "")


def test_the_road_map_says_which_goals_nothing_serves_and_refuses_an_unknown_one():
    assert Note("Belum ada kegiatan untuk tujuan SDGs Desa ke-4.") in build_sdgs_roadmap(ROADMAP).parts
    with pytest.raises(ValueError, match=r"unknown goals \[17\]"):
        build_sdgs_roadmap(replace(ROADMAP, items=(replace(BRIDGE, sdgs=(17,)),)))


def test_the_document_has_seven_chapters_and_the_annexes_in_their_order():
    paper = build_rpjm_text(TEXT)
    assert [part.text for part in paper.parts if isinstance(part, Heading)] == [
        "BAB I PENDAHULUAN",
        "BAB II PROFIL DESA",
        "BAB III VISI, MISI, DAN NILAI",
        "BAB IV RUMUSAN PRIORITAS",
        "BAB V ARAH KEBIJAKAN PEMBANGUNAN DAN KEUANGAN DESA",
        "BAB VI PROGRAM DAN KEGIATAN",
        "BAB VII PENUTUP",
        "DAFTAR LAMPIRAN",
    ]
    assert [part.items for part in paper.parts if isinstance(part, NumberedList)][-1] == ANNEXES
    assert roles(paper) == [[("", "Kepala Desa Hulu Contoh")]]


def after(paper, title):
    """Return the part that follows a heading inside a chapter."""
    index = next(n for n, part in enumerate(paper.parts) if isinstance(part, Paragraph) and part.text == title)
    return paper.parts[index + 1]


def captioned(paper, title):
    return next(table for table in tables(paper) if table.caption == title)


def test_what_nobody_wrote_is_a_place_to_write_in_a_draft_and_dots_in_the_annex_of_a_perdes():
    assert after(build_rpjm_text(TEXT), "Latar belakang") == Paragraph(TO_WRITE)
    assert after(build_rpjm_text(TEXT), "Visi") == Paragraph("Hulu Contoh terhubung")
    assert after(build_rpjm_text(TEXT), "Misi").items == ("Titian di tiap dusun", "Air bersih")
    bare = replace(TEXT, vision="", mission=(), plan=replace(VALUES, stage=""))
    assert after(build_rpjm_text(bare), "Visi") == after(build_rpjm_text(bare), "Misi") == Paragraph(DOTS)


def test_the_programmes_of_the_document_are_those_of_the_matrix_with_its_sums():
    table = captioned(build_rpjm_text(TEXT), "Program dan kegiatan per bidang")
    assert table.rows[-1].cells[4] == sum(item.total for item in VALUES.items) == 168_000_006
    assert next(row for row in table.rows if row.cells[1] == "Titian ulin").cells == (
        1, "Titian ulin", "Dusun Hilir", "2027, 2029", 150_000_001, "DDS",
    )  # fmt: skip


def test_the_money_of_each_year_stands_by_bidang_and_adds_up_to_what_is_split():
    paper = build_rpjm_text(TEXT)
    table = captioned(paper, "Prakiraan biaya per tahun")
    assert [column.label for column in table.leaves][1:] == [*SHORT_FIELDS.values(), "Belum ditentukan", "Jumlah (Rp)"]
    assert table.rows[0].cells == ("2027", 0, 100_000_000, 0, 0, 0, 0, 100_000_000)
    assert table.rows[-1].cells[1:] == (0, 150_000_001, 0, 0, 0, 5, 150_000_006)
    assert Note(NOT_SPLIT) in paper.parts


def test_the_projection_of_income_has_a_line_a_year_and_no_figure_of_its_own():
    paper = build_rpjm_text(TEXT)
    table = captioned(paper, "Proyeksi pendapatan Desa (Rp) (diisi tim)")
    assert [row.cells for row in table.rows] == [
        *((str(year), *([None] * 7)) for year in range(2027, 2035)),
        ("Jumlah", *([None] * 7)),
    ]


def test_an_assessment_that_found_nothing_says_so():
    paper = build_rpjm_text(replace(TEXT, problems=(), potentials=(), hamlets=(), data=()))
    assert [row.cells[0] for table in tables(paper) for row in table.rows if row.kind == "empty"][:3] == [
        "Belum ada dusun yang dicatat",
        "Belum ada masalah yang dicatat",
        "Belum ada potensi yang dicatat",
    ]


def test_what_the_team_wrote_stands_in_its_chapter_paragraph_by_paragraph():
    paper = build_rpjm_text(WRITTEN)
    index = paper.parts.index(Paragraph("Desa lama di tepi sungai."))
    assert paper.parts[index - 1 : index + 2] == (
        Paragraph("Latar belakang", "strong"),
        Paragraph("Desa lama di tepi sungai."),
        Paragraph("Jalannya air."),
    )
    assert after(paper, "Gambaran umum") == Paragraph("Desa terletak di hulu.")
    assert after(paper, "Uraian prioritas") == Paragraph("Titian didahulukan.")
    assert after(paper, "Maksud dan tujuan") == Paragraph(TO_WRITE)


def test_a_text_that_no_chapter_must_have_leaves_no_empty_place():
    titles = {part.text for part in build_rpjm_text(TEXT).parts if isinstance(part, Paragraph)}
    assert titles & {"Uraian prioritas", "Uraian program"} == set()


def test_the_income_that_was_written_is_summed_by_year_and_by_source():
    table = captioned(build_rpjm_text(WRITTEN), "Proyeksi pendapatan Desa (Rp)")
    assert table.rows[0].cells == ("2027", 12_000_000, 950_000_001, None, None, None, None, 962_000_001)
    assert table.rows[1].cells == ("2028", None, 960_000_000, None, None, None, 0, 960_000_000)
    assert table.rows[2].cells == ("2029", *([None] * 7))
    assert table.rows[-1].cells == ("Jumlah", 12_000_000, 1_910_000_001, None, None, None, 0, 1_922_000_001)


def test_the_matrix_holds_what_is_expected_beside_what_it_costs():
    paper = build_rpjmdes(replace(VALUES, income=INCOME))
    table = tables(paper)[-1]
    assert [column.label for column in table.columns][-3:] == [
        "Jumlah pendapatan (Rp)",
        "Prakiraan biaya (Rp)",
        "Selisih (Rp)",
    ]
    assert table.rows[0].cells[-3:] == (962_000_001, 100_000_000, 862_000_001)
    assert table.rows[3].cells[-3:] == (None, 5, None)
    assert table.rows[-1].cells[-3:] == (1_922_000_001, 150_000_006, 1_771_999_995)


def test_a_matrix_without_an_expected_income_has_no_table_of_it():
    assert INCOME_HEADING not in [part.text for part in build_rpjmdes(VALUES).parts if isinstance(part, Heading)]
