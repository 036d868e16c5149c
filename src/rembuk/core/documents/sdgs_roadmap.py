"""F16: the road map of SDGs Desa, cut from the matrix of the RPJM Desa. Family B. Source: Permendesa PDTT 21/2020."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rembuk.core.documents.amendment import PATTERN_NOTE, PATTERNS
from rembuk.core.documents.frame import UNNAMED, Frame, Person
from rembuk.core.documents.grouping import empty_row, group_row, item_runs, sum_row
from rembuk.core.documents.model import Column, Document, Note, Part, Row, Table, Value
from rembuk.core.documents.rkpdes import goals_text
from rembuk.core.documents.rpjmdes import RpjmdesLine

WITHOUT_GOAL = 0
_MONEY = 7
_FIRST_YEAR = 10


@dataclass(frozen=True, slots=True)
class RoadmapValues:
    """The activities of a period by goal. goal_names: number -> name of all goals, in the order they are printed.

    items: as the matrix (F17) has them; the first goal of each is the one that counts its money.
    """

    frame: Frame
    start_year: int
    end_year: int
    items: tuple[RpjmdesLine, ...]
    goal_names: Mapping[int, str]
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()

    @property
    def period(self) -> range:
        return range(self.start_year, self.end_year + 1)


def build_sdgs_roadmap(values: RoadmapValues) -> Document:
    """Return F16: one group per goal that an activity serves, sums per goal and overall, a mark in each year.

    An activity for several goals is counted once, under its first; the others point to its number. Goals that no
    activity serves stand in one sentence. Raises: ValueError for a goal without a name.
    """
    named = {goal for item in values.items for goal in item.sdgs}
    if named - set(values.goal_names):
        raise ValueError(f"unknown goals {sorted(named - set(values.goal_names))}")
    left = [str(goal) for goal in values.goal_names if goal not in named]
    parts: list[Part] = [Note(note) for note in values.notes]
    if left and named:
        parts.append(Note(f"Belum ada kegiatan untuk tujuan SDGs Desa ke-{', '.join(left)}."))
    parts += [
        Table(roadmap_columns(values.period), _rows(values)),
        Note(PATTERN_NOTE),
        values.frame.head_and_team(values.head, values.team_chair, "Ketua Tim Penyusun RPJM Desa"),
    ]
    years = f"{values.start_year}-{values.end_year}"
    return values.frame.document(
        code="F16",
        title=f"Peta Jalan SDGs Desa {values.frame.village.village} Tahun {years}",
        heading=("Peta Jalan SDGs Desa", f"Tahun {years}"),
        facts=values.frame.village.facts(),
        parts=parts,
        paper="folio-landscape",
        sheet="Peta jalan SDGs",
    )


def roadmap_columns(period: range) -> tuple[Column, ...]:
    """Return the columns of F16: one for each year of the period."""
    return (
        Column("No", 9, "center"),
        Column("SDGs Desa ke-", 15, "center"),
        Column("Indikator", 40),
        Column("Data Eksisting", 24),
        Column("Nama Program", 52),
        Column("Volume", 16, "number"),
        Column("Satuan", 15, "center"),
        Column("Jumlah (Rp)", 28, "rupiah"),
        Column("Sumber", 15, "center"),
        Column("Pola", 10, "center"),
        Column("Tahun Pelaksanaan", children=tuple(Column(str(year), 11, "mark") for year in period)),
    )


def _rows(values: RoadmapValues) -> tuple[Row, ...]:
    width = _FIRST_YEAR + len(values.period)
    goals = [goal for goal in values.goal_names if any(goal in item.sdgs for item in values.items)]
    goals += [WITHOUT_GOAL] if any(not item.sdgs for item in values.items) else []
    counted = [item for goal in goals for item in values.items if _main_goal(item) == goal]
    numbers = {id(item): number for number, item in enumerate(counted, 1)}
    rows: list[Row] = []
    subtotals: list[tuple[int, int]] = []
    for goal in goals:
        name = f"Tujuan {goal}: {values.goal_names[goal]}" if goal else "Tujuan SDGs belum ditentukan"
        rows.append(group_row(str(goal or "-"), name, width))
        first = len(rows)
        rows += [_row(numbers[id(item)], item, values.period) for item in counted if _main_goal(item) == goal]
        ranges = item_runs(rows, first)
        rows += _pointers(goal, values.items, numbers, width)
        subtotals.append((len(rows), len(rows)))
        label = f"Jumlah tujuan {goal}" if goal else "Jumlah tanpa tujuan"
        rows.append(sum_row(rows, label, (_MONEY,), ranges, width, kind="subtotal"))
    if not rows:
        rows.append(empty_row("Belum ada kegiatan", width))
    rows.append(sum_row(rows, "Jumlah total", (_MONEY,), tuple(subtotals), width, kind="total"))
    return tuple(rows)


def _main_goal(item: RpjmdesLine) -> int:
    return item.sdgs[0] if item.sdgs else WITHOUT_GOAL


def _pointers(goal: int, items: Sequence[RpjmdesLine], numbers: Mapping[int, int], width: int) -> list[Row]:
    others = [item for item in items if goal in item.sdgs[1:] and _main_goal(item) != goal]
    return [empty_row(f"Lihat nomor {numbers[id(item)]}: {item.activity}", width) for item in others]


def _row(number: int, item: RpjmdesLine, period: range) -> Row:
    """Return one activity; a size that was registered as words stands where its number would."""
    size: tuple[Value, str] = (item.unit, "") if item.quantity is None else (item.quantity, item.unit)
    head = (number, goals_text(item.sdgs), item.indicator, item.baseline, item.activity, *size)
    return Row((*head, item.total, item.source, PATTERNS[item.mode], *(year in item.years for year in period)))
