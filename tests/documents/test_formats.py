"""The same paper as PDF, DOCX and XLSX: same words, same totals, same bytes each time."""

import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import openpyxl
import psutil
import pypdfium2
import pytest
from docx import Document as open_docx  # noqa: N813
from python_calamine import CalamineWorkbook

from documents.reading import docx_text, golden, missing, pdf_text, said, squeezed, xlsx_text, zip_dates
from documents.samples import CHAIR, HEAD, HOSTILE, LONG_WORD, ceilings, cost, frame, hall, line, plan
from documents.samples import SAMPLES as FIRST_SAMPLES
from documents.samples_cycle import CYCLE_SAMPLES
from rembuk.core.documents import rkpdes
from rembuk.core.documents.model import SAMPLE_MARK, Document, Note
from rembuk.documents.renderers.docx import render_docx
from rembuk.documents.renderers.errors import RenderError
from rembuk.documents.renderers.pdf import render_pdf
from rembuk.documents.renderers.xlsx import CUT, LONGEST_CELL, render_xlsx

SAMPLES = {**FIRST_SAMPLES, **CYCLE_SAMPLES}
GOLDEN = Path(__file__).parents[1] / "golden" / "documents"


def one_item(**changes: object) -> Document:
    return rkpdes.build_rkpdes(rkpdes.RkpdesValues(frame(), 2027, (line(1, **changes),), HEAD, CHAIR))


@pytest.mark.parametrize("name", SAMPLES)
def test_each_form_says_what_its_golden_file_says(name: str) -> None:
    """Rewrite the files with ``REMBUK_GOLDEN=tulis`` after a change that was meant, and read the difference."""
    path, text = GOLDEN / f"{name}.txt", golden(SAMPLES[name]())
    if os.environ.get("REMBUK_GOLDEN") == "tulis":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SAMPLES)
def test_all_three_formats_show_every_word_and_number_of_each_form(name: str) -> None:
    document = SAMPLES[name]()

    assert missing(document, pdf_text(render_pdf([document], archive=True))) == []
    assert missing(document, docx_text(render_docx([document]))) == []
    assert missing(document, xlsx_text(render_xlsx([document]))) == []


def test_hostile_text_comes_out_whole_in_all_three_formats() -> None:
    document = one_item(activity=HOSTILE, location=LONG_WORD, quantity=None, funding=(), implementer="=1+1")

    assert len(LONG_WORD) == 300
    for text in (
        pdf_text(render_pdf([document], archive=True)),
        docx_text(render_docx([document])),
        xlsx_text(render_xlsx([document])),
    ):
        assert missing(document, text) == []


def test_signs_that_the_typeface_lacks_are_written_by_number_in_pdf_and_kept_in_the_others() -> None:
    document = one_item(activity="Lampu 💡 jalan ½ m² – “terang” ✓\u0007")

    assert "Lampu[U+1F4A1]jalan½m²–“terang”✓" in squeezed(pdf_text(render_pdf([document], archive=True)))
    assert "Lampu 💡 jalan ½ m² – “terang” ✓" in docx_text(render_docx([document]))
    assert "Lampu 💡 jalan ½ m² – “terang” ✓" in xlsx_text(render_xlsx([document]))


def test_a_cell_longer_than_a_page_runs_over_pages_and_loses_no_word() -> None:
    document = one_item(activity=" ".join(f"kata{index}" for index in range(1500)))

    text = squeezed(pdf_text(render_pdf([document])))

    assert [index for index in range(1500) if f"kata{index}" not in text] == []


def test_a_cell_beyond_what_a_workbook_holds_is_cut_and_says_so() -> None:
    document = one_item(activity="x" * 40_000)

    book = openpyxl.load_workbook(io.BytesIO(render_xlsx([document])))

    cells = [cell.value for row in book["RKP"].iter_rows() for cell in row if str(cell.value).startswith("xxx")]
    assert cells == ["x" * (LONGEST_CELL - len(CUT)) + CUT]


