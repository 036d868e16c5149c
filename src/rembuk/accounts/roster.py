"""Many people at once from a sheet: read, judge every row, and only then write."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from rembuk.accounts.models import looks_like_phone
from rembuk.accounts.services import check_post, check_who, invite_person
from rembuk.accounts.values import Post, Who
from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.hat import Hat, Place, Role
from rembuk.core.intake.table import Table, Value
from rembuk.core.permissions import Somewhere, require
from rembuk.regions.models import District, Regency, Rt, Village
from rembuk.shared.wording import sentence

COLUMNS = ("nama", "nama_masuk", "surel", "hp", "peran", "kode_wilayah", "rt", "nomor_sk", "mulai", "sampai", "plt")
NEEDED = ("nama", "nama_masuk", "peran", "kode_wilayah", "mulai")
EXAMPLE = (
    *("Contoh Nama (hapus baris ini)", "contoh.nama", "", "0812 3456 7890", "SDK", "64.02.18.2003", "", ""),
    *("2026-01-02", "", ""),
)
MOST_ROWS = 3_000
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the sheet as text, by column; *row* is its number in the sheet."""

    row: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a row is not taken: row, column, what was read, and one sentence."""

    row: int
    column: str
    read: str
    why: str


@dataclass(frozen=True, slots=True)
class Judged:
    """Rows that can be written, and what is wrong with the others."""

    good: tuple[Line, ...]
    troubles: tuple[Trouble, ...]

    def packed(self) -> list[dict[str, object]]:
        """Return the good rows as plain values that can be signed and sent back."""
        return [asdict(line) for line in self.good]


def lines_of(table: Table) -> list[Line]:
    """Return the filled rows under the header. Raises: BadInputError ``kolom-kurang``, ``baris-terlalu-banyak``."""
    header_at, places = _header(table)
    lines = []
    for number, row in enumerate(table.rows[header_at + 1 :], start=header_at + 2):
        values = {name: text_of(row[at]) if at < len(row) else "" for name, at in places.items()}
        if any(values.values()):
            lines.append(Line(number, values))
    if len(lines) > MOST_ROWS:
        raise BadInputError("roster-too-long", count=len(lines), most=MOST_ROWS)
    return lines


def _header(table: Table) -> tuple[int, dict[str, int]]:
    best: dict[str, int] = {}
    for number, row in enumerate(table.rows[:10]):
        names = [text_of(cell).lower().replace(" ", "_") for cell in row]
        places = {name: names.index(name) for name in COLUMNS if name in names}
        if all(name in places for name in NEEDED):
            return number, places
        best = max(best, places, key=len)
    raise BadInputError("roster-columns", missing=", ".join(name for name in NEEDED if name not in best))


def text_of(value: Value) -> str:
    """Return a cell as text; a date as ISO, a whole number without a decimal point."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def judge(hat: Hat, lines: Sequence[Line]) -> Judged:
    """Judge every row by the same rules as the page does. Writes nothing. Raises: NotAllowedError."""
    require(hat, "accounts.import_people", hat)
    good: list[Line] = []
    troubles: list[Trouble] = []
    seen: dict[tuple[str, str], int] = {}
    for line in lines:
        found = _troubles_of(hat, line, seen)
        troubles += found
        if not found:
            good.append(line)
    return Judged(tuple(good), tuple(troubles))


def _troubles_of(hat: Hat, line: Line, seen: dict[tuple[str, str], int]) -> list[Trouble]:
    try:
        who, post = read_line(line)
    except CellError as error:
        return [Trouble(line.row, error.column, error.read, error.why)]
    for column, value in (("nama_masuk", who.username), ("surel", who.email), ("hp", who.phone)):
        if value and (column, value) in seen:
            why = _("Sama dengan baris %(row)d. Tiap orang perlu isian sendiri.") % {"row": seen[column, value]}
            return [Trouble(line.row, column, value, why)]
    try:
        require(hat, "accounts.invite_person", Somewhere(post.place))
        check_post(hat, post)
        check_who(who)
    except RembukError as error:
        column = _COLUMN_OF_CODE.get(error.code, "peran")
        return [Trouble(line.row, column, line.values.get(column, ""), sentence(error))]
    for column, value in (("nama_masuk", who.username), ("surel", who.email), ("hp", who.phone)):
        if value:
            seen[column, value] = line.row
    return []


