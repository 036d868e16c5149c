"""Make the worked example of the README again: ``python contoh/buat.py``.

The village's name is real, everything else is invented: needs, places, people counted, costs and ceilings. The workbook
is as untidy as village lists are: a title above, a heading of two rows with merged cells and a stray ``]`` over the
costs, headings and sums between the rows, costs of every shape, a range, an empty cost and a broken formula. The budget
is as Siskeudes prints it.
"""

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

HERE = Path(__file__).parent
CODE = "64.02.02.2006"
Cell = str | int | None

# Text, RT, volume, unit, men, women, poor, cost, source, proposer.
HULU: list[list[Cell]] = [
    [
        "Penggantian titian ulin yang lapuk sepanjang jalur anak sekolah",
        "RT 01",
        240,
        "m",
        118,
        124,
        36,
        "Rp 96.000.000,-",
        "",
        "Musdus Hulu",
    ],
    ["Pembangunan dermaga tambat perahu warga", "RT 01", 1, "unit", 210, 198, 41, 145000000, "", "Musdus Hulu"],
    [
        "Pengadaan perahu ambulans desa beserta mesin",
        "RT 02",
        1,
        "unit",
        640,
        618,
        97,
        "87.500.000",
        "",
        "Kader posyandu",
    ],
    [
        "Rehab posyandu Melati, atap bocor dan lantai amblas",
        "RT 02",
        1,
        "unit",
        88,
        164,
        29,
        "Rp64.250.000",
        "",
        "Kader posyandu",
    ],
    [
        "Pelatihan pengolahan ikan asin dan amplang kelompok perempuan",
        "RT 03",
        20,
        "orang",
        0,
        20,
        9,
        "18.000.000,00",
        "DD",
        "Kelompok Mekar",
    ],
    [
        "Bibit dan pakan keramba ikan patin",
        "RT 03",
        12,
        "keramba",
        34,
        11,
        14,
        "2.500.000-4.000.000",
        "",
        "Kelompok nelayan",
    ],
    ["Lampu jalan tenaga surya di tikungan sungai", "RT 02", 15, "titik", 305, 290, 44, "52.500.000", "", "Ketua RT"],
]
TENGAH: list[list[Cell]] = [
    [
        "Semenisasi jalan lingkungan dari masjid ke lapangan",
        "RT 04",
        310,
        "m",
        276,
        268,
        52,
        "186.000.000",
        "ADD",
        "Musdus Tengah",
    ],
    [
        "Pembuatan parit dan gorong-gorong yang meluap setiap pasang",
        "RT 04",
        "180 m",
        "m",
        190,
        187,
        38,
        "74.400.000",
        "",
        "Musdus Tengah",
    ],
    [
        "Penampungan air hujan untuk rumah tanpa sambungan air",
        "RT 05",
        25,
        "unit",
        61,
        58,
        47,
        "62.500.000",
        "",
        "Ketua RT",
    ],
    ["Insentif guru PAUD dan TPA", "RT 05", 12, "bulan", 4, 11, 0, "36.000.000", "ADD", "Pengelola PAUD"],
    ["Alat peraga dan mainan luar PAUD", "RT 05", 1, "paket", 31, 29, 12, None, "", "Pengelola PAUD"],
    ["Perbaikan balai pertemuan dusun", "RT 06", 1, "unit", 150, 144, 20, "menyusul RAB", "", "Karang taruna"],
    ["Bimbingan teknis keuangan BUM Desa", "", 2, "kali", 6, 5, 0, "12000000", "PAD", "Pengurus BUM Desa"],
    [
        "Jaringan internet desa dan titik wifi balai",
        "RT 06",
        3,
        "titik",
        420,
        405,
        60,
        "45,000,000",
        "",
        "Karang taruna",
    ],
    ["Makanan tambahan balita dan ibu hamil", "", 12, "bulan", 46, 83, 33, "Rp. 48.000.000", "DDS", "Kader posyandu"],
]
SEBERANG: list[list[Cell]] = [
    ["Jembatan gantung penghubung ke kebun", "RT 07", 60, "m", 132, 120, 40, 415000000, "BKK", "Musdus Seberang"],
    ["Normalisasi parit sawah pasang surut", "RT 07", "1,5", "km", 72, 64, 31, "58.000.000", "", "Kelompok tani"],
    [
        "Mesin perontok padi untuk kelompok tani",
        "RT 08",
        2,
        "unit",
        41,
        22,
        18,
        "33.000.000 + 2.000.000",
        "",
        "Kelompok tani",
    ],
    ["Sumur bor dan menara air <dekat sekolah> & langgar", "RT 08", 1, "unit", 96, 101, 34, "#REF!", "", "Ketua RT"],
    ["Penyuluhan pencegahan stunting", "", 4, "kali", 30, 70, 22, "8.000.000", "", "Bidan desa"],
    ["Pos kamling terapung", "RT 08", 1, "unit", 90, 85, 15, "(7.500.000)", "", "Linmas"],
    ["Pelatihan siaga banjir dan perahu karet", "", 1, "paket", 60, 40, 18, "27.250.000", "", "Linmas"],
    ["Festival perahu naga dan adat tepian", "", 1, "kegiatan", 500, 520, 0, "15.000.000", "PADes", "Lembaga adat"],
    ["Perbaikan kuburan dan jalan pemakaman", "RT 07", 1, "paket", 132, 120, 40, "9.999.999,50", "", "Ketua RT"],
]
CEILINGS = [
    ("DDS", 412_650_000, ""),
    ("DDS", 570_540_000, "Koperasi Desa Merah Putih"),
    ("ADD", 268_400_000, ""),
    ("PBH", 38_275_000, ""),
    ("PBK", 450_000_000, ""),
    ("PAD", 12_500_000, ""),
]

