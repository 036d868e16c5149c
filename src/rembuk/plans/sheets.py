"""Sheets of this room: last year's plan for the evaluation, the lines of an RPJM Desa, and a template to fill in.

A file is read and shown first and stored after a person has agreed; in between it travels signed with the page.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from django.core import signing
from django.utils.translation import gettext as _

from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.hat import Hat
from rembuk.core.intake import messages
from rembuk.core.intake.last_year import plan_sheet, read_last_year
from rembuk.core.intake.table import as_text
from rembuk.plans.labels import problem_sentence
from rembuk.plans.models import Rpjmdes
from rembuk.plans.received_reading import read_file
from rembuk.plans.services import EvaluationValues, RpjmLine
from rembuk.shared.sheets import open_sheets, xlsx_bytes
from rembuk.shared.wording import sentence

ONE_DAY = 24 * 3600
MOST_ROWS = 3_000
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
    """Read the lines of an RPJM Desa from a sheet or a text document. Raises: BadInputError."""
    reading = read_file(content, name, period=(rpjmdes.start_year, rpjmdes.end_year)).reading
    rows = [
        RpjmLine(
            row.name, row.years, row.activity_code, row.location, row.volume_text, row.target, row.cost, row.source
        )
        for row in reading.rows[:MOST_ROWS]
    ]
    errors = [
        RowError(note.row, note.column, as_text(note.values.get("read")), messages.sentence(note.code, note.values))  # type: ignore[arg-type]
        for note in reading.refused
    ]
    return Offer(reading.sheet, tuple(rows), tuple(errors), pack("rpjmdes", rows, hat))


class RefusedCell(ValueError):  # noqa: N818  the name says what it is: a cell, refused
    """A cell that stops its row."""

    def __init__(self, column: str, read: str, message: str) -> None:
        super().__init__(message)
        self.column, self.read, self.message = column, read, message


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
