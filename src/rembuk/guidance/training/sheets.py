"""Sheets of the training room: rows by column name, and certificates from elsewhere judged row by row."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from rembuk.accounts.models import Person
from rembuk.accounts.roster import text_of
from rembuk.core.errors import BadInputError
from rembuk.core.guidance.competences import TOPICS
from rembuk.core.intake.table import Table
from rembuk.guidance.training import typed
from rembuk.guidance.training.services import CreditValues
from rembuk.regions.models import Village

CREDIT_COLUMNS = ("nama", "nama_masuk", "kode_desa", "penerbit", "nomor", "judul", "topik", "jp", "tanggal", "nilai")
CREDIT_NEEDED = ("nama", "penerbit", "nomor", "judul", "jp", "tanggal")
CREDIT_EXAMPLE = (
    *("Contoh Nama (hapus baris ini)", "", "64.02.18.2003", "LMS Pamong Desa", "123/PAD/2026"),
    *("Perencanaan pembangunan desa", "K7", "24", "2026-03-14", "82"),
)
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
MOST_ROWS = 3_000


def lines_of(
    table: Table, columns: Sequence[str], needed: Sequence[str], code: str
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (number in the sheet, column -> text) of the filled rows under the header.

    Raises: BadInputError *code* with the missing columns.
    """
    header_at, places = _header(table, columns, needed, code)
    for number, row in enumerate(table.rows[header_at + 1 : header_at + 1 + MOST_ROWS], start=header_at + 2):
        values = {name: text_of(row[at]) if at < len(row) else "" for name, at in places.items()}
        if any(values.values()):
            yield number, values


def _header(table: Table, columns: Sequence[str], needed: Sequence[str], code: str) -> tuple[int, dict[str, int]]:
    best: dict[str, int] = {}
    for number, row in enumerate(table.rows[:10]):
        names = [text_of(cell).lower().replace(" ", "_") for cell in row]
        places = {name: names.index(name) for name in columns if name in names}
        if all(name in places for name in needed):
            return number, places
        best = max(best, places, key=len)
    raise BadInputError(code, missing=", ".join(name for name in needed if name not in best))


@dataclass(frozen=True, slots=True)
class CreditTrouble:
    """Why a row is not taken: row, column, what was read, and one sentence's code."""

    row: int
    column: str
    read: str
    code: str


def judge_credits(
    rows: Sequence[tuple[int, Mapping[str, str]]], regency_id: str
) -> tuple[list[CreditValues], list[CreditTrouble]]:
    """Judge rows of certificates from elsewhere. Two queries; writes nothing."""
    names = {row.get("nama_masuk", "").strip().lower() for _number, row in rows} - {""}
    people = dict(
        Person.objects.filter(Q(username__in=names), assignments__regency_id=regency_id).values_list("username", "pk")
    )
    codes = {row.get("kode_desa", "").strip() for _number, row in rows} - {""}
    villages = set(Village.objects.filter(pk__in=codes, regency_id=regency_id).values_list("pk", flat=True))
    good: list[CreditValues] = []
    troubles: list[CreditTrouble] = []
    for number, row in rows:
        found = _troubles(number, row, people, villages)
        troubles += found
        if not found:
            good.append(_credit(row, people))
    return good, troubles


def _troubles(
    number: int, row: Mapping[str, str], people: Mapping[str, object], villages: set[str]
) -> list[CreditTrouble]:
    who, village, score = row.get("nama_masuk", "").lower(), row.get("kode_desa", ""), row.get("nilai", "")
    checks = [(name, bool(row.get(name)) and len(row[name]) <= limit, "credit-empty") for name, limit in LENGTHS]
    checks += [
        ("jp", typed.whole(row.get("jp", ""), 1, 999) is not None, "credit-jp"),
        ("tanggal", day_of(row.get("tanggal", "")) is not None, "training-day"),
        ("nilai", not score or typed.whole(score, 0, 100) is not None, "test-score"),
        ("topik", not row.get("topik") or row["topik"].upper() in TOPICS, "item-topic"),
        ("kode_desa", not village or village in villages, "credit-village"),
        ("nama_masuk", not who or who in people, "credit-person"),
    ]
    return [CreditTrouble(number, name, row.get(name, "")[:60], code) for name, holds, code in checks if not holds]


LENGTHS = (("nama", 150), ("penerbit", 100), ("nomor", 100), ("judul", 200))


def _credit(row: Mapping[str, str], people: Mapping[str, object]) -> CreditValues:
    person = people.get(row.get("nama_masuk", "").lower())
    return CreditValues(
        name=" ".join(row["nama"].split()),
        issuer=" ".join(row["penerbit"].split()),
        number=" ".join(row["nomor"].split()),
        title=" ".join(row["judul"].split()),
        jp=typed.whole(row["jp"], 1, 999) or 1,
        issued=day_of(row["tanggal"]) or date.min,
        topic=row.get("topik", "").upper(),
        score=typed.whole(row.get("nilai", ""), 0, 100),
        village_id=row.get("kode_desa", ""),
        person_id=person,  # type: ignore[arg-type]
    )


def day_of(text: str) -> date | None:
    """Return a day written ``2026-03-14`` or ``14/3/2026``, None for anything else."""
    bare = text.strip()
    match = _DAY_FIRST.fullmatch(bare)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match else date.fromisoformat(bare)
    except ValueError:
        return None