@pytest.mark.parametrize("count", [0, 1, 300])
def test_a_plan_of_any_length_shows_five_fields_and_the_same_total_everywhere(count: int) -> None:
    document = plan(count)
    total = document.tables[0].rows[-1].cells[7]

    texts = [
        pdf_text(render_pdf([document], tagged=False)),
        docx_text(render_docx([document])),
        xlsx_text(render_xlsx([document])),
    ]

    for text in texts:
        flat = squeezed(text)
        assert [field for field in range(1, 6) if f"Jumlahperbidang{field}" not in flat] == []
        assert missing(document, text) == []
    assert total == sum(part.amount for index in range(count) for part in line(index).funding)


def test_the_heading_repeats_on_every_page() -> None:
    pdf = pypdfium2.PdfDocument(render_pdf([plan(60)], tagged=False))

    pages = [page.get_textpage().get_text_range() for page in pdf]

    assert len(pages) > 2
    assert [squeezed(page).count("Bidang/JenisKegiatan") for page in pages[:-1]] == [1] * (len(pages) - 1)
    docx = open_docx(io.BytesIO(render_docx([plan(60)])))
    repeated = [row for row in docx.tables[1].rows if row._tr.xpath("./w:trPr/w:tblHeader")]
    assert len(repeated) == 3
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx([plan(60)])))["RKP"]
    top = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "No")
    assert sheet.print_title_rows == f"${top}:${top + 2}"


def test_an_item_paid_from_two_sources_is_one_item_on_two_lines() -> None:
    document = plan(1)
    rows = [row for row in document.tables[0].rows if row.kind == "item"]

    assert [(row.cells[0], row.cells[7], row.cells[8]) for row in rows] == [
        (1, 120_000_000, "DDS"),
        (None, 22_600_000, "ADD"),
    ]
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx([document])))["RKP"]
    first = next(row[0].row for row in sheet.iter_rows() if row[0].value == 1 and row[8].value == "DDS")
    assert f"C{first}:C{first + 1}" in {str(merged) for merged in sheet.merged_cells.ranges}


def test_sums_in_the_workbook_are_formulas_that_add_up_to_the_cached_values() -> None:
    data = render_xlsx([plan(23)])
    live = openpyxl.load_workbook(io.BytesIO(data))["RKP"]
    cached = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["RKP"]

    formulas = {cell.coordinate: cell.value for cell in live["H"] if str(cell.value).startswith("=SUM(")}

    assert len(formulas) == 6
    for place, formula in formulas.items():
        parts = formula.removeprefix("=SUM(").removesuffix(")").split(",")
        total = 0
        for part in parts:
            cells = cached[part] if ":" in part else ((cached[part],),)
            total += sum(cell.value or 0 for row in cells for cell in row)
        assert total == cached[place].value


def test_a_rab_multiplies_live_and_agrees_to_the_rupiah() -> None:
    data = render_xlsx([cost()])
    live = openpyxl.load_workbook(io.BytesIO(data))["RAB"]
    values = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("RAB").to_python()

    assert len([cell for cell in live["E"] if str(cell.value).startswith("=ROUND(B")]) == 6
    assert [row[4] for row in values if row[0] == "Total biaya"] == [66_161_875.0]
    assert [row[4] for row in values if row[0] == "Dari APB Desa"] == [58_961_875.0]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    starts = ("=1+1", "+62811", "-5", "@SUM(A1)", "\t=1")
    documents = [one_item(activity=text) for text in starts]

    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(documents)))

    for sheet, text in zip(book, starts, strict=True):
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value == text]
        assert [(cell.data_type, cell.quotePrefix) for cell in cells] == [("s", True)]


@pytest.mark.parametrize("render", [render_pdf, render_docx, render_xlsx])
def test_the_same_papers_give_the_same_bytes(render) -> None:
    documents = [plan(5), ceilings(), hall()]

    assert render(documents) == render([plan(5), ceilings(), hall()])


def test_no_file_carries_the_time_it_was_made() -> None:
    assert zip_dates(render_docx([hall()])) == {(1980, 1, 1, 0, 0, 0)}
    assert zip_dates(render_xlsx([hall()])) == {(1980, 1, 1, 0, 0, 0)}
    assert pypdfium2.PdfDocument(render_pdf([hall()])).get_metadata_value("CreationDate")[:10] == "D:20260928"


