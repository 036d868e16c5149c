"""Budgets as Siskeudes and Excel make them: codes, levels, sums, sources, and every problem by its row."""

import pytest

from rembuk.core.errors import BadInputError
from rembuk.core.intake.apb import kind_of, read_budget, read_estimate
from rembuk.core.intake.apb.codes import Code, parse_code
from rembuk.core.intake.apb.sources import sources_in
from rembuk.core.intake.table import Area, CellError, Table

HEAD = ("KODE REKENING", None, "URAIAN", "ANGGARAN (Rp)", "SUMBERDANA")
SISKEUDES = (
    ("PEMERINTAH DESA MELINTANG", None, None, None, None),
    ("RINCIAN APB DESA TAHUN ANGGARAN 2027", None, None, None, None),
    (None, None, None, None, None),
    HEAD,
    ("1", None, "2", "3", "4"),
    ("4.", None, "PENDAPATAN", None, None),
    ("4.2.", None, "Pendapatan Transfer", "900.000.000,00", None),
    ("4.2.1.", None, "Dana Desa", "900.000.000,00", "DDS"),
    (None, None, "JUMLAH PENDAPATAN", "900.000.000,00", None),
    ("5.", None, "BELANJA", None, None),
    ("1", None, "BIDANG PENYELENGGARAAN PEMERINTAHAN DESA", "59.520.000,00", None),
    ("1.1", None, "Penghasilan tetap", "59.520.000,00", None),
    ("1.1.01", None, "Penghasilan Tetap dan Tunjangan Kepala Desa", "59.520.000,00", "ADD"),
    ("1.1.01", "5.1", "Belanja Pegawai", "59.520.000,00", None),
    ("1.1.01", "5.1.1", "Penghasilan Tetap dan Tunjangan Kepala Desa", "59.520.000,00", None),
    ("1.1.01", "5.1.1.01", "Penghasilan Tetap Kepala Desa", "48.000.000,00", None),
    ("1.1.01", "5.1.1.02", "Tunjangan Kepala Desa", "11.520.000,00", None),
    ("2", None, "BIDANG PELAKSANAAN PEMBANGUNAN DESA", "100.000.000,00", None),
    ("2. 3.", None, "Pekerjaan Umum", None, None),
    ("2. 3. 10.", None, "Pembangunan Jalan Usaha Tani", "Rp 100.000.000,-", "DDS"),
    (None, "5.3.5.", "Belanja Modal Jalan", "100.000.000", None),
    (None, "5.3.5.03.", "Bahan Baku", "60.000.000", None),
    (None, "5.3.5.02.", "Upah", "40.000.000", None),
    (None, None, "JUMLAH BELANJA", "159.520.000,00", None),
    (None, None, "SURPLUS / (DEFISIT)", "740.480.000,00", None),
    ("6.", None, "PEMBIAYAAN", None, None),
    ("6.1", None, "Penerimaan Pembiayaan", "10.000.000,00", None),
    ("6.1.1.01", None, "SILPA Tahun Sebelumnya", "10.000.000,00", "DDS"),
)


def sheet(*rows, merged=()):
    return Table("APB", tuple(rows), merged)


def budget(*rows, head=HEAD):
    """Read a budget of one heading, one bidang, and *rows*."""
    return read_budget(sheet(head, ("2", None, "BIDANG PELAKSANAAN PEMBANGUNAN DESA", None, None), *rows))


def told(reading, severity="block"):
    return [(each.row, each.message) for each in reading.problems if each.severity == severity]


def test_a_siskeudes_print_gives_activities_incomes_and_no_sum_twice():
    found = read_budget(Table("APB", SISKEUDES))
    assert [(line.row, line.code, line.amount, dict(line.funding)) for line in found.lines] == [
        (13, "1.1.01", 59_520_000, {"ADD": 59_520_000}),
        (20, "2.3.10", 100_000_000, {"DDS": 100_000_000}),
    ]
    assert [(row.account, row.amount) for row in found.lines[1].accounts] == [
        ("5.3.5.03", 60_000_000),
        ("5.3.5.02", 40_000_000),
    ]
    assert [(each.code, each.amount, each.source, each.kind) for each in found.incomes] == [
        ("4.2.1", 900_000_000, "DDS", "income"),
        ("6.1.1.01", 10_000_000, "DDS", "financing_in"),
    ]
    assert (found.total, found.income_total, found.financing_total) == (159_520_000, 900_000_000, 10_000_000)
    assert found.by_source() == {"ADD": 59_520_000, "DDS": 100_000_000}
    assert found.problems == () and found.disagreements == ()
    assert len(found.sums) == 11
    assert found.columns == {"code": "A", "text": "C", "amount": "D", "source": "E"}


