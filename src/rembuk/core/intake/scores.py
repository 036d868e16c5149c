"""Read the scores a meeting gave: five criteria from 1 to 5 for each proposal of the list."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from rembuk.core.errors import BadInputError
from rembuk.core.intake.proposals import RefusedRow
from rembuk.core.intake.table import Row, Table, as_text, column_letter
from rembuk.core.intake.words import plain

CRITERIA = ("C1", "C2", "C3", "C4", "C5")


@dataclass(frozen=True, slots=True)
class ScoreReading:
    """The scores that could be read: the list's row number -> five scores; and the rows that were refused."""

    scores: Mapping[int, tuple[int, int, int, int, int]]
    refused: tuple[RefusedRow, ...]


def read_scores(table: Table, rows: Collection[int]) -> ScoreReading:
    """Read ``baris,C1,C2,C3,C4,C5``; *rows* are the row numbers of the accepted proposals.

    A wrong row is refused by name, the others stand. Raises: BadInputError ``skor-kolom``, ``skor-tak-ada``.
    """
    columns, first = _columns(table)
    scores: dict[int, tuple[int, int, int, int, int]] = {}
    seen: dict[int, int] = {}
    refused: list[RefusedRow] = []
    for index in range(first, len(table.rows)):
        row = table.rows[index]
        if not row:
            continue
        written = _text(row, columns["baris"])
        number = int(written) if written.isascii() and written.isdigit() and len(written) < 8 else -1
        letter = column_letter(columns["baris"])
        if number not in rows:
            refused.append(RefusedRow(index + 1, letter, "skor-baris", {"read": written}))
        elif number in seen:
            refused.append(RefusedRow(index + 1, letter, "skor-dobel", {"read": number, "other": seen[number]}))
        else:
            seen[number] = index + 1
            values = [_text(row, columns[criterion]) for criterion in CRITERIA]
            wrong = [place for place, value in enumerate(values) if value not in ("1", "2", "3", "4", "5")]
            refused += [
                RefusedRow(
                    index + 1,
                    column_letter(columns[CRITERIA[place]]),
                    "skor-nilai",
                    {"criterion": CRITERIA[place], "read": values[place]},
                )
                for place in wrong
            ]
            if not wrong:
                one, two, three, four, five = map(int, values)
                scores[number] = (one, two, three, four, five)
    if not scores and not refused:
        raise BadInputError("skor-tak-ada", file=table.file)
    return ScoreReading(scores, tuple(refused))


def _columns(table: Table) -> tuple[dict[str, int], int]:
    for index, row in enumerate(table.rows[:15]):
        names = [plain(as_text(cell)) for cell in row]
        found = {name: names.index(name.lower()) for name in ("baris", *CRITERIA) if name.lower() in names}
        if len(found) == 1 + len(CRITERIA):
            return found, index + 1
        if len(found) > 1:
            missing = ", ".join(name for name in ("baris", *CRITERIA) if name not in found)
            raise BadInputError("skor-kolom", file=table.file, read=missing)
    raise BadInputError("skor-kolom", file=table.file, read="baris")


def _text(row: Row, column: int) -> str:
    return as_text(row[column]) if column < len(row) else ""
