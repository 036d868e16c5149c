"""F20: indicative ceilings (pagu indikatif), and the register of ceilings beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rembuk.core.documents.frame import FIELDS, UNNAMED, Frame, Person, date_text, signed
from rembuk.core.documents.grouping import empty_row, group_row, item_runs, sum_row
from rembuk.core.documents.model import Column, Document, Note, Part, Row, Signatures, Table, Value
from rembuk.core.money import Rupiah

CEILING_SOURCES = ("DDS", "ADD", "PBH", "PBP", "PBK")
"""The sources of F20, in the order of its columns."""
_WIDTH = 2 + len(CEILING_SOURCES)
_SUMS = tuple(range(2, _WIDTH))


@dataclass(frozen=True, slots=True)
class CeilingLine:
    """Indicative money of one package of an activity, per source of F20. subfield: named once before its activities."""

    field: int
    activity: str
    amounts: Mapping[str, Rupiah]
    package: str = ""
    subfield: str = ""


@dataclass(frozen=True, slots=True)
class CeilingEntry:
    """One ceiling of the register. earmark: what it is tied to; planned: what the plan uses of it, if known."""

    source: str
    source_name: str
    indicative: Rupiah | None
    final: Rupiah | None = None
    earmark: str = ""
    letter_number: str = ""
    letter_date: date | None = None
    planned: Rupiah | None = None


@dataclass(frozen=True, slots=True)
class CeilingValues:
    """The ceilings of one budget year. Lines of one sub field and activity stand together."""

    frame: Frame
    budget_year: int
    lines: tuple[CeilingLine, ...] = ()
    register: tuple[CeilingEntry, ...] = ()
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()


def build_indicative_ceiling(values: CeilingValues) -> Document:
    """Return F20: sub totals per activity, totals per field and overall, per source; the register first, if given.

    Raises: ValueError for a source that F20 has no column for, or an unknown field.
    """
    parts: list[Part] = [Note(note) for note in values.notes]
    if values.register:
        parts.append(Table(_register_columns(values), _register_rows(values), caption="Daftar pagu per sumber"))
    columns = (
        Column("No", 9, "center", "a"),
        Column("Indikatif Program/Kegiatan Desa", 90, letter="b"),
        Column(
            "Sumber Dana Indikatif",
            children=(
                Column("Dana Desa (APBN)", 30, "rupiah", "c"),
                Column("Alokasi Dana Desa (bagian dana perimbangan kabupaten/kota)", 32, "rupiah", "d"),
                Column("Dana Bagian dari Hasil Pajak dan Retribusi", 32, "rupiah", "e"),
                Column(
                    "Bantuan Keuangan",
                    children=(
                        Column("APBD Provinsi", 30, "rupiah", "f"),
                        Column("APBD Kabupaten/Kota", 30, "rupiah", "g"),
                    ),
                ),
            ),
        ),
    )
    parts.append(Table(columns, _rows(values.lines), caption="Pagu indikatif per kegiatan" if values.register else ""))
    chair = signed("Ketua Tim Penyusun RKP Desa", values.team_chair)
    parts.append(Signatures(((chair,),), values.frame.place_and_date))
    return values.frame.document(
        code="F20",
        title=f"Pagu Indikatif Desa {values.frame.village.village} Tahun {values.budget_year}",
        heading=("Pagu Indikatif Desa", f"Tahun Anggaran {values.budget_year}"),
        facts=values.frame.village.facts(),
        parts=parts,
        paper="folio-landscape",
        sheet="Pagu",
    )


def _rows(lines: Sequence[CeilingLine]) -> tuple[Row, ...]:
    unknown = {line.field for line in lines} - set(FIELDS)
    strange = {source for line in lines for source in line.amounts} - set(CEILING_SOURCES)
    if unknown or strange:
        raise ValueError(f"F20 has no place for fields {sorted(unknown)}, sources {sorted(strange)}")
    rows: list[Row] = []
    subtotals: list[tuple[int, int]] = []
    number = 0
    for field, name in FIELDS.items():
        rows.append(group_row(str(field), f"Bidang {name}", _WIDTH))
        first = len(rows)
        inside = [line for line in lines if line.field == field]
        for subfield in dict.fromkeys(line.subfield for line in inside):
            rows += [empty_row(subfield, _WIDTH)] if subfield else []
            within = [line for line in inside if line.subfield == subfield]
            for activity in dict.fromkeys(line.activity for line in within):
                number = _activity(rows, [line for line in within if line.activity == activity], number)
        ranges = item_runs(rows, first)
        if not ranges:
            rows.append(empty_row("Tidak ada kegiatan", _WIDTH))
        subtotals.append((len(rows), len(rows)))
        rows.append(sum_row(rows, f"Jumlah per bidang {field}", _SUMS, ranges, _WIDTH, kind="subtotal"))
    rows.append(sum_row(rows, "Jumlah total pagu", _SUMS, tuple(subtotals), _WIDTH, kind="total"))
    return tuple(rows)


def _activity(rows: list[Row], lines: Sequence[CeilingLine], number: int) -> int:
    """Add the lines of one activity; several packages get a heading and a sub total. Returns the last number used."""
    packages = len(lines) > 1 or bool(lines[0].package)
    if packages:
        rows.append(empty_row(lines[0].activity, _WIDTH))
    first = len(rows)
    for line in lines:
        number += 1
        amounts: tuple[Value, ...] = tuple(line.amounts.get(source) for source in CEILING_SOURCES)
        rows.append(Row((number, line.package or line.activity, *amounts)))
    if packages:
        rows.append(sum_row(rows, "Sub jumlah kegiatan", _SUMS, ((first, len(rows) - 1),), _WIDTH, kind="subtotal"))
    return number


def _register_columns(values: CeilingValues) -> tuple[Column, ...]:
    """Name and money stand under name and money of the form, so that both share the columns of a sheet."""
    planned = any(entry.planned is not None for entry in values.register)
    return (
        Column("No", 9, "center"),
        Column("Nama Sumber", 62),
        Column("Kode", 16, "center"),
        Column("Jumlah Indikatif (Rp)", 32, "rupiah"),
        Column("Jumlah Final (Rp)", 32, "rupiah"),
        *((Column("Direncanakan (Rp)", 32, "rupiah"),) if planned else ()),
        Column("Peruntukan Khusus", 40),
        Column("Nomor dan Tanggal Surat", 50),
    )


def _register_rows(values: CeilingValues) -> tuple[Row, ...]:
    columns = _register_columns(values)
    planned = len(columns) > 7
    rows: list[Row] = []
    for number, entry in enumerate(values.register, 1):
        day = date_text(entry.letter_date) if entry.letter_date else ""
        letter = ", ".join(word for word in (entry.letter_number, day) if word)
        cells: tuple[Value, ...] = (number, entry.source_name, entry.source, entry.indicative, entry.final)
        cells += (entry.planned,) if planned else ()
        rows.append(Row((*cells, entry.earmark, letter)))
    sums = (3, 4, 5) if planned else (3, 4)
    rows.append(sum_row(rows, "Jumlah", sums, ((0, len(rows) - 1),), len(columns), kind="total"))
    return tuple(rows)
