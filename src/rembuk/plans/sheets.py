"""Sheets of this room: last year's plan for the evaluation, the lines of an RPJM Desa, and a template to fill in.

A file is read and shown first and stored after a person has agreed; in between it travels signed with the page.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from django.core import signing
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.hat import Hat
from rembuk.core.intake import messages
from rembuk.core.intake.header import find_header
from rembuk.core.intake.last_year import plan_sheet, read_last_year
from rembuk.core.intake.table import CellError, Table, as_text
from rembuk.core.intake.words import is_heading, is_total, plain
from rembuk.plans.labels import problem_sentence
from rembuk.plans.models import Rpjmdes
from rembuk.plans.services import EvaluationValues, RpjmLine
from rembuk.plans.typed import InputError, read_code, read_money, read_text
from rembuk.shared.sheets import open_sheets, xlsx_bytes
from rembuk.shared.wording import sentence

ONE_DAY = 24 * 3600
MOST_ROWS = 3_000
RPJM_COLUMNS: Mapping[str, str] = {
    "activity_code": r"kode(?: kegiatan)?",
    "name": r"(?:nama |jenis |uraian )?(?:kegiatan|program kegiatan|paket|program).*|uraian",
    "location": r"lokasi.*|tempat",
    "volume_text": r"(?:prakiraan |perkiraan )?volume.*",
    "target": r"(?:sasaran|manfaat|sasaran manfaat).*",
    "years": r"tahun(?: ke| pelaksanaan)?|waktu(?: pelaksanaan)?",
    "cost": r"(?:prakiraan |perkiraan )?(?:biaya|anggaran|jumlah|nilai)(?: rp)?.*",
    "source": r"sumber.*",
}
TEMPLATE = ("kode", "kegiatan", "lokasi", "volume", "sasaran", "tahun", "biaya", "sumber")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RowError:
    """Why one row is refused. row: as the spreadsheet counts it; read: what stands there."""

    row: int
    column: str
    read: str
    message: str


@dataclass(frozen=True, slots=True)
class Offer:
    """What a sheet would store, for the eyes of a person. packed: the same, signed for who sent it."""

    sheet: str
    rows: tuple[Any, ...]
    errors: tuple[RowError, ...]
    packed: str = ""


def worded(error: RembukError) -> str:
    """Word a refusal of this room or of the reading of files."""
    return messages.sentence_of(error) if error.code in messages.SENTENCES else sentence(error)


def pack(kind: str, rows: Sequence[Any], hat: Hat) -> str:
    """Return the rows as text that only this installation can have written, for this person, for one day."""
    value = {"person": str(hat.person_id), "rows": [asdict(row) for row in rows]}
    return signing.dumps(value, salt=f"plans.{kind}", compress=True)


def unpack(kind: str, text: str, hat: Hat, make: type[T]) -> list[T]:
    """Return what `pack` wrote. Raises: BadInputError when it is not ours, too old, or another person's."""
    try:
        value = signing.loads(text, salt=f"plans.{kind}", max_age=ONE_DAY)
    except signing.BadSignature as error:
        raise BadInputError("sheet-expired") from error
    if value["person"] != str(hat.person_id):
        raise BadInputError("sheet-expired")
    return [make(**{**row, **({"years": tuple(row["years"])} if "years" in row else {})}) for row in value["rows"]]


def evaluation_offer(content: bytes, name: str, hat: Hat) -> Offer:
    """Read last year's plan from a village's own workbook. Raises: BadInputError of the file or the sheet."""
    book = open_sheets(content, name)
    read = read_last_year(book.table(plan_sheet(book.names)))
    rows = tuple(
        EvaluationValues(
            name=item.text[:300],
            activity_code=item.kegiatan,
            location=item.location[:200],
            amount=item.amount,
            target_volume=item.volume[:80],
        )
        for item in read.items
    )
    errors = tuple(
        RowError(row.row, row.column, as_text(row.values.get("read")), messages.sentence(row.code, row.values))  # type: ignore[arg-type]
        for row in read.refused
    )
    return Offer(read.sheet, rows, errors, pack("evaluation", rows, hat))


def rpjmdes_offer(content: bytes, name: str, rpjmdes: Rpjmdes, hat: Hat) -> Offer:
    """Read the lines of an RPJM Desa. Raises: BadInputError of the file, the sheet or its columns."""
    table = open_sheets(content, name).table()
    rows, errors = read_rpjmdes(table, rpjmdes)
    if not rows and not errors:
        raise BadInputError("sheet-nothing")
    return Offer(table.name, tuple(rows), tuple(errors), pack("rpjmdes", rows, hat))


