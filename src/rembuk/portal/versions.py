"""Which villages have changed since a page of theirs was made: every process follows the trail by itself.

    versions.of(village.pk)      # a number that grows with every change of something public of that village
    versions.of_all()            # the same for pages that show many villages

The trail is written by the database with every change, in the same transaction, whatever door it came through. Each
process asks for the entries it has not seen (one query by key), works out whose village they belong to, and raises that
village's number. Nothing is stored and nothing is sent between processes: two of them may count differently, but each
sees every change that was committed before it asked.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from threading import Lock
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model, Q

from rembuk.accounts.models import Assignment, Person
from rembuk.announcements.models import Announcement
from rembuk.budgeting.models import (
    AllocationRun,
    Apbdes,
    ApbdesFunding,
    ApbdesIncome,
    ApbdesLine,
    ApbdesStep,
    ApbdesVersion,
)
from rembuk.cycles.models import Cycle, Evidence, Excuse, StageRecord
from rembuk.deliberation.models import (
    Attendance,
    AttendanceTally,
    Decision,
    Invitation,
    Meeting,
    MeetingProposal,
    SpokenNote,
)
from rembuk.guidance.facilitation.models import Facilitation, Turn
from rembuk.plans.models import (
    ChangeReason,
    CommentWindow,
    ItemFunding,
    ItemProposal,
    PerdesStep,
    RkpdesItem,
    RkpdesVersion,
    Rpjmdes,
    RpjmdesItem,
    Team,
    TeamMember,
)
from rembuk.proposals.models import FieldCheck, Intake, Proposal, ProposalStep
from rembuk.regions.models import District, Hamlet, Regency, Rt, Village
from rembuk.shared.models import Paper, StoredFile, TrailEntry
from rembuk.works.models import Obstacle, Payment, Progress, Work

WATCHED: Mapping[type[Model], str] = {
    Village: "pk",
    Hamlet: "village_id",
    Rt: "village_id",
    Cycle: "village_id",
    StageRecord: "cycle__village_id",
    Evidence: "cycle__village_id",
    Excuse: "cycle__village_id",
    Assignment: "village_id",
    Announcement: "village_id",
    Person: "assignments__village_id",
    Proposal: "village_id",
    Intake: "proposal__village_id",
    ProposalStep: "proposal__village_id",
    FieldCheck: "proposal__village_id",
    Meeting: "village_id",
    Invitation: "meeting__village_id",
    Attendance: "meeting__village_id",
    AttendanceTally: "meeting__village_id",
    Decision: "meeting__village_id",
    MeetingProposal: "meeting__village_id",
    SpokenNote: "meeting__village_id",
    Facilitation: "village_id",
    Turn: "facilitation__village_id",
    Team: "village_id",
    TeamMember: "team__village_id",
    Rpjmdes: "village_id",
    RpjmdesItem: "rpjmdes__village_id",
    RkpdesVersion: "village_id",
    RkpdesItem: "plan__village_id",
    ItemFunding: "item__plan__village_id",
    ItemProposal: "item__plan__village_id",
    ChangeReason: "plan__village_id",
    PerdesStep: "plan__village_id",
    CommentWindow: "plan__village_id",
    AllocationRun: "village_id",
    Apbdes: "village_id",
    ApbdesStep: "apbdes__village_id",
    ApbdesVersion: "apbdes__village_id",
    ApbdesLine: "version__apbdes__village_id",
    ApbdesFunding: "line__version__apbdes__village_id",
    ApbdesIncome: "version__apbdes__village_id",
    Work: "village_id",
    Payment: "work__village_id",
    Progress: "work__village_id",
    Obstacle: "work__village_id",
    Paper: "village_key",
    StoredFile: "village_id_text",
}
"""Tables that pages of a village read -> the way from a row to the key of its village."""
OF_ALL: frozenset[type[Model]] = frozenset({Regency, District})
"""Tables whose rows stand on the pages of many villages."""

MOST = 5_000
"""Entries read at once; beyond that every page is made anew, which costs less than finding out whose they are."""
KEYS_AT_ONCE = 400
GAP_SECONDS = 900.0
LOOKED_BACK = 500
"""On PostgreSQL a number of the trail is drawn before its transaction ends, so that a lower one may appear after a
higher one: numbers that are missing are asked for again for so many seconds, and so many of them at the start."""

_TABLES: dict[str, type[Model]] = {}


class Entry(NamedTuple):
    """What is read of one entry of the trail."""

    id: int
    table: str
    key: str
    operation: str
    at: object


class Follower:
    """One reader of the trail; a process has one. Safe for threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._last: Entry | None = None
        self._begun = False
        self._count = 1
        self._all = 1
        self._villages: dict[str, int] = {}
        self._gaps: dict[int, float] = {}

    def of(self, village: str) -> int:
        """Return the number of one village. One query, two or more where something has changed."""
        with self._lock:
            self._catch_up()
            return max(self._all, self._villages.get(village, 0))

    def of_all(self) -> int:
        """Return the number that grows with any village's."""
        with self._lock:
            self._catch_up()
            return self._count

    def _catch_up(self) -> None:
        if not self._begun:
            self._begin()
            return
        last = self._last.id if self._last is not None else 0
        asked = Q(id__gte=last)
        if self._gaps:
            asked |= Q(id__in=list(self._gaps))
        found = entries(asked, MOST + 1)
        # The last entry is read again: where it is gone or another, the database was restored from an earlier copy.
        same = self._last is None or any(row == self._last for row in found)
        if not same or len(found) > MOST:
            self._begin()
            return
        fresh = [row for row in found if row.id > last or row.id in self._gaps]
        self._forget_gaps(fresh)
        if fresh:
            self._take(fresh, last)

    def _take(self, fresh: Sequence[Entry], last: int) -> None:
        newest = max(fresh, key=lambda row: row.id)
        if newest.id > last:
            self._remember_gaps(range(max(last + 1, newest.id - MOST), newest.id), {row.id for row in fresh})
            self._last = newest
        changed = villages_of(fresh)
        if changed is None:
            self._raise_all()
        elif changed:
            self._count += 1
            self._villages |= dict.fromkeys(changed, self._count)

    def _begin(self) -> None:
        """Start from the newest entry: whatever was made before is too old."""
        newest = entries(Q(), 1, newest_first=True)
        self._last = newest[0] if newest else None
        self._gaps = {}
        if newest:
            first = max(newest[0].id - LOOKED_BACK, 0)
            there = set(TrailEntry.objects.filter(id__gt=first).values_list("id", flat=True))
            self._remember_gaps(range(first + 1, newest[0].id), there)
        self._begun = True
        self._raise_all()

    def _raise_all(self) -> None:
        self._count += 1
        self._all = self._count
        self._villages.clear()

    def _remember_gaps(self, numbers: Iterable[int], there: set[int]) -> None:
        now = time.monotonic()
        self._gaps |= {number: now for number in numbers if number not in there}

    def _forget_gaps(self, fresh: Sequence[Entry]) -> None:
        for row in fresh:
            self._gaps.pop(row.id, None)
        if self._gaps:
            oldest = time.monotonic() - GAP_SECONDS
            self._gaps = {number: since for number, since in self._gaps.items() if since > oldest}


