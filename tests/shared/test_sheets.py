"""Files as they come: whole, wrong, broken or hostile."""

import io
import struct
import subprocess
import sys
import zipfile

import openpyxl
import pytest

from rembuk.core.errors import BadInputError
from rembuk.core.intake.table import CellError, address, as_text, column_letter
from rembuk.shared.sheets import LIMITS, Limits, csv_bytes, open_sheets, read_file, xlsx_bytes
from rembuk.shared.sheets.writing import guarded


def workbook(*rows, errors=(), title="Usulan"):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for place in errors:
        sheet[place] = "#REF!"
        sheet[place].data_type = "e"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def refusal(content, name):
    with pytest.raises(BadInputError) as refused:
        open_sheets(content, name).table()
    return refused.value.code


def repack(content, change):
    """Return the archive with its members changed by *change(name, bytes) -> bytes | None*."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            changed = change(member, old.read(member))
            if changed is not None:
                new.writestr(member, changed)
    return stream.getvalue()


def test_values_keep_their_kind_and_place():
    content = workbook(["Usulan", "Biaya"], ["Titian ulin", 1_250_000], [None, 1.5], ["x", True])
    table = open_sheets(content, "a.xlsx").table()
    assert table.rows == (("Usulan", "Biaya"), ("Titian ulin", 1_250_000), (None, 1.5), ("x", True))
    assert table.name == "Usulan"
    assert address(13, 5) == "F14"
    assert [column_letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_an_error_cell_is_never_blank():
    table = open_sheets(workbook(["Usulan", "Biaya"], ["Titian", 1], errors=["B2", "D3"]), "a.xlsx").table()
    assert table.rows == (("Usulan", "Biaya"), ("Titian", CellError("#REF!")), (None, None, None, CellError("#REF!")))
    assert as_text(table.cell(1, 1)) == "#REF!"


def test_a_formula_gives_its_stored_value_and_says_when_there_is_none():
    content = workbook(["Biaya"], ["=1+1"])
    assert open_sheets(content, "a.xlsx").table().cell(1, 0) == CellError("#RUMUS")
    stored = repack(content, lambda _, part: part.replace(b"<v></v>", b"<v>2</v>").replace(b"<v/>", b"<v>2</v>"))
    assert open_sheets(stored, "a.xlsx").table().cell(1, 0) == 2


def test_merged_cells_are_told():
    book = openpyxl.Workbook()
    book.active["A1"] = "Penerima manfaat"
    book.active.merge_cells("A1:C1")
    stream = io.BytesIO()
    book.save(stream)
    (area,) = open_sheets(stream.getvalue(), "a.xlsx").table().merged
    assert (area.top, area.left, area.bottom, area.right) == (0, 0, 0, 2)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.xlsx", "berkas-kosong"),
        (b" \n ", "a.csv", "berkas-kosong"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a.xlsx", "berkas-html"),
        (b"\xef\xbb\xbf<!DOCTYPE html><p>", "a.csv", "berkas-html"),
        (b"usulan,biaya\nTitian,1\n", "a.xlsx", "berkas-bukan-xlsx"),
        (b"usulan,biaya\nTitian,1\n", "a.docx", "berkas-jenis-lain"),
        (b"usulan", "usulan", "berkas-jenis-lain"),
        (b"%PDF-1.7", "a.xlsx", "berkas-pdf"),
        (b"\x89PNG\r\n", "a.csv", "berkas-gambar"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a.xls", "berkas-xls-lama"),
        (b"PK\x03\x04rusak", "a.xlsx", "berkas-rusak"),
        (b"a\x00b\x01,c", "a.csv", "berkas-bukan-teks"),
        (b",,\n,,\n", "a.csv", "lembar-kosong"),
        (b"apa saja", "a.xlsm", "berkas-makro"),
        (b"apa saja", "A.XLSB", "berkas-makro"),
    ],
)
def test_a_wrong_file_is_called_by_its_name(content, name, code):
    assert refusal(content, name) == code


def test_a_renamed_workbook_is_refused_with_its_right_name():
    assert refusal(workbook(["Usulan"]), "a.csv") == "berkas-salah-nama"


def test_a_macro_workbook_is_refused_whatever_its_name():
    stream = io.BytesIO(workbook(["Usulan"]))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    assert refusal(stream.getvalue(), "a.xlsx") == "berkas-makro"


def test_a_word_document_is_not_a_workbook():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refusal(stream.getvalue(), "a.xlsx") == "berkas-bukan-xlsx"


def test_an_empty_sheet_is_refused():
    assert refusal(workbook(), "a.xlsx") == "lembar-kosong"


def test_a_zip_bomb_is_refused_unopened():
    content = workbook(["Usulan"])
    bomb = repack(content, lambda name, part: b" " * 120_000_000 if name.endswith("theme1.xml") else part)
    assert len(bomb) < 1_000_000
    assert refusal(bomb, "a.xlsx") == "berkas-bom"
    packed = repack(content, lambda name, part: part + b" " * 20_000_000 if name.endswith("sheet1.xml") else part)
    assert refusal(packed, "a.xlsx") == "berkas-bom"


def test_a_member_that_lies_about_its_size_is_refused():
    bomb = bytearray(repack(workbook(["Usulan"]), lambda name, part: b"x" * 5_000_000 if "theme" in name else part))
    while (place := bomb.find(struct.pack("<L", 5_000_000))) >= 0:
        bomb[place : place + 4] = struct.pack("<L", 50)
    assert refusal(bytes(bomb), "a.xlsx") == "berkas-rusak"


def test_a_cell_in_the_last_corner_is_refused_before_it_takes_memory():
    assert refusal(repack(workbook(["Usulan"]), _far), "a.xlsx") == "lembar-besar"


def _far(name, part):
    return _with_row(name, part, b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def _with_row(name, part, row):
    return part.replace(b"</sheetData>", row + b"</sheetData>") if name.endswith("sheet1.xml") else part


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (b'<row><c r="xfd1048576"><v>1</v></c></row>', "lembar-besar"),
        (b'<row><c r="A0000900000"><v>1</v></c></row>', "lembar-besar"),
        (b'<row r="900000"><c><v>1</v></c></row>', "lembar-besar"),
        (b'<row r="99999999999999"><c><v>1</v></c></row>', "berkas-rusak"),
        (b'<row r="x"><c><v>1</v></c></row>', "berkas-rusak"),
        (b'<row><c r="A"><v>1</v></c></row>', "berkas-rusak"),
    ],
)
def test_no_way_of_writing_a_place_hides_a_far_cell(row, code):
    assert refusal(repack(workbook(["Usulan"]), lambda name, part: _with_row(name, part, row)), "a.xlsx") == code


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/Worksheets/Sheet1.xml"])
def test_two_members_of_one_name_are_refused(name):
    stream = io.BytesIO(workbook(["Usulan"]))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, "<worksheet/>")
    assert refusal(stream.getvalue(), "a.xlsx") == "berkas-rusak"


def test_two_sheets_of_one_relation_are_refused():
    def twice(name, part):
        if not name.endswith("workbook.xml.rels"):
            return part
        first = part[part.index(b"<Relationship ") : part.index(b"/>") + 2]
        return part.replace(first, first + first, 1)

    assert refusal(repack(workbook(["Usulan"]), twice), "a.xlsx") == "berkas-rusak"


def test_an_entity_bomb_is_refused():
    doctype = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cccccccccc">]>'

    def inject(name, part):
        return doctype + part.partition(b"?>")[2] if name.endswith("workbook.xml") else part

    assert refusal(repack(workbook(["Usulan"]), inject), "a.xlsx") == "berkas-rusak"

    def inject_sheet(name, part):
        return doctype + part if name.endswith("sheet1.xml") else part

    assert refusal(repack(workbook(["Usulan"]), inject_sheet), "a.xlsx") == "berkas-rusak"


def test_a_broken_sheet_is_refused():
    broken = repack(workbook(["Usulan"]), lambda name, part: part[:-40] if name.endswith("sheet1.xml") else part)
    assert refusal(broken, "a.xlsx") == "berkas-rusak"


def test_a_file_of_two_hundred_megabytes_is_refused_by_size_alone(tmp_path):
    large = tmp_path / "besar.csv"
    with large.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    with pytest.raises(BadInputError) as refused:
        read_file(large)
    assert (refused.value.code, refused.value.values["read"], refused.value.values["accepted"]) == (
        "berkas-besar",
        200,
        25,
    )


def test_missing_file_and_folder_are_refused(tmp_path):
    for path in (tmp_path, tmp_path / "tidak-ada.csv"):
        with pytest.raises(BadInputError) as refused:
            read_file(path)
        assert refused.value.code == "berkas-tak-ada"


def test_an_unknown_sheet_name_lists_those_there_are():
    with pytest.raises(BadInputError) as refused:
        open_sheets(workbook(["Usulan"]), "a.xlsx").table("RKP")
    assert (refused.value.code, refused.value.values["accepted"]) == ("lembar-tak-ada", "Usulan")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_is_read_with_every_separator_and_encoding(separator, encoding):
    text = (
        separator.join(["usulan", "biaya"])
        + "\r\n"
        + separator.join(['"Jalan ""RT 01"" – café"', "1.250.000"])
        + "\r\n"
    )
    table = open_sheets(text.encode(encoding), "a.csv").table()
    assert table.rows == (("usulan", "biaya"), ('Jalan "RT 01" – café', "1.250.000"))


def test_semicolons_win_over_decimal_commas():
    table = open_sheets(b"usulan;volume;biaya\nA;1,5;10\nB;2,5;20\nC;3,5;30\n", "a.csv").table()
    assert table.rows[1] == ("A", "1,5", "10")


def test_the_line_of_excel_names_the_separator():
    assert open_sheets(b"sep=|\na|b\n1|2\n", "a.csv").table().rows == (("a", "b"), ("1", "2"))


def test_a_quoted_line_break_stays_one_row():
    assert open_sheets(b'a,b\n"x\ny",1\n', "a.csv").table().rows[1] == ("x\ny", "1")


def test_too_many_rows_are_refused():
    limits = Limits(rows=3)
    with pytest.raises(BadInputError) as refused:
        open_sheets(b"a,b\n" * 4, "a.csv", limits)
    assert refused.value.code == "lembar-besar"
    assert LIMITS.rows >= 10_000


@pytest.mark.parametrize("text", ["=1+1", "+62", "-a", "@SUM", "\t=1"])
def test_a_cell_that_looks_like_a_command_is_written_as_text(text):
    assert guarded(text) == f"'{text}"
    assert csv_bytes(["a"], [[text]]).decode().splitlines()[1].strip('"') == f"'{text}"
    cell = openpyxl.load_workbook(io.BytesIO(xlsx_bytes([("A", ["a"], [[text, 5]])]))).active["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_numbers_are_written_as_numbers():
    assert csv_bytes(["a", "b"], [[-5, None]]) == b"a,b\n-5,\n"


@pytest.mark.parametrize(
    "change",
    [
        lambda part: part.replace(b'<dimension ref="A1:A1"', b'<dimension ref="A1:XFD1048576"').replace(
            b'<dimension ref="A1"', b'<dimension ref="A1:XFD1048576"'
        ),
        lambda part: part.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>'),
    ],
)
def test_an_empty_cell_far_away_costs_nothing(change):
    content = repack(workbook(["Usulan"]), lambda name, part: change(part) if name.endswith("sheet1.xml") else part)
    program = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_AS, (600_000_000, 600_000_000));"
        "from rembuk.shared.sheets import open_sheets;"
        "table = open_sheets(sys.stdin.buffer.read(), 'a.xlsx').table(); print(table.rows[0], len(table.rows))"
    )
    done = subprocess.run([sys.executable, "-c", program], input=content, capture_output=True)
    assert done.stdout.decode().strip() == "('Usulan',) 1"


def test_a_workbook_carries_no_moment_so_that_the_same_rows_are_the_same_bytes():
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes([("Usulan", ["nama"], [["Titian"]])]))) as parts:
        told = parts.read("docProps/core.xml").decode()
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert told.count("2000-01-01T00:00:00Z") == 2