def read_rpjmdes(table: Table, rpjmdes: Rpjmdes) -> tuple[list[RpjmLine], list[RowError]]:
    """Read *table*: one line per activity, years as numbers in one column or as marks under a column for each year.

    Rows of sums and headings are passed over. Raises: BadInputError when no column holds the activity.
    """
    header = find_header(table)
    columns = columns_of(header.labels)
    marks = year_columns(header.labels, header.own, rpjmdes)
    if "name" not in columns:
        raise BadInputError("sheet-no-text")
    lines: list[RpjmLine] = []
    errors: list[RowError] = []
    for index in range(header.first_row, min(len(table.rows), header.first_row + MOST_ROWS)):
        name = as_text(table.cell(index, columns["name"]))
        if not name or is_total(name) or is_heading(name):
            continue
        try:
            lines.append(read_row(table, index, columns, marks, rpjmdes))
        except RefusedCell as refused:
            errors.append(RowError(index + 1, refused.column, refused.read, refused.message))
    return lines, errors


class RefusedCell(ValueError):  # noqa: N818  the name says what it is: a cell, refused
    """A cell that stops its row."""

    def __init__(self, column: str, read: str, message: str) -> None:
        super().__init__(message)
        self.column, self.read, self.message = column, read, message


def columns_of(labels: Sequence[str]) -> dict[str, int]:
    """Return role -> column; the first column that fits takes the role."""
    found: dict[str, int] = {}
    for index, label in enumerate(labels):
        for role, pattern in RPJM_COLUMNS.items():
            if role not in found and re.fullmatch(pattern, plain(label)):
                found[role] = index
                break
    return found


def year_columns(labels: Sequence[str], own: Sequence[str], rpjmdes: Rpjmdes) -> dict[int, int]:
    """Return column -> calendar year for columns named after a year (``2026``) or its number (``Tahun ke-3``)."""
    found: dict[int, int] = {}
    length = rpjmdes.end_year - rpjmdes.start_year + 1
    for index, label in enumerate(labels):
        for text in (plain(own[index]), plain(label)):
            numbers = re.findall(r"[0-9]+", text)
            if not numbers:
                continue
            number = int(numbers[-1])
            year = number if number > 1000 else rpjmdes.start_year + number - 1 if re.search(r"ta?hu?n?", text) else 0
            if rpjmdes.start_year <= year <= rpjmdes.end_year and (number > 1000 or 1 <= number <= length):
                found[index] = year
                break
    return found


def read_row(
    table: Table, index: int, columns: Mapping[str, int], marks: Mapping[int, int], rpjmdes: Rpjmdes
) -> RpjmLine:
    """Read one activity. Raises: RefusedCell."""

    def text_of(role: str) -> str:
        if role not in columns:
            return ""
        value = table.cell(index, columns[role])
        if isinstance(value, CellError):
            raise RefusedCell(role, value.code, problem_sentence("cell-error", role, {"read": value.code}))
        return as_text(value)

    def read(role: str, reader: Any) -> Any:
        text = text_of(role)
        try:
            return reader(text)
        except InputError as problem:
            raise RefusedCell(role, text, problem_sentence(problem.code, role, problem.values)) from problem

    cost = None
    if text_of("cost"):
        raw = table.cell(index, columns["cost"])
        cost = read("cost", lambda _text: read_money(raw))
    years = years_of(text_of("years"), rpjmdes)
    marked = tuple(year for column, year in marks.items() if table.cell(index, column) not in (None, 0, ""))
    return RpjmLine(
        name=read("name", lambda text: read_text(text, 300)),
        years=tuple(sorted({*years, *marked})),
        activity_code=read("activity_code", read_code),
        location=read("location", lambda text: read_text(text, 200)),
        volume_text=read("volume_text", lambda text: read_text(text, 80)),
        target=read("target", lambda text: read_text(text, 200)),
        cost=cost,
        source=read("source", lambda text: read_text(text, 60)),
    )


def years_of(text: str, rpjmdes: Rpjmdes) -> tuple[int, ...]:
    """Return calendar years from ``2026; 2027``, ``2026-2028`` or numbers of the period. Raises: RefusedCell."""
    found: set[int] = set()
    for part in re.split(r"[;,/\s]+", text.strip()):
        if not part:
            continue
        span = re.fullmatch(r"([0-9]{1,4})(?:[-–]([0-9]{1,4}))?", part)
        if span is None:
            raise RefusedCell("years", text, problem_sentence("year", "years", {"read": part}))
        first, last = int(span[1]), int(span[2] or span[1])
        for number in range(first, min(last, first + 12) + 1):
            year = number if number > 1000 else rpjmdes.start_year + number - 1
            if not rpjmdes.start_year <= year <= rpjmdes.end_year:
                bounds = {"read": number, "start": rpjmdes.start_year, "end": rpjmdes.end_year}
                raise RefusedCell("years", text, problem_sentence("year-outside", "years", bounds))
            found.add(year)
    return tuple(sorted(found))


def rpjmdes_template(rpjmdes: Rpjmdes) -> bytes:
    """Write an empty sheet with the columns that are understood and one example of each way to write years."""
    years = f"{rpjmdes.start_year}-{rpjmdes.end_year}"
    rows = [
        ("2.3.11", _("Titian ulin RT 02"), _("Dusun Tengah"), "180 m", _("Warga RT 02"), years, 450_000_000, "DDS"),
    ]
    return xlsx_bytes([("RPJM", TEMPLATE, rows)])