@pytest.mark.parametrize(
    ("written", "given", "codes"),
    [
        ("2.3.10", {}, [Code("activity", "2.3.10")]),
        ("2. 3. 10.", {}, [Code("activity", "2.3.10")]),
        ("02.03.10", {}, [Code("activity", "2.3.10")]),
        ("2 3 1", {}, [Code("activity", "2.3.01")]),
        ("05.03.00.", {}, [Code("activity", "5.3.00")]),
        ("5.3.5", {"below_activity": True}, [Code("account", "5.3.5")]),
        ("5.3.5.01", {"below_activity": True}, [Code("account", "5.3.5.01")]),
        ("2.3.10.02", {}, [Code("package", "2.3.10", "02")]),
        ("2.3.10.5.3.5.01", {}, [Code("activity", "2.3.10"), Code("account", "5.3.5.01")]),
        ("4.2.1", {"section": "income"}, [Code("account", "4.2.1")]),
        ("4.1.01", {"section": "spending"}, [Code("activity", "4.1.01")]),
        ("5.1", {"words": "Belanja Pegawai"}, [Code("account", "5.1")]),
        ("5.1", {"words": "Penanggulangan Bencana"}, [Code("field", "1")]),
        ("5.02.", {"words": "BIDANG PEMBANGUNAN"}, [Code("field", "2")]),
        ("2.3", {}, [Code("subfield", "2.3")]),
        ("5", {"words": "BELANJA"}, [Code("section", "5")]),
        ("7", {"words": "Semen"}, [Code("number", "7")]),
        ("2.6.90-99", {}, []),
        ("Dua", {}, []),
    ],
)
def test_codes_are_read_however_they_are_punctuated(written, given, codes):
    assert parse_code(written, **given) == codes


@pytest.mark.parametrize(
    ("written", "codes", "unknown"),
    [
        ("ADD", ("ADD",), ""),
        ("DD", ("DDS",), ""),
        ("ADD, DDS", ("ADD", "DDS"), ""),
        ("DANA DESA + PBH", ("DDS", "PBH"), ""),
        ("SILPA ADD", ("ADD",), ""),
        ("s.ADD", ("ADD",), ""),
        ("DD tahap 1", ("DDS",), ""),
        ("BAN-PROV", (), "BAN-PROV"),
        ("", (), ""),
    ],
)
def test_sources_are_read_as_villages_write_them(written, codes, unknown):
    assert sources_in(written) == (codes, unknown)


def test_indonesian_decimals_are_read_and_a_part_of_a_rupiah_is_refused_with_the_whole():
    found = budget(("2.3.99", None, "Lampu jalan", "48.232,91", "DDS"), ("2.3.01", None, "Jalan", "48.232,00", "DDS"))
    assert told(found) == [(3, "anggaran “48.232,91” memuat pecahan rupiah. Bulatkan, misalnya menjadi 48.233.")]
    assert found.lines[1].amount == 48_232


def test_an_unknown_code_is_named_with_its_row_and_what_would_be_accepted():
    found = budget(("2.3.77", None, "Tak dikenal", 5_000_000, "DDS"), ("2.6.90-99", None, "Lain", 1, "DDS"))
    assert told(found) == [
        (
            3,
            "kode kegiatan “2.3.77” tidak ada di daftar. Yang diterima: 2.3.01 sampai 2.3.21, "
            "atau 2.3.90 sampai 2.3.99.",
        ),
        (4, "kode “2.6.90-99” bukan satu kode kegiatan. Tulis satu kode, misalnya 2.3.10."),
    ]


def test_a_code_of_the_villages_own_is_accepted():
    found = budget(("2.3.95", None, "Gapura", 5_000_000, "DDS"))
    assert (found.problems, found.lines[0].code) == ((), "2.3.95")


