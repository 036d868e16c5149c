"""F23: the residents' proposals by the goals of SDGs Desa. Family B. Source: Permendesa PDTT 21/2020 (title).

No binding layout of the columns was found; they follow the list of priorities (F22).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rembuk.core.documents.frame import UNNAMED, Frame, Person
from rembuk.core.documents.grouping import empty_row, group_row, item_runs, sum_row
from rembuk.core.documents.model import Column, Document, Note, Part, Row, Table
from rembuk.core.documents.rkpdes import UNCOUNTED, Beneficiaries, beneficiary_column, goals_text
from rembuk.core.money import Rupiah

WITHOUT_GOAL = 0
_WIDTH = 12
_MONEY = 10


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One proposal. goals: the first is the one under which it is counted. remark: where it went (RKP, DU-RKP, ...)."""

    proposal: str
    goals: tuple[int, ...] = ()
    origin: str = ""
    location: str = ""
    quantity: Decimal | int | None = None
    unit: str = ""
    beneficiaries: Beneficiaries = UNCOUNTED
    cost: Rupiah | None = None
    remark: str = ""

    @property
    def main_goal(self) -> int:
        """The goal that counts it, `WITHOUT_GOAL` without one."""
        return self.goals[0] if self.goals else WITHOUT_GOAL


@dataclass(frozen=True, slots=True)
class GoalValues:
    """The proposals of one round. goal_names: number -> name of all goals, in the order they are printed."""

    frame: Frame
    budget_year: int
    lines: tuple[GoalLine, ...]
    goal_names: Mapping[int, str]
    head: Person = UNNAMED
    team_chair: Person = UNNAMED
    notes: tuple[str, ...] = ()


def build_sdgs_proposals(values: GoalValues) -> Document:
    """Return F23: one group per goal that a proposal names, sums per goal and overall.

    A proposal for several goals is counted once, under its first; the others point to its number. Goals that nobody
    named stand in one sentence. Raises: ValueError for a goal without a name.
    """
    unknown = {goal for line in values.lines for goal in line.goals} - set(values.goal_names)
    if unknown:
        raise ValueError(f"unknown goals {sorted(unknown)}")
    named = {goal for line in values.lines for goal in line.goals}
    unnamed = [str(goal) for goal in values.goal_names if goal not in named]
    parts: list[Part] = [Note(note) for note in values.notes]
    if unnamed and named:
        parts.append(Note(f"Belum ada usulan untuk tujuan SDGs Desa ke-{', '.join(unnamed)}."))
    parts += [Table(_columns(), _rows(values)), values.frame.head_and_team(values.head, values.team_chair)]
    return values.frame.document(
        code="F23",
        title=f"Usulan Masyarakat per SDGs Desa {values.frame.village.village} Tahun {values.budget_year}",
        heading=(
            "Daftar Usulan Masyarakat Desa Dipilah Menurut Tujuan SDGs Desa",
            f"Tahun {values.budget_year}",
        ),
        facts=values.frame.village.facts(),
        parts=parts,
        paper="folio-landscape",
        sheet="Usulan SDGs",
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("No", 9, "center", "a"),
        Column("SDGs Desa ke-", 16, "center", "b"),
        Column("Usulan", 66, letter="c"),
        Column("Pengusul (dusun/kelompok)", 36, letter="d"),
        Column("Lokasi", 34, letter="e"),
        Column("Volume", 17, "number", "f"),
        Column("Satuan", 15, "center", "g"),
        beneficiary_column(12, "h"),
        Column("Prakiraan Biaya (Rp)", 28, "rupiah", "k"),
        Column("Keterangan", 36, letter="l"),
    )


def _rows(values: GoalValues) -> tuple[Row, ...]:
    goals = [goal for goal in values.goal_names if any(goal in line.goals for line in values.lines)]
    goals += [WITHOUT_GOAL] if any(not line.goals for line in values.lines) else []
    counted = [line for goal in goals for line in values.lines if line.main_goal == goal]
    numbers = {id(line): number for number, line in enumerate(counted, 1)}
    rows: list[Row] = []
    subtotals: list[tuple[int, int]] = []
    for goal in goals:
        name = f"Tujuan {goal}: {values.goal_names[goal]}" if goal else "Tujuan SDGs belum ditentukan"
        rows.append(group_row(str(goal or "-"), name, _WIDTH))
        first = len(rows)
        rows += [_row(numbers[id(line)], line) for line in values.lines if line.main_goal == goal]
        ranges = item_runs(rows, first)
        rows += _pointers(goal, values.lines, numbers)
        subtotals.append((len(rows), len(rows)))
        label = f"Jumlah tujuan {goal}" if goal else "Jumlah tanpa tujuan"
        rows.append(sum_row(rows, label, (_MONEY,), ranges, _WIDTH, kind="subtotal"))
    if not rows:
        rows.append(empty_row("Belum ada usulan", _WIDTH))
    rows.append(sum_row(rows, "Jumlah total", (_MONEY,), tuple(subtotals), _WIDTH, kind="total"))
    return tuple(rows)


def _pointers(goal: int, lines: Sequence[GoalLine], numbers: Mapping[int, int]) -> list[Row]:
    others = [line for line in lines if goal in line.goals[1:] and line.main_goal != goal]
    return [empty_row(f"Lihat nomor {numbers[id(line)]}: {line.proposal}", _WIDTH) for line in others]


def _row(number: int, line: GoalLine) -> Row:
    people = line.beneficiaries
    head = (number, goals_text(line.goals), line.proposal, line.origin, line.location, line.quantity, line.unit)
    return Row((*head, people.men, people.women, people.poor, line.cost, line.remark))
