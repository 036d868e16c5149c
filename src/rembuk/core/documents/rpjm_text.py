"""F18: the RPJM Desa as a document, chapters I to VII and the list of its annexes. Source: practice.

What Rembuk knows is printed; what only the team can say is a heading with a place to write, never invented text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rembuk.core.documents.frame import SHORT_FIELDS, UNNAMED, Frame, Person
from rembuk.core.documents.grouping import rows_by_field, sum_row
from rembuk.core.documents.legal_basis import RPJM_PERDES_BASIS
from rembuk.core.documents.model import (
    DOTS,
    Column,
    Document,
    Facts,
    Heading,
    Note,
    NumberedList,
    PageBreak,
    Paragraph,
    Part,
    Row,
    Signatures,
    Table,
)
from rembuk.core.documents.rpjm_amendment import years_text
from rembuk.core.documents.rpjm_chapters import ANNEXES, CHAPTERS, SECTIONS
from rembuk.core.documents.rpjm_income import income_table
from rembuk.core.documents.rpjmdes import RpjmdesLine, RpjmdesValues, cost_by_source, unsplit_note

TO_WRITE = "(diisi tim)"
INCOME_CAPTION = "Proyeksi pendapatan Desa (Rp)"


@dataclass(frozen=True, slots=True)
class HamletLine:
    """One hamlet of the profile. rts: how many RT lie in it."""

    name: str
    population: int | None = None
    poor_households: int | None = None
    rts: int = 0


@dataclass(frozen=True, slots=True)
class DataLine:
    """One line of the village's data (F07). section: in words."""

    section: str
    name: str
    volume: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ProblemText:
    """One problem of the inventory."""

    text: str
    place: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class RpjmTextValues:
    """What is known of a plan. plan: its matrix and income. profile: label and value. mission: one item a line.

    problems: in the order of their ranking where the hall ranked them. texts: key of a section -> its paragraphs.
    """

    frame: Frame
    plan: RpjmdesValues
    profile: tuple[tuple[str, str], ...] = ()
    hamlets: tuple[HamletLine, ...] = ()
    data: tuple[DataLine, ...] = ()
    vision: str = ""
    mission: tuple[str, ...] = ()
    problems: tuple[ProblemText, ...] = ()
    potentials: tuple[str, ...] = ()
    head: Person = UNNAMED
    notes: tuple[str, ...] = ()
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def build_rpjm_text(values: RpjmTextValues) -> Document:
    """Return F18: seven chapters, the annexes in their order, the head's signature."""
    frame, plan = values.frame, values.plan
    stage = f"{plan.stage} " if plan.stage else ""
    years = f"{plan.start_year}-{plan.end_year}"
    empty = TO_WRITE if plan.stage else DOTS
    chapters = (
        _introduction(values, empty),
        _profile(values, empty),
        _vision(values, empty),
        _priorities(values),
        _policy(values, empty),
        _programmes(values),
        _texts(values, empty, "closing"),
    )
    parts: list[Part] = [Note(note) for note in values.notes]
    for (number, title), inside in zip(CHAPTERS, chapters, strict=True):
        parts += [Heading(f"BAB {number} {title.upper()}"), *inside]
    parts += [
        Signatures(((frame.village_head(values.head),),), frame.place_and_date),
        PageBreak(),
        Heading("DAFTAR LAMPIRAN"),
        NumberedList(ANNEXES, "1"),
    ]
    return frame.document(
        code="F18",
        title=f"Naskah {stage}RPJM Desa {frame.village.village} Tahun {years}",
        heading=(f"{stage}Rencana Pembangunan Jangka Menengah Desa (RPJM Desa)", f"Tahun {years}"),
        facts=frame.village.facts(),
        parts=parts,
        paper="folio",
        sheet="Naskah RPJM",
    )


def _sub(title: str) -> Paragraph:
    return Paragraph(title, "strong")


def _texts(values: RpjmTextValues, empty: str, *keys: str) -> list[Part]:
    """Return the free texts of these sections; one that must be there and is not has a place to write."""
    parts: list[Part] = []
    for key in keys:
        section, paragraphs = SECTIONS[key], values.texts.get(key, ())
        if paragraphs or section.asked:
            parts += [_sub(section.title), *(Paragraph(text) for text in paragraphs or (empty,))]
    return parts


def _introduction(values: RpjmTextValues, empty: str) -> list[Part]:
    return [
        *_texts(values, empty, "background", "purpose"),
        _sub("Dasar hukum"),
        NumberedList(RPJM_PERDES_BASIS, "1"),
    ]


