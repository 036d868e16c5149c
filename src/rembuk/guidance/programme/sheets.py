"""Activities as an office keeps them in a sheet: judged row by row before anything is kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rembuk.accounts.roster import text_of
from rembuk.core.errors import BadInputError, RembukError
from rembuk.core.guidance.programme import SOURCES, VillageName
from rembuk.core.guidance.programme_targets import plain, read_targets
from rembuk.core.intake.table import Table
from rembuk.guidance.programme import typed
from rembuk.guidance.programme.labels import KINDS
from rembuk.guidance.programme.queries.owners import OwnerChoice
from rembuk.guidance.programme.services.activities import ActivityValues, MoneyValues
from rembuk.guidance.programme.services.importing import ImportedActivity

COLUMNS = (
    *(
        "jenis",
        "kegiatan",
        "uraian",
        "penanggung_jawab",
        "mulai",
        "selesai",
        "sasaran",
        "sumber",
        "jumlah",
        "keterangan",
    ),
)
NEEDED = ("jenis", "kegiatan", "penanggung_jawab", "mulai", "selesai", "sasaran")
ALSO = {
    "nama_kegiatan": "kegiatan",
    "judul": "kegiatan",
    "jenis_kegiatan": "jenis",
    "pj": "penanggung_jawab",
    "penanggungjawab": "penanggung_jawab",
    "desa": "sasaran",
    "desa_sasaran": "sasaran",
    "tanggal_mulai": "mulai",
    "tanggal_selesai": "selesai",
    "sumber_dana": "sumber",
    "anggaran": "jumlah",
    "pagu": "jumlah",
}
EXAMPLE = (
    *(
        "pelatihan",
        "Bimtek RKP Desa (hapus baris ini)",
        "Dua hari di kecamatan",
        "Kabid Administrasi Pemerintahan Desa",
    ),
    *("2026-03-10", "2026-03-11", "Kecamatan Muara Wis; Desa Perian", "APBD Kabupaten", "12500000", "konsumsi"),
)
MOST_ROWS = 1_000


@dataclass(frozen=True, slots=True)
class RowTrouble:
    """Why a row is not taken: row, column, what was read, and the error that says why and what would be accepted."""

    row: int
    column: str
    read: str
    error: RembukError


def lines_of(table: Table) -> list[tuple[int, dict[str, str]]]:
    """Return (number in the sheet, column -> text) of the filled rows under the header.

    Raises: BadInputError when a column is missing or there is no row.
    """
    header_at, places = _header(table)
    rows = list(_filled(table, header_at, places))
    if not rows:
        raise BadInputError("programme-rows")
    return rows


def _filled(table: Table, header_at: int, places: Mapping[str, int]) -> Iterator[tuple[int, dict[str, str]]]:
    for number, row in enumerate(table.rows[header_at + 1 : header_at + 1 + MOST_ROWS], start=header_at + 2):
        values = {name: text_of(row[at]) if at < len(row) else "" for name, at in places.items()}
        if any(values.values()):
            yield number, values


def _header(table: Table) -> tuple[int, dict[str, int]]:
    best: dict[str, int] = {}
    for number, row in enumerate(table.rows[:10]):
        names = [plain(text_of(cell)).replace(" ", "_") for cell in row]
        known = [ALSO.get(name, name) for name in names]
        places = {name: known.index(name) for name in COLUMNS if name in known}
        if all(name in places for name in NEEDED):
            return number, places
        best = max(best, places, key=len)
    raise BadInputError("programme-columns", missing=", ".join(name for name in NEEDED if name not in best))


def judge(
    rows: Sequence[tuple[int, Mapping[str, str]]],
    villages: Sequence[VillageName],
    owners: Sequence[OwnerChoice],
    year: int,
) -> tuple[list[ImportedActivity], list[RowTrouble]]:
    """Judge the rows of a sheet; writes nothing and asks nothing.

    A row without kind and title that follows an activity is one more line of its money.
    """
    good: list[ImportedActivity] = []
    troubles: list[RowTrouble] = []
    taken = False
    for number, row in rows:
        if taken and not row.get("jenis") and not row.get("kegiatan"):
            found = _more_money(number, row)
            if isinstance(found, RowTrouble):
                troubles.append(found)
            elif good:
                good[-1] = _with_money(good[-1], found)
            continue
        read, why = _activity(number, row, villages, owners, year)
        taken = read is not None
        troubles += why
        if read is not None:
            good.append(read)
    return good, troubles


def _with_money(row: ImportedActivity, line: MoneyValues) -> ImportedActivity:
    values = row.values
    return ImportedActivity(
        ActivityValues(
            kind=values.kind,
            title=values.title,
            purpose=values.purpose,
            owner=values.owner,
            start=values.start,
            end=values.end,
            money=(*values.money, line),
        ),
        row.villages,
        row.key_text,
    )


def _more_money(number: int, row: Mapping[str, str]) -> MoneyValues | RowTrouble:
    line = MoneyValues(row.get("sumber", ""), row.get("jumlah", ""), row.get("keterangan", ""))
    for column, check in (("sumber", lambda: typed.source(line.source)), ("jumlah", lambda: typed.amount(line.amount))):
        try:
            check()
        except BadInputError as error:
            return RowTrouble(number, column, row.get(column, "")[:60], error)
    return line


def _activity(
    number: int,
    row: Mapping[str, str],
    villages: Sequence[VillageName],
    owners: Sequence[OwnerChoice],
    year: int,
) -> tuple[ImportedActivity | None, list[RowTrouble]]:
    found: dict[str, object] = {}
    troubles: list[RowTrouble] = []
    for column, read in (
        ("jenis", lambda: _kind(row.get("jenis", ""))),
        ("kegiatan", lambda: typed.needed("kegiatan", row.get("kegiatan", ""), "programme-title-missing", 200)),
        ("uraian", lambda: typed.words("uraian", row.get("uraian", ""), 1000)),
        ("penanggung_jawab", lambda: _owner(row.get("penanggung_jawab", ""), owners)),
        ("mulai", lambda: typed.day(row.get("mulai", ""))),
        ("selesai", lambda: typed.day(row.get("selesai", ""))),
        ("sasaran", lambda: _targets(row.get("sasaran", ""), villages)),
        ("sumber", lambda: typed.source(row.get("sumber", "") or typed.NO_COST)),
        ("jumlah", lambda: typed.amount(row.get("jumlah", "") or "0")),
        ("keterangan", lambda: typed.words("keterangan", row.get("keterangan", ""), 200)),
    ):
        try:
            found[column] = read()
        except RembukError as error:
            troubles.append(RowTrouble(number, column, row.get(column, "")[:60], error))
    start, end = found.get("mulai"), found.get("selesai")
    if isinstance(start, date) and isinstance(end, date):
        troubles += _period(number, row, start, end, year)
    return (None, troubles) if troubles else (_imported(row, found), [])


def _period(number: int, row: Mapping[str, str], start: date, end: date, year: int) -> list[RowTrouble]:
    values = {"start": start.isoformat(), "end": end.isoformat()}
    if end < start:
        return [
            RowTrouble(number, "selesai", row.get("selesai", "")[:60], BadInputError("programme-days-turned", **values))
        ]
    if not start.year <= year <= end.year:
        wrong = BadInputError("programme-outside-year", year=year, **values)
        return [RowTrouble(number, "mulai", row.get("mulai", "")[:60], wrong)]
    return []


def _imported(row: Mapping[str, str], found: Mapping[str, object]) -> ImportedActivity:
    source, amount = str(found["sumber"]), str(found["jumlah"])
    codes = tuple(sorted(found["sasaran"]))  # type: ignore[call-overload]
    values = ActivityValues(
        kind=str(found["jenis"]),
        title=str(found["kegiatan"]),
        purpose=str(found["uraian"]),
        owner=str(found["penanggung_jawab"]),
        start=str(found["mulai"]),
        end=str(found["selesai"]),
        money=(MoneyValues(source, amount, str(found["keterangan"])),),
    )
    return ImportedActivity(values, codes, "\n".join(f"{name}={row.get(name, '')}" for name in COLUMNS))


def _kind(text: str) -> str:
    wanted = plain(text)
    for code, words in KINDS.items():
        if wanted in (code, plain(str(words))) or (wanted and plain(str(words)).split()[0] == wanted.split()[0]):
            return code
    raise BadInputError("programme-kind", read=text[:40])


def _owner(text: str, owners: Sequence[OwnerChoice]) -> str:
    wanted = plain(text)
    if not wanted:
        raise BadInputError("programme-owner-missing")
    exact = [one.value for one in owners if wanted in (plain(one.words), one.value.lower().removeprefix("role:"))]
    named = exact or [one.value for one in owners if one.group == "person" and plain(one.words).split(",")[0] == wanted]
    if len(named) != 1:
        raise BadInputError("programme-owner", read=text[:40])
    return named[0]


def _targets(text: str, villages: Sequence[VillageName]) -> frozenset[str]:
    codes, unknown = read_targets(text, villages)
    if unknown:
        shown = "; ".join(
            f"“{one.read}”" + (f" (maksudnya {', '.join(one.near)}?)" if one.near else "") for one in unknown[:3]
        )
        raise BadInputError("programme-targets", names=shown)
    if not codes:
        raise BadInputError("programme-villages-missing")
    return codes


def source_name(code: str) -> str:
    """Return a source as the sheet writes it."""
    return SOURCES.get(code, code)