_COLUMN_OF_CODE = {
    "name-taken": "nama_masuk",
    "email-taken": "surel",
    "phone-taken": "hp",
    "place-missing": "kode_wilayah",
    "place-elsewhere": "kode_wilayah",
    "not-allowed": "kode_wilayah",
    "decree-missing": "nomor_sk",
    "ends-before-start": "sampai",
}


class CellError(Exception):
    """A cell that cannot be read: its column, what stands there, and what would be accepted."""

    def __init__(self, column: str, read: str, why: str) -> None:
        super().__init__(column, read, why)
        self.column, self.read, self.why = column, read, why


def read_line(line: Line) -> tuple[Who, Post]:
    """Return the person and the post of one row. Raises: CellError for the first cell that cannot be read."""
    values = {name: line.values.get(name, "") for name in COLUMNS}
    if not values["nama"] or len(values["nama"]) > 150:
        raise CellError("nama", values["nama"], _("Tulis nama lengkap, paling banyak 150 huruf."))
    username = values["nama_masuk"].lower()
    if not _USERNAME.fullmatch(username):
        raise CellError("nama_masuk", username, _("Pakai huruf kecil, angka, titik, atau garis; tiga sampai 60 huruf."))
    role = values["peran"].upper()
    if role not in Role.__members__:
        raise CellError("peran", values["peran"], _("Tulis kode peran, misalnya KAD, SDK, BPD, PTP."))
    who = Who(values["nama"], username, _email(values["surel"]), _phone(values["hp"]))
    post = Post(
        role=Role(role),
        place=_place(values["kode_wilayah"], values["rt"]),
        start_date=_day("mulai", values["mulai"]),
        end_date=_day("sampai", values["sampai"]) if values["sampai"] else None,
        decree_number=values["nomor_sk"],
        acting=values["plt"].lower() in ("ya", "plt", "pj", "y", "1"),
    )
    return who, post


def _email(text: str) -> str:
    if text:
        try:
            validate_email(text)
        except ValidationError as error:
            raise CellError(
                "surel", text, _("Surel tidak terbaca. Tulis seperti nama@contoh.id atau kosongkan.")
            ) from error
    return text.lower()


def _phone(text: str) -> str:
    if text and not looks_like_phone(text):
        raise CellError("hp", text, _("Nomor HP tidak terbaca. Tulis seperti 0812 3456 7890 atau kosongkan."))
    return text


def _place(code: str, rt: str) -> Place:
    """Return the place of an official code and, within a village, of an RT number."""
    found: Regency | District | Village | None = None
    match code.count("."):
        case 1:
            found = Regency.objects.filter(code=code).first()
        case 2:
            found = District.objects.filter(code=code).first()
        case 3:
            found = Village.objects.filter(code=code).first()
    if found is None:
        raise CellError(
            "kode_wilayah", code, _("Kode wilayah tidak dikenal. Tulis seperti 64.02, 64.02.18, atau 64.02.18.2003.")
        )
    place = found.place
    if not rt:
        return place
    row = Rt.objects.filter(village_id=place.village, number__in=(rt, rt.zfill(2), rt.zfill(3))).first()
    if row is None:
        raise CellError("rt", rt, _("Desa itu belum punya RT dengan nomor ini. Tambah dulu di data desa."))
    return row.place


def _day(column: str, text: str) -> date:
    found = _DAY_FIRST.fullmatch(text)
    try:
        if found:
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text)
    except ValueError as error:
        raise CellError(column, text, _("Tanggal tidak terbaca. Tulis seperti 2026-01-31 atau 31-01-2026.")) from error


@transaction.atomic
def write_roster(*, hat: Hat, lines: Sequence[Line]) -> int:
    """Invite all the people of *lines*, or nobody. Returns how many.

    Raises: NotAllowedError, BadInputError ``roster-changed`` when a row that was good a moment ago is not any more.
    """
    judged = judge(hat, lines)
    if judged.troubles:
        first = judged.troubles[0]
        raise BadInputError("roster-changed", row=first.row, why=first.why)
    for line in judged.good:
        who, post = read_line(line)
        invite_person(hat=hat, who=who, post=post)
    return len(judged.good)