def test_an_activity_whose_accounts_give_another_sum_is_refused():
    found = budget(
        ("2.3.10", None, "Jalan", 100, "DDS"),
        (None, "5.3.5.03", "Bahan", 60, None),
        (None, "5.3.5.02", "Upah", 30, None),
    )
    assert told(found) == [
        (3, "anggaran kegiatan Rp100, rincian rekeningnya Rp90. Samakan keduanya: perbaiki salah satu baris.")
    ]


def test_an_activity_without_an_amount_takes_that_of_its_accounts():
    found = budget(("2.3.10", None, "Jalan", None, "DDS"), (None, "5.3.5.03", "Bahan", 60, None))
    assert (found.problems, found.lines[0].amount) == ((), 60)


def test_the_money_of_two_sources_is_split_by_the_accounts_and_said_to_be_mixed_where_they_do_not_tell():
    split = budget(
        ("2.3.10", None, "Jalan", 100, "ADD, DDS"),
        (None, "5.3.5.03", "Bahan", 60, "DDS"),
        (None, "5.3.5.02", "Upah", 40, "ADD"),
    )
    assert (split.problems, dict(split.lines[0].funding)) == ((), {"DDS": 60, "ADD": 40})
    mixed = budget(("2.3.10", None, "Jalan", 100, "ADD, DDS"))
    assert dict(mixed.lines[0].funding) == {"": 100}
    assert told(mixed, "warn") == [
        (3, "dibiayai ADD, DDS tanpa jumlah per sumber; tulis satu baris untuk tiap sumber supaya terbagi.")
    ]


def test_two_rows_of_one_activity_from_two_sources_are_one_line():
    found = budget(("2.3.10", None, "Jalan", 100, "ADD"), ("2.3.10", None, "Jalan", 40, "DDS"))
    assert [(line.row, line.amount, dict(line.funding)) for line in found.lines] == [(3, 140, {"ADD": 100, "DDS": 40})]


def test_two_activities_under_one_code_stay_two():
    found = budget(("1.1.07", None, "Insentif RT", 100, "ADD"), ("1.1.07", None, "Operasional", 40, "DDS"))
    assert [line.name for line in found.lines] == ["Insentif RT", "Operasional"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ((None, "Jalan", None, "DDS"), []),
        (("2.3.10", "Jalan", None, "DDS"), ["anggaran kosong. Tulis satu angka rupiah utuh, misalnya 48233000, "
          "48.233.000 atau Rp48.233.000,-. Nol ditulis 0."]),
        (("2.3.10", "Jalan", -5, "DDS"), ["anggaran “-5” bernilai minus. Tulis satu angka rupiah utuh, misalnya "
          "48233000, 48.233.000 atau Rp48.233.000,-."]),
        (("2.3.10", "Jalan", "12 juta", "DDS"), ["anggaran terbaca “12 juta”, bukan satu angka rupiah. Tulis satu "
          "angka rupiah utuh, misalnya 48233000, 48.233.000 atau Rp48.233.000,-."]),
        (("2.3.10", "Jalan", CellError("#REF!"), "DDS"), ["sel anggaran berisi galat #REF!. Perbaiki rumusnya atau "
          "tulis angkanya."]),
        (("2.3.10", "Jalan", 5, "BAN-PROV"), ["sumber dana “BAN-PROV” tidak dikenal. Yang diterima: PAD, DDS, PBH, "
          "ADD, PBP, PBK, SWD, DLL.", "sumber dana kosong. Tulis salah satu: PAD, DDS, PBH, ADD, PBP, PBK, SWD, DLL."]),
        (("2.3.10", None, 5, "DDS"), ["nama kegiatan kosong. Tulis nama kegiatannya di kolom uraian."]),
        (("2.3.10", "x" * 301, 5, "DDS"), ["nama kegiatan 301 huruf; paling banyak 300. Ringkas namanya."]),
    ],
)  # fmt: skip
def test_every_bad_cell_is_told_by_row_with_what_would_be_accepted(cells, said):
    code, name, amount, source = cells
    assert [message for _row, message in told(budget((code, None, name, amount, source)))] == said


def test_a_zero_is_a_value_and_is_noted():
    found = budget(("2.3.10", None, "Jalan", 0, "DDS"))
    assert (told(found), told(found, "note")) == ([], [(3, "anggaran nol; dicatat nol.")])