# The list's row, then C1 to C5: what one meeting might have given.
SCORES = [
    (8, 5, 5, 3, 4, 4), (9, 5, 4, 5, 4, 3), (10, 5, 5, 2, 3, 3), (11, 4, 4, 1, 3, 4), (12, 3, 2, 5, 3, 5),
    (13, 3, 3, 5, 4, 4), (14, 4, 3, 2, 4, 4), (18, 5, 3, 3, 3, 4), (19, 5, 5, 4, 5, 4), (20, 4, 4, 2, 4, 3),
    (21, 4, 3, 1, 3, 5), (22, 3, 2, 1, 2, 4), (24, 2, 2, 4, 2, 4), (25, 5, 2, 4, 3, 3), (26, 4, 5, 2, 5, 5),
    (30, 4, 4, 5, 3, 2), (31, 4, 4, 5, 5, 4), (34, 3, 4, 1, 4, 5), (36, 4, 5, 2, 4, 3), (37, 3, 1, 2, 2, 4),
]  # fmt: skip


HEADS = (
    "No",
    "Usulan Kegiatan",
    "Lokasi",
    "Perkiraan",
    "",
    "Penerima Manfaat",
    "",
    "",
    "]",
    "Sumber Dana",
    "Pengusul",
)


def main() -> None:
    """Write the workbook, the ceilings and the scores beside this file."""
    book = xlsxwriter.Workbook(str(HERE / "usulan.xlsx"))
    book.set_properties({"title": "Contoh daftar usulan", "created": datetime(2026, 6, 15)})  # noqa: DTZ001
    sheet = book.add_worksheet("Usulan 2027")
    bold = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True})
    cell = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
    write_heads(sheet, bold)
    line = write_hamlets(sheet, bold, cell)
    sheet.write_string(line, 7, "Ponoragan, 15 Juni 2026")
    book.close()
    write_budget()
    write_list("pagu.csv", ("sumber", "jumlah", "untuk"), CEILINGS)
    write_list("skor.csv", ("baris", "C1", "C2", "C3", "C4", "C5"), SCORES)


def write_heads(sheet: Any, bold: Any) -> None:
    """Write titles over the whole width, headings over two rows, and the letters of the columns."""
    sheet.set_column(1, 1, 52)
    sheet.set_column(2, 11, 13)
    sheet.merge_range("A1:L1", "DAFTAR USULAN RENCANA KEGIATAN DESA PONORAGAN (DATA CONTOH)", bold)
    sheet.merge_range("A2:L2", "HASIL MUSYAWARAH DUSUN, BAHAN RKP DESA TAHUN 2027", bold)
    for column, label in enumerate(HEADS):
        if column in (3, 5):
            sheet.merge_range(3, column, 3, column + (1 if column == 3 else 2), label, bold)
        elif label:
            sheet.merge_range(3, column, 4, column, label, bold)
    for column, label in ((3, "Volume"), (4, "Satuan"), (5, "LK"), (6, "PR"), (7, "A-RTM")):
        sheet.write_string(4, column, label, bold)
    for column in range(len(HEADS)):
        sheet.write_string(5, column, "abcdefghijk"[column], bold)


def write_hamlets(sheet: Any, bold: Any, cell: Any) -> int:
    """Write each hamlet's proposals with a sum below them; return the line after the last."""
    line = 6
    for hamlet, rows in (("DUSUN HULU", HULU), ("DUSUN TENGAH", TENGAH), ("DUSUN SEBERANG", SEBERANG)):
        sheet.merge_range(line, 0, line, len(HEADS) - 1, hamlet, bold)
        first = line + 2
        for number, row in enumerate(rows, start=1):
            line += 1
            for column, value in enumerate([number, *row]):
                write_value(sheet, line, column, value, cell)
        line += 1
        sheet.write_string(line, 1, f"JUMLAH {hamlet}", bold)
        numbers = [row[7] for row in rows if isinstance(row[7], int)]
        sheet.write_formula(line, 8, f"=SUM(I{first}:I{line})", cell, sum(numbers))
        line += 2
    return line