_follower = Follower()


def of(village: str) -> int:
    """Return the number of a village as this process counts."""
    return _follower.of(village)


def of_all() -> int:
    """Return the number that grows with any village's as this process counts."""
    return _follower.of_all()


def entries(asked: Q, most: int, *, newest_first: bool = False) -> list[Entry]:
    rows = TrailEntry.objects.filter(asked).order_by("-id" if newest_first else "id")
    return [Entry(*row) for row in rows.values_list("id", "table_name", "object_id", "operation", "at")[:most]]


def watched(table: str) -> type[Model] | None:
    """Return the model behind a table that public pages read, or None."""
    if not _TABLES:
        _TABLES.update({model._meta.db_table: model for model in (*WATCHED, *OF_ALL)})
    return _TABLES.get(table)


def villages_of(rows: Sequence[Entry]) -> set[str] | None:
    """Return the keys of the villages that these entries belong to; None where they concern every village.

    A query for each table, a second one for rows that are gone.
    """
    by_model: dict[type[Model], list[Entry]] = defaultdict(list)
    for row in rows:
        model = watched(row.table)
        if model is not None:
            by_model[model].append(row)
    if not OF_ALL.isdisjoint(by_model):
        return None
    found: set[str] = set()
    for model, entries_here in by_model.items():
        here = villages_of_table(model, entries_here)
        if here is None:
            return None
        found |= here
    return found


def villages_of_table(model: type[Model], rows: Sequence[Entry]) -> set[str] | None:
    if WATCHED[model] == "pk":
        return {row.key for row in rows}
    keys = {key for row in rows if (key := key_of(model, row.key)) is not None}
    found = {str(village) for village in reached(model, keys, WATCHED[model]) if village}
    gone = [row for row in rows if row.operation == "DELETE"]
    if not gone:
        return found
    parents = villages_of_gone(model, gone)
    return None if parents is None else found | parents


def villages_of_gone(model: type[Model], rows: Sequence[Entry]) -> set[str] | None:
    """Return the villages of deleted rows by what they pointed to; None where that cannot be told.

    Where the thing they pointed to is gone as well, its own entry tells the village.
    """
    head, _way, rest = WATCHED[model].partition("__")
    before = TrailEntry.objects.filter(id__in=[row.id for row in rows]).values_list("before", flat=True)
    field: Any = model._meta.get_field(head)
    if not field.concrete:
        return None
    told = {str(value) for values in before if (value := (values or {}).get(field.column))}
    if not rest:
        return told
    parent: Any = field.related_model
    if parent not in WATCHED:
        return None
    keys = {key for text in told if (key := key_of(parent, text)) is not None}
    return {str(village) for village in reached(parent, keys, rest) if village}


def reached(model: type[Model], keys: set[Any], way: str) -> Iterator[object]:
    ordered = sorted(keys, key=str)
    for start in range(0, len(ordered), KEYS_AT_ONCE):
        # The plain manager: the usual one of cycles leaves some out.
        rows = model._base_manager.filter(pk__in=ordered[start : start + KEYS_AT_ONCE])
        yield from rows.order_by().values_list(way, flat=True).distinct()


def key_of(model: type[Model], text: str) -> UUID | str | int | None:
    """Return a key as the model has it: SQLite's trail writes a UUID without dashes."""
    field = model._meta.pk
    target = field.target_field if isinstance(field, ForeignKey) else field
    try:
        value: UUID | str | int | None = target.to_python(text)
    except ValidationError:
        return None
    return value
