"""From a handed-in file to what it says of an RPJM Desa: the sheet that holds most, its lines, whose it is."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from rembuk.core.errors import BadInputError
from rembuk.core.intake.rpjm import RpjmReading, RpjmRow, read_rpjm
from rembuk.core.intake.table import Table
from rembuk.core.intake.words import plain
from rembuk.plans.rpjm_values import RpjmValues
from rembuk.plans.typed import InputError
from rembuk.plans.values import read_size
from rembuk.shared.sheets import Workbook, open_sheets
from rembuk.shared.sheets.wordtables import open_tables

MOST_SHEETS: Final = 60
MOST_LINES: Final = 3_000
SHOWN_REFUSED: Final = 500
_CODE = re.compile(r"(?<![0-9])([0-9]{2})\.?([0-9]{2})\.?([0-9]{2})\.?([0-9]{4})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Found:
    """A file as read. sheets: every sheet of it that could hold a matrix. title: the lines above the matrix."""

    reading: RpjmReading
    sheets: tuple[str, ...]
    title: str


def open_file(content: bytes, name: str) -> Workbook:
    """Open a sheet or a text document by its ending. Raises: BadInputError."""
    return open_tables(content, name) if name.lower().endswith(".docx") else open_sheets(content, name)


def read_file(content: bytes, name: str, sheet: str = "", period: tuple[int, int] | None = None) -> Found:
    """Read the RPJM Desa in a file: from *sheet*, else from the sheet on which most activities are read.

    Raises: BadInputError of the file, ``rpjm-tak-ada`` when no sheet holds a matrix.
    """
    book = open_file(content, name)
    wanted = [sheet] if sheet else list(book.names[:MOST_SHEETS])
    best: tuple[RpjmReading, Table] | None = None
    for one in wanted:
        try:
            table = book.table(one)
        except BadInputError:
            if sheet:
                raise
            continue
        reading = read_rpjm(table, period)
        if best is None or weight(reading) > weight(best[0]):
            best = reading, table
    if best is None or not (best[0].rows or best[0].refused):
        raise BadInputError("rpjm-tak-ada", file=name)
    title = " ".join(str(cell) for row in best[1].rows[:8] for cell in row if isinstance(cell, str))
    return Found(best[0], tuple(book.names), title)


def weight(reading: RpjmReading) -> tuple[int, int]:
    """Return how much a sheet looks like the matrix: years under it first, then rows."""
    spread = len({year for row in reading.rows for year in row.years})
    return (len(reading.rows) * max(1, spread), len(reading.rows) + len(reading.refused))


def line_values(row: RpjmRow) -> dict[str, Any]:
    """Return a read row as plain values, as they are kept until somebody confirms them."""
    return {
        "row": row.row,
        "name": row.name,
        "years": list(row.years),
        "field": row.field,
        "subfield": row.subfield,
        "activity_code": row.activity_code,
        "location": row.location,
        "volume_text": row.volume_text,
        "target": row.target,
        "cost": row.cost,
        "yearly": {str(year): amount for year, amount in sorted(row.yearly.items())},
        "source": row.source,
        "mode": row.mode,
        "sdgs": list(row.sdgs),
        "baseline": row.baseline,
        "targets": {str(year): text for year, text in sorted(row.targets.items())},
        "men": row.men,
        "women": row.women,
        "poor": row.poor,
    }


def values_from(line: Mapping[str, Any]) -> RpjmValues:
    """Return the activity behind `line_values`; money that the sheet did not split stays one total."""
    yearly = {int(year): amount for year, amount in line["yearly"].items()}
    volume, unit = size_of(line["volume_text"])
    return RpjmValues(
        activity_code=line["activity_code"],
        name=line["name"],
        location=line["location"],
        volume=volume,
        unit=unit,
        target=line["target"],
        sdgs=tuple(line["sdgs"]),
        baseline=line["baseline"],
        beneficiaries_male=line["men"],
        beneficiaries_female=line["women"],
        beneficiaries_poor=line["poor"],
        source=line["source"],
        delivery_mode=line["mode"],
        costs=split_costs(line["years"], yearly, line["cost"]),
        targets={int(year): text[:80] for year, text in line["targets"].items()},
        total=line["cost"] if len(line["years"]) > 1 and not yearly else None,
    )


def split_costs(years: Sequence[int], yearly: Mapping[int, int], cost: int | None) -> dict[int, int | None]:
    """Return year -> rupiah; the only year of an activity has all of its money."""
    if len(years) == 1 and not yearly:
        return {years[0]: cost}
    return {year: yearly.get(year) for year in years}


def size_of(text: str) -> tuple[Decimal | None, str]:
    """Return volume and unit where a text is both, else nothing: the words are kept as they are."""
    try:
        return read_size(text)
    except InputError:
        return None, ""


def village_named(texts: Iterable[str], names: Mapping[str, str], codes: Mapping[str, str]) -> str:
    """Return the key of the village that a text names, by its official code or by a name that no other has.

    names: key -> name; codes: key -> official code. Empty where nothing or more than one village is meant.
    """
    by_name: dict[str, list[str]] = {}
    for key, name in names.items():
        by_name.setdefault(plain(name), []).append(key)
    by_code = {code.replace(".", ""): key for key, code in codes.items()}
    for text in texts:
        if (found := _CODE.search(text)) and (own := by_code.get("".join(found.groups()))):
            return own
        words = f" {plain(text)} "
        hits = [name for name in by_name if f" {name} " in words]
        # "Muara Kaman Ulu" also names "Muara Kaman": the longest name that holds the others is meant.
        longest = max(hits, key=len, default="")
        if longest and all(name in longest for name in hits) and len(by_name[longest]) == 1:
            return by_name[longest][0]
    return ""
