"""A list as it comes: what is understood, what is refused, and that nothing is lost between the two."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rembuk.core.intake.columns import guess_columns
from rembuk.core.intake.messages import SENTENCES
from rembuk.core.intake.proposals import LONGEST_TEXT, read_proposals
from rembuk.core.intake.table import Area, CellError, Table

HEAD = ("No", "Usulan", "Lokasi", "Volume", "Satuan", "Biaya")


def table(*rows, merged=()):
    return Table("Usulan", tuple(rows), tuple(merged), "usulan.xlsx")


def read(*rows, merged=()):
    made = table(*rows, merged=merged)
    return read_proposals(made, guess_columns(made))


def one(cost=1_000_000, text="Rabat beton jalan dusun"):
    """Read a list whose second row holds *text* and *cost*; the first is always sound."""
    sound = (1, "Pembuatan parit", "RT 01", 10, "m", 5_000_000)
    return read(HEAD, sound, (2, text, "RT 02", 20, "m", cost))


def columns(made):
    mapping = guess_columns(made)
    return {role: mapping.letter(role) for role in mapping.columns}


def test_columns_are_guessed_by_name():
    made = table(HEAD, (1, "Pembuatan parit", "RT 01", 10, "m", 5_000_000))
    assert columns(made) == {"text": "B", "location": "C", "volume": "D", "unit": "E", "cost": "F"}


def test_a_cost_column_with_an_odd_heading_is_found_by_what_stands_in_it():
    made = table(("No", "Usulan", "]"), (1, "Pembuatan parit", 5_000_000), (2, "Titian ulin", "Rp 7.500.000,-"))
    mapping = guess_columns(made)
    assert (mapping.letter("cost"), mapping.why["cost"], mapping.label("cost")) == ("C", "isi", "]")


def test_of_two_columns_called_kegiatan_the_varied_one_holds_the_proposals():
    rows = [("Kegiatan", "Kegiatan yang dilakukan", "Biaya")]
    rows += [("Penyediaan pembiayaan", f"Perbaikan jalan dusun nomor {index}", 5_000_000) for index in range(30)]
    assert columns(table(*rows))["text"] == "B"


def test_a_heading_of_two_rows_with_merged_cells_is_read_as_one():
    made = table(
        ("DAFTAR USULAN DESA",),
        ("No", "Usulan", "Penerima Manfaat", None, None, "Biaya"),
        (None, None, "LK", "PR", "A-RTM", None),
        ("a", "b", "c", "d", "e", "f"),
        (1, "Pembuatan parit", 10, 12, 3, 5_000_000),
        merged=(Area(1, 2, 1, 4), Area(1, 0, 2, 0), Area(1, 1, 2, 1), Area(1, 5, 2, 5)),
    )
    mapping = guess_columns(made)
    assert (mapping.header_rows, mapping.first_row) == ((1, 2), 4)
    assert mapping.label("women") == "Penerima Manfaat PR"
    (row,) = read_proposals(made, mapping).accepted
    assert (row.row, row.men, row.women, row.poor, row.people, row.cost) == (5, 10, 12, 3, 22, 5_000_000)


def test_a_heading_of_two_rows_survives_the_loss_of_its_merges():
    made = table(
        ("No", "Usulan", "Penerima Manfaat", None, None, "Biaya"),
        (None, None, "LK", "PR", "A-RTM", None),
        (1, "Pembuatan parit", 10, 12, 3, 5_000_000),
    )
    assert columns(made) == {"text": "B", "men": "C", "women": "D", "poor": "E", "cost": "F"}


def test_a_column_called_source_that_names_no_fund_is_not_the_source_of_money():
    made = table(("source", "text", "cost_rupiah"), ("web_desa", "Pembuatan parit", "5000000"))
    assert "source" not in columns(made)


def test_a_person_may_change_the_guess():
    made = table(("Usulan", "Catatan"), ("Pembuatan parit", "Perbaikan titian ulin"))
    mapping = guess_columns(made).changed({"text": 1, "cost": None})
    assert read_proposals(made, mapping).accepted[0].text == "Perbaikan titian ulin"
    assert mapping.why["text"] == "orang"


def test_headings_sums_and_blank_rows_are_no_proposals():
    reading = read(
        HEAD,
        ("DUSUN HULU",),
        (1, "Pembuatan parit", "RT 01", 10, "m", 5_000_000),
        (None, "JUMLAH DUSUN HULU", None, None, None, 5_000_000),
        (),
        ("DUSUN HILIR",),
        HEAD,
        (1, "Titian ulin", "RT 02", 20, "m", 7_000_000),
        ("Jumlah", None, None, None, None, 7_000_000),
        (None, None, None, None, None, 12_000_000.03),
    )
    assert [(row.row, row.hamlet) for row in reading.accepted] == [(3, "DUSUN HULU"), (8, "DUSUN HILIR")]
    assert [(total.row, total.amount) for total in reading.totals] == [(4, 5_000_000), (9, 7_000_000), (10, None)]
    assert reading.totals[-1].written == "12000000,03"
    assert reading.headings == (2, 6, 7)
    assert reading.refused == ()


def test_a_proposal_that_begins_with_the_word_for_sums_is_kept():
    assert one(text="Jumlah lampu jalan perlu ditambah").accepted[1].text == "Jumlah lampu jalan perlu ditambah"


@pytest.mark.parametrize(
    ("cost", "note", "written"),
    [
        (None, "biaya-kosong", ""),
        ("-", "biaya-kosong", ""),
        ("5000-115000", "biaya-kisaran", "5000-115000"),
        (0, "biaya-nol", "0"),
    ],
)
def test_a_proposal_without_one_cost_is_accepted_and_keeps_what_was_written(cost, note, written):
    reading = one(cost)
    assert (reading.accepted[1].cost, reading.accepted[1].cost_text) == (None, written)
    assert [(found.row, found.column, found.code) for found in reading.notes] == [(3, "F", note)]


@pytest.mark.parametrize(
    ("cost", "code"),
    [
        ("menyusul", "uang-kata"),
        (date(2026, 5, 1), "uang-tanggal"),
        (-500_000, "uang-negatif"),
        ("(1.000)", "uang-negatif"),
        (1_000_000.5, "uang-pecahan"),
        ("500.000 + 250.000", "uang-banyak"),
        ("1 250 000", "uang-pemisah"),
        (CellError("#REF!"), "uang-galat"),
    ],
)
def test_a_cost_that_is_no_amount_refuses_its_row_alone(cost, code):
    reading = one(cost)
    assert [row.row for row in reading.accepted] == [2]
    (refused,) = reading.refused
    assert (refused.row, refused.column, refused.code) == (3, "F", code)
    assert refused.message.startswith("Baris 3 kolom F ditolak: ")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, "usulan-kosong"),
        (CellError("#NAME?"), "usulan-galat"),
        (12_345, "usulan-bukan-teks"),
        ("???", "usulan-bukan-teks"),
        ("a" * (LONGEST_TEXT + 1), "usulan-panjang"),
    ],
)
def test_a_row_without_a_sentence_is_refused(text, code):
    reading = one(text=text)
    assert [refused.code for refused in reading.refused] == [code]
    assert len(reading.accepted) == 1


def test_ten_thousand_letters_are_the_most():
    reading = one(text="a" * LONGEST_TEXT)
    assert len(reading.accepted[1].text) == LONGEST_TEXT
    assert [(note.row, note.column, note.code) for note in reading.notes] == [(3, "B", "usulan-sangat-panjang")]


def test_markup_stays_text_and_control_characters_go():
    reading = one(text="<script>alert('x')</script> & \"jalan\"\x00\x1f\n RT 1")
    assert reading.accepted[1].text == "<script>alert('x')</script> & \"jalan\" RT 1"


def test_sources_codes_and_people_are_read_or_noted():
    reading = read(
        ("Usulan", "Kode Kegiatan", "Sumber Dana", "LK", "Biaya"),
        ("Pembuatan parit", "02.03.11", "DD, ADD", "25 orang", 5_000_000),
        ("Titian ulin", "9.9.99", "CSR", "banyak", 6_000_000),
        ("Dermaga", "2.3.13", "Bankeu Kab", "1.250", 7_000_000),
    )
    first, second, third = reading.accepted
    assert (first.kegiatan, first.sources, first.men) == ("2.3.11", ("DDS", "ADD"), 25)
    assert (second.kegiatan, second.sources, second.men) == ("", (), None)
    assert (third.sources, third.men) == (("PBK",), 1_250)
    assert sorted((note.column, note.code) for note in reading.notes) == [
        ("B", "kode-tak-dikenal"),
        ("C", "sumber-tak-dikenal"),
        ("D", "jumlah-orang-tak-terbaca"),
    ]


def test_a_hamlet_over_merged_rows_counts_for_all_of_them():
    made = table(
        ("Dusun", "Usulan", "Biaya"),
        ("Hulu", "Pembuatan parit", 5_000_000),
        (None, "Titian ulin", 6_000_000),
        ("Hilir", "Dermaga", 7_000_000),
        merged=(Area(1, 0, 2, 0),),
    )
    assert [row.hamlet for row in read_proposals(made, guess_columns(made)).accepted] == ["Hulu", "Hulu", "Hilir"]


def test_a_sheet_without_a_list_has_no_text_column():
    assert "text" not in columns(table(("Kode", "Jumlah"), ("4.1", 500)))


def test_every_refusal_has_a_sentence():
    for code in (
        "uang-kata",
        "uang-negatif",
        "usulan-panjang",
        "biaya-kosong",
        "pagu-sumber",
        "skor-nilai",
        "berkas-bom",
    ):
        assert "{" not in SENTENCES[code].format_map(
            dict.fromkeys(("read", "accepted", "file", "source", "criterion", "other"), "x")
        )


@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.text(max_size=30), st.integers()),
            st.one_of(st.none(), st.text(max_size=15), st.floats(), st.integers()),
        ),
        max_size=20,
    )
)
def test_every_filled_row_is_accepted_refused_or_set_apart(rows):
    sound = ("Pembuatan parit", 5_000_000)
    reading = read(("Usulan", "Biaya"), sound, *rows)
    told = [row.row for row in (*reading.rows, *reading.totals)] + list(reading.headings)
    filled = [index for index, row in enumerate((sound, *rows), start=2) if any(cell is not None for cell in row)]
    assert sorted(told) == filled


def test_a_second_line_of_money_belongs_to_the_proposal_above_it():
    reading = read(
        ("No", "Usulan", "Biaya", "Sumber"),
        (1, "Pembuatan parit", 5_000_000, "PBK"),
        (None, None, 2_000_000, "DDS"),
        (None, None, 1_000_000, "ADD"),
        (2, "Titian ulin", 7_000_000, "DDS"),
    )
    assert [(row.row, row.cost, row.sources) for row in reading.accepted] == [
        (2, 8_000_000, ("PBK", "DDS", "ADD")),
        (5, 7_000_000, ("DDS",)),
    ]
    assert [(note.row, note.code) for note in reading.notes] == [(3, "biaya-sambungan"), (4, "biaya-sambungan")]


def test_money_without_a_proposal_above_it_is_refused():
    reading = read(
        ("No", "Usulan", "Biaya", "Sumber"), (None, None, 2_000_000, "DDS"), (2, "Titian ulin", 7_000_000, "DDS")
    )
    assert [(refused.row, refused.code) for refused in reading.refused] == [(2, "usulan-kosong")]