def _profile(values: RpjmTextValues, empty: str) -> list[Part]:
    written = [Paragraph(text) for text in values.texts.get("overview", ())]
    known: list[Part] = [*written, *([Facts(values.profile)] if values.profile else ())]
    parts: list[Part] = [_sub(SECTIONS["overview"].title), *(known or [Paragraph(empty)])]
    parts += _texts(values, empty, "history", "geography", "society", "economy", "facilities")
    if values.data:
        parts += [Table(_data_columns(), _data_rows(values.data), caption="Data Desa")]
    parts += _texts(values, empty, "government")
    rows = [Row((n, one.name, one.population, one.poor_households, one.rts)) for n, one in enumerate(values.hamlets, 1)]
    found = tuple(rows) or (_nothing("Belum ada dusun yang dicatat", 5),)
    parts.append(Table(_hamlet_columns(), found, caption="Pembagian wilayah"))
    return [*parts, *_texts(values, empty, "organisation")]


def _vision(values: RpjmTextValues, empty: str) -> list[Part]:
    mission: Part = NumberedList(values.mission, "1") if values.mission else Paragraph(empty)
    return [
        _sub("Visi"),
        Paragraph(values.vision or empty),
        _sub("Misi"),
        mission,
        *_texts(values, empty, "values"),
    ]


def _priorities(values: RpjmTextValues) -> list[Part]:
    columns = (Column("No", 10, "center"), Column("Masalah", 80), Column("Lokasi", 40), Column("Penyebab", 55))
    rows = tuple(Row((n, one.text, one.place, one.cause)) for n, one in enumerate(values.problems, 1))
    found = tuple(Row((n, text)) for n, text in enumerate(values.potentials, 1))
    return [
        *_texts(values, "", "priorities"),
        Table(columns, rows or (_nothing("Belum ada masalah yang dicatat", 4),), caption="Masalah"),
        Table(
            (Column("No", 10, "center"), Column("Potensi", 175)),
            found or (_nothing("Belum ada potensi yang dicatat", 2),),
            caption="Potensi",
        ),
    ]


def _policy(values: RpjmTextValues, empty: str) -> list[Part]:
    plan = values.plan
    unwritten = empty == TO_WRITE and not plan.income
    caption = f"{INCOME_CAPTION} {TO_WRITE}" if unwritten else INCOME_CAPTION
    return [*_texts(values, empty, "development", "finance"), income_table(plan.period, plan.income, caption)]


def _programmes(values: RpjmTextValues) -> list[Part]:
    plan = values.plan
    columns = (
        Column("No", 10, "center"),
        Column("Kegiatan", 70),
        Column("Lokasi", 34),
        Column("Tahun", 26, "center"),
        Column("Jumlah (Rp)", 30, "rupiah"),
        Column("Sumber", 18, "center"),
    )
    table = rows_by_field(
        plan.items, lambda line: line.field, lambda n, line: (_item(n, line),), width=6, sum_columns=(4,), unsorted=True
    )
    parts: list[Part] = _texts(values, "", "programmes")
    parts.append(Table(columns, table, caption="Program dan kegiatan per bidang"))
    if plan.items:
        parts += _by_year(plan)
        parts += [replace(cost_by_source(plan), caption="Prakiraan biaya per sumber")]
    return parts


def _by_year(plan: RpjmdesValues) -> list[Part]:
    """Return the money of each year, a column for each bidang so that it fits on an upright sheet."""
    fields = {**SHORT_FIELDS, **({0: "Belum ditentukan"} if any(not line.field for line in plan.items) else {})}
    columns = (
        Column("Tahun", 16, "center"),
        *(Column(name, 27, "rupiah") for name in fields.values()),
        Column("Jumlah (Rp)", 30, "rupiah"),
    )
    rows = []
    for year in plan.period:
        costs = [sum(line.year_costs.get(year, 0) for line in plan.items if line.field == field) for field in fields]
        rows.append(Row((str(year), *costs, sum(costs))))
    width = len(fields) + 2
    rows.append(sum_row(rows, "Jumlah", tuple(range(1, width)), ((0, len(rows) - 1),), width, kind="total"))
    return [Table(columns, tuple(rows), caption="Prakiraan biaya per tahun"), *unsplit_note(plan)]


def _item(number: int, line: RpjmdesLine) -> Row:
    return Row((number, line.activity, line.location, years_text(line.years), line.total, line.source))


def _data_columns() -> tuple[Column, ...]:
    return (Column("Bagian", 50), Column("Uraian", 85), Column("Volume", 25, align="right"), Column("Satuan", 25))


def _data_rows(lines: tuple[DataLine, ...]) -> tuple[Row, ...]:
    return tuple(Row((one.section, one.name, one.volume, one.unit)) for one in lines)


def _hamlet_columns() -> tuple[Column, ...]:
    return (
        Column("No", 10, "center"),
        Column("Dusun", 75),
        Column("Penduduk (jiwa)", 35, "number"),
        Column("Rumah tangga miskin", 35, "number"),
        Column("RT", 20, "number"),
    )


def _nothing(words: str, width: int) -> Row:
    return Row((words, *([None] * (width - 1))), "empty", spans=((0, width),))
