"""The item bank: questions by topic in parallel forms, read from the shipped file or a sheet, judged row by row.

The file (``core/data/butir_soal.csv``, UTF-8, comma; a sheet in XLSX has the same columns) has one question a row:

==========  ==========================================================================================================
topik       ``K1`` to ``K14``
bentuk      ``A`` or ``B``: parallel forms, one for before and one for after; each asks the same things in other words
nomor       1, 2, 3 ... without a gap inside a form; number n of form A and of form B ask about the same thing
soal        the question, one sentence or two, at most 600 letters
a b c d     four answers, all different, at most 300 letters each
kunci       which answer is right: ``A``, ``B``, ``C`` or ``D``. A question without key is refused
pasal       the article that the answer rests on, or empty; only one that was read
catatan     what a user must know of the question, such as ``contoh, belum disahkan DPMD``
==========  ==========================================================================================================

A topic's two forms have the same number of questions (20 by the programme's design). `shipped_items` reads the file
that comes with the program; a topic that it does not name starts empty.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from rembuk.core.guidance.competences import TOPICS

COLUMNS: Final = ("topik", "bentuk", "nomor", "soal", "a", "b", "c", "d", "kunci", "pasal", "catatan")
FORMS: Final = ("A", "B")
KEYS: Final = ("A", "B", "C", "D")
LONGEST_QUESTION: Final = 600
LONGEST_OPTION: Final = 300
LONGEST_NOTE: Final = 200
MOST_ITEMS: Final = 200
USUAL_COUNT: Final = 20
SHIPPED_NOTE: Final = "contoh, belum disahkan DPMD"


@dataclass(frozen=True, slots=True)
class Item:
    """One question. options: four answers; key: A to D; article: what it rests on; note: shown beside it."""

    topic: str
    form: str
    number: int
    question: str
    options: tuple[str, str, str, str]
    key: str
    article: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ItemTrouble:
    """Why a row is not taken: its number in the sheet, the column, what was read, and a code for the sentence."""

    row: int
    column: str
    read: str
    code: str


@dataclass(frozen=True, slots=True)
class JudgedItems:
    """Questions that can be kept, and what is wrong with the other rows."""

    items: tuple[Item, ...]
    troubles: tuple[ItemTrouble, ...]


def judge_items(rows: Iterable[tuple[int, Mapping[str, str]]]) -> JudgedItems:
    """Judge rows of (number in the sheet, column -> text). A bad row never takes a good one with it.

    A form with a gap in its numbers, and a topic whose forms differ in length, are refused whole.
    """
    good: dict[tuple[str, str, int], tuple[int, Item]] = {}
    troubles: list[ItemTrouble] = []
    for row, values in rows:
        cells = {name: " ".join(str(values.get(name, "")).split()) for name in COLUMNS}
        found = troubles_of(row, cells)
        if not found:
            item = item_of(cells)
            place = (item.topic, item.form, item.number)
            if place in good:
                found = [ItemTrouble(row, "nomor", cells["nomor"], "item-twice")]
            else:
                good[place] = (row, item)
        troubles += found
    uneven = uneven_troubles(list(good.values()))
    refused = {trouble.row for trouble in uneven}
    items = [item for row, item in good.values() if row not in refused]
    return JudgedItems(tuple(sorted(items, key=item_order)), tuple(sorted([*troubles, *uneven], key=lambda t: t.row)))


def troubles_of(row: int, cells: Mapping[str, str]) -> list[ItemTrouble]:
    """Return everything wrong with one row by itself."""
    options = [cells[name].casefold() for name in ("a", "b", "c", "d")]
    number = cells["nomor"]
    checks = (
        ("topik", cells["topik"].upper() in TOPICS, "item-topic"),
        ("bentuk", cells["bentuk"].upper() in FORMS, "item-form"),
        ("nomor", number.isascii() and number.isdigit() and 1 <= int(number) <= MOST_ITEMS, "item-number"),
        ("soal", bool(cells["soal"]), "item-question-empty"),
        ("soal", len(cells["soal"]) <= LONGEST_QUESTION, "item-question-long"),
        ("a", all(options), "item-option-empty"),
        ("a", not all(options) or len(set(options)) == len(options), "item-option-same"),
        ("a", all(len(option) <= LONGEST_OPTION for option in options), "item-option-long"),
        ("kunci", cells["kunci"].upper() in KEYS, "item-key"),
        ("catatan", len(cells["catatan"]) <= LONGEST_NOTE and len(cells["pasal"]) <= LONGEST_NOTE, "item-note-long"),
    )
    return [ItemTrouble(row, column, cells[column][:60], code) for column, holds, code in checks if not holds]


def item_of(cells: Mapping[str, str]) -> Item:
    """Return the question of a row that has no trouble."""
    return Item(
        topic=cells["topik"].upper(),
        form=cells["bentuk"].upper(),
        number=int(cells["nomor"]),
        question=cells["soal"],
        options=(cells["a"], cells["b"], cells["c"], cells["d"]),
        key=cells["kunci"].upper(),
        article=cells["pasal"],
        note=cells["catatan"],
    )


def uneven_troubles(found: Sequence[tuple[int, Item]]) -> list[ItemTrouble]:
    """Return the rows of forms with a gap in their numbers, and of topics whose forms differ in length."""
    forms: dict[str, dict[str, list[tuple[int, Item]]]] = defaultdict(lambda: defaultdict(list))
    for row, item in found:
        forms[item.topic][item.form].append((row, item))
    troubles: list[ItemTrouble] = []
    for by_form in forms.values():
        gaps = {
            form: sorted(item.number for _row, item in rows) != list(range(1, len(rows) + 1))
            for form, rows in by_form.items()
        }
        lengths = {len(rows) for rows in by_form.values()}
        for form, rows in by_form.items():
            code = "item-gap" if gaps[form] else "item-uneven" if len(lengths) > 1 and not any(gaps.values()) else ""
            troubles += [ItemTrouble(row, "nomor", str(item.number), code) for row, item in rows if code]
    return troubles


def item_order(item: Item) -> tuple[int, str, int]:
    """Return the place of a question in the bank: K1 before K10, form A before B."""
    return int(item.topic[1:]), item.form, item.number


def cells_of(item: Item) -> tuple[str | int, ...]:
    """Return a question as a row of the file, in the order of COLUMNS."""
    return (item.topic, item.form, item.number, item.question, *item.options, item.key, item.article, item.note)


@cache
def shipped_items() -> tuple[Item, ...]:
    """Return the questions that come with the program; none when the file is not there.

    Raises: ValueError when a row of the file is wrong, since a shipped file has no reader to mend it.
    """
    path = files("rembuk.core.data").joinpath("butir_soal.csv")
    if not path.is_file():
        return ()
    lines = io.StringIO(path.read_text(encoding="utf-8"), newline="")
    judged = judge_items(enumerate(csv.DictReader(lines), start=2))
    if judged.troubles:
        first = judged.troubles[0]
        raise ValueError(f"butir_soal.csv row {first.row}, {first.column}: {first.code} ({first.read!r})")
    return judged.items
