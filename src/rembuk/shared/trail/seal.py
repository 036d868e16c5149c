"""Seals: each entry of the trail is chained by SHA-256 to the one before it, per regency.

A seal's number is given by the sealer under a lock, in the order in which it finds the entries; entry ids will not do,
since commits overtake each other. The worker seals every few seconds; the last seal may be printed and published.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from rembuk.shared import clock
from rembuk.shared.trail.models import TrailSeal

GENESIS = "0" * 64
BATCH = 2000
LOCK = 7_302_513_004_611
LOOK_BACK = timedelta(days=1)
COLUMNS = (
    "e.id, e.table_name, e.object_id, e.operation, e.act, e.person, e.hat, e.request_id, e.regency, e.at, "
    'CAST(e."before" AS text), CAST(e."after" AS text)'
)
UNSEALED = (
    f"SELECT {COLUMNS} FROM trail_entry e LEFT JOIN trail_seal s ON s.entry_id = e.id "  # noqa: S608
    "WHERE s.id IS NULL AND e.id > %s"
)


@dataclass(frozen=True, slots=True)
class Sealed:
    """An entry as its seal covers it."""

    id: int
    regency: str
    at: datetime
    content: bytes


def entry_of(row: Sequence[Any]) -> Sealed:
    """Return what a seal covers of one row: every column, JSON and time in one canonical form on both databases."""
    at = moment(row[9])
    values = [
        *row[:9],
        at.isoformat(timespec="microseconds"),
        *(None if text is None else json.loads(text, parse_float=str) for text in row[10:12]),
    ]
    content = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Sealed(row[0], row[8], at, content.encode("utf-8", "surrogatepass"))


def moment(value: Any) -> datetime:
    """Return a database's time as an aware one in UTC."""
    found = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def link(previous: str, number: int, entry: Sealed) -> str:
    """Return the hash of the seal that chains *entry* to the seal before it."""
    return hashlib.sha256(f"{previous}\n{number}\n".encode() + entry.content).hexdigest()


def seal_new(regency: str | None = None, *, full: bool = False, using: str = DEFAULT_DB_ALIAS) -> int:
    """Seal every entry that has no seal yet, in batches; returns how many.

    regency: only this one's, or all. full: also look for entries older than a day that were left out, which reads the
    whole trail once (a worker does so when it starts).
    """
    count = 0
    while made := _seal_batch(regency, full=full, using=using):
        count += made
        if made < BATCH:
            break
    return count


def _seal_batch(regency: str | None, *, full: bool, using: str) -> int:
    # One transaction holds the lock: IMMEDIATE on SQLite, an advisory lock on PostgreSQL.
    with transaction.atomic(using=using):
        connection = connections[using]
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            sql = UNSEALED
            params: tuple[int | str, ...] = (0 if full else _watermark(using),)
            if regency is not None:
                sql, params = sql + " AND e.regency = %s", (*params, regency)
            cursor.execute(f"{sql} ORDER BY e.id LIMIT {BATCH}", params)
            entries = [entry_of(row) for row in cursor.fetchall()]
        now = clock.now()
        tails = {key: _tail(key, using) for key in {entry.regency for entry in entries}}
        seals = []
        for entry in entries:
            number, previous = tails[entry.regency]
            digest = link(previous, number + 1, entry)
            tails[entry.regency] = (number + 1, digest)
            seals.append(TrailSeal(regency=entry.regency, number=number + 1, entry_id=entry.id, hash=digest, at=now))
        TrailSeal.objects.using(using).bulk_create(seals, batch_size=500)
    return len(seals)


def _watermark(using: str) -> int:
    old = TrailSeal.objects.using(using).filter(at__lt=clock.now() - LOOK_BACK).order_by("-at", "-entry_id").first()
    return old.entry_id if old else 0


def _tail(regency: str, using: str) -> tuple[int, str]:
    last = TrailSeal.objects.using(using).filter(regency=regency).order_by("-number").first()
    return (last.number, last.hash) if last else (0, GENESIS)


def last_seals(using: str = DEFAULT_DB_ALIAS) -> Iterator[TrailSeal]:
    """Yield the last seal of each regency, to print and publish."""
    seals = TrailSeal.objects.using(using)
    for regency in seals.order_by("regency").values_list("regency", flat=True).distinct():
        last = seals.filter(regency=regency).order_by("-number").first()
        if last is not None:
            yield last
