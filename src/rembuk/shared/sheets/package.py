"""The inside of an XLSX file: checked before it is unpacked, then read with its errors and merged cells kept.

python-calamine reads the values. It shows an error cell and a formula without a stored result as empty and lays out a
sheet as one full rectangle, so every sheet is first walked by expat: errors are noted, and a sheet whose cells lie too
far apart is refused before it takes the memory.
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any, BinaryIO
from xml.etree import ElementTree
from xml.parsers import expat

from python_calamine import CalamineError, CalamineWorkbook

from rembuk.core.errors import BadInputError
from rembuk.core.intake.table import Area, CellError, Row, Table, Value

_MEGABYTE = 1024 * 1024
_KEPT = re.compile(r"\[Content_Types\]\.xml|xl/_rels/[^/]+|xl/workbook[0-9]*\.xml|xl/worksheets/[^/]+")
_REFERENCE = re.compile(r"([A-Z]+)0*([1-9][0-9]*)")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far a sheet may reach."""

    rows: int
    columns: int
    cells: int


def open_package(stream: BinaryIO, name: str, *, entries: int, unpacked: int, ratio: int) -> Mapping[str, bytes]:
    """Check the archive and return its XML parts, unpacked. Raises: BadInputError."""
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            check_members(members, name, entries, unpacked, ratio)
            _require_workbook(members, name)
            # Reading to the end makes zipfile compare size and checksum: a member that lies about its size is refused.
            kept: dict[str, bytes] = {}
            for member in members:
                with archive.open(member) as part:
                    if _KEPT.fullmatch(member.filename.lstrip("/")):
                        kept[member.filename.lstrip("/")] = part.read()
                    while part.read(_MEGABYTE):
                        pass
            return kept
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise BadInputError("berkas-rusak", file=name) from error
    except MemoryError as error:
        raise BadInputError("berkas-bom", file=name, read="?", accepted=unpacked // _MEGABYTE) from error


def check_members(members: list[zipfile.ZipInfo], name: str, entries: int, unpacked: int, ratio: int) -> None:
    """Refuse an archive that would swell, is locked, holds macros or two members of one name. Raises: BadInputError."""
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if len(members) > entries or size > unpacked or (size > _MEGABYTE and size > ratio * packed):
        raise BadInputError("berkas-bom", file=name, read=size // _MEGABYTE, accepted=unpacked // _MEGABYTE)
    if any(member.flag_bits & 1 for member in members):
        raise BadInputError("berkas-sandi", file=name)
    names = {member.filename.lstrip("/") for member in members}
    # Two readers might take two different members of one name for the sheet.
    if len({entry.casefold().replace("\\", "/") for entry in names}) != len(members):
        raise BadInputError("berkas-rusak", file=name)
    if any(entry.lower().endswith("vbaproject.bin") for entry in names):
        raise BadInputError("berkas-makro", file=name, read="vbaProject")


def _require_workbook(members: list[zipfile.ZipInfo], name: str) -> None:
    names = {member.filename.lstrip("/") for member in members}
    if "xl/workbook.xml" not in names and not any(re.match(r"xl/workbook[0-9]*\.xml$", entry) for entry in names):
        raise BadInputError("berkas-bukan-xlsx", file=name)


def sheet_parts(parts: Mapping[str, bytes], name: str) -> dict[str, str]:
    """Return the visible worksheets in order: name -> part. Raises: BadInputError."""
    if b"macroEnabled" in parts.get("[Content_Types].xml", b""):
        raise BadInputError("berkas-makro", file=name, read="macroEnabled")
    book = next(part for part in parts if re.match(r"xl/workbook[0-9]*\.xml$", part))
    relations = list(_tree(parts, f"xl/_rels/{book.removeprefix('xl/')}.rels", name).iter())
    targets = {
        one.get("Id", ""): one.get("Target", "") for one in relations if one.get("Type", "").endswith("/worksheet")
    }
    elements = [one for one in _tree(parts, book, name).iter() if one.tag.rpartition("}")[2] == "sheet"]
    for marks in ([one.get("Id") for one in relations if one.get("Id")], [one.get("name") for one in elements]):
        if len(set(marks)) != len(marks):
            raise BadInputError("berkas-rusak", file=name)
    sheets: dict[str, str] = {}
    for element in elements:
        if element.get("state", "visible") != "visible":
            continue
        relation = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
        target = targets.get(relation, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in parts:
            sheets[element.get("name", "")] = part
    if not sheets:
        raise BadInputError("berkas-tanpa-lembar", file=name)
    return sheets


def _tree(parts: Mapping[str, bytes], part: str, name: str) -> ElementTree.Element:
    content = parts.get(part, b"")
    if not content or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise BadInputError("berkas-rusak", file=name)
    try:
        return ElementTree.fromstring(content)  # noqa: S314  no document type, size checked
    except ElementTree.ParseError as error:
        raise BadInputError("berkas-rusak", file=name) from error


@dataclass
class _Walk:
    """What one pass over a sheet's XML finds out."""

    bounds: Bounds
    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    bottom: int = -1
    right: int = -1
    row: int = -1
    column: int = -1
    kind: str = ""
    formula: bool = False
    value: bool = False
    text: str = ""
    too_far: bool = False
    doctype: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "row":
            self.row = self._row_number(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = -1
        elif tag == "f":
            self.formula = True
        elif tag in ("v", "is"):
            self.value = True
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        written = attributes.get("r")
        if written is None:
            self.column += 1
        elif found := _REFERENCE.fullmatch(written.upper()):
            self.row, self.column = self._row_number(found[2]), _column_index(found[1])
        else:
            raise ValueError(f"no cell is called {written}")
        self.kind, self.formula, self.value, self.text = attributes.get("t", "n"), False, False, ""

    def _row_number(self, written: str) -> int:
        if not (written.isascii() and written.isdigit()) or len(written) > 12:
            raise ValueError(f"no row is called {written}")
        return int(written) - 1

    def end(self, tag: str) -> None:
        if tag.rpartition(":")[2] != "c":
            return
        if self.kind == "e":
            self.errors.setdefault(self.row, {})[self.column] = self.text.strip() or "#RUMUS"
        elif self.formula and self.kind != "str" and not (self.value and self.text.strip()):
            self.errors.setdefault(self.row, {})[self.column] = "#RUMUS"
        elif not self.value:
            return
        # Only cells with something in them count: a styled empty cell far away does no harm.
        self.bottom, self.right = max(self.bottom, self.row), max(self.right, self.column)

    def characters(self, text: str) -> None:
        if self.value and len(self.text) < 32 and (self.formula or self.kind == "e"):
            self.text += text

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        one, other = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if one and other and len(self.merged) < 10_000:
            self.merged.append(Area(int(one[2]) - 1, _column_index(one[1]), int(other[2]) - 1, _column_index(other[1])))


def _walk(content: bytes, name: str, bounds: Bounds) -> _Walk:
    walk = _Walk(bounds)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = walk.start
    parser.EndElementHandler = walk.end
    parser.CharacterDataHandler = walk.characters

    def refuse_doctype(*_: object) -> None:
        raise BadInputError("berkas-rusak", file=name)

    parser.StartDoctypeDeclHandler = refuse_doctype
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError) as error:
        raise BadInputError("berkas-rusak", file=name) from error
    return walk


class Reader:
    """Reads the sheets of one package; the values of the whole book are parsed once, on first need."""

    def __init__(
        self, content: bytes, parts: Mapping[str, bytes], sheets: Mapping[str, str], name: str, bounds: Bounds
    ) -> None:
        self._content, self._parts, self._sheets = content, parts, sheets
        self._name, self._bounds = name, bounds
        self._book: CalamineWorkbook | None = None

    def table(self, sheet: str) -> Table:
        """Read one sheet. Raises: BadInputError ``lembar-besar``, ``lembar-kosong``, ``berkas-rusak``."""
        walk = _walk(self._parts[self._sheets[sheet]], self._name, self._bounds)
        rows, columns = walk.bottom + 1, walk.right + 1
        bounds = self._bounds
        if rows > bounds.rows or columns > bounds.columns or rows * columns > bounds.cells:
            read, accepted = f"{rows} baris x {columns} kolom", f"{bounds.rows} baris x {bounds.columns} kolom"
            raise BadInputError("lembar-besar", file=self._name, sheet=sheet, read=read, accepted=accepted)
        if rows == 0:
            raise BadInputError("lembar-kosong", file=self._name, sheet=sheet)
        values = self._values(sheet)
        values += [[] for _ in range(rows - len(values))]
        table_rows = tuple(_row(row, walk.errors.get(index)) for index, row in enumerate(values[:rows]))
        return Table(name=sheet, rows=table_rows, merged=tuple(walk.merged), file=self._name)

    def _values(self, sheet: str) -> list[list[Any]]:
        try:
            if self._book is None:
                self._book = CalamineWorkbook.from_filelike(io.BytesIO(self._content))
            return list(self._book.get_sheet_by_name(sheet).to_python(skip_empty_area=False))
        except BaseException as error:
            # A panic inside the reader's Rust code arrives as a BaseException of its own.
            if isinstance(error, CalamineError | OSError | ValueError) or type(error).__name__ == "PanicException":
                raise BadInputError("berkas-rusak", file=self._name) from error
            raise


def _row(values: Sequence[Value], errors: Mapping[int, str] | None) -> Row:
    cells = [_value(value) for value in values]
    for column, code in (errors or {}).items():
        cells += [None] * (column + 1 - len(cells))
        cells[column] = CellError(code)
    while cells and cells[-1] is None:
        cells.pop()
    return tuple(cells)


def _value(value: Value) -> Value:
    if isinstance(value, str):
        return None if not value.strip() else value
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    if isinstance(value, bool | int | float | date | time | timedelta) or value is None:
        return value
    return str(value)


def _column_index(letters: str) -> int:
    index = 0
    for letter in letters[:8]:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
