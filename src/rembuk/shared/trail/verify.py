"""Walks the seals and says what was altered, removed or inserted, and what is not sealed yet."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from django.db import DEFAULT_DB_ALIAS, connections

from rembuk.shared.trail.install import missing
from rembuk.shared.trail.models import TrailPersonal
from rembuk.shared.trail.seal import COLUMNS, GENESIS, entry_of, last_seals, link, moment

PAGE = 2000
PATIENCE = timedelta(minutes=10)
Damage = Literal["altered", "removed", "inserted", "personal", "trigger", "unknown-seal"]
SEALS = (
    f"SELECT s.regency, s.number, s.hash, s.at, {COLUMNS} FROM trail_seal s "  # noqa: S608
    "LEFT JOIN trail_entry e ON e.id = s.entry_id "
    "WHERE s.regency > %s OR (s.regency = %s AND s.number > %s) ORDER BY s.regency, s.number LIMIT %s"
)
UNSEALED = (
    "SELECT e.id, e.regency, e.at FROM trail_entry e LEFT JOIN trail_seal s ON s.entry_id = e.id "
    "WHERE s.id IS NULL ORDER BY e.id"
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. seal: its number in the regency's chain, entry: the trail row, when there is one."""

    kind: Damage
    regency: str = ""
    seal: int | None = None
    entry: int | None = None
    detail: str = ""


@dataclass(slots=True)
class Report:
    """The outcome: problems in the order of the chain, entries not sealed yet, and the last seal of each regency."""

    problems: list[Problem] = field(default_factory=list)
    sealed_count: int = 0
    unsealed: list[int] = field(default_factory=list)
    last: list[tuple[str, int, str]] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.problems


def verify(*, known_hash: str = "", using: str = DEFAULT_DB_ALIAS) -> Report:
    """Check the whole trail. known_hash: a seal printed or published earlier that must still be in the chain."""
    report = Report()
    newest: dict[str, datetime] = {}
    found_hash = not known_hash
    expected, previous, regency = 1, GENESIS, None
    for row in _rows(using):
        if row[0] != regency:
            regency, expected, previous = row[0], 1, GENESIS
        number, digest = row[1], row[2]
        report.sealed_count += 1
        found_hash = found_hash or digest == known_hash
        newest[row[0]] = moment(row[3])
        if number != expected:
            report.problems.append(
                Problem(
                    "removed", row[0], number - 1, detail=f"{number - expected} segel hilang sebelum nomor {number}"
                )
            )
        if row[4] is None:
            report.problems.append(Problem("removed", row[0], number, detail="barisnya tidak ada"))
        elif number == expected and link(previous, number, entry_of(row[4:])) != digest:
            report.problems.append(Problem("altered", row[0], number, row[4]))
        expected, previous = number + 1, digest
    if not found_hash:
        report.problems.append(Problem("unknown-seal", detail=known_hash))
    _unsealed(report, newest, using)
    _personal(report, using)
    report.problems += [
        Problem("trigger", detail=table) for table in sorted({t.table for t in missing(connections[using])})
    ]
    report.last = [(seal.regency, seal.number, seal.hash) for seal in last_seals(using)]
    return report


def _rows(using: str) -> Iterator[tuple[Any, ...]]:
    after: tuple[str, int] = ("", 0)
    while True:
        with connections[using].cursor() as cursor:
            cursor.execute(SEALS, (after[0], after[0], after[1], PAGE))
            page = cursor.fetchall()
        yield from page
        if len(page) < PAGE:
            return
        after = (page[-1][0], page[-1][1])


def _unsealed(report: Report, newest: dict[str, datetime], using: str) -> None:
    """List what has no seal; an entry much older than its chain's newest seal was put in afterwards."""
    with connections[using].cursor() as cursor:
        cursor.execute(UNSEALED)
        for key, regency, at in cursor.fetchall():
            report.unsealed.append(key)
            last = newest.get(regency)
            if last is not None and moment(at) < last - PATIENCE:
                report.problems.append(Problem("inserted", regency, entry=key))


def _personal(report: Report, using: str) -> None:
    for row in TrailPersonal.objects.using(using).order_by("id").iterator(PAGE):
        if hashlib.sha256(f"{row.salt}:{row.value}".encode()).hexdigest() != row.digest:
            place = f"{row.table_name} {row.object_id} {row.column_name}"
            report.problems.append(Problem("personal", detail=place))
