"""F33: both versions side by side, one line a source, sums that add up on both sides."""

from datetime import date
from decimal import Decimal

from rembuk.core.documents.amendment import (
    AFTER,
    BEFORE,
    DIFFERENCE,
    MONEY,
    PERCENT,
    WIDTH,
    AmendmentLine,
    AmendmentValues,
    amendment_columns,
    build_amendment,
    percent_text,
)
from rembuk.core.documents.frame import Frame, VillageHeading
from rembuk.core.documents.model import NumberedList, Paragraph, Row, leaves
from rembuk.core.documents.perdes import PerdesValues, build_perdes
from rembuk.core.documents.rkpdes import FundedPart, RkpdesLine
from rembuk.core.money import Rupiah

FRAME = Frame(VillageHeading("Melintang", "Muara Wis", "Kutai Kartanegara", "Kalimantan Timur"), date(2026, 11, 24))


def line(activity: str, field: int = 2, **funding: int) -> RkpdesLine:
    parts = tuple(FundedPart(source, Rupiah(amount)) for source, amount in funding.items())
    return RkpdesLine(field, activity, "Dusun Tengah", Decimal(100), "m", funding=parts)


def document(*lines: AmendmentLine, stage: str = "Rancangan"):
    return build_amendment(
        AmendmentValues(
            FRAME,
            2027,
            2,
            "5 Tahun 2026",
            "Pagu final berbeda dari pagu indikatif",
            "900/77/BPKAD",
            date(2026, 11, 20),
            tuple(lines),
            stage=stage,
        )
    )


def money(row: Row) -> tuple[object, ...]:
    return tuple(row.cells[column] for column in (BEFORE + MONEY, AFTER + MONEY, DIFFERENCE, PERCENT))


LINES = (
    AmendmentLine(line("Operasional", 1, ADD=50), line("Operasional", 1, ADD=50)),
    AmendmentLine(line("Titian", DDS=100, ADD=20), line("Titian ulin", DDS=60, PBH=10), "Pagu turun."),
    AmendmentLine(line("Sumur", DDS=30), None, "Dikeluarkan musyawarah."),
    AmendmentLine(None, line("Drainase", DDS=15), "Bencana banjir."),
)


def test_the_form_has_the_columns_of_f26_twice_and_what_moved() -> None:
    labels = [column.label for column in amendment_columns()]
    assert labels == [
        "No",
        "Bidang/Jenis Kegiatan",
        "Semula",
        "Menjadi",
        "Bertambah/ Berkurang (Rp)",
        "%",
        "Alasan",
    ]
    columns = amendment_columns()
    assert columns[2].children == columns[3].children
    assert len(leaves(columns)) == WIDTH


def test_each_source_says_what_it_gained_or_lost() -> None:
    rows = [row for row in document(*LINES).tables[0].rows if row.kind == "item"]
    assert [money(row) for row in rows] == [
        (50, 50, 0, "tetap"),
        (100, 60, -40, Decimal("-40.0")),
        (20, None, -20, Decimal("-100.0")),
        (None, 10, 10, "baru"),
        (30, None, -30, Decimal("-100.0")),
        (None, 15, 15, "baru"),
    ]
    assert [row.continues for row in rows] == [False, False, True, True, False, False]


def test_names_reasons_and_what_is_not_planned_are_said_once() -> None:
    rows = [row for row in document(*LINES).tables[0].rows if row.kind == "item"]
    assert [(row.cells[1], row.cells[WIDTH - 1]) for row in rows if row.cells[0]] == [
        ("Operasional", ""),
        ("Titian ulin (semula: Titian)", "Pagu turun."),
        ("Sumur", "Dikeluarkan musyawarah."),
        ("Drainase", "Bencana banjir."),
    ]
    assert (rows[4].cells[AFTER], rows[5].cells[BEFORE]) == ("tidak direncanakan", "tidak direncanakan")


def test_sums_stand_for_each_bidang_and_in_all() -> None:
    rows = document(*LINES).tables[0].rows
    sums = {row.cells[0]: money(row) for row in rows if row.kind in ("subtotal", "total")}
    assert sums["Jumlah per bidang 1"] == (50, 50, 0, Decimal("0.0"))
    assert sums["Jumlah per bidang 2"] == (150, 85, -65, Decimal("-43.3"))
    assert sums["Jumlah total"] == (200, 135, -65, Decimal("-32.5"))


def test_heading_and_facts_name_version_ground_and_letter() -> None:
    paper = document(*LINES)
    assert paper.heading[0] == "Rancangan Perubahan Rencana Kerja Pemerintah Desa (RKP Desa)"
    assert paper.facts[-2:] == (
        ("Mengubah", "Perdes Nomor 5 Tahun 2026"),
        ("Dasar perubahan", "Pagu final berbeda dari pagu indikatif; 900/77/BPKAD tanggal 20 November 2026"),
    )
    assert document(*LINES, stage="").title == "Perubahan RKP Desa Melintang Tahun 2027, Semula dan Menjadi"


def test_percent_is_rounded_half_up_and_never_of_nothing() -> None:
    assert [percent_text(200, 1), percent_text(2000, -1), percent_text(0, 5), percent_text(0, 0)] == [
        Decimal("0.5"),
        Decimal("-0.1"),
        "baru",
        None,
    ]


def test_a_perdes_that_changes_another_has_two_articles_and_names_it() -> None:
    values = PerdesValues(FRAME, 2027, amends="5 Tahun 2026", ground="Pagu final berbeda dari pagu indikatif")
    paper = build_perdes(values)
    texts = [part.text for part in paper.parts if isinstance(part, Paragraph)]
    name = "Perubahan atas Peraturan Desa Nomor 5 Tahun 2026 tentang Rencana Kerja Pemerintah Desa Tahun 2027"
    assert (paper.heading[-1], paper.title) == (name, "Peraturan Desa Melintang tentang Perubahan RKP Desa Tahun 2027")
    assert [text for text in texts if text.startswith("Pasal ")] == ["Pasal I", "Pasal II"]
    weighed = next(part.items for part in paper.parts if isinstance(part, NumberedList) and part.label == "Menimbang")
    assert "pagu final berbeda dari pagu indikatif" in weighed[1]