def test_an_archive_pdf_is_tagged_pdf_a_with_title_language_and_embedded_fonts() -> None:
    data = render_pdf([plan(3)], archive=True)

    assert b"/StructTreeRoot" in data
    assert b"<pdfaid:part>2</pdfaid:part>" in data
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in data
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert b"/Lang(id" in data.replace(b"/Lang (", b"/Lang(")
    title = pypdfium2.PdfDocument(data).get_metadata_value("Title")
    assert title == "Rancangan RKP Desa Hulu Contoh Tahun 2027"


def test_an_untagged_pdf_is_much_smaller_for_slow_phones() -> None:
    assert len(render_pdf([plan(100)], tagged=False)) * 3 < len(render_pdf([plan(100)]))


def test_sample_papers_are_marked_on_every_page_and_sheet() -> None:
    document = plan(60, sample=True)

    pdf = pypdfium2.PdfDocument(render_pdf([document], tagged=False))
    for page in pdf:
        assert squeezed(SAMPLE_MARK) in squeezed(page.get_textpage().get_text_range())
    docx = open_docx(io.BytesIO(render_docx([document])))
    assert [section.header.paragraphs[0].text for section in docx.sections] == [SAMPLE_MARK]
    sheet = openpyxl.load_workbook(io.BytesIO(render_xlsx([document])))["RKP"]
    assert (sheet["A1"].value, sheet.oddHeader.center.text) == (SAMPLE_MARK, SAMPLE_MARK)


def test_real_papers_carry_no_sample_mark() -> None:
    document = plan(3)

    for text in (
        pdf_text(render_pdf([document])),
        docx_text(render_docx([document])),
        xlsx_text(render_xlsx([document])),
    ):
        assert "contoh:" not in text.lower()


def test_several_papers_go_into_one_file_with_their_own_page_sizes_and_sheets() -> None:
    documents = [plan(3), ceilings(), ceilings(), hall()]

    pdf = pypdfium2.PdfDocument(render_pdf(documents))
    sizes = {tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in pdf}
    docx = open_docx(io.BytesIO(render_docx(documents)))
    book = openpyxl.load_workbook(io.BytesIO(render_xlsx(documents)))

    assert sizes == {(330, 216), (216, 330)}
    assert [round(section.page_width.mm) for section in docx.sections] == [330, 330, 330, 216]
    assert book.sheetnames == ["RKP", "Pagu", "Pagu (2)", "Daftar hadir"]


@pytest.mark.parametrize("render", [render_pdf, render_docx, render_xlsx])
def test_no_paper_is_refused(render) -> None:
    with pytest.raises(ValueError, match="no document"):
        render([])


def test_a_paper_beyond_the_memory_limit_is_refused_and_says_why() -> None:
    with pytest.raises(RenderError) as refusal:
        render_pdf([plan(3)], megabytes=30)

    assert refusal.value.code == "documents.pdf_stopped"


def test_the_process_that_typesets_starts_without_django() -> None:
    code = "import sys, rembuk.documents.renderers.typst_process; print('django' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"


def test_fifty_pdfs_in_a_row_leave_the_process_within_fifty_megabytes() -> None:
    document = plan(12)
    render_pdf([document])
    process = psutil.Process()
    before = process.memory_info().rss

    for _ in range(50):
        render_pdf([document], archive=True)

    assert process.memory_info().rss - before < 50 << 20


def test_a_note_stands_beside_the_numbers() -> None:
    document = plan(2)

    notes = [part.text for part in document.parts if isinstance(part, Note)]

    assert notes == [
        "Belum ada skor musyawarah; urutan bawaan, bukan urutan hukum",
        "Aturan Dana Desa 2027 belum dimuat",
    ]
    assert notes[0] in list(said(document))


def test_a_name_with_odd_signs_makes_a_sheet_name_that_a_workbook_accepts() -> None:
    document = replace(plan(1), sheet="RKP [2027]: a/b\\c*? yang panjang sekali namanya")

    book = openpyxl.load_workbook(io.BytesIO(render_xlsx([document])))

    assert book.sheetnames == ["RKP 2027 abc yang panjang sekal"]
