"""F07: the four lists of village data. Source: Permendagri 114/2014 Pasal 13 and annex."""

from dataclasses import dataclass
from decimal import Decimal

from rembuk.core.assessment.village_data import SECTIONS
from rembuk.core.documents.assessed import assessment_paper, nothing, team_signs
from rembuk.core.documents.frame import UNNAMED, Frame, Person
from rembuk.core.documents.model import Column, Document, Heading, Note, Part, Row, Table

_WIDTH = 5
_LETTERS = "abcd"


@dataclass(frozen=True, slots=True)
class DataItem:
    """One line. part: heading inside the list. changed: since the last data; nothing where nobody compared."""

    part: str
    name: str
    volume: Decimal | None = None
    unit: str = ""
    note: str = ""
    changed: bool | None = None

    @property
    def remark(self) -> str:
        """What stands in the last column: whether it changed, and the note."""
        words = "" if self.changed is None else "berubah" if self.changed else "tetap"
        return "; ".join(filter(None, (words, self.note)))


@dataclass(frozen=True, slots=True)
class VillageDataValues:
    """lists: section -> its lines; filed: section -> the day, in words, on which the team filed it."""

    frame: Frame
    period: str
    lists: tuple[tuple[str, tuple[DataItem, ...]], ...]
    filed: tuple[tuple[str, str], ...] = ()
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()


def build_village_data(values: VillageDataValues) -> Document:
    """Return F07: the four lists in the order of the form, each printed even when it holds nothing."""
    parts: list[Part] = [Note(note) for note in values.notes]
    lists, filed = dict(values.lists), dict(values.filed)
    for letter, (section, name) in zip(_LETTERS, SECTIONS.items(), strict=True):
        parts.append(Heading(f"{letter}. {name}"))
        parts.append(Table(_columns(), _rows(lists.get(section, ()))))
        if section in filed:
            parts.append(Note(f"Disahkan tim penyusun {filed[section]}."))
    parts.append(team_signs(values.frame, values.head, values.team_chair))
    return assessment_paper(values.frame, values.period, code="F07", name="Data Desa", parts=parts)


def _columns() -> tuple[Column, ...]:
    return (
        Column("No", 10, "center"),
        Column("Uraian", 72),
        Column("Volume/Jumlah", 28, "number"),
        Column("Satuan", 26, "center"),
        Column("Keterangan (berubah sejak data sebelumnya)", 40),
    )


def _rows(items: tuple[DataItem, ...]) -> tuple[Row, ...]:
    rows: list[Row] = []
    part = ""
    for number, item in enumerate(items, start=1):
        if item.part and item.part != part:
            rows.append(Row((None, item.part, None, None, None), "group", spans=((1, _WIDTH - 1),)))
            part = item.part
        rows.append(Row((number, item.name, item.volume, item.unit, item.remark)))
    return tuple(rows) or (nothing(_WIDTH),)