def test_a_sheet_without_sources_is_told_once_and_not_row_by_row():
    head = ("No", "Uraian", "Anggaran")
    found = read_budget(
        sheet(head, ("II", "BIDANG PELAKSANAAN PEMBANGUNAN DESA", None), (1, "Jalan", 5), (2, "Jembatan", 6))
    )
    assert [each.code for each in found.problems] == ["apb-tanpa-sumber"]
    assert [(line.name, line.field) for line in found.lines] == [("Jalan", 2), ("Jembatan", 2)]


def test_a_sum_of_the_sheet_that_its_rows_do_not_give_is_named_by_its_cell():
    found = budget(("2.3.10", None, "Jalan", 100, "DDS"), (None, None, "JUMLAH BELANJA", 110, None))
    assert [each.message for each in found.disagreements] == [
        "Sel D4 (JUMLAH BELANJA) tercetak Rp110; barisnya berjumlah Rp100."
    ]
    assert found.total == 100


def test_headings_over_merged_cells_cover_all_columns_below_them():
    rows = (
        ("KODE", "URAIAN", None, "BIAYA DAN SUMBER", None),
        (None, None, None, "Jumlah (Rp)", "Sumber"),
        ("2", "BIDANG PELAKSANAAN PEMBANGUNAN DESA", None, None, None),
        ("2.3.10", None, "Jalan", 100, "DDS"),
    )
    merged = (Area(0, 1, 1, 2), Area(0, 3, 0, 4), Area(0, 0, 1, 0))
    found = read_budget(sheet(*rows, merged=merged))
    assert [(line.name, line.amount) for line in found.lines] == [("Jalan", 100)]
    assert found.columns == {"code": "A", "text": "B", "amount": "D", "source": "E"}


def test_our_own_columns_are_known_by_the_key_of_the_activity():
    head = ("activity_code", "nama paket", "sumber", "jumlah", "rkp_item_id")
    found = read_budget(sheet(head, ("2.3.10", "Jalan", "DDS", 60, "k1"), ("2.3.10", "Jalan", "ADD", 40, "k1")))
    assert [(line.item_key, line.amount, dict(line.funding)) for line in found.lines] == [
        ("k1", 100, {"DDS": 60, "ADD": 40})
    ]


def test_a_sheet_without_amounts_is_refused_with_the_column_it_needs():
    with pytest.raises(BadInputError) as refused:
        read_budget(sheet(("No", "Uraian", "Lokasi"), (1, "Jalan", "Dusun")))
    assert (refused.value.code, refused.value.values["read"]) == ("apb-kolom", "anggaran")


RAB = (
    ("RENCANA ANGGARAN BIAYA", None, None, None, None),
    ("Jenis Kegiatan", ": Drainase", None, None, None),
    ("Uraian", "Volume", "Satuan", "Harga Satuan (Rp)", "Jumlah (Rp)"),
    ("BAHAN", None, None, None, None),
    ("Bahan Konstruksi", None, None, None, 100),
    ("Pasir", 2, "m3", 30, 60),
    ("Semen", 4, "zak", 10, 40),
    ("Sub Total 1)", None, None, None, 100),
    ("Upah", None, None, None, 50),
    ("Pekerja", 5, "HOK", 10, 50),
    ("TOTAL BIAYA", None, None, None, 150),
)


def test_an_estimate_gives_the_total_it_prints():
    found = read_estimate(Table("RAB", RAB))
    assert (found.activity, found.total, found.printed, found.agrees) == ("Drainase", 150, 150, True)
    assert [line.description for line in found.lines] == ["Pasir", "Semen", "Pekerja"]
    assert found.disagreements == ()
    assert kind_of(Table("RAB", RAB)) == "estimate"


def test_an_estimate_names_every_cell_that_disagrees():
    rows = [*RAB]
    rows[5] = ("Pasir", 2, "m3", 30, 70)
    found = read_estimate(Table("RAB", tuple(rows)))
    assert [each.message for each in found.disagreements] == [
        "Sel E5 (Bahan Konstruksi) tercetak Rp100; barisnya berjumlah Rp110.",
        "Sel E6 (Pasir) tercetak Rp70; barisnya berjumlah Rp60.",
        "Sel E8 (sub total 1) tercetak Rp100; barisnya berjumlah Rp110.",
        "Sel E11 (jumlah biaya) tercetak Rp150; barisnya berjumlah Rp160.",
    ]