def write_value(sheet: Any, line: int, column: int, value: object, cell: Any) -> None:
    """Write one cell as villages have it: a number, words, a broken reference, or nothing."""
    if value == "#REF!":
        sheet.write_formula(line, column, "=RAB!#REF!", cell, "#REF!")
    elif isinstance(value, int):
        sheet.write_number(line, column, value, cell)
    elif value:
        sheet.write_string(line, column, value, cell)


# Code, account, name, amount as typed, source. An empty code is an account below; a bidang or a sum has no source.
BUDGET: list[tuple[str, str, str, Cell, str]] = [
    ("4.", "", "PENDAPATAN", None, ""),
    ("4.2.", "", "Pendapatan Transfer", "1.637.600.000,00", ""),
    ("4.2.1.", "", "Dana Desa", "390.800.000,00", "DDS"),
    ("4.2.3.", "", "Alokasi Dana Desa", "1.246.800.000,00", "ADD"),
    ("", "", "JUMLAH PENDAPATAN", "1.637.600.000,00", ""),
    ("5.", "", "BELANJA", None, ""),
    ("1", "", "BIDANG PENYELENGGARAAN PEMERINTAHAN DESA", "208.400.000,00", ""),
    ("1.1", "", "Sub Bidang Penghasilan Tetap, Tunjangan dan Operasional", "208.400.000,00", ""),
    ("1.1.01", "", "Penghasilan tetap dan tunjangan Kepala Desa", "62.400.000,00", "ADD"),
    ("1.1.01", "5.1.1.01", "Penghasilan Tetap Kepala Desa", "48.000.000,00", ""),
    ("1.1.01", "5.1.1.02", "Tunjangan Kepala Desa", "14.400.000,00", ""),
    ("1. 1. 04.", "", "Operasional Pemerintah Desa", "Rp 146.000.000,-", "ADD"),
    ("2", "", "BIDANG PELAKSANAAN PEMBANGUNAN DESA", "150.000.000,00", ""),
    ("2.3.11", "", "Pembangunan titian kayu ulin jalur sekolah", 96_000_000, "DDS"),
    ("2.3.11", "5.3.5.03", "Bahan baku", 70_000_000, ""),
    ("2.3.11", "5.3.5.02", "Upah tenaga kerja", 26_000_000, ""),
    ("2.2.09", "", "Rehab posyandu Melati", 54_000_000, "DDS"),
    ("5", "", "BIDANG PENANGGULANGAN BENCANA, DARURAT DAN MENDESAK", "12.000.000,00", ""),
    ("5.1.00", "", "Penanganan banjir", "12.000.000,00", "DDS"),
    ("", "", "JUMLAH BELANJA", "371.400.000,00", ""),
    ("", "", "SURPLUS / (DEFISIT)", "1.266.200.000,00", ""),
]


def write_budget() -> None:
    """Write a budget as Siskeudes prints it: titles, a heading over merged cells, codes of every spelling, and sums.

    One sum is wrong by a million, as happens when a line is added by hand.
    """
    book = xlsxwriter.Workbook(str(HERE / "apb-desa.xlsx"))
    book.set_properties({"title": "Contoh APB Desa", "created": datetime(2026, 10, 20)})  # noqa: DTZ001
    sheet = book.add_worksheet("APBDes")
    bold = book.add_format({"bold": True, "border": 1, "align": "center", "text_wrap": True})
    cell = book.add_format({"border": 1, "valign": "top", "text_wrap": True})
    sheet.set_column(2, 2, 60)
    sheet.merge_range("A1:E1", "RINCIAN ANGGARAN PENDAPATAN DAN BELANJA DESA (DATA CONTOH)", bold)
    sheet.merge_range("A2:E2", "DESA PONORAGAN TAHUN ANGGARAN 2027", bold)
    sheet.merge_range("A4:B4", "KODE REKENING", bold)
    for column, label in ((2, "URAIAN"), (3, "ANGGARAN (Rp)"), (4, "SUMBERDANA")):
        sheet.write_string(3, column, label, bold)
    for column, label in enumerate(("1", "", "2", "3", "4")):
        sheet.write_string(4, column, label, bold)
    for line, row in enumerate(BUDGET, start=5):
        for column, value in enumerate(row):
            write_value(sheet, line, column, value, cell)
    book.close()


def write_list(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
