"""Make the four RPJM Desa examples again: ``python contoh/buat_rpjm.py``. Everything in them is invented.

One plan in the four shapes that villages keep: the matrix of Permendagri 114/2014, that of Permendesa PDTT 21/2020, a
sheet of six years with money under each year and headings over three rows, and a table in a text document of two pages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import docx
import xlsxwriter
from docx.enum.section import WD_ORIENT

HERE = Path(__file__).parent
FIELDS: Final = {
    1: "BIDANG PENYELENGGARAAN PEMERINTAHAN DESA",
    2: "BIDANG PELAKSANAAN PEMBANGUNAN DESA",
    3: "BIDANG PEMBINAAN KEMASYARAKATAN",
    4: "BIDANG PEMBERDAYAAN MASYARAKAT",
    5: "BIDANG PENANGGULANGAN BENCANA, DARURAT DAN MENDESAK",
}
ROMAN: Final = ("", "I", "II", "III", "IV", "V")


@dataclass(frozen=True)
class Activity:
    """One line. years: ordinals of the period; each: rupiah a year."""

    field: int
    group: str
    code: str
    name: str
    place: str
    volume: str
    unit: str
    target: str
    people: tuple[int, int, int]
    goals: str
    years: tuple[int, ...]
    each: int
    source: str

    @property
    def cost(self) -> int:
        return self.each * len(self.years)


PLAN: Final = (
    Activity(
        1,
        "Siltap dan operasional",
        "1.1.04",
        "Operasional kantor desa dan perahu dinas",
        "Kantor Desa",
        "12",
        "bulan",
        "Pelayanan warga",
        (610, 588, 96),
        "16",
        (1, 2, 3, 4, 5, 6),
        42_000_000,
        "ADD",
    ),
    Activity(
        1,
        "Tata praja",
        "1.4.01",
        "Musyawarah perencanaan setiap tahun",
        "Balai Desa",
        "3",
        "kali",
        "Seluruh warga",
        (610, 588, 96),
        "16, 18",
        (1, 2, 3, 4, 5, 6),
        9_500_000,
        "ADD",
    ),
    Activity(
        1,
        "Tata praja",
        "1.4.08",
        "Jaringan internet dan sistem informasi desa",
        "Kantor Desa",
        "1",
        "paket",
        "Perangkat dan warga",
        (610, 588, 96),
        "9",
        (2, 3),
        24_000_000,
        "ADD",
    ),
    Activity(
        2,
        "Pendidikan",
        "2.1.02",
        "Alat peraga dan bacaan PAUD tepi sungai",
        "Dusun Hulu",
        "2",
        "paket",
        "Anak usia dini",
        (31, 36, 22),
        "4",
        (1, 3, 5),
        15_000_000,
        "DDS",
    ),
    Activity(
        2,
        "Kesehatan",
        "2.2.02",
        "Makanan tambahan dan timbang balita",
        "Semua dusun",
        "12",
        "bulan",
        "Balita dan ibu hamil",
        (58, 121, 47),
        "2, 3",
        (1, 2, 3, 4, 5, 6),
        36_000_000,
        "DDS",
    ),
    Activity(
        2,
        "Pekerjaan umum",
        "2.3.11",
        "Titian ulin jalur sekolah",
        "Dusun Hulu",
        "480",
        "m",
        "Murid dan warga",
        (118, 124, 36),
        "9, 11",
        (1, 2),
        145_000_000,
        "DDS",
    ),
    Activity(
        2,
        "Pekerjaan umum",
        "2.3.13",
        "Dermaga tambat perahu",
        "Dusun Tengah",
        "1",
        "unit",
        "Nelayan dan penumpang",
        (210, 198, 41),
        "9",
        (3,),
        185_000_000,
        "PBK",
    ),
    Activity(
        2,
        "Kawasan permukiman",
        "2.4.10",
        "Sambungan air bersih dari embung",
        "Dusun Seberang",
        "64",
        "rumah",
        "Keluarga tanpa air bersih",
        (128, 131, 58),
        "6",
        (2, 4),
        120_000_000,
        "DDS, PBK",
    ),
    Activity(
        3,
        "Ketenteraman",
        "3.1.02",
        "Pos jaga dan ronda sungai",
        "Dusun Tengah",
        "2",
        "unit",
        "Warga tepi sungai",
        (190, 171, 30),
        "16",
        (2,),
        28_500_000,
        "ADD",
    ),
    Activity(
        3,
        "Kelembagaan",
        "3.4.02",
        "Pembinaan lembaga adat dan kesenian",
        "Balai Adat",
        "1",
        "kelompok",
        "Warga adat",
        (60, 74, 18),
        "18",
        (1, 3, 5),
        12_500_000,
        "PBH",
    ),
    Activity(
        4,
        "Perikanan",
        "4.1.02",
        "Keramba dan bibit untuk kelompok perempuan",
        "Dusun Tengah",
        "40",
        "petak",
        "Kelompok perempuan",
        (0, 42, 25),
        "1, 5",
        (2, 4, 6),
        55_000_000,
        "DDS",
    ),
    Activity(
        4,
        "Usaha",
        "4.5.02",
        "Pelatihan olahan ikan dan pemasaran",
        "Balai Desa",
        "30",
        "orang",
        "Ibu rumah tangga",
        (3, 27, 16),
        "8",
        (3, 5),
        18_000_000,
        "DDS",
    ),
    Activity(
        5,
        "Bencana",
        "5.1.00",
        "Siaga banjir: perahu karet dan tandon",
        "Semua dusun",
        "1",
        "paket",
        "Warga rawan banjir",
        (610, 588, 96),
        "13",
        (1, 4),
        32_000_000,
        "DDS",
    ),
)


def main() -> None:
    family_a(HERE / "rpjm-keluarga-a.xlsx", 2020, 8)
    family_b(HERE / "rpjm-keluarga-b.xlsx", 2021, 8)
    six_years(HERE / "rpjm-enam-tahun.xlsx", 2020)
    document(HERE / "rpjm-tabel.docx", 2022)


def grouped(plan: Sequence[Activity]) -> Iterator[tuple[int, list[Activity]]]:
    for number in FIELDS:
        yield number, [line for line in plan if line.field == number]


def family_a(path: Path, first: int, years: int) -> None:
    """The matrix of Permendagri 114/2014: bidang and sub bidang in columns, ticks under the years, sums below each."""
    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet("RPJM DESA"), book.add_format({"bold": True, "text_wrap": True})
        last = 7 + years + 4
        sheet.merge_range(0, 0, 0, last, "RANCANGAN RENCANA PEMBANGUNAN JANGKA MENENGAH DESA", bold)
        sheet.merge_range(1, 0, 1, last, f"DESA PONORAGAN, PERIODE {first} - {first + years - 1}", bold)
        heads = ("No", "Bidang", "Sub Bidang", "Jenis Kegiatan", "Lokasi", "Prakiraan Volume", "Sasaran/Manfaat")
        for column, head in enumerate(heads):
            sheet.merge_range(3, column, 4, column, head, bold)
        sheet.merge_range(3, 7, 3, 6 + years, "Waktu Pelaksanaan", bold)
        for number in range(years):
            sheet.write_string(4, 7 + number, f"Tahun {number + 1}", bold)
        sheet.merge_range(3, 7 + years, 3, 8 + years, "Prakiraan Biaya dan Sumber Pembiayaan", bold)
        sheet.write_row(4, 7 + years, ["Jumlah (Rp)", "Sumber"], bold)
        sheet.merge_range(3, 9 + years, 3, 11 + years, "Prakiraan Pola Pelaksanaan", bold)
        sheet.write_row(4, 9 + years, ["Swakelola", "Kerja Sama Antar Desa", "Kerja Sama Pihak Ketiga"], bold)
        row = 5
        for number, lines in grouped(PLAN):
            sheet.write_string(row, 1, f"{ROMAN[number]}. {FIELDS[number]}", bold)
            for place, line in enumerate(lines, 1):
                row += 1
                sheet.write_row(row, 0, [place, "", line.group, line.name, line.place, f"{line.volume} {line.unit}"])
                sheet.write_string(row, 6, line.target)
                for year in line.years:
                    sheet.write_string(row, 6 + year, "√")
                sheet.write_number(row, 7 + years, line.cost)
                sheet.write_string(row, 8 + years, line.source)
                sheet.write_string(row, (10 if line.source == "PBK" else 9) + years, "√")
            row += 1
            sheet.write_string(row, 1, f"Jumlah Bidang {ROMAN[number]}", bold)
            sheet.write_number(row, 7 + years, sum(line.cost for line in lines))
            row += 1
        sheet.write_string(row, 1, "JUMLAH TOTAL", bold)
        sheet.write_number(row, 7 + years, sum(line.cost for line in PLAN))
        sheet.write_string(row + 2, 8, f"Ponoragan, 12 Maret {first}")


def family_b(path: Path, first: int, years: int) -> None:
    """The matrix of Permendesa PDTT 21/2020: goals, existing data, targets by year; numbers as villages type them."""
    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet("Matriks"), book.add_format({"bold": True, "text_wrap": True})
        sheet.write_string(0, 0, f"MATRIKS RPJM DESA TAHUN {first} s.d. {first + years - 1}", bold)
        plain = ("No", "Bidang", "Sub Bidang", "Nama Program/Kegiatan", "Mendukung SDGs Ke-", "Data Eksisting")
        for column, head in enumerate(plain):
            sheet.merge_range(2, column, 3, column, head, bold)
        sheet.merge_range(2, 6, 2, 5 + years, "Target Capaian Tahun Ke-", bold)
        sheet.write_row(3, 6, list(range(1, years + 1)), bold)
        after = 6 + years
        for column, head in enumerate(("Lokasi (Dusun/RT/RW)", "Prakiraan Volume dan Satuan")):
            sheet.merge_range(2, after + column, 3, after + column, head, bold)
        sheet.merge_range(2, after + 2, 2, after + 4, "Penerima Manfaat", bold)
        sheet.write_row(3, after + 2, ["LK", "PR", "A-RTM"], bold)
        sheet.merge_range(2, after + 5, 2, after + 4 + years, "Waktu Pelaksanaan Tahun Ke-", bold)
        sheet.write_row(3, after + 5, list(range(1, years + 1)), bold)
        money = after + 5 + years
        for column, head in enumerate(("Jumlah (Rp)", "Sumber", "Pola Pelaksanaan")):
            sheet.merge_range(2, money + column, 3, money + column, head, bold)
        row = 4
        for number, lines in grouped(PLAN):
            for place, line in enumerate(lines, 1):
                name = FIELDS[number] if place == 1 else ""
                sheet.write_row(row, 0, [place, name, line.group, line.name, line.goals, "belum ada"])
                for year in line.years:
                    sheet.write_string(row, 5 + year, f"{line.volume} {line.unit}")
                    sheet.write_number(row, after + 4 + year, 1)
                sheet.write_row(row, after, [line.place, f"{line.volume} {line.unit}", *line.people])
                written = f"Rp {line.cost:,},-".replace(",", ".").replace(".-", ",-")
                sheet.write_row(row, money, [written, line.source, "Swakelola"])
                row += 1
        sheet.write_string(row, 3, "JUMLAH", bold)
        sheet.write_number(row, money, sum(line.cost for line in PLAN))


def six_years(path: Path, first: int) -> None:
    """A sheet of six years from before the term was eight: money under each year, headings over three rows."""
    with xlsxwriter.Workbook(path) as book:
        sheet, bold = book.add_worksheet("RPJMDes 6 TAHUN"), book.add_format({"bold": True, "text_wrap": True})
        sheet.merge_range(0, 0, 0, 14, f"RENCANA PROGRAM INDIKATIF {first}-{first + 5}", bold)
        for column, head in enumerate(("No", "Kode", "Uraian Kegiatan", "Lokasi")):
            sheet.merge_range(2, column, 4, column, head, bold)
        sheet.merge_range(2, 4, 2, 5, "Keluaran", bold)
        for column, head in enumerate(("Volume", "Satuan")):
            sheet.merge_range(3, 4 + column, 4, 4 + column, head, bold)
        sheet.merge_range(2, 6, 2, 12, "Rencana Anggaran", bold)
        sheet.merge_range(3, 6, 3, 11, "Tahun", bold)
        sheet.write_row(4, 6, list(range(first, first + 6)), bold)
        sheet.merge_range(3, 12, 4, 12, "Jumlah (Rp)", bold)
        sheet.merge_range(2, 13, 4, 13, "Sumber Dana", bold)
        sheet.write_row(5, 0, list(range(1, 15)))
        row = 6
        for number, lines in grouped(PLAN):
            sheet.merge_range(row, 0, row, 3, f"{FIELDS[number]}", bold)
            for place, line in enumerate(lines, 1):
                row += 1
                sheet.write_row(row, 0, [f"{number}.{place}", line.code, line.name, line.place, int(line.volume)])
                sheet.write_string(row, 5, line.unit)
                for year in line.years:
                    sheet.write_number(row, 5 + year, line.each)
                sheet.write_formula(row, 12, f"=SUM(G{row + 1}:L{row + 1})", None, line.cost)
                sheet.write_string(row, 13, line.source)
            row += 1
        sheet.write_string(row, 2, "JUMLAH SELURUHNYA", bold)
        sheet.write_number(row, 12, sum(line.cost for line in PLAN))


def document(path: Path, first: int) -> None:
    """A table in a text document, its years written out; the second page repeats the heading in a table of its own."""
    text: Any = docx.Document()
    page = text.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = page.page_height, page.page_width
    text.add_heading("Rencana Pembangunan Jangka Menengah Desa", 1)
    text.add_paragraph(f"Periode {first}-{first + 7}")
    heads = ("No", "Kegiatan", "Lokasi", "Volume", "Sasaran", "Tahun Pelaksanaan", "Biaya (Rp)", "Sumber Biaya")
    half = len(PLAN) // 2
    for lines in (PLAN[:half], PLAN[half:]):
        table = text.add_table(rows=1, cols=len(heads))
        table.style = "Table Grid"
        for cell, head in zip(table.rows[0].cells, heads, strict=True):
            cell.text = head
        for number, under in grouped(lines):
            if not under:
                continue
            cells = table.add_row().cells
            cells[0].merge(cells[-1]).text = FIELDS[number]
            for place, line in enumerate(under, 1):
                years = [first + year - 1 for year in line.years]
                run = years[-1] - years[0] == len(years) - 1 and len(years) > 1
                written = f"{years[0]}-{years[-1]}" if run else ", ".join(map(str, years))
                money = f"{line.cost:,}".replace(",", ".")
                volume = f"{line.volume} {line.unit}"
                values = (f"{place}.", line.name, line.place, volume, line.target, written, money, line.source)
                for cell, value in zip(table.add_row().cells, values, strict=True):
                    cell.text = value
    text.save(path)


if __name__ == "__main__":
    main()
